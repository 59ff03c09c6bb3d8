"""Whole runs through the Python API."""

import datetime
import json
import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pipeline_inputs import conversation, write_config, write_inputs

import deid
from deid.errors import InputError
from deid.escrow import init_escrow
from deid.release import verify

NOW = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)


def rows(release: Path) -> list[dict[str, Any]]:
    return [row for path in sorted((release / "data").iterdir()) for row in pq.read_table(path).to_pylist()]


def test_anonymize_makes_a_release_that_verifies(tmp_path: Path) -> None:
    result = deid.Pipeline.load(write_config(tmp_path)).run(
        write_inputs(tmp_path), out=tmp_path / "out", now=NOW
    )
    assert (result.records, result.messages) == (120, 480)
    assert result.k is not None
    assert result.k >= 5
    assert verify(tmp_path / "out", public_key=None).rows == 120
    whole = json.dumps(rows(tmp_path / "out"))
    assert "zanter0" not in whole
    assert "1234-5" not in whole
    assert "[EMAIL_ADDRESS_1]" in whole


def test_no_source_order_survives(tmp_path: Path) -> None:
    deid.Pipeline.load(write_config(tmp_path)).run(write_inputs(tmp_path), out=tmp_path / "out", now=NOW)
    table = pq.read_table(tmp_path / "out" / "data" / "train-00000-of-00001.parquet")
    ids = table["conversation_id"].to_pylist()
    assert ids == sorted(ids)
    dishes = [messages[3]["content"] for messages in table["messages"].to_pylist()]
    assert dishes != sorted(dishes, key=lambda text: int("".join(c for c in text if c.isdigit())))


def test_subjects_are_in_one_split_and_keep_one_id(tmp_path: Path) -> None:
    deid.Pipeline.load(write_config(tmp_path)).run(write_inputs(tmp_path), out=tmp_path / "out", now=NOW)
    split_of: dict[str, set[str]] = {}
    for path in (tmp_path / "out" / "data").iterdir():
        for row in pq.read_table(path).to_pylist():
            split_of.setdefault(row["user_id"], set()).add(path.name.split("-")[0])
    assert len(split_of) == 60
    assert all(len(found) == 1 for found in split_of.values())
    assert {"train", "test"} == set.union(*split_of.values())


@pytest.mark.parametrize("workers", [1, 2])
def test_one_run_key_gives_one_release(tmp_path: Path, workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deid.pipeline.working.state.os.urandom", lambda n: bytes(range(n)))
    inputs = write_inputs(tmp_path, files=3)
    pipeline = deid.Pipeline.load(write_config(tmp_path))
    first = pipeline.run(inputs, out=tmp_path / "first", now=NOW)
    second = pipeline.run(inputs, out=tmp_path / "second", now=NOW, workers=workers)
    assert first.manifest["files"] == second.manifest["files"]


def test_a_person_too_rare_is_left_out_or_generalized(tmp_path: Path) -> None:
    path = write_inputs(tmp_path)[0]
    rare = conversation(9999, 999)
    rare["profile"] |= {"age": 67, "region": "Naha"}
    with path.open("a", encoding="utf-8") as handle:
        handle.write(json.dumps(rare) + "\n")
    deid.Pipeline.load(write_config(tmp_path)).run([path], out=tmp_path / "out", now=NOW)
    whole = json.dumps(rows(tmp_path / "out"))
    assert "Naha" not in whole
    assert "65-69" not in whole


def test_refused_when_nobody_can_hide(tmp_path: Path) -> None:
    inputs = write_inputs(tmp_path, people=3)
    with pytest.raises(deid.ReleaseRefused, match="fewer than k"):
        deid.Pipeline.load(write_config(tmp_path)).run(inputs, out=tmp_path / "out", now=NOW)
    assert not (tmp_path / "out").exists()


def test_of_two_runs_to_one_output_the_second_is_refused_before_it_reads(
    tmp_path: Path,
) -> None:
    pipeline, inputs = deid.Pipeline.load(write_config(tmp_path)), write_inputs(tmp_path)
    asked: list[str] = []

    def in_between(stage: str, done: int, total: int) -> None:
        if stage == "write" and done == total and not asked:
            asked.append(stage)
            with pytest.raises(InputError, match="out: another command is writing it"):
                pipeline.run(inputs, out=tmp_path / "out", now=NOW)

    pipeline.run(inputs, out=tmp_path / "out", now=NOW, progress=in_between)
    assert asked
    assert verify(tmp_path / "out", public_key=None).rows == 120
    assert sorted(path.name for path in tmp_path.glob(".*")) == []


def test_quarantine_above_the_limit_refuses_and_leaves_the_report(tmp_path: Path) -> None:
    path = write_inputs(tmp_path)[0]
    with path.open("a", encoding="utf-8") as handle:
        handle.write("{broken\n")
    with pytest.raises(deid.ReleaseRefused, match="quarantined share"):
        deid.Pipeline.load(write_config(tmp_path)).run([path], out=tmp_path / "out", now=NOW)
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / ".out.work").exists()
    assert (tmp_path / "out.refused" / "report" / "index.html").is_file()
    listed = json.loads((tmp_path / "out.quarantine.jsonl").read_text(encoding="utf-8"))
    assert listed == {"where": "chats-0.jsonl:121", "record": None, "reason": "invalid-json"}


