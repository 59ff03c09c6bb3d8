"""What an author gives away in a document: characters, words, function words, and habits of writing."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from deid.risk.ngrams import Sparse, code_points, count, scipy_module

Matrix = NDArray[np.float32]

TOKEN = re.compile(
    r"[぀-ゟ]+|[゠-ヿー]+|[一-鿿々〆]+"  # Japanese has no spaces: runs of one script stand for words
    r"|[^\W\d_぀-ヿ一-鿿々〆]+(?:['’][^\W\d_]+)*|\d+|[^\w\s]"
)

_FUNCTION_WORDS = frozenset(  # read better in long lines than as a list
    """
    a about above across after again against all almost alone along already also although always am
    among an and another any anyone anything are around as at away back be became because been before
    behind being below between both but by can cannot could did do does done down during each either
    else enough even ever every everyone everything except few first for from full further get give go
    had has have he hence her here hers herself him himself his how however i if in indeed into is it
    its itself just keep last least less made many may me might mine more most mostly much must my
    myself neither never no nobody none nor not nothing now of off often on once one only onto or other
    others our ours ourselves out over own part per perhaps please put quite rather really same see seem
    seems several she should since so some somehow someone something sometimes still such take than that
    the their them themselves then there therefore these they this those though through to together too
    toward towards under until up upon us very was we well were what whatever when where whether which
    while who whole whom whose why will with within without would yet you your yours yourself yourselves
    i'm don't can't it's you're that's lol haha yeah totally like tbh imo ngl tho gotta kinda gonna
    wanna ya u ur yep nah hey man guess maybe actually literally honestly sure pretty way lot won't
    didn't isn't doesn't i've i'd i'll we're they're there's y'all aint
    """.split()  # noqa: SIM905
)
_ROWS = 5_000  # documents weighed at once
_LONGEST_FUNCTION_RUN = 4  # hiragana runs up to here are particles and endings

# pattern, and factor on its count per word; a plain count where the factor is 0
_COUNTED: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (re.compile(pattern), factor)
    for pattern, factor in (
        (r",", 5), (r"-", 5), (r"[–—]", 0), (r"'", 5), (r"’", 5), (r"!", 0), (r"\?", 0), (r'["“]', 0),
        (r"\(", 0), (r"[;:]", 0), (r"/", 0), (r"\*", 2),
        (r"[←-⯿\u3200-\u32ff\U0001f000-\U0001faff]", 0),
        (r"\d", 0), (r"\bi\b", 0), (r"\bI\b", 0), (r"&", 0), (r"\b\w{9,}\b", 5), (r"\b\w{1,3}\b", 5),
        (r"  ", 0), (r"\.", 5), (r"[.!?]\s+[a-z]", 0), (r"[.!?]\s+[A-Z]", 0), (r"(.)\1\1", 0),
        (r"、", 5), (r"。", 5), (r"！", 0), (r"？", 0), (r"[〜～]", 0), (r"ー", 5), (r"[wｗ笑]", 5),
        (r"…", 0),
    )
)  # fmt: skip
_ENDS = (".", "!", "?", "。", "！", "？", "…")


@dataclass(frozen=True, slots=True)
class Features:
    """Counts of every document, one row a document.

    characters : n-grams of 2 to 5 characters, case kept.
    words      : words and pairs of words, case folded.
    functions  : function words and punctuation, case kept.
    shape      : habits of writing, dense, one column each.
    """

    characters: Sparse = field(repr=False)
    words: Sparse = field(repr=False)
    functions: Sparse = field(repr=False)
    shape: Matrix = field(repr=False)

    def rows(self, chosen: NDArray[np.int64]) -> "Features":
        """Return the features of some documents."""
        return Features(
            self.characters[chosen], self.words[chosen], self.functions[chosen], self.shape[chosen]
        )


def extract(texts: Sequence[str]) -> Features:
    """Count everything once, for documents known and released together."""
    clean = [" ".join(text.split()) for text in texts]
    tokens = [TOKEN.findall(text) for text in clean]
    return Features(
        count(*code_points(clean), range(2, 6), min_documents=2),
        _count_tokens([[token.lower() for token in row] for row in tokens], range(1, 3), 2),
        _count_tokens([[t for t in row if _is_function(t)] for row in tokens], range(1, 2), 8),
        np.array([_shape(text) for text in clean], np.float32).reshape(len(clean), -1),
    )


def _is_function(token: str) -> bool:
    if token[0] >= "぀" and token[0] <= "ゟ":
        return len(token) <= _LONGEST_FUNCTION_RUN
    return token.lower() in _FUNCTION_WORDS or not token[0].isalnum()


def _count_tokens(rows: Sequence[Sequence[str]], lengths: range, min_documents: int) -> Sparse:
    numbers: dict[str, int] = {}
    codes = [numbers.setdefault(token, len(numbers)) for row in rows for token in row]
    starts = np.zeros(len(rows) + 1, np.int64)
    np.cumsum([len(row) for row in rows], out=starts[1:])
    return count(np.array(codes, np.uint64), starts, lengths, min_documents=min_documents)


def _shape(text: str) -> list[float]:
    words = re.findall(r"\w+", text)
    n_words = max(len(words), 1)
    found = [
        math.log1p(len(text)),
        math.log1p(n_words),
        sum(map(len, words)) / n_words,
        20 * sum(character.isupper() for character in text) / max(len(text), 1),
        float(text[:1].isupper()),
        float(text[:1].islower()),
    ]
    found += [float(text.rstrip().endswith(end)) for end in _ENDS]
    for pattern, factor in _COUNTED:
        n = len(pattern.findall(text))
        found.append(n / n_words * factor if factor else float(n))
    return found


def inverse_frequency(counts: Sparse) -> Matrix:
    """Return 1 + ln((1 + n) / (1 + documents with the column)) per column."""
    documents = np.bincount(counts.indices, minlength=counts.shape[1])
    weights: Matrix = (np.log((1 + counts.shape[0]) / (1 + documents)) + 1).astype(np.float32)
    return weights


def weighted(counts: Sparse, weights: Matrix) -> Sparse:
    """Return sublinear TF-IDF rows of length 1 (Salton and Buckley, IP&M 24 (1988) 513-523)."""
    sparse = scipy_module("sparse")
    values = np.empty(len(counts.data), np.float32)
    for start in range(0, counts.shape[0], _ROWS):
        ends = counts.indptr[start : start + _ROWS + 1]
        part = slice(ends[0], ends[-1])
        values[part] = _of_length_one(counts.data[part], weights[counts.indices[part]], np.diff(ends))
    return sparse.csr_matrix((values, counts.indices, counts.indptr), shape=counts.shape)


def _of_length_one(counts: Matrix, weights: Matrix, sizes: NDArray[np.int64]) -> NDArray[np.float64]:
    values = (1 + np.log(counts)) * weights
    rows = np.repeat(np.arange(len(sizes)), sizes)
    length = np.sqrt(np.bincount(rows, weights=values * values, minlength=len(sizes)))
    scaled: NDArray[np.float64] = values / np.maximum(length, 1e-12)[rows]
    return scaled


def standardized(dense: Matrix, clip: float) -> Matrix:
    """Return columns of mean 0 and deviation 1, clipped."""
    scaled = (dense - dense.mean(0)) / (dense.std(0) + 1e-6)
    found: Matrix = np.clip(scaled, -clip, clip).astype(np.float32)
    return found


def unit_rows(dense: Matrix) -> Matrix:
    """Return rows of length 1; a zero row stays zero."""
    length = np.linalg.norm(dense, axis=1, keepdims=True)
    found: Matrix = (dense / np.maximum(length, 1e-12)).astype(np.float32)
    return found
