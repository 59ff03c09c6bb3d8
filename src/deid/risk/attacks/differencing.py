"""D1, differencing: what two releases tell together that neither tells alone.

Rows: the attacker joins the rows of one person by the text that both releases hold, and keeps who fits
both; an age of 30 to 34 here and of 34 to 38 there is 34. The control is the later release alone. Comings
and goings: what stands in one release and not in the other belongs to those who joined or left between
them, and whoever knows that somebody did looks at nothing else.
Source: Sweeney, International Journal on Uncertainty 10 (2002) 557-570, section 5 (complementary and
temporal releases).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from deid.risk import attributes
from deid.risk.attack import AttackResult, Trials, counted
from deid.risk.attacks.verbatim import guess
from deid.risk.attributes import Attributes
from deid.risk.case import Case
from deid.risk.documents import Mask
from deid.risk.ngrams import code_points, count
from deid.risk.rates import exactly

ROWS = "D1 differencing of rows"
CHANGES = "D1 comings and goings"
_LEAST_PEOPLE = 2
_MOST_PEOPLE = 2_000
_RUN = range(8, 9)
_RARE = 40  # a run that more texts hold is a turn of phrase


def measure(case: Case, earlier: Case, rng: np.random.Generator) -> list[AttackResult]:
    """Compare two releases of one source; rows are compared where two people or more are in both."""
    found = [*_changes(case, earlier, rng)]
    both = sorted(set(_subjects(case)) & set(_subjects(earlier)))
    if len(both) >= _LEAST_PEOPLE:
        chosen = np.sort(rng.permutation(len(both))[:_MOST_PEOPLE])
        found.append(_rows(case, earlier, [both[n] for n in chosen.tolist()], rng))
    return found


def _subjects(case: Case) -> dict[str, list[int]]:
    """Return where each source subject's talks stand among the pairs."""
    found: dict[str, list[int]] = {}
    for number, (_, source) in enumerate(case.aligned.pairs):
        found.setdefault(source.subject, []).append(number)
    return found


def _rows(case: Case, earlier: Case, people: list[str], rng: np.random.Generator) -> AttackResult:
    later_fit, before_fit = (_fitting(side, people) for side in (case, earlier))
    named, _ = guess(_texts(case, people), _texts(earlier, people))
    joined = later_fit & (before_fit[named] | (named < 0)[:, None])
    alone, together = (_alone(fit) for fit in (later_fit, joined))
    owner = np.arange(len(people))
    bare = AttackResult(
        ROWS, "joined by text", "singling out", len(people), exactly(0), exactly(0), exactly(1 / len(people))
    )
    trials = Trials(together, owner, together.astype(float), np.zeros(len(people), np.int64))
    return counted(bare, trials, alone.astype(float), rng)


def _alone(fit: NDArray[np.bool_]) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = (fit.sum(1) == 1) & fit[np.arange(len(fit)), np.arange(len(fit))]
    return found


def _fitting(case: Case, people: list[str]) -> NDArray[np.bool_]:
    """Return whether all that the release tells of a person may be said of another, both as ``people``."""
    whole = attributes.released(case)
    talks = _subjects(case)
    number = np.array([case.person[talks[subject][0]] for subject in people], np.int64)
    unit = np.array([case.unit[talks[subject][0]] for subject in people], np.int64)
    rows = Attributes(whole.column, whole.told[unit], whole.fits[number], np.arange(len(people)))
    told = np.asarray(rows.told.sum(1)).ravel() > 0
    fit = np.zeros((len(people), len(people)), bool)
    for part, wrong in attributes.unfit(rows):
        fit[part] = (wrong == 0) & told[part, None]
    return fit | ~told[:, None]


def _texts(case: Case, people: list[str]) -> list[str]:
    talks = _subjects(case)
    pairs = case.aligned.pairs
    return ["\n".join(text for n in talks[subject] for text in pairs[n][0].texts) for subject in people]


def _changes(case: Case, earlier: Case, rng: np.random.Generator) -> Iterator[AttackResult]:
    """Yield how well those who joined, and those who left, are found among what changed."""
    for name, here, there in (("joined", case, earlier), ("left", earlier, case)):
        people = len(_subjects(here))
        moved = sorted(set(_subjects(here)) - set(_subjects(there)))
        bare = AttackResult(
            CHANGES, name, "singling out", people, exactly(0), exactly(0), exactly(1 / people),
            notes={"changed": len(moved)},
        )  # fmt: skip
        yield _found(bare, moved, _changed(here, there), rng) if moved else bare


def _found(
    bare: AttackResult, moved: Sequence[str], changed: Mapping[str, int], rng: np.random.Generator
) -> AttackResult:
    number = np.arange(len(moved))
    found = np.array([changed.get(subject, 0) / max(sum(changed.values()), 1) for subject in moved])
    trials = Trials(found, number, found, np.zeros(len(moved), np.int64))
    return replace(counted(bare, trials, np.full(len(moved), 1 / bare.pool), rng), tails={})


def _changed(here: Case, there: Case) -> Mapping[str, int]:
    """Return how many pseudonyms with text that ``there`` lacks are whose."""
    stands = _stands(*(["\n".join(talk.texts) for talk, _ in side.aligned.pairs] for side in (here, there)))
    units: dict[str, set[int]] = {}
    for (_, source), unit, stood in zip(here.aligned.pairs, here.unit.tolist(), stands.tolist(), strict=True):
        if not stood:
            units.setdefault(source.subject, set()).add(unit)
    return {subject: len(each) for subject, each in units.items()}


def _stands(here: list[str], there: list[str]) -> Mask:
    """Return which texts share most of their rare runs with one text of the other side.

    A text of common runs alone tells nothing and counts as one that stands there.
    """
    counts = count(*code_points([*here, *there]), _RUN)
    counts.data[:] = 1
    counts = counts[:, np.asarray(counts.sum(0)).ravel() <= _RARE].tocsr()
    runs = np.diff(counts.indptr)[: len(here)]
    shared = np.asarray((counts[: len(here)] @ counts[len(here) :].T).max(axis=1).todense()).ravel()
    found: Mask = shared * 2 >= runs
    return found
