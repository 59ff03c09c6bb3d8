"""What a pattern is, and the scale of its score.

1.0   a check digit holds, or the structure cannot be chance (a scheme, a provider's token prefix)
0.9   a structure of its own, or a weaker one beside a cue
0.8   a usual written form without a check digit
0.7   a loose value that a cue in the text calls by its label
0.5   a plausible structure without a cue
0.4   one of several readings, and the less likely one; also full dates, which rarely identify
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from deid.detect.context import Context


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression proposes, ``accept`` disposes, ``context`` scores.

    label   : one of ``deid.labels.LABELS``.
    name    : unique name of the written form.
    regex   : in the syntax that ``re`` and RE2 share, plus look-arounds; ASCII classes only, repeats
              bounded. A group named ``v`` is the span when the expression also holds its cue.
    accept  : takes the surface of the span, in normalised text; None accepts.
    context : None keeps the score.
    score   : confidence with cue and check digit, on the scale above.
    source  : standard, ordinance or vendor the form is taken from.
    digits  : fewest ASCII digits of an accepted match; a text with fewer skips the pattern.
    trigger : a piece that every match holds, to look for instead of the whole; empty derives it.
    """

    label: str
    name: str
    regex: str = field(repr=False)
    accept: Callable[[str], bool] | None = None
    context: Context | None = None
    score: float = 0.8
    source: str = "deid"
    digits: int = 0
    trigger: str = field(default="", repr=False)
