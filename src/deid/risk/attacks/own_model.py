"""M1 with a model of the user's own: whether it tells whose text it was trained on.

Members are the people of the release's training split, the others those of its validation and test splits,
whose text the model has not seen. A third of the others teaches a proxy how likely such text is anyhow
(calibrated as in Carlini et al., S&P 2022); as many members as others are asked about, by their originals,
and the half that the model finds likelier than that are called members.
"""

from collections.abc import Callable, Sequence

import numpy as np

from deid.errors import InputError
from deid.risk.attack import AttackResult
from deid.risk.attacks.membership import judged_members
from deid.risk.case import Case
from deid.risk.documents import joined_by
from deid.risk.proxy import Proxy
from deid.risk.rates import Ints
from deid.risk.scorers import Scorer, scores

_LEAST_OTHERS = 6  # four asked about, two for comparison


def attack(scorer: Scorer) -> Callable[[Case, np.random.Generator], list[AttackResult]]:
    """Return the attack with this model.

    It raises InputError where the release has too few people in its validation and test splits.
    """

    def measure(case: Case, rng: np.random.Generator) -> list[AttackResult]:
        members, others = _sides(case, rng)
        third = len(others) // 3
        compared, others = others[:third], others[third:]
        asked = min(len(members), len(others))
        people = np.concatenate([members[:asked], others[:asked]])
        texts = joined_by(case.documents.raw, case.documents.person)
        usual = Proxy(_of(texts, compared)).scores(_of(texts, people))
        gain = scores(scorer, _of(texts, people)) - usual
        return [judged_members(gain, np.arange(2 * asked) < asked, people, rng, attacker="own model")]

    return measure


def _sides(case: Case, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Return the people of the training split, and those of the others, in random order."""
    trained = np.array([talk.split == "train" for talk, _ in case.aligned.pairs])
    members = np.unique(case.person[trained])
    others = np.setdiff1d(case.person[~trained], members)
    if len(others) < _LEAST_OTHERS or not len(members):
        raise InputError(
            f"{len(members)} people are in the training split and {len(others)} in the others alone",
            hint=f"a scorer is asked about both; give validation or test {_LEAST_OTHERS} people or more",
        )
    return rng.permutation(members), rng.permutation(others)


def _of(texts: Sequence[str], people: Ints) -> list[str]:
    return [texts[person] for person in people.tolist()]
