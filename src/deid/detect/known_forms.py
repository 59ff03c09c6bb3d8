"""The written forms of a known value: what is searched for, and which second cue it needs.

Forms stand in folded text without separators (``deid.detect.fold``). A name that is also a word needs a
person's cue: an honorific, a verb of people, or in English a capital inside a sentence.

A form that no text holds is not made: most of a profile is said nowhere, and what every way of writing a
value has in common is asked for first.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, product

from deid.detect.fold import Folded, compact, fold, squeeze
from deid.detect.known_places import addresses, core_of, organizations
from deid.detect.names.kana import is_kana, kana_readings, roman_beginnings, romanizations, to_hiragana
from deid.detect.names.words import read_groups, read_words
from deid.ingest.normalize import normalize
from deid.types import KnownValue

Guard = Callable[[Folded, int, int], bool]
"""Whether a find at a range of the folded text has the cue it needs."""
Holds = Callable[[str], bool]
"""Whether the texts searched, folded and without separators, hold a form anywhere."""

_HONORIFIC = r"さん|さま|様|くん|君|ちゃん|氏(?![一-龥])|殿(?![一-龥])|先生|先輩"
_TITLES = re.compile(
    rf"(?i:^(?:mr|mrs|ms|miss|mx|dr|prof|sir)[.．]?\s+)|(?<=.)(?:{_HONORIFIC.replace('(?![一-龥])', '')})$|(?i:(?<=.)[-‐‑\s](?:san|kun|chan|sama|sensei)$|['’]s$)"
)
_CALLED_JA = re.compile(
    rf"\s?(?:{_HONORIFIC})|です|だよ|と申し|といい|と言い|っていい|って言|って呼|って名前|という(?:名前|者)|とは(?:[知友昔古長幼]|付き合|仲|もう|ずっと|いつも|最近|中学|高校|大学)|と(?:話し|会う|会っ|喧嘩|一緒|仲)|"
    r"に(?:聞い|聞き|会|言わ|言っ|電話|相談|話し|怒ら)|が(?:言[っいう]|来[るた]|教え|怒っ|好きって)|から(?:聞い|聞き|連絡|電話|line)|の(?:家|誕生日|お母|お父|携帯)"
)
_HONORED = re.compile(rf"\s?(?:{_HONORIFIC})|[-‐‑–\s]?(?:san|kun|chan|sama|sensei|senpai)(?![a-z])")
_NAMED_JA = re.compile(
    r"(?:名前は|氏名は|本名は|名前、|氏名:|名前:|あだ名は|私は|僕は|俺は|[ly]?っす、?)[、\s]?$"
)
_BEFORE_EN = re.compile(
    r"(?:\b(?:mr|mrs|ms|miss|dr|prof|sir|aunt|uncle|auntie|cousin|grandma|grandpa|hi|hello|hey|dear|thanks|thank you|bye|sorry|love|regards|cheers)[.,!]?"
    r"|\b(?:i'?m|i am|my name is|my name's|name's|name is|call me|this is|called|named|i go by|it'?s me|known as|my (?:friend|boss|brother|sister|son|daughter|husband|wife|cousin|roommate|partner|ex)))\s$"
)
_AFTER_EN = re.compile(
    r"[-\s](?:san|kun|chan|sama|sensei|senpai)\b|'s (?:mom|mum|dad|house|place|birthday|wife|husband|sister|brother|phone|number|email|car|room)\b|"
    r"\s(?:said|says|told|asked|called|texted|emailed|thinks|wants|loves|hates|lives|works|isn't|wasn't|didn't|doesn't|and i\b|and me\b)"
)
_NO_PERSON_BEFORE = re.compile(
    r"\b(?:in|near|visit(?:ing|ed)?|around|since|until|till|during|last|next|this|early|late|mid|every|the|a|an|of)\s$"
)
_DATE_AFTER = re.compile(r"\s(?:[0-9]|the [0-9])")
_INITIAL_AFTER = re.compile(r"\s[A-Z]\.\s[A-Z]")
_INITIAL_BEFORE = re.compile(r"[A-Za-z]\s[A-Z]\.\s$")
_PARTED = re.compile(r"[\s・･,、]+")
_MIN_LOCAL_PART = 5
# More ways to spell a whole name than this are left to its parts.
_WHOLE_FORMS = 144
# Words inside a family name, that alone say nothing: Van der Berg, de la Cruz, bin Rashid.
_PARTICLES = frozenset(
    "van der den de von zu la le los las da do dos del di du el al bin ibn ter ten".split()
)
# What all ways of writing a school or employer, and an address with its number first, begin with.
_FIRST_WORD = re.compile(r"(?!(?i:university of )|.{1,6}立)[A-Za-z0-9]+")
_HOUSE = re.compile(r"[0-9]+[a-zA-Z]?\s+[0-9A-Za-z](?=.*[a-zA-Z])")
_LETTERED = re.compile(r"[a-z]{1,3}[ -]?([0-9]{7,12})")  # of a paper: its number is said without them
_ORGANIZATION = ("EDUCATION", "ORGANIZATION")
_SPOKEN_OF = re.compile(
    r"\b(?:at|for|with|from|join(?:ed)?|employer(?: is|:)?|company(?: is|:)?|school(?: is|:)?|work(?:place)? is)\s$"
)


@dataclass(frozen=True, slots=True)
class Form:
    """One searchable form.

    text : folded, without separators; ``cuts`` are the offsets at which the value itself has one.
    """

    text: str = field(repr=False)
    label: str
    cuts: frozenset[int] = frozenset()
    guard: Guard | None = field(default=None, repr=False)


def labels_of(known: KnownValue) -> Iterator[str]:
    """Yield the labels that the forms of a value may have."""
    yield known.label
    if known.label == "EMAIL_ADDRESS":
        yield "USERNAME"


def anchor_of(known: KnownValue) -> str:
    """Return what texts hold, folded and without separators, where they hold any form; empty for no such thing."""
    value = fold(normalize(known.value).text.strip())
    if known.label == "EMAIL_ADDRESS":
        return compact(value.partition("@")[0])
    varied = known.label in ("PERSON", "STREET_ADDRESS", *_ORGANIZATION)
    return "" if varied else compact(value.removeprefix("@") if known.label == "USERNAME" else value)


def forms_of(known: KnownValue, holds: Holds) -> Iterator[Form]:
    """Yield the forms of a value that the texts hold, but for telephone numbers and dates."""
    value = normalize(known.value).text.strip()
    if known.label == "PERSON":
        yield from _person(value, holds)
    elif known.label == "EMAIL_ADDRESS":
        yield from _email(value, holds)
    elif known.label == "USERNAME":
        yield from _plain(fold(value.removeprefix("@")), known.label, holds)
    elif known.label in _ORGANIZATION:
        if _begins(value, _FIRST_WORD, holds) and holds(compact(fold(core_of(value)))):
            yield from _organization(value, known.label, holds)
    elif known.label == "STREET_ADDRESS":
        if _begins(value, _HOUSE, holds):
            for written in addresses(value, lambda begun: holds(compact(fold(begun)))):
                yield from _plain(fold(written), known.label, holds)
    else:
        yield from _plain(fold(value), known.label, holds)
        if lettered := _LETTERED.fullmatch(fold(value)):
            yield from _plain(lettered[1], known.label, holds)


def _begins(value: str, beginning: re.Pattern[str], holds: Holds) -> bool:
    """Whether the texts hold what all ways of writing a value begin with, where that can be told."""
    match = beginning.match(value)
    return match is None or holds(compact(fold(match[0])))


def _plain(folded: str, label: str, holds: Holds, guard: Guard | None = None) -> Iterator[Form]:
    text = compact(folded)
    if len(text) >= (4 if text.isdigit() else 2) and holds(text):
        text, cuts = squeeze(folded)
        yield Form(text, label, cuts, guard)


def _organization(value: str, label: str, holds: Holds) -> Iterator[Form]:
    """Yield a school's or employer's forms; one that is a word needs a capital or a word before it."""
    for written in organizations(value):
        folded = fold(written)
        yield from _plain(folded, label, holds, _is_named_thing if folded in _COMPANY_WORDS else None)


def _email(value: str, holds: Holds) -> Iterator[Form]:
    local, _, domain = fold(value).partition("@")
    if not holds(compact(local)):
        return
    for at, dot in (("@", "."), ("at", "."), ("at", "dot"), ("あっと", "."), ("あっと", "どっと")):
        if domain:
            yield from _plain(f"{local} {at} {domain.replace('.', f' {dot} ')}", "EMAIL_ADDRESS", holds)
    if len(local) >= _MIN_LOCAL_PART:
        yield from _plain(local, "USERNAME", holds)


def _person(value: str, holds: Holds) -> Iterator[Form]:
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


Spelling = tuple[str, bool]
"""A folded spelling of a name's part, and whether it is kana guessed from romaji."""


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
            (begins, other_held, _is_parted),
            (one_held, ends, _is_abbreviated),
            (begins, ends, _is_dotted),
        ):
            for written in product(firsts, lasts):
                if guard is not _is_dotted or holds("".join(written)):
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
            yield Form(squeezed, "PERSON", cuts, _is_person_en if common else None)
    elif squeezed:
        short = len(squeezed) == 1 or (len(squeezed) == 2 and is_kana(squeezed))
        guard = _is_person_ja if short or squeezed in _WORDS_JA else None
        if derived:
            guard = _is_person_ja if len(squeezed) < 3 else _is_katakana_or_person
            if len(squeezed) > 3 and squeezed not in _WORDS_JA:
                guard = None
        yield Form(squeezed, "PERSON", cuts, guard)


