"""L3 and M1: each works on raw text, and finds no more than chance where nothing is left."""

import numpy as np
import pytest

from deid.risk.align import Aligned
from deid.risk.attack import AttackResult
from deid.risk.attacks import membership, profiles
from deid.risk.case import Case
from deid.risk.corpus import Talk
from deid.risk.proxy import Proxy

pytest.importorskip("scipy")

_WORDS = ["river", "stone", "garden", "window", "letter", "morning", "kitchen", "paper", "silver", "corner"]
_JOBS = [
    *("glazier", "falconer", "cooper", "saddler", "chandler"),
    *("fletcher", "thatcher", "turner", "weaver", "carver"),
]
_TOWNS = ["Quillhaven", "Norwick", "Tarrow", "Zantry", "Ebbing", "Fallowby"]


def _case(*, treated: str | None, people: int = 60) -> Case:
    """Everybody says their job and town; the release has ``treated`` for every message, or the raw ones."""
    rng = np.random.default_rng(5)
    pairs = []
    for n in range(people):
        job, town = _JOBS[n % len(_JOBS)], _TOWNS[n % len(_TOWNS)]
        plain = [" ".join(rng.choice(_WORDS, 8)) for _ in range(3)]
        raw = [plain[0], f"{plain[1]} I am a {job} from {town}", plain[2]]
        released = raw if treated is None else [treated] * 3
        values = {"profile.job": job, "profile.town": town}
        pairs.append((Talk(f"u{n}", f"r{n}", tuple(released)), Talk(f"p{n}", f"s{n}", tuple(raw), values)))
    return Case(Aligned(pairs, np.arange(people), people), {}, "user_id")


def _one(found: list[AttackResult]) -> AttackResult:
    (only,) = found
    return only


def test_a_profile_finds_text_that_repeats_it() -> None:
    found = _one(profiles.measure(_case(treated=None), np.random.default_rng(0)))
    assert found.raw is not None
    # Two people of sixty share job and town: one is named.
    assert found.released.value == found.raw.value >= 0.45
    assert found.sound
    assert found.pool == 60


def test_a_profile_finds_nothing_where_nothing_is_left() -> None:
    found = _one(profiles.measure(_case(treated="hello"), np.random.default_rng(0)))
    assert found.sound
    assert found.released.low <= 1 / 60
    assert found.excess.low == 0


def test_people_without_profiles_are_not_looked_for() -> None:
    case = _case(treated=None)
    bare = [
        (released, Talk(source.subject, source.record, source.texts))
        for released, source in case.aligned.pairs
    ]
    assert (
        profiles.measure(Case(Aligned(bare, np.arange(60), 60), {}, "user_id"), np.random.default_rng(0))
        == []
    )


def test_who_was_trained_on_is_told() -> None:
    found = _one(membership.measure(_case(treated=None), np.random.default_rng(0)))
    assert found.released.low > 0.6
    assert found.sound


def test_who_was_trained_on_is_not_told_where_nothing_is_left() -> None:
    found = _one(membership.measure(_case(treated="hello"), np.random.default_rng(0)))
    assert found.sound
    assert found.released.low < 0.5 < found.released.high
    assert found.excess.low == 0


def test_too_few_people_are_not_told_apart() -> None:
    assert membership.measure(_case(treated=None, people=11), np.random.default_rng(0)) == []


def test_backoff_by_hand() -> None:
    """Trained on «ab»: its codes are break, a, b, break."""
    scores = Proxy(["ab"]).scores(["ab", "ac", ""])
    assert scores[0] == pytest.approx((np.log(1 / 2) + np.log(1)) / 2)  # a after one of two breaks, b after a
    unseen = -np.log(5) + 2 * np.log(0.4)  # c: no run of 1, 2 or 3 characters
    assert scores[1] == pytest.approx((np.log(1 / 2) + unseen) / 2)
    assert scores[2] == 0


def test_what_was_seen_is_likelier() -> None:
    proxy = Proxy(["the quick brown fox jumps", "over the lazy dog"])
    seen, unseen = proxy.scores(["quick brown fox", "zzqx jjwv kkpf"])
    assert seen > unseen
