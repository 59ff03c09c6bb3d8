"""Long conversations cut into pieces, so that one id never stands for much text of one person.

A piece is a record of its own: messages in a row, under another record id. Its people's ids stay with every
piece; what a record says once, of its people or kept as it is, other text and other lists stay with the first
alone, since they would join the pieces again: two profiles leave few conversations to choose from. Where to
cut follows from the text as it came in, so that whoever holds that finds the same pieces.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from deid.config import Config
from deid.ingest.fields import Node
from deid.ingest.record import Record, read_record, value_at, with_value, without_value
from deid.types import Fact, Turn

_WORD = re.compile(r"[぀-ヿ一-鿿々〆]+|[^\W_぀-ヿ一-鿿々〆]+")
_SAID_ONCE = ("text", "quasi", "sensitive", "keep")
"""Classes of fields that tell of people, or come out as they went in."""

_BETWEEN = "\x1f"
"""Stands between a record's id and a piece's number."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a record.

    turns : numbers of its turns in the whole record, in order.
    """

    record: Record
    turns: tuple[int, ...]

    def facts(self, facts: Sequence[Fact]) -> list[Fact]:
        """Return those of the whole record's facts that stand in it, by its own turns."""
        place = {turn: n for n, turn in enumerate(self.turns)}
        return [replace(fact, turn=place[fact.turn]) for fact in facts if fact.turn in place]


def words_in(text: str) -> int:
    """Return how many words a text has; two characters of Japanese count as one, about a morpheme."""
    found = _WORD.findall(text)
    return sum((len(run) + 1) // 2 if "぀" <= run[0] <= "鿿" or run[0] in "々〆" else 1 for run in found)


def cut(record: Record, config: Config, tree: Node) -> list[Piece]:
    """Return the pieces of a record in which nobody says more than ``release.max_words``, but in one message.

    A record that is short enough, and every record without the option, is one piece, under its own id.
    """
    limit, listed = config.release.max_words, config.talk
    whole = [Piece(record, tuple(range(len(record.turns))))]
    if limit is None or listed is None:
        return whole
    messages = _messages(record, listed)
    said = _said(record.turns, listed)
    starts = list(_starts(said, len(messages), limit))
    if len(starts) < 2:
        return whole
    bounds = zip(starts, [*starts[1:], len(messages)], strict=True)
    return [_piece(record, config, tree, number, range(*bound)) for number, bound in enumerate(bounds)]


def _messages(record: Record, listed: str) -> list[object]:
    found = value_at(record.value, listed)
    return found if isinstance(found, list) else []


def _said(turns: Sequence[Turn], listed: str) -> dict[int, list[Turn]]:
    said: dict[int, list[Turn]] = {}
    for turn in turns:
        number = _number(turn.path, listed)
        if number is not None:
            said.setdefault(number, []).append(turn)
    return said


def _number(path: str, listed: str) -> int | None:
    """Return which message a path stands in."""
    head, found, rest = path.partition(f"{listed}[")
    return int(rest.partition("]")[0]) if found and not head else None


def _starts(said: dict[int, list[Turn]], size: int, limit: int) -> Iterator[int]:
    """Yield the number of each message that a piece begins with."""
    words: Counter[int] = Counter()
    for number in range(size):
        new: Counter[int] = Counter()
        for turn in said.get(number, ()):
            if turn.speaker is not None:
                new[turn.speaker] += words_in(turn.text)
        if number == 0 or any(words[who] and words[who] + count > limit for who, count in new.items()):
            words = Counter()
            yield number
        words += new


def _piece(record: Record, config: Config, tree: Node, number: int, messages: range) -> Piece:
    listed = config.talk or ""
    inside = f"{listed}[]."
    path = config.input.record_id.split(".")
    value = with_value(record.value, path, f"{record.id}{_BETWEEN}{number}")
    value = with_value(value, listed.split("."), _messages(record, listed)[messages.start : messages.stop])
    for other in () if number == 0 else _once(config, inside):
        value = without_value(value, other.split("."))
    read = replace(read_record(value, config, tree), known=record.known)
    turns = tuple(
        n for n, turn in enumerate(record.turns) if _is_in(_number(turn.path, listed), number, messages)
    )
    return Piece(read, turns)


def _is_in(message: int | None, number: int, messages: range) -> bool:
    return number == 0 if message is None else message in messages


def _once(config: Config, inside: str) -> list[str]:
    """Return the paths that stay with the first piece: said of people, kept, other text, other lists.

    An emptied list would tell how long it was.
    """
    people = config.input.subject_id.rpartition("[].")[0]
    own = f"{people}[]." if people else ""
    ids = (config.input.record_id, config.input.subject_id)
    others = [path for path in config.fields if not path.startswith(inside)]
    return [
        *sorted({_list_of(path, own) for path in others} - {""}),
        *(path for path in others if path not in ids and config.fields[path].cls in _SAID_ONCE),
    ]


def _list_of(path: str, own: str) -> str:
    """Return the outermost list that a path goes through and its people's do not; empty for none."""
    ends = (found.start() for found in re.finditer(r"\[\]", path))
    return next((path[:end] for end in ends if not own.startswith(f"{path[:end]}[]")), "")
