"""A-11, what follows: a pseudonymized release is made again without the person, all else equal; then keys go.

Tokens and texts of others stay as they were, holders of the old one are named until they have the new one,
and who would be left with too few like them goes too.
"""

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from acceptance_run import NOW, crowd, custodian, person, place, released, run

from deid.cli import main
from deid.errors import InputError
from deid.papers.notices import Bilingual
from deid.papers.source import read_source
from deid.pipeline.remaking.rebuild import Rebuilt, Without, rebuild
from deid.provision.provide import Provision, provide
from deid.provision.rebuilt import enter_rebuilt
from deid.provision.recipients import Recipient
from deid.provision.register import Register
from deid.provision.tasks import tasks
from deid.release.verify import verify
from deid.store import sha256_file

PROCESSOR = Recipient(name="Lab", kind="processor", agreement="A-1", purposes=("statistics",), country="JP")
METHOD = Bilingual("サーバー", "server")


def again(folder: Path, who: str = "u1", out: str = "again", release: str = "out") -> Rebuilt:
    _, url, _, keys = place(folder)
    return rebuild(
        folder / release, out=folder / out, without=Without(subject=who, url=url, keys=keys), now=NOW
    )


def rows(folder: Path) -> Iterator[Any]:
    for path in sorted((folder / "data").iterdir()):
        yield from pq.read_table(path).to_pylist()


def test_the_person_is_gone_and_everybody_else_as_they_were(tmp_path: Path) -> None:
    people = [*crowd(), person("u1", "I grow tamarillos"), {**person("u1", "and cherimoyas"), "id": "c-2"}]
    run(tmp_path, people, "pseudonymize")
    done = again(tmp_path)
    before = {row["id"]: row for row in released(tmp_path)}
    after = {row["id"]: row for row in rows(tmp_path / "again")}
    assert (done.removed, done.others, len(after)) == (2, 0, len(before) - 2)
    assert all(before[name] == row for name, row in after.items())
    assert verify(tmp_path / "again", public_key=None).rows == len(after)
    for word in ("tamarillos", "cherimoyas"):
        assert word not in str(after)
    assert done.manifest["previous"]["manifest"] == sha256_file(tmp_path / "out" / "manifest.json")
    assert done.manifest["kanon"]["k"] == done.manifest["kanon"]["subjects"] == len(crowd())
    assert done.manifest["counts"]["records"] == len(after)


def test_what_remains_can_still_be_restored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = [*crowd(), person("u1"), person("u2", "mail jess.kept@mail.example")]
    run(tmp_path, people, "pseudonymize")
    again(tmp_path)
    (row,) = [row for row in rows(tmp_path / "again") if "EMAIL" in str(row)]
    shred = ["shred", *place(tmp_path), "--subject", "u1", "--why", "case 4", "-o", str(tmp_path / "c.json")]
    assert main(shred) == 0
    options = ("--release", str(tmp_path / "again"), "--record", row["id"])
    reveal = custodian(
        tmp_path, "reveal run", *options, "--purpose", "t", "--requester", "t", "--to-terminal"
    )
    assert main(reveal) == 0
    assert "jess.kept@mail.example" in capsys.readouterr().out


def test_who_would_have_too_few_like_them_goes_too(tmp_path: Path) -> None:
    old = [person(f"old-{n}", f"I baked bread number {n}", age=62) for n in range(5)]
    run(tmp_path, [*crowd(), *old], "pseudonymize")
    done = again(tmp_path, "old-0")
    assert (done.removed, done.others) == (1, 4)
    assert {row["profile"]["age"] for row in rows(tmp_path / "again")} == {"30-39"}
    k = next(gate for gate in done.manifest["gates"] if gate["name"] == "k")
    assert k["value"] == done.manifest["kanon"]["k"] >= 5


def test_what_is_said_in_text_counts_too(tmp_path: Path) -> None:
    """Five who say where they live are alike; without one of them, they are four."""
    town = [person(f"town-{n}", f"I live in Sapporo and baked loaf {n}") for n in range(5)]
    run(tmp_path, [*crowd(), *town], "pseudonymize")
    assert again(tmp_path, "town-0").others == 4


