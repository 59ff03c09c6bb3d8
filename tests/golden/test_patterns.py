"""Every written form of every label: what must be found, exactly, and what must not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deid.detect.patterns import ALL
from deid.detect.scan import Scanner

FOLDER = Path(__file__).parent / "patterns"
LABELS = sorted({pattern.label for pattern in ALL})
SCANNER = Scanner()
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


def load(label: str, sign: str) -> Iterator[list[str]]:
    """Yield the fields of the lines that begin with ``sign``: text and surfaces, newlines escaped."""
    for line in (FOLDER / f"{label}.txt").read_text("utf-8").splitlines():
        if line.startswith(sign):
            yield line[2:].replace(r"\n", "\n").replace(r"\u200b", "\u200b").split(" ⇒ ")


def positives() -> Iterator[tuple[str, str, list[str]]]:
    for label in LABELS:
        for text, *surfaces in load(label, "+"):
            yield label, text, surfaces


def negatives() -> Iterator[tuple[str, str]]:
    for label in LABELS:
        for (text,) in load(label, "-"):
            yield label, text


POSITIVES = list(positives())
NEGATIVES = list(negatives())


def found(label: str, text: str) -> list[str]:
    """Surfaces of the label, without those inside a longer one of the same label."""
    spans = [span for span in SCANNER.detect([text])[0] if span.label == label]
    kept = [
        span
        for span in spans
        if not any(o.start <= span.start and span.end <= o.end and o != span for o in spans)
    ]
    return [text[span.start : span.end] for span in kept]


def covers(label: str, text: str, surfaces: list[str], separator: str = "") -> bool:
    spans = [span for span in SCANNER.detect([text])[0] if span.label == label]
    for surface in surfaces:
        wanted = separator.join(surface)
        start = text.index(wanted)
        if not any(span.start <= start and start + len(wanted) <= span.end for span in spans):
            return False
    return True


def test_one_file_per_label() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == LABELS


@pytest.mark.parametrize(("label", "text", "surfaces"), POSITIVES)
def test_positive(label: str, text: str, surfaces: list[str]) -> None:
    assert found(label, text) == surfaces


@pytest.mark.parametrize(("label", "text"), NEGATIVES)
def test_negative(label: str, text: str) -> None:
    assert found(label, text) == []


@pytest.mark.parametrize(("label", "text", "surfaces"), POSITIVES)
@pytest.mark.parametrize(
    ("before", "after"), [("はい、", "。"), ("🙂 ", " 🙂"), ("\n", "\n"), ("えっと…", "！")]
)
def test_found_beside_other_scripts(
    label: str, text: str, surfaces: list[str], before: str, after: str
) -> None:
    assert covers(label, before + text + after, surfaces)


@pytest.mark.parametrize(("label", "text", "surfaces"), POSITIVES)
def test_found_in_full_width(label: str, text: str, surfaces: list[str]) -> None:
    assert covers(label, text.translate(FULL_WIDTH), [surface.translate(FULL_WIDTH) for surface in surfaces])


@pytest.mark.parametrize(("label", "text", "surfaces"), POSITIVES)
def test_found_through_zero_width_characters(label: str, text: str, surfaces: list[str]) -> None:
    assert covers(label, "\u200b".join(text), surfaces, "\u200b")
