"""Retired approvers, and decisions of custody that a backup put back, or a kill, must not undo."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import escrow_admin
import pytest
from escrow_custody import PEOPLE, ask, public_of, register, require, run, say_yes
from escrow_site import NOW, PASSPHRASE, Site, found, reveal, rows

from deid.cli.main import main
from deid.errors import EscrowError, InputError
from deid.escrow import (
    Standing,
    backup,
    init_escrow,
    open_private_key,
    requests,
    restore,
    retire_approver,
    settle_decisions,
    tombstones,
    verify,
)
from deid.escrow.chain import Author, Entry, Head, body
from deid.escrow.derived import append, row_of
from deid.escrow.keys.access import NO_ACCESS
from deid.escrow.keys.create import NewKey
from deid.escrow.keys.passphrase import open_secrets
from deid.escrow.rotation import list_keys, retire, rewrap, rotate
from deid.escrow.stores.log import LogTables
from deid.escrow.stores.open import open_store

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")


@pytest.fixture
def guarded(site: Site) -> Site:
    """An escrow with three approvers, two needed."""
    site.put("a", rows(6, "a"))
    register(site)
    require(site, 2)
    return site


def dismiss(site: Site, name: str) -> tuple[str, ...]:
    return retire_approver(site.url, site.keys, private_key=site.private_key, name=name, now=NOW)


def standing(site: Site) -> Standing:
    (found,) = requests(site.url, site.keys, now=NOW)
    return found


def say(site: Site, author: Author, kind: str, **said: object) -> None:
    """Append a signed entry past the rules."""
    with open_store(site.url, author.escrow_id) as store, store.transaction():
        append(store, author, kind, body(said))


def listed(site: Site) -> Path:
    return site.folder / "tombstones.jsonl"


def approved(site: Site) -> str:
    request = ask(site, "a0")
    for name in ("legal", "audit"):
        say_yes(site, request, name)
    return request


# retired approvers


def test_what_a_retired_approver_approved_no_longer_counts(guarded: Site) -> None:
    request = approved(guarded)
    assert dismiss(guarded, "audit") == ("office", "legal")
    assert (standing(guarded).state, standing(guarded).approvers) == ("waiting", ("legal",))
    with pytest.raises(EscrowError, match="has 1 of 2 approvals"):
        run(guarded, request)
    verify(guarded.url, guarded.keys)


def test_another_approves_in_their_place(guarded: Site) -> None:
    request = approved(guarded)
    dismiss(guarded, "audit")
    register(guarded, "stranger")
    say_yes(guarded, request, "stranger")
    assert [*run(guarded, request).values()] == [[b"secret of a0"]]
    verify(guarded.url, guarded.keys)


def test_what_a_retired_approver_asked_for_is_void(guarded: Site) -> None:
    request = approved(guarded)
    dismiss(guarded, "office")
    assert standing(guarded).state == "void"
    with pytest.raises(EscrowError, match="is void: who asked was retired since"):
        run(guarded, request)
    with pytest.raises(EscrowError, match="the request is void"):
        say_yes(guarded, request, "legal")
    verify(guarded.url, guarded.keys)


def test_a_retired_approver_neither_asks_nor_approves(guarded: Site) -> None:
    request = ask(guarded, "a0")
    dismiss(guarded, "audit")
    for act in (lambda: ask(guarded, "a1", by="audit"), lambda: say_yes(guarded, request, "audit")):
        with pytest.raises(EscrowError, match="this approver was retired"):
            act()
    verify(guarded.url, guarded.keys)


def test_what_was_carried_out_before_stays_whole(guarded: Site) -> None:
    run(guarded, approved(guarded))
    dismiss(guarded, "audit")
    assert standing(guarded).state == "run"
    verify(guarded.url, guarded.keys)


def test_nobody_is_retired_twice_or_unknown_or_comes_back(guarded: Site) -> None:
    dismiss(guarded, "audit")
    for name in ("audit", "nobody"):
        with pytest.raises(EscrowError, match="no approver of this name"):
            dismiss(guarded, name)
    with pytest.raises(EscrowError, match="registered before"):
        register(guarded, "audit")


def test_only_this_escrows_custodian_retires(guarded: Site, stranger: Site) -> None:
    with pytest.raises(EscrowError, match="another escrow's"):
        retire_approver(guarded.url, guarded.keys, private_key=stranger.private_key, name="audit", now=NOW)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM log WHERE kind = 'dismiss'",
        "UPDATE log SET kind = 'refusal' WHERE kind = 'dismiss'",
        "UPDATE log SET signature = hash WHERE kind = 'dismiss'",
        "UPDATE log SET seq = seq + 100 WHERE kind = 'dismiss'",
    ],
)
def test_a_tampered_retirement_is_found_and_never_gives_the_approvals_back(
    guarded: Site, statement: str
) -> None:
    request = approved(guarded)
    dismiss(guarded, "audit")
    guarded.tamper(statement)
    with pytest.raises(EscrowError, match="does not verify"):
        verify(guarded.url, guarded.keys)
    with pytest.raises(EscrowError):
        run(guarded, request)


def test_an_approval_after_retirement_put_in_past_the_rules_is_found(guarded: Site) -> None:
    request = ask(guarded, "a0")
    dismiss(guarded, "audit")
    author = PEOPLE["audit"].author(guarded.private_key.escrow_id)
    say(guarded, author, "approval", at="2026-01-31T09:00:00Z", request=request)
    assert standing(guarded).approvers == ()
    with pytest.raises(EscrowError, match="not signed"):
        verify(guarded.url, guarded.keys)


def test_a_reveal_that_rests_on_a_retired_approver_is_found(guarded: Site) -> None:
    request = approved(guarded)
    dismiss(guarded, "audit")
    said = {"purpose": "access request", "records": [], "request": request, "requester": "office"}
    custodian = guarded.private_key.author()
    say(guarded, custodian, "reveal", at="2026-01-31T09:00:00Z", ticket="T-2291", **said)
    with pytest.raises(EscrowError, match="breaks a rule of custody"):
        verify(guarded.url, guarded.keys)


def test_somebody_unknown_cannot_be_retired_in_the_log(guarded: Site) -> None:
    say(guarded, guarded.private_key.author(), "dismiss", approver="approver-00", at="2026-01-31T09:00:00Z")
    with pytest.raises(EscrowError, match="breaks a rule of custody"):
        verify(guarded.url, guarded.keys)


# restored backups


def put_back(site: Site, saved: Path) -> int:
    """Lose the database, and restore a backup in its place; return how many decisions were made again."""
    if site.on_postgres:
        escrow_admin.drop(site.url)
        escrow_admin.create(site.url)
    for path in site.folder.glob("escrow.db*"):
        path.unlink()
    report = restore(saved, site.url, site.keys, private_key=site.private_key, now=NOW)
    verify(site.url, site.keys)
    return report.n_decided


def save(site: Site) -> Path:
    path = site.folder.parent / "saved"
    backup(site.url, site.keys, path, now=NOW)
    return path


def test_an_escrow_that_needed_no_approvals_when_it_was_saved_needs_them_again(site: Site) -> None:
    site.put("a", rows(3, "a"))
    saved = save(site)
    register(site)
    require(site, 2)
    assert put_back(site, saved) == 4
    with pytest.raises(EscrowError, match="needs 2 approvals"):
        reveal(site, "a0")
    assert [*run(site, approved(site)).values()] == [[b"secret of a0"]]


def test_a_request_carried_out_after_the_backup_is_not_ready_again(guarded: Site) -> None:
    request = approved(guarded)
    saved = save(guarded)
    run(guarded, request)
    assert put_back(guarded, saved) == 1
    assert standing(guarded).state == "run"
    with pytest.raises(EscrowError, match="was carried out already"):
        run(guarded, request)


def test_a_request_the_backup_does_not_have_cannot_come_back_by_its_old_rows(guarded: Site) -> None:
    saved = save(guarded)
    request = approved(guarded)
    run(guarded, request)
    with guarded.sql() as db:
        query = "SELECT author, n, kind, body, prev, hash, signature FROM log WHERE author LIKE 'approver-%'"
        kept = db.execute(query).fetchall()
    put_back(guarded, saved)
    with open_store(guarded.url, guarded.private_key.escrow_id) as store, store.transaction():
        for fields in kept:
            entry = Entry(*fields)
            row = row_of(store.log.append(entry), entry)
            assert row is not None
            store.custody.add(row)
    with pytest.raises(EscrowError, match="was carried out already"):
        run(guarded, request)


def test_who_was_retired_after_the_backup_stays_retired(guarded: Site) -> None:
    request = approved(guarded)
    saved = save(guarded)
    dismiss(guarded, "audit")
    assert put_back(guarded, saved) == 1
    with pytest.raises(EscrowError, match="has 1 of 2 approvals"):
        run(guarded, request)


def test_who_was_registered_and_retired_after_the_backup_is_known_and_retired(guarded: Site) -> None:
    saved = save(guarded)
    register(guarded, "stranger")
    dismiss(guarded, "stranger")
    assert put_back(guarded, saved) == 2
    with pytest.raises(EscrowError, match="registered before"):
        register(guarded, "stranger")


def test_a_key_retired_after_the_backup_is_retired_again(site: Site) -> None:
    site.put("a", rows(3, "a"))
    old = site.private_key
    new = _turn(site)
    rewrap(site.url, site.keys, old, now=NOW)
    path = site.folder.parent / "saved"
    backup(site.url, site.keys, path, now=NOW)
    retire(site.url, site.keys, new.private_key, key_id=old.key_id.hex(), now=NOW)
    assert put_back(new, path) == 1
    assert [key.state for key in list_keys(site.url, site.keys)] == ["retired", "in force"]
    assert reveal(new, "a0") == [b"secret of a0"]


def test_a_backup_in_which_a_key_since_retired_is_in_force_is_not_restored(site: Site) -> None:
    site.put("a", rows(3, "a"))
    old, saved, before = site.private_key, save(site), (site.folder / "escrow.pub").read_bytes()
    new = _turn(site)
    with pytest.raises(
        EscrowError, match=f"made under escrow key {old.key_id.hex()}, the private key given is"
    ):
        put_back(new, saved)
    (site.folder / "escrow.pub").write_bytes(before)
    put_back(site, saved)
    _list_a_retirement(site, new, old.key_id.hex())
    with pytest.raises(EscrowError, match="is in force"):
        put_back(site, saved)


def _list_a_retirement(site: Site, new: Site, key_id: str) -> None:
    said = body({"at": "2026-01-31T09:00:00Z", "key": key_id, "wraps": 1})
    tombstones.add(listed(site), [new.private_key.author().entry(Head(9, bytes(32)), "retire", said)])


def _turn(site: Site) -> Site:
    """Put another escrow key in force; return the site with it."""
    secrets = open_secrets(site.folder / "escrow.key", PASSPHRASE)
    out = site.folder.parent / "successor"
    rotate(site.url, site.keys, secrets, NewKey("local:x25519", PASSPHRASE, NO_ACCESS), out=out, now=NOW)
    (site.folder / "escrow.pub").write_bytes((out / "escrow.pub").read_bytes())
    return Site(site.folder, open_private_key(out / "escrow.key", PASSPHRASE), site.url)


def test_a_drill_beside_the_living_escrow_changes_nothing_of_it(sqlite_site: Site) -> None:
    site = sqlite_site
    site.put("a", rows(3, "a"))
    saved = save(site)
    register(site)
    require(site, 2)
    for name in ("one", "two"):
        url = f"sqlite:///{site.folder.parent / name}/escrow.db"
        report = restore(saved, url, site.keys, private_key=site.private_key, now=NOW)
        assert report.n_decided == 4
        verify(url, site.keys)
        verify(site.url, site.keys)


def test_a_decision_made_otherwise_meanwhile_is_settled(sqlite_site: Site) -> None:
    """What a drill decides, the living escrow owes, for there is one list."""
    site = sqlite_site
    saved = save(site)
    url = f"sqlite:///{site.folder.parent / 'drill'}/escrow.db"
    restore(saved, url, site.keys, private_key=site.private_key, now=NOW)
    drill = Site(site.folder, site.private_key, url)
    register(drill)
    require(drill, 3)
    with pytest.raises(
        EscrowError, match="4 decisions of custody on the list of tombstones are not in the log"
    ):
        verify(site.url, site.keys)
    with pytest.raises(EscrowError, match="registered before"):
        register(site, "office")
    with pytest.raises(EscrowError, match="3 approvals are needed already"):
        require(site, 2)
    verify(site.url, site.keys)
    verify(url, site.keys)


# log and list


def test_a_decision_the_list_has_and_the_log_lost_is_made_again(
    guarded: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = approved(guarded)
    with monkeypatch.context() as patch:
        patch.setattr("deid.escrow.decisions.tombstones.add", _then_dies())
        with pytest.raises(KeyboardInterrupt):
            dismiss(guarded, "audit")
    with pytest.raises(
        EscrowError, match="1 decisions of custody on the list of tombstones are not in the log"
    ):
        verify(guarded.url, guarded.keys)
    with pytest.raises(EscrowError, match="has 1 of 2 approvals"):
        run(guarded, request)
    verify(guarded.url, guarded.keys)


def _then_dies() -> Callable[..., None]:
    add = tombstones.add

    def adds(path: Path, entries: Any) -> None:
        entries = [*entries]
        add(path, entries)
        if entries:
            raise KeyboardInterrupt

    return adds


def test_a_list_that_lacks_a_decision_is_found_and_not_restored_with(guarded: Site) -> None:
    saved, whole = save(guarded), listed(guarded).read_bytes()
    listed(guarded).write_bytes(b"".join(whole.splitlines(keepends=True)[:-1]))
    with pytest.raises(EscrowError, match="1 decisions of custody in the log are missing") as caught:
        verify(guarded.url, guarded.keys)
    assert "bring the lists together" in (caught.value.hint or "")
    with pytest.raises(EscrowError, match="1 destructions or decisions in the backup are not on this list"):
        put_back(guarded, saved)


def test_lists_of_two_hosts_are_joined_end_to_end(guarded: Site) -> None:
    ours = listed(guarded).read_bytes()
    dismiss(guarded, "audit")
    listed(guarded).write_bytes(ours + listed(guarded).read_bytes())
    verify(guarded.url, guarded.keys)
    saved = save(guarded)
    assert put_back(guarded, saved) == 0


def test_a_decision_somebody_else_signed_is_not_read(guarded: Site) -> None:
    line = listed(guarded).read_text().splitlines()[-1]
    listed(guarded).write_text(line.replace('"quorum"', '"refusal"') + "\n")
    with pytest.raises(EscrowError, match="damaged or not signed"):
        verify(guarded.url, guarded.keys)


def test_what_decisions_say_is_as_it_is_documented(guarded: Site) -> None:
    """Byte by byte: sorted names, no spaces, and no other names."""
    saved, request = save(guarded), approved(guarded)
    run(guarded, request)
    dismiss(guarded, "audit")
    put_back(guarded, saved)
    with guarded.sql() as db:
        query = "SELECT kind, body, hash FROM log WHERE author = 'custodian' ORDER BY seq"
        said = [(kind, bytes(text), bytes(digest)) for kind, text, digest in db.execute(query)]
    at, office = '"at":"2026-01-31T09:00:00Z"', PEOPLE["office"].author(guarded.private_key.escrow_id).name
    audit = PEOPLE["audit"].author(guarded.private_key.escrow_id).name
    key = public_of("office").public.hex()
    (_, spent), (_, gone) = [(each["kind"], each["hash"]) for each in _lines(guarded) if each["n"] > 3][:2]
    bodies = [body.decode() for _, body, _ in said]
    assert bodies[0] == f'{{"approver":"{office}",{at},"name":"office","public":"{key}"}}'
    assert bodies[3] == f'{{"approvals":2,{at}}}'
    assert bodies[4] == f'{{{at},"backup":"2026-01-31T09:00:00Z"}}'
    assert bodies[5:] == [
        f'{{{at},"of":"{spent}","request":"{request}"}}',
        f'{{"approver":"{audit}",{at},"of":"{gone}"}}',
    ]
    assert [kind for kind, _, _ in said][4:] == ["restore", "spent", "dismiss"]


def _lines(site: Site) -> list[dict[str, Any]]:
    return [json.loads(line) for line in listed(site).read_text().splitlines()]


# from the start


def test_a_number_of_approvals_from_the_start_is_founded_with_the_escrow(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/vault/e.db"
    info = init_escrow(url, tmp_path / "keys", passphrase=PASSPHRASE, now=NOW, approvals=2)
    assert verify(url, info.keys).size == 2
    site = Site(tmp_path / "keys", open_private_key(info.private_key, PASSPHRASE), url)
    with pytest.raises(EscrowError, match="needs 2 approvals"):
        reveal(site, "a0")


def test_an_escrow_whose_number_of_approvals_fails_is_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    appended = LogTables.append

    def once(log: LogTables, entry: Any) -> int:
        if entry.kind == "quorum":
            raise KeyboardInterrupt
        return appended(log, entry)

    monkeypatch.setattr(LogTables, "append", once)
    with pytest.raises(KeyboardInterrupt):
        init_escrow(
            f"sqlite:///{tmp_path}/e/e.db", tmp_path / "e", passphrase=PASSPHRASE, now=NOW, approvals=1
        )
    assert not (tmp_path / "e").exists()


@pytest.mark.parametrize("approvals", [-1, 17])
def test_a_number_of_approvals_that_makes_no_sense(tmp_path: Path, approvals: int) -> None:
    with pytest.raises(InputError, match="approvals must be 0 to 16"):
        init_escrow(
            f"sqlite:///{tmp_path}/e/e.db",
            tmp_path / "e",
            passphrase=PASSPHRASE,
            now=NOW,
            approvals=approvals,
        )
    assert not (tmp_path / "e").exists()


def test_an_approvers_name_put_in_the_table_by_hand_counts_for_nothing(guarded: Site) -> None:
    """Else `retire NAME` would retire another, and approvals would be shown under a name nobody gave."""
    approved(guarded)
    guarded.tamper("UPDATE approver SET name = 'x' WHERE name = 'legal'")
    guarded.tamper("UPDATE approver SET name = 'legal' WHERE name = 'audit'")
    acts: tuple[Callable[[], object], ...] = (
        lambda: standing(guarded),
        lambda: dismiss(guarded, "legal"),
        lambda: register(guarded, "stranger"),
    )
    for act in acts:
        with pytest.raises(EscrowError, match="the record of custody is damaged"):
            act()


def test_a_database_put_back_to_before_approvals_is_not_opened_on_one_word(
    sqlite_site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    """Copied back as a file, no restore sees it; `deid reveal run --record` holds it to the list first."""
    site = sqlite_site
    site.put("a", rows(3, "a"))
    put_older_back = site.keep()
    register(site)
    require(site, 2)
    put_older_back()
    release, word = site.folder.parent / "release", site.folder.parent / "word"
    release.mkdir()
    (release / "manifest.json").write_text('{"escrow": {"batches": {}}}')
    word.write_bytes(PASSPHRASE)
    asked = ["--release", str(release), "--record", "a0", "--purpose", "p", "--requester", "r"]
    where = ["--escrow", site.url, "--keys", site.keys, "--passphrase-file", str(word)]
    assert main(["reveal", "run", *asked, *where, "--to-terminal"]) == EscrowError.exit_code
    captured = capsys.readouterr()
    assert (captured.out, "a reveal of this escrow needs 2 approvals" in captured.err) == ("", True)
    verify(site.url, site.keys)


def test_settling_changes_nothing_where_nothing_is_lost(guarded: Site, tmp_path: Path) -> None:
    size, lines = verify(guarded.url, guarded.keys).size, listed(guarded).read_bytes()
    assert settle_decisions(guarded.url, guarded.keys, private_key=guarded.private_key, now=NOW) == 0
    assert (verify(guarded.url, guarded.keys).size, listed(guarded).read_bytes()) == (size, lines)
    fresh = found(tmp_path / "fresh", f"sqlite:///{tmp_path / 'fresh' / 'escrow.db'}")
    settle_decisions(fresh.url, fresh.keys, private_key=fresh.private_key, now=NOW)
    assert not listed(fresh).exists()
