"""M1, membership: whether somebody's text was trained on, asked of a model of the release.

People are dealt into thirds. A proxy learns from the release of one third, another proxy from the
originals of another: how likely such text is anyhow (calibrated as in Carlini et al., S&P 2022). The
originals of the first third and of the last are scored by the difference, and the higher half are called
members. Counts of characters memorise more plainly than a network does: it is a ceiling.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from deid.risk.attack import AttackResult, Trials, counted
from deid.risk.case import Case
from deid.risk.documents import Mask, joined_by
from deid.risk.proxy import Proxy
from deid.risk.rates import Ints, exactly

NAME = "M1 membership"
_LEAST_PEOPLE = 12  # four learned from, four asked about, four for comparison


def measure(case: Case, rng: np.random.Generator) -> list[AttackResult]:
    """Tell members from others by a proxy of the release, and of the raw text; empty for too few people."""
    documents = case.documents
    people = int(documents.person.max(initial=-1)) + 1
    if people < _LEAST_PEOPLE:
        return []
    raw, released = (joined_by(texts, documents.person) for texts in (documents.raw, documents.released))
    third = people // 3
    order = rng.permutation(people)
    members, asked, compared = order[:third], order[: 2 * third], order[2 * third :]
    usual = Proxy([raw[person] for person in compared])
    is_member = np.arange(len(asked)) < third
    texts = [raw[person] for person in asked]

    def attacked(learned: Sequence[str]) -> AttackResult:
        gain = Proxy([learned[person] for person in members]).scores(texts) - usual.scores(texts)
        return judged_members(gain, is_member, asked, rng, attacker="n-gram proxy")

    return [replace(attacked(released), raw=attacked(raw).released)]


def judged_members(
    gain: NDArray[np.float64], is_member: Mask, asked: Ints, rng: np.random.Generator, *, attacker: str
) -> AttackResult:
    """Return the result of calling the half with the higher gain members; as many of those asked are."""
    middle = np.median(gain)
    trials = Trials(
        (gain > middle) == is_member, asked, np.abs(gain - middle), np.zeros(len(asked), np.int64)
    )
    bare = AttackResult(NAME, attacker, "inference", 2, exactly(0), exactly(0), exactly(0.5))
    return counted(bare, trials, np.full(len(asked), 0.5), rng)
