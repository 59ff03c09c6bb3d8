"""OCCUPATION and NATIONALITY where somebody states them: the words for them, in the statements of ``stated``.

A job told by what is done («I drive trucks») has no word of its own: it gives a fact, and no span, which would
take the names inside it along.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from deid.detect.matching.asking import Asking, asking
from deid.detect.matching.candidates import Candidates, candidates_of
from deid.detect.stated.reader import statements
from deid.detect.stated.rules import alternatives, trigger_ja
from deid.detect.stated.vocabulary import NATIONALITIES, OCCUPATIONS, Vocabulary
from deid.types import Span

_SCORE = 0.7
_WORDS = {"OCCUPATION": OCCUPATIONS, "NATIONALITY": NATIONALITIES}


class StatedTraits:
    """OCCUPATION and NATIONALITY of the speaker or of somebody of theirs; score 0.7."""

    name = "stated-traits"
    labels = frozenset(_WORDS)

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the spans of each text, sorted by start."""
        held = _asking()(texts)
        return [
            sorted(set(self._detect(text))) if some else [] for text, some in zip(texts, held, strict=True)
        ]

    def _detect(self, text: str) -> Iterator[Span]:
        if not any(True for _ in _worded()(text)):
            return
        for said in statements(text, self.labels):
            words = _WORDS.get(said.kind)
            if words is not None and _is_word(text[said.start : said.end], words):
                yield Span(said.start, said.end, said.kind, _SCORE, self.name)


@cache
def _worded() -> Candidates:
    """Return what says whether a text holds a word for a job or a nationality where it may be stated; few do."""
    return candidates_of(_triggers())


@cache
def _asking() -> Asking:
    """Return what says which of many texts may hold such a word; built at first use."""
    return asking(_triggers())


def _triggers() -> list[str]:
    latin = alternatives([*OCCUPATIONS.en, *NATIONALITIES.en])
    return [
        rf"\b(?:i|i ?['’]?m|i['’]ve|we|we['’]re|my|as an?|being|work|working|job|hired|promoted|soy)\b[^.!?\n]*\b{latin}s?\b",
        rf"(?:^|[.!?,] ?)(?:[a-z0-9'’-]+ )?{latin}\b",
        trigger_ja([*OCCUPATIONS.ja, *NATIONALITIES.ja]),
    ]


def _is_word(surface: str, words: Vocabulary) -> bool:
    lower = surface.lower()
    forms = (lower, lower.replace("-", " "), lower.removesuffix("s"))
    return any(form in words.en for form in forms) or lower in words.ja
