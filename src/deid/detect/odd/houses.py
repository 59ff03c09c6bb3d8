"""Houses told without a form of their own: «deliver to 22 fernhollow», «she's at rose cottage, mill lane».

A run of numbers, names, units and kinds of houses and streets is weighed with the words round it: that somebody
lives there, comes or delivers. A name is none of the common words, which count («14 parcels») or describe, but
where a kind follows them («church cottages»).
"""

import re
from collections.abc import Iterator, Sequence

from deid.detect.matching.asking import asking_words
from deid.detect.matching.automata import asked_at_once
from deid.detect.odd.homes import CALLED, CUE, HOMES, HOUSES, KIND_OF, NO_NUMBER, NUMBER, SAID, TO
from deid.detect.odd.house_runs import Token, leads, runs, shape_weight
from deid.detect.odd.lexicon import Lexicon
from deid.detect.patterns.address_en import STOP_WORDS
from deid.detect.patterns.address_words import is_place_name
from deid.types import Span, Turn

_NAME, _LABEL = "houses", "STREET_ADDRESS"
_SCORE = 0.5
_LONGEST = 2_000  # characters of a text that is read
_NEAR = 80  # characters on both sides in which a word of homes speaks of a house
_BEFORE = 40  # characters before a run that may lead to it
_ENOUGH = 4
_SIZE = 90  # characters of a run
_SAYS = "|".join(sorted(SAID))
_MAY = (
    r"(?:^|[ (#:/,-])[0-9]{1,5}[A-Za-z]?,?[ \n][A-Za-z]{2}",
    r"(?i:[a-z]{2} #?[0-9a-z]{1,6},? (?:flat|apt|villa|house|block|room|lot|plot|unit|tower|close)) ?#?[0-9a-z]",
    rf"[A-Za-z]{{3}} (?i:{'|'.join(sorted(HOUSES))})(?:[^A-Za-z]|$)",
    rf"(?i:(?:number|no\.?) (?:{_SAYS}),? the|(?:to|in|at|is|its) (?:{_SAYS}),? the) [a-z]",
    "(?:[Ll]i(?:ve|ves|ved|ving) at|[Cc]alled|[Nn]amed|[Hh]ouse is|[Aa]ddress is) [A-Z]",
)
"""A number, or a kind or name of a house."""
_TOKEN = re.compile(r"[^\s,]+|,|\n")
_CORE = re.compile(
    r"[(\[\"'‘“]*(#?[0-9A-Za-zÀ-ɏ](?:[0-9A-Za-zÀ-ɏ'’/#-]*[0-9A-Za-zÀ-ɏ])?)(['’]?)([.;:!?)\]\"”…]*)"
)
_NUMBERED = re.compile(
    r"(?<![\w.:])#?[0-9]{1,5}[A-Za-z]?(?:[/-][0-9A-Za-z]{1,4}){0,3},?[ \n]([A-Za-zÀ-ɏ][\w'’-]+(?: [A-Za-z][\w'’-]*){0,2})"
)
_UNITED = re.compile(
    r"(?<![a-z])(?:flat|apt|apartment|villa|house|block|room|lot|plot|unit|tower|close|estate|phase|street|road) ?#?(?:[0-9]|[a-z](?![a-z]))",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"[A-Za-z]{{3}} (?:{'|'.join(sorted(HOUSES - {'house'}))})(?![a-z])|(?:called|named|(?:house|address) is|li(?:ve|ves|ved|ving) at) (?-i:[A-Z])|[a-z]{{3}} house, |(?:{_SAYS}),? the [a-z]",
    re.IGNORECASE,
)
_WORDS = re.compile("[a-z]+")
_WORTH = re.compile("un|[phs][kh]|nd?s*p|s?p")
_ABBREVIATED = frozenset("st no mt ft co opp nr apt".split())
_OPENS = re.compile(r"(?:^|[\n.!?;:,(–—-])\s*\Z")
_ENDS = re.compile(r"\s*(?:$|[\n,.;!?/)–—-])")
_ARTICLE = re.compile(
    r"(?:^|[^a-z])(?:an?|my|our|your|his|her|their|this|that|every|some|no|any)\s*\Z", re.IGNORECASE
)
_LEAST = 4  # letters of a name in small letters
_STRONG = 2  # what a cue of its own counts


