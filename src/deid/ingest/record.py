"""A record read through its configuration: its subjects, turns, known values and quasi-identifiers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from deid.config import Config
from deid.errors import RecordError
from deid.ingest.fields import Leaf, Node, leaves, list_prefix
from deid.types import KnownValue, Turn

# Roles of messages that the subject says, and that nobody says; whoever else speaks must be named.
_SUBJECT = frozenset({"user", "human"})
_NOBODY = frozenset({"assistant", "system", "tool", "function", "developer", "bot", "model", "gpt", "ai"})


@dataclass(frozen=True, slots=True)
class Record:
    """One input object.

    id       : the record's id, as text.
    subjects : ids of the data subjects in it, in the record's order; never empty.
    prefixes : path of the list element each subject stands in, parallel to them; "" without a list.
    turns    : its text leaves, in order.
    known    : values the controller knows about the subjects.
    leaves   : every declared leaf, in order.
    value    : the decoded object itself.
    """

    id: str
    subjects: tuple[str, ...]
    prefixes: tuple[str, ...]
    turns: tuple[Turn, ...] = field(repr=False)
    known: tuple[KnownValue, ...] = field(repr=False)
    leaves: tuple[Leaf, ...] = field(repr=False)
    value: Mapping[str, Any] = field(repr=False)


Left = Callable[[Record], Record | None]
"""What is left of a record, such as after its people cleared their history; None for nothing."""


def read_record(value: object, config: Config, tree: Node) -> Record:
    """Read a decoded object.

    Raises RecordError for a record to quarantine and InputError for one that must stop the run.
    """
    if not isinstance(value, dict):
        raise RecordError("not-an-object", "expected a JSON object")
    found = tuple(leaves(value, tree))
    _check_text(found, config.input.max_text)
    owners = _owners(found, config.input.subject_id)
    return Record(
        id=_record_id(found, config.input.record_id),
        subjects=tuple(owners.values()),
        prefixes=tuple(owners),
        turns=_turns(found, owners, config.input.speaker_id),
        known=_known(found, list(owners)),
        leaves=found,
        value=value,
    )


def value_at(value: object, path: str) -> object:
    """Return what stands at a dotted path of a decoded object, None where nothing does."""
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def with_value(value: Any, names: Sequence[str], new: object) -> Any:
    """Return a copy of a value with another one at a path, whose names are all there."""
    name, *rest = names
    return {**value, name: with_value(value[name], rest, new) if rest else new}


def without_value(value: Any, names: Sequence[str]) -> Any:
    """Return a copy of a value without what stands at a declared path; lists are gone through."""
    if isinstance(value, list):
        return [without_value(one, names) for one in value]
    name, *rest = names
    key = name.replace("[]", "")
    if not isinstance(value, dict) or key not in value:
        return value
    if rest:
        return {**value, key: without_value(value[key], rest)}
    return {other: item for other, item in value.items() if other != key}


def subject_index(path: str, prefixes: Sequence[str]) -> int:
    """Return which subject a leaf belongs to, by the list element both stand in; 0 for a shared leaf."""
    for index, prefix in enumerate(prefixes):
        if prefix and path.startswith(prefix):
            return index
    return 0


def _record_id(found: Sequence[Leaf], path: str) -> str:
    for leaf in found:
        if leaf.declared == path and leaf.value not in (None, ""):
            return str(leaf.value)
    raise RecordError("missing-id", f"no value for record id `{path}`")


def _owners(found: Sequence[Leaf], path: str) -> dict[str, str]:
    """Map the list prefix of each subject to its id."""
    owners = {
        list_prefix(f.path): str(f.value) for f in found if f.declared == path and f.value not in (None, "")
    }
    if not owners:
        raise RecordError("missing-id", f"no value for subject id `{path}`")
    return owners


def _turns(found: Sequence[Leaf], owners: Mapping[str, str], speaker_field: str | None) -> tuple[Turn, ...]:
    ids = list(owners.values())
    speakers = {list_prefix(f.path): str(f.value) for f in found if f.declared == speaker_field}
    roles = {
        list_prefix(f.path): f.value
        for f in found
        if f.declared.endswith("].role") and isinstance(f.value, str)
    }
    turns = []
    for leaf in found:
        if leaf.spec.cls != "text" or not isinstance(leaf.value, str):
            continue
        prefix = list_prefix(leaf.path)
        speaker: int | None = subject_index(leaf.path, list(owners))
        if speaker_field is not None and prefix in speakers:
            speaker = ids.index(speakers[prefix]) if speakers[prefix] in ids else None
            if speaker is None and roles.get(prefix) not in _NOBODY:
                # Neither ledger nor k would know of them.
                raise RecordError("unknown-speaker", f"{leaf.path}: its speaker is no subject of the record")
        elif prefix in roles and roles[prefix] not in _SUBJECT:
            speaker = None
            if roles[prefix] not in _NOBODY:
                raise RecordError("unknown-speaker", f"{leaf.path}: its role is none that is known")
        turns.append(Turn(leaf.path, leaf.value, speaker))
    return tuple(turns)


def _known(found: Sequence[Leaf], prefixes: Sequence[str]) -> tuple[KnownValue, ...]:
    return tuple(
        KnownValue(leaf.spec.known_value, str(leaf.value), subject_index(leaf.path, prefixes))
        for leaf in found
        if leaf.spec.known_value and leaf.value not in (None, "")
    )


def _check_text(found: Sequence[Leaf], max_text: int) -> None:
    for leaf in found:
        value = leaf.value
        if not isinstance(value, str):
            continue
        if len(value) > max_text:
            raise RecordError("text-too-long", f"{leaf.path}: {len(value)} characters, more than {max_text}")
        if "\0" in value:
            raise RecordError("nul-character", f"{leaf.path}: contains a NUL character")
        if not value.isascii() and not _encodable(value):
            raise RecordError("lone-surrogate", f"{leaf.path}: contains half of a surrogate pair")


def _encodable(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
