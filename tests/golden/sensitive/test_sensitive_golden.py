"""Golden lines of the sensitive classes: marked ones give exactly their spans, unmarked ones give none.

A file holds one class in one language. The two held-out files were written after the word lists were
finished; their test keeps what was measured on them from falling.
"""

from pathlib import Path

import pytest

from deid.detect.sensitive import SensitiveContent

HERE = Path(__file__).parent
LABELS = (
    "belief",
    "criminal",
    "ethnicity",
    "health",
    "politics",
    "sexuality",
    "social_status",
    "union",
    "victim",
)
LANGUAGES = ("en", "ja")


@pytest.fixture(scope="module")
def detector() -> SensitiveContent:
    return SensitiveContent()


def lines_of(name: str) -> list[str]:
    lines = (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def unmark(line: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the text without ⟦ and ⟧, and the ranges they marked."""
    spans: list[tuple[int, int]] = []
    text = ""
    start = 0
    for character in line:
        if character == "⟦":
            start = len(text)
        elif character == "⟧":
            spans.append((start, len(text)))
        else:
            text += character
    return text, spans


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("label", LABELS)
def test_marked_lines_give_exactly_their_spans(detector: SensitiveContent, label: str, language: str) -> None:
    marked = [unmark(line) for line in lines_of(f"{label}_{language}") if "⟦" in line]
    found = detector.detect([text for text, _ in marked])
    wrong = [
        text
        for (text, spans), got in zip(marked, found, strict=True)
        if [(span.start, span.end) for span in got if span.label == label.upper()] != spans
    ]
    assert marked
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("label", LABELS)
def test_unmarked_lines_are_clean_of_every_class(
    detector: SensitiveContent, label: str, language: str
) -> None:
    clean = [line for line in lines_of(f"{label}_{language}") if "⟦" not in line]
    found = detector.detect(clean)
    assert clean
    assert not [line for line, spans in zip(clean, found, strict=True) if spans]


@pytest.mark.parametrize("label", LABELS)
def test_each_class_has_twenty_five_lines_of_both_kinds(label: str) -> None:
    lines = [line for language in LANGUAGES for line in lines_of(f"{label}_{language}")]
    marked = sum("⟦" in line for line in lines)
    assert marked >= 25
    assert len(lines) - marked >= 25


@pytest.mark.parametrize(("language", "least"), [("en", 38), ("ja", 42)])
def test_held_out_statements_are_found(detector: SensitiveContent, language: str, least: int) -> None:
    rows = [line.split("\t") for line in lines_of(f"heldout_{language}")]
    told = [(label, *unmark(line)) for label, line in rows if label != "-"]
    found = detector.detect([text for _, text, _ in told])
    hits = sum(
        any(span.label == label and span.start < end and start < span.end for span in spans)
        for (label, _, [(start, end)]), spans in zip(told, found, strict=True)
    )
    assert len(told) == 44
    assert hits >= least


@pytest.mark.parametrize("language", LANGUAGES)
def test_held_out_small_talk_raises_no_alarm(detector: SensitiveContent, language: str) -> None:
    clean = [line.split("\t")[1] for line in lines_of(f"heldout_{language}") if line.startswith("-\t")]
    assert len(clean) == 16
    assert not any(detector.detect(clean))
