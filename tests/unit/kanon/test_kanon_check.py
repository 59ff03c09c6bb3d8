"""``check`` on small tables; the defects found in other tools each have a test that must come out right."""

import json

import pyarrow as pa
import pytest

import deid.kanon
from deid.errors import InputError
from deid.kanon import Measures, check

pd = pytest.importorskip("pandas")

TABLE = pa.table(
    {
        "age": [30, 30, 30, 40, 40],
        "sex": ["f", "f", "f", "m", "m"],
        "ill": ["flu", "flu", "cold", "flu", "cold"],
    }
)


def test_the_keys_of_the_contract_and_no_others() -> None:
    measures = check(TABLE, quasi_identifiers=["age", "sex"], sensitive=["ill"])
    plain = {"rows", "subjects", "k", "classes", "uniques", "prosecutor_max", "prosecutor_mean", "marketer"}
    own = {"l_distinct", "l_entropy", "c_recursive", "t_equal", "t_ordered", "alpha", "beta"}
    own |= {"beta_enhanced", "delta"}
    found = measures.to_json()
    assert found.keys() == plain | own | {"histogram", "sensitive"}
    assert found["sensitive"]["ill"] == {name: found[name] for name in own}
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_the_figures_of_a_small_table() -> None:
    found = check(TABLE, quasi_identifiers=["age", "sex"], sensitive=["ill"]).to_json()
    assert [found[name] for name in ("rows", "subjects", "k", "classes", "uniques")] == [5, 5, 2, 2, 0]
    assert found["histogram"] == {"2": 1, "3": 1}
    assert found["prosecutor_mean"] == 2 / 5
    assert found["alpha"] == pytest.approx(2 / 3)
    assert found["t_equal"] == pytest.approx(0.1)


def test_without_a_sensitive_column_there_are_no_figures_of_one() -> None:
    found = check(TABLE, quasi_identifiers=["age"]).to_json()
    assert found["sensitive"] == {}
    assert "alpha" not in found


def test_two_sensitive_columns_stand_apart() -> None:
    found = check(TABLE, quasi_identifiers=["age"], sensitive=["ill", "sex"]).to_json()
    assert found["sensitive"].keys() == {"ill", "sex"}
    assert "alpha" not in found


def test_a_missing_quasi_identifier_is_not_dropped() -> None:
    """Rivals' defect 1: {x, x, x, missing} was reported with k = 3."""
    measures = check(pd.DataFrame({"a": ["x", "x", "x", None]}), quasi_identifiers=["a"])
    assert (measures.k, measures.uniques) == (1, 1)


@pytest.mark.parametrize("index", [[0, 1, 2, 3], [0, 2, 1, 3], [3, 2, 1, 0], [10, 11, 12, 13]])
def test_the_labels_of_an_index_change_nothing(index: list[int]) -> None:
    """Rivals' defect 2: index labels taken for positions gave l = 2 and t = 0 instead of 1 and 0.5."""
    frame = pd.DataFrame({"a": [1, 1, 2, 2], "s": ["u", "u", "v", "v"]}, index=index)
    found = check(frame, quasi_identifiers=["a"], sensitive=["s"]).to_json()
    assert (found["l_distinct"], found["t_equal"]) == (1, 0.5)


def test_delta_is_infinite_when_a_value_is_absent_from_a_class() -> None:
    """Rivals' defect 3: values absent from a class were skipped."""
    table = pa.table({"a": [1, 1, 2, 2], "s": ["u", "u", "u", "v"]})
    measures = check(table, quasi_identifiers=["a"], sensitive=["s"])
    assert measures.sensitive["s"].delta == float("inf")
    assert measures.to_json()["delta"] == "Infinity"


def test_the_mean_risk_is_per_person() -> None:
    """Rivals' defect 4: averaging over classes gives 0.625 here; per person it is classes / people."""
    measures = check(pa.table({"a": [1, 2, 2, 2, 2]}), quasi_identifiers=["a"])
    assert measures.prosecutor_mean == 2 / 5


def test_a_person_with_a_thousand_rows_is_one_person() -> None:
    table = pa.table({"who": ["p"] * 1000 + ["q"], "age": [30] * 1001})
    measures = check(table, quasi_identifiers=["age"], subject="who")
    assert (measures.rows, measures.subjects, measures.k) == (1001, 2, 2)
    assert check(table, quasi_identifiers=["age"]).k == 1001


def test_contradicting_rows_make_a_set_that_is_a_value_of_its_own() -> None:
    table = pa.table({"who": ["p", "p", "q", "r", "r"], "town": ["a", "b", "a", "b", "a"]})
    measures = check(table, quasi_identifiers=["town"], subject="who")
    assert measures.histogram == {1: 1, 2: 1}  # {a}: q; {a, b}: p and r, whatever the order of their rows


def test_a_sensitive_set_counts_once() -> None:
    table = pa.table({"who": ["p", "p", "q"], "town": ["a"] * 3, "ill": ["flu", "cold", "flu"]})
    assert (
        check(table, quasi_identifiers=["town"], subject="who", sensitive=["ill"]).to_json()["alpha"] == 0.5
    )


def test_text_and_numbers_of_one_value_agree() -> None:
    whole = check(pa.table({"a": [5, 5, 6]}), quasi_identifiers=["a"])
    assert whole == check(pa.table({"a": [5.0, 5.0, 6.0]}), quasi_identifiers=["a"])
    assert whole == check(pa.table({"a": ["5", "5", "6"]}), quasi_identifiers=["a"])


def test_a_hundred_quasi_identifiers_are_counted_exactly() -> None:
    columns = {f"c{i}": list(range(50)) * 2 for i in range(100)}
    measures = check(pa.table(columns), quasi_identifiers=list(columns))
    assert (measures.k, measures.classes) == (2, 50)


def test_a_sensitive_value_never_reaches_a_message() -> None:
    frame = pd.DataFrame({"a": [1, 2], "s": ["hush", 3]})
    with pytest.raises(InputError) as caught:
        check(frame, quasi_identifiers=["a"], sensitive=["s"])
    assert "hush" not in f"{caught.value}{caught.value.hint}"


def test_the_package_exports_what_it_lists() -> None:
    assert sorted(deid.kanon.__all__) == deid.kanon.__all__
    assert all(hasattr(deid.kanon, name) for name in deid.kanon.__all__)
    assert isinstance(check(TABLE, quasi_identifiers=["age"]), Measures)
