"""A kernel ridge classifier of authors: one score a document and candidate."""

import numpy as np
from numpy.typing import NDArray

from deid.risk.features import Features, Matrix, inverse_frequency, standardized, unit_rows, weighted
from deid.risk.ngrams import Sparse, scipy_module

_FUNCTION_WEIGHT = 0.5
_SHAPE_WEIGHT = 0.7
_PENALTY = 1.0
_SQUARE, _CUBE = 0.15, 0.1
_COMMON = 0.03
_ROWS = 500


def space(features: Features) -> Sparse:
    """Return the vectors whose inner products are the kernel, one row a document."""
    sparse = scipy_module("sparse")
    characters, words, functions = features.characters, features.words, features.functions
    blocks = [
        weighted(characters, inverse_frequency(characters)),
        weighted(words, inverse_frequency(words)),
        weighted(functions, inverse_frequency(functions)) * _FUNCTION_WEIGHT,
        sparse.csr_matrix(unit_rows(standardized(features.shape, 3)) * _SHAPE_WEIGHT),
    ]
    return sparse.hstack(blocks, format="csr", dtype=np.float32)


def gram(rows: Sparse, columns: Sparse) -> Matrix:
    """Return the kernel between two sets of documents, float32.

    Features that many documents share are multiplied as dense arrays: of the work of the sparse product,
    nearly all is theirs, and a dense product does it many times faster.
    """
    documents = np.bincount(columns.indices, minlength=columns.shape[1])
    common = documents > _COMMON * max(columns.shape[0], 1)
    found: Matrix = rows[:, common].toarray() @ columns[:, common].toarray().T
    rest, transposed = rows[:, ~common].tocsr(), columns[:, ~common].T.tocsr()
    for start in range(0, rows.shape[0], _ROWS):
        found[start : start + _ROWS] += (rest[start : start + _ROWS] @ transposed).toarray()
    return found


def curved(kernel: Matrix) -> Matrix:
    """Add the square and the cube: habits that occur together say more than each alone."""
    found: Matrix = kernel * (1 + kernel * (_SQUARE + _CUBE * kernel))
    return found


def fit(kernel: Matrix, author: NDArray[np.int64], candidates: int) -> Matrix:
    """Return dual coefficients, one row a known document and one column a candidate.

    A document weighs 1 / √(documents of its author), so that a prolific one does not win every guess.
    Source: Saunders et al., ICML 1998 (ridge regression in dual variables).
    """
    linear = scipy_module("linalg")
    weight = np.bincount(author, minlength=candidates)[author].astype(np.float32) ** -0.5
    target = np.zeros((len(author), candidates), np.float32)
    target[np.arange(len(author)), author] = weight
    system = kernel * weight[:, None]
    system *= weight
    system[np.diag_indices(len(author))] += _PENALTY * float(np.mean(weight * weight))
    factor = linear.cho_factor(system, overwrite_a=True, check_finite=False)
    solved: Matrix = linear.cho_solve(factor, target, overwrite_b=True, check_finite=False)
    return solved * weight[:, None]
