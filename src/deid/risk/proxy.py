"""A small language model, trained in a second: what training on a text leaves of it, at the least.

Characters with stupid backoff (Brants et al., EMNLP-CoNLL 2007): the longest run that was seen decides, at
0.4 for every character it is shorter. It memorises what it sees; a network of millions of weights does so too
(Carlini et al., USENIX Security 2019), though less plainly.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from deid.risk.ngrams import code_points, hashes

ORDER = 6
_BACKOFF = float(np.log(0.4))
_BREAK = "\x03"


class Proxy:
    """A trained model."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Count every run of up to ``ORDER`` characters; texts do not run into one another."""
        codes = code_points([_BREAK + text for text in texts] + [_BREAK])[0]
        self._total = len(codes)
        self._tables = [
            np.unique(hashes(codes, length), return_counts=True) for length in range(1, ORDER + 1)
        ]

    def scores(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return the mean log-likelihood of a character of each text, natural; 0 for an empty text."""
        codes, starts = code_points([_BREAK + text for text in texts])
        within = np.arange(len(codes)) - np.repeat(starts[:-1], np.diff(starts))
        likely = self._log_likelihoods(codes, within)
        likely[starts[:-1]] = 0  # the break itself is not said
        sizes = np.diff(starts) - 1
        sums = np.add.reduceat(likely, starts[:-1]) if len(likely) else np.zeros(len(texts))
        found: NDArray[np.float64] = sums / np.maximum(sizes, 1)
        return found

    def _log_likelihoods(self, codes: NDArray[np.uint64], within: NDArray[np.int64]) -> NDArray[np.float64]:
        """Score each character, ``within`` places from its text's break, by runs that stay in the text."""
        found = np.full(len(codes), -np.log(self._total + 1.0))
        context = np.full(len(codes), float(self._total))
        for length, (known, counts) in enumerate(self._tables, 1):
            found[within >= max(length - 1, 1)] += _BACKOFF if length > 1 else 0
            seen = _looked_up(known, counts, hashes(codes, length))
            hit = (seen > 0) & (within[length - 1 :] >= length - 1)
            # A run and its context begin at one place; the run ends a character later.
            found[length - 1 :][hit] = np.log(seen[hit] / context[: len(seen)][hit])
            context = seen
        return found


def _looked_up(
    known: NDArray[np.uint64], counts: NDArray[np.int64], wanted: NDArray[np.uint64]
) -> NDArray[np.float64]:
    if not len(known):
        return np.zeros(len(wanted))
    place = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.where(known[place] == wanted, counts[place], 0).astype(np.float64)
