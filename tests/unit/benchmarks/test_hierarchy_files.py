from collections import defaultdict
from pathlib import Path

import pytest

from deid.config import load_config
from deid.yamlfile import config_folder

FOLDER = config_folder("hierarchies")
FILES = sorted(FOLDER.glob("*.csv"))


def rows(name: str) -> list[list[str]]:
    return [line.split(";") for line in (FOLDER / f"{name}.csv").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_well_formed(path: Path) -> None:
    """Uniform depth, one row a value, no blanks, ``*`` at the top and nowhere else."""
    table = rows(path.stem)
    assert len({len(row) for row in table}) == 1
    assert len({row[0] for row in table}) == len(table)
    assert all(cell == cell.strip() != "" for row in table for cell in row)
    assert all(row[-1] == "*" and "*" not in row[:-1] for row in table)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_node_has_one_parent(path: Path) -> None:
    parents: dict[tuple[int, str], set[str]] = defaultdict(set)
    for row in rows(path.stem):
        for level in range(len(row) - 1):
            parents[level, row[level]].add(row[level + 1])
    assert [node for node, above in parents.items() if len(above) > 1] == []


@pytest.mark.parametrize(
    ("leaf", "above"),
    [
        ("札幌", "Hokkaido;Hokkaido;Japan"),
        ("札幌市", "Hokkaido;Hokkaido;Japan"),
        ("Sapporo", "Hokkaido;Hokkaido;Japan"),
        ("都内", "Tokyo;Kanto;Japan"),
        ("世田谷", "Tokyo;Kanto;Japan"),
        ("堺市", "Osaka;Kansai;Japan"),
        ("関西", "Kansai;Kansai;Japan"),
        ("アメリカ", "United States;United States;Americas"),
        ("Texas", "Texas;United States;Americas"),
        ("Georgia", "Georgia (US);United States;Americas"),
        ("ジョージア", "Georgia (country);Western Asia;Asia"),
        ("韓国", "South Korea;Eastern Asia;Asia"),
        ("中国", "China;Eastern Asia;Asia"),
        ("中国地方", "Chugoku;Chugoku;Japan"),
        ("Paris", "France;Western Europe;Europe"),
    ],
)
def test_places(leaf: str, above: str) -> None:
    assert {row[0]: ";".join(row[1:-1]) for row in rows("location")}[leaf] == above


def test_location_holds_what_people_name() -> None:
    table = rows("location")
    japan = [row for row in table if row[3] == "Japan"]
    prefectures = {row[0] for row in rows("region-ja")}
    assert len(prefectures) == 47
    assert prefectures <= {row[1] for row in japan}
    assert {row[1] for row in japan if row[0].endswith(("都", "府", "県"))} >= prefectures - {"Hokkaido"}
    designated = (
        "札幌市 仙台市 さいたま市 千葉市 横浜市 川崎市 相模原市 新潟市 静岡市 浜松市 "
        "名古屋市 京都市 大阪市 堺市 神戸市 岡山市 広島市 北九州市 福岡市 熊本市"
    )
    leaves = {row[0] for row in table}
    assert set(designated.split(" ")) <= leaves
    assert len({row[1] for row in table if row[2] == "United States"} - {"United States"}) >= 51
    assert {row[1] for row in rows("country")} - {"Georgia"} <= {row[1] for row in table}


def test_region_and_location_agree_on_prefectures() -> None:
    region = {row[0]: row[1] for row in rows("region-ja")}
    location = {row[0]: row[2] for row in rows("location")}
    assert {name: location[name] for name in region} == region


@pytest.mark.parametrize("name", ["demo", "real-persona-chat", "synthpai"])
def test_pipelines_load_and_name_shipped_hierarchies(name: str) -> None:
    config = load_config(name)
    named = {spec.hierarchy for spec in config.fields.values() if spec.hierarchy}
    assert named
    assert all((FOLDER / f"{hierarchy}.csv").is_file() for hierarchy in named)
    assert config.escrow is None


@pytest.mark.parametrize("name", ["demo", "real-persona-chat", "synthpai"])
def test_pipelines_take_the_other_mode_from_the_command_line(name: str) -> None:
    escrow = {"url": "sqlite:///../escrow/e.db", "keys": "local:../escrow/e.pub"}
    assert load_config(name, {"mode": "pseudonymize", "escrow": escrow}).mode == "pseudonymize"
