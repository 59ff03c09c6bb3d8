"""What a store takes and gives: rows, without their SQL."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class EpochRow:
    """One epoch: one writer, one key.

    writer : 32 hex digits, also the name of its chain in the log.
    """

    epoch_id: int
    writer: str
    run_id: str
    domain: str
    created: str


@dataclass(frozen=True, slots=True)
class EscrowKeyRow:
    """A key that epochs are or were wrapped under; ``kem`` and ``public`` as in ``keys.kinds``."""

    key_id: bytes
    kem: str
    public: bytes = field(repr=False)
    created: str


@dataclass(frozen=True, slots=True)
class WrappedRow:
    """An epoch key as it is stored, under one escrow key."""

    epoch_id: int
    writer: str
    key_id: bytes
    wrapped: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A subject's key as it is stored.

    subject : index id, 16 bytes.
    key_id  : eight bytes, in front of every record it sealed.
    wrapped : blob under the epoch key.
    """

    subject: bytes
    key_id: bytes
    wrapped: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Draft:
    """A sealed batch on its way in. ``records``, ``blobs`` and ``key_refs`` run in parallel.

    key_refs : number of a key already stored, or ``-1 - i`` for the i-th of ``keys``.
    """

    batch: str
    attempt: str
    root: bytes
    keys_root: bytes
    keys: list[KeyRow] = field(repr=False)
    records: list[bytes] = field(repr=False)
    blobs: list[bytes] = field(repr=False)
    key_refs: list[int] = field(repr=False)


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One attempt at a batch. ``swept`` says gc has taken its records."""

    batch_id: int
    epoch_id: int
    batch: str
    attempt: str
    n_records: int
    root: bytes
    first_seq: int
    n_keys: int
    keys_root: bytes
    first_key: int
    swept: bool


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """One sealed record with what is needed to open it.

    key  : None when the subject's key is gone.
    dead : whether it went by a shred.
    """

    epoch: EpochRow
    batch: str
    attempt: str
    record: bytes
    blob: bytes = field(repr=False)
    key: KeyRow | None
    dead: bool


@dataclass(frozen=True, slots=True)
class DeadKey:
    """What is left of a shredded key: its number, its names and the leaf hash it had."""

    key_seq: int
    epoch_id: int
    key_id: bytes
    leaf: bytes


@dataclass(frozen=True, slots=True)
class Tombstone:
    """One shredding: every key the subject had in epochs up to ``last_epoch``."""

    tombstone_id: int
    subject: bytes
    last_epoch: int
    n_keys: int


@dataclass(frozen=True, slots=True)
class QuorumRow:
    """How many approvals a reveal needs from here on. ``seq``, here and below: number of the log entry."""

    seq: int
    approvals: int


@dataclass(frozen=True, slots=True)
class ApproverRow:
    """Someone who may ask for a reveal, or approve another's.

    approver : name of their chain in the log.
    public   : Ed25519 public key, 32 bytes.
    """

    seq: int
    approver: str
    name: str
    public: bytes


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request for a reveal; ``request`` is the hash of its log entry, 32 bytes."""

    seq: int
    request: bytes


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """One approver's word for one request."""

    seq: int
    request: bytes
    approver: str


@dataclass(frozen=True, slots=True)
class RunRow:
    """A request that was carried out; it never is twice."""

    seq: int
    request: bytes


CustodyRow = QuorumRow | ApproverRow | RequestRow | ApprovalRow | RunRow
