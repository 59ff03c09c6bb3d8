"""A value written in any form is found with its offsets, and no text that says a number is passed over."""

from hypothesis import given, settings
from hypothesis import strategies as st

from deid.detect.matching.automata import asked_at_once
from deid.detect.reread import edits
from deid.detect.reread.loose import LooseValues
from deid.detect.reread.said import said, saying
from deid.detect.scan import Scanner

LOOSE = LooseValues(Scanner())
MAY_SAY = asked_at_once(saying())
EDITS = (
    edits.dotted,
    edits.gapped,
    edits.quartered,
    edits.squeezed,
    edits.dashed,
    edits.runs,
    edits.lettered,
)
MAY_EDIT = asked_at_once(edits.ASKED)
ODD_SIGNS = "0123 1234 ab.c ABCD x -–ー・👏/_@★[( ) . com/ 東京都区番はが"
ODD_PIECES = (
    *(
        "1",
        "12",
        "a",
        "B",
        "7",
        "0",
        "ABCD",
        "me",
        "example",
        "com",
        "jp",
        "dash",
        "www",
        "http",
        "@",
        "アット",
        "(at)",
    ),
    *(
        " ",
        "  ",
        ".",
        " dot ",
        "/",
        "://",
        "-",
        " - ",
        "–",
        "・",
        "👏",
        "_",
        "[.]",
        "(.)",
        "東京都世",
        "田谷区風",
        "見台77",
    ),
)
ODD_TEXTS = st.one_of(
    st.text(st.sampled_from(ODD_SIGNS), max_size=40),
    st.lists(
        st.sampled_from(ODD_PIECES),
        max_size=16,
    ).map("".join),
)
LAW = settings(deadline=None, max_examples=100, derandomize=True)
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
KANJI = "〇一二三四五六七八九"
CUED = (
    ("my ssn is ", "US_SSN", 9),
    ("my aadhaar is ", "IN_AADHAAR", 12),
    ("my nhs number is ", "UK_NHS", 10),
)
SHAPES = (
    " ".join,
    "  ".join,
    "・".join,
    "👏".join,
    lambda digits: "".join(f"{digit}\ufe0f\u20e3" for digit in digits),
    lambda digits: " ".join(WORDS[int(digit)] for digit in digits),
    lambda digits: "".join(KANJI[int(digit)] for digit in digits),
    lambda digits: digits[:4] + "\n" + digits[4:],
    lambda digits: digits[:3] + " / " + digits[3:],
    lambda digits: digits[:3] + "–" + digits[3:6] + "–" + digits[6:],
    "\u200b".join,
)
ODD_PARTS = ("oh", "double", "dash", "a", "S", "7", "いち", "に", "さん", "ゼロ", "〇", "五", "の", ", ")
SAID = st.lists(st.sampled_from((*WORDS, *ODD_PARTS)), max_size=8)


@LAW
@given(st.sampled_from(CUED), st.sampled_from(SHAPES), st.data())
def test_every_form_is_found_where_it_stands(cued, shape, data) -> None:  # type: ignore[no-untyped-def]
    cue, label, size = cued
    digits = data.draw(st.text("23456789", min_size=size, max_size=size).filter(lambda d: len(set(d)) > 2))
    value = shape(digits)
    spans = LOOSE.detect([f"{cue}{value} ok"])[0]
    assert (len(cue), len(cue) + len(value), label) in {(span.start, span.end, span.label) for span in spans}


@LAW
@given(SAID, st.sampled_from(("", " ")))
def test_what_says_a_number_is_asked_for(parts: list[str], gap: str) -> None:
    text = gap.join(parts)
    before, held, after = MAY_SAY(["one", text, "二"])
    assert held or not said(text)
    assert not before
    assert not after


@settings(deadline=None, max_examples=1000, derandomize=True)
@given(ODD_TEXTS)
def test_what_is_edited_is_asked_for(text: str) -> None:
    _, held, _ = MAY_EDIT(["one", text, "二"])
    for bit, of in enumerate(EDITS):
        assert held >> bit & 1 or not list(of(text))


@LAW
@given(st.lists(st.text(st.sampled_from("12 -./ABab一二のごに\n@👏・oneさ"), max_size=40), max_size=4))
def test_texts_are_read_alone_and_spans_lie_in_them(texts: list[str]) -> None:
    found = LOOSE.detect(texts)
    assert found == [LOOSE.detect([text])[0] for text in texts]
    assert all(
        0 <= span.start < span.end <= len(text)
        for text, spans in zip(texts, found, strict=True)
        for span in spans
    )
