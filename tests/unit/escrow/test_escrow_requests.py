"""Listing the requests of an escrow: what it finds, and how much it reads for it."""

from collections.abc import Iterator

import pytest
from escrow_custody import ask, register, require, run, say_yes
from escrow_site import NOW, Site, rows

from deid.errors import EscrowError
from deid.escrow import requests
from deid.escrow.chain import Entry, entry_is_whole
from deid.escrow.stores.custody import CustodyTables

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")


@pytest.fixture
def guarded(site: Site) -> Site:
    """An escrow of three approvers that needs one approval, with records in it."""
    site.put("b", rows(40))
    register(site)
    require(site, 1)
    return site


def carry_out(site: Site, n_requests: int) -> None:
    for number in range(n_requests):
        request = ask(site, f"r{number}")
        say_yes(site, request, "legal")
        run(site, request)


class Work:
    """Entries read from the log by kind, and entries whose hash and signature were checked."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.n_read = self.n_checked = 0
        read = CustodyTables.by_custodian

        def counted_read(tables: CustodyTables, kind: str) -> Iterator[tuple[int, Entry]]:
            for found in read(tables, kind):
                self.n_read += 1
                yield found

        def counted_check(*arguments: object) -> bool:
            self.n_checked += 1
            return entry_is_whole(*arguments)  # type: ignore[arg-type]

        patch.setattr(CustodyTables, "by_custodian", counted_read)
        patch.setattr("deid.escrow.register.entry_is_whole", counted_check)

    def take(self) -> tuple[int, int]:
        done = self.n_read, self.n_checked
        self.n_read = self.n_checked = 0
        return done


def test_the_list_of_requests_is_read_once_however_many_were_carried_out(
    guarded: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, done = Work(monkeypatch), []
    for _ in range(3):
        carry_out(guarded, 4)
        work.take()
        requests(guarded.url, guarded.keys, now=NOW)
        done.append(work.take())
    for few, some, many in zip(*done, strict=True):
        assert many - some == some - few < 4 * 12  # a request more costs the same, not more with each


def test_every_request_is_listed_where_it_stands(guarded: Site) -> None:
    carry_out(guarded, 2)
    waiting, ready = ask(guarded, "r8"), ask(guarded, "r9")
    say_yes(guarded, ready, "legal")
    found = requests(guarded.url, guarded.keys, now=NOW)
    assert [standing.state for standing in found] == ["run", "run", "waiting", "ready"]
    assert [standing.request.request for standing in found[2:]] == [waiting, ready]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM reveal_run",
        "INSERT INTO reveal_run SELECT seq, request FROM reveal_request WHERE seq > 9",
    ],
    ids=["row deleted", "row added"],
)
def test_a_list_is_not_made_from_a_table_that_says_otherwise_than_the_log(
    guarded: Site, statement: str
) -> None:
    carry_out(guarded, 1)
    ask(guarded, "r9")
    guarded.tamper(statement)
    with pytest.raises(EscrowError, match="record of custody is damaged"):
        requests(guarded.url, guarded.keys, now=NOW)
