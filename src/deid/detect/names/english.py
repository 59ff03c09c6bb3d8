"""Names in texts of Latin script: by list and by cue, upper or lower case, beside what the tagger finds.

The lists are common given names (from Faker's provider, MIT, itself from United States and British
registers of births, with further names added by hand); a name that is also a word counts only with a
capital and a cue, or with a cue.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import takewhile

from deid.detect.matching.asking import Asking, asking, asking_words
from deid.detect.matching.expressions import prefilter
from deid.detect.names.edges import parted
from deid.detect.names.frames import framed
from deid.detect.names.introduced import WORDS as INTRODUCING
from deid.detect.names.introduced import introduced
from deid.detect.names.trim import trimmed
from deid.detect.names.words import read_words
from deid.detect.tagger.units import UnitTagger, words
from deid.detect.tagger.vectors import UnitVectors
from deid.ingest.language import english_passages, is_korean, language_of
from deid.types import Span

_WORD = re.compile(r"(?<![A-Za-z@#/._-])[A-Za-z]{3,15}(?![A-Za-z@/_])")
_SURNAME = re.compile(r"(?: [A-Z]\.?)? [A-Z][a-z]{2,15}(?:-[A-Z][a-z]+)?(?![A-Za-z])")
_CUES = (
    r"(?i:\b(?:my|his|her|their|the) (?:full |first |last |real |nick)?name(?:'s| is|s)|\bname(?:'s| is|:)|"
    r"\bcall me|\bi go by|\bknown as|\bthis is|\bmy (?:friend|boss|coworker|teacher|neighbou?r|mom|mum|dad|"
    r"husband|wife|partner|son|daughter|brother|sister|cousin|roommate|ex),?|\b[Mm]rs?\.?|\b[Mm]s\.?|\b[Dd]r\.?|"
    r"\b[Ss]incerely,|\b[Rr]egards,|\b(?:hi|hello|hey|dear|thanks|thank you),?)"
)
_CUE = re.compile(
    rf"{_CUES}\s+"
    r"([A-Z][A-Za-z'’-]{1,15}(?: [A-Z][A-Za-z'’-]{1,15}){0,2}|[a-z][A-Za-z'’-]{1,15}(?: [a-z][A-Za-z'’-]{1,15}){0,2})"
)
# A greeting, a good-bye or a wish and one word that ends the clause, as chat has them: «yo kev», «happy bday grace!».
_HAILS = (
    r"(?:yo+|sup|wa?ssup|heya?|hiya|gm|gn|hbd|ttyl|ily|brb|cya|bye+|wbu|ikr|tysm|ty|thx|cheers|"
    r"congrats|congratulations|rip|sorry|aw+|welcome(?: back)?|(?:good ?)?(?:night|morning|evening)|nite|"
    r"(?:happy|merry) (?:b-?day|birthday|christmas|xmas)|(?:luv|love|miss|see) (?:u|you|ya)|(?:get well|feel better|see (?:u|you|ya)) soon|"
    r"good ?luck|no way|wake up|shut up|come on|xoxo)"
)
_HAILED = re.compile(
    rf"(?:^|[.!?,;:)]\s*|\n|\b(?:lol|ok|okay|and|so|anyway)\s+){_HAILS},?\s+"
    r"([A-Za-z]{2,15})(?=\s*(?:$|[\n.,!?;:)~…<]|[^\x00-\u2fff]))",
    re.IGNORECASE,
)
_SURE_CUE = re.compile(r"name(?:'s| is|s|:)|call me|i go by|[Mm]rs?\.?$|[Mm]s\.?$|[Dd]r\.?$", re.IGNORECASE)
_SURE_WORDS = ("name", "names", "nickname", "nicknames", "call me", "i go by", "mr", "mrs", "ms", "dr")
"""What a sure cue holds."""
_TITLE = re.compile(r"\b(?:mrs?|ms|dr)\.?$", re.IGNORECASE)
_MONTHS = frozenset("april may june august jan mar apr jun jul aug sep oct".split())
_DAY_BEFORE = re.compile(r"\d(?:st|nd|rd|th)?(?: of)? ?$")
# A day or a year, no age («Jan, 34, at the gym») and no count («Jun 3 times»).
_DAY_AFTER = re.compile(
    r"(?:,? ?|-)\d{1,2}(?!\d|['’]| ?(?:y(?:o|rs?|ears?)?|times|of us|[mf])\b|, (?:from|at|in)\b)|,? ?(?:'\d|(?:19|20)\d\d(?!\d))"
)
_LITTLE = frozenset(
    "the a an and or but if is are was were in on at of to for from by with as it its this that these those".split()
)
# Who speaks in a transcript; those of English the tagger has learnt.
_SPEAKERS = frozenset(
    "doctor visitor president kunde kundin berater beraterin nutzer nutzerin benutzer benutzerin mitarbeiter mitarbeiterin assistent "
    "teilnehmer verkäufer käufer usuario usuaria cliente agente asistente vendedor comprador utilisateur conseiller conseillère "
    "vendeur acheteur utente operatore adresse".split()
)
# What is installed and upgraded to is a program, unless the tagger is sure: «I just installed Hardy».
_PROGRAM = re.compile(
    r"\b(?:(?:un|re)?install(?:ed|ing)?|upgrad(?:e|ed|ing) to|boot(?:ed|ing)? into|apt-get|version of|"
    r"sudo (?:apt|apt-get|snap|pip)(?: [a-z-]+)?)\s$",
    re.IGNORECASE,
)
_SHORT = read_words("diminutives_en") | read_words("given_en_ambiguous")
# Names that are words in small letters, unless the tagger is sure; of the ambiguous ones «josh» and «ravi» are not.
_MORE_WORDS = "alexa carol christian ernest glen karen lee luna mario randy rosemary sherry sierra troy"
_WORDS = read_words("given_en_ambiguous") & (read_words("name_words_en") | {*_MORE_WORDS.split()})
_NOT_NAMES = read_words("not_names_en")
# A word in capitals, or with one inside but for «McKay», «DeShawn», «JoAnn»; a hashtag joins words so.
_SHOUTED = re.compile(
    r"(?<!#)(?!(?:Ma?c|D[aeiu]|L[aeo]|Van|Von|Fitz|Jo|Mary|Ann?a?|Bo)[A-Z][a-z]+\Z)(?:[^\W_]*[a-z][A-Z]|[A-Z]{2})[^\W_]*"
)
_BACK = 24  # characters looked at before a span
_LISTED, _SHORTENED, _SURELY, _INTRODUCING = 1, 2, 4, 8  # words that a text may hold
_CUED, _HAIL = 1, 2
_SURE, _SURE_CUED, _ALSO_A_WORD, _FAINT = 0.7, 0.9, 0.5, 0.25


@dataclass(frozen=True, slots=True)
class EnglishNames:
    """PERSON in texts of Latin script; LOCATION and ORGANIZATION too where there is a tagger.

    Scores: 0.9 with a sure cue (a name is asked for or given), 0.7 a listed name, 0.6 a listed name that is also a word, after a cue,
    0.5 one with a capital that no list has, by what it is to somebody; the tagger's own.
    """

    _given: frozenset[str] = field(repr=False)
    _ambiguous: frozenset[str] = field(repr=False)
    _tagger: UnitTagger | None = field(default=None, repr=False)
    name: str = "english-names"

    @classmethod
    def load(cls, tagger: UnitTagger | None = None) -> "EnglishNames":
        """Read the lists that come with the package."""
        return cls(read_words("given_en"), read_words("given_en_ambiguous"), tagger)

    @property
    def labels(self) -> frozenset[str]:
        """Labels it may return."""
        return frozenset({"PERSON"}) | (self._tagger.labels if self._tagger else frozenset())

    @property
    def vectors(self) -> UnitVectors | None:
        """What the tagger, if it is one of words, knows of each unit by itself."""
        return getattr(self._tagger, "vectors", None)

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the spans of each text, sorted by start; they may overlap."""
        passages = [
            (number, start, text[start:end])
            for number, text in enumerate(texts)
            for start, end in _passages(text)
        ]
        read = [passage for _, _, passage in passages]
        tagged, listed_in = self._tagged(read), self._listed(read)
        spans: list[list[Span]] = [[] for _ in texts]
        for at, (number, offset, passage) in enumerate(passages):
            found, listed = tagged[at], listed_in.get(at, ())
            if not (found or listed):
                continue
            every = {*found, *(self._beside(found, listed) if self._tagger else listed)}
            every -= {span for span in every if _is_date(passage, span)}
            spans[number] += [
                Span(offset + span.start, offset + span.end, span.label, span.score, span.source)
                for span in every
            ]
        return [sorted(found) for found in spans]

    def _tagged(self, passages: Sequence[str]) -> list[list[Span]]:
        if self._tagger is None:
            return [[] for _ in passages]
        found = self._tagger.detect([words(passage)._replace(frames=framed) for passage in passages])
        return [
            parted(
                passage,
                [span for span in trimmed(passage, spans) if not self._is_vain(passage, span)],
            )
            for passage, spans in zip(passages, found, strict=True)
        ]

    def _beside(self, tagged: Sequence[Span], listed: Iterable[Span]) -> Iterator[Span]:
        """Yield what lists and cues add to a tagger, which has read the words around a name as well.

        Only a sure cue speaks against it: «San Francisco» holds no person, and «May» only where it says so. Where
        the tagger has found a part of a listed name, it has left the rest out: «Nathan For You».
        """
        for span in listed:
            met = any(other.start < span.end and span.start < other.end for other in tagged)
            if span.score >= _SURE_CUED or (span.score > _ALSO_A_WORD and not met):
                yield span

    def _is_vain(self, text: str, span: Span) -> bool:
        """Whether a span is «the» or who speaks by trade; or, less than sure, a word in small letters («april»), «NAS» or a program."""
        surface = text[span.start : span.end]
        behind = text[span.end : span.end + 1]
        if (surface.lower() in _LITTLE and not surface[1:].isupper()) or (
            span.label == "PERSON" and behind == ":" and surface.lower() in _SPEAKERS
        ):
            return True
        if span.label != "PERSON" or span.score >= _SURE_CUED:
            return False
        if span.score < _SURE and surface.islower() and (surface in _WORDS or behind == "("):  # «len(arr)»
            return True
        if span.score < _FAINT and _SHOUTED.fullmatch(text, span.start, span.end):
            return surface.lower() not in self._given
        return _PROGRAM.search(text, max(0, span.start - _BACK), span.start) is not None

    def _listed(self, texts: Sequence[str]) -> dict[int, list[Span]]:
        """Return what lists and cues find, by the number of the text; most texts hold no listed name and no sure cue."""
        held = _words(self._given, self._ambiguous)(texts)
        some = [number for number, bits in enumerate(held) if bits]
        cued = _cues()([texts[number] for number in some])
        return {
            number: list(self._detect(texts[number], held[number], cues))
            for number, cues in zip(some, cued, strict=True)
        }

    def _detect(self, text: str, held: int, cues: int) -> Iterator[Span]:
        if held & _LISTED:
            yield from self._from_lists(text)
        if held & _SHORTENED and cues & _HAIL:
            yield from self._hailed(text)
        if held & (_LISTED | _SURELY) and cues & _CUED:
            yield from self._from_cues(text)
        if held & _INTRODUCING:
            yield from (Span(*place, "PERSON", _ALSO_A_WORD, self.name) for place in introduced(text))

    def _from_lists(self, text: str) -> Iterator[Span]:
        for match in _WORD.finditer(text):
            word = match[0]
            if word.lower() in self._given:
                yield self._with_surname(text, match)
            elif word.istitle() and word.lower() in self._ambiguous and _inside(text, match.start()):
                yield Span(match.start(), match.end(), "PERSON", _ALSO_A_WORD, self.name)

    def _with_surname(self, text: str, match: re.Match[str]) -> Span:
        surname = _SURNAME.match(text, match.end()) if match[0][0].isupper() else None
        end = surname.end() if surname else match.end()
        return Span(match.start(), end, "PERSON", 0.75 if surname else 0.7, self.name)

    def _hailed(self, text: str) -> Iterator[Span]:
        for match in _HAILED.finditer(text):
            if match[1].lower() in self._given or match[1].lower() in _SHORT:
                yield Span(*match.span(1), "PERSON", 0.6, self.name)

    def _from_cues(self, text: str) -> Iterator[Span]:
        for match in _CUE.finditer(text):
            words = match[1].split(" ")
            first = words[0].lower()
            listed = first in self._given or first in self._ambiguous
            cue = text[match.start() : match.start(1)].rstrip()
            sure = bool(_SURE_CUE.search(cue))
            if first in _NOT_NAMES - self._ambiguous or (not listed and not sure):
                continue
            name = " ".join(_name_words(words, several=sure and not _TITLE.search(cue)))
            end = match.start(1) + len(name)
            yield Span(match.start(1), end, "PERSON", _SURE_CUED if sure else 0.6, self.name)


