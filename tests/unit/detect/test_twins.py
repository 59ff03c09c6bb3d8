"""Values that are nearly one that was found."""

import pytest

from deid.detect.twins import twins
from deid.types import Span


def found(*texts: str, first: str, label: str = "BANK_ACCOUNT") -> list[tuple[int, str, str]]:
    """Return the twins in texts, in the first of which a value is known."""
    start = texts[0].index(first)
    known = Span(start, start + len(first), label, 0.9, "scan")
    spans = [[known], *([] for _ in texts[1:])]
    return [(n, texts[n][s.start : s.end], s.label) for n, s in twins(texts, spans)]


@pytest.mark.parametrize(
    ("texts", "first", "twin"),
    [
        (("口座番号 4410926 で登録して", "登録しました。", "桁ずれた 4419026 が正"), "4410926", "4419026"),
        (("父が5501-2284、私が5501-2285",), "5501-2284", "5501-2285"),
        (("パスは neko4hiki2", "ちがう neko5hiki2"), "neko4hiki2", "neko5hiki2"),
        (("88120034 様ですね", "じゃなくて 88120043 です"), "88120034", "88120043"),
        (("ssh rin_ohashi で", "そのまま rin_ohashi です"), "rin_ohashi", "rin_ohashi"),
        (("it is M30-44817", "sorry M30-4481"), "M30-44817", "M30-4481"),
        (("暗証は 4827", "ごめん、3915だった"), "4827", "3915"),
    ],
)
def test_a_value_much_alike_is_one_of_its_kind(texts: tuple[str, ...], first: str, twin: str) -> None:
    assert found(*texts, first=first) == [(len(texts) - 1, twin, "BANK_ACCOUNT")]


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (("口座は 4410926", "値段は 4400円", "2024年"), "4410926"),
        (("暗証は 4827", "4829人いた"), "4827"),
        (("番号は 4410926", "8853117 件の記録"), "4410926"),
        (("番号は 4410926", "44109 ですね"), "4410926"),
        (("it is hotaru", "sorry, hotary"), "hotaru"),
        (("口座は 4410926", "https://example.com/4410927"), "4410926"),
    ],
)
def test_other_values_are_not(texts: tuple[str, ...], first: str) -> None:
    assert found(*texts, first=first) == []


@pytest.mark.parametrize("label", ["PERSON", "URL", "AGE"])
def test_only_numbers_names_of_accounts_and_secrets_have_twins(label: str) -> None:
    assert found("口座は 4410926", "違う 4419026", first="4410926", label=label) == []
