"""A-36: a bundle and its deleted information land in two stores, and a purpose has its due date."""

import datetime
import stat
from pathlib import Path
from typing import Any

import pytest

from deid.cli import main
from deid.errors import EscrowError, InputError, ReleaseRefused
from deid.policies import load_policy
from deid.provision.publish import publish
from deid.provision.receive import Arrival, receive
from deid.provision.register import Event, Register
from deid.provision.tasks import tasks
from paper_samples import NOW, TODAY, make_release, source


def arrive(tmp_path: Path, mode: str = "pseudonymize", purpose: str | None = None, **changes: Any) -> Event:
    (tmp_path / "post").mkdir()
    (tmp_path / "post" / "deleted.bin").write_bytes(b"sealed")
    places = {
        "bundle": make_release(tmp_path / "bundle", mode),
        "data": tmp_path / "data",
        "deleted": tmp_path / "post" / "deleted.bin",
        "vault": tmp_path / "vault",
        **changes,
    }
    return receive(
        Arrival(**places), register(tmp_path), policy=load_policy("gmo-air"), purpose=purpose,
        public_key=None, now=NOW,
    )  # fmt: skip


def register(tmp_path: Path) -> Register:
    return Register.open(tmp_path / "register.jsonl")


def test_two_stores(tmp_path: Path) -> None:
    event = arrive(tmp_path, purpose="statistics")
    assert (tmp_path / "data" / "manifest.json").is_file()
    assert (tmp_path / "vault" / "deleted.bin").read_bytes() == b"sealed"
    assert stat.S_IMODE((tmp_path / "vault").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "vault" / "deleted.bin").stat().st_mode) == 0o600
    assert not list((tmp_path / "data").rglob("deleted*"))
    assert event.facts["purpose_due"] is None


@pytest.mark.parametrize("vault", ["data", "data/vault", "."])
def test_one_store_is_refused(tmp_path: Path, vault: str) -> None:
    with pytest.raises(ReleaseRefused, match=r"would lie in one store \(APPI article 41\(2\)\)"):
        arrive(tmp_path, vault=tmp_path / vault, data=tmp_path / "data")
    assert not (tmp_path / "data").exists()
    assert register(tmp_path).events == ()


def test_deleted_information_inside_the_bundle_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseRefused, match="came inside the bundle"):
        arrive(tmp_path, deleted=tmp_path / "bundle" / "README.md")


def test_a_store_for_nothing_and_nothing_for_a_store(tmp_path: Path) -> None:
    with pytest.raises(ReleaseRefused, match="are named together, or neither"):
        arrive(tmp_path, vault=None)


def test_deleted_information_of_an_anonymized_release_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseRefused, match=r"must not be acquired \(APPI article 45\)"):
        arrive(tmp_path, "anonymize", purpose="statistics")


def test_without_a_purpose_one_is_due(tmp_path: Path) -> None:
    event = arrive(tmp_path)
    assert event.facts["purpose_due"] == "2026-11-25"  # 15 business days; 3 and 23 November are holidays
    (task,) = tasks(register(tmp_path), today=TODAY)
    assert (task.what, task.due) == ("publish the purpose of use", datetime.date(2026, 11, 25))
    due = ["release", "due", "--register", str(tmp_path / "register.jsonl"), "--on"]
    assert main([*due, "2026-11-25"]) == 0
    assert main([*due, "2026-11-26"]) == 3
    found = source(tmp_path / "again", "pseudonymize")
    publish(found, register(tmp_path), on=TODAY, where="https://example.org", method=None, now=NOW)
    assert main([*due, "2026-11-26"]) == 0


def test_a_purpose_that_the_policy_does_not_name(tmp_path: Path) -> None:
    with pytest.raises(ReleaseRefused, match="names no purpose `ads`"):
        arrive(tmp_path, purpose="ads")


def test_an_altered_bundle_does_not_come_in(tmp_path: Path) -> None:
    altered = make_release(tmp_path / "altered", "pseudonymize")
    (altered / "README.md").write_text("other")
    with pytest.raises(ReleaseRefused, match=r"README\.md: altered"):
        arrive(tmp_path, bundle=altered)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(InputError, match="exists already"):
        arrive(tmp_path)


def test_nothing_is_left_when_the_register_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = register(tmp_path)
    opened.path.write_text("changed meanwhile\n")
    monkeypatch.setattr(Register, "open", lambda _path: opened)
    with pytest.raises(EscrowError, match="the register was changed here"):
        arrive(tmp_path)
    assert not (tmp_path / "data").exists()
    assert not (tmp_path / "vault").exists()


@pytest.mark.parametrize("name", ["data", "vault"])
def test_neither_is_made_inside_the_bundle_that_came(tmp_path: Path, name: str) -> None:
    changed: dict[str, Any] = {name: tmp_path / "bundle" / "report" / "in"}
    with pytest.raises(InputError, match="keep it apart from the bundle"):
        arrive(tmp_path, **changed)
    assert register(tmp_path).events == ()
    assert not (tmp_path / "bundle" / "report" / "in").exists()


def test_by_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("providing", "registered"):  # the sample's assessment is due again in time
        monkeypatch.setattr(f"deid.cli.{module}.now", lambda: NOW)
    release = make_release(tmp_path / "bundle", "pseudonymize")
    words = ["release", "receive", str(release), "--register", str(tmp_path / "r"), "--policy", "gmo-air"]
    assert main([*words, "--data", str(tmp_path / "data")]) == 0
    assert "its purpose has to be published by" in capsys.readouterr().err
