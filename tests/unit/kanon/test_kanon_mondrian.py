"""Ranges instead of levels: what a partition publishes, and what it may not."""

from typing import Any

import pyarrow as pa
import pytest

from deid.errors import InputError
from deid.kanon import Hierarchy, check, enforce
from deid.kanon.ranges import range_labels

AGES = Hierarchy.intervals(range(30, 50), (5, 10))
TOWNS = Hierarchy.from_chains(
    {"Ueno": ["Tokyo"], "Shibuya": ["Tokyo"], "Naha": ["Okinawa"], "Koza": ["Okinawa"]}
)


def mondrian(table: pa.Table, names: list[str], **asked: Any) -> tuple[pa.Table, Any]:
    return enforce(
        table, quasi_identifiers=names, hierarchies={"age": AGES, "town": TOWNS}, method="mondrian", **asked
    )


def test_a_class_publishes_the_range_its_people_span() -> None:
    table, plan = mondrian(pa.table({"age": [30, 31, 32, 46, 48, 49]}), ["age"], k=3)
    assert table["age"].to_pylist() == ["30-32"] * 3 + ["46-49"] * 3
    assert plan.ncp == pytest.approx((2 / 19 + 3 / 19) / 2)
    assert plan.levels == {"age": {"3": 3, "4": 3}}
    assert (plan.k, plan.suppressed, plan.dropped) == (3, 0, 0)


def test_a_range_that_is_a_node_has_its_name() -> None:
    table, _ = mondrian(pa.table({"age": [30, 34, 40, 49]}), ["age"], k=2)
    assert table["age"].to_pylist() == ["30-34", "30-34", "40-49", "40-49"]
    table, _ = mondrian(pa.table({"town": ["Ueno", "Shibuya", "Naha", "Koza"]}), ["town"], k=2)
    assert table["town"].to_pylist() == ["Tokyo", "Tokyo", "Okinawa", "Okinawa"]


def test_values_without_a_node_are_listed() -> None:
    table, _ = mondrian(pa.table({"town": ["Shibuya", "Naha"]}), ["town"], k=2)
    assert table["town"].to_pylist() == ["{Shibuya, Naha}"] * 2


def test_everybody_in_one_class_is_a_star() -> None:
    table, plan = mondrian(pa.table({"town": ["Ueno", "Koza"]}), ["town"], k=2)
    assert table["town"].to_pylist() == ["*", "*"]
    assert plan.ncp == 1


def test_a_missing_value_beside_present_ones_is_a_star() -> None:
    table, _ = mondrian(pa.table({"town": ["Ueno", None, None, "Naha", "Naha"]}), ["town"], k=2)
    assert table["town"].to_pylist() == [
        "{Ueno, Shibuya, Naha}",
        None,
        None,
        "{Ueno, Shibuya, Naha}",
        "{Ueno, Shibuya, Naha}",
    ]
    table, _ = mondrian(pa.table({"town": [None, "Naha"] * 2}), ["town"], k=2)
    assert table["town"].to_pylist() == [None, "Naha"] * 2
    table, plan = mondrian(pa.table({"town": [None, "Naha"]}), ["town"], k=2)
    assert table["town"].to_pylist() == ["*", "*"]
    assert plan.ncp == 1


def test_the_widest_column_is_halved_first() -> None:
    people = pa.table({"age": [30, 31, 30, 31], "town": ["Ueno", "Ueno", "Koza", "Koza"]})
    table, _ = mondrian(people, ["age", "town"], k=2)
    assert table["town"].to_pylist() == ["Ueno", "Ueno", "Koza", "Koza"]
    assert table["age"].to_pylist() == ["30-31"] * 4


def test_a_column_that_cannot_be_halved_gives_way_to_the_next() -> None:
    """Towns span the tree, but only one person is in Koza; ages can be halved."""
    people = pa.table({"age": [30, 31, 40, 41], "town": ["Ueno", "Ueno", "Ueno", "Koza"]})
    table, _ = mondrian(people, ["age", "town"], k=2)
    assert table["age"].to_pylist() == ["30-31", "30-31", "40-41", "40-41"]
    assert table["town"].to_pylist() == ["Ueno", "Ueno", "*", "*"]


def test_a_person_with_several_values_gets_a_range_over_all() -> None:
    people = pa.table({"who": [1, 1, 2, 3], "age": [30, 48, 31, 49]})
    table, plan = mondrian(people, ["age"], k=1, subject="who")
    assert table["age"].to_pylist() == ["30-48", "30-48", "31", "49"]
    assert plan.certificate["subjects"] == 3


def test_equal_values_are_never_parted() -> None:
    table, plan = mondrian(pa.table({"age": [30] * 7 + [31]}), ["age"], k=4)
    assert table["age"].to_pylist() == ["30-31"] * 8
    assert plan.k == 8


