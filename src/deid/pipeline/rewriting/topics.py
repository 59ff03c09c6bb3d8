"""Sensitive content that may stay in the text: where nothing in the conversation leads to a person.

REQUIREMENTS A-25: by default what is said of health, belief, sexuality and the like goes. A label with the
operator ``keep-if-unlinked`` stays in a conversation from which identifiers, places, dates and rare facts are
gone: identifiers always are; places and dates must be tags, however general what would stay of them is, and
no word may be a place of the gazetteer that nobody is said to be at; every other fact is one that the plan
counts, so that k people share it; and no word of the topic may be rare.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import get_args

from deid.config import Config, load_operators
from deid.detect.facts import canonical_place
from deid.errors import ConfigError
from deid.pipeline.quasi.telling import Telling
from deid.pipeline.rewriting.instructions import Instructions
from deid.pipeline.words.wordnumbers import WordFinder
from deid.sections import FactKind
from deid.transform.apply import Place
from deid.types import Span, Turn

_SAYS_SOMETHING = ("keep", "bands", "top", "coarsen", "shift")
_PLACES_AND_DATES = ("LOCATION", "COORDINATE", "DATE_TIME", "DATE_OF_BIRTH")
_WORDS_OF_A_PLACE, _SHORTEST_PLACE = 3, {True: 4, False: 2}  # by whether it is ASCII: «us» and «in» are words


@dataclass(frozen=True, slots=True)
class Topics:
    """What may stay, and what it may not stay beside.

    labels : of what may stay; empty where nothing may.
    leads  : labels of places and dates whose operator writes something of them.
    rare   : finds the words that few people use; None where nothing may stay.
    places : surfaces of the gazetteer, as in ``Places``.
    """

    labels: frozenset[str]
    leads: frozenset[str]
    rare: WordFinder | None = field(repr=False)
    places: Collection[str] = field(repr=False)

    def left_in(self, turns: Sequence[Turn], given: Instructions, *, silent: bool) -> Instructions:
        """Return instructions without the topics that stay.

        silent : whether somebody in the conversation is to tell nothing; then nothing stays.
        """
        if not self.labels or self.rare is None or silent or self._leads_somewhere(turns, given):
            return given
        kept = {
            (n, span.start, span.end): span.label
            for n, (turn, found) in enumerate(zip(turns, given.spans, strict=True))
            for span in found
            if span.label in self.labels and not self.rare.within(turn.text, span)
        }
        spans = [
            [span for span in found if (n, span.start, span.end) not in kept]
            for n, found in enumerate(given.spans)
        ]
        return replace(given, spans=spans, kept=kept)

    def _leads_somewhere(self, turns: Sequence[Turn], given: Instructions) -> bool:
        found = any(
            self._leads(span, (n, span.start, span.end), given.replacements)
            for n, spans in enumerate(given.spans)
            for span in spans
        )
        return found or any(map(self._names_a_place, (turn.text for turn in turns), given.spans))

    def _names_a_place(self, text: str, spans: Sequence[Span]) -> bool:
        """Return whether words outside of spans are a place, said to be anybody's or not."""
        words = [*self.rare.words.outside(text, spans)] if self.rare else []
        runs = (
            canonical_place(text[start:end])
            for n, (start, _) in enumerate(words)
            for _, end in words[n : n + _WORDS_OF_A_PLACE]
        )
        return any(len(run) >= _SHORTEST_PLACE[run.isascii()] and run in self.places for run in runs)

    def _leads(self, span: Span, place: Place, written: Mapping[Place, str | None]) -> bool:
        return span.label in self.leads and written.get(place, "as its operator writes it") is not None


def check_topics(config: Config) -> None:
    """Refuse to let topics stay where a field joins conversations or dates them, or where no word is rare.

    Raises ConfigError.
    """
    if not config.transform.topics:
        return
    where = f"transform.{min(config.transform.topics)}: `keep-if-unlinked`"
    if config.mode == "pseudonymize":
        raise ConfigError(f"{where}: only in mode anonymize: the escrow links a record to its person")
    if config.transform.rare_words is None:
        raise ConfigError(f"{where}: needs `rare_words`", hint="what few people say leads to them")
    if not config.kanon.from_text or {*config.kanon.facts} < {*get_args(FactKind)}:
        raise ConfigError(f"{where}: needs `kanon.from_text` and every kind of `kanon.facts`")
    people = (config.input.subject_id, config.input.speaker_id)
    for path, spec in config.fields.items():
        treatment = spec.effective
        if path in people and treatment.operator == "reissue" and treatment.scope != "conversation":
            raise ConfigError(
                f"{where}: fields.{path} joins the conversations of a person",
                hint="give it treatment delete, or {operator: reissue, scope: conversation}",
            )
        if treatment.operator in ("coarsen", "shift"):
            raise ConfigError(f"{where}: fields.{path} is a date beside it", hint="delete that field")


def load_topics(config: Config, telling: Telling, rare: WordFinder | None = None) -> Topics:
    """Return what may stay by a configuration. Raises ConfigError when a label has no operator."""
    operators = load_operators(config.transform, config.mode)
    leads = frozenset(label for label in _PLACES_AND_DATES if operators[label].operator in _SAYS_SOMETHING)
    return Topics(config.transform.topics, leads, rare, telling.places.surfaces)
