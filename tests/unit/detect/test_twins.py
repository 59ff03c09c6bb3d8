"""Values that are nearly one that was found."""

import pytest

from deid.detect.talk.twins import twins
from deid.types import Span
from processor_time import least_seconds


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
        (("my pin is 4821", "ok", "sorry, it's 3915"), "4821", "3915"),
        (("my pin is 4821", "i meant 4812, the one for the bike"), "4821", "4812"),
        (("code is 482913", "sorry the right one is 775021"), "482913", "775021"),
        (("account id user_1042", "sorry, user_1043"), "user_1042", "user_1043"),
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
        (
            ("暗証番号は4821です", *["うん"] * 31, "ごめん、1998年の映画だった", "1998年か、1984も好き"),
            "4821",
        ),
        (("暗証番号は4821です", "ごめん、1998年の映画だった", "1998年か、1984も好き"), "4821"),
        (("暗証番号は4821です", *["うん"] * 4, "ごめん、3915だった"), "4821"),
        (("my pin is 4821", "ok", "sorry the total was 1500 yen", "1500 it is"), "4821"),
        (("pin 4821", "lol wrong chat", "see you at 1830"), "4821"),
        (("my zip is 90210", "sorry wrong", "i paid 12500 for 15000 points"), "90210"),
        (("my zip is 90210", "sorry wrong", "i paid $90213"), "90210"),
        (("otp 482913", "oops i owe you 150000 not 120000"), "482913"),
        (("my order number is 48213377", "wrong department sorry", "since 20240312"), "48213377"),
        (("my order number is 48213377", "sorry wrong", "77113344 robots"), "48213377"),
        (("account id user_1042", "user_1043 and user_1044 are free"), "user_1042"),
        (("call 555-123-4567", "isbn 555-123-4568-x"), "555-123-4567"),
        (("it is neko4hiki2", "neko4hiki3\u0301"), "neko4hiki2"),
    ],
)
def test_other_values_are_not(texts: tuple[str, ...], first: str) -> None:
    assert found(*texts, first=first) == []


@pytest.mark.parametrize("label", ["PERSON", "URL", "AGE"])
def test_only_numbers_names_of_accounts_and_secrets_have_twins(label: str) -> None:
    assert found("口座は 4410926", "違う 4419026", first="4410926", label=label) == []


def test_what_is_only_taken_back_is_not_looked_for_everywhere() -> None:
    known = Span(3, 7, "PASSWORD", 0.9, "scan")
    [(_, twin)] = twins(("暗証は4827", "ごめん、3915だった"), [[known], []])
    assert twin.score < 0.7


@pytest.mark.parametrize(("speakers", "count"), [((0, 1, 0), 1), ((0, None, 1), 0)])
def test_a_speaker_takes_back_what_is_theirs(speakers: tuple[int | None, ...], count: int) -> None:
    texts, known = ("暗証は4827", "はい", "ごめん、3915だった"), Span(3, 7, "PASSWORD", 0.9, "scan")
    assert len(list(twins(texts, [[known], [], []], speakers))) == count


def test_many_values_are_read_in_linear_time() -> None:
    line = "tel 555-201-3344\n"
    spans = [
        Span(at + 4, at + len(line) - 1, "PHONE_NUMBER", 0.9, "scan")
        for at in range(0, 4000 * len(line), len(line))
    ]
    assert list(twins([line * 4000], [spans])) == []
    took = least_seconds(lambda: list(twins([line * 4000], [spans])))
    assert took < 1.5  # a tenth of a second; in quadratic time, many
