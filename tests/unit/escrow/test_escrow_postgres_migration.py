"""A schema of an earlier version is brought to this one by its owner, whole or not at all."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from escrow_site import NOW, Site, rows

from deid.errors import EscrowError
from deid.escrow import Expired, expire, status, verify
from deid.escrow.stores import postgres_migrate
from deid.escrow.stores.postgres import PostgresDatabase
from deid.escrow.stores.postgres_migrate import migrate
from deid.escrow.stores.postgres_schema import GRANTS, MIGRATIONS, VERSION

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")

# Of the rights of each version: SHA-256 of GRANTS. When this fails, add a migration and its line.
RIGHTS = {2: "9c761cb0a78320c9b84713522b6cb4c4e3fe9daae440f1d51c76856bbafb7dc2"}


@pytest.fixture
def earlier(postgres_site: Site) -> Site:
    """An escrow as version 1 founded it, with a batch in it."""
    postgres_site.put("a", rows(3))
    with postgres_site.sql() as db:
        db.execute("REVOKE SELECT ON retired_key FROM template_escrow_shredder")
    postgres_site.tamper("DELETE FROM migration WHERE version > 1")
    return postgres_site


def version_of(site: Site) -> int:
    with site.sql() as db:
        found: int = db.execute("SELECT max(version) FROM migration").fetchone()[0]
        return found


def may(site: Site, role: str, right: str, table: str) -> bool:
    with site.sql() as db:
        query = "SELECT has_table_privilege(?, ?, ?)"
        found: bool = db.execute(query, (f"template_escrow_{role}", f"escrow.{table}", right)).fetchone()[0]
        return found


def test_rights_belong_to_a_version() -> None:
    assert len(MIGRATIONS) == VERSION == max(RIGHTS)
    assert hashlib.sha256(json.dumps(GRANTS).encode()).hexdigest() == RIGHTS[VERSION]


def test_the_owner_brings_an_earlier_schema_up_to_date_and_nothing_is_lost(
    earlier: Site, as_role: Callable[[str], Site]
) -> None:
    assert not may(earlier, "shredder", "SELECT", "retired_key")
    assert status(earlier.url, earlier.keys).records == 3
    assert version_of(earlier) == VERSION
    assert may(earlier, "shredder", "SELECT", "retired_key")
    assert verify(earlier.url, earlier.keys).n_records == 3
    with earlier.sql() as db:
        db.execute("DROP ROLE IF EXISTS caretaker")
        db.execute("CREATE ROLE caretaker LOGIN IN ROLE template_escrow_shredder, template_escrow_sweeper")
    as_shredder = as_role("shredder")
    shredder = replace(as_shredder, url=as_shredder.url.replace("a_shredder@", "caretaker@"))
    expire(shredder.url, shredder.keys, Expired(run_id="run-1"), why="kept a year", now=NOW)


@pytest.mark.parametrize("role", GRANTS)
def test_no_role_works_on_an_earlier_schema_and_each_says_who_can_help(
    earlier: Site, as_role: Callable[[str], Site], role: str
) -> None:
    with pytest.raises(EscrowError, match="escrow schema version 1, not 2") as caught:
        as_role(role).writer()
    assert "`deid escrow status`" in caught.value.hint
    assert version_of(earlier) == 1
    status(earlier.url, earlier.keys)
    if role == "writer":
        as_role(role).put("b", rows(1, "b"))


def test_an_earlier_schema_that_was_altered_is_not_brought_up_to_date(earlier: Site) -> None:
    with earlier.sql() as db:
        db.execute("DROP TRIGGER log_no_delete ON log")
    with pytest.raises(EscrowError, match="schema altered"):
        status(earlier.url, earlier.keys)
    assert version_of(earlier) == 1


def test_a_schema_without_any_version_is_refused(earlier: Site) -> None:
    earlier.tamper("DELETE FROM migration")
    with pytest.raises(EscrowError, match="schema altered"):
        status(earlier.url, earlier.keys)


def test_rights_given_beside_ours_are_taken_back(earlier: Site) -> None:
    with earlier.sql() as db:
        db.execute("GRANT SELECT ON sealed TO template_escrow_writer")
    status(earlier.url, earlier.keys)
    assert not may(earlier, "writer", "SELECT", "sealed")
    assert may(earlier, "writer", "INSERT", "sealed")


def test_a_step_that_fails_leaves_the_version_before(earlier: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_migrate, "GRANTS", {**GRANTS, "auditor": ("SELECT ON nowhere",)})
    with pytest.raises(EscrowError, match="escrow database"):
        status(earlier.url, earlier.keys)
    assert version_of(earlier) == 1
    assert not may(earlier, "shredder", "SELECT", "retired_key")
    monkeypatch.undo()
    assert status(earlier.url, earlier.keys).records == 3


def test_who_waited_for_another_finds_it_done(postgres_site: Site) -> None:
    opened = PostgresDatabase.open(postgres_site.url)
    with opened.transaction():
        migrate(opened.execute, opened.place)
    opened.close()
    assert version_of(postgres_site) == VERSION
