import gzip
import json
import lzma
import os
import subprocess
import sys
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from deid.config import load_config
from deid.errors import InputError
from deid.yamlfile import config_folder

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "benchmarks"))

rpc: Any = import_module("convert_real_persona_chat")
synthpai: Any = import_module("convert_synthpai")
inputs: Any = import_module("inputs")

DATA = Path(os.environ.get("DEID_DATA", ROOT / "../shared/data"))

SPEAKER = {
    "persona": ["私は猫を飼っている。"],
    "demographic_information": {
        "gender": "Female",
        "age": "-19",
        "education": "Other",
        "employment_status": "Student",
        "region_of_residence": "Saitama",
    },
}
DIALOGUE = {
    "dialogue_id": 7,
    "interlocutors": ["ZA", "ZB"],
    "utterances": [["ZA", "やあ<ZB>さん", "2022-08-06T14:51:18"], ["ZB", "どうも", "NaT"]],
}
PROFILE = {
    "age": 31,
    "sex": "male",
    "city_country": "Zurich, Switzerland",
    "birth_city_country": "Cleveland, Ohio",
    "education": "Masters in Knots",
    "occupation": "knot maker",
    "income": "many francs",
    "income_level": "high",
    "relationship_status": "single",
}


def _write(path: Path, *values: object) -> None:
    opener = lzma.open if path.suffix == ".xz" else gzip.open
    path.parent.mkdir(exist_ok=True)
    with opener(path, "wt", encoding="utf-8") as handle:
        handle.write("\n".join(json.dumps(value) for value in values))


@pytest.fixture
def rpc_data(tmp_path: Path) -> Path:
    _write(tmp_path / "real-persona-chat" / "interlocutors.json.gz", {"ZA": SPEAKER, "ZB": SPEAKER})
    _write(tmp_path / "real-persona-chat" / "dialogues.jsonl.xz", DIALOGUE)
    return tmp_path


@pytest.fixture
def synthpai_data(tmp_path: Path) -> Path:
    comments = [{"text": text} for text in ("one", "two", "three", "four")]
    author = {"author": "p1", "username": "KnotFan", "comments": comments}
    threads = {"author": "p1", "username": "KnotFan", "threads": ["age_1", "sex_2", "age_1", None]}
    _write(tmp_path / "synthpai" / "user_bot_profiles_300.json.gz", {"p1": PROFILE})
    _write(tmp_path / "synthpai" / "comments_label_eval.jsonl.gz", author)
    _write(tmp_path / "synthpai" / "threads_and_masks.jsonl.gz", threads)
    return tmp_path


def test_real_persona_chat_by_hand(rpc_data: Path) -> None:
    (record,) = rpc.convert(rpc_data)
    assert record["conversation_id"] == "rpc-7"
    assert [part["user_id"] for part in record["participants"]] == ["ZA", "ZB"]
    assert record["participants"][1]["profile"] == {
        "handle": "<ZB>",
        "gender": "Female",
        "age": "-19",
        "education": "Other",
        "employment_status": "Student",
        "region": "Saitama",
        "persona": ["私は猫を飼っている。"],
    }
    assert record["messages"] == [
        {"role": "user", "speaker": "ZA", "content": "やあ<ZB>さん", "time": "2022-08-06T14:51:18"},
        {"role": "assistant", "speaker": "ZB", "content": "どうも"},
    ]


def test_synthpai_by_hand(synthpai_data: Path) -> None:
    records = list(synthpai.convert(synthpai_data))
    assert [record["conversation_id"] for record in records] == ["sp-p1-1", "sp-p1-2", "sp-p1-3"]
    assert [[message["content"] for message in record["messages"]] for record in records] == [
        ["one", "three"],
        ["two"],
        ["four"],
    ]
    assert records[0]["username"] == "KnotFan"
    assert records[0]["profile"] == {
        "age": 31,
        "sex": "male",
        "education": "Masters in Knots",
        "occupation": "knot maker",
        "income_level": "high",
        "relationship_status": "single",
        "city": "Zurich",
        "country": "Switzerland",
        "birth_city": "Cleveland",
        "birth_country": "Ohio",
    }


def test_thread_names_do_not_reach_the_records(synthpai_data: Path) -> None:
    assert "age_1" not in json.dumps(list(synthpai.convert(synthpai_data)))


def test_synthpai_files_that_differ_are_refused(synthpai_data: Path) -> None:
    _write(synthpai_data / "synthpai" / "threads_and_masks.jsonl.gz", {"author": "p1", "threads": ["age_1"]})
    with pytest.raises(InputError, match="p1: comments and threads differ"):
        list(synthpai.convert(synthpai_data))