def _name_words(words: Sequence[str], *, several: bool) -> list[str]:
    """Return the words behind a cue that are the name: of small letters one, or two where ``several`` may be."""
    longest = len(words) if words[0][0].isupper() else 1 + several
    return [words[0], *takewhile(lambda word: word.lower() not in _NOT_NAMES, words[1:longest])]


def _is_date(text: str, span: Span) -> bool:
    """Whether a span is a month beside a day or year: «May 4», «7th of June»."""
    if text[span.start : span.end].lower() not in _MONTHS:
        return False
    return bool(_DAY_AFTER.match(text, span.end) or _DAY_BEFORE.search(text[: span.start]))


@cache
def _words(given: frozenset[str], ambiguous: frozenset[str]) -> Asking:
    """Return what says which of the four kinds of words each of many texts holds; built at first use."""
    return asking_words((given | ambiguous, given | _SHORT, _SURE_WORDS, INTRODUCING))


@cache
def _cues() -> Asking:
    """Return what says which of ``_CUED`` and ``_HAIL`` each of many texts may hold; built at first use."""
    end = "[^0-9A-Za-z_]"
    return asking([f"{prefilter(_CUES)}{end}", rf"\b{prefilter(_HAILS)}{end}"])


def _passages(text: str) -> list[tuple[int, int]]:
    """Return what of a text is read: all of an English one, passages of a Japanese or Korean one."""
    language = language_of(text)
    if language == "en" and not is_korean(text):
        return [(0, len(text))]
    return english_passages(text) if language else []


def _inside(text: str, start: int) -> bool:
    """Whether a word stands inside a sentence, where only a name has a capital."""
    before = text[:start].rstrip()
    return bool(before) and before[-1] not in ".!?\n:\"'“”‘’(-—*"
