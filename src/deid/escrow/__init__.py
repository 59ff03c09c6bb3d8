"""Deleted information held apart: sealed where the pipeline cannot read it back, audited, and shreddable."""

from deid.escrow.audit import checkpoint, verify
from deid.escrow.chain import Checkpoint
from deid.escrow.examine import VerifyReport
from deid.escrow.init import EscrowInfo, init_escrow
from deid.escrow.keys.local import PrivateKey
from deid.escrow.keys.passphrase import open_private_key
from deid.escrow.reveal import reveal_record, reveal_records
from deid.escrow.shred import ShredCertificate, shred
from deid.escrow.status import EscrowStatus, status
from deid.escrow.stores.url import database_path
from deid.escrow.sweep import SweepReport, gc
from deid.escrow.writer import EscrowWriter, Receipt, SealedRecord

__all__ = [
    "Checkpoint",
    "EscrowInfo",
    "EscrowStatus",
    "EscrowWriter",
    "PrivateKey",
    "Receipt",
    "SealedRecord",
    "ShredCertificate",
    "SweepReport",
    "VerifyReport",
    "checkpoint",
    "database_path",
    "gc",
    "init_escrow",
    "open_private_key",
    "reveal_record",
    "reveal_records",
    "shred",
    "status",
    "verify",
]
