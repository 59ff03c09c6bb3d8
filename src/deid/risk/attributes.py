"""What a release tells about people beside their words, and whom each told value fits.

A column tells when it goes out as it is, banded, coarsened, generalised or perturbed; one that is deleted or
replaced by an invented value does not. Which values of the source a released value stands for is read off the
matched talks: an attacker who knows the hierarchies knows no less. A person of the source fits a row of the
release when each value in it stands for one of theirs.
"""

from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from deid.risk.case import Case
from deid.risk.documents import Mask, numbered
from deid.risk.ngrams import Sparse, scipy_module
from deid.risk.rates import Ints
from deid.risk.stated import stated
from deid.treatments import PERTURBING, FieldSpec

_TELLING = ("keep", "bands", "top", "coarsen", *PERTURBING)
_CLASSES = ("keep", "quasi", "sensitive")
_CELLS = 4_000_000

_OWN_SHARE = 0.1
_Value = tuple[str, str]


class _Seen(NamedTuple):
    """One value in one row: what is released, what that means, and what the person had; None for none."""

    unit: int
    person: int
    column: str
    released: str | None
    meant: str | None
    source: str | None

    def __repr__(self) -> str:
        return "_Seen(…)"


@dataclass(frozen=True, slots=True)
class Attributes:
    """Rows of a release and the people they may fit; both matrices hold ones.

    column : the column of each told value, numbered from 0.
    told   : pseudonym × told value: what stands in its row.
    fits   : person × told value: of whom it may be said.
    owner  : the person of each pseudonym, numbered as in ``documents``.
    """

    column: Ints = field(repr=False)
    told: Sparse = field(repr=False)
    fits: Sparse = field(repr=False)
    owner: Ints = field(repr=False)

    def only(self, kept: Mask) -> "Attributes":
        """Return the told values that ``kept`` marks, one mark a told value."""
        return Attributes(self.column[kept], self.told[:, kept], self.fits[:, kept], self.owner)

    def rows(self, chosen: Ints) -> "Attributes":
        """Return some of the pseudonyms."""
        return Attributes(self.column, self.told[chosen], self.fits, self.owner[chosen])


def released(case: Case, *, text: bool = False) -> Attributes:
    """Return what the release tells; ``text`` adds what people state of themselves in their messages.

    Of a record that was cut, the pieces that tell nothing are no rows where another of its pieces tells.
    """
    found = _built([*_columns(case), *(_facts(case) if text else ())], case.unit, case.person)
    return found.rows(_rows(found, case))


def _rows(found: Attributes, case: Case) -> Ints:
    told = np.asarray(found.told.sum(1)).ravel() > 0
    record = numbered([(source.subject, source.record) for _, source in case.aligned.pairs])
    tells = np.zeros(_size(record), bool)
    tells[record[told[case.unit]]] = True
    kept = np.ones(len(found.owner), bool)
    kept[case.unit[tells[record] & ~told[case.unit]]] = False
    return np.flatnonzero(kept)


def original(case: Case, *, text: bool = False) -> Attributes:
    """Return what the same columns told before, in one row a person: the raw ceiling."""
    found = [*_columns(case), *(_facts(case) if text else ())]
    before = [
        seen._replace(unit=seen.person, released=seen.source, meant=seen.source)
        for seen in found
        if seen.source is not None
    ]
    return _built(before, case.person, case.person)


def unfit(rows: Attributes, against: Sparse | None = None) -> Iterator[tuple[slice, Ints]]:
    """Yield by some rows at a time how many values of each row do not fit each person.

    against : person × told value in place of ``rows.fits``.
    """
    fits = (rows.fits if against is None else against).T.tocsr()
    told = np.asarray(rows.told.sum(1)).ravel()
    step = max(1, _CELLS // max(fits.shape[1], 1))
    for start in range(0, rows.told.shape[0], step):
        part = slice(start, min(start + step, rows.told.shape[0]))
        fitting = (rows.told[part] @ fits).toarray()
        yield part, np.rint(told[part, None] - fitting).astype(np.int64)


def _columns(case: Case) -> Iterator[_Seen]:
    """Yield the values of the columns that the release tells."""
    paths = [path for path, spec in case.fields.items() if _tells(spec) and path not in case.ids]
    for (talk, source), unit, person in zip(
        case.aligned.pairs, case.unit.tolist(), case.person.tolist(), strict=True
    ):
        for path in paths:
            after, before = talk.values.get(path), source.values.get(path)
            if after is not None or before is not None:
                yield _Seen(unit, person, path, after, before, before)


def _tells(spec: FieldSpec) -> bool:
    return spec.cls in _CLASSES and spec.effective.operator in _TELLING


def _facts(case: Case) -> Iterator[_Seen]:
    """Yield what people state; a released value that replaced none means itself."""
    documents = case.documents
    after, before = stated(documents.released), stated(documents.raw)
    for unit, person, now, then in zip(
        documents.unit.tolist(), documents.person.tolist(), after, before, strict=True
    ):
        for kind, value in then:
            yield _Seen(unit, person, f"stated {kind}", None, None, value)
        for kind, value in now:
            for old in [old for other, old in then if other == kind] or [value]:
                yield _Seen(unit, person, f"stated {kind}", value, old, None)


def _built(found: Sequence[_Seen], unit: Ints, person: Ints) -> Attributes:
    """Return the matrices; ``unit`` and ``person`` are those of each talk."""
    told: dict[_Value, int] = {}
    had: dict[_Value, int] = {}
    rows, holds = set(), set()
    meant: dict[_Value, Counter[_Value]] = {}
    for seen in found:
        if seen.released is not None:
            value = (seen.column, seen.released)
            rows.add((seen.unit, told.setdefault(value, len(told))))
            meant.setdefault(value, Counter()).update([(seen.column, seen.meant or "")])
        if seen.source is not None:
            holds.add((seen.person, had.setdefault((seen.column, seen.source), len(had))))
    means = {(told[value], had[old]) for value in told for old in _meaning(value, meant[value], had)}
    owner = np.zeros(_size(unit), np.int64)
    owner[unit] = person
    fits = _ones(holds, _size(person), len(had)) @ _ones(means, len(told), len(had)).T
    fits = fits.tocsr()
    fits.data[:] = 1
    column = numbered([name for name, _ in told])
    return Attributes(column, _ones(rows, len(owner), len(told)), fits, owner)


def _meaning(value: _Value, replaced: Counter[_Value], had: Container[_Value]) -> Iterable[_Value]:
    """Return what a released value is taken for: what it replaced, or itself where that would be a lie.

    A value that is somebody's and seldom stands for itself was exchanged or invented.
    """
    if value in had and replaced[value] < _OWN_SHARE * replaced.total():
        return (value,)
    return [old for old in replaced if old in had]


def _size(numbers: Ints) -> int:
    return int(numbers.max(initial=-1)) + 1


def _ones(cells: Collection[tuple[int, int]], rows: int, columns: int) -> Sparse:
    row, column = np.array(sorted(cells), np.int64).reshape(-1, 2).T
    shape = (rows, columns)
    return scipy_module("sparse").csr_matrix((np.ones(len(row), np.float32), (row, column)), shape=shape)
