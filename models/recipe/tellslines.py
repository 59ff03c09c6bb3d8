"""Turns for the network of told words: the open lists in English, filled, with other values, and chat that tells none.

Half of the talks get other values, made of ordinary words, so that what is said round a value is learnt and not the
value. What answers in a list is shown behind lines of ``irc-ubuntu`` too, where nobody asked: there it is none.
"""

import string
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

import fresh
import oddlines
from deid.detect.tagger.units import words
from deid.detect.tagger.weights import Weights
from deid.detect.tells.reading import WITHIN, Read, read
from deid.types import Turn
from slots import OPTIONAL

IGNORED = -100
CLASSES = ("none", "USERNAME", "PASSWORD", "SHARE_CODE", "other")
_OF = {
    **dict.fromkeys(("PASSWORD", "SECRET_KEY"), 2),
    **dict.fromkeys(("ONE_TIME_CODE", "SHARE_CODE", "CARD_SECURITY_CODE", "ACCOUNT_ID"), 3),
    "USERNAME": 1,
}
_WORDED = frozenset({"USERNAME", "PASSWORD", "SECRET_KEY", "SHARE_CODE"})
_SWAPPED, _UNASKED, _SHORT = 0.5, 1 / 3, 6
_CHAT, _ORDINARY = 14_000, 1_500
_SIGNS = frozenset(",.!?;'’\"")


@dataclass(frozen=True, slots=True)
class Value:
    """A range of a turn, its label, and whether it may be found or not."""

    start: int
    end: int
    label: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One turn and its values, in order and disjoint."""

    speaker: int
    text: str = field(repr=False)
    values: Sequence[Value] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A turn as it is read, and the class of each unit of its own."""

    read: Read
    tags: Sequence[int]


def talks(name: str, seed: int) -> Iterator[list[Said]]:
    """Yield the texts of a list, each template filled once."""
    count = len(fresh.templates("en", name))
    for message in fresh.generate("en", count, seed, half=name):
        yield [Said(0, message.text, _values(message.gold))]
    for dialogue in fresh.dialogues("en", count, seed, half=name):
        yield [
            Said(-1 if turn.speaker is None else turn.speaker, turn.text, _values(turn.gold))
            for turn in dialogue.turns
        ]


def _values(gold: Sequence[oddlines.Gold]) -> list[Value]:
    values: list[Value] = []
    for one in sorted(gold, key=lambda one: one.start):
        if not values or one.start >= values[-1].end:
            values.append(Value(one.start, one.end, one.label, one.form == OPTIONAL))
    return values


class Quiet:
    """Chat and lines that tell nothing: ``irc-ubuntu`` behind what was said, tweets and ordinary lines alone."""

    def __init__(self, data: Path, seed: int) -> None:
        rng = Random(seed)
        told = [Said(0, line.text, _values(line.gold)) for line in oddlines.chat(data, "test")]
        self.irc = [
            replace(one, values=[replace(value, optional=True) for value in one.values]) for one in told
        ]
        self.talks = [
            [*self.before(at, rng.randint(0, WITHIN)), one] for at, one in enumerate(self.irc) if at >= WITHIN
        ]
        self.talks += [[Said(0, line.text, _values(line.gold))] for line in oddlines.tweets(data)]
        self.ordinary = [
            [*([Said(1, line.before.question)] if line.before.question else []), Said(0, line.text)]
            for line in oddlines.ordinary(seed)
        ]

    def before(self, at: int, count: int) -> list[Said]:
        """Return the lines before one, said by two others."""
        return [Said(1 + back % 2, self.irc[at - back].text) for back in range(count, 0, -1)]


