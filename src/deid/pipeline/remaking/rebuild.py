"""A pseudonymized release made again without somebody, all else equal: others keep ids, tokens and texts.

The person's records go, whole conversations where others take part. Whoever would then share all that is
counted with fewer than k people goes too: what is counted is read again from the released records, with the
facts in text.
Anonymized releases stay as they are (REQUIREMENTS D-3).
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import yaml
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deid.config import Config
from deid.detect.detector import DefaultDetector
from deid.detect.facts import facts_by_subject
from deid.errors import ConfigError, InputError, ReleaseRefused
from deid.escrow.whose import people_in
from deid.ingest.fields import compile_fields
from deid.ingest.record import Record, read_record, subject_index
from deid.pipeline.publishing.output import check_output
from deid.pipeline.quasi.columns import column_names, joined, quasi_fields
from deid.pipeline.quasi.facts import read_told
from deid.pipeline.quasi.telling import load_telling
from deid.pipeline.remaking.remade import Changes, Origin, data_files, id_of, rows_of, seal_again, write_again
from deid.pipeline.working.reading import BATCH, batches
from deid.release import read_private_key
from deid.release.tree import MANIFEST
from deid.release.verify import verify
from deid.sections import EscrowConfig
from deid.store import new_folder, sha256_file
from deid.types import Json

People = Mapping[str, tuple[str | None, ...]]
"""Released subject → what is counted of them, column by column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    """Who goes, and where it is known which records are theirs.

    subject   : id in the input.
    url, keys : of the escrow that the release was sealed in; the person must not be shredded yet.
    sign      : Ed25519 private key in PEM; None signs with a key that nobody keeps.
    """

    subject: str = field(repr=False)
    url: str
    keys: str
    sign: Path | None = None


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was made.

    removed : records of the person; ``others`` are those of people who would have had too few like them.
    """

    release: Path
    manifest: Json = field(repr=False)
    removed: int
    others: int


def rebuild(release: Path, *, out: Path, without: Without, now: datetime.datetime) -> Rebuilt:
    """Make at ``out`` the release without a person.

    Raises InputError when nothing in it is theirs or it was not made in pseudonymize mode, ReleaseRefused
    when it is altered or too few people are left, EscrowError when the escrow refuses; then nothing is at
    ``out``.
    """
    verify(release, public_key=None)
    old = orjson.loads((release / MANIFEST).read_bytes())
    config = _config(release, old, without)
    target = check_output(out, config)
    rows = {path: rows_of(path) for path in data_files(release)}
    theirs = _theirs(rows.values(), config, old, without)
    if not theirs:
        raise InputError(
            f"{release}: nothing in it is of this person", hint="rebuild before `deid shred`, with its escrow"
        )
    reading = _Reading(config, now.date())
    records = [reading.record(row) for found in rows.values() for row in found]
    left, k = _left(reading, records, theirs, old["kanon"])
    kept = {record.id for record in left}
    lines = {path: _lines(found, kept, config.input.record_id) for path, found in rows.items()}
    origin = Origin(release=release, config=config, manifest=old)
    key = read_private_key(without.sign) if without.sign else Ed25519PrivateKey.generate()
    with new_folder(target) as made:
        files = [write_again(path, found, made, config) for path, found in lines.items() if found]
        changes = _changes(origin, records, left, k)
        manifest = seal_again(origin, made, files, changes, key=key, now=now)
    return Rebuilt(target, manifest, len(theirs), len(records) - len(left) - len(theirs))


def is_rebuilt(release: Path, *, out: Path, without: Without) -> bool:
    """Return whether ``out`` is the release made again already, without the records of this person in it.

    Raises what ``rebuild`` does of a release that is altered.
    """
    if not (out / MANIFEST).is_file():
        return False
    verify(release, public_key=None)
    verify(out, public_key=None)
    made = orjson.loads((out / MANIFEST).read_bytes())
    if (made.get("previous") or {}).get("manifest") != sha256_file(release / MANIFEST):
        return False
    old = orjson.loads((release / MANIFEST).read_bytes())
    return bool(_theirs_in(release, old, without)) and not _theirs_in(out, made, without)


def _theirs_in(release: Path, manifest: Json, without: Without) -> AbstractSet[str]:
    rows = [rows_of(path) for path in data_files(release)]
    return _theirs(rows, _config(release, manifest, without), manifest, without)


def _theirs(rows: Iterable[Sequence[Any]], config: Config, old: Json, without: Without) -> AbstractSet[str]:
    """Return the ids of the records that are the person's."""
    ids = [id_of(row, config.input.record_id) for found in rows for row in found]
    published, asked = old["escrow"]["batches"], [without.subject]
    found = people_in(without.url, without.keys, records=ids, published=published, asked=asked)
    return found.theirs[without.subject]


