"""Escrow keys in a PKCS #11 token: ``pkcs11:token=LABEL;object=LABEL?module-path=/FILE`` (RFC 7512).

The escrow key is an RSA key pair whose private half never leaves the token. The public half is copied out
once, when the key is chosen, and stands in ``escrow.pub``: sealing needs no token, no PIN, and no package
but ours. A wrapped key is::

    header (algorithm 0x06)  ||  RSA-OAEP(key-encryption key)  ||  AES-256-GCM blob under that key

The blob binds context, header and RSA ciphertext; OAEP itself has an empty label (RFC 8017 section 7.1).
The hash of OAEP is SHA-256; a token that refuses it (SoftHSM does) gets SHA-1, of which OAEP needs no
collision resistance. The kind says which.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from deid.errors import EscrowError
from deid.escrow import envelope
from deid.escrow.envelope import HEADER_BYTES, KEY_BYTES, OVERHEAD_BYTES, DataKey, does_not_open, encode
from deid.escrow.keys.access import KeyAccess
from deid.escrow.keys.services import ciphertext_in, missing
from deid.escrow.keys.wrapper import EscrowKey

KINDS = MappingProxyType({"RSA-OAEP-SHA256": hashes.SHA256, "RSA-OAEP-SHA1": hashes.SHA1})
SCHEME = "pkcs11"
_ADDRESS = re.compile(r"token=([^;?&=]+);object=([^;?&=]+)\?module-path=(/[^;?&=]+)")
_LEAST_BITS, _MOST_BITS = 2048, 8192
_PROBE = b"deid/escrow/pkcs11/probe/v1"
# What tokens call a ciphertext that does not open, or parameters they do not know.
_NOT_OPENED = frozenset(
    {
        "ArgumentsBad",
        "DataInvalid",
        "DataLenRange",
        "EncryptedDataInvalid",
        "EncryptedDataLenRange",
        "FunctionFailed",
        "GeneralError",
        "MechanismParamInvalid",
    }
)


@dataclass(frozen=True, slots=True)
class TokenWrapper:
    """The public half of a key in a token; a ``KeyWrapper``."""

    key: EscrowKey

    @property
    def key_id(self) -> bytes:
        """Name of the key."""
        return self.key.key_id

    def new_epoch_key(self, context: bytes) -> tuple[bytes, bytes]:
        """Return a fresh key of 32 bytes and its wrapped form."""
        fresh = envelope.new_key()
        return fresh, self.wrap(fresh, context)

    def wrap(self, key: bytes, context: bytes) -> bytes:
        """Return the wrapped form of a key of 32 bytes."""
        first, kek = envelope.header(envelope.RSA_OAEP, self.key_id), envelope.new_key()
        sealed = _public(self.key).encrypt(kek, _padding(self.key.kem))
        return first + sealed + DataKey.of(kek).seal(key, context + encode(first, sealed))


@dataclass(frozen=True, slots=True)
class TokenUnwrapper:
    """The private half, in its token; a ``KeyUnwrapper``."""

    key: EscrowKey
    _access: KeyAccess = field(repr=False)

    @property
    def key_id(self) -> bytes:
        """Name of the key."""
        return self.key.key_id

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Return an epoch key, or raise the one error; another when the token says no to the caller."""
        first = envelope.header(envelope.RSA_OAEP, self.key_id)
        rest, size = ciphertext_in(wrapped, first), _public(self.key).key_size // 8
        if len(wrapped) != HEADER_BYTES + size + KEY_BYTES + OVERHEAD_BYTES:
            raise does_not_open()
        kek = self._decrypt(rest[:size])
        return DataKey.of(kek).unseal(rest[size:], context + encode(first, rest[:size]))

    def _decrypt(self, sealed: bytes) -> bytes:
        with _private(self.key, self._access) as (private, parameters), _telling(opening=True):
            kek = private.decrypt(sealed, **parameters)
        if len(kek) != KEY_BYTES:
            raise does_not_open()
        return bytes(kek)


