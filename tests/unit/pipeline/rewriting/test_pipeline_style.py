"""A record released in another style: between findings, read again, and in anonymize mode alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plan_samples import config, record

from deid.pipeline.quasi.telling import load_telling
from deid.pipeline.rewriting.rewrite import Findings, Rewriter, Rewritten, _source
from deid.transform.apply import Edit
from deid.transform.tokens import ReplacementKey
from deid.types import Span

KEY = ReplacementKey(bytes(range(32)))


@dataclass
class KeepsAll:
    """A plan that generalizes nothing."""

    silenced: frozenset[str] = frozenset()

    def published(self, _subject: str, _column: str, value: str) -> str | None:
        return value

    def of_other(self, _kind: str, value: str) -> str | None:
        return value


@dataclass
class Scripted:
    """A detector that finds words of a list, as PERSON; it remembers what it read."""

    words: Sequence[str] = ()
    read: list[str] = field(default_factory=list)

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        self.read += texts
        return [
            [Span(text.index(w), text.index(w) + len(w), "PERSON") for w in self.words if w in text]
            for text in texts
        ]


def rewritten(text: str, style: str, spans: list[Span], reader: Scripted) -> Rewritten:
    used = config(transform={"style": style, "PERSON": "tag"})
    read = record({"id": "c1", "user": "u1", "messages": [{"role": "user", "content": text}]}, used)
    rewriter = Rewriter(used, KEY, KeepsAll(), load_telling(used, date(2026, 11, 22)), reader)  # type: ignore[arg-type]
    return rewriter.rewrite([(read, Findings(KEY.token("record", "c1"), [spans], []))])[0]


def test_findings_are_replaced_and_the_rest_is_evened_out() -> None:
    result = rewritten("hey JESSICA!!! sooo late", "plain", [Span(4, 11, "PERSON")], Scripted())
    assert result.texts == ("hey [PERSON_1]. so late.",)
    assert not result.residual


def test_the_new_text_is_read_again_and_what_shows_is_replaced() -> None:
    """A name that only its capital gives away, behind marks of another length than they were."""
    reader = Scripted(["Mika"])
    result = rewritten("late...  !! mika came -- again", "tidy", [], reader)
    assert reader.read[0] == "Late. Mika came, again."
    assert result.texts == ("Late. [PERSON_1] came, again.",)
    assert not result.residual


def test_what_no_subject_says_stays_as_it_is_written() -> None:
    used = config(transform={"style": "tidy", "PERSON": "tag"})
    text = "- one   -- TWO!!!"
    messages = [{"role": role, "content": text} for role in ("user", "assistant")]
    read = record({"id": "c1", "user": "u1", "messages": messages}, used)
    rewriter = Rewriter(used, KEY, KeepsAll(), load_telling(used, date(2026, 11, 22)), Scripted())  # type: ignore[arg-type]
    found = Findings(KEY.token("record", "c1"), [[], []], [])
    assert rewriter.rewrite([(read, found)])[0].texts == ("One, TWO.", text)


def test_what_cannot_be_got_rid_of_is_counted_though_style_wrote_it() -> None:
    result = rewritten("ok then", "tidy", [], Scripted(["Ok", "PERSON"]))
    assert result.residual["PERSON"] == 0
    assert result.texts == ("[PERSON_1] then.",)


def test_pseudonymize_mode_has_no_style() -> None:
    escrow = {"url": "sqlite:///x.db", "keys": "local:keys", "domain": "d"}
    with pytest.raises(ValueError, match=r"transform\.style"):
        config(transform={"style": "tidy"}, mode="pseudonymize", escrow=escrow)


@pytest.mark.parametrize(
    ("place", "source"),
    [
        ((0, 2), (0, 2)),  # before the edits
        ((3, 4), (3, 6)),  # the end of the first is cut: the whole of it
        ((4, 6), (3, 7)),  # begins inside it
        ((5, 8), (6, 9)),  # after it
        ((5, 9), (6, 10)),  # up to a deletion: what was deleted stays out
        ((9, 10), (12, 13)),  # behind the deletion
        ((8, 10), (9, 13)),  # around the deletion
    ],
)
def test_where_released_text_came_from(place: tuple[int, int], source: tuple[int, int]) -> None:
    # «abcXYZghij--kl»: XYZ became two characters, -- became none.
    edits = [Edit(3, 6, 3, 5, "STYLE"), Edit(10, 12, 9, 9, "STYLE")]
    assert _source(edits, *place) == source


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 3), st.integers(0, 3)), max_size=4), st.data())
def test_a_source_range_holds_something_and_grows_with_the_range(
    runs: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    edits, old, new = [], 0, 0
    for kept, was, became in runs:
        old, new = old + kept, new + kept
        edits.append(Edit(old, old + was, new, new + became, "STYLE"))
        old, new = old + was, new + became
    start = data.draw(st.integers(0, new + 1))
    end = data.draw(st.integers(start + 1, new + 3))
    low, high = _source(edits, start, end)
    assert 0 <= low < high <= old + 3
    wider = _source(edits, start, end + 1)
    assert wider[0] == low
    assert wider[1] >= high
