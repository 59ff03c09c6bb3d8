"""The list beside the keys of everything destroyed, and of decisions, so that no older copy undoes them.

``tombstones.jsonl``, mode 0600: one line for each ``shred``, ``expire`` and ``wipe`` entry of the operator's
chain, and for each decision of the custodian's (``decisions``), as canonical JSON
``{author, body, hash, kind, n, prev, signature}``, bytes in hex, the body as text. An entry is on the list,
durably, before its transaction is committed: killed in between, the list names something the log lacks, and
the next one, or ``verify``, says so; the other order could forget one.
"""

import fcntl
import os
from collections.abc import Collection, Iterable
from pathlib import Path

import orjson

from deid.errors import EscrowError
from deid.escrow.chain import CUSTODIAN, DECISION_KINDS, OPERATOR, Entry, body, entry_is_whole, fields_of
from deid.escrow.keys.files import check_private
from deid.escrow.keys.local import PublicKey, public_path
from deid.store import sync_folder

NAME = "tombstones.jsonl"
ENDS = frozenset({"shred", "expire", "wipe"})
_FIELDS = {"author", "body", "hash", "kind", "n", "prev", "signature"}


def path_beside(keys: str) -> Path:
    """Return where the list of an escrow stands: beside ``escrow.pub``."""
    return public_path(keys).with_name(NAME)


def read(path: Path, public: PublicKey, kinds: Collection[str] = ENDS | DECISION_KINDS) -> list[Entry]:
    """Return the entries of these kinds of a list, in order and each once.

    EscrowError for any line that was not signed by whom it should be. Lists may be joined end to end: a line
    may stand twice. A last line without its end was cut off while it was written, before anything was done.
    """
    try:
        check_private(path)
        *lines, _ = path.read_bytes().split(b"\n")
    except OSError as error:
        raise EscrowError(f"{path}: cannot read: {error.strerror}") from None
    entries = [_entry(line, f"{path}:{number}", public) for number, line in enumerate(lines, 1)]
    return [*{entry.hash: entry for entry in entries if entry.kind in kinds}.values()]


def read_if_any(path: Path, public: PublicKey, kinds: Collection[str]) -> list[Entry]:
    """Return what ``read`` does; nothing where no list was made yet."""
    return read(path, public, kinds) if path.exists() else []


def add(path: Path, entries: Iterable[Entry]) -> None:
    """Add entries to a list, durably; make the list when there is none."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "r+b") as handle:
            check_private(path)
            # A restore elsewhere shares the list, not the database's lock: it must not cut what we write.
            fcntl.flock(handle, fcntl.LOCK_EX)
            handle.seek(_whole(handle.read()))
            handle.truncate()
            handle.writelines(_line(entry) for entry in entries)
            handle.flush()
            os.fsync(handle.fileno())
        sync_folder(path.parent)
    except OSError as error:
        raise EscrowError(f"{path}: cannot write: {error.strerror}", hint="nothing was destroyed") from None


def add_missing(path: Path, listed: Iterable[Entry], log: Iterable[Entry]) -> None:
    """Add the entries of a log that its list, as it was read, lacks; make the list when there is none."""
    known = {entry.hash for entry in listed}
    add(path, [entry for entry in log if entry.hash not in known])


def unlisted(listed: Collection[Entry], log: Iterable[Entry]) -> int:
    """Return how many entries of a log its list lacks.

    A list that names no decision at all lacks none: until the next decision or backup it is as it was made by
    a version that listed destructions alone, or by the first shredding of an escrow founded with approvals.
    """
    known = {entry.hash for entry in listed}
    decided = any(entry.author == CUSTODIAN for entry in listed)
    return sum(entry.hash not in known for entry in log if decided or entry.author != CUSTODIAN)


def outstanding(listed: Iterable[Entry], log: Iterable[Entry]) -> list[Entry]:
    """Return the listed entries that the log neither has nor carried out again (``of``).

    One done again in another copy (its ``of`` is in list or log) is never owed by itself: it says what that
    copy lost then; the entry it names says what every copy must lose.
    """
    done = {each for entry in log for each in (entry.hash.hex(), fields_of(entry).get("of"))}
    listed = list(listed)
    settled = done | {entry.hash.hex() for entry in listed}
    return [
        entry
        for entry in listed
        if entry.hash.hex() not in done and fields_of(entry).get("of", "") not in settled
    ]


def _whole(data: bytes) -> int:
    """Return where the last whole line ends."""
    return data.rfind(b"\n") + 1


def _line(entry: Entry) -> bytes:
    said = {
        "author": entry.author,
        "body": entry.body.decode(),
        "hash": entry.hash.hex(),
        "kind": entry.kind,
        "n": entry.n,
        "prev": entry.prev.hex(),
        "signature": entry.signature.hex(),
    }
    return body(said) + b"\n"


def _entry(line: bytes, where: str, public: PublicKey) -> Entry:
    try:
        said = orjson.loads(line)
        entry = Entry(
            said["author"],
            said["n"],
            said["kind"],
            said["body"].encode(),
            bytes.fromhex(said["prev"]),
            bytes.fromhex(said["hash"]),
            bytes.fromhex(said["signature"]),
        )
        good = said.keys() == _FIELDS and _line(entry) == line + b"\n" and _is_ours(entry, public)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        good, entry = False, None
    if not good or entry is None:
        raise EscrowError(f"{where}: this line is damaged or not signed", hint="restore the list from a copy")
    return entry


def _is_ours(entry: Entry, public: PublicKey) -> bool:
    if entry.author == CUSTODIAN:
        signed = entry_is_whole(entry, public.escrow_id, public.custodian_log)
        decided = signed and entry.kind in DECISION_KINDS
        return decided and (entry.kind != "reveal" or "request" in fields_of(entry))
    signed = entry_is_whole(entry, public.escrow_id, public.writer_log)
    return signed and entry.author == OPERATOR and entry.kind in ENDS
