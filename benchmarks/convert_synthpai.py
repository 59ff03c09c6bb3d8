"""SynthPAI to records of ``configs/pipelines/synthpai.yaml``, one an author and thread.

    python benchmarks/convert_synthpai.py --data DIR -o synthpai.jsonl.gz

Terms: treat as non-commercial; for evaluation only, never for training.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from deid.errors import InputError
from inputs import read_lines, read_object, run_converter

_FOLDER = "synthpai"
_KEPT = ("age", "sex", "education", "occupation", "income_level", "relationship_status")


def convert(data: Path) -> Iterator[dict[str, object]]:
    """Yield the records; only the profiles and one author's comments are held in memory.

    Raises InputError when the two files do not speak of the same author or number of comments.
    """
    folder = data / _FOLDER
    profiles = read_object(folder / "user_bot_profiles_300.json.gz")
    comments = read_lines(folder / "comments_label_eval.jsonl.gz")
    threads = read_lines(folder / "threads_and_masks.jsonl.gz")
    for author, places in zip(comments, threads, strict=True):
        if author["author"] != places["author"] or len(author["comments"]) != len(places["threads"]):
            raise InputError(f"{folder}: author {author['author']}: comments and threads differ")
        yield from _records(author, places["threads"], _profile(profiles[author["author"]]))


def _records(
    author: Mapping[str, Any], threads: list[str | None], profile: dict[str, object]
) -> Iterator[dict[str, object]]:
    """Yield one record a thread, in the order of its first comment; comments without one share a record."""
    by_thread: dict[str | None, list[dict[str, str]]] = {}
    for comment, thread in zip(author["comments"], threads, strict=True):
        by_thread.setdefault(thread, []).append({"role": "user", "content": comment["text"]})
    # A thread's own name says which attribute its comments give away, so records are numbered.
    for number, messages in enumerate(by_thread.values(), 1):
        yield {
            "conversation_id": f"sp-{author['author']}-{number}",
            "user_id": author["author"],
            "username": author["username"],
            "profile": profile,
            "messages": messages,
        }


def _profile(known: Mapping[str, Any]) -> dict[str, object]:
    city, country = _place(known["city_country"])
    birth_city, birth_country = _place(known["birth_city_country"])
    return {
        **{key: known[key] for key in _KEPT},
        "city": city,
        "country": country,
        "birth_city": birth_city,
        "birth_country": birth_country,
    }


def _place(text: str) -> tuple[str, str]:
    """Return town and country of ``Zurich, Switzerland``."""
    city, _, country = text.rpartition(",")
    return city.strip(), country.strip()


if __name__ == "__main__":
    sys.exit(run_converter("convert SynthPAI to chat records", convert))
