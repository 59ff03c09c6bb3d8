"""The harness: an attack only guesses; what its guesses are worth is counted here, once.

A success rate alone says nothing. Five rates travel together:

* released : guesses on the release, counted per person.
* control  : the same guesses about other people, at random; what chance and popularity explain.
* raw      : guesses on the same documents as they were, one pseudonym a person; what not treating exposes.
* floor    : guesses on the release with every text blanked; what structure alone gives away.
* guessing : one candidate named at random.

An attack whose raw rate does not stand out from guessing proves nothing about any release: it is unsound.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from deid.risk.rates import Ints, Rate, by_luck, by_person, over_trials, residual, smallest_effect

Criterion = Literal["singling out", "linkability", "inference"]
"""The three criteria of Opinion 05/2014 (WP 216) of the Article 29 Working Party."""

TAILS = (0.01, 0.05, 0.1)


@dataclass(frozen=True, slots=True)
class Trials:
    """Guesses with what they were worth, one entry a guess.

    hit        : whether it was right, or a share in [0, 1].
    person     : whom it was about.
    confidence : the attacker's own, higher is surer; compared within a block only.
    block      : which independent attempt (split, pool) it belongs to.
    """

    hit: NDArray[Any] = field(repr=False)
    person: Ints = field(repr=False)
    confidence: NDArray[np.float64] = field(repr=False)
    block: Ints = field(repr=False)

    def __len__(self) -> int:
        return len(self.hit)


@dataclass(frozen=True, slots=True)
class AttackResult:
    """What one attack achieved.

    attack     : name, such as ``L2 author linkage``; ``attacker`` is which of its attackers this is.
    criterion  : what it shows, in the terms of WP 216.
    pool       : candidates a guess chose from; a rate without its pool means nothing.
    tails      : share of the surest guesses → rate among them.
    detectable : smallest excess over ``control`` these people would show 80 % of the time.
    luck       : how likely as many right guesses are by chance; None where the interval alone tells. For an
                 attacker who keeps silent when unsure: one who undoes few ids has a low rate and no luck.
    """

    attack: str
    attacker: str
    criterion: Criterion
    pool: int
    released: Rate
    control: Rate
    guessing: Rate
    raw: Rate | None = None
    floor: Rate | None = None
    tails: Mapping[float, Rate] = field(default_factory=dict)
    detectable: float = 1.0
    luck: float | None = None
    notes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def excess(self) -> Rate:
        """What the release adds to chance: (released - control) / (1 - control)."""
        return residual(self.released, self.control)

    @property
    def sound(self) -> bool:
        """Whether the attack works where it should; if not, it proves nothing."""
        return self.raw is None or self.raw.low > self.guessing.high

    def to_json(self) -> dict[str, Any]:
        """Return the result for ``risk.json``: rates and counts, nothing about one person."""
        rates = {
            name: None if rate is None else dict(rate.to_json())
            for name in ("released", "control", "raw", "floor", "guessing", "excess")
            for rate in (getattr(self, name),)
        }
        return {
            "attack": self.attack,
            "attacker": self.attacker,
            "criterion": self.criterion,
            "pool": self.pool,
            **rates,
            "tails": {f"{share:g}": dict(rate.to_json()) for share, rate in self.tails.items()},
            "detectable": round(self.detectable, 5),
            "luck": None if self.luck is None else round(self.luck, 5),
            "sound": self.sound,
            **self.notes,
        }


def joined(parts: Sequence[Trials]) -> Trials:
    """Return the trials of several independent attempts as one, a block each."""
    blocks = [np.full(len(part), number, np.int64) for number, part in enumerate(parts)]
    return Trials(
        np.concatenate([part.hit for part in parts]),
        np.concatenate([part.person for part in parts]),
        np.concatenate([part.confidence for part in parts]),
        np.concatenate(blocks),
    )


def surest(trials: Trials, share: float, rng: np.random.Generator) -> Rate:
    """Return the rate among the surest ``share`` of each block's guesses, at least one of each."""
    chosen = []
    for block in np.unique(trials.block):
        rows = np.flatnonzero(trials.block == block)
        n = max(1, round(share * len(rows)))
        chosen.append(rows[np.argsort(-trials.confidence[rows], kind="stable")[:n]])
    kept = np.concatenate(chosen)
    return over_trials(trials.hit[kept], trials.person[kept], rng)


