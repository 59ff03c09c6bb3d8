import re

import pytest

from deid.errors import ConfigError, SpanError
from deid.labels import LABELS
from deid.transform.apply import Edit, Replacements, Transformed, Transformer
from deid.transform.deleted import DeletedItem, restore
from deid.transform.lookalikes import find_lookalikes
from deid.transform.policy import build_operators
from deid.transform.pools import english
from deid.transform.tokens import ReplacementKey
from deid.treatments import Treatment
from deid.types import Span, Turn

KEY = ReplacementKey(bytes(range(32)))


def transformer(**changes: object) -> Transformer:
    table = {label: Treatment(operator="tag") for label in LABELS}
    table |= {label: Treatment.model_validate(treatment) for label, treatment in changes.items()}
    return Transformer(build_operators(table, KEY), KEY)


def spans_of(text: str, *found: tuple[str, str]) -> list[Span]:
    """Spans of (surface, label) pairs, each at the first place after the one before."""
    spans, cursor = [], 0
    for surface, label in found:
        start = text.index(surface, cursor)
        cursor = start + len(surface)
        spans.append(Span(start, cursor, label))
    return spans


def run(
    text: str,
    *found: tuple[str, str],
    made: Transformer | None = None,
    replacements: Replacements | None = None,
) -> Transformed:
    """Transform one turn."""
    turns, spans = [Turn("m[0]", text)], [spans_of(text, *found)]
    return (made or transformer()).transform("r1", turns, spans, replacements=replacements)


def test_tags_are_numbered_over_the_turns() -> None:
    turns = [Turn("m[0]", "I'm Ann, mail a@x.jp"), Turn("m[1]", "hi ann, I'm Bob 😀 Bob")]
    spans = [
        spans_of(turns[0].text, ("Ann", "PERSON"), ("a@x.jp", "EMAIL_ADDRESS")),
        spans_of(turns[1].text, ("ann", "PERSON"), ("Bob", "PERSON"), ("Bob", "PERSON")),
    ]
    result = transformer().transform("r1", turns, spans)
    assert result.texts == (
        "I'm [PERSON_1], mail [EMAIL_ADDRESS_1]",
        "hi [PERSON_1], I'm [PERSON_2] 😀 [PERSON_2]",
    )
    assert result.deleted == (
        DeletedItem("m[0]", 4, 14, "PERSON", "Ann"),
        DeletedItem("m[0]", 21, 38, "EMAIL_ADDRESS", "a@x.jp"),
        DeletedItem("m[1]", 3, 13, "PERSON", "ann"),
        DeletedItem("m[1]", 19, 29, "PERSON", "Bob"),
        DeletedItem("m[1]", 32, 42, "PERSON", "Bob"),
    )
    assert result.edits == (
        (Edit(4, 7, 4, 14, "PERSON"), Edit(14, 20, 21, 38, "EMAIL_ADDRESS")),
        (Edit(3, 6, 3, 13, "PERSON"), Edit(12, 15, 19, 29, "PERSON"), Edit(18, 21, 32, 42, "PERSON")),
    )
    assert result.counts == {"PERSON": 4, "EMAIL_ADDRESS": 1}
    assert result.n_escaped == 0
    texts = {turn.path: text for turn, text in zip(turns, result.texts, strict=True)}
    assert restore(texts, result.deleted) == {turn.path: turn.text for turn in turns}


@pytest.mark.parametrize(
    "label", ["PASSWORD", "SECRET_KEY", "ONE_TIME_CODE", "SHARE_CODE", "CREDIT_CARD", "CARD_SECURITY_CODE"]
)
def test_a_label_that_is_never_escrowed_leaves_no_item(label: str) -> None:
    result = run("pw: hunter2!", ("hunter2", label))
    assert result.deleted == ()
    assert result.counts == {label: 1}
    assert len(result.edits[0]) == 1
    assert "hunter2" not in result.texts[0]
    assert restore({"m[0]": result.texts[0]}, result.deleted)["m[0]"] == result.texts[0]


def test_keep_changes_nothing_and_is_not_counted() -> None:
    result = run("in Tokyo", ("Tokyo", "LOCATION"), made=transformer(LOCATION="keep"))
    assert result.texts == ("in Tokyo",)
    assert (result.deleted, result.edits, result.counts) == ((), ((),), {})


