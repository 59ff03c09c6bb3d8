"""Deleted information held apart: sealed where the pipeline cannot read it back, audited, and shreddable."""

from deid.escrow.audit import checkpoint, verify
from deid.escrow.backup import BackupReport, backup
from deid.escrow.chain import Checkpoint
from deid.escrow.custody import (
    Asked,
    approve,
    register_approver,
    request_reveal,
    requests,
    require_approvals,
    retire_approver,
    settle_decisions,
)
from deid.escrow.examine import VerifyReport
from deid.escrow.expire import Expired, ExpiryCertificate, certificate_holds, expire, wipe
from deid.escrow.init import EscrowInfo, init_escrow
from deid.escrow.keys.approver import Approver, ApproverPublic, new_approver, open_approver, read_approver
from deid.escrow.keys.local import PrivateKey
from deid.escrow.keys.passphrase import open_private_key
from deid.escrow.register import Request, Standing
from deid.escrow.restore import RestoreReport, restore
from deid.escrow.reveal import log_denial, reveal_record, reveal_records, reveal_request
from deid.escrow.shred import ShredCertificate, shred
from deid.escrow.status import EscrowStatus, status
from deid.escrow.stores.url import database_path
from deid.escrow.sweep import SweepReport, gc
from deid.escrow.writer import EscrowWriter, Receipt, SealedRecord

__all__ = [
    "Approver",
    "ApproverPublic",
    "Asked",
    "BackupReport",
    "Checkpoint",
    "EscrowInfo",
    "EscrowStatus",
    "EscrowWriter",
    "Expired",
    "ExpiryCertificate",
    "PrivateKey",
    "Receipt",
    "Request",
    "RestoreReport",
    "SealedRecord",
    "ShredCertificate",
    "Standing",
    "SweepReport",
    "VerifyReport",
    "approve",
    "backup",
    "certificate_holds",
    "checkpoint",
    "database_path",
    "expire",
    "gc",
    "init_escrow",
    "log_denial",
    "new_approver",
    "open_approver",
    "open_private_key",
    "read_approver",
    "register_approver",
    "request_reveal",
    "requests",
    "require_approvals",
    "restore",
    "retire_approver",
    "reveal_record",
    "reveal_records",
    "reveal_request",
    "settle_decisions",
    "shred",
    "status",
    "verify",
    "wipe",
]
