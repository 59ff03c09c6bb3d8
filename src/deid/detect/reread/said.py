"""Digits said in words: English number words, kanji digits and kana readings."""

import re
from collections.abc import Iterator

_ENGLISH = {
    word: str(digit)
    for digit, words in enumerate(
        ("zero oh nought null", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine niner")
    )
    for word in words.split()
}
_KANJI = {
    **{kanji: str(digit) for digit, kanji in enumerate("〇一二三四五六七八九")},
    "零": "0",
    "○": "0",
    "◯": "0",
}
_KANA = {
    reading: str(digit)
    for digit, readings in enumerate(
        (
            "ゼロ ぜろ れい レイ まる マル",
            "いち イチ",
            "に ニ にい ニイ",
            "さん サン",
            "よん ヨン",
            "ご ゴ ごー",
            "ろく ロク",
            "なな ナナ しち シチ",
            "はち ハチ",
            "きゅう キュウ きゅー キュー",
        )
    )
    for reading in readings.split()
}
_WORD = "|".join(sorted(_ENGLISH, key=len, reverse=True))
_READ = "|".join(sorted(_KANA, key=len, reverse=True))
_TOKEN = rf"(?:(?:double|triple) )?(?:{_WORD}|[A-Za-z0-9])(?![A-Za-z0-9'’])"
_SAID_EN = re.compile(
    rf"(?<![A-Za-z0-9'’])(?:plus )?(?:(?:(?:double|triple) )?(?:{_WORD})|[A-Z](?= ))(?![A-Za-z0-9'’])(?:(?: ?[,.-] ?| dash | hyphen | point | dot | )(?:{_TOKEN})){{2,40}}",
    re.IGNORECASE,
)
_PART_EN = re.compile(
    rf"(?:(double|triple) )?({_WORD}|[A-Za-z0-9])(?![A-Za-z0-9])|(plus)|(?:[,.-]|dash|hyphen)", re.IGNORECASE
)
_SAID_KANJI = re.compile(
    r"(?<![一二三四五六七八九十百千万億])(?:プラス ?)?[〇零○◯一二三四五六七八九]{1,20}(?:[の、・,ー-][〇零○◯一二三四五六七八九]{1,12}){0,8}(?![十百千万億つ人日月年回度番目])"
)
# «にいち» is 2 and 1, not a long 2; に before these words is a particle: «ゼロさんになります», «さんろくに電話».
_ONE_READ = rf"(?:(?![にニ][いイ][ちチ])(?:{_READ})|[にニ])"
_PARTICLE = r"に(?:なり|なる|なっ|して|します|かけ|おかけ|変|直|訂|電|連|送|届|登|入れ|お願|[A-Za-z0-9一-龥])"
_NUMBER_READ = rf"(?!{_PARTICLE})(?:{_ONE_READ})"
_SAID_KANA = re.compile(rf"(?:プラス)?{_NUMBER_READ}(?:[の、・, ー-]?{_NUMBER_READ}){{2,30}}")
_ONE_KANA = re.compile(rf"({_ONE_READ})|[の、・, ー-]|プラス")
# に behind one of these is a particle: «ソフトにろくご»; «番号はにさん» begins with a digit.
_WORD_ENDS = re.compile(r"[一-龥々ァ-ヺーA-Za-z0-9]\Z")
# Words that a number said hardly goes without, and how many of them it has at least.
_TELLING = (*(word for word in _ENGLISH if len(word) > 2), "ゼロ", "いち", "さん", "よん", "ろく", "なな", "はち", "きゅう", "イチ", "サン", "ロク", "ナナ", "ハチ", "キュウ")  # fmt: skip
_TOGETHER = 1
_KANJI_RUN = re.compile(
    "[〇零○◯一二三四五六七八九][〇零○◯一二三四五六七八九の、・-][〇零○◯一二三四五六七八九]"
)
_LEAST = 3
_LEAST_KANA = 3
_LEADS = re.compile("^$|[ :、はが字]$|[:は] $")
_FOLLOWS = re.compile("$|です|[ 。、」]")


def saying() -> tuple[str, ...]:
    """Return expressions for ``asked_at_once``; a text that says a number holds one of them."""
    pause = "(?: ?[,.-] ?| dash | hyphen | point | dot | )(?:(?:double|triple) )?"
    kanji = f"[{''.join(_KANJI)}]"
    return (
        f"(?i:(?:{_WORD})(?:{pause}[a-z0-9])*{pause}(?:{_WORD}))",
        f"{kanji}[{''.join(_KANJI)}の、・,ー-]{kanji}",
        rf"(?:{_READ})(?:[の、・, ー-]?(?:{_READ})){{2}}",
    )


def said(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, digits) of the numbers said in a text, in order; hyphens stand where groups part."""
    small = text.lower()
    if sum(map(small.count, _TELLING)) < _TOGETHER and not _KANJI_RUN.search(text):
        return []
    kept: list[tuple[int, int, str]] = []
    for place in sorted((*_english(text), *_japanese(text)), key=lambda place: (place[0], -place[1])):
        if not kept or place[0] >= kept[-1][1]:
            kept.append(place)
    return kept


def _english(text: str) -> Iterator[tuple[int, int, str]]:
    for run in _SAID_EN.finditer(text):
        parts = list(_PART_EN.finditer(run[0]))
        named = [part[2].lower() for part in parts if part[2] and part[2].lower() in _ENGLISH]
        digits = [int(_ENGLISH[word]) for word in named]
        counting = [b - a for a, b in zip(digits, digits[1:], strict=False)]
        if len(named) >= 2 and sum(part[2] is not None for part in parts) >= _LEAST and set(counting) != {1}:
            yield run.start(), run.end(), "".join(map(_written, parts))


def _written(part: re.Match[str]) -> str:
    if part[2] is None:
        return "+" if part[3] else "-"
    times = {"double": 2, "triple": 3}.get((part[1] or "").lower(), 1)
    return _ENGLISH.get(part[2].lower(), part[2].upper()) * times


def _japanese(text: str) -> Iterator[tuple[int, int, str]]:
    if text.isascii():
        return
    for run in _SAID_KANJI.finditer(text):
        digits = "".join(
            _KANJI.get(sign, "+" if sign == "プ" else "-" if sign in "の、・,ー-" else "") for sign in run[0]
        )
        if sum(map(str.isdigit, digits)) >= _LEAST:
            yield run.start(), run.end(), digits
    for run in _kana_runs(text):
        words = [part[1] for part in _ONE_KANA.finditer(run[0]) if part[1]]
        alone = _LEADS.search(text[: run.start()][-2:]) and _FOLLOWS.match(text, run.end())
        if sum(len(word) > 1 for word in words) >= (1 if alone else _LEAST_KANA):
            yield run.start(), run.end(), "".join(_read(part) for part in _ONE_KANA.finditer(run[0]))


def _kana_runs(text: str) -> Iterator[re.Match[str]]:
    """Yield digits read in kana; に right behind a word is its particle."""
    for run in _SAID_KANA.finditer(text):
        led = run[0].startswith("に") and _WORD_ENDS.search(text[: run.start()][-1:]) is not None
        shorter = _SAID_KANA.match(text, run.start() + 1) if led else None
        yield shorter or run


def _read(part: re.Match[str]) -> str:
    if part[1]:
        return _KANA[part[1]]
    return "+" if part[0] == "プラス" else "" if part[0] == " " else "-"
