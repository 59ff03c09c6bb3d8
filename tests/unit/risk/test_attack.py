import json

import numpy as np
import pytest

from deid.risk.attack import AttackResult, Trials, chance, counted, joined, one_each, strongest, surest
from deid.risk.rates import Rate, exactly, of_counts


def _rng() -> np.random.Generator:
    return np.random.default_rng(0)


def _trials(hit: list[int], person: list[int], confidence: list[float]) -> Trials:
    return Trials(np.array(hit), np.array(person), np.array(confidence, float), np.zeros(len(hit), np.int64))


def _result(name: str, released: Rate, tail: Rate, raw: Rate | None = None) -> AttackResult:
    return AttackResult(
        "L2", name, "linkability", 10, released, exactly(0.1), exactly(0.1), raw=raw, tails={0.1: tail}
    )


def test_the_tail_holds_the_surest_of_each_block() -> None:
    part = _trials([1, 0, 0, 0, 0, 0, 0, 0, 0, 0], list(range(10)), [9, 1, 1, 1, 1, 1, 1, 1, 1, 1])
    louder = _trials([0] * 10, list(range(10)), [100.0] * 10)
    assert surest(part, 0.1, _rng()).value == 1
    both = surest(joined([part, louder]), 0.1, _rng())
    assert (both.value, both.trials) == (0.5, 2)


def test_the_control_of_a_popular_guess_is_its_popularity() -> None:
    named, truth = np.zeros(10, np.int64), np.array([0, 0, 0, 1, 1, 1, 1, 1, 1, 1])
    found = chance(one_each(named, truth), named, truth)
    assert found.tolist() == pytest.approx([2 / 9] * 3 + [3 / 9] * 7)


def test_nobody_is_their_own_control() -> None:
    everybody = np.arange(30)
    assert chance(one_each(everybody, everybody), everybody, everybody).sum() == 0


def test_the_control_stays_within_its_block() -> None:
    person = np.array([0, 1, 2, 3])
    trials = Trials(np.zeros(4), person, np.zeros(4), np.array([0, 0, 1, 1]))
    assert chance(trials, np.array([1, 3, 3, -1]), person).tolist() == [1, 0, 1, 0]


def test_a_right_guess_is_counted_for_its_person() -> None:
    bare = AttackResult("L2", "x", "linkability", 2, exactly(0), exactly(0), exactly(0.5))
    found = counted(bare, _trials([1, 1, 0], [0, 0, 1], [3, 2, 1]), np.array([0.0, 0.5, 0.5]), _rng())
    assert found.released.value == 0.5
    assert found.control.value == pytest.approx(0.375)
    assert set(found.tails) == {0.01, 0.05, 0.1}
    assert found.detectable == 1 - 0.375


def test_an_attack_that_fails_on_raw_data_is_unsound() -> None:
    weak = _result("weak", of_counts(1, 10), of_counts(0, 3), raw=of_counts(1, 10))
    assert not weak.sound
    assert weak.to_json()["sound"] is False
    assert _result("strong", of_counts(1, 10), of_counts(0, 3), raw=of_counts(9, 10)).sound


def test_the_gate_sees_the_strongest_attacker_and_the_strongest_tail() -> None:
    best = strongest(
        [
            _result("mean", of_counts(5, 10), of_counts(1, 9)),
            _result("tail", of_counts(2, 10), of_counts(8, 9)),
        ]
    )
    assert (best.attacker, best.tails[0.1]) == ("mean", of_counts(8, 9))


def test_a_result_is_plain_json_without_people() -> None:
    value = _result("fusion", of_counts(5, 10), of_counts(1, 9), raw=of_counts(9, 10)).to_json()
    assert json.loads(json.dumps(value)) == value
    assert value["tails"]["0.1"]["trials"] == 9
    assert value["excess"]["value"] == pytest.approx(0.44444)
