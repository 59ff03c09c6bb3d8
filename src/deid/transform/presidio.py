"""Our operators as Presidio ``Operator`` classes: ``deid_tag`` and ``deid_surrogate``.

    conversation = PresidioConversation(ReplacementKey.random())
    for text, results in turns: conversation.learn(text, results)
    engine = AnonymizerEngine()
    engine.add_anonymizer(DeidTag)
    engine.anonymize(text, results, {"PERSON": OperatorConfig("deid_tag", {"conversation": conversation})})

Presidio makes an operator anew for every entity, so what a conversation shares is a parameter. Needs the
extra: ``pip install '.[presidio]'``.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from presidio_anonymizer.entities import InvalidParamError
from presidio_anonymizer.operators import Operator as PresidioOperator
from presidio_anonymizer.operators import OperatorType

from deid.detect.presidio import label_of
from deid.transform.identity import Entity, link
from deid.transform.operators import Mention, Operator, Surrogate, Tag
from deid.transform.script import language_of
from deid.transform.surrogates import SURROGATE_LABELS, Scope, assign, real_values
from deid.transform.tokens import ReplacementKey
from deid.types import Span, Turn


class Result(Protocol):
    """What is read of a Presidio ``RecognizerResult``."""

    start: int
    end: int
    entity_type: str


class PresidioConversation:
    """The identities of one conversation: equal values get equal replacements, under one key.

    Hold one a conversation. A value that was not learned is an identity of its own, after those that were;
    a part of a learned name (``Tanaka`` of ``Hiroshi Tanaka``) is its person's.

    key  : draws surrogates.
    name : the conversation's name under the key; the same name, key and texts give the same surrogates.
    """

    def __init__(self, key: ReplacementKey, *, name: str = "conversation") -> None:
        self._key = key
        self._name = name
        self._mentions: dict[tuple[str, str], None] = {}
        self._linked: tuple[dict[tuple[str, str], Entity], Scope] | None = None
        self._written: dict[tuple[str, str, str], str] = {}

    def __repr__(self) -> str:
        return f"PresidioConversation({len(self._mentions)} values)"

    def learn(self, text: str, results: Sequence[Result]) -> None:
        """Note the entities of a text, so that numbers follow the order of first mention."""
        for result in sorted(results, key=lambda found: (found.start, found.end)):
            self._mentions[label_of(result.entity_type), text[result.start : result.end]] = None
        self._linked = None

    def tag(self, label: str, surface: str) -> str:
        """Return the tag of a value's identity: ``[PERSON_1]``."""
        return self._write("tag", Tag(label), label, surface)

    def surrogate(self, label: str, surface: str) -> str:
        """Return the invented value of a value's identity, written as the value is."""
        return self._write("surrogate", Surrogate(self._key), label, surface)

    def _write(self, kind: str, operator: Operator, label: str, surface: str) -> str:
        known = self._written.get((kind, label, surface))
        if known is None:
            known = self._written[kind, label, surface] = operator.apply(self._mention(label, surface))
        return known

    def _mention(self, label: str, surface: str) -> Mention:
        if self._linked is None or (label, surface) not in self._mentions:
            self._mentions[label, surface] = None
            self._linked = self._link()
        entities, scope = self._linked
        span = Span(0, len(surface), label)
        return Mention(surface, span, entities[label, surface], language_of(surface), scope)

    def _link(self) -> tuple[dict[tuple[str, str], Entity], Scope]:
        turns = [Turn(str(number), surface) for number, (_, surface) in enumerate(self._mentions)]
        spans = [[Span(0, len(surface), label)] for label, surface in self._mentions]
        entities = {m: found[0] for m, found in zip(self._mentions, link(turns, spans), strict=True)}
        named = {(entity.label, entity.number): entity for entity in entities.values()}
        drawable = [entity for entity in named.values() if entity.label in SURROGATE_LABELS]
        return entities, assign(drawable, name=self._name, real=real_values(named.values()), key=self._key)


class DeidTag(PresidioOperator):
    """Writes the tag of an entity's identity; parameter ``conversation``."""

    def operate(self, text: str, params: Mapping[str, Any] | None = None) -> str:
        """Return the replacement of one entity's text."""
        conversation, label = _parameters(params)
        return conversation.tag(label, text) if text else text

    def validate(self, params: Mapping[str, Any] | None = None) -> None:
        """Raise InvalidParamError when the conversation is missing."""
        _parameters(params)

    def operator_name(self) -> str:
        """Return the name an ``OperatorConfig`` gives."""
        return "deid_tag"

    def operator_type(self) -> OperatorType:
        """Return that it anonymizes."""
        return OperatorType.Anonymize


class DeidSurrogate(PresidioOperator):
    """Writes the surrogate of an entity's identity; parameter ``conversation``."""

    def operate(self, text: str, params: Mapping[str, Any] | None = None) -> str:
        """Return the replacement of one entity's text."""
        conversation, label = _parameters(params)
        return conversation.surrogate(label, text) if text else text

    def validate(self, params: Mapping[str, Any] | None = None) -> None:
        """Raise InvalidParamError when the conversation is missing or the label has no surrogates."""
        _, label = _parameters(params)
        if label not in SURROGATE_LABELS:
            raise InvalidParamError(f"deid_surrogate: no surrogates for {label}; use deid_tag")

    def operator_name(self) -> str:
        """Return the name an ``OperatorConfig`` gives."""
        return "deid_surrogate"

    def operator_type(self) -> OperatorType:
        """Return that it anonymizes."""
        return OperatorType.Anonymize


def _parameters(params: Mapping[str, Any] | None) -> tuple[PresidioConversation, str]:
    conversation = (params or {}).get("conversation")
    if not isinstance(conversation, PresidioConversation):
        raise InvalidParamError("deid: parameter `conversation` must be a PresidioConversation")
    return conversation, label_of(str((params or {}).get("entity_type", "")))
