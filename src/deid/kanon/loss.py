"""Information loss: the normalised certainty penalty (NCP), in fixed point, so that sums are exact.

The loss of a table is the mean over its people and quasi-identifiers of the weight of the published node:
(leaves under it - 1) / (leaves - 1), a suppressed cell counting 1.
Source: Xu et al., KDD 2006, 785-790.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from deid.kanon.classes import Codes, Counts
from deid.kanon.domains import SCALE, Domain


def level_losses(domains: Sequence[Domain], codes: Codes, counts: Counts) -> list[Counts]:
    """Return, per column, what publishing everybody at each level loses, in units of 1 / SCALE cells.

    codes  : (n_columns, n_tuples); ``counts`` are the people of each tuple.
    """
    per_code = [
        np.bincount(row, counts, domain.weights.shape[1]).astype(np.int64)
        for row, domain in zip(codes, domains, strict=True)
    ]
    return [domain.weights @ people for domain, people in zip(domains, per_code, strict=True)]


def code_losses(domains: Sequence[Domain], codes: Codes | Counts, levels: npt.NDArray[np.int8]) -> Counts:
    """Return the loss of one person of each tuple, summed over columns, in units of 1 / SCALE cells.

    levels : (n_columns, n_tuples), or (n_columns, 1) when all have the same.
    """
    loss = np.zeros(codes.shape[1], np.int64)
    for row, domain, level in zip(codes, domains, levels, strict=True):
        loss += domain.weights[level, row]
    return loss


def ncp(loss: int, n_people: int, n_columns: int) -> float:
    """Turn a fixed-point sum into the mean over cells, in [0, 1]."""
    return loss / (SCALE * n_people * n_columns)
