"""From tables to codes: missing values, canonical text, people with several rows, and bad tables."""

import datetime as dt
import decimal

import pyarrow as pa
import pytest

from deid.errors import InputError
from deid.kanon.encode import (
    Column,
    check_roles,
    read_column,
    read_people,
    read_table,
    text_column,
    to_people,
)

pd = pytest.importorskip("pandas")


def values(column: Column) -> tuple[str | None, ...]:
    return column.values


def decoded(table: pa.Table, name: str) -> list[str | None]:
    column = read_column(read_table(table), name)
    return [values(column)[code] for code in column.codes]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ([5, 34], ["5", "34"]),
        ([5.0, 34.5, float("nan")], ["5", "34.5", None]),
        ([-0.0, float("inf")], ["0", "inf"]),
        ([True, False], ["true", "false"]),
        ([decimal.Decimal("1.50"), None], ["1.50", None]),
        ([dt.date(2001, 2, 3)], ["2001-02-03"]),
        (["", "*", None, "é"], ["", "*", None, "é"]),
    ],
)
def test_values_are_canonical_text(raw: list[object], expected: list[str | None]) -> None:
    assert decoded(pa.table({"a": raw}), "a") == expected


@pytest.mark.parametrize("kind", [pa.string_view(), pa.large_string(), pa.dictionary(pa.int8(), pa.string())])
def test_every_kind_of_text_is_read(kind: pa.DataType) -> None:
    assert decoded(pa.table({"a": pa.array(["x", None, "y"], kind)}), "a") == ["x", None, "y"]


def test_chunks_with_different_dictionaries_agree() -> None:
    chunks = [pa.array(["x", "y"]).dictionary_encode(), pa.array(["y", "x"]).dictionary_encode()]
    assert decoded(pa.table({"a": pa.chunked_array(chunks)}), "a") == ["x", "y", "y", "x"]


def test_a_dictionary_entry_nobody_has_is_no_value() -> None:
    array = pa.DictionaryArray.from_arrays(pa.array([1, 1]), pa.array(["ghost", "x"]))
    assert values(read_column(pa.table({"a": array}), "a")) == ("x",)


def test_a_full_small_dictionary_has_room_for_missing_values() -> None:
    array = pa.DictionaryArray.from_arrays(pa.array([0, 127, None], pa.int8()), [str(n) for n in range(128)])
    table = pa.table(
        {"a": array, "who": pa.DictionaryArray.from_arrays(array.indices.fill_null(1), array.dictionary)}
    )
    assert decoded(table, "a") == ["0", "127", None]
    assert read_people(table, "who").n == 3


def test_order_is_numeric_where_all_are_numbers_and_missing_comes_last() -> None:
    assert values(read_column(pa.table({"a": ["10", None, "9"]}), "a")) == ("9", "10", None)
    assert values(read_column(pa.table({"a": ["10", "9", "x"]}), "a")) == ("10", "9", "x")


def test_a_person_with_several_values_has_the_set_of_them() -> None:
    table = pa.table({"who": ["p", "q", "p", "r", "q"], "town": ["a", "b", "b", "b", "a"]})
    people = read_people(table, "who")
    town = to_people(read_column(table, "town"), people)
    assert people.n == 3
    assert [town.members[code] for code in town.codes] == [(0, 1), (0, 1), (1,)]


def test_the_same_value_twice_is_one_value() -> None:
    table = pa.table({"who": [1, 1], "town": ["a", "a"]})
    town = to_people(read_column(table, "town"), read_people(table, "who"))
    assert [town.members[code] for code in town.codes] == [(0,)]


def test_people_in_a_dictionary_nobody_refers_to_do_not_count() -> None:
    who = pa.DictionaryArray.from_arrays(pa.array([2, 0, 2]), pa.array(["p", "ghost", "q"]))
    assert read_people(pa.table({"who": who}), "who").n == 2


@pytest.mark.parametrize("who", [["p", None], [1.0, float("nan")]])
def test_a_row_of_nobody_is_refused(who: list[object]) -> None:
    with pytest.raises(InputError, match="column `who`: 1 rows name no person"):
        read_people(pa.table({"who": pa.array(who, from_pandas=False)}), "who")


def test_the_row_numbers_of_a_filtered_frame_are_left_behind() -> None:
    frame = pd.DataFrame({"a": ["x", "y", "z", "z"]})
    kept = frame[frame.a != "y"]
    assert pa.table(kept).column_names == ["a", "__index_level_0__"]
    assert read_table(kept).column_names == ["a"]
    assert read_table(frame).schema.metadata is None


def test_a_named_index_is_a_column() -> None:
    frame = pd.DataFrame({"a": ["x", "y"]}, index=pd.Index(["p", "q"], name="who"))
    assert set(read_table(frame).column_names) == {"a", "who"}


def test_mixed_types_are_refused_without_the_value() -> None:
    with pytest.raises(InputError, match="column `a`: cannot be read") as caught:
        read_table(pd.DataFrame({"a": ["hush", 1]}))
    assert "hush" not in f"{caught.value!r}{caught.value.hint}"
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("source", [[1, 2], "people.csv", 7])
def test_what_is_no_table_is_refused(source: object) -> None:
    with pytest.raises(InputError, match="table: cannot be read"):
        read_table(source)


def test_an_empty_table_is_refused() -> None:
    with pytest.raises(InputError, match="no rows"):
        read_table(pa.table({"a": pa.array([], pa.string())}))


@pytest.mark.parametrize(
    ("column", "message"),
    [
        (pa.array([None, None], pa.string()), "every value is missing"),
        (pa.nulls(2), "every value is missing"),
        (pa.array([float("nan")] * 2), "every value is missing"),
        (pa.array([["x"], ["y"]]), "is no plain value"),
        (pa.array([b"x", b"y"]), "is no plain value"),
    ],
)
def test_columns_that_cannot_be_counted_are_refused(column: pa.Array, message: str) -> None:
    with pytest.raises(InputError, match=f"column `a`: .*{message}"):
        read_column(pa.table({"a": column}), "a")


def test_absent_and_doubled_columns_are_refused() -> None:
    table = read_table(pa.table([[1], [2]], names=["a", "a"]))
    for name in ("a", "b"):
        with pytest.raises(InputError, match=f"column `{name}`: the table has"):
            read_column(table, name)


def test_a_planned_column_may_be_missing_throughout() -> None:
    assert values(text_column("a", [None, None])) == (None,)


@pytest.mark.parametrize(
    ("names", "subject", "sensitive", "message"),
    [
        ([], None, [], "0 quasi-identifiers"),
        ([f"c{i}" for i in range(200)], None, [], "200 quasi-identifiers"),
        (["a", "a"], None, [], "column `a`: given twice"),
        (["a"], "a", [], "column `a`: given twice"),
        (["a"], None, ["a"], "column `a`: given twice"),
        ("age", None, [], "must be lists"),
    ],
)
def test_roles_that_make_no_sense_are_refused(
    names: list[str], subject: str | None, sensitive: list[str], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        check_roles(names, subject, sensitive)


def test_what_is_not_utf8_is_told_with_its_column() -> None:
    bytes_of = [None, pa.py_buffer(b"\0\0\0\0\4\0\0\0"), pa.py_buffer(b"\xff\xfe\xfd\xfc")]
    table = pa.table({"town": pa.Array.from_buffers(pa.string(), 1, bytes_of)})
    with pytest.raises(InputError, match="column `town`: holds what is not UTF-8"):
        decoded(table, "town")
