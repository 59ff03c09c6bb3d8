"""Small inputs for whole runs: invented people, enough of them for k."""

import json
from pathlib import Path
from typing import Any

import yaml

REGIONS = ("Tokyo", "Osaka")


def conversation(number: int, person: int) -> dict[str, Any]:
    """One invented conversation; every value carries the person's number."""
    return {
        "conversation_id": f"c{number:04d}",
        "user_id": f"user-{person:03d}",
        "profile": {
            "name": f"Zanter Quill{'abcdefghijklmnopqrstuvwxyz'[person % 26]}by",
            "email": f"zanter{person:03d}@mail.example",
            "age": 21 + (person % 4) * 5,
            "region": REGIONS[person % 2],
        },
        "messages": [
            {"role": "user", "content": f"hello, write to zanter{person:03d}@mail.example please"},
            {"role": "assistant", "content": f"I noted zanter{person:03d}@mail.example, anything else?"},
            {"role": "user", "content": f"予約番号じゃなくて電話は090-1234-{5000 + person:04d}です"},
            {"role": "user", "content": f"today I cooked curry number {number} and it went well"},
        ],
    }


CONFIG = {
    "version": 1,
    "mode": "anonymize",
    "input": {"record_id": "conversation_id", "subject_id": "user_id", "languages": ["en", "ja"]},
    "fields": {
        "conversation_id": {"class": "linking", "treatment": "reissue"},
        "user_id": {"class": "linking", "treatment": "reissue"},
        "profile.name": {"class": "direct", "treatment": "delete", "known_value": "PERSON"},
        "profile.email": {"class": "direct", "treatment": "delete", "known_value": "EMAIL_ADDRESS"},
        "profile.age": {"class": "quasi", "treatment": {"bands": 5, "top": 90}},
        "profile.region": {"class": "quasi"},
        "messages[].role": {"class": "keep"},
        "messages[].content": {"class": "text"},
    },
    "detect": {"use": "fast"},
    "release": {"name": "small", "splits": {"train": 0.8, "test": 0.2}},
}


def write_inputs(folder: Path, *, files: int = 1, people: int = 60, each: int = 2) -> list[Path]:
    """Write ``people * each`` conversations over some files of JSON lines."""
    records = [conversation(n, n % people) for n in range(people * each)]
    paths = []
    for index in range(files):
        path = folder / f"chats-{index}.jsonl"
        lines = [json.dumps(record, ensure_ascii=False) for record in records[index::files]]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        paths.append(path)
    return paths


def write_config(folder: Path, **changes: object) -> Path:
    """Write the small configuration with some keys changed."""
    path = folder / "small.yaml"
    path.write_text(yaml.safe_dump({**CONFIG, **changes}, allow_unicode=True), encoding="utf-8")
    return path
