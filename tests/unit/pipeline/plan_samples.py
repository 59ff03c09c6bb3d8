"""A small configuration and hand-made analyses for the tests of the pipeline's parts."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from deid.config import Config
from deid.detect.detector import DefaultDetector
from deid.ingest.fields import compile_fields
from deid.ingest.record import Record, read_record
from deid.pipeline.working.analysis import ShardAnalysis, Tally
from deid.pipeline.working.reading import Quarantined

RAW: dict[str, Any] = {
    "version": 1,
    "mode": "anonymize",
    "input": {"record_id": "id", "subject_id": "user", "languages": ["en", "ja"]},
    "fields": {
        "id": {"class": "linking", "treatment": "reissue"},
        "user": {"class": "linking", "treatment": "reissue"},
        "profile.name": {"class": "direct", "treatment": "delete", "known_value": "PERSON"},
        "profile.age": {"class": "quasi", "treatment": {"bands": 5, "top": 90}},
        "profile.region": {"class": "quasi"},
        "profile.note": {"class": "sensitive"},
        "profile.pin": {"class": "secret"},
        "messages[].role": {"class": "keep"},
        "messages[].time": {"class": "quasi", "treatment": {"coarsen": "month"}},
        "messages[].content": {"class": "text"},
        "memory[]": {"class": "drop"},
    },
    "detect": {"use": "fast"},
    "kanon": {"k": 2, "suppression": 0.5},
    "release": {"name": "small", "splits": {"train": 0.5, "test": 0.5}},
}


def config(**changes: object) -> Config:
    return Config.model_validate({**RAW, **changes})


def with_field(path: str, **spec: object) -> Config:
    return config(fields={**RAW["fields"], path: spec})


@cache
def detector() -> DefaultDetector:
    return DefaultDetector.default(use="fast")


def record(value: Mapping[str, Any], used: Config | None = None) -> Record:
    chosen = used or config()
    return read_record(value, chosen, compile_fields(chosen.fields))


def analysis(
    shard: int,
    records: Sequence[tuple[str, tuple[str, ...]]],
    vectors: dict[str, dict[str, set[str]]],
    **changes: Any,
) -> ShardAnalysis:
    """What pass A says of one shard; tokens are padded to the length of real ones."""
    return ShardAnalysis(
        shard,
        [(token(name), tuple(map(token, subjects))) for name, subjects in records],
        {token(subject): vector for subject, vector in vectors.items()},
        changes.get("types", {}),
        changes.get("tally", Tally(records=len(records))),
        changes.get("quarantined", []),
    )


def token(name: str) -> str:
    return name.ljust(20, "x")


def set_aside(where: str) -> Quarantined:
    return Quarantined(where, None, "invalid-json")
