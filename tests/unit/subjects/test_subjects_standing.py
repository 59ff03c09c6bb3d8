"""Who may be in a release, entry by entry."""

from pathlib import Path
from typing import Any

import pytest
from subjects_samples import draft, ledger

from deid.subjects.standing import standing


def reason(folder: Path, *drafts: Any, purpose: str | None = None) -> str | None:
    with ledger(folder, *drafts) as made:
        return standing(made, purpose=purpose).reason(["u1"])


@pytest.mark.parametrize(
    ("drafts", "expected"),
    [
        ([], None),
        ([draft("opt-out", "u1")], "opt-out"),
        ([draft("withdrawal", "u1")], "withdrawal"),
        ([draft("deletion", "u1")], "deletion"),
        ([draft("minor", "u1")], "minor"),
        ([draft("history-cleared", "u1")], "history-cleared"),
        ([draft("complaint", "u1")], None),
        ([draft("consent", "u1")], None),
        ([draft("opt-out", "u2")], None),
        # a later consent takes an objection back, not a deletion and not an age
        ([draft("opt-out", "u1"), draft("consent", "u1")], None),
        ([draft("withdrawal", "u1"), draft("consent", "u1")], None),
        ([draft("deletion", "u1"), draft("consent", "u1")], "deletion"),
        ([draft("minor", "u1"), draft("consent", "u1")], "minor"),
        ([draft("deletion", "u1"), draft("opt-out", "u1")], "deletion"),
        ([draft("opt-out", "u1"), draft("deletion", "u1")], "deletion"),
        ([draft("consent", "u1"), draft("opt-out", "u1")], "opt-out"),
        # done: a deletion stays; a cleared history is in the input no more
        ([draft("deletion", "u1"), draft("done", refers=1)], "deletion"),
        ([draft("history-cleared", "u1"), draft("done", refers=1)], None),
        ([draft("history-cleared", "u1"), draft("consent", "u1")], "history-cleared"),
        ([draft("history-cleared", "u1"), draft("opt-out", "u1"), draft("done", refers=1)], "opt-out"),
        # void: it never was
        ([draft("minor", "u1"), draft("void", refers=1)], None),
        ([draft("opt-out", "u1"), draft("consent", "u1"), draft("void", refers=2)], "opt-out"),
    ],
)
def test_standing(tmp_path: Path, drafts: Any, expected: str | None) -> None:
    assert reason(tmp_path, *drafts) == expected


@pytest.mark.parametrize(
    ("purposes", "purpose", "expected"),
    [
        (("statistics",), "model-training", "purpose-not-consented"),
        (("statistics", "model-training"), "model-training", None),
        ((), "model-training", None),
        (("statistics",), None, "purpose-not-consented"),
        ((), None, None),
    ],
)
def test_purposes_of_the_last_consent(
    tmp_path: Path, purposes: tuple[str, ...], purpose: str | None, expected: str | None
) -> None:
    assert reason(tmp_path, draft("consent", "u1", purposes=purposes), purpose=purpose) == expected


def test_a_wider_consent_replaces_a_narrower(tmp_path: Path) -> None:
    narrow, wide = (
        draft("consent", "u1", purposes=("statistics",)),
        draft("consent", "u1", purposes=("a", "b")),
    )
    assert reason(tmp_path, narrow, wide, purpose="b") is None


def test_one_person_keeps_the_whole_conversation_out(tmp_path: Path) -> None:
    with ledger(tmp_path, draft("opt-out", "u2")) as made:
        found = standing(made, purpose=None)
    assert found.reason(["u1", "u2", "u3"]) == "opt-out"
    assert found.reason(["u1", "u3"]) is None
    assert found.head == 1


def test_a_standing_shows_nobody(tmp_path: Path) -> None:
    with ledger(tmp_path, draft("opt-out", "marzipan")) as made:
        assert "marzipan" not in repr(standing(made, purpose=None))


VERSIONS = {"1": ("statistics",), "2": ("statistics", "model-training")}


@pytest.mark.parametrize(
    ("consent", "purpose", "expected"),
    [
        ({"version": "1"}, "statistics", None),
        ({"version": "1"}, "model-training", "purpose-not-consented"),
        ({"version": "2"}, "model-training", None),
        ({"version": "3"}, "statistics", "purpose-not-consented"),  # nobody knows what it named
        ({"version": ""}, "model-training", None),
        # purposes that the consent names itself are what was agreed to, whatever the version
        ({"version": "1", "purposes": ("model-training",)}, "model-training", None),
        ({"version": "2", "purposes": ("statistics",)}, "model-training", "purpose-not-consented"),
    ],
)
def test_a_consent_is_to_its_version(
    tmp_path: Path, consent: dict[str, Any], purpose: str, expected: str | None
) -> None:
    with ledger(tmp_path, draft("consent", "u1", **consent)) as made:
        assert standing(made, purpose=purpose, versions=VERSIONS).reason(["u1"]) == expected


def test_without_a_policy_versions_say_nothing(tmp_path: Path) -> None:
    assert reason(tmp_path, draft("consent", "u1", version="1"), purpose="model-training") is None
