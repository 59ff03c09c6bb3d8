"""Words as plain strings."""

import re

import pytest

from deid.detect.matching.literals import Literal, literals, needs_at_sign, once


@pytest.mark.parametrize(
    ("word", "texts"),
    [
        ("gmail", {"gmail"}),
        ("電話 番号", {"電話 番号"}),
        (r"no\.", {"no."}),
        ("p[a0]ss", {"pass", "p0ss"}),
        ("[0-2]x", {"0x", "1x", "2x"}),
        ("(?i:é)t(?i:[éa])", {"été"[:2] + "é", "éta"}),
    ],
)
def test_strings_of_a_word(word: str, texts: set[str]) -> None:
    found = literals(word)
    assert {literal.text for literal in found} == texts
    assert len(found) == len(texts)
    assert all(re.fullmatch(word, text, re.ASCII) for text in texts)


@pytest.mark.parametrize(
    "word", ["ab*", "a{2}", "(?:a|b)", "a|b", "^a", "a$", "a.b", "[^a]b", r"\wa", "[a-z][a-z]b"]
)
def test_what_stands_for_no_few_strings(word: str) -> None:
    assert literals(word) == []


def test_bounds_of_a_word() -> None:
    assert literals(r"\bid") == [Literal("id", begins=True)]
    assert literals(r"id\b") == [Literal("id", ends=True)]
    assert literals(r"\bid\b") == [Literal("id", begins=True, ends=True)]
    assert literals(r"\bi[dx]\b") == [
        Literal("id", begins=True, ends=True),
        Literal("ix", begins=True, ends=True),
    ]


def test_a_run_of_one_character_is_an_expression() -> None:
    assert literals("0000") == []
    assert once("0000") == "(?:^|[^0])0{4}"
    assert once("0001") == "0001"
    assert once("a+") == "a+"
    assert once("[0a-f]{12}") == once("[0a-f]{12,}") == "(?:^|[^0a-f])[0a-f]{12}"
    assert once("[^0]{12}") == "[^0]{12}"
    assert once("[0]{2}[a]{2}") == "[0]{2}[a]{2}"
    assert literals("0") == [Literal("0")]


@pytest.mark.parametrize("expression", ["@[a-z]", "(?:^|[^a-z])@", "a *@b", "@"])
def test_an_at_sign_that_must_be_there(expression: str) -> None:
    assert needs_at_sign(expression)


@pytest.mark.parametrize("expression", ["@?b", "a@*", "a@|b", "(?:@|b)c", "(?:@)?", "[@]", "a"])
def test_an_at_sign_that_may_be_missing(expression: str) -> None:
    assert not needs_at_sign(expression)
