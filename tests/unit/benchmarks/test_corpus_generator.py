import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from deid.labels import LABELS, LabelClass

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "benchmarks"))

corpus: Any = import_module("corpus")
surfaces: Any = import_module("surfaces")

LANGUAGES = ("en", "ja")


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def messages(language: str) -> Any:
    return corpus.generate(language, 4000, 1)


def test_the_same_seed_gives_the_same_messages_and_another_others(language: str, messages: Any) -> None:
    assert corpus.generate(language, 4000, 1) == messages
    assert corpus.generate(language, 4000, 2) != messages


def test_gold_is_sorted_disjoint_and_inside_the_text(messages: Any) -> None:
    for message in messages:
        edges = [edge for gold in message.gold for edge in (gold.start, gold.end)]
        assert edges == sorted(edges)
        assert all(0 <= gold.start < gold.end <= len(message.text) for gold in message.gold)
        assert all(gold.label in LABELS for gold in message.gold)


def test_every_case_comes_up_about_equally_often(language: str, messages: Any) -> None:
    counts = Counter((gold.label, gold.form) for message in messages for gold in message.gold)
    assert set(counts) == set(corpus.cases(language))
    assert min(counts.values()) >= 3


def test_two_in_five_messages_hold_gold(messages: Any) -> None:
    share = sum(bool(message.gold) for message in messages) / len(messages)
    assert 0.36 < share < 0.44


def test_position_forms_stand_where_they_say(messages: Any) -> None:
    for message in messages:
        for gold in message.gold:
            before, after = message.text[: gold.start], message.text[gold.end :]
            if gold.form == "start":
                assert before == "" or before.endswith("\n")
            if gold.form == "end":
                assert after == ""
            if gold.form == "embedded":
                assert after != ""
                assert not before.endswith(" ") or not after.startswith(" ")


def test_embedded_in_japanese_is_between_kana_or_kanji_without_spaces() -> None:
    embedded = [
        (message.text[gold.start - 1], message.text[gold.end])
        for message in corpus.generate("ja", 2000, 3)
        for gold in message.gold
        if gold.form == "embedded"
    ]
    assert embedded
    assert all(not char.isascii() for pair in embedded for char in pair)


def test_forms_change_the_surface_as_named(messages: Any) -> None:
    for message in messages:
        for gold in message.gold:
            surface = message.text[gold.start : gold.end]
            if gold.form == "fullwidth":
                assert any("！" <= char <= "～" for char in surface)
            if gold.form == "zero_width":
                assert "\u200b" in surface
            if gold.form == "upper":
                assert surface == surface.upper()
            if gold.form == "joined":
                assert surface.removeprefix("+").isalnum()


def test_every_structured_label_is_in_one_language_or_the_other() -> None:
    structured = {
        name
        for name, label in LABELS.items()
        if label.cls not in (LabelClass.QUASI, LabelClass.SENSITIVE) and name != "PERSON"
    }
    covered = {label for language in LANGUAGES for label, _ in corpus.cases(language)}
    assert covered == structured | {"COORDINATE"}


def test_carriers_are_other_than_the_samples() -> None:
    exchanges: Any = import_module("exchanges")
    for language in LANGUAGES:
        books = [
            exchanges.read_book(corpus._TEMPLATES / f"{name}-{language}.txt", language)  # noqa: SLF001
            for name in ("corpus", "sample")
        ]
        ours, theirs = ({line for part in book.exchanges for _, line in part.lines} for book in books)
        assert not ours & theirs
