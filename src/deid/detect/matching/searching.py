"""Expressions written anew so that ``re`` refuses most places of a text at once; they match the same.

``re`` looks at the first character of each alternative before it tries it, but not where case is ignored; and it
steps over places where no match begins, but only where an expression begins with a class. So alternatives that
begin with the same letter are tried as one behind that letter, and the class of all letters that a match begins with is
asked first (the tables of ``sre`` in CPython: ``_optimize_charset``, ``SRE(search)``, ``SRE_OP_BRANCH``).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from string import ascii_lowercase

from deid.detect.matching.expressions import TOKEN, Tokens, branches_of, group_end, opens

WHOLE = "whole"
"""The group that holds the match, where an expression has one of this name."""

_SYNTAX = frozenset("|)^$.")
_CASED = re.compile(r"\\.|[A-Za-z]", re.DOTALL)


def quick(regex: str, *, fold: bool = False) -> str:
    """Return an expression, for ``re.ASCII``, that finds what ``regex`` does, in its group ``WHOLE`` if it has one.

    fold : both will ignore case.

    Raises ValueError for an expression with unbalanced groups.
    """
    branches = branches_of(list(TOKEN.finditer(regex)))
    written, begins = _either(branches, fold=fold), _beginnings(branches, fold=fold)
    if begins is None or not begins:
        return written
    first = f"[{''.join(dict.fromkeys(begins))}]"
    if fold:
        first = f"(?-i:{first})"
    if all(
        re.match(first, letter) for letter in ascii_lowercase
    ):  # asked nearly everywhere, it refuses little
        return written
    return f"{first}(?<=(?=(?P<{WHOLE}>{written})){first})"


def _either(branches: Sequence[Tokens], *, fold: bool) -> str:
    """Write alternatives, those that begin with one letter as one.

    They keep their order; those that begin with different letters never match at one place.
    """
    written: list[str] = []
    by_letter: dict[str, list[Tokens]] = {}
    for branch in branches:
        letter = _letter(branch, fold=fold) if len(branches) > 1 else ""
        if letter:
            by_letter.setdefault(letter, []).append(branch)
            continue
        written += _by_letter(by_letter, fold=fold)
        by_letter = {}
        written.append(_sequence(branch, fold=fold))
    return "|".join([*written, *_by_letter(by_letter, fold=fold)])


def _by_letter(branches: dict[str, list[Tokens]], *, fold: bool) -> Iterator[str]:
    for letter, some in branches.items():
        rests = [branch[1:] for branch in some]
        rest = _either(rests, fold=fold)
        first = f"(?-i:[{letter}{letter.upper()}])" if fold and _is_cased(letter) else letter
        yield first + (rest if len(rests) == 1 else f"(?:{rest})")


def _letter(branch: Tokens, *, fold: bool) -> str:
    """Return the character that an alternative begins with, as it is written; empty when it may begin otherwise."""
    if not branch or not _is_plain(branch[0]) or (len(branch) > 1 and branch[1]["repeat"]):
        return ""
    text = branch[0].group()
    return text.lower() if fold and _is_cased(text) else text


def _is_plain(token: re.Match[str]) -> bool:
    """Say whether a token is one character that stands for itself."""
    if opens(token) or token["repeat"] or token["set"] or token.group() in _SYNTAX:
        return False
    return not (token["escaped"] and token["escaped"].isalnum())


def _is_cased(text: str) -> bool:
    return text.isascii() and text.isalpha()


def _sequence(tokens: Tokens, *, fold: bool) -> str:
    """Write what follows one another: the group at its beginning anew, what decides at most places, and the rest as it is."""
    written: list[str] = []
    at, before = 0, True
    while before and at < len(tokens) and opens(tokens[at]):
        end, before = group_end(tokens, at), tokens[at]["look"] is not None
        opening = tokens[at].group()
        inner = _either(branches_of(tokens[at + 1 : end - 1]), fold=_folds(opening, fold=fold))
        written.append(f"{opening}{inner})")
        at = end
    return "".join([*written, _as_written(tokens[at:])])


def _as_written(tokens: Tokens) -> str:
    return tokens[0].string[tokens[0].start() : tokens[-1].end()] if tokens else ""


def _folds(opening: str, *, fold: bool) -> bool:
    """Say whether case is ignored inside a group."""
    return opening == "(?i:" or (fold and opening != "(?-i:")


def _beginnings(branches: Iterable[Tokens], *, fold: bool) -> list[str] | None:
    """Return the insides of classes of which one holds the first character of every match.

    None when a match may be empty, or begin with nearly anything.
    """
    found: list[str] = []
    for branch in branches:
        begins, empty = _begins(branch, fold=fold)
        if empty:
            return None
        found += begins
    return found


def _begins(tokens: Tokens, *, fold: bool) -> tuple[list[str], bool]:
    """Return what a sequence begins with, and whether it may be empty or begin otherwise."""
    found: list[str] = []
    at = 0
    while at < len(tokens):
        end = group_end(tokens, at)
        low = _least(tokens[end]) if end < len(tokens) and tokens[end]["repeat"] else 1
        if not tokens[at]["look"] and not tokens[at]["repeat"]:
            begins, empty = _begins_one(tokens[at:end], fold=fold)
            if begins is None:
                return [], True
            found += begins
            if low and not empty:
                return found, False
        at = end
    return found, True


def _begins_one(tokens: Tokens, *, fold: bool) -> tuple[list[str] | None, bool]:
    """Return what an atom or a group begins with, None for nearly anything, and whether it may be empty."""
    token = tokens[0]
    if token["open"]:
        inside = _folds(token.group(), fold=fold)
        parts = [_begins(branch, fold=inside) for branch in branches_of(tokens[1:-1])]
        if any(not begins for begins, empty in parts if empty):
            return None, True
        return [begin for begins, _ in parts for begin in begins], any(empty for _, empty in parts)
    text = token["set"][1:-1] if token["set"] else token.group() if _is_plain(token) else "^"
    if text.startswith("^"):
        return None, True
    if not token["set"] and text in "[]^-\\":
        text = f"\\{text}"
    return [_both_cases(text) if fold else text], False


def _both_cases(inside: str) -> str:
    """Return the inside of a class with its letters in the other case as well."""
    other = _CASED.sub(lambda found: found[0] if found[0][0] == "\\" else found[0].swapcase(), inside)
    return inside if other == inside else inside + other


def _least(mark: re.Match[str]) -> int:
    return 0 if mark.group() in {"?", "*"} else int(mark["low"] or 1)
