import json
import shutil
from functools import cache
from pathlib import Path

import pytest

from deid.detect.models import model_folder
from deid.detect.tagger import tagger as module
from deid.detect.tagger.features import WORDS, Features, is_lower, is_no_noun
from deid.detect.tagger.tagger import NameTagger
from deid.detect.tagger.units import words
from deid.detect.tagger.vectors import UnitVectors
from deid.detect.tagger.weights import FILES, Weights, floors_of
from deid.errors import DetectorError
from deid.types import Span

TEXTS = [
    "I met Jessica Marlow in Berlin yesterday",
    "ok brb",
    "",
    "ask priya about it, she works for Siemens",
]


@cache
def english() -> NameTagger:
    return NameTagger.load("en")


def detect(*texts: str) -> list[list[Span]]:
    return english().detect([words(text) for text in texts])


def test_names_places_and_organizations() -> None:
    first, second, third, fourth = detect(*TEXTS)
    assert {(TEXTS[0][span.start : span.end], span.label) for span in first} == {
        ("Jessica Marlow", "PERSON"),
        ("Berlin", "LOCATION"),
    }
    assert second == third == []
    assert ("priya", "PERSON") in {(TEXTS[3][span.start : span.end], span.label) for span in fourth}
    assert english().labels == {"PERSON", "LOCATION", "ORGANIZATION"}


def test_alone_and_in_a_batch_the_same() -> None:
    assert [detect(text)[0] for text in TEXTS] == detect(*TEXTS)


def test_scores_are_probabilities() -> None:
    assert all(0 < span.score <= 1 for spans in detect(*TEXTS) for span in spans)


def test_a_long_text_is_read_in_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "nothing to see here. " * 30 + "I met Jessica Marlow in Berlin. " + "and more of it. " * 30
    monkeypatch.setattr(module, "_WINDOW", 64)
    (spans,) = detect(text)
    assert [text[span.start : span.end] for span in spans] == ["Jessica Marlow", "Berlin"]


def surfaces(text: str, *framed: str) -> list[str]:
    frames = words(text)._replace(frames=lambda whole: map(whole.index, framed))
    (spans,) = english().detect([frames])
    return [text[span.start : span.end] for span in spans]


def test_less_is_asked_of_a_unit_in_a_frame() -> None:
    text = "nkechi: No, it is not. The information is old"
    assert surfaces(text) == []
    assert surfaces(text, "nkechi") == ["nkechi"]
    assert surfaces(text, "information", "echi") == []


def test_frames_of_a_long_text_are_asked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "nothing to see here. " * 40 + "\nnkechi: No, it is not. The information is old"
    asked: list[str] = []

    def frames(whole: str) -> list[int]:
        asked.append(whole)
        return [whole.index("nkechi"), 0]

    monkeypatch.setattr(module, "_WINDOW", 40)
    (spans,) = english().detect([words(text)._replace(frames=frames)])
    assert [text[span.start : span.end] for span in spans] == ["nkechi"]
    assert asked == [text]


def test_the_units_beside_a_sure_name_belong_to_it_sooner() -> None:
    assert surfaces("Sorrel Jessica lives next door") == ["Sorrel", "Jessica"]
    assert surfaces("Sorrel stones lie next door") == []


def test_a_slip_of_a_frequent_word_must_be_surer() -> None:
    store = UnitVectors(english().weights, Features(lambda _: [1], lambda key: key, is_lower))
    ((slip, name),) = store.numbers([["mornig", "kowalczyk"]])
    assert store.thresholds[slip] > store.thresholds[name]


def test_the_store_of_vectors_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    from deid.detect.tagger import vectors

    monkeypatch.setattr(vectors, "_HELD", 10)
    before = detect(TEXTS[0])
    for number in range(40):
        detect(f"word{chr(97 + number % 26)}{chr(97 + number // 26)} and some others")
    assert detect(TEXTS[0]) == before


def test_a_unit_met_again_keeps_its_row() -> None:
    store = UnitVectors(english().weights, Features(lambda _: [1, 2], lambda _: "nowhere", lambda _: False))
    assert store.numbers([["a", "b", "a"], ["b"]]) == [[1, 2, 1], [2]]
    assert store.matrix[0].any() == False  # noqa: E712 - numpy's own bool


def test_what_is_kept_of_a_unit_does_not_depend_on_those_met_with_it() -> None:
    keys = ["Jessica", "and", "qwxz", "Berlin"]
    together, alone = (UnitVectors(english().weights, WORDS) for _ in range(2))
    (rows,) = together.numbers([keys])
    for key, row in zip(keys, rows, strict=True):
        ((own,),) = alone.numbers([[key]])
        assert (together.matrix[row] == alone.matrix[own]).all()
        assert together.thresholds[row] == alone.thresholds[own]


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_was_changed_is_refused(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "names-en"
    shutil.copytree(model_folder("names-en"), folder)
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(DetectorError, match=f"model names-en: {name} is not the file"):
        Weights.load(folder)


def test_a_file_that_is_missing_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "names-en"
    shutil.copytree(model_folder("names-en"), folder)
    (folder / "words.txt").unlink()
    with pytest.raises(DetectorError, match=r"words\.txt is not the file"):
        Weights.load(folder)


@pytest.mark.parametrize("content", [None, "not json"])
def test_a_manifest_that_cannot_be_read(content: str | None, tmp_path: Path) -> None:
    if content:
        (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(DetectorError, match="no readable manifest"):
        Weights.load(tmp_path)


@pytest.mark.parametrize("name", ["names-en", "names-ja"])
def test_manifests_tell_what_a_user_must_know(name: str) -> None:
    manifest = json.loads((model_folder(name) / "manifest.json").read_text())
    assert {"name", "language", "licence", "tags", "threshold", "temperature", "files"} <= manifest.keys()
    assert (model_folder(name) / "card.md").is_file()


@pytest.mark.parametrize(
    ("word", "doubtful", "threshold"),
    [
        ("jessica", False, "threshold"),
        ("jessica", True, "doubtful_name_threshold"),
        ("table", False, "common_threshold"),
        ("table", True, "doubtful_threshold"),
        (None, False, "threshold"),
        (None, True, "doubtful_threshold"),
    ],
)
def test_thresholds_by_list_and_form(word: str | None, *, doubtful: bool, threshold: str) -> None:
    weights = english().weights
    row = None if word is None else weights.words[word]
    assert weights.threshold_of(row, doubtful=doubtful) == getattr(weights, threshold)


def test_a_given_name_with_an_s_is_known_by_its_name() -> None:
    weights = english().weights
    assert weights.row_of("olenas") == weights.words["olena"]
    assert weights.row_of("tables") == weights.words["tables"]
    assert [weights.row_of(word) for word in ("zzqtables", "zzqs", "s", "")] == [None] * 4


def test_floors_are_nothing_where_the_manifest_does_not_say() -> None:
    manifest = {
        "tags": ["O", "B-PERSON", "I-PERSON", "B-LOCATION", "I-LOCATION"],
        "floors": {"LOCATION": 0.2},
    }
    assert floors_of(manifest) == {"PERSON": 0.0, "LOCATION": 0.2}


def test_doubtful_forms() -> None:
    assert [is_lower(key) for key in words("Ann met ann, 42").keys] == [False, True, True, False, False]
    assert [is_no_noun(key) for key in ("はー\tp", "花子\tG", "花\tn")] == [True, False, False]


def test_repr_hides_the_weights() -> None:
    assert len(repr(english())) < 200
