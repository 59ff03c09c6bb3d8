"""Numbers spelled out: in kanji, in kana, in English words, with the letter O for a zero."""

import re
from collections.abc import Callable

from deid.detect.patterns.parts import DASH, GAP, soon
from deid.detect.patterns.pattern import Pattern

_SPELLED_EN = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|o|[0-9])"
_EN_ORDER = {word: i for i, word in enumerate("zero one two three four five six seven eight nine".split())}
_KANA = "ぜろ|ゼロ|れい|レイ|まる|マル|いち|イチ|にい|ニイ|に|ニ|さん|サン|よん|ヨン|し|シ|ごー|ゴー|ご|ゴ|ろく|ロク|なな|ナナ|しち|シチ|はち|ハチ|きゅう|キュウ|きゅー|キュー|く|ク"
_KANJI_DIGITS = "〇○◯零一二三四五六七八九壱弐参0-9"
_KANJI_DIGIT = f"[{_KANJI_DIGITS}]"
_KANA_DIGITS = "".join(dict.fromkeys(word[0] for word in _KANA.split("|"))) + "0-9"
_PAUSE = rf"[ {DASH}の・、,]{{0,2}}"
_SHORTEST = GAP.replace("{0,28}", "{0,28}?")  # what stands between may end in numerals itself
_SUM = re.compile("[0-9]{1,3}(?:,[0-9]{3})+")
_CALLED = (
    # label, name, its names, fewest and most digits
    ("JP_MY_NUMBER", "jp.my_number", r"マイナ(?:ンバー)?|個人番号|(?i:my ?number)", 12, 12),
    ("CREDIT_CARD", "card", r"クレカ|カード|(?i:visa|master ?card|jcb|amex)", 14, 16),
    ("BANK_ACCOUNT", "account", "口座", 7, 8),
    ("US_SSN", "us.ssn", r"(?i:ssn)|社会保障番号|ソーシャルセキュリティ", 9, 9),
)


def _digits_said(least: int, most: int) -> Callable[[str], bool]:
    """Return what counts the digits of a number in kana or kanji, each word one of them; a sum has commas at thousands."""
    one = re.compile(rf"{_KANA}|{_KANJI_DIGIT}")
    return lambda surface: least <= len(one.findall(surface)) <= most and _SUM.fullmatch(surface) is None


def _words_dialled(surface: str) -> bool:
    """Accept seven number words that are not mere counting ("one two three ...")."""
    tokens = re.findall("[a-z]+|[0-9]", surface.lower())
    named = [_EN_ORDER[token] for token in tokens if token in _EN_ORDER]
    steps = {b - a for a, b in zip(named, named[1:], strict=False)}
    return len(tokens) > 6 and len(named) > 3 and not (len(steps) == 1 and steps <= {1, -1})


def _has_kanji(surface: str) -> bool:
    number = re.sub(r"[^〇○◯零一二三四五六七八九0-9]", "", surface)
    return re.search("[一二三四五六七八九〇]", number) is not None and 10 <= len(number) < 13


def _zero_for_o(surface: str) -> bool:
    return "o" in surface.lower() and len(re.sub("[^0-9]", "", surface)) > 3


PATTERNS = (
    Pattern(
        "PHONE_NUMBER",
        "phone.letter_o",
        rf"(?<![0-9A-Za-z])[0Oo][ {DASH}]?[1-9](?:[ {DASH}]?[0-9Oo]){{8,9}}(?![0-9A-Za-z])",
        accept=_zero_for_o,
        score=0.8,
        digits=1,
        trigger=rf"[0-9][ {DASH}]?[Oo]|[Oo][ {DASH}]?[0-9]",
    ),
    Pattern(
        "PHONE_NUMBER",
        "phone.kanji",
        rf"(?<![一二三四五六七八九十百千万0-9])(?:(?:プラス|[+]) ?[八8][一1][のノ {DASH}]?[〇○◯零一二三四五六七八九]|[〇○◯零0])(?:[ {DASH}の・、()]{{0,2}}[〇○◯零一二三四五六七八九0-9]){{8,10}}(?![一二三四五六七八九十百千万0-9])",
        accept=_has_kanji,
        score=0.9,
        trigger=rf"[〇○◯零一二三四五六七八九][ {DASH}の・、()]*[〇○◯零一二三四五六七八九0-9][ {DASH}の・、()]*[〇○◯零一二三四五六七八九0-9]",
    ),
    Pattern(
        "PHONE_NUMBER",
        "phone.kana",
        rf"(?:ぜろ|ゼロ|れい|レイ|まる|マル)(?:[ {DASH}の・、,]{{0,2}}(?:{_KANA}|[0-9])){{8,12}}",
        score=0.9,
        trigger=rf"(?:ぜろ|ゼロ|れい|レイ|まる|マル)[ {DASH}の・、,]*(?:{_KANA}|[0-9])[ {DASH}の・、,]*(?:{_KANA}|[0-9])",
    ),
    Pattern(
        "PHONE_NUMBER",
        "phone.words",
        rf"(?i:(?<![A-Za-z0-9]){_SPELLED_EN}(?:[ ,.-]{{1,3}}(?:{_SPELLED_EN}|hundred|thousand)){{6,16}}(?![A-Za-z0-9]))",
        accept=_words_dialled,
        score=0.9,
        trigger=rf"(?i:(?:{'|'.join(_EN_ORDER)})[ ,.-]+{_SPELLED_EN}[ ,.-]+{_SPELLED_EN})",
    ),
    *(
        Pattern(
            label,
            f"{name}_in_{script}",
            rf"(?:{names}){soon(digits)}(?:の?番号)?{_SHORTEST}(?!に[ 、0-9])(?<![+])(?P<v>{digit}(?:{_PAUSE}{digit}){{{least - 1},{most - 1}}}){end}",
            accept=_digits_said(least, most),
            score=0.9,
            trigger=names,
        )
        for label, name, names, least, most in _CALLED
        for script, digits, digit, end in (
            (
                "kanji",
                _KANJI_DIGITS,
                _KANJI_DIGIT,
                "(?![〇零一二三四五六七八九十百千万0-9])(?!(?<=三)[菱井和重])",
            ),
            ("kana", _KANA_DIGITS, f"(?:{_KANA}|[0-9])", ""),
        )
    ),
    Pattern(
        "US_SSN",
        "us.ssn_words",
        rf"(?i:(?<![A-Za-z])(?:ssn|social(?: security)?)(?![A-Za-z])[^\n0-9]{{1,24}}?(?<![A-Za-z])(?P<v>{_SPELLED_EN}(?:[ ,.-]{{1,3}}{_SPELLED_EN}){{8}})(?![A-Za-z0-9]))",
        score=0.9,
        source="20 CFR 422.103",
        trigger="(?i:ssn|social)",
    ),
)
