"""What is kept from training, one in ten, by digest: names, articles and dialogues that benchmarks measure on.

``benchmarks/heldout.py`` states the same rule, and a test holds the two together.
"""

import hashlib
import re
import unicodedata
from functools import cache

_FIRST_BYTE = 26  # of 256
_BETWEEN = re.compile(r"[\s\-・.=＝]+")


@cache
def held_out(name: str) -> bool:
    """Whether any part of a name or an id is kept for benchmarks.

    A part (between blanks, hyphens and dots, NFKC, lower case) is held out if
    the first byte of its SHA-256 is below 26. Single ASCII letters never are.
    """
    parts = _BETWEEN.split(unicodedata.normalize("NFKC", name).lower())
    return any(hashlib.sha256(part.encode()).digest()[0] < _FIRST_BYTE for part in parts if _tells(part))


def _tells(part: str) -> bool:
    return len(part) > 1 or part.isdigit() or not part.isascii()
