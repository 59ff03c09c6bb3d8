"""A-11, before it: which releases hold the person who wants to be deleted, as far as anybody can say."""

import json
from pathlib import Path
from typing import Any

import pytest
from acceptance_run import crowd, person, place, run

from deid.cli import main

Says = pytest.CaptureFixture[str]


def ask(capsys: Says, *options: str) -> list[dict[str, Any]]:
    assert main(["release", "subjects", *options, "--json"]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def two_releases(folder: Path) -> tuple[str, str]:
    """One with u1 in two records, one without, both sealed in the escrow of ``folder``."""
    people = [*crowd(), person("u1", "I grow tamarillos"), {**person("u1", "and cherimoyas"), "id": "c-2"}]
    run(folder, people, "pseudonymize")
    (folder / "out").rename(folder / "first")
    _, url, _, keys = place(folder)
    run(folder, crowd(), "pseudonymize", escrow={"url": url, "keys": keys})
    (folder / "out").rename(folder / "second")
    return str(folder / "first"), str(folder / "second")


def test_the_releases_that_hold_somebody_are_told(tmp_path: Path, capsys: Says) -> None:
    first, second = two_releases(tmp_path)
    capsys.readouterr()
    found = ask(capsys, first, second, *place(tmp_path), "--who", "u1", "--who", "nobody")
    assert [one["who"] for one in found] == [{"u1": 2, "nobody": 0}, {"u1": 0, "nobody": 0}]
    assert [(one["people"], one["records"]) for one in found] == [(13, 14), (12, 12)]


def test_no_row_of_it_links_a_person_to_a_released_id(tmp_path: Path, capsys: Says) -> None:
    first, _ = two_releases(tmp_path)
    capsys.readouterr()
    assert main(["release", "subjects", first, *place(tmp_path), "--who", "u1"]) == 0
    header, *_, row = capsys.readouterr().out.splitlines()
    assert (header.split(), row.split()) == (["RELEASE", "WHO", "RECORDS"], [first, "u1", "2"])


def test_a_shredded_person_is_found_no_more(tmp_path: Path, capsys: Says) -> None:
    first, _ = two_releases(tmp_path)
    certificate = str(tmp_path / "c.json")
    shred = ["shred", *place(tmp_path), "--subject", "u1", "--why", "case 4", "-o", certificate]
    assert main(shred) == 0
    capsys.readouterr()
    (found,) = ask(capsys, first, *place(tmp_path), "--who", "u1")
    assert (found["people"], found["shredded"], found["who"]) == (12, 2, {"u1": 0})


def test_of_an_anonymized_release_nobody_can_say(tmp_path: Path, capsys: Says) -> None:
    run(tmp_path, [*crowd(), person("u1")], "anonymize")
    capsys.readouterr()
    release = str(tmp_path / "out")
    assert main(["release", "subjects", release, "--who", "u1"]) == 0
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert said.err.endswith("nobody can say who is in it\n")
    (found,) = ask(capsys, release, "--who", "u1")
    assert (found["records"], found["people"], found["shredded"], found["who"]) == (13, None, None, None)


def test_nothing_is_told_without_the_right_escrow(tmp_path: Path, capsys: Says) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        run(tmp_path / name, crowd(), "pseudonymize")
    ask_of = ["release", "subjects", str(tmp_path / "a" / "out"), "--who", "plain-1"]
    assert main(ask_of) == 2  # no escrow at all
    assert main([*ask_of, *place(tmp_path / "b")]) == 4
    assert main([*ask_of, *place(tmp_path / "a")[:2]]) == 2
    assert main([*ask_of[:-1], "", *place(tmp_path / "a")]) == 2
    assert main(["release", "subjects", str(tmp_path / "a"), *place(tmp_path / "a")]) != 0
    assert capsys.readouterr().out == ""


def test_an_altered_release_tells_nothing(tmp_path: Path, capsys: Says) -> None:
    run(tmp_path, crowd(), "pseudonymize")
    (tmp_path / "out" / "README.md").write_text("another", encoding="utf-8")
    capsys.readouterr()
    assert main(["release", "subjects", str(tmp_path / "out"), *place(tmp_path)]) == 3
    assert capsys.readouterr().out == ""
