"""The key files of an escrow; what seals and opens may be in them, or in a key service they name.

Three files, each for another pair of hands:

``escrow.pub``   public. Seals, and verifies the log. ``kem`` and ``public_key`` as in ``kinds``.
                 ``format escrow_id kem public_key writer_log_key custodian_log_key created signature``
``writer.key``   for the pipeline, mode 0600. Signs the log and makes index ids; opens nothing.
                 ``format escrow_id signing_key index_key custodian_log_key``
``escrow.key``   for the custodian, mode 0600. Opens everything, where a key service allows it; sealed by a
                 passphrase (``passphrase``).
                 ``format escrow_id argon2_memory_kib argon2_passes argon2_lanes salt sealed``

``escrow.pub`` is signed by the custodian's key, which ``writer.key`` names: a swapped public key, which
would send all later secrets to another reader, is refused by the writer.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from deid.errors import EscrowError
from deid.escrow.chain import CUSTODIAN, OPERATOR, Author
from deid.escrow.envelope import KEY_BYTES, encode, text_fields
from deid.escrow.keys import files, kinds
from deid.escrow.keys.access import NO_ACCESS, KeyAccess
from deid.escrow.keys.index import IndexKey
from deid.escrow.keys.wrapper import EscrowKey, KeyUnwrapper, KeyWrapper

PUBLIC_NAME, WRITER_NAME, PRIVATE_NAME = "escrow.pub", "writer.key", "escrow.key"

PUBLIC_FORM = "deid-escrow-public/v1"
WRITER_FORM = "deid-escrow-writer/v1"
ESCROW_ID_BYTES = 16
_SIGNATURE_BYTES = 64

_PUBLIC_NAMES = frozenset(
    {"escrow_id", "kem", "public_key", "writer_log_key", "custodian_log_key", "created", "signature"}
)
_WRITER_NAMES = frozenset({"escrow_id", "signing_key", "index_key", "custodian_log_key"})


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What ``escrow.pub`` holds."""

    escrow_id: str
    key: EscrowKey
    created: str
    writer_log: Ed25519PublicKey = field(repr=False)
    custodian_log: Ed25519PublicKey = field(repr=False)

    @property
    def key_id(self) -> bytes:
        """Name of the escrow key."""
        return self.key.key_id

    def wrapper(self, access: KeyAccess = NO_ACCESS) -> KeyWrapper:
        """Return what makes epoch keys."""
        return kinds.wrapper(self.key, access)


@dataclass(frozen=True, slots=True)
class WriterKey:
    """What ``writer.key`` holds: the right to write and to sign the log, not to open."""

    escrow_id: str
    index: IndexKey = field(repr=False)
    signer: Ed25519PrivateKey = field(repr=False)

    def author(self, name: str = OPERATOR) -> Author:
        """Return the author of a writer's chain, or of the operator's."""
        return Author(self.escrow_id, name, self.signer)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is not pickled; read it again where it is used")


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """What ``escrow.key`` holds, opened; a ``KeyUnwrapper``. Never printed, never pickled."""

    escrow_id: str
    index: IndexKey = field(repr=False)
    _unwrapper: KeyUnwrapper = field(repr=False)
    _signer: Ed25519PrivateKey = field(repr=False)

    @property
    def key_id(self) -> bytes:
        """Name of the escrow key."""
        return self._unwrapper.key_id

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Return an epoch key, or raise the one error."""
        return self._unwrapper.unwrap(wrapped, context)

    def author(self) -> Author:
        """Return the author of the custodian's chain."""
        return Author(self.escrow_id, CUSTODIAN, self._signer)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a private key is not pickled; open it again where it is used")


def public_path(spec: str) -> Path:
    """Return the file a key specification names: ``local:PATH/escrow.pub``."""
    scheme, _, path = spec.partition(":")
    if scheme != "local" or not path:
        raise EscrowError(f"escrow keys `{spec}` not understood", hint="give local:PATH/escrow.pub")
    return Path(path)


def read_public(spec: str) -> PublicKey:
    """Read ``escrow.pub``; EscrowError unless its own signature holds."""
    path = public_path(spec)
    fields = files.read(path, PUBLIC_FORM, _PUBLIC_NAMES, secret=False)
    escrow_id = files.unhex(fields, "escrow_id", ESCROW_ID_BYTES, path).hex()
    writer, custodian = (
        files.unhex(fields, name, KEY_BYTES, path) for name in ("writer_log_key", "custodian_log_key")
    )
    raw = files.unhex_up_to(fields, "public_key", kinds.MAX_RAW_BYTES, path)
    key, created = EscrowKey(files.text(fields, "kem", path), raw), files.text(fields, "created", path)
    signature = files.unhex(fields, "signature", _SIGNATURE_BYTES, path)
    custodian_key = Ed25519PublicKey.from_public_bytes(custodian)
    try:
        custodian_key.verify(signature, signed_public(escrow_id, key, writer, created))
    except InvalidSignature:
        raise EscrowError(f"{path}: altered since it was made: its signature does not hold") from None
    if not kinds.fits(key):
        raise EscrowError(f"{path}: unknown kind of key")
    return PublicKey(escrow_id, key, created, Ed25519PublicKey.from_public_bytes(writer), custodian_key)


def read_writer(spec: str, public: PublicKey) -> WriterKey:
    """Read ``writer.key`` beside ``escrow.pub``; EscrowError unless the two belong together."""
    path = public_path(spec).with_name(WRITER_NAME)
    fields = files.read(path, WRITER_FORM, _WRITER_NAMES, secret=True)
    escrow_id = files.unhex(fields, "escrow_id", ESCROW_ID_BYTES, path).hex()
    seed, index, custodian = (
        files.unhex(fields, name, KEY_BYTES, path)
        for name in ("signing_key", "index_key", "custodian_log_key")
    )
    signer = Ed25519PrivateKey.from_private_bytes(seed)
    ours = (escrow_id, signer.public_key().public_bytes_raw(), custodian)
    theirs = (
        public.escrow_id, public.writer_log.public_bytes_raw(), public.custodian_log.public_bytes_raw(),
    )  # fmt: skip
    if ours != theirs:
        raise EscrowError(f"{path}: does not belong to the {PUBLIC_NAME} beside it")
    return WriterKey(escrow_id, IndexKey.of(index), signer)


def signed_public(escrow_id: str, key: EscrowKey, writer: bytes, created: str) -> bytes:
    """Return what the custodian signs in ``escrow.pub``."""
    identity, kem, time = text_fields((escrow_id, key.kem, created))
    return encode(b"deid/escrow/public/v1", identity, kem, key.raw, writer, time)