@pytest.mark.parametrize(("module", "name"), [(rpc, "real-persona-chat"), (synthpai, "synthpai")])
def test_missing_data_is_named_with_a_hint(module: Any, name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=name) as caught:
        list(module.convert(tmp_path))
    assert "--data" in caught.value.hint


def test_a_broken_line_is_named_and_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"a": 1}\n{"secret": \n'))
    with pytest.raises(InputError, match=r"x\.jsonl\.gz:2: cannot read: JSONDecodeError") as caught:
        list(inputs.read_lines(path))
    assert "secret" not in str(caught.value)
    path.write_bytes(gzip.compress(b"[1]\n"))
    with pytest.raises(InputError, match=r":1: not a JSON object"):
        list(inputs.read_lines(path))


def test_a_cut_file_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl.xz"
    path.write_bytes(lzma.compress(b'{"a": 1}\n' * 500)[:-20])
    with pytest.raises(InputError, match="EOFError"):
        list(inputs.read_lines(path))


def _command(script: str, data: Path, out: Path) -> subprocess.CompletedProcess[str]:
    arguments = [sys.executable, str(ROOT / "benchmarks" / script), "--data", str(data), "-o", str(out)]
    return subprocess.run(arguments, capture_output=True, text=True, check=False)


def test_command_writes_the_same_bytes_twice(rpc_data: Path, tmp_path: Path) -> None:
    outs = [tmp_path / "a.jsonl.gz", tmp_path / "b.jsonl.gz"]
    done = [_command("convert_real_persona_chat.py", rpc_data, out) for out in outs]
    assert [item.returncode for item in done] == [0, 0]
    assert [item.stdout for item in done] == ["", ""]
    assert outs[0].read_bytes() == outs[1].read_bytes()
    assert outs[0].read_bytes()[4:8] == bytes(4)  # RFC 1952: no time stamp
    assert len(gzip.decompress(outs[0].read_bytes()).splitlines()) == 1


def test_command_that_fails_leaves_no_file(synthpai_data: Path, tmp_path: Path) -> None:
    _write(synthpai_data / "synthpai" / "threads_and_masks.jsonl.gz", {"author": "p1"})
    done = _command("convert_synthpai.py", synthpai_data, tmp_path / "out.jsonl.gz")
    assert done.returncode == 2
    assert "not in the expected form: KeyError" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["synthpai"]


def _paths(value: Any, path: str = "") -> set[str]:
    if isinstance(value, dict):
        return {
            found for key, item in value.items() for found in _paths(item, f"{path}.{key}" if path else key)
        }
    if isinstance(value, list):
        return {found for item in value for found in _paths(item, f"{path}[]")}
    return {path}


def test_converted_records_are_declared_by_their_pipelines(rpc_data: Path, synthpai_data: Path) -> None:
    for module, data, name in ((rpc, rpc_data, "real-persona-chat"), (synthpai, synthpai_data, "synthpai")):
        seen = {path for record in module.convert(data) for path in _paths(record)}
        assert seen == set(load_config(name).fields)


def _leaves(name: str) -> set[str]:
    lines = (config_folder("hierarchies") / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    return {line.split(";")[0] for line in lines}


@pytest.mark.skipif(not (DATA / "real-persona-chat").is_dir(), reason="no real-persona-chat under DEID_DATA")
def test_every_profile_value_of_real_persona_chat_is_in_its_hierarchy() -> None:
    speakers = inputs.read_object(DATA / "real-persona-chat" / "interlocutors.json.gz").values()
    known = [speaker["demographic_information"] for speaker in speakers]
    for key, hierarchy in (
        ("gender", "gender"),
        ("age", "age-band"),
        ("education", "education"),
        ("employment_status", "employment"),
        ("region_of_residence", "region-ja"),
    ):
        assert {item[key] for item in known} <= _leaves(hierarchy)
    assert len(list(islice(rpc.convert(DATA), 20))) == 20


@pytest.mark.skipif(not (DATA / "synthpai").is_dir(), reason="no synthpai under DEID_DATA")
def test_every_record_of_synthpai_fits_its_pipeline() -> None:
    records = list(synthpai.convert(DATA))
    assert len({record["conversation_id"] for record in records}) == len(records)
    assert len({record["user_id"] for record in records}) == 300
    assert sum(len(record["messages"]) for record in records) == 7822
    assert {record["profile"]["country"] for record in records} <= _leaves("country")
    assert {record["profile"]["sex"] for record in records} <= _leaves("gender")
    assert {path for record in records for path in _paths(record)} == set(load_config("synthpai").fields)
