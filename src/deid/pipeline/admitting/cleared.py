"""Histories cleared at a moment: what was said before stays out, and what was made from it (Omigo 1.2(2)).

A record is cut at the latest moment of its people. Of the list that holds the messages, those from before go,
and those whose time cannot be read; text outside of that list, such as a memory, may come from before too.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from deid.config import Config
from deid.ingest.fields import Node, compile_fields
from deid.ingest.record import Record, read_record, value_at, with_value, without_value
from deid.pipeline.admitting.admission import admitted
from deid.subjects.standing import Standing

# A time without an offset is read as that of the place where it is earliest: what is kept is surely later.
_EARLIEST = datetime.timezone(datetime.timedelta(hours=14))


@dataclass(frozen=True, slots=True)
class Clearing:
    """Cuts records as a ledger says."""

    config: Config
    tree: Node
    standing: Standing

    @classmethod
    def load(cls, config: Config) -> Self:
        """Read the configuration's ledger as it stands now.

        Raises EscrowError when it cannot be read.
        """
        return cls(config, compile_fields(config.fields), admitted(config))

    def allowed(self, record: Record) -> Record | None:
        """Return what a run reads of a record: nothing where the ledger bars somebody in it."""
        return None if self.standing.reason(record.subjects) else self.of(record)

    def of(self, record: Record) -> Record | None:
        """Return what is left of a record; None when nothing is, or nothing says when it was said."""
        moment = self.standing.cleared_before(record.subjects)
        if moment is None:
            return record
        path = self.config.input.time
        if path is None:
            return None
        listed, _, field = path.partition("[].")
        if not field:
            return record if _since(value_at(record.value, path), moment) else None
        kept = [one for one in _elements(record.value, listed) if _since(value_at(one, field), moment)]
        if not kept:
            return None
        value = with_value(record.value, listed.split("."), kept)
        for other in self._other_texts(listed):
            value = without_value(value, other.split("."))
        return read_record(value, self.config, self.tree)

    def _other_texts(self, listed: str) -> list[str]:
        fields = self.config.fields.items()
        return [path for path, spec in fields if spec.cls == "text" and not path.startswith(f"{listed}[].")]


def _since(said: object, moment: datetime.datetime) -> bool:
    try:
        time = datetime.datetime.fromisoformat(str(said))
    except ValueError:
        return False
    return (time if time.tzinfo else time.replace(tzinfo=_EARLIEST)) >= moment


def _elements(value: object, path: str) -> Sequence[object]:
    found = value_at(value, path)
    return found if isinstance(found, list) else []
