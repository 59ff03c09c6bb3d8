import json
from collections.abc import Iterator
from typing import Any

import pytest
from escrow_site import NOW, Site, reveal, rows

from deid.errors import EscrowError
from deid.escrow import PrivateKey, SealedRecord, reveal_record, reveal_records, shred, verify
from deid.escrow import reveal as reveal_module
from deid.escrow.envelope import DataKey

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")


def log_of(site: Site, kind: str) -> list[dict[str, Any]]:
    with site.sql() as db:
        query = "SELECT body FROM log WHERE author = 'custodian' AND kind = ? ORDER BY seq"
        return [json.loads(body) for (body,) in db.execute(query, (kind,))]


def bulk(site: Site, records: list[str]) -> Iterator[tuple[str, list[bytes]]]:
    return reveal_records(
        site.url,
        private_key=site.private_key,
        records=records,
        purpose="audit 12",
        requester="dpo",
        published=None,
        now=NOW,
    )


def test_the_log_says_who_asked_for_what_and_why(site: Site) -> None:
    site.put("b", rows(3))
    assert reveal(site, "r1") == [b"secret of r1"]
    assert log_of(site, "reveal") == [
        {
            "at": "2026-01-31T09:00:00Z",
            "purpose": "test",
            "records": [site.private_key.index.record("r1").hex()],
            "requester": "tester",
        }
    ]
    assert verify(site.url, site.keys).size == 4


def test_the_log_entry_is_durable_before_anything_is_opened(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put("b", rows(3))
    seen = []
    real = DataKey.unseal

    def unseal(self: DataKey, blob: bytes, context: bytes) -> bytes:
        with site.sql() as other:
            seen.append(other.execute("SELECT count(*) FROM log WHERE kind = 'reveal'").fetchone()[0])
        return real(self, blob, context)

    monkeypatch.setattr(DataKey, "unseal", unseal)
    reveal(site, "r1")
    assert seen == [1, 1]


def test_an_unlogged_reveal_reveals_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.put("b", rows(3))
    monkeypatch.setattr(DataKey, "unseal", lambda *_: pytest.fail("opened without a log entry"))
    with site.locked(monkeypatch), pytest.raises(EscrowError, match="locked"):
        reveal(site, "r1")


def test_an_unknown_record_is_refused_and_logged(site: Site) -> None:
    site.put("b", rows(3))
    with pytest.raises(EscrowError, match=r"^escrow does not open$"):
        reveal(site, "r99")
    (refusal,) = log_of(site, "refusal")
    assert refusal["reason"] == "unknown record"
    assert refusal["records"] == [site.private_key.index.record("r99").hex()]
    assert verify(site.url, site.keys).size == 4


@pytest.mark.parametrize("published", [{}, {"b": "0" * 32}, {"c": ""}])
def test_an_attempt_that_was_not_published_is_unknown(site: Site, published: dict[str, str]) -> None:
    site.put("b", rows(3))
    with pytest.raises(EscrowError, match=r"^escrow does not open$"):
        reveal(site, "r1", published)
    assert len(log_of(site, "refusal")) == 1


SWAPS = {
    "another record's blob": "UPDATE sealed SET blob = (SELECT blob FROM sealed WHERE seq = 4) WHERE seq = 1",
    "another batch": "UPDATE batch SET batch = 'z' WHERE batch_id = 1",
    "another attempt": "UPDATE batch SET attempt = 'z' WHERE batch_id = 1",
    "another domain": "UPDATE epoch SET domain = 'ads'",
    "another run": "UPDATE epoch SET run_id = 'z'",
    "another writer": "UPDATE epoch SET writer = 'z'",
    "another subject": "UPDATE subject_key SET subject = zeroblob(16)",
    "another's key": "UPDATE sealed SET key_seq = 2 WHERE seq = 1",
    "no key": "UPDATE sealed SET key_seq = 99 WHERE seq = 1",
    "no epoch key": "DELETE FROM epoch_key",
    "an empty blob": "UPDATE sealed SET blob = zeroblob(0)",
}  # fmt: skip


@pytest.mark.parametrize("statement", SWAPS.values(), ids=SWAPS.keys())
def test_what_stands_in_another_place_does_not_open(site: Site, statement: str) -> None:
    site.put("b", rows(6))
    site.tamper(statement)
    with pytest.raises(EscrowError, match=r"^escrow does not open$"):
        reveal(site, "r0")
    assert [each["reason"] for each in log_of(site, "refusal")] == ["does not open"]


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    ("table", "column"), [("sealed", "blob"), ("subject_key", "wrapped"), ("epoch_key", "wrapped")]
)
def test_any_flipped_byte_of_what_is_opened_is_refused(
    site: Site, table: str, column: str, step: int
) -> None:
    site.put("b", rows(1))
    with site.sql() as db:
        (value,) = db.execute(f"SELECT {column} FROM {table}").fetchone()  # noqa: S608
    for place in range(0, len(value), step):
        flipped = bytearray(value)
        flipped[place] ^= 1 << place % 8
        site.tamper(f"UPDATE {table} SET {column} = ?", bytes(flipped))  # noqa: S608
        with pytest.raises(EscrowError, match=r"^escrow does not open$"):
            reveal(site, "r0")
    site.tamper(f"UPDATE {table} SET {column} = ?", value)  # noqa: S608
    assert reveal(site, "r0") == [b"secret of r0"]


