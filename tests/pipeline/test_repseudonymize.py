"""A release moved to another domain: new ids, the same text, restorable there as it was here."""

import datetime
import json
import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml
from pipeline_inputs import CONFIG, conversation, write_inputs

from deid.cli import main
from deid.config import Config
from deid.errors import ConfigError, EscrowError, InputError, ReleaseRefused
from deid.escrow import init_escrow, open_private_key, reveal_records, shred, verify
from deid.pipeline import Pipeline
from deid.pipeline.custody.restore import restore_record
from deid.pipeline.remaking.moved import Moved, Mover
from deid.pipeline.repseudonymize import Custody, Domain, Repseudonymized, repseudonymize
from deid.release.verify import verify as verify_release
from deid.subjects.entries import Draft, Kind
from deid.subjects.ledger import Ledger

pytestmark = pytest.mark.slow

NOW = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)
PASSPHRASE = b"a long passphrase"
TOKEN = re.compile(r"\[([A-Z_]+)_[a-z2-7]{20,}\]")
SOURCE = {f"c{n:04d}": conversation(n, n % 60) for n in range(120)}
TRANSFORM = {
    "PERSON": "surrogate",
    "EMAIL_ADDRESS": {"operator": "token", "scope": "dataset"},
    "PHONE_NUMBER": "encrypt",
}


@dataclass(frozen=True)
class Room:
    """An escrow, and a release that was made beside it."""

    folder: Path

    @property
    def release(self) -> Path:
        return self.folder / "release"

    @property
    def url(self) -> str:
        return f"sqlite:///{self.folder / 'escrow' / 'e.db'}"

    @property
    def keys(self) -> str:
        return f"local:{self.folder / 'keys' / 'escrow.pub'}"

    def custody(self) -> Custody:
        key = open_private_key(self.folder / "keys" / "escrow.key", PASSPHRASE)
        return Custody(self.url, key, "hand-over 12", "privacy office")

    def domain(self, name: str = "support", tokens: str = "support.key") -> Domain:
        return Domain(name, self.url, self.keys, tokens=self.folder / "tokens" / tokens)

    def move(self, out: str = "moved", **changes: Any) -> Repseudonymized:
        release = changes.pop("release", self.release)
        domain = changes.pop("domain", None) or self.domain(**changes)
        return repseudonymize(release, out=self.folder / out, custody=self.custody(), domain=domain, now=NOW)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Room:
    folder = tmp_path_factory.mktemp("room")
    write_inputs(folder)
    escrow = init_escrow(
        f"sqlite:///{folder / 'escrow' / 'e.db'}", folder / "keys", passphrase=PASSPHRASE, now=NOW
    )
    config = {
        **CONFIG,
        "mode": "pseudonymize",
        "transform": TRANSFORM,
        "escrow": {
            "url": escrow.url, "keys": escrow.keys, "domain": "training",
            "tokens": str(folder / "tokens" / "training.key"),
        },
    }  # fmt: skip
    pipeline = Pipeline(Config.model_validate(config))
    pipeline.run([folder / "chats-0.jsonl"], out=folder / "release", now=NOW)
    return Room(folder)


@pytest.fixture
def room(made: Room, tmp_path: Path) -> Room:
    """A room of one's own."""
    shutil.copytree(made.folder, tmp_path / "room")
    return Room(tmp_path / "room")


def rows(release: Path) -> dict[str, list[dict[str, Any]]]:
    return {path.name: pq.read_table(path).to_pylist() for path in sorted((release / "data").iterdir())}


def flat(release: Path) -> list[dict[str, Any]]:
    return [row for found in rows(release).values() for row in found]


def restored(room: Room, release: Path) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """Map the source's id to the released record and what the custodian restores of it."""
    published = json.loads((release / "manifest.json").read_bytes())["escrow"]["batches"]
    released = {row["conversation_id"]: row for row in flat(release)}
    revealed = reveal_records(
        room.url, private_key=room.custody().private_key, records=list(released), purpose="test",
        requester="test", published=published, now=NOW,
    )  # fmt: skip
    pairs = [(released[name], restore_record(released[name], payloads)) for name, payloads in revealed]
    return {whole["conversation_id"]: (row, whole) for row, whole in pairs}


