"""Canonical JSON: one value, one sequence of bytes, so that a signature means the value.

Keys are strings sorted by code point, there is no white space, text is UTF-8 and not escaped beyond what
JSON demands, and numbers are integers or finite floats in Python's shortest form.
"""

import json
import math
from collections.abc import Mapping

from deid.errors import InputError


def canonical_json(value: object) -> bytes:
    """Return the canonical bytes of a JSON value; raises InputError, naming the place, for anything else."""
    _check(value, "$")
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def _check(value: object, where: str) -> None:
    if isinstance(value, Mapping):
        _check_mapping(value, where)
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value):
            _check(item, f"{where}[{number}]")
    elif isinstance(value, str):
        _check_text(value, where)
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise InputError(f"{where}: not a finite number")
    elif value is not None and not isinstance(value, int):
        raise InputError(f"{where}: a {type(value).__name__} has no place in JSON")


def _check_mapping(value: Mapping[object, object], where: str) -> None:
    if not isinstance(value, dict):
        raise InputError(f"{where}: a {type(value).__name__} has no place in JSON")
    for key, item in value.items():
        if not isinstance(key, str):
            raise InputError(f"{where}: a key is not text")
        _check_text(key, where)
        _check(item, f"{where}.{key}")


def _check_text(value: str, where: str) -> None:
    if any("\ud800" <= char <= "\udfff" for char in value):
        raise InputError(f"{where}: text with a lone surrogate")
