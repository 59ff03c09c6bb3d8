"""What an entry of custody puts into its table: one row, made from the signed body alone.

The log is the truth; the tables find it quickly. ``verify`` makes the rows again and compares.
"""

from deid.escrow.chain import Author, Entry, fields_of
from deid.escrow.stores.rows import ApprovalRow, ApproverRow, CustodyRow, QuorumRow, RequestRow, RunRow
from deid.escrow.stores.store import Store


def row_of(seq: int, entry: Entry) -> CustodyRow | None:
    """Return the row of the entry with number ``seq``; None for a kind that has none."""
    said = fields_of(entry)
    match entry.kind:
        case "quorum":
            return QuorumRow(seq, int(said["approvals"]))
        case "approver":
            return ApproverRow(seq, said["approver"], said["name"], bytes.fromhex(said["public"]))
        case "request":
            return RequestRow(seq, entry.hash)
        case "approval":
            return ApprovalRow(seq, bytes.fromhex(said["request"]), entry.author)
        case "reveal" | "spent" if "request" in said:
            return RunRow(seq, bytes.fromhex(said["request"]))
    return None


def append(store: Store, author: Author, kind: str, body: bytes) -> Entry:
    """Sign an entry, add it to the log, and add the row it says; inside a transaction."""
    entry = author.entry(store.log.head(author.name), kind, body)
    row = row_of(store.log.append(entry), entry)
    if row is not None:
        store.custody.add(row)
    return entry
