"""SynthPAI as documents: its comments, who wrote them, where they stand, and the corpus's own mask.

Terms: treat as non-commercial; for evaluation only, never for training.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from convert_synthpai import convert
from deid.risk.documents import Documents, numbered
from inputs import read_lines

LEAST_COMMENTS = 6
_NUMBER = re.compile(r"_\d+$")


@dataclass(frozen=True, slots=True)
class Corpus:
    """The comments of people with at least six, in one order throughout.

    records : all records as ``convert_synthpai`` makes them; ``place`` says which message each text is.
    masked  : the texts as a commercial entity masker left them.
    topic   : what the thread was made to be about; one of eight, "" where unknown.
    """

    records: Sequence[Mapping[str, Any]] = field(repr=False)
    place: Sequence[tuple[str, int]] = field(repr=False)
    texts: Sequence[str] = field(repr=False)
    masked: Sequence[str] = field(repr=False)
    people: Sequence[str] = field(repr=False)
    topic: Sequence[str] = field(repr=False)

    def documents(self, released: Sequence[str]) -> Documents:
        """Return the documents of a treatment; the pseudonym is the person's."""
        person = numbered(self.people)
        thread = numbered([record for record, _ in self.place])
        return Documents(self.texts, released, person, person, thread)


def read(data: Path) -> Corpus:
    """Read the corpus from the folder of data sets."""
    records = list(convert(data))
    masks, topics = _beside(data)
    place, texts, people = [], [], []
    for record in records:
        for number, message in enumerate(record["messages"]):  # type: ignore[arg-type, var-annotated]
            place.append((str(record["conversation_id"]), number))
            texts.append(str(message["content"]))
            people.append(str(record["user_id"]))
    kept = _kept(texts, people, masks)
    return Corpus(
        records,
        [place[n] for n in kept],
        [texts[n] for n in kept],
        [masks[n] or "" for n in kept],
        [people[n] for n in kept],
        [topics[n] for n in kept],
    )


def _beside(data: Path) -> tuple[list[str | None], list[str]]:
    """Return masks and topics in the order of the records: by author, thread of first comment, comment."""
    masks: list[str | None] = []
    topics: list[str] = []
    for author in read_lines(data / "synthpai" / "threads_and_masks.jsonl.gz"):
        by_thread: dict[str | None, list[int]] = {}
        for number, thread in enumerate(author["threads"]):
            by_thread.setdefault(thread, []).append(number)
        for thread, numbers in by_thread.items():
            masks += [author["masked"][n] if author["masked"] else None for n in numbers]
            topics += [_NUMBER.sub("", thread) if thread else ""] * len(numbers)
    return masks, topics


def _kept(texts: Sequence[str], people: Sequence[str], masks: Sequence[str | None]) -> list[int]:
    """Leave out thread openings, people without a mask, and people with few comments."""
    usable = [n for n, text in enumerate(texts) if masks[n] is not None and not text.startswith("Question:")]
    counts: dict[str, int] = {}
    for n in usable:
        counts[people[n]] = counts.get(people[n], 0) + 1
    return [n for n in usable if counts[people[n]] >= LEAST_COMMENTS]
