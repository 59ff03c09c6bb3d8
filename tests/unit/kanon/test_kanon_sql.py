"""The same figures by another path, from the bytes of written files."""

import json
import sys
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deid.cli.main import main
from deid.errors import InputError
from deid.kanon import Hierarchy, check, enforce
from deid.kanon.sql import Roles, recompute

TOWNS = Hierarchy.from_chains({"Ueno": ["Tokyo"], "Shibuya": ["Tokyo"], "Naha": ["Okinawa"]})
TABLE = pa.table(
    {
        "who": ["p", "p", "q", "r", "s", "t"],
        "town": ["Ueno", "Naha", "Naha", "Ueno", None, None],
        "ill": ["flu", "flu", "cold", "", "flu", None],
    }
)


def written(table: pa.Table, path: Path) -> Path:
    if path.suffix == ".parquet":
        pq.write_table(table, path)
    else:
        pa.csv.write_csv(table, path)
    return path


@pytest.mark.parametrize("name", ["t.csv", "t.parquet"])
@pytest.mark.parametrize("subject", [None, "who"])
def test_sql_counts_as_the_measures_do(tmp_path: Path, name: str, subject: str | None) -> None:
    roles = Roles((("town",),), (subject,) if subject else None, (("ill",),), missing_is_value=True)
    found = recompute([written(TABLE, tmp_path / name)], roles)
    measures = check(TABLE, quasi_identifiers=["town"], subject=subject, sensitive=["ill"])
    assert [found[figure] for figure in ("rows", "subjects", "k", "classes", "uniques")] == [
        measures.rows, measures.subjects, measures.k, measures.classes, measures.uniques,
    ]  # fmt: skip
    assert found["l_distinct"] == {"ill": measures.sensitive["ill"].l_distinct}
    assert found["t_equal"]["ill"] == pytest.approx(measures.sensitive["ill"].t_equal, abs=1e-8)


cells = st.sampled_from(["a", "b", "c|d", "", 'q"', None])


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.sampled_from("pqrs"), cells, cells, cells), min_size=1, max_size=15))
def test_sql_agrees_on_any_table(rows: list[tuple[str, str | None, str | None, str | None]]) -> None:
    table = pa.table(
        [pa.array(column, pa.string()) for column in zip(*rows, strict=True)], names=list("wxys")
    )
    if any(table[name].null_count == len(table) for name in "xys"):
        return
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink)
    measures = check(table, quasi_identifiers=["x", "y"], subject="w", sensitive=["s"])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "t.parquet"
        file.write_bytes(sink.getvalue())
        found = recompute([file], Roles((("x",), ("y",)), ("w",), (("s",),), missing_is_value=True))
    assert (found["k"], found["classes"]) == (measures.k, measures.classes)
    assert found["l_distinct"]["s"] == measures.sensitive["s"].l_distinct
    assert found["t_equal"]["s"] == pytest.approx(measures.sensitive["s"].t_equal, abs=1e-8)


def test_nested_fields_of_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    rows = [{"u": n // 2, "p": {"age": "30" if n < 4 else None, "a.b": "x"}} for n in range(6)]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    found = recompute([path], Roles((("p", "age"), ("p", "a.b")), ("u",), (), missing_is_value=False))
    assert (found["rows"], found["subjects"], found["k"], found["classes"]) == (6, 3, 1, 2)


def test_what_cannot_be_counted_is_said_without_a_value(tmp_path: Path) -> None:
    path = written(TABLE, tmp_path / "t.csv")
    with pytest.raises(InputError, match=r"t\.csv: cannot be counted in SQL: BinderException"):
        recompute([path], Roles((("city",),), None, (), missing_is_value=True))


def test_without_the_package_one_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(InputError, match="needs the package `duckdb`") as caught:
        recompute([Path("t.csv")], Roles((("a",),), None, (), missing_is_value=True))
    assert ".[sql]" in caught.value.hint


@pytest.mark.parametrize("name", ["t.csv", "t.parquet"])
def test_a_written_table_is_what_its_certificate_says(
    tmp_path: Path, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    people = pa.table({"town": ["Ueno", "Shibuya", "Naha", "Naha", None, None], "ill": list("abcdef")})
    table, plan = enforce(
        people, k=2, l=2, quasi_identifiers=["town"], hierarchies={"town": TOWNS}, sensitive=["ill"]
    )
    path, report = written(table, tmp_path / name), tmp_path / "plan.json"
    report.write_text(json.dumps(plan.to_json()), encoding="utf-8")
    assert main(["kanon", "verify", str(path), str(report)]) == 0
    assert "k is 2, as certified, for 6 people" in capfd.readouterr().err
    written(table.slice(1), path)
    assert main(["kanon", "verify", str(path), str(report)]) == 3
    assert "the certificate says otherwise of k" in capfd.readouterr().err
    report.write_text("{}", encoding="utf-8")
    assert main(["kanon", "verify", str(path), str(report)]) == 2
