from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from detect_models import english, surfaces

from deid.detect.names.english import EnglishNames
from deid.detect.names.words import read_groups, read_words
from deid.detect.tagger.units import Units
from deid.types import Span


def found(text: str) -> list[str]:
    (spans,) = english().detect([text])
    return sorted({surface for surface, _ in surfaces(text, spans)})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my name is jessica", "jessica"),
        ("Jessica Marlow called", "Jessica Marlow"),
        ("Jessica M. Marlow called", "Jessica M. Marlow"),
        ("thanks, jennifer!", "jennifer"),
        ("call me Quillby", "Quillby"),
        ("Dr. Quillby is in", "Quillby"),
        ("i go by zanter", "zanter"),
        ("his name is Zanter Quillby", "Zanter Quillby"),
        ("I met Grace yesterday", "Grace"),
        ("dr quillby said hello", "quillby"),
        ("my name is zanter quillby and you", "zanter quillby"),
        ("hey jessica lets play", "jessica"),
        ("I met April on 4 May", "April"),
        ("어제 here with Jessica Lee 봤어", "Jessica Lee"),
        ("michael", "michael"),
        ("Yo kev", "kev"),
        ("happy bday drew 🎂", "drew"),
        ("lol night grace!", "grace"),
    ],
)
def test_persons(text: str, name: str) -> None:
    assert name in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "my name is not important",
        "this is great",
        "this is hilarious",
        "call me later",
        "hi there",
        "will you come in may",
        "Grace under fire",
        "see you on May 4",
        "sorry drew a blank",
        "good luck will follow",
        "by the 7th of June",
        "On 30 April, 2014",
        "jessica@mail.example",
        "see /home/jessica/file",
        "田中さん",
        "제시카가 LG 에서 jessica",
        "",
        "12345",
    ],
)
def test_no_persons(text: str) -> None:
    assert found(text) == []


@dataclass
class Tagged:
    """A tagger that finds one span."""

    span: Span
    labels: frozenset[str] = frozenset({"PERSON", "LOCATION"})

    def detect(self, units: Sequence[Units]) -> list[list[Span]]:
        return [[self.span] for _ in units]


def beside(text: str, surface: str, label: str = "LOCATION") -> list[tuple[str, str]]:
    start = text.index(surface)
    tagger = Tagged(Span(start, start + len(surface), label, 0.8, "names"))
    (spans,) = EnglishNames.load(tagger).detect([text])
    return sorted(set(surfaces(text, spans)))


def test_a_listed_name_inside_what_the_tagger_found_is_none() -> None:
    assert beside("I have 24hrs in San Francisco", "San Francisco") == [("San Francisco", "LOCATION")]


def test_what_the_tagger_leaves_out_of_a_listed_name_is_left_out() -> None:
    assert beside("the show Nathan For You", "Nathan", "PERSON") == [("Nathan", "PERSON")]
    assert ("Jessica Marlow", "PERSON") in beside("his name is Jessica Marlow", "Jessica", "PERSON")


def test_only_what_is_installed_or_upgraded_to_is_a_program() -> None:
    for text in ("what is Eilidh up to", "running Eilidh to school", "upgraded Eilidh's seat"):
        assert beside(text, "Eilidh", "PERSON") == [("Eilidh", "PERSON")]
    assert beside("I just installed Hardy", "Hardy", "PERSON") == []
    assert beside("sudo apt install Zant", "Zant", "PERSON") == []


@pytest.mark.parametrize(("text", "surface"), [("my NAS died", "NAS"), ("try BleachBit", "BleachBit")])
def test_odd_capitals_are_a_name_only_where_the_tagger_is_surer(text: str, surface: str) -> None:
    start = text.index(surface)
    for score, names in ((0.2, []), (0.3, [surface])):
        tagger = Tagged(Span(start, start + len(surface), "PERSON", score, "names"))
        (spans,) = EnglishNames.load(tagger).detect([text])
        assert [text[span.start : span.end] for span in spans] == names


@pytest.mark.parametrize("surface", ["McKay", "DeShawn", "JoAnn", "Eilidh", "HANNAH", "#MarlowPayne"])
def test_capitals_that_names_have_are_no_odd_ones(surface: str) -> None:
    tagger = Tagged(Span(5 + surface.startswith("#"), 5 + len(surface), "PERSON", 0.1, "names"))
    (spans,) = EnglishNames.load(tagger).detect([f"with {surface} now"])
    assert spans


@pytest.mark.parametrize(
    "text",
    [
        "Jan 23 years old",
        "met Jan, 34, at the gym",
        "met Jan 3 times this week",
        "tell Jan 2 of us are coming",
    ],
)
def test_a_month_before_an_age_or_a_count_may_be_a_person(text: str) -> None:
    assert beside(text, "Jan", "PERSON") == [("Jan", "PERSON")]


@pytest.mark.parametrize("text", ["see you Jan 4", "Jan 4, 2014", "since Jan 2019", "born Jan '98"])
def test_a_month_before_a_day_or_a_year_is_a_date(text: str) -> None:
    assert beside(text, "Jan", "PERSON") == []


def test_a_sure_cue_speaks_against_the_tagger() -> None:
    assert ("Sydney", "PERSON") in beside("my name is Sydney", "Sydney")


def test_a_name_that_is_also_a_word_is_the_taggers_to_find() -> None:
    assert beside("we met in May in Berlin", "Berlin") == [("Berlin", "LOCATION")]
    assert found("I met Grace in Berlin") == ["Grace"]


def test_a_name_after_a_cue_ends_where_its_capitals_do() -> None:
    assert "Luke Hemmings from" not in found("Hey Luke Hemmings from London")
    assert "jessica marlow" in found("my name is jessica marlow")


def test_scores() -> None:
    def score(text: str) -> float:
        return max(span.score for span in english().detect([text])[0])

    assert score("my name is zanter") == 0.9
    assert score("Jessica Marlow") == 0.75
    assert score("jessica") == 0.7
    assert score("I met Grace") == 0.5


def test_word_lists_are_read_without_comments() -> None:
    assert "will" in read_words("name_words_en")
    assert not any("#" in word for word in read_words("name_words_ja"))
    assert {"jessica", "jess", "jessie"} in read_groups("diminutives_en")


def test_a_list_that_is_not_there() -> None:
    with pytest.raises(FileNotFoundError):
        read_words("no_such_list")


@dataclass(frozen=True)
class OneSpan:
    """A tagger that takes the same place of every passage for a name."""

    start: int
    end: int
    label: str = "PERSON"
    score: float = 0.99
    labels = frozenset({"PERSON", "LOCATION"})

    def detect(self, passages: Sequence[Units]) -> list[list[Span]]:
        return [[Span(self.start, self.end, self.label, self.score, "tagger")] for _ in passages]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kunde: Ich möchte kündigen", OneSpan(0, 5)),
        ("[10:31] Berater: Gerne", OneSpan(8, 15)),
        ("The theorem holds", OneSpan(0, 3, "LOCATION")),
        ("return len(arr)", OneSpan(7, 10, score=0.5)),
    ],
)
def test_who_speaks_by_trade_little_words_and_calls_are_no_names(text: str, found: OneSpan) -> None:
    assert EnglishNames.load(found).detect([text]) == [[]]


@pytest.mark.parametrize(
    ("text", "found"), [("Kunde sagt nichts", OneSpan(0, 5)), ("ask len(he knows)", OneSpan(4, 7))]
)
def test_the_same_elsewhere_or_for_sure_is_kept(text: str, found: OneSpan) -> None:
    assert len(EnglishNames.load(found).detect([text])[0]) == 1
