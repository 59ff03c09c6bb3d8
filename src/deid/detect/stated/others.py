"""What a speaker says of others, such as «my son is 16», and what a place is to whom it is stated of."""

import re
from collections.abc import Callable

from deid.detect.stated.relations import MY_KIN, relation, relation_ja
from deid.detect.stated.sentences import (
    HEAD_JA,
    around,
    asks,
    in_fiction,
    is_japanese,
    last_clause,
    last_sentence,
    of_others,
    other_topic,
)
from deid.detect.stated.statements import (
    AGE_NOT_AFTER,
    ASKED_JA,
    OTHER_UNIT_AFTER,
    PLACE_PAST_AFTER,
    PLACE_SELF_AFTER,
    UNREAL_JA,
)
from deid.types import Span

_ASPECTS_EN = (
    (
        "work",
        re.compile(
            r"\b(?:work(?:s|ing)?|office|job|commut(?:e|es|ing)|employed|intern(?:ing)?)\b", re.IGNORECASE
        ),
    ),
    (
        "origin",
        re.compile(
            r"\b(?:born|raised|grew up|from|hometown|home ?town|birthplace|come|hail|native|originally|generations)\b|\s*(?:native\b|born\b|originally\b)",
            re.IGNORECASE,
        ),
    ),
)
_ASPECTS_JA = (
    ("work", re.compile("働|勤|職場|オフィス|会社が|通学|通勤|仕事|に通[うっい]")),
    ("origin", re.compile("出身|生まれ|育|地元|故郷|実家|から(?:来|上京|やって|参)|っ子|の人間")),
)
_PLACE_END = re.compile("[、。！!\n]")
_PLACE_SELF_BEFORE_LAST = re.compile("(?:は|が|：|:)$")
_OTHER_NOW = r"(?:(?:also|actually|still|now|currently|just|only|about|almost|nearly|turning|like|already|is|a|an|recently|originally|my) )*"
_AGE_OTHER = re.compile(
    rf"{MY_KIN}(?:(?:['’]s| is| are|,? who(?:['’]s| is)| just turned| turned| turns|['’]s turning| is turning|['’]ll be| will be)? {_OTHER_NOW}(?:in )?|['’]s )$",
    re.IGNORECASE,
)
_PLACE_OTHER = re.compile(
    rf"{MY_KIN}(?:['’]s| is| are)? {_OTHER_NOW}(?:from|comes? from|in|lives? (?:over )?in|living in|moved (?:back |out )?to|works? in|working in|based in|grew up in|born in) (?:the )?$",
    re.IGNORECASE,
)

_Read = Callable[[str, str], str | None]
"""Given a sentence up to a value and what follows it, returns whose the value is."""


def aspect_of(text: str, span: Span) -> str:
    """Return what a stated place is to whom it is stated of: ``living``, ``origin`` or ``work``."""
    before, _, after = around(text, span)
    if is_japanese(text):
        sentence, after = last_sentence(before), _PLACE_END.split(after)[0]
        for aspect, near in _ASPECTS_JA:
            if near.search(after) or (
                _PLACE_SELF_BEFORE_LAST.search(sentence) and near.search(sentence[-12:])
            ):
                return aspect
        return "living"
    clause = last_clause(last_sentence(before)) or before[-40:]
    return next(
        (aspect for aspect, near in _ASPECTS_EN if near.search(clause) or near.match(after)), "living"
    )


def age_of_other(text: str, span: Span) -> str | None:
    """Return whose an age is that the speaker states of somebody else now; None when of nobody known."""
    return _whose(text, span, _age_ja, _age_en)


def place_of_other(text: str, span: Span) -> str | None:
    """Return whose a place is that the speaker states of somebody else now; None when of nobody known."""
    return _whose(text, span, _place_ja, _place_en)


def _whose(text: str, span: Span, japanese: _Read, english: _Read) -> str | None:
    before, surface, after = around(text, span)
    if in_fiction(before, after):
        return None
    read = japanese if is_japanese(before + surface + after) else english
    return read(last_sentence(before), after)


def _age_ja(sentence: str, after: str) -> str | None:
    head = HEAD_JA.match(after)
    if head and not AGE_NOT_AFTER.match(after) and not UNREAL_JA.search(sentence):
        return relation_ja(head["kin"])
    if not of_others(sentence) or AGE_NOT_AFTER.match(after) or UNREAL_JA.search(sentence):
        return None
    known = relation_ja(other_topic(sentence))
    return None if ASKED_JA.match(after) or not _known_other(sentence, known) else known


def _age_en(sentence: str, after: str) -> str | None:
    found = _AGE_OTHER.search(sentence)
    if not found or OTHER_UNIT_AFTER.match(after) or asks(sentence, after):
        return None
    return relation(found["kin"])


def _place_ja(sentence: str, after: str) -> str | None:
    head = HEAD_JA.match(after)
    if head:
        return relation_ja(head["kin"])
    if not of_others(sentence) or PLACE_PAST_AFTER.match(after) or not PLACE_SELF_AFTER.match(after):
        return None
    known = relation_ja(other_topic(sentence))
    return known if _known_other(sentence, known) else None


def _place_en(sentence: str, after: str) -> str | None:
    found = _PLACE_OTHER.search(sentence)
    return relation(found["kin"]) if found and not asks(sentence, after) else None


def _known_other(sentence: str, whose: str) -> bool:
    """Whether a Japanese topic names a relation and not just anybody, such as «先生» or «その人»."""
    return whose != "other" or bool(re.search("孫|甥|姪|おば|おじ|叔|いとこ|従", sentence))
