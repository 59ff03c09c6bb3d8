"""Everybody's texts dealt out at random: a release that tells of nobody, and a control of the benchmark."""

from collections.abc import Sequence

import numpy as np

from reid.synthpai import Corpus

NAME = "texts dealt at random"


def treat(corpus: Corpus) -> Sequence[str]:
    """Return the texts in a random order."""
    return [corpus.texts[n] for n in np.random.default_rng(5).permutation(len(corpus.texts))]
