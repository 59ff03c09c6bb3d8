"""L3, profile to text: whoever knows somebody's profile looks for what they wrote.

A profile's values are the query, a pseudonym's text the document: characters and words by TF-IDF, less what
every profile likes about a text (Radovanović et al., JMLR 11 (2010) 2487-2531: hubs). What a
neighbour, a colleague or a data broker knows finds text that repeats it.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from deid.risk.attack import AttackResult, judged, one_each
from deid.risk.case import Case
from deid.risk.documents import joined_by
from deid.risk.features import Matrix, extract, inverse_frequency, weighted
from deid.risk.ngrams import Sparse
from deid.risk.rates import Ints, exactly

NAME = "L3 profile to text"
_LEAST_PEOPLE = 2
_TOGETHER = 200  # profiles compared at once
_MOST_PROFILES = 2_000


def guess(profiles: list[str], texts: list[str]) -> tuple[Ints, NDArray[np.float64]]:
    """Return the text that each profile fits best, -1 where it fits none, and by how much."""
    found = extract([*profiles, *texts])
    likeness = np.zeros((len(profiles), len(texts)), np.float32)
    for counts in (found.characters, found.words):
        _add_cosines(likeness, counts)
    told = likeness.max(1) > 0
    likeness -= likeness.mean(0)
    return np.where(told, likeness.argmax(1), -1), likeness.max(1).astype(np.float64)


def _add_cosines(likeness: Matrix, counts: Sparse) -> None:
    """Add the cosine of each profile (the first rows of ``counts``) with each text, some at a time."""
    profiles = len(likeness)
    rows = weighted(counts, inverse_frequency(counts[profiles:]))
    texts = rows[profiles:].T.tocsr()
    for start in range(0, profiles, _TOGETHER):
        part = slice(start, min(start + _TOGETHER, profiles))
        likeness[part] += (rows[part] @ texts).toarray()


def measure(case: Case, rng: np.random.Generator) -> list[AttackResult]:
    """Look for the released and the raw text of everybody whose profile says something; empty without any."""
    told: dict[int, dict[str, str]] = {}
    for (_, source), person in zip(case.aligned.pairs, case.person.tolist(), strict=True):
        told.setdefault(person, {}).update(_profile(case, source.values))
    people = sorted(person for person, values in told.items() if values)
    if len(people) < _LEAST_PEOPLE:
        return []
    if len(people) > _MOST_PROFILES:
        people = sorted(rng.choice(people, _MOST_PROFILES, replace=False).tolist())
    profiles = [" ".join(dict.fromkeys(told[person].values())) for person in people]
    documents, truth = case.documents, np.array(people, np.int64)
    owner = np.zeros(int(documents.unit.max()) + 1, np.int64)
    owner[documents.unit] = documents.person
    found = _judged(profiles, joined_by(documents.released, documents.unit), owner, truth, rng)
    everybody = np.arange(int(documents.person.max()) + 1)
    raw = _judged(profiles, joined_by(documents.raw, documents.person), everybody, truth, rng)
    return [replace(found, raw=raw.released)]


def _profile(case: Case, values: Mapping[str, str]) -> Mapping[str, str]:
    """Leave out what is searched, and the ids, which a text seldom repeats."""
    return {
        path: value
        for path, value in values.items()
        if path not in case.ids and (path not in case.fields or case.fields[path].cls != "text")
    }


def _judged(
    profiles: list[str], texts: list[str], owner: Ints, truth: Ints, rng: np.random.Generator
) -> AttackResult:
    place, strength = guess(profiles, texts)
    named = np.where(place >= 0, owner[place], -1)
    pool = len(np.unique(owner))
    bare = AttackResult(NAME, "TF-IDF", "linkability", pool, exactly(0), exactly(0), exactly(1 / pool))
    return judged(bare, one_each(named, truth, strength), named, truth, rng)
