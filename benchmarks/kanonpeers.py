"""The peers of ``kanon.py``, in an environment of their own: pycanon, anjana and anonypyx.

    python benchmarks/kanonpeers.py DIR

DIR is the ``arx-adult`` folder. Prints one JSON list; a peer that is not installed is left out. They need
pandas of an older version than ours, so that ``kanon.py --peers PYTHON`` runs this file with that Python.
"""

import json
import sys
import time
import warnings
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

QUASI = ["sex", "age", "race", "marital-status", "education", "native-country", "workclass", "occupation"]
SENSITIVE = "salary-class"
SUITE = (
    "k_anonymity", "l_diversity", "entropy_l_diversity", "t_closeness", "alpha_k_anonymity",
    "delta_disclosure", "basic_beta_likeness",
)  # fmt: skip

Row = dict[str, Any]


def timed(work: Callable[[], Any]) -> tuple[Any, Row]:
    start = time.perf_counter(), time.process_time()
    result = work()
    wall, cpu = time.perf_counter() - start[0], time.process_time() - start[1]
    return result, {"seconds": round(wall, 4), "cpu_seconds": round(cpu, 4)}


def pycanon(adult: Any, _folder: Path) -> list[Row]:
    from pycanon import anonymity

    def suite() -> None:
        for name in SUITE:
            rest = () if name == "k_anonymity" else ([SENSITIVE],)
            getattr(anonymity, name)(adult, QUASI, *rest)

    _, seconds = timed(suite)
    return [{"method": "check", "rows": len(adult), "columns": len(QUASI), "sensitive": 1, **seconds}]


def anjana(adult: Any, folder: Path) -> list[Row]:
    """Greedy full-domain generalization; its loss from the levels it chose."""
    import pandas as pd
    from anjana.anonymity import k_anonymity

    read = {
        name: pd.read_csv(folder / f"adult_hierarchy_{name}.csv", sep=";", header=None, dtype=str)
        for name in QUASI
    }
    rows = []
    for suppression in (0, 2, 5):
        levels = {name: dict(table) for name, table in read.items()}
        made, seconds = timed(
            lambda levels=levels, suppression=suppression: k_anonymity(
                adult.copy(), [], list(QUASI), 5, suppression, levels
            )
        )
        lost = sum(_lost(made[name], read[name]) for name in QUASI) / len(QUASI)
        dropped = len(adult) - len(made)
        ncp = (lost * len(made) + dropped) / len(adult)
        rows.append({"method": "lattice", "suppression": suppression / 100, "ncp": round(ncp, 6),
                     "suppressed": dropped, **seconds})  # fmt: skip
    return rows


def _lost(published: Any, hierarchy: Any) -> float:
    """Mean weight of a column's published nodes."""
    for level in hierarchy.columns:
        if set(published) <= set(hierarchy[level]):
            sizes = hierarchy[level].value_counts()
            return float(((published.map(sizes) - 1) / (len(hierarchy) - 1)).mean())
    raise ValueError("published nodes are of no one level")


def anonypyx(adult: Any, folder: Path) -> list[Row]:
    """Mondrian over the order of the hierarchies' leaves."""
    import anonypyx as package
    import pandas as pd

    coded, width = pd.DataFrame(), {}
    for name in QUASI:
        table = pd.read_csv(folder / f"adult_hierarchy_{name}.csv", sep=";", header=None, dtype=str)
        if name != "age":
            table = table.sort_values(by=list(table.columns)[::-1], kind="stable")
        place = {leaf: number for number, leaf in enumerate(table[0])}
        coded[name], width[name] = adult[name].map(place), len(table) - 1
    coded[SENSITIVE] = adult[SENSITIVE]
    made, seconds = timed(
        lambda: package.Anonymiser(
            coded, k=5, algorithm="Mondrian", feature_columns=QUASI, sensitive_column=SENSITIVE,
            generalisation_strategy="machine-readable",
        ).anonymise()
    )  # fmt: skip
    lost = sum(
        ((made[f"{name}_max"] - made[f"{name}_min"]) / width[name] * made["count"]).sum() for name in QUASI
    )
    ncp = lost / len(QUASI) / made["count"].sum()
    return [{"method": "mondrian", "ncp": round(float(ncp), 6), **seconds}]


def main() -> int:
    import pandas as pd

    warnings.simplefilter("ignore")
    folder = Path(sys.argv[1])
    adult = pd.read_csv(folder / "adult.csv.gz", sep=";", dtype=str)
    rows: list[Row] = []
    for peer in (pycanon, anjana, anonypyx):
        try:
            found = {"peer": peer.__name__, "version": version(peer.__name__)}
        except PackageNotFoundError:
            continue
        rows += [{**found, **row} for row in peer(adult, folder)]
    print(json.dumps(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
