"""Opening what was sealed: the only module that turns escrow into plaintext.

Every attempt is an entry in the custodian's chain, committed before anything is opened: who asked, what
for, and the index ids of the records. One that finds nothing or does not open leaves a ``refusal`` entry
too. Where approvals are needed (``custody``), only an approved request is carried out, once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from deid.errors import EscrowError
from deid.escrow import tombstones
from deid.escrow.chain import Entry, body, check_name, timestamp
from deid.escrow.decisions import CUSTODY, Decider, custodian
from deid.escrow.derived import append
from deid.escrow.envelope import DataKey, EpochContext, does_not_open, record_context
from deid.escrow.keys.local import PrivateKey, read_public, read_writer
from deid.escrow.keys.wrapper import KeyUnwrapper
from deid.escrow.register import OVER, SHOWN_DIGITS, Register, Request
from deid.escrow.stores.open import open_store
from deid.escrow.stores.rows import EpochRow, FoundRecord
from deid.escrow.stores.store import Store

# Records that share one log entry; each chunk is one durable commit.
_CHUNK = 1_000
# Records of one subject looked at for a request; more than a request may open, so too many are noticed.
_MOST_CANDIDATES = 100_000


@dataclass(frozen=True, slots=True)
class _Request:
    """Why a reveal happens, as the log keeps it."""

    purpose: str
    requester: str
    at: str


@dataclass(frozen=True, slots=True)
class _Opener:
    """The custodian at work: a store, the private key, and the epoch keys unwrapped so far."""

    store: Store
    private_key: PrivateKey
    request: _Request
    register: Register
    published: Mapping[str, str] | None
    _epochs: dict[int, DataKey] = field(default_factory=dict, repr=False)

    def reveal(self, records: list[str]) -> list[list[bytes]]:
        """Log the request, then open each record's payloads, in order."""
        names = [self.private_key.index.record(record) for record in records]
        with self.store.transaction():
            required = self.register.required()
            found = {} if required else self._find(names)
            unknown = [name for name, rows in found.items() if not rows]
            kind = "refusal" if required or unknown else "reveal"
            self._log(kind, unknown or names, "needs approval" if required else "unknown record")
        if required:
            raise EscrowError(
                f"a reveal of this escrow needs {required} approvals", hint="ask with `deid reveal request`"
            )
        if unknown:
            raise does_not_open()
        return [self._open_all(found[name]) for name in names]

    def carry_out(self, request: str, decider: Decider) -> dict[bytes, list[bytes]]:
        """Log and list an approved request, then open it; return the payloads of each record by index id."""
        with self.store.transaction():
            decider.settle(CUSTODY)
        with self.store.transaction():
            asked = self.register.request(request)
            found = self._asked_for(asked)
            reason = self._objection(asked, found)
            entry = self._log("refusal" if reason else "reveal", list(found), reason, request=asked)
            if not reason:
                tombstones.add(decider.listed, [entry])
        if reason:
            raise EscrowError(f"request {asked.request[:SHOWN_DIGITS]}: {reason}", hint="`deid reveal list`")
        return {name: self._open_all(rows) for name, rows in found.items()}

    def _asked_for(self, asked: Request) -> dict[bytes, list[FoundRecord]]:
        """Return the rows a request is for: of records all that is sealed, of a subject their part alone."""
        subject = bytes.fromhex(asked.subject)
        if not subject:
            return self._find([*map(bytes.fromhex, asked.records)])
        candidates = list(islice(self.store.custody.records_of(subject), _MOST_CANDIDATES))
        found = {
            name: [row for row in rows if _is_of(row, subject)]
            for name, rows in self._find(candidates).items()
        }
        return {name: rows for name, rows in found.items() if rows}

    def _objection(self, asked: Request, found: Mapping[bytes, list[FoundRecord]]) -> str:
        """Return why a request may not be carried out, as the log says it; empty when it may."""
        standing = self.register.standing(asked, self.request.at)
        if standing.state == "waiting":
            return f"has {len(standing.approvers)} of {standing.required} approvals"
        if standing.state != "ready":
            return OVER[standing.state]
        if len(found) > asked.maximum:
            return f"is for at most {asked.maximum} records"
        return "" if found and all(found.values()) else "finds no such record"

    def _find(self, names: Sequence[bytes]) -> dict[bytes, list[FoundRecord]]:
        """Return the rows of each record that count."""
        found = self.store.find(names)
        return {name: [row for row in rows if self._counts(row)] for name, rows in found.items()}

    def refuse(self, record: bytes, reason: str) -> EscrowError:
        """Log that a record did not open, and return the one error."""
        with self.store.transaction():
            self._log("refusal", [record], reason)
        return does_not_open()

    def _open_all(self, rows: list[FoundRecord]) -> list[bytes]:
        alive = [row for row in rows if not row.dead]
        try:
            return [self._open(row) for row in alive]
        except EscrowError:
            raise self.refuse(rows[0].record, "does not open") from None

    def _open(self, row: FoundRecord) -> bytes:
        if row.key is None:
            raise does_not_open()
        epoch = row.epoch
        context = EpochContext(self.private_key.escrow_id, epoch.writer, epoch.run_id, epoch.domain)
        key_context = context.subject_key(row.key.subject, row.key.key_id)
        secret = self._epoch_key(epoch, context).unseal(row.key.wrapped, key_context)
        whole = record_context(context.batch(row.batch, row.attempt), row.record, row.key.subject)
        return DataKey.of(secret).unseal(row.blob, whole)

    def _epoch_key(self, epoch: EpochRow, context: EpochContext) -> DataKey:
        known = self._epochs.get(epoch.epoch_id)
        if known is None:
            with self.store.snapshot():
                wrapped = dict(self.store.wrapped_keys(epoch.epoch_id))
            known = _unwrap(self.private_key, wrapped, context)
            self._epochs[epoch.epoch_id] = known
        return known

    def _counts(self, row: FoundRecord) -> bool:
        return self.published is None or self.published.get(row.batch) == row.attempt

    def _log(self, kind: str, names: list[bytes], reason: str, *, request: Request | None = None) -> Entry:
        asked = (
            self.request if request is None else _Request(request.purpose, request.requester, self.request.at)
        )
        fields: dict[str, object] = {
            "at": asked.at,
            "purpose": asked.purpose,
            "records": [name.hex() for name in names],
            "requester": asked.requester,
        }
        if request is not None:
            fields |= {"request": request.request, "ticket": request.ticket}
        if kind == "refusal":
            fields["reason"] = reason
        return append(self.store, self.private_key.author(), kind, body(fields))


