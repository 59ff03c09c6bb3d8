"""What pass B did with one shard, and where that is sealed in the working folder."""

from collections import Counter
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, fields
from pathlib import Path

from deid.ingest.shards import ShardSpec
from deid.pipeline.quasi.listed import shown_in
from deid.pipeline.working.analysis import Tally, tally_from_json, tally_to_json
from deid.pipeline.working.reading import Quarantined
from deid.types import Json


@dataclass(slots=True)
class ShardReceipt:
    """What pass B did with one shard.

    attempts   : escrow batch → the attempt that belongs to the pieces; empty in anonymize mode.
    vectors    : subject token → column → values, read from the released records.
    contents   : record token → keyed digest of its released texts where they are long, to find copies.
    listed     : field of a list → released value → subject tokens who show it.
    subject_splits : subject token → splits.
    incidents  : label → records, for what a policy says is never there.
    repeated   : what pass A counted of records that are set aside since their id came before.
    """

    shard: int
    attempts: dict[str, str] = field(default_factory=dict)
    records: int = 0
    rare_words: int = 0
    personal_words: int = 0
    excluded: int = 0
    escaped: int = 0
    sealed: int = 0
    vectors: dict[str, dict[str, set[str]]] = field(default_factory=dict, repr=False)
    listed: dict[str, dict[str, set[str]]] = field(default_factory=dict, repr=False)
    contents: dict[str, str] = field(default_factory=dict, repr=False)
    subject_splits: dict[str, set[str]] = field(default_factory=dict, repr=False)
    residual: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    incidents: Counter[str] = field(default_factory=Counter)
    quarantined: list[Quarantined] = field(default_factory=list)
    repeated: Tally = field(default_factory=Tally)

    def holds(
        self, people: AbstractSet[str], records: AbstractSet[str], values: AbstractSet[tuple[str, str]]
    ) -> bool:
        """Return whether one of these people, records or values of lists is in the shard."""
        return not (
            people.isdisjoint(self.vectors)
            and records.isdisjoint(self.contents)
            and values.isdisjoint(shown_in(self.listed))
        )

    def to_json(self) -> Json:
        """Return the receipt as JSON values, for the sealed working file."""
        value = {item.name: getattr(self, item.name) for item in fields(self)}
        for name in ("vectors", "listed"):
            value[name] = {s: {c: sorted(v) for c, v in sets.items()} for s, sets in value[name].items()}
        value["subject_splits"] = {s: sorted(v) for s, v in self.subject_splits.items()}
        value["quarantined"] = [[q.where, q.record, q.reason] for q in self.quarantined]
        value["repeated"] = tally_to_json(self.repeated)
        return value

    @classmethod
    def from_json(cls, value: Json) -> "ShardReceipt":
        """Return the receipt that ``to_json`` was called on."""
        return cls(
            **{
                **value,
                **{
                    name: {s: {c: set(v) for c, v in sets.items()} for s, sets in value[name].items()}
                    for name in ("vectors", "listed")
                },
                "subject_splits": {s: set(v) for s, v in value["subject_splits"].items()},
                "residual": Counter(value["residual"]),
                "kept": Counter(value["kept"]),
                "incidents": Counter(value["incidents"]),
                "quarantined": [Quarantined(*item) for item in value["quarantined"]],
                "repeated": tally_from_json(value["repeated"]),
            }
        )


def receipt_path(folder: Path, shard: ShardSpec) -> Path:
    """Return where a shard's receipt is sealed; while it is there, the shard's pieces are too."""
    return folder / f"{shard.name}.receipt"
