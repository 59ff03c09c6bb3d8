"""A-01: a thousand chats with thousands of planted identifiers, codes and secrets: none is written anywhere.

The sample's generator plants them, in messages and profiles. Looked for are the value itself, its digits,
and its percent-encoded and base64 forms: in the release, its reports, the log, and all that the run wrote.
"""

import base64
import json
import logging
import unicodedata
import urllib.parse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from acceptance_run import MODES, NOW, make_escrow

import deid
import sample
from deid.config import load_config
from deid.labels import LABELS, LabelClass
from inputs import write_lines

pytestmark = pytest.mark.slow

CHATS = 1000
WANTED = (LabelClass.DIRECT, LabelClass.CODE, LabelClass.PROPERTY, LabelClass.SECRET, LabelClass.LINKING)
# A shorter one stands in digests and counts by chance.
SHORTEST = {True: 6, False: 4}  # ASCII, or not
PROFILE = ("name", "kana", "nickname", "email", "phone", "birthday")


@pytest.fixture(scope="module")
def chats() -> list[Any]:
    return list(sample.generate(7, CHATS))


def planted(chats: list[Any]) -> list[tuple[str, str]]:
    """Label and surface of each planted value."""
    return [*_in_messages(chats), *_in_profiles(chats)]


def _in_profiles(chats: list[Any]) -> Iterator[tuple[str, str]]:
    for chat in chats:
        yield from (
            (name, chat.record["profile"][name]) for name in PROFILE if chat.record["profile"].get(name)
        )
        yield from ((name, chat.record[name]) for name in ("conversation_id", "user_id"))


def _in_messages(chats: list[Any]) -> list[tuple[str, str]]:
    return [
        (row["label"], text[row["start"] : row["end"]])
        for chat in chats
        for row in sample.planted(chat)
        if LABELS[row["label"]].cls in WANTED and (text := said(chat.record, row["path"])) is not None
    ]


def said(record: dict[str, Any], path: str) -> str | None:
    """What stands at ``messages[3].content``; None for a memory, which the pipeline does not read."""
    name, _, rest = path.partition("[")
    if name != "messages":
        return None
    content: str = record[name][int(rest.partition("]")[0])]["content"]
    return content


def forms(surface: str) -> Iterator[bytes]:
    plain = unicodedata.normalize("NFKC", surface)
    digits = "".join(char for char in plain if char.isdigit())
    packed = base64.b64encode(surface.encode()).decode().rstrip("=")
    for form in {surface, plain, urllib.parse.quote(surface), packed, digits if len(digits) >= 9 else ""}:
        if len(form) >= SHORTEST[form.isascii()]:
            yield form.encode()


def written(room: Path) -> bytes:
    """Every byte below a folder, and the rows of its Parquet files as text."""
    parts = [path.read_bytes() for path in sorted(room.rglob("*")) if path.is_file()]
    parts += [
        json.dumps(pq.read_table(path).to_pylist(), ensure_ascii=False).encode()
        for path in sorted(room.rglob("*.parquet"))
    ]
    return b"\n".join(parts)


@pytest.mark.parametrize("mode", MODES)
def test_no_planted_value_is_written_anywhere(
    tmp_path: Path,
    chats: list[Any],
    mode: str,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = tmp_path / "in" / "chats.jsonl.gz"
    source.parent.mkdir()
    write_lines(source, [chat.record for chat in chats])
    room = tmp_path / "room"
    (room / "tmp").mkdir(parents=True)
    monkeypatch.setenv("TMPDIR", str(room / "tmp"))
    changes: dict[str, object] = {"mode": mode, "transform": {"PERSON": "tag"}}
    if mode == "pseudonymize":
        changes["escrow"] = make_escrow(room)
    with caplog.at_level(logging.DEBUG):
        result = deid.Pipeline(load_config("demo", changes)).run([source], out=room / "out", now=NOW)
    values = planted(chats)
    assert len(values) >= 5000
    everywhere = written(room) + caplog.text.encode()
    left = Counter(label for label, value in set(values) if any(form in everywhere for form in forms(value)))
    assert left == Counter()
    detection = json.loads((room / "out" / "report" / "detection.json").read_bytes())
    assert detection["spans"] == dict(sorted(result.spans.items()))  # what was found, by label
    assert sum(detection["classes"].values()) >= len(_in_messages(chats))
