"""The last digits of a number that a conversation holds: «the card ending 4242», «下4桁は0155».

A speaker who takes them back names others: «wait no, it ends in 332».
"""

import re
from collections.abc import Iterator, Sequence

from deid.detect.checksums import digits
from deid.detect.patterns.parts import NOT_COUNTED
from deid.labels import IDENTIFIERS, class_of
from deid.types import Span, Turn

SOURCE = "conversation"
_LEAST = 7  # digits of a number that has a tail
_SCORE = 0.7
_ENDS = re.compile(
    r"(?P<no>(?:\b(?:no|nope|sorry|oops|wait|actually|correction)\b|違|間違|まちが|ごめん|すみません|訂正)[^0-9]{0,16}?)?"
    r"(?:\bend(?:s|ing|ed)?(?: in| with)?|\blast (?:four|4|three|3)(?: digits?| numbers?)?(?: is| are)?|末尾(?:が|は|の)?|[下末][34三四](?:桁|けた)(?:が|は|の)?|最後(?:の[34三四](?:桁|つ))?(?:が|は))"
    r"[ :：「『\"'“]{0,3}(?P<tail>[0-9]{3,4})(?![0-9])" + NOT_COUNTED,
    re.IGNORECASE,
)


def tails(
    turns: Sequence[Turn], spans: Sequence[Sequence[Span]], with_digits: Sequence[int]
) -> Iterator[tuple[int, Span]]:
    """Yield where turns name the last three or four digits of a number found in any of them.

    with_digits : the turns that hold a digit. Linear in the turns.
    """
    numbers = {
        number: span.label
        for turn, found in zip(turns, spans, strict=True)
        for span in found
        if span.score >= _SCORE and class_of(span.label) in IDENTIFIERS
        if len(number := digits(turn.text[span.start : span.end])) >= _LEAST
    }
    if not numbers:
        return
    known = {number[-size:]: label for number, label in numbers.items() for size in (3, 4)}
    for index in with_digits:
        for found in _ENDS.finditer(turns[index].text):
            label = known.get(found["tail"]) or (next(iter(numbers.values())) if found["no"] else None)
            if label is not None:
                yield index, Span(*found.span("tail"), label, 0.8, SOURCE)
