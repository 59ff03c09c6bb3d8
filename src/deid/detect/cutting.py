"""Texts as models can read them: whole Unicode, and not longer than they take.

A model cuts off what it has no room for and says nothing, so whatever is read must have been seen to fit.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from deid.errors import DetectorError

_SURROGATE = re.compile("[\ud800-\udfff]")


def lettered_pieces(
    texts: Iterable[str], longest: int, fits: Callable[[str], bool] = lambda _: True
) -> list[tuple[int, int, str]]:
    """Return (number of the text, offset, piece) of every readable piece that has a letter, in order.

    longest, fits : as for ``readable_pieces``, which also says what is raised.
    """
    return [
        (number, offset, piece)
        for number, text in enumerate(texts)
        for offset, piece in readable_pieces(text, longest, fits)
        if has_letter(piece)
    ]


def readable_pieces(
    text: str, longest: int, fits: Callable[[str], bool] = lambda _: True
) -> Iterator[tuple[int, str]]:
    """Yield (offset, piece) of a text: no half of a surrogate pair, cut between words where there are any.

    longest : characters of a piece at most.
    fits    : whether the model reads the whole of a piece; one that does not fit is cut further.

    Raises DetectorError when one sign alone does not fit.
    """
    readable = text if text.isascii() else _SURROGATE.sub("\ufffd", text)
    start = 0
    while len(readable) - start > longest:
        space = readable.rfind(" ", start, start + longest)
        end = space if space > start else start + longest
        yield from _halved(start, readable[start:end], fits)
        start = end
    yield from _halved(start, readable[start:], fits)


def _halved(offset: int, piece: str, fits: Callable[[str], bool]) -> Iterator[tuple[int, str]]:
    def middle(start: int, end: int) -> int:
        half = (start + end) // 2
        space = piece.rfind(" ", start + 1, half + 1)
        return half if space < 0 else space

    for start, end in fitting(piece, fits, middle):
        yield offset + start, piece[start:end]


def fitting(
    text: str, fits: Callable[[str], bool], middle: Callable[[int, int], int]
) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the parts of a text, in order: what does not fit is cut in two, until all of it does.

    middle : where to cut the range from start to end, between the two.

    Raises DetectorError when one sign alone does not fit, so that nothing is left unread.
    """
    waiting = [(0, len(text))]
    while waiting:
        start, end = waiting.pop()
        if fits(text[start:end]):
            yield start, end
        elif end - start < 2:
            raise DetectorError(
                "detect: a model has no room for one sign of a text",
                hint="ask it for fewer labels, or use a model that reads longer texts",
            )
        else:
            cut = middle(start, end)
            waiting += [(cut, end), (start, cut)]


def has_letter(text: str) -> bool:
    """Whether there is anything in a text that a name could be made of."""
    return any(map(str.isalpha, text))
