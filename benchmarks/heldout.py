"""What no model may learn from: names, articles and dialogues kept for measuring, one in ten, by digest.

A training recipe leaves out what ``held_out`` says of: a name of its inventories, each part of a full name by
itself; a stockmark article's ``curid``; a carrier dialogue's id. The benchmarks take nothing else of these.
"""

import hashlib
import unicodedata

_FIRST_BYTE = 26
"""Of 256: 10.2 %."""

_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


def held_out(name: str) -> bool:
    """Return whether a name or an id is kept from training.

    The first byte of the SHA-256 of its UTF-8 decides, the name written in one way: NFKC, Latin letters with
    a capital first, katakana as hiragana. So ``priya``, ``PRIYA`` and ``Priya`` go together, and ``ハルカ``
    and ``はるか``; ``遥`` is another name.
    """
    plain = unicodedata.normalize("NFKC", name).strip().capitalize().translate(_HIRAGANA)
    return hashlib.sha256(plain.encode()).digest()[0] < _FIRST_BYTE
