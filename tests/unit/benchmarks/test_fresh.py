import re
import unicodedata
from random import Random
from typing import get_args

import pytest
from test_identifiers import VALID

import corpus
import detection
import fresh
import freshforms
import freshvalues
from deid.labels import LABELS, LabelClass
from slots import OPTIONAL

LANGUAGES = get_args(corpus.Language)
N, SEED = 900, 3
SETS = [
    pytest.param(language, name, id=f"{name}-{language}")
    for name in (*fresh.SETS, *fresh.LESSONS)
    for language in LANGUAGES
    if fresh.has(language, name)
]


@pytest.mark.parametrize(("language", "half"), SETS)
def test_a_half_is_the_same_at_every_call(language: corpus.Language, half: str) -> None:
    assert fresh.generate(language, N, SEED, half=half) == fresh.generate(language, N, SEED, half=half)
    assert fresh.dialogues(language, 90, SEED, half=half) == fresh.dialogues(language, 90, SEED, half=half)


@pytest.mark.parametrize(("language", "half"), SETS)
def test_gold_is_inside_its_text_and_of_a_known_label(language: corpus.Language, half: str) -> None:
    for message in fresh.generate(language, N, SEED, half=half):
        assert bool(message.gold) == (message.kind == "gold")
        for gold in message.gold:
            surface = message.text[gold.start : gold.end]
            assert surface.strip() == surface != ""
            assert gold.label in LABELS
            assert gold.form in (OPTIONAL, *freshforms.SHAPES)


@pytest.mark.parametrize(("language", "half"), SETS)
def test_a_talk_has_turns_and_a_value(language: corpus.Language, half: str) -> None:
    for talk in fresh.dialogues(language, 90, SEED, half=half):
        assert len(talk.turns) > 1
        assert any(turn.gold for turn in talk.turns)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_halves_share_no_template_and_every_label_has_enough(language: corpus.Language) -> None:
    halves = [fresh.templates(language, half) for half in fresh.HALVES]
    first, second = ({one.lines for one in half if one.label != "negative"} for half in halves)
    assert not first & second
    whole = [one.label for half in halves for one in half]
    assert all(whole.count(label) >= 12 for label in set(whole))
    assert whole.count("negative") >= 150


@pytest.mark.parametrize(("language", "half"), [one for one in SETS if one.values[1] not in fresh.HALVES])
def test_a_later_list_has_every_structured_label(language: corpus.Language, half: str) -> None:
    people = {LabelClass.QUASI, LabelClass.SENSITIVE}
    structured = {label for label, one in LABELS.items() if one.cls not in people} - {"PERSON"}
    assert {one.label for one in fresh.templates(language, half)} >= structured


def test_where_a_template_goes_depends_on_itself_alone() -> None:
    one = fresh.Template("URL", "", (("U", "see {x}"),))
    assert one.half == fresh.Template("URL", "", (("A", "see {x}"),)).half
    assert {fresh.Template("URL", "", (("U", f"{n} {{x}}"),)).half for n in range(9)} == set(fresh.HALVES)


@pytest.mark.parametrize("label", sorted(set(VALID) - {"DEVICE_ID", "NATIONAL_ID"}))
def test_check_digits_hold_in_every_form_that_keeps_the_digits(label: str) -> None:
    for form in {"plain", "joined", "dashes", "blanks", "spaced", "broken", "wide"} & set(
        freshforms.forms(label, "en")
    ):
        rng = Random(form)
        surface = freshforms.SHAPES[form](freshvalues.plain(rng, label, "en"), "en", rng)
        bare = "".join(char for char in unicodedata.normalize("NFKC", surface) if char.isalnum())
        assert VALID[label](bare), (label, form)


@pytest.mark.parametrize(
    ("form", "language", "text", "pattern"),
    [
        ("spelled", "en", "+44 20", r"plus four four( |, | dash )two (oh|zero)"),
        ("spelled", "ja", "090-12", r"(〇九〇|ゼロきゅうゼロ)[の、](一二|いちに)"),
        ("keycaps", "en", "1-2", "1\ufe0f\u20e3-2\ufe0f\u20e3"),
        ("odd", "en", "1234 56", r"12[ -]34[ -]56|123[ -]456"),
        ("broken", "ja", "12-34", "12-\n34"),
        ("said", "en", "a@b.jp", r"a\W*(at|AT)\W*b\W*(dot|DOT)?\W*jp"),
        ("gapped", "en", "a@b.jp", r"a ?@ ?b(\. | \.)jp"),
        ("han", "ja", "緑2-3", "緑二の三"),
        ("slashes", "en", "123456789", r"1234( / |/)5678( / |/)9"),
        ("dots", "en", "(415) 555-0101", "415.555.0101"),
    ],
)
def test_forms(form: str, language: str, text: str, pattern: str) -> None:
    for seed in range(20):
        assert re.fullmatch(pattern, freshforms.SHAPES[form](text, language, Random(seed)))


def test_of_the_sealed_half_only_labels_are_told() -> None:
    rows = [
        {"name": "sealed/en/deid fast/label/URL", "n": 1},
        {"name": "sealed/en/deid fast/label-form/URL/wide", "n": 1},
        {"name": "sealed/en/deid fast/form/wide", "n": 1},
        {"name": "sealed/en/deid fast/alarms/code", "n": 1},
        {"name": "sealed/en/deid fast/structured", "n": 1, "forms_under_recall": ["wide 0/1"]},
    ]
    told = list(detection._told("sealed", iter(rows)))  # noqa: SLF001
    assert told == [rows[0], {"name": "sealed/en/deid fast/structured", "n": 1}]
    assert list(detection._told("fresh", iter(rows))) == rows  # noqa: SLF001


def test_values_of_a_mask_look_like_it() -> None:
    for seed in range(9):
        surface = freshvalues.plain(Random(seed), "ACCOUNT_ID", "ja", "like 00-A xx/a")
        assert re.fullmatch(r"[0-9]{2}-[A-Z]|[0-9a-f]{2}/[a-z]", surface)
