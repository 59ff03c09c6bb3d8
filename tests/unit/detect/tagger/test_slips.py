"""Words one stroke away from a frequent one."""

import pytest

from deid.detect.tagger.slips import is_slip, stroke_forms

FORMS = stroke_forms(["morning", "thanks", "mount", "the", "naïve"])


@pytest.mark.parametrize("word", ["mornig", "moorning", "mirning", "thansk", "moutn", "hanks"])
def test_one_letter_less_more_wrong_or_out_of_place_is_a_slip(word: str) -> None:
    assert is_slip(word, FORMS)


@pytest.mark.parametrize("word", ["mrnig", "kowalczyk", "thank1", "mont", "teh", "naive", ""])
def test_words_of_two_strokes_short_ones_and_other_signs_are_none(word: str) -> None:
    assert not is_slip(word, FORMS)
