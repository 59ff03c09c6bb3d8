"""Local keys: an escrow key pair in files, the private half sealed by a passphrase.

Three files, each for another pair of hands:

``escrow.pub``   public. Seals, and verifies the log.
                 ``format escrow_id kem public_key writer_log_key custodian_log_key created signature``
``writer.key``   for the pipeline, mode 0600. Signs the log and makes index ids; opens nothing.
                 ``format escrow_id signing_key index_key custodian_log_key``
``escrow.key``   for the custodian, mode 0600. Opens everything; sealed by a passphrase (``passphrase``).
                 ``format escrow_id argon2_memory_kib argon2_passes argon2_lanes salt sealed``

``escrow.pub`` is signed by the custodian's key, which ``writer.key`` names: a swapped public key, which
would send all later secrets to another reader, is refused by the writer.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from deid.errors import EscrowError
from deid.escrow import envelope
from deid.escrow.chain import CUSTODIAN, OPERATOR, Author
from deid.escrow.envelope import KEY_BYTES, does_not_open, encode, text_fields
from deid.escrow.keys import files
from deid.escrow.keys.index import IndexKey

PUBLIC_NAME, WRITER_NAME, PRIVATE_NAME = "escrow.pub", "writer.key", "escrow.key"

PUBLIC_FORM = "deid-escrow-public/v1"
WRITER_FORM = "deid-escrow-writer/v1"
KEM_NAME = "X25519"
ESCROW_ID_BYTES = 16
_SIGNATURE_BYTES = 64
_ENCAPSULATED_BYTES = 32
_WRAPPED_BYTES = envelope.HEADER_BYTES + _ENCAPSULATED_BYTES + KEY_BYTES + envelope.TAG_BYTES

_PUBLIC_NAMES = frozenset(
    {"escrow_id", "kem", "public_key", "writer_log_key", "custodian_log_key", "created", "signature"}
)
_WRITER_NAMES = frozenset({"escrow_id", "signing_key", "index_key", "custodian_log_key"})


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What ``escrow.pub`` holds; a ``KeyWrapper``."""

    escrow_id: str
    key_id: bytes
    created: str
    writer_log: Ed25519PublicKey = field(repr=False)
    custodian_log: Ed25519PublicKey = field(repr=False)
    raw: bytes = field(repr=False)

    def new_epoch_key(self, context: bytes) -> tuple[bytes, bytes]:
        """Return a fresh key of 32 bytes and its wrapped form, bound to ``context``."""
        key, first = envelope.new_key(), envelope.header(envelope.HPKE_X25519, self.key_id)
        public = X25519PublicKey.from_public_bytes(self.raw)
        return key, first + _suite().encrypt(key, public, info=context + encode(first))


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
    key_id: bytes
    index: IndexKey = field(repr=False)
    _secret: X25519PrivateKey = field(repr=False)
    _signer: Ed25519PrivateKey = field(repr=False)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Return an epoch key, or raise the one error."""
        first = envelope.header(envelope.HPKE_X25519, self.key_id)
        envelope.check_header(wrapped, first, at_least=_WRAPPED_BYTES)
        try:
            key = _suite().decrypt(wrapped[len(first) :], self._secret, info=context + encode(first))
        except (InvalidTag, ValueError):
            raise does_not_open() from None
        if len(key) != KEY_BYTES:
            raise does_not_open()
        return key

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
    raw, writer, custodian = (
        files.unhex(fields, name, KEY_BYTES, path)
        for name in ("public_key", "writer_log_key", "custodian_log_key")
    )
    created = files.text(fields, "created", path)
    signature = files.unhex(fields, "signature", _SIGNATURE_BYTES, path)
    custodian_key = Ed25519PublicKey.from_public_bytes(custodian)
    try:
        custodian_key.verify(signature, signed_public(escrow_id, raw, writer, created))
    except InvalidSignature:
        raise EscrowError(f"{path}: altered since it was made: its signature does not hold") from None
    if fields["kem"] != KEM_NAME:
        raise EscrowError(f"{path}: unknown kind of key")
    log_key = Ed25519PublicKey.from_public_bytes(writer)
    return PublicKey(escrow_id, envelope.key_id(raw), created, log_key, custodian_key, raw)


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


def signed_public(escrow_id: str, raw: bytes, writer: bytes, created: str) -> bytes:
    """Return what the custodian signs in ``escrow.pub``."""
    identity, kem, time = text_fields((escrow_id, KEM_NAME, created))
    return encode(b"deid/escrow/public/v1", identity, kem, raw, writer, time)


def _suite() -> Suite:
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
