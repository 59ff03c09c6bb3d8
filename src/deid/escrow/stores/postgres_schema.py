"""The PostgreSQL schema of an escrow: the same tables as in SQLite, and who may do what to them.

The tables stand in a schema ``escrow`` that a role without login owns; logins are given one of the other
roles, all named after the database. Triggers refuse what no role has the right to either, so that an
administrator too must drop something first, which is noticed when the escrow is next opened.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deid.escrow.stores.schema import FROZEN, INDEXES, NUMBERED, TABLES, TRACED

_TYPES = {"INTEGER": "bigint", "BLOB": "bytea", "TEXT": "text"}

OWNER = "owner"

_EVERYONE = ("SELECT ON meta", "SELECT ON migration", "SELECT ON escrow_key")
_ALL = ("SELECT ON migration", *(f"SELECT ON {table}" for table in (*FROZEN, *TRACED)))
# What a new entry of the log and a checkpoint need, and nothing the log says.
_LOGGING = ("SELECT (seq, author, n, hash) ON log", "INSERT ON log")
# What stands on the list of tombstones is held against these entries, and done again if it must be.
_ENDING = (
    *_EVERYONE, "SELECT ON log", "INSERT ON log", "SELECT ON epoch", "SELECT ON batch", "SELECT ON swept",
    "SELECT ON dead_epoch", "SELECT ON tombstone", "SELECT ON dead_key", "SELECT ON subject_key",
)  # fmt: skip
GRANTS: Mapping[str, tuple[str, ...]] = {
    "writer": (
        *_EVERYONE,
        *_LOGGING,
        "SELECT (epoch_id) ON epoch",
        "INSERT ON epoch",
        "INSERT ON epoch_key",
        "SELECT (batch_id, first_seq, n_records, first_key, n_keys) ON batch",
        "INSERT ON batch",
        "INSERT ON subject_key",
        "INSERT ON sealed",
        "SELECT ON tombstone",
        "SELECT ON dead_epoch",
        "SELECT ON checkpoint",
        "INSERT ON checkpoint",
    ),
    "sweeper": (
        *_EVERYONE,
        *_LOGGING,
        "SELECT ON epoch",
        "SELECT ON batch",
        "SELECT ON swept",
        "INSERT ON swept",
        "SELECT (seq, batch_id) ON sealed",
        "DELETE ON sealed",
    ),
    "shredder": (
        *_ENDING,
        "DELETE ON subject_key",
        "SELECT (epoch_id, key_id) ON epoch_key",
        "DELETE ON epoch_key",
        "SELECT ON retired_key",  # the trigger that looks for an epoch key's trace reads it
        "INSERT ON dead_key",
        "INSERT ON dead_epoch",
        "INSERT ON tombstone",
        "EXECUTE ON FUNCTION rewrite_keys()",
    ),
    "rotator": (
        *_EVERYONE,
        "SELECT ON log",
        "INSERT ON log",
        "SELECT ON epoch",
        "SELECT ON epoch_key",
        "SELECT ON retired_key",
        "SELECT ON dead_epoch",
        "INSERT ON escrow_key",
        "INSERT ON epoch_key",
        "INSERT ON retired_key",
        "DELETE ON epoch_key",
        "EXECUTE ON FUNCTION rewrite_keys()",
    ),
    "approver": (
        *_EVERYONE,
        "SELECT ON log",
        *(
            f"SELECT ON {table}"
            for table in ("quorum", "approver", "reveal_request", "approval", "reveal_run")
        ),
        "INSERT ON log",
        "INSERT ON reveal_request",
        "INSERT ON approval",
    ),
    "revealer": (
        *_ALL,
        "INSERT ON log",
        "INSERT ON reveal_request",
        "INSERT ON approver",
        "INSERT ON quorum",
        "INSERT ON reveal_run",
    ),
    "auditor": _ALL,
}
"""Role → its rights; ``USAGE`` of the schema goes without saying. A change of them is a migration."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step from a version of the schema to the next.

    statements : what its owner does to the tables; rights are given anew after the last step, by ``GRANTS``.
    structure  : SHA-256 of what the catalogue says when it is done (``postgres_check``), 64 hex digits.
    """

    statements: tuple[str, ...]
    structure: str


def _table(statement: str) -> str:
    for word, kind in _TYPES.items():
        statement = statement.replace(f" {word}", f" {kind}")
    if statement.split()[2].partition("(")[0] in NUMBERED:
        statement = statement.removesuffix(")") + ", rowid bigint GENERATED ALWAYS AS IDENTITY)"
    return statement


def _functions() -> list[str]:
    refuse = "RAISE EXCEPTION 'append-only' USING ERRCODE = 'restrict_violation'"
    traced = [
        _function(f"{table}_traced", f"IF {_traced(traces)} THEN RETURN OLD; END IF; {refuse};")
        for table, traces in TRACED.items()
    ]
    return [_function("refuse", f"{refuse};"), *traced]


def _traced(traces: Sequence[tuple[str, str]]) -> str:
    return " OR ".join(
        f"EXISTS (SELECT FROM escrow.{trace} WHERE {trace}.{key} = OLD.{key})" for trace, key in traces
    )


def _function(name: str, body: str) -> str:
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp "
        f"AS $$BEGIN {body} END$$"
    )


def _triggers() -> list[str]:
    made = [
        f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse()"
        for table in (*FROZEN, *TRACED, "migration")
        for event in ("UPDATE", "DELETE", "TRUNCATE")
        if not (table in TRACED and event == "DELETE")
    ]
    return made + [
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_traced()"
        for table in TRACED
    ]


# A rewritten table has no dead rows in its file. The expression makes PostgreSQL rewrite; the right to do
# so is the owner's, and the function lends it for this alone.
_REWRITE = """CREATE FUNCTION rewrite_keys() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
 SET search_path = pg_catalog, pg_temp AS $$BEGIN
 ALTER TABLE escrow.subject_key ALTER COLUMN wrapped TYPE bytea USING substr(wrapped, 1);
 ALTER TABLE escrow.epoch_key ALTER COLUMN wrapped TYPE bytea USING substr(wrapped, 1); END$$"""

_STRUCTURE_1 = "712a1501199a2265b9fc9bb4558e2aff18b619fef02a395c0daeb9a5bcef1822"
MIGRATIONS = (
    Migration(
        (
            "CREATE TABLE migration(version bigint PRIMARY KEY)",
            *map(_table, TABLES),
            *INDEXES,
            *_functions(),
            *_triggers(),
            _REWRITE,
            "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA escrow FROM PUBLIC",
        ),
        _STRUCTURE_1,
    ),
    # Rights alone: the shredder of version 1 could not read retired_key, so expiry and wiping failed.
    Migration((), _STRUCTURE_1),
)
VERSION = len(MIGRATIONS)
