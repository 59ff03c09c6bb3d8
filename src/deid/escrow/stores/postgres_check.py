"""What a PostgreSQL database must be to hold an escrow: durable, ours, whole and closed to others."""

import hashlib
import json
from collections.abc import Callable, Sequence

from deid.errors import EscrowError
from deid.escrow.stores.backend import Row
from deid.escrow.stores.postgres_schema import MIGRATIONS, VERSION

Query = Callable[[str], Sequence[Row]]

# Without each of these a batch reported as durable may be lost or torn when power fails.
_DURABLE = ("fsync", "full_page_writes", "synchronous_commit")

# Plain columns of the catalogue, not definitions as text, which change between versions of PostgreSQL.
_STRUCTURE = """WITH r AS (SELECT * FROM pg_class WHERE relnamespace = 'escrow'::regnamespace)
SELECT 'relation', relname::text, concat_ws(' ', relkind, relpersistence, relrowsecurity,
  relforcerowsecurity, relispartition, relhassubclass) FROM r
UNION ALL SELECT 'column', relname, concat_ws(' ', attnum, attname, format_type(atttypid, atttypmod),
  attnotnull, atthasdef, attidentity, attgenerated, attisdropped)
  FROM r JOIN pg_attribute a ON attrelid = r.oid WHERE relkind = 'r' AND attnum > 0
UNION ALL SELECT 'constraint', r.relname, concat_ws(' ', contype, conkey::text, f.relname, confkey::text,
  convalidated, condeferrable)
  FROM r JOIN pg_constraint ON conrelid = r.oid LEFT JOIN pg_class f ON f.oid = confrelid WHERE contype <> 'n'
UNION ALL SELECT 'index', relname, concat_ws(' ', indrelid::regclass::text, indkey::text, indisunique,
  indisvalid, indpred IS NULL) FROM r JOIN pg_index ON indexrelid = r.oid
UNION ALL SELECT 'trigger', relname, concat_ws(' ', tgname, tgtype, tgenabled, proname,
  pronamespace = 'escrow'::regnamespace, tgqual IS NULL, tgattr::text)
  FROM r JOIN pg_trigger ON tgrelid = r.oid JOIN pg_proc p ON p.oid = tgfoid
  WHERE NOT tgisinternal OR tgenabled <> 'O'
UNION ALL SELECT 'function', proname, concat_ws(' ', prosrc, prosecdef, proconfig::text, lanname)
  FROM pg_proc JOIN pg_language l ON l.oid = prolang WHERE pronamespace = 'escrow'::regnamespace
UNION ALL SELECT 'rule', relname, rulename FROM r JOIN pg_rewrite ON ev_class = r.oid"""

_OPEN_TO_ALL = """SELECT count(*) FROM (
 SELECT nspacl AS acl FROM pg_namespace WHERE nspname = 'escrow'
 UNION ALL SELECT relacl FROM pg_class WHERE relnamespace = 'escrow'::regnamespace
 UNION ALL SELECT attacl FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
  WHERE relnamespace = 'escrow'::regnamespace
 UNION ALL SELECT coalesce(proacl, acldefault('f', proowner)) FROM pg_proc
  WHERE pronamespace = 'escrow'::regnamespace
) granted, aclexplode(acl) right_given WHERE right_given.grantee = 0"""


def check_durable(query: Query, place: str) -> None:
    """Refuse a server that may lose what it acknowledged."""
    for setting in _DURABLE:
        if query(f"SHOW {setting}") == [("off",)]:
            raise EscrowError(
                f"{place}: `{setting}` is off: what is sealed could be lost",
                hint="switch it on for the server, the database and the user",
            )


def check_schema(query: Query, place: str) -> None:
    """Refuse a database without our schema, of another version, altered, or open to every user."""
    check_version(version(query, place), place)
    check_structure(query, place, VERSION)
    if query(_OPEN_TO_ALL) != [(0,)]:
        raise EscrowError(
            f"{place}: open to every user of the server",
            hint="revoke what PUBLIC was granted in schema escrow",
        )


def version(query: Query, place: str) -> int:
    """Return the version of the schema; EscrowError when there is none."""
    if query("SELECT to_regnamespace('escrow') IS NULL") == [(True,)]:
        raise EscrowError(f"{place}: no escrow in this database", hint="`deid escrow init` makes one")
    return int(query("SELECT coalesce(max(version), 0) FROM escrow.migration")[0][0])


def check_version(found: int, place: str) -> None:
    """Refuse a schema of a later version."""
    if found > VERSION:
        raise EscrowError(
            f"{place}: escrow schema version {found}, newer than {VERSION}", hint="use a newer deid"
        )


def check_structure(query: Query, place: str, of: int) -> None:
    """Refuse a schema that is not, in the catalogue, that of a version."""
    if not 0 < of <= VERSION or structure(query) != MIGRATIONS[of - 1].structure:
        raise EscrowError(
            f"{place}: schema altered: append-only rules may be off", hint="restore a backup and compare"
        )


def structure(query: Query) -> str:
    """Return a digest of everything the catalogue says about the schema, 64 hex digits."""
    rows = sorted(map(list, query(_STRUCTURE)))
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()
