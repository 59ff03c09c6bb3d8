"""No text and no id of a person in any file that a life of an escrow writes, write-ahead logs included."""

import base64
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import escrow_admin
import pytest
from escrow_custody import ask, register, require, run, say_yes
from escrow_site import NOW, Site

from deid.escrow import Expired, SealedRecord, backup, checkpoint, expire, restore, shred, verify
from postgresserver import PostgresServer, files_in

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")

TEXT, RECORD, SUBJECT = "marzipan 美咲 of the text", "conversation-quince", "person-tamarillo"
# The name of a run stands in clear, so it is found: the search finds what is there.
CONTROL = "run-sextant"


def forms(text: str) -> set[bytes]:
    """The ways in which a file might hold a text."""
    plain = text.encode()
    hexed = plain.hex().encode()
    return {
        plain, text.encode("utf-16-le"), text.encode("utf-16-be"), hexed, hexed.upper(), plain[::-1],
        base64.b64encode(plain).rstrip(b"="), base64.urlsafe_b64encode(plain).rstrip(b"="),
        base64.b32encode(plain).rstrip(b"="), text.encode("unicode_escape"),
    }  # fmt: skip


def holders(folders: list[Path], *texts: str) -> list[str]:
    """Name the files that hold a text in any form."""
    wanted = {form for text in texts for form in forms(text)}
    n_files, found = 0, list[str]()
    for path, data in chain.from_iterable(map(files_in, folders)):  # one at a time: logs are large
        n_files += 1
        found += [f"{path}"] if any(form in data for form in wanted) else []
    assert n_files >= 5
    return found


def steps(site: Site, saved: Path) -> Iterator[None]:
    """Live a whole life, a step at a time."""
    with site.writer(CONTROL) as writer:
        writer.put("a", [SealedRecord(f"{RECORD}-{n}", SUBJECT, TEXT.encode()) for n in range(40)])
        yield  # a writer at work
    register(site)
    require(site, 1)
    request = ask(site, f"{RECORD}-1", f"{RECORD}-2")
    say_yes(site, request, "legal")
    assert b"marzipan" in next(iter(run(site, request).values()))[0]
    say_yes(site, ask(site, subject=SUBJECT, maximum=50), "audit")
    yield
    backup(site.url, site.keys, saved, now=NOW)
    checkpoint(site.url, site.keys, now=NOW)
    shred(site.url, site.keys, subject=SUBJECT, why="request 7", now=NOW)
    yield
    if site.on_postgres:
        escrow_admin.drop(site.url)
        escrow_admin.create(site.url)
    for path in site.folder.glob("escrow.db*"):
        path.unlink()
    restore(saved, site.url, site.keys, private_key=site.private_key, now=NOW)
    yield
    expire(site.url, site.keys, Expired(run_id=CONTROL), why="kept a year", now=NOW)
    verify(site.url, site.keys)
    yield


def look(site: Site, folders: list[Path]) -> None:
    saved, n_steps = site.folder.parent / "saved", 0
    for n_steps, _ in enumerate(steps(site, saved), 1):  # noqa: B007 - the last number is the count
        assert holders(folders, TEXT, "marzipan", RECORD, SUBJECT) == []
        assert holders(folders, CONTROL)
    assert n_steps == 5


def test_beside_sqlite(sqlite_site: Site) -> None:
    look(sqlite_site, [sqlite_site.folder.parent])


@pytest.mark.slow
def test_in_the_data_of_a_postgresql_server(mortal: tuple[PostgresServer, Site]) -> None:
    """A server of its own: only what this life wrote is searched."""
    own, site = mortal
    look(site, [site.folder.parent, own.folder])


@pytest.mark.parametrize("text", [TEXT, RECORD, SUBJECT])
def test_the_search_finds_a_text_in_every_form(tmp_path: Path, text: str) -> None:
    for number, form in enumerate(sorted(forms(text))):
        folder = tmp_path / str(number)
        folder.mkdir()
        for name in "abcdef":
            (folder / name).write_bytes(b"header " + form + b" trailer" if name == "d" else b"nothing")
        assert holders([folder], text) == [f"{folder / 'd'}"]
