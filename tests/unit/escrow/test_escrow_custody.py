import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from escrow_custody import LATER, PEOPLE, ask, public_of, register, require, run, say_yes
from escrow_site import NOW, PASSPHRASE, Site, reveal, rows

from deid.errors import EscrowError, InputError
from deid.escrow import (
    SealedRecord,
    log_denial,
    new_approver,
    open_approver,
    read_approver,
    requests,
    shred,
    verify,
)
from deid.escrow.envelope import DataKey

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")


@pytest.fixture
def guarded(site: Site) -> Site:
    """An escrow of three approvers that needs two approvals, with nine records in it."""
    site.put("b", rows(9))
    register(site)
    require(site, 2)
    return site


def approved(site: Site, *records: str, **options: Any) -> str:
    request = ask(site, *records, **options)
    for name in ("legal", "audit"):
        say_yes(site, request, name)
    return request


def log_of(site: Site, kind: str) -> list[dict[str, Any]]:
    with site.sql() as db:
        query = "SELECT body FROM log WHERE kind = ? ORDER BY seq"
        return [json.loads(body) for (body,) in db.execute(query, (kind,))]


def test_two_approvals_open_what_was_asked_for_and_the_log_says_so(guarded: Site) -> None:
    request = ask(guarded, "r1", "r2")
    assert say_yes(guarded, request, "legal").state == "waiting"
    assert say_yes(guarded, request, "audit").state == "ready"
    index = guarded.private_key.index
    assert run(guarded, request) == {
        index.record("r1"): [b"secret of r1"],
        index.record("r2"): [b"secret of r2"],
    }
    (entry,) = log_of(guarded, "reveal")
    assert (entry["request"], entry["requester"], entry["ticket"]) == (request, "office", "T-2291")
    assert [standing.state for standing in requests(guarded.url, guarded.keys, now=NOW)] == ["run"]
    verify(guarded.url, guarded.keys)


def test_a_subject_is_asked_for_without_the_others_of_their_records(guarded: Site) -> None:
    guarded.put("c", [SealedRecord("both", "u1", b"hers"), SealedRecord("both", "u2", b"his")])
    opened = run(guarded, approved(guarded, subject="u1"))
    payloads = [payload for held in opened.values() for payload in held]
    assert sorted(payloads) == [b"hers", *(b"secret of r%d" % n for n in (1, 4, 7))]


