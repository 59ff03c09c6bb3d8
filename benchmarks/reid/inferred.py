"""What the text of a release gives away about its author: place, work and relationship (I1), in few groups.

Profiles name 126 towns and 200 jobs, of which a guesser could learn none: places are read as UN sub-regions
and jobs as fields of work, by words of their names; those of fewer than ten people are left out.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from deid.risk.align import Aligned
from deid.risk.attack import AttackResult
from deid.risk.attacks import inference
from deid.risk.case import Case
from deid.risk.corpus import Talk
from reid.synthpai import Corpus

_PLACES = Path(__file__).parents[2] / "configs" / "hierarchies" / "location.csv"
_SUBREGION = 2
_FIELDS: Mapping[str, Sequence[str]] = {
    "retired": ("retire",),
    "part-time work": ("part-time", "assistant"),
    "teaching": ("teacher", "professor", "lecturer", "tutor", "principal"),
    "computing": ("software", "developer", "data", "web", "it ", "programmer", "cryptograph"),
    "health and care": ("nurse", "doctor", "surgeon", "therap", "psycholog", "health", "social worker"),
    "culture": (
        *("design", "artist", "curator", "histor", "writer", "editor", "critic", "paint", "sculptor"),
        *("music", "director", "librar", "report", "journalist"),
    ),
    "science and engineering": (
        *("engineer", "scientist", "research", "chemist", "geo", "biolog", "astro", "physic", "anthropolog"),
        *("archaeolog", "archeolog", "architect", "environment", "technician", "planner", "lexico"),
    ),
    "business": (
        *("manager", "consultant", "analyst", "accountant", "market", "business", "entrepreneur", "owner"),
        *("advisor", "econom", "ceo", "lawyer", "estate"),
    ),
    "services and trades": ("driver", "chef", "guide", "barista", "carpenter", "worker", "farmer", "gym"),
}
"""Field of work → what names of its jobs hold; the first that fits counts."""


def results(corpus: Corpus, released: Sequence[str], seed: int) -> Iterator[AttackResult]:
    """Yield the result of each of the three attributes."""
    for result in inference.measure(_case(corpus, released), np.random.default_rng(seed)):
        yield replace(result, attack=result.attack.removeprefix(f"{inference.NAME}: "))


def _case(corpus: Corpus, released: Sequence[str]) -> Case:
    """Return the corpus with one talk a person, and what is to be inferred in place of the profile."""
    profiles = {str(record["user_id"]): record["profile"] for record in corpus.records}
    sides: dict[str, tuple[list[str], list[str]]] = {}
    for person, before, after in zip(corpus.people, corpus.texts, released, strict=True):
        raw, new = sides.setdefault(person, ([], []))
        raw.append(before)
        new.append(after)
    pairs = [
        (Talk(person, person, tuple(new)), Talk(person, person, tuple(raw), sought(profiles[person])))
        for person, (raw, new) in sides.items()
    ]
    return Case(Aligned(pairs, np.arange(len(pairs)), len(pairs)), {}, "user_id")


def sought(profile: Mapping[str, Any]) -> Mapping[str, str]:
    """Return what an attacker sets out to learn of a person, in groups."""
    found = {
        "location": _subregion(profile),
        "occupation": _work(str(profile["occupation"]).lower()),
        "relationship": str(profile["relationship_status"]).replace("in relationship", "in a relationship"),
    }
    return {name: value for name, value in found.items() if value}


def _subregion(profile: Mapping[str, Any]) -> str:
    rows = _places()
    return rows.get(str(profile["country"]).lower()) or rows.get(str(profile["city"]).lower()) or ""


@cache
def _places() -> Mapping[str, str]:
    with _PLACES.open(encoding="utf-8", newline="") as lines:
        return {row[0].lower(): row[_SUBREGION] for row in csv.reader(lines, delimiter=";")}


def _work(occupation: str) -> str:
    return next((field for field, words in _FIELDS.items() if any(word in occupation for word in words)), "")
