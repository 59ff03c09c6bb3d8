import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
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
    EscrowInfo,
    EscrowWriter,
    Expired,
    PrivateKey,
    SealedRecord,
    backup,
    checkpoint,
    expire,
    gc,
    init_escrow,
    merkle,
    open_private_key,
    restore,
    reveal_record,
    shred,
    verify,
)
from deid.escrow.envelope import DataKey, decode, encode

NOW = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)
PASSPHRASE = b"correct horse battery"


@given(st.lists(st.binary(max_size=40), max_size=5), st.lists(st.binary(max_size=40), max_size=5))
def test_encode_is_injective_and_decode_undoes_it(one: list[bytes], other: list[bytes]) -> None:
    assert (encode(*one) == encode(*other)) == (one == other)
    assert decode(encode(*one), len(one)) == one


@given(st.binary(max_size=200), st.integers(0, 5))
def test_decode_takes_only_what_encode_gives(data: bytes, n_fields: int) -> None:
    try:
        fields = decode(data, n_fields)
    except EscrowError:
        return
    assert encode(*fields) == data


@given(st.binary(max_size=300), st.binary(max_size=50), st.data())
def test_a_blob_opens_as_it_was_and_in_its_place_only(
    payload: bytes, context: bytes, data: st.DataObject
) -> None:
    key = DataKey.of(bytes(32))
    blob = key.seal(payload, context)
    assert key.unseal(blob, context) == payload
    bit = data.draw(st.integers(0, 8 * len(blob) - 1))
    flipped = bytearray(blob)
    flipped[bit // 8] ^= 1 << bit % 8
    other = data.draw(st.binary(max_size=50).filter(lambda each: each != context))
    for wrong, place in ((bytes(flipped), context), (blob, other)):
        with pytest.raises(EscrowError):
            key.unseal(wrong, place)


def recursive_root(leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, as it is written there."""
    if len(leaves) < 2:
        return leaves[0] if leaves else merkle.root([])
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return merkle.node(recursive_root(leaves[:split]), recursive_root(leaves[split:]))


@given(st.lists(st.binary(max_size=4), max_size=70))
def test_every_way_to_a_root_agrees_with_the_standard(data: list[bytes]) -> None:
    leaves, frontier = [merkle.leaf(each) for each in data], merkle.Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    assert merkle.root(leaves) == frontier.root() == recursive_root(leaves)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> tuple[EscrowInfo, PrivateKey]:
    folder = tmp_path_factory.mktemp("model") / "escrow"
    info = init_escrow(f"sqlite:///{folder / 'escrow.db'}", folder, passphrase=PASSPHRASE, now=NOW)
    return info, open_private_key(info.private_key, PASSPHRASE)


class EscrowModel(RuleBasedStateMachine):
    """An escrow beside a dictionary of what it must hold."""

    info: EscrowInfo
    private_key: PrivateKey

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp()) / "escrow"
        shutil.copytree(self.info.private_key.parent, self.folder)
        self.url, self.keys = f"sqlite:///{self.folder}/escrow.db", f"local:{self.folder}/escrow.pub"
        # (batch, attempt) -> record -> [(subject, payload)]; a payload of None was shredded.
        self.held: dict[tuple[str, str], dict[str, list[tuple[str, bytes | None]]]] = {}
        self.gone: set[str] = set()
        self.kept: list[Checkpoint] = []
        # What no backup may bring back: subjects in attempts, and whole attempts.
        self.dead: set[tuple[str, str]] = set()
        self.expired: set[str] = set()
        self.saved: list[tuple[Path, dict[tuple[str, str], dict[str, list[tuple[str, bytes | None]]]]]] = []

    @initialize()
    def open_writer(self) -> None:
        self.writer = self._open()

    def _open(self) -> EscrowWriter:
        self.gone = set()
        return EscrowWriter.open(self.url, self.keys, domain="d", run_id="run", now=NOW)

    @rule()
    def next_writer(self) -> None:
        self.writer.close()
        self.writer = self._open()

    @rule(
        batch=st.sampled_from("abc"),
        records=st.dictionaries(
            st.tuples(st.sampled_from(["r1", "r2", "r3"]), st.sampled_from(["u1", "u2", "u3"])),
            st.binary(max_size=20),
            max_size=4,
        ),
    )
    def put(self, batch: str, records: dict[tuple[str, str], bytes]) -> None:
        rows = [SealedRecord(record, subject, payload) for (record, subject), payload in records.items()]
        if self.gone & {row.subject for row in rows}:
            with pytest.raises(EscrowError, match="shredded"):
                self.writer.put(batch, rows)
            return
        receipt = self.writer.put(batch, rows)
        held = self.held[batch, receipt.attempt] = {}
        for row in rows:
            held.setdefault(row.record, []).append((row.subject, row.payload))

    @rule(subject=st.sampled_from(["u1", "u2", "u3"]))
    def shred(self, subject: str) -> None:
        shred(self.url, self.keys, subject=subject, why="request", now=NOW)
        self.gone.add(subject)
        everything = [self.held, *(held for _, held in self.saved)]
        self.dead |= {(attempt, subject) for held in everything for _, attempt in held}
        for held in self.held.values():
            for record, rows in held.items():
                held[record] = [(who, None if who == subject else payload) for who, payload in rows]

    @rule()
    def save(self) -> None:
        """Make a backup, and remember what it must hold."""
        path = self.folder.parent / f"saved-{len(self.saved)}"
        backup(self.url, self.keys, path, now=NOW)
        self.saved.append((path, {key: dict(rows) for key, rows in self.held.items()}))

    @precondition(lambda self: self.saved)
    @rule(which=st.integers(0, 9), crash=st.booleans())
    def lose_and_restore(self, which: int, *, crash: bool) -> None:
        """Lose the database, perhaps with a writer cut off, and bring back some backup; it forgets again."""
        self.writer.close()
        for path in self.folder.glob("escrow.db*"):
            path.unlink()
        saved, held = self.saved[which % len(self.saved)]
        if crash:
            (self.folder / ".escrow.db.new").write_bytes(b"cut off")
        restore(saved, self.url, self.keys, private_key=self.private_key, now=NOW)
        self.held = {
            key: {
                record: [(who, None if (key[1], who) in self.dead else payload) for who, payload in rows]
                for record, rows in records.items()
            }
            for key, records in held.items()
            if key[1] not in self.expired
        }
        self.kept.clear()  # a checkpoint of what was lost does not hold
        self.writer = self._open()

    @rule()
    def expire_all(self) -> None:
        """Let everything sealed so far expire; the writer at work is refused from here on."""
        expire(self.url, self.keys, Expired(), why="due", now=NOW)
        self.expired |= {attempt for _, attempt in self.held}
        self.held.clear()
        with pytest.raises(EscrowError, match="has expired"):
            self.writer.put("a", [])
        self.next_writer()

    @rule(keep=st.integers(0, 7))
    def sweep(self, keep: int) -> None:
        """Publish the newest attempt of some batches, and sweep the rest."""
        newest = dict(self.held.keys())
        published = {
            batch: attempt for i, (batch, attempt) in enumerate(sorted(newest.items())) if keep >> i & 1
        }
        report = gc(self.url, self.keys, published, run_id="run", now=NOW)
        assert set(report.attempts) == {key[1] for key in self.held} - set(published.values())
        self.held = {key: rows for key, rows in self.held.items() if key in published.items()}

    @rule()
    def sign(self) -> None:
        self.kept.append(checkpoint(self.url, self.keys, now=NOW))

    @rule(record=st.sampled_from(["r1", "r2", "r3", "r4"]))
    def reveal(self, record: str) -> None:
        for batch, attempt in [*self.held, ("a", "0" * 32)]:
            rows = self.held.get((batch, attempt), {}).get(record, [])
            expected = [payload for _, payload in rows if payload is not None]
            if expected:
                assert self._reveal(record, {batch: attempt}) == expected
            else:
                with pytest.raises(EscrowError, match=r"^escrow does not open$"):
                    self._reveal(record, {batch: attempt})

    def _reveal(self, record: str, published: dict[str, str]) -> list[bytes]:
        return reveal_record(
            self.url,
            private_key=self.private_key,
            record=record,
            purpose="model",
            requester="tester",
            published=published,
            now=NOW,
        )

    @invariant()
    def it_verifies(self) -> None:
        report = verify(self.url, self.keys, checkpoint=self.kept[0] if self.kept else None)
        assert report.n_records == sum(len(rows) for held in self.held.values() for rows in held.values())

    def teardown(self) -> None:
        self.writer.close()
        shutil.rmtree(self.folder.parent)


@pytest.fixture
def machine(founded: tuple[EscrowInfo, PrivateKey]) -> type[EscrowModel]:
    info, private_key = founded
    return type("Machine", (EscrowModel,), {"info": info, "private_key": private_key})


def settle(n_examples: int) -> settings:
    return settings(
        max_examples=n_examples,
        stateful_step_count=15,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )


@pytest.mark.parametrize("n_examples", [10, pytest.param(60, marks=pytest.mark.slow)])
def test_an_escrow_behaves_like_a_dictionary(machine: type[EscrowModel], n_examples: int) -> None:
    run_state_machine_as_test(machine, settings=settle(n_examples))
