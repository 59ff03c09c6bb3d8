import json
from pathlib import Path

import pytest

from deid.config import Config
from deid.errors import InputError
from deid.ingest.fields import compile_fields
from deid.ingest.record import Record, read_record
from deid.risk.corpus import Source, read_release, read_source

_CONFIG = {
    "version": 1,
    "mode": "anonymize",
    "input": {
        "record_id": "id",
        "subject_id": "participants[].user",
        "speaker_id": "messages[].speaker",
        "languages": ["en"],
    },
    "fields": {
        "id": {"class": "linking", "treatment": "reissue"},
        "participants[].user": {"class": "linking", "treatment": "delete"},
        "participants[].plan": {"class": "drop"},
        "messages[].speaker": {"class": "linking", "treatment": "reissue"},
        "messages[].content": {"class": "text"},
    },
}


def _record(**more: object) -> dict[str, object]:
    return {
        "id": "r1",
        "participants": [{"user": "ann", "plan": "free"}, {"user": "bob", "plan": "pro"}],
        "messages": [
            {"speaker": "ann", "content": "one"},
            {"speaker": "bob", "content": "two"},
            {"speaker": "ann", "content": "three"},
        ],
        **more,
    }


def _write(path: Path, *records: object) -> Path:
    path.write_text("\n".join(json.dumps(record) for record in records))
    return path


def _config(**fields: object) -> Config:
    return Config.model_validate({**_CONFIG, "fields": {**_CONFIG["fields"], **fields}})  # type: ignore[dict-item]


def test_each_subject_has_what_they_said_and_their_own_values(tmp_path: Path) -> None:
    talks = read_source([_write(tmp_path / "in.jsonl", _record())], _config())
    assert [(talk.subject, talk.texts) for talk in talks] == [("ann", ("one", "three")), ("bob", ("two",))]
    assert [talk.values["participants[].plan"] for talk in talks] == ["free", "pro"]


def test_a_release_without_ids_has_one_subject_a_record_and_place(tmp_path: Path) -> None:
    fields = {"messages[].speaker": {"class": "drop"}}
    config = Config.model_validate(
        {
            **_CONFIG,
            "input": {"record_id": "id", "subject_id": "user", "languages": ["en"]},
            "fields": {
                "id": {"class": "linking", "treatment": "delete"},
                "user": {"class": "linking", "treatment": "delete"},
                "messages[].content": {"class": "text"},
                **fields,
            },
        }
    )
    record = {"messages": [{"content": "hello"}]}
    talks = read_release(_write(tmp_path / "out.jsonl", record, record), config)
    assert [talk.subject for talk in talks] == ["0", "1"]
    assert [talk.texts for talk in talks] == [("hello",), ("hello",)]


def test_a_record_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    path = _write(tmp_path / "in.jsonl", _record(), {"id": "r2", "participants": "nobody"})
    assert len(read_source([path], _config())) == 2


def test_of_a_source_only_what_the_run_read_counts(tmp_path: Path) -> None:
    """Of the first record the last message is left, of the second nothing."""
    path = _write(tmp_path / "in.jsonl", _record(), _record(id="r2"), _record(id="r3"))
    config = _config()
    tree = compile_fields(config.fields)

    def left(record: Record) -> Record | None:
        said = record.value["messages"][2:] if record.id == "r1" else record.value["messages"]
        return None if record.id == "r2" else read_record({**record.value, "messages": said}, config, tree)

    talks = read_source(Source([path], left), config)
    assert [(talk.record, talk.texts) for talk in talks] == [
        ("r1", ("three",)),
        ("r3", ("one", "three")),
        ("r3", ("two",)),
    ]


def test_nothing_that_can_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no record could be read"):
        read_source([_write(tmp_path / "in.jsonl", ["no object"])], _config())


def test_empty_texts_are_talks_without_words(tmp_path: Path) -> None:
    record = _record(messages=[{"speaker": "ann", "content": ""}])
    (talk,) = read_source([_write(tmp_path / "in.jsonl", record)], _config())
    assert talk.texts == ("",)


def test_times_are_those_of_the_record_and_of_ones_own_messages(tmp_path: Path) -> None:
    record = _record(at="2026-03-02")
    for number, message in enumerate(record["messages"]):  # type: ignore[arg-type, var-annotated]
        message["time"] = [f"2026-03-02T0{number}:15:00Z", 1772443800, "at noon"][number]
    (tmp_path / "in.jsonl").write_text(json.dumps(record))
    config = _config(**{"at": {"class": "quasi"}, "messages[].time": {"class": "quasi"}})
    ann, bob = read_source([tmp_path / "in.jsonl"], config)
    assert ann.times == {"at": ("2026-03-02",), "messages[].time": ("2026-03-02T00:15:00Z",)}
    assert bob.times == {"at": ("2026-03-02",), "messages[].time": ("1772443800",)}