class HouseNames:
    """STREET_ADDRESS by the words of a run and those round it; a ``deid.types.Detector``."""

    __slots__ = ("_lexicon", "_may", "_speaks")

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._may = asked_at_once(_MAY)
        self._speaks = asking_words([HOMES])

    @property
    def labels(self) -> frozenset[str]:
        return frozenset({_LABEL})

    def beside(self, texts: Sequence[str], spans: Sequence[list[Span]]) -> list[list[Span]]:
        """Return the spans of each text, with the addresses that they leave; linear in the texts."""
        result = list(spans)
        held = [at for at, some in enumerate(self._may(texts)) if some and len(texts[at]) <= _LONGEST]
        for at, speaks in zip(held, self._speaks([texts[at] for at in held]), strict=True):
            if speaks:
                result[at] = [*spans[at], *self._houses(texts[at], spans[at])]
        return result

    def in_talks(
        self, talks: Sequence[Sequence[Turn]], spans: Sequence[list[list[Span]]]
    ) -> list[list[list[Span]]]:
        """Return the spans of each turn, with the addresses that they leave; each turn is read alone."""
        texts = [turn.text for turns in talks for turn in turns]
        every = iter(self.beside(texts, [found for some in spans for found in some]))
        return [[next(every) for _ in some] for some in spans]

    def _houses(self, text: str, found: Sequence[Span]) -> Iterator[Span]:
        if not self._is_worth(text):
            return
        known = [span for span in found if span.label == _LABEL]
        for run in runs([self._token(one) for one in _TOKEN.finditer(text)]):
            start, end = run[0].start, run[-1].end
            over = [span for span in known if span.start < end and start < span.end]
            if end - start <= _SIZE and leads(run, over) and self._weight(text, run) >= _ENOUGH:
                yield Span(
                    start, max(end, *(span.end for span in over)) if over else end, _LABEL, _SCORE, _NAME
                )

    def _is_worth(self, text: str) -> bool:
        """Whether a text holds a number before a name or kind, two units, a house or what says its name: soon told."""
        if _NAMED.search(text) or len(_UNITED.findall(text)) > 1:
            return True
        for found in _NUMBERED.finditer(text):
            first, *more = found[1].split()
            kind = KIND_OF.get(first.lower())
            if kind in ("h", "k", "s", "d", "b", "u") or self._is_name(first, first.lower()):
                return True
            if (
                any(KIND_OF.get(word.lower()) in ("h", "k") for word in more)
                and first.lower() not in STOP_WORDS
            ):
                return True
        return False

    def _token(self, found: re.Match[str]) -> Token:
        core = _CORE.fullmatch(found[0])
        if core is None:
            return Token(*found.span(), "", "," if found[0] == "," else "")
        surface, first = core[1], found.start()
        word = surface.lower()
        opened = core.start(1) > 0
        closed = bool(core[3]) and not (core[3] == "." and word in _ABBREVIATED)
        return Token(
            first + core.start(1),
            first + core.end(1),
            word,
            self._kind(surface, word),
            surface[0].isupper(),
            opened=opened,
            closed=closed,
        )

    def _kind(self, surface: str, word: str) -> str:
        if NUMBER.fullmatch(word):
            return "" if NO_NUMBER.fullmatch(word) else "n"
        kind = KIND_OF.get(word)
        if kind is not None:
            return kind
        if self._is_name(surface, word):
            return "p"
        return "c" if len(word) > 1 and word not in STOP_WORDS and word.isalpha() else ""

    def _is_name(self, surface: str, word: str) -> bool:
        """Whether a word names: no common one, and no number of things."""
        word = word.removesuffix("'s").removesuffix("’s")
        if (
            word in STOP_WORDS
            or len(word) < (2 if surface[0].isupper() else _LEAST)
            or "'" in word
            or "’" in word
        ):
            return False
        if is_place_name(word):
            return True
        if surface[0].isupper() and not surface.isupper():
            return not self._lexicon.is_common(word)
        counts = word.endswith("s") and self._lexicon.is_known(word[:-1])
        return not counts and not self._lexicon.is_common(word)

    def _weight(self, text: str, run: Sequence[Token]) -> int:
        """Return how much speaks for an address."""
        shape = "".join(token.kind for token in run)
        if _WORTH.search(shape) is None:
            return 0
        start, end = run[0].start, run[-1].end
        lead = text[max(0, start - _BEFORE) : start]
        if _ARTICLE.search(lead):
            return 0
        cued = CUE.search(lead) is not None
        base = shape_weight(shape, run, cued=cued, called=CALLED.search(lead) is not None)
        around = text[max(0, start - _NEAR) : start] + " " + text[end : end + _NEAR]
        homes = HOMES.intersection(_WORDS.findall(around.lower()))
        if base < 1 or not (homes or cued or base > _STRONG + 1):
            return 0
        led = _STRONG * cued or int(TO.search(lead) is not None)
        new = any(token.kind == "p" and (token.capital or self._is_new(token.word)) for token in run)
        opens, ends = _OPENS.search(lead) is not None, run[-1].closed or _ENDS.match(text, end) is not None
        if shape[0] == "n" and not re.search("[ukh]", shape) and not (led or (run[0].start == 0 and new)):
            return 0
        return base + min(len(homes), 2) + led + new + (opens and not led) + ends

    def _is_new(self, word: str) -> bool:
        return not self._lexicon.is_known(word) or is_place_name(word)
