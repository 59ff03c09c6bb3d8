"""What each gate allows an attack, as data; how the release's own table grows when attacks were run.

Success and excess are read against their upper bound, never a point, so a sample that is too small does not
pass. Ids must not be undone at all: an attack on them fails as soon as chance does not explain what it found.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from deid.risk.attack import AttackResult

Measure = Literal["released", "excess", "tail", "above control", "share"]

_EMA = "EMA Policy 0070 and Health Canada PRCI: risk at most 0.09 for anybody"
_LADDER = "El Emam, Guide to the De-Identification of Personal Health Information (2013): 0.2, 0.33"
_TAIL = "Research on author linkage: the surest tenth at most 0.2"
_APART = "Requirements A-19: ids of two releases are unrelated"
_ALPHA = "WP 216, inference: no more than chance, 0.05"
_ALONE = "WP 216, singling out: no more than chance, 0.05"
_LUCK = 0.1  # one id undone of ten, the fewest people that are assessed, is no luck
_KEYLESS = "Requirements A-03: no id recovered without the key"
_ONE_OF_TWELVE = "Requirements D-7: k of at least 12 for third parties, risk at most 0.09"


@dataclass(frozen=True, slots=True)
class Limit:
    """One line of the table.

    attack    : start of the attack's name; every result that starts so is measured, the worst counts.
    measure   : ``released`` and ``excess`` by their upper bound, ``tail`` of the surest tenth by its upper
                bound, ``above control`` by the lower bound of the excess, or all that was found where luck
                does not explain it: 0 where chance explains it all; ``share`` of success itself, where
                everybody was tried and nothing is estimated.
    threshold : largest value that passes.
    source    : where it comes from.
    """

    attack: str
    measure: Measure
    threshold: float
    source: str

    @property
    def name(self) -> str:
        """What a report calls it."""
        told = {"tail": "surest tenth", "excess": "excess over control", "above control": self.measure}
        return f"{self.attack}: {told.get(self.measure, 'success')}"


_REVERSAL = Limit("P1 pseudonym reversal", "above control", 0.0, _KEYLESS)
_CROSS_RELEASE = Limit("L4 cross-release ids", "above control", 0.0, _APART)
_CHANGES = Limit("D1 comings and goings", "share", 0.09, _ONE_OF_TWELVE)

LIMITS: Mapping[str, Sequence[Limit]] = {
    "internal": (_REVERSAL,),
    "controlled": (
        Limit("L2 author linkage", "released", 0.2, _LADDER),
        Limit("L2 author linkage", "tail", 0.33, _LADDER),
        Limit("L3 profile to text", "released", 0.2, _LADDER),
        Limit("L5 activity rhythm", "released", 0.2, _LADDER),
        Limit("L1 prosecutor", "released", 0.09, _ONE_OF_TWELVE),
        Limit("S1 singling out", "excess", 0.09, _EMA),
        Limit("R1 residual identifiers", "excess", 0.09, _EMA),
        _REVERSAL,
    ),
    "public": (
        Limit("L2 author linkage", "released", 0.09, _EMA),
        Limit("L2 author linkage", "tail", 0.2, _TAIL),
        Limit("L3 profile to text", "released", 0.09, _EMA),
        Limit("L3 profile to text", "tail", 0.2, _TAIL),
        Limit("L4 cross-pseudonym", "excess", 0.2, _LADDER),
        Limit("L5 activity rhythm", "released", 0.09, _EMA),
        Limit("L1 prosecutor", "released", 0.09, _ONE_OF_TWELVE),
        Limit("S1 singling out", "excess", 0.05, _ALONE),
        Limit("I1 attribute inference", "excess", 0.05, _ALPHA),
        Limit("R1 residual identifiers", "excess", 0.05, _EMA),
        _REVERSAL,
    ),
}
"""Gate → limits. ``internal`` reports the other attacks and asks only that no id can be undone."""

JOINED: Mapping[str, Sequence[Limit]] = {
    "internal": (_CROSS_RELEASE,),
    "controlled": (_CROSS_RELEASE, Limit("D1 differencing of rows", "excess", 0.09, _EMA), _CHANGES),
    "public": (_CROSS_RELEASE, Limit("D1 differencing of rows", "excess", 0.05, _ALONE), _CHANGES),
}
"""Gate → limits that hold beside the others where an earlier release is given."""

_ATTACK_NAMES = {
    "L2 author linkage": "linkage",
    "I1 attribute inference": "inference",
    "R1 residual identifiers": "identifiers",
    "P1 pseudonym reversal": "pseudonyms",
    "V1 verbatim search": "verbatim",
    "L3 profile to text": "profiles",
    "M1 membership": "membership",
    "S1 singling out": "singling-out",
    "L1 prosecutor": "prosecutor",
    "L4 cross-pseudonym": "crossing",
    "L5 activity rhythm": "rhythm",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """One limit and what was found; None where it could not be measured, which fails."""

    name: str
    threshold: float
    value: float | None
    source: str


def attacks_of(gate: str, asked: Sequence[str]) -> tuple[str, ...]:
    """Return the attacks to run: those asked for and those the gate demands; ``internal`` demands none."""
    demanded = [] if gate == "internal" else [_ATTACK_NAMES[limit.attack] for limit in LIMITS[gate]]
    return tuple(dict.fromkeys([*asked, *sorted(demanded)]))


def attacks_made(results: Sequence[AttackResult]) -> tuple[str, ...]:
    """Return the attacks that have a result."""
    return tuple(
        name for attack, name in _ATTACK_NAMES.items() if any(r.attack.startswith(attack) for r in results)
    )


def measured(
    gate: str, results: Sequence[AttackResult], asked: Sequence[str], *, joined: bool = False
) -> list[Measured]:
    """Return every limit of a gate on an attack that was asked for or that the gate demands.

    joined : whether an earlier release was given; then every gate asks that the ids of the two do not tell,
             and those for others that the two together tell little more than one, which fails where too few
             people are in both to try it.
    """
    run = attacks_of(gate, asked)
    limits = [limit for limit in LIMITS[gate] if _ATTACK_NAMES[limit.attack] in run]
    if joined or any(result.attack == _CROSS_RELEASE.attack for result in results):
        limits += JOINED[gate]
    return [_measured(limit, results) for limit in limits]


def _measured(limit: Limit, results: Sequence[AttackResult]) -> Measured:
    found = [result for result in results if result.attack.startswith(limit.attack)]
    values = [_value(limit.measure, result) if result.sound else None for result in found]
    known = [value for value in values if value is not None]
    whole = bool(found) and len(known) == len(values)
    name = limit.name + _unsound(limit.attack, found)
    return Measured(name, limit.threshold, round(max(known), 9) if whole else None, limit.source)


def _unsound(attack: str, found: Sequence[AttackResult]) -> str:
    """Return which results show nothing, and over how few people, for the name of the limit."""
    told = (
        f"{result.attack.removeprefix(attack).removeprefix(': ') or result.attacker}"
        f" with {result.released.people} people"
        for result in found
        if not result.sound
    )
    listed = ", ".join(dict.fromkeys(told))
    return f" (unsound: {listed})" if listed else ""


def _value(measure: Measure, result: AttackResult) -> float | None:
    if measure == "tail":
        tail = result.tails.get(0.1)
        return None if tail is None else tail.high
    if measure == "released":
        return result.released.high
    if measure == "share":
        return result.released.value
    if measure == "excess":
        return result.excess.high
    undone = result.luck is not None and round(result.luck, 9) <= _LUCK
    return result.released.value if undone else result.excess.low
