"""Small runs for the acceptance scenarios: invented people, one conversation each unless told otherwise."""

import datetime
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

import deid
from deid.config import Config
from deid.escrow import init_escrow
from deid.pipeline.result import RunResult
from deid.subjects.entries import Draft, Kind
from deid.subjects.ledger import Ledger

NOW = datetime.datetime(2026, 11, 2, 9, 0, tzinfo=datetime.UTC)
PASSPHRASE = b"an umbrella over four small bridges"
MODES = ("anonymize", "pseudonymize")

CONFIG: dict[str, Any] = {
    "version": 1,
    "mode": "anonymize",
    "policy": "omigo",
    "purpose": "statistics",
    "input": {
        "record_id": "id",
        "subject_id": "user",
        "languages": ["en", "ja"],
        "age": "profile.age",
        "birth_date": "profile.born",
        "country": "profile.country",
    },
    "fields": {
        "id": {"class": "linking", "treatment": "reissue"},
        "user": {"class": "linking", "treatment": "reissue"},
        "profile.age": {"class": "quasi", "treatment": {"bands": 10}},
        "profile.born": {"class": "direct", "treatment": "delete", "known_value": "DATE_OF_BIRTH"},
        "profile.country": {"class": "quasi"},
        "messages[].role": {"class": "keep"},
        "messages[].content": {"class": "text"},
        "memory[]": {"class": "drop"},
    },
    "detect": {"use": "fast"},
    "kanon": {"k": 5, "suppression": 0.5},
    "release": {"name": "small", "splits": {"train": 1.0}},
}


def person(name: str, *said: str, **profile: object) -> dict[str, Any]:
    """One conversation of one person; the assistant repeats what was said last."""
    turns = [{"role": "user", "content": text} for text in said or ("I cooked curry today",)]
    return {
        "id": f"c-{name}",
        "user": name,
        "profile": {"age": 30, "country": "JP", **profile},
        "messages": [*turns, {"role": "assistant", "content": turns[-1]["content"]}],
        "memory": [f"{name} likes curry"],
    }


def crowd(n: int = 12) -> list[dict[str, Any]]:
    """People about whom nothing is special."""
    return [person(f"plain-{number}", f"I cooked dish number {number} today") for number in range(n)]


def run(folder: Path, people: list[dict[str, Any]], mode: str, **changes: object) -> RunResult:
    """Carry out a run over ``people`` into ``folder/out``."""
    source = folder / "chats.jsonl"
    source.write_text("".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in people), encoding="utf-8")
    raw: dict[str, Any] = {**CONFIG, "mode": mode, **changes}
    if mode == "pseudonymize":
        raw["escrow"] = changes.get("escrow") or make_escrow(folder)
    return deid.Pipeline(Config.model_validate(raw)).run([source], out=folder / "out", now=NOW)


def make_escrow(folder: Path) -> dict[str, str]:
    """Make an escrow in ``folder/vault``, its keys in ``folder/keys``; return its part of a configuration."""
    made = init_escrow(
        f"sqlite:///{folder / 'vault' / 'escrow.db'}",
        folder / "keys",
        passphrase=PASSPHRASE,
        now=NOW,
    )
    return {"url": made.url, "keys": made.keys}


def custodian(folder: Path, verb: str, *options: str) -> list[str]:
    """Return the arguments of a verb that the custodian runs on the escrow of a folder."""
    (folder / "passphrase").write_bytes(PASSPHRASE)
    return [*verb.split(), *place(folder), "--passphrase-file", str(folder / "passphrase"), *options]


def place(folder: Path) -> list[str]:
    """Return the options that say where the escrow of a folder is."""
    url, keys = f"sqlite:///{folder / 'vault' / 'escrow.db'}", f"local:{folder / 'keys' / 'escrow.pub'}"
    return ["--escrow", url, "--keys", keys]


def entries(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    """Return what the log of the escrow says: kind and body of each entry."""
    with closing(sqlite3.connect(folder / "vault" / "escrow.db")) as database:
        rows = database.execute("SELECT kind, body FROM log ORDER BY seq").fetchall()
    return [(kind, json.loads(body)) for kind, body in rows]


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def released(folder: Path) -> list[dict[str, Any]]:
    """Return every row of the release."""
    return [
        row for path in sorted((folder / "out" / "data").iterdir()) for row in pq.read_table(path).to_pylist()
    ]


def said(folder: Path) -> str:
    """Return all released text, as one."""
    return json.dumps([row["messages"] for row in released(folder)], ensure_ascii=False)


def make_ledger(folder: Path, *entries: tuple[Kind, str]) -> Path:
    """Make a ledger with entries of a kind about a person."""
    path = folder / "ledger.db"
    with Ledger.create(path) as ledger:
        ledger.add([entry(kind, who) for kind, who in entries], now=NOW)
    return path


def entry(kind: Kind, who: str) -> Draft:
    """An entry received today."""
    return Draft(kind=kind, subject=who, received=NOW.date(), verified=NOW.date())
