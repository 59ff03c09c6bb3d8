"""What ``deid detect`` and ``deid review`` read: conversations out of a file, by a configuration or plain."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard

from deid.errors import InputError, RecordError
from deid.types import KnownValue, Turn

if TYPE_CHECKING:
    from deid.config import Config
    from deid.ingest.record import Left
    from deid.ingest.shards import RawRecord

MAX_QUARANTINED = 0.001

Conversation = tuple[str, Sequence[Turn], Sequence[KnownValue]]
"""Its id, its turns, and what is known of its people."""


def add_input(verb: argparse.ArgumentParser) -> None:
    """Add the arguments that ``conversations`` needs."""
    verb.add_argument("input", help="file of messages (JSON lines) or of texts (one a line)")
    verb.add_argument("-c", "--config", help="read the input's declared fields and known values")
    verb.add_argument("--format", choices=("messages", "text"), default="messages")


def conversations(
    arguments: argparse.Namespace,
    config: "Config | None",
    set_aside: list[str],
    left: "Left" = lambda record: record,
) -> Iterator[Conversation]:
    """Yield the conversations of the input.

    set_aside : gets where one could not be read, and why.
    left      : what is read of a record of the configuration.
    """
    from deid.ingest.fields import compile_fields  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.ingest.shards import read_files  # noqa: PLC0415
    from deid.pipeline.working.reading import Quarantined, open_record  # noqa: PLC0415

    path = Path(arguments.input)
    if arguments.format == "text":
        yield from _texts(path, set_aside)
        return
    tree = compile_fields(config.fields) if config else None
    for raw in read_files([path]):
        if config is None or tree is None:
            found = _plain(raw, set_aside)
            if found:
                yield found
            continue
        record = open_record(raw, config, tree)
        if isinstance(record, Quarantined):
            set_aside.append(f"{record.where}: {record.reason}")
        elif (read := left(record)) is not None:
            yield read.id, read.turns, read.known


def _texts(path: Path, set_aside: list[str]) -> Iterator[Conversation]:
    from deid.ingest.messages import read_texts  # noqa: PLC0415 - keeps `deid --help` quick

    for number, line in read_texts(path):
        try:
            text = line.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            set_aside.append(f"{path.name}:{number + 1}: not-utf-8")
            continue
        if _too_long(text):
            set_aside.append(f"{path.name}:{number + 1}: text-too-long")
        else:
            yield str(number + 1), [Turn("text", text)], ()


def _too_long(text: str) -> bool:
    """Say whether a text is longer than is read without a configuration that allows it."""
    from deid.sections import InputConfig  # noqa: PLC0415 - keeps `deid --help` quick

    return len(text) > int(InputConfig.model_fields["max_text"].default)


def _plain(raw: "RawRecord", set_aside: list[str]) -> Conversation | None:
    """Read the messages of a record without a configuration; other fields are not looked at."""
    try:
        value = raw.decoded()
    except RecordError as error:
        set_aside.append(f"{raw.where}: {error.reason}")
        return None
    messages = value.get("messages") if isinstance(value, dict) else None
    record = value.get("conversation_id", value.get("id", raw.where)) if isinstance(value, dict) else None
    if not isinstance(record, str | int) or not _are_messages(messages):
        set_aside.append(f"{raw.where}: wrong-type")
        return None
    turns = [
        Turn(f"messages[{n}].content", message["content"], 0 if message.get("role") == "user" else None)
        for n, message in enumerate(messages)
        if message.get("content") is not None
    ]
    if any(_too_long(turn.text) for turn in turns):
        set_aside.append(f"{raw.where}: text-too-long")
        return None
    return str(record), turns, ()


def _are_messages(value: object) -> TypeGuard[list[dict[str, Any]]]:
    """Say whether every message has text or nothing as content: what is not read must not pass unseen."""
    return isinstance(value, list) and all(
        isinstance(message, dict) and isinstance(message.get("content"), str | None) for message in value
    )


def check_set_aside(set_aside: Sequence[str], read: int) -> None:
    """Raise InputError when more than one in a thousand records was set aside."""
    total = read + len(set_aside)
    if len(set_aside) > MAX_QUARANTINED * total:
        raise InputError(
            f"{len(set_aside)} of {total} records could not be read", hint=f"first: {set_aside[0]}"
        )