def test_delete_is_restored() -> None:
    result = run("a Bob b", ("Bob", "PERSON"), made=transformer(PERSON="delete"))
    assert result.texts == ("a  b",)
    assert result.deleted == (DeletedItem("m[0]", 2, 2, "PERSON", "Bob"),)


def test_surrogates_are_shared_by_a_record_and_not_by_two() -> None:
    made = transformer(PERSON="surrogate")
    turns = [Turn("a", "田中美咲です"), Turn("b", "田中さん")]
    spans = [[Span(0, 4, "PERSON")], [Span(0, 4, "PERSON")]]
    first, second = made.transform("r1", turns, spans), made.transform("r2", turns, spans)
    family = first.texts[1].removesuffix("さん")
    assert first.texts[0].startswith(family)
    assert first.texts[0].endswith("です")
    assert first.texts != second.texts


def test_surrogate_of_one_label_avoids_real_values_of_every_other() -> None:
    names = sorted(name.latin for name in english().given)
    free = "Xavier"
    assert not any(name in free for name in names if name != free)
    text = "Zed " + " ".join(name for name in names if name != free)
    others = [(name, "ORGANIZATION") for name in names if name != free]
    made = transformer(PERSON="surrogate", ORGANIZATION="keep")
    assert run(text, ("Zed", "PERSON"), *others, made=made).texts[0].startswith(free + " ")


def test_replacements_of_the_plan() -> None:
    text = "I live in Nakano, aged 34, near Nakano"
    found = [("Nakano", "LOCATION"), ("34", "AGE"), ("Nakano", "LOCATION")]
    made = transformer(LOCATION="keep", AGE={"bands": 10})
    given = {(0, 10, 16): "Tokyo", (0, 23, 25): None}
    result = run(text, *found, made=made, replacements=given)
    assert result.texts == ("I live in Tokyo, aged [AGE_1], near Nakano",)
    assert [item.original for item in result.deleted] == ["Nakano", "34"]
    assert result.counts == {"LOCATION": 1, "AGE": 1}


def test_replacement_inside_a_wider_span_gives_way_to_it() -> None:
    result = run("1-2-3 Nakano", ("1-2-3 Nakano", "STREET_ADDRESS"), replacements={(0, 6, 12): "Tokyo"})
    assert result.texts == ("[STREET_ADDRESS_1]",)


@pytest.mark.parametrize("place", [(0, 0, 3), (0, 4, 8), (1, 4, 7), (-1, 4, 7)])
def test_replacement_that_no_span_covers_is_refused(place: tuple[int, int, int]) -> None:
    with pytest.raises(SpanError, match=r"r1: turn .* is in no span"):
        run("hi, Bob and", ("Bob", "PERSON"), replacements={place: "x"})


@pytest.mark.parametrize(
    ("spans", "message"),
    [
        ([[Span(0, 3, "PERSON"), Span(2, 4, "PERSON")]], r"r1: m\[0\]: spans overlap or are not sorted at 2"),
        ([[Span(4, 6, "PERSON"), Span(0, 3, "PERSON")]], "not sorted at 0"),
        ([[Span(0, 12, "PERSON")]], r"span \[0, 12\) runs past 11 characters"),
        ([], "0 lists of spans for 1 turns"),
    ],
)
def test_bad_spans_are_refused(spans: list[list[Span]], message: str) -> None:
    with pytest.raises(SpanError, match=message) as caught:
        transformer().transform("r1", [Turn("m[0]", "marker text")], spans)
    assert "marker" not in str(caught.value)


def test_two_turns_with_one_path_are_refused() -> None:
    with pytest.raises(SpanError, match="one path"):
        transformer().transform("r1", [Turn("a", ""), Turn("a", "")], [[], []])


def test_unknown_label_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"r1: m\[0\]: no operator for PRESON"):
        run("Bob", ("Bob", "PRESON"))


def test_nothing_shows_text() -> None:
    result = run("my name is marker", ("marker", "PERSON"))
    assert "marker" not in repr(result)
    assert "marker" not in repr(transformer())


def test_no_turns() -> None:
    result = transformer().transform("r1", [], [])
    assert (result.texts, result.deleted, result.edits, result.counts) == ((), (), (), {})