@pytest.mark.parametrize(("asked", "ages"), [({"l": 2}, "30-37"), ({"t": 0.4}, "30-37"), ({}, "30-31")])
def test_halves_satisfy_every_threshold(asked: dict[str, Any], ages: str) -> None:
    people = pa.table({"age": [30, 31, 36, 37], "ill": ["flu", "flu", "cold", "cold"]})
    table, _ = mondrian(people, ["age"], k=2, sensitive=["ill"], **asked)
    assert table["age"].to_pylist()[0] == ages


def test_closeness_is_measured_against_everybody() -> None:
    people = pa.table({"age": [30, 31, 40, 41], "ill": ["flu", "cold", "flu", "cold"]})
    table, plan = mondrian(people, ["age"], k=2, t=0.0, sensitive=["ill"])
    assert table["age"].to_pylist() == ["30-31", "30-31", "40-41", "40-41"]
    assert plan.certificate["t_equal"] == {"ill": 0.0}
    assert check(table, quasi_identifiers=["age"], sensitive=["ill"]).sensitive["ill"].t_equal == 0


@pytest.mark.parametrize("method", ["lattice", "local"])
def test_with_closeness_nobody_is_suppressed(method: Any) -> None:
    people = pa.table({"town": ["Ueno"] * 9 + ["Koza"], "ill": ["flu", "cold", "cold"] * 3 + ["rare"]})
    asked = {"k": 2, "quasi_identifiers": ["town"], "hierarchies": {"town": TOWNS}, "suppression": 0.2}
    _, without = enforce(people, method=method, **asked)  # type: ignore[arg-type]
    assert without.dropped == 1
    table, plan = enforce(people, method=method, sensitive=["ill"], t=0.5, **asked)  # type: ignore[arg-type]
    assert (plan.suppressed, plan.dropped, len(table)) == (0, 0, 10)


def test_a_part_that_cannot_mend_the_rest_does_not_leave_it() -> None:
    """Ten of Koza have the flu; with the four of Naha, who are sound alone, they still stand out."""
    ill = ["flu"] * 10 + ["flu", "cold"] * 2 + ["flu", "cold"] * 50
    people = pa.table({"town": ["Koza"] * 10 + ["Naha"] * 4 + ["Ueno"] * 100, "ill": ill})
    leaves = Hierarchy.suppression(["Ueno", "Naha", "Koza"])
    table, plan = enforce(
        people, k=2, t=0.1, quasi_identifiers=["town"], hierarchies={"town": leaves}, sensitive=["ill"],
        method="local",
    )  # fmt: skip
    assert table["town"].to_pylist() == ["*"] * 114
    assert plan.dropped == 0


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"t": 0.5}, "t: no sensitive column"),
        ({"t": 1.5, "sensitive": ["town"]}, "t is 1.5"),
        ({"k": 9}, "k is 9"),
    ],
)
def test_thresholds_nobody_can_meet_are_refused(asked: dict[str, Any], message: str) -> None:
    people = pa.table({"age": [30, 31], "town": ["Ueno", "Koza"]})
    with pytest.raises(InputError, match=message):
        mondrian(people, ["age"], **{"k": 2, **asked})


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(InputError, match="method `datafly`"):
        enforce(
            pa.table({"age": [30]}),
            k=1,
            quasi_identifiers=["age"],
            hierarchies={"age": AGES},
            method="datafly",  # type: ignore[arg-type]
        )


def test_a_node_that_has_the_name_of_a_range_is_not_taken_for_it() -> None:
    """In ARX's own hierarchy of ages 70 is in 65-69, so that 70-74 is 71 to 75."""
    odd = range_labels(Hierarchy.from_chains({"1": ["2-3"], "2": ["b"], "3": ["c"], "4": ["c"]}))
    assert odd.label(1, 2) == "{2, 3}"
    assert odd.label(0, 2) == "1-3"


def test_a_node_that_has_the_name_of_a_set_is_refused_unnamed() -> None:
    odd = range_labels(Hierarchy.from_chains({"a": ["{b, c}"], "b": ["x"], "c": ["y"], "d": ["y"]}))
    with pytest.raises(InputError, match="name of a set") as caught:
        odd.label(1, 2)
    assert "{b, c}" not in f"{caught.value}{caught.value.hint}"


def test_a_label_that_stands_at_two_levels_is_no_exact_node() -> None:
    chains = {"a": ["p", "g"], "b": ["q", "g"], "c": ["g", "h"], "d": ["z", "h"]}
    assert range_labels(Hierarchy.from_chains(chains)).label(0, 1) == "{a, b}"  # g may also mean c


def test_signed_and_unordered_numbers_are_listed() -> None:
    assert range_labels(Hierarchy.suppression(["-1", "0", "1"])).label(0, 1) == "{-1, 0}"
    assert range_labels(Hierarchy.suppression(["2", "1", "3"])).label(0, 1) == "{2, 1}"
