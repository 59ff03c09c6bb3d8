"""Policies as data: every item of the requirements is there; one that is not whole says its clause."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from deid.cli import main
from deid.errors import ConfigError
from deid.policies import load_mapping, load_policy, policy_file
from deid.yamlfile import read_mapping

ROOT = Path(__file__).parents[2]
SEEDS = {"O": "omigo", "G": "gmo-air", "M": "omakase"}


def rows() -> list[str]:
    """First cells of the table in section 3.2."""
    section = (ROOT / "docs" / "requirements.md").read_text("utf-8").split("### 3.2")[1].split("### 3.3")[0]
    table = [line.split("|")[1].strip() for line in section.splitlines() if line.startswith("|")]
    return table[2:]


def named_in(row: str) -> set[str]:
    """The policies that a row names in brackets."""
    return {
        SEEDS[letter]
        for inner in re.findall(r"\(([^)]*)\)", row)
        for letter in re.findall(r"\b[OGM]\b", inner)
    }


@pytest.mark.parametrize("row", rows())
def test_every_item_of_the_requirements_is_in_the_policies_that_name_it(row: str) -> None:
    assert named_in(row)
    for name in named_in(row):
        assert row in {item.row for item in load_policy(name).items.values()}, name


@pytest.mark.parametrize("name", SEEDS.values())
def test_no_item_has_an_unknown_row(name: str) -> None:
    assert {item.row for item in load_policy(name).items.values()} <= set(rows())


def test_the_table_of_the_requirements_was_read() -> None:
    assert len(rows()) == 54
    assert rows()[0] == "Name (G, M); card holder name (O, declared absent)"


def test_the_published_list_of_omakase_is_the_clauses_four_items() -> None:
    published = load_policy("omakase").published
    assert published is not None
    assert list(published.en.values()) == [
        "device information",
        "log information and behavioural history",
        "cookies and anonymous ids",
        "location information",
    ]


def changed(tmp_path: Path, **keys: Any) -> str:
    """A file with the OMAKASE policy, but for some keys; a key of None is left out."""
    raw = {**read_mapping(policy_file("omakase")), **keys}
    path = tmp_path / "own.yaml"
    path.write_text(
        yaml.safe_dump({name: value for name, value in raw.items() if value is not None}), "utf-8"
    )
    return str(path)


def item(**keys: Any) -> dict[str, dict[str, Any]]:
    raw = {
        "row": "Age (M)", "clause": "4 *1", "ja": "年代", "en": "age band", "class": "quasi",
        "anonymize": ["bands"], "pseudonymize": ["bands"], **keys,
    }  # fmt: skip
    return {"age": {name: value for name, value in raw.items() if value is not None}}


BAD = [
    ({"items": item(anonymize=None)}, r"no treatment in mode anonymize \(clause 4 \*1\)"),
    ({"items": item(pseudonymize=[])}, r"no treatment in mode pseudonymize \(clause 4 \*1\)"),
    ({"items": item(**{"class": "direct"})}, r"class `direct` cannot have `bands` \(clause 4 \*1\)"),
    (
        {"items": item(**{"class": "secret", "anonymize": ["tag"], "pseudonymize": ["delete"]})},
        r"class `secret` is always deleted \(clause 4 \*1\)",
    ),
    ({"items": item(listed="age")}, r"`age` is not a published item \(clause 4 \*1\)"),
    ({"items": item(retention="age")}, r"no retention rule `age` \(clause 4 \*1\)"),
    ({"items": item(anonymize=["hash"])}, "items.age.anonymize.0"),
    (
        {"published": {"clause": "8.1(3)", "ja": {"a": "あ", "b": "い"}, "en": {"a": "a"}}},
        r"2 items in Japanese and 1 in English, not the same: b \(clause 8.1\(3\)\)",
    ),
    ({"mappable": ["statistics"]}, r"`statistics` is named by clause 2.3"),
    ({"items": None}, "items: missing"),
    ({"items": {}}, "items: dictionary should have at least 1 item"),
    ({"regimes": []}, "regimes: tuple should have at least 1 item"),
    ({"contact": ""}, "contact: string should have at least 1 character"),
    (
        {"requests": {"business_days": 15, "warn": 5, "calendar": "atlantis", "clause": "5"}},
        r"no calendar `atlantis` \(clause 5\)",
    ),
    (
        {"thresholds": {"k": 12, "k_third_party": 5, "reassess_months": 12, "source": "D-7"}},
        "k_third_party 5 is below k 12",
    ),
    ({"thresholds": {"k": 1, "k_third_party": 12, "reassess_months": 12, "source": "D-7"}}, "thresholds.k"),
]


@pytest.mark.parametrize(("keys", "message"), BAD)
def test_a_policy_that_is_not_whole_is_refused_with_its_clause(
    tmp_path: Path, keys: dict[str, Any], message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        load_policy(changed(tmp_path, **keys))


def test_check_says_whether_a_policy_is_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "check", changed(tmp_path, name="own")]) == 0
    assert "30 items, version undated: it is whole" in capsys.readouterr().err
    assert main(["policy", "check", changed(tmp_path, items=item(anonymize=None))]) == 2
    assert "clause 4 *1" in capsys.readouterr().err


def test_a_mapping_says_who_decided(tmp_path: Path) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text(
        "{policy: gmo-air, purpose: model-training, to: statistics, reason: r, decided_on: 2026-11-02}"
    )
    with pytest.raises(ConfigError, match="decided_by: missing"):
        load_mapping(str(path))
