import pytest

from deid.pipeline.quasi.places import load_places

PLACES = load_places()


@pytest.mark.parametrize(
    ("surface", "area"),
    [
        ("札幌", "Hokkaido"),
        ("sapporo", "Hokkaido"),
        ("東京都", "Tokyo"),
        ("berlin", "Germany"),
        ("new york", "New York"),
        ("関東", "Kanto"),
        ("kanto", "Kanto"),
        ("日本", "Japan"),
        ("ヨーロッパ", "Europe"),
        ("西ヨーロッパ", "Western Europe"),
        ("ミクロネシア", "Micronesia"),
    ],
)
def test_a_surface_has_its_area(surface: str, area: str) -> None:
    assert PLACES.surfaces[surface] == area


def test_an_unknown_place_has_no_area() -> None:
    assert "quillhaven" not in PLACES.surfaces
    assert "quillhaven" not in PLACES


def test_names_in_both_languages() -> None:
    assert PLACES.name("Tokyo", "ja") == "東京都"
    assert PLACES.name("Hokkaido", "ja") == "北海道"
    assert PLACES.name("Europe", "ja") == "ヨーロッパ"
    assert PLACES.name("Tokyo", "en") == "Tokyo"
    assert PLACES.name("no such node", "ja") == "no such node"


def test_every_area_has_a_chain_and_is_a_node() -> None:
    assert set(PLACES.surfaces.values()) <= PLACES.nodes
    assert PLACES.chains.keys() <= PLACES.nodes
    assert all(node in PLACES for chain in PLACES.chains.values() for node in chain)


def test_what_is_written_for_an_area_is_read_back_as_that_area() -> None:
    from deid.detect.facts import canonical_place

    wrong = [
        (area, language)
        for area in PLACES.chains
        for language in ("en", "ja")
        if PLACES.surfaces.get(canonical_place(PLACES.name(area, language)), area) != area
    ]
    assert wrong == []


def test_all_chains_are_equally_long() -> None:
    small = {len(chain) for area, chain in PLACES.chains.items() if area in PLACES.small}
    others = {len(chain) for area, chain in PLACES.chains.items() if area not in PLACES.small}
    assert (small, others) == ({3}, {2})


def test_a_small_island_is_one_of_its_prefecture() -> None:
    assert PLACES.surfaces["八丈島"] == PLACES.surfaces["hachijojima"] == "Tokyo islands"
    assert PLACES.chains["Tokyo islands"] == ("Tokyo", *PLACES.chains["Tokyo"])
    assert PLACES.name("Tokyo islands", "ja") == "東京都の島"
    assert PLACES.surfaces["東京都の島"] == PLACES.surfaces["tokyo islands"] == "Tokyo islands"


def test_surfaces_are_folded() -> None:
    from deid.detect.facts import canonical_place

    assert all(surface == canonical_place(surface) for surface in PLACES.surfaces)
