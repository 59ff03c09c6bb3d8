"""The quasi-identifier columns of a run and how each generalizes, worked by hand."""

import dataclasses
from datetime import date
from pathlib import Path

import pytest
from plan_samples import config, record, with_field

from deid.config import Config
from deid.errors import InputError
from deid.ingest.fields import Leaf
from deid.pipeline.quasi.columns import (
    base_value,
    column_names,
    joined,
    joined_hierarchy,
    member_chains,
    merged_vectors,
    published,
    quasi_fields,
    split,
    wider_band,
)
from deid.pipeline.quasi.places import Places, load_places
from deid.pipeline.quasi.telling import Telling, age_base, load_telling
from deid.treatments import Treatment

PLACES = Places(
    {"tokyo": "Tokyo"}, {"Tokyo": ("Kanto", "Japan"), "Osaka": ("Kansai", "Japan")}, {}, frozenset({"Tokyo"})
)
TEXT_AGE, TEXT_LOCATION = "text:AGE", "text:LOCATION"
KEEP = Treatment(operator="keep")
BANDS = Treatment(operator="bands", bands=10, top=90)


def telling(used: Config, age: Treatment = KEEP, places: Places = PLACES) -> Telling:
    return dataclasses.replace(load_telling(used, date(2026, 11, 22), places), age=age)


def leaf(path: str, value: object) -> Leaf:
    spec = config().fields[path]
    return Leaf(path, path, spec, value)  # type: ignore[arg-type]


def test_a_field_of_each_message_is_no_column() -> None:
    assert list(quasi_fields(config())) == ["profile.age", "profile.region"]


def test_columns_of_facts_stand_last_and_only_when_wanted() -> None:
    declared = ["profile.age", "profile.region"]
    told = ["AGE", "LOCATION", "OCCUPATION", "EDUCATION", "NATIONALITY", "LANGUAGE", "FAMILY", "MONEY"]
    names = {
        name: column_names(used, telling(used))
        for name, used in (
            ("all", config()),
            ("some", config(kanon={"k": 2, "facts": ["OCCUPATION", "DATE_OF_BIRTH"]})),
            ("none", config(kanon={"k": 2, "from_text": False})),
            ("kept", config(transform={"ORGANIZATION": "keep"})),
        )
    }
    assert names["all"] == [*declared, *(f"text:{kind}" for kind in told)]
    assert names["some"] == [*declared, TEXT_AGE, "text:OCCUPATION"]
    assert names["none"] == declared
    assert "text:ORGANIZATION" in names["kept"]


def test_fields_beside_the_subject_in_a_list_are_columns() -> None:
    fields = {
        "id": {"class": "linking", "treatment": "reissue"},
        "people[].user": {"class": "linking", "treatment": "reissue"},
        "people[].age": {"class": "quasi"},
        "messages[].time": {"class": "quasi"},
    }
    used = config(fields=fields, input={"record_id": "id", "subject_id": "people[].user"})
    assert list(quasi_fields(used)) == ["people[].age"]


@pytest.mark.parametrize(
    ("path", "value", "base"),
    [
        ("profile.age", 34, "30-34"),
        ("profile.age", "34", "30-34"),
        ("profile.age", 97, "90+"),
        ("profile.age", "unknown", "[AGE]"),
        ("profile.region", "Tokyo", "Tokyo"),
        ("profile.region", 13, "13"),
        ("profile.region", None, None),
        ("profile.region", "", None),
    ],
)
def test_a_value_after_its_own_treatment(path: str, value: object, base: str | None) -> None:
    assert base_value(leaf(path, value)) == base


def test_a_set_of_values_is_one_value_and_back() -> None:
    assert joined({"b", "a"}) == "a\x1fb"
    assert joined([]) is None
    assert split("a\x1fb") == ["a", "b"]
    assert split("a") == ["a"]


@pytest.mark.parametrize(
    ("value", "width", "band"),
    [
        ("34", 10, "30-39"),
        ("30-34", 10, "30-39"),
        ("30-39", 10, "30-39"),
        ("20-59", 10, "20-59"),
        ("0", 10, "0-9"),
        ("90+", 10, "90+"),
        ("[AGE]", 10, "[AGE]"),
        ("Tokyo", 10, "Tokyo"),
    ],
)
def test_wider_bands(value: str, width: int, band: str) -> None:
    assert wider_band(value, width) == band


@pytest.mark.parametrize(
    ("value", "operator", "base"),
    [
        ("34", BANDS, "30-39"),
        ("95", BANDS, "90+"),
        ("90", BANDS, "90+"),
        ("89", BANDS, "80-89"),
        ("30-39", BANDS, "30-39"),
        ("34", KEEP, "34"),
        ("95", Treatment(operator="top", top=90), "90+"),
        ("34", Treatment(operator="top", top=90), "34"),
    ],
)
def test_a_stated_age_as_its_operator_publishes_it(value: str, operator: Treatment, base: str) -> None:
    assert age_base(value, operator) == base


