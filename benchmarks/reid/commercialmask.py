"""The mask that the corpus ships: a commercial entity recognizer, entities replaced by asterisks."""

from collections.abc import Sequence

from reid.synthpai import Corpus

NAME = "commercial entity mask"


def treat(corpus: Corpus) -> Sequence[str]:
    """Return the masked texts."""
    return corpus.masked
