"""A mask of the usual ten lines: addresses, links, handles and numbers."""

import re
from collections.abc import Sequence

from reid.synthpai import Corpus

NAME = "regex mask"
_MASKED = re.compile(r"\S+@\S+\.\S+|https?://\S+|www\.\S+|[@#]\w+|\+?\d[\d ().-]{6,}\d|\d+")


def treat(corpus: Corpus) -> Sequence[str]:
    """Return the texts with everything that matches replaced by a tag."""
    return [_MASKED.sub("[X]", text) for text in corpus.texts]
