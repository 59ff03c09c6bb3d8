import pytest
from escrow_site import NOW, Site, reveal, rows

from deid.errors import EscrowError
from deid.escrow import gc, verify

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")


def test_only_unpublished_attempts_of_the_run_go(site: Site) -> None:
    other = site.put("a", rows(2), run_id="another run")
    with site.writer() as writer:
        orphan, kept, lost = writer.put("a", rows(3)), writer.put("a", rows(3)), writer.put("b", rows(4, "s"))
    report = gc(site.url, site.keys, {"a": kept.attempt}, run_id="run-1", now=NOW)
    assert (report.attempts, report.n_records) == ((orphan.attempt, lost.attempt), 7)
    assert reveal(site, "r0", {"a": kept.attempt}) == [b"secret of r0"]
    assert reveal(site, "r0", {"a": other.attempt}) == [b"secret of r0"]
    for record, published in (("r0", {"a": orphan.attempt}), ("s0", {"b": lost.attempt})):
        with pytest.raises(EscrowError):
            reveal(site, record, published)
    counted = verify(site.url, site.keys)
    assert (counted.n_swept, counted.n_records) == (2, 5)


def test_a_key_an_orphan_brought_still_opens_what_came_later(site: Site) -> None:
    with site.writer() as writer:
        writer.put("a", rows(3))
        kept = writer.put("a", rows(3))
    gc(site.url, site.keys, {"a": kept.attempt}, run_id="run-1", now=NOW)
    assert reveal(site, "r2") == [b"secret of r2"]


def test_numbers_of_swept_records_are_never_used_again(site: Site) -> None:
    site.put("a", rows(3))
    gc(site.url, site.keys, {}, run_id="run-1", now=NOW)
    site.put("b", rows(3, "s"))
    with site.sql() as db:
        assert db.execute("SELECT min(seq) FROM sealed").fetchone() == (4,)
    assert verify(site.url, site.keys).n_records == 3


def test_sweeping_again_finds_nothing_and_logs_nothing(site: Site) -> None:
    site.put("a", rows(3))
    gc(site.url, site.keys, {}, run_id="run-1", now=NOW)
    size = verify(site.url, site.keys).size
    assert gc(site.url, site.keys, {}, run_id="run-1", now=NOW).attempts == ()
    assert verify(site.url, site.keys).size == size


@pytest.mark.parametrize(("batch", "run_id"), [("z", "run-1"), ("a", "run-2")])
def test_a_published_attempt_the_escrow_does_not_hold_stops_it(site: Site, batch: str, run_id: str) -> None:
    receipt = site.put("a", rows(3))
    with pytest.raises(EscrowError, match=f"1 published batches are not in the escrow, first `{batch}`"):
        gc(site.url, site.keys, {batch: receipt.attempt}, run_id=run_id, now=NOW)
    assert verify(site.url, site.keys).n_records == 3


def test_a_swept_attempt_cannot_be_published(site: Site) -> None:
    receipt = site.put("a", rows(3))
    gc(site.url, site.keys, {}, run_id="run-1", now=NOW)
    with pytest.raises(EscrowError, match="not in the escrow"):
        gc(site.url, site.keys, {"a": receipt.attempt}, run_id="run-1", now=NOW)