def test_the_entry_is_durable_before_anything_is_opened(
    guarded: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    request, seen, real = approved(guarded, "r1"), [], DataKey.unseal

    def unseal(self: DataKey, blob: bytes, context: bytes) -> bytes:
        with guarded.sql() as other:
            seen.append(other.execute("SELECT count(*) FROM log WHERE kind = 'reveal'").fetchone()[0])
        return real(self, blob, context)

    monkeypatch.setattr(DataKey, "unseal", unseal)
    run(guarded, request)
    assert seen == [1, 1]


# every way to be refused; each is logged


def refused(site: Site, request: str, reason: str, **options: Any) -> None:
    before = len(log_of(site, "refusal"))
    with pytest.raises(EscrowError, match=reason):
        run(site, request, **options)
    (said,) = log_of(site, "refusal")[before:]
    assert (said["request"], bool(reason in said["reason"])) == (request, True)
    assert log_of(site, "reveal") == []
    verify(site.url, site.keys)


def test_too_few_approvals(guarded: Site) -> None:
    request = ask(guarded, "r1")
    refused(guarded, request, "has 0 of 2 approvals")
    say_yes(guarded, request, "legal")
    refused(guarded, request, "has 1 of 2 approvals")


def test_more_approvals_needed_than_when_it_was_approved(guarded: Site) -> None:
    request = approved(guarded, "r1")
    require(guarded, 3)
    refused(guarded, request, "has 2 of 3 approvals")


@pytest.mark.parametrize("now", [LATER, NOW - timedelta(seconds=1)], ids=["expired", "clock back"])
def test_outside_its_time(guarded: Site, now: Any) -> None:
    refused(guarded, approved(guarded, "r1"), "has expired", now=now)


def test_over_its_maximum(guarded: Site) -> None:
    refused(guarded, approved(guarded, subject="u1", maximum=2), "at most 2 records")


def test_records_that_are_not_there(guarded: Site) -> None:
    refused(guarded, approved(guarded, "r1", "r99"), "finds no such record")
    refused(guarded, approved(guarded, subject="nobody"), "finds no such record")
    refused(guarded, approved(guarded, "r1"), "finds no such record", published={"b": "0" * 32})


def test_a_second_time(guarded: Site) -> None:
    request = approved(guarded, "r1")
    run(guarded, request)
    with pytest.raises(EscrowError, match="carried out already"):
        run(guarded, request)
    assert [said["reason"] for said in log_of(guarded, "refusal")] == ["was carried out already"]


def test_a_reveal_on_the_custodians_word_alone(guarded: Site) -> None:
    with pytest.raises(EscrowError, match="needs 2 approvals"):
        reveal(guarded, "r1")
    assert [said["reason"] for said in log_of(guarded, "refusal")] == ["needs approval"]


def test_a_shredded_subject_stays_shredded(guarded: Site) -> None:
    request = approved(guarded, "r1", "r2")
    shred(guarded.url, guarded.keys, subject="u1", why="request 7", now=NOW)
    assert sorted(run(guarded, request).values()) == [[], [b"secret of r2"]]


def test_somebody_without_the_private_key_is_logged(site: Site) -> None:
    log_denial(site.url, site.keys, purpose="a look", requester="operator", now=NOW)
    (said,) = log_of(site, "denial")
    assert (said["requester"], said["reason"]) == ("operator", "no private key")
    verify(site.url, site.keys)


# asking and approving


def test_the_requester_cannot_approve(guarded: Site) -> None:
    request = ask(guarded, "r1", by="legal")
    with pytest.raises(EscrowError, match="cannot approve their own"):
        say_yes(guarded, request, "legal")


def test_an_approver_counts_once(guarded: Site) -> None:
    request = ask(guarded, "r1")
    say_yes(guarded, request, "legal")
    with pytest.raises(EscrowError, match="already"):
        say_yes(guarded, request, "legal")


def test_a_stranger_can_neither_ask_nor_approve(guarded: Site) -> None:
    request = ask(guarded, "r1")
    with pytest.raises(EscrowError, match="no registered approver"):
        say_yes(guarded, request, "stranger")
    with pytest.raises(EscrowError, match="no registered approver"):
        ask(guarded, "r1", by="stranger")


def test_nobody_approves_what_is_over(guarded: Site) -> None:
    request = ask(guarded, "r1")
    with pytest.raises(EscrowError, match="has expired"):
        say_yes(guarded, request, "legal", now=LATER)
    done = approved(guarded, "r2")
    run(guarded, done)
    with pytest.raises(EscrowError, match="carried out"):
        say_yes(guarded, done, "legal")


@pytest.mark.parametrize("digits", ["", "ab", "0" * 64, "x" * 12])
def test_a_request_is_named_by_twelve_digits_or_more(guarded: Site, digits: str) -> None:
    ask(guarded, "r1")
    with pytest.raises(EscrowError, match="no such request"):
        say_yes(guarded, digits, "legal")


@pytest.mark.parametrize(
    ("records", "options"),
    [
        ((), {}),
        (("r1",), {"subject": "u1"}),
        (("r1", "r2"), {"maximum": 1}),
        (("r1",), {"maximum": 0}),
        (("r1",), {"maximum": 10_001}),
        (("r1",), {"days": 0}),
    ],
)
def test_a_request_that_makes_no_sense(guarded: Site, records: tuple[str, ...], options: Any) -> None:
    with pytest.raises(InputError):
        ask(guarded, *records, **options)


def test_neither_record_nor_subject_ids_are_kept(guarded: Site) -> None:
    run(guarded, approved(guarded, "r4"))
    approved(guarded, subject="marzipan-user")
    approved(guarded, "marzipan-record")
    for path in guarded.folder.iterdir():
        assert b"marzipan" not in path.read_bytes()


# rules of the register


def test_the_number_of_approvals_only_rises(site: Site) -> None:
    register(site)
    for wrong in (0, -1, 17):
        with pytest.raises(InputError):
            require(site, wrong)
    require(site, 2)
    for wrong in (1, 2):
        with pytest.raises(EscrowError, match="needed already"):
            require(site, wrong)
    require(site, 3)


def test_nobody_is_registered_twice(site: Site) -> None:
    register(site, "office")
    with pytest.raises(EscrowError, match="registered before"):
        register(site, "office")


def test_rows_put_in_by_hand_count_for_nothing(guarded: Site) -> None:
    request = ask(guarded, "r1")
    say_yes(guarded, request, "legal")
    author = public_of("audit").author
    guarded.tamper("INSERT INTO approval VALUES (1, ?, ?)", bytes.fromhex(request), author)
    with pytest.raises(EscrowError, match="record of custody is damaged"):
        run(guarded, request)


@pytest.mark.parametrize("table", ["quorum", "approver", "reveal_request", "approval"])
def test_an_entry_edited_under_its_row_counts_for_nothing(guarded: Site, table: str) -> None:
    request = approved(guarded, "r1")
    guarded.tamper(
        "UPDATE log SET body = CAST(replace(body, '2026', '2027') AS BLOB) "  # noqa: S608
        f"WHERE seq IN (SELECT seq FROM {table})"
    )
    with pytest.raises(EscrowError, match="damaged"):
        run(guarded, request)


def test_an_emptied_table_of_the_number_needed_does_not_let_the_custodian_open_alone(guarded: Site) -> None:
    guarded.tamper("DELETE FROM quorum")
    with pytest.raises(EscrowError, match="record of custody is damaged"):
        reveal(guarded, "r1")


def test_a_request_run_is_not_run_again_when_its_row_is_deleted(guarded: Site) -> None:
    request = approved(guarded, "r1")
    run(guarded, request)
    guarded.tamper("DELETE FROM reveal_run")
    with pytest.raises(EscrowError, match="record of custody is damaged"):
        run(guarded, request)
    assert len(log_of(guarded, "reveal")) == 1


def test_an_entry_of_another_kind_is_no_approval(guarded: Site) -> None:
    request = ask(guarded, "r1")
    say_yes(guarded, request, "legal")
    guarded.tamper("UPDATE approval SET seq = (SELECT seq FROM reveal_request)")
    with pytest.raises(EscrowError, match="record of custody is damaged"):
        run(guarded, request)


# the approver's files


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Path:
    private = tmp_path_factory.mktemp("approver") / "office.key"
    assert new_approver(private, name="privacy office", passphrase=PASSPHRASE, now=NOW).suffix == ".pub"
    return private


def test_an_approvers_key_opens_with_its_passphrase_alone(card: Path, site: Site) -> None:
    public = read_approver(card.with_suffix(".pub"))
    approver = open_approver(card, PASSPHRASE)
    assert approver.author(site.private_key.escrow_id).name == public.author
    assert (public.name, approver.name) == ("privacy office", "privacy office")
    with pytest.raises(EscrowError, match=r"^escrow does not open$"):
        open_approver(card, b"a wrong passphrase")
    assert (card.stat().st_mode & 0o777, card.with_suffix(".pub").stat().st_mode & 0o777) == (0o600, 0o644)


def test_nothing_of_an_approver_is_overwritten(card: Path) -> None:
    with pytest.raises(EscrowError, match="exists already"):
        new_approver(card, name="x", passphrase=PASSPHRASE, now=NOW)
    for name, word in (("x.pem", PASSPHRASE), ("x.key", b"short")):
        with pytest.raises(EscrowError):
            new_approver(card.with_name(name), name="x", passphrase=word, now=NOW)
        assert not card.with_name(name).exists()


@pytest.mark.parametrize("name", ["name", "public_key", "created", "signature"])
def test_an_altered_public_file_is_not_registered(card: Path, tmp_path: Path, name: str) -> None:
    fields = json.loads(card.with_suffix(".pub").read_text())
    fields[name] = fields[name][:-1] + ("0" if fields[name][-1] != "0" else "1")
    (tmp_path / "x.pub").write_text(json.dumps(fields))
    with pytest.raises(EscrowError):
        read_approver(tmp_path / "x.pub")


@pytest.mark.parametrize("name", ["name", "public_key", "salt", "argon2_passes"])
def test_every_field_of_the_private_file_is_bound(card: Path, tmp_path: Path, name: str) -> None:
    fields = json.loads(card.read_text())
    value = fields[name]
    fields[name] = value + 1 if isinstance(value, int) else ("1" if value[0] == "0" else "0") + value[1:]
    (tmp_path / "x.key").write_text(json.dumps(fields))
    (tmp_path / "x.key").chmod(0o600)
    with pytest.raises(EscrowError, match=r"^escrow does not open$"):
        open_approver(tmp_path / "x.key", PASSPHRASE)


def test_an_approver_does_not_print_their_key() -> None:
    assert repr(PEOPLE["office"]) == "Approver(name='office')"
