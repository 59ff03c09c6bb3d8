"""What refuses a text before ``re`` reads it: an automaton for each pattern, made when that pays.

RE2 looks at a character once, whatever the expression, but knows no look-arounds. So it is asked for what every
match must hold: the pattern without them, and beside it a character that they let stand there. Three in four
texts of a pattern whose trigger they hold have no such thing, and ``re`` need not read them.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, takewhile

from deid.detect.candidates import search_set
from deid.detect.expressions import TOKEN, Tokens, branches_of, group_end, prefilter
from deid.errors import DetectorError

_LOOSE = 3  # a counted repeat beyond this becomes "at least this often": few states
_MEMORY_BYTES = 4 << 20  # ceiling of one automaton, reached by adversarial input only
_PAYS = 8_000  # characters that a pattern has read in long texts before an automaton pays
_SHORT = 60  # characters of a text that ``re`` reads as soon
_TRIED = 16  # texts after which it shows whether enough are refused
_TOGETHER = 16  # texts that are asked as one: an answer costs as much as reading a hundred characters or two
_MOST = 12  # of them that may be let through


class Sieve:
    """Refuses texts that one pattern cannot match. Needs RE2.

    Counts characters until its automaton pays, and keeps nothing of a text; what it lets through may differ
    from call to call, what ``re`` finds in it does not.
    """

    __slots__ = ("_left", "_match", "_regex")

    def __init__(self, regex: str) -> None:
        self._regex = regex
        self._left = _PAYS
        self._match: Callable[[bytes], Sequence[int] | None] | None = None

    def __call__(self, numbers: Sequence[int], texts: Sequence[str]) -> Sequence[int]:
        """Return the numbers of texts without those that are refused, or all of them where that is as soon done."""
        size = sum([len(texts[number]) for number in numbers])
        if size < _SHORT * len(numbers):
            return numbers
        if self._match is None:
            self._left -= size
            if self._left > 0:
                return numbers
            self._match = matcher(self._regex)
        kept = self._kept(numbers[:_TRIED], texts)
        if len(kept) > _MOST:
            return [*kept, *numbers[_TRIED:]]
        for first in range(_TRIED, len(numbers), _TOGETHER):
            kept += self._kept(numbers[first : first + _TOGETHER], texts)
        return kept

    def _kept(self, numbers: Sequence[int], texts: Sequence[str]) -> list[int]:
        """Return those that are not refused; most often all are, and that is asked at once."""
        match = self._match
        if match is None:
            return list(numbers)
        if len(numbers) > 1 and not match("\n".join([texts[number] for number in numbers]).encode()):
            return []
        return [number for number in numbers if match(texts[number].encode())]


def matcher(regex: str) -> Callable[[bytes], Sequence[int] | None]:
    """Return what finds nothing where a pattern cannot match; something everywhere if it does not fit into memory.

    A text may be many, each a line or more: what is necessary holds in one as it does in all.
    """
    try:
        return search_set([f"(?m){necessary(regex)}"], memory_bytes=_MEMORY_BYTES)
    except DetectorError:
        return lambda _: (0,)


def necessary(regex: str) -> str:
    """Return an RE2 expression that is found in every text that a pattern matches.

    Raises ValueError for an expression with unbalanced groups.
    """
    return "|".join(map(_branch, branches_of(list(TOKEN.finditer(regex)))))


def _branch(tokens: Tokens) -> str:
    if not tokens:
        return ""
    inside = prefilter(_written(tokens), loose=_LOOSE)
    return f"{_beside(tokens, '(?<!', '^')}(?:{inside}){_beside(tokens, '(?!', '$')}"


def _written(tokens: Tokens) -> str:
    return tokens[0].string[tokens[0].start() : tokens[-1].end()]


def _beside(tokens: Tokens, opening: str, edge: str) -> str:
    """Return an expression for the character beside a match, where a look-around at its edge refuses a class."""
    parts = list(_parts(tokens))
    from_edge = parts if edge == "^" else parts[::-1]
    around = takewhile(lambda part: part[0]["look"], from_edge)
    refused = chain.from_iterable(branches_of(part[1:-1]) for part in around if part[0].group() == opening)
    for branch in refused:
        if len(branch) == 1 and branch[0]["set"] and not branch[0].group().startswith("[^"):
            return f"(?:{edge}|[^{branch[0].group()[1:]})"
    return ""


def _parts(tokens: Tokens) -> Iterator[Tokens]:
    """Yield what follows one another, that of groups in brackets alone as well."""
    at = 0
    while at < len(tokens):
        end = group_end(tokens, at)
        repeated = end < len(tokens) and tokens[end]["repeat"] is not None
        inside = tokens[at + 1 : end - 1]
        if tokens[at]["open"] and not repeated and len(branches_of(inside)) == 1:
            yield from _parts(inside)
        else:
            yield tokens[at:end]
        at = end
