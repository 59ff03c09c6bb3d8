"""Slips of the pen: words one stroke away from a frequent one («mornig», «thansk»), which lists and taggers do not know.

Two words are one stroke apart where one letter is too many, too few, wrong or out of its place (Damerau 1964): then
both without some letter, or one of them as it is, are the same.
"""

from collections.abc import Collection, Iterable, Iterator

_SHORTEST, _LONGEST = 5, 12  # of shorter words too many are a stroke from another


def stroke_forms(words: Iterable[str]) -> frozenset[str]:
    """Return the words, of 5 to 12 letters a to z, and what is left of each without one of its letters."""
    return frozenset(form for word in words if _is_fit(word) for form in _forms(word))


def is_slip(word: str, forms: Collection[str]) -> bool:
    """Return whether a word in lower case is one stroke from one of those whose forms are given."""
    return _is_fit(word) and any(form in forms for form in _forms(word))


def _is_fit(word: str) -> bool:
    return _SHORTEST <= len(word) <= _LONGEST and word.isascii() and word.isalpha()


def _forms(word: str) -> Iterator[str]:
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
