"""The written forms of a known value: what is searched for, and which second cue it needs.

Forms stand in folded text without separators (``deid.detect.fold``). A name that is also a word needs a
person's cue: an honorific, a verb of people, or in English a capital inside a sentence.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice, product

from deid.detect.fold import Folded, fold, squeeze
from deid.detect.names.kana import is_kana, kana_readings, romanizations, to_hiragana
from deid.detect.names.words import read_groups, read_words
from deid.ingest.normalize import normalize
from deid.types import KnownValue

Guard = Callable[[Folded, int, int], bool]
"""Whether a find at a range of the folded text has the cue it needs."""

_HONORIFIC = r"さん|さま|様|くん|君|ちゃん|氏(?![一-龥])|先生|先輩"
_TITLES = re.compile(
    rf"(?i:^(?:mr|mrs|ms|miss|mx|dr|prof|sir)[.．]?\s+)|(?<=.)(?:{_HONORIFIC.replace('(?![一-龥])', '')})$|(?i:(?<=.)[-‐‑\s](?:san|kun|chan|sama|sensei)$|['’]s$)"
)
_CALLED_JA = re.compile(
    rf"{_HONORIFIC}|です|だよ|と申し|といい|と言い|っていい|って言|って呼|って名前|という(?:名前|者)|とは(?:[知友昔古長幼]|付き合|仲|もう|ずっと|いつも|最近|中学|高校|大学)|と(?:話し|会う|会っ|喧嘩|一緒|仲)|"
    r"に(?:聞い|聞き|会|言わ|言っ|電話|相談|話し|怒ら)|が(?:言[っいう]|来[るた]|教え|怒っ|好きって)|から(?:聞い|聞き|連絡|電話|line)|の(?:家|誕生日|お母|お父|携帯)"
)
_HONORED = re.compile(rf"{_HONORIFIC}|[-‐‑–\s]?(?:san|kun|chan|sama|sensei|senpai)(?![a-z])")
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
_MIN_LOCAL_PART = 5
# More ways to spell a whole name than this are left to its parts.
_WHOLE_FORMS = 36
_BLOCKS = re.compile(r"([0-9]+)[-−‐](?:([0-9]+)[-−‐])?([0-9]+)(?![0-9])")


@dataclass(frozen=True, slots=True)
class Form:
    """One searchable form.

    text : folded, without separators; ``cuts`` are the offsets at which the value itself has one.
    """

    text: str = field(repr=False)
    label: str
    cuts: frozenset[int] = frozenset()
    guard: Guard | None = field(default=None, repr=False)


def forms_of(known: KnownValue) -> Iterator[Form]:
    """Yield the forms of a value, but for telephone numbers and dates."""
    value = normalize(known.value).text.strip()
    if known.label == "PERSON":
        yield from _person(value)
    elif known.label == "EMAIL_ADDRESS":
        yield from _email(value)
    elif known.label == "USERNAME":
        yield from _plain(value.removeprefix("@"), known.label)
    else:
        yield from _plain(value, known.label)
        if known.label == "STREET_ADDRESS":
            yield from _plain(_BLOCKS.sub(_spelled_block, value), known.label)


def _plain(value: str, label: str) -> Iterator[Form]:
    text, cuts = squeeze(fold(value))
    if len(text) >= (4 if text.isdigit() else 2):
        yield Form(text, label, cuts)


def _spelled_block(match: re.Match[str]) -> str:
    return f"{match[1]}丁目{match[2]}番{match[3]}号" if match[2] else f"{match[1]}番{match[3]}号"


def _email(value: str) -> Iterator[Form]:
    local, _, domain = value.partition("@")
    for at, dot in (("@", "."), ("at", "."), ("at", "dot"), ("あっと", "."), ("あっと", "どっと")):
        if domain:
            yield from _plain(f"{local} {at} {domain.replace('.', f' {dot} ')}", "EMAIL_ADDRESS")
    if len(local) >= _MIN_LOCAL_PART:
        yield from _plain(local, "USERNAME")


def _person(value: str) -> Iterator[Form]:
    parts = [part for part in re.split(r"[\s・･,、]+", _TITLES.sub("", value)) if part]
    spellings = [_spellings(part) for part in parts]
    if len(parts) > 1:
        for written in islice(product(*spellings), _WHOLE_FORMS):
            for order in (written, written[::-1]):
                yield _whole([text for text, _ in order])
        yield from _initials([fold(part) for part in parts])
    for part, spelled in zip(parts, spellings, strict=True):
        for text, derived in spelled:
            yield from _part(text, derived=derived)
        yield from _pieces(part)
        for short in _diminutives(fold(part)):
            yield from _part(short, derived=False)


Spelling = tuple[str, bool]
"""A folded spelling of a name's part, and whether it is kana guessed from romaji."""


def _spellings(part: str) -> list[Spelling]:
    """Return the folded part, and for kana its romanizations, for romaji the kana it may stand for."""
    folded = fold(part)
    if is_kana(part):
        return [(folded, False), *((roman, False) for roman in sorted(romanizations(folded)))]
    if folded.isascii() and folded.isalpha() and len(folded) > 2:
        return [(folded, False), *((to_hiragana(kana), True) for kana in sorted(kana_readings(folded)))]
    return [(folded, False)]


def _whole(parts: list[str]) -> Form:
    text, cuts = squeeze(" ".join(parts))
    return Form(text, "PERSON", cuts)


def _initials(parts: list[str]) -> Iterator[Form]:
    """Yield «j. smith», «john s.» and «j.s.» of a name in Latin letters."""
    if not all(part.isascii() and part.isalpha() and len(part) > 1 for part in parts):
        return
    first, last = parts[0], parts[-1]
    yield Form(first[0] + last, "PERSON", frozenset({1}), _is_parted)
    yield Form(first + last[0], "PERSON", frozenset({len(first)}), _is_abbreviated)
    yield Form(first[0] + last[0], "PERSON", frozenset({1}), _is_dotted)


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
            guard = _is_honored if len(squeezed) < 3 else _is_katakana_or_person
        yield Form(squeezed, "PERSON", cuts, guard)


def _pieces(part: str) -> Iterator[Form]:
    """Yield the family and given names that an undivided name in kanji may consist of."""
    if not 3 <= len(part) <= 6 or part.isascii() or is_kana(part):
        return
    folded = fold(part)
    for size in range(1, min(4, len(folded))):
        yield Form(folded[:size], "PERSON", guard=_is_honored)
        yield Form(folded[-size:], "PERSON", guard=_is_honored)


def _diminutives(folded: str) -> frozenset[str]:
    return _DIMINUTIVES.get(folded, frozenset()) - {folded}


def _is_person_ja(text: Folded, start: int, end: int) -> bool:
    return bool(_CALLED_JA.match(text.text, end) or _NAMED_JA.search(text.tail(start, 8)))


def _is_honored(text: Folded, start: int, end: int) -> bool:
    del start
    return bool(_HONORED.match(text.text, end))


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
    if _AFTER_EN.match(text.text, end):
        return True
    shouted = text.normal.text[max(0, start - 12) : end].isupper()
    return _inside(before) and not shouted and not _NO_PERSON_BEFORE.search(before)


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
    return (
        text.text[start + 1] == "." and text.text[end : end + 1] == "." and text.normal.text[start].isupper()
    )


_WORDS_EN = read_words("name_words_en")
_WORDS_JA = frozenset(
    fold(word) for name in ("name_words_ja", "not_names_ja", "not_alone_ja") for word in read_words(name)
)
_DIMINUTIVES = {name: group for group in reversed(read_groups("diminutives_en")) for name in group}
