"""The gazetteer in use: what a stated place is called at each level, in English and in Japanese.

The levels of ``configs/hierarchies/location.csv`` are surface, prefecture or state or country, region,
continent or Japan. A stated place is published at the second level at best; a small island of Japan, of
``islands.csv``, as one of its prefecture's islands.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from deid.config import hierarchy_file
from deid.detect.facts import canonical_place
from deid.kanon.hierarchies import Hierarchy, load_hierarchy

_JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_PREFERRED = ("県", "府", "都", "北海道", "地方")
# United Nations M49 regions, which no surface in the file names in Japanese.
_REGIONS_JA = {
    "Americas": "アメリカ大陸", "Europe": "ヨーロッパ", "Asia": "アジア", "Africa": "アフリカ", "Oceania": "オセアニア",
    "Japan": "日本", "Northern America": "北アメリカ", "Central America": "中央アメリカ", "South America": "南アメリカ",
    "Caribbean": "カリブ海地域", "Western Europe": "西ヨーロッパ", "Northern Europe": "北ヨーロッパ",
    "Southern Europe": "南ヨーロッパ", "Eastern Europe": "東ヨーロッパ", "Eastern Asia": "東アジア",
    "South-eastern Asia": "東南アジア", "Southern Asia": "南アジア", "Western Asia": "西アジア", "Central Asia": "中央アジア",
    "Northern Africa": "北アフリカ", "Western Africa": "西アフリカ", "Eastern Africa": "東アフリカ",
    "Middle Africa": "中部アフリカ", "Southern Africa": "南部アフリカ", "Australia and New Zealand": "オーストラリア・ニュージーランド",
    "Melanesia": "メラネシア", "Micronesia": "ミクロネシア", "Polynesia": "ポリネシア",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Places:
    """Stated places.

    surfaces : surface (NFKC, lower case) → area: the second level, what a city is published as at best.
    chains   : area → its generalizations, without '*'.
    japanese : node → its name in Japanese text.
    nodes    : every area, region and continent.
    small    : areas in which few people live.
    """

    surfaces: Mapping[str, str]
    chains: Mapping[str, tuple[str, ...]]
    japanese: Mapping[str, str]
    nodes: frozenset[str]
    small: frozenset[str] = frozenset()

    def __contains__(self, node: object) -> bool:
        return node in self.nodes

    def name(self, node: str, language: str) -> str:
        """Return what to write for a node; the English name where there is no Japanese one."""
        return self.japanese.get(node, node) if language == "ja" else node


def load_places() -> Places:
    """Read the shipped gazetteer."""
    hierarchy = load_hierarchy(hierarchy_file("location"))
    japanese = _japanese_names(hierarchy)
    islands = load_hierarchy(hierarchy_file("islands")).chains
    surfaces = {canonical_place(chain[0]): chain[1] for chain in (*hierarchy.chains, *islands)}
    chains = {chain[1]: chain[2:-1] for chain in (*hierarchy.chains, *islands)}
    for chain in islands:
        japanese[chain[1]] = f"{japanese[chain[2]]}の島"
    written = [chain[1:-1] for chain in islands] + [chain[2:-1] for chain in hierarchy.chains]
    for nodes in written:
        for node in nodes:
            # What this project writes for a region is read back as that region.
            surfaces.setdefault(canonical_place(node), node)
            surfaces.setdefault(canonical_place(japanese.get(node, node)), node)
    every = frozenset(node for chain in (*hierarchy.chains, *islands) for node in chain[1:-1])
    small = frozenset(chain[1] for chain in islands)
    return Places(surfaces, chains, japanese, every, small)


def _japanese_names(hierarchy: Hierarchy) -> dict[str, str]:
    names = dict(_REGIONS_JA)
    best: dict[str, tuple[int, str]] = {}
    for chain in hierarchy.chains:
        surface, area = chain[0], chain[1]
        if not _JAPANESE.search(surface):
            continue
        rank = 0 if surface.endswith(_PREFERRED) else 1
        if area not in best or rank < best[area][0]:
            best[area] = (rank, surface)
    return {**{area: surface for area, (_, surface) in best.items()}, **names}
