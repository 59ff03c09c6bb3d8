"""Expressions written out as words of a fixed length.

A Set of words has about as many states as they have letters (Aho and Corasick, 1975). One endless repeat
in each of several expressions multiplies them: RE2 makes a state at its first use, which then costs more
than the search.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, product
from math import prod

from deid.detect.matching.expressions import TOKEN, characters

_MOST = 400  # words that one alternative may become
_ENDLESS = 3  # a repeat beyond this stands for no words
_FEW = 8  # characters of a class that says something
_LETTER = 4  # what one written out says, when a space or any character says 1
_LEAST = 4 * _LETTER  # what words must say that leave something out, or the expression stays as it is
_BOUND = re.compile(r"\(\?:(?:\^\|)?\[\^(?=[^\]]*a-z)[^\]]*\](?:\|\\z)?\)")  # no letter on this side
_EDGES = (r"\b", "0", "_")  # the same beside a letter, and states that words share
_COMMON = frozenset(" .,-/:'\n0")  # say little about a text

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """What is known of a stretch of an expression.

    regex : as written.
    whole : expressions of fixed length that stand for it in any place; none when there are too many.
    edge  : those that stand for it where the words begin or end; none when it may be left out.
    said  : words of which every match holds one, and the least that any of them says; that is all that
            a match must hold when it says as much as ``worth``.
    worth : the least that a match of it says.
    parts : alternatives that are all there is to it.
    """

    regex: str
    whole: Words = ()
    edge: Words = ()
    said: tuple[int, Words] = (0, ())
    worth: int = 0
    parts: Sequence["_Part"] = ()


@lru_cache(maxsize=1 << 12)
def spellings(expression: str) -> tuple[list[str], list[str]]:
    """Return words of fixed length, and expressions of which that cannot be said; the prefilter holds one of them.

    Raises ValueError for an expression that is not whole.
    """
    tokens = list(TOKEN.finditer(expression))
    branches, end = _choice(tokens, 0, "")
    if end < len(tokens):
        raise ValueError("an expression with unbalanced groups")
    words: list[str] = []
    others: list[str] = []
    for branch in branches:
        _spell(branch, words, others)
    return words, others


def _spell(part: _Part, words: list[str], others: list[str]) -> None:
    says, spelled = part.said
    if spelled and says >= min(part.worth, _LEAST):
        words += spelled
    elif part.parts:
        for inner in part.parts:
            _spell(inner, words, others)
    else:
        others.append(part.regex)


def _choice(tokens: Sequence[re.Match[str]], at: int, case: str) -> tuple[list[_Part], int]:
    """Read alternatives, up to a closing bracket or the end; those of a group in brackets alone are its own."""
    branches: list[_Part] = []
    while True:
        parts, at = _sequence(tokens, at, case)
        branches.append(_joined(parts))
        if at == len(tokens) or tokens[at].group() == ")":
            return branches, at
        at += 1


def _sequence(tokens: Sequence[re.Match[str]], at: int, case: str) -> tuple[list[_Part], int]:
    parts: list[_Part] = []
    while at < len(tokens) and tokens[at].group() not in {"|", ")"}:
        token = tokens[at]
        if token["open"]:
            inner = "(?i:" if "?i:" in token["open"] else "" if "-i:" in token["open"] else case
            branches, at = _choice(tokens, at + 1, inner)
            part = _either(branches)
        else:
            part = _atom(token.group(), case)
        at += 1
        if at < len(tokens) and tokens[at]["repeat"]:
            part = _repeated(part, tokens[at])
            at += 1
            while at < len(tokens) and tokens[at].group() == "?":
                at += 1
        parts.append(part)
    return parts, at


@lru_cache(maxsize=1 << 12)
def _atom(text: str, case: str) -> _Part:
    """Read a character or a class: expressions are made of few."""
    token = next(TOKEN.finditer(text))
    chosen = characters(token)
    if token["escaped"] and token["escaped"].isalnum():
        return _Part(text)
    if case and text.lower() != text.upper() and not text.isascii():
        text = f"(?i:{text})"
    if not 0 < len(chosen) <= _FEW:
        return _Part(text, worth=1)
    says = 1 if chosen & _COMMON else _LETTER if len(chosen) == 1 else 2
    return _Part(text, (text,), (text,), (says, (text,)), says)


def _either(branches: Sequence[_Part]) -> _Part:
    regex = "(?:" + "|".join(dict.fromkeys(branch.regex for branch in branches)) + ")"
    if _BOUND.fullmatch(regex):
        return _Part(regex, _EDGES, _EDGES, worth=1)
    if len(branches) == 1:
        return replace(branches[0], regex=regex, parts=branches)
    whole, edge = (_all([getattr(branch, of) for branch in branches]) for of in ("whole", "edge"))
    said = _all([branch.said[1] for branch in branches])
    least = min(branch.said[0] for branch in branches) if said else 0
    return _Part(regex, whole, edge, (least, said), min(branch.worth for branch in branches), branches)


def _all(of_branches: Sequence[Words]) -> Words:
    """Return the words of all branches; none when one has none or they are too many."""
    words = tuple(dict.fromkeys(word for words in of_branches for word in words))
    return words if all(of_branches) and len(words) <= _MOST else ()


def _repeated(part: _Part, mark: re.Match[str]) -> _Part:
    text = mark.group()
    low = 0 if text in {"?", "*"} else int(mark["low"] or 1)
    high = 1 if text == "?" else low if mark["low"] and mark["comma"] is None else int(mark["high"] or 99)
    regex = part.regex + text
    least = _times(part.edge, low)
    said = part.said if low else (0, ())
    if high <= max(low, _ENDLESS):
        whole = [_times(part.whole, count) or ("",) * (not count) for count in range(low, high + 1)]
        return _Part(regex, _all(whole), least, said, part.worth * low)
    return _Part(regex, (), least, said, part.worth * low)


def _times(words: Words, count: int) -> Words:
    """Return what so many of the words make one after another; none for no words and for too many."""
    if not count or len(words) ** count > _MOST:
        return ()
    return tuple(map("".join, product(words, repeat=count)))


def _joined(parts: Sequence[_Part]) -> _Part:
    """Return what follows one another as one part."""
    regex = "".join(part.regex for part in parts)
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return _Part("", ("",))
    parts = _literals([_beside_letters(parts, at) for at in range(len(parts))])
    found = [*_stretches(parts), *((part.said[0], [part.said[1]]) for part in parts if part.said[1])]
    most = max((says for says, _ in found), default=0)
    # Only the stretches that say most are written out.
    best = [(says, _product(inside)) for says, inside in found if says == most]
    said = max(best, key=lambda words: -len(words[1]), default=(0, ()))
    whole = _product([part.whole for part in parts])
    return _Part(regex, whole, () if "" in whole else whole, said, sum(part.worth for part in parts))


def _literals(parts: Sequence[_Part]) -> list[_Part]:
    """Return the parts, those that one word stands for and that follow one another as one."""
    joined: list[_Part] = []
    for literal, run in groupby(parts, key=lambda part: len(part.whole) == 1 and part.whole == part.edge):
        some = list(run)
        if not literal or len(some) == 1:
            joined += some
            continue
        word, worth = "".join(part.whole[0] for part in some), sum(part.worth for part in some)
        regex = "".join(part.regex for part in some)
        joined.append(_Part(regex, (word,), (word,), (worth, (word,)), worth))
    return joined


def _beside_letters(parts: Sequence[_Part], at: int) -> _Part:
    """Return a part; one that bounds a word, but stands beside something else, as what it is."""
    part = parts[at]
    if part.edge != _EDGES:
        return part
    before = at + 1 == len(parts)
    words = parts[at - 1].edge if before else parts[at + 1].edge
    ends = [word[-1:] if before else word[:1] for word in words]
    return part if ends and all(map(_is_letter, ends)) else _Part(part.regex, worth=1)


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _stretches(parts: Sequence[_Part]) -> Iterator[tuple[int, list[Words]]]:
    """Yield what every stretch says that begins and ends with what must be there, and the words of its parts."""
    for first in range(len(parts)):
        for last in range(first, len(parts)):
            if last > first and not (parts[first].edge and all(p.whole for p in parts[first + 1 : last])):
                break
            ends = {first, last}
            inside = [parts[at].edge if at in ends else parts[at].whole for at in range(first, last + 1)]
            if 0 < prod(map(len, inside)) <= _MOST:
                yield sum(parts[at].worth for at in range(first, last + 1)), inside


def _product(of_parts: Sequence[Words]) -> Words:
    if prod(map(len, of_parts)) > _MOST:
        return ()
    return tuple(dict.fromkeys(map("".join, product(*of_parts))))
