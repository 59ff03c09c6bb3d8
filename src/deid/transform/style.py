"""Ways of writing evened out: marks, widths, case, drawn-out letters, laughter, pictures; words stay.

What is left alone: code and the like (``codelike.py``), one mark between two words without white space
(«3.5», «well-known», «and/or»), a run of marks that holds a character not listed here («$», «#», «@»),
Japanese quotes in ``tidy``, and a text without words. Two words are never joined, but for Japanese ones at a
comma or space in ``plain``: Japanese has no spaces.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from deid.transform.codelike import codelike
from deid.types import Span

Style = Literal["tidy", "plain"]
"""``tidy`` reads as a careful writer would have put it; ``plain`` has neither capitals nor commas."""

STYLE = "STYLE"
"""Label of what is written differently."""

Change = tuple[int, int, str]
"""[start, end) of a text, and what is written there instead."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_JAPANESE = re.compile("[ぁ-ゖァ-ヺー々〆一-鿿]")
_PICTURES = re.compile("[\u2190-\u2bff\u3200-\u32ff\ufe0e\ufe0f\u200d\U0001f000-\U0001faff]+")
_FACES = re.compile(
    r"[(（](?:[^()（）\[\]\n]{0,6}[\^;´｀∀ωДﾉ＾≧≦><▽；][^()（）\[\]\n]{0,8}|爆?笑|苦笑|泣|汗|涙)[)）][ﾉノ]?"
    r"|(?<=[？！。…])[wWｗＷ]+(?![\w.])"
)
_MARKS = re.compile(r"[\s.,!?;:'\"()\-–—…‥·・、。！？；：「」『』（）〜～~*_`‘’“”]*")
_ENDS, _ASKS = re.compile(r"[.!。！…‥]"), re.compile(r"[?？]")
_SENTENCE_END = re.compile(r"[.?!]\s|[。？！]|\n")
_SHORTENED = re.compile(r"(?<!\w)(?:[a-z]|etc|vs|approx|mr|mrs|ms|dr|st)\Z", re.IGNORECASE)  # as in «U.S.A.»
_LONGEST_SHORTENED = 8
_OPENED, _CLOSED = frozenset("「『"), frozenset("」』")
_OWNERS = re.compile(r"[sS]['’]\s")  # as in «the neighbors' doors»
_SIGN = re.compile(r"(?<=[\s(（])[-.]$")  # as in «it is -5» and «.5 kg»
_PAUSES = re.compile(r"[,;:()\-–—、；：（）・]")
_LAUGH = re.compile(r"(?:(?<=[ぁ-ゖー])笑|(?<=[ぁ-ヺー一-鿿])[wWｗＷ]+)+$")
_KANA_TAIL = "ーぁぃぅぇぉっッ"
_DRAWN_VOWEL = re.compile("ー{2,}")
_DRAWN = re.compile(r"([^\W\d_])\1{2,}")
_ROMAN = re.compile(r"[IVXLCDM]+")
_SHORTEST_SHOUT, _LONGEST_LAUGH = 4, 20
_SHORT_FORMS = {
    word.replace("'", ""): word
    for word in (  # noqa: SIM905 - read better in lines than as a list
        "aren't couldn't didn't doesn't don't hadn't hasn't haven't i'm i've isn't shouldn't that's there's "
        "they're they've wasn't weren't what's wouldn't you're you've"
    ).split()
}


@dataclass(frozen=True, slots=True)
class _Unit:
    """A word; or a finding or code, which is not touched."""

    start: int
    end: int
    free: bool


def changes(text: str, spans: Sequence[Span], style: Style) -> list[Change]:
    """Return what to write differently outside of spans, which are sorted and disjoint; so is the result."""
    faces = [match.span() for match in _FACES.finditer(text)]
    units = list(_units(text, spans, faces))
    if not units:
        return []
    found: list[Change] = []
    begins = True
    cursor = 0
    for unit, following in zip(units, [*units[1:], None], strict=True):
        gap = _gap(text, cursor, unit.start, style)
        found.append((cursor, unit.start, gap))
        if _SENTENCE_END.search(gap) and not _is_shortened(text, cursor, unit.start):
            begins = True
        if unit.free:
            apart = following is None or following.start > unit.end
            word = _word(text[unit.start : unit.end], style, begins=begins, apart=apart)
            found.append((unit.start, unit.end, word))
        begins, cursor = False, unit.end
    found.append((cursor, len(text), _gap(text, cursor, len(text), style)))
    return [change for change in _closed(found) if text[change[0] : change[1]] != change[2]]


def _is_shortened(text: str, start: int, end: int) -> bool:
    """Return whether [start, end) is the stop of a word cut short, and ends no sentence."""
    before = text[max(0, start - _LONGEST_SHORTENED) : start]
    return text[start:end].strip() == "." and bool(_SHORTENED.search(before))


def _closed(found: list[Change]) -> list[Change]:
    """Put an end mark that stood nowhere with the last word: nothing can be written on an empty range."""
    *before, (start, end, word), (at, until, mark) = found
    if at < until:
        return found
    return [*before, (start, end, word + mark)] if start < end == at else found[:-1]