def tails_of(trials: Trials, rng: np.random.Generator) -> dict[float, Rate]:
    """Return the rates of the surest 1, 5 and 10 % of guesses: a mean hides the few who are certain."""
    return {share: surest(trials, share, rng) for share in TAILS}


def chance(trials: Trials, named: Ints, truth: Ints) -> NDArray[np.float64]:
    """Return how often each guess fits another person of its block, drawn at random: the control.

    named : what each guess names; truth : what it is to name, one value a person.
    """
    found = np.zeros(len(named))
    for block in np.unique(trials.block):
        rows = np.flatnonzero(trials.block == block)
        people, first = np.unique(trials.person[rows], return_index=True)
        values, counts = np.unique(truth[rows][first], return_counts=True)
        place = np.minimum(np.searchsorted(values, named[rows]), len(values) - 1)
        fitting = np.where(values[place] == named[rows], counts[place], 0) - (named[rows] == truth[rows])
        found[rows] = fitting / max(len(people) - 1, 1)
    return found


def counted(
    result: AttackResult, trials: Trials, control: NDArray[np.float64], rng: np.random.Generator
) -> AttackResult:
    """Return a result with the rates of its trials filled in. ``control`` holds one value a trial."""
    control_rate = by_person(control, trials.person, rng)
    return replace(
        result,
        released=by_person(trials.hit, trials.person, rng),
        control=control_rate,
        tails=tails_of(trials, rng),
        detectable=smallest_effect(control_rate.value, len(np.unique(trials.person))),
    )


def judged(
    bare: AttackResult, trials: Trials, named: Ints, truth: Ints, rng: np.random.Generator
) -> AttackResult:
    """Return the result of guesses that each name something, such as a person; -1 names nothing, a miss."""
    return counted(bare, trials, chance(trials, named, truth), rng)


def luck(named: Ints, truth: Ints) -> float:
    """Return how likely as many right guesses are were the truths dealt at random; -1 names nothing."""
    values, counts = np.unique(truth, return_counts=True)
    told = named[named >= 0]
    place = np.minimum(np.searchsorted(values, told), len(values) - 1)
    fitting = np.where(values[place] == told, counts[place], 0)
    share = float(fitting.mean()) / len(truth) if len(told) else 0.0
    return by_luck(int((told == truth[named >= 0]).sum()), len(told), share)


def one_each(named: Ints, truth: Ints, confidence: NDArray[Any] | None = None) -> Trials:
    """Return trials of which each is about a person of its own."""
    sure = np.zeros(len(named)) if confidence is None else confidence.astype(np.float64)
    return Trials(named == truth, np.arange(len(named)), sure, np.zeros(len(named), np.int64))


def strongest(results: Sequence[AttackResult]) -> AttackResult:
    """Return the attacker with the highest upper bound, with the highest tail of any attacker."""
    best = max(results, key=lambda result: result.released.high)
    shares = sorted({share for result in results for share in result.tails})
    tails = {
        share: max((r.tails[share] for r in results if share in r.tails), key=lambda rate: rate.high)
        for share in shares
    }
    return replace(best, tails=tails)


def merged(results: Sequence[AttackResult]) -> AttackResult:
    """Return the strongest attacker's result under the highest raw ceiling, with the success of each.

    What one of them cannot do on raw text, such as finding anybody by a single value, another may.
    """
    best = strongest(results)
    ceilings = [result.raw for result in results if result.raw is not None]
    raw = max(ceilings, key=lambda rate: rate.high) if ceilings else None
    attackers = {result.attacker: round(result.released.value, 5) for result in results}
    return replace(best, raw=raw, notes={**best.notes, "attackers": attackers})
