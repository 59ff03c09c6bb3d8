"""In pseudonymize mode the custodian gets back exactly what was there, secrets excepted (A-02)."""

import datetime
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from leak_runs import PASSPHRASE, Finished, deid

from deid.escrow import open_private_key, reveal_record
from deid.pipeline.custody.restore import restore_record

pytestmark = pytest.mark.slow

_GONE = re.compile(r"\[(?:SECRET|CREDIT_CARD_[0-9]+|CARD_SECURITY_CODE_[0-9]+)\]")
_NOW = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)


def _rows(release: Path) -> list[dict[str, Any]]:
    return [row for path in sorted((release / "data").iterdir()) for row in pq.read_table(path).to_pylist()]


def _same_but_for_secrets(restored: str, original: str) -> bool:
    pattern = ".+?".join(re.escape(piece) for piece in _GONE.split(restored))
    return re.fullmatch(pattern, original, re.DOTALL) is not None


def _revealed(finished: Finished) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield every released record with the record the custodian restores."""
    published = json.loads((finished.release / "manifest.json").read_bytes())["escrow"]["batches"]
    key = open_private_key(finished.room / "keys" / "escrow.key", PASSPHRASE)
    for row in _rows(finished.release):
        payloads = reveal_record(
            finished.escrow, private_key=key, record=row["conversation_id"], purpose="test",
            requester="test", published=published, now=_NOW,
        )  # fmt: skip
        yield row, restore_record(row, payloads)


def test_every_record_is_restored_exactly(finished: Finished, source: dict[str, dict[str, Any]]) -> None:
    if finished.mode != "pseudonymize":
        return
    pairs = list(_revealed(finished))
    assert len(pairs) > 150
    secrets = 0
    for _, restored in pairs:
        original = source[restored["conversation_id"]]
        assert restored["user_id"] == original["user_id"]
        assert {k: v for k, v in restored["profile"].items() if v is not None} == {
            k: v for k, v in original["profile"].items() if v is not None
        }
        for mine, theirs in zip(restored["messages"], original["messages"], strict=True):
            assert mine["role"] == theirs["role"]
            assert mine.get("time") == theirs.get("time")
            assert _same_but_for_secrets(mine["content"], theirs["content"])
            secrets += len(_GONE.findall(mine["content"]))
    assert secrets > 10


def test_no_name_stays_in_its_own_record(finished: Finished, planted: list[tuple[str, str, str]]) -> None:
    # An invented name may be somebody else's real one, so names are looked for record by record.
    if finished.mode != "pseudonymize":
        return
    names: dict[str, set[str]] = {}
    for record, label, surface in planted:
        if label == "PERSON":
            names.setdefault(record, set()).add(surface)
    checked = 0
    for released, restored in _revealed(finished):
        text = "\n".join(message["content"] for message in released["messages"])
        found = names.get(restored["conversation_id"], set())
        assert not [1 for surface in found if _stands_in(surface, text)], restored["conversation_id"]
        checked += len(found)
    assert checked > 80


def _stands_in(surface: str, text: str) -> bool:
    """Whether a name stands in a text as a word of its own; the word it also is does not count."""
    if surface.isascii():
        return re.search(rf"(?<![A-Za-z]){re.escape(surface)}(?![A-Za-z])", text) is not None
    return len(surface) > 1 and surface in text


def test_the_command_restores_one_record_and_logs_it(
    finished: Finished, source: dict[str, dict[str, Any]]
) -> None:
    if finished.mode != "pseudonymize":
        return
    record = _rows(finished.release)[0]["conversation_id"]
    options = [
        "--escrow", finished.escrow, "--keys", finished.keys, "--release", "release", "--record", record,
        "--purpose", "ticket 7", "--requester", "privacy office", "--passphrase-file", "passphrase",
    ]  # fmt: skip
    refused = deid(finished.room, "reveal", "run", *options)
    assert refused.returncode == 2
    assert refused.stdout == ""
    done = deid(finished.room, "reveal", "run", *options, "-o", "tmp/revealed.json")
    revealed = finished.room / "tmp" / "revealed.json"
    assert done.returncode == 0, done.stderr
    assert revealed.stat().st_mode & 0o077 == 0
    restored = json.loads(revealed.read_text(encoding="utf-8"))
    revealed.unlink()
    assert restored["conversation_id"] in source
    verified = deid(
        finished.room, "escrow", "verify", "--escrow", finished.escrow, "--keys", finished.keys,
        "--checkpoint", "release/manifest.json",
    )  # fmt: skip
    assert verified.returncode == 0, verified.stderr
