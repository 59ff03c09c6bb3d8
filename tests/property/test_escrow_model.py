"""An escrow beside a dictionary of what it must hold, through anything that may happen to it."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import escrow_admin
import pytest
from escrow_child import put_and_die
from escrow_custody import ask, register, require, run, say_yes
from escrow_process import kill_itself
from escrow_site import NOW, PASSPHRASE, Site
from escrow_site import reveal as reveal_alone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from deid.errors import EscrowError
from deid.escrow import (
    Checkpoint,
    EscrowWriter,
    Expired,
    SealedRecord,
    backup,
    checkpoint,
    expire,
    gc,
    open_private_key,
    restore,
    shred,
    verify,
)
from deid.escrow.keys.access import NO_ACCESS
from deid.escrow.keys.create import NewKey
from deid.escrow.keys.passphrase import open_secrets
from deid.escrow.keys.secrets import Secrets
from deid.escrow.rotation import list_keys, retire, rewrap, rotate
from postgresserver import PostgresServer

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")

# Where a process that puts a batch is killed -> whether the batch is there then.
POINTS = {
    "after INSERT INTO epoch_key:1": False,
    "after INSERT INTO batch:1": False,
    "within INSERT INTO sealed:1": False,
    "after INSERT INTO log:2": False,
    "before COMMIT:3": False,
    "after COMMIT:3": True,
}
SUBJECTS = st.sampled_from(["u1", "u2", "u3"])
NAMES = st.tuples(st.sampled_from(["r1", "r2", "r3"]), SUBJECTS)

# (batch, attempt) -> record -> [(subject, payload)]; a payload of None was shredded.
Held = dict[tuple[str, str], dict[str, list[tuple[str, bytes | None]]]]


def sealed(records: dict[tuple[str, str], bytes]) -> list[SealedRecord]:
    return [SealedRecord(record, subject, payload) for (record, subject), payload in records.items()]


class EscrowModel(RuleBasedStateMachine):
    """``fresh`` makes an escrow, ``drop`` takes it away; ``secrets`` are its custodian's."""

    fresh: Callable[[], Site]
    drop: Callable[[Site], None]
    secrets: Secrets

    def __init__(self) -> None:
        super().__init__()
        self.site = type(self).fresh()
        self.held: Held = {}
        self.known: set[str] = set()  # every attempt there ever was
        self.gone: set[str] = set()
        self.kept: list[Checkpoint] = []
        # What no backup may bring back: subjects in attempts, and whole attempts.
        self.dead: set[tuple[str, str]] = set()
        self.expired: set[str] = set()
        self.saved: list[tuple[Path, Held]] = []
        self.required = 0
        self.registered = self.rotated = False

    @initialize()
    def open_writer(self) -> None:
        self.writer = self._open()

    def _open(self) -> EscrowWriter:
        self.gone = set()
        return self.site.writer("run", "d")

    def _hold(self, batch: str, attempt: str, rows: list[SealedRecord]) -> None:
        self.known.add(attempt)
        held = self.held[batch, attempt] = {}
        for row in rows:
            held.setdefault(row.record, []).append((row.subject, row.payload))

    @rule()
    def next_writer(self) -> None:
        self.writer.close()
        self.writer = self._open()

    @rule(batch=st.sampled_from("abc"), records=st.dictionaries(NAMES, st.binary(max_size=20), max_size=4))
    def put(self, batch: str, records: dict[tuple[str, str], bytes]) -> None:
        rows = sealed(records)
        if self.gone & {row.subject for row in rows}:
            with pytest.raises(EscrowError, match="shredded"):
                self.writer.put(batch, rows)
            return
        self._hold(batch, self.writer.put(batch, rows).attempt, rows)

    @rule(
        point=st.sampled_from(sorted(POINTS)),
        records=st.dictionaries(NAMES, st.binary(max_size=20), min_size=1, max_size=4),
    )
    def crash(self, point: str, records: dict[tuple[str, str], bytes]) -> None:
        """Put in another process, which is killed on its way: the batch is there whole, or nothing of it."""
        rows, where = sealed(records), (self.site.url, self.site.folder)
        kill_itself(put_and_die, where, "crashed", rows, point)
        with self.site.sql() as db:
            found = {attempt for (attempt,) in db.execute("SELECT attempt FROM batch")}
        assert len(found - self.known) == POINTS[point]
        for attempt in found - self.known:
            self._hold("crashed", attempt, rows)

    @rule(subject=SUBJECTS)
    def shred(self, subject: str) -> None:
        shred(self.site.url, self.site.keys, subject=subject, why="request", now=NOW)
        self.gone.add(subject)
        everything = [self.held, *(held for _, held in self.saved)]
        self.dead |= {(attempt, subject) for held in everything for _, attempt in held}
        for held in self.held.values():
            for record, rows in held.items():
                held[record] = [(who, None if who == subject else payload) for who, payload in rows]

    @rule()
    def save(self) -> None:
        """Make a backup, and remember what it must hold."""
        path = self.site.folder.parent / f"saved-{uuid4().hex}"
        backup(self.site.url, self.site.keys, path, now=NOW)
        self.saved.append((path, {key: dict(rows) for key, rows in self.held.items()}))

    @precondition(lambda self: self.saved)
    @rule(which=st.integers(0, 9), cut_off=st.booleans())
    def lose_and_restore(self, which: int, *, cut_off: bool) -> None:
        """Lose the database, perhaps in a restore cut off, and bring back some backup; it forgets again."""
        self.writer.close()
        self.site.lose()
        saved, held = self.saved[which % len(self.saved)]
        if cut_off and not self.site.on_postgres:
            (self.site.folder / ".escrow.db.new").write_bytes(b"cut off")
        restore(saved, self.site.url, self.site.keys, private_key=self.site.private_key, now=NOW)
        self.held = {
            key: {
                record: [(who, None if (key[1], who) in self.dead else payload) for who, payload in rows]
                for record, rows in records.items()
            }
            for key, records in held.items()
            if key[1] not in self.expired
        }
        self.kept.clear()  # a checkpoint of what was lost does not hold
        with self.site.sql() as db:
            self.required = db.execute("SELECT coalesce(max(approvals), 0) FROM quorum").fetchone()[0]
            self.registered = db.execute("SELECT count(*) FROM approver").fetchone()[0] > 0
        self.writer = self._open()

    @precondition(lambda self: not self.rotated)
    @rule(retire_old=st.booleans())
    def rotate(self, *, retire_old: bool) -> None:
        """Put a new key in force and wrap every epoch for it; the writer at work goes on."""
        site, out = self.site, self.site.folder.parent / "next"
        rotate(
            site.url, site.keys, self.secrets, NewKey("local:x25519", PASSPHRASE, NO_ACCESS), out=out, now=NOW
        )
        shutil.copy2(out / "escrow.pub", site.folder / "escrow.pub")
        self.site = Site(site.folder, open_private_key(out / "escrow.key", PASSPHRASE), site.url)
        rewrap(site.url, site.keys, site.private_key, now=NOW)
        if retire_old:
            old, _ = list_keys(site.url, site.keys)
            retire(site.url, site.keys, self.site.private_key, key_id=old.key_id, now=NOW)
        self.rotated = True
        self.saved.clear()  # they open with the key of then

    @precondition(lambda self: self.required < 2)
    @rule()
    def ask_for_more_approvals(self) -> None:
        """Need one approval, then two."""
        if not self.registered:
            register(self.site)
        self.registered, self.required = True, self.required + 1
        require(self.site, self.required)

    @rule()
    def expire_all(self) -> None:
        """Let everything sealed so far expire; the writer at work is refused from here on."""
        expire(self.site.url, self.site.keys, Expired(), why="due", now=NOW)
        self.expired |= {attempt for _, attempt in self.held}
        self.held.clear()
        with pytest.raises(EscrowError, match="has expired"):
            self.writer.put("a", [])
        self.next_writer()

    @rule(keep=st.integers(0, 15))
    def sweep(self, keep: int) -> None:
        """Publish the newest attempt of some batches, and sweep the rest."""
        newest = dict(self.held.keys())
        published = {
            batch: attempt for i, (batch, attempt) in enumerate(sorted(newest.items())) if keep >> i & 1
        }
        report = gc(self.site.url, self.site.keys, published, run_id="run", now=NOW)
        assert set(report.attempts) == {key[1] for key in self.held} - set(published.values())
        self.held = {key: rows for key, rows in self.held.items() if key in published.items()}

    @rule()
    def sign(self) -> None:
        self.kept.append(checkpoint(self.site.url, self.site.keys, now=NOW))

    @precondition(lambda self: not self.required)
    @rule(record=st.sampled_from(["r1", "r2", "r3", "r4"]))
    def reveal(self, record: str) -> None:
        for batch, attempt in [*self.held, ("a", "0" * 32)]:
            rows = self.held.get((batch, attempt), {}).get(record, [])
            expected = [payload for _, payload in rows if payload is not None]
            if expected:
                assert reveal_alone(self.site, record, {batch: attempt}) == expected
            else:
                with pytest.raises(EscrowError, match=r"^escrow does not open$"):
                    reveal_alone(self.site, record, {batch: attempt})

    @precondition(lambda self: self.required)
    @rule(record=st.sampled_from(["r1", "r2", "r3", "r4"]), enough=st.booleans())
    def reveal_with_approvals(self, record: str, *, enough: bool) -> None:
        """Ask, have some approve, and open once; never alone, with too few, or twice."""
        with pytest.raises(EscrowError, match="approvals"):
            reveal_alone(self.site, record)
        request = ask(self.site, record)
        for name in ("legal", "audit")[: self.required - (not enough)]:
            say_yes(self.site, request, name)
        batch, attempt = next(iter(self.held), ("a", "0" * 32))
        rows = self.held.get((batch, attempt), {}).get(record, [])
        if enough and rows:
            expected = [payload for _, payload in rows if payload is not None]
            assert list(run(self.site, request, {batch: attempt}).values()) == [expected]
        with pytest.raises(EscrowError, match=r"approvals|no such record|already"):
            run(self.site, request, {batch: attempt})

    @invariant()
    def it_verifies(self) -> None:
        report = verify(self.site.url, self.site.keys, checkpoint=self.kept[0] if self.kept else None)
        assert report.n_records == sum(len(rows) for held in self.held.values() for rows in held.values())

    def teardown(self) -> None:
        self.writer.close()
        type(self).drop(self.site)
        shutil.rmtree(self.site.folder.parent)


