"""Every attack that gates, on two releases: what hides nothing fails every limit, what is random none."""

import datetime
import hashlib

import numpy as np
import pytest

from deid.risk.align import Aligned
from deid.risk.assess import ATTACKS
from deid.risk.attack import AttackResult
from deid.risk.attacks import differencing, releases
from deid.risk.case import Case
from deid.risk.corpus import Talk
from deid.risk.gates import attacks_of, measured
from deid.treatments import FieldSpec

pytest.importorskip("scipy")
pytestmark = pytest.mark.slow

_PEOPLE, _TALKS = 60, 4
_KEEP = {"class": "quasi", "treatment": "keep"}
_FIELDS = {
    "profile.name": FieldSpec.model_validate(
        {"class": "direct", "treatment": "delete", "known_value": "PERSON"}
    ),
    **{f"profile.{name}": FieldSpec.model_validate(_KEEP) for name in ("age", "town", "job", "side")},
}
_WORDS = ["river", "stone", "garden", "window", "letter", "morning", "kitchen", "paper", "silver", "corner"]


def _source() -> list[Talk]:
    """Everybody has a name, a profile, an hour of the week, words of their own, and says all of it."""
    talks = []
    for who in range(_PEOPLE):
        side = ("left", "right")[who % 2]
        values = {
            "profile.name": _word(who, "Zor"), "profile.age": f"{18 + who}", "profile.side": side,
            "profile.town": _word(who // 2, "Tar"), "profile.job": _word(who // 3, "gla"),
        }  # fmt: skip
        for talk in range(_TALKS):
            rng = np.random.default_rng(100 * who + talk)
            said = [
                f"{' '.join(rng.choice(_WORDS, 5))} {_word(who, 'qu')} always {side}ward hm",
                f"I am {values['profile.name']}, {values['profile.job']} of {values['profile.town']}",
            ]
            at = datetime.datetime(2026, 1, 5, who % 24, tzinfo=datetime.UTC) + datetime.timedelta(
                days=7 * talk + who % 7
            )
            times = {"messages[].time": (at.isoformat(),)}
            talks.append(Talk(f"person-{who}", f"{who}.{talk}", tuple(said), values, times))
    return talks


def _word(number: int, start: str) -> str:
    return start + "bcdfghjklm"[number // 10] + "aeiou"[number % 10 // 2] + "nrstvwxyzk"[number % 10]


def _case(*, hidden: bool, seed: int = 3) -> Case:
    """A release of the source under unkeyed hashes; or of whole talks of others, under random ids."""
    source = _source()
    rng = np.random.default_rng(seed)
    dealt = rng.permutation(len(source)) if hidden else np.arange(len(source))
    ids = [f"{number:08x}" for number in rng.permutation(10**6)[: len(source)].tolist()]
    pairs = []
    for n, talk in enumerate(source):
        other = source[dealt[n]]
        made = ids[n] if hidden else hashlib.sha256(talk.subject.encode()).hexdigest()
        pairs.append((Talk(made, f"r{n}", other.texts, other.values, other.times), talk))
    place = rng.permutation(len(source)) if hidden else np.arange(len(source))
    return Case(Aligned(pairs, place, len(pairs)), _FIELDS, "user", "id")


def _results(*, hidden: bool) -> list[AttackResult]:
    """Return what all attacks of the strictest gate achieve, an earlier release of the same kind beside."""
    case, earlier = _case(hidden=hidden), _case(hidden=hidden, seed=4)
    rng = np.random.default_rng(0)
    found = [result for name in attacks_of("public", ()) for result in ATTACKS[name](case, rng)]
    return [*found, *releases.measure(case, earlier, rng), *differencing.measure(case, earlier, rng)]


def test_a_release_that_hides_nothing_fails_every_limit() -> None:
    checks = measured("public", _results(hidden=False), (), joined=True)
    # Two releases of the same people: nobody joined or left, and their rows tell together what each tells.
    known = {"D1 comings and goings: success", "D1 differencing of rows: excess over control"}
    passing = {item.name for item in checks if item.value is not None and item.value <= item.threshold}
    assert passing <= known


def test_a_random_release_tells_of_nobody() -> None:
    """The strongest of several attackers may have some luck: no more than the strictest limit."""
    results = _results(hidden=True)
    assert {result.attack for result in results if result.excess.low > 0.05} == set()
