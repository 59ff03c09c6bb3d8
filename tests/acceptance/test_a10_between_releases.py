"""A-10, A-19: what two releases say together, of tables; who left must not be told by the difference."""

import pyarrow as pa

from deid.kanon import Hierarchy, check_releases, enforce

AGES = Hierarchy.intervals(range(20, 60), (10, 20))


def table_of(people: list[tuple[str, int]]) -> pa.Table:
    return pa.table({"who": [who for who, _ in people], "age": [str(age) for _, age in people]})


def release(people: list[tuple[str, int]]) -> pa.Table:
    table, plan = enforce(
        table_of(people), k=5, quasi_identifiers=["age"], hierarchies={"age": AGES}, subject="who",
        suppression=0.0,
    )  # fmt: skip
    assert plan.k >= 5
    return table


PEOPLE = [(f"u{number}", 20 + number) for number in range(40)]


def test_one_who_withdraws_is_told_by_the_difference() -> None:
    one, two = release(PEOPLE), release(PEOPLE[1:])
    assert "u0" not in two["who"].to_pylist()
    found = check_releases([one, two], quasi_identifiers=["age"], subject="who")
    assert (found.k, found.uniques, found.left) == (1, 1, (1,))


def test_several_who_withdraw_together_hide_each_other() -> None:
    found = check_releases([release(PEOPLE), release(PEOPLE[5:])], quasi_identifiers=["age"], subject="who")
    assert (found.k, found.left) == (5, (5,))


def test_a_series_of_months_is_measured_as_one() -> None:
    months = [release(PEOPLE), release(PEOPLE[5:]), release(PEOPLE[6:])]
    found = check_releases(months, quasi_identifiers=["age"], subject="who")
    assert (found.left, found.uniques) == ((5, 1), 1)


def test_bands_that_shift_from_month_to_month_single_out() -> None:
    """Each release is k-anonymous alone; a person at the edge of a band is not over both."""
    bands = [[f"{(age + shift) // 10}" for _, age in PEOPLE] for shift in (0, 1)]
    months = [pa.table({"who": [who for who, _ in PEOPLE], "age": band}) for band in bands]
    found = check_releases(months, quasi_identifiers=["age"], subject="who")
    assert (found.k, found.uniques) == (1, 4)