def _units(text: str, spans: Sequence[Span], faces: Sequence[tuple[int, int]]) -> Iterator[_Unit]:
    """Yield words, findings and code in order; a face is none of them."""
    taken = sorted([*((span.start, span.end) for span in spans), *codelike(text, spans)])
    bare = [face for face in faces if not _is_touched(*face, taken)]
    whole = frozenset(taken)
    cursor = 0
    for start, end in sorted([*taken, *bare, (len(text), len(text))]):
        for match in _WORD.finditer(text, cursor, start):
            yield _Unit(*match.span(), free=True)
        if (start, end) in whole:
            yield _Unit(start, end, free=False)
        cursor = end


def _is_touched(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    """Return whether one of some disjoint ranges, sorted, has a part of [start, end)."""
    before = bisect_left(taken, (end,))
    return before > 0 and taken[before - 1][1] > start


def _gap(text: str, start: int, end: int, style: Style) -> str:
    """Return the marks between two words as everybody writes them."""
    written = text[start:end]
    bare = _PICTURES.sub(" ", _FACES.sub(" ", written))
    if not _MARKS.fullmatch(bare) or _is_minus(text, start, end):
        return written
    sign = _SIGN.search((text[start - 1] if start else " ") + bare)
    kept = sign[0] if sign and text[end : end + 1].isdecimal() else ""
    bare = bare.removesuffix(kept)
    if style == "tidy" and not (_OPENED | _CLOSED).isdisjoint(bare):
        return _quoted(bare, first=not start, last=end == len(text))
    return (_between(text, start, end, bare, style) if start else "") + kept


def _is_minus(text: str, start: int, end: int) -> bool:
    """Return whether [start, end) stands between two numbers, as in «3 - 2»."""
    sides = text[max(0, start - 1) : start], text[end : end + 1]
    return text[start:end].strip(" ") in ("-", "–") and all(side.isdecimal() for side in sides)


def _between(text: str, start: int, end: int, bare: str, style: Style) -> str:
    """Return what is written between [start, end), where ``bare`` stands without pictures, or at the end."""
    last = end == len(text)
    if not last and len(bare) < 2 and (bare.isascii() or bare in "’‘・") and not bare.isspace():
        return bare.replace("’", "'").replace("‘", "'")
    if not last and _OWNERS.fullmatch(text[start - 1] + bare):
        return "' "
    before, after = _LAUGH.sub("", text[max(0, start - _LONGEST_LAUGH) : start])[-1:], text[end : end + 1]
    japanese = bool(_JAPANESE.match(before) and (last or _JAPANESE.match(after)))
    return _written(bare, style, last=last, japanese=japanese)


def _quoted(bare: str, *, first: bool, last: bool) -> str:
    """Return marks among which Japanese quotes stand: these stay, since 「はい」と is no はい と."""
    closed = "".join(sign for sign in bare if sign in _CLOSED)
    opened = "".join(sign for sign in bare if sign in _OPENED)
    rest = "".join(" " if sign == "\n" else sign for sign in bare if sign not in _OPENED | _CLOSED)
    mark = _written(rest, "tidy", last=last, japanese=True).strip()
    mark = "" if first else mark
    inside = closed and bool(mark) and bare.index(closed[0]) > len(bare) - len(bare.lstrip(" \n"))
    before = mark + closed if inside else closed + mark
    return before + ("\n" if "\n" in bare and not first and not last else "") + opened


def _written(bare: str, style: Style, *, last: bool, japanese: bool) -> str:
    asks, ends, pauses = _ASKS.search(bare), _ENDS.search(bare), _PAUSES.search(bare)
    stop, ask, comma = ("。", "？", "、") if japanese else (".", "?", ",")
    pause = comma if pauses and style == "tidy" else ""
    mark = ask if asks else stop if ends or last else pause
    if last:
        return mark
    if "\n" in bare:
        return mark.replace(comma, "") + "\n"
    if japanese:
        return mark if mark or style == "plain" else " "
    return mark + " "


def _word(word: str, style: Style, *, begins: bool, apart: bool) -> str:
    """Return a word in its usual spelling and case.

    begins : whether a sentence begins with it.
    apart  : whether something stands between it and what follows.
    """
    found = unicodedata.normalize("NFKC", word).replace("’", "'")
    found = _LAUGH.sub("", found)
    found = _DRAWN_VOWEL.sub("ー", _without_tail(found) if apart else found)
    if len(found) > 3 and not _ROMAN.fullmatch(found):  # «www» and «aaa» stay
        found = _DRAWN.sub(r"\1", found)
    if not found:
        return word
    return _cased(_SHORT_FORMS.get(found.lower(), found), found, style, begins=begins)


def _without_tail(word: str) -> str:
    """Return «かな» for «かなーぁっ»; «コーヒー» and «ー» stay."""
    bare = word.rstrip(_KANA_TAIL)
    return bare if "ぁ" <= bare[-1:] <= "ゖ" else word


def _cased(spelled: str, written: str, style: Style, *, begins: bool) -> str:
    if style == "plain":
        return spelled.lower()
    if spelled.lower() == "i" or spelled.lower().startswith("i'"):
        return "I" + spelled[1:].lower()
    shouted = written.isupper() and written.isalpha() and len(written) >= _SHORTEST_SHOUT
    if shouted and not _ROMAN.fullmatch(written):
        spelled = spelled.lower()
    return spelled[:1].upper() + spelled[1:] if begins else spelled
