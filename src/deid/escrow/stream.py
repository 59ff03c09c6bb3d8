"""A long secret in a file: chunks of AES-256-GCM that open only whole, in order and to their true end.

This is the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár: «Online Authenticated-Encryption and its
Nonce-Reuse Misuse-Resistance», CRYPTO 2015, section 7) in the form age gives it: every chunk but the last
holds 65,536 bytes; the nonce of chunk i is i as eleven bytes, big-endian, and one byte that is 1 for the last
chunk and 0 for the others; the associated data are the file's header. The key is fresh for every file.
"""

from collections.abc import Iterable, Iterator
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from deid.escrow.envelope import TAG_BYTES, does_not_open

CHUNK_BYTES = 1 << 16


def seal_stream(pieces: Iterable[bytes], out: IO[bytes], key: bytes, header: bytes) -> None:
    """Write pieces of any length, sealed; memory is one chunk and the longest piece."""
    cipher, waiting, number = AESGCM(key), bytearray(), 0
    for piece in pieces:
        waiting += piece
        while len(waiting) > CHUNK_BYTES:
            out.write(cipher.encrypt(_nonce(number, last=False), bytes(waiting[:CHUNK_BYTES]), header))
            del waiting[:CHUNK_BYTES]
            number += 1
    out.write(cipher.encrypt(_nonce(number, last=True), bytes(waiting), header))


def open_stream(source: IO[bytes], key: bytes, header: bytes) -> Iterator[bytes]:
    """Yield what was sealed, a chunk at a time; the one error for a chunk altered, missing or added."""
    cipher, number = AESGCM(key), 0
    chunk, after = source.read(CHUNK_BYTES + TAG_BYTES), b""
    while True:
        after = source.read(CHUNK_BYTES + TAG_BYTES)
        try:
            yield cipher.decrypt(_nonce(number, last=not after), chunk, header)
        except (InvalidTag, ValueError):
            raise does_not_open() from None
        if not after:
            return
        chunk, number = after, number + 1


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes((last,))
