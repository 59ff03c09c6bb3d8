"""What both passes read: the spec of a run, and its records one by one, or why one is left out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from deid.config import Config
from deid.errors import InputError, RecordError
from deid.ingest.fields import Node
from deid.ingest.record import Record, read_record, value_at
from deid.ingest.shards import RawRecord

# Conversations; more at once are read no quicker, and take more memory.
BATCH = 256


@dataclass(frozen=True, slots=True)
class RunSpec:
    """What every worker of a run needs.

    key    : the run key, 32 bytes; it lives in memory only.
    today  : day of the run, for reckoning ages.
    folder : the working folder.
    """

    config: Config
    key: bytes = field(repr=False)
    today: date
    folder: str = ""

    @property
    def work(self) -> Path:
        """The working folder as a path."""
        return Path(self.folder)


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A record left out: where it stands, its id when it could be read, and a fixed reason word."""

    where: str
    record: str | None
    reason: str


def open_record(raw: RawRecord, config: Config, tree: Node) -> Record | Quarantined:
    """Decode and read one record, or say why it is quarantined.

    Raises InputError, with the place, for what must stop the run.
    """
    try:
        value = raw.decoded()
    except RecordError as error:
        return Quarantined(raw.where, None, error.reason)
    try:
        return read_record(value, config, tree)
    except RecordError as error:
        return Quarantined(raw.where, _id_of(value, config), error.reason)
    except InputError as error:
        raise InputError(f"{raw.where}: {error}", hint=error.hint) from None


def batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Yield lists of up to ``size`` items."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _id_of(value: object, config: Config) -> str | None:
    found = value_at(value, config.input.record_id)
    return str(found) if isinstance(found, str | int) else None
