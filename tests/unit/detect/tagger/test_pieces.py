import shutil
import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer

from deid.detect.detector import DefaultDetector
from deid.detect.models import model_folder
from deid.detect.tagger import pieces as module
from deid.detect.tagger.pieces import FILES, PieceTagger, unit_shares
from deid.detect.tagger.units import words
from deid.errors import DetectorError
from deid.sections import DetectConfig


@cache
def accurate() -> PieceTagger:
    return PieceTagger.load()


def found(text: str) -> list[tuple[str, str]]:
    (spans,) = accurate().detect([words(text)])
    return [(text[span.start : span.end], span.label) for span in spans]


def test_names_and_places() -> None:
    assert found("I met Jessica Marlow in Berlin yesterday") == [
        ("Jessica Marlow", "PERSON"),
        ("Berlin", "LOCATION"),
    ]
    assert found("ok brb") == found("") == []


def test_a_long_text_is_read_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LONGEST", 120)
    text = "nothing to see here. " * 20 + "I met Jessica Marlow in Berlin. " + "and more of it. " * 20
    assert ("Jessica Marlow", "PERSON") in found(text)


NAME = "Priyanka Venkataraman"
NOISE = "teh qwxz!!1 zzkpt :// $#@ 0x3f "


class Recorder:
    """Stands for the encoder: keeps the pieces that it was given, and finds nothing."""

    def __init__(self) -> None:
        self.read: list[list[int]] = []

    def run(self, _: None, feeds: Mapping[str, Any]) -> list[Any]:
        self.read += feeds["ids"].tolist()
        return [np.zeros((1, feeds["ids"].shape[1], 7), np.float32)]


def encoder_sees(text: str) -> list[list[int]]:
    recorder = Recorder()
    replace(accurate(), _session=recorder).detect([words(text)])
    return recorder.read


@cache
def tokenizer() -> Any:
    return Tokenizer.from_file(str(model_folder("names-accurate") / "tokenizer.json"))


@pytest.mark.parametrize(
    "text", [NOISE * 45, "ゑ゛ヰ゜ " * 280, "q7Zk9" * 900, "龘靐齉" * 2_000 + " " + NOISE]
)
def test_all_pieces_of_a_text_are_read(text: str) -> None:
    parts = encoder_sees(text)
    assert len(parts) > 1
    assert max(map(len, parts)) <= 500
    told = "".join(tokenizer().decode(part) for part in parts)
    whole = tokenizer().decode(tokenizer().encode(text).ids)
    assert told.replace(" ", "") == whole.replace(" ", "")


def test_what_fits_is_read_as_a_whole() -> None:
    text = "nothing to see here. " * 60 + f"I met {NAME} in Berlin."
    assert encoder_sees(text) == [tokenizer().encode(text).ids]


@pytest.mark.parametrize("filler", [NOISE * 45, "x" * 1_900 + " ", "q7Zk9" * 900 + " "])
def test_a_name_at_the_end_of_a_text_of_many_pieces(filler: str) -> None:
    assert (NAME, "PERSON") in found(f"{filler}and then I met {NAME} in Berlin")


def test_a_second_reading_reads_to_the_end() -> None:
    text = f"{NOISE * 40}and then I met {NAME} in Berlin"
    config = DetectConfig(second_reading=1.0)
    (spans,) = DefaultDetector.configured(("en",), config).detect([text])
    names = {text[span.start : span.end] for span in spans if span.label == "PERSON"}
    assert set(NAME.split()) <= {word for name in names for word in name.split()}


def test_it_joins_the_cues_of_both_languages() -> None:
    detector = DefaultDetector.default(use="accurate")
    english, japanese = detector.detect(["hey, it is oluwaseun from lagos", "ミサキちゃんと会った"])
    assert {span.label for span in english} == {"PERSON", "LOCATION"}
    assert [(span.start, span.end) for span in japanese] == [(0, 3)]


# Two pieces: "Mar" and " low"; tags: none, B, I.
SHARES = np.array([[1, 0, 0], [0.2, 0.8, 0.0], [0.4, 0.6, 0.0], [1, 0, 0]], np.float32)
OFFSETS = [(0, 0), (0, 3), (3, 7), (0, 0)]


def test_a_unit_takes_the_mean_over_its_characters() -> None:
    (whole,) = unit_shares("Mar low", OFFSETS, SHARES, [(0, 7)])
    # Three characters of .8, one blank in no piece, three of .6.
    assert whole[0] == pytest.approx(1 - (3 * 0.8 + 3 * 0.6) / 7, abs=1e-6)


def test_only_a_piece_that_starts_with_the_unit_begins_a_name() -> None:
    first, second = unit_shares("Marlow!", [(0, 0), (0, 3), (2, 6), (0, 0)], SHARES, [(0, 3), (3, 6)])
    assert first[1] > 0
    assert second[1] == 0
    assert second[2] > 0


def test_the_package_of_the_tokenizer_is_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tokenizers", None)
    with pytest.raises(DetectorError, match="tokenizers is not installed") as caught:
        PieceTagger.load()
    assert ".[accurate]" in caught.value.hint


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_was_changed_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "names-accurate"
    shutil.copytree(model_folder("names-accurate"), folder)
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    monkeypatch.setattr(module, "model_folder", lambda _: folder)
    with pytest.raises(DetectorError, match=f"{name} is not the file"):
        PieceTagger.load()


@pytest.mark.parametrize(
    ("text", "name"), [("제 이름은 김민준이고 서울에 살아요", "김민준"), ("我叫王小明,住在北京", "王小明")]
)
def test_chinese_and_korean(text: str, name: str) -> None:
    (spans,) = DefaultDetector.default(use="accurate").detect([text])
    covered = {place for span in spans for place in range(span.start, span.end)}
    start = text.index(name)
    assert set(range(start, start + len(name))) <= covered
