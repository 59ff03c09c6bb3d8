"""The composed detector: scan, names, known values and conversation behind one resolver."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from deid.detect.alone import WholeValues
from deid.detect.asides import is_sample
from deid.detect.conversation import Read, unread, widen_all, with_readings
from deid.detect.hidden import HiddenValues
from deid.detect.known_values import KnownValues
from deid.detect.languages import LANGUAGES, Odd, check, names_of, odd_of, sensitive_of
from deid.detect.nobodys import is_nobodys
from deid.detect.odd.again import told_again
from deid.detect.own_models import load_models
from deid.detect.reread.heads import with_groups, with_head
from deid.detect.reread.loose import LooseValues
from deid.detect.resolve import resolve
from deid.detect.scan import Scanner
from deid.detect.stated.places import StatedPlaces
from deid.detect.stated.traits import StatedTraits
from deid.detect.tables import Tables
from deid.detect.talk.siblings import siblings
from deid.detect.talk.transcripts import Transcripts
from deid.detect.talk.twins import twins
from deid.errors import ConfigError, DeidError, DetectorError, InputError, expect
from deid.labels import LABELS
from deid.sections import DetectConfig
from deid.types import Detector, KnownValue, Span, Turn

Text = TypeVar("Text")

_MAY_BE_SHOWN = frozenset({"scan", "loose", "odd", "tells", "alone"})
"""What reads text by its form alone, and so may find a sample or what is nobody's."""
USES: tuple[Literal["fast", "default", "accurate"], ...] = ("fast", "default", "accurate")


