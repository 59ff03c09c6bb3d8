"""Hierarchies: files, builders, weights, and everything that is no tree."""

from pathlib import Path

import pytest

from deid.errors import InputError
from deid.kanon.hierarchies import Hierarchy, load_hierarchies, load_hierarchy

TOWNS = {"Ueno": ["Tokyo"], "Naha": ["Okinawa"], "Shibuya": ["Tokyo"]}


def test_a_value_climbs_to_the_star() -> None:
    towns = Hierarchy.from_chains(TOWNS)
    assert [towns.generalize("Ueno", level) for level in range(towns.height + 1)] == ["Ueno", "Tokyo", "*"]


def test_a_missing_value_stays_missing_until_the_star() -> None:
    towns = Hierarchy.from_chains(TOWNS)
    assert [towns.generalize(None, level) for level in range(3)] == [None, None, "*"]


def test_leaves_of_a_node_are_neighbours() -> None:
    assert Hierarchy.from_chains(TOWNS).leaves == ("Ueno", "Shibuya", "Naha")


def test_weights_count_the_leaves_below() -> None:
    towns = Hierarchy.from_chains(TOWNS)
    labels = ["Ueno", "Tokyo", "Okinawa", None, "*"]
    assert [towns.weight(label) for label in labels] == [0.0, 0.5, 0.0, 0.0, 1.0]


def test_a_label_at_two_levels_weighs_all_it_may_mean() -> None:
    ambiguous = Hierarchy.from_chains({"Tokyo": ["Tokyo"], "Ueno": ["Tokyo"], "Naha": ["Okinawa"]})
    assert ambiguous.weight("Tokyo") == 0.5


def test_suppressing_the_only_value_loses_it() -> None:
    only = Hierarchy.suppression(["x"])
    assert (only.weight("x"), only.weight("*")) == (0.0, 1.0)


def test_the_star_is_added_only_where_it_is_missing() -> None:
    assert Hierarchy.from_chains({"x": ["*"], "y": ["*"]}).height == 1
    assert Hierarchy.from_chains({"x": ["all"], "y": ["all"]}).height == 2


def test_intervals_nest() -> None:
    ages = Hierarchy.intervals(range(100), (5, 10))
    assert [ages.generalize("34", level) for level in range(4)] == ["34", "30-34", "30-39", "*"]
    assert ages.weight("30-39") == pytest.approx(9 / 99)


@pytest.mark.parametrize("widths", [(5, 8), (10, 5), (0,), (1,)])
def test_widths_that_do_not_nest_are_refused(widths: tuple[int, ...]) -> None:
    with pytest.raises(InputError, match="must nest"):
        Hierarchy.intervals(range(10), widths)


def test_intervals_of_words_are_refused_without_the_word() -> None:
    with pytest.raises(InputError, match="no whole numbers") as caught:
        Hierarchy.intervals(["hush"])
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize(
    ("chains", "message"),
    [
        ((), "no values"),
        ((("hush", "A", "*"), ("b", "*")), "chain 2 has 2 levels"),
        ((("hush", "A", "*"), ("hush", "A", "*")), "second time"),
        ((("a", "hush", "B", "*"), ("b", "hush", "C", "*")), "node at level 1 has another parent"),
        ((("a", "A"), ("b", "A")), "must end with"),
        ((("*", "*"),), "not begin with it"),
    ],
)
def test_what_is_no_tree_is_refused_without_a_value(
    chains: tuple[tuple[str, ...], ...], message: str
) -> None:
    with pytest.raises(InputError, match=message) as caught:
        Hierarchy(chains)
    assert "hush" not in str(caught.value)


def test_unknown_values_and_levels_are_refused() -> None:
    towns = Hierarchy.from_chains(TOWNS)
    for level in (0, 2):
        with pytest.raises(InputError, match="a value is not in it") as caught:
            towns.generalize("hush", level)
        assert "hush" not in str(caught.value)
    with pytest.raises(InputError, match="level 3"):
        towns.generalize("Ueno", 3)


def test_equal_hierarchies_have_equal_digests_in_any_order() -> None:
    assert Hierarchy.from_chains(TOWNS).digest == Hierarchy.from_chains(dict(sorted(TOWNS.items()))).digest
    assert Hierarchy.from_chains(TOWNS).digest != Hierarchy.suppression(TOWNS).digest


def test_its_repr_holds_no_value() -> None:
    assert "Ueno" not in repr(Hierarchy.from_chains(TOWNS))


def test_both_names_of_files_are_found(tmp_path: Path) -> None:
    (tmp_path / "town.csv").write_text("Ueno;Tokyo;*\nNaha;Okinawa;*", encoding="utf-8")
    (tmp_path / "shop_hierarchy_age.csv").write_text('\ufeff1;"0;4"\n\n2;"0;4"\n', encoding="utf-8")
    found = load_hierarchies(tmp_path, ["town", "age"])
    assert found["town"].height == 2
    assert found["age"].generalize("2", 1) == "0;4"


def test_a_column_without_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="column `town`: 0 hierarchy files"):
        load_hierarchies(tmp_path, ["town"])


def test_two_files_for_a_column_are_refused(tmp_path: Path) -> None:
    for name in ("a_hierarchy_town.csv", "b_hierarchy_town.csv"):
        (tmp_path / name).write_text("x;*", encoding="utf-8")
    with pytest.raises(InputError, match="column `town`: 2 hierarchy files"):
        load_hierarchies(tmp_path, ["town"])


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"a;A;*\nb;*\n", "chain 2"), (b"", "no values"), (b"\xff;*", "cannot read"), (b'"a', "cannot read")],
)
def test_a_bad_file_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "town.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=rf"town\.csv: .*{message}"):
        load_hierarchy(path)
