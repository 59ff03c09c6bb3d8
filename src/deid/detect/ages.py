"""Ages that no number with a unit states: school years («高2», «8th grader»), «三十路», «19 here».

A Japanese school year begins in April with pupils who turn 7 in the first year of primary school (School
Education Act, art. 17); grade 1 in the United States is entered at 6. Of the two ages its pupils have, a year
is taken as the younger: one number bands well, and who may be a minor counts as one.
"""

import re
from collections.abc import Iterator

from deid.types import Span

_JA_FIRST = {
    "小": 6,
    "小学": 6,
    "小学校": 6,
    "中": 12,
    "中学": 12,
    "中学校": 12,
    "高": 15,
    "高校": 15,
    "高等学校": 15,
    "大学": 18,
    "大": 18,
}
_YEARS = {"小": 6, "中": 3, "高": 3, "大": 4}
_JA = re.compile(
    r"(?<![一-龥0-9０-９])(?P<school>小学校?|中学校?|高校|高等学校|大学|[小中高](?=[0-9０-９一二三四五六](?!年(?:前|後|間|振|ぶり)|月|日|時|分|回|人|位|番|円|つ|次|階|枚|件|個|度|倍|割|点|号))|大(?=[1-4１-４一二三四](?:年生|です|だ|の(?:春|夏|秋|冬|時|頃)|$)))"
    r"(?P<year>[1-6１-６一二三四五六])(?:年生?(?!前|後|間|ぶり|振|目|連)|(?![0-9０-９年個月日時分回人位番病]))"
)
_GRADE = re.compile(
    r"(?<![A-Za-z0-9])(?:(?:in |(?:a|an) )(?P<a>[1-9]|1[0-2])(?:st|nd|rd|th)[ -]grade(?:r)?|(?P<b>[1-9]|1[0-2])(?:st|nd|rd|th)[ -]grader|(?P<c>freshman|sophomore|junior|senior)(?: year)? (?:in|at) (?P<school>high school|college|uni(?:versity)?))(?![A-Za-z])",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"[三四五六七八九]十路|(?:^|(?<=[.!,] ))(?:(?:hi|hey|hello|yo),? )?(?P<v>[1-9][0-9])(?= here(?![A-Za-z]))",
    re.IGNORECASE,
)
_CLASSES = ("freshman", "sophomore", "junior", "senior")
_KANJI = str.maketrans("一二三四五六１２３４５６", "123456123456")


def stated_ages(text: str, source: str) -> Iterator[Span]:
    """Yield AGE spans, score 0.75, for what else in a text is an age."""
    for match in _OTHER.finditer(text):
        yield Span(*match.span("v" if match["v"] else 0), "AGE", 0.75, source)
    for pattern in (_GRADE, _JA):
        for match in pattern.finditer(text):
            if _age_in(match) is not None:
                yield Span(_value_start(match), match.end(), "AGE", 0.75, source)


def age_of_grade(surface: str) -> str | None:
    """Return the younger age of a school year; None when the surface names none."""
    match = _JA.match(surface) or _GRADE.match(surface) or _GRADE.match("a " + surface)
    return None if match is None else _age_in(match)


def _value_start(match: re.Match[str]) -> int:
    """Return where the value begins, without «in» or an article."""
    return match.start() if match.re is _JA else min(match.start(g) for g in ("a", "b", "c") if match[g])


def _age_in(match: re.Match[str]) -> str | None:
    if match.re is _JA:
        school, year = match["school"], int(match["year"].translate(_KANJI))
        first = _JA_FIRST[school] + year - 1
        return str(first) if year <= _YEARS[school[0]] else None
    if match["c"]:
        start = 14 if match["school"].lower().startswith("high") else 18
        first = start + _CLASSES.index(match["c"].lower())
    else:
        first = 5 + int(match["a"] or match["b"])
    return str(first)
