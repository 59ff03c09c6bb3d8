"""Facts: the quasi-identifiers that a speaker states, with a canonical value and whose they are.

``find_facts`` reads what feeds the plan: the speaker's own AGE, and LOCATION (where they live, work, come
from or were born). ``read_facts`` adds what ``deid.detect.stated`` reads and what is said of others. What
counts as a statement about oneself is decided in ``deid.detect.stated.statements``. A generalised value that this
project writes (``30s``, ``30代``, ``関東``) is read back as the generalised value, so that k can be recomputed
from the released text.
"""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from deid.detect.stated.ages import age_of_grade
from deid.detect.stated.births import age_at
from deid.detect.stated.cards import in_first_person, is_note
from deid.detect.stated.money import answered
from deid.detect.stated.numerals import KANJI_DIGITS, ONES, TENS
from deid.detect.stated.others import age_of_other, aspect_of, place_of_other
from deid.detect.stated.places import CITIZENS
from deid.detect.stated.reader import statements
from deid.detect.stated.singular import claims_of
from deid.detect.stated.statements import states_age, states_place
from deid.detect.talk import answers
from deid.types import Fact, Span, Turn

KINDS = ("AGE", "LOCATION")
_MAX_AGE = 120
_CHILD = 13
_WORD_AGE = re.compile(
    rf"\b(?:({'|'.join(TENS)})(?:[- ]?({'|'.join(ONES[1:10])}))?|({'|'.join(ONES[1:])}))\b"
)
_WORD_DECADE = re.compile(
    r"\b(teens|teenager|teen|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|(?:twenty|thirty|forty|fifty|sixty)[ -]?some(?=thing))"
)
_DECADES = (
    dict.fromkeys(("teens", "teen", "teenager"), "13-19")
    | {
        f"{ten.removesuffix('y')}ies": f"{low}-{low + 9}"
        for ten, low in zip(TENS, range(20, 100, 10), strict=True)
    }
    | {f"{ten}some": f"{low}-{low + 9}" for ten, low in zip(TENS, range(20, 100, 10), strict=True)}
)
# Japanese words for ages; アラサー «around thirty» lies in two decades.
_IDIOMS = {
    "はたち": "20", "ハタチ": "20", "三十路": "30-39", "四十路": "40-49", "五十路": "50-59", "還暦": "60", "古希": "70", "喜寿": "77",
    "傘寿": "80", "米寿": "88", "アラサー": "20-39", "アラフォー": "30-49", "アラフィフ": "40-59", "アラ還": "50-69",
}  # fmt: skip
_REST_OF_BAND = re.compile(r"-?some(?=thing)|['’]?s(?![A-Za-z])|代|\+|\s?[-–~〜～]\s?[0-9]{1,3}(?![0-9])")
_PLACE_PARTS = re.compile(r"\s*[,、/・]\s*|\s+(?:in|near)\s+")
_ADMINISTRATIVE = re.compile(r"[都道府県市区町村郡島]")
_SHORTEST_PLACE = 2


def find_facts(
    turns: Sequence[Turn], spans: Sequence[Sequence[Span]], places: Mapping[str, str]
) -> list[Fact]:
    """Return the facts that subjects state about themselves.

    spans  : disjoint spans of each turn.
    places : surface of a place (NFKC, lower case) to its leaf in the location hierarchy; an unknown
             place stands for itself.
    """
    return [
        fact
        for index, (turn, found) in enumerate(zip(turns, spans, strict=True))
        if turn.speaker is not None
        for span in found
        if (fact := _own(turn.text, span, places, index)) is not None
    ]


