"""A released record and its deleted information made one again: the custodian's end of pseudonymize mode."""

import copy
import re
from collections.abc import Sequence
from typing import Any

from deid.transform.deleted import DeletedItem, decode_deleted, restore

_STEP = re.compile(r"[^.\[\]]+|\[[0-9]+\]")


def restore_record(released: dict[str, Any], payloads: Sequence[bytes]) -> dict[str, Any]:
    """Return the source record, except dropped fields and what is never escrowed.

    payloads : what the escrow gave for the record, one a subject.
    """
    record = copy.deepcopy(released)
    items: list[DeletedItem] = []
    for payload in payloads:
        found, fields = decode_deleted(payload)
        items += found
        for path, value in fields:
            _put(record, path, value)
    texts = {item.path: _get(record, item.path) for item in items}
    for path, text in restore(texts, items).items():
        _put(record, path, text)
    return record


def _steps(path: str) -> list[str | int]:
    return [int(step[1:-1]) if step.startswith("[") else step for step in _STEP.findall(path)]


def _get(record: Any, path: str) -> Any:
    for step in _steps(path):
        record = record[step]
    return record


def _put(record: Any, path: str, value: Any) -> None:
    """Set a leaf, making the objects above it where the release left them out."""
    steps = _steps(path)
    last = steps[-1]
    for step, following in zip(steps[:-1], steps[1:], strict=True):
        kind: type = list if isinstance(following, int) else dict
        if isinstance(step, int):
            while len(record) <= step:
                record.append(kind())
        elif record.get(step) is None:
            record[step] = kind()
        record = record[step]
    if isinstance(last, int):
        while len(record) <= last:
            record.append(None)
    record[last] = value
