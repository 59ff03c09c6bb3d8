"""The ledger's file: what it keeps, what it refuses, and what it never shows."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from subjects_samples import NOW, day, draft, ledger

from deid.errors import EscrowError, InputError
from deid.store import write_bytes
from deid.subjects.entries import KINDS, Draft
from deid.subjects.ledger import Ledger, PersonIndex


def test_entries_come_back_as_they_were_made(tmp_path: Path) -> None:
    given = [
        draft("consent", "u1", version="v2", purposes=("model-training", "statistics")),
        draft("deletion", "u2", verified=day("2026-11-05"), ticket="case 7"),
        draft("done", refers=2),
    ]
    with ledger(tmp_path, *given) as made:
        entries = list(made.entries())
    assert [entry.n for entry in entries] == [1, 2, 3]
    assert [entry.kind for entry in entries] == ["consent", "deletion", "done"]
    assert entries[0].purposes == ("model-training", "statistics")
    assert (entries[1].verified, entries[1].ticket) == (day("2026-11-05"), "case 7")
    assert entries[2].refers == 2
    assert entries[2].person == b""
    assert {entry.at for entry in entries} == {"2026-11-02T09:00:00+00:00"}


def test_one_persons_entries(tmp_path: Path) -> None:
    with ledger(tmp_path, draft("opt-out", "u1"), draft("opt-out", "u2"), draft("consent", "u1")) as made:
        assert [entry.n for entry in made.entries(subject="u1")] == [1, 3]
        assert [entry.n for entry in made.entries(after=1)] == [2, 3]
        assert list(made.entries(subject="nobody")) == []
        assert made.head() == 3


def test_no_id_stands_in_the_files(tmp_path: Path) -> None:
    with ledger(tmp_path, draft("deletion", "marzipan-4711")) as made:
        assert "marzipan" not in repr(list(made.entries()))
    assert all(b"marzipan" not in path.read_bytes() for path in tmp_path.iterdir())
    assert "marzipan" not in repr(draft("deletion", "marzipan-4711"))


def test_two_ledgers_index_the_same_person_differently(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    with ledger(tmp_path / "a") as one, ledger(tmp_path / "b") as other:
        assert one.index("u1") != other.index("u1")


def test_the_index_is_the_one_documented() -> None:
    # printf 'deid/ledger/person/v1\0u1' | openssl dgst -sha256 -mac HMAC -macopt hexkey:00…00
    assert PersonIndex(bytes(32))("u1").hex() == "57ba60cec209401341f5452aeb5363fc"


@pytest.mark.parametrize("statement", ["DELETE FROM entry", "UPDATE entry SET kind = 'consent'"])
def test_entries_cannot_be_changed(tmp_path: Path, statement: str) -> None:
    ledger(tmp_path, draft("opt-out", "u1")).close()
    with (
        closing(sqlite3.connect(tmp_path / "ledger.db")) as database,
        pytest.raises(sqlite3.IntegrityError, match="append only"),
    ):
        database.execute(statement)


def test_all_entries_of_a_call_or_none(tmp_path: Path) -> None:
    with ledger(tmp_path, draft("opt-out", "u1")) as made:
        with pytest.raises(InputError):
            made.add([draft("opt-out", "u2"), draft("done", refers=9)], now=NOW)
        assert made.head() == 1


@pytest.mark.parametrize("number", [0, 9, 3])
def test_done_and_void_name_an_entry_about_a_person(tmp_path: Path, number: int) -> None:
    drafts = (draft("deletion", "u1"), draft("deletion", "u2"), draft("done", refers=1))
    with ledger(tmp_path, *drafts) as made, pytest.raises(InputError, match="no such entry about a person"):
        made.add([draft("done", refers=number)], now=NOW)


@pytest.mark.parametrize(("first", "then"), [("done", "done"), ("void", "done"), ("void", "void")])
def test_what_has_ended_does_not_end_again(tmp_path: Path, first: Any, then: Any) -> None:
    drafts = (draft("deletion", "u1"), draft(first, refers=1))
    with (
        ledger(tmp_path, *drafts) as made,
        pytest.raises(InputError, match=r"entry 1 is (done|void) already"),
    ):
        made.add([draft(then, refers=1)], now=NOW)


def test_what_was_done_may_turn_out_a_mistake(tmp_path: Path) -> None:
    with ledger(tmp_path, draft("deletion", "u1"), draft("done", refers=1)) as made:
        assert made.add([draft("void", refers=1)], now=NOW) == range(3, 4)


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "marriage", "subject": "u1"},
        {"kind": "deletion"},
        {"kind": "done"},
        {"kind": "done", "subject": "u1", "refers": 1},
        {"kind": "deletion", "subject": "u1", "refers": 1},
        {"kind": "deletion", "subject": "u1", "version": "v1"},
        {"kind": "deletion", "subject": "u1", "ticket": "two\nlines"},
        {"kind": "consent", "subject": "u1", "purposes": ("x" * 201,)},
    ],
)
def test_entries_that_make_no_sense(given: Any) -> None:
    with pytest.raises(InputError, match=r"^ledger: "):
        Draft(received=day("2026-11-02"), **given)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    ledger(tmp_path).close()
    with pytest.raises(EscrowError, match="exists already"):
        Ledger.create(tmp_path / "ledger.db")
    (tmp_path / "ledger.db").unlink()
    with pytest.raises(EscrowError, match=r"ledger\.db\.key: exists already, without a ledger") as caught:
        Ledger.create(tmp_path / "ledger.db")
    assert caught.value.hint == "remove it, unless its ledger was moved away"


@pytest.mark.parametrize("written", [1, 2])
def test_a_making_cut_short_leaves_no_half_a_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    left = [written]

    def dying(path: Path, data: bytes, *, mode: int) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise KeyboardInterrupt
        write_bytes(path, data, mode=mode)

    with monkeypatch.context() as patched:
        patched.setattr("deid.subjects.ledger.write_bytes", dying)
        with pytest.raises(KeyboardInterrupt):
            Ledger.create(tmp_path / "ledger.db")
    assert not (tmp_path / "ledger.db").exists()
    (tmp_path / "ledger.db.key").unlink(missing_ok=True)
    Ledger.create(tmp_path / "ledger.db").close()


def test_files_are_the_owners_alone(tmp_path: Path) -> None:
    ledger(tmp_path).close()
    for name in ("ledger.db", "ledger.db.key"):
        path = tmp_path / name
        assert path.stat().st_mode & 0o777 == 0o600
        path.chmod(0o644)
        with pytest.raises(EscrowError, match="open to others"):
            Ledger.open(tmp_path / "ledger.db")
        path.chmod(0o600)


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b"not a database at all, but long enough to be read as one" * 20),
        lambda path: path.with_name("ledger.db.key").write_bytes(b"short"),
        lambda path: path.with_name("ledger.db.key").unlink(),
        lambda path: path.unlink(),
        lambda path: _run(path, "DROP TRIGGER entry_is_kept"),
        lambda path: _run(path, "PRAGMA user_version=1"),
        lambda path: _run(path, "PRAGMA application_id=7"),
    ],
)
def test_a_damaged_ledger_is_refused(tmp_path: Path, damage: Any) -> None:
    ledger(tmp_path, draft("opt-out", "u1")).close()
    damage(tmp_path / "ledger.db")
    with pytest.raises(EscrowError):
        Ledger.open(tmp_path / "ledger.db")


def _run(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute(statement)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(EscrowError, match="no such folder"):
        Ledger.create(tmp_path / "nowhere" / "ledger.db")


def test_every_kind_is_explained() -> None:
    assert all(text and not text.endswith(".") for text in KINDS.values())
