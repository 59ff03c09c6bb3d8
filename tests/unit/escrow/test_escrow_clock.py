"""A clock that steps back: the log goes by numbers, and times are what each host said."""

from datetime import timedelta

import pytest
from escrow_custody import ask, register, require, run, say_yes
from escrow_site import NOW, Site, reveal, rows

from deid.errors import EscrowError
from deid.escrow import EscrowWriter, Expired, backup, checkpoint, expire, requests, restore, shred, verify

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")

BEFORE = NOW - timedelta(days=1)


def put_at(site: Site, batch: str, now: object = NOW, run_id: str = "run-1") -> None:
    with EscrowWriter.open(site.url, site.keys, domain="d", run_id=run_id, now=now) as writer:  # type: ignore[arg-type]
        writer.put(batch, rows(3, batch))


def test_the_log_goes_on_whatever_the_clock_says(site: Site) -> None:
    put_at(site, "a")
    later = checkpoint(site.url, site.keys, now=NOW)
    put_at(site, "b", BEFORE)
    earlier = checkpoint(site.url, site.keys, now=BEFORE)
    assert (later.at > earlier.at, later.size < earlier.size) == (True, True)
    for kept in (later, earlier):
        assert verify(site.url, site.keys, checkpoint=kept).n_records == 6
    assert reveal(site, "b1") == [b"secret of b1"]


def test_a_shredding_dated_before_the_run_destroys_what_the_run_sealed(site: Site) -> None:
    put_at(site, "a")
    certificate = shred(site.url, site.keys, subject="u1", why="request 7", now=BEFORE)
    assert len(certificate.key_ids) == 1
    with pytest.raises(EscrowError, match="does not open"):
        reveal(site, "a1")
    verify(site.url, site.keys)


def test_a_writer_at_work_is_refused_a_subject_shredded_in_its_past(site: Site) -> None:
    with site.writer() as writer:
        shred(site.url, site.keys, subject="u1", why="request 7", now=BEFORE)
        with pytest.raises(EscrowError, match="shredded since this run began"):
            writer.put("a", rows(3))


def test_a_backup_dated_after_the_shredding_forgets_when_it_is_restored(site: Site) -> None:
    put_at(site, "a")
    backup(site.url, site.keys, site.folder / "saved", now=NOW)
    shred(site.url, site.keys, subject="u1", why="request 7", now=BEFORE)
    site.lose()
    restore(site.folder / "saved", site.url, site.keys, private_key=site.private_key, now=BEFORE)
    with pytest.raises(EscrowError, match="does not open"):
        reveal(site, "a1")
    assert reveal(site, "a2") == [b"secret of a2"]
    verify(site.url, site.keys)


def test_expiry_by_date_goes_by_the_time_the_run_was_given_and_by_run_whatever_it_was(site: Site) -> None:
    put_at(site, "a", BEFORE, run_id="behind")
    put_at(site, "b", NOW + timedelta(days=400), run_id="ahead")
    due = Expired(before=NOW - timedelta(hours=1))
    assert len(expire(site.url, site.keys, due, why="due", now=NOW).epochs) == 1
    assert reveal(site, "b1") == [b"secret of b1"]
    with pytest.raises(EscrowError, match="nothing sealed is covered"):
        expire(site.url, site.keys, due, why="due", now=NOW)
    expire(site.url, site.keys, Expired(run_id="ahead"), why="due", now=BEFORE)
    with pytest.raises(EscrowError, match="does not open"):
        reveal(site, "b1")
    verify(site.url, site.keys)


@pytest.fixture
def asked(site: Site) -> tuple[Site, str]:
    """A request for one record that one approver approved, and that holds for seven days."""
    site.put("b", rows(3))
    register(site)
    require(site, 1)
    request = ask(site, "r1")
    say_yes(site, request, "legal")
    return site, request


def test_a_request_of_a_later_time_is_not_carried_out_and_not_lost(asked: tuple[Site, str]) -> None:
    site, request = asked
    with pytest.raises(EscrowError, match="has expired"):
        run(site, request, now=BEFORE)
    with pytest.raises(EscrowError, match="has expired"):
        say_yes(site, request, "audit", now=BEFORE)
    assert [each.state for each in requests(site.url, site.keys, now=BEFORE)] == ["expired"]
    assert len(run(site, request)) == 1


def test_a_request_that_was_run_is_not_run_again_at_any_time(asked: tuple[Site, str]) -> None:
    site, request = asked
    run(site, request)
    for now in (BEFORE, NOW, NOW + timedelta(days=3), NOW + timedelta(days=30)):
        with pytest.raises(EscrowError, match="was carried out already"):
            run(site, request, now=now)


def test_an_expired_request_holds_again_at_a_time_it_was_made_for_and_the_log_shows_the_step(
    asked: tuple[Site, str],
) -> None:
    site, request = asked
    with pytest.raises(EscrowError, match="has expired"):
        run(site, request, now=NOW + timedelta(days=30))
    assert len(run(site, request, now=NOW + timedelta(days=3))) == 1
    with site.sql() as db:
        said = [bytes(body) for (body,) in db.execute(
            "SELECT body FROM log WHERE kind IN ('refusal', 'reveal') ORDER BY seq"
        )]  # fmt: skip
    assert [b'"at":"2026-03-02' in said[0], b'"at":"2026-02-03' in said[1]] == [True, True]