@dataclass(frozen=True, slots=True)
class DefaultDetector:
    """Finds personal information in single texts or whole conversations.

    Spans come sorted and disjoint, with offsets into the text as given. A detector that fails raises
    DetectorError; nothing is returned for the text, so that nothing unseen passes.
    """

    _scanner: Detector = field(repr=False)
    _members: tuple[Detector, ...]
    _read: Read = field(default=unread, repr=False)
    _odd: tuple[Odd, ...] = field(default=(), repr=False)
    name: str = "deid"

    @classmethod
    def default(
        cls,
        languages: Sequence[str] = LANGUAGES,
        *,
        use: str = "default",
        presidio: Sequence[str] = (),
        extra: Iterable[Detector] = (),
    ) -> "DefaultDetector":
        """Load the detectors of some languages.

        languages : of ``en``, ``ja``, ``zh`` and ``ko``; Chinese and Korean need the model of ``accurate``.
        use       : ``fast`` finds names by lists and morphology, ``default`` by our taggers, ``accurate`` by
                    the transformer they learned from.
        presidio  : names of Presidio's country recognizers to run as well; needs the extra ``presidio``.
        extra     : further detectors, such as a ``PresidioDetector``.

        Raises ConfigError for an unknown language, use or recognizer, DetectorError when a model is missing.
        """
        if use not in USES:
            raise ConfigError(f"no detectors for {use}", hint=f"use: {', '.join(USES)}")
        return cls.configured(languages, DetectConfig(use=use, presidio=tuple(presidio)), extra=extra)

    @classmethod
    def configured(
        cls, languages: Sequence[str], config: DetectConfig, *, extra: Iterable[Detector] = ()
    ) -> "DefaultDetector":
        """Load the detectors that a configuration names, for some languages.

        extra : further detectors.

        Raises ConfigError for an unknown language or recognizer, or labels of a model that nothing decides
        on; DetectorError when a model is missing.
        """
        check(languages, config.use)
        scanner = LooseValues(Scanner())
        members: list[Detector] = [
            scanner,
            HiddenValues(scanner),
            WholeValues(scanner),
            Tables(scanner),
            Transcripts(scanner),
            StatedPlaces(),
            StatedTraits(),
            *sensitive_of(languages),
        ]
        names = list(names_of(languages, config))
        members += names
        if config.presidio:
            from deid.detect.recognizers import load_recognizers  # noqa: PLC0415 - asks for an extra

            members += load_recognizers(config.presidio)
        members += load_models(config.models)
        members += extra
        foreign = sorted({label for member in members for label in member.labels} - LABELS.keys())
        if foreign:
            raise ConfigError(f"a detector returns unknown labels: {', '.join(foreign)}")
        readers = (getattr(member, "reading", None) for member in names)
        return cls(
            scanner, tuple(members), next(filter(None, readers), unread), tuple(odd_of(languages, names))
        )

    @property
    def labels(self) -> frozenset[str]:
        """Every label its members may return."""
        return frozenset[str]().union(*(member.labels for member in (*self._members, *self._odd)))

    def detect(self, texts: Iterable[str]) -> list[list[Span]]:
        """Return the spans of each text, each text on its own.

        Raises InputError for one text in place of several, and for what is no text.
        """
        read = [*_each(texts, str)]
        found = [_with_twins(text, spans) for text, spans in zip(read, self._found(read), strict=True)]
        every = found
        for odd in self._odd:
            every = odd.beside(read, every)
        whole = map(_again, read, found, every)
        return [_settled(spans, text) for spans, text in zip(whole, read, strict=True)]

    def detect_conversation(
        self,
        turns: Iterable[Turn | str],
        known: Mapping[str, str | None] | Sequence[KnownValue] | None = (),
    ) -> list[list[Span]]:
        """Return the spans of each turn of one conversation.

        known : values the controller knows about the speaker, as ``{label: value}`` or KnownValue objects; None
                and an empty value stand for one that is not known.

        Raises InputError for one text in place of several, and for what is no text.
        """
        return self.detect_conversations([(_as_turns(turns), _as_known(known))])[0]

    def detect_conversations(
        self, conversations: Sequence[tuple[Sequence[Turn], Sequence[KnownValue]]]
    ) -> list[list[list[Span]]]:
        """Return the spans of each turn of many conversations, read in one batch.

        Raises InputError for what is no pair of turns and known values.
        """
        _check_talks(conversations)
        texts = [turn.text for turns, _ in conversations for turn in turns]
        found = iter(self._found(texts))
        talks = [
            (turns, self._with_known(turns, [next(found) for _ in turns], known))
            for turns, known in conversations
        ]
        widened = widen_all(talks, self._scanner.detect, self._read)
        return [
            [_settled(some, turn.text) for some, turn in zip(spans, turns, strict=True)]
            for spans, (turns, _) in zip(self._with_odd(talks, widened), talks, strict=True)
        ]

    def _with_odd(
        self, talks: Sequence[tuple[Sequence[Turn], list[list[Span]]]], spans: list[list[list[Span]]]
    ) -> list[list[list[Span]]]:
        """Return the spans of each turn, with those of odd units that all others leave, wherever they are told again."""
        every, found = [turns for turns, _ in talks], spans
        for odd in self._odd:
            found = odd.in_talks(every, found)
        texts = ([turn.text for turn in turns] for turns in every)
        return [told_again(*talk) for talk in zip(texts, spans, found, strict=True)]

    def _with_known(
        self, turns: Sequence[Turn], spans: list[list[Span]], known: Sequence[KnownValue]
    ) -> list[list[Span]]:
        """Return the spans of each turn with the values known of its conversation's people."""
        if not known:
            return spans
        matcher = KnownValues(tuple(with_readings(known, self._read)))
        more = _run(matcher, [turn.text for turn in turns])
        return [a + b for a, b in zip(spans, more, strict=True)]

    def _found(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return what all members find, a text that occurs twice read once."""
        distinct = {text: number for number, text in enumerate(dict.fromkeys(texts))}
        found: list[list[Span]] = [[] for _ in distinct]
        for member in self._members:
            for number, more in enumerate(_run(member, list(distinct))):
                found[number] += more
        return [list(found[distinct[text]]) for text in texts]


def _with_twins(text: str, spans: list[Span]) -> list[Span]:
    return [*spans, *(span for _, span in twins([text], [spans]))] if spans else spans


def _again(text: str, before: list[Span], found: list[Span]) -> list[Span]:
    """Return what is found in a text, odd units wherever they are told again."""
    return found if len(found) == len(before) else told_again([text], [before], [found])[0]


def _settled(spans: list[Span], text: str) -> list[Span]:
    own = [with_groups(with_head(span, text), text) for span in spans if not _is_shown(span, text)]
    return resolve([*own, *siblings(text, own)], text) if own else own


def _is_shown(span: Span, text: str) -> bool:
    """Whether a span is only a sample, or nobody's; what is known, or found by members of others, never is."""
    return span.source in _MAY_BE_SHOWN and (
        is_sample(text, span.start, span.end) or is_nobodys(text, span.start, span.end, span.label)
    )


def _run(member: Detector, texts: Sequence[str]) -> list[list[Span]]:
    try:
        found = member.detect(texts)
    except DeidError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a detector raises, it failed, and may quote text
        raise DetectorError(f"detector {member.name} failed ({type(error).__name__})") from None
    if len(found) != len(texts):
        raise DetectorError(f"detector {member.name} returned {len(found)} results for {len(texts)} texts")
    if any(
        spans and max(span.end for span in spans) > len(text)
        for spans, text in zip(found, texts, strict=True)
    ):
        raise DetectorError(f"detector {member.name} returned a span past the end of its text")
    return found


def _each(texts: Iterable[Text], *kinds: type) -> Iterator[Text]:
    """Yield the texts; InputError for a lone one, which would be read letter by letter, and for anything else."""
    if isinstance(texts, str | bytes):
        raise InputError("one text in place of several", hint="give a list: [text]")
    expect("texts", texts, "a list of them", Iterable)
    for number, text in enumerate(texts):
        if not isinstance(text, kinds):
            raise InputError(
                f"text {number}: {type(text).__name__} is no text", hint="leave out what is missing"
            )
        yield text


def _check_talks(conversations: Sequence[tuple[Sequence[Turn], Sequence[KnownValue]]]) -> None:
    expect("conversations", conversations, "a list of them", Collection)
    for each in conversations:
        expect("conversations: one of them", each, "a pair of its turns and what is known", tuple, list)
        for part in each:
            expect("conversations: turns or known values", part, "a list of them", Collection)
        for turn in each[0]:
            expect("conversations: a turn", turn, "a Turn", Turn)


def _as_turns(turns: Iterable[Turn | str]) -> list[Turn]:
    return [
        turn if isinstance(turn, Turn) else Turn(f"[{index}]", turn, index % 2)
        for index, turn in enumerate(_each(turns, Turn, str))
    ]


def _as_known(known: Mapping[str, str | None] | Sequence[KnownValue] | None) -> Sequence[KnownValue]:
    if known is None:
        return ()
    expect("known values", known, "a mapping of labels to values, or a list of KnownValue", Iterable)
    if not isinstance(known, Mapping):
        for one in known:
            expect("known values", one, "a KnownValue", KnownValue)
            expect(f"known value of {one.label}", one.value, "text", str)
        return known
    for label, value in known.items():
        expect("label of a known value", label, "text", str)
        expect(f"known value of {label if label in LABELS else 'a label'}", value, "text", str, type(None))
    unknown = sorted(known.keys() - LABELS.keys())
    if unknown:
        raise ConfigError(
            f"known values: unknown labels: {', '.join(unknown)}", hint="`deid labels` lists them"
        )
    return [KnownValue(label, value) for label, value in known.items() if value]