def test_ids_and_tokens_change_and_nothing_else_does(room: Room) -> None:
    done = room.move()
    assert (done.records, done.chained) == (len(flat(room.release)), 0)
    verify_release(room.folder / "moved", public_key=None)
    verify(room.url, room.keys)
    old, new = restored(room, room.release), restored(room, room.folder / "moved")
    assert old.keys() == new.keys() == SOURCE.keys()
    for name, (before, _) in old.items():
        after = new[name][0]
        assert before["conversation_id"] != after["conversation_id"]
        assert before["user_id"] != after["user_id"]
        assert before["profile"] == after["profile"]
        for one, other in zip(before["messages"], after["messages"], strict=True):
            assert TOKEN.sub(r"[\1]", one["content"]) == TOKEN.sub(r"[\1]", other["content"])


def test_no_id_or_token_is_in_both_domains(room: Room) -> None:
    room.move()
    parts = [json.dumps(flat(room.folder / name)) for name in ("release", "moved")]
    tokens = [set(re.findall(r"[a-z2-7]{20,}", text)) for text in parts]
    assert len(tokens[0]) > 200
    assert not tokens[0] & tokens[1]


def test_a_person_has_one_id_in_the_new_domain_too(room: Room) -> None:
    room.move()
    ids: dict[str, set[str]] = {}
    for row, whole in restored(room, room.folder / "moved").values():
        ids.setdefault(whole["user_id"], set()).add(row["user_id"])
    assert len(ids) == 60
    assert all(len(found) == 1 for found in ids.values())
    assert len({next(iter(found)) for found in ids.values()}) == 60


def test_it_is_restored_in_its_new_domain(room: Room) -> None:
    room.move()
    for name, (_, whole) in restored(room, room.folder / "moved").items():
        assert whole["messages"] == SOURCE[name]["messages"]
        assert whole["profile"] == SOURCE[name]["profile"]


def test_splits_files_and_measures_stay(room: Room) -> None:
    manifest = room.move().manifest
    old = json.loads((room.release / "manifest.json").read_bytes())
    sizes = [{k: len(v) for k, v in rows(room.folder / name).items()} for name in ("release", "moved")]
    assert sizes[0] == sizes[1]
    for name in ("counts", "kanon", "gates", "class", "mode", "models", "name"):
        assert manifest[name] == old[name]
    assert manifest["escrow"]["domain"] == "support"
    card = (room.folder / "moved" / "README.md").read_text(encoding="utf-8")
    assert "Moved from another domain: 120 records" in card
    assert "lower assurance" in card
    assert "support.key" not in json.dumps(manifest) + card


def test_lasting_tokens_join_what_is_in_one_domain(room: Room) -> None:
    room.move("one")
    room.move("two")
    room.move("three", tokens="other.key")
    found = [
        set(re.findall(r"\[EMAIL_ADDRESS_([a-z2-7]{20})\]", json.dumps(flat(room.folder / name))))
        for name in ("one", "two", "three")
    ]
    assert len(found[0]) == 60
    assert found[0] == found[1]
    assert not found[0] & found[2]
    ids = [{row["user_id"] for row in flat(room.folder / name)} for name in ("one", "two")]
    assert not ids[0] & ids[1]


def test_every_record_opened_is_on_the_log(room: Room) -> None:
    room.move()
    import sqlite3

    with sqlite3.connect(room.folder / "escrow" / "e.db") as database:
        bodies = [str(row[0]) for row in database.execute("SELECT body FROM log WHERE kind = 'reveal'")]
    assert sum("repseudonymize to support: hand-over 12" in body for body in bodies) == len(bodies) > 0


def test_a_shredded_person_keeps_no_old_id(room: Room) -> None:
    before = {name: row for name, (row, _) in restored(room, room.release).items()}
    shred(room.url, room.keys, subject="user-007", why="erasure", now=NOW)
    done = room.move()
    assert (done.records, done.chained) == (120, 2)
    gone = [name for name, record in SOURCE.items() if record["user_id"] == "user-007"]
    assert len(gone) == 2
    text = json.dumps(flat(room.folder / "moved"))
    for name in gone:
        old = before[name]
        assert old["conversation_id"] not in text
        assert old["user_id"] not in text
        for token in re.findall(r"_([a-z2-7]{20,})\]", json.dumps(old)):
            assert token not in text
    ids = {row["user_id"] for row in flat(room.folder / "moved")}
    assert len(ids) == 60
    verify(room.url, room.keys)


