"""People left out after the first writing: nothing of theirs is in the release, killed in between or not."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from pipeline_inputs import write_config, write_inputs

import deid
from deid.errors import DeidError, Unwritable
from deid.pipeline import run
from deid.pipeline.publishing.publish import publish

FILES = 12


def rows(release: Path) -> list[dict[str, Any]]:
    return [row for path in sorted((release / "data").iterdir()) for row in pq.read_table(path).to_pylist()]


class Short:
    """Finds the same person short of k twice, as if their text still told too much; then nobody."""

    def __init__(self) -> None:
        self.found: list[frozenset[str]] = []

    def __call__(self, receipts: Sequence[Any], _columns: object, _config: object) -> frozenset[str]:
        if not self.found:
            self.found.append(frozenset([min(min(r.vectors) for r in receipts if r.vectors)]))
            return self.found[0]
        self.found.append(self.found[0])
        return self.found[0] if len(self.found) == 2 else frozenset()


def pipeline(folder: Path) -> deid.Pipeline:
    return deid.Pipeline.load(write_config(folder, kanon={"k": 5, "suppression": 0.5}))


def test_who_is_left_out_is_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "short_of_k", Short())
    inputs = write_inputs(tmp_path, files=FILES, people=FILES, each=1)
    result = pipeline(tmp_path).run(inputs, out=tmp_path / "out")
    assert result.manifest["kanon"]["subjects"] == FILES - 1
    assert len(rows(tmp_path / "out")) == FILES - 1


def test_a_run_killed_before_it_publishes_goes_on_as_strictly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    inputs, key = write_inputs(tmp_path, files=FILES, people=FILES, each=1), tmp_path / "keys" / "operator"
    with monkeypatch.context() as patch:
        patch.setattr(run, "short_of_k", Short())
        patch.setattr(run, "publish", killed)
        with pytest.raises(KeyboardInterrupt):
            pipeline(tmp_path).run(inputs, out=tmp_path / "out", operator_key=key)
    monkeypatch.setattr(run, "short_of_k", lambda *_: frozenset())
    pipeline(tmp_path).run(inputs, out=tmp_path / "out", operator_key=key, resume=True)
    assert len(rows(tmp_path / "out")) == FILES - 1


def test_a_run_that_could_not_write_goes_on_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise Unwritable("out.quarantine.jsonl: another command is writing it")

    inputs, key = write_inputs(tmp_path, files=FILES, people=FILES, each=1), tmp_path / "keys" / "operator"
    with monkeypatch.context() as patch:
        patch.setattr(run, "write_quarantine", busy)
        with pytest.raises(Unwritable):
            pipeline(tmp_path).run(inputs, out=tmp_path / "out", operator_key=key)
    assert (tmp_path / ".out.work").is_dir()
    pipeline(tmp_path).run(inputs, out=tmp_path / "out", operator_key=key, resume=True)
    assert len(rows(tmp_path / "out")) == FILES
    assert not (tmp_path / ".out.work").exists()


def test_data_that_was_not_counted_is_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def with_one_more(outcome: Any, *arguments: Any, **options: Any) -> object:
        outcome.receipts[0].records += 1
        return publish(outcome, *arguments, **options)

    monkeypatch.setattr(run, "publish", with_one_more)
    with pytest.raises(DeidError, match="records were written"):
        pipeline(tmp_path).run(write_inputs(tmp_path), out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def in_splits(folder: Path, text: str) -> tuple[Counter[str], int]:
    """Let 45 of 60 conversations say the same; count those released, by split, and the copies left out."""
    inputs = write_inputs(folder, files=3, people=60, each=1)
    for path in inputs:
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for record in records[:15]:
            record["messages"] = [{"role": "user", "content": text}]
        path.write_text("\n".join(map(json.dumps, records)) + "\n", encoding="utf-8")
    result = deid.Pipeline.load(write_config(folder)).run(inputs, out=folder / "out")
    assert result.k is not None
    assert result.k >= 5
    told = json.loads((folder / "out" / "report" / "detection.json").read_text(encoding="utf-8"))
    splits = Counter(
        path.name.split("-")[0]
        for path in (folder / "out" / "data").iterdir()
        for row in pq.read_table(path).to_pylist()
        if [message["content"] for message in row["messages"]] == [text]
    )
    return splits, told["copies"]


def test_a_long_text_in_two_splits_stays_in_the_first(tmp_path: Path) -> None:
    splits, copies = in_splits(tmp_path, "we talked about the weather and the tea " * 6)
    assert list(splits) == ["train"]
    assert copies == 45 - splits["train"] > 0


def test_what_everybody_says_stays_in_both(tmp_path: Path) -> None:
    splits, copies = in_splits(tmp_path, "hi")
    assert splits.total() == 45
    assert set(splits) == {"train", "test"}
    assert copies == 0


def test_nobody_has_more_records_than_the_cap(tmp_path: Path) -> None:
    inputs = write_inputs(tmp_path, files=2, people=20, each=4)
    release = {"name": "small", "splits": {"train": 1.0}, "max_records": 3}
    deid.Pipeline.load(write_config(tmp_path, release=release)).run(inputs, out=tmp_path / "out")
    told = json.loads((tmp_path / "out" / "report" / "detection.json").read_text(encoding="utf-8"))
    assert set(Counter(row["user_id"] for row in rows(tmp_path / "out")).values()) == {3}
    assert told["over_cap"] == told["excluded"] == 20
