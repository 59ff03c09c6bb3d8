"""Seed phrases of wallets in a sentence: words of a list that make none, near what speaks of a wallet."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from deid.detect.patterns.pattern import Pattern
from deid.detect.patterns.plain_words import GRAMMAR

_OF_LISTS = frozenset(
    "about above again all also any before between both can change come each either every give just keep know like much must never"
    " once only other over own put same say start stop that then there they this today tomorrow tonight until use very want what when where will work you".split()
)
"""Words of grammar that BIP 39 has as well."""
_OF_OTHERS = "een het niet und nicht ist dem des est pas pour que las por para una che non della untuk dan yang akan dengan nao com uma".split()
"""Words of grammar of other languages: their sentences hold none of English."""
_NONE = sorted({word for word in GRAMMAR - _OF_LISTS if len(word) > 2 and word.isalpha()} | set(_OF_OTHERS))
_MOST = 5  # a share of one in so many
_BENT = re.compile("[a-z]{3}ing|[a-z]{3,}(?:ed|ly|tion)|[a-z]{3,}[^us]s")
_WORD = f"(?!(?:{'|'.join(_NONE)}|words?|order)(?![a-z]))[a-z]{{3,9}}"
WORDS = rf"{_WORD}(?:(?: {_WORD}){{10,23}}|(?:, {_WORD}){{10,23}})(?![A-Za-z'’])"
"""Eleven words of a list and more."""
_FEW = rf"{_WORD}(?:(?: {_WORD}){{2,10}}|(?:, {_WORD}){{2,10}})(?![A-Za-z'’])"
_SPEAKS = "(?i:(?<![A-Za-z])(?:seeds?|wallets?|ledger|trezor|metamask|phantom|mnemonic|recovery|phrase|(?:1[28]|24|twelve|twenty[- ]four|these|the|my|your) words|write (?:these|them) down|coins|crypto|steel plate)(?![A-Za-z]))"
_TRIGGER = "(?i:seed|wallet|ledger|trezor|metamask|phantom|mnemonic|recovery|phrase|words|write (?:these|them) down|coins|crypto|steel plate)"

SIZES = frozenset({12, 15, 18, 21, 24})
"""Words of a whole seed."""


@cache
def listed() -> Mapping[str, int]:
    """Return the words of BIP 39's English list (words/seed_en.txt), and the number of each."""
    words = (files("deid.detect") / "words" / "seed_en.txt").read_text(encoding="utf-8").split()
    return {word: number for number, word in enumerate(words)}


def is_seed(surface: str) -> bool:
    """Accept words hardly one of which is bent, or of a sentence, or there twice."""
    parts = surface.replace(",", " ").split()
    bent = sum(_BENT.fullmatch(part) is not None or part in GRAMMAR for part in parts)
    return bent * _MOST <= len(parts) and len(set(parts)) > len(parts) - 2


PATTERNS = (
    Pattern(
        "SECRET_KEY",
        "seed.behind",
        rf"{_SPEAKS}[^\n]{{0,60}}?(?<![A-Za-z'’-])(?P<v>{WORDS})",
        accept=is_seed,
        score=0.8,
        source="BIP 39",
        trigger=_TRIGGER,
    ),
    Pattern(
        "SECRET_KEY",
        "seed.before",
        rf"(?<![A-Za-z'’-])(?P<v>{WORDS})[^\n]{{0,80}}{_SPEAKS}",
        accept=is_seed,
        score=0.8,
        source="BIP 39",
        trigger=_TRIGGER,
    ),
    Pattern(
        "SECRET_KEY",
        "seed.some",
        rf"(?i:(?<![A-Za-z])(?:(?:seed|recovery|wallet|backup) (?:phrase|words?)|seed|mnemonic|(?:1[28]|24|twelve) words|1 (?:to|-) [46]|5 (?:to|-) 8|9 (?:to|-) 12))(?:[^A-Za-z\n]|(?i:is|are|starts?|begins?|ends?|with|my|the|first|last|but|i|only|remember|know|have)(?![A-Za-z])){{1,12}}(?<![A-Za-z'’-])(?P<v>{_FEW})",
        accept=lambda surface: surface.count(" ") > 2 and is_seed(surface),
        score=0.7,
        source="BIP 39",
        trigger="(?i:seed|recovery (?:phrase|word)|wallet|backup (?:phrase|word)|mnemonic|(?:1[28]|24|twelve) words|1 (?:to|-) [46]|5 (?:to|-) 8|9 (?:to|-) 12)",
    ),
)
