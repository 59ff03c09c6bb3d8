"""A destruction whose deleted pages could not be overwritten: the same command, run again, does it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from escrow_site import NOW, PASSPHRASE, Site, rows

from deid.errors import EscrowError
from deid.escrow import Expired, expire, open_private_key, verify, wipe
from deid.escrow.chain import timestamp
from deid.escrow.decisions import Decider
from deid.escrow.keys.access import NO_ACCESS
from deid.escrow.keys.create import NewKey
from deid.escrow.keys.passphrase import open_secrets
from deid.escrow.rotation import list_keys, retire, rewrap, rotate
from deid.escrow.stores.store import Store

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")


@pytest.fixture
def forgotten(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each call that overwrites deleted pages did so; the first of them does not."""
    calls: list[bool] = []
    real = Store.forget

    def forget(store: Store) -> None:
        calls.append(bool(calls))
        if len(calls) == 1:
            raise EscrowError("deleted, but held")
        real(store)

    monkeypatch.setattr(Store, "forget", forget)
    return calls


def test_an_expiry_run_again_overwrites_what_the_first_left(site: Site, forgotten: list[bool]) -> None:
    site.put("a", rows(3, "a"))
    which = Expired(run_id="run-1")
    with pytest.raises(EscrowError, match="deleted, but held"):
        expire(site.url, site.keys, which, why="kept a year", now=NOW)
    with pytest.raises(EscrowError, match="nothing sealed is covered") as caught:
        expire(site.url, site.keys, which, why="kept a year", now=NOW)
    assert "expired already" in (caught.value.hint or "")
    assert forgotten == [False, True]
    verify(site.url, site.keys)


def test_a_wiping_run_again_overwrites_what_the_first_left(site: Site, forgotten: list[bool]) -> None:
    site.put("a", rows(3, "a"))
    for _ in range(2):
        try:
            wipe(site.url, site.keys, escrow_id=site.private_key.escrow_id, why="the end", now=NOW)
        except EscrowError as error:
            assert "deleted, but held" in str(error)  # noqa: PT017 - the first of two alone
    assert forgotten == [False, True]


def turned(site: Site) -> tuple[Site, str]:
    """Return a site under its second key, all wrapped again, and the id of the first."""
    site.put("a", rows(3, "a"))
    secrets, out = open_secrets(site.folder / "escrow.key", PASSPHRASE), site.folder.parent / "next"
    rotate(site.url, site.keys, secrets, NewKey("local:x25519", PASSPHRASE, NO_ACCESS), out=out, now=NOW)
    (site.folder / "escrow.pub").write_bytes((out / "escrow.pub").read_bytes())
    rewrap(site.url, site.keys, site.private_key, now=NOW)
    new = Site(site.folder, open_private_key(out / "escrow.key", PASSPHRASE), site.url)
    return new, site.private_key.key_id.hex()


def test_a_retirement_run_again_overwrites_what_the_first_left(site: Site, forgotten: list[bool]) -> None:
    new, old = turned(site)
    for message in ("deleted, but held", "was retired before"):
        with pytest.raises(EscrowError, match=message):
            retire(new.url, new.keys, new.private_key, key_id=old, now=NOW)
    assert forgotten == [False, True]


def test_a_retirement_made_again_from_the_list_overwrites_the_pages(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, old = turned(site)
    decide, calls = Decider.decide, list[Store]()

    def dies(decider: Decider, kind: str, said: dict[str, object]) -> None:
        decide(decider, kind, said)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Decider, "decide", dies)
        with pytest.raises(KeyboardInterrupt):
            retire(new.url, new.keys, new.private_key, key_id=old, now=NOW)
    assert [key.state for key in list_keys(new.url, new.keys)] == ["old", "in force"]
    monkeypatch.setattr(Store, "forget", lambda store: calls.append(store))  # noqa: PLW0108 - a method is bound, a list is not
    with pytest.raises(EscrowError, match="no escrow key"):
        retire(new.url, new.keys, new.private_key, key_id="00" * 8, now=NOW)
    assert [key.state for key in list_keys(new.url, new.keys)] == ["retired", "in force"]
    assert len(calls) == 1


@pytest.mark.parametrize("year", [1, 26, 999])
def test_a_year_short_of_digits_is_long_ago(site: Site, year: int) -> None:
    """As `--before 0026-01-31` says it: text that does not sort by time would take every epoch."""
    site.put("a", rows(3, "a"))
    with pytest.raises(EscrowError, match="nothing sealed is covered"):
        expire(site.url, site.keys, Expired(before=datetime(year, 1, 31, tzinfo=UTC)), why="old", now=NOW)
    assert verify(site.url, site.keys).n_records == 3


def test_a_time_is_written_in_utc_with_four_digits_of_the_year() -> None:
    japan = timezone(timedelta(hours=9))
    assert timestamp(datetime(2026, 1, 31, 9, 0, 0, 999_999, tzinfo=japan)) == "2026-01-31T00:00:00Z"
    assert timestamp(datetime(26, 1, 31, tzinfo=UTC)) == "0026-01-31T00:00:00Z"