def reveal_record(  # noqa: PLR0913 - a reveal without one of these is not accountable
    url: str,
    *,
    private_key: PrivateKey,
    record: str,
    purpose: str,
    requester: str,
    published: Mapping[str, str] | None,
    now: datetime,
) -> list[bytes]:
    """Return the payloads of one record: one a subject, in the order they were sealed.

    published : batch to attempt, as the release's manifest names them; None opens every attempt.
    purpose, requester : go into the log in clear, so they name a case and an office, never a person's text.

    Whether approvals are needed is what the database says; ``settle_decisions`` first holds it to the list.
    A record of several subjects gives the payloads of those not shredded. Raises the one EscrowError, after
    logging it, when the record is unknown, shredded for all its subjects, or does not open.
    """
    request = _request(purpose, requester, now)
    with open_store(url, private_key.escrow_id) as store:
        opener = _opener(store, private_key, request, published)
        (payloads,) = opener.reveal([record])
        if not payloads:
            raise opener.refuse(private_key.index.record(record), "shredded")
    return payloads


def reveal_records(  # noqa: PLR0913 - a reveal without one of these is not accountable
    url: str,
    *,
    private_key: PrivateKey,
    records: Iterable[str],
    purpose: str,
    requester: str,
    published: Mapping[str, str] | None,
    now: datetime,
) -> Iterator[tuple[str, list[bytes]]]:
    """Yield (record, payloads) for many records, in order, logging a thousand at a time before opening them.

    As ``reveal_record``, errors included, but a record shredded for all its subjects yields an empty list, so
    that one person's erasure does not close the rest.
    """
    return _revealed(url, private_key, records, _request(purpose, requester, now), published)


def _revealed(
    url: str,
    private_key: PrivateKey,
    records: Iterable[str],
    request: _Request,
    published: Mapping[str, str] | None,
) -> Iterator[tuple[str, list[bytes]]]:
    names = iter(records)
    with open_store(url, private_key.escrow_id) as store:
        opener = _opener(store, private_key, request, published)
        while chunk := list(islice(names, _CHUNK)):
            yield from zip(chunk, opener.reveal(chunk), strict=True)


def reveal_request(
    url: str,
    keys: str,
    *,
    private_key: PrivateKey,
    request: str,
    published: Mapping[str, str] | None,
    now: datetime,
) -> dict[bytes, list[bytes]]:
    """Carry out an approved request; return the payloads of each record by its index id.

    request : its hash, or the first 12 digits or more.

    A request is carried out once, before it expires, and within its maximum. Every other attempt is logged as
    a refusal and raises EscrowError. A record shredded for all asked for has no payloads.
    """
    public, nobody = read_public(keys), _Request("", "", timestamp(now))
    author, listed = custodian(public, private_key.author()), tombstones.path_beside(keys)
    with open_store(url, public.escrow_id) as store:
        decider = Decider(store, public, author, listed, nobody.at)
        return _opener(store, private_key, nobody, published).carry_out(request, decider)


def log_denial(url: str, keys: str, *, purpose: str, requester: str, now: datetime) -> None:
    """Log that somebody without the private key asked for deleted information; needs ``writer.key``.

    Raises EscrowError for a purpose or requester that the log does not take, or when the escrow cannot be
    opened.
    """
    public = read_public(keys)
    author = read_writer(keys, public).author()
    said = {
        "at": timestamp(now),
        "purpose": check_name("purpose", purpose),
        "reason": "no private key",
        "requester": check_name("requester", requester),
    }
    with open_store(url, public.escrow_id) as store, store.transaction():
        append(store, author, "denial", body(said))


def _opener(
    store: Store, private_key: PrivateKey, request: _Request, published: Mapping[str, str] | None
) -> _Opener:
    register = Register(store, private_key.escrow_id, private_key.author().signer.public_key())
    return _Opener(store, private_key, request, register, published)


def _is_of(row: FoundRecord, subject: bytes) -> bool:
    return row.key is not None and row.key.subject == subject


def _unwrap(unwrapper: KeyUnwrapper, wrapped: Mapping[bytes, bytes], context: EpochContext) -> DataKey:
    return DataKey.of(unwrapper.unwrap(wrapped.get(unwrapper.key_id, b""), context.wrapped_key()))


def _request(purpose: str, requester: str, now: datetime) -> _Request:
    return _Request(check_name("purpose", purpose), check_name("requester", requester), timestamp(now))
