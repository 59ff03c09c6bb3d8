"""What is asked before a pattern refuses no text in which it matches, however garbled."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deid.detect.matching.sieves import necessary
from deid.detect.patterns import ALL
from deid.detect.scan import Scanner, engines
from deid.detect.scanning.forms import form_of
from deid.detect.scanning.readings import Readings

search_set = pytest.importorskip("deid.detect.matching.candidates").search_set
pytest.importorskip("re2")

LAW = settings(deadline=None, max_examples=60)
GOLDEN = Path(__file__).parents[1] / "golden" / "patterns"
LINES = [
    line[2:].partition(" ⇒ ")[0].replace(r"\n", "\n")
    for file in sorted(GOLDEN.glob("*.txt"))
    for line in file.read_text("utf-8").splitlines()
    if line[:2] in {"+ ", "- "}
]
SIGNS = "0123456789 .-:,@/#_aeXZ\n、。のは一〇ーまる　（"
NATIVE, PURE = [Scanner(engine) for engine in engines() if engine != "re"], Scanner("re")
FORMS = [form_of(index) for index in range(len(ALL))]
HELD = search_set([necessary(pattern.regex) for pattern in ALL], memory_bytes=1 << 30)


@st.composite
def garbled(draw: st.DrawFn) -> str:
    """Draw a golden line in which signs are lost, added or changed, or another line stands."""
    text = draw(st.sampled_from(LINES))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        written = draw(st.one_of(st.sampled_from(("", *SIGNS)), st.sampled_from(LINES)))
        text = text[:at] + written + text[at + draw(st.integers(0, 1)) :]
    return draw(st.sampled_from((text, text.swapcase())))[:400]


@LAW
@given(st.lists(garbled(), min_size=1, max_size=8))
def test_engines_give_the_same_spans_of_garbled_lines(texts: list[str]) -> None:
    expected = PURE.detect(texts)
    for scanner in NATIVE:
        assert scanner.detect(texts) == expected


@LAW
@given(garbled())
def test_no_sieve_refuses_a_text_that_its_pattern_matches(line: str) -> None:
    for text in Readings([line]).texts:
        held = set(HELD(text.encode()) or ())
        matched = {index for index, form in enumerate(FORMS) if form.regex.search(text)}
        assert not {ALL[index].name for index in matched - held}
