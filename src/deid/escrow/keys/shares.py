"""Share files: a custodian's secrets so that any M of N people open them together, and fewer learn nothing.

The secrets (``secrets``) are sealed under a random key of 32 bytes, drawn for this splitting; the key is
split (``shamir``), and each file holds one share and the whole sealed blob::

    format escrow_id set_id index threshold shares share digest sealed

``set_id`` names the splitting. ``sealed`` is an AES-256-GCM blob in the context
``encode("deid/escrow/shares/v1", escrow id, set id, threshold, number of shares)``, numbers as eight bytes.
``digest`` is SHA-256 of ``encode("deid/escrow/share/v1", escrow id, set id, index, threshold, shares, share,
sealed)`` and finds a damaged file; what tells true shares from false ones is the blob, which opens under
the true key alone. Every way to fail has one error.
"""

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from deid.errors import EscrowError
from deid.escrow.envelope import (
    KEY_BYTES,
    OVERHEAD_BYTES,
    DataKey,
    does_not_open,
    encode,
    new_key,
    text_fields,
)
from deid.escrow.keys import files, shamir
from deid.escrow.keys.local import ESCROW_ID_BYTES
from deid.escrow.keys.secrets import MOST_BYTES, Secrets

_FORM = "deid-escrow-share/v1"
_NAMES = frozenset({"escrow_id", "set_id", "index", "threshold", "shares", "share", "digest", "sealed"})
_SET_ID_BYTES, _DIGEST_BYTES = 16, 32


@dataclass(frozen=True, slots=True)
class _Share:
    """One share, as its file has it. ``set`` is what all shares of one splitting have in common."""

    set: tuple[str, str, int, int]
    index: int
    share: bytes = field(repr=False)
    sealed: bytes = field(repr=False)

    @property
    def digest(self) -> bytes:
        escrow_id, set_id, *numbers = self.set
        counters = [number.to_bytes(8, "big") for number in (self.index, *numbers)]
        names = text_fields((escrow_id, set_id))
        message = encode(b"deid/escrow/share/v1", *names, *counters, self.share, self.sealed)
        return hashlib.sha256(message).digest()


def split(secrets: Secrets, folder: Path, *, threshold: int, n_shares: int) -> list[Path]:
    """Write N share files, mode 0600, into a folder, mode 0700; any ``threshold`` of them will do.

    2 <= threshold <= n_shares <= 16. EscrowError when a file exists or cannot be written; then none stays.
    """
    if not 2 <= threshold <= n_shares <= shamir.MOST_SHARES:
        raise EscrowError(
            f"{threshold} of {n_shares} shares cannot be",
            hint=f"2 <= threshold <= shares <= {shamir.MOST_SHARES}",
        )
    key, set_id = new_key(), uuid.uuid4().hex
    together = (secrets.escrow_id, set_id, threshold, n_shares)
    sealed = DataKey.of(key).seal(secrets.encode(), _context(together))
    made: list[Path] = []
    with files.private_folder(folder):
        try:
            for index, share in shamir.split(key, threshold=threshold, n_shares=n_shares).items():
                path = folder / f"escrow-share-{index}-of-{n_shares}.key"
                files.create(path, _fields(_Share(together, index, share, sealed)), secret=True)
                made.append(path)
        except BaseException:
            for path in made:
                path.unlink(missing_ok=True)
            raise
    return made


def combine(paths: Iterable[str | Path]) -> Secrets:
    """Return the secrets that enough share files of one splitting hold; the one error in every other case."""
    shares = [_read(Path(path)) for path in paths]
    if len({(share.set, share.sealed) for share in shares}) != 1:
        raise does_not_open()
    escrow_id, _, threshold, n_shares = together = shares[0].set
    by_index = {share.index: share.share for share in shares}
    if (
        len(by_index) != len(shares)
        or len(shares) < threshold
        or not all(0 < i <= n_shares for i in by_index)
    ):
        raise does_not_open()
    key = DataKey.of(shamir.join(by_index))
    return Secrets.decode(escrow_id, key.unseal(shares[0].sealed, _context(together)))


def _fields(share: _Share) -> files.Fields:
    escrow_id, set_id, threshold, n_shares = share.set
    return {
        "format": _FORM,
        "escrow_id": escrow_id,
        "set_id": set_id,
        "index": share.index,
        "threshold": threshold,
        "shares": n_shares,
        "share": share.share.hex(),
        "digest": share.digest.hex(),
        "sealed": share.sealed.hex(),
    }


def _read(path: Path) -> _Share:
    """Read a share file; one that is damaged gives the one error, one that is not there says so."""
    fields = files.read(path, _FORM, _NAMES, secret=True)
    escrow_id = files.unhex(fields, "escrow_id", ESCROW_ID_BYTES, path).hex()
    set_id = files.unhex(fields, "set_id", _SET_ID_BYTES, path).hex()
    index, threshold, n_shares = (
        files.whole(fields, name, path) for name in ("index", "threshold", "shares")
    )
    share = _Share(
        set=(escrow_id, set_id, threshold, n_shares),
        index=index,
        share=files.unhex(fields, "share", KEY_BYTES, path),
        sealed=files.unhex_up_to(fields, "sealed", MOST_BYTES + OVERHEAD_BYTES, path),
    )
    if not 1 <= index <= n_shares <= shamir.MOST_SHARES or not 2 <= threshold <= n_shares:
        raise does_not_open()
    if files.unhex(fields, "digest", _DIGEST_BYTES, path) != share.digest:
        raise does_not_open()
    return share


def _context(together: tuple[str, str, int, int]) -> bytes:
    escrow_id, set_id, *numbers = together
    counters = [number.to_bytes(8, "big") for number in numbers]
    return encode(b"deid/escrow/shares/v1", *text_fields((escrow_id, set_id)), *counters)
