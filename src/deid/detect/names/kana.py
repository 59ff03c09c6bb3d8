"""Kana: hiragana to katakana and back, romanization and its reverse.

Hepburn with its usual variants (long vowels short or with h, m before b and p) and Kunrei (ISO 3602).
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import product

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
_BEGINNINGS = {"sh": ("sy", "si"), "ch": ("ty", "ti"), "ts": ("tu",), "fu": ("hu",), "j": ("zy", "zi")}
_NO_BEGINNING = re.compile(
    "[ぁぃぅぇぉっゃゅょゎゐゑんァィゥェォッャュョヮヰヱンーヵヶヷ-ヺ]|.[ッっ]?$"
)  # of names
_KUNREI = (("sh", "sy"), ("ch", "ty"), ("j", "zy"), ("tsu", "tu"), ("fu", "hu"))
_SYLLABLES = {
    **{roman: kana for kana, roman in _LETTERS.items() if kana not in "ヂヅヲヴ"},
    "si": "シ", "ti": "チ", "tu": "ツ", "hu": "フ", "zi": "ジ", "n'": "ン",
    **{
        start + vowel: base + small
        for start, base in (
            ("ky", "キ"), ("sh", "シ"), ("sy", "シ"), ("ch", "チ"), ("ty", "チ"), ("ny", "ニ"), ("hy", "ヒ"), ("my", "ミ"),
            ("ry", "リ"), ("gy", "ギ"), ("j", "ジ"), ("zy", "ジ"), ("jy", "ジ"), ("by", "ビ"), ("py", "ピ"),
        )
        for vowel, small in (("a", "ャ"), ("u", "ュ"), ("o", "ョ"))
    },
}  # fmt: skip
# Later syllables but the last are seldom long, and every one doubles the readings.
_LENGTHENED = 3
_LONG_VOWELS = re.compile("o[ou]|uu")
_LIPS = re.compile("n(?=[bmp])")
# The longest syllable first; an h after o or u makes it long.
_PART = re.compile(
    rf"(?:{'|'.join(sorted(_SYLLABLES, key=len, reverse=True))}|m(?=[bmp])|k(?=[kc])|s(?=[sc])|t(?=[tc])|p(?=[pc])|c(?=c)"
    "|g(?=[gc])|d(?=[dc])|b(?=[bc])|z(?=[zc])|j(?=[jc])|(?<=[ou])h)"
)
_SPELLED = re.compile(f"(?>{_PART.pattern})*+")


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


def romanizations(kana: str) -> frozenset[str]:
    """Return the ways a name in kana is romanized: ``ゆうこ`` → yuuko, yuko, yuhko."""
    written = to_romaji(kana)
    kunrei = {written}
    for hepburn, plain in _KUNREI:
        if hepburn in written:
            kunrei |= {_plain_i(form.replace(hepburn, plain)) for form in kunrei}
    forms, short = {*kunrei}, written
    if _LONG_VOWELS.search(written):
        short = _LONG_VOWELS.sub(_first, written)
        forms.update(_LONG_VOWELS.sub(_first, form) for form in kunrei)
        forms.add(_LONG_VOWELS.sub(lambda match: match[0][0] + "h", written))
    lips = _LIPS.sub("m", short)
    return frozenset(forms | {lips, lips.replace("cch", "tch")}) - {""}


def roman_beginnings(kana: str) -> frozenset[str]:
    """Return one or two letters each, of which each of the ``romanizations`` begins with one: ``しの`` → sh, si, sy."""
    if _NO_BEGINNING.match(kana):
        return frozenset(("",))
    begin = to_romaji(kana[:2])[:2]
    if begin[:1] in "aiueo":  # it may become long
        return frozenset((begin[:1],))
    return frozenset((begin, *_BEGINNINGS.get(begin, ()), *_BEGINNINGS.get(begin[:1], ())))


def _plain_i(form: str) -> str:
    return form.replace("syi", "si").replace("tyi", "ti").replace("zyi", "zi")


def _first(match: re.Match[str]) -> str:
    return match[0][0]


def kana_readings(romaji: str) -> frozenset[str]:
    """Return katakana that a name in romaji may stand for; empty when it is not made of Japanese syllables.

    Romaji seldom tells long vowels from short ones or ``ni`` from ``n'i``: ``Yuko`` gives ユコ, ユウコ, ユコウ …
    """
    plain = romaji.lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFD", plain).encode("ascii", "ignore").decode()
    readings: set[str] = set()
    for spelled in {plain, plain.replace("ni", "n'i")} - {""}:
        syllables = _syllables(spelled)
        if syllables is not None:
            readings.update(map("".join, product(*_lengthened(syllables))))
    return frozenset(readings)


def _syllables(romaji: str) -> list[str] | None:
    """Split romaji into the katakana of its syllables; None when something is left over."""
    if _SPELLED.fullmatch(romaji) is None:
        return None
    return [kana for part in _PART.findall(romaji) if (kana := _kana_of(part))]


def _kana_of(part: str) -> str:
    """Return the katakana of a syllable, ン for m before b, m and p, ッ for the first of a double letter."""
    return _SYLLABLES.get(part) or ("ン" if part == "m" else "" if part == "h" else "ッ")


def _lengthened(syllables: Sequence[str]) -> list[tuple[str, ...]]:
    """Give each of the first syllables and the last, in o or u, its long form as well."""
    choices: list[tuple[str, ...]] = []
    for position, syllable in enumerate(syllables):
        long = to_romaji(syllable)[-1:] in ("o", "u") and (
            position < _LENGTHENED or position == len(syllables) - 1
        )
        choices.append((syllable, syllable + "ウ") if long else (syllable,))
    if syllables[:1] == ["オ"]:
        choices[0] = ("オ", "オオ")
    return choices


def _join_small(result: str, small: str) -> str:
    if small[0] == "y" and result.endswith("i"):
        stem = result[:-1]
        return stem + (small[1:] if stem.endswith(("sh", "ch", "j")) else small)
    return result[:-1] + small if result and small[0] != "y" else result + small