def _pieces(part: str, holds: Holds) -> Iterator[Form]:
    """Yield the family and given names that an undivided name in kanji may consist of."""
    if not 3 <= len(part) <= 6 or part.isascii() or is_kana(part):
        return
    folded = fold(part)
    for size in range(1, min(4, len(folded))):
        guard = _is_person_ja if size > 1 else _is_introduced
        for piece in (folded[:size], folded[-size:]):
            if holds(piece):
                yield Form(piece, "PERSON", guard=guard)


def _diminutives(folded: str) -> frozenset[str]:
    return _DIMINUTIVES.get(folded, frozenset()) - {folded}


def _is_person_ja(text: Folded, start: int, end: int) -> bool:
    return bool(_CALLED_JA.match(text.text, end) or _NAMED_JA.search(text.tail(start, 8)))


def _is_introduced(text: Folded, start: int, end: int) -> bool:
    """Whether an honorific follows, or the name is just being given."""
    if _HONORED.match(text.text, end) or text.text.startswith("と申し", end):
        return True
    return bool(_NAMED_JA.search(text.tail(start, 8))) and text.text.startswith(("です", "だ", "。"), end)


def _is_katakana_or_person(text: Folded, start: int, end: int) -> bool:
    written = text.normal.text[start:end]
    return all("ァ" <= c <= "ヶ" or c in "ー・ " for c in written) or _is_person_ja(text, start, end)


