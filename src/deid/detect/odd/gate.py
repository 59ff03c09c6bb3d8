"""Which texts a scorer reads: those that hold a word of its gate, or a shape that chat seldom has and values often.

All of them are told in one native pass.
"""

import re
from collections.abc import Callable, Sequence

from deid.detect.matching.automata import HAS_HYPERSCAN, asked_at_once

WORD, SHAPE = 1, 2
"""What a text holds: bits."""
_EDGE = "[^0-9A-Za-z_]"
_LEFT, _RIGHT = "(?:^|[^0-9A-Za-z_.:/#+-])", "(?:$|[^0-9A-Za-z_:/-])"
_WORDS = re.compile("[0-9A-Za-z_]+")
_AT_ONCE = 100  # words of one expression
_SAID = "(?:[Zz]ero|[Oo]h|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[A-Z])"
SHAPES = (
    f"{_LEFT}[0-9]{{5,19}}{_RIGHT}",
    f"{_LEFT}[0-9]{{3,5}}(?:[ -]| [-/] |-?\r)[0-9]{{2,5}}{_RIGHT}",
    f"{_LEFT}[0-9]{{2}}(?: [0-9]{{2}}){{2,7}}{_RIGHT}",
    f"{_LEFT}[0-9]{{3,5}}[.][0-9]{{3,6}}(?:[.][0-9]{{1,6}})?{_RIGHT}",
    f"{_LEFT}[A-Z]{{1,4}}[ -]?[0-9]{{3,12}}[A-Z]?{_RIGHT}",
    f"{_LEFT}[A-Z]{{2,3}}[0-9]{{2,4}}[ -]?[A-Z]{{2,3}}{_RIGHT}",
    f"{_LEFT}[0-9]{{1,4}}[A-Z]{{2,4}}[0-9]{{1,5}}{_RIGHT}",
    f"{_LEFT}[A-Z0-9]{{0,6}}(?:[A-Z][0-9]|[0-9][A-Z])[A-Z0-9]{{3,8}}{_RIGHT}",
    f"{_LEFT}[a-z]{{1,6}}[0-9]{{4,12}}[a-z]?{_RIGHT}",
    f"{_LEFT}[0-9A-Za-z](?: {{1,3}}[0-9A-Za-z]){{3}}{_RIGHT}",
    f"{_LEFT}{_SAID}(?:,? (?:dash )?{_SAID}){{2}}{_RIGHT}",
    f"{_LEFT}[A-Z]{{3,5}}-[A-Z]{{3,5}}{_RIGHT}",
    f"{_LEFT}[a-z]{{3,4}}-[a-z]{{3,4}}-[a-z]{{3,4}}{_RIGHT}",
    f"{_LEFT}[a-z]{{3,12}}_[a-z]{{3,12}}[0-9]{{0,4}}{_RIGHT}",
    f"{_LEFT}_?[A-Z]{{3,12}}[._]{{1,2}}[A-Z]{{3,12}}[0-9]{{0,4}}{_RIGHT}",
    f"{_LEFT}_[a-z]{{3,12}}_{{1,2}}[a-z]{{3,12}}{_RIGHT}",
    f"{_LEFT}[A-Za-z]{{3,12}}-[A-Za-z]{{3,12}}-[0-9]{{2,4}}{_RIGHT}",
    f"{_LEFT}[A-Z]{{10,20}}{_RIGHT}",
    "[A-Za-z][<@!$][0-9]?[a-z]{3,12}[0-9]{1,4}",
    f"{_LEFT}[A-Za-z]{{4,12}}[0-9]{{2,4}}{_RIGHT}",
    "\u20e3",
    "[０-９Ａ-Ｚａ-ｚ]",
)
"""Numbers of five digits and more, codes, what is strung out or said, handles; keycaps and wide letters.

Texts are asked as the lines of one, each with its own line ends as ``\\r``: what one holds must tell nothing of the next.
"""


def near_of(words: Sequence[str], shapes: Sequence[str] = ()) -> Callable[[Sequence[str]], list[int]]:
    """Return what says whether each of many texts holds one of some words alone, in letters a to z of any case, or a shape."""
    if not HAS_HYPERSCAN:
        return _plainly(words, shapes)
    spelled = ["".join(f"[{letter.upper()}{letter}]" for letter in word) for word in words]
    parts = ("|".join(spelled[first : first + _AT_ONCE]) for first in range(0, len(spelled), _AT_ONCE))
    worded = tuple(f"(?:^|{_EDGE})(?:{part})(?:$|{_EDGE})" for part in parts)
    ask = asked_at_once((*worded, *shapes))
    mask, first = (1 << len(worded)) - 1, len(worded)
    return lambda texts: [
        held and WORD * bool(held & mask) + SHAPE * bool(held >> first)
        for held in ask([_in_a_line(text) for text in texts])
    ]


def _plainly(words: Sequence[str], shapes: Sequence[str]) -> Callable[[Sequence[str]], list[int]]:
    known, forms = frozenset(words), [re.compile(shape, re.MULTILINE) for shape in shapes]
    return lambda texts: [
        WORD * any(word.lower() in known for word in _WORDS.findall(text))
        + SHAPE * any(form.search(_in_a_line(text)) is not None for form in forms)
        for text in texts
    ]


def _in_a_line(text: str) -> str:
    return text.replace("\n", "\r")
