"""Values of lists in a release: k people show each, also where a cap or a late copy leaves records out."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import deid
from deid.config import Config
from deid.errors import ReleaseRefused
from deid.pipeline import run
from deid.pipeline.planning import plan

_PEOPLE, _TALKS, _BUYERS, _K = 14, 4, 6, 5
_CONFIG: dict[str, Any] = {
    "version": 1,
    "mode": "anonymize",
    "input": {"record_id": "id", "subject_id": "user", "languages": ["en"]},
    "fields": {
        "id": {"class": "linking", "treatment": "reissue"},
        "user": {"class": "linking", "treatment": "reissue"},
        "buys[].item": {"class": "quasi"},
        "messages[].role": {"class": "keep"},
        "messages[].content": {"class": "text"},
    },
    "detect": {"use": "fast"},
    "kanon": {"k": _K},
    "release": {"name": "small", "format": "jsonl", "splits": {"train": 1.0}, "max_records": 1},
}


def _capped(folder: Path) -> list[dict[str, Any]]:
    """Release one conversation of everybody; in each of the four, six people bought the same toy."""
    return _run(folder, _CONFIG, _talks())


def _talks() -> list[dict[str, Any]]:
    return [
        {
            "id": f"c-{who}-{talk}",
            "user": f"u{who}",
            "messages": [{"role": "user", "content": f"dish {who} of day {talk} was good"}],
            "buys": [{"item": item} for item in _items(who, talk)],
        }
        for who in range(_PEOPLE)
        for talk in range(_TALKS)
    ]


def _run(folder: Path, config: dict[str, Any], records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    source = folder / "chats.jsonl"
    source.write_text("".join(f"{json.dumps(one)}\n" for one in records), encoding="utf-8")
    deid.Pipeline(Config.model_validate(config)).run([source], out=folder / "out")
    files = (folder / "out" / "data").iterdir()
    return [row for path in files for row in _rows(path)]


def _items(who: int, talk: int) -> list[str]:
    return ["lamp", *([f"toy {talk}"] if who < _BUYERS else []), *(["crown"] if who == 0 else [])]


def _rows(path: Path) -> list[dict[str, Any]]:
    with pa.CompressedInputStream(pa.OSFile(str(path), "rb"), "zstd") as stream:
        return [json.loads(line) for line in stream.read().splitlines()]


def test_what_a_cap_leaves_is_counted_again(tmp_path: Path) -> None:
    """Six people bought each toy, in one of four conversations: of those that stay, fewer may have."""
    rows = _capped(tmp_path)
    assert len(rows) == _PEOPLE
    shown = Counter(item["item"] for row in rows for item in row["buys"] if item["item"] is not None)
    assert shown["lamp"] == _PEOPLE
    assert min(shown.values()) >= _K


def test_a_value_that_few_show_stops_the_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where planning lets everything through, what was written is counted all the same."""
    monkeypatch.setattr(plan, "shared_values", lambda _, people: {had: had[1] for had in people})
    monkeypatch.setattr(run, "lone_values", lambda _receipts, _k: frozenset())
    with pytest.raises(ReleaseRefused) as refused:
        _capped(tmp_path)
    assert any(item.startswith("people per listed value is ") for item in refused.value.violations)


def test_what_late_copies_leave_few_people_with_is_left_out(tmp_path: Path) -> None:
    """Six people bought each kite, and all said the same: of those in two splits, about half stay."""
    release = {"name": "small", "format": "jsonl", "splits": {"train": 0.5, "test": 0.5}}
    records = [
        {
            "id": f"c-{who}",
            "user": f"u{who}",
            "messages": [{"role": "user", "content": "we talked of the weather and of tea " * 6}],
            "buys": [{"item": "lamp"}, {"item": f"kite {who // _BUYERS}"}],
        }
        for who in range(60)
    ]
    rows = _run(tmp_path, {**_CONFIG, "release": release}, records)
    shown = Counter(item["item"] for row in rows for item in row["buys"])
    assert shown["lamp"] == len(rows) < 60
    assert shown[None] > 0
    assert min(shown.values()) >= _K or shown[None] == min(shown.values())
