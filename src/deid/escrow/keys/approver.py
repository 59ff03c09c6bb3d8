"""Keys of approvers: two files, the private one sealed by a passphrase.

``NAME.pub``   what the custodian registers: ``format name public_key created signature``; the approver's own
               signature, Ed25519 over ``encode("deid/escrow/approver/v1", name, public key, created)``, so
               nobody registers a key they do not have.
``NAME.key``   mode 0600: ``format name public_key argon2_memory_kib argon2_passes argon2_lanes salt sealed``;
               ``sealed`` is an AES-256-GCM blob (``envelope``) of the 32 bytes of the Ed25519 key, in the
               context ``encode("deid/escrow/approver-private/v1", name, public key, memory, passes, lanes,
               salt)``.

An approver's key opens nothing. It signs requests and approvals, in a chain of its own in the log.
"""

import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from deid.errors import EscrowError
from deid.escrow import envelope
from deid.escrow.chain import APPROVER, Author, check_name, timestamp
from deid.escrow.envelope import KEY_BYTES, does_not_open, encode, text_fields
from deid.escrow.keys import files
from deid.escrow.keys.passphrase import MIN_PASSPHRASE_BYTES, Cost

_PUBLIC_FORM = "deid-escrow-approver/v1"
_PRIVATE_FORM = "deid-escrow-approver-private/v1"
_PUBLIC_NAMES = frozenset({"name", "public_key", "created", "signature"})
_COST_NAMES = ("argon2_memory_kib", "argon2_passes", "argon2_lanes")
_PRIVATE_NAMES = frozenset({"name", "public_key", *_COST_NAMES, "salt", "sealed"})
_SALT_BYTES = 16
_SIGNATURE_BYTES = 64
_SEALED_BYTES = KEY_BYTES + envelope.OVERHEAD_BYTES


@dataclass(frozen=True, slots=True)
class ApproverPublic:
    """What ``NAME.pub`` holds.

    name   : of an office or a person in office, 1 to 1,000 characters; it stands in the log in clear.
    public : Ed25519 public key, 32 bytes.
    """

    name: str
    public: bytes

    @property
    def author(self) -> str:
        """Name of the approver's chain in the log."""
        return author_name(self.public)


@dataclass(frozen=True, slots=True)
class Approver:
    """What ``NAME.key`` holds, opened. Never printed, never pickled."""

    name: str
    _signer: Ed25519PrivateKey = field(repr=False)

    def author(self, escrow_id: str) -> Author:
        """Return the author of the approver's chain in an escrow."""
        return Author(escrow_id, author_name(self._signer.public_key().public_bytes_raw()), self._signer)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a private key is not pickled; open it again where it is used")


def author_name(public: bytes) -> str:
    """Return the name of the chain whose entries a key signs."""
    return APPROVER + envelope.key_id(public).hex()


def new_approver(private: str | Path, *, name: str, passphrase: bytes, now: datetime) -> Path:
    """Make an approver's two files, ``X.key`` and beside it ``X.pub``; return the second.

    EscrowError when one exists, the name does not end in ``.key`` or the passphrase is too short.
    """
    private, created = Path(private), timestamp(now)
    check_name("name", name)
    if private.suffix != ".key":
        raise EscrowError(f"{private}: name it with .key at its end", hint="X.pub is made beside X.key")
    if len(passphrase) < MIN_PASSPHRASE_BYTES:
        raise EscrowError(
            "the passphrase is too short",
            hint=f"give at least {MIN_PASSPHRASE_BYTES} bytes (NIST SP 800-63B)",
        )
    signer, public_file = Ed25519PrivateKey.generate(), private.with_suffix(".pub")
    if public_file.exists():
        raise EscrowError(f"{public_file}: exists already", hint="nothing is ever overwritten")
    public = signer.public_key().public_bytes_raw()
    files.create(private, _private_fields(name, signer, passphrase), secret=True)
    fields: files.Fields = {
        "format": _PUBLIC_FORM,
        "name": name,
        "public_key": public.hex(),
        "created": created,
        "signature": signer.sign(_signed(name, public, created)).hex(),
    }
    files.create(public_file, fields, secret=False)
    return public_file


def read_approver(path: str | Path) -> ApproverPublic:
    """Read ``NAME.pub``; EscrowError unless its own signature holds."""
    path = Path(path)
    fields = files.read(path, _PUBLIC_FORM, _PUBLIC_NAMES, secret=False)
    name, created = files.text(fields, "name", path), files.text(fields, "created", path)
    public = files.unhex(fields, "public_key", KEY_BYTES, path)
    signature = files.unhex(fields, "signature", _SIGNATURE_BYTES, path)
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _signed(name, public, created))
    except InvalidSignature:
        raise EscrowError(f"{path}: altered since it was made: its signature does not hold") from None
    return ApproverPublic(check_name("name", name), public)


def open_approver(path: str | Path, passphrase: bytes) -> Approver:
    """Open ``NAME.key``.

    Raises EscrowError; a wrong passphrase and an altered secret look alike.
    """
    path = Path(path)
    fields = files.read(path, _PRIVATE_FORM, _PRIVATE_NAMES, secret=True)
    public = files.unhex(fields, "public_key", KEY_BYTES, path)
    salt = files.unhex(fields, "salt", _SALT_BYTES, path)
    sealed = files.unhex(fields, "sealed", _SEALED_BYTES, path)
    name, numbers = files.text(fields, "name", path), [fields[each] for each in _COST_NAMES]
    if not all(isinstance(number, int) for number in numbers):
        raise EscrowError(f"{path}: passphrase parameters damaged")
    cost = Cost(*map(int, numbers))
    cost.check(path)
    seed = cost.derive(passphrase, salt).unseal(sealed, _context(name, public, cost, salt))
    signer = Ed25519PrivateKey.from_private_bytes(seed)
    if signer.public_key().public_bytes_raw() != public:
        raise does_not_open()
    return Approver(name, signer)


def _private_fields(name: str, signer: Ed25519PrivateKey, passphrase: bytes) -> files.Fields:
    cost, salt, public = Cost(), os.urandom(_SALT_BYTES), signer.public_key().public_bytes_raw()
    key, context = cost.derive(passphrase, salt), _context(name, public, cost, salt)
    return {
        "format": _PRIVATE_FORM,
        "name": name,
        "public_key": public.hex(),
        "argon2_memory_kib": cost.memory_kib,
        "argon2_passes": cost.passes,
        "argon2_lanes": cost.lanes,
        "salt": salt.hex(),
        "sealed": key.seal(signer.private_bytes_raw(), context).hex(),
    }


def _context(name: str, public: bytes, cost: Cost, salt: bytes) -> bytes:
    numbers = [value.to_bytes(8, "big") for value in (cost.memory_kib, cost.passes, cost.lanes)]
    return encode(b"deid/escrow/approver-private/v1", *text_fields((name,)), public, *numbers, salt)


def _signed(name: str, public: bytes, created: str) -> bytes:
    text, time = text_fields((name, created))
    return encode(b"deid/escrow/approver/v1", text, public, time)
