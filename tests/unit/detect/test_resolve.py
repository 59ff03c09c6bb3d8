"""The resolver, worked by hand."""

import pytest

from deid.detect.resolve import resolve
from deid.types import Span
from processor_time import least_seconds


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


@pytest.mark.parametrize(
    ("code", "name"),
    [("NV64-XAG", "XAG"), ("QNA−8777", "QNA"), ("GA1.2.433666417", "GA1"), ("::ffff:198.51.100.3", "ffff")],
)
def test_a_name_read_out_of_a_cued_number_gives_way_to_it(code: str, name: str) -> None:
    text = f"Tom has {code} here"
    at, inside = text.index(code), text.index(name)
    given = [
        Span(0, 3, "PERSON", 0.97),
        Span(at, at + len(code), "LICENSE_PLATE", 0.8),
        Span(inside, inside + len(name), "PERSON", 0.99),
    ]
    assert ranges(resolve(given, text)) == [(0, 3, "PERSON"), (at, at + len(code), "LICENSE_PLATE")]


def test_a_name_over_a_whole_number_keeps_what_is_beyond_it() -> None:
    given = spans((0, 14, "PERSON", 0.9), (7, 14, "LICENSE_PLATE", 0.8))
    assert ranges(resolve(given, "Tanaka 8FKI204")) == [(0, 6, "PERSON"), (7, 14, "LICENSE_PLATE")]


def test_a_name_that_a_mail_address_is_part_of_is_no_name() -> None:
    text = "addy💌kano.88@example.edu"
    found = resolve(spans((0, 24, "PERSON", 0.4), (5, 24, "EMAIL_ADDRESS", 1.0)), text)
    assert ranges(found) == [(0, 4, "PERSON"), (5, 24, "EMAIL_ADDRESS")]


def test_a_number_written_to_a_name_is_part_of_the_name() -> None:
    found = resolve(spans((0, 5, "PERSON", 0.9), (3, 5, "ACCOUNT_ID", 0.9)), "Tom55")
    assert ranges(found) == [(0, 5, "PERSON")]


def test_a_whole_word_inside_a_number_that_is_only_likely_stays_a_name() -> None:
    given = spans((0, 8, "ACCOUNT_ID", 0.7), (0, 3, "PERSON", 0.9))
    assert ranges(resolve(given, "Tom 4829")) == [(0, 3, "PERSON"), (4, 8, "ACCOUNT_ID")]


@pytest.mark.parametrize(("score", "surface"), [(0.5, "Tom4829"), (0.9, "TomBaker")])
def test_what_is_no_sure_number_takes_no_name(score: float, surface: str) -> None:
    given = [Span(0, len(surface), "ACCOUNT_ID", score), Span(0, 3, "PERSON", 0.6)]
    assert resolve(given, surface)[0].label == "PERSON"


def test_time_is_linear_in_a_chain_of_spans() -> None:
    def seconds(count: int) -> float:
        chain = [(at * 3, at * 3 + 5, ("LOCATION", "PASSWORD")[at % 2]) for at in range(2 * count - 1)]
        given, text = spans(*chain), "ab cd " * count
        return least_seconds(lambda: resolve(given, text))

    assert seconds(8_000) < 50 * seconds(500)
