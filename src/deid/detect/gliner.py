"""Adapter to a GLiNER model of your own, by folder or by name (Zaratiana et al. 2024, arXiv:2311.08526).

Needs the package gliner: ``pip install '.[gliner]'``. Nothing is downloaded: a name is looked up in the
cache of the hub.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from deid.detect.cutting import lettered_pieces
from deid.detect.schemes import Scheme, scheme_of
from deid.errors import ConfigError, DetectorError, extra_hint
from deid.types import Span

_LONGEST = 600  # characters read at once, where they fit


@dataclass(frozen=True, slots=True)
class GlinerNames:
    """What GLiNER finds of the kinds it is asked for, in words of your choice; the score is its own."""

    _model: Any = field(repr=False)
    _scheme: Mapping[str, str] = field(repr=False)
    _fits: Callable[[str], bool] = field(repr=False)
    threshold: float = 0.5
    name: str = "gliner"

    @property
    def labels(self) -> frozenset[str]:
        """Labels that what it is asked for is mapped to."""
        return frozenset(self._scheme.values())

    @classmethod
    def load(cls, model: str, labels: Scheme, *, threshold: float = 0.5) -> "GlinerNames":
        """Load a model from a folder, or by its name on the hub out of the local cache.

        labels    : what it is asked for («person», «home town») to one of our labels.
        threshold : in [0, 1]; what its scores must reach.

        Raises ConfigError when it is asked for nothing, DetectorError when the package or the model is missing.
        """
        scheme = scheme_of(labels, labels, model)
        if not scheme:
            raise ConfigError(
                f"detect.models: {model}: no `labels`", hint="say what it looks for: {person: PERSON}"
            )
        try:
            from gliner import GLiNER  # noqa: PLC0415 - an extra, and slow to import
        except ImportError:
            raise DetectorError(
                "detect.models: the package gliner is not installed",
                hint=extra_hint("gliner"),
            ) from None
        try:
            network = GLiNER.from_pretrained(model, local_files_only=True)
        except Exception as error:  # noqa: BLE001 - the package raises many untyped errors
            raise DetectorError(
                f"detect.models: GLiNER model {model} does not load ({type(error).__name__})",
                hint="give its folder, or fetch it first: hf download NAME",
            ) from None
        return cls(network, scheme, fits_in(network, list(scheme)), threshold)

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the spans of each text, sorted by start; they may overlap.

        Raises DetectorError where a text cannot be read whole.
        """
        results: list[list[Span]] = [[] for _ in texts]
        pieces = lettered_pieces(texts, _LONGEST, self._fits)
        if not pieces:
            return results
        found = self._model.inference(
            [piece for _, _, piece in pieces], list(self._scheme), threshold=self.threshold
        )
        for (number, offset, _), entities in zip(pieces, found, strict=True):
            results[number] += [
                Span(
                    offset + entity["start"],
                    offset + entity["end"],
                    self._scheme[entity["label"]],
                    min(float(entity["score"]), 1.0),
                    self.name,
                )
                for entity in entities
            ]
        return [sorted(set(spans)) for spans in results]


def fits_in(model: Any, labels: Sequence[str]) -> Callable[[str], bool]:
    """Return whether a text has no more words and sub-word pieces than a model reads; the rest it would cut off.

    labels : what it is asked for; they stand before the text and take room.
    """
    processor, config = model.data_processor, model.config
    tokenizer = processor.transformer_tokenizer
    prompt = [part for label in labels for part in (config.ent_token, label)] + [config.sep_token]

    def fits(text: str) -> bool:
        words = [found[0] for found in processor.words_splitter(text)]
        pieces = tokenizer([*prompt, *words], is_split_into_words=True)["input_ids"]
        return bool(len(words) <= config.max_len and len(pieces) <= tokenizer.model_max_length)

    return fits
