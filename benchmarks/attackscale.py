"""Measure how long the attack suite takes, and its memory, on invented people.

    python benchmarks/attackscale.py [--people 10000] [--documents 100000] [--attacks a,b] [--write]

Everybody has ten documents by default: five conversations of two messages of about twelve words, drawn from a
vocabulary of 30,000 words by Zipf's law and from each person's own favourites, a profile of five columns, and
times. The release bands ages, leaves rare words out, keeps days, and has an id for each conversation.
One attack a row, in a process of its own with one thread, then the whole suite in one.
"""

import argparse
import datetime
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from deid.config import Config
from deid.risk.assess import ATTACKS, assess
from measure import Work, measure
from resultfile import Row, add_write, document, save, table

NAME = "attack-scale"
_TALKS, _WORDS, _VOCABULARY, _OWN = 5, 12, 30_000, 40
_CONFIG: Mapping[str, object] = {
    "version": 1,
    "mode": "anonymize",
    "input": {"record_id": "id", "subject_id": "user", "languages": ["en"]},
    "fields": {
        "id": {"class": "linking", "treatment": "reissue"},
        "user": {"class": "linking", "treatment": "reissue"},
        "profile.name": {"class": "direct", "treatment": "delete", "known_value": "PERSON"},
        "profile.gender": {"class": "quasi", "treatment": "keep"},
        "profile.age": {"class": "quasi", "treatment": {"bands": 5}},
        "profile.town": {"class": "quasi", "treatment": "keep"},
        "profile.job": {"class": "quasi", "treatment": "keep"},
        "messages[].role": {"class": "keep"},
        "messages[].content": {"class": "text"},
        "messages[].time": {"class": "quasi", "treatment": {"coarsen": "day"}},
    },
}
_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]


def main() -> int:
    """Measure, print a table, and keep the figures if asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--attacks", default=",".join(ATTACKS), metavar="A,B", help="default: all")
    parser.add_argument("--whole", action="store_true", help="only the whole suite, in one process")
    add_write(parser)
    arguments = parser.parse_args()
    names = [name.strip() for name in arguments.attacks.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        write_corpus(Path(folder), arguments.people, arguments.documents)
        suites = [] if arguments.whole else [(name, (name,)) for name in names]
        rows = [
            one(Path(folder), name, suite, arguments) for name, suite in [*suites, ("suite", tuple(names))]
        ]
    head = ("name", "wall_s", "cpu_s", "peak_mb")
    print(table(head, [[str(row[key]) for key in head] for row in rows]))
    if arguments.write:
        settings = {"people": arguments.people, "documents": arguments.documents}
        save(arguments.write, document(NAME, settings, rows))
    return 0


def one(folder: Path, name: str, attacks: tuple[str, ...], arguments: argparse.Namespace) -> Row:
    """Return the row of one suite of attacks."""
    found = measure(partial(_case, folder, attacks, arguments.documents), repeats=1, warm_up=False)
    return {
        "name": name,
        "wall_s": round(found.wall_s[0], 1),
        "cpu_s": round(found.cpu_s[0], 1),
        "peak_mb": round(found.peak_mb),
        **found.details,
    }


def _case(folder: Path, attacks: tuple[str, ...], documents: int) -> Work:
    config = Config.model_validate(_CONFIG)
    results: dict[str, object] = {}

    def run() -> None:
        found = assess(
            folder / "release.jsonl", source=folder / "source.jsonl", attacks=attacks, config=config
        )
        results["results"] = len(found.results)
        results["matched"] = round(found.matched, 4)

    return Work(run, documents, (folder / "source.jsonl").stat().st_size, lambda: results)


def write_corpus(folder: Path, people: int, documents: int) -> None:
    """Write ``source.jsonl`` and ``release.jsonl``, in orders that do not tell."""
    draw = random.Random(11)
    pairs = list(_records(draw, people, documents))
    draw.shuffle(pairs)
    for name, side in (("source", 0), ("release", 1)):
        lines = [json.dumps(pair[side]) for pair in pairs]
        (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        draw.shuffle(pairs)


def _records(
    draw: random.Random, people: int, documents: int
) -> Iterator[tuple[Mapping[str, object], Mapping[str, object]]]:
    words = [_word(number) for number in range(_VOCABULARY)]
    each = documents // people
    for person in range(people):
        own = [words[_rank(draw)] for _ in range(_OWN)]
        profile = {
            "name": _word(person + 7 * _VOCABULARY).title(),
            "gender": draw.choice(("female", "male")),
            "age": 18 + draw.randrange(60),
            "town": words[draw.randrange(40)].title(),
            "job": words[100 + draw.randrange(60)],
        }
        hour = draw.randrange(24)
        for talk in range(_TALKS):
            said = each // _TALKS + (talk < each % _TALKS)
            ranks = [[_spoken(draw) for _ in range(_WORDS)] for _ in range(said)]
            yield _pair(f"{person}.{talk}", draw, profile, hour, [_said(row, words, own) for row in ranks])


def _spoken(draw: random.Random) -> int:
    """Return the rank of a word of everybody's, or a negative number for a favourite."""
    return -1 - draw.randrange(_OWN) if draw.random() < 0.3 else _rank(draw)


def _rank(draw: random.Random) -> int:
    return min(int(_VOCABULARY ** draw.random()) - 1, _VOCABULARY - 1)


def _said(ranks: Sequence[int], words: Sequence[str], own: Sequence[str]) -> list[str]:
    return [own[-1 - rank] if rank < 0 else words[rank] for rank in ranks]


def _pair(
    name: str, draw: random.Random, profile: Mapping[str, object], hour: int, said: Sequence[Sequence[str]]
) -> tuple[Mapping[str, object], Mapping[str, object]]:
    times = [
        datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
        + datetime.timedelta(days=draw.randrange(200), hours=(hour + draw.randrange(3)) % 24, minutes=n)
        for n in range(len(said))
    ]
    low = int(str(profile["age"])) // 5 * 5
    new = f"{draw.getrandbits(64):016x}"
    source = {
        "id": name, "user": name.split(".", maxsplit=1)[0], "profile": dict(profile),
        "messages": [
            {"role": "user", "content": " ".join(row), "time": at.isoformat()}
            for row, at in zip(said, times, strict=True)
        ],
    }  # fmt: skip
    released = {
        "id": new, "user": f"{draw.getrandbits(64):016x}",
        "profile": {
            "gender": profile["gender"],
            "age": f"{low}-{low + 4}",
            "town": profile["town"],
            "job": profile["job"],
        },
        "messages": [
            {
                "role": "user",
                "content": " ".join(word for word in row if word not in _RARE),
                "time": str(at.date()),
            }
            for row, at in zip(said, times, strict=True)
        ],
    }  # fmt: skip
    return source, released


def _word(number: int) -> str:
    """Return an invented word, a different one for every number."""
    found = []
    number += len(_SYLLABLES)
    while number:
        number, part = divmod(number, len(_SYLLABLES))
        found.append(_SYLLABLES[part])
    return "".join(found)


_RARE = frozenset(map(_word, range(25_000, _VOCABULARY)))


if __name__ == "__main__":
    sys.exit(main())
