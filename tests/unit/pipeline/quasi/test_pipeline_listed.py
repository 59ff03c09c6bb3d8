"""Quasi-identifiers in lists: as fine as k people share, and gone where nobody does."""

import pytest
from plan_samples import RAW

from deid.config import Config
from deid.errors import InputError
from deid.pipeline.quasi.listed import fewest, listed_fields, lone_values, shared_values, shown_in

FIELDS = {
    **RAW["fields"],
    "topups[].goods": {"class": "quasi", "hierarchy": "goods"},
    "topups[].shop": {"class": "quasi"},
    "topups[].amount": {"class": "quasi", "treatment": {"bands": 100}},
}
CONFIG = Config.model_validate({**RAW, "fields": FIELDS, "kanon": {"k": 2}})


def test_a_field_in_a_list_without_a_treatment_is_one() -> None:
    assert set(listed_fields(CONFIG)) == {"topups[].goods", "topups[].shop"}


def test_each_value_is_as_fine_as_k_people_show() -> None:
    told = {
        ("topups[].goods", "Gems 120"): {"a"},
        ("topups[].goods", "Gems 600"): {"b"},
        ("topups[].goods", "Wedding dress for Haru"): {"c"},
        ("topups[].shop", "web"): {"a", "b", "c"},
        ("topups[].shop", "corner shop"): {"c"},
    }
    assert shared_values(CONFIG, told) == {
        ("topups[].goods", "Gems 120"): "gems",
        ("topups[].goods", "Gems 600"): "gems",
        ("topups[].goods", "Wedding dress for Haru"): None,
        ("topups[].shop", "web"): "web",
        ("topups[].shop", "corner shop"): None,
    }


def test_one_person_with_two_goods_of_a_kind_is_one() -> None:
    told = {("topups[].goods", "Gems 120"): {"a"}, ("topups[].goods", "Gems 600"): {"a"}}
    assert set(shared_values(CONFIG, told).values()) == {None}


def test_one_person_alone_under_the_general_word_would_be_known_by_it() -> None:
    told = {("topups[].goods", "Gems 120"): {"a", "b"}, ("topups[].goods", "Gems 600"): {"c"}}
    assert shared_values(CONFIG, told) == {
        ("topups[].goods", "Gems 120"): "Gems 120",
        ("topups[].goods", "Gems 600"): None,
    }


def test_people_are_counted_over_all_parts_of_a_release() -> None:
    parts = [
        {"shop": {"web": {"a", "b"}}},
        {"shop": {"web": {"b", "c"}}, "goods": {"web": {"a", "b", "d", "e"}}},
    ]
    assert fewest(parts) == 3
    assert fewest([{}]) is None


def test_what_few_people_show_over_all_parts_is_named() -> None:
    parts = [{"shop": {"web": {"a"}, "mall": {"a", "b"}}}, {"shop": {"web": {"b"}}, "goods": {"web": {"a"}}}]
    assert lone_values(parts, 2) == {("goods", "web")}
    assert lone_values(parts, 3) == {("shop", "web"), ("shop", "mall"), ("goods", "web")}
    assert lone_values([], 2) == frozenset()
    assert set(shown_in(parts[1])) == {("shop", "web"), ("goods", "web")}


def test_a_value_that_the_hierarchy_lacks_stops_the_run() -> None:
    with pytest.raises(InputError, match=r"topups\[\]\.goods"):
        shared_values(CONFIG, {("topups[].goods", "a pony"): {"a"}})
