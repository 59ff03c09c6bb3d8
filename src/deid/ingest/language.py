"""Which name detectors a text needs, by its script: kana or Han is Japanese, Latin words are English.

Chinese is told from Japanese where a detector can read it: no kana, and either a character that Chinese alone
writes or more Han characters than a Japanese sentence has without kana.
"""

import re

_JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f\u3005]")
_LATIN = re.compile("[A-Za-z\uff21-\uff3a\uff41-\uff5a]{2}")


# At least three words in Latin letters.
_PASSAGE = re.compile(r"[A-Za-z][A-Za-z'’]*(?:[ ,.!?;:\-]{1,3}[A-Za-z][A-Za-z'’]*){2,}")


def english_passages(text: str) -> list[tuple[int, int]]:
    """Return the half-open ranges of a text's passages of at least three words in Latin letters."""
    return [match.span() for match in _PASSAGE.finditer(text)]


_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9f]")
_HAN = re.compile("[\u3400-\u9fff]")
_HANGUL = re.compile("[\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f]")
# Pronouns and particles of Chinese, and common characters in their simplified form.
_CHINESE = re.compile(
    "[你您们們这這哪说說谁吗嗎呢吧啊很没沒给給让讓还還过對么麼怎她它从從"
    "为时个对开关东车马长门见问间题现电话语请谢钱买卖书学习觉头发经济业产动务员团队报纸]"
)
_LONG = 12


def is_korean(text: str) -> bool:
    """Whether a text holds Hangul."""
    return not text.isascii() and _HANGUL.search(text) is not None


def is_chinese(text: str) -> bool:
    """Whether a text with Han characters is Chinese."""
    if text.isascii() or _KANA.search(text):
        return False
    return _CHINESE.search(text) is not None or len(_HAN.findall(text)) >= _LONG


def language_of(text: str) -> str:
    """Return ``ja``, ``en``, or ``""`` for a text with neither script."""
    if not text.isascii() and _JAPANESE.search(text):
        return "ja"
    return "en" if _LATIN.search(text) else ""
