"""A pseudonymized release moved to another domain: new ids, new tokens, the same text and measures.

One-way tokens cannot be turned into others, so the custodian's key opens the originals, record by record,
each on the escrow's log before it is opened. They are sealed again for the new domain before the release
appears, so that it can be restored as the old one can. Originals are in memory only.

Ids change; text does not. Who holds both releases joins them by what people wrote: this serves recipients who
never meet, and a release that replaces another.
"""

import datetime
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import yaml
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deid.config import Config
from deid.errors import ConfigError, InputError, ReleaseRefused
from deid.escrow.keys.local import PrivateKey
from deid.escrow.reveal import reveal_records
from deid.escrow.writer import EscrowWriter, SealedRecord
from deid.ingest.record import Record
from deid.pipeline.admitting.admission import admitted, ledger_head
from deid.pipeline.custody.credentials import key_access
from deid.pipeline.custody.keyfile import lasting_key
from deid.pipeline.custody.sealing import SEAL_RECORDS, seal_records
from deid.pipeline.publishing.output import check_output
from deid.pipeline.remaking.moved import Moved, Mover
from deid.pipeline.remaking.remade import Changes, Origin, data_files, id_of, rows_of, seal_again, write_again
from deid.release import DataFile, read_private_key
from deid.release.verify import verify
from deid.store import new_folder
from deid.transform.keys import Keys
from deid.transform.tokens import ReplacementKey
from deid.types import Json


@dataclass(frozen=True, slots=True)
class Custody:
    """Where a release's originals are, and who opens them.

    url                : of the escrow.
    purpose, requester : as for every reveal; they go into the log in clear.
    """

    url: str
    private_key: PrivateKey = field(repr=False)
    purpose: str
    requester: str


@dataclass(frozen=True, slots=True)
class Domain:
    """Where a release goes.

    name      : of the domain; another than the release's own.
    url, keys : escrow and public key that the originals are sealed into, the old ones or others.
    tokens    : file of the domain's token key; needed where the configuration makes what outlives a run.
    sign      : Ed25519 private key in PEM; None signs with a key that nobody keeps.
    ledger    : who may be released, asked again; needed where the release was made with one.
    """

    name: str
    url: str
    keys: str
    tokens: Path | None = None
    sign: Path | None = None
    ledger: Path | None = None


@dataclass(frozen=True, slots=True)
class Repseudonymized:
    """What was made.

    chained : records in which a token was made of a token, for want of an original.
    """

    release: Path
    manifest: Json = field(repr=False)
    records: int
    chained: int


def repseudonymize(
    release: Path, *, out: Path, custody: Custody, domain: Domain, now: datetime.datetime
) -> Repseudonymized:
    """Make at ``out`` the release with every id and token of another domain.

    Raises ReleaseRefused when the release is altered, InputError when it was not made in pseudonymize mode,
    holds no record ids, is in the domain already or was made with a ledger and none is given, EscrowError
    when escrow or keys refuse, ReleaseRefused too when the ledger keeps somebody in it out; then nothing
    stands at ``out``, though reveals that were logged stay logged.
    """
    verify(release, public_key=None)
    old = orjson.loads((release / "manifest.json").read_bytes())
    config = _config(release, old, domain)
    target = check_output(out, config)
    with new_folder(target) as made:
        move = _Move(release, made, config, old, custody=custody, domain=domain, now=now)
        manifest = move.carry_out()
    return Repseudonymized(target, manifest, move.records, move.chained)


def _config(release: Path, old: Json, domain: Domain) -> Config:
    """Return the configuration the release was made with, in its new domain."""
    if not old.get("escrow"):
        raise InputError(f"{release}: not made in pseudonymize mode", hint="it has no tokens to move")
    if old["escrow"]["domain"] == domain.name:
        raise InputError(f"{release}: is in domain {domain.name} already", hint="name another domain")
    lock = yaml.safe_load((release / "policy.lock.yaml").read_text(encoding="utf-8"))
    tokens = None if domain.tokens is None else str(domain.tokens)
    if lock.pop("ledger", None) is not None and domain.ledger is None:
        raise InputError(
            f"{release}: was made with a ledger", hint="give it with --ledger: it is asked again"
        )
    if domain.ledger is not None:
        lock["ledger"] = str(domain.ledger)
    lock["escrow"] = {"url": domain.url, "keys": domain.keys, "domain": domain.name, "tokens": tokens}
    try:
        config = Config.model_validate(lock)
    except ValueError:
        raise ConfigError(
            f"{release}: its configuration cannot be carried out",
            hint="tokens that outlive a run need the domain's token key; else use the deid that made it",
        ) from None
    if config.fields[config.input.record_id].effective.operator != "reissue":
        raise InputError(f"{release}: holds no record ids", hint="nothing can be looked up in the escrow")
    return config


