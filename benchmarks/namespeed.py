"""Messages a second of processor time that a detector reads, the scan included.

A message is real chat lines joined and cut at 31 English tokens or 55 Japanese characters. None comes twice
in a reading, since equal texts are read once. A warm-up of 5 s behind the first messages, since expressions
compile and the store of words fills over the first thousands and a run reads many more; then the median of
five readings of 0.5 s.
"""

import re
import time
from collections.abc import Sequence
from random import Random

import numpy as np

from chatlines import Carrier, Language
from nameengines import Engine

_TOKEN = re.compile(r"\w+|[^\w\s]")
_LENGTH = {"en": 31, "ja": 55}
_REPEATS, _SECONDS, _WARM_SECONDS, _FIRST, _MOST = 5, 0.5, 5.0, 128, 8_192


def joined(carriers: Sequence[Carrier], language: Language, rng: Random, n: int) -> list[str]:
    """Return ``n`` messages of about the length, made of lines in random order."""
    lines = [text for carrier in carriers for text in carrier.texts]
    made: list[str] = []
    text = ""
    while len(made) < n:
        text = f"{text} {rng.choice(lines)}".strip()
        if _length(text, language) >= _LENGTH[language]:
            made.append(_cut(text, language))
            text = ""
    return made


def _length(text: str, language: Language) -> int:
    return len(_TOKEN.findall(text)) if language == "en" else len(text)


def _cut(text: str, language: Language) -> str:
    size = _LENGTH[language]
    if language == "ja":
        return text[:size]
    *_, last = list(_TOKEN.finditer(text))[:size]
    return text[: last.end()]


def speed(engine: Engine, carriers: Sequence[Carrier], language: Language) -> dict[str, float]:
    """Return messages per second of processor time: median, p10 and p90."""
    rng = Random(5)
    size = _size(_rate(engine, joined(carriers, language, rng, _FIRST)))
    spent = 0.0
    while spent < _WARM_SECONDS:
        rate = _rate(engine, joined(carriers, language, rng, size))
        spent += size / rate
        size = _size(rate)
    rates = [_rate(engine, joined(carriers, language, rng, size)) for _ in range(_REPEATS)]
    low, middle, high = np.percentile(rates, (10, 50, 90))
    return {"median": round(middle), "p10": round(low), "p90": round(high)}


def _size(rate: float) -> int:
    """Return how many messages are read in a reading."""
    return min(max(int(rate * _SECONDS), 64), _MOST)


def _rate(engine: Engine, texts: Sequence[str]) -> float:
    start = time.process_time()
    engine.detect(texts)
    return len(texts) / max(time.process_time() - start, 1e-6)