def test_duplicate_ids_are_set_aside_once(tmp_path: Path) -> None:
    paths = write_inputs(tmp_path, people=700, files=2)
    with paths[1].open("a", encoding="utf-8") as handle:
        handle.write(json.dumps(conversation(0, 0)) + "\n")
    result = deid.Pipeline.load(write_config(tmp_path)).run(paths, out=tmp_path / "out", now=NOW)
    assert dict(result.quarantined) == {"duplicate-id": 1}
    assert result.records == 1400
    counted = json.loads((tmp_path / "out" / "report" / "detection.json").read_bytes())
    n_messages = 1400 * len(conversation(0, 0)["messages"])
    assert (counted["records"], counted["messages"], result.messages) == (1400, n_messages, n_messages)
    assert len(rows(tmp_path / "out")) == 1400


def test_pseudonymize_seals_every_record(tmp_path: Path) -> None:
    made = init_escrow(
        f"sqlite:///{tmp_path / 'escrow' / 'e.db'}",
        tmp_path / "keys",
        passphrase=b"a long passphrase",
        now=NOW,
    )
    escrow = {"url": made.url, "keys": made.keys, "domain": "test"}
    config = write_config(tmp_path, mode="pseudonymize", escrow=escrow)
    result = deid.Pipeline.load(config).run(
        write_inputs(tmp_path, files=2), out=tmp_path / "out", now=NOW, workers=2
    )
    assert result.sealed == 120
    assert result.manifest["escrow"]["domain"] == "test"
    assert not (tmp_path / "out" / "report" / "destruction.json").exists()


def test_anonymize_never_imports_the_escrow(tmp_path: Path) -> None:
    import subprocess
    import sys

    write_inputs(tmp_path)
    code = (
        "import sys, deid\n"
        f"deid.Pipeline.load({str(write_config(tmp_path))!r}).run([{str(tmp_path / 'chats-0.jsonl')!r}],"
        f" out={str(tmp_path / 'out')!r})\n"
        "assert not [m for m in sys.modules if m.startswith('deid.escrow')]\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    certificate = json.loads((tmp_path / "out" / "report" / "destruction.json").read_text(encoding="utf-8"))
    assert certificate["verified"] == {"working folder exists": False}


def test_jsonl_release(tmp_path: Path) -> None:
    config = write_config(tmp_path, release={"name": "small", "format": "jsonl"})
    deid.Pipeline.load(config).run(write_inputs(tmp_path), out=tmp_path / "out", now=NOW)
    names = sorted(path.name for path in (tmp_path / "out" / "data").iterdir())
    assert names[-1].endswith(".jsonl.zst")
    assert verify(tmp_path / "out", public_key=None).rows == 120


def test_a_detector_that_fails_quarantines_its_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from deid.detect.stated.places import StatedPlaces

    genuine = StatedPlaces.detect

    def failing(self: StatedPlaces, texts: list[str]) -> list[list[deid.Span]]:
        if any("curry number 7 " in text for text in texts):
            raise ValueError("text: " + texts[0])
        return genuine(self, texts)

    monkeypatch.setattr(StatedPlaces, "detect", failing)
    config = write_config(tmp_path, input={**_input(), "max_quarantined": 0.1})
    result = deid.Pipeline.load(config).run(write_inputs(tmp_path), out=tmp_path / "out", now=NOW)
    assert dict(result.quarantined) == {"detector-failed": 1}
    assert "curry number 7 " not in json.dumps(rows(tmp_path / "out"))


def _input() -> dict[str, Any]:
    return {"record_id": "conversation_id", "subject_id": "user_id", "languages": ["en", "ja"]}


def test_session_transforms_a_batch(tmp_path: Path) -> None:
    batch = pa.RecordBatch.from_pylist([conversation(n, n) for n in range(4)])
    with deid.Pipeline.load(write_config(tmp_path)).open(now=NOW) as session:
        clean = session.transform_batch(batch)
    assert clean.num_rows == 4
    assert "zanter0" not in json.dumps(clean.to_pylist())
    assert clean.to_pylist()[0]["profile"]["age"] is None


def test_session_takes_out_facts_that_only_their_statement_finds(tmp_path: Path) -> None:
    row = {**conversation(0, 0), "messages": [{"role": "user", "content": "My employer is Globex Inc."}]}
    with deid.Pipeline.load(write_config(tmp_path)).open(now=NOW) as session:
        (clean,) = session.transform_batch(pa.Table.from_pylist([row])).to_pylist()
    assert clean["messages"][0]["content"] == "My employer is [ORGANIZATION_1]."


@pytest.mark.parametrize(
    "batch",
    [[{"conversation_id": "zanter"}], None, "zanter", pa.table({"x": pa.array([2**62], pa.timestamp("us"))})],
)
def test_a_batch_that_cannot_be_read_is_told(tmp_path: Path, batch: object) -> None:
    with (
        deid.Pipeline.load(write_config(tmp_path, detect={"use": "fast"})).open(now=NOW) as session,
        pytest.raises(InputError, match="batch: cannot be read as Arrow") as caught,
    ):
        session.transform_batch(batch)
    assert "zanter" not in str(caught.value)


def test_a_name_that_is_not_utf8_is_read_and_refused_for_a_release(tmp_path: Path) -> None:
    name = os.fsdecode(b"chats-\xff.jsonl")
    source = Path(write_inputs(tmp_path)[0]).rename(tmp_path / name)
    pipeline = deid.Pipeline.load(write_config(tmp_path))
    assert pipeline.run([source], out=tmp_path / "out", now=NOW).records == 120
    with pytest.raises(InputError, match="a name that is not UTF-8"):
        pipeline.run([source], out=tmp_path / os.fsdecode(b"out-\xff"), now=NOW)
    assert not list(tmp_path.glob("out-*"))