class _Move:
    """One release under way; ``records`` and ``chained`` count what was moved so far."""

    def __init__(  # noqa: PLR0913 - a move without one of these is not accountable
        self,
        release: Path,
        out: Path,
        config: Config,
        old: Json,
        *,
        custody: Custody,
        domain: Domain,
        now: datetime.datetime,
    ) -> None:
        self.records = 0
        self.chained = 0
        self._release = release
        self._out = out
        self._config = config
        self._old = old
        self._custody = custody
        self._domain = domain
        self._now = now
        self._run = f"move-{now:%Y%m%dT%H%M%SZ}-{os.urandom(4).hex()}"
        self._standing = admitted(config)
        self._keys = Keys(ReplacementKey.random(), lasting_key(config), config.release.name)
        self._attempts: dict[str, str] = {}

    def carry_out(self) -> Json:
        """Make the release in the empty folder, and return its manifest."""
        mover = Mover(self._config, self._keys)
        with EscrowWriter.open(
            self._domain.url,
            self._domain.keys,
            domain=self._domain.name,
            run_id=self._run,
            now=self._now,
            access=key_access(),
        ) as escrow:
            files = [self._file(mover, escrow, path) for path in data_files(self._release)]
        manifest = self._seal(files)
        if ledger_head(self._config) != self._standing.head:
            raise _kept_out("the ledger has entries made meanwhile")
        return manifest

    def _file(self, mover: Mover, escrow: EscrowWriter, path: Path) -> DataFile:
        """Move one data file: all of it is sealed before any of it gets a name."""
        rows = rows_of(path)
        lines: list[bytes] = []
        sealed: list[SealedRecord] = []
        for moved in self._moved(mover, rows):
            lines.append(orjson.dumps(moved.value))
            sealed += seal_records(moved.record, moved.token, moved.deleted)
            if len(sealed) >= SEAL_RECORDS:
                self._put(escrow, sealed)
        self._put(escrow, sealed)
        return write_again(path, lines, self._out, self._config)

    def _moved(self, mover: Mover, rows: Sequence[Any]) -> Iterator[Moved]:
        key = self._config.input.record_id
        custody = self._custody
        revealed = reveal_records(
            custody.url,
            private_key=custody.private_key,
            records=[id_of(row, key) for row in rows],
            purpose=f"repseudonymize to {self._domain.name}: {custody.purpose}",
            requester=custody.requester,
            published=self._old["escrow"]["batches"],
            now=self._now,
        )
        for row, (_, payloads) in zip(rows, revealed, strict=True):
            moved = mover.move(row, payloads)
            self._check_may_go(moved.record)
            self.records += 1
            self.chained += moved.chained
            yield moved

    def _check_may_go(self, record: Record) -> None:
        """Raise ReleaseRefused when the ledger keeps a record's people out; taking it out would undo k."""
        if reason := self._standing.reason(record.subjects):
            raise _kept_out(f"the ledger keeps somebody in the release out: {reason}")

    def _put(self, escrow: EscrowWriter, sealed: list[SealedRecord]) -> None:
        if sealed:
            batch = f"{self._run}.{len(self._attempts):05d}"
            self._attempts[batch] = escrow.put(batch, sealed).attempt
            sealed.clear()

    def _seal(self, files: Sequence[DataFile]) -> Json:
        changes = Changes(note=_note(self.records, self.chained), run=self._run, batches=self._attempts)
        origin = Origin(release=self._release, config=self._config, manifest=self._old)
        return seal_again(origin, self._out, files, changes, key=self._signing_key(), now=self._now)

    def _signing_key(self) -> Ed25519PrivateKey:
        if self._domain.sign is not None:
            return read_private_key(self._domain.sign)
        return Ed25519PrivateKey.from_private_bytes(self._keys.run.digest("signing"))


def _kept_out(why: str) -> ReleaseRefused:
    return ReleaseRefused((why,), hint="make the release again from the source")


def _note(records: int, chained: int) -> str:
    told = f"Moved from another domain: {records} records have new ids; every measure is as it was."
    if chained:
        told += f" In {chained} of them the originals were destroyed, and tokens were made of tokens."
    return told
