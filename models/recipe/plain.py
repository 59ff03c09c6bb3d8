"""Lines that teach what is no name: real chat in which nobody is named, and words of many languages in no order.

What a tagger of English chat takes for people beside the people are words of languages that it has never
read, words drawn out («siick», «wohooo») and words without vowels («pls snd»). The words come from
wordfreq 3.1.1 (CC BY-SA 4.0), without what any list has as a name or place. Some lines hold a name all the
same: that a language is strange does not tell that nobody is meant.
"""

import gzip
import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import msgpack

import carriers
import latin
import styles
import wordlists
from generate import join
from gold import Line
from grammar import LOCATION, ORGANIZATION, Piece

# Languages in Latin script that chat holds beside English.
_LANGUAGES = tuple("id fil ms es pt fr de it nl tr pl ro sv fi vi sh".split())
_RANKS = 5_000
_WORD = re.compile(r"[^\W\d_]{2,20}")
_INNER_VOWEL = re.compile(r"(?<=\w)[aeiou](?=\w)")
_DRAWN_OUT, _CLIPPED = 0.15, 0.12
_FOREIGN, _TYPED = 9_000, 4_000
_WITH_A_NAME = 0.25
_PEOPLE, _PEOPLE_OR_PLACES = 0.5, 0.8
_COMMON = 5  # tier of ``wordlists.Words`` from which a listed name is a word as well


def plain_lines(data: Path, lists: Path, seed: int) -> list[Line]:
    """Return lines for the student of Latin script; whatever is a name in them is told."""
    rng = Random(f"plain:en:{seed}")
    names = latin.load(lists)
    known = wordlists.latin(lists)
    words = {code: _nameless(lists, code, known.bits) for code in (*_LANGUAGES, "en")}
    real = carriers.english(data, (*names.favoured.given.values, *names.nicknames))
    rare = {word for word, bits in known.bits.items() if bits and known.tiers.get(word, 0) < _COMMON}
    real = tuple(text for text in real if rare.isdisjoint(_WORD.findall(text.lower())))
    foreign = [_line(words[rng.choice(_LANGUAGES)], names, rng) for _ in range(_FOREIGN)]
    typed = [_line(words["en"], names, rng, slips=True) for _ in range(_TYPED)]
    return [*(Line(text, (), "en") for text in real), *foreign, *typed]


def _nameless(lists: Path, language: str, known: Mapping[str, int]) -> list[str]:
    """Return the most frequent words of a language, by rank, that no list has as a name or place."""
    path = lists / "wordfreq" / "data" / f"small_{language}.msgpack.gz"
    with gzip.open(path, "rb") as handle:
        groups = msgpack.load(handle, raw=False)
    words = [word for group in groups[1:] for word in group if _WORD.fullmatch(word)]
    return [word for word in words[:_RANKS] if not known.get(word)]


def _line(words: Sequence[str], names: latin.Latin, rng: Random, *, slips: bool = False) -> Line:
    """Return words in no order, as people type, one time in four with a name among them."""
    drawn = [_ranked(words, rng) for _ in range(rng.randint(1, 11))]
    texts = [_typed(word, rng) for word in drawn] if slips else drawn
    pieces = [Piece(f"{text} ") for text in texts]
    if rng.random() < _WITH_A_NAME:
        at = rng.randint(0, len(pieces))
        pieces[at:at] = [*_name(names, rng), Piece(" ")]
    return join(styles.latin(pieces, rng), "en")


def _name(names: latin.Latin, rng: Random) -> list[Piece]:
    """Draw a name, of people as often as of all else."""
    draw = rng.random()
    if draw < _PEOPLE:
        return names.person(rng)
    if draw < _PEOPLE_OR_PLACES:
        return [Piece(names.location(rng), LOCATION)]
    return [Piece(names.company(rng), ORGANIZATION)]


def _ranked(words: Sequence[str], rng: Random) -> str:
    """Draw a word, one of rank r as often as 1/r of the time (Zipf's law)."""
    return words[int(math.exp(rng.random() * math.log(len(words)))) - 1]


def _typed(word: str, rng: Random) -> str:
    """Return a word with a letter drawn out, or without its inner vowels, or most often as it is."""
    draw = rng.random()
    if draw < _DRAWN_OUT:
        at = rng.randrange(len(word))
        return word[:at] + word[at] * rng.randint(2, 5) + word[at + 1 :]
    return _INNER_VOWEL.sub("", word) if draw < _DRAWN_OUT + _CLIPPED else word
