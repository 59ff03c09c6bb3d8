"""The written forms of a person's known name: whole, in parts, shortened, and in other scripts."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, product

from deid.detect.known.cues import (
    HONORIFIC,
    Guard,
    is_abbreviated,
    is_dotted,
    is_introduced,
    is_katakana_or_person,
    is_parted,
    is_person_en,
    is_person_ja,
)
from deid.detect.known.fold import compact, fold, squeeze
from deid.detect.known.form import Form, Holds
from deid.detect.names.kana import is_kana, kana_readings, roman_beginnings, romanizations, to_hiragana
from deid.detect.names.words import read_groups, read_words

_TITLES = re.compile(
    rf"(?i:^(?:mr|mrs|ms|miss|mx|dr|prof|sir)[.．]?\s+)|(?<=.)(?:{HONORIFIC.replace('(?![一-龥])', '')})$|(?i:(?<=.)[-‐‑\s](?:san|kun|chan|sama|sensei)$|['’]s$)"
)
_PARTED = re.compile(r"[\s・･,、]+")
# More ways to spell a whole name than this are left to its parts.
_WHOLE_FORMS = 144
# Words inside a family name, that alone say nothing: Van der Berg, de la Cruz, bin Rashid.
_PARTICLES = frozenset(
    "van der den de von zu la le los las da do dos del di du el al bin ibn ter ten".split()
)

_WORDS_EN = read_words("name_words_en")
_WORDS_JA = frozenset(
    fold(word) for name in ("name_words_ja", "not_names_ja", "not_alone_ja") for word in read_words(name)
)
_DIMINUTIVES = {name: group for group in reversed(read_groups("diminutives_en")) for name in group}

Spelling = tuple[str, bool]
"""A folded spelling of a name's part, and whether it is kana guessed from romaji."""


def person(value: str, holds: Holds) -> Iterator[Form]:
    """Yield the forms of a name that the texts hold."""
    parts = [*_name_parts(_TITLES.sub("", value))]
    spellings = [_spellings(part, holds) for part in parts]
    held = [[text for text, _ in spelled if holds(compact(text))] for spelled in spellings]
    if len(parts) > 1:
        if all(held):
            yield from _together(spellings, held, holds)
        yield from _initials(spellings, held, holds)
    for part, spelled, said in zip(parts, spellings, held, strict=True):
        for text in said:
            yield from _part(text, derived=(text, True) in spelled)
        if " " in part and holds(compact(last := fold(part.split()[-1]))):
            yield from _part(last, derived=False)
        yield from _pieces(part, holds)
        for short in _diminutives(spelled[0][0]):
            if holds(short):
                yield from _part(short, derived=False)


def _name_parts(name: str) -> Iterator[str]:
    """Yield the parts of a name; words such as van stay with what follows them."""
    held: list[str] = []
    for part in _PARTED.split(name):
        held += [part] if part else []
        if part and part.lower() not in _PARTICLES:
            yield " ".join(held)
            held = []
    if held:
        yield " ".join(held)


def _spellings(part: str, holds: Holds) -> list[Spelling]:
    """Return the folded part, for kana its romanizations, for romaji the kana it may stand for and theirs.

    Of romanizations that begin as no text has it only the beginnings are told: an initial may stand for them.
    """
    folded = fold(part)
    if is_kana(part):
        begun = roman_beginnings(part)
        if not any(map(holds, begun)):
            return [(folded, False), *((begin, False) for begin in sorted(begun))]
        return [(folded, False), *((roman, False) for roman in sorted(romanizations(folded)))]
    plain = squeeze(folded)[0]
    if not (plain.isascii() and plain.isalpha() and len(plain) > 2):
        return [(folded, False)]
    kana = sorted({to_hiragana(reading) for reading in kana_readings(plain)})
    others = sorted({roman for reading in kana for roman in romanizations(reading)} - {plain})
    return [(folded, False), *((roman, False) for roman in others), *((reading, True) for reading in kana)]


