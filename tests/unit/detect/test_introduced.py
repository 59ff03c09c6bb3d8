"""Names that no list has, told by what stands before them."""

import pytest

from deid.detect.names.english import EnglishNames
from deid.detect.names.introduced import introduced


def names(text: str) -> list[str]:
    return [text[start:end] for start, end in introduced(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("My boss Priyanka Venkataraman keeps calling", "Priyanka Venkataraman"),
        ("my mom Guadalupe passed away", "Guadalupe"),
        ("call my husband, Ignatius", "Ignatius"),
        ("my best friend Nkechi is here", "Nkechi"),
        ("her mother-in-law Zsofia came", "Zsofia"),
        ("our neighbour O'Riordan waved", "O'Riordan"),
        ("Kind regards,\nSvetlana Morozova\nSenior Analyst", "Svetlana Morozova"),
        ("thanks!\n\nYours sincerely\n\nBohdan", "Bohdan"),
    ],
)
def test_a_name_is_told_by_what_stands_before_it(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "my boss Monday morning was awful",
        "my friend English is hard",
        "my husband who left",
        "My boss Is shouting",
        "my teacher said April",
        "a boss Priyanka",
        "my boss PRIYANKA2",
        "Best regards,\nThe Team",
        "Kind regards,\nwe will be in touch",
        "Kind regards,\nSvetlana will be in touch",
        "regards to Paris",
    ],
)
def test_other_words_are_none(text: str) -> None:
    assert names(text) == []


def test_names_without_a_list_are_found_where_no_tagger_reads() -> None:
    (spans,) = EnglishNames.load().detect(["my husband Ignatius drove"])
    assert [(span.label, span.start, span.end) for span in spans] == [("PERSON", 11, 19)]
