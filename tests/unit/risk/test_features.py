import sys

import numpy as np
import pytest

from deid.errors import ConfigError
from deid.risk.features import TOKEN, extract, inverse_frequency, weighted
from deid.risk.ngrams import code_points, count, hashes, scipy_module

pytest.importorskip("scipy")


def test_every_ngram_is_counted_once_a_place() -> None:
    counts = count(*code_points(["abab", "", "ba"]), range(2, 4))
    assert counts.shape[0] == 3
    assert counts.sum(1).ravel().tolist() == [[5, 0, 1]]  # ab ba ab aba bab; ba
    assert sorted(counts[0].data.tolist()) == [1, 1, 1, 2]


def test_an_ngram_does_not_cross_documents() -> None:
    apart, together = (
        count(*code_points(["ab", "cd"]), range(2, 3)),
        count(*code_points(["abcd"]), range(2, 3)),
    )
    assert apart.sum() == 2
    assert together.sum() == 3


def test_rare_columns_are_left_out() -> None:
    counts = count(*code_points(["abc", "abd"]), range(2, 3), min_documents=2)
    assert counts.shape == (2, 1)
    assert counts.sum() == 2


def test_columns_of_many_are_left_out_where_asked() -> None:
    counts = count(*code_points(["abc", "abd", "abd"]), range(2, 3), max_documents=2)
    assert sorted(counts.sum(0).ravel().tolist()[0]) == [1, 2]  # bc, bd; all have ab


def test_equal_runs_have_equal_hashes_and_order_matters() -> None:
    codes, _ = code_points(["abcabcba"])
    found = hashes(codes, 3)
    assert found[0] == found[3]
    assert len(set(found.tolist())) == 5


def test_chunks_do_not_change_the_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["one two three", "two three", "", "日本語の文"] * 5
    whole = count(*code_points(texts), range(1, 4))
    monkeypatch.setattr("deid.risk.ngrams._CHUNK", 7)
    assert (count(*code_points(texts), range(1, 4)) != whole).nnz == 0
    heavy = weighted(whole, inverse_frequency(whole))
    monkeypatch.setattr("deid.risk.features._ROWS", 3)
    assert (weighted(whole, inverse_frequency(whole)) != heavy).nnz == 0


def test_no_text_at_all_has_features() -> None:
    found = extract(["", ""])
    assert found.characters.nnz == found.words.nnz == 0
    assert found.shape.shape[0] == 2
    assert np.isfinite(found.shape).all()


def test_rows_have_length_one_or_nothing() -> None:
    counts = count(*code_points(["abc abc", "abd", ""]), range(2, 4))
    rows = weighted(counts, inverse_frequency(counts))
    assert np.sqrt(rows.multiply(rows).sum(1)).ravel().tolist() == [[pytest.approx(1), pytest.approx(1), 0]]


def test_japanese_is_cut_where_the_script_changes() -> None:
    assert TOKEN.findall("東京へタクシーで行くw!") == ["東京", "へ", "タクシー", "で", "行", "く", "w", "!"]
    assert TOKEN.findall("don't  worry 42") == ["don't", "worry", "42"]


def test_a_missing_scipy_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy", None)
    monkeypatch.setitem(sys.modules, "scipy.sparse", None)
    with pytest.raises(ConfigError, match="need scipy") as error:
        scipy_module("sparse")
    assert ".[risk]" in error.value.hint