def choose(address: str, access: KeyAccess) -> EscrowKey:
    """Return the key at an address, after one key went out and came back through the token."""
    _parts(address)
    public = _read_public(address, access)
    if not _LEAST_BITS <= public.key_size <= _MOST_BITS:
        raise EscrowError(
            f"{SCHEME}: the key has {public.key_size} bits", hint="make an RSA key of 3072 bits"
        )
    spki = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    for kem in KINDS:
        key = EscrowKey(kem, encode(address.encode(), spki))
        fresh, wrapped = TokenWrapper(key).new_epoch_key(_PROBE)
        try:
            if TokenUnwrapper(key, access).unwrap(wrapped, _PROBE) == fresh:
                return key
        except EscrowError as error:
            if str(error) != str(does_not_open()):
                raise
    raise EscrowError(f"{SCHEME}: the token does not open what its public key sealed")


def address_of(raw: bytes) -> str:
    """Return the address in a raw form."""
    return envelope.decode(raw, 2)[0].decode()


def _public(key: EscrowKey) -> rsa.RSAPublicKey:
    try:
        public = load_der_public_key(envelope.decode(key.raw, 2)[1])
    except ValueError:
        raise does_not_open() from None
    if not isinstance(public, rsa.RSAPublicKey) or not _LEAST_BITS <= public.key_size <= _MOST_BITS:
        raise does_not_open()
    return public


def _padding(kem: str) -> padding.OAEP:
    return padding.OAEP(padding.MGF1(KINDS[kem]()), KINDS[kem](), None)


def _parts(address: str) -> tuple[str, str, str]:
    """Return token, object and module of an address."""
    found = _ADDRESS.fullmatch(address.removeprefix(f"{SCHEME}:"))
    if not found or not address.startswith(SCHEME):
        raise EscrowError(
            f"escrow key `{SCHEME}:…` not understood",
            hint="give pkcs11:token=LABEL;object=LABEL?module-path=/FILE (RFC 7512), without a PIN",
        )
    return unquote(found[1]), unquote(found[2]), unquote(found[3])


@contextmanager
def _session(address: str, access: KeyAccess) -> Iterator[Any]:
    """Log in to a token; EscrowError when it is not there, or refuses the PIN."""
    token, _, module = _parts(address)
    try:
        import pkcs11  # noqa: PLC0415 - an extra
    except ImportError:
        raise missing("python-pkcs11", "pkcs11") from None
    pin = access.pkcs11_pin()
    with _telling():
        session = pkcs11.lib(module).get_token(token_label=token).open(user_pin=pin)
    with session:
        yield session


@contextmanager
def _private(key: EscrowKey, access: KeyAccess) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Find the private key and how OAEP is asked for; EscrowError unless it is the other half of ours."""
    address = address_of(key.raw)
    with _session(address, access) as session:
        import pkcs11  # noqa: PLC0415 - an extra

        label, public = _parts(address)[1], _public(key)
        sha256 = KINDS[key.kem] is hashes.SHA256
        oaep = (
            pkcs11.Mechanism.SHA256 if sha256 else pkcs11.Mechanism.SHA_1,
            pkcs11.MGF.SHA256 if sha256 else pkcs11.MGF.SHA1,
            None,
        )
        with _telling():
            private = session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=label)
            modulus = int.from_bytes(private[pkcs11.Attribute.MODULUS], "big")
        if modulus != public.public_numbers().n:
            raise EscrowError(f"{SCHEME}: another key stands under this label now")
        yield private, {"mechanism": pkcs11.Mechanism.RSA_PKCS_OAEP, "mechanism_param": oaep}


def _read_public(address: str, access: KeyAccess) -> rsa.RSAPublicKey:
    with _session(address, access) as session:
        import pkcs11  # noqa: PLC0415 - an extra

        with _telling():
            public = session.get_key(object_class=pkcs11.ObjectClass.PUBLIC_KEY, label=_parts(address)[1])
            n, e = (
                int.from_bytes(public[name], "big")
                for name in (pkcs11.Attribute.MODULUS, pkcs11.Attribute.PUBLIC_EXPONENT)
            )
        return rsa.RSAPublicNumbers(e, n).public_key()


@contextmanager
def _telling(*, opening: bool = False) -> Iterator[None]:
    """Turn a token's errors (all RuntimeErrors) into ours, by name, without their text."""
    try:
        yield
    except RuntimeError as error:
        name = type(error).__name__
        if opening and name in _NOT_OPENED:
            raise does_not_open() from None
        raise EscrowError(
            f"{SCHEME}: the token refused: {name}", hint="check module, token, object and PIN"
        ) from None
