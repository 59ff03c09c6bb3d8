"""Expressions written anew find what they found."""

import re

import pytest

from deid.detect.matching.searching import WHOLE, quick
from deid.detect.patterns import ALL

TEXTS = (
    "",
    "my invite code is AB12CD34, use code XK4-29Q",
    "INSTA: hana_1998 / twitter @taro.y",
    "電話番号は090-1234-5678、LINEのIDはhana_1998です",
    "招待コード：AB12CD34 パスワードはXy7!kq2pです",
    "order no. T-20447\nticket TK/20447/A",
    "〒100-0001 東京都千代田区千代田1-1 マイナンバー 1234 5678 9018",
    "mail ann.b@example.com or ann [at] example [dot] com, born 1998-04-01",
    "Code Code code the id of my id",
    "11 Elm Street, Springfield 62701 and I am 34 years old",
)


def _spans(regex: str, text: str, group: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    form = re.compile(regex, re.ASCII)
    whole = WHOLE if WHOLE in form.groupindex else 0
    match = form.search(text)
    while match is not None:
        start, end = match.span(whole)
        found += [(start, end), match.span(group if group in form.groupindex else whole)]
        match = form.search(text, end if end > start else end + 1)
    return found


@pytest.mark.parametrize(
    ("regex", "written"),
    [
        ("cat", "[c](?<=(?=(?P<whole>cat))[c])"),
        (
            "(?i:cat|cow|dog)",
            "[cCdD](?<=(?=(?P<whole>(?i:(?-i:[cC])(?:(?-i:[aA])t|(?-i:[oO])w)|(?-i:[dD])og)))[cCdD])",
        ),
        ("(?<![a-z])[0-9]{2}", "[0-9](?<=(?=(?P<whole>(?<![a-z])[0-9]{2}))[0-9])"),
        (r"a?\.", r"[a\.](?<=(?=(?P<whole>a?\.))[a\.])"),
        (r"\]|\-", r"[\]\-](?<=(?=(?P<whole>\]|\-))[\]\-])"),
        # What says little about the first character, or nothing, is not asked for it.
        ("[A-Za-z]{2}[0-9]", "[A-Za-z]{2}[0-9]"),
        ("[^x]y", "[^x]y"),
        (".y", ".y"),
        (r"\by", r"\by"),
        ("(?:^|x)y", "(?:^|x)y"),
        ("a?", "a?"),
        ("", ""),
    ],
)
def test_writes(regex: str, written: str) -> None:
    assert quick(regex) == written


@pytest.mark.parametrize(
    "regex",
    [
        "ab|a|abc",
        "(?:ab|[a-c]x|ac|b)(?:c|d)",
        "(?i:ab|é|ac|É)x?",
        "(?i:a(?-i:b|c)|ad)",
        "a{2}|ab|a?c",
        "(?=ab|ac)a[bc]",
        "(?P<v>a|ab)(?:c|bc)",
    ],
)
def test_alternatives_keep_their_order(regex: str) -> None:
    for text in ("abc", "ac", "ABC", "aax", "abx", "bx", "éx", "Éx", "adc", "aac abcd abbc", "aBx aDc"):
        assert _spans(quick(regex), text, "v") == _spans(regex, text, "v")


@pytest.mark.parametrize(
    "cue", ["(?<![A-Za-z])(?:id|ident|no)(?![A-Za-z])|番号", r"\A(?:is|in) my", "(?-i:ID|NO)x", "[b-d]x"]
)
def test_cues_ignore_case_as_before(cue: str) -> None:
    before = re.compile(cue, re.ASCII | re.IGNORECASE)
    written = re.compile(quick(cue, fold=True), before.flags)
    for text in (
        "my ID is",
        "番号",
        "IDENT 1",
        "kid",
        "No",
        "IS MY",
        "this is my",
        "IDx IDX idX",
        "bx BX CX zx",
    ):
        assert (written.search(text) is None) == (before.search(text) is None)


@pytest.mark.parametrize("regex", ["(a", "a)", "(?:a|(b)"])
def test_refuses_half_a_group(regex: str) -> None:
    with pytest.raises(ValueError, match="unbalanced"):
        quick(regex)


def test_every_pattern_finds_the_same() -> None:
    for pattern in ALL:
        written = quick(pattern.regex)
        for text in TEXTS:
            assert _spans(written, text, "v") == _spans(pattern.regex, text, "v"), pattern.name


def test_no_pattern_has_a_group_of_that_name() -> None:
    assert all(f"?P<{WHOLE}>" not in pattern.regex for pattern in ALL)
