import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.errors import InputError
from deid.report.review import Drawn, Read, read_sheet, sheet, verdict
from deid.types import Span

ANN = Drawn(
    "c1", "messages[0].content", "Ann met Bo\nin Rome", [Span(0, 3, "PERSON"), Span(14, 18, "LOCATION")]
)


def written(*drawn: Drawn, messages: int = 9) -> str:
    return sheet(drawn, messages=messages, seed=5)


def marked(content: str) -> str:
    return content.replace("[ ]", "[x]")


def test_what_a_reader_marks_is_counted() -> None:
    content = marked(written(ANN)).replace("met Bo", "met ⟦+PERSON|Bo⟧").replace("⟦LOCATION", "⟦-LOCATION")
    assert read_sheet(content) == (9, [Read("c1", ["PERSON"], ["LOCATION"], ["PERSON"])])


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), min_size=1, max_size=3),
    st.booleans(),
)
def test_every_text_comes_back(texts: list[str], lines_of_windows: bool) -> None:  # noqa: FBT001
    drawn = [Drawn("⟦ c\n1", "p", text, [Span(0, len(text), "PERSON")] if text else []) for text in texts]
    content = marked(written(*drawn))
    if lines_of_windows:
        content = "\ufeff" + "\n".join(line.rstrip() for line in content.split("\n")).replace("\n", "\r\n")
    _, read = read_sheet(content)
    assert [len(one.right) for one in read] == [len(one.spans) for one in drawn]


def test_half_a_pair_and_brackets_can_be_written() -> None:
    drawn = Drawn("c", "p", "a ⟦b⟧ \ud800 ⟦(⟧ d", [Span(2, 8, "PERSON")])
    assert read_sheet(marked(written(drawn)))[1] == [Read("c", ["PERSON"], [], [])]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("deid review 1", "deid review 2", "no sheet"),
        ("deid review 1 · 1 of", "deid review 1 · 2 of", "1 items, not those from 1 to 2"),
        ("=== 1 ", "=== 2 ", "1 items, not those from 1 to 1"),
        ("[x]", "[ ]", "item 1: not marked as read"),
        ("[x]", "[]", "item 1: not marked as read"),
        ("met", "saw", "item 1: is not as it was written"),
        ("met", "⟦+PERSON|met", "item 1: is not as it was written"),
        ("⟦PERSON|Ann⟧", "⟦+PERSON|⟦PERSON|Ann⟧⟧", "item 1: is not as it was written"),
        ("⟦PERSON", "⟦NAME", "item 1: a mark without a label"),
        ("⟦PERSON", "⟦AGE", "item 1: is not as it was written"),
        ("⟦PERSON|Ann⟧", "Ann", "item 1: is not as it was written"),
        ("Bo", "⟦PERSON|Bo⟧", "item 1: is not as it was written"),
        (" c1\n", " c1 a note\n", "item 1: is not as it was written"),
        ("messages[0]", "messages[1]", "item 1: is not as it was written"),
        ("| in", "⟦+PERSON|in⟧\n| in", "item 1: is not as it was written"),
        ("| in", " | in", "item 1: is not as it was written"),
    ],
)
def test_a_sheet_that_was_not_read_or_was_changed(before: str, after: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        read_sheet(marked(written(ANN)).replace(before, after))
    assert "Ann" not in str(caught.value) + caught.value.hint


def test_a_record_without_an_id_can_be_read() -> None:
    assert read_sheet(marked(written(Drawn(" ", "p", "", []))))[1] == [Read("", [], [], [])]


def test_a_verdict_by_hand() -> None:
    read = [
        Read("a", ["PERSON", "PERSON", "AGE"], ["PERSON"], []),
        Read("a", [], [], ["PERSON"]),
        Read("b", [], [], []),
    ]
    found = verdict(1000, read)
    assert found.recall.value == pytest.approx(3 / 4)
    assert found.precision is not None
    assert found.precision.value == pytest.approx(3 / 4)
    assert found.missing.value == pytest.approx(1 / 3)
    assert found.by_label == {"PERSON": (2, 1, 1), "AGE": (1, 0, 0)}
    document = found.to_json()
    assert (document["messages"], document["read"]) == (1000, 3)
    assert document["labels"]["PERSON"] == {"right": 2, "vain": 1, "missed": 1}


def test_misses_of_one_record_are_one_observation() -> None:
    together = verdict(
        99, [Read("a", [], [], ["PERSON"] * 5), *(Read(f"{n}", ["PERSON"] * 5, [], []) for n in range(9))]
    )
    apart = verdict(
        99,
        [Read(f"{n}", ["PERSON"], [], []) for n in range(45)]
        + [Read(f"x{n}", [], [], ["AGE"]) for n in range(5)],
    )
    assert together.recall.value == apart.recall.value == pytest.approx(0.9)
    assert together.recall.low < apart.recall.low


def test_nothing_found_and_nothing_missed_tells_nothing() -> None:
    with pytest.raises(InputError, match="nothing in the sample is personal"):
        verdict(9, [Read("a", [], ["PERSON"], [])])
    assert verdict(9, [Read("a", [], [], ["PERSON"])]).precision is None
