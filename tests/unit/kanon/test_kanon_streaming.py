"""A table in pieces is measured as the table at once is, whatever the pieces and however wide the keys."""

import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deid.errors import InputError
from deid.kanon import Hierarchy, check, check_batches, persons, runs, streaming
from deid.kanon.layout import Layout

ILL = {"flu": ["lung"], "cough": ["lung"], "ulcer": ["gut"]}
rows = st.lists(
    st.tuples(
        st.integers(0, 6), st.sampled_from(["u", "s", None]), st.sampled_from([*ILL]), st.integers(0, 2)
    ),
    min_size=1,
    max_size=60,
).filter(lambda found: any(row[1] for row in found))


whose = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 5)), min_size=60, max_size=60)


def table_of(found: Sequence[tuple[object, ...]]) -> pa.Table:
    names = ["age", "town", "ill", "plan"]
    return pa.table({name: [row[n] for row in found] for n, name in enumerate(names)})


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rows, st.integers(1, 20), st.sampled_from([1, 3, 1000]))
def test_pieces_tell_what_the_table_tells(
    monkeypatch: pytest.MonkeyPatch, found: list[tuple[object, ...]], piece: int, at_once: int
) -> None:
    monkeypatch.setattr(streaming, "_RUN", at_once)
    monkeypatch.setattr(runs, "RANGE", at_once)
    monkeypatch.setattr(runs, "_SAMPLED", 1)
    table = table_of(found)
    asked: Any = {
        "quasi_identifiers": ["age", "town"], "sensitive": ["ill", "plan"], "population_size": 100,
        "hierarchies": {"ill": Hierarchy.from_chains(ILL)},
    }  # fmt: skip
    one, other = check_batches(table.to_batches(piece), **asked), check(table, **asked)
    exact, near = one.to_json(), other.to_json()
    for name in ("ill", "plan"):
        assert exact["sensitive"].pop(name) == pytest.approx(near["sensitive"].pop(name), abs=1e-12)
    assert exact == near


def test_keys_of_several_words_are_counted_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "RANGE", 50)
    monkeypatch.setattr(runs, "_SAMPLED", 1)
    draw = random.Random(3)
    people = [[draw.randrange(9) for _ in range(40)] for _ in range(80)]
    table = pa.table({f"q{n}": [row[n] for row in people + people[:30]] for n in range(40)})
    assert check_batches(table.to_batches(7), quasi_identifiers=table.column_names).histogram == {
        1: 50,
        2: 30,
    }
    split = check_batches(
        table.to_batches(7), quasi_identifiers=table.column_names[:39], sensitive=table.column_names[39:]
    )
    assert split == check(table, quasi_identifiers=table.column_names[:39], sensitive=["q39"])


def test_a_wider_layout_keeps_the_order() -> None:
    random_codes = np.random.default_rng(1).integers(0, 4, (30, 200)).astype(np.int32)
    columns, wide = list(random_codes), Layout((7,) * 30)
    narrow = Layout.of([4] * 30)
    assert (narrow.n_words, wide.n_words) == (1, 4)
    sorted_codes = narrow.unpack(narrow.pack(columns)[:, np.argsort(narrow.pack(columns)[0])])
    again = wide.pack(sorted_codes)
    assert (np.lexsort(again[::-1]) == np.arange(200)).all()
    assert all((a == b).all() for a, b in zip(wide.unpack(again), sorted_codes, strict=True))


def test_without_its_last_columns_a_key_is_that_of_zeros() -> None:
    layout = Layout((3, 60, 2))
    codes = [np.array([5], np.int32), np.array([9], np.int32), np.array([3], np.int32)]
    nothing = np.zeros(1, np.int32)
    assert (layout.without_last(layout.pack(codes), 1) == layout.pack([codes[0], codes[1], nothing])).all()
    assert (layout.without_last(layout.pack(codes), 2) == layout.pack([codes[0], nothing, nothing])).all()


