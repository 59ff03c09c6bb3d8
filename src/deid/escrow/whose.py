"""Which records of a release are somebody's, for a release made again without them.

Asked by the operator, as a shredding is: index ids are matched, and nothing is opened.
"""

from collections.abc import Iterable

from deid.escrow.keys.local import read_public, read_writer
from deid.escrow.stores.open import open_store


def records_of(url: str, keys: str, *, subject: str, records: Iterable[str]) -> set[str]:
    """Return those of some records in which something of a subject is sealed.

    Empty once the subject is shredded: with the keys goes what tells whose a record is. Raises EscrowError
    when the escrow cannot be read.
    """
    public = read_public(keys)
    index = read_writer(keys, public).index
    with open_store(url, public.escrow_id) as store:
        sealed = set(store.custody.records_of(index.subject(subject)))
    return {record for record in records if index.record(record) in sealed}
