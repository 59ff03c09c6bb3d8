"""What leaves: splits, data files, card and papers, gates, and the signed manifest that publishes them."""

from deid.release.about import About
from deid.release.canonical import canonical_json
from deid.release.card import render_card
from deid.release.croissant import croissant
from deid.release.gate import GATES, Check, Gate, GateInputs, attack_checks, check, enforce, gate_named
from deid.release.manifest import Manifest, check_no_secrets, seal
from deid.release.provenance import provenance
from deid.release.schema import schema_for
from deid.release.signing import new_private_key, read_private_key, read_public_key
from deid.release.split import Splits, assign_splits
from deid.release.verify import VerifyResult, verify
from deid.release.writer import DataFile, PieceWriter, assemble, pieces_of

__all__ = [
    "GATES",
    "About",
    "Check",
    "DataFile",
    "Gate",
    "GateInputs",
    "Manifest",
    "PieceWriter",
    "Splits",
    "VerifyResult",
    "assemble",
    "assign_splits",
    "attack_checks",
    "canonical_json",
    "check",
    "check_no_secrets",
    "croissant",
    "enforce",
    "gate_named",
    "new_private_key",
    "pieces_of",
    "provenance",
    "read_private_key",
    "read_public_key",
    "render_card",
    "schema_for",
    "seal",
    "verify",
]
