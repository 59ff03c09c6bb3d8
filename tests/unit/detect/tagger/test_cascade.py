from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from pydantic import ValidationError

from deid.detect.detector import DefaultDetector
from deid.detect.models import model_digests
from deid.detect.tagger.cascade import Cascade, doubt_at
from deid.detect.tagger.tagger import NameTagger
from deid.detect.tagger.units import Units, words
from deid.sections import DetectConfig
from deid.types import Span

SURE, UNSURE = "I met Jessica Marlow in Berlin yesterday", "zorblat said hi to the wug"


@dataclass
class Second:
    """A second reader that finds the first character."""

    seen: list[str] = field(default_factory=list)
    labels: frozenset[str] = frozenset({"PERSON"})

    def detect(self, units: Sequence[Units]) -> list[list[Span]]:
        self.seen += [found.text for found in units]
        return [[Span(0, 1, "PERSON", 0.9, "second")] for _ in units]


def cascade(share: float) -> tuple[Cascade, Second]:
    second = Second()
    return Cascade.load("en", second, share), second


def test_the_doubt_of_a_text_is_its_own() -> None:
    tagger = NameTagger.load("en")
    alone = [tagger.read([words(text)])[1][0] for text in (SURE, UNSURE, "")]
    assert tagger.read([words(text) for text in (SURE, UNSURE, "")])[1] == pytest.approx(alone, abs=1e-4)
    assert alone[1] > alone[0] > alone[2] == 0


def test_what_is_in_doubt_is_read_again() -> None:
    sure, unsure = (NameTagger.load("en").read([words(text)])[1][0] for text in (SURE, UNSURE))
    second = Second()
    found = Cascade(NameTagger.load("en"), second, (sure + unsure) / 2)
    first, again = found.detect([words(SURE), words(UNSURE)])
    assert second.seen == [UNSURE]
    assert [span.source for span in again] == ["second"]
    assert {SURE[span.start : span.end] for span in first} == {"Jessica Marlow", "Berlin"}
    assert found.labels == {"PERSON", "LOCATION", "ORGANIZATION"}


def test_a_larger_share_takes_less_doubt() -> None:
    for language in ("en", "ja"):
        doubts = [doubt_at(share, language) for share in (0.01, 0.05, 0.1, 0.15, 0.5, 1.0)]
        assert doubts == sorted(doubts, reverse=True)
        assert doubts[-1] == 0
    assert cascade(0.05)[0].doubt == doubt_at(0.05, "en")


@pytest.mark.parametrize("use", ["fast", "accurate"])
def test_only_the_default_reads_twice(use: str) -> None:
    with pytest.raises(ValidationError, match="goes with `use: default`"):
        DetectConfig.model_validate({"use": use, "second_reading": 0.1})


def test_a_configured_second_reading() -> None:
    config = DetectConfig(second_reading=1.0)
    (spans,) = DefaultDetector.configured(("en",), config).detect([SURE])
    assert {span.source for span in spans if span.label == "PERSON"} == {"names-accurate"}
    assert "names-accurate/manifest.json" in model_digests(("en",), config)
    assert "names-accurate/manifest.json" not in model_digests(("en",), DetectConfig())
