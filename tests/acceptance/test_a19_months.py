"""A-19: three monthly releases of the same people: ids are unrelated; what content links is reported.

The people of the sample talk every month. Ids, the order of records and how many somebody has must not tell
who is who; texts are new each month, and the share that they link anyway is reported with its interval.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from acceptance_run import NOW

import deid
import sample
from deid.config import load_config
from deid.risk.assess import assess
from deid.risk.attack import AttackResult
from inputs import write_lines

pytestmark = pytest.mark.slow

PEOPLE = 90
MONTHS = 3
# Requirements, A-19: linking by content stays at or below a threshold; guessing is right once in ninety.
CONTENT = 1 / 3
# Orders of ninety that agree in fifteen places come up once in 10^12.
BY_CHANCE = 0.16


@dataclass(frozen=True)
class Months:
    """Inputs and releases of the months, and who is who in each release."""

    sources: list[Path]
    releases: list[Path]
    rows: list[list[dict[str, Any]]] = field(repr=False)


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> Months:
    folder = tmp_path_factory.mktemp("months")
    talks = [chat.record for chat in sample.generate(3, MONTHS * PEOPLE)]
    sources, releases, rows = [], [], []
    for month in range(MONTHS):
        source, release = folder / f"chats-{month}.jsonl.gz", folder / f"release-{month}"
        write_lines(source, talks[month * PEOPLE : (month + 1) * PEOPLE])
        deid.Pipeline(load_config("demo", {"detect": {"use": "fast"}})).run([source], out=release, now=NOW)
        sources.append(source)
        releases.append(release)
        found = [pq.read_table(path).to_pylist() for path in sorted((release / "data").iterdir())]
        rows.append([row for part in found for row in part])
    return Months(sources, releases, rows)


def test_no_id_of_a_month_comes_again(months: Months) -> None:
    ids = [{row[name] for row in rows for name in ("conversation_id", "user_id")} for rows in months.rows]
    assert all(len(found) > PEOPLE for found in ids)
    assert not ids[0] & ids[1]
    assert not ids[1] & ids[2]
    assert not ids[0] & ids[2]


@pytest.mark.parametrize(("earlier", "later"), [(0, 1), (1, 2), (0, 2)])
def test_nothing_but_content_links_two_months(months: Months, earlier: int, later: int) -> None:
    found = {(one.attack, one.attacker): one for one in linked(months, earlier, later)}
    same = found["L4 cross-release ids", "dictionary"]
    assert same.released.value == 0
    assert same.raw is not None
    assert same.raw.value == 1  # the attack works where ids are kept
    for attack in (("L4 cross-release ids", "order"), ("L4 cross-release activity counts", "counts")):
        assert found[attack].released.value <= BY_CHANCE, attack
    texts = found["L4 cross-release texts", "rare runs"]
    assert texts.released.low <= texts.released.value <= texts.released.high <= CONTENT


def linked(months: Months, earlier: int, later: int) -> list[AttackResult]:
    report = assess(
        months.releases[later],
        source=[months.sources[earlier], months.sources[later]],
        attacks=("pseudonyms",),
        earlier=months.releases[earlier],
    )
    return [one for one in report.results if one.attack.startswith("L4")]
