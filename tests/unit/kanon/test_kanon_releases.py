"""Releases that are anonymous alone and not together."""

from typing import Any

import pyarrow as pa
import pytest

from deid.errors import InputError
from deid.kanon import check
from deid.kanon.releases import check_releases


def release(**ages: str) -> pa.Table:
    return pa.table({"who": list(ages), "age": list(ages.values())})


ASKED: Any = {"quasi_identifiers": ["age"], "subject": "who"}


def test_two_bands_that_cross_single_out() -> None:
    """30-39 and 35-44 are each shared by two; whoever is in both is alone."""
    first = release(a="30-39", b="30-39", c="40-49", d="40-49")
    second = release(a="25-34", b="35-44", c="35-44", d="45-54")
    assert check(first, quasi_identifiers=["age"]).k == 2
    found = check_releases([first, second], **ASKED)
    assert (found.people, found.k, found.uniques) == (4, 1, 4)


def test_equal_releases_say_no_more() -> None:
    one = release(a="30-39", b="30-39", c="40-49", d="40-49")
    assert check_releases([one, one.take([3, 1, 0, 2])], **ASKED).k == 2


def test_one_who_leaves_is_told_by_the_difference() -> None:
    first = release(a="30-39", b="30-39", c="30-39")
    found = check_releases([first, first.slice(1)], **ASKED)
    assert (found.k, found.uniques, found.left, found.joined) == (1, 1, (1,), (0,))


def test_several_who_come_together_hide_each_other() -> None:
    first = release(a="30-39", b="30-39")
    second = release(a="30-39", b="30-39", c="30-39", d="30-39")
    found = check_releases([first, second, second], **ASKED)
    assert (found.k, found.left, found.joined) == (2, (0, 0), (2, 0))


def test_a_person_has_many_rows_in_a_release() -> None:
    rows = pa.table({"who": ["a", "a", "b", "b"], "age": ["30", "31", "31", "30"]})
    assert check_releases([rows, rows], **ASKED).k == 2


def test_one_release_is_no_series() -> None:
    with pytest.raises(InputError, match="1 releases"):
        check_releases([release(a="1")], **ASKED)
