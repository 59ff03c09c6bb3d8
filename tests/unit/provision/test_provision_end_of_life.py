"""Reassessment, status change, what is due, and the facts of an incident (O-26, O-28)."""

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from deid.errors import InputError, ReleaseRefused
from deid.papers.notices import Bilingual
from deid.provision.incident import incident_report
from deid.provision.provide import Provision, provide
from deid.provision.publish import publish
from deid.provision.reassess import declassify, reassess
from deid.provision.recipients import Recipient
from deid.provision.register import Event, Register
from deid.provision.tasks import tasks
from paper_samples import NOW, TODAY, source

METHOD = Bilingual("サーバー", "server")
HOLDS = {"gate": "controlled", "checks": [{"name": "k", "passed": True}]}
FAILS = {
    "gate": "controlled",
    "checks": [{"name": "k", "passed": True}, {"name": "L2: success", "passed": False}],
}
RECIPIENT = Recipient(name="Lab", kind="third-party", agreement="A-1", purposes=("statistics",), country="JP")
DAY = datetime.timedelta(days=1)


def opened(tmp_path: Path) -> Register:
    return Register.open(tmp_path / "register.jsonl")


def give(tmp_path: Path, found: Any, out: str = "bundle") -> None:
    provide(
        found, tmp_path / out, Provision(recipient="lab", on=TODAY + DAY, method=METHOD),
        recipients={"lab": RECIPIENT}, register=opened(tmp_path), now=NOW,
    )  # fmt: skip


def again(found: Any, tmp_path: Path, risk: dict[str, Any]) -> Event:
    """Enter a result of an attack on this release."""
    return reassess(found, opened(tmp_path), {"manifest": found.digest, **risk}, now=NOW)


def announced(tmp_path: Path) -> Any:
    found = source(tmp_path)
    publish(found, opened(tmp_path), on=TODAY, where="https://example.org", method=METHOD, now=NOW)
    return found


def test_an_assessment_that_holds_is_due_again_after_as_long(tmp_path: Path) -> None:
    event = again(source(tmp_path), tmp_path, HOLDS)
    assert (event.kind, event.facts["next"]) == ("reassessment", "2027-11-02")


def test_one_that_fails_changes_the_status(tmp_path: Path) -> None:
    found = announced(tmp_path)
    give(tmp_path, found)
    event = again(found, tmp_path, FAILS)
    assert event.kind == "status"
    assert event.facts == {
        "on": "2026-11-02", "gate": "controlled", "from": "anonymous", "to": "pseudonymous",
        "failed": ["L2: success"], "expires": "2026-12-02", "holders": ["lab"],
    }  # fmt: skip
    with pytest.raises(ReleaseRefused, match=r"counts as pseudonymous since 2026-11-02 \(O-26\)"):
        give(tmp_path, found, "again")


@pytest.mark.parametrize("risk", [{}, {"checks": []}, {"gate": None, "checks": None}, {"checks": "k"}])
def test_a_result_without_checks_shows_nothing(tmp_path: Path, risk: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="names no checks"):
        reassess(source(tmp_path), opened(tmp_path), risk, now=NOW)


@pytest.mark.parametrize("check", [1, {}, {"name": "k"}, {"passed": True}, {"name": "k", "passed": "no"}])
def test_a_check_that_cannot_be_read_shows_nothing(tmp_path: Path, check: object) -> None:
    with pytest.raises(InputError, match="a check without `name`"):
        again(source(tmp_path), tmp_path, {"gate": "controlled", "checks": [check]})
    assert opened(tmp_path).events == ()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"manifest": "0" * 64}, "not of this manifest of sample"),
        ({"manifest": None}, "not of this manifest of sample"),
        ({"gate": "internal"}, "of gate `internal`; the release passed `controlled`"),
        ({"gate": None}, "names no gate"),
    ],
)
def test_a_result_of_something_else_shows_nothing(
    tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        again(source(tmp_path), tmp_path, {**HOLDS, **changes})
    assert opened(tmp_path).events == ()


def test_a_pseudonymized_release_has_no_such_status(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="personal data whatever an attack finds"):
        reassess(source(tmp_path, "pseudonymize"), opened(tmp_path), HOLDS, now=NOW)


def test_what_is_due_and_when(tmp_path: Path) -> None:
    found = announced(tmp_path)
    (task,) = tasks(opened(tmp_path), today=TODAY)
    assert (task.what, task.due.isoformat(), task.overdue) == ("assess again", "2027-10-30", False)
    again(found, tmp_path, HOLDS)
    (task,) = tasks(opened(tmp_path), today=datetime.date(2027, 11, 3))
    assert (task.n, task.due.isoformat(), task.overdue) == (2, "2027-11-02", True)
    again(found, tmp_path, FAILS)
    (task,) = tasks(opened(tmp_path), today=TODAY)
    assert task.what == "call back and delete; tell nobody"


def test_nothing_is_provided_after_its_assessment_is_due(tmp_path: Path) -> None:
    found = announced(tmp_path)
    late = Provision(recipient="lab", on=datetime.date(2027, 10, 31), method=METHOD)
    arguments: dict[str, Any] = {"recipients": {"lab": RECIPIENT}, "now": NOW}
    with pytest.raises(ReleaseRefused, match="its assessment was due again on 2027-10-30"):
        provide(found, tmp_path / "bundle", late, register=opened(tmp_path), **arguments)
    again(found, tmp_path, HOLDS)
    provide(found, tmp_path / "bundle", late, register=opened(tmp_path), **arguments)


def test_the_facts_of_an_incident(tmp_path: Path) -> None:
    found = announced(tmp_path)
    give(tmp_path, found)
    report = incident_report(found, opened(tmp_path), entries_since=None)
    assert report["items"][0] == {"ja": "会話の内容", "en": "content of conversations"}
    assert (report["persons"], report["records"], report["recipients"]) == ("100 to 999", 340, ["lab"])
    assert report["absent_data_found"] == {"CREDIT_CARD": 2}
    assert report["escrow"]["entries_since_release"] == 0
    assert json.loads(json.dumps(report)) == report


@pytest.mark.parametrize("entries", [None, 0, 3])
def test_whether_the_escrow_was_touched(tmp_path: Path, entries: int | None) -> None:
    report = incident_report(source(tmp_path, "pseudonymize"), opened(tmp_path), entries_since=entries)
    assert report["escrow"]["entries_since_release"] == entries


def test_a_release_is_declassified_once(tmp_path: Path) -> None:
    found = announced(tmp_path)
    give(tmp_path, found)
    event = declassify(found, opened(tmp_path), why="cookies were joined to accounts", now=NOW)
    assert (event.kind, event.facts["to"], event.facts["holders"]) == ("status", "pseudonymous", ["lab"])
    assert event.facts["expires"] == "2026-12-02"
    with pytest.raises(ReleaseRefused, match="counts as pseudonymous since"):
        give(tmp_path, found, "again")
    with pytest.raises(InputError, match="pseudonymous already"):
        declassify(found, opened(tmp_path), why="again", now=NOW)


def test_what_was_pseudonymized_cannot_fall(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="pseudonymous already"):
        declassify(source(tmp_path, "pseudonymize"), opened(tmp_path), why="no", now=NOW)
