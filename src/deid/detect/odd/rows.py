"""The features of an odd unit, as hashes (CRC-32 of their UTF-8, ISO 3309).

A feature is a short text, a name and what it holds. A hash goes on from that of its beginning, so that none is ever written out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from deid.detect.odd.facts import Word
from deid.detect.odd.shapes import kind_of, looks, parts
from deid.detect.odd.units import Unit

_BEFORE, _AFTER = 6, 4  # words looked at on either side
_PAIRED = 8  # fields of a line of which pairs are told
_KEYS = frozenset(":=|")
_FEW = 3  # words of a short line


def code(feature: str) -> int:
    """Return the hash of a feature, or of its beginning, from which others go on."""
    return crc32(feature.encode("utf-8", "replace"))


_BIAS, _ASKED, _EARLIER, _HAS_KEY = map(code, ("bias", "q", "e", "haskey"))
_WORDS = tuple(code(f"len:{count}") for count in range(13))
_ODD = tuple(code(f"odd:{count}") for count in range(7))
_LF, _QF, _EF, _FB, _FF = map(code, ("lf:", "qf:", "ef:", "fb:", "ff:"))
_L, _Q, _E, _B, _BB, _KEY = map(code, ("l:", "q:", "e:", "b:", "bb:", "key:"))
_L2, _Q2, _E2, _FB2, _NF = map(code, ("l2:", "q2:", "e2:", "fb2:", "nf:"))
_RUN, _RUNS, _QC, _SHORT, _OWN, _JL, _KEYF = map(
    code, ("run:", "runs:", "qc:", "short:", "own:", "jl:", "keyf:")
)
_LIKE, _WORDED, _COMMON, _JOINED = (
    (code(f"{name}:False"), code(f"{name}:True")) for name in ("like", "worded", "common", "joined")
)
_BUCKETS = "123366"
_B_AT = tuple(code(f"b{bucket}:") for bucket in _BUCKETS)
_BF_AT = tuple(code(f"bf{bucket}:") for bucket in _BUCKETS)
_A_AT = tuple(code(f"a{bucket}:") for bucket in "1444")
_AF_AT = tuple(code(f"af{bucket}:") for bucket in "1444")
_FIRST = tuple(code(f"b{bucket}:^") for bucket in "123333")
_LAST = tuple(code(f"a{bucket}:$") for bucket in "1233")


@dataclass(frozen=True, slots=True)
class Line:
    """A text, as its units and as words; and what was said before it.

    runs  : the size and kind of the run that an odd unit is of.
    likes : the sizes of what is found in it.
    """

    text: str = field(repr=False)
    units: Sequence[Unit] = field(repr=False)
    words: Sequence[Word] = field(repr=False)
    asked: Sequence[Word] = field(repr=False)
    earlier: Sequence[Word] = field(repr=False)
    fields: Sequence[bytes] = field(repr=False)
    asked_fields: Sequence[bytes] = field(repr=False)
    earlier_fields: Sequence[bytes] = field(repr=False)
    runs: Mapping[int, tuple[str, str]]
    labels: Sequence[bytes]
    likes: frozenset[str]


def fields_of(words: Sequence[Word]) -> list[bytes]:
    """Return the fields of words, each once, in order."""
    return list(dict.fromkeys([one for word in words for one in word.fields]))


def shared(line: Line) -> Iterator[int]:
    """Yield what is so of all units of a line, but for words as they are."""
    yield from (_BIAS, _WORDS[min(len(line.words), 12)], _ODD[min(len(line.runs), 6)])
    yield from _all(line.fields, _LF)
    if line.asked:
        yield _ASKED
        yield from _all(line.asked_fields, _QF)
    if line.earlier:
        yield _EARLIER
        yield from _all(line.earlier_fields, _EF)
    yield from _all(line.labels, _FB)
    every = sorted({*line.fields[:_PAIRED], *line.asked_fields[:_PAIRED]})
    for at, one in enumerate(every, 1):
        yield from _all(every[at:], crc32(b" ", crc32(one, _FF)))


def words_shared(line: Line) -> Iterator[int]:
    """Yield the words of a line, and of what was said before it."""
    yield from [crc32(word.text, _L) for word in line.words if word.text[:1] != b"#"]
    yield from [crc32(word.text, _Q) for word in line.asked]
    yield from [crc32(word.text, _E) for word in line.earlier]


def own(line: Line, at: int) -> Iterator[int]:
    """Yield what is so of one unit, but for words as they are."""
    unit = line.units[at]
    kind = kind_of(unit.text)
    size, run_kind = line.runs[at]
    yield from [crc32(one.encode("utf-8", "replace")) for one in looks(unit.text, kind)]
    yield from [crc32(one.encode("utf-8", "replace")) for one in _marks(line, unit, kind)]
    yield from (crc32(size.encode(), _RUN), crc32(run_kind.encode(), _RUNS))
    if line.likes:
        yield _LIKE[size in line.likes]
    if unit.text.isalpha():
        yield from _of_letters(line, line.words[at])
    if line.asked:
        yield crc32(kind.encode(), _QC)
    if len(line.words) <= _FEW:
        yield crc32(kind.encode(), _SHORT)
    yield from _with_size(line, at, f" {size}".encode())


def words_own(line: Line, at: int) -> Iterator[int]:
    """Yield the words round a unit as they are, and those within it."""
    words = line.words
    yield from map(code, parts(line.units[at].text))
    for distance in range(min(at, _BEFORE)):
        word = words[at - distance - 1].text
        yield crc32(word, _B_AT[distance])
        yield crc32(word, _B)
        if _is_key(line.units[at - distance - 1]):
            yield from (_HAS_KEY, crc32(word, _KEY))
    if at < _BEFORE:
        yield _FIRST[at]
    if at > 1:
        yield crc32(words[at - 1].text, crc32(b" ", crc32(words[at - 2].text, _BB)))
    following = words[at + 1 : at + 1 + _AFTER]
    yield from [crc32(told.text, start) for told, start in zip(following, _A_AT, strict=False)]
    if len(following) < _AFTER:
        yield _LAST[len(following)]


def _all(some: Sequence[bytes], start: int) -> list[int]:
    return [crc32(one, start) for one in some]


def _marks(line: Line, unit: Unit, kind: str) -> Iterator[str]:
    left, right = line.text[max(0, unit.start - 2) : unit.start], line.text[unit.end : unit.end + 1]
    yield f"LR:{left[-1:]}{right}"
    yield f"L2:{left}" if not left.isalnum() else "L2"
    yield f"cL:{kind}{left[-1:]}"


def _of_letters(line: Line, word: Word) -> Iterator[int]:
    """Yield what is so of a unit of letters alone."""
    yield _WORDED[word.text[:1] == b"#"]
    yield _COMMON[word.is_common]
    yield _JOINED[word.is_joined]
    yield from _all(word.fields, _OWN)
    if word.is_joined:
        yield from _all(line.fields, _JL)


def _with_size(line: Line, at: int, size: bytes) -> Iterator[int]:
    """Yield the fields of a line and of what is near a unit, most of them beside its size."""
    if line.asked:
        yield from [crc32(size, crc32(one, _Q2)) for one in line.asked_fields]
    yield from [crc32(size, crc32(one, _FB2)) for one in line.labels]
    yield from [crc32(size, crc32(one, _E2)) for one in line.earlier_fields]
    yield from [crc32(size, crc32(one, _L2)) for one in line.fields]
    for distance in range(min(at, _BEFORE)):
        for one in line.words[at - distance - 1].fields:
            yield crc32(one, _BF_AT[distance])
            yield crc32(size, crc32(one, _NF))
            if _is_key(line.units[at - distance - 1]):
                yield crc32(one, _KEYF)
    for word, start in zip(line.words[at + 1 : at + 1 + _AFTER], _AF_AT, strict=False):
        for one in word.fields:
            yield crc32(one, start)
            yield crc32(size, crc32(one, _NF))


def _is_key(unit: Unit) -> bool:
    return unit.key or unit.follows[:1] in _KEYS
