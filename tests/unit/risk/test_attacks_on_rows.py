"""S1, L1 and D1 on invented rows: each finds people in a broken release and nobody where nothing is told."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from deid.risk import attributes
from deid.risk.align import Aligned
from deid.risk.attack import AttackResult
from deid.risk.attacks import differencing, prosecutor, singling
from deid.risk.case import Case
from deid.risk.corpus import Talk
from deid.treatments import FieldSpec

pytest.importorskip("scipy")

Values = Mapping[str, str]
_PEOPLE = 60
_FIELDS = {path: FieldSpec.model_validate({"class": "quasi"}) for path in ("age", "town", "job")}
_SINGLING = ("rarest value", "rarest three", "all columns", "columns and text")
_KNOWING = ("every column", "half of the columns", "one column wrong", "journalist")


def _person(number: int) -> Values:
    rng = np.random.default_rng(number)
    return {"age": f"{20 + rng.integers(50)}", "town": f"t{rng.integers(8)}", "job": f"j{rng.integers(10)}"}


def _whole(values: Values) -> Values:
    return values


def _nothing(_: Values) -> Values:
    return {}


def _decade(values: Values) -> Values:
    return {"age": values["age"][0] + "0s"}


def _case(treat: Callable[[Values], Values], *, say: str = "hello", people: range = range(_PEOPLE)) -> Case:
    """One row and message a person; each message has words of its own."""
    pairs = []
    for n in people:
        text = f"{say} {''.join(np.random.default_rng(n).choice(list('bcdfgklmnprstvz'), 30))}"
        pairs.append(
            (Talk(f"u{n}", f"r{n}", (text,), treat(_person(n))), Talk(f"p{n}", f"s{n}", (text,), _person(n)))
        )
    return Case(Aligned(pairs, np.arange(len(pairs)), len(pairs)), _FIELDS, "user_id")


def _cut(case: Case, pieces: int = 4) -> Case:
    """The same records in pieces, under other pseudonyms; the first alone says what the columns say."""
    pairs = [
        (replace(talk, subject=f"{talk.subject}-{n}", record=f"{talk.record}-{n}", values=values), source)
        for talk, source in case.aligned.pairs
        for n, values in enumerate([talk.values, *[{}] * (pieces - 1)])
    ]
    return Case(Aligned(pairs, np.arange(len(pairs)), len(pairs)), case.fields, case.subject_id)


def _rng() -> np.random.Generator:
    return np.random.default_rng(0)


def _by_attacker(found: list[AttackResult]) -> dict[str, AttackResult]:
    return {result.attacker: result for result in found}


def test_rows_released_as_they_were_single_people_out() -> None:
    """Positive control: 58 of 60 have a row of their own."""
    found = _by_attacker(singling.tried(_case(_whole), _rng()))
    assert tuple(found) == _SINGLING
    assert found["all columns"].released.value == pytest.approx(58 / 60)
    assert found["all columns"].raw == found["all columns"].released
    assert found["all columns"].excess.low > 0.8
    assert all(result.sound for result in found.values())
    assert found["rarest value"].released.value < found["rarest three"].released.value


_PERTURBED: list[dict[str, Any]] = [
    {"rare": 2}, {"clamp": [0, 99]}, {"swap": 0.01}, {"noise": 0.01}, {"microaggregate": 2},
]  # fmt: skip


def _perturbed(case: Case, treatment: dict[str, Any]) -> Case:
    spec = FieldSpec.model_validate({"class": "quasi", "treatment": treatment})
    return replace(case, fields=dict.fromkeys(_FIELDS, spec))


@pytest.mark.parametrize("treatment", _PERTURBED)
def test_perturbed_columns_that_hardly_changed_single_people_out(treatment: dict[str, Any]) -> None:
    """Positive control: what was bounded, thinned or exchanged for few is still there to be read."""
    case = _perturbed(_case(_whole), treatment)
    assert _by_attacker(singling.tried(case, _rng()))["all columns"].released.value > 0.9
    assert _by_attacker(prosecutor.tried(case, _rng()))["every column"].released.value > 0.9


def test_values_exchanged_by_everybody_single_nobody_out() -> None:
    """Negative control."""
    case = _perturbed(_case(_whole), {"swap": 1.0})
    held = [source.values for _, source in case.aligned.pairs]
    columns = {
        path: np.random.default_rng(number).permutation([values[path] for values in held])
        for number, path in enumerate(_FIELDS)
    }
    dealt = [
        (replace(talk, values={path: str(column[n]) for path, column in columns.items()}), source)
        for n, (talk, source) in enumerate(case.aligned.pairs)
    ]
    exchanged = replace(case, aligned=Aligned(dealt, np.arange(_PEOPLE), _PEOPLE))
    for result in singling.tried(exchanged, _rng()):
        assert result.excess.low == 0


@pytest.mark.parametrize("treat", [_nothing, _decade])
def test_rows_that_many_share_single_nobody_out(treat: Callable[[Values], Values]) -> None:
    """Negative control."""
    for result in singling.tried(_case(treat), _rng()):
        assert result.released.value == 0
        assert result.excess.low == 0
        assert result.sound


def test_rows_dealt_at_random_single_nobody_out_of_their_own() -> None:
    """Negative control: every row is somebody's, and stands over another person's text."""
    whole = _case(_whole)
    dealt = [
        (replace(talk, values=_person((n + 7) % _PEOPLE)), source)
        for n, (talk, source) in enumerate(whole.aligned.pairs)
    ]
    case = Case(Aligned(dealt, np.arange(_PEOPLE), _PEOPLE), _FIELDS, "user_id")
    for result in [*singling.tried(case, _rng()), *prosecutor.tried(case, _rng())]:
        assert result.released.value <= 0.05
        assert result.excess.low < 0.01
        assert result.sound


def test_an_area_named_like_its_town_is_an_area() -> None:
    """By hand: t0 stands for t0 and t1, so a row of t0 fits the people of both."""
    case = _case(lambda values: {"town": values["town"].replace("t1", "t0")})
    rows = attributes.released(case)
    held = [_person(n)["town"] for n in range(_PEOPLE)]
    per_value = sorted(np.asarray(rows.fits.sum(0)).ravel().tolist())
    counts = {town: held.count(town) for town in held}
    expected = [counts[t] for t in counts if t not in ("t0", "t1")] + [counts["t0"] + counts["t1"]]
    assert per_value == sorted(expected)


def test_the_strongest_attacker_counts_beside_what_each_finds() -> None:
    """Where one value finds nobody on raw text, another predicate may: the attack is sound."""
    for attack in (singling, prosecutor):
        (found,) = attack.measure(_case(_decade), _rng())
        each = attack.tried(_case(_decade), _rng())
        assert found.released.high == max(result.released.high for result in each)
        assert found.raw == max((r.raw for r in each if r.raw), key=lambda rate: rate.high)
        assert found.notes["attackers"] == {r.attacker: round(r.released.value, 5) for r in each}
        assert found.sound


def test_what_a_text_states_singles_out() -> None:
    """Sixty people who say nothing else, and one says their age."""
    case = _case(_nothing)
    pairs = list(case.aligned.pairs)
    talk, source = pairs[7]
    told = ("I am 83 years old", *talk.texts)
    pairs[7] = (replace(talk, texts=told), replace(source, texts=told))
    found = _by_attacker(
        singling.tried(Case(Aligned(pairs, np.arange(_PEOPLE), _PEOPLE), _FIELDS, "user_id"), _rng())
    )
    assert found["columns and text"].released.value == pytest.approx(1 / _PEOPLE)
    assert found["all columns"].released.value == 0


def test_an_invented_age_misleads() -> None:
    """One says 83 and the release says 47, which somebody else says of themself."""
    case = _case(_nothing)
    pairs = list(case.aligned.pairs)
    for n, (before, after) in {7: ("83", "47"), 8: ("47", "61")}.items():
        talk, source = pairs[n]
        pairs[n] = (
            replace(talk, texts=(f"I am {after} years old",)),
            replace(source, texts=(f"I am {before} years old",)),
        )
    found = _by_attacker(
        singling.tried(Case(Aligned(pairs, np.arange(_PEOPLE), _PEOPLE), _FIELDS, "user_id"), _rng())
    )
    # 61 was stated by nobody: it is taken for a form of what it replaced, the attacker's best case.
    assert found["columns and text"].released.value == pytest.approx(1 / _PEOPLE)


def test_ids_and_deleted_columns_are_no_rows() -> None:
    fields = {**_FIELDS, "name": FieldSpec.model_validate({"class": "direct", "treatment": "surrogate"})}
    pairs = [
        (replace(t, values={"name": f"N{n}", "user_id": f"u{n}"}), replace(s, values={"name": f"M{n}"}))
        for n, (t, s) in enumerate(_case(_nothing).aligned.pairs)
    ]
    kept = {**fields, "user_id": FieldSpec.model_validate({"class": "keep"})}
    case = Case(Aligned(pairs, np.arange(_PEOPLE), _PEOPLE), kept, "user_id")
    assert attributes.released(case).told.nnz == 0


def test_who_knows_the_profile_finds_the_row() -> None:
    """Positive control; fewer columns, an error and not knowing who is there find less."""
    found = _by_attacker(prosecutor.tried(_case(_whole), _rng()))
    assert tuple(found) == _KNOWING
    assert found["every column"].released.value == pytest.approx((58 + 2 / 2) / 60)
    assert all(result.sound for result in found.values())
    for weaker in _KNOWING[1:]:
        assert 0.1 < found[weaker].released.value < found["every column"].released.value
    assert found["journalist"].released.value <= 0.7


def test_who_knows_the_profile_finds_one_of_a_class() -> None:
    """By hand: each is found with 1 / (people of the same decade)."""
    decades = [_person(n)["age"][0] for n in range(_PEOPLE)]
    found = _by_attacker(prosecutor.tried(_case(_decade), _rng()))
    assert found["every column"].released.value == pytest.approx(len(set(decades)) / _PEOPLE)


def test_who_knows_the_profile_finds_nobody_where_nothing_is_told() -> None:
    """Negative control: everybody is as good."""
    for result in prosecutor.tried(_case(_nothing), _rng()):
        assert result.released.value == pytest.approx(1 / _PEOPLE, abs=0.01)
        assert result.excess.low == 0


def test_a_source_without_columns_has_no_ceiling_and_chance_alone() -> None:
    pairs = [(talk, replace(source, values={})) for talk, source in _case(_nothing).aligned.pairs]
    case = Case(Aligned(pairs, np.arange(_PEOPLE), _PEOPLE), {}, "user_id")
    for result in [*singling.tried(case, _rng()), *prosecutor.tried(case, _rng())]:
        assert result.raw is None
        assert result.released.value <= 1 / _PEOPLE + 1e-9


@pytest.mark.parametrize("treat", [_whole, _decade])
def test_pieces_of_a_record_that_tell_nothing_hide_no_row(treat: Callable[[Values], Values]) -> None:
    """What a record says once stands with its first piece: whoever looks for it looks there."""
    one, cut = _case(treat), _cut(_case(treat))
    for attack in (singling, prosecutor):
        before, after = (_by_attacker(attack.tried(case, _rng())) for case in (one, cut))
        for name, result in before.items():
            assert after[name].released.value == pytest.approx(result.released.value, abs=0.1), name
    rows = attributes.released(cut)
    assert len(rows.owner) == rows.told.shape[0] == _PEOPLE


def test_records_that_tell_nothing_at_all_are_rows() -> None:
    assert len(attributes.released(_case(_nothing)).owner) == _PEOPLE
    assert len(attributes.released(_cut(_case(_nothing), 2)).owner) == 2 * _PEOPLE


def _bands(offset: int) -> Callable[[Values], Values]:
    """Return bands of ten years from ``offset`` on."""

    def banded(values: Values) -> Values:
        return {"age": f"{(int(values['age']) - offset) // 10 * 10 + offset}+"}

    return banded


def test_bands_that_cross_single_out_together() -> None:
    """Positive control: bands of ten years laid five apart leave five."""
    found = {r.attack: r for r in differencing.measure(_case(_bands(20)), _case(_bands(25)), _rng())}
    rows = found[differencing.ROWS]
    assert rows.released.value > rows.control.value == 0


def test_the_same_bands_twice_tell_nothing_more() -> None:
    """Negative control."""
    found = {r.attack: r for r in differencing.measure(_case(_decade), _case(_decade), _rng())}
    assert found[differencing.ROWS].released.value == found[differencing.ROWS].control.value == 0
    assert found[differencing.ROWS].excess.value == 0


@pytest.mark.parametrize(("joined", "share"), [(0, 0.0), (1, 1.0), (4, 0.25)])
def test_who_joined_is_found_among_those_who_did(joined: int, share: float) -> None:
    later, earlier = _case(_nothing), _case(_nothing, people=range(_PEOPLE - joined))
    found = {(r.attack, r.attacker): r for r in differencing.measure(later, earlier, _rng())}
    assert found[differencing.CHANGES, "joined"].released.value == pytest.approx(share)
    assert found[differencing.CHANGES, "left"].released.value == 0
    back = {(r.attack, r.attacker): r for r in differencing.measure(earlier, later, _rng())}
    assert back[differencing.CHANGES, "left"].released.value == pytest.approx(share)


def test_two_releases_of_other_people_have_no_rows_in_common() -> None:
    found = differencing.measure(_case(_whole), _case(_whole, people=range(100, 120)), _rng())
    assert {result.attack for result in found} == {differencing.CHANGES}
