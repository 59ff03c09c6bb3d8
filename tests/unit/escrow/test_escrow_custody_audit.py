"""``verify`` over every table: a row edited, deleted, cut off the end or put in another place; rollbacks."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from escrow_custody import LATER, PEOPLE, ask, live, register, require, run, say_yes
from escrow_site import NOW, Site, reveal, rows

from deid.errors import EscrowError
from deid.escrow import Expired, backup, checkpoint, expire, gc, log_denial, requests, shred, verify
from deid.escrow.chain import body
from deid.escrow.derived import append
from deid.escrow.keys.local import read_public
from deid.escrow.stores.open import open_store
from deid.escrow.stores.retention import DUMPED
from deid.escrow.stores.rows import ApprovalRow, RunRow

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")

# What an escrow says of itself is not held against itself: ``meta`` names the escrow, and another's name does
# not open; a checkpoint inside the database proves nothing when it is gone. Escrow keys that were changed or
# retired are the business of ``test_escrow_rotation``.
SINGLE = {"meta", "escrow_key", "retired_key"}
TABLES = [table for table in DUMPED if table not in SINGLE | {"checkpoint"}]


@pytest.fixture(scope="module")
def lived(template: Site, tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("lived") / "escrow"
    shutil.copytree(template.folder, folder)
    site = Site(folder, template.private_key, f"sqlite:///{folder / 'escrow.db'}")
    live(site)
    verify(site.url, site.keys)
    return site


@pytest.fixture
def busy(lived: Site, tmp_path: Path) -> Site:
    shutil.copytree(lived.folder, tmp_path / "busy")
    return Site(tmp_path / "busy", lived.private_key, f"sqlite:///{tmp_path / 'busy' / 'escrow.db'}")


def columns(site: Site, table: str) -> list[tuple[str, str]]:
    with site.sql() as db:
        return [(row[1], row[2]) for row in db.execute(f"PRAGMA table_info({table})")]


def found(site: Site) -> None:
    with pytest.raises(EscrowError, match=r"does not verify|belongs to another escrow"):
        verify(site.url, site.keys)


@pytest.mark.parametrize("table", [*TABLES, "escrow_key", "meta"])
def test_a_row_deleted_is_found(busy: Site, table: str) -> None:
    busy.tamper(f"DELETE FROM {table} WHERE rowid = (SELECT min(rowid) FROM {table})")  # noqa: S608
    found(busy)


@pytest.mark.parametrize("table", TABLES)
def test_the_last_row_cut_off_is_found(busy: Site, table: str) -> None:
    busy.tamper(f"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})")  # noqa: S608
    found(busy)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_emptied_is_found(busy: Site, table: str) -> None:
    busy.tamper(f"DELETE FROM {table}")  # noqa: S608
    found(busy)


@pytest.mark.parametrize("table", TABLES)
def test_rows_in_another_order_are_found(busy: Site, table: str) -> None:
    """The numbers of the first and the last row change places."""
    with busy.sql() as db:
        low, high = db.execute(f"SELECT min(rowid), max(rowid) FROM {table}").fetchone()  # noqa: S608
    assert low < high
    if table in ("swept", "dead_epoch"):  # nothing but a number: another takes its place
        busy.tamper(f"UPDATE {table} SET rowid = 1 WHERE rowid = ?", low)  # noqa: S608
    elif table == "epoch_key":  # unordered but for its epochs
        busy.tamper("UPDATE epoch_key SET epoch_id = 2 - epoch_id + 1 + 100 WHERE epoch_id < 3")
        busy.tamper("UPDATE epoch_key SET epoch_id = epoch_id - 100 WHERE epoch_id > 100")
    else:
        busy.tamper(
            f"UPDATE {table} SET rowid = CASE rowid WHEN {low} THEN -1 ELSE -2 END "  # noqa: S608
            f"WHERE rowid IN ({low}, {high})"
        )
        busy.tamper(
            f"UPDATE {table} SET rowid = CASE rowid WHEN -1 THEN {high} ELSE {low} END "  # noqa: S608
            "WHERE rowid < 0"
        )
    found(busy)


@pytest.mark.parametrize("table", TABLES)
def test_any_column_edited_is_found(busy: Site, table: str) -> None:
    changed = {"INTEGER": "{} + 1000", "TEXT": "{} || 'x'", "BLOB": "zeroblob(length({}))"}
    missed = []
    for column, kind in columns(busy, table):
        copy = busy.folder / "before"
        shutil.copy(busy.database, copy)
        busy.tamper(
            f"UPDATE {table} SET {column} = {changed[kind].format(column)} "  # noqa: S608
            f"WHERE rowid = (SELECT max(rowid) FROM {table})"
        )
        try:
            verify(busy.url, busy.keys)
            missed.append(column)
        except EscrowError:
            pass
        for side in ("-wal", "-shm"):
            busy.database.with_name(busy.database.name + side).unlink(missing_ok=True)
        copy.replace(busy.database)
    assert missed == []


def refused(site: Site) -> None:
    with pytest.raises(EscrowError):
        reveal(site, "a0")


# rollbacks: one act, the database put back to before it, a checkpoint made after it

ACTS: dict[str, Callable[[Site], object]] = {
    "epoch, batch, keys, records": lambda site: site.put("z", rows(2, "z")),
    "gc": lambda site: gc(site.url, site.keys, {}, run_id="run-a", now=NOW),
    "shred": lambda site: shred(site.url, site.keys, subject="u0", why="x", now=NOW),
    "expire": lambda site: expire(site.url, site.keys, Expired(run_id="run-a"), why="x", now=NOW),
    "quorum": lambda site: require(site, 3),
    "approver": lambda site: register(site, "stranger"),
    "request": lambda site: ask(site, "a0"),
    "approval": lambda site: say_yes(site, ask(site, "a0"), "legal"),
    "refusal": refused,
    "denial": lambda site: log_denial(site.url, site.keys, purpose="p", requester="r", now=NOW),
    "backup": lambda site: backup(site.url, site.keys, site.folder / "b", now=NOW),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_a_rollback_is_found_against_a_checkpoint_kept_elsewhere(
    busy: Site, act: Callable[[Site], object]
) -> None:
    with busy.sql() as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(busy.database, busy.folder / "before")
    act(busy)
    kept = checkpoint(busy.url, busy.keys, now=NOW)
    verify(busy.url, busy.keys, checkpoint=kept)
    for side in ("-wal", "-shm"):
        busy.database.with_name(busy.database.name + side).unlink(missing_ok=True)
    shutil.copy(busy.folder / "before", busy.database)
    with pytest.raises(EscrowError, match="entries, a checkpoint signed"):
        verify(busy.url, busy.keys, checkpoint=kept)


# rules that a program of the attacker's own would break, signed with keys it has


def forge(site: Site, author: str, kind: str, said: dict[str, object]) -> None:
    """Append an entry as one of our own people, with the row it says, past every rule."""
    key = (
        site.private_key.author()
        if author == "custodian"
        else PEOPLE[author].author(site.private_key.escrow_id)
    )
    with open_store(site.url, site.private_key.escrow_id) as store, store.transaction():
        append(store, key, kind, body(said))


def broken(site: Site) -> None:
    with pytest.raises(EscrowError, match=r"breaks a rule of custody|without the approvals"):
        verify(site.url, site.keys)


def test_a_requester_who_approves_is_found(busy: Site) -> None:
    forge(busy, "office", "approval", {"at": "", "request": ask(busy, "a0")})
    broken(busy)


def test_an_approval_of_ones_own_put_in_past_the_rules_does_not_count(busy: Site) -> None:
    request = ask(busy, "a0")
    forge(busy, "office", "approval", {"at": "", "request": request})
    say_yes(busy, request, "legal")
    with pytest.raises(EscrowError, match="has 1 of 2 approvals"):
        run(busy, request)


def test_an_approval_of_nothing_is_found(busy: Site) -> None:
    forge(busy, "legal", "approval", {"at": "", "request": "00" * 32})
    broken(busy)


def test_a_lowered_number_of_approvals_is_found(busy: Site) -> None:
    forge(busy, "custodian", "quorum", {"approvals": 1, "at": ""})
    broken(busy)


def test_a_reveal_with_too_few_approvals_is_found(busy: Site) -> None:
    request = ask(busy, "a0")
    say_yes(busy, request, "legal")
    forge(busy, "custodian", "reveal", {"request": request, "records": []})
    broken(busy)


RUN: dict[str, object] = {
    "at": "2026-01-31T09:00:00Z", "purpose": "access request", "records": [], "requester": "office",
    "ticket": "T-2291",
}  # fmt: skip
BEYOND: dict[str, dict[str, object]] = {
    "another record": {"records": ["00" * 16]},
    "before it was asked": {"at": "2026-01-31T08:59:59Z"},
    "after it expired": {"at": "2026-02-07T09:00:00Z"},
    "for another purpose": {"purpose": "curiosity"},
    "in another case": {"ticket": "T-1"},
    "": {},
}


@pytest.mark.parametrize("beyond", BEYOND.values(), ids=BEYOND.keys())
def test_a_reveal_beyond_its_request_is_found(busy: Site, beyond: dict[str, object]) -> None:
    request = ask(busy, "a0")
    for name in ("legal", "audit"):
        say_yes(busy, request, name)
    forge(busy, "custodian", "reveal", {**RUN, "request": request, **beyond})
    if beyond:
        broken(busy)
    else:
        with pytest.raises(EscrowError, match=r"verify: 1 decisions of custody in the log are missing"):
            verify(busy.url, busy.keys)


def test_a_reveal_of_more_of_a_subject_than_its_request_allows_is_found(busy: Site) -> None:
    request = ask(busy, subject="u2", maximum=1)
    for name in ("legal", "audit"):
        say_yes(busy, request, name)
    forge(busy, "custodian", "reveal", {**RUN, "request": request, "records": ["00" * 16, "11" * 16]})
    broken(busy)


def test_a_request_for_more_than_any_request_may_open_is_refused(busy: Site) -> None:
    said = {"at": "", "expires": "", "purpose": "p", "records": [], "subject": "00" * 16, "ticket": "t"}
    forge(busy, "office", "request", {**said, "maximum": 10_001})
    with pytest.raises(EscrowError, match="record of custody is damaged"):
        requests(busy.url, busy.keys, now=NOW)


def test_a_reveal_without_a_request_is_found(busy: Site) -> None:
    forge(busy, "custodian", "reveal", {"records": []})
    broken(busy)


def test_an_entry_of_somebody_not_registered_is_found(busy: Site) -> None:
    forge(busy, "stranger", "request", {"at": ""})
    with pytest.raises(EscrowError, match="not signed"):
        verify(busy.url, busy.keys)


def test_a_row_without_its_entry_is_found(busy: Site) -> None:
    request = bytes.fromhex(ask(busy, "a0"))
    with open_store(busy.url, read_public(busy.keys).escrow_id) as store, store.transaction():
        store.custody.add(ApprovalRow(1, request, "approver-" + "0" * 16))
        store.custody.add(RunRow(2, request))
    found(busy)


def test_the_schema_before_this_one_is_brought_up_to_it(busy: Site) -> None:
    from deid.escrow.stores.schema import statements

    one = statements(1)
    with busy.sql() as db:
        for sql in set(statements()) - set(one):
            kind, name = sql.split()[1], sql.split()[2].partition("(")[0]
            if kind == "TRIGGER":
                db.execute(f"DROP TRIGGER {name}")
        for sql in statements():
            name = sql.split()[2].partition("(")[0]
            if sql.startswith("CREATE TABLE") and sql not in one:
                db.execute(f"DROP TABLE {name}")
        held = {sql for (sql,) in db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
        for sql in one:
            if sql not in held:
                db.execute(sql)
        db.execute("PRAGMA user_version=1")
        (n_log,) = db.execute("SELECT count(*) FROM log").fetchone()
    with open_store(busy.url, read_public(busy.keys).escrow_id) as store, store.snapshot():
        assert store.counts()["log"] == n_log
    with busy.sql() as db:
        assert db.execute("PRAGMA user_version").fetchone() == (2,)
        held = {sql for (sql,) in db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
    assert held == set(statements())


def test_an_altered_schema_of_version_1_is_refused(sqlite_site: Site) -> None:
    site = sqlite_site
    with site.sql() as db:
        db.execute("PRAGMA user_version=1")
    with pytest.raises(EscrowError, match="schema altered"):
        verify(site.url, site.keys)


def test_a_request_run_late_is_refused_whatever_the_tables_say(busy: Site) -> None:
    request = ask(busy, "a0")
    for name in ("legal", "audit"):
        say_yes(busy, request, name)
    with pytest.raises(EscrowError, match="expired"):
        run(busy, request, now=LATER)
