"""Where in a line a name is likely, whatever the word."""

import pytest

from deid.detect.names.frames import framed


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Kelha: try that", "Kelha"),
        ("nkechi, did it work?", "nkechi"),
        ("ok\nxanga - got it", "xanga"),
        ("thanks wille", "wille"),
        ("my roommate thandiwe snores", "thandiwe"),
        ("a girl named sunniva helped", "sunniva"),
        ("i talked to quetzalli", "quetzalli"),
        ("Thiri baked a cake", "Thiri"),
        ("gn babs", "babs"),
        ("grandpa wojtek built it", "wojtek"),
        ("RIP mzwandile", "mzwandile"),
        ("me and zuzana broke up", "zuzana"),
        ("siobhán u awake?", "siobhán"),
        ("yusra can you come", "yusra"),
        ("tendai and i are done", "tendai"),
        ("ŁUKASZ".title() + ", now", "Łukasz"),
    ],
)
def test_a_word_that_is_called_greeted_or_spoken_of_is_framed(text: str, word: str) -> None:
    assert text.index(word) in set(framed(text))


@pytest.mark.parametrize(
    "text",
    [
        "yusra sleeps",
        "you and the dog",
        "his grandpas",
        "a tendai and a b",
        "NWAlert: flood",
        "aaaaw, sweet",
        "aah, no",
        "it works",
        "see http://x.org",
        "ask me@x.org",
    ],
)
def test_cries_headlines_and_addresses_are_not(text: str) -> None:
    assert not list(framed(text))
