"""Digits that the values of a label have, and questions for other numbers."""

import pytest

from deid.detect.odd.sizes import barred, is_measured, may_be


@pytest.mark.parametrize(
    ("value", "label", "text", "before"),
    [
        ("1450", "CREDIT_CARD", "1450", ("まって", "うーん", "点数は?")),
        ("500000", "ONE_TIME_CODE", "500000", ("待って", "カードの限度額は?")),
        ("1998", "PHONE_NUMBER", "1998", ("うん", "何年?")),
        ("1998", "PASSWORD", "1998", ("うん", "そうだね")),
        ("348", "PHONE_NUMBER", "348", ("ページ番号は?",)),
        ("80070057", "ONE_TIME_CODE", "80070057", ("うん", "エラーコードは?")),
        ("8080", "PASSWORD", "8080", ("ポート番号は?",)),
        ("5-3-2", "CREDIT_CARD", "カードは5-3-2", ()),
        ("#8000", "PHONE_NUMBER", "#8000に電話", ()),
        ("305", "SHARE_CODE", "部屋番号305", ()),
    ],
)
def test_a_number_of_another_kind_is_no_value(
    value: str, label: str, text: str, before: tuple[str, ...]
) -> None:
    assert not may_be(value, label, text, before)


@pytest.mark.parametrize(
    ("value", "label", "text", "before"),
    [
        ("4410", "CREDIT_CARD", "4410", ("カードの下4桁は?",)),
        ("4410", "PHONE_NUMBER", "内線4410", ()),
        ("205886", "ONE_TIME_CODE", "きた 205886", ("どう?", "まだ")),
        ("4410", "PASSWORD", "4410", ("待って", "金庫の番号は?")),
        ("4410", "PASSWORD", "4410", ("暗証番号は?", "点数は?")),
        ("4111-1111-1111-1111", "CREDIT_CARD", "これ", ()),
        ("kx7", "PASSWORD", "kx7", ("点数は?",)),
        ("よんよんいちぜろ", "PASSWORD", "よんよんいちぜろ", ()),
        ("四四一〇の二二", "PASSWORD", "鍵は四四一〇の二二", ()),
    ],
)
def test_what_may_be_a_value_is_left(value: str, label: str, text: str, before: tuple[str, ...]) -> None:
    assert may_be(value, label, text, before)


@pytest.mark.parametrize(
    ("value", "text", "label", "expected"),
    [
        ("441058", "これ 441058", "NATIONAL_ID", True),
        ("441058", "これ 441058", "ONE_TIME_CODE", False),
        ("4410", "下4桁は4410", "CREDIT_CARD", False),
        ("4410", "4410です", "CREDIT_CARD", True),
        ("441", "下4桁は441", "CREDIT_CARD", True),
        ("kx74", "kx74です", "NATIONAL_ID", False),
    ],
)
def test_a_number_that_is_too_short_bars_a_label(value: str, text: str, label: str, expected: bool) -> None:  # noqa: FBT001
    assert (label in barred(value, text, ())) is expected


@pytest.mark.parametrize(
    ("text", "value"),
    [("on 5.925-7.125 ghz", "5.925-7.125"), ("光速は299792458m/s", "299792458m/s"), ("5400 rpm", "5400")],
)
def test_a_unit_of_measure_follows(text: str, value: str) -> None:
    start = text.index(value)
    assert is_measured(text, start, start + len(value))


@pytest.mark.parametrize(
    ("text", "value"),
    [("pin 5400", "5400"), ("5400 rpms4", "5400"), ("kx7 hz", "kx7"), ("192.0.2.7 is up", "192.0.2.7")],
)
def test_a_value_is_not_measured(text: str, value: str) -> None:
    start = text.index(value)
    assert not is_measured(text, start, start + len(value))
