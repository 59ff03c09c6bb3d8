"""Presidio's default: its English analyzer, every finding replaced by its type."""

from collections.abc import Sequence
from typing import Any

import peers
from reid.synthpai import Corpus

NAME = "Presidio default mask"


def treat(corpus: Corpus) -> Sequence[str]:
    """Return the anonymizer's output. Raises Unavailable where Presidio or its model is not installed."""
    from presidio_anonymizer import AnonymizerEngine

    peer = peers.load("en")
    engine: Any = AnonymizerEngine()  # type: ignore[no-untyped-call]
    found = peer.batch(corpus.texts)
    return [
        engine.anonymize(text=text, analyzer_results=results).text
        for text, results in zip(corpus.texts, found, strict=True)
    ]
