"""Amounts of money as people write them: «3万円», «三万五千円», «1〜2万円», «¥9,800,000», «$1.5k», «fifty bucks».

An amount is written ``JPY:30000``, a range of them ``USD:20-30``, and one that is open ``JPY:1000000+``: currency
by ISO 4217 (every dollar is USD), whole units, cents after a point. «数万円» and «何万円» say no number and are none.
"""

import re
import unicodedata
from collections.abc import Iterator

from deid.detect.stated.numerals import ONES, TENS

_DIGITS = r"[0-9０-９](?:[0-9０-９]|[,，](?=[0-9０-９]{3})|[.．](?=[0-9０-９]))*"
_KANJI = "一二三四五六七八九十百千万億"
_BEGINS = rf"(?<![何数0-9０-９{_KANJI}.,])"
_NUMBER_JA = rf"(?:{_DIGITS}[十百千万億]*(?:{_DIGITS}[十百千万億]+)*(?:{_DIGITS})?|[{_KANJI}]+)"
_CURRENCY_JA = "(?:円(?!ショップ|均|玉|札|台の)|えん(?![ァ-ヴーぁ-ん])|ドル|ユーロ|ポンド|ウォン)"
_TO = r"\s?(?:[-–—~〜～]|から|[、,，])\s?"
_SIGN = r"(?:(?:US|CA|AU|NZ|HK|[CAS])?\$|£|€|[¥￥]|₩)"
_SMALL = ONES[1:]
_SCALES = {"hundred": 100, "thousand": 1_000, "grand": 1_000, "million": 1_000_000}
_WORDS = (
    rf"(?:(?:{'|'.join((*TENS, *reversed(_SMALL)))}|an?|{'|'.join(_SCALES)})(?:[ -](?:and )?(?=[a-z])|\b))+?"
)
_NAMES = {
    "dollars?|bucks?|usd|cad|aud": "USD",
    "euros?|eur": "EUR",
    "pounds|quid|gbp": "GBP",
    "yen|jpy": "JPY",
    "krw": "KRW",
}
_NAMED = rf"(?:{'|'.join(_NAMES)})(?![a-z])"
_K = r"(?:\s?(?:k|mil|million|thousand|grand)(?![a-z]))?"

JAPANESE = rf"(?:[¥￥]\s?{_DIGITS}[千万億]*(?:{_TO}[¥￥]?\s?{_DIGITS}[千万億]*)?円?|{_BEGINS}{_NUMBER_JA}(?:{_TO}{_NUMBER_JA})?\s?{_CURRENCY_JA})(?:以上(?!の|に))?"
"""A Japanese amount with its currency."""
BARE_JAPANESE = rf"{_BEGINS}(?![千万億]){_NUMBER_JA}(?:{_TO}{_NUMBER_JA})?(?<=[千万億])(?![円人回個件本枚年歩字匹語時分秒点票部度])"
"""A Japanese amount that leaves the currency out: «年収500万»."""
ENGLISH = (
    rf"(?:{_SIGN}\s?[0-9][0-9,]*(?:\.[0-9]+)?{_K}\+?(?:\s?(?:-|–|to)\s?{_SIGN}?\s?[0-9][0-9,]*(?:\.[0-9]+)?{_K})?(?![0-9%])"
    rf"|(?<![0-9.,$])[0-9][0-9,]*(?:\.[0-9]+)?{_K}(?:\s?(?:-|–|to)\s?[0-9][0-9,]*(?:\.[0-9]+)?{_K})?\s?{_NAMED}"
    rf"|\b{_WORDS}\s?{_NAMED}|\b(?:an?|one|two|three|four|five|six|ten|[0-9]+) grand\b)"
)
"""An English amount with its currency."""
BARE_ENGLISH = r"(?<![0-9.,$])[0-9][0-9,.]*\s?k(?:\s?(?:-|–|to)\s?[0-9][0-9,.]*\s?k)?(?![a-z0-9])"
"""An English amount that leaves the currency out: «I make 60k a year»."""
# What RE2 finds wherever one of these stands.
TRIGGER_JA = "[¥￥円万千億]|えん|ドル|ユーロ|ポンド|ウォン"
TRIGGER_EN = r"[$£€¥₩]|[0-9] ?k|dollar|buck|usd|cad|aud|euro|eur|pound|quid|gbp|yen|jpy|krw|grand"