LOOKALIKES = [
    "[PERSON_1]",
    "[SECRET]",
    "[MEDIA]",
    "[person_1]",
    "[Person]",
    "[PERSON1]",
    "[PERSON-1]",
    "［PERSON_1］",
    "【PERSON_1】",
    "[ＰＥＲＳＯＮ＿１]",
    "[ PERSON_1 ]",
    "[PER\u200bSON_1]",
    "[PERSON_1］",
    "[JP_MY_NUMBER_12]",
    "[PERSON_]",
    "〔secret〕",
    "[EMAIL_ADDRESS_999999999]",
]


@pytest.mark.parametrize("typed", LOOKALIKES)
def test_lookalikes_are_escaped_and_restored(typed: str) -> None:
    text = f"a {typed} b"
    result = run(text)
    assert result.texts == (f"a ⟦{typed[1:-1]}⟧ b",)
    assert result.n_escaped == 1
    assert [(item.label, item.original) for item in result.deleted] == [
        ("ESCAPED", typed[0]),
        ("ESCAPED", typed[-1]),
    ]
    assert restore({"m[0]": result.texts[0]}, result.deleted) == {"m[0]": text}
    assert result.counts == {}


@pytest.mark.parametrize(
    "typed",
    [
        "[hello]",
        "[1]",
        "PERSON_1",
        "(PERSON_1)",
        "[PERSONA_1]",
        "[PERSON_1",
        "[PERSON_x]",
        "[]",
        "⟦PERSON_1⟧",
        "[NAME]",
        "[PERSON_1 and more]",
    ],
)
def test_other_text_is_left_alone(typed: str) -> None:
    assert run(typed).texts == (typed,)


def test_only_the_typed_tag_is_escaped() -> None:
    text = "[PERSON_1] Bob [PERSON_1]"
    result = run(text, ("Bob", "PERSON"))
    assert result.texts == ("⟦PERSON_1⟧ [PERSON_1] ⟦PERSON_1⟧",)
    assert restore({"m[0]": result.texts[0]}, result.deleted) == {"m[0]": text}


def test_a_replacement_cannot_make_a_tag_of_the_text_around_it() -> None:
    text = "[PERSON_1xx] and [PERyySON_2]"
    result = run(text, ("xx", "USERNAME"), ("yy", "USERNAME"), made=transformer(USERNAME="delete"))
    assert result.texts == ("⟦PERSON_1⟧ and ⟦PERSON_2⟧",)
    assert restore({"m[0]": result.texts[0]}, result.deleted) == {"m[0]": text}


def test_brackets_around_a_replacement_stay() -> None:
    result = run("[Bob]", ("Bob", "PERSON"))
    assert result.texts == ("[[PERSON_1]]",)


def test_a_typed_tag_that_is_a_span_becomes_a_tag() -> None:
    text = "I am [PERSON_7]"
    result = run(text, ("[PERSON_7]", "PERSON"))
    assert result.texts == ("I am [PERSON_1]",)
    assert restore({"m[0]": result.texts[0]}, result.deleted) == {"m[0]": text}


def test_a_kept_span_cannot_smuggle_a_tag() -> None:
    text = "in [SECRET] now"
    result = run(text, ("[SECRET]", "LOCATION"), made=transformer(LOCATION="keep"))
    assert result.texts == ("in ⟦SECRET⟧ now",)
    assert restore({"m[0]": result.texts[0]}, result.deleted) == {"m[0]": text}


def test_brackets_partly_inside_a_replacement() -> None:
    text = "in Nakano_1] now"
    result = run(text, ("Nakano", "LOCATION"), replacements={(0, 3, 9): "[PERSON"})
    assert result.texts == ("in ⟦PERSON_1⟧ now",)
    assert restore({"m[0]": result.texts[0]}, result.deleted) == {"m[0]": text}


def test_many_brackets_take_little_time() -> None:
    text = "[" * 50_000 + "[PERSON_1]" * 5_000
    assert run(text).n_escaped == 5_000


def test_find_lookalikes_skips_ours() -> None:
    assert list(find_lookalikes("[PERSON_1] [PERSON_1]", {(0, 10)})) == [(11, 21)]


def test_restore_is_not_fooled_by_typed_tags() -> None:
    text = "give me [PERSON_1]! I am Bob"
    result = run(text, ("Bob", "PERSON"))
    restored = restore({"m[0]": result.texts[0]}, result.deleted)["m[0]"]
    assert restored == text
    assert len(re.findall("Bob", restored)) == 1
