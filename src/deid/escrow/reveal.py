"""Opening what was sealed: the only module that turns escrow into plaintext.

Every attempt is an entry in the custodian's chain, committed before anything is opened: who asked, what
for, and the index ids of the records. One that finds nothing or does not open leaves a ``refusal`` entry
too. One custodian, who holds ``escrow.key`` and its passphrase, can reveal.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from deid.errors import EscrowError
from deid.escrow.chain import body, check_name, timestamp
from deid.escrow.envelope import DataKey, EpochContext, does_not_open, record_context
from deid.escrow.keys.local import PrivateKey
from deid.escrow.keys.wrapper import KeyUnwrapper
from deid.escrow.stores.rows import EpochRow, FoundRecord
from deid.escrow.stores.sqlite import SqliteStore

# Records that share one log entry; each chunk is one durable commit.
_CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class _Request:
    """Why a reveal happens, as the log keeps it."""

    purpose: str
    requester: str
    at: str


@dataclass(frozen=True, slots=True)
class _Opener:
    """The custodian at work: a store, the private key, and the epoch keys unwrapped so far."""

    store: SqliteStore
    private_key: PrivateKey
    request: _Request
    published: Mapping[str, str] | None
    _epochs: dict[int, DataKey] = field(default_factory=dict, repr=False)

    def reveal(self, records: list[str]) -> list[list[bytes]]:
        """Log the request, then open each record's payloads, in order."""
        names = [self.private_key.index.record(record) for record in records]
        with self.store.transaction():
            found = [[row for row in self.store.find(name) if self._counts(row)] for name in names]
            unknown = [name for name, rows in zip(names, found, strict=True) if not rows]
            self._log("refusal" if unknown else "reveal", unknown or names, "unknown record")
        if unknown:
            raise does_not_open()
        return [self._open_all(rows) for rows in found]

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

    def _log(self, kind: str, names: list[bytes], reason: str) -> None:
        fields: dict[str, object] = {
            "at": self.request.at,
            "purpose": self.request.purpose,
            "records": [name.hex() for name in names],
            "requester": self.request.requester,
        }
        if kind == "refusal":
            fields["reason"] = reason
        author = self.private_key.author()
        self.store.append(author.entry(self.store.head(author.name), kind, body(fields)))


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

    A record of several subjects gives the payloads of those not shredded. Raises the one EscrowError, after
    logging it, when the record is unknown, shredded for all its subjects, or does not open.
    """
    request = _request(purpose, requester, now)
    with SqliteStore.open(url, private_key.escrow_id) as store:
        opener = _Opener(store, private_key, request, published)
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

    As ``reveal_record``, but a record shredded for all its subjects yields an empty list, so that one
    person's erasure does not close the rest.
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
    with SqliteStore.open(url, private_key.escrow_id) as store:
        opener = _Opener(store, private_key, request, published)
        while chunk := list(islice(names, _CHUNK)):
            yield from zip(chunk, opener.reveal(chunk), strict=True)


def _unwrap(unwrapper: KeyUnwrapper, wrapped: Mapping[bytes, bytes], context: EpochContext) -> DataKey:
    return DataKey.of(unwrapper.unwrap(wrapped.get(unwrapper.key_id, b""), context.wrapped_key()))


def _request(purpose: str, requester: str, now: datetime) -> _Request:
    return _Request(check_name("purpose", purpose), check_name("requester", requester), timestamp(now))