def read_facts(
    turns: Sequence[Turn],
    spans: Sequence[Sequence[Span]],
    places: Mapping[str, str],
    *,
    kinds: frozenset[str] = frozenset(),
    today: date | None = None,
) -> list[Fact]:
    """Return every fact that subjects state about themselves and about others, by turn and place.

    kinds : labels of the facts that are wanted beside AGE and LOCATION; empty for all.
    today : day of the statements; with it a year of birth states an AGE too.

    The other arguments are those of ``find_facts``, whose facts are among these.
    """
    turns = [replace(turn, text=in_first_person(turn.text)) if is_note(turn.text) else turn for turn in turns]
    facts = find_facts(turns, spans, places)
    stated = not kinds or not kinds.issubset(KINDS)
    for index, (turn, found) in enumerate(zip(turns, spans, strict=True)):
        if turn.speaker is None:
            continue
        facts += [fact for span in found if (fact := _of_other(turn.text, span, places, index)) is not None]
        facts += [
            Fact(said.kind, said.value, index, said.start, said.end, said.whose)
            for said in (statements(turn.text, kinds) if stated else ())
        ]
    if not kinds or "MONEY" in kinds:
        facts += _answers(turns, {(fact.turn, fact.start) for fact in facts if fact.kind == "MONEY"})
    facts = [*_singled_out(turns, spans, places, facts)]
    if today is not None:
        facts += _ages_from_births(facts, today)
    return sorted(facts, key=lambda fact: (fact.turn, fact.start, fact.end, fact.kind, fact.value))


def _answers(turns: Sequence[Turn], known: Container[tuple[int, int]]) -> Iterator[Fact]:
    """Yield the amounts that answer the question of the turn before, where they are not stated already."""
    for index, (asked, turn) in enumerate(pairwise(turns), 1):
        if turn.speaker is not None and turn.speaker != asked.speaker:
            for value, start, end in answered(asked.text, turn.text):
                if (index, start) not in known:
                    yield Fact("MONEY", value, index, start, end)


def _singled_out(
    turns: Sequence[Turn], spans: Sequence[Sequence[Span]], places: Mapping[str, str], facts: Sequence[Fact]
) -> Iterator[Fact]:
    """Yield the facts, marked where the speaker says to be the only one; there a place is theirs too."""
    claims = [claims_of(turn.text) if turn.speaker is not None else () for turn in turns]
    known = {(fact.turn, fact.start) for fact in facts}
    for fact in facts:
        own = fact.whose == "speaker" and _inside(fact.start, claims[fact.turn])
        yield replace(fact, aspect="only") if own else fact
    for index, (turn, found) in enumerate(zip(turns, spans, strict=True)):
        for span in found if claims[index] else ():
            if (
                span.label == "LOCATION"
                and (index, span.start) not in known
                and _inside(span.start, claims[index])
            ):
                value = _place(turn.text[span.start : span.end], places)
                if value is not None:
                    yield Fact("LOCATION", value, index, span.start, span.end, aspect="only")


def _inside(start: int, ranges: Iterable[tuple[int, int]]) -> bool:
    return any(low <= start < high for low, high in ranges)


def _own(text: str, span: Span, places: Mapping[str, str], turn: int) -> Fact | None:
    value = _value(text, span, places)
    if value is None:
        return None
    aspect = aspect_of(text, span) if span.label == "LOCATION" else ""
    return Fact(span.label, value, turn, span.start, span.end, aspect=aspect)


def _of_other(text: str, span: Span, places: Mapping[str, str], turn: int) -> Fact | None:
    """Return the age or place of somebody else that a span states."""
    if span.label == "AGE":
        whose, value = age_of_other(text, span), parse_age(text[span.start : span.end])
    elif span.label == "LOCATION":
        whose, value = place_of_other(text, span), _place(text[span.start : span.end], places)
    else:
        return None
    if whose is None or value is None:
        return None
    aspect = aspect_of(text, span) if span.label == "LOCATION" else ""
    return Fact(span.label, value, turn, span.start, span.end, whose, aspect)


def _ages_from_births(facts: Sequence[Fact], today: date) -> Iterator[Fact]:
    for fact in facts:
        age = age_at(fact.value, today) if fact.kind == "DATE_OF_BIRTH" else None
        if age is not None:
            yield Fact("AGE", age, fact.turn, fact.start, fact.end, fact.whose)


def _value(text: str, span: Span, places: Mapping[str, str]) -> str | None:
    surface = text[span.start : span.end]
    # Who answers «how old are you?» speaks of themself, whatever the words.
    answered = span.source == answers.SOURCE
    if span.label == "AGE":
        # A detector may stop at the number of a band: «I'm 30s» is no statement of 30.
        rest = _REST_OF_BAND.match(text, span.end)
        value = parse_age(surface + rest[0] if rest else surface)
        child = value is not None and value.isdigit() and int(value) < _CHILD
        return value if answered or states_age(text, span, child=child) else None
    if span.label == "LOCATION" and (answered or states_place(text, span)):
        return _place(surface, places)
    return None


