"""Expressions written out as words: what is said in full, what is left out, what stays as it is."""

import random

import pytest

from deid.detect.matching import candidates
from deid.detect.matching.candidates import search_set
from deid.detect.matching.expressions import folded
from deid.detect.matching.spellings import spellings
from deid.detect.matching.wordsets import SMALL
from deid.detect.patterns import ALL
from deid.detect.scanning import gates


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("phones?", ["phone"]),
        ("tel(?:ephone)?", ["tel"]),
        ("(?:my|his) (?:cell|phone)", ["my cell", "my phone", "his cell", "his phone"]),
        ("call(?: me)? (?:at|on)", ["call at", "call on", "call me at", "call me on"]),
        ("a{2}b{1,2}c", ["aabc", "aabbc"]),
        (r"no\.? #", [r"no #", r"no\. #"]),
        ("[ab][ -]c", ["[ab][ -]c"]),
        ("x|yy", ["x", "yy"]),
        ("(?i:é)t", ["(?i:é)t"]),
    ],
)
def test_words_in_full(expression: str, words: list[str]) -> None:
    assert spellings(expression) == (words, [])


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("my phone +is", ["my phone "]),
        ("[a-z]{3,}card(?:s|es)", ["cards", "cardes"]),
        ("a +(?:number|numero)", [" number", " numero"]),
    ],
)
def test_what_is_endless_is_left_out_where_the_rest_says_enough(expression: str, words: list[str]) -> None:
    assert spellings(expression) == (words, [])


@pytest.mark.parametrize("expression", ["@ *[a-z]", "a [a-z]+", "[0-9]{4,}", r"(?:^|[^0-9])[0-9]\z"])
def test_what_says_little_stays(expression: str) -> None:
    assert spellings(expression) == ([], [expression])


def test_each_alternative_for_itself() -> None:
    assert spellings("(?:@ *[a-z]|mail)") == (["mail"], ["@ *[a-z]"])


def test_a_word_that_begins_at_no_letter() -> None:
    assert spellings("(?:^|[^a-z])ssn") == ([r"\bssn", "0ssn", "_ssn"], [])
    assert spellings(r"ssn(?:[^a-z]|\z)") == ([r"ssn\b", "ssn0", "ssn_"], [])
    assert spellings("(?:^|[^a-z])#ab") == ([], ["(?:^|[^a-z])#ab"])


def test_too_many_words_stay() -> None:
    many = "(?:" + "|".join(f"a{chr(0x4E00 + n)}" for n in range(500)) + ")"
    words, others = spellings(f"{many}@")
    assert (words, len(others)) == ([], 1)


def test_unbalanced() -> None:
    with pytest.raises(ValueError, match="unbalanced"):
        spellings("a)b")


@pytest.mark.skipif(not candidates.HAS_RE2, reason="google-re2 is not installed")
def test_whatever_a_trigger_is_found_in_holds_one_of_its_words() -> None:
    """Texts made of the triggers' own words, cut and joined at random."""
    triggers = [folded(gates._gate(pattern).trigger, SMALL) for pattern in ALL]  # noqa: SLF001
    triggers = [trigger for trigger in dict.fromkeys(triggers) if trigger]
    spelled = [[*words, *others] for words, others in map(spellings, triggers)]
    pieces = [word for words in spelled for word in words if word.isalnum() or " " in word]
    rng = random.Random(7)
    whole = search_set(triggers)
    numbered = [(number, word) for number, words in enumerate(spelled) for word in words]
    match = search_set([word for _, word in numbered], memory_bytes=256 << 20)
    for _ in range(1500):
        text = "".join(
            rng.choice([rng.choice(pieces), " ", "0", "_", ":", "@", "は"]) for _ in range(8)
        ).encode()
        found = {numbered[index][0] for index in match(text) or ()}
        assert set(whole(text) or ()) <= found
