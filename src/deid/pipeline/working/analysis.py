"""What pass A learned from one shard, and its form in the sealed working file."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields

from deid.ingest.language import language_of
from deid.ingest.record import Record
from deid.labels import class_of
from deid.pipeline.working.reading import Quarantined
from deid.types import Json, Span


@dataclass(slots=True)
class Tally:
    """Counts over records; no text. ``barred`` are records that the ledger keeps out, by reason."""

    records: int = 0
    messages: int = 0
    characters: int = 0
    labels: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    barred: Counter[str] = field(default_factory=Counter)

    def add(self, record: Record, spans: Sequence[Sequence[Span]]) -> None:
        """Count one record."""
        self.records += 1
        self.messages += len(record.turns)
        for turn, found in zip(record.turns, spans, strict=True):
            self.characters += len(turn.text)
            self.languages[language_of(turn.text) or "other"] += 1
            self.labels.update(span.label for span in found)
            self.sources.update(span.source for span in found)

    def merge(self, other: "Tally") -> None:
        """Add another tally to this one."""
        self.records += other.records
        self.messages += other.messages
        self.characters += other.characters
        self.labels += other.labels
        self.sources += other.sources
        self.languages += other.languages
        self.barred += other.barred

    def less(self, other: "Tally") -> "Tally":
        """Return this tally without what another one, of some of the same records, counts."""
        return Tally(
            **{item.name: getattr(self, item.name) - getattr(other, item.name) for item in fields(self)}
        )

    @property
    def classes(self) -> Counter[str]:
        """Spans by class."""
        counts: Counter[str] = Counter()
        for label, number in self.labels.items():
            counts[class_of(label)] += number
        return counts


def merged(tallies: Iterable[Tally]) -> Tally:
    """Return one tally of several."""
    whole = Tally()
    for tally in tallies:
        whole.merge(tally)
    return whole


def tally_to_json(tally: Tally) -> Json:
    """Return a tally as JSON values."""
    return {item.name: getattr(tally, item.name) for item in fields(tally)}


def tally_from_json(value: Json) -> Tally:
    """Return the tally that ``tally_to_json`` was given."""
    found: Json = {name: Counter(n) if isinstance(n, dict) else n for name, n in value.items()}
    return Tally(**found)


@dataclass(frozen=True, slots=True)
class ShardAnalysis:
    """What pass A learned from one shard.

    records : (record token, subject tokens) of every record kept, in order.
    vectors : subject token → column → set of values.
    types   : declared field → kinds of JSON values seen; ``large int`` is one that takes more than 64 bits.
    minors  : subject token → id of people under age by what they or their profile say.
    others  : (kind, value) of what is told of other people → subject tokens who tell it.
    listed  : (declared path, value) of a quasi-identifier in a list → subject token → record tokens
              where they have it. Without ``release.max_records`` none, for all stay, and k subjects at most.
    """

    shard: int
    records: list[tuple[str, tuple[str, ...]]] = field(repr=False)
    vectors: dict[str, dict[str, set[str]]] = field(repr=False)
    types: dict[str, set[str]]
    tally: Tally
    quarantined: list[Quarantined]
    minors: dict[str, str] = field(default_factory=dict, repr=False)
    others: dict[tuple[str, str], set[str]] = field(default_factory=dict, repr=False)
    listed: dict[tuple[str, str], dict[str, list[str]]] = field(default_factory=dict, repr=False)


def analysis_to_json(analysis: ShardAnalysis) -> Json:
    """Return an analysis as JSON values, for the sealed working file."""
    return {
        "shard": analysis.shard,
        "records": analysis.records,
        "vectors": {s: {c: sorted(v) for c, v in vector.items()} for s, vector in analysis.vectors.items()},
        "types": {path: sorted(kinds) for path, kinds in analysis.types.items()},
        "tally": tally_to_json(analysis.tally),
        "quarantined": [[q.where, q.record, q.reason] for q in analysis.quarantined],
        "minors": analysis.minors,
        "others": [[*told, sorted(who)] for told, who in analysis.others.items()],
        "listed": [[*told, who] for told, who in analysis.listed.items()],
    }


def analysis_from_json(value: Json) -> ShardAnalysis:
    """Return the analysis that ``analysis_to_json`` was given."""
    return ShardAnalysis(
        shard=value["shard"],
        records=[(record, tuple(subjects)) for record, subjects in value["records"]],
        vectors={s: {c: set(v) for c, v in vector.items()} for s, vector in value["vectors"].items()},
        types={path: set(kinds) for path, kinds in value["types"].items()},
        tally=tally_from_json(value["tally"]),
        quarantined=[Quarantined(*item) for item in value["quarantined"]],
        minors=value["minors"],
        others={(kind, said): set(who) for kind, said, who in value["others"]},
        listed={(path, had): who for path, had, who in value["listed"]},
    )
