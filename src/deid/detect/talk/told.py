"""What an answer is made of: parts for several questions, what follows a question back, a date piece by piece.

Offsets lead into the text of the turn.
"""

import re
from collections.abc import Iterator

_PART = re.compile(
    r"\s*(?:[,、;；\n①-⑨]| / |(?<=[a-z]{3})\.(?= )|(?:^|(?<=\s))[0-9]{1,2}[.)](?=\s)|\b(?:and|or)\b(?= )| & |で(?=[一-龥ァ-ヴ]))\s*"
)
# «Bex 22», «390-0811 松本市中央»: two values and a blank.
_TWO = (
    re.compile(r"([^0-9０-９\s][^0-9０-９]{0,24}?)[ \u3000]([0-9０-９].{0,24})"),
    re.compile(r"([0-9０-９][0-9０-９‐ー－-]*)[ \u3000]([^0-9０-９\s].{2,40})"),
)
_ASKED_BACK = re.compile(r".*[?？]\s*", re.DOTALL)
_SPEAKS = re.compile(
    r"(?:i['’]?m|i am|it['’]?s|my name|call me|now it['’]?s|name['’]?s|こっちは|私は|僕は|俺は|今は|いまは)",
    re.IGNORECASE,
)
_PIECE_OF_DATE = re.compile(
    r"\s*(?:(?:on |in |the )*)((?:[0-9]{1,2}(?:st|nd|rd|th)?|(?:19|20)[0-9]{2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
    r"|(?:(?:令和|平成|昭和|大正)[0-9０-９元]{1,2}|[0-9０-９]{4})年?|[0-9０-９]{1,2}[月日]))(?:生まれ)?(?:です)?[\s.。!]*",
    re.IGNORECASE,
)


def parts_of(text: str) -> list[tuple[int, int]]:
    """Return the ranges of what an answer tells one after another; a single one where it tells one thing."""
    parts: list[tuple[int, int]] = []
    start = 0
    for gap in _PART.finditer(text):
        parts.append((start, gap.start()))
        start = gap.end()
    parts = [(first, end) for first, end in (*parts, (start, len(text))) if text[first:end].strip()]
    two = next((match for form in _TWO if (match := form.fullmatch(text))), None) if len(parts) == 1 else None
    return [two.span(1), two.span(2)] if two else parts


def after_question(text: str, *, word: bool) -> int | None:
    """Return where the answer begins behind a question back: «does it matter? 61»; None where none follows.

    word : the value looks like any other word, so that something must say that it is told.
    """
    asked = _ASKED_BACK.match(text)
    if asked is None:
        return 0
    rest = text[asked.end() :]
    told = bool(rest.strip(" .!。！…~〜")) and (not word or _SPEAKS.match(rest) is not None)
    return asked.end() if told else None


def date_pieces(texts: list[str]) -> Iterator[tuple[int, int, int]]:
    """Yield the number of a text and the range of its piece, of a date sent in two or three: month, day, year."""
    pieces = []
    for number, text in enumerate(texts[:3]):
        match = _PIECE_OF_DATE.fullmatch(text)
        if match is None:
            break
        pieces.append((number, *match.span(1)))
    if len(pieces) > 1:
        yield from pieces