def test_a_class_is_in_one_range_whatever_its_sensitive_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "RANGE", 2)
    monkeypatch.setattr(runs, "_SAMPLED", 1)
    table = pa.table({"a": ["x"] * 50, "s": [str(n) for n in range(50)]})
    found = check_batches(table.to_batches(10), quasi_identifiers=["a"], sensitive=["s"])
    assert (found.k, found.sensitive["s"].l_distinct) == (50, 50)


@pytest.mark.parametrize(
    ("batches", "message"),
    [
        ([], "table: no rows"),
        ([pa.record_batch({"a": pa.array([None, None], pa.string())})], "every value is missing"),
        ([pa.record_batch({"b": ["x"]})], "column `a`: the table has 0 of them"),
        ([pa.record_batch({"a": [["x"]]})], "no plain value"),
    ],
)
def test_bad_pieces_are_refused(batches: list[pa.RecordBatch], message: str) -> None:
    with pytest.raises(InputError, match=message):
        check_batches(batches, quasi_identifiers=["a"])


def test_a_column_that_is_missing_in_one_piece_is_not_refused() -> None:
    pieces = [pa.record_batch({"a": pa.array(cells, pa.string())}) for cells in (["x"], [None], ["x"])]
    assert check_batches(pieces, quasi_identifiers=["a"]).histogram == {1: 1, 2: 1}


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows,
    st.integers(1, 20),
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 5)), min_size=60, max_size=60),
)
def test_people_of_many_pieces_are_counted_as_at_once(
    monkeypatch: pytest.MonkeyPatch,
    found: list[tuple[object, ...]],
    piece: int,
    named: list[tuple[int, int]],
) -> None:
    monkeypatch.setattr(runs, "RANGE", 3)
    monkeypatch.setattr(runs, "_SAMPLED", 1)
    monkeypatch.setattr(persons, "PARTS", 3)
    who, home = zip(*named[: len(found)], strict=True)
    table = table_of(found).append_column("who", pa.array(who)).append_column("home", pa.array(home))
    asked: Any = {
        "quasi_identifiers": ["age", "town"], "sensitive": ["ill", "plan"], "subject": "who",
        "household": "home", "hierarchies": {"ill": Hierarchy.from_chains(ILL)},
    }  # fmt: skip
    exact, near = (
        found.to_json() for found in (check_batches(table.to_batches(piece), **asked), check(table, **asked))
    )
    for name in ("ill", "plan"):
        assert exact["sensitive"].pop(name) == pytest.approx(near["sensitive"].pop(name), abs=1e-12)
    assert exact == near


def test_forty_rows_in_forty_pieces_are_one_person() -> None:
    table = pa.table({"who": ["a"] * 40 + ["b"], "age": [30] * 41, "home": ["x"] * 41})
    found = check_batches(table.to_batches(1), quasi_identifiers=["age"], subject="who", household="home")
    assert (found.rows, found.subjects, found.k, found.household_k) == (41, 2, 2, 1)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"subject": "who"}, "column `who`: 1 rows name no person"),
        ({"subject": "age", "household": "who"}, "column `age`: given twice"),
        ({"subject": "id", "household": "who"}, "column `who`: 1 rows name no household"),
        ({"household": "who"}, "household: no person is named"),
        ({"subject": "gone"}, "column `gone`: the table has 0 of them"),
    ],
)
def test_a_row_without_a_person_is_refused(asked: dict[str, Any], message: str) -> None:
    pieces = pa.table({"who": ["a", None], "id": [1, 2], "age": [1, 2]}).to_batches(1)
    with pytest.raises(InputError, match=message):
        check_batches(pieces, quasi_identifiers=["age"], **asked)


def test_rows_without_a_person_are_counted_over_all_pieces() -> None:
    table = pa.table({"who": [None, "a", None, "b", None], "age": [1, 2, 3, 4, 5]})
    with pytest.raises(InputError, match="column `who`: 3 rows name no person"):
        check_batches(table.to_batches(1), quasi_identifiers=["age"], subject="who")


def test_no_rows_of_people_are_nobody() -> None:
    with pytest.raises(InputError, match="no rows"):
        check_batches([], quasi_identifiers=["age"], subject="who", household="home")
