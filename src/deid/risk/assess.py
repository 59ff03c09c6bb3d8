"""An assessment: a release beside its source, attacked, and read against a gate."""

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from deid.config import Config
from deid.errors import ConfigError, InputError, expect
from deid.risk import authorship
from deid.risk.align import align
from deid.risk.attack import AttackResult
from deid.risk.attacks import (
    crossing,
    differencing,
    identifiers,
    inference,
    membership,
    profiles,
    prosecutor,
    pseudonyms,
    releases,
    rhythm,
    singling,
    verbatim,
)
from deid.risk.case import Case
from deid.risk.corpus import Source, Talk, read_release, read_source, release_config
from deid.risk.gates import attacks_made

LEAST_PEOPLE = 10
"""Fewer tell nothing about anybody else: the smallest excess they could show is above one in seven."""

_ENOUGH_DOCUMENTS = 20_000  # a second split would narrow the interval by little
_SEED = 20_240_501
Measure = Callable[[Case, np.random.Generator], list[AttackResult]]


def _linkage(case: Case, rng: np.random.Generator) -> list[AttackResult]:
    """Attack with random halves, and with conversations kept apart where people have several."""
    documents = case.documents
    splits = 1 if len(documents) > _ENOUGH_DOCUMENTS else 2
    plans = [authorship.Plan(splits=splits)]
    if len(np.unique(np.stack([documents.person, documents.thread]), axis=1).T) > 2 * len(set(case.person)):
        plans.append(authorship.Plan(split="threads apart", splits=splits))
    return authorship.link_authors(documents, plans, rng)


ATTACKS: Mapping[str, Measure] = {
    "linkage": _linkage,
    "inference": inference.measure,
    "identifiers": identifiers.measure,
    "pseudonyms": pseudonyms.measure,
    "verbatim": verbatim.measure,
    "profiles": profiles.measure,
    "membership": membership.measure,
    "singling-out": singling.measure,
    "prosecutor": prosecutor.measure,
    "crossing": crossing.measure,
    "rhythm": rhythm.measure,
}


_NEEDS: Mapping[str, str] = {
    "inference": "a field of the source with two to twelve values that ten people share",
    "identifiers": "two people with a declared name, number or other value to look for",
    "profiles": "two people whose profile says something",
    "membership": "twelve people",
    "rhythm": "two people with two conversations each",
}


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the attacks achieved.

    attacks : those that were run.
    people, documents : data subjects and messages attacked.
    matched : share of the released talks found in the source, in [0, 1].
    results : one an attack and kind.
    earlier : share of the earlier release's talks found in the source; None where none was joined.
    """

    attacks: tuple[str, ...]
    people: int
    documents: int
    matched: float
    results: Sequence[AttackResult] = field(repr=False)
    earlier: float | None = None

    @property
    def least_matched(self) -> float:
        """The smaller of the two shares: what was not found was not attacked."""
        return self.matched if self.earlier is None else min(self.matched, self.earlier)

    def to_json(self) -> dict[str, Any]:
        """Return the document for ``risk.json``; aggregates only."""
        return {
            "attacks": list(self.attacks),
            "people": self.people,
            "documents": self.documents,
            "matched": round(self.matched, 5),
            "earlier_matched": None if self.earlier is None else round(self.earlier, 5),
            "results": [result.to_json() for result in self.results],
        }


def known_attacks(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names, all attacks for none. Raises ConfigError for one that does not exist."""
    if isinstance(names, str):
        raise InputError("attacks: one name in place of several", hint="give a list: [name]")
    expect("attacks", names, "a list of names", Collection)
    for name in names:
        if name not in ATTACKS:
            raise ConfigError(f"risk.attacks: no attack `{name}`", hint="one of: " + ", ".join(ATTACKS))
    return tuple(dict.fromkeys(names)) or tuple(ATTACKS)


def check_tried(names: Sequence[str], results: Sequence[AttackResult]) -> None:
    """Raise InputError for the first attack without a result: what it needs is not in release and source."""
    for name in names:
        if name not in attacks_made(results):
            raise InputError(
                f"the attack {name} could not be tried", hint=f"it needs {_NEEDS.get(name, 'more people')}"
            )


def assess(
    release: str | Path,
    *,
    source: str | Path | Sequence[str | Path] | Source,
    attacks: Sequence[str] = (),
    config: Config | None = None,
    earlier: str | Path | None = None,
    beside: Sequence[Measure] = (),
) -> Assessment:
    """Attack a release and return what the attacks achieved, in aggregate only.

    release : a release folder, or with ``config`` a folder or file of records with the same fields.
    source  : the input it was made from; as a ``Source`` where the run left parts of records out.
    attacks : names out of ``ATTACKS``; none means all.
    earlier : an earlier release from the same source, to be joined with this one.
    beside  : further attacks, such as ``own_model.attack(scorer)`` and ``language_model.attack(endpoint)``.

    Equal inputs give equal results. Raises InputError when the two do not belong together, hold too few
    people, or one is no release; ConfigError for an unknown attack or where scipy is missing.
    """
    names = known_attacks(attacks)
    expect("release", release, "a path", str, os.PathLike)
    settings = config or release_config(Path(release))
    sources = [source] if isinstance(source, str | Path) else source
    original = read_source(sources, settings)
    case = _case(release, original, settings)
    people = len(set(case.person.tolist()))
    if people < LEAST_PEOPLE:
        raise InputError(
            f"{people} people are in release and source, fewer than {LEAST_PEOPLE}",
            hint="attacks on so few people show nothing about any release",
        )
    before = None if earlier is None else _case(earlier, original, release_config(Path(earlier)))
    rng = np.random.default_rng(_SEED)
    measures = [*(ATTACKS[name] for name in names), *beside]
    results = [result for measure in measures for result in measure(case, rng)]
    if before is not None:
        results += [*releases.measure(case, before, rng), *differencing.measure(case, before, rng)]
    shared = None if before is None else before.aligned.share
    return Assessment(names, people, len(case.documents), case.aligned.share, results, shared)


def _case(release: str | Path, original: Sequence[Talk], config: Config) -> Case:
    aligned = align(read_release(release, config), original)
    return Case(aligned, config.fields, config.input.subject_id, config.input.record_id)
