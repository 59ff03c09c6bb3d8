"""Properties of splits, canonical JSON, schemas and the secret check, over generated inputs."""

import json
from collections import defaultdict
from collections.abc import Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.errors import InputError
from deid.release.canonical import canonical_json
from deid.release.gate import GATES, GateInputs, check, enforce
from deid.release.manifest import check_no_secrets
from deid.release.split import assign_splits
from deid.report.figures import class_bins

Conversations = list[tuple[str, Sequence[str]]]

SHARES = {"train": 0.8, "validation": 0.1, "test": 0.1}

subjects = st.lists(st.integers(0, 40).map(str), max_size=3)
conversations = st.lists(subjects, min_size=1, max_size=60).map(
    lambda groups: [(f"r{i}", group) for i, group in enumerate(groups)]
)
keys = st.binary(min_size=1, max_size=40)
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    scalars | texts, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4)
)


@given(conversations, keys)
def test_no_subject_is_in_two_splits(records: Conversations, key: bytes) -> None:
    splits = assign_splits(records, SHARES, key)
    seen = defaultdict(set)
    for record_id, group in records:
        for subject in group:
            seen[subject].add(splits.assignment[record_id])
    assert list(splits.assignment) == [record_id for record_id, _ in records]
    assert all(len(found) == 1 for found in seen.values())


@given(conversations, keys)
def test_every_split_is_used_when_it_can_be(records: Conversations, key: bytes) -> None:
    splits = assign_splits(records, SHARES, key)
    used = set(splits.assignment.values())
    assert used <= set(SHARES)
    if splits.n_components >= len(SHARES):
        assert used == set(SHARES)
    else:
        assert splits.note


@given(conversations, keys, st.randoms(use_true_random=False))
def test_splits_depend_on_neither_order_nor_repetition(
    records: Conversations, key: bytes, random: Random
) -> None:
    turned = [(record_id, [*group, *group][::-1]) for record_id, group in records]
    random.shuffle(turned)
    one, two = assign_splits(records, SHARES, key), assign_splits(turned, SHARES, key)
    assert (dict(one.assignment), one.n_components) == (dict(two.assignment), two.n_components)


@given(st.lists(st.integers(1, 9), min_size=40, max_size=120), keys)
def test_shares_are_met_within_the_largest_component(sizes: Any, key: bytes) -> None:
    records = [(f"r{s}-{i}", [f"s{s}"]) for s, size in enumerate(sizes) for i in range(size)]
    found = list(assign_splits(records, SHARES, key).assignment.values())
    for split, share in SHARES.items():
        assert abs(found.count(split) - share * len(records)) <= max(sizes)


@given(values)
def test_canonical_json_is_one_spelling(value: object) -> None:
    data = canonical_json(value)
    assert canonical_json(json.loads(data)) == data
    assert json.loads(data) == value


@given(values, st.sampled_from(["salt", "seed", "client_secret", "private", "passphrase"]))
def test_a_secret_name_is_found_at_any_depth(value: object, name: str) -> None:
    with pytest.raises(InputError):
        check_no_secrets({"a": [value, {"b": {name: "x"}}]})


@given(
    st.none() | st.integers(-5, 50),
    st.none() | st.integers(0, 3),
    st.none() | st.integers(0, 3),
    st.sampled_from(sorted(GATES)),
)
def test_enforce_refuses_exactly_when_a_check_fails(
    k: Any, leaked: int | None, quarantined: int | None, gate: str
) -> None:
    inputs = GateInputs(
        k=k,
        k_required=2,
        subjects=100,
        residual={},
        split_subjects=leaked,
        split_records=0,
        quarantined=quarantined,
        total=1000,
        max_quarantined=0.001,
        left_out=0.0,
        max_left_out=0.05,
        ledger_entries=0,
    )
    good = k is not None and k >= GATES[gate].k and leaked == 0 and quarantined in (0, 1)
    checks = check(GATES[gate], inputs)
    assert all(item.passed for item in checks) is good
    if good:
        enforce(checks)


@given(st.dictionaries(st.integers(1, 500), st.integers(1, 99), min_size=1), st.integers(2, 50))
def test_bins_cover_everyone_once(sizes: Any, k: Any) -> None:
    bins = class_bins(list(sizes.items()), [], k)
    assert sum(b.before for b in bins) == pytest.approx(1)
    below = sum(n for size, n in sizes.items() if size < k) / sum(sizes.values())
    assert sum(b.before for b in bins if b.below) == pytest.approx(below)
