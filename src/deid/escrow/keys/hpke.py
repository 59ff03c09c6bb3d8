"""Escrow keys in files: HPKE, base mode, single shot (RFC 9180), with one of two KEMs.

``X25519``            DHKEM(X25519, HKDF-SHA256)
``MLKEM768-X25519``   the hybrid of draft-ietf-hpke-pq, KEM 0x647a («X-Wing»): what is sealed today stays
                      closed to a later quantum computer as long as either half holds

both with HKDF-SHA256 and AES-256-GCM. Halves are written one behind the other, ML-KEM first: a public key
is 1,184 + 32 bytes, a private key a seed of 64 + 32 bytes (FIPS 203, section 7.1: d, then z).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NoReturn

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from deid.errors import EscrowError
from deid.escrow import envelope
from deid.escrow.envelope import KEY_BYTES, does_not_open, encode
from deid.escrow.keys.wrapper import EscrowKey

X25519 = "X25519"
HYBRID = "MLKEM768-X25519"
_SEED_BYTES, _MLKEM_BYTES = 64, 1184


@dataclass(frozen=True, slots=True)
class _Form:
    """What a kind's blobs and keys look like; sizes in bytes."""

    algorithm: int
    kem: KEM
    encapsulated: int
    public: int
    private: int

    @property
    def wrapped(self) -> int:
        return envelope.HEADER_BYTES + self.encapsulated + KEY_BYTES + envelope.TAG_BYTES

    def suite(self) -> Suite:
        return Suite(self.kem, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


FORMS = MappingProxyType(
    {
        X25519: _Form(envelope.HPKE_X25519, KEM.X25519, 32, 32, 32),
        HYBRID: _Form(
            envelope.HPKE_HYBRID, KEM.MLKEM768_X25519, 1120, _MLKEM_BYTES + KEY_BYTES, _SEED_BYTES + KEY_BYTES
        ),
    }
)


@dataclass(frozen=True, slots=True)
class HpkeWrapper:
    """The public half; a ``KeyWrapper``."""

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
        form, raw = FORMS[self.key.kem], self.key.raw
        first = envelope.header(form.algorithm, self.key_id)
        info = context + encode(first)
        if self.key.kem == X25519:
            return first + form.suite().encrypt(key, X25519PublicKey.from_public_bytes(raw), info=info)
        with _supported():
            public = MLKEM768X25519PublicKey(
                MLKEM768PublicKey.from_public_bytes(raw[:_MLKEM_BYTES]),
                X25519PublicKey.from_public_bytes(raw[_MLKEM_BYTES:]),
            )
            return first + form.suite().encrypt(key, public, info=info)


@dataclass(frozen=True, slots=True)
class HpkeUnwrapper:
    """The private half; a ``KeyUnwrapper``. Never printed, never pickled."""

    key: EscrowKey
    _secret: X25519PrivateKey | MLKEM768X25519PrivateKey = field(repr=False)

    @property
    def key_id(self) -> bytes:
        """Name of the key."""
        return self.key.key_id

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Return an epoch key, or raise the one error."""
        form = FORMS[self.key.kem]
        first = envelope.header(form.algorithm, self.key_id)
        envelope.check_header(wrapped, first, at_least=form.wrapped)
        try:
            key = form.suite().decrypt(wrapped[len(first) :], self._secret, info=context + encode(first))
        except (InvalidTag, ValueError):
            raise does_not_open() from None
        if len(key) != KEY_BYTES:
            raise does_not_open()
        return key

    def __reduce__(self) -> NoReturn:
        raise TypeError("a private key is not pickled; open it again where it is used")


def generate(kem: str) -> bytes:
    """Draw a private key."""
    secret = X25519PrivateKey.generate().private_bytes_raw()
    if kem == X25519:
        return secret
    with _supported():
        return MLKEM768PrivateKey.generate().private_bytes_raw() + secret


def unwrapper(kem: str, private: bytes) -> HpkeUnwrapper:
    """Make ready a private key of the right size."""
    if len(private) != FORMS[kem].private:
        raise does_not_open()
    if kem == X25519:
        secret = X25519PrivateKey.from_private_bytes(private)
        return HpkeUnwrapper(EscrowKey(kem, secret.public_key().public_bytes_raw()), secret)
    with _supported():
        seed = MLKEM768PrivateKey.from_seed_bytes(private[:_SEED_BYTES])
    curve = X25519PrivateKey.from_private_bytes(private[_SEED_BYTES:])
    raw = seed.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
    return HpkeUnwrapper(EscrowKey(kem, raw), MLKEM768X25519PrivateKey(seed, curve))


@contextmanager
def _supported() -> Iterator[None]:
    """Turn «this build has no ML-KEM» into an EscrowError."""
    try:
        yield
    except UnsupportedAlgorithm:
        raise EscrowError(
            "this build of `cryptography` has no ML-KEM", hint="use its wheels, or OpenSSL 3.5 or later"
        ) from None
