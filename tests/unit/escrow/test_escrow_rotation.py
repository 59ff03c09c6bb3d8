"""A new escrow key, old epochs wrapped again for it, the old key retired: nothing sealed is touched."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from escrow_site import NOW, PASSPHRASE, Site, reveal, rows

from deid.errors import EscrowError
from deid.escrow import (
    EscrowWriter,
    Expired,
    backup,
    expire,
    leaves,
    open_private_key,
    restore,
    verify,
)
from deid.escrow.chain import CUSTODIAN
from deid.escrow.chain import body as canonical
from deid.escrow.envelope import EpochContext
from deid.escrow.keys.access import NO_ACCESS
from deid.escrow.keys.create import NewKey
from deid.escrow.keys.local import PrivateKey, read_public
from deid.escrow.keys.passphrase import open_secrets
from deid.escrow.keys.secrets import Secrets
from deid.escrow.rotation import Rotation, list_keys, retire, rewrap, rotate
from deid.escrow.stores.log import LogTables
from deid.escrow.stores.open import open_store
from deid.escrow.stores.rows import WrappedRow
from deid.escrow.stores.schema import NUMBERED, columns
from deid.escrow.stores.store import Store

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")


@pytest.fixture(scope="session")
def opened() -> dict[str, Secrets]:
    """Secrets by escrow: opening them takes half a second."""
    return {}


@pytest.fixture
def secrets(site: Site, opened: dict[str, Secrets]) -> Secrets:
    escrow_id = site.private_key.escrow_id
    if escrow_id not in opened:
        opened[escrow_id] = open_secrets(site.folder / "escrow.key", PASSPHRASE)
    return opened[escrow_id]


@dataclass(frozen=True)
class Turned:
    """A site before and after a rotation: two sites over one database, each with its keys."""

    old: Site
    new: Site
    made: Rotation


def turn(site: Site, secrets: Secrets, spec: str = "local:x25519", name: str = "next") -> Turned:
    """Rotate, and put the new escrow.pub in place; the old one stays in a folder of its own."""
    out = site.folder.parent / name
    made = rotate(site.url, site.keys, secrets, NewKey(spec, PASSPHRASE, NO_ACCESS), out=out, now=NOW)
    before = site.folder.parent / f"{name}-before"
    before.mkdir(mode=0o700)
    for file in ("escrow.pub", "writer.key"):
        shutil.copy2(site.folder / file, before / file)
    shutil.copy2(out / "escrow.pub", site.folder / "escrow.pub")
    private_key = open_private_key(out / "escrow.key", PASSPHRASE)
    return Turned(site, Site(site.folder, private_key, site.url), made)


@pytest.fixture(params=["local:x25519", "local:hybrid"])
def turned(site: Site, secrets: Secrets, request: pytest.FixtureRequest) -> Turned:
    site.put("old", rows(4, "a"))
    result = turn(site, secrets, request.param)
    result.new.put("new", rows(2, "b"), run_id="run-2")
    return result


def table(site: Site, name: str) -> list[tuple[object, ...]]:
    with site.sql() as db:
        order = "rowid" if name in NUMBERED else "1"
        return db.execute(f"SELECT {', '.join(columns(name))} FROM {name} ORDER BY {order}").fetchall()  # noqa: S608


def test_new_epochs_open_with_the_new_key_and_old_ones_with_the_old(turned: Turned) -> None:
    assert reveal(turned.new, "b0") == [b"secret of b0"]
    assert reveal(turned.old, "a0") == [b"secret of a0"]
    for site, record in ((turned.new, "a0"), (turned.old, "b0")):
        with pytest.raises(EscrowError, match=r"^escrow does not open$"):
            reveal(site, record)
    verify(turned.new.url, turned.new.keys)


def test_rewrap_opens_old_epochs_to_the_new_key_and_touches_nothing_else(turned: Turned) -> None:
    untouched = {name: table(turned.new, name) for name in ("sealed", "subject_key", "batch", "epoch")}
    wraps = table(turned.new, "epoch_key")
    done = rewrap(turned.new.url, turned.new.keys, turned.old.private_key, now=NOW)
    assert (done.epochs, done.missing, done.key_id) == (1, 0, turned.made.key_id)
    assert {name: table(turned.new, name) for name in untouched} == untouched
    assert table(turned.new, "epoch_key")[: len(wraps)] == wraps
    assert reveal(turned.new, "a0") == [b"secret of a0"]
    assert reveal(turned.old, "a1") == [b"secret of a1"]
    verify(turned.new.url, turned.new.keys)
    assert rewrap(turned.new.url, turned.new.keys, turned.old.private_key, now=NOW).epochs == 0


def test_an_epoch_that_expires_while_it_is_wrapped_again_stays_expired(
    turned: Turned, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, real = turned.new, PrivateKey.unwrap
    site.put("more", rows(2, "c"), run_id="run-3")

    def expired_meanwhile(private_key: PrivateKey, wrapped: bytes, context: bytes) -> bytes:
        expire(site.url, site.keys, Expired(run_id="run-1"), why="retention", now=NOW)
        return real(private_key, wrapped, context)

    monkeypatch.setattr(PrivateKey, "unwrap", expired_meanwhile)
    assert rewrap(site.url, site.keys, turned.old.private_key, now=NOW).epochs == 0
    verify(site.url, site.keys)
    assert not [entry for entry in table(site, "log") if entry[3] == "rewrap"]


def test_an_altered_wrap_is_not_wrapped_again(turned: Turned) -> None:
    site, public = turned.new, read_public(turned.new.keys)
    epoch_id, writer, run_id, domain, _ = table(site, "epoch")[0]
    context = EpochContext(public.escrow_id, str(writer), str(run_id), str(domain)).wrapped_key()
    before = site.folder.parent / "next-before" / "escrow.pub"
    other = read_public(f"local:{before}").wrapper(NO_ACCESS).wrap(bytes(32), context)
    old = bytes.fromhex(turned.made.before)
    site.tamper("UPDATE epoch_key SET wrapped = ? WHERE epoch_id = ? AND key_id = ?", other, epoch_id, old)
    with pytest.raises(EscrowError, match="not the one the log names"):
        rewrap(site.url, site.keys, turned.old.private_key, now=NOW)
    assert len(table(site, "epoch_key")) == 2


def test_retire_closes_the_old_key_for_ever(turned: Turned) -> None:
    site = turned.new
    with pytest.raises(EscrowError, match=r"1 epochs open with escrow key .* alone"):
        retire(site.url, site.keys, site.private_key, key_id=turned.made.before, now=NOW)
    rewrap(site.url, site.keys, turned.old.private_key, now=NOW)
    old_wrap = table(site, "epoch_key")[0][2]
    assert isinstance(old_wrap, bytes)
    assert retire(site.url, site.keys, site.private_key, key_id=turned.made.before, now=NOW) == 1
    verify(site.url, site.keys)
    assert reveal(site, "a0") == [b"secret of a0"]
    with pytest.raises(EscrowError, match=r"^escrow does not open$"):
        reveal(turned.old, "a0")
    if not site.on_postgres:
        assert old_wrap[10:] not in site.database.read_bytes()
    verify(site.url, site.keys)


def test_the_keys_are_listed_with_their_state(turned: Turned) -> None:
    site = turned.new
    states = [(key.key_id, key.state, key.epochs, key.place) for key in list_keys(site.url, site.keys)]
    assert states == [
        (turned.made.before, "old", 1, "local"),
        (turned.made.key_id, "in force", 1, "local"),
    ]
    rewrap(site.url, site.keys, turned.old.private_key, now=NOW)
    retire(site.url, site.keys, site.private_key, key_id=turned.made.before, now=NOW)
    assert [(key.state, key.epochs) for key in list_keys(site.url, site.keys)] == [
        ("retired", 0),
        ("in force", 2),
    ]


def test_a_writer_with_the_old_public_key_is_refused(turned: Turned) -> None:
    before = f"local:{turned.new.folder.parent / 'next-before' / 'escrow.pub'}"
    with pytest.raises(EscrowError, match="its escrow key was rotated since"):
        EscrowWriter.open(turned.new.url, before, domain="d", run_id="r", now=NOW)
    with pytest.raises(EscrowError, match="or that is in force now"):
        verify(turned.new.url, before)


def test_a_writer_at_work_goes_on_and_is_wrapped_again_later(site: Site, secrets: Secrets) -> None:
    with site.writer() as writer:
        writer.put("one", rows(1, "a"))
        turned = turn(site, secrets)
        writer.put("two", rows(1, "b"))
        rewrap(site.url, site.keys, turned.old.private_key, now=NOW)
        retire(site.url, site.keys, turned.new.private_key, key_id=turned.made.before, now=NOW)
        writer.put("three", rows(1, "c"))
    assert [reveal(turned.new, f"{name}0") for name in "abc"] == [
        [f"secret of {name}0".encode()] for name in "abc"
    ]
    verify(site.url, site.keys)


def test_three_keys_in_a_row(site: Site, secrets: Secrets) -> None:
    site.put("one", rows(1, "a"))
    first = turn(site, secrets, name="second")
    first.new.put("two", rows(1, "b"))
    second = turn(first.new, secrets, "local:hybrid", name="third")
    skipped = rewrap(site.url, site.keys, second.old.private_key, now=NOW)
    assert (skipped.epochs, skipped.missing) == (1, 1)
    assert rewrap(site.url, site.keys, first.old.private_key, now=NOW).epochs == 1
    assert [reveal(second.new, f"{name}0") for name in "ab"] == [[b"secret of a0"], [b"secret of b0"]]
    verify(site.url, site.keys)


# refusals


def test_a_failed_rotation_leaves_no_file_and_no_row(
    site: Site, secrets: Secrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise EscrowError("the disk is full")

    out = site.folder.parent / "next"
    monkeypatch.setattr(LogTables, "append", fail)
    with pytest.raises(EscrowError, match="the disk is full"):
        rotate(site.url, site.keys, secrets, NewKey("local:x25519", PASSPHRASE, NO_ACCESS), out=out, now=NOW)
    assert not out.exists()
    assert len(table(site, "escrow_key")) == 1


def test_a_key_whose_entry_may_stand_is_never_deleted(
    site: Site, secrets: Secrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Store.transaction

    @contextmanager
    def unsure(store: Store) -> Iterator[None]:
        with real(store):
            yield
        raise EscrowError("the connection was lost at the commit")

    new, out = NewKey("local:x25519", PASSPHRASE, NO_ACCESS), site.folder.parent / "next"
    monkeypatch.setattr(Store, "transaction", unsure)
    with pytest.raises(EscrowError, match="lost at the commit"):
        rotate(site.url, site.keys, secrets, new, out=out, now=NOW)
    monkeypatch.undo()
    made = rotate(site.url, site.keys, secrets, new, out=out, now=NOW)
    assert made.key_id == list_keys(site.url, site.keys)[-1].key_id
    assert [path.name for path in made.files] == ["escrow.key", "escrow.pub"]


def test_another_escrows_custodian_is_refused(site: Site, stranger: Site, turned: Turned) -> None:
    other = open_secrets(stranger.folder / "escrow.key", PASSPHRASE)
    new, out = NewKey("local:x25519", PASSPHRASE, NO_ACCESS), site.folder.parent / "no"
    with pytest.raises(EscrowError, match="another escrow's"):
        rotate(site.url, site.keys, other, new, out=out, now=NOW)
    with pytest.raises(EscrowError, match="another escrow's"):
        rewrap(site.url, site.keys, stranger.private_key, now=NOW)
    with pytest.raises(EscrowError, match="another escrow's"):
        retire(site.url, site.keys, stranger.private_key, key_id=turned.made.before, now=NOW)


def test_what_may_not_be_retired(turned: Turned) -> None:
    site, made = turned.new, turned.made

    def refusal(key_id: str) -> str:
        with pytest.raises(EscrowError) as caught:
            retire(site.url, site.keys, site.private_key, key_id=key_id, now=NOW)
        return str(caught.value)

    assert "no escrow key" in refusal("ffffffffffffffff")
    assert "is in force" in refusal(made.key_id)
    rewrap(site.url, site.keys, turned.old.private_key, now=NOW)
    retire(site.url, site.keys, site.private_key, key_id=made.before, now=NOW)
    assert "was retired before" in refusal(made.before)


def test_an_old_public_key_cannot_rotate_again(turned: Turned, secrets: Secrets) -> None:
    before = f"local:{turned.new.folder.parent / 'next-before' / 'escrow.pub'}"
    new = NewKey("local:x25519", PASSPHRASE, NO_ACCESS)
    with pytest.raises(EscrowError, match="the key in force is another"):
        rotate(turned.new.url, before, secrets, new, out=turned.new.folder.parent / "no", now=NOW)


def test_an_existing_key_file_is_never_overwritten(site: Site, secrets: Secrets) -> None:
    new = NewKey("local:x25519", PASSPHRASE, NO_ACCESS)
    with pytest.raises(EscrowError, match="exists already"):
        rotate(site.url, site.keys, secrets, new, out=site.folder, now=NOW)
    assert read_public(site.keys).key_id == site.private_key.key_id


# what verify finds


ALTERED = {
    "the kind of a key": "UPDATE escrow_key SET kem = 'X25519x' WHERE rowid = 2",
    "a key's time": "UPDATE escrow_key SET created = 'then' WHERE rowid = 1",
    "a new key taken away": "DELETE FROM escrow_key WHERE rowid = 2",
    "a key retired by hand": "INSERT INTO retired_key SELECT key_id FROM escrow_key WHERE rowid = 1",
    "a wrap added": "INSERT INTO epoch_key SELECT 2, key_id, zeroblob(9) FROM escrow_key WHERE rowid = 1",
    "a second wrap altered": "UPDATE epoch_key SET wrapped = zeroblob(90) WHERE rowid = 3",
    "a first wrap taken away": "DELETE FROM epoch_key WHERE rowid = 1",
    "a second wrap taken away": "DELETE FROM epoch_key WHERE rowid = 3",
    "a wrap under another epoch": "UPDATE epoch_key SET epoch_id = 2, key_id = zeroblob(1) WHERE rowid = 3",
    "the rotate entry altered": "UPDATE log SET body = replace(body, 'x', 'y') || ' ' WHERE kind = 'rotate'",
    "the rewrap entry taken away": "DELETE FROM log WHERE kind = 'rewrap'",
}


@pytest.mark.parametrize("statement", ALTERED.values(), ids=ALTERED.keys())
def test_what_an_administrator_did_is_found(turned: Turned, statement: str) -> None:
    site = turned.new
    rewrap(site.url, site.keys, turned.old.private_key, now=NOW)
    verify(site.url, site.keys)
    site.tamper(statement)
    with pytest.raises(EscrowError, match="escrow does not verify"):
        verify(site.url, site.keys)


@pytest.mark.parametrize("place", [1, 3], ids=["the first", "the second"])
def test_a_wrap_taken_away_is_named_by_its_writer(turned: Turned, place: int) -> None:
    site = turned.new
    rewrap(site.url, site.keys, turned.old.private_key, now=NOW)
    writer = table(site, "epoch")[0][1]
    site.tamper("DELETE FROM epoch_key WHERE rowid = ?", place)
    with pytest.raises(EscrowError, match=f"a wrapped key of writer {writer} is missing"):
        verify(site.url, site.keys)


def test_a_retirement_undone_is_found(turned: Turned) -> None:
    site = turned.new
    rewrap(site.url, site.keys, turned.old.private_key, now=NOW)
    wrap = table(site, "epoch_key")[0]
    retire(site.url, site.keys, site.private_key, key_id=turned.made.before, now=NOW)
    site.tamper("INSERT INTO epoch_key VALUES (?,?,?)", *wrap)
    with pytest.raises(EscrowError, match="is altered or was added"):
        verify(site.url, site.keys)


def forge(site: Site, private_key: PrivateKey, kind: str, body: bytes) -> None:
    """Append what the custodian signed but the program would not have written."""
    author = private_key.author()
    with open_store(site.url, private_key.escrow_id) as store, store.transaction():
        store.log.append(author.entry(store.log.head(CUSTODIAN), kind, body))


def _retirement(key_id: bytes) -> bytes:
    return canonical({"at": "t", "key": key_id.hex(), "wraps": 0})


def test_signed_entries_that_cannot_follow_are_found(turned: Turned) -> None:
    site, public = turned.new, read_public(turned.new.keys)
    other = replace(public.key, raw=bytes(len(public.key.raw)))
    bodies = [
        ("rotate", leaves.rotate_body(public.key, "t", public.key)),
        ("rewrap", leaves.rewrap_body(other.key_id, [WrappedRow(1, "nobody", other.key_id, b"")], "t")),
        ("retire", _retirement(public.key_id)),
        ("retire", _retirement(other.key_id)),
    ]
    for kind, body in bodies:
        put_back = site.keep()
        forge(site, site.private_key, kind, body)
        with pytest.raises(EscrowError, match="does not fit the escrow keys before it"):
            verify(site.url, site.keys)
        put_back()


@pytest.mark.parametrize("author", ["operator", "writer"])
def test_nobody_but_the_custodian_rotates(turned: Turned, author: str) -> None:
    from deid.escrow.keys.local import read_writer

    site, public = turned.new, read_public(turned.new.keys)
    writer = read_writer(site.keys, public)
    name = "operator" if author == "operator" else table(site, "epoch")[0][1]
    chain = writer.author(str(name))
    with open_store(site.url, public.escrow_id) as store, store.transaction():
        store.log.append(chain.entry(store.log.head(chain.name), "retire", _retirement(public.key_id)))
    with pytest.raises(EscrowError, match="of a kind its author may not write"):
        verify(site.url, site.keys)


def test_the_new_files_say_what_the_log_says(turned: Turned) -> None:
    out = turned.made.files[0].parent
    assert sorted(path.name for path in out.iterdir()) == ["escrow.key", "escrow.pub"]
    fields = json.loads((out / "escrow.pub").read_text())
    with turned.new.sql() as db:
        (text,) = db.execute("SELECT body FROM log WHERE kind = 'rotate'").fetchone()
    body = json.loads(text)
    assert (fields["public_key"], fields["kem"], fields["created"]) == (
        body["public"],
        body["kem"],
        body["at"],
    )
    first = table(turned.new, "escrow_key")[0][2]
    assert isinstance(first, bytes)
    assert body["after"] == hashlib.sha256(first).hexdigest()


def test_an_escrow_may_begin_with_the_hybrid_key(tmp_path: Path) -> None:
    from deid.escrow import init_escrow

    folder = tmp_path / "escrow"
    url = f"sqlite:///{folder / 'escrow.db'}"
    info = init_escrow(url, folder, passphrase=PASSPHRASE, now=NOW, key="local:hybrid")
    site = Site(folder, open_private_key(info.private_key, PASSPHRASE))
    site.put("one", rows(1))
    verify(site.url, site.keys)
    assert reveal(site, "r0") == [b"secret of r0"]
    assert [key.kem for key in list_keys(site.url, site.keys)] == ["MLKEM768-X25519"]


def test_what_was_wrapped_twice_expires_is_backed_up_and_restored(turned: Turned, tmp_path: Path) -> None:
    new, old_id = turned.new, turned.made.before
    new.put("more", rows(2, "c"), run_id="run-3")
    rewrap(new.url, new.keys, turned.old.private_key, now=NOW)
    expire(new.url, new.keys, Expired(run_id="run-1"), why="retention", now=NOW)
    verify(new.url, new.keys)
    retire(new.url, new.keys, new.private_key, key_id=old_id, now=NOW)
    verify(new.url, new.keys)
    backup(new.url, new.keys, tmp_path / "backup", now=NOW)
    again = f"sqlite:///{tmp_path / 'again' / 'escrow.db'}"
    restore(tmp_path / "backup", again, new.keys, private_key=new.private_key, now=NOW)
    assert verify(again, new.keys).n_records == verify(new.url, new.keys).n_records
