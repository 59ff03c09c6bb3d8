"""What a tagger's spans lose before they count: signs at their ends, and words that only announce a value."""

import re
from collections.abc import Iterable

from deid.detect.names.marks import MARKS
from deid.detect.names.words import read_words
from deid.types import Span

# A particle behind a word in kanji or katakana: «青森の».
_PARTICLE = re.compile(r"[一-龥々ァ-ヴー][のはがをにとでも]\Z")
_LED = re.compile(r"[のはがをで](?=[一-龥ァ-ヴ])|(?i:to|from|by|cc|re)[ :：]+(?=[一-龥ぁ-ゖァ-ヴ])")
# The rest of a given name in hiragana behind a family name: 「佐藤かのです」, not 「佐藤からです」.
_GIVEN = re.compile(
    r"(?<=[一-龥]{2})(?!(?:な[のんら]|から|まで|だけ|より|らし|みた|っぽ|じゃ|でし|のほ|の[うお]|とか|とい|もい|もう|もそ|です|だよ|ほど|くら|ぐら|ばか|って|かも|こそ|"
    r"しか|さえ|など|ので|のに|[にでとへ][はも]|そう|よう|ちゃ|さん|くん|さま|たん|せん|はん))[ぁ-ゖ]{2,3}(?=です|と申し|といいま|と言いま|って言いま)"
)
# What follows a name in Japanese and is no part of it: titles, more than one, a number.
_FOLLOWS = re.compile(
    r"(?:(?<=[一-龥々ァ-ヴー]{2})ら|(?<=[ァ-ヴーぁ-ゖ]{2})達|(?<=[一-龥々ァ-ヴー]{2})たち|(?<=[一-龥々ァ-ヴーぁ-ゖ])(?:氏|っす|パイセン)|"
    r"(?<=[ぁ-ゖ]{2})(?<!ばあ)(?<!じい)(?<!かあ)(?<!とう)(?<!にい)(?<!ねえ)ちゃん|"
    r"(?<=[ァ-ヴー]{2})(?:公|大王|王子|王女|大公妃|公爵|伯爵|侯爵|男爵|夫人|皇帝|国王|[0-9０-９]+))\Z"
)
# The rest of a word whose letters and marks are written apart (normalization form D), and marks alone.
_MARKED = re.compile(rf"[\u0300-\u036f][^\W\d_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W\d_]*)*|[{MARKS}]+")
_ENDS = frozenset(f".ー々{MARKS}")
_NO_NAMES = read_words("identifier_words") | read_words("common_words_en") | read_words("common_words_ja")
_MAKERS = read_words("makers")


def trimmed(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return the spans without what is neither letter nor digit at their ends, and without a last particle.

    A span without a letter, a mark of length (「ー」) aside, is left out, and so is one of words for kinds of identifiers («IBAN») or of common
    words that taggers take for a person («sudo», «ALTER TABLE», 「ピーマン」). Makers and shops («netflix») are
    organizations.
    """
    kept = []
    for span in spans:
        start, end = span.start, span.end
        while start < end and not text[start].isalnum():
            start += 1
        while end > start and not text[end - 1].isalnum() and text[end - 1] not in _ENDS:
            end -= 1
        marked = _MARKED.match(text, end) if start < end else None
        end = marked.end() if marked else end
        if _PARTICLE.search(text, start, end):
            end -= 1
        if span.label == "PERSON" and not text[start:end].isascii():
            start, end = _japanese_edges(text, start, end)
        surface = text[start:end]
        words = surface.casefold().split()
        if any(map(str.isalpha, surface.replace("ー", ""))) and not all(word in _NO_NAMES for word in words):
            label = "ORGANIZATION" if surface.casefold() in _MAKERS else span.label
            kept.append(Span(start, end, label, span.score, span.source))
    return kept


def _japanese_edges(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where a person's name begins behind a particle, and ends before a title or the っ of って, behind a given name."""
    led, follows = _LED.match(text, start, end), _FOLLOWS.search(text, start, end)
    start = led.end() if led else start
    given = _GIVEN.match(text, end)
    end = follows.start() if follows else given.end() if given else end
    return start, end - (end - start > 1 and text[end - 1 : end + 1] == "って")
