"""Facts: the quasi-identifiers that a speaker states about themself, with a canonical value.

First form: AGE and LOCATION (where they live, come from or were born). Statements about others, about
the past («when I was 16») and questions do not count. A generalised value that this project writes
(``30s``, ``30代``, ``関東``) is read back as the generalised value, so that k can be recomputed from
the released text.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from deid.types import Fact, Span, Turn

KINDS = ("AGE", "LOCATION")
_MAX_AGE = 120
_KANJI = str.maketrans("〇一二三四五六七八九", "0123456789")

_AGE_SELF_EN = re.compile(
    r"(?:\b(?:i'?m|i am|im|i just turned|i turned|i'll be|my age is|me[:,]?|in my)\s+(?:(?:now|only|already|just|almost|about|around|currently|a|an|in my|early|mid|late|mid-)[\s-]+){0,2}|^|^\W+)$",
    re.IGNORECASE,
)
_AGE_PAST_EN = re.compile(
    r"\b(?:when|since|until|till|before|if|was|were|pretend|imagine)\b[^.!?]{0,25}$", re.IGNORECASE
)
_AGE_OTHER_JA = re.compile(
    r"(?:息子|娘|子供|子ども|長男|長女|次男|次女|母|父|祖母|祖父|妹|弟|姉|兄|彼女|彼氏|彼|夫|妻|旦那|嫁|友達|友人|犬|猫|愛犬|愛猫|孫|甥|姪|おば|おじ|先輩|後輩|上司|さん|くん|ちゃん|キャラ)[はがもの、]?[^。！？!?]{0,8}$"
)
_AGE_PAST_JA = re.compile(
    r"^(?:の(?:時|とき|頃|ころ)|だった|で(?:した|死|亡)|以上|以下|未満|から|まで|くらいの人|前後の|差|上|下|違い|年上|年下|対象|向け|の(?:男|女|人|子|息子|娘|犬|猫))"
)
_PLACE_SELF_EN = re.compile(
    r"\b(?:i|we)(?:'m| am|'re| are)? (?:currently |now |still |originally |just |all )?"
    r"(?:live|living|based|located|residing|reside|grew up|raised|born|moved|from|come|was born)"
    r"(?: and raised| up| back| over)? ?(?:in|at|to|near|from|outside|around)? (?:the )?$",
    re.IGNORECASE,
)
_PLACE_SELF_JA = re.compile(
    r"^(?:都|道|府|県|市|区)?(?:在住|出身|に住ん|に住み|に在住|で生まれ|生まれ|で育|育ち|に引っ越|へ引っ越|に引越|住み|で一人暮らし|で暮らし|にいます|にいる)"
)
_OTHER_JA = re.compile(
    r"(?:母|父|親|友達|友人|彼女|彼氏|彼|妹|弟|姉|兄|祖母|祖父|息子|娘|さん|くん|ちゃん)[はがもの][^。！？!?]{0,12}$"
)
_QUESTION = re.compile(r"^[^。．.!！\n]{0,12}(?:[?？]|ですか|ますか|の？)")


def find_facts(
    turns: Sequence[Turn], spans: Sequence[Sequence[Span]], places: Mapping[str, str]
) -> list[Fact]:
    """Return the facts that subjects state about themselves.

    spans  : disjoint spans of each turn.
    places : surface of a place (NFKC, lower case) to its leaf in the location hierarchy; an unknown
             place stands for itself.
    """
    facts = []
    for index, (turn, found) in enumerate(zip(turns, spans, strict=True)):
        if turn.speaker is None:
            continue
        for span in found:
            value = _value(turn.text, span, places)
            if value is not None:
                facts.append(Fact(span.label, value, index, span.start, span.end))
    return facts


def _value(text: str, span: Span, places: Mapping[str, str]) -> str | None:
    if span.label == "AGE" and _states_age(text, span):
        return parse_age(text[span.start : span.end])
    if span.label == "LOCATION" and _states_place(text, span):
        surface = text[span.start : span.end]
        known = places.get(canonical_place(surface))
        # An unknown word in lower case is more often no place at all: «I come sometimes».
        return known or (None if surface.islower() else canonical_place(surface))
    return None


def canonical_place(surface: str) -> str:
    """Return the form in which a place is looked up: NFKC, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", surface).lower().split())


def parse_age(surface: str) -> str | None:
    """Return ``34``, a band such as ``30-39`` or ``90+``, or None when no age is stated.

    Years run from 1 to 120.
    """
    text = unicodedata.normalize("NFKC", surface)
    band = re.search(r"([0-9]{1,3})\s*[-–~〜～]\s*([0-9]{1,3})", text)
    if band:
        return f"{int(band[1])}-{int(band[2])}"
    decade = re.search(r"([1-9]0)\s*(?:代|'?s)", text)
    if decade:
        return f"{decade[1]}-{int(decade[1]) + 9}"
    top = re.search(r"([0-9]{2,3})\s*(?:\+|歳以上)", text)
    if top:
        return f"{top[1]}+"
    digits = re.search(r"[0-9]{1,3}", text) or re.search(r"[0-9]{1,3}", _kanji_digits(text))
    years = int(digits[0]) if digits else 0
    return str(years) if 1 <= years <= _MAX_AGE else None


def _kanji_digits(text: str) -> str:
    tens = re.search(r"([一二三四五六七八九])?十([一二三四五六七八九])?", text)
    if tens:
        return f"{(tens[1] or '一').translate(_KANJI)}{(tens[2] or '〇').translate(_KANJI)}"
    return text.translate(_KANJI)


def _states_age(text: str, span: Span) -> bool:
    before, after = text[: span.start], text[span.end : span.end + 24]
    if _QUESTION.match(after):
        return False
    surface = text[span.start : span.end]
    if not surface.isascii() or not text.isascii():
        return not _AGE_OTHER_JA.search(before) and not _AGE_PAST_JA.match(after)
    # The span may hold the pronoun itself: «I'm 34».
    if re.match(r"(?:i'?m|i am|im)\b", surface, re.IGNORECASE):
        return not _AGE_PAST_EN.search(before)
    return bool(_AGE_SELF_EN.search(before)) and not _AGE_PAST_EN.search(before)


def _states_place(text: str, span: Span) -> bool:
    before, after = text[: span.start], text[span.end : span.end + 24]
    if _PLACE_SELF_JA.match(after):
        return not _OTHER_JA.search(before) and not re.match(r"[^。！!]{0,16}(?:[?？]|ですか)", after)
    return bool(_PLACE_SELF_EN.search(before))


def facts_by_subject(turns: Sequence[Turn], facts: Sequence[Fact]) -> Iterator[tuple[int, Fact]]:
    """Yield each fact with the index of the subject who states it."""
    for fact in facts:
        speaker = turns[fact.turn].speaker
        if speaker is not None:
            yield speaker, fact
