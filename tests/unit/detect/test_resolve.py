"""The resolver, worked by hand."""

import pytest

from deid.detect.resolve import resolve
from deid.types import Span


def spans(*rows: tuple[int, int, str] | tuple[int, int, str, float]) -> list[Span]:
    return [Span(*row) for row in rows]


def ranges(found: list[Span]) -> list[tuple[int, int, str]]:
    return [(span.start, span.end, span.label) for span in found]


def test_disjoint_spans_are_only_sorted() -> None:
    assert ranges(resolve(spans((5, 7, "AGE"), (0, 2, "PERSON")), "ab cd ef")) == [
        (0, 2, "PERSON"),
        (5, 7, "AGE"),
    ]


def test_nothing_and_one() -> None:
    assert resolve([], "abc") == []
    assert resolve(spans((0, 1, "AGE")), "abc") == spans((0, 1, "AGE"))


def test_touching_spans_of_one_label_stay_two() -> None:
    assert len(resolve(spans((0, 2, "PERSON"), (2, 4, "PERSON"), (0, 2, "PERSON")), "abcd")) == 2


def test_the_same_span_twice_is_one() -> None:
    assert len(resolve(spans((0, 2, "PERSON"), (0, 2, "PERSON")), "abcd")) == 1


def test_class_before_length() -> None:
    # A password (secret) inside a place (quasi): the place keeps what the password does not cover.
    found = resolve(spans((0, 9, "LOCATION"), (3, 6, "PASSWORD", 0.5)), "aaabbbccc")
    assert ranges(found) == [(0, 3, "LOCATION"), (3, 6, "PASSWORD"), (6, 9, "LOCATION")]


def test_a_number_inside_a_url_is_part_of_it() -> None:
    found = resolve(spans((0, 9, "URL"), (3, 6, "JP_MY_NUMBER"), (2, 9, "ACCOUNT_ID")), "aaabbbccc")
    assert ranges(found) == [(0, 9, "URL")]


@pytest.mark.parametrize("label", ["PASSWORD", "SECRET_KEY", "CREDIT_CARD"])
def test_what_is_never_escrowed_keeps_its_label_inside_a_url(label: str) -> None:
    found = resolve(spans((0, 9, "URL"), (3, 6, label)), "aaabbbccc")
    assert ranges(found) == [(0, 3, "URL"), (3, 6, label), (6, 9, "URL")]


def test_a_number_beyond_a_url_is_not_part_of_it() -> None:
    found = resolve(spans((0, 6, "URL"), (3, 9, "JP_MY_NUMBER")), "aaabbbccc")
    assert ranges(found) == [(0, 3, "URL"), (3, 9, "JP_MY_NUMBER")]


def test_length_before_score_inside_a_class() -> None:
    found = resolve(spans((0, 5, "PERSON", 0.9), (0, 8, "USERNAME", 0.5)), "abcdefgh")
    assert ranges(found) == [(0, 8, "USERNAME")]


def test_score_decides_between_equals() -> None:
    found = resolve(spans((0, 5, "PERSON", 0.6), (0, 5, "USERNAME", 0.7)), "abcde")
    assert ranges(found) == [(0, 5, "USERNAME")]


def test_a_left_over_loses_its_punctuation() -> None:
    found = resolve(spans((0, 6, "PERSON"), (0, 3, "PASSWORD")), "abc-de")
    assert ranges(found) == [(0, 3, "PASSWORD"), (4, 6, "PERSON")]


def test_a_left_over_of_punctuation_only_goes() -> None:
    assert ranges(resolve(spans((0, 5, "PERSON"), (0, 3, "PASSWORD")), "abc--")) == [(0, 3, "PASSWORD")]


def test_a_combining_mark_stays_with_its_letter() -> None:
    text = "abc-e\u0301"
    assert ranges(resolve(spans((0, 6, "PERSON"), (0, 3, "PASSWORD")), text))[-1] == (4, 6, "PERSON")


def test_a_whole_span_of_symbols_is_kept_as_found() -> None:
    # Nothing beats it, so it is not a left-over: an emoji handle stays masked.
    assert ranges(resolve(spans((0, 2, "USERNAME"), (0, 2, "AGE")), "🌸🌸")) == [(0, 2, "USERNAME")]


def test_a_chain_of_overlaps_is_one_cluster() -> None:
    found = resolve(spans((0, 4, "AGE"), (3, 7, "PERSON"), (6, 9, "AGE")), "abcdefghi")
    assert ranges(found) == [(0, 3, "AGE"), (3, 7, "PERSON"), (7, 9, "AGE")]


def test_a_loser_on_both_sides_keeps_both() -> None:
    found = resolve(spans((0, 9, "STREET_ADDRESS"), (3, 6, "US_SSN")), "aaabbbccc")
    assert [span.label for span in found] == ["STREET_ADDRESS", "US_SSN", "STREET_ADDRESS"]


def test_pieces_keep_score_and_source() -> None:
    (first, _) = resolve([Span(0, 6, "PERSON", 0.8, "names"), Span(3, 6, "PASSWORD")], "abcdef")
    assert (first.score, first.source) == (0.8, "names")


def test_the_order_of_the_input_does_not_matter() -> None:
    given = spans((0, 5, "AGE"), (2, 8, "PERSON"), (1, 3, "PASSWORD"), (7, 9, "AGE"))
    assert resolve(given, "abcdefghi") == resolve(given[::-1], "abcdefghi")


def test_an_unknown_label_that_overlaps_fails() -> None:
    with pytest.raises(KeyError):
        resolve(spans((0, 2, "NOT_A_LABEL"), (1, 3, "AGE")), "abc")
