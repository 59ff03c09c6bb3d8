"""Canary exposure: by hand, and by control: what was planted and stays is exposed, what went is not."""

import re
from collections.abc import Sequence

import numpy as np
import pytest

from deid.errors import InputError
from deid.risk.align import Aligned
from deid.risk.attacks import canaries
from deid.risk.case import Case
from deid.risk.corpus import Talk

_WORDS = ["river", "stone", "garden", "window", "letter", "morning", "kitchen", "paper", "silver", "corner"]
_PLANTED = canaries.read(canaries.made(8, np.random.default_rng(2)))


def _rng() -> np.random.Generator:
    return np.random.default_rng(1)


def _case(*, kept: bool, planted: bool = True) -> Case:
    """Eight of forty people say a canary once; the release holds it, or another number in its place."""
    rng = np.random.default_rng(7)
    pairs = []
    for n in range(40):
        talk = " ".join(rng.choice(_WORDS, 30))
        said = f"{talk} {_PLANTED[n].text}" if planted and n < len(_PLANTED) else talk
        released = said if kept else re.sub(r"[0-9]{4}-[0-9]{4}", "[NUMBER]", said)
        pairs.append((Talk(f"u{n}", f"r{n}", (released,)), Talk(f"p{n}", f"s{n}", (said,))))
    return Case(Aligned(pairs, np.arange(40), 40), {}, "user_id")


@pytest.mark.parametrize(
    ("score", "others", "bits"),
    [
        (1.0, [0.0] * 7, 3.0),  # first of eight
        (0.5, [1.0, *[0.0] * 6], 2.0),  # second
        (0.0, [1.0] * 7, 0.0),  # last
        (0.0, [0.0] * 6 + [1.0], 3 - np.log2(5)),  # one better, six equal: fifth
    ],
)
def test_exposure_by_hand(score: float, others: list[float], bits: float) -> None:
    assert canaries.exposure(score, np.array(others)) == pytest.approx(bits)


def test_a_model_that_never_saw_it_exposes_1_44_bits() -> None:
    """The mean of log2 (R / rank) over ranks alike likely is log2 e, less a little for R finite."""
    rng = _rng()
    found = [canaries.exposure(rng.random(), rng.random(4095)) for _ in range(4000)]
    assert np.mean(found) == pytest.approx(np.log2(np.e), abs=0.1)


def test_a_secret_that_stays_is_exposed() -> None:
    """Positive control: it was said once, and the proxy prefers it to 4,095 others."""
    (found,) = canaries.attack(_PLANTED)(_case(kept=True), _rng())
    assert found.released.value == 1
    assert found.raw is not None
    assert found.raw.value == 1
    assert found.control.value == 0
    assert found.sound
    assert (found.notes["exposure"], found.notes["canaries"], found.pool) == (12, 8, 4096)


def test_a_secret_that_was_replaced_is_not() -> None:
    """Negative control: the sentence stays, the number does not."""
    (found,) = canaries.attack(_PLANTED)(_case(kept=False), _rng())
    assert found.released.value == 0
    assert found.excess.low == 0
    assert found.notes["most"] < 12
    assert found.sound


def test_a_model_of_the_users_own_is_asked_once_about_all() -> None:
    asked = []

    def model(texts: Sequence[str]) -> Sequence[float]:
        asked.append(len(texts))
        return [float(text in {canary.text for canary in _PLANTED}) for text in texts]

    (found,) = canaries.attack(_PLANTED, model)(_case(kept=False), _rng())
    assert (found.attacker, found.released.value, found.raw) == ("own model", 1, None)
    assert asked == [8 * 4097]


def test_many_canaries_are_asked_about_some_at_a_time() -> None:
    """Twenty: sixteen, then four, and each has its own exposure."""
    planted = canaries.read(canaries.made(20, np.random.default_rng(5)))
    said = "\n".join(canary.text for canary in planted)
    case = Case(Aligned([(Talk("u", "r", (said,)), Talk("p", "s", (said,)))], np.arange(1), 1), {}, "user_id")
    liked = {canary.text for canary in planted[10:]}
    asked = []

    def model(texts: Sequence[str]) -> Sequence[float]:
        asked.append(len(texts))
        return [float(text in liked) for text in texts]

    (found,) = canaries.attack(planted, model)(case, _rng())
    assert asked == [16 * 4097, 4 * 4097]
    assert (found.released.value, found.notes["most"]) == (0.5, 12)


def test_what_was_not_planted_is_refused() -> None:
    with pytest.raises(InputError, match="none of 8 canaries"):
        canaries.attack(_PLANTED)(_case(kept=True, planted=False), _rng())


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("the code is {9f3k} today", ("the code is ", "9f3k", " today")),
        ("合言葉は 12-345 です", ("合言葉は ", "12-345", " です")),
    ],
)
def test_a_secret_is_in_braces_or_from_first_digit_to_last(line: str, parts: tuple[str, str, str]) -> None:
    (canary,) = canaries.read([line, "  "])
    assert (canary.before, canary.secret, canary.after) == parts
    assert canary.text == "".join(parts)


def test_others_have_another_secret_of_the_same_form() -> None:
    (canary,) = canaries.read(["code {Ab-12}"])
    others = canary.others(50, _rng())
    assert all(re.fullmatch(r"code [A-Z][a-z]-[0-9]{2}", text) for text in others)
    assert canary.text not in others


@pytest.mark.parametrize("line", ["no secret here", "room {12}", "code 123"])
def test_a_secret_that_could_be_guessed_is_refused(line: str) -> None:
    with pytest.raises(InputError, match="canary 2: its secret has too few forms"):
        canaries.read(["the code is 4821-9937", line])


def test_an_empty_list_is_refused() -> None:
    with pytest.raises(InputError, match="empty"):
        canaries.read(["", " "])


def test_a_canary_is_not_told() -> None:
    assert "4821" not in repr(canaries.read(["the code is 4821-9937"]))
