"""Adapter to a Hugging Face token classifier of your own, by folder or by name.

Needs the packages transformers and torch: ``pip install '.[transformers]'``. Nothing is downloaded: a
name is looked up in the cache of the hub. Weights are read from safetensors alone, and no code of a model runs.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from deid.detect.cutting import lettered_pieces
from deid.detect.schemes import Scheme, scheme_of
from deid.errors import DetectorError, extra_hint
from deid.types import Span

_LONGEST = 400  # characters read at once, where they fit: most often under the 512 pieces of most encoders
_BATCH = 16
_MARK = re.compile(r"[BI]-")
_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+")


@dataclass(frozen=True, slots=True)
class TransformerNames:
    """What a token classifier finds; the score is its own mean probability."""

    _pipeline: Any = field(repr=False)
    _scheme: Mapping[str, str] = field(repr=False)
    _fits: Callable[[str], bool] = field(repr=False)
    threshold: float = 0.5
    name: str = "transformers"

    @property
    def labels(self) -> frozenset[str]:
        """Labels its own are mapped to."""
        return frozenset(self._scheme.values())

    @classmethod
    def load(cls, model: str, labels: Scheme, *, threshold: float = 0.5) -> "TransformerNames":
        """Load a model from a folder, or by its name on the hub out of the local cache.

        labels    : the model's labels, without ``B-`` and ``I-``, each to one of ours or to None.
        threshold : in [0, 1]; what its scores must reach.

        Raises DetectorError when a package or the model is missing, ConfigError when ``labels`` does not fit.
        """
        try:
            import transformers  # noqa: PLC0415 - an extra, and slow to import
        except ImportError:
            raise DetectorError(
                "detect.models: the package transformers is not installed",
                hint=extra_hint("transformers"),
            ) from None
        local = {"local_files_only": True, "trust_remote_code": False}
        try:
            tokenizer = transformers.AutoTokenizer.from_pretrained(model, **local)
            network = transformers.AutoModelForTokenClassification.from_pretrained(
                model, use_safetensors=True, **local
            )
        except Exception as error:  # noqa: BLE001 - the package raises many untyped errors
            raise DetectorError(
                f"detect.models: token classifier {model} does not load ({type(error).__name__})",
                hint="give a folder with its safetensors and tokenizer, or fetch it first: hf download NAME",
            ) from None
        own = {_MARK.sub("", label, count=1) for label in network.config.id2label.values()} - {"O"}
        scheme = scheme_of(own, labels, model)
        pipeline = transformers.pipeline(
            "token-classification", model=network, tokenizer=tokenizer, aggregation_strategy="simple"
        )
        return cls(pipeline, scheme, fits_in(tokenizer, network.config), threshold)

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the spans of each text, sorted by start. Raises DetectorError where one cannot be read whole."""
        results: list[list[Span]] = [[] for _ in texts]
        pieces = lettered_pieces(texts, _LONGEST, self._fits)
        if not pieces:
            return results
        found = self._pipeline([piece for _, _, piece in pieces], batch_size=_BATCH)
        for (number, offset, piece), entities in zip(pieces, found, strict=True):
            results[number] += self._spans(offset, piece, entities)
        return [sorted(set(spans)) for spans in results]

    def _spans(self, offset: int, piece: str, entities: Sequence[Mapping[str, Any]]) -> Iterator[Span]:
        for entity in entities:
            label, score = self._scheme.get(entity["entity_group"]), float(entity["score"])
            if label is not None and score >= self.threshold:
                start, end = whole_words(piece, entity["start"], entity["end"])
                yield Span(offset + start, offset + end, label, min(score, 1.0), self.name)


def fits_in(tokenizer: Any, config: Any) -> Callable[[str], bool]:
    """Return whether a text has no more sub-word pieces than a model reads; the rest it would cut off.

    A tokenizer that names no limit gets the model's places, less the two that some models keep to themselves.
    """
    places = getattr(config, "max_position_embeddings", None)
    room = tokenizer.model_max_length
    if places is not None and room > places:
        room = places - 2
    return lambda text: len(tokenizer(text)["input_ids"]) <= room


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a range widened to the Latin words it cuts, without white space at its ends.

    A classifier decides piece by piece: half a name left readable would tell the rest.
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    for word in _WORD.finditer(text):
        if word.start() < start < word.end():
            start = word.start()
        if word.start() < end < word.end():
            end = word.end()
    return start, end
