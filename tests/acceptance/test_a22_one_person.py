"""A-22: one person with 40 records counts once, by person and by household."""

import pyarrow as pa

from deid.kanon import check

FORTY = [{"who": "frequent", "age": "40s", "town": "Naha", "address": "1-1"}] * 40
FAMILY = [{"who": f"family-{n}", "age": "30s", "town": "Naha", "address": "2-2"} for n in range(5)]
OTHERS = [{"who": f"other-{n}", "age": "20s", "town": "Naha", "address": f"3-{n}"} for n in range(5)]
TABLE = pa.Table.from_pylist([*FORTY, *FAMILY, *OTHERS])
QUASI = ["age", "town"]


def test_forty_records_are_one_person() -> None:
    assert check(TABLE, quasi_identifiers=QUASI).k == 5  # what counting rows says
    found = check(TABLE, quasi_identifiers=QUASI, subject="who")
    assert (found.rows, found.subjects, found.k, found.uniques) == (50, 11, 1, 1)


def test_five_people_of_one_address_are_one_household() -> None:
    table = pa.Table.from_pylist([*FAMILY, *OTHERS])
    found = check(table, quasi_identifiers=QUASI, subject="who", household="address")
    assert (found.k, found.household_k) == (5, 1)


def test_people_who_share_an_ip_address_in_one_record_of_many_are_one_household() -> None:
    rows = [
        {"who": f"p{n}", "age": "30s", "ip": ip} for n in range(3) for ip in (f"192.0.2.{n}", "192.0.2.9")
    ]
    found = check(pa.Table.from_pylist(rows), quasi_identifiers=["age"], subject="who", household="ip")
    assert (found.k, found.household_k) == (3, 1)
