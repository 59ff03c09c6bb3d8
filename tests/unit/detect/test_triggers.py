"""What is read off an expression: prefilters, pieces of a run, words."""

import pytest

from deid.detect.matching.expressions import folded, needs_more_than_ascii, prefilter
from deid.detect.matching.stretches import Piece, Run
from deid.detect.matching.triggers import piece, words

ONE = dict.fromkeys(map(ord, "0123456789"), "0")
DIGITS = frozenset("0123456789")
NUMBER = Run(DIGITS | frozenset(" -+("), DIGITS | frozenset("+("), DIGITS, ONE)


@pytest.mark.parametrize(
    ("regex", "loose"),
    [
        (r"(?<![0-9])a(?!b)c", "ac"),
        (r"a(?=(?:x|[)]))b", "ab"),
        (r"[0-9]{40}", "[0-9]{12,}"),
        (r"[0-9]{2,40}", "[0-9]{2,}"),
        (r"[0-9]{4}", "[0-9]{4}"),
        (r"(?:x){0,2}y$", "(?:x){0,2}y"),
        (r"[{(]\{a\}", r"[{(]\{a\}"),
        ("a++(?:b{2,9}+)", "a+(?:b{2,})"),
        (r"\++", r"\++"),
        (r"[]a](?<=[)])b", "[]a]b"),
    ],
)
def test_prefilter(regex: str, loose: str) -> None:
    assert prefilter(regex) == loose


@pytest.mark.parametrize(
    ("regex", "found"),
    [
        ("tel [0-9]{3}-[0-9]{4}", Piece("[0-0]{3}-[0-0]{4}", 7, whole=False)),
        ("(?<![0-9])[0-9]{3}(?![0-9])", Piece("(?<![0-0])[0-0]{3}(?![0-0])", 3)),
        (r"\+ ?[1-9][0-9]", Piece(r"\+ ?[0-0][0-0]", 2)),
        ("(?:tel ?)?[0-9]{3}(?:x[0-9])?", Piece("[0-0]{3}", 3)),
        ("(?:ab[0-9]{2}|[0-9]{3})c", Piece("(?:(?:[0-0]{2}|[0-0]{3}))", 2, whole=False)),
        ("(?P<v>[0-9]{2})-[a-z]", Piece("(?:[0-0]{2})", 2, whole=False)),
        ("(?:a[0-9]){3}", Piece("(?:[0-0])", 1, whole=False)),
        ("- ?[0-9]{2}", Piece(" ?[0-0]{2}", 2, whole=False)),
        ("[0-9]{2,4}?[0-9]", Piece("[0-0]{2,4}?[0-0]", 3)),
        ("[0-9]{2,4}+", Piece("[0-0]{2,4}+", 2)),
    ],
)
def test_piece(regex: str, found: Piece) -> None:
    assert piece(regex, NUMBER) == found


@pytest.mark.parametrize("regex", ["[a-z]+", "", "(?:[0-9]|x)", "[^a]", r"\w"])
def test_no_piece(regex: str) -> None:
    assert piece(regex, NUMBER) is None


@pytest.mark.parametrize(
    ("look", "kept"),
    [
        ("(?![0-9])", "(?![0-0])"),
        ("(?!-[0-9]{2})", "(?!-[0-0]{2})"),
        ("(?!19)", ""),  # a folded run cannot tell 19 from 20
        ("(?![0-4])", ""),
        ("(?![^0-9])", ""),
        ("(?= years)", ""),  # may lie beyond the run
        ("(?!$)", ""),
    ],
)
def test_look_arounds_stay_where_the_run_decides_them(look: str, kept: str) -> None:
    assert piece(f"[0-9]{look}", NUMBER) == Piece(f"[0-0]{kept}", 1)


@pytest.mark.parametrize("regex", ["(?:a", "a)", "(?![0-9]"])
def test_half_an_expression(regex: str) -> None:
    with pytest.raises(ValueError, match="unbalanced"):
        piece(regex, NUMBER)


@pytest.mark.parametrize(
    ("regex", "letters", "said"),
    [
        ("tel[0-9]{4,}", 3, "tel[0-9]"),
        ("[a-z]{5}#[0-9]{4}", 1, "[a-z]#[0-9]"),
        ("(?:ab|abc)", 2, "(?:(?:ab|abc))"),
        ("(?<![a-z])id", 2, "(?:^|[^a-z])id"),
        ("(?:x[0-9]{9}|yes) no", 2, " no"),
        ("[0-9]{9}", 0, ""),
        ("a?b[. ]", 1, "a?b[. ]"),
    ],
)
def test_words(regex: str, letters: int, said: str) -> None:
    found, expression = words(regex)
    assert found == letters
    assert not letters or expression == said


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("a{12}[1-9]7", "a{12}[0-0]0"),
        (r"\.[^5]", r"\.[\x00-\x{10ffff}]"),
        ("[^0-9]", "[^0-0]"),
        ("(?i:9)", "(?i:0)"),
    ],
)
def test_folded(expression: str, result: str) -> None:
    assert folded(expression, ONE) == result


@pytest.mark.parametrize(
    ("regex", "needs"),
    [
        ("番号", True),
        ("[ぁ-ゖー]", True),
        ("id[は:]", False),
        ("(?:id|pw)は", True),
        ("(?:番号|コード)?[0-9]", False),
        ("は{0,2}x", False),
        ("は{1,2}x", True),
        ("は|id", False),
        ("(?:は|が)|の", True),
        ("(?<!は)id(?=は)", False),
        ("[^a-z]", False),
        ("[^\\x00-\\x7f]", False),
        ("", False),
    ],
)
def test_needs_more_than_ascii(regex: str, *, needs: bool) -> None:
    assert needs_more_than_ascii(regex) is needs