@pytest.fixture(scope="session")
def secrets(template: Site) -> Secrets:
    return open_secrets(template.folder / "escrow.key", PASSPHRASE)


@pytest.fixture(scope="session")
def postgres_secrets(postgres_template: Site) -> Secrets:
    return open_secrets(postgres_template.folder / "escrow.key", PASSPHRASE)


def copied(template: Site) -> Path:
    folder = Path(tempfile.mkdtemp()) / "escrow"
    shutil.copytree(template.folder, folder)
    return folder


@pytest.fixture
def machine(template: Site, secrets: Secrets) -> type[EscrowModel]:
    def fresh() -> Site:
        return Site(copied(template), template.private_key)

    made = {"fresh": staticmethod(fresh), "drop": staticmethod(lambda _: None), "secrets": secrets}
    return type("Machine", (EscrowModel,), made)


@pytest.fixture
def postgres_machine(
    postgres_template: Site, postgres_secrets: Secrets, server: PostgresServer
) -> type[EscrowModel]:
    def fresh() -> Site:
        url = server.url(f"model_{uuid4().hex[:12]}")
        escrow_admin.create(url, template="template_escrow")
        return Site(copied(postgres_template), postgres_template.private_key, url)

    def drop(site: Site) -> None:
        escrow_admin.drop(site.url)

    made = {"fresh": staticmethod(fresh), "drop": staticmethod(drop), "secrets": postgres_secrets}
    return type("PostgresMachine", (EscrowModel,), made)


def settle(n_examples: int) -> settings:
    return settings(max_examples=n_examples, stateful_step_count=15)


@pytest.mark.parametrize("n_examples", [5, pytest.param(60, marks=pytest.mark.slow)])
def test_an_escrow_behaves_like_a_dictionary(machine: type[EscrowModel], n_examples: int) -> None:
    run_state_machine_as_test(machine, settings=settle(n_examples))


@pytest.mark.parametrize("n_examples", [2, pytest.param(15, marks=pytest.mark.slow)])
def test_an_escrow_in_postgresql_behaves_like_a_dictionary(
    postgres_machine: type[EscrowModel], n_examples: int
) -> None:
    run_state_machine_as_test(postgres_machine, settings=settle(n_examples))
