"""The Adult table with ARX's hierarchies: the optima ARX publishes, and the figures measured beside pycanon.

The data stay outside the repository: DEID_DATA, or ../shared/data beside it.
"""

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pytest

from deid.kanon import Hierarchy, check, enforce, load_hierarchies

FOLDER = Path(os.environ.get("DEID_DATA", Path(__file__).parents[4] / "shared" / "data")) / "arx-adult"
pytestmark = pytest.mark.skipif(
    not (FOLDER / "adult.csv.gz").is_file(), reason="no arx-adult data: set DEID_DATA to the folder above it"
)
QUASI = [
    "sex", "age", "race", "marital-status", "education", "native-country", "workclass", "occupation",
]  # fmt: skip


@pytest.fixture(scope="module")
def adult() -> pa.Table:
    return pa.csv.read_csv(FOLDER / "adult.csv.gz", parse_options=pa.csv.ParseOptions(delimiter=";"))


@pytest.fixture(scope="module")
def hierarchies() -> dict[str, Hierarchy]:
    return load_hierarchies(FOLDER, QUASI)


@pytest.mark.parametrize(
    ("suppression", "ncp", "suppressed"), [(0.0, 0.660842, 0), (0.02, 0.331440, 552), (0.05, 0.261757, 1248)]
)
def test_the_optimum_of_arx(
    adult: pa.Table, hierarchies: dict[str, Hierarchy], suppression: float, ncp: float, suppressed: int
) -> None:
    table, plan = enforce(
        adult, k=5, quasi_identifiers=QUASI, hierarchies=hierarchies, suppression=suppression
    )
    assert plan.ncp == pytest.approx(ncp, abs=5e-7)
    assert (plan.suppressed, plan.dropped, plan.k) == (suppressed, 0, check(table, quasi_identifiers=QUASI).k)
    assert plan.k >= 5


def test_local_recoding_loses_a_twentieth(adult: pa.Table, hierarchies: dict[str, Hierarchy]) -> None:
    table, plan = enforce(
        adult, k=5, quasi_identifiers=QUASI, hierarchies=hierarchies, method="local", suppression=0
    )
    assert plan.ncp <= 0.050
    assert plan.dropped == 0
    assert check(table, quasi_identifiers=QUASI).k == plan.k == 5


def test_mondrian_loses_a_twenty_fifth(adult: pa.Table, hierarchies: dict[str, Hierarchy]) -> None:
    table, plan = enforce(adult, k=5, quasi_identifiers=QUASI, hierarchies=hierarchies, method="mondrian")
    assert plan.ncp <= 0.040
    assert (plan.suppressed, plan.dropped) == (0, 0)
    assert check(table, quasi_identifiers=QUASI).k == plan.k == 5


def test_the_measures_of_the_raw_table(adult: pa.Table) -> None:
    found = check(adult, quasi_identifiers=QUASI, sensitive=["salary-class"]).to_json()
    assert (found["k"], found["classes"], found["l_distinct"], found["alpha"]) == (1, 18109, 1, 1.0)
    assert found["prosecutor_mean"] == pytest.approx(0.600, abs=5e-4)  # pycanon: 0.857, over classes
    assert found["delta"] == "Infinity"  # pycanon: 2.709
    assert found["t_equal"] == found["t_ordered"] == pytest.approx(0.7510775, abs=1e-7)
