"""Packing, grouping and counting, with numbers small enough to see."""

import numpy as np
import pytest

from deid.kanon.classes import class_sizes, distinct, group, pack, representatives


def codes(*values: int) -> np.ndarray:
    return np.array(values, np.int32)


def test_keys_are_mixed_radix_numbers() -> None:
    keys, space = pack([codes(0, 1, 2), codes(1, 0, 1)], [3, 2])
    assert keys.tolist() == [1, 2, 5]
    assert space == 6


def test_keys_stay_exact_beyond_64_bits() -> None:
    size = 1 << 31
    first, last = codes(0, 1, size - 1, size - 1), codes(0, 0, 0, 1)
    keys, space = pack([first, *[first] * 5, last], [size] * 7)
    assert len(set(keys.tolist())) == 4
    assert space < 1 << 63


@pytest.mark.parametrize("space", [10, 1 << 40])
def test_groups_are_numbered_in_key_order_by_table_and_by_sort(space: int) -> None:
    ids, n_groups = group(np.array([7, 3, 7, 9]), space)
    assert ids.tolist() == [1, 0, 1, 2]
    assert n_groups == 3


def test_class_sizes_are_in_key_order() -> None:
    assert class_sizes(np.array([5, 2, 5, 5, 9])).tolist() == [1, 3, 1]


def test_a_representative_is_a_member_of_its_group() -> None:
    assert representatives(np.array([1, 0, 1]), 2).tolist() == [1, 0]


def test_distinct_tuples_carry_their_people() -> None:
    found = distinct([codes(1, 0, 1, 1), codes(0, 0, 0, 1)], [2, 2])
    assert found.codes.T.tolist() == [[0, 0], [1, 0], [1, 1]]
    assert found.counts.tolist() == [1, 2, 1]
    assert found.of.tolist() == [1, 0, 1, 2]
