"""M1, canary exposure: whether a model of the release prefers secrets that were planted in the input.

A canary is a sentence with a secret that nobody would guess, such as ``the locker code is {4821-9937}``, put
into the input before a run. A model that was trained on the release is asked how likely it finds the
sentence, and 4,095 others with another secret of the same form; exposure is log2 of their number less log2 of
the canary's rank. A model that never saw it ranks it anywhere: 1.4 bits on average. At 12 it is first.
Source: Carlini et al., USENIX Security 2019, section 4 (exposure, estimated by sampling).
"""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from deid.errors import InputError
from deid.risk.attack import AttackResult, Trials, counted
from deid.risk.case import Case
from deid.risk.proxy import Proxy
from deid.risk.rates import Floats, exactly
from deid.risk.scorers import Scorer, scores

NAME = "M1 canary exposure"
_Model = Callable[[Sequence[str]], Floats]
BITS = 12
_OTHERS = 2**BITS - 1
_TOGETHER = 16  # canaries asked about at once: 65,552 sentences
_MARKED = re.compile(r"([^{}]*)\{([^{}]+)\}([^{}]*)")
_DIGITS = re.compile(r"([^0-9]*)([0-9](?:.*[0-9])?)([^0-9]*)", re.DOTALL)
_ALPHABETS = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_SENTENCES = (
    "the locker code is {}",
    "my spare key has the number {}",
    "合言葉は {} です",
    "ticket {} is mine",
)


@dataclass(frozen=True, slots=True)
class Canary:
    """A planted sentence: what stands before its secret, the secret, and what stands after it."""

    before: str = field(repr=False)
    secret: str = field(repr=False)
    after: str = field(repr=False)

    @property
    def text(self) -> str:
        """The sentence as it is planted."""
        return self.before + self.secret + self.after

    def others(self, number: int, rng: np.random.Generator) -> list[str]:
        """Return as many sentences with other secrets of the same form."""
        found: list[str] = []
        while len(found) < number:
            secret = "".join(_drawn(sign, rng) for sign in self.secret)
            if secret != self.secret:
                found.append(self.before + secret + self.after)
        return found


def _drawn(sign: str, rng: np.random.Generator) -> str:
    alphabet = next((signs for signs in _ALPHABETS if sign in signs), sign)
    return alphabet[int(rng.integers(len(alphabet)))]


def read(lines: Iterable[str]) -> list[Canary]:
    """Return the canaries of a list: one a line, the secret in braces, or else from first digit to last.

    Raises InputError naming the line whose secret has fewer than 2¹² forms, and where there is no canary.
    """
    found = [_read(line.strip(), number) for number, line in enumerate(lines, 1) if line.strip()]
    if not found:
        raise InputError("the list of canaries is empty", hint="one planted sentence a line")
    return found


def _read(line: str, number: int) -> Canary:
    match = _MARKED.fullmatch(line) or _DIGITS.fullmatch(line)
    canary = Canary(*match.groups()) if match else Canary(line, "", "")
    sizes = (len(signs) for sign in canary.secret for signs in _ALPHABETS if sign in signs)
    if sum(map(math.log2, sizes)) < BITS:
        raise InputError(
            f"canary {number}: its secret has too few forms", hint="four digits or three letters, in {braces}"
        )
    return canary


def made(number: int, rng: np.random.Generator) -> list[str]:
    """Return canaries to plant, as lines of a list: take the braces away where they are planted."""
    return [
        _SENTENCES[n % len(_SENTENCES)].format(
            "{" + "-".join(f"{rng.integers(10_000):04d}" for _ in "ab") + "}"
        )
        for n in range(number)
    ]


def exposure(score: float, others: Floats) -> float:
    """Return log2 |R| - log2 rank, in bits; among equals the canary is in the middle."""
    rank = 1 + float((others > score).sum()) + float((others == score).sum()) / 2
    return math.log2(len(others) + 1) - math.log2(rank)


def attack(
    canaries: Sequence[Canary], scorer: Scorer | None = None
) -> Callable[[Case, np.random.Generator], list[AttackResult]]:
    """Return the attack on planted canaries by a proxy of the release, or by a model of the user's own.

    The measure raises InputError where no canary stands in the input.
    """

    def measure(case: Case, rng: np.random.Generator) -> list[AttackResult]:
        planted = _planted(canaries, case.documents.raw)
        if scorer is not None:
            return [_tried(planted, partial(scores, scorer), rng, attacker="own model")]
        released, raw = (Proxy(texts).scores for texts in (case.documents.released, case.documents.raw))
        found = _tried(planted, released, rng, attacker="n-gram proxy")
        return [replace(found, raw=_tried(planted, raw, rng, attacker="").released)]

    return measure


def _planted(canaries: Sequence[Canary], texts: Sequence[str]) -> list[Canary]:
    whole = "\n".join(texts)
    found = [canary for canary in canaries if canary.text in whole]
    if not found:
        raise InputError(
            f"none of {len(canaries)} canaries stands in the source", hint="plant them before the run"
        )
    return found


def _tried(
    canaries: Sequence[Canary], model: _Model, rng: np.random.Generator, *, attacker: str
) -> AttackResult:
    """Return how many canaries come first of all; the control are sentences that were never planted."""
    found = [
        bits
        for start in range(0, len(canaries), _TOGETHER)
        for bits in _exposures(canaries[start : start + _TOGETHER], model, rng)
    ]
    bits, control = np.array(found).T
    each = np.arange(len(canaries))
    trials = Trials(bits >= BITS, each, bits, np.zeros(len(canaries), np.int64))
    notes = {
        "canaries": len(canaries),
        **{name: round(float(value), 3) for name, value in (("exposure", bits.mean()), ("most", bits.max()))},
        "control_exposure": round(float(control.mean()), 3),
    }
    bare = AttackResult(
        NAME, attacker, "inference", 2**BITS, exactly(0), exactly(0), exactly(2**-BITS), notes=notes
    )
    return counted(bare, trials, (control >= BITS).astype(float), rng)


def _exposures(
    canaries: Sequence[Canary], model: _Model, rng: np.random.Generator
) -> list[tuple[float, float]]:
    """Return the exposure of each, and of a sentence of its form that was not planted."""
    asked = [text for canary in canaries for text in (canary.text, *canary.others(_OTHERS + 1, rng))]
    found = model(asked).reshape(len(canaries), -1)
    return [(exposure(row[0], row[2:]), exposure(row[1], row[2:])) for row in found]