def _together(
    spellings: Sequence[Sequence[Spelling]], held: Sequence[Sequence[str]], holds: Holds
) -> Iterator[Form]:
    """Yield the whole name, in either order."""
    either = frozenset().union(*held)
    for script in _by_script(spellings):
        for written in islice(product(*script), _WHOLE_FORMS):
            if either.issuperset(written):
                yield from _whole(written, holds)
                yield from _whole(written[::-1], holds)


def _by_script(spellings: Sequence[Sequence[Spelling]]) -> Iterator[list[list[str]]]:
    """Yield the spellings of the parts as declared, and those that another script has: nobody mixes them."""
    declared = [spelled[0][0] for spelled in spellings]
    yield [[text] for text in declared]
    for is_of in (str.isascii, is_kana):
        script = [[text for text, _ in spelled if is_of(text)] for spelled in spellings]
        if all(script):
            yield script


def _whole(parts: Sequence[str], holds: Holds, guard: Guard | None = None) -> Iterator[Form]:
    written = " ".join(parts)
    if (letters := compact(written)) and holds(letters):
        text, cuts = squeeze(written)
        yield Form(text, "PERSON", cuts, guard)


def _initials(
    spellings: Sequence[Sequence[Spelling]], held: Sequence[Sequence[str]], holds: Holds
) -> Iterator[Form]:
    """Yield «j. smith», «john s.» and «j.s.» of a name in Latin letters, and of a Japanese one both ways."""
    first, last = ([text for text, _ in spelled] for spelled in (spellings[0], spellings[-1]))
    names = [(_latin(first), _latin(held[0])), (_latin(last), _latin(held[-1]))]
    if not (names[0][0] and names[1][0]):  # nothing in Latin letters to shorten
        return
    japanese = all(any(map(is_kana, written)) for written in (first, last))
    for (one, one_held), (other, other_held) in [names, names[::-1]] if japanese else [names]:
        begins, ends = _heads(one), _heads(other)
        for firsts, lasts, guard in (
            (begins, other_held, is_parted),
            (one_held, ends, is_abbreviated),
            (begins, ends, is_dotted),
        ):
            for written in product(firsts, lasts):
                if guard is not is_dotted or holds("".join(written)):
                    yield from _whole(written, holds, guard)


def _latin(spelled: Sequence[str]) -> list[str]:
    """Return the spellings in Latin letters, of two letters or more."""
    return [text for text in spelled if text.isascii() and text[0].isalpha() and len(text) > 1]


def _heads(names: Sequence[str]) -> list[str]:
    return sorted({name[0] for name in names})


def _part(text: str, *, derived: bool) -> Iterator[Form]:
    """Yield one part of a name by itself."""
    squeezed, cuts = squeeze(text)
    if squeezed.isascii():
        if len(squeezed) >= 3 or (len(squeezed) == 2 and squeezed.isalpha()):
            common = squeezed in _WORDS_EN or len(squeezed) == 2
            yield Form(squeezed, "PERSON", cuts, is_person_en if common else None)
    elif squeezed:
        short = len(squeezed) == 1 or (len(squeezed) == 2 and is_kana(squeezed))
        guard = is_person_ja if short or squeezed in _WORDS_JA else None
        if derived:
            guard = is_person_ja if len(squeezed) < 3 else is_katakana_or_person
            if len(squeezed) > 3 and squeezed not in _WORDS_JA:
                guard = None
        yield Form(squeezed, "PERSON", cuts, guard)


def _pieces(part: str, holds: Holds) -> Iterator[Form]:
    """Yield the family and given names that an undivided name in kanji may consist of."""
    if not 3 <= len(part) <= 6 or part.isascii() or is_kana(part):
        return
    folded = fold(part)
    for size in range(1, min(4, len(folded))):
        guard = is_person_ja if size > 1 else is_introduced
        for piece in (folded[:size], folded[-size:]):
            if holds(piece):
                yield Form(piece, "PERSON", guard=guard)


def _diminutives(folded: str) -> frozenset[str]:
    return _DIMINUTIVES.get(folded, frozenset()) - {folded}
