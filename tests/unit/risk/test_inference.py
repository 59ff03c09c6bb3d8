import numpy as np
import pytest

from deid.risk.align import Aligned
from deid.risk.attacks import inference, ridge
from deid.risk.case import Case
from deid.risk.corpus import Talk
from deid.risk.features import Matrix
from deid.risk.ngrams import scipy_module
from deid.risk.rates import Ints

pytest.importorskip("scipy")

_WORDS = [
    "river",
    "stone",
    "garden",
    "window",
    "letter",
    "morning",
    "kitchen",
    "paper",
    "silver",
    "corner",
    "market",
]
_TOLD = {"north": "skiing glacier aurora", "south": "olives siesta orange"}


def _case(*, telling: bool, people: int = 80) -> Case:
    rng = np.random.default_rng(4)
    pairs = []
    for n in range(people):
        home = ("north", "south")[n % 2]
        plain = list(rng.choice(_WORDS, 12))
        told = " ".join([*plain, _TOLD[home]])
        values = {"home": home, "id": str(n), "same": "x"}
        pairs.append(
            (Talk(f"u{n}", "r", (told if telling else " ".join(plain),)), Talk(f"p{n}", "s", (told,), values))
        )
    return Case(Aligned(pairs, np.arange(people), people), {}, "user_id")


def test_what_text_tells_is_inferred() -> None:
    """Positive control."""
    (found,) = inference.measure(_case(telling=True), np.random.default_rng(0))
    assert found.attack == "I1 attribute inference: home"
    assert found.released.low > 0.8
    assert found.excess.low > 0.5
    assert found.sound


def test_what_text_no_longer_tells_is_not() -> None:
    """Negative control: the attack is sound on raw text, and the release gives no more than chance."""
    (found,) = inference.measure(_case(telling=False), np.random.default_rng(0))
    assert found.sound
    assert found.released.low < 0.5 < found.released.high
    assert found.excess.low == 0


def test_a_field_of_ids_or_of_one_value_is_not_inferred() -> None:
    assert inference.measure(_case(telling=True, people=16), np.random.default_rng(0)) == []


def test_every_other_fold_teaches(monkeypatch: pytest.MonkeyPatch) -> None:
    """A value is guessed from all people of the other folds, never from the person themself."""
    seen: list[int] = []
    fit = ridge.fit

    def counting(kernel: Matrix, value: Ints, values: int) -> Matrix:
        seen.append(len(value))
        learned: Matrix = fit(kernel, value, values)
        return learned

    monkeypatch.setattr(ridge, "fit", counting)
    space = scipy_module("sparse").eye(50, format="csr", dtype="float32")
    inference.guess(space, np.arange(50) % 2, np.random.default_rng(0))
    assert seen == [40] * 5
