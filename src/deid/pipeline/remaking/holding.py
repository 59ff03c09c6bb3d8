"""Who is in a release, as far as that can be told.

Of a pseudonymized one its escrow tells it. Of an anonymized one nobody can: nothing was kept that leads from
a record to anybody (REQUIREMENTS P-7).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import orjson
import yaml

from deid.errors import InputError
from deid.escrow.whose import people_in
from deid.pipeline.remaking.remade import data_files, id_of, rows_of
from deid.release.tree import MANIFEST
from deid.release.verify import verify
from deid.types import Json


@dataclass(frozen=True, slots=True)
class Place:
    """The escrow that releases were sealed in; ``url`` may hold a password."""

    url: str = field(repr=False)
    keys: str


@dataclass(frozen=True, slots=True)
class Holding:
    """Who is in one release.

    records  : in the release.
    people   : data subjects in it, whose keys the escrow has; None of an anonymized release: nobody can say.
    shredded : records with somebody whose keys were destroyed; None likewise.
    theirs   : id of a person asked for → number of their records; empty likewise.
    """

    release: Path
    mode: str
    records: int
    people: int | None
    shredded: int | None
    theirs: dict[str, int] = field(repr=False)


def who_is_in(
    release: Path, *, place: Place | None, asked: Sequence[str] = (), public_key: bytes | None = None
) -> Holding:
    """Return who is in a release.

    place      : None will do for an anonymized release.
    asked      : ids of people in the input.
    public_key : 32 raw bytes of the signer's key; None takes the one the release carries.

    Raises ReleaseRefused when it is altered, InputError when it is none, or needs an escrow, and EscrowError
    when the escrow cannot be read or is another one.
    """
    rows = verify(release, public_key=public_key).rows
    manifest = orjson.loads((release / MANIFEST).read_bytes())
    if not manifest.get("escrow"):
        return Holding(release, manifest["mode"], rows, None, None, {})
    if place is None:
        raise InputError(f"{release}: was made in pseudonymize mode", hint="give --escrow and --keys")
    return _told(release, manifest, place, asked)


def _told(release: Path, manifest: Json, place: Place, asked: Sequence[str]) -> Holding:
    lock = yaml.safe_load((release / "policy.lock.yaml").read_text(encoding="utf-8"))
    ids = [id_of(row, lock["input"]["record_id"]) for path in data_files(release) for row in rows_of(path)]
    batches = manifest["escrow"]["batches"]
    found = people_in(place.url, place.keys, records=ids, published=batches, asked=asked)
    theirs = {who: len(records) for who, records in found.theirs.items()}
    return Holding(release, manifest["mode"], len(ids), found.people, found.shredded, theirs)
