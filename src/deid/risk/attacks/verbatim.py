"""V1, verbatim search: rare runs of released text, looked up where the attacker holds originals.

Whoever has the source, or a corpus it was posted to, finds what was not rewritten. No treatment that
keeps sentences withstands it, so it is reported and gates nothing: it says who must never get the
release.
"""

import numpy as np
from numpy.typing import NDArray

from deid.risk.attack import AttackResult, Trials, judged
from deid.risk.case import Case
from deid.risk.documents import joined_by
from deid.risk.ngrams import code_points, count, scipy_module
from deid.risk.rates import Ints, exactly

NAME = "V1 verbatim search"
_RUN = range(12, 13)
_TOGETHER = 500  # pseudonyms looked up at once: common runs are shared with nearly everybody


def guess(units: list[str], corpora: list[str]) -> tuple[Ints, NDArray[np.float64]]:
    """Return the person whose text shares the rarest runs with each unit, -1 for none, and by how much."""
    counts = count(*code_points([*units, *corpora]), _RUN, min_documents=2)
    counts.data[:] = 1
    holders = np.asarray(counts[len(units) :].sum(0)).ravel()
    weighted = counts[: len(units)] @ scipy_module("sparse").diags(1 / np.maximum(holders, 1))
    people = counts[len(units) :].T.tocsr()
    named, strength = np.full(len(units), -1, np.int64), np.zeros(len(units))
    for start in range(0, len(units), _TOGETHER):
        part = slice(start, min(start + _TOGETHER, len(units)))
        likeness = (weighted[part] @ people).tocsr()
        strength[part] = likeness.max(axis=1).toarray().ravel()
        best = np.asarray(likeness.argmax(axis=1)).ravel()
        named[part] = np.where(strength[part] > 0, best, -1)
    return named, strength


def measure(case: Case, rng: np.random.Generator) -> list[AttackResult]:
    """Look every released pseudonym up in everybody's originals."""
    documents = case.documents
    people = int(documents.person.max()) + 1
    units = joined_by(documents.released, documents.unit)
    corpora = joined_by(documents.raw, documents.person)
    named, strength = guess(units, corpora)
    owner = np.zeros(len(units), np.int64)
    owner[documents.unit] = documents.person
    bare = AttackResult(NAME, "rare runs", "linkability", people, exactly(0), exactly(0), exactly(1 / people))
    trials = Trials(named == owner, owner, strength, np.zeros(len(units), np.int64))
    return [judged(bare, trials, named, owner, rng)]
