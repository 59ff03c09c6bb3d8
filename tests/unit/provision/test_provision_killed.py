"""A provision killed after it was entered and before its bundle got its name: the same call completes it."""

import datetime
from pathlib import Path
from typing import Any

import pytest

from deid.errors import InputError
from deid.papers.notices import Bilingual
from deid.papers.source import read_source
from deid.provision.bundle import verify_bundle
from deid.provision.provide import Provision, provide
from deid.provision.recipients import Recipient
from deid.provision.register import Event, Register
from paper_samples import NOW, TODAY, make_release

PROCESSOR = Recipient(name="R", kind="processor", agreement="A-1", purposes=("statistics",), country="JP")


def give(tmp_path: Path, on: datetime.date = TODAY) -> Event:
    sample = tmp_path / "sample"
    if not sample.exists():
        make_release(sample, "pseudonymize")
    return provide(
        read_source(sample, public_key=None),
        tmp_path / "bundle",
        Provision(recipient="r", on=on, method=Bilingual("サーバー", "server")),
        recipients={"r": PROCESSOR},
        register=Register.open(tmp_path / "register.jsonl"),
        now=NOW,
    )


def killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave what SIGKILL leaves when the record was made and the bundle has not its name yet."""
    real = Register.append

    def entered(self: Register, *values: Any, **options: Any) -> Event:
        real(self, *values, **options)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Register, "append", entered)
        with pytest.raises(KeyboardInterrupt):
            give(tmp_path)
    (tmp_path / ".bundle.partial" / "lock").touch()
    assert not (tmp_path / "bundle").exists()


def events(tmp_path: Path) -> tuple[Event, ...]:
    return Register.open(tmp_path / "register.jsonl").events


def test_the_same_call_gives_the_bundle_its_name_and_enters_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed(tmp_path, monkeypatch)
    (before,) = events(tmp_path)
    assert give(tmp_path) == before
    assert events(tmp_path) == (before,)
    verify_bundle(tmp_path / "bundle", public_key=None)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bundle", "register.jsonl", "sample"]


def test_another_provision_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed(tmp_path, monkeypatch)
    later = TODAY + datetime.timedelta(days=1)
    assert give(tmp_path, later).facts["on"] == later.isoformat()
    assert len(events(tmp_path)) == 2


def test_what_is_not_whole_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed(tmp_path, monkeypatch)
    (tmp_path / ".bundle.partial" / "new" / "papers" / "recipient.ja.md").write_text("altered")
    give(tmp_path)
    assert len(events(tmp_path)) == 2
    verify_bundle(tmp_path / "bundle", public_key=None)


def test_an_entered_bundle_stays_where_it_cannot_get_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.rename

    def interrupted(self: Path, target: Path) -> Path:
        if target.name == "bundle":
            raise KeyboardInterrupt
        return real(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", interrupted)
        with pytest.raises(KeyboardInterrupt):
            give(tmp_path)
    (before,) = events(tmp_path)
    assert give(tmp_path) == before
    assert events(tmp_path) == (before,)
    verify_bundle(tmp_path / "bundle", public_key=None)


def test_nothing_is_entered_for_a_link_to_nowhere(tmp_path: Path) -> None:
    (tmp_path / "bundle").symlink_to("nowhere")
    with pytest.raises(InputError, match="exists already"):
        give(tmp_path)
    assert events(tmp_path) == ()