def chains(name: str, *values: str | None, age: Treatment = KEEP) -> dict[str, tuple[str, ...]]:
    return dict(member_chains(config(), {name: values}, telling(config(), age))[name])


def test_a_banded_field_doubles_its_bands() -> None:
    assert chains("profile.age", "30-34", "90+") == {
        "30-34": ("30-34", "30-39", "20-39"),
        "90+": ("90+", "90+", "90+"),
    }


def test_a_field_without_a_hierarchy_is_published_or_not() -> None:
    assert chains("profile.region", "Tokyo", None, "Osaka\x1fTokyo") == {
        "Tokyo": ("Tokyo",),
        "Osaka": ("Osaka",),
    }


def test_stated_ages_become_decades_where_the_operator_keeps_them() -> None:
    assert chains(TEXT_AGE, "34", "30-39") == {
        "34": ("34", "30-39", "20-39", "0-39"),
        "30-39": ("30-39", "30-39", "20-39", "0-39"),
    }
    assert chains(TEXT_AGE, "30-39", "90+", age=BANDS) == {
        "30-39": ("30-39", "20-39", "0-39"),
        "90+": ("90+", "80+", "80+"),
    }


def test_stated_places_climb_the_gazetteer_and_unknown_ones_stay() -> None:
    assert chains(TEXT_LOCATION, "Tokyo\x1fOsaka", "quillhaven") == {
        "Tokyo": ("Tokyo", "Kanto", "Japan"),
        "Osaka": ("Osaka", "Kansai", "Japan"),
        "quillhaven": ("quillhaven", "quillhaven", "quillhaven"),
    }


def test_a_column_without_values_has_no_chains() -> None:
    assert chains("profile.region", None, None) == {}
    assert joined_hierarchy({}, [None, None]).height == 1


def test_a_declared_hierarchy_is_used() -> None:
    used = with_field("profile.region", **{"class": "quasi", "hierarchy": "region-ja"})
    known = next(iter(load_region()))
    found = member_chains(used, {"profile.region": [known]}, telling(used))["profile.region"]
    assert list(found) == [known]
    assert len(found[known]) > 1


def load_region() -> list[str]:
    from deid.config import hierarchy_file
    from deid.kanon.hierarchies import load_hierarchy

    return [chain[0] for chain in load_hierarchy(hierarchy_file("region-ja")).chains]


def test_values_a_declared_hierarchy_lacks_are_counted_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "region.csv"
    file.write_text("Tokyo;East;*\nOsaka;West;*\n", encoding="utf-8")
    used = with_field("profile.region", **{"class": "quasi", "hierarchy": str(file)})
    with pytest.raises(
        InputError, match=r"column `profile\.region`: 2 values are not in its hierarchy"
    ) as caught:
        member_chains(used, {"profile.region": ["Tokyo", "Quillhaven", "Zanterby"]}, telling(used))
    assert "Quillhaven" not in str(caught.value)
    assert "without one" in caught.value.hint


def test_joined_values_generalize_member_by_member() -> None:
    members = {"Tokyo": ("Tokyo", "Kanto", "Japan"), "Osaka": ("Osaka", "Kansai", "Japan")}
    hierarchy = joined_hierarchy(members, ["Osaka\x1fTokyo", "Tokyo", None])
    assert [hierarchy.generalize("Osaka\x1fTokyo", level) for level in range(hierarchy.height + 1)] == [
        "Osaka\x1fTokyo",
        "Kansai\x1fKanto",
        "Japan",
        "*",
    ]


def test_what_is_published_at_each_level() -> None:
    members = {"Tokyo": ("Tokyo", "Kanto")}
    assert [published(members, "Tokyo", level) for level in range(4)] == ["Tokyo", "Kanto", None, None]


def test_a_value_nobody_analyzed_is_refused() -> None:
    with pytest.raises(KeyError):
        published({"Tokyo": ("Tokyo",)}, "Osaka", 0)


def test_every_chain_of_a_column_is_equally_long() -> None:
    real = load_places()
    leaves = [*list(real.chains)[:50], "quillhaven"]
    found = member_chains(config(), {TEXT_LOCATION: leaves}, telling(config(), places=real))[TEXT_LOCATION]
    assert len({len(chain) for chain in found.values()}) == 1


def test_leaves_of_a_real_record_have_base_values() -> None:
    read = record({"id": "1", "user": "u", "profile": {"age": 34, "region": "Tokyo"}, "messages": []})
    values = {found.declared: base_value(found) for found in read.leaves if found.spec.cls == "quasi"}
    assert values == {"profile.age": "30-34", "profile.region": "Tokyo"}
    assert dataclasses.is_dataclass(read)


def test_vectors_of_one_person_are_united_and_what_was_given_stays() -> None:
    first = {"a": {"x": {"1"}}, "b": {"x": {"2"}}}
    second = {"a": {"x": {"3"}, "y": {"4"}}}
    assert merged_vectors([first, second]) == {"a": {"x": {"1", "3"}, "y": {"4"}}, "b": {"x": {"2"}}}
    assert (first["a"], second["a"]) == ({"x": {"1"}}, {"x": {"3"}, "y": {"4"}})