class Maker:
    """Examples of one reading of all lists; values are made of the words of the tagger's table."""

    def __init__(self, weights: Weights, rng: Random) -> None:
        tiers = weights.listed[:, -2] * weights.listed_scale[-2] * 7
        named = weights.listed[:, -7:-2].any(-1)
        self._words = [
            word
            for word, row in weights.words.items()
            if word.isascii()
            and word.isalpha()
            and 3 <= len(word) <= 9
            and 1.5 < tiers[row] < 5.5
            and not named[row]
        ]
        self._rng = rng

    def examples(self, lists: Sequence[str], quiet: Quiet, seed: int) -> Iterator[Example]:
        """Yield the turns of every talk, what answers where nothing was asked, and chat."""
        rng, answers = self._rng, []
        for name in lists:
            for talk in talks(name, seed):
                answers += [said for said in talk[1:] if _is_short_answer(said)]
                made = self._roughened(self._swapped(talk, _SWAPPED))
                yield from (_example(made, at) for at in range(len(made)))
        for said in rng.sample(answers, int(len(answers) * _UNASKED)):
            (other,) = self._swapped([said], 0.8)
            if other.values and all(_is_words(other.text[one.start : one.end]) for one in other.values):
                before = quiet.before(rng.randrange(WITHIN, len(quiet.irc)), rng.randint(1, WITHIN))
                made = self._roughened([*before, Said(0, other.text)])
                yield _example(made, len(made) - 1)
        some = rng.sample(quiet.talks, min(_CHAT, len(quiet.talks)))
        for talk in some + rng.sample(quiet.ordinary, min(_ORDINARY, len(quiet.ordinary))):
            yield _example(self._roughened(talk), len(talk) - 1)

    def _swapped(self, talk: Sequence[Said], share: float) -> Sequence[Said]:
        """Return a talk with other values in a share of cases, each the same wherever it stands."""
        if self._rng.random() > share:
            return talk
        known: dict[str, str] = {}
        return [
            _filled(said, [self._other(said.text, value, known) for value in said.values]) for said in talk
        ]

    def _other(self, text: str, value: Value, known: dict[str, str]) -> str:
        surface, number = text[value.start : value.end], _OF.get(value.label)
        coded = number == 3 and not surface.replace("-", "").isalpha()
        if value.optional or number is None or (coded and self._rng.random() < 0.7):
            return surface
        make = (self._handle, self._secret, self._code)[number - 1]
        return known.setdefault(surface.lower(), make())

    def _handle(self) -> str:
        rng, (one, two) = self._rng, self._rng.choices(self._words, k=2)
        forms = (
            one,
            one + two,
            f"{one} {two}",
            f"{one}{rng.choice('_.-')}{two}",
            f"{one}{rng.randrange(1000)}",
        )
        lead = rng.choice(("the", "mr", "its", "not", "real", "big", "old"))
        (made,) = rng.choices((*forms, lead + rng.choice(("", " ", "_")) + one), (35, 30, 10, 8, 10, 7))
        return _cased(made, rng)

    def _secret(self) -> str:
        rng, (one, two, three, four) = self._rng, self._rng.choices(self._words, k=4)
        forms = (one, f"{one} {two}", one + two, f"{one} {two} {three}", f"{one} {two} {three} {four}")
        more = (f"{one}{rng.randrange(10_000)}", f"{one}-{two}-{three}", f"{one}{rng.choice('!$@?_')}{two}")
        (made,) = rng.choices((*forms, *more), (30, 15, 15, 7, 5, 10, 8, 10))
        return _cased(made, rng)

    def _code(self) -> str:
        rng = self._rng
        if rng.random() < 0.4:
            return "".join(rng.choices(string.digits, k=rng.randint(3, 7)))
        if rng.random() < 0.3:
            return f"{rng.choice(self._words).upper()}{rng.randrange(100)}"
        return self._secret()

    def _roughened(self, talk: Sequence[Said]) -> Sequence[Said]:
        """Return a talk as it is, in small letters or capitals, without signs, or with letters that changed places."""
        (way,) = self._rng.choices(
            (_as_is, _small, _without_signs, _loud, self._slipped), (55, 20, 10, 3, 12)
        )
        return [way(said) for said in talk]

    def _slipped(self, said: Said) -> Said:
        letters = [*said.text]
        for _ in range(1 + len(letters) // 40):
            at = self._rng.randrange(max(1, len(letters) - 1))
            if at + 1 < len(letters) and letters[at].isalpha() and letters[at + 1].isalpha():
                letters[at : at + 2] = letters[at + 1], letters[at]
        return replace(said, text="".join(letters))


def _is_short_answer(said: Said) -> bool:
    labels = {value.label for value in said.values}
    return bool(labels) and labels <= _WORDED and len(said.text.split()) <= _SHORT


def _is_words(surface: str) -> bool:
    return not any(sign.isdigit() or sign in "_@" for sign in surface)


def _cased(made: str, rng: Random) -> str:
    ways: tuple[Callable[[str], str], ...] = (str, str.title, str.upper)
    (way,) = rng.choices(ways, (70, 23, 7))
    return way(made)


def _as_is(said: Said) -> Said:
    return said


def _small(said: Said) -> Said:
    return _of_same_length(said, said.text.lower())


def _loud(said: Said) -> Said:
    return _of_same_length(said, said.text.upper())


def _of_same_length(said: Said, text: str) -> Said:
    return replace(said, text=text) if len(text) == len(said.text) else said


def _without_signs(said: Said) -> Said:
    inside = {at for value in said.values for at in range(value.start, value.end)}
    kept = [at for at, sign in enumerate(said.text) if sign not in _SIGNS or at in inside]
    moved = {at: number for number, at in enumerate(kept)}
    values = [replace(one, start=moved[one.start], end=moved[one.end - 1] + 1) for one in said.values]
    return replace(said, text="".join(said.text[at] for at in kept), values=values)


def _filled(said: Said, surfaces: Sequence[str]) -> Said:
    parts, values, length, at = [], [], 0, 0
    for value, surface in zip(said.values, surfaces, strict=True):
        length += value.start - at
        parts += said.text[at : value.start], surface
        values.append(replace(value, start=length, end=length + len(surface)))
        length, at = length + len(surface), value.end
    return replace(said, text="".join((*parts, said.text[at:])), values=values)


def _example(talk: Sequence[Said], at: int) -> Example:
    turns = [Turn("", said.text, said.speaker) for said in talk]
    told = read(turns, at, words)
    tags = [0] * len(told.places)
    for value in talk[at].values:
        number = IGNORED if value.optional else _OF.get(value.label, 4)
        for unit, (start, end) in enumerate(told.places):
            if start < value.end and value.start < end:
                tags[unit] = number
    return Example(told, tags)