def _config(release: Path, old: Json, without: Without) -> Config:
    """Return the configuration that the release was made with, and its escrow."""
    if not old.get("escrow"):
        raise InputError(
            f"{release}: not made in pseudonymize mode", hint="an anonymized release stays as it is (D-3)"
        )
    lock = yaml.safe_load((release / "policy.lock.yaml").read_text(encoding="utf-8"))
    domain = lock.pop("escrow")["domain"]
    try:
        config = Config.model_validate(lock)
    except ValueError:
        raise ConfigError(
            f"{release}: its configuration cannot be carried out", hint="use the deid that made it"
        ) from None
    escrow = EscrowConfig(url=without.url, keys=without.keys, domain=domain)
    return config.model_copy(update={"escrow": escrow})


class _Reading:
    """Reads released records as whoever holds them does."""

    def __init__(self, config: Config, today: datetime.date) -> None:
        self._config = config
        self._tree = compile_fields(config.fields)
        self._telling = load_telling(config, today)
        self._detector = DefaultDetector.configured(config.input.languages, config.detect)
        self._quasi = quasi_fields(config)
        self._columns = column_names(config, self._telling)

    def record(self, row: Any) -> Record:
        """Read one released row."""
        return read_record(row, self._config, self._tree)

    def people(self, records: Sequence[Record]) -> People:
        """Return what is counted of everybody in some records."""
        said: dict[str, dict[str, set[str]]] = {}
        for record, facts in self._told(records):
            for leaf in record.leaves:
                subject = record.subjects[subject_index(leaf.path, record.prefixes)]
                values = said.setdefault(subject, {})
                if leaf.declared in self._quasi and leaf.value not in (None, ""):
                    values.setdefault(leaf.declared, set()).add(str(leaf.value))
            for index, (column, value) in facts:
                said.setdefault(record.subjects[index], {}).setdefault(column, set()).add(value)
        return {
            subject: tuple(joined(values.get(column, ())) for column in self._columns)
            for subject, values in said.items()
        }

    def _told(self, records: Sequence[Record]) -> Iterator[tuple[Record, list[tuple[int, tuple[str, str]]]]]:
        for batch in batches(records, BATCH):
            found = self._detector.detect_conversations([(record.turns, ()) for record in batch])
            for record, spans in zip(batch, found, strict=True):
                facts = facts_by_subject(record.turns, read_told(self._telling, record.turns, spans))
                yield (
                    record,
                    [(n, told) for n, fact in facts if (told := self._telling.told(fact)) is not None],
                )


def _left(
    reading: _Reading, records: Sequence[Record], theirs: AbstractSet[str], kanon: Json
) -> tuple[list[Record], int]:
    """Return the records that stay, and k: what it was, or the smallest class that is no longer as it was."""
    required = int(kanon["k_required"])
    before = Counter(reading.people(records).values())
    left = [record for record in records if record.id not in theirs]
    while True:
        people = reading.people(left)
        after = Counter(people.values())
        touched = {vector: size for vector, size in after.items() if size != before[vector]}
        short = {who for who, vector in people.items() if touched.get(vector, required) < required}
        if not short:
            break
        left = [record for record in left if not short.intersection(record.subjects)]
    if len(people) < required:
        raise ReleaseRefused([f"{len(people)} people are left, not {required}"])
    return left, min([int(kanon["k"]), *touched.values()])


def _changes(origin: Origin, records: Sequence[Record], left: Sequence[Record], k: int) -> Changes:
    old = origin.manifest
    people = len({subject for record in left for subject in record.subjects})
    counted = {"records": len(left), "messages": sum(len(record.turns) for record in left)}
    measured = {"k": k, "subjects": people}
    known = {"k": k, "data subjects counted": people}
    gates = [{**gate, "value": known.get(gate["name"], gate["value"])} for gate in old["gates"]]
    gone = len(records) - len(left)
    return Changes(
        note=(
            f"Made again without {gone} records, at a person's request; findings and attacks are those of "
            "the release it replaces, k and people were counted again."
        ),
        run=old["escrow"]["run"],
        batches=old["escrow"]["batches"],
        manifest={
            "counts": {**old["counts"], **counted},
            "kanon": {**old["kanon"], **measured},
            "gates": gates,
            "previous": {"name": old["name"], "manifest": sha256_file(origin.release / MANIFEST)},
        },
        documents={"detection": counted, "kanon": measured, "risk": {"checks": gates}},
    )


def _lines(rows: Sequence[Any], kept: AbstractSet[str], record_id: str) -> list[bytes]:
    return [orjson.dumps(row) for row in rows if id_of(row, record_id) in kept]
