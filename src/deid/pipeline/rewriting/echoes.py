"""Where a conversation repeats what somebody stated: in the same words, in others, or as «your kids».

What is said of a family is rarely said twice in the same words: who told of two children hears of «お子さん»
and «your son». Words that name a relative of the person are echoes of it, wherever the assistant or another
writes them to the person, and where the person writes of them again.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

from deid.detect.facts import parse_age
from deid.detect.stated.amounts import find_amounts
from deid.detect.stated.rules import alternatives
from deid.detect.stated.vocabulary import LANGUAGES, NATIONALITIES, OCCUPATIONS
from deid.types import Fact, Span, Turn

_ECHOED = ("LOCATION", "OCCUPATION", "ORGANIZATION", "EDUCATION", "NATIONALITY", "LANGUAGE")
_WORDS = {"OCCUPATION": OCCUPATIONS, "NATIONALITY": NATIONALITIES, "LANGUAGE": LANGUAGES}
_SHORTEST = 2

Voice = Literal["own", "other", "assistant"]

# Who a relative is to whom: what others call them to the person, and what the person does.
_KIDS = r"kids?|children|child|sons?|daughters?|little ones?|bab(?:y|ies)|toddlers?|twins|triplets|newborn|teenagers?"
_SIBS = r"brothers?|sisters?|siblings?|twin(?: brother| sister)?"
_OTHERS = {
    "children": (_KIDS, r"お?(?:子さま|子様|子さん(?:たち|達)?|嬢さん|嬢様|嬢ちゃん|坊ちゃん)|娘さん|息子さん|(?:ご)?(?:長男|長女|次男|次女|三男|三女)(?:さん|くん|ちゃん)?|赤ちゃん|双子(?:ちゃん)?|子育て|育児"),
    "siblings": (_SIBS, r"ご?(?:兄弟|姉妹)|お(?:兄|姉)さん|弟さん|妹さん|末っ子|ひとりっ子|一人っ子"),
    "spouse": (r"husband|wife|spouse|better half|other half|marriage|wedding|married life", r"奥(?:さん|さま|様)|旦那(?:さん|さま|様)|ご主人|ご夫婦|ご夫妻|ご?結婚(?:生活)?|新婚(?:さん)?"),
    "former": (r"ex(?:[- ](?:husband|wife))?|divorce|separation", r"離婚|元(?:奥さん|旦那さん|夫|妻)|バツイチ|別居|シングル(?:マザー|ファザー)"),
    "engaged": (r"engagement|fianc[eé]e?|wedding", r"ご?婚約(?:者)?|フィアンセ|プロポーズ|ご?結婚"),
}  # fmt: skip
_OF_MINE = r"(?:(?<=うちの)|(?<=私の)|(?<=僕の)|(?<=俺の)|(?<!の))"
_OWN_JA = {
    "children": r"娘|息子|子(?:供|ども)(?:たち|達)?|長男|長女|次男|次女|三男|三女|双子|子育て|育児|うちの子",
    "siblings": r"兄弟|姉妹|弟|妹|姉|兄|末っ子|一人っ子|ひとりっ子",
    "spouse": r"(?<!稲)妻|(?<!花)嫁|奥さん|(?<![丈工農漁水凡])夫(?![婦人])|旦那|主人(?!公)|結婚(?:生活)?|新婚",
    "former": r"離婚|元(?:嫁|妻|夫|旦那)|バツイチ|別居",
    "engaged": r"婚約(?:者)?|プロポーズ|結婚",
}
# What a word about oneself says at once: «congrats on being married».
_STATES = {
    "married": r"(?:being|getting|get|got|just|happily|been|are|you're|you’re) (?P<v>married)|newlyweds?",
    "single": r"(?:being|are|you're|you’re|staying|happily) (?P<v>single)|(?P<v2>独身|おひとりさま|未婚)",
    "divorced": r"(?:being|getting|get|got|been|are|you're|you’re) (?P<v>divorced|separated)",
    "widowed": r"(?:being )?(?P<v>widow(?:ed|er|hood)?)\b|(?P<v2>未亡人|やもめ|先立たれ)",
    "engaged": r"(?:being|getting|get|got|are|you're|you’re) (?P<v>engaged)",
    "siblings:0": r"(?P<v>only child)|(?P<v2>(?:一人|ひとり)っ子)",
    "children:0": r"(?P<v>child ?(?:free|less))|(?P<v2>子なし)",
}
_RELATIVES = {
    "married": ("spouse",), "single": (), "divorced": ("former",), "widowed": ("spouse",), "engaged": ("engaged",),
}  # fmt: skip
_ADJECTIVES = r"(?:(?:lovely|little|older|younger|young|oldest|eldest|youngest|two|three|four|five|new|late|first|second|twin|baby|other|own|beautiful|dear) ){0,2}"


def echoes(
    fact: Fact, surface: str, text: str, spans: Sequence[Span], *, voice: Voice
) -> Iterator[tuple[int, int]]:
    """Yield where a text repeats what states a fact.

    surface : the words that state it.
    spans   : findings in the text.
    voice   : who writes the text: whoever stated it, another person, or nobody of whom data are.
    """
    if fact.kind in _ECHOED:
        for match in _same(fact.kind, fact.value, surface.lower()).finditer(text):
            yield match.span()
    if fact.kind == "FAMILY":
        for match in _family(fact.value, voice).finditer(text):
            yield match.span(match.lastgroup or 0)
    if fact.kind == "MONEY":
        amount = fact.value.partition(":")[2]
        yield from ((start, end) for value, start, end in find_amounts(text) if value == amount)
    for span in spans:
        said = text[span.start : span.end]
        if span.label == fact.kind == "DATE_OF_BIRTH" and said == surface:
            yield span.start, span.end
        if span.label == fact.kind == "AGE" and parse_age(said) == fact.value:
            yield span.start, span.end


def voice_of(turn: Turn, stated: Turn) -> Voice:
    """Return who writes a turn, to whoever stated something in another."""
    if turn.speaker is None:
        return "assistant"
    return "own" if turn.speaker == stated.speaker else "other"


def _same(kind: str, value: str, surface: str) -> re.Pattern[str]:
    """Return an expression of every word for a value; it is found without regard to case."""
    words = {surface} if len(surface) >= _SHORTEST else set()
    if kind in _WORDS:
        words |= _forms(kind, value)
    latin = [word for word in words if word.isascii()]
    regexes = [rf"(?<![A-Za-z]){alternatives(latin)}(?![A-Za-z])"] if latin else []
    others = [word for word in words if not word.isascii()]
    return re.compile(
        "|".join([*regexes, *([alternatives(others)] if others else [])]) or "(?!)", re.IGNORECASE
    )


@cache
def _forms(kind: str, value: str) -> frozenset[str]:
    """Return every word for a value of the word lists; other values have none."""
    vocabulary = _WORDS[kind]
    return frozenset(
        word for side in (vocabulary.en, vocabulary.ja) for word, named in side.items() if named == value
    )


@cache
def _family(value: str, voice: Voice) -> re.Pattern[str]:
    """Return an expression of what names the relatives of a family, or its state."""
    relatives = _RELATIVES.get(value, () if value.endswith(":0") else (value.partition(":")[0],))
    regexes = []
    for relative in relatives:
        english, japanese = _OTHERS[relative]
        plain = rf"{_OF_MINE}(?:{_OWN_JA[relative]})(?!さん|役)"
        whose, words = {
            "own": ("my|our", plain),
            "other": ("your|ur|the", f"(?:{japanese})"),
            "assistant": ("my|our|your|ur|the", f"(?:{japanese})|{plain}"),  # it may repeat word by word
        }[voice]
        regexes.append(rf"(?<![a-z])(?:{whose}) {_ADJECTIVES}(?P<{relative}>{english})(?![a-z])")
        regexes.append(rf"(?P<{relative}_ja>{words})")
    if value in _STATES:
        regexes.append(_STATES[value])
    return re.compile("|".join(regexes) or "(?!)", re.IGNORECASE)
