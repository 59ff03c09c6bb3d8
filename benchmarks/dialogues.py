"""Conversations with gold entities: what is only seen, or only seen everywhere, when all turns are read.

``generate`` is a pure function of its arguments. A conversation is one or two scenes (a value repeated in
another grouping, a person named again by a part, an answer to a question, a value split over turns) between
plain turns. A mention counts for its entity, and an entity is found when every mention is.

A scene is an exchange of the family's ``dialogues`` file. Its slots: ``{me}``, ``{friend:nick}`` and
``{other:given}`` are people, ``{PHONE_NUMBER:joined}`` is a value; ``{AGE}`` and other labels that have no
builder are drawn from the file's fillers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from corpus import Language, filler
from exchanges import Book, Exchange, read_book
from families import FAMILIES, Family, Whole
from slots import Gold, Value, fill

_PEOPLE = ("me", "friend", "other")
_SPEAKERS: Mapping[str, int | None] = {"U": 0, "V": 1, "A": None}
_CLEAN = "clean"
_TWO_SCENES = 0.4


@dataclass(frozen=True, slots=True)
class Said:
    """One turn; ``speaker`` is 0 or 1 for the two people, None for the assistant."""

    speaker: int | None
    text: str = field(repr=False)
    gold: tuple[Gold, ...]


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One conversation and the kinds of its scenes."""

    turns: tuple[Said, ...]
    kinds: tuple[str, ...]


def generate(language: Language, n: int, seed: int, *, family: str = "tuned") -> list[Dialogue]:
    """Return ``n`` conversations; scenes come round in a shuffled order.

    family : one of ``FAMILIES``; KeyError for another.
    """
    rng = Random(f"dialogues/{family}/{language}/{seed}")
    writer = _Writer(FAMILIES[family], _book(family, language), rng)
    deck: list[Exchange] = []
    made = []
    for _ in range(n):
        count = 2 if rng.random() < _TWO_SCENES else 1
        while len(deck) < count:
            deck = rng.sample(writer.scenes, len(writer.scenes)) + deck
        made.append(writer.dialogue([deck.pop() for _ in range(count)]))
    return made


def kinds(language: Language, *, family: str = "tuned") -> tuple[str, ...]:
    """Return the kinds of scenes of a language, sorted."""
    return tuple(sorted({_scene(part) for part in _book(family, language).exchanges} - {_CLEAN}))


def _scene(part: Exchange) -> str:
    """Return the kind of a scene without its style."""
    return part.kind.partition(" ")[0]


def _book(family: str, language: Language) -> Book:
    return read_book(FAMILIES[family].template(f"dialogues-{language}"), language)


@dataclass(frozen=True, slots=True)
class _Writer:
    family: Family
    book: Book
    rng: Random = field(repr=False)

    @property
    def scenes(self) -> list[Exchange]:
        return [part for part in self.book.exchanges if _scene(part) != _CLEAN]

    def dialogue(self, scenes: list[Exchange]) -> Dialogue:
        turns = [*self._pause()]
        for number, scene in enumerate(scenes):
            turns += self._played(scene, f"{_scene(scene)}/{number}/")
            turns += self._pause()
        return Dialogue(tuple(turns), tuple(map(_scene, scenes)))

    def _played(self, scene: Exchange, prefix: str) -> Iterator[Said]:
        cast = _Cast(self.family, self.book, self.rng, prefix)
        for mark, template in scene.lines:
            if mark == "~":
                yield from self._pause()
            else:
                yield Said(_SPEAKERS[mark], *fill(template, cast))

    def _pause(self) -> Iterator[Said]:
        clean = [part for part in self.book.exchanges if _scene(part) == _CLEAN]
        for part in self.rng.sample(clean, self.rng.randint(0, 2)):
            yield from self._played(part, "")


@dataclass(frozen=True, slots=True)
class _Cast:
    """The people and values of one scene: the same slot is the same entity all through it."""

    family: Family
    book: Book
    rng: Random = field(repr=False)
    prefix: str
    drawn: dict[str, Whole] = field(default_factory=dict, repr=False)

    def __call__(self, name: str, form: str) -> Value:
        if name.startswith("_"):
            return Value(filler(self.book, self.rng, name, form))
        label = "PERSON" if name in _PEOPLE else name
        if name not in self.drawn:
            self.drawn[name] = self._whole(label)
        surface = self.family.surface(self.drawn[name], form, self.book.language, self.rng)
        return Value(surface, label, form, self.prefix + name)

    def _whole(self, label: str) -> Whole:
        if label in self.book.fillers:
            return self.rng.choice(self.book.fillers[label])
        return self.family.whole(self.rng, label, self.book.language)
