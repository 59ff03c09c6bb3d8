"""Presidio both ways: its recognizers in our detector, our detector in its analyzer.

Needs the extra: ``pip install '.[presidio]'``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from presidio_analyzer import EntityRecognizer, RecognizerResult

from deid.detect.detector import DefaultDetector
from deid.labels import LABELS
from deid.types import Span

# Presidio's entities whose name is not ours.
LABEL_OF: Mapping[str, str] = {
    "US_DRIVER_LICENSE": "DRIVER_LICENSE",
    "US_PASSPORT": "PASSPORT",
    "US_BANK_NUMBER": "BANK_ACCOUNT",
    "US_ABA_ROUTING_NUMBER": "BANK_ACCOUNT",
    "ABA_ROUTING_NUMBER": "BANK_ACCOUNT",
    "UK_PASSPORT": "PASSPORT",
    "IT_PASSPORT": "PASSPORT",
    "IN_PASSPORT": "PASSPORT",
    "IT_DRIVER_LICENSE": "DRIVER_LICENSE",
    "NRP": "NATIONALITY",
    "MEDICAL_LICENSE": "NATIONAL_ID",
    "SG_NRIC_FIN": "SG_NRIC",
    "ES_NIE": "ES_NIF",
    "KR_FRN": "KR_RRN",
    "DE_PASSPORT": "PASSPORT",
    "KR_PASSPORT": "PASSPORT",
    "ES_PASSPORT": "PASSPORT",
    "PH_PASSPORT": "PASSPORT",
    "ZA_PASSPORT": "PASSPORT",
    "KR_DRIVER_LICENSE": "DRIVER_LICENSE",
    "ZA_DRIVER_LICENSE": "DRIVER_LICENSE",
    "UK_DRIVING_LICENCE": "DRIVER_LICENSE",
    "UK_POSTCODE": "POSTAL_CODE",
    "CA_POSTAL_CODE": "POSTAL_CODE",
    "DE_PLZ": "POSTAL_CODE",
    "UK_VEHICLE_REGISTRATION": "LICENSE_PLATE",
    "IN_VEHICLE_REGISTRATION": "LICENSE_PLATE",
    "DE_KFZ": "LICENSE_PLATE",
    "NG_VEHICLE_REGISTRATION": "LICENSE_PLATE",
    "TR_LICENSE_PLATE": "LICENSE_PLATE",
    "ZA_LICENSE_PLATE": "LICENSE_PLATE",
    "ZA_MOBILE_NUMBER": "PHONE_NUMBER",
    "ZA_TELEPHONE_NUMBER": "PHONE_NUMBER",
    "DE_FUEHRERSCHEIN": "DRIVER_LICENSE",
    "GPE": "LOCATION",
    "ORG": "ORGANIZATION",
}
_NEAR = 48
_CONTEXT_RAISES = 0.35
_LEAST_WITH_CONTEXT = 0.4


@dataclass(frozen=True, slots=True)
class PresidioDetector:
    """Any Presidio recognizer as one of our detectors.

    It gets no NLP artifacts, so a recognizer that needs them finds only what it finds without. One of its
    context words near a find raises the score by 0.35, to 0.4 at least, as Presidio's analyzer does
    (``LemmaContextAwareEnhancer``), but in whole texts and without lemmas. An entity that has no label here becomes NATIONAL_ID, the strictest class of identifier.
    """

    recognizer: EntityRecognizer = field(repr=False)
    threshold: float = 0.4

    @property
    def name(self) -> str:
        """Name of the recognizer, with its origin."""
        recognizer: Any = self.recognizer
        return f"presidio:{recognizer.name}"

    @property
    def labels(self) -> frozenset[str]:
        """Our labels for the recognizer's entities."""
        return frozenset(label_of(entity) for entity in self.recognizer.supported_entities)

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the spans of each text, sorted by start."""
        return [self._detect(text) for text in texts]

    def _detect(self, text: str) -> list[Span]:
        recognizer: Any = self.recognizer
        results = recognizer.analyze(text, recognizer.supported_entities, None) or []
        scored = [(result, self._score(result, text)) for result in results]
        return sorted(
            Span(result.start, result.end, label_of(result.entity_type), score, self.name)
            for result, score in scored
            if score >= self.threshold and result.end > result.start
        )

    def _score(self, result: RecognizerResult, text: str) -> float:
        words: Sequence[str] = self.recognizer.context or ()
        near = text[max(0, result.start - _NEAR) : result.end + _NEAR].lower()
        if result.score < 1 and any(word.lower() in near for word in words):
            return max(_LEAST_WITH_CONTEXT, min(result.score + _CONTEXT_RAISES, 1.0))
        return float(min(result.score, 1.0))


class DeidRecognizer(EntityRecognizer):
    """Our detector as one recognizer of a Presidio ``AnalyzerEngine``."""

    def __init__(self, detector: DefaultDetector | None = None, *, supported_language: str = "en") -> None:
        self._detector = detector or DefaultDetector.default((supported_language,), use="fast")
        super().__init__(
            supported_entities=sorted(self._detector.labels),
            name="DeidRecognizer",
            supported_language=supported_language,
        )

    def load(self) -> None:
        """Do nothing: the detector is loaded when it is made."""

    def analyze(
        self, text: str, entities: Sequence[str], nlp_artifacts: Any = None
    ) -> list[RecognizerResult]:
        """Return results for the wanted entities; an empty list of entities wants all."""
        del nlp_artifacts  # Presidio passes it by name; our detector reads the text itself
        return [
            RecognizerResult(span.label, span.start, span.end, span.score)
            for span in self._detector.detect([text])[0]
            if not entities or span.label in entities
        ]


def label_of(entity: str) -> str:
    """Return our label for a Presidio entity; NATIONAL_ID for one that has none."""
    return entity if entity in LABELS else LABEL_OF.get(entity, "NATIONAL_ID")
