"""Where pseudonymize mode seals what it deletes: the escrow opened for writing, and a record's blobs."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deid.ingest.fields import Scalar
from deid.ingest.record import Record
from deid.transform.deleted import DeletedItem, encode_deleted

if TYPE_CHECKING:
    from deid.escrow.writer import EscrowWriter, SealedRecord

# Sealed records held before they are put into the escrow in one transaction.
SEAL_RECORDS = 5_000


@dataclass(frozen=True, slots=True)
class Sealing:
    """Where pseudonymize mode seals what it deletes; None of it exists in anonymize mode."""

    url: str = field(repr=False)
    keys: str
    domain: str
    run: str
    started: datetime.datetime


@dataclass(frozen=True, slots=True)
class Deleted:
    """What was taken out of one subject's part of a record: surfaces in text, and whole fields."""

    items: list[DeletedItem] = field(default_factory=list, repr=False)
    fields: list[tuple[str, Scalar]] = field(default_factory=list, repr=False)


def seal_records(record: Record, token: str, deleted: Sequence[Deleted]) -> "Iterator[SealedRecord]":
    """Yield what is to be sealed of one record: one blob a subject, so that each can be shredded alone."""
    from deid.escrow.writer import SealedRecord  # noqa: PLC0415 - anonymize mode never gets here

    for subject, part in zip(record.subjects, deleted, strict=True):
        if part.items or part.fields:
            yield SealedRecord(token, subject, encode_deleted(part.items, part.fields))


def open_escrow(sealing: Sealing | None) -> "EscrowWriter | None":
    """Open the escrow for writing; in anonymize mode its code is not even imported."""
    if sealing is None:
        return None
    from deid.escrow.writer import EscrowWriter  # noqa: PLC0415
    from deid.pipeline.custody.credentials import key_access  # noqa: PLC0415

    return EscrowWriter.open(
        sealing.url,
        sealing.keys,
        domain=sealing.domain,
        run_id=sealing.run,
        now=sealing.started,
        access=key_access(),
    )
