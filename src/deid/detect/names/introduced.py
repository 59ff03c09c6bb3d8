"""Names that no list has, told by what stands before them: «my husband Ignatius», «Kind regards» and a line below."""

import re
from collections.abc import Iterator

from deid.detect.names.frames import KIN
from deid.detect.names.words import read_words

_PARENTS = "mom mum mommy mummy mother dad daddy father stepmom stepdad grandmother grandfather".split()
_RELATIVE = "|".join([*KIN, *_PARENTS])
_NAME = r"(?:[ODL]['’])?[A-Z][a-z]{1,15}(?:['’-]?[A-Z][a-z]{1,15})?"
_NAMES = rf"({_NAME}(?: {_NAME}){{0,2}})(?![\w@/]|['’][A-Z])"
_OF_SOMEBODY = re.compile(
    rf"\b(?:[Mm]y|[Hh]is|[Hh]er|[Oo]ur|[Tt]heir|[Yy]our) (?:(?:best|old|little|older|younger|big|new|late) )?(?:{_RELATIVE})(?:[- ]in[- ]law)?,? {_NAMES}"
)
# The last line of a letter: alone, or with what its writer is below it.
_SIGNED = re.compile(
    r"(?im:^(?:(?:(?:kind|best|warm|warmest|many) )?(?:regards|wishes)|(?:yours )?(?:sincerely|truly|faithfully)|all the best|take care),?) ?\n\n?"
    rf"{_NAMES}(?=[ ]?(?:\n|\Z))"
)
_NO_NAMES = read_words("not_names_en") | {
    *"monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december".split(),
    *"english french german spanish italian japanese chinese korean indian russian american british irish catholic christian muslim jewish god".split(),
    *"the then also always never just only still would could should does did has had was is are were and but or so if when while who that".split(),
}
WORDS = frozenset(
    {*filter(str.isascii, KIN), *_PARENTS, *"law regards wishes sincerely truly faithfully best care".split()}
)
"""Words of which a text that holds such a name holds one, in lower case."""


def introduced(text: str) -> Iterator[tuple[int, int]]:
    """Yield the half-open ranges of names with a capital behind a relative's or colleague's word, or below a letter."""
    for pattern in (_OF_SOMEBODY, _SIGNED):
        for match in pattern.finditer(text):
            if match[1].split(" ")[0].lower() not in _NO_NAMES:
                yield match.span(1)
