"""Intervals cover what they promise, by simulation, and hold the laws of rates for any counts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deid.risk.rates import Rate, by_person, of_counts, over_trials, residual, smallest_effect, wilson


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_rate_lies_in_its_interval(counts: tuple[int, int]) -> None:
    rate = of_counts(*counts)
    assert 0 <= rate.low <= rate.value <= rate.high <= 1


_ROWS = st.lists(st.tuples(st.booleans(), st.integers(0, 8)), min_size=1, max_size=60)


@settings(max_examples=50, deadline=None)
@given(_ROWS)
def test_clustered_rates_lie_in_their_intervals_whatever_the_order(rows: list[tuple[bool, int]]) -> None:
    hit, person = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
    for measure in (by_person, over_trials):
        rate = measure(hit, person, np.random.default_rng(0))
        assert 0 <= rate.low <= rate.value <= rate.high <= 1
        again = measure(hit[::-1], person[::-1], np.random.default_rng(0))
        assert again.value == pytest.approx(rate.value)


@settings(max_examples=60, deadline=None)
@given(st.data(), st.lists(st.integers(1, 12), min_size=1, max_size=29))
def test_more_successes_of_few_people_never_give_lower_bounds(data: st.DataObject, sizes: list[int]) -> None:
    """Any further trial that succeeds, whosever it is: neither end of the interval falls."""
    person = np.repeat(np.arange(len(sizes)), sizes)
    hit = np.array(data.draw(st.lists(st.booleans(), min_size=len(person), max_size=len(person))))
    more = hit.copy()
    more[data.draw(st.integers(0, len(person) - 1))] = True
    for measure in (by_person, over_trials):
        before, after = (measure(hits, person, np.random.default_rng(0)) for hits in (hit, more))
        assert before.low <= after.low + 1e-12
        assert before.high <= after.high + 1e-12


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 80), st.integers(1, 6), st.integers(0, 79))
def test_people_who_are_right_alike_are_no_more_than_their_trials(people: int, each: int, odd: int) -> None:
    """Shares that hardly differ must not pass for a sample larger than the trials."""
    hit = np.tile(np.arange(2 * each) % 2, people)
    hit[2 * each * (odd % people)] = 1
    person = np.repeat(np.arange(people), 2 * each)
    for measure in (by_person, over_trials):
        rate = measure(hit, person, np.random.default_rng(0))
        low, high = wilson(rate.value, len(hit))
        assert rate.low <= low + 1e-12
        assert rate.high >= high - 1e-12


_SHARE = st.floats(0, 1)


@given(st.lists(_SHARE, min_size=3, max_size=3), st.lists(_SHARE, min_size=3, max_size=3))
def test_a_residual_is_a_rate(attacked: list[float], control: list[float]) -> None:
    found = residual(*(Rate(s[1], s[0], s[2], 9, 9) for s in (sorted(attacked), sorted(control))))
    assert 0 <= found.low <= found.value <= found.high <= 1


@pytest.mark.parametrize("truth", [0.05, 0.3, 0.9])
def test_wilson_covers_at_the_nominal_rate(truth: float) -> None:
    """Exact over the binomial distribution, averaged over sample sizes: Wilson is right on average."""
    covered = []
    rng = np.random.default_rng(3)
    for trials in range(40, 120):
        for successes in rng.binomial(trials, truth, 200):
            low, high = wilson(successes / trials, trials)
            covered.append(low <= truth <= high)
    assert 0.93 <= np.mean(covered) <= 0.975


@pytest.mark.parametrize(("rate", "spread"), [(0.02, 0.02), (0.02, 0.2), (0.3, 0.2), (0.9, 0.1)])
def test_clustered_intervals_cover_by_simulation(rate: float, spread: float) -> None:
    """People differ (beta-binomial), as authors do: coverage must not fall below the promise."""
    rng = np.random.default_rng(int(1000 * rate + 100 * spread))
    scale = rate * (1 - rate) / spread**2 - 1 if spread**2 < rate * (1 - rate) else 0.05
    covered = []
    for _ in range(150):
        own = rng.beta(rate * scale, (1 - rate) * scale, 150)
        units = rng.integers(1, 20, 150)
        person = np.repeat(np.arange(150), units)
        hit = rng.random(len(person)) < own[person]
        found = by_person(hit, person, rng)
        covered.append(found.low <= rate <= found.high)
    assert np.mean(covered) >= 0.92
    assert np.mean(covered) <= 0.998 or rate < 0.05


def test_an_interval_narrows_with_people_not_with_documents() -> None:
    rng = np.random.default_rng(5)
    few, many = rng.random(40) < 0.3, rng.random(640) < 0.3
    repeated = by_person(np.repeat(few, 16), np.repeat(np.arange(40), 16), rng)
    real = by_person(many, np.arange(640), rng)
    assert real.high - real.low < 0.5 * (repeated.high - repeated.low)


@pytest.mark.parametrize(("attacked", "control"), [(0.3, 0.05), (0.1, 0.1), (0.9, 0.5), (0.03, 0.003)])
def test_residuals_cover_at_the_nominal_rate_or_above(attacked: float, control: float) -> None:
    """The ends of two intervals are paired, so that the residual's is wider than it need be."""
    rng = np.random.default_rng(int(1000 * attacked))
    truth = max(0.0, (attacked - control) / (1 - control))
    covered = []
    for _ in range(1000):
        main, other = (of_counts(int(rng.binomial(300, rate)), 300) for rate in (attacked, control))
        found = residual(main, other)
        covered.append(found.low <= truth <= found.high)
    assert np.mean(covered) >= 0.95


@pytest.mark.parametrize("rate", [0.05, 0.3])
def test_shares_of_trials_cover_where_people_write_unequally(rate: float) -> None:
    """A tail takes trials, of which some people have many: their share, not their number, is the sample."""
    rng = np.random.default_rng(int(100 * rate))
    sizes = np.minimum(rng.geometric(0.15, 400), 40)
    covered = []
    for _ in range(150):
        chosen = rng.choice(sizes, 120)
        own = rng.beta(rate * 6, (1 - rate) * 6, 120)
        person = np.repeat(np.arange(120), chosen)
        found = over_trials(rng.random(len(person)) < own[person], person, rng)
        covered.append(found.low <= rate <= found.high)
    assert 0.9 <= np.mean(covered) <= 1


@pytest.mark.parametrize(("base", "people"), [(0.05, 100), (0.01, 300), (0.5, 200), (0.003, 1000)])
def test_the_smallest_effect_is_shown_four_times_in_five(base: float, people: int) -> None:
    """As gates see it: the lower bound of the rate is above the base. Half of the effect seldom shows."""
    rng = np.random.default_rng(people)
    effect = smallest_effect(base, people)

    def shown(rate: float) -> float:
        counts = rng.binomial(people, rate, 2000)
        lows = {n: of_counts(int(n), people).low for n in np.unique(counts).tolist()}
        return float(np.mean([lows[n] > base for n in counts.tolist()]))

    assert 0.65 <= shown(base + effect) <= 0.95
    assert shown(base + effect / 2) < 0.55
    assert shown(base) <= 0.06


@given(st.floats(0, 0.9), st.integers(1, 5000))
def test_more_people_show_smaller_effects(base: float, people: int) -> None:
    more, fewer = smallest_effect(base, people + 500), smallest_effect(base, people)
    assert 0 <= more <= fewer + 1e-9
    assert fewer <= 1 - base + 1e-9
