"""Words told in talks: what is read, alone and beside others, what gives way, what is refused."""

import json
import shutil
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deid.detect.detector import DefaultDetector
from deid.detect.languages import odd_of
from deid.detect.models import model_digests, model_folder
from deid.detect.tagger.features import WORDS as FEATURES
from deid.detect.tagger.units import words
from deid.detect.tagger.vectors import UnitVectors
from deid.detect.tagger.weights import Weights, checked
from deid.detect.tells import told as module
from deid.detect.tells.cues import Cues
from deid.detect.tells.network import CUES, NETWORK, WORDS
from deid.detect.tells.reading import MARKS, OTHER, OWN, SAME, read
from deid.detect.tells.told import Run, ToldValues, left_of
from deid.errors import DetectorError
from deid.sections import DetectConfig
from deid.types import Span, Turn

ASKED, ANSWER = "what was the pw for the shared drive?", "think it's marble teapot, all small"
FOLDER = model_folder("tells-en")
PIECES = (
    """what's your handle password it's copper thistle kettle ok on Velvet _ ... 42 ß 👍 a_b 😀x İ @me é"""
)
WORDED = st.lists(st.sampled_from([*PIECES.split(), "\n"]), max_size=60).map(" ".join)
TALKS = st.lists(st.lists(st.tuples(WORDED, st.integers(0, 2)), max_size=5), max_size=6)


@cache
def vectors() -> UnitVectors:
    return UnitVectors(Weights.load(model_folder("names-en")), FEATURES)


@cache
def told() -> ToldValues:
    return ToldValues.load(vectors())


@cache
def of_all() -> ToldValues:
    """Return one that reads every turn behind another and marks what is likely at all."""
    return ToldValues(told().network, Cues({}, -1), dict.fromkeys(sorted(told().labels), 0.5))


def turns(*texts: str) -> list[Turn]:
    return [Turn(f"[{at}]", text, at % 2) for at, text in enumerate(texts)]


def in_talk(*texts: str, spans: list[list[Span]] | None = None) -> list[list[Span]]:
    (found,) = told().in_talks([turns(*texts)], [spans or [[] for _ in texts]])
    return found


def test_a_word_that_answers_is_found_and_gives_way_to_what_is() -> None:
    first, (span,) = in_talk(ASKED, ANSWER)
    assert first == []
    assert (ANSWER[span.start : span.end], span.label, span.source) == ("marble teapot", "PASSWORD", "tells")
    assert span.score < 0.35
    other = Span(11, 13, "URL", 0.9, "x")
    assert in_talk(ASKED, ANSWER, spans=[[], [other]]) == [[], [other]]


def test_beside_a_name_in_a_value_the_rest_of_it_is_found() -> None:
    run = Run([(0, 6), (7, 14), (15, 18)], "USERNAME", 0.9)
    name = Span(7, 14, "PERSON", 0.9, "x")
    assert [(span.start, span.end) for span in left_of(run, [])] == [(0, 18)]
    assert [(span.start, span.end) for span in left_of(run, [name])] == [(0, 6), (15, 18)]
    assert left_of(run, [name, Span(16, 17, "URL", 0.9, "x")]) == []


def test_a_text_alone_is_not_read() -> None:
    assert in_talk(ANSWER) == [[]]
    assert told().beside([ANSWER, ""], [[], []]) == [[], []]
    assert told().in_talks([], []) == []


def test_neither_japanese_nor_what_is_very_long_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert in_talk(ASKED, f"{ANSWER} です") == [[], []]
    monkeypatch.setattr(module, "_LONGEST", 5)
    assert in_talk(ASKED, ANSWER) == [[], []]


def test_a_turn_is_read_behind_the_ends_of_three() -> None:
    texts = ["zero", "one " * 30, "two " * 30, "three " * 30, "four " * 60]
    one = read(turns(*texts), 4, words)
    marks = [key for key in one.keys if key in MARKS.values()]
    assert marks == [MARKS[OTHER], MARKS[SAME], MARKS[OTHER], MARKS[OWN]]
    assert [
        len([key for key in one.keys if key == word]) for word in ("zero", "one", "two", "three", "four")
    ] == [0, 6, 6, 12, 40]
    assert len(one.keys) == len(one.roles)
    assert one.keys[one.first] == "four"
    assert one.places[1] == (5, 9)
    assert "four" not in repr(one)


@settings(max_examples=30, deadline=None)
@given(TALKS)
def test_the_same_alone_and_beside_others_to_the_last_bit(talks: list[list[tuple[str, int]]]) -> None:
    made = [[Turn("", text, who) for text, who in talk] for talk in talks]
    reads = [read(talk, at, words) for talk in made for at in range(1, len(talk))]
    network = of_all().network
    together = network.shares(reads)
    assert all(
        np.array_equal(network.shares([one])[0], shares) for one, shares in zip(reads, together, strict=True)
    )


@settings(max_examples=30, deadline=None)
@given(TALKS)
def test_spans_lie_in_their_texts_and_are_those_of_each_talk_alone(
    talks: list[list[tuple[str, int]]],
) -> None:
    made = [[Turn("", text, who) for text, who in talk] for talk in talks]
    none: list[list[list[Span]]] = [[[] for _ in talk] for talk in made]
    found = of_all().in_talks(made, none)
    assert found == [of_all().in_talks([talk], [some])[0] for talk, some in zip(made, none, strict=True)]
    for talk, spans in zip(made, found, strict=True):
        for turn, some in zip(talk, spans, strict=True):
            ends = [0, *(span.end for span in some)]
            assert all(before <= span.start < span.end for before, span in zip(ends, some, strict=False))
            assert ends[-1] <= len(turn.text)


@pytest.mark.parametrize(("use", "reads"), [("fast", False), ("default", True)])
def test_only_conversations_with_a_tagger_are_read(use: Literal["fast", "default"], *, reads: bool) -> None:
    detector = DefaultDetector.default(["en"], use=use)
    sources = {span.source for spans in detector.detect_conversation(turns(ASKED, ANSWER)) for span in spans}
    assert ("tells" in sources) == reads
    assert detector.detect([ANSWER, f"{ASKED}\n{ANSWER}"])[0] == []
    assert ("tells-en/manifest.json" in model_digests(["en"], DetectConfig(use=use))) == reads


def test_without_a_tagger_of_words_nothing_is_loaded() -> None:
    assert not any(isinstance(one, ToldValues) for one in odd_of(["en", "ja"], []))


@pytest.mark.parametrize("name", [NETWORK, WORDS, CUES])
def test_a_file_that_was_changed_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "tells-en"
    shutil.copytree(FOLDER, folder)
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    monkeypatch.setattr(module, "model_folder", lambda _: folder)
    with pytest.raises(DetectorError, match=f"model tells-en: {name} is not the file"):
        ToldValues.load(vectors())


def test_the_manifest_tells_what_it_learnt_to_read_with() -> None:
    manifest = checked(FOLDER, (NETWORK, WORDS, CUES))
    names = json.loads((model_folder("names-en") / "manifest.json").read_text())
    assert manifest["reads"].items() <= names["files"].items()
    assert {"name", "language", "licence", "thresholds", "bound"} <= manifest.keys()
    assert (FOLDER / "card.md").is_file()
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 3_000_000
