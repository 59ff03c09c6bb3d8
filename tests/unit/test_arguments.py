"""Arguments of the wrong kind, given to the public names: one error of ours, which shows none of them."""

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import deid
from deid.config import Config
from deid.errors import InputError

SAID = "Quillaby"
RAW: dict[str, Any] = {
    "version": 1,
    "mode": "anonymize",
    "input": {"record_id": "id", "subject_id": "user"},
    "fields": {
        "id": {"class": "linking", "treatment": "reissue"},
        "user": {"class": "linking", "treatment": "reissue"},
    },
}
TABLE = pa.table({"age": ["1", "2"]})
CHAINS = deid.kanon.Hierarchy((("1", "*"), ("2", "*")))


@pytest.fixture(scope="module")
def detector() -> Any:
    return deid.Detector.default(languages=("en",))


def refused(call: Callable[[], object]) -> None:
    with pytest.raises(InputError) as caught:
        call()
    assert SAID not in f"{caught.value} {caught.value.hint}"


@pytest.mark.parametrize(
    "texts", [None, 5, SAID, SAID.encode(), [SAID, None], [SAID.encode()], {"a": 1}.items()]
)
def test_texts(detector: Any, texts: Any) -> None:
    refused(lambda: detector.detect(texts))
    refused(lambda: detector.detect_conversation(texts))


@pytest.mark.parametrize(
    "known", [SAID, 5, [SAID], {"PERSON": 5}, {"PERSON": [SAID]}, {5: SAID}, {SAID.encode(): 5}]
)
def test_known_values(detector: Any, known: Any) -> None:
    refused(lambda: detector.detect_conversation(["hello"], known=known))


def test_nothing_known(detector: Any) -> None:
    assert detector.detect_conversation(["hello"], known=None) == [[]]


@pytest.mark.parametrize("talks", [None, 5, [SAID], [([SAID], [])], [[None, None]]])
def test_conversations(detector: Any, talks: Any) -> None:
    refused(lambda: detector.detect_conversations(talks))


@pytest.mark.parametrize("languages", [None, 5, [5], "en"])
def test_languages(languages: Any) -> None:
    refused(lambda: deid.Detector.default(languages=languages))


@pytest.mark.parametrize("source", [None, 5, b"demo", ["demo"]])
def test_a_configuration(source: Any) -> None:
    refused(lambda: deid.Pipeline.load(source))
    refused(lambda: deid.Pipeline(source))


@pytest.mark.parametrize(
    "given",
    [
        {"inputs": None},
        {"inputs": 5},
        {"inputs": [None]},
        {"inputs": [5]},
        {"out": None},
        {"out": 5},
        {"workers": "2"},
        {"now": "2026-01-01"},
        {"now": datetime.date(2026, 1, 1)},
    ],
)
def test_a_run(tmp_path: Path, given: Mapping[str, Any]) -> None:
    source = tmp_path / "x.jsonl"
    source.write_text('{"id": "a", "user": "b"}\n', encoding="utf-8")
    pipeline: Any = deid.Pipeline(Config.model_validate(RAW))
    said = {"inputs": [source], "out": tmp_path / "out", **given}
    refused(lambda: pipeline.run(said.pop("inputs"), **said))
    assert [path.name for path in tmp_path.iterdir()] == ["x.jsonl"]


@pytest.mark.parametrize(
    "given",
    [
        {"quasi_identifiers": None},
        {"quasi_identifiers": "age"},
        {"quasi_identifiers": [5]},
        {"k": "5"},
        {"k": None},
        {"k": 2.5},
        {"t": "1"},
        {"l": "1"},
        {"suppression": "1"},
        {"hierarchies": None},
        {"hierarchies": "folder"},
        {"hierarchies": {"age": {"1": ["*"]}}},
        {"method": 5},
    ],
)
def test_a_table(given: Mapping[str, Any]) -> None:
    said: dict[str, Any] = {"k": 2, "quasi_identifiers": ["age"], "hierarchies": {"age": CHAINS}, **given}
    refused(lambda: deid.kanon.enforce(TABLE, **said))


@pytest.mark.parametrize(
    "given",
    [
        {"release": None},
        {"release": 5},
        {"attacks": "linkage"},
        {"attacks": None},
        {"attacks": [5]},
        {"source": None},
    ],
)
def test_attacks(tmp_path: Path, given: Mapping[str, Any]) -> None:
    said: dict[str, Any] = {"release": tmp_path, "source": tmp_path, **given}
    refused(lambda: deid.risk.assess(said.pop("release"), **said))
