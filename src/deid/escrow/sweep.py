"""Removing attempts that never became part of a release.

A shard that failed after its batch was sealed is run again and seals another attempt; the published shard
names the one that counts. The others are deleted by the operator on purpose: each swept batch leaves its
row, its log entry and a row in ``swept``, under a signed ``gc`` entry, so ``verify`` tells a sweep from a
loss. The append-only triggers stay in force: they let a record go only once its batch is in ``swept``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from deid.errors import EscrowError
from deid.escrow import leaves
from deid.escrow.chain import check_name, timestamp
from deid.escrow.keys.local import read_public, read_writer
from deid.escrow.stores.open import open_store
from deid.escrow.stores.rows import BatchRow


@dataclass(frozen=True, slots=True)
class SweepReport:
    """What a sweep removed.

    attempts  : the attempts, 32 hex digits each, oldest first.
    n_records : sealed records deleted with them.
    """

    attempts: tuple[str, ...]
    n_records: int


def gc(url: str, keys: str, published: Mapping[str, str], *, run_id: str, now: datetime) -> SweepReport:
    """Delete the sealed records of a run's attempts that are not published.

    published : batch to attempt, of every shard the run's manifest names.
    run_id    : only this run's attempts are looked at; call it when the run has ended.

    Raises EscrowError, and deletes nothing, when a published attempt is not in the escrow.
    """
    check_name("run id", run_id)
    public = read_public(keys)
    author = read_writer(keys, public).author()
    with open_store(url, public.escrow_id) as store, store.transaction():
        orphans = _orphans(list(store.batches_of(run_id)), published, run_id)
        if orphans:
            attempts = [batch.attempt for batch in orphans]
            store.sweep(orphans)
            body = leaves.gc_body(run_id, attempts, timestamp(now))
            store.log.append(author.entry(store.log.head(author.name), "gc", body))
    return SweepReport(tuple(batch.attempt for batch in orphans), sum(batch.n_records for batch in orphans))


def _orphans(held: list[BatchRow], published: Mapping[str, str], run_id: str) -> list[BatchRow]:
    present = {(batch.batch, batch.attempt) for batch in held if not batch.swept}
    missing = sorted(batch for batch, attempt in published.items() if (batch, attempt) not in present)
    if missing:
        raise EscrowError(
            f"run {run_id}: {len(missing)} published batches are not in the escrow, first `{missing[0]}`",
            hint="check the manifest, the run and the escrow; nothing was deleted",
        )
    return [batch for batch in held if not batch.swept and published.get(batch.batch) != batch.attempt]
