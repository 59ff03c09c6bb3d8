"""What people state about themselves and others beside ages and places: a hand-worked line a kind."""

from datetime import date

import pytest

from deid.detect.facts import read_facts
from deid.detect.stated.births import age_at
from deid.detect.stated.reader import statements
from deid.types import Span, Turn

PLACES = {"texas": "Texas", "大阪": "Osaka"}


def said(text: str) -> list[tuple[str, str, str]]:
    """Kind, value and whose of each statement in a text."""
    return [(found.kind, found.value, found.whose) for found in statements(text)]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("I was born on March 3rd, 1987", "DATE_OF_BIRTH", "1987-03-03"),
        ("my birthday is the 12th of October", "DATE_OF_BIRTH", "--10-12"),
        ("born in '94, so dial up", "DATE_OF_BIRTH", "1994"),
        ("昭和63年生まれです", "DATE_OF_BIRTH", "1988"),
        ("平成元年5月12日生まれ", "DATE_OF_BIRTH", "1989-05-12"),
        ("誕生日は七夕の7/7だよ", "DATE_OF_BIRTH", "--07-07"),
        ("I'm a night shift nurse", "OCCUPATION", "nurse"),
        ("we're Germans", "NATIONALITY", "Germany"),
        ("i drive trucks for a living", "OCCUPATION", "truck driver"),
        ("しがない営業マンです", "OCCUPATION", "sales representative"),
        ("高校で数学を教えています", "OCCUPATION", "teacher"),
        ("I work at Costco", "ORGANIZATION", "costco"),
        ("楽天に勤めて10年です", "ORGANIZATION", "楽天"),
        ("I graduated from Penn State", "EDUCATION", "penn state"),
        ("明治大学の学生です", "EDUCATION", "明治大学"),
        ("I've got 3 kids", "FAMILY", "children:3"),
        ("i'm the oldest of five", "FAMILY", "siblings:4"),
        ("3人兄弟の末っ子です", "FAMILY", "siblings:2"),
        ("バツイチです", "FAMILY", "divorced"),
        ("as an Italian this hurts", "NATIONALITY", "Italy"),
        ("ブラジル国籍です", "NATIONALITY", "Brazil"),
        ("韓国籍です", "NATIONALITY", "South Korea"),
        ("my first language is Tagalog", "LANGUAGE", "tagalog"),
        ("母語は韓国語です", "LANGUAGE", "korean"),
    ],
)
def test_a_statement_of_each_kind(text: str, kind: str, value: str) -> None:
    assert (kind, value, "speaker") in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "i'm not a nurse",
        "when i was a nurse i slept less",
        "if i was a programmer i'd fix it",
        "i want to be a teacher",
        "are you a nurse?",
        "he said \"i'm a nurse",
        "let's roleplay: i'm a nurse",
        "see you in 2 min rn, i'm so into thai food rn",
        "i don't speak French",
        "the company was founded in 1987",
        "i'm turkish coffee addicted",
        "my sister has three kids",
        "看護師になりたい",
        "以前は看護師をしていました",
        "看護師さんが優しかった",
        "もし私が看護師だったら",
        "看護師という設定でお願いします",
        "結婚してるんですか？",
        "英語が話せません",
        "韓国人ですか？",
        "チケットを販売してますけど",
        "三日坊主です",
        "",
    ],
)
def test_nobodys_statement_is_none(text: str) -> None:
    assert said(text) == []


def test_whose_it_is() -> None:
    assert said("my mom is a nurse") == [("OCCUPATION", "nurse", "mother")]
    assert said("父は大工です") == [("OCCUPATION", "carpenter", "father")]


def test_a_statement_says_where_it_stands() -> None:
    (found,) = statements("ok so I'm a nurse")
    assert "ok so I'm a nurse"[found.start : found.end] == "nurse"
    assert "nurse" not in repr(found)


@pytest.mark.parametrize("birth", ["1988-13-01", "1988-02-45"])
def test_no_such_day_is_no_birth(birth: str) -> None:
    assert said(f"my birthday is {birth}") == []


@pytest.mark.parametrize(
    ("birth", "age"),
    [
        ("1988", "37-38"),
        ("1988-11-22", "38"),
        ("1988-11-23", "37"),
        ("1988-11", "37-38"),
        ("1988-03", "38"),
        ("--05-12", None),
        ("2026", None),
    ],
)
def test_the_age_at_a_day(birth: str, age: str | None) -> None:
    assert age_at(birth, date(2026, 11, 22)) == age


def test_a_birth_states_an_age_where_the_day_is_known() -> None:
    turns = [Turn("t", "I was born in 1988")]
    assert [fact.kind for fact in read_facts(turns, [[]], PLACES)] == ["DATE_OF_BIRTH"]
    told = read_facts(turns, [[]], PLACES, today=date(2026, 11, 22))
    assert [(fact.kind, fact.value) for fact in told] == [("AGE", "37-38"), ("DATE_OF_BIRTH", "1988")]


@pytest.mark.parametrize(
    ("text", "surface", "label", "value", "whose"),
    [
        ("my son is 16", "16", "AGE", "16", "child"),
        ("my boyfriend is from Texas", "Texas", "LOCATION", "Texas", "partner"),
        ("母は58歳です", "58歳", "AGE", "58", "mother"),
        ("大阪出身の同僚がいる", "大阪", "LOCATION", "Osaka", "colleague"),
    ],
)
def test_ages_and_places_of_others(text: str, surface: str, label: str, value: str, whose: str) -> None:
    start = text.index(surface)
    facts = read_facts([Turn("t", text)], [[Span(start, start + len(surface), label)]], PLACES)
    assert [(fact.kind, fact.value, fact.whose) for fact in facts] == [(label, value, whose)]


@pytest.mark.parametrize(
    ("text", "surface", "aspect"),
    [
        ("I live in Texas", "Texas", "living"),
        ("I grew up in Texas", "Texas", "origin"),
        ("I work in Texas", "Texas", "work"),
        ("大阪に住んでます", "大阪", "living"),
        ("大阪出身です", "大阪", "origin"),
        ("大阪で働いてます", "大阪", "work"),
    ],
)
def test_what_a_place_is_to_the_speaker(text: str, surface: str, aspect: str) -> None:
    start = text.index(surface)
    (fact,) = read_facts([Turn("t", text)], [[Span(start, start + len(surface), "LOCATION")]], PLACES)
    assert fact.aspect == aspect


def test_only_subjects_state_facts() -> None:
    assert read_facts([Turn("t", "I'm a nurse", None)], [[]], PLACES) == []
