"""A-34: a pseudonymized set goes to processors and announced joint users, and to no third party."""

import datetime
from pathlib import Path
from typing import Any

import pytest

from deid.errors import ConfigError, ReleaseRefused
from deid.papers.notices import Bilingual
from deid.provision.provide import Provision, provide
from deid.provision.publish import publish
from deid.provision.recipients import JointUse, Recipient
from deid.provision.register import Event, Register
from paper_samples import NOW, TODAY, source

METHOD = Bilingual("サーバー", "server")
JOINT = JointUse(
    announced=datetime.date(2026, 4, 1),
    items=("name",),
    scope="the group",
    purposes=("statistics",),
    manager="G K.K.",
)


def give(tmp_path: Path, **recipient: Any) -> Event:
    given: dict[str, Any] = {"name": "R", "agreement": "A-1", "purposes": ("statistics",), "country": "JP"}
    return provide(
        source(tmp_path, "pseudonymize"),
        tmp_path / "bundle",
        Provision(recipient="r", on=TODAY, method=METHOD),
        recipients={"r": Recipient(**{**given, **recipient})},
        register=Register.open(tmp_path / "register.jsonl"),
        now=NOW,
    )


def test_not_to_third_parties(tmp_path: Path) -> None:
    with pytest.raises(ReleaseRefused, match=r"not for third parties \(APPI article 41\(6\), 42\)"):
        give(tmp_path, kind="third-party")
    assert not (tmp_path / "bundle").exists()


def test_no_publication_can_announce_it(tmp_path: Path) -> None:
    register = Register.open(tmp_path / "register.jsonl")
    with pytest.raises(ConfigError, match="not provided to third parties"):
        publish(source(tmp_path, "pseudonymize"), register, on=TODAY, where="x", method=METHOD, now=NOW)
    assert not register.path.exists()


def test_to_a_processor_with_an_agreement_and_recorded(tmp_path: Path) -> None:
    event = give(tmp_path, kind="processor")
    assert event.facts["basis"] == "entrustment: APPI articles 41(6), 42(2), 27(5)(i)"
    assert event.facts["agreement"] == "A-1"
    assert Register.open(tmp_path / "register.jsonl").events == (event,)
    assert "仮名加工情報" in (tmp_path / "bundle" / "papers" / "recipient.ja.md").read_text("utf-8")


def test_not_to_a_processor_without(tmp_path: Path) -> None:
    with pytest.raises(ReleaseRefused, match=r"recipient: agreement \(REQUIREMENTS O-22\) is missing"):
        give(tmp_path, kind="processor", agreement="")


def test_not_for_a_purpose_outside_the_agreement(tmp_path: Path) -> None:
    with pytest.raises(ReleaseRefused, match="purpose `statistics` is not in the agreement"):
        give(tmp_path, kind="processor", purposes=("service-improvement",))


def test_to_a_joint_user_as_announced(tmp_path: Path) -> None:
    assert "27(5)(iii)" in give(tmp_path, kind="joint-user", joint=JOINT).facts["basis"]


@pytest.mark.parametrize("name", ["announced", "items", "scope", "purposes", "manager"])
def test_not_to_a_joint_user_when_something_was_not_announced(tmp_path: Path, name: str) -> None:
    empty = JointUse().model_dump()[name]
    with pytest.raises(
        ReleaseRefused, match=rf"recipient: joint\.{name} \(APPI article 27\(5\)\(iii\)\) is missing"
    ):
        give(tmp_path, kind="joint-user", joint=JOINT.model_copy(update={name: empty}))


def test_not_to_a_joint_user_when_nothing_was(tmp_path: Path) -> None:
    with pytest.raises(ReleaseRefused) as caught:
        give(tmp_path, kind="joint-user")
    assert len(caught.value.violations) == 5
