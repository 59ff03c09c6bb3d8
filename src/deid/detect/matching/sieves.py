"""What refuses a text before ``re`` reads it: an automaton for each pattern.

RE2 looks at a character once, whatever the expression, but knows no look-arounds. So it is asked for what every
match must hold: the pattern without them, and beside it a character that they let stand there. Three in four
texts of a pattern whose trigger they hold have no such thing, and ``re`` need not read them. It is made in a
fifth of the time that ``re`` takes to compile the pattern, which most patterns then never need.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, takewhile

from deid.detect.matching.candidates import search_set
from deid.detect.matching.expressions import TOKEN, Tokens, branches_of, group_end, prefilter
from deid.errors import DetectorError

_LOOSE = 3  # a counted repeat beyond this becomes "at least this often": few states
_MEMORY_BYTES = 4 << 20  # ceiling of one automaton, reached by adversarial input only
_SHORT = 60  # characters of a text that ``re`` reads as soon, once it is compiled
_TRIED = 16  # texts after which it shows whether enough are refused
_TOGETHER = 16  # texts that are asked as one: an answer costs as much as reading a hundred characters or two
_MOST = 12  # of them that may be let through

Match = Callable[[bytes], Sequence[int] | None]


class Sieve:
    """Refuses texts that one pattern cannot match. Needs RE2.

    needed : what every match holds (``necessary``).

    Keeps nothing of a text; what it lets through may differ from call to call, what ``re`` finds in it does not.
    """

    __slots__ = ("_match", "_needed", "_passed")

    def __init__(self, needed: str) -> None:
        self._needed = needed
        self._passed = False
        self._match: Match | None = None

    def __call__(self, numbers: Sequence[int], texts: Sequence[str]) -> Sequence[int]:
        """Return the numbers of texts without those that are refused, or all of them where that is as soon done."""
        if self._passed and sum([len(texts[number]) for number in numbers]) < _SHORT * len(numbers):
            return numbers
        if self._match is None:
            self._match = matcher(self._needed)
        kept = _kept(self._match, numbers, texts)
        self._passed = self._passed or bool(kept)
        return kept


def _kept(match: Match, numbers: Sequence[int], texts: Sequence[str]) -> list[int]:
    kept = _each(match, numbers[:_TRIED], texts)
    if len(kept) > _MOST:
        return [*kept, *numbers[_TRIED:]]
    for first in range(_TRIED, len(numbers), _TOGETHER):
        kept += _each(match, numbers[first : first + _TOGETHER], texts)
    return kept


def _each(match: Match, numbers: Sequence[int], texts: Sequence[str]) -> list[int]:
    """Return those that are not refused; most often all are, and that is asked at once."""
    if len(numbers) > 1 and not match("\n".join([texts[number] for number in numbers]).encode()):
        return []
    return [number for number in numbers if match(texts[number].encode())]


def matcher(needed: str) -> Match:
    """Return what finds nothing where a pattern cannot match; something everywhere if it does not fit into memory.

    A text may be many, each a line or more: what is necessary holds in one as it does in all.
    """
    try:
        return search_set([f"(?m){needed}"], memory_bytes=_MEMORY_BYTES)
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
