"""A-02: the custodian restores one person for a logged reason: the source, but for secrets."""

import json
from pathlib import Path
from typing import Any

from acceptance_run import crowd, custodian, entries, person, released, run

from deid.cli import main

SAID = ("My name is Jessica Moore, mail jess@mail.example", "my password is hunter2hunter2")


def restore(folder: Path) -> dict[str, Any]:
    """Restore the record that holds a password, as the custodian."""
    (row,) = [row for row in released(folder) if "[SECRET]" in json.dumps(row["messages"])]
    options = (
        "--release", str(folder / "out"), "--record", row["id"], "--purpose", "access request 7",
        "--requester", "privacy office", "-o", str(folder / "restored.json"),
    )  # fmt: skip
    assert main(custodian(folder, "reveal run", *options)) == 0
    restored: dict[str, Any] = json.loads((folder / "restored.json").read_text(encoding="utf-8"))
    return restored


def test_the_source_comes_back_but_for_secrets(tmp_path: Path) -> None:
    source = person("u1", *SAID)
    run(tmp_path, [*crowd(), source], "pseudonymize")
    restored = restore(tmp_path)
    assert restored["id"] == source["id"]
    assert restored["user"] == source["user"]
    texts = [message["content"] for message in restored["messages"]]
    assert texts[0] == SAID[0]
    assert texts[1:] == ["my password is [SECRET]"] * 2


def test_a_field_that_was_null_comes_back_as_null(tmp_path: Path) -> None:
    source = person("u1", *SAID, born=None)
    run(tmp_path, [*crowd(), source], "pseudonymize")
    assert restore(tmp_path)["profile"] == source["profile"]


def test_the_access_is_on_the_log(tmp_path: Path) -> None:
    run(tmp_path, [*crowd(), person("u1", *SAID)], "pseudonymize")
    restore(tmp_path)
    kind, said = entries(tmp_path)[-1]
    assert (kind, said["purpose"], said["requester"]) == ("reveal", "access request 7", "privacy office")


def test_without_a_reason_nothing_is_opened(tmp_path: Path) -> None:
    run(tmp_path, [*crowd(), person("u1", *SAID)], "pseudonymize")
    before, row = entries(tmp_path), released(tmp_path)[0]
    out = tmp_path / "restored.json"
    options = ("--release", str(tmp_path / "out"), "--record", row["id"], "-o", str(out))
    assert main(custodian(tmp_path, "reveal run", *options)) == 2
    assert not out.exists()
    assert entries(tmp_path) == before
