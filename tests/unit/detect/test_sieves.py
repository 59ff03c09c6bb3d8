"""The sieves: what a pattern must find, which texts are refused and when that is asked."""

import re

import pytest

from deid.detect.matching import sieves
from deid.detect.matching.sieves import Sieve, necessary
from deid.detect.patterns import ALL

pytest.importorskip("re2")

PAD = "and so on and on " * 8


@pytest.mark.parametrize(
    ("regex", "expected"),
    [
        ("ab", "(?:ab)"),
        ("(?<![A-Z])ab(?![0-9])", "(?:^|[^A-Z])(?:ab)(?:$|[^0-9])"),
        ("(?i:(?<!x)(?<![a-z])(?P<v>ab)(?![0-9]|[.]x)(?!y))", "(?:^|[^a-z])(?:(?i:(?P<v>ab)))(?:$|[^0-9])"),
        ("(?<![A-Z])a|b(?![0-9])", "(?:^|[^A-Z])(?:a)|(?:b)(?:$|[^0-9])"),
        ("(?:a|b(?![0-9]))", "(?:(?:a|b))"),
        ("(?:a(?![0-9])){2}", "(?:(?:a){2})"),
        ("(?<![^\\n])a(?=b)", "(?:a)"),
        ("a{9,12}b(?![0-9]x)", "(?:a{3,}b)"),
    ],
)
def test_what_is_necessary(regex: str, expected: str) -> None:
    assert necessary(regex) == expected


def sieve(regex: str) -> Sieve:
    return Sieve(necessary(regex))


def test_only_texts_that_cannot_match_are_refused() -> None:
    regex = "(?<![a-z])kit[0-9](?![0-9])"
    texts = [PAD, f"{PAD}kit7", f"{PAD}kit77", f"{PAD}skit7", f"kit7{PAD}", f"{PAD}kit7.", f"{PAD}の kit7 と"]
    kept = sieve(regex)(range(len(texts)), texts)
    assert kept == [number for number, text in enumerate(texts) if re.search(regex, text)] == [1, 4, 5, 6]


def test_many_texts_are_refused_at_once_and_each_as_if_alone() -> None:
    regex = "(?<![a-z\\n])kit[0-9](?![0-9\\n])"
    likely = [f"kit7{PAD}", f"{PAD}kit7", f"{PAD}\nkit7", f"{PAD}kit7\n", f"{PAD}kit77", f"{PAD} kit7!"]
    texts = [*[PAD] * 20, *likely, *[PAD] * 40, *likely]
    kept = set(sieve(regex)(range(len(texts)), texts))
    assert {number for number, text in enumerate(texts) if re.search(regex, text)} <= kept
    assert kept <= {number for number, text in enumerate(texts) if text != PAD}
    assert sieve(regex)(range(60), [PAD] * 60) == []


def test_short_texts_are_let_through_once_one_was() -> None:
    made = sieve("kit[0-9]")
    assert made([1, 1], ["kit", "ki"]) == []
    assert made([0, 1], ["kit7", "ki"]) == [0]
    assert made([1, 1], ["kit7", "ki"]) == [1, 1]
    assert made([0], [PAD]) == []


def test_a_sieve_that_lets_most_through_is_asked_no_more() -> None:
    texts = [f"{PAD}kit7"] * 40 + [PAD]
    assert sieve("kit[0-9]")(range(41), texts) == list(range(41))
    assert sieve("kit[0-9]")(range(40, -1, -1), texts) == list(range(40, -1, -1))[1:]


def test_the_sieve_of_every_pattern_fits_into_memory() -> None:
    assert [pattern.name for pattern in ALL if sieves.matcher(necessary(pattern.regex))(b"")] == []


def test_it_says_no_text() -> None:
    assert "kit" not in repr(sieve("kit[0-9]"))
