"""Classes of amounts of money, by hand."""

from datetime import date

import pytest
from plan_samples import config

from deid.detect.stated.amounts import parse_amount
from deid.pipeline.quasi.amounts import amount_chain, amount_class, amount_words, is_enormous
from deid.pipeline.quasi.telling import load_telling
from deid.types import Fact


@pytest.mark.parametrize(
    ("said", "published"),
    [
        ("paid:JPY:30000", "paid:JPY:10000-50000"),
        ("paid:JPY:50000", "paid:JPY:50000-100000"),
        ("paid:JPY:49999.99", "paid:JPY:10000-50000"),
        ("paid:JPY:10000-50000", "paid:JPY:10000-50000"),  # a class is read back as itself
        ("paid:JPY:30000-60000", "paid:JPY:10000-100000"),
        ("paid:JPY:999999", "paid:JPY:500000-1000000"),
        ("paid:JPY:9800000", "paid:JPY:1000000+"),
        ("paid:JPY:1000000+", "paid:JPY:1000000+"),
        ("paid:JPY:600000-2000000", "paid:JPY:500000-inf"),
        ("paid:USD:0-900000", "paid:USD:0-inf"),
        ("paid:JPY:10000+", "paid:JPY:10000-50000"),
        ("paid:USD:4.99", "paid:USD:1-5"),
        ("paid:USD:0.50", "paid:USD:0-1"),
        ("paid:USD:12000", "paid:USD:10000+"),
        ("earns:USD:60000", "earns:USD:50000-100000"),
        ("earns:JPY:60", "earns:JPY:0-100"),
        ("owes:JPY:20000000", "owes:JPY:10000000+"),
    ],
)
def test_an_amount_is_of_a_class(said: str, published: str) -> None:
    assert amount_class(said) == amount_class(published) == published


@pytest.mark.parametrize(
    ("node", "over"),
    [
        ("paid:JPY:10000-50000", ("paid:JPY:10000-100000",)),
        ("paid:JPY:50000-100000", ("paid:JPY:10000-100000",)),
        ("paid:USD:0-1", ("paid:USD:0-100",)),
        ("paid:JPY:10000-500000", ("paid:JPY:10000-1000000",)),
        ("paid:JPY:1000000+", ()),
        ("paid:JPY:500000-inf", ()),
    ],
)
def test_a_class_is_within_whole_powers_of_ten(node: str, over: tuple[str, ...]) -> None:
    assert amount_chain(node) == over


@pytest.mark.parametrize(
    ("node", "ja", "en"),
    [
        ("paid:JPY:10000-50000", "1万〜5万円", "¥10,000-¥50,000"),
        ("paid:JPY:5000-10000", "5000〜1万円", "¥5,000-¥10,000"),
        ("earns:USD:50000-100000", "5万〜10万ドル", "$50,000-$100,000"),
        ("paid:JPY:1000000+", "100万円以上", "¥1,000,000+"),
        ("owes:EUR:100-500", "100〜500ユーロ", "€100-€500"),
        ("holds:JPY:100000000-500000000", "1億〜5億円", "¥100,000,000-¥500,000,000"),
    ],
)
def test_a_class_is_written_so_that_it_is_read_back(node: str, ja: str, en: str) -> None:
    assert (amount_words(node, "ja"), amount_words(node, "en")) == (ja, en)
    assert parse_amount(ja) == parse_amount(en) == node.partition(":")[2]


def test_a_range_beyond_the_top_says_where_it_begins() -> None:
    """It never said «50万〜50万円», nor that it ends below the top."""
    node = "paid:JPY:500000-inf"
    assert (amount_words(node, "ja"), amount_words(node, "en")) == ("50万円以上", "¥500,000+")
    assert is_enormous("paid:JPY:600000-2000000")
    assert not is_enormous(node)


def test_what_is_enormous_of_others_is_of_the_open_class() -> None:
    assert is_enormous("paid:JPY:9800000")
    assert not is_enormous("paid:JPY:1000000+")
    assert not is_enormous("paid:JPY:30000")
    telling = load_telling(config(), date(2026, 11, 22))
    assert telling.commoner("MONEY", "paid:JPY:9800000") == "paid:JPY:1000000+"
    said = Fact("MONEY", "paid:JPY:30000", 0, 0, 1)
    assert telling.told(said) == ("text:MONEY", "paid:JPY:10000-50000")
    assert telling.words(said, "paid:JPY:10000-50000", "ja") == "1万〜5万円"
