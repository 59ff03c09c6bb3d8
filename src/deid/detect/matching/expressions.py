"""Regular expressions as text: read into tokens, loosened for RE2, folded.

A prefilter is a pattern without look-arounds and with its counted repeats loosened: RE2 finds it wherever
the pattern matches, and its automaton is small.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

_LOOSE = 12  # a counted repeat beyond this becomes "at least this often"
_WIDEST = 128  # characters of a range that is read out one by one
TOKEN = re.compile(
    r"(?P<look>\(\?<?[=!])|(?P<open>\((?:\?(?:-?i:|:|P<[a-z]+>))?)|(?P<repeat>[?*+]|\{(?P<low>[0-9]+)(?P<comma>,)?(?P<high>[0-9]*)\})"
    r"|\\(?P<escaped>.)|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|.",
    re.DOTALL,
)
"""A look-around's opening, a group's, a repeat, an escaped character, a class, or any other character."""

Tokens = Sequence[re.Match[str]]

_MEMBER = re.compile(r"(?P<low>\\.|[^\\])-(?P<high>\\.|[^\\])|(?P<one>\\.|[^\\])", re.DOTALL)


def prefilter(regex: str, *, loose: int = _LOOSE) -> str:
    """Return an RE2 expression that is found wherever ``regex`` is.

    Look-arounds, anchors and possessive marks go (they only restrict), counted repeats lose their upper
    bound, and a lower bound beyond ``loose``.
    """
    kept: list[str] = []
    depth = 0  # of the look-around being dropped
    repeated = False
    for token in TOKEN.finditer(regex):
        text = token.group()
        possessive, repeated = repeated and text == "+", token["repeat"] is not None
        if possessive:
            continue
        if depth:
            depth += text.startswith("(") - (text == ")")
        elif token["look"]:
            depth = 1
        elif token["low"] is not None:
            kept.append(_loosen(token, loose))
        elif text != "$":
            kept.append(text)
    return "".join(kept)


def _loosen(repeat: re.Match[str], loose: int) -> str:
    low, high = int(repeat["low"]), repeat["high"]
    exact = repeat["comma"] is None
    if (exact and low <= loose) or (high and int(high) < 3):
        return repeat.group()
    return f"{{{min(low, loose)},}}"


def folded(expression: str, fold: Mapping[int, str]) -> str:
    """Return a prefilter for texts in which characters were replaced, as in ``str.translate``."""
    kept: dict[str, str] = {}  # expressions are made of few tokens
    return "".join(
        kept.get(token.group()) or kept.setdefault(token.group(), _loose_fold(token, fold))
        for token in TOKEN.finditer(expression)
    )


def _loose_fold(token: re.Match[str], fold: Mapping[int, str]) -> str:
    refused = token["set"] is not None and token["set"].startswith("[^")
    if refused and not keeps_kinds(_members(token["set"][2:-1]), fold):
        return r"[\x00-\x{10ffff}]"
    return fold_token(token, fold)


def fold_token(token: re.Match[str], fold: Mapping[int, str]) -> str:
    """Return a token with its characters replaced, syntax as it is."""
    written = token["open"] or token["repeat"] or token["escaped"]
    return token.group() if written else token.group().translate(fold)


def characters(token: re.Match[str]) -> frozenset[str]:
    """Return the characters that an atom stands for; empty when they are too many, or it stands for none."""
    text = token.group()
    if token["escaped"]:
        return frozenset(_plain(text))
    if token["set"] is None:
        return frozenset() if text in ".^$" else frozenset(text)
    return frozenset() if text[1] == "^" else _members(text[1:-1])


def _members(inside: str) -> frozenset[str]:
    """Return the characters of a class; empty when one cannot be read out."""
    members = [_range(member) for member in _MEMBER.finditer(inside)]
    return frozenset().union(*members) if all(members) else frozenset()


def _range(member: re.Match[str]) -> frozenset[str]:
    if member["one"]:
        return frozenset(_plain(member["one"]))
    low, high = _plain(member["low"]), _plain(member["high"])
    wide = not low or not high or ord(high) - ord(low) > _WIDEST
    return frozenset() if wide else frozenset(map(chr, range(ord(low), ord(high) + 1)))


def _plain(written: str) -> str:
    """Return the character that one stands for as written; empty for a class such as digits."""
    return "" if written[0] == "\\" and written[-1].isalnum() else written[-1]


def keeps_kinds(chosen: frozenset[str], fold: Mapping[int, str]) -> bool:
    """Say whether a class holds all characters of a kind or none, so that folding changes nothing."""
    kinds = {fold[ord(c)] for c in chosen if ord(c) in fold}
    return bool(chosen) and all(chr(code) in chosen for code, kind in fold.items() if kind in kinds)


def branches_of(tokens: Tokens) -> list[Tokens]:
    """Return the alternatives of an expression, or of what stands in a group.

    Raises ValueError for unbalanced groups.
    """
    branches: list[Tokens] = []
    start = depth = 0
    for at, token in enumerate(tokens):
        depth += opens(token) - (token.group() == ")")
        if not depth and token.group() == "|":
            branches.append(tokens[start:at])
            start = at + 1
    if depth:
        raise ValueError("an expression with unbalanced groups")
    return [*branches, tokens[start:]]


def opens(token: re.Match[str]) -> bool:
    """Say whether a token opens a group or a look-around."""
    return (token["look"] or token["open"]) is not None


def group_end(tokens: Tokens, at: int) -> int:
    """Return one past the group that begins at a token, or the token itself.

    Raises ValueError for one without an end.
    """
    depth = 0
    for end in range(at, len(tokens)):
        depth += opens(tokens[end]) - (tokens[end].group() == ")")
        if not depth:
            return end + 1
    raise ValueError("an expression with unbalanced groups")


def needs_more_than_ascii(regex: str) -> bool:
    """Say whether every match holds a character beyond ASCII, as far as that is seen at once."""
    return all(map(_holds_more, branches_of(list(TOKEN.finditer(regex)))))


def _holds_more(tokens: Tokens) -> bool:
    """Say whether something in a sequence must be there and stands beyond ASCII."""
    at = 0
    while at < len(tokens):
        end = group_end(tokens, at)
        mark = tokens[end] if end < len(tokens) and tokens[end]["repeat"] else None
        needed = mark is None or (mark.group() not in {"?", "*"} and mark["low"] != "0")
        if needed and _stands_beyond(tokens[at:end]):
            return True
        at = end
    return False


def _stands_beyond(tokens: Tokens) -> bool:
    token = tokens[0]
    if token["open"]:
        return all(map(_holds_more, branches_of(tokens[1:-1])))
    if token["look"] or token["repeat"]:
        return False
    return not token.group().isascii() and _refuses_ascii(token.group())


@lru_cache(maxsize=1 << 10)
def _refuses_ascii(atom: str) -> bool:
    return not any(re.match(atom, chr(code)) for code in range(128))
