"""Words of fixed length as plain strings: what an expression without repeats and choices stands for."""

import re
from dataclasses import dataclass
from itertools import product
from math import prod

from deid.detect.matching.expressions import TOKEN, characters

_MOST = 64  # strings that one word may become
_BOUND = r"\b"
_PLAIN = re.compile(r"[^\\\[\](){}?*+|^$.-]*")
_RUN = re.compile(r"\[(?P<inside>[^\]\\^][^\]\\]*)\]\{(?P<low>[0-9]+),?\}")
_ANY_CASE = re.compile(r"\(\?i:(\[[^\]\\]*\]|[^\\\[\](){}?*+|^$.])\)")


@dataclass(frozen=True, slots=True)
class Literal:
    """A string, and whether it must begin and end a word."""

    text: str
    begins: bool = False
    ends: bool = False


def literals(word: str) -> list[Literal]:
    """Return the strings that an expression stands for; none for one with repeats, choices or wide classes, and for a run.

    Its ASCII letters are small; the case of others counts, as it does in patterns of ASCII classes.
    """
    begins, ends = word.startswith(_BOUND), word.endswith(_BOUND)
    inner = word.removeprefix(_BOUND).removesuffix(_BOUND)
    if _PLAIN.fullmatch(inner):
        return [] if _is_run(inner) else [Literal(inner, begins, ends)]
    inner = _ANY_CASE.sub(r"\1", inner)
    tokens = list(TOKEN.finditer(inner))
    if any(token["look"] or token["open"] or token["repeat"] or token.group() in ")|^$." for token in tokens):
        return []
    classes = [sorted(characters(token)) for token in tokens]
    if not 0 < prod(map(len, classes)) <= _MOST:
        return []
    return [Literal(text, begins, ends) for text in map("".join, product(*classes))]


def needs_at_sign(expression: str) -> bool:
    """Say whether an @ stands in all that an expression finds, as far as that is seen at once."""
    tokens = list(TOKEN.finditer(expression))
    depth, found = 0, False
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        depth += (token["look"] or token["open"]) is not None
        depth -= token.group() == ")"
        if not depth:
            found = found or (token.group() == "@" and (after is None or after["repeat"] is None))
            if token.group() == "|":
                return False
    return found


def once(word: str) -> str:
    """Return an expression that finds a run of one character or class where it begins, not at each place of it."""
    if _PLAIN.fullmatch(word) and _is_run(word):
        return f"(?:^|[^{word[0]}]){word[0]}{{{len(word)}}}"
    run = _RUN.fullmatch(word)
    return f"(?:^|[^{run['inside']}])[{run['inside']}]{{{run['low']}}}" if run else word


def _is_run(text: str) -> bool:
    return len(text) > 1 and len(set(text)) == 1
