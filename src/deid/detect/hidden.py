"""What no pattern sees as written: values wrapped in base64, and wallet seeds that no word announces.

A run of base64 that decodes to text is scanned once, unwrapped; what is found there labels the whole run.
A seed is 12 to 24 words of the BIP 39 list (words/seed_en.txt, MIT licence, bitcoin/bips) whose last bits
are the checksum of the others.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby

from deid.detect.matching.automata import asked_at_once
from deid.detect.patterns.seeds import SIZES, listed
from deid.labels import CLASS_PRIORITY, LabelClass, class_of
from deid.types import Detector, Span

_NAME = "hidden"
_SCORE = 0.9
_RUN = re.compile(r"(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{16,8192}={0,2}(?![A-Za-z0-9+/_=-])")
_MIXED = re.compile("[a-z].*[A-Z]|[A-Z].*[a-z]")
_READABLE = re.compile(r"[^\W_]|[ \t\r\n!-/:-@\[-`{-~、。]")
_MOST = 64  # runs looked into in one text

_JOINT = r"[ ,、・\t\r\n]{1,3}(?:[0-9]{1,2}[.):]? ?)?"
_SEED = re.compile(
    rf"(?<![A-Za-z])[A-Za-z]{{3,8}}(?:{_JOINT}[A-Za-z]{{3,8}}){{11}}(?:{_JOINT}[A-Za-z]{{3,8}})*(?![A-Za-z])"
)
_WORD = re.compile("[A-Za-z]+")
_SHORTEST = 12 * 3 + 11  # characters of one
_WRAPPED, _WORDY = 1, 2


class HiddenValues:
    """Looks under the wrapping with another detector; a ``deid.types.Detector``.

    inner : finds the values in the unwrapped text. Quasi-identifiers and sensitive content in there are
            not reported: chat in base64 is rare, and every long text would hold some.
    """

    __slots__ = ("_inner", "_seed_words")

    name = _NAME

    def __init__(self, inner: Detector) -> None:
        self._inner = inner
        self._seed_words = listed()

    @property
    def labels(self) -> frozenset[str]:
        return self._inner.labels | {"SECRET_KEY"}

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the spans of each text, sorted by start."""
        held = _asking()(texts)
        wrapped = [
            (number, *run)
            for number, (text, bits) in enumerate(zip(texts, held, strict=True))
            if bits & _WRAPPED
            for run in _unwrap(text)
        ]
        inside = self._inner.detect([decoded for *_, decoded in wrapped])
        found = [self._seeds(text) if bits & _WORDY else [] for text, bits in zip(texts, held, strict=True)]
        for (number, start, end, _), spans in zip(wrapped, inside, strict=True):
            label = _worst(spans)
            if label is not None:
                found[number].append(Span(start, end, label, _SCORE, _NAME))
        return [sorted(spans) for spans in found]

    def _seeds(self, text: str) -> list[Span]:
        if len(text) < _SHORTEST:
            return []
        return [
            Span(start, end, "SECRET_KEY", 1.0, _NAME)
            for run in _SEED.finditer(text)
            for start, end in self._valid(text, run)
        ]

    def _valid(self, text: str, run: re.Match[str]) -> Iterator[tuple[int, int]]:
        """Yield the stretches of listed words that hold a seed: whole, as a window can be valid by chance."""
        words = list(_WORD.finditer(text, *run.span()))
        indexes = [self._seed_words.get(word.group().lower(), -1) for word in words]
        first = 0
        for is_listed, stretch in groupby(indexes, key=(0).__le__):
            last = first + len(list(stretch))
            if is_listed and _holds_seed(indexes[first:last]):
                yield words[first].start(), words[last - 1].end()
            first = last


@cache
def _asking() -> Callable[[Sequence[str]], list[int]]:
    """Return what says which of ``_WRAPPED`` and ``_WORDY`` each of many texts may be; built at first use."""
    word = "[A-Za-z]{3,8}"
    return asked_at_once(("(?:^|[^A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16}", f"{word}(?:{_JOINT}{word}){{11}}"))


def _holds_seed(indexes: Sequence[int]) -> bool:
    return any(
        _checks(indexes[first : first + size]) for size in SIZES for first in range(len(indexes) - size + 1)
    )


def _checks(indexes: Sequence[int]) -> bool:
    """Whether words carry their checksum: as many bits as a third of them, of the SHA-256 of the rest (BIP 39)."""
    bits = 0
    for index in indexes:
        bits = bits << 11 | index
    tail = len(indexes) // 3
    digest = hashlib.sha256((bits >> tail).to_bytes(tail * 4, "big")).digest()
    return digest[0] >> (8 - tail) == bits & ((1 << tail) - 1)


def _unwrap(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, decoded) of the runs of base64 that hold readable text."""
    if len(text) < 16:
        return
    for number, run in enumerate(_RUN.finditer(text)):
        if number == _MOST:
            return
        decoded = _decode(run.group())
        if decoded:
            yield run.start(), run.end(), decoded


def _decode(run: str) -> str:
    """Return the text a run stands for, or nothing where it is none (RFC 4648, both alphabets)."""
    body = run.rstrip("=")
    if len(body) % 4 == 1 or not _MIXED.search(body):
        return ""
    try:
        raw = base64.b64decode(
            body + "=" * (-len(body) % 4), altchars=b"-_" if re.search("[-_]", body) else None
        )
        decoded = raw.decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return decoded if len(_READABLE.findall(decoded)) == len(decoded) else ""


def _worst(spans: Sequence[Span]) -> str | None:
    """Return the label the resolver would prefer, quasi-identifiers and sensitive content left out."""
    ranked = [
        (CLASS_PRIORITY[cls], span.start - span.end, span.label)
        for span in spans
        if (cls := class_of(span.label)) not in {LabelClass.QUASI, LabelClass.SENSITIVE}
    ]
    return min(ranked)[-1] if ranked else None
