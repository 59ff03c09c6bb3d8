"""A-18: in one domain a person has one token in both tables; in another domain an unrelated one."""

from pathlib import Path
from typing import Any

from acceptance_run import CONFIG, crowd, make_escrow, released, run

FIELDS: dict[str, Any] = {
    **CONFIG["fields"],
    "account": {"class": "linking", "treatment": {"operator": "token", "scope": "global"}},
}


def tokens(folder: Path, escrow: dict[str, str], domain: str) -> set[str]:
    """Return the tokens of the accounts in a table released in a domain."""
    folder.mkdir()
    people = [{**one, "account": one["user"]} for one in crowd()]
    held = {**escrow, "domain": domain, "tokens": str(folder.parent / "domains" / f"{domain}.key")}
    run(
        folder,
        people,
        "pseudonymize",
        escrow=held,
        fields=FIELDS,
        release={"name": folder.name, "splits": {"train": 1.0}},
    )
    return {row["account"] for row in released(folder)}


def test_tokens_are_equal_within_a_domain_and_unrelated_without(tmp_path: Path) -> None:
    escrow = make_escrow(tmp_path)
    one, other = tokens(tmp_path / "one", escrow, "office"), tokens(tmp_path / "other", escrow, "office")
    elsewhere = tokens(tmp_path / "elsewhere", escrow, "team")
    assert len(one) == len(crowd())
    assert one == other
    assert not one & elsewhere
    assert not {token[:8] for token in one} & {token[:8] for token in elsewhere}
