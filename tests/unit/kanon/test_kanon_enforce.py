"""``enforce``: what is written, what is left, and the certificate."""

from typing import Any

import pyarrow as pa
import pytest

from deid.errors import DeidError, InputError
from deid.kanon import Hierarchy, check, enforce
from deid.kanon.certificate import certify
from deid.types import Json

pd = pytest.importorskip("pandas")

TOWNS = Hierarchy.from_chains({"Ueno": ["Tokyo"], "Shibuya": ["Tokyo"], "Naha": ["Okinawa"]})
PEOPLE = pa.table(
    {
        "id": [7, 8, 9, 10, 11],
        "town": ["Ueno", "Naha", "Shibuya", "Naha", "Ueno"],
        "ill": ["flu", "flu", "cold", "cold", "flu"],
    }
)


def test_the_quasi_identifiers_are_generalized_and_the_rest_stays() -> None:
    table, plan = enforce(PEOPLE, k=2, quasi_identifiers=["town"], hierarchies={"town": TOWNS}, suppression=0)
    assert table.column_names == ["id", "town", "ill"]
    assert table["town"].to_pylist() == ["Tokyo", "Okinawa", "Tokyo", "Okinawa", "Tokyo"]
    assert table.drop_columns("town").equals(PEOPLE.drop_columns("town"))
    assert plan.ncp == pytest.approx(3 * 0.5 / 5)


def test_the_keys_of_the_contract_and_no_others() -> None:
    _, plan = enforce(PEOPLE, k=2, quasi_identifiers=["town"], hierarchies={"town": TOWNS})
    found = plan.to_json()
    assert found.keys() == {"method", "levels", "suppressed", "ncp", "k", "certificate"}
    assert (found["method"], found["levels"], found["k"]) == ("lattice", {"town": 1}, 2)


def test_the_certificate_has_figures_thresholds_and_digests() -> None:
    table, plan = enforce(
        PEOPLE, k=2, quasi_identifiers=["town"], hierarchies={"town": TOWNS}, sensitive=["ill"], l=2
    )
    measures = check(table, quasi_identifiers=["town"], sensitive=["ill"])
    certificate = plan.certificate
    for figure in ("rows", "subjects", "k", "classes", "uniques"):
        assert certificate[figure] == getattr(measures, figure)
    assert certificate["l_distinct"] == {"ill": measures.sensitive["ill"].l_distinct} == {"ill": 2}
    assert certificate["ncp"] == pytest.approx(plan.ncp)
    assert certificate["thresholds"] == {"k": 2, "l": 2, "t": None, "suppression": 0.02}
    assert certificate["hierarchies"] == {"town": TOWNS.digest}


def test_a_filtered_frame_brings_no_row_numbers() -> None:
    """Rivals' defect 5: the result carried the row numbers of the source."""
    frame = PEOPLE.to_pandas()
    table, _ = enforce(
        frame[frame.id != 7], k=2, quasi_identifiers=["town"], hierarchies={"town": TOWNS}, suppression=0.3
    )
    assert table.column_names == ["id", "town", "ill"]
    assert table.schema.metadata is None


def test_dropped_people_leave_with_their_rows_and_no_trace() -> None:
    """Rivals' defect 5 again: where rows are removed, nothing numbers those that stay."""
    table, plan = enforce(
        pd.DataFrame({"town": ["Ueno", "Naha", "Ueno", "Ueno"], "note": list("abcd")}),
        k=2,
        quasi_identifiers=["town"],
        hierarchies={"town": TOWNS},
        suppression=0.3,
    )
    assert table.to_pydict() == {"town": ["Ueno"] * 3, "note": ["a", "c", "d"]}
    assert (plan.suppressed, plan.dropped, plan.certificate["dropped"]) == (1, 1, 1)
    assert plan.ncp == plan.certificate["ncp"] == 0.25


def test_no_more_is_generalized_than_k_asks_for() -> None:
    """Rivals' defect 6: a greedy search returned k = 397 for 5."""
    table, plan = enforce(
        pa.table({"town": ["Ueno", "Naha", "Shibuya"] * 5}),
        k=5,
        quasi_identifiers=["town"],
        hierarchies={"town": TOWNS},
        suppression=0,
    )
    assert plan.levels == {"town": 0}
    assert table["town"].to_pylist() == ["Ueno", "Naha", "Shibuya"] * 5


