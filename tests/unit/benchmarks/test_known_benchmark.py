"""The benchmark of known values: who is made, how they are written, what is counted."""

from random import Random

import pytest

import declared
import known
from deid.types import KnownValue
from slots import Gold
from written import Written


@pytest.mark.parametrize("language", known.LANGUAGES)
def test_people_are_the_same_for_a_seed_and_hide_their_values(language: str) -> None:
    once, again = (list(declared.people(language, 4, 7)) for _ in range(2))
    assert once == again != list(declared.people(language, 4, 8))
    value = once[0].known[0].value
    assert value not in repr(once[0])
    assert value not in repr(once[0].written[0])


@pytest.mark.parametrize("language", known.LANGUAGES)
def test_every_written_value_stands_where_it_is_said_to(language: str) -> None:
    (person,) = declared.people(language, 1, 3)
    for written in person.written:
        text, gold = known.plant(written, language, ["a line", "ある行"], Random(5))
        assert text[gold.start : gold.end] == written.text
        assert (gold.label, gold.form) == (written.label, written.form)


def test_what_stands_beside_a_value_need_not_be_found() -> None:
    written = Written("PERSON", "f", "Quill", before="Mr. ", after="!")
    assert written.within("hi {}, ok") == ("hi Mr. Quill!, ok", Gold(7, 12, "PERSON", "f"))


def test_a_missed_value_lowers_recall_and_a_find_in_a_plain_line_is_an_alarm() -> None:
    person = declared.Declared(
        "en",
        (KnownValue("PERSON", "Tobin Quill"),),
        (Written("PERSON", "whole", "Tobin Quill"), Written("PERSON", "nick", "Tobo")),
    )
    rows = {str(row["name"]): row for row in known.measured("x", [person], ["ask quill", "no"], show=False)}
    assert rows["x/form/whole"]["recall"] == {"value": 1.0, "low": 0.2065, "high": 1.0}
    assert rows["x/form/nick"]["recall"] == {"value": 0.0, "low": 0.0, "high": 0.7935}
    assert rows["x/alarms/PERSON"] == {"name": "x/alarms/PERSON", "n": 2, "per_1000": 500.0}


def test_what_is_found_comes_from_the_detector() -> None:
    (person,) = declared.people("en", 1, 3)
    found = next(known.planted(person, ["a line"], Random(1)))
    assert {span.source for span in found.found} == {"known-values"}
