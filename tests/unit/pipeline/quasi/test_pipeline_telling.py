"""What people tell as columns: values, generalizations and the words for them, by hand."""

import dataclasses
from datetime import date

import pytest
from plan_samples import config

from deid.detect.stated.vocabulary import NATIONALITIES, OCCUPATIONS
from deid.pipeline.quasi.bodies import employer_chain, school_chain
from deid.pipeline.quasi.telling import Telling, load_telling
from deid.pipeline.quasi.wording import birth_words, body_words, job_words, people_words
from deid.treatments import Treatment
from deid.types import Fact

TODAY = date(2026, 11, 22)
TELLING = load_telling(config(), TODAY)
JAPANESE = "\u3040"


def fact(kind: str, value: str, whose: str = "speaker", aspect: str = "") -> Fact:
    return Fact(kind, value, 0, 0, 1, whose, aspect)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (fact("AGE", "34"), ("text:AGE", "30-39")),
        (fact("AGE", "116"), ("text:AGE", "90+")),
        (fact("DATE_OF_BIRTH", "1990-03-05"), ("text:AGE", "30-39")),
        (fact("DATE_OF_BIRTH", "1986"), ("text:AGE", "30-49")),  # 39 or 40
        (fact("DATE_OF_BIRTH", "--03-05"), None),
        (fact("OCCUPATION", "dentist"), ("text:OCCUPATION", "dentist")),
        (fact("OCCUPATION", "dentist", aspect="only"), ("text:OCCUPATION", "health professional")),
        (fact("LOCATION", "Tokyo islands", aspect="only"), ("text:LOCATION", "Tokyo")),
        (fact("OCCUPATION", "dentist", "mother"), None),
        (fact("ORGANIZATION", "acme"), None),  # its operator lets nothing through
    ],
)
def test_a_fact_is_a_value_of_a_column(said: Fact, told: tuple[str, str] | None) -> None:
    assert TELLING.told(said) == told


def test_facts_that_are_not_asked_for_do_not_count() -> None:
    telling = load_telling(config(kanon={"k": 2, "facts": ["AGE"]}), TODAY)
    assert telling.columns == ["text:AGE"]
    assert telling.told(fact("OCCUPATION", "nurse")) is None


def test_a_fact_of_another_is_left_to_its_operator_but_for_places_and_jobs() -> None:
    assert TELLING.of_other(fact("OCCUPATION", "judge", "mother")) == ("OCCUPATION", "judge")
    assert TELLING.of_other(fact("AGE", "116", "grandparent")) is None
    assert TELLING.of_other(fact("OCCUPATION", "judge")) is None


def test_what_few_people_are_has_a_commoner_name() -> None:
    assert TELLING.is_few("OCCUPATION", "judge")
    assert not TELLING.is_few("OCCUPATION", "nurse")
    assert TELLING.commoner("OCCUPATION", "judge") == "legal, social or cultural professional"
    assert TELLING.is_few("LOCATION", "Tokyo islands")
    assert TELLING.commoner("LOCATION", "Tokyo islands") == "Tokyo"
    assert TELLING.is_few("LOCATION", "quillhaven")
    assert TELLING.commoner("LOCATION", "quillhaven") is None


@pytest.mark.parametrize(
    ("column", "value", "chain"),
    [
        ("AGE", "30-39", ("20-39", "0-39")),
        ("AGE", "90+", ("80+", "80+")),
        ("OCCUPATION", "dentist", ("health professional", "professional", "working person")),
        ("OCCUPATION", "professional", ("working person",)),
        ("NATIONALITY", "Japan", ("Eastern Asia", "Asia")),
        ("LOCATION", "Tokyo islands", ("Tokyo", "Kanto", "Japan")),
        ("EDUCATION", "stanford university", ("university", "school")),
        ("ORGANIZATION", "きらぼし銀行", ("bank", "company")),
        ("LANGUAGE", "swahili", ()),
        ("FAMILY", "children:2", ()),
    ],
)
def test_a_value_generalizes(column: str, value: str, chain: tuple[str, ...]) -> None:
    assert TELLING.chain(f"text:{column}", value) == chain


@pytest.mark.parametrize(
    ("said", "node", "english", "japanese"),
    [
        (fact("AGE", "34"), "30-39", None, None),  # what the operator writes anyway
        (fact("AGE", "34"), "20-39", "20-39", "20〜39歳"),
        (fact("AGE", "95"), "80+", "80+", "80歳以上"),
        (fact("DATE_OF_BIRTH", "1990"), "30-39", "1986-1996", "1986〜1996年"),
        (fact("DATE_OF_BIRTH", "1930"), "90+", "1936 or before", "1936年以前"),
        (fact("OCCUPATION", "dentist"), "dentist", None, None),
        (fact("OCCUPATION", "dentist"), "health professional", "health professional", "医療専門職"),
        (fact("NATIONALITY", "Japan"), "Eastern Asia", "East Asian", "東アジア"),
        (fact("LOCATION", "Tokyo islands"), "Tokyo islands", "Tokyo islands", "東京都の島"),
        (fact("LOCATION", "quillhaven"), "quillhaven", None, None),
        (fact("EDUCATION", "開成高校"), "upper secondary school", "a high school", "高校"),
        (fact("ORGANIZATION", "acme"), "company", "a company", "会社"),
        (fact("LANGUAGE", "swahili"), "swahili", None, None),
    ],
)
def test_a_node_has_words(said: Fact, node: str, english: str | None, japanese: str | None) -> None:
    assert (TELLING.words(said, node, "en"), TELLING.words(said, node, "ja")) == (english, japanese)


def test_every_value_of_the_vocabularies_generalizes_to_nodes_with_words() -> None:
    for job in {*OCCUPATIONS.en.values(), *OCCUPATIONS.ja.values()}:
        chain = TELLING.chain("text:OCCUPATION", job)
        assert len(chain) == 3, job
        assert all(job_words(node, "ja") > JAPANESE for node in chain)
    for country in {*NATIONALITIES.en.values(), *NATIONALITIES.ja.values()}:
        chain = TELLING.chain("text:NATIONALITY", country)
        assert len(chain) == 2, country
        for node in chain:
            assert people_words(node, TELLING.places.name(node, "ja"), "ja") > JAPANESE
            assert people_words(node, "", "en")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("開成高校", "upper secondary school"), ("第三中学校", "lower secondary school"),
        ("みどり小学校", "primary school"), ("東大", "university"), ("waseda university", "university"),
        ("lincoln high school", "upper secondary school"), ("hal専門学校", "vocational school"),
        ("quillhaven", "school"),
    ],
)  # fmt: skip
def test_the_kind_of_a_school(name: str, kind: str) -> None:
    assert school_chain(name) == (kind, "school")
    assert body_words(kind, "ja") > JAPANESE


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("青空病院", "hospital"), ("zanter motors", "manufacturer"), ("jr東日本", "carrier"),
        ("corner store", "shop"), ("acme", "company"),
    ],
)  # fmt: skip
def test_the_kind_of_an_employer(name: str, kind: str) -> None:
    assert employer_chain(name) == (kind, "company")
    assert body_words(kind, "en").startswith("a ")


def test_no_age_no_years() -> None:
    assert birth_words("unknown", TODAY, "en") is None


def test_bands_of_the_operator_are_the_finest() -> None:
    narrow = dataclasses.replace(TELLING, age=Treatment(operator="keep"))
    assert narrow.chain("text:AGE", "34") == ("30-39", "20-39", "0-39")
    assert isinstance(narrow, Telling)
