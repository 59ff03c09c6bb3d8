"""The texts as they are: what no treatment exposes."""

from collections.abc import Sequence

from reid.synthpai import Corpus

NAME = "raw"


def treat(corpus: Corpus) -> Sequence[str]:
    """Return the texts."""
    return corpus.texts
