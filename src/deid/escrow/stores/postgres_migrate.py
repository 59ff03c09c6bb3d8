"""Making an escrow's schema, roles and rights in PostgreSQL, and bringing an earlier schema to this version.

Everything runs in the caller's transaction, which no other writer shares, so it is done whole or not at all.
"""

from collections.abc import Callable, Sequence

from deid.errors import EscrowError
from deid.escrow.stores.backend import Row
from deid.escrow.stores.postgres_check import check_structure, version
from deid.escrow.stores.postgres_schema import GRANTS, MIGRATIONS, OWNER, VERSION

Execute = Callable[..., Sequence[Row]]

_MAX_NAME_BYTES = 63  # PostgreSQL cuts longer names


def make(execute: Execute, place: str, database: str) -> None:
    """Make roles, schema and tables; the rest of the transaction runs as the owner."""
    if execute("SELECT to_regnamespace('escrow') IS NOT NULL") == [(True,)]:
        raise EscrowError(f"{place}: an escrow exists already", hint="nothing is ever overwritten")
    owner, *_ = [_role(execute, place, f"{database}_{role}") for role in (OWNER, *GRANTS)]
    execute(f"GRANT {owner} TO CURRENT_USER")
    execute(f"CREATE SCHEMA escrow AUTHORIZATION {owner}")
    _carry_out(execute, f"{database}_", 0)


def migrate(execute: Execute, place: str) -> None:
    """Carry out the steps a schema lacks; EscrowError to anyone but its owner, and for one altered."""
    found = version(execute, place)
    if found >= VERSION:  # done while this process waited for its turn
        return
    ((owner, may),) = execute(
        "SELECT pg_get_userbyid(nspowner)::text, pg_has_role(nspowner, 'MEMBER') FROM pg_namespace "
        "WHERE nspname = 'escrow'"
    )
    if not may:
        raise EscrowError(
            f"{place}: escrow schema version {found}, not {VERSION}",
            hint="it is brought up to date when who made it, or a superuser, runs `deid escrow status`",
        )
    check_structure(execute, place, found)
    _carry_out(execute, owner.removesuffix(OWNER), found)


def _carry_out(execute: Execute, prefix: str, found: int) -> None:
    """Carry out every step after version ``found`` as the owner, then give each role its rights anew.

    prefix : what the names of the roles begin with.
    """
    execute(f"SET LOCAL ROLE {_quoted(prefix + OWNER)}")
    for number, migration in enumerate(MIGRATIONS[found:], found + 1):
        for statement in migration.statements:
            execute(statement)
        execute("INSERT INTO migration VALUES (?)", (number,))
    for role, grants in GRANTS.items():
        name = _quoted(prefix + role)
        for kind in ("TABLES", "FUNCTIONS"):
            execute(f"REVOKE ALL ON ALL {kind} IN SCHEMA escrow FROM {name}")
        for grant in ("USAGE ON SCHEMA escrow", *grants):
            execute(f"GRANT {grant} TO {name}")


def _role(execute: Execute, place: str, name: str) -> str:
    """Make a role without login; one may be there from an escrow that stood in this database before."""
    if len(name.encode()) > _MAX_NAME_BYTES:
        raise EscrowError(f"{place}: the database's name is too long to name roles after it")
    held = execute("SELECT rolcanlogin OR rolsuper FROM pg_roles WHERE rolname = ?", (name,))
    if held == [(True,)]:
        raise EscrowError(
            f"{place}: role `{name}` exists already, with a login",
            hint="name the database otherwise",
        )
    if not held:
        execute(f"CREATE ROLE {_quoted(name)} NOLOGIN")
    return _quoted(name)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
