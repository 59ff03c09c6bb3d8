"""Which turns the network of told words reads."""

from deid.detect.tells.cues import Cues, read_cues, size_of, words_of

CUES = read_cues("handle 0 40 10\nsure 30 0 0\n#1 -20 0 0\n", 60)


def test_words_are_those_of_a_to_z_each_once() -> None:
    assert words_of("It's Copper, copper & Thistle_9") == ["it", "s", "copper", "thistle"]


def test_a_turn_is_of_the_largest_size_that_it_has() -> None:
    assert [size_of(["word"] * count) for count in (0, 1, 5, 12, 40)] == ["#0", "#1", "#4", "#12", "#40"]


def test_words_weigh_by_where_they_stand() -> None:
    assert CUES.open(["handle", "sure thing"]) == [1]
    assert CUES.open(["handle", "sure"]) == []  # a turn of one word weighs less
    assert CUES.open(["sure thing", "handle"]) == []


def test_what_nobody_spoke_before_is_not_read() -> None:
    assert Cues({}, -1).open(["one", "two", "three"]) == [1, 2]
    assert Cues({}, -1).open([]) == []


def test_turns_further_back_than_three_tell_nothing() -> None:
    cues = read_cues("handle 0 0 10\nsure 30 0 0\n", 40)
    assert cues.open(["handle", "x", "x", "sure"]) == [3]
    assert cues.open(["handle", "x", "x", "x", "sure"]) == []


def test_cues_keep_their_words_to_themselves() -> None:
    assert "handle" not in repr(CUES)
