"""S1, singling out: predicates made from the release that one person alone of the source satisfies.

A row of the release is the predicate: its rarest value, its rarest three, all its columns, or those with
what its text states. It singles a person out when it fits one person of the source and that is whose row it
is. The control is the same predicate on everybody else: one that fits exactly one of them isolates by luck.
Source: Opinion 05/2014 (WP 216) section 2.2.1; Giomi et al., PoPETs 2023(2) 312-328, section 3.1.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from deid.risk import attributes
from deid.risk.attack import AttackResult, Trials, counted, merged
from deid.risk.attributes import Attributes
from deid.risk.case import Case
from deid.risk.ngrams import scipy_module
from deid.risk.rates import Ints, by_person, exactly

NAME = "S1 singling out"
_RAREST = {"rarest value": 1, "rarest three": 3}
_MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Isolated:
    """What predicates do, one entry each.

    alone : whether it fits its own person and nobody else.
    other : whether it fits exactly one of the others.
    sure  : the attacker's confidence: how rare its values are in the release.
    """

    alone: Ints = field(repr=False)
    other: Ints = field(repr=False)
    sure: NDArray[np.float64] = field(repr=False)


def isolate(rows: Attributes) -> Isolated:
    """Try every row as a predicate; a row without a value is no predicate and isolates nobody."""
    alone = np.zeros(len(rows.owner), np.int64)
    other = np.zeros(len(rows.owner), np.int64)
    told = np.asarray(rows.told.sum(1)).ravel() > 0
    for part, wrong in attributes.unfit(rows):
        fitting = (wrong == 0) & told[part, None]
        own = fitting[np.arange(len(fitting)), rows.owner[part]]
        everybody = fitting.sum(1)
        alone[part] = own & (everybody == 1)
        other[part] = everybody - own == 1
    return Isolated(alone, other, _rarity(rows))


def _rarity(rows: Attributes) -> NDArray[np.float64]:
    """Return the sum of -ln(share of rows with the value) over the values of each row."""
    share = np.asarray(rows.told.mean(0)).ravel()
    found: NDArray[np.float64] = rows.told @ -np.log(np.maximum(share, 1e-12))
    return found


def rarest(rows: Attributes, most: int) -> Attributes:
    """Return each row with the values that fewest rows have, ``most`` of them."""
    told = rows.told.tocsr()
    often = np.asarray(told.sum(0)).ravel()[told.indices]
    row = np.repeat(np.arange(told.shape[0]), np.diff(told.indptr))
    order = np.lexsort((told.indices, often, row))
    kept = order[np.arange(len(order)) - told.indptr[row[order]] < most]
    cells = (np.ones(len(kept), np.float32), (row[kept], told.indices[kept]))
    return replace(rows, told=scipy_module("sparse").csr_matrix(cells, shape=told.shape))


def measure(case: Case, rng: np.random.Generator) -> list[AttackResult]:
    """Single people out by the predicate that does so best."""
    return [merged(tried(case, rng))]


def tried(case: Case, rng: np.random.Generator) -> list[AttackResult]:
    """Single people out by every kind of predicate; one result each."""
    before = [_some(attributes.original(case, text=text), rng) for text in (False, True)]
    raw = dict(_predicates(*before))
    shown = [_some(attributes.released(case, text=text), rng) for text in (False, True)]
    people = int(case.person.max()) + 1
    found = []
    for name, rows in _predicates(*shown):
        after, ceiling = isolate(rows), isolate(raw[name])
        bare = AttackResult(
            NAME, name, "singling out", people, exactly(0), exactly(0), exactly(1 / people),
            notes={"predicates": len(rows.owner)},
        )  # fmt: skip
        trials = Trials(after.alone, rows.owner, after.sure, np.zeros(len(rows.owner), np.int64))
        result = counted(bare, trials, after.other.astype(float), rng)
        # Where the source tells nothing either, there is no ceiling: chance is all that was tried.
        told = raw[name].told.nnz > 0
        found.append(replace(result, raw=by_person(ceiling.alone, raw[name].owner, rng) if told else None))
    return found


def _predicates(columns: Attributes, whole: Attributes) -> Iterator[tuple[str, Attributes]]:
    for name, most in _RAREST.items():
        yield name, rarest(whole, most)
    yield "all columns", columns
    yield "columns and text", whole


def _some(rows: Attributes, rng: np.random.Generator) -> Attributes:
    """Return rows of some pseudonyms, at most as many as are worth trying."""
    number = len(rows.owner)
    if number <= _MOST_ROWS:
        return rows
    return rows.rows(np.sort(rng.choice(number, _MOST_ROWS, replace=False)))
