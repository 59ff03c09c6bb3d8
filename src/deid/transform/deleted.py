"""Deleted information: what a transformation took out of a text, and how to put it back.

    payload = JSON [1, [[path, start, end, label, original], …], [[path, value], …]]   UTF-8, no white space

The first list holds surfaces taken out of texts, the second whole fields that were not released.
Offsets are code points of the *released* text, so a payload restores a text without searching it:
nothing a user typed can be mistaken for a placeholder.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import orjson

from deid.errors import EscrowError, InputError, SpanError

_VERSION = 1

DeletedField = tuple[str, str | int | float | bool | None]
"""Path and value of a field that was not released, or not as it was."""

ESCAPED = "ESCAPED"
"""Label of a character changed because the user's text looked like one of our tags."""


@dataclass(frozen=True, slots=True)
class DeletedItem:
    """One surface that was replaced.

    path       : text leaf it was taken from.
    start, end : where its replacement stands in the released text, 0 <= start <= end.
    label      : its entity label, or ``ESCAPED``.
    """

    path: str
    start: int
    end: int
    label: str
    original: str = field(repr=False)


def encode_deleted(items: Iterable[DeletedItem], fields: Iterable[DeletedField] = ()) -> bytes:
    """Return the payload an escrow seals.

    Raises InputError for text that is not Unicode (half of a surrogate pair) and for unbounded numbers.
    """
    rows = [(item.path, item.start, item.end, item.label, item.original) for item in items]
    try:
        return orjson.dumps((_VERSION, rows, [*fields]))
    except TypeError:
        raise InputError("deleted items: a value that JSON cannot hold") from None


def decode_deleted(payload: bytes) -> tuple[tuple[DeletedItem, ...], tuple[DeletedField, ...]]:
    """Return the items and fields of a payload; EscrowError when it is not whole or of another version."""
    try:
        version, *parts = orjson.loads(payload)
        if version != _VERSION:
            raise EscrowError("deleted items: unknown version", hint="use a newer deid")
        rows, fields = parts
        return tuple(_item(*row) for row in rows), tuple(_field(*row) for row in fields)
    except (ValueError, TypeError):
        raise EscrowError("deleted items: cannot be read") from None


def encode_items(items: Iterable[DeletedItem]) -> bytes:
    """Return the payload of a record no whole field of which was deleted."""
    return encode_deleted(items)


def decode_items(payload: bytes) -> tuple[DeletedItem, ...]:
    """Return the items of a payload alone, without its fields; raises as ``decode_deleted``."""
    return decode_deleted(payload)[0]


def _item(path: object, start: object, end: object, label: object, original: object) -> DeletedItem:
    numbers = type(start) is int and type(end) is int
    if not (isinstance(path, str) and isinstance(label, str) and isinstance(original, str) and numbers):
        raise TypeError
    item = DeletedItem(path, start, end, label, original)  # type: ignore[arg-type]
    if not 0 <= item.start <= item.end:
        raise ValueError
    return item


def _field(path: object, value: object) -> DeletedField:
    if not isinstance(path, str) or not isinstance(value, str | int | float | None):
        raise TypeError
    return path, value


def restore(texts: Mapping[str, str], deleted: Sequence[DeletedItem]) -> dict[str, str]:
    """Put deleted information back into released texts, by path.

    Raises SpanError when an item names a path that is not there, overlaps another or runs past its text.
    """
    by_path: dict[str, list[DeletedItem]] = defaultdict(list)
    for item in deleted:
        by_path[item.path].append(item)
    missing = sorted(by_path.keys() - texts.keys())
    if missing:
        raise SpanError(f"deleted items: no text for path {missing[0]}")
    return {path: _restored(text, by_path.get(path, [])) for path, text in texts.items()}


def _restored(text: str, items: list[DeletedItem]) -> str:
    pieces: list[str] = []
    cursor = 0
    # Stable: empty replacements at one offset stay in the order they were deleted in.
    for item in sorted(items, key=lambda item: (item.start, item.end)):
        if item.start < cursor or item.end > len(text):
            raise SpanError(f"{item.path}: deleted item does not fit at [{item.start}, {item.end})")
        pieces += (text[cursor : item.start], item.original)
        cursor = item.end
    return "".join((*pieces, text[cursor:]))
