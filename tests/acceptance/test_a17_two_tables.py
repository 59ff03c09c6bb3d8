"""A-17: a profile database and a chat database share their users; both anonymized, nothing joins them.

Every pair of columns, the order of rows and the exact times are tried: no guess is better than chance.
"""

import json
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from acceptance_run import NOW

import deid
from deid.config import Config

PEOPLE = 60
PROFILES: dict[str, Any] = {
    "id": {"class": "linking", "treatment": "reissue"},
    "user": {"class": "linking", "treatment": "reissue"},
    "age": {"class": "quasi", "treatment": {"bands": 10}},
    "joined": {"class": "direct"},
    "about": {"class": "text"},
}
CHATS: dict[str, Any] = {
    "id": {"class": "linking", "treatment": "reissue"},
    "user": {"class": "linking", "treatment": "reissue"},
    "messages[].role": {"class": "keep"},
    "messages[].content": {"class": "text"},
    "messages[].time": {"class": "quasi", "treatment": {"coarsen": "month"}},
}


def second(number: int) -> str:
    return f"2026-10-{1 + number % 28:02}T{number % 24:02}:{number % 60:02}:{(number * 7) % 60:02}+09:00"


def sources() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Two tables in one order; ``about`` and the chat carry a marker by which the test knows who is whose."""
    profiles = [
        {
            "id": f"p{n}",
            "user": f"user-{n}",
            "age": 20 + n % 30,
            "joined": second(n),
            "about": f"likes dish {n:02}",
        }
        for n in range(PEOPLE)
    ]
    chats = [
        {
            "id": f"c{n}",
            "user": f"user-{n}",
            "messages": [{"role": "user", "content": f"cooked dish {n:02}", "time": second(n)}],
        }
        for n in range(PEOPLE)
    ]
    return profiles, chats


def anonymized(
    folder: Path, name: str, rows: list[dict[str, Any]], fields: dict[str, Any]
) -> list[dict[str, Any]]:
    source = folder / f"{name}.jsonl"
    source.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    config = Config.model_validate(
        {
            "version": 1,
            "mode": "anonymize",
            "input": {"record_id": "id", "subject_id": "user", "languages": ["en"]},
            "fields": fields,
            "detect": {"use": "fast"},
            "kanon": {"k": 5, "suppression": 0.5},
            "release": {"name": name, "splits": {"train": 1.0}},
        }
    )
    deid.Pipeline(config).run([source], out=folder / name, now=NOW)
    files = sorted((folder / name / "data").iterdir())
    return [row for path in files for row in pq.read_table(path).to_pylist()]


def cells(row: dict[str, Any]) -> dict[str, str]:
    """Every column of a row but the markers."""
    flat: dict[str, str] = {name: str(row[name]) for name in ("id", "user", "age") if name in row}
    if "messages" in row:
        flat["time"] = str(row["messages"][0]["time"])
    return flat


def marker(row: dict[str, Any]) -> str:
    text = row["about"] if "about" in row else row["messages"][0]["content"]
    return str(text)[-2:]


def test_nothing_joins_the_two(tmp_path: Path) -> None:
    profiles, chats = sources()
    first = anonymized(tmp_path, "profiles", profiles, PROFILES)
    second_table = anonymized(tmp_path, "chats", chats, CHATS)
    assert len(first) == len(second_table) == PEOPLE
    for one, other in product(cells(first[0]), cells(second_table[0])):
        shared = {cells(row)[one] for row in first} & {cells(row)[other] for row in second_table}
        assert not shared, (one, other)
    assert {row["messages"][0]["time"] for row in second_table} == {"2026-10"}
    assert all("joined" not in row for row in first)


def test_the_order_of_rows_is_no_better_than_chance(tmp_path: Path) -> None:
    profiles, chats = sources()
    first = [marker(row) for row in anonymized(tmp_path, "profiles", profiles, PROFILES)]
    second_table = [marker(row) for row in anonymized(tmp_path, "chats", chats, CHATS)]
    source = [f"{n:02}" for n in range(PEOPLE)]
    # One hit is expected by chance; eight or more have a probability below 2e-5 (Poisson).
    for one, other in ((first, second_table), (first, source), (second_table, source)):
        assert sum(a == b for a, b in zip(one, other, strict=True)) < 8