def _place(surface: str, places: Mapping[str, str]) -> str | None:
    """Return the leaf of a place; an unknown word in lower case is more often none: «I come sometimes»."""
    return _known_place(surface, places) or (None if surface.islower() else canonical_place(surface))


def canonical_place(surface: str) -> str:
    """Return the form in which a place is looked up: NFKC, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", surface).lower().split())


def _known_place(surface: str, places: Mapping[str, str]) -> str | None:
    """Return the leaf of a place, or of the narrowest part of it that is known: «大阪府堺市», «Salem, Oregon»."""
    whole = canonical_place(surface)
    whole = CITIZENS.get(whole, whole)
    if whole in places:
        return places[whole]
    for part in _PLACE_PARTS.split(whole)[::-1]:
        if part in places:
            return places[part]
    ends = [match.end() for match in _ADMINISTRATIVE.finditer(whole) if match.end() >= _SHORTEST_PLACE]
    for end in ends:
        if whole[:end] in places:
            return places[whole[:end]]
    return None


def parse_age(surface: str) -> str | None:
    """Return ``34``, a band such as ``30-39`` or ``90+``, or None when no age is stated.

    Years run from 1 to 120. A school year is the younger age of its pupils.
    """
    text = unicodedata.normalize("NFKC", surface)
    readings = (read(text) for read in (_band, age_of_grade, _decade, _top, _idiom, _years))
    return next((value for value in readings if value is not None), None)


def _band(text: str) -> str | None:
    found = re.search(r"([0-9]{1,3})\s*[-–~〜～]\s*([0-9]{1,3})", text)
    return f"{int(found[1])}-{int(found[2])}" if found else None


def _decade(text: str) -> str | None:
    found = re.search(r"([1-9]0)[\s-]*(?:代|['’]?s)", text) or re.search("([二三四五六七八九]?十)代", text)
    if found is None:
        word = _WORD_DECADE.search(text.lower())
        return _DECADES[word[0].replace("-", "").replace(" ", "")] if word else None
    low = int(found[1] if found[1].isascii() else _kanji_digits(found[1]))
    return f"{low}-{low + 9}"


def _top(text: str) -> str | None:
    found = re.search(r"([0-9]{2,3})\s*(?:\+|歳以上)", text)
    return f"{found[1]}+" if found else None


def _idiom(text: str) -> str | None:
    return next((value for word, value in _IDIOMS.items() if word in text), None)


def _years(text: str) -> str | None:
    digits = re.search(r"[0-9]{1,3}", text) or re.search(r"[0-9]{1,3}", _kanji_digits(text))
    years = int(digits[0]) if digits else _years_in_words(text.lower())
    return str(years) if 1 <= years <= _MAX_AGE else None


def _years_in_words(lowered: str) -> int:
    """Return an age in English words, 0 for none."""
    word = _WORD_AGE.search(lowered)
    if word is None:
        return 0
    if word[3]:
        return ONES.index(word[3])
    return 10 * (2 + TENS.index(word[1])) + (ONES.index(word[2]) if word[2] else 0)


def _kanji_digits(text: str) -> str:
    hundred = re.search("百([一二三四五六七八九十]{0,3})", text)
    if hundred:
        return "1" + (_kanji_digits(hundred[1]) or "0").zfill(2)
    tens = re.search(r"([一二三四五六七八九])?十([一二三四五六七八九])?", text)
    if tens:
        return f"{(tens[1] or '一').translate(KANJI_DIGITS)}{(tens[2] or '〇').translate(KANJI_DIGITS)}"
    return text.translate(KANJI_DIGITS)


def facts_by_subject(turns: Sequence[Turn], facts: Sequence[Fact]) -> Iterator[tuple[int, Fact]]:
    """Yield each fact with the index of the subject who states it."""
    for fact in facts:
        speaker = turns[fact.turn].speaker
        if speaker is not None:
            yield speaker, fact
