"""Words around a candidate: what speaks for it, what speaks against it.

Windows are counted in characters of the normalised text, not in tokens, so that unsegmented Japanese
works. Latin words are bounded by ASCII look-arounds (``lic`` does not hide in ``duplicate``); Japanese
words have no boundaries.
"""

import re
from dataclasses import dataclass, field


def words(alternatives: str) -> re.Pattern[str]:
    """Compile cue words given as one regular expression with ``|`` between them.

    Alternatives that begin with a Latin letter must stand as words of their own; case is ignored.
    """
    parts = re.split(r"\|(?![^(]*\))", alternatives)
    latin = "|".join(part for part in parts if part[0].isascii() and part[0].isalpha())
    other = "|".join(part for part in parts if not (part[0].isascii() and part[0].isalpha()))
    bounded = f"(?<![A-Za-z])(?:{latin})(?![A-Za-z])" if latin else ""
    return re.compile("|".join(filter(None, (bounded, other))), re.ASCII | re.IGNORECASE)


def right_before(cue: str) -> re.Pattern[str]:
    """Return what finds a cue, in any case, that ends where a value begins."""
    return re.compile(rf"(?i:{cue})\Z", re.ASCII)


def right_behind(cue: str) -> re.Pattern[str]:
    """Return what finds a cue, in any case, that begins where a value ends."""
    return re.compile(rf"\A(?i:{cue})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Context:
    """Decide a candidate by its surroundings.

    cue           : what raises the candidate to its pattern's score.
    veto          : what disposes of it; a cue outweighs a veto.
    alone         : score without a cue and without a veto, in [0, 1]; 0 rejects.
    before, after : window sizes in characters; a veto is looked for in ``before`` and ``veto_after``.
    """

    cue: re.Pattern[str] | None = field(default=None, repr=False)
    veto: re.Pattern[str] | None = field(default=None, repr=False)
    alone: float = 0.0
    before: int = 32
    after: int = 32
    veto_after: int = 8

    def score(self, text: str, start: int, end: int, cued: float) -> float:
        """Return the score of the candidate ``[start, end)``; 0 when it is to be dropped."""
        lead = text[max(0, start - self.before) : start]
        if self.cue is not None and (self.cue.search(lead) or self.cue.search(text[end : end + self.after])):
            return cued
        tail = text[end : end + self.veto_after]
        if self.veto is not None and (self.veto.search(lead) or self.veto.search(tail)):
            return 0.0
        return self.alone