@pytest.mark.parametrize(
    ("purpose", "requester"), [("", "dpo"), ("  ", "dpo"), ("audit", ""), ("x" * 1_001, "dpo")]
)
def test_a_reveal_without_a_reason_is_refused(site: Site, purpose: str, requester: str) -> None:
    site.put("b", rows(1))
    with pytest.raises(EscrowError, match="must have 1 to 1,000"):
        reveal_record(
            site.url,
            private_key=site.private_key,
            record="r0",
            purpose=purpose,
            requester=requester,
            published=None,
            now=NOW,
        )
    with pytest.raises(EscrowError, match="must have 1 to 1,000"):
        reveal_records(
            site.url,
            private_key=site.private_key,
            records=[],
            purpose=purpose,
            requester=requester,
            published=None,
            now=NOW,
        )


def test_another_escrows_custodian_is_refused(site: Site, stranger: Site) -> None:
    site.put("b", rows(1))
    key: PrivateKey = stranger.private_key
    with pytest.raises(EscrowError, match="belongs to another escrow"):
        reveal_record(
            site.url, private_key=key, record="r0", purpose="p", requester="q", published=None, now=NOW
        )


def test_many_records_share_log_entries(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reveal_module, "_CHUNK", 4)
    site.put("b", rows(10))
    names = [f"r{i}" for i in reversed(range(10))]
    assert list(bulk(site, names)) == [(name, [f"secret of {name}".encode()]) for name in names]
    assert [len(entry["records"]) for entry in log_of(site, "reveal")] == [4, 4, 2]
    assert verify(site.url, site.keys).size == 6


def test_a_bulk_reveal_stops_at_a_chunk_with_an_unknown_record(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reveal_module, "_CHUNK", 2)
    site.put("b", rows(4))
    opened = bulk(site, ["r0", "r1", "r2", "r99"])
    assert [next(opened)[0], next(opened)[0]] == ["r0", "r1"]
    with pytest.raises(EscrowError, match=r"^escrow does not open$"):
        next(opened)
    assert [len(entry["records"]) for entry in log_of(site, "refusal")] == [1]


def test_a_shredded_subject_is_closed_and_the_others_are_not(site: Site) -> None:
    site.put("b", [*rows(3), SealedRecord("both", "u1", b"hers"), SealedRecord("both", "u2", b"his")])
    shred(site.url, site.keys, subject="u1", why="request 7", now=NOW)
    with pytest.raises(EscrowError, match=r"^escrow does not open$"):
        reveal(site, "r1")
    assert [each["reason"] for each in log_of(site, "refusal")] == ["shredded"]
    assert reveal(site, "both") == [b"his"]
    assert dict(bulk(site, ["r0", "r1", "r2"])) == {
        "r0": [b"secret of r0"],
        "r1": [],
        "r2": [b"secret of r2"],
    }
