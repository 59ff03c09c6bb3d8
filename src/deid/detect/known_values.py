"""Known values: what a profile declares about a subject, found again in text in every common written form.

Forms searched: any case, width, kind of kana and accents; name parts in either order, joined or spaced,
with initials and English short forms; romaji of kana names and kana of romaji ones; an e-mail address and
its local part; telephone digits in any grouping; dates in the usual orders and eras; other values with
separators added or left out. A name that is also a word needs a second cue (``deid.detect.known.cues``).

Nothing is compiled a value, and no form is made that the texts do not hold, so that a record's values cost
little and no cache keeps them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from deid.detect.known.fold import Folded, compact, fold_text, fold_together, may_part, positions
from deid.detect.known.form import Form
from deid.detect.known.forms import anchor_of, forms_of, labels_of
from deid.detect.known.numbers import KnownDate, KnownPhones, has_number, may_tell, read_date, read_phones
from deid.types import KnownValue, Span

_LONG_NAME = 5
_SPACED_OUT = 4
_MIDDLE = re.compile(r"\s[a-z]\.?\s")
_TOGETHER = 256  # texts that are searched at once
_FEW = 64  # values that are asked for one by one
_END = 4  # characters by which more are told apart: numbered values begin alike
_NUMBERS = ("PHONE_NUMBER", "DATE_OF_BIRTH")
_DIGITS = "0123456789"

Number = KnownPhones | KnownDate
Find = tuple[int, int, str]
"""Where a form stands in folded text, and its label."""


class KnownValues:
    """Finds the values of one conversation's subjects; a Detector bound to them.

    Holds the values in memory only; its repr shows their number. The cost is linear in the texts, and in
    the names, schools, employers and addresses a group of texts.
    """

    def __init__(
        self, known: Sequence[KnownValue], *, name: str = "known-values", score: float = 0.99
    ) -> None:
        self.name = name
        self._score = score
        self._values = [
            KnownValue(*value)
            for value in dict.fromkeys((k.label, k.value) for k in known if k.label not in _NUMBERS)
        ]
        self._ends = _ends(self._values) if len(self._values) > _FEW else None
        self._numbers = [*dict.fromkeys((k.label, k.value) for k in known if k.label in _NUMBERS)]

    def __repr__(self) -> str:
        return f"KnownValues({len(self._values) + len(self._numbers)} values)"

    @property
    def labels(self) -> frozenset[str]:
        """Labels of the values given."""
        words = {label for value in self._values for label in labels_of(value)}
        return frozenset(words | {label for label, _ in self._numbers})

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the occurrences in each text, sorted by start; of several at one place the longest."""
        found: list[list[Span]] = []
        for first in range(0, len(texts), _TOGETHER):
            found += self._detect(texts[first : first + _TOGETHER])
        return found

    def _detect(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the occurrences in each text; what is known is looked for in all texts at once, NUL between."""
        found: list[list[Span]] = [[] for _ in texts]
        joined = fold_together(texts)
        letters = compact(joined)
        forms = {
            form: some for form, some in self._held(letters).items() if _may_stand(form, joined, letters)
        }
        some = _numbers(self._numbers) if self._numbers and has_number(joined) else ()
        numbers = [(label, number) for label, number in some if number.may_be_in(joined)]
        if not forms and not numbers:  # most conversations
            return found
        flats, parts = joined.split("\0"), letters.split("\0")
        placed: dict[int, list[Find]] = _numbered(flats, numbers) if numbers else {}
        held = _texts_with(forms, letters, parts) if forms else {}
        for at in held.keys() | placed.keys():
            there = {form: forms[form] for form in held.get(at, ()) if _may_stand(form, flats[at], parts[at])}
            if there or at in placed:
                found[at] = self._spans(fold_text(texts[at]), there, placed.get(at, ()))
        return found

    def _held(self, letters: str) -> dict[str, list[Form]]:
        """Return the forms that texts hold, by what they look like."""
        held: dict[str, list[Form]] = {}
        for value in self._likely(letters):
            for form in forms_of(value, letters.__contains__):
                same = held.setdefault(form.text, [])
                if form not in same:
                    same.append(form)
        return held

    def _likely(self, letters: str) -> Sequence[KnownValue]:
        """Return the values that texts may hold: all where they are few, else those that end somewhere in them."""
        if self._ends is None:
            return self._values
        there = {letters[at : at + _END] for at in range(len(letters))} | {""}
        numbers = (number for end in there for number in self._ends.get(end, ()))
        return [self._values[number] for number in sorted(numbers)]

    def _spans(
        self, text: Folded, forms: Mapping[str, Sequence[Form]], numbers: Sequence[Find]
    ) -> list[Span]:
        """Return the spans of some forms, where they stand, and of numbers that were found."""
        words = _with_middle_initials(_words(text, forms), text.text) if forms else ()
        spans = {
            Span(*text.normal.original(start, end), label, self._score, self.name)
            for start, end, label in (*words, *numbers)
        }
        return sorted(spans)


def _ends(values: Iterable[KnownValue]) -> dict[str, list[int]]:
    """Return the numbers of values by how the part ends that all their forms have; by nothing where it is short."""
    ends: dict[str, list[int]] = {}
    for number, value in enumerate(values):
        end = anchor_of(value)[-_END:]
        ends.setdefault(end if len(end) == _END else "", []).append(number)
    return ends


def _words(text: Folded, forms: Mapping[str, Sequence[Form]]) -> Iterator[Find]:
    """Yield where some of the forms stand, from left to right, none inside another."""
    where = _Where(text, compact(text.text), positions(text.text))
    at = 0
    for index, sizes in sorted(_places(where.letters, forms).items()):
        form = _longest(where, index, sizes, forms) if index >= at else None
        if form is not None:
            at = index + len(form.text)
            yield *where.range(index, form), form.label


def _longest(
    where: "_Where", index: int, sizes: Iterable[int], forms: Mapping[str, Sequence[Form]]
) -> Form | None:
    for size in sorted(sizes, reverse=True):
        for form in forms[where.letters[index : index + size]]:
            if where.holds(index, form):
                return form
    return None


def _with_middle_initials(found: Iterable[Find], text: str) -> Iterator[Find]:
    """Yield what was found from left to right, two parts of a name with an initial between them as one."""
    held: Find | None = None
    for start, end, label in found:
        if held and held[2] == label == "PERSON" and _MIDDLE.fullmatch(text, held[1], start):
            held = (held[0], end, label)
            continue
        if held:
            yield held
        held = (start, end, label)
    if held:
        yield held


def _may_stand(form: str, flat: str, letters: str) -> bool:
    """Whether a form may be more than a part of other words in a folded text, whose compact form is ``letters``."""
    if not (form.isascii() and form.isalpha()):
        return True
    n_whole, at = 0, flat.find(form)
    while at >= 0:
        n_whole += 1
        before, after = flat[at - 1 : at], flat[at + len(form) : at + len(form) + 1]
        if not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalpha()):
            return True
        at = flat.find(form, at + 1)
    return len(_places(letters, (form,))) > n_whole  # parted somewhere


def _texts_with(forms: Iterable[str], letters: str, parts: Sequence[str]) -> dict[int, list[str]]:
    """Return which texts hold which forms, by the number of a text; ``letters`` are the parts, NUL between."""
    ends = list(accumulate(len(part) + 1 for part in parts))
    held: dict[int, list[str]] = {}
    for form in forms:
        at = letters.find(form)
        while at >= 0:
            number = bisect_right(ends, at)
            held.setdefault(number, []).append(form)
            at = letters.find(form, ends[number])
    return held


def _numbered(flats: Sequence[str], numbers: Sequence[tuple[str, Number]]) -> dict[int, list[Find]]:
    """Return where folded texts have numbers, by the number of a text."""
    placed: dict[int, list[Find]] = {}
    spoken = any(isinstance(number, KnownPhones) for _, number in numbers)
    for at, flat in enumerate(flats):
        for label, number in numbers if may_tell(flat, spoken=spoken) else ():
            for place in number.find(flat):
                placed.setdefault(at, []).append((*place, label))
    return placed


def _numbers(known: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Number]]:
    phones = read_phones(value for label, value in known if label == "PHONE_NUMBER")
    if phones is not None:
        yield "PHONE_NUMBER", phones
    for label, value in known:
        date = read_date(value) if label == "DATE_OF_BIRTH" else None
        if date is not None:
            yield "DATE_OF_BIRTH", date


def _places(letters: str, forms: Iterable[str]) -> dict[int, list[int]]:
    """Return where forms stand, and the sizes of those that do."""
    found: dict[int, list[int]] = {}
    for form in forms:
        at = letters.find(form)
        while at >= 0:
            found.setdefault(at, []).append(len(form))
            at = letters.find(form, at + 1)
    return found


@dataclass(frozen=True, slots=True)
class _Where:
    """A text beside its compact form.

    letters  : the compact form.
    position : offset in the text of each of its characters.
    """

    text: Folded
    letters: str = field(repr=False)
    position: Sequence[int] = field(repr=False)

    def range(self, index: int, form: Form) -> tuple[int, int]:
        """Return the range in the text of a form found at an index of the compact form."""
        return self.position[index], self.position[index + len(form.text) - 1] + 1

    def holds(self, index: int, form: Form) -> bool:
        """Whether a form is parted only where it may be, is whole words, and has the cue it needs."""
        start, end = self.range(index, form)
        if end - start != len(form.text) and not self._parted_well(index, form):
            return False
        # jessica99 is jessica's, ann99 and 12345 of 123456 are not.
        tail = "" if form.text[-1].isalpha() and len(form.text) >= _LONG_NAME else _DIGITS
        if _goes_on(self.text, start, start - 1, _DIGITS) or _goes_on(self.text, end - 1, end, tail):
            return False
        return form.guard is None or form.guard(self.text, start, end)

    def _parted_well(self, index: int, form: Form) -> bool:
        return self._spaced_out(index, len(form.text)) or self._parted_where_it_may(index, form)

    def _spaced_out(self, index: int, size: int) -> bool:
        """Whether there is one and the same separator between all characters: «m a r l o w»."""
        start, end = self.position[index], self.position[index + size - 1] + 1
        inner = self.text.text[start + 1 : end : 2]
        return size >= _SPACED_OUT and end - start == 2 * size - 1 and len(set(inner)) == 1

    def _parted_where_it_may(self, index: int, form: Form) -> bool:
        text = self.text.text
        for offset in range(1, len(form.text)):
            before, after = self.position[index + offset - 1], self.position[index + offset]
            gap = text[before + 1 : after]
            if gap and not may_part(text[before], text[after], gap, at_cut=offset in form.cuts):
                return False
        return True


def _goes_on(text: Folded, edge: int, beyond: int, digits: str) -> bool:
    """Whether the character beyond an edge goes on with the edge's word: same script, or a digit."""
    if not 0 <= beyond < len(text.text):
        return False
    inner, outer = text.text[edge], text.text[beyond]
    if inner.isascii() and inner.isalnum():
        return outer.isascii() and (outer.isalpha() or outer in digits)
    return _is_katakana(text.normal.text[edge]) and _is_katakana(text.normal.text[beyond])


def _is_katakana(character: str) -> bool:
    return "ァ" <= character <= "ヴ" or character == "ー"
