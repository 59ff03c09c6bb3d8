"""What no model may learn from: names, articles and dialogues kept for measuring, one in ten, by digest.

A training recipe leaves out what ``held_out`` says of: a name of its inventories; a Japanese name of whose
spellings (kanji, hiragana, romaji) one is; a stockmark article's ``curid``; a carrier dialogue's id. The
benchmarks take nothing else of these.
"""

import hashlib
import re
import unicodedata

_FIRST_BYTE = 26
"""Of 256: 10.2 %."""

_BETWEEN = re.compile(r"[\s\-・.=＝]+")


def held_out(name: str) -> bool:
    """Return whether a name or an id is kept from training: whether a part of it is.

    Parts stand between blanks, hyphens and dots. The first byte of the SHA-256 of a part's UTF-8 decides, in
    NFKC and lower case: ``priya`` and ``Priya`` are one name, ``ハルカ``, ``はるか`` and ``遥`` three.
    An initial never is.
    """
    parts = _BETWEEN.split(unicodedata.normalize("NFKC", name).lower())
    return any(hashlib.sha256(part.encode()).digest()[0] < _FIRST_BYTE for part in parts if _tells(part))


def _tells(part: str) -> bool:
    return len(part) > 1 or part.isdigit() or not part.isascii()
