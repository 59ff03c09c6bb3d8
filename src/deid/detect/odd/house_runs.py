"""Runs of words that an address is made of, and what a run is worth by itself."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from deid.detect.odd.homes import ARTICLES, HOUSES, KINDS, LETTERED, SAID, SAINTS, WEAK_UNITS
from deid.types import Span

_SETTLED = ("", "p", "n", "h", "k", "b", "d", ",")
_CALLED = 3  # what a name counts of which it is said that a house has it
_TWO = 2


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign: its range, its letters in lower case, and what it is.

    kind : ``n`` number, ``u`` unit, ``h`` house, ``k`` street, ``p`` name, ``d`` direction, ``s`` small word,
           ``b`` what a landmark follows, ``c`` common word, ``,`` comma, empty for what ends a run.
    opened, closed : whether a sign stands before, or behind, that parts it from its neighbour.
    """

    start: int
    end: int
    word: str = field(repr=False)
    kind: str
    capital: bool = False
    opened: bool = False
    closed: bool = False


def leads(run: Sequence[Token], over: Sequence[Span]) -> bool:
    """Whether a run goes beyond what is found of it: units and numbers before it."""
    if not over:
        return True
    before = "".join(token.kind for token in run if token.end <= over[0].start)
    return len(over) == 1 and re.fullmatch("(?:(?:u?n|ph),?)+", before) is not None


def shape_weight(  # noqa: PLR0911 - each form of run has its own reason
    shape: str, run: Sequence[Token], *, cued: bool, called: bool
) -> int:
    """Return what a run is worth by itself, 0 where it is no address.

    shape  : the kinds of its tokens.
    cued   : whether what stands before leads to an address.
    called : whether it says what a house is called.
    """
    named_home = (
        called and run[-1].capital and re.fullmatch("s*(?:[phk]s?){1,3}(?:,(?:[phk]s?){1,2})?", shape)
    )
    parts = len([part for part in shape.split(",") if part])
    units = len(re.findall("un", shape))
    strong = sum(token.kind == "u" and token.word not in WEAK_UNITS for token in run)
    kinds = len(re.findall("ps?[kh]|h+k|nsk|nsh|sh", shape))
    named = len(re.findall("nd?s*p", shape))
    if not (units or named or kinds):
        return _CALLED if named_home else 0
    if units and not (strong or named or kinds):
        return 0
    if "n" not in shape:
        if run[-1].word == "house" and parts < _TWO and not (called or run[-2].capital):
            return 0
        house = "h" in shape
        if named_home:
            return _CALLED
        if not (house and (cued or parts > 1)):
            return 0
    elif units == 1 and not (named or kinds) and parts < _TWO:
        return 0
    more = (parts > 1) + ("h" in shape and "n" not in shape) + ("b" in shape)
    return min(units, 2) + strong + 2 * min(kinds, 2) + named + more


def runs(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the longest runs of what an address is made of; common words only before a kind."""
    at = 0
    while at < len(tokens):
        run, at = _run(tokens, at)
        if run:
            yield run


def _run(tokens: Sequence[Token], first: int) -> tuple[list[Token], int]:
    """Return the run that begins at a token, cut where it can end, and where to read on."""
    run: list[Token] = []
    at = first
    while at < len(tokens):
        token = tokens[at]
        if run and (run[-1].closed or token.opened):
            break
        kind = _settled(tokens, at)
        if not kind or (kind in ",b" and not run):
            break
        run.append(replace(token, kind=kind) if kind != token.kind else token)
        at += 1
    return _cut(run), max(at, first + 1)


def _settled(tokens: Sequence[Token], at: int) -> str:  # noqa: PLR0911 - a row of kinds, each with its test
    """Return what a token is beside those behind it: a unit has a number, a common word is part of a name before a kind."""
    token = tokens[at]
    if token.kind in _SETTLED:
        return token.kind
    behind = [one.kind for one in tokens[at + 1 : at + 3]]
    if token.kind == "u":
        if behind[:1] == ["n"] or (len(tokens[at + 1 : at + 2]) and _counts(tokens, at + 1)):
            return "u"
        if token.word in HOUSES or token.word in KINDS:
            return "h" if token.word in HOUSES else "k"
    if token.kind != "n" and _counts(tokens, at):
        return "n"
    if token.kind in ("c", "u"):
        return "p" if _kind_behind(tokens, at) else ""
    if (
        token.kind == "s"
        and token.word in SAINTS
        and behind[:1] in (["p"], ["c"])
        and at
        and tokens[at - 1].kind == "n"
    ):
        return "p"
    if (
        token.kind == "s"
        and token.word in ARTICLES
        and not any(kind in ("p", "h", "k", "s", "c") for kind in behind[:1])
    ):
        return ""
    return token.kind


def _counts(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word is a number here: «number four», «twelve the close», «flat b»."""
    word = tokens[at].word
    before = tokens[at - 1].word if at else ""
    if word in SAID:
        behind = tokens[at + 1 : at + 3]
        said = len(behind) > 1 and behind[0].word == "the" and behind[1].kind in ("k", "h", "u")
        return before in ("number", "no") or said
    return len(word) == 1 and word.isalpha() and word not in "ai" and before in LETTERED


def _kind_behind(tokens: Sequence[Token], at: int) -> bool:
    """Whether the kind of a house or street stands behind one or two words from here on."""
    for token in tokens[at + 1 : at + 3]:
        if token.kind in ("h", "k") or token.word in HOUSES or token.word in KINDS:
            return token.word != "house"
        if token.kind not in ("c", "p") or token.opened:
            return False
    return False


def _cut(run: list[Token]) -> list[Token]:
    """Return a run from where an address can begin to where it can end."""
    parts = [list(part) for comma, part in groupby(run, lambda token: token.kind == ",") if not comma]
    while parts and not _may_open(parts[0], last=len(parts) == 1):
        lead = [at for at, token in enumerate(parts[0]) if token.kind in ("n", "u")]
        parts[:1] = [parts[0][lead[0] :]] if lead and lead[0] else []
    parts = [_trimmed(part) for part in parts]
    while len(parts) > 1 and not _may_close(parts[-1]):
        parts.pop()
    if not parts or not parts[0]:
        return []
    first, last = parts[0][0], next(part[-1] for part in reversed(parts) if part)
    return [token for token in run if first.start <= token.start and token.end <= last.end]


def _may_open(part: Sequence[Token], *, last: bool) -> bool:
    """Whether an address may begin so: a number, a unit, a house by its name, or names alone."""
    shape = "".join(token.kind for token in part)
    if shape[0] in "nu":
        return True
    return re.match("s*p{1,3}s?h|s?h", shape) is not None or (
        not re.search("[nu]", shape) and (last or part[-1].capital)
    )


def _may_close(part: Sequence[Token]) -> bool:
    """Whether an address may end so, behind a comma."""
    shape = "".join(token.kind for token in part)
    if re.search("un|[hk]|np", shape):
        return True
    return "p" in shape and (part[-1].capital or (part[-1].closed and len(part) > 1))


def _trimmed(part: list[Token]) -> list[Token]:
    """Return a part up to where its name ends, without small words there."""
    for at in range(1, len(part)):
        before, token = part[at - 1], part[at]
        if (
            token.kind == "p"
            and not token.capital
            and (before.kind in ("k", "h") or (before.kind == "p" and before.capital))
        ):
            part = part[:at]
            break
    while part and part[-1].kind in ("s", "b", "d"):
        part = part[:-1]
    return part