_ANY = re.compile(f"{JAPANESE}|(?i:{ENGLISH})")
_SIGNS = {"$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₩": "KRW", "ドル": "USD", "ユーロ": "EUR", "ポンド": "GBP", "ウォン": "KRW", "円": "JPY"}  # fmt: skip
_PARTS = re.compile(r"\s?(?:[-–—~〜～]|から|[、,]|(?<![a-z])to(?![a-z]))\s?")
_TOKENS = re.compile(r"[0-9]+(?:\.[0-9]+)?|[〇一二三四五六七八九十百千万億]")
_UNITS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "億": 100_000_000}
_SHORT = re.compile(r"([0-9.]+)\s?(k|mil|million|thousand|grand)?")
_SHORTS = {"k": 1_000, "mil": 1_000_000, **_SCALES}
_MOST = 10**13


def find_amounts(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield every amount that a text names with its currency, and where."""
    for match in _ANY.finditer(text):
        value = parse_amount(match[0])
        if value is not None:
            yield value, *match.span()


def parse_amount(surface: str) -> str | None:
    """Return an amount or a range as written above; None for nothing, for none at all and for no number."""
    text = unicodedata.normalize("NFKC", surface).lower()
    text = re.sub(",(?=[0-9]{3})", "", text)
    currency = _currency(text)
    parts = _PARTS.split(text)[:2]
    numbers = [number for part in parts if (number := _number(part)) is not None]
    if not numbers or not 0 < max(numbers) < _MOST:
        return None
    low, high = numbers[0], numbers[-1]
    if len(numbers) == 2:  # «3〜5万円», «$20-30k»: the unit stands once
        low = _scaled(parts[0], low, parts[1], high)
    if text.endswith(("以上", "+")):
        return f"{currency}:{_written(low)}+"
    return f"{currency}:{_written(low)}" + (f"-{_written(high)}" if low < high else "")


def _currency(text: str) -> str:
    """Return the currency; yen where a Japanese amount names none, dollars where an English one does."""
    for sign, code in _SIGNS.items():
        if sign in text:
            return code
    for names, code in _NAMES.items():
        if re.search(rf"(?:{names})(?![a-z])", text):
            return code
    return "USD" if text.isascii() else "JPY"


def _number(text: str) -> float | None:
    if any(unit in text for unit in _UNITS) or not re.search("[0-9a-z]", text):
        return _japanese(text)
    short = _SHORT.search(text)
    if short is not None:
        return float(short[1].strip(".")) * _SHORTS.get(short[2] or "", 1)
    return _in_words(re.findall("[a-z]+", text))


def _japanese(text: str) -> float | None:
    """Return «3万5千», «三万五千», «3.5万» as a number."""
    total, section, current = 0.0, 0.0, 0.0
    tokens = _TOKENS.findall(text)
    for token in tokens:
        unit = _UNITS.get(token)
        if unit is None:
            digit = "〇一二三四五六七八九".find(token)
            current = float(token) if digit < 0 else current * 10 + digit
        elif unit < _UNITS["万"]:
            section, current = section + (current or 1) * unit, 0.0
        else:
            total, section, current = total + ((section + current) or 1) * unit, 0.0, 0.0
    return total + section + current if tokens else None


def _in_words(words: list[str]) -> float | None:
    """Return «fifty», «a hundred and twenty», «two grand» as a number."""
    total, current, known = 0, 0, False
    for word in words:
        if word in _SCALES:
            current, known = (current or 1) * _SCALES[word], True
            if _SCALES[word] > _SCALES["hundred"]:
                total, current = total + current, 0
        elif word in _SMALL or word in TENS:
            current += _SMALL.index(word) + 1 if word in _SMALL else 10 * (TENS.index(word) + 2)
            known = True
    return float(total + current) if known else None


def _scaled(first: str, low: float, second: str, high: float) -> float:
    """Return the lower end of a range with the unit that only its upper end names."""
    units = {**{name: _UNITS[name] for name in ("億", "万", "千")}, "k": _SHORTS["k"]}
    unit = next((units[name] for name in units if re.search(rf"[0-9{_KANJI}]\s?{name}", second)), 1)
    alone = not re.search(rf"[{_KANJI}]|[0-9]\s?k", first)
    return low * unit if alone and low * unit < high else low


def _written(number: float) -> str:
    return f"{number:.2f}".removesuffix(".00")