@pytest.mark.parametrize("mode", ["anonymize", "pseudonymize"])
def test_refused_where_nothing_is_theirs_or_nothing_may_change(tmp_path: Path, mode: str) -> None:
    (tmp_path / "other").mkdir()
    run(tmp_path, crowd(), mode)
    if mode == "anonymize":
        run(tmp_path / "other", crowd(), "pseudonymize")  # an escrow, of another release
        _, url, _, keys = place(tmp_path / "other")
        with pytest.raises(InputError, match="not made in pseudonymize mode"):
            rebuild(
                tmp_path / "out", out=tmp_path / "again",
                without=Without(subject="u", url=url, keys=keys), now=NOW,
            )  # fmt: skip
    else:
        with pytest.raises(InputError, match="nothing in it is of this person"):
            again(tmp_path, "nobody")
    assert not (tmp_path / "again").exists()


def test_holders_are_named_until_they_have_the_new_one(tmp_path: Path) -> None:
    run(tmp_path, [*crowd(), person("u1")], "pseudonymize")
    path = tmp_path / "register.jsonl"
    tomorrow = NOW.date() + datetime.timedelta(days=1)

    def give(release: str, out: str) -> None:
        provide(
            read_source(tmp_path / release, public_key=None), tmp_path / out,
            Provision(recipient="lab", on=tomorrow, method=METHOD),
            recipients={"lab": PROCESSOR}, register=Register.open(path), now=NOW,
        )  # fmt: skip

    give("out", "bundle")
    done = again(tmp_path)
    old = read_source(tmp_path / "out", public_key=None)
    by = sha256_file(done.release / "manifest.json")
    event = enter_rebuilt(old, Register.open(path), by=by, why="case 4", now=NOW)
    assert event.facts["holders"] == ["lab"]
    (task,) = tasks(Register.open(path), today=tomorrow)
    assert (task.overdue, "lab" in task.what) == (True, True)
    with pytest.raises(Exception, match="made again without somebody"):
        give("out", "bundle-of-the-old")
    give("again", "bundle-of-the-new")
    assert tasks(Register.open(path), today=tomorrow) == []


def test_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(tmp_path, [*crowd(), person("u1", "I grow tamarillos")], "pseudonymize")
    register = str(tmp_path / "register.jsonl")
    options = ["--without", "u1", "--why", "case 4", "--register", register, "-o", str(tmp_path / "again")]
    assert main(["release", "rebuild", str(tmp_path / "out"), *place(tmp_path), *options, "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["kind"] == "rebuild"
    assert "u1" not in (tmp_path / "register.jsonl").read_text("utf-8").replace("case 4", "")
    assert main(["release", "verify", str(tmp_path / "again")]) == 0
    assert main(["release", "rebuild", str(tmp_path / "out"), *place(tmp_path), *options]) == 2  # it is there


def test_a_kill_between_the_release_and_its_entry_is_made_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, [*crowd(), person("u1"), person("u2")], "pseudonymize")
    register = tmp_path / "register.jsonl"

    def command(who: str) -> int:
        options = ["--without", who, "--why", "case 4", "--register", str(register)]
        release = [str(tmp_path / "out"), "-o", str(tmp_path / "again")]
        return main(["release", "rebuild", *release, *place(tmp_path), *options])

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("deid.provision.rebuilt.enter_rebuilt", killed)
        assert command("u1") == 130
    assert (tmp_path / "again").is_dir()
    assert not register.exists()
    assert command("u2") == 2  # theirs are in it still
    assert command("u-1") == 2  # nothing was ever theirs
    assert not register.exists()
    assert command("u1") == 0
    assert "was made before, and not entered" in capsys.readouterr().err
    (event,) = Register.open(register).events
    assert event.facts["by"] == sha256_file(tmp_path / "again" / "manifest.json")
    assert command("u1") == 2  # all is done
    assert len(Register.open(register).events) == 1