def test_all_rows_of_a_person_are_generalized_alike() -> None:
    table = pa.table(
        {"who": ["p", "q", "p", "r", "q"], "town": ["Ueno", "Naha", "Shibuya", "Ueno", "Naha"], "n": range(5)}
    )
    result, plan = enforce(
        table, k=2, quasi_identifiers=["town"], hierarchies={"town": TOWNS}, subject="who", suppression=0.4
    )
    assert result["town"].to_pylist() == ["Tokyo"] * 3  # q is alone and too few to be suppressed
    assert result["n"].to_pylist() == [0, 2, 3]
    assert (plan.k, plan.dropped, plan.certificate["subjects"]) == (2, 1, 2)


def test_a_set_generalizes_to_the_set_of_its_nodes() -> None:
    table = pa.table(
        {"who": ["p", "p", "q", "q"], "town": ["Ueno", "Naha", "Shibuya", "Naha"]},
    )
    result, plan = enforce(
        table, k=2, quasi_identifiers=["town"], hierarchies={"town": TOWNS}, subject="who", suppression=0
    )
    assert result["town"].to_pylist() == ["Tokyo", "Okinawa"] * 2
    assert plan.ncp == plan.certificate["ncp"] == 0.25  # the mean of Tokyo, 1/2, and Okinawa, 0


@pytest.mark.parametrize("method", ["lattice", "local"])
def test_l_different_values_in_every_class(method: str) -> None:
    table = pa.table(
        {"town": ["Ueno", "Ueno", "Shibuya", "Shibuya"] * 3, "ill": ["flu", "flu", "cold", "cold"] * 3}
    )
    result, plan = enforce(
        table,
        k=2,
        quasi_identifiers=["town"],
        hierarchies={"town": TOWNS},
        sensitive=["ill"],
        l=2,
        method=method,  # type: ignore[arg-type]
        suppression=0,
    )
    assert set(result["town"].to_pylist()) == {"Tokyo"}
    assert plan.certificate["l_distinct"] == {"ill": 2}


def test_local_levels_are_counted_by_person() -> None:
    towns = ["Ueno"] * 3 + ["Naha", "Shibuya"]
    _, plan = enforce(
        pa.table({"town": towns}),
        k=2,
        quasi_identifiers=["town"],
        hierarchies={"town": TOWNS},
        method="local",
        suppression=0,
    )
    assert sum(plan.levels["town"].values()) == 5  # type: ignore[union-attr]
    assert plan.to_json()["levels"]["town"].keys() <= {"0", "1", "2"}


def test_numbers_become_text_and_missing_values_stay() -> None:
    ages = Hierarchy.intervals(range(50), (10,))
    table = pa.table({"age": [30, 34, None, None, 41, 45]})
    result, _ = enforce(table, k=2, quasi_identifiers=["age"], hierarchies={"age": ages}, suppression=0)
    assert result["age"].to_pylist() == ["30-39", "30-39", None, None, "40-49", "40-49"]


def test_a_certificate_that_disagrees_stops_the_release(monkeypatch: pytest.MonkeyPatch) -> None:
    def doubt(*arguments: Any) -> Json:
        return certify(*arguments) | {"k": 1}

    monkeypatch.setattr("deid.kanon.enforcement.certify", doubt)
    with pytest.raises(DeidError, match="does not confirm"):
        enforce(PEOPLE, k=2, quasi_identifiers=["town"], hierarchies={"town": TOWNS})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"quasi_identifiers": ["city"]}, "column `city`"),
        ({"hierarchies": {}}, "column `town`: no hierarchy"),
        ({"hierarchies": {"town": Hierarchy.suppression(["Ueno"])}}, "column `town`: 2 distinct values"),
        ({"k": 6}, "k is 6, but there are 5 people"),
        ({"l": 2}, "no sensitive column"),
        ({"l": 3, "sensitive": ["ill"]}, "column `ill` has 2 different values"),
        ({"subject": "nobody"}, "column `nobody`"),
        ({"quasi_identifiers": ["town"] * 200}, "200 quasi-identifiers"),
        ({"table": PEOPLE.set_column(1, "town", pa.nulls(5))}, "column `town`: every value is missing"),
    ],
)
def test_bad_input_names_the_column_never_a_value(change: dict[str, object], message: str) -> None:
    asked: dict[str, object] = {
        "table": PEOPLE, "k": 2, "quasi_identifiers": ["town"], "hierarchies": {"town": TOWNS}
    }  # fmt: skip
    with pytest.raises(InputError, match=message) as caught:
        enforce(**{**asked, **change})  # type: ignore[arg-type]
    assert not {"Naha", "Shibuya", "flu"} & set(f"{caught.value} {caught.value.hint}".split())
