"""Measure how long the plan of a chat data set takes, from what pass A learned of it.

    python benchmarks/chatplan.py [--conversations 1000000] [--write]

People, their profiles and what they state are invented, at rates like those of chat: most say little of
themselves, a tenth of people has several conversations. The analyses are made as pass A's sealed files are
read, a shard at a time; making them is not measured, planning and the memory of both are.
"""

import argparse
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from deid.config import Config, hierarchy_file
from deid.detect.stated.vocabulary import LANGUAGES, NATIONALITIES, OCCUPATIONS
from deid.pipeline.planning.plan import Planned, make_plan
from deid.pipeline.quasi.columns import joined, split
from deid.pipeline.quasi.telling import TEXT, Telling, load_telling
from deid.pipeline.working.analysis import ShardAnalysis, analysis_from_json
from resultfile import Row, add_write, document, save, table

_TODAY = date(2026, 11, 22)
_CONFIG: dict[str, Any] = {
    "version": 1,
    "mode": "anonymize",
    "input": {"record_id": "id", "subject_id": "user"},
    "fields": {
        "id": {"class": "linking", "treatment": "reissue"},
        "user": {"class": "linking", "treatment": "reissue"},
        "profile.age": {"class": "quasi", "treatment": {"bands": 5, "top": 90}},
        "profile.gender": {"class": "quasi", "hierarchy": "gender"},
        "profile.region": {"class": "quasi", "hierarchy": "region-ja"},
        "messages[].content": {"class": "text"},
    },
}
_FAMILY = ("married", "single", "divorced", "engaged", "children:1", "children:2", "siblings:1")
_RATES = {
    "AGE": 0.10,
    "LOCATION": 0.15,
    "OCCUPATION": 0.12,
    "NATIONALITY": 0.03,
    "LANGUAGE": 0.02,
    "FAMILY": 0.08,
}
_SEVERAL = 0.1
_SHARD = 10_000


def main() -> int:
    """Measure, print a table, and keep the figures if asked."""
    arguments = _arguments()
    row = measure(arguments.conversations)
    print(table(tuple(row), [[str(value) for value in row.values()]]))
    if arguments.write:
        save(arguments.write, document("chat-plan", {"conversations": arguments.conversations}, [row]))
    return 0


def measure(n: int) -> Row:
    """Return the row of one size."""
    config = Config.model_validate(_CONFIG)
    telling = load_telling(config, _TODAY)
    analyses = list(made_analyses(n, telling))
    before = _peak()
    began, spent = time.perf_counter(), time.process_time()
    planned = make_plan(analyses, config, telling, split_key=b"benchmark")
    wall, cpu = time.perf_counter() - began, time.process_time() - spent
    peak = _peak()
    told, published = _facts(planned)
    return {
        "name": "chat-plan",
        "conversations": n,
        "people": len(planned.vectors),
        "wall_s": round(wall, 1),
        "cpu_s": round(cpu, 1),
        "analyses_mb": before,
        "peak_mb": peak,
        "k": smallest_class(planned),
        "left_out": len(planned.plan.dropped),
        "facts_told": told,
        "facts_published": published,
    }


def made_analyses(n: int, telling: Telling) -> Iterator[ShardAnalysis]:
    """Yield what pass A would say of ``n`` invented conversations, through the form in which it is stored."""
    draw = random.Random(7)
    ages, places = [f"{low}-{low + 9}" for low in range(10, 80, 10)], sorted(telling.places.chains)
    values = {
        "AGE": ages,
        "LOCATION": places,
        "OCCUPATION": sorted(set(OCCUPATIONS.en.values())),
        "NATIONALITY": sorted(set(NATIONALITIES.en.values())),
        "LANGUAGE": sorted(set(LANGUAGES.en.values())),
        "FAMILY": list(_FAMILY),
    }
    regions = [line.split(";")[0] for line in _regions()]
    for shard, first in enumerate(range(0, n, _SHARD)):
        count = min(_SHARD, n - first)
        records, vectors = [], {}
        for number in range(first, first + count):
            owner = draw.randrange(number) if number and draw.random() < _SEVERAL else number
            subject = f"{owner:020x}"
            records.append([f"{number * 0x9E3779B97F4A7C15 % 2**80:020x}", [subject]])
            vectors[subject] = _vector(random.Random(owner), draw, values, regions)
        stored = {
            "shard": shard, "records": records, "vectors": vectors, "types": {}, "quarantined": [],
            "minors": {}, "others": [], "listed": [],
            "tally": {"records": count, "labels": {}, "sources": {}, "languages": {}, "barred": {}},
        }  # fmt: skip
        yield analysis_from_json(stored)


def _vector(
    who: random.Random, draw: random.Random, values: dict[str, list[str]], regions: list[str]
) -> dict[str, list[str]]:
    """Return one conversation's columns: a profile that is always the same, and what is stated this time."""
    low = min(85, int(abs(who.gauss(0, 18)))) // 5 * 5 + 15
    vector = {
        "profile.age": ["90+" if low >= 90 else f"{low}-{low + 4}"],
        "profile.gender": [who.choice(("female", "male"))],
        "profile.region": [regions[min(int(who.expovariate(0.1)), len(regions) - 1)]],
    }
    for kind, rate in _RATES.items():
        if draw.random() < rate:
            found = values[kind]
            vector[f"text:{kind}"] = [found[min(int(who.expovariate(8 / len(found))), len(found) - 1)]]
    return vector


def smallest_class(planned: Planned) -> int:
    """Return the smallest class of the vectors that the plan publishes, counted apart from it."""
    classes: Counter[tuple[str | None, ...]] = Counter()
    for subject in planned.vectors.keys() - planned.plan.dropped:
        classes[tuple(seen(planned, subject))] += 1
    return min(classes.values())


def seen(planned: Planned, subject: str) -> Iterator[str | None]:
    """Yield what a reader sees in each column of a person."""
    for column, cell in zip(planned.plan.columns, planned.vectors[subject], strict=True):
        members = () if cell is None else split(cell)
        nodes = (planned.plan.published(subject, column, member) for member in members)
        yield joined({node for node in nodes if node is not None})


def _facts(planned: Planned) -> tuple[int, int]:
    """Return how many facts were told, and of how many something is published."""
    text = [n for n, column in enumerate(planned.plan.columns) if column.startswith(TEXT)]
    told = sum(vector[n] is not None for vector in planned.vectors.values() for n in text)
    kept = planned.vectors.keys() - planned.plan.dropped
    return told, sum(cell is not None for who in kept for cell in list(seen(planned, who))[text[0] :])


def _regions() -> list[str]:
    return hierarchy_file("region-ja").read_text(encoding="utf-8").splitlines()


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--conversations", type=int, default=1_000_000)
    add_write(parser)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
