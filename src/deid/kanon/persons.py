"""People whose rows are spread over a table that memory does not hold.

Rows are put into parts on disk by whom they are of, so that all of a person is in one part. The files have no
name in any folder and hold numbers alone: a person stands there as a keyed hash whose key nobody keeps.
"""

import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import IO, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from deid.errors import InputError
from deid.kanon.classes import Codes, Counts
from deid.kanon.encode import read_codes
from deid.kanon.layout import fresh

PARTS = 64
"""Parts of a table; one is in memory at a time."""

_HASH = 16
_WORDS = _HASH // 8

Numbers = npt.NDArray[np.int64]


class Persons:
    """Rows of one table by person. Use as a context: the files go with it.

    subject, household : columns that name the person of a row, and a mark of who lives together.
    """

    def __init__(self, subject: str, household: str | None, n_columns: int) -> None:
        self._subject = subject
        self._household = household
        self._key = os.urandom(_HASH)
        self._width = (1 if household is None else 2) * _WORDS + n_columns
        self._nobody: Counter[tuple[str, str]] = Counter()
        self._files: list[IO[bytes]] = [
            tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed by the context
            for _ in range(PARTS)
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files:
            file.close()

    def add(self, piece: pa.Table, codes: Sequence[Codes]) -> None:
        """Put the rows of a piece into their parts."""
        marks = [] if self._household is None else [self._hashes(piece, self._household, "household")]
        people = self._hashes(piece, self._subject, "person")
        rows = np.column_stack([people, *marks, *codes]).astype(np.int64)
        part = people[:, 0].astype(np.uint64) % PARTS
        place = np.argsort(part, kind="stable")
        ends = np.searchsorted(part[place], np.arange(PARTS + 1))
        for n in np.flatnonzero(np.diff(ends)):
            self._files[n].write(np.ascontiguousarray(rows[place[ends[n] : ends[n + 1]]]).tobytes())

    def check(self) -> None:
        """Raise InputError where a row of any piece names no person or household."""
        for (name, unit), nobody in self._nobody.items():
            if nobody:
                raise InputError(
                    f"column `{name}`: {nobody} rows name no {unit}",
                    hint=f"remove these rows, or give them their {unit}",
                )

    def parts(self) -> Iterator[tuple[Counts, Numbers, Numbers]]:
        """Yield, part by part, the person of each row from 0, its household's mark, and its codes."""
        for file in self._files:
            file.seek(0)
            rows = np.frombuffer(file.read(), np.int64).reshape(-1, self._width)
            if len(rows):
                rows = rows[np.lexsort((rows[:, 1], rows[:, 0]))]
                person = np.cumsum(fresh(np.ascontiguousarray(rows[:, :_WORDS].T))) - 1
                begin = _WORDS if self._household is None else 2 * _WORDS
                yield person, rows[:, _WORDS:begin], rows[:, begin:]

    def _hashes(self, piece: pa.Table, name: str, unit: str) -> Numbers:
        """Return the hash of each row's value as two numbers."""
        indices, texts = read_codes(piece, name)
        missing = np.array([text is None for text in texts])[indices]
        self._nobody[name, unit] += int(np.count_nonzero(missing))
        words = b"".join(
            blake2b((text or "").encode(), digest_size=_HASH, key=self._key).digest() for text in texts
        )
        found: Numbers = np.frombuffer(words, np.int64).reshape(-1, _WORDS)[indices]
        return found