def test_it_can_go_to_another_escrow(room: Room) -> None:
    other = init_escrow(
        f"sqlite:///{room.folder / 'escrow2' / 'e.db'}", room.folder / "keys2", passphrase=PASSPHRASE, now=NOW
    )
    domain = Domain("support", other.url, other.keys, tokens=room.folder / "tokens" / "support.key")
    room.move(domain=domain)
    published = json.loads((room.folder / "moved" / "manifest.json").read_bytes())["escrow"]["batches"]
    released = flat(room.folder / "moved")
    key = open_private_key(room.folder / "keys2" / "escrow.key", PASSPHRASE)
    ((_, payloads),) = reveal_records(
        other.url, private_key=key, records=[released[0]["conversation_id"]], purpose="t", requester="t",
        published=published, now=NOW,
    )  # fmt: skip
    whole = restore_record(released[0], payloads)
    assert whole["messages"] == SOURCE[whole["conversation_id"]]["messages"]


def test_what_is_refused_leaves_nothing(room: Room) -> None:
    with pytest.raises(InputError, match="is in domain training already"):
        room.move(name="training")
    with pytest.raises(ConfigError, match="its configuration cannot be carried out"):
        room.move(domain=Domain("support", room.url, room.keys))
    with pytest.raises(ConfigError, match="share a folder"):
        room.move("escrow/moved")
    with pytest.raises(EscrowError):
        room.move(
            domain=Domain("support", "sqlite:////nowhere/e.db", room.keys, tokens=room.folder / "t" / "k")
        )
    manifest = room.release / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b"training", b"research"))
    with pytest.raises(ReleaseRefused):
        room.move()
    assert [path.name for path in room.folder.iterdir() if "moved" in path.name] == []


def with_ledger(room: Room) -> Room:
    """Give the release the line of one that was made with a ledger, and seal it again."""
    made = Ledger.create(room.folder / "people.db")
    made.close()
    lock = room.release / "policy.lock.yaml"
    written = lock.read_text(encoding="utf-8") + "ledger: kept apart\n"
    lock.write_text(written, encoding="utf-8")
    return room


def say(room: Room, subject: str, kind: Kind) -> None:
    with Ledger.open(room.folder / "people.db") as ledger:
        ledger.add([Draft(kind=kind, subject=subject, received=NOW.date())], now=NOW)


def test_who_withdrew_since_is_not_moved(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    with_ledger(room)
    monkeypatch.setattr("deid.pipeline.repseudonymize.verify", lambda *_, **__: None)
    with pytest.raises(InputError, match="was made with a ledger"):
        room.move()
    ledger = room.folder / "people.db"
    domain = replace(room.domain(), ledger=ledger)
    assert room.move(domain=domain).records == 120
    say(room, SOURCE["c0007"]["user_id"], "withdrawal")
    with pytest.raises(ReleaseRefused, match="the ledger keeps somebody in the release out: withdrawal"):
        room.move("moved-2", domain=domain)
    assert not (room.folder / "moved-2").exists()


def test_an_entry_made_while_a_release_moves_stops_it(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    Ledger.create(room.folder / "people.db").close()
    carried, domain = Mover.move, replace(room.domain(), ledger=room.folder / "people.db")

    def move(mover: Mover, *arguments: Any) -> Moved:
        monkeypatch.setattr(Mover, "move", carried)
        say(room, "somebody else", "withdrawal")
        return carried(mover, *arguments)

    monkeypatch.setattr(Mover, "move", move)
    with pytest.raises(ReleaseRefused, match="the ledger has entries made meanwhile"):
        room.move(domain=domain)
    assert not (room.folder / "moved").exists()


def test_an_anonymized_release_has_nothing_to_move(room: Room) -> None:
    config = room.folder / "anonymize.yaml"
    config.write_text(yaml.safe_dump(CONFIG), encoding="utf-8")
    Pipeline.load(config).run([room.folder / "chats-0.jsonl"], out=room.folder / "plain", now=NOW)
    with pytest.raises(InputError, match="not made in pseudonymize mode"):
        room.move(release=room.folder / "plain")


def test_the_verb(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    passphrase = room.folder / "passphrase"
    passphrase.write_bytes(PASSPHRASE)
    arguments = [
        "repseudonymize", str(room.release), "--escrow", room.url, "--keys", room.keys,
        "--passphrase-file", str(passphrase), "--domain", "support",
        "--tokens", str(room.folder / "tokens" / "s"),
        "--purpose", "hand-over 12", "--requester", "privacy office", "-o", str(room.folder / "moved"),
    ]  # fmt: skip
    assert main([*arguments, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["records"] == 120
    assert main(arguments) == 2
    assert "exists already" in capsys.readouterr().err
    assert main([*arguments[:-1], str(room.folder / "other"), "--to-keys", room.keys]) == 2
    assert "go together" in capsys.readouterr().err
