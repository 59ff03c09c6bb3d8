"""Sealed blobs: how bytes are encrypted, bound to their place, and opened.

Every blob starts with the same ten bytes, and its algorithm says what follows::

    offset  size  field
    0       1     version: 0x01
    1       1     algorithm: 0x01 AES-256-GCM, 0x02 HPKE (X25519, HKDF-SHA256, AES-256-GCM),
                  0x03 to 0x06 epoch keys under other kinds of escrow key (``keys.kinds``)
    2       8     key id of the key that opens it

    AES-256-GCM                          HPKE, base mode, single shot (RFC 9180)
    10      12    nonce, random          10      32    encapsulated key
    22      n     ciphertext             42      n     ciphertext
    22+n    16    tag                    42+n    16    tag

A key id is the first eight bytes of SHA-256("deid/escrow/key-id/v1" || key): a key that opens a
blob by chance or by design is still refused when it is not the key named.

Associated data (AES-GCM) and info (HPKE) are ``encode(tag, field, ..., header)``: each field behind its
length as four bytes, big-endian, so no two lists of fields encode alike; the tag names the kind of blob
and its version, and the header is the blob's own first ten bytes. ``docs/escrow-format.md`` lists them.
"""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NoReturn, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from deid.errors import EscrowError

VERSION = 1
AES_256_GCM = 1
HPKE_X25519 = 2
HPKE_HYBRID = 3
AWS_KMS = 4
VAULT_TRANSIT = 5
RSA_OAEP = 6

KEY_BYTES = 32
KEY_ID_BYTES = 8
HEADER_BYTES = 2 + KEY_ID_BYTES
NONCE_BYTES = 12
TAG_BYTES = 16
MAX_PLAINTEXT_BYTES = 1 << 26
OVERHEAD_BYTES = HEADER_BYTES + NONCE_BYTES + TAG_BYTES

_KEY_ID_TAG = b"deid/escrow/key-id/v1"
_LENGTH_BYTES = 4


def does_not_open() -> EscrowError:
    """Return the one error for every way a sealed thing can fail to open, so errors are no oracle."""
    return EscrowError(
        "escrow does not open", hint="wrong key or passphrase, unknown or shredded, or altered since"
    )


def encode(*fields: bytes) -> bytes:
    """Join fields, each behind its length (four bytes, big-endian); injective."""
    return b"".join(len(part).to_bytes(_LENGTH_BYTES, "big") + part for part in fields)


def decode(data: bytes, n_fields: int) -> list[bytes]:
    """Split what ``encode`` joined; EscrowError unless it is exactly ``n_fields`` fields."""
    fields: list[bytes] = []
    position = 0
    while position < len(data) and len(fields) < n_fields:
        start = position + _LENGTH_BYTES
        position = start + int.from_bytes(data[position:start], "big")
        fields.append(data[start:position])
    if position != len(data) or len(fields) != n_fields:
        raise does_not_open()
    return fields


def key_id(key: bytes) -> bytes:
    """Return the name of a key: eight bytes that say nothing else about it."""
    return hashlib.sha256(_KEY_ID_TAG + key).digest()[:KEY_ID_BYTES]


def header(algorithm: int, key: bytes) -> bytes:
    """Return the first ten bytes of a blob; ``key`` is a key id."""
    return bytes((VERSION, algorithm)) + key


def check_header(blob: bytes, expected: bytes, *, at_least: int) -> None:
    """Refuse a blob that is too short, too long, or not under the expected version, algorithm and key."""
    too_long = len(blob) > MAX_PLAINTEXT_BYTES + at_least
    if len(blob) < at_least or too_long or blob[:HEADER_BYTES] != expected:
        raise does_not_open()


@dataclass(frozen=True, slots=True)
class DataKey:
    """An AES-256 key that seals and unseals blobs; never printed, never pickled.

    key_id : eight bytes, in front of every blob it seals.

    Nonces are random, so one key seals at most 2**32 blobs (NIST SP 800-38D, 8.3); an epoch key
    seals one blob per subject, and a subject's key one per record, both far fewer.
    """

    key_id: bytes
    _cipher: AESGCM = field(repr=False)
    _header: bytes = field(repr=False)
    _suffix: bytes = field(repr=False)

    @classmethod
    def of(cls, key: bytes) -> Self:
        """Make ready a key of 32 bytes."""
        name = key_id(key)
        first = header(AES_256_GCM, name)
        return cls(name, AESGCM(key), first, encode(first))

    def seal(self, plaintext: bytes, context: bytes) -> bytes:
        """Encrypt under a fresh random nonce, bound to ``context`` (what ``encode`` returned)."""
        nonce = os.urandom(NONCE_BYTES)
        return self._header + nonce + self._cipher.encrypt(nonce, plaintext, context + self._suffix)

    def unseal(self, blob: bytes, context: bytes) -> bytes:
        """Decrypt, or raise the one error."""
        check_header(blob, self._header, at_least=OVERHEAD_BYTES)
        nonce, sealed = blob[HEADER_BYTES : HEADER_BYTES + NONCE_BYTES], blob[HEADER_BYTES + NONCE_BYTES :]
        try:
            return self._cipher.decrypt(nonce, sealed, context + self._suffix)
        except InvalidTag:
            raise does_not_open() from None

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is not pickled; keep it where it is used")


def new_key() -> bytes:
    """Return 32 random bytes from the operating system."""
    return os.urandom(KEY_BYTES)


def text_fields(values: Sequence[str]) -> list[bytes]:
    """Return texts as UTF-8; lone surrogates are kept, so different texts stay different."""
    return [value.encode("utf-8", "surrogatepass") for value in values]


@dataclass(frozen=True, slots=True)
class EpochContext:
    """What an epoch key is bound to.

    escrow_id, writer : 32 hex digits each; a writer has one epoch, and both carry its name.
    run_id, domain    : names the caller gave.
    """

    escrow_id: str
    writer: str
    run_id: str
    domain: str

    def wrapped_key(self) -> bytes:
        """Return the context of the epoch key itself."""
        return encode(b"deid/escrow/epoch/v1", *self._names(), *text_fields((self.run_id, self.domain)))

    def subject_key(self, subject: bytes, key: bytes) -> bytes:
        """Return the context of a subject's key; ``subject`` an index id, ``key`` a key id."""
        return encode(b"deid/escrow/subject-key/v1", *self._names(), subject, key)

    def batch(self, batch: str, attempt: str) -> bytes:
        """Return the context all records of a batch share; ``record`` adds the rest."""
        names = text_fields((self.domain, batch, attempt))
        return encode(b"deid/escrow/record/v1", *self._names(), *names)

    def _names(self) -> list[bytes]:
        return text_fields((self.escrow_id, self.writer))


def record_context(batch: bytes, record: bytes, subject: bytes) -> bytes:
    """Return the context of one sealed record: its batch's, then the two index ids."""
    return batch + encode(record, subject)