def _is_person_en(text: Folded, start: int, end: int) -> bool:
    """Say whether a cue stands on either side, or a capital where only names have one."""
    before = text.tail(start, 24)
    if _BEFORE_EN.search(before) or _HONORED.match(text.text, end):
        return True
    if not text.normal.text[start].isupper() or _DATE_AFTER.match(text.text, end):
        return False
    if _AFTER_EN.match(text.text, end) or _beside_initial(text, start, end):
        return True
    shouted = text.normal.text[max(0, start - 12) : end].isupper()
    return _inside(before) and not shouted and not _NO_PERSON_BEFORE.search(before)


def _beside_initial(text: Folded, start: int, end: int) -> bool:
    """«Bo J. Stone»: a capital and a full stop between two words."""
    written = text.normal.text
    return bool(
        _INITIAL_AFTER.match(written, end) or _INITIAL_BEFORE.search(written[max(0, start - 5) : start])
    )


def _inside(before: str) -> bool:
    stripped = before.rstrip(" \t\"'“”‘’(*_")
    return bool(stripped) and stripped[-1] not in ".!?\n:;。！？…-–—•|"


def _is_parted(text: Folded, start: int, end: int) -> bool:
    del end
    return not text.text[start + 1].isalnum()


def _is_abbreviated(text: Folded, start: int, end: int) -> bool:
    """«John S.»: a space before the initial, which ends there."""
    del start
    return text.text[end - 2].isspace() and text.normal.text[end - 1].isupper()


def _is_dotted(text: Folded, start: int, end: int) -> bool:
    """«J.S.», «J. S.»: both initials are capitals with a full stop."""
    written = text.normal.text
    return (
        text.text[start + 1] == "."
        and text.text[end : end + 1] == "."
        and written[start].isupper()
        and written[end - 1].isupper()
    )


def _is_named_thing(text: Folded, start: int, end: int) -> bool:
    """Say whether a word is meant as a name: a capital inside a sentence, or words such as «at» before it."""
    del end
    before = text.tail(start, 24)
    written = text.normal.text[start]
    return bool(_SPOKEN_OF.search(before)) or (written.isupper() and _inside(before)) or not written.isascii()


_WORDS_EN = read_words("name_words_en")
_COMPANY_WORDS = read_words("company_words_en")
_WORDS_JA = frozenset(
    fold(word) for name in ("name_words_ja", "not_names_ja", "not_alone_ja") for word in read_words(name)
)
_DIMINUTIVES = {name: group for group in reversed(read_groups("diminutives_en")) for name in group}
