"""Kana: hiragana to katakana and back, and Hepburn romanisation (ISO 3602 names the letters, Hepburn the use)."""

_ROWS = {
    "": "アイウエオ", "k": "カキクケコ", "s": "サ＿スセソ", "t": "タ＿＿テト", "n": "ナニヌネノ",
    "h": "ハヒ＿ヘホ", "m": "マミムメモ", "y": "ヤ＿ユ＿ヨ", "r": "ラリルレロ", "w": "ワ＿＿＿ヲ",
    "g": "ガギグゲゴ", "z": "ザ＿ズゼゾ", "d": "ダ＿＿デド", "b": "バビブベボ", "p": "パピプペポ",
}  # fmt: skip
_IRREGULAR = {
    "シ": "shi", "チ": "chi", "ツ": "tsu", "フ": "fu", "ジ": "ji", "ヂ": "ji", "ヅ": "zu", "ン": "n", "ヴ": "vu",
}  # fmt: skip
_LETTERS = _IRREGULAR | {
    character: consonant + vowel
    for consonant, row in _ROWS.items()
    for vowel, character in zip("aiueo", row, strict=True)
    if character != "＿"
}
_SMALL = {"ャ": "ya", "ュ": "yu", "ョ": "yo", "ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o"}


def to_katakana(text: str) -> str:
    """Return the text with hiragana as katakana."""
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in text)


def to_hiragana(text: str) -> str:
    """Return the text with katakana as hiragana; the long-vowel mark stays."""
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in text)


def is_kana(text: str) -> bool:
    """Return whether the text is kana and nothing else."""
    return bool(text) and all("ぁ" <= c <= "ゖ" or "ァ" <= c <= "ヺ" or c == "ー" for c in text)


def to_romaji(kana: str) -> str:
    """Return Hepburn romaji of kana, long vowels written out short (``ゆうき`` → ``yuuki``, ``コー`` → ``ko``)."""
    result = ""
    double = False
    for character in to_katakana(kana):
        if character == "ッ":
            double = True
        elif character in _SMALL:
            result = _join_small(result, _SMALL[character])
        elif character != "ー":
            roman = _LETTERS.get(character, "")
            result += (roman[:1] if double and roman else "") + roman
            double = False
    return result


def _join_small(result: str, small: str) -> str:
    if small[0] == "y" and result.endswith("i"):
        stem = result[:-1]
        return stem + (small[1:] if stem.endswith(("sh", "ch", "j")) else small)
    return result[:-1] + small if result and small[0] != "y" else result + small
