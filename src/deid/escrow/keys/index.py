"""Index ids: keyed names for records and subjects, so a stolen database lists nobody."""

from dataclasses import dataclass, field
from typing import NoReturn, Self

from cryptography.hazmat.primitives import hashes, hmac

ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class IndexKey:
    """HMAC-SHA-256 under the index key, cut to 16 bytes (RFC 2104 section 5).

    Two of 10**9 ids collide with a chance of about 1.5e-21. Record and subject ids have different
    prefixes, so equal ids of the two kinds do not show as equal.
    """

    _record: hmac.HMAC = field(repr=False)
    _subject: hmac.HMAC = field(repr=False)

    @classmethod
    def of(cls, key: bytes) -> Self:
        """Make ready an index key of 32 bytes."""
        return cls(
            _keyed(key, b"deid/escrow/index/v1|record|"), _keyed(key, b"deid/escrow/index/v1|subject|")
        )

    def record(self, record: str) -> bytes:
        """Return the index id of a record id."""
        return _finish(self._record, record)

    def subject(self, subject: str) -> bytes:
        """Return the index id of a subject id."""
        return _finish(self._subject, subject)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is not pickled; keep it where it is used")


def _keyed(key: bytes, prefix: bytes) -> hmac.HMAC:
    state = hmac.HMAC(key, hashes.SHA256())
    state.update(prefix)
    return state


def _finish(keyed: hmac.HMAC, value: str) -> bytes:
    state = keyed.copy()
    state.update(value.encode("utf-8", "surrogatepass"))
    return state.finalize()[:ID_BYTES]
