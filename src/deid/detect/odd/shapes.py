"""What an odd unit looks like: classes of its characters, its size, and what of common figures it may be."""

import re
from collections.abc import Iterator

_JAPANESE = re.compile("[ぁ-ヺ一-鿿]")
_RUN = re.compile(r"(.)(\1*)", re.DOTALL)
_LETTERS = re.compile("[A-Za-z]{3,}")
_AMOUNT = re.compile(r"[$€£¥]?[\d.,]+[$€£¥%]?")
_VERSION = re.compile(r"v?\d+\.\d+(?:\.\d+)*[a-z]?\d*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MEASURE = re.compile(
    r"\d{1,2}[:h.]\d\d(?:am|pm)?|\d{1,2}(?:am|pm)|\d+(?:st|nd|rd|th|k|kb|mb|gb|m|s|x|h|hr|min|mhz|ghz|hz|px|cm|kg|lbs?)"
)
_ENDING = re.compile(r"\.([a-z]{1,4}\d?)$")
_SIGNS = frozenset("!@#$%^&*?~+")
_SIZES = (0, 1, 2, 3, 4, 5, 6, 7, 7, 9, 9, 9, 12, 12, 14)
# Signs stand for themselves: a character that a table lacks takes ten times as long.
_CLASSES = str.maketrans(
    {chr(code): chr(code) for code in range(128)}
    | {chr(code): "X" for code in range(65, 91)}
    | {chr(code): "x" for code in range(97, 123)}
    | dict.fromkeys("0123456789", "d")
)


def is_japanese(text: str) -> bool:
    """Whether a text holds Japanese, which has a scorer of its own."""
    return _JAPANESE.search(text) is not None


def masked(text: str) -> str:
    """Return what an odd unit is called among the words of another."""
    return "#" + shape(text)[:10]


def shape(text: str) -> str:
    """Return the classes of a text's characters, a run of one written as ``x+``: «AB-123» is ``X+-d+``."""
    return _squeezed(text.translate(_CLASSES))


def kind_of(text: str) -> str:
    """Return which classes of characters a text holds."""
    classes = frozenset(text.translate(_CLASSES))
    found = "".join(kind for kind in "dXx_.-/:" if kind in classes)
    return f"{found}!" if _SIGNS & classes else found


def size_of(text: str) -> str:
    """Return roughly what a unit or run of them is: its kinds of letters, and how many there are."""
    if _YEAR.fullmatch(text):
        return "year"
    classes = text.translate(_CLASSES)
    found = "".join(kind for kind in "dXx" if kind in classes)
    count = sum(map(classes.count, "dXx"))
    return f"{found}{'!' if _SIGNS & frozenset(classes) else ''}{_SIZES[min(count, 14)]}"


def looks(text: str, kind: str) -> Iterator[str]:
    """Yield what a unit looks like."""
    size, classes = len(text), text.translate(_CLASSES)
    yield f"s:{_squeezed(classes)[:14]}"
    yield f"n:{min(size, 20)}"
    yield f"nd:{min(classes.count('d'), 14)}"
    if size <= 9:
        yield f"ls:{classes}"
    yield f"c:{kind}"
    yield f"tail:{_squeezed(classes[-4:])}"
    yield from _figures(text)


def _squeezed(classes: str) -> str:
    return "".join([f"{one}+" if more else one for one, more in _RUN.findall(classes)])


def parts(text: str) -> Iterator[str]:
    """Yield the words within a unit."""
    yield from (f"pw:{part.lower()[:8]}" for part in _LETTERS.findall(text)[:3])


def _figures(text: str) -> Iterator[str]:
    """Yield what of common figures a text may be."""
    if text.isalpha():
        return
    low = text.lower()
    if _AMOUNT.fullmatch(text):
        yield "int" if text.isdigit() else "money"
    if _VERSION.fullmatch(text):
        yield "version"
    if _YEAR.fullmatch(text):
        yield "year"
    if _MEASURE.fullmatch(low):
        yield "measure"
    if "/" in text:
        yield f"slash:{min(3, text.count('/'))}"
    ending = _ENDING.search(low)
    if ending is not None:
        yield f"ext:{ending[1]}"
