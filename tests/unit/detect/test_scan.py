"""The scanner: contract, engines, prefilters, offsets, bad input."""

import pickle
import re
import time
from re import _constants as constants  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from deid.detect.context import Context, words
from deid.detect.matching import candidates
from deid.detect.patterns import ALL, Pattern
from deid.detect.scan import Scanner
from deid.detect.scanning import forms
from deid.errors import ConfigError
from deid.labels import LABELS
from deid.types import Detector, Span
from processor_time import least_seconds

SCANNER = Scanner()
PURE = Scanner("re")
TEXTS = [
    "",
    "ok thanks",
    "call me at 415-555-0123 or a@b.co",
    "電話は０９０－１２３４－５６７８だよ",
    "東京都渋谷区神南1-19-11に住む34歳",
    "my password is hunter2 and my ssn 123-45-6789",
    "カード 4111 1111 1111 1111 cvv 123",
]


def surfaces(text: str, label: str) -> list[str]:
    return [text[span.start : span.end] for span in SCANNER.detect([text])[0] if span.label == label]


def test_is_a_detector() -> None:
    detector: Detector = SCANNER
    assert detector.name == "scan"
    assert detector.labels <= LABELS.keys()
    assert {"EMAIL_ADDRESS", "PHONE_NUMBER", "JP_MY_NUMBER", "MEDIA", "AGE"} <= detector.labels


def test_one_list_a_text() -> None:
    assert SCANNER.detect(["hi", "a@b.co", "hi"]) == [[], [Span(0, 6, "EMAIL_ADDRESS", 1.0, "scan")], []]
    assert SCANNER.detect([]) == []


def test_equal_texts_get_lists_of_their_own() -> None:
    first, second = SCANNER.detect(["a@b.co", "a@b.co"])
    first.clear()
    assert second


def test_long_texts_among_short_ones_keep_their_spans() -> None:
    texts = [f"mail {letter}@example.com " + "x " * 150_000 * (letter in "bdf") for letter in "abcdefg"]
    found = SCANNER.detect([*texts, texts[0]])
    assert [[(span.start, span.end) for span in spans] for spans in found] == [[(5, 18)]] * 8


@pytest.mark.parametrize("text", TEXTS)
def test_sorted_without_duplicates_and_inside(text: str) -> None:
    spans = SCANNER.detect([text])[0]
    assert spans == sorted(spans)
    assert len({(span.start, span.end, span.label) for span in spans}) == len(spans)
    assert all(span.end <= len(text) and 0.0 < span.score <= 1.0 for span in spans)


def test_offsets_point_into_the_original() -> None:
    text = "ﬁrst…０９０\u200b-１２３４-５６７８です"
    assert surfaces(text, "PHONE_NUMBER") == ["０９０\u200b-１２３４-５６７８"]


@pytest.mark.parametrize("text", TEXTS)
def test_engines_agree(text: str) -> None:
    assert SCANNER.detect([text]) == PURE.detect([text])


def test_pickled_scanner_finds_the_same() -> None:
    copy = pickle.loads(pickle.dumps(PURE))  # noqa: S301
    assert copy.detect(TEXTS) == PURE.detect(TEXTS)


def test_unknown_engine() -> None:
    with pytest.raises(ConfigError, match="pcre"):
        Scanner("pcre")  # type: ignore[arg-type]


def test_without_re2(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "HAS_RE2", False)
    assert Scanner().detect(TEXTS) == PURE.detect(TEXTS)
    with pytest.raises(ConfigError, match="re2"):
        Scanner("re2")


def test_repr_holds_no_text() -> None:
    SCANNER.detect(["a@b.co"])
    assert "a@b" not in repr(SCANNER)


def test_names_are_unique_and_sources_given() -> None:
    assert len({pattern.name for pattern in ALL}) == len(ALL)
    assert all(pattern.source for pattern in ALL)
    assert all(0.0 < pattern.score <= 1.0 for pattern in ALL)


def least_digits(parsed: Any) -> int:
    """Fewest ASCII digits that any match holds."""
    total = 0
    for code, value in parsed:
        if code is constants.LITERAL:
            total += 48 <= value < 58
        elif code is constants.IN:
            total += all(
                (kind is constants.LITERAL and 48 <= item < 58)
                or (kind is constants.RANGE and item[0] >= 48 and item[1] < 58)
                for kind, item in value
            )
        elif code in {constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT}:
            total += value[0] * least_digits(value[2])
        elif code is constants.SUBPATTERN:
            total += least_digits(value[3])
        elif code is constants.BRANCH:
            total += min(least_digits(branch) for branch in value[1])
    return total


# Their ``accept`` or look-ahead asks for more digits than the expression does.
ASKS_MORE = {
    "account.english", "account.japanese", "account.hash_mark", "account.plain", "account.before_cue",
    "national_id.cued", "national_id.before_cue", "plate.cued", "vehicle.vin", "passport.cued",
    "driver_license.cued", "driver_license.before_cue", "card.irregular", "crypto.base58",
    "crypto.private_key", "crypto.ripple", "crypto.solana", "cookie.before_cue", "password.near",
    "password.before_cue",
    "handle.cued_near", "handle.before_cue", "jp.insured_before_cue", "phone.grouped_near_cue",
    "address.world_cued", "address.world_near", "address.world_unit",
    "email.digits_for_letters", "plate.china", "account.record_locator", "account.reference",
    "otp.backup", "share.gift_card", "account.mine", "account.numbered",
    "called.number", "called.number_japanese", "device.serial_alone", "device.serial_before_cue",
    "bank.paid", "device.udid", "record.named", "record.before_name", "record.handled", "password.kept",
    "password.refused", "record.spaced", "share.grouped",
    "beside.secret", "beside.code_mixed", "beside.record",
    "frame.numbered", "frame.paper", "frame.paper_after", "frame.locator", "frame.transit_card", "frame.lock",
    "frame.typed", "frame.phone", "frame.phone_after", "frame.mac", "frame.serial", "frame.serial_after",
    "world.device",
    "shaped.secret", "shaped.mixed", "shaped.mac",
}  # fmt: skip


@pytest.mark.parametrize("pattern", ALL, ids=lambda pattern: pattern.name)
def test_declared_digits_are_in_every_match(pattern: Pattern) -> None:
    if pattern.name not in ASKS_MORE:
        assert pattern.digits <= least_digits(parser.parse(pattern.regex, re.ASCII))


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("テスト 09012345678", 0.7),
        ("電話は 09012345678", 0.9),
        ("注文番号は 09012345678", 0.0),
        ("電話、注文番号は 09012345678", 0.9),
        ("09012345678 に電話", 0.9),
    ],
)
def test_context(text: str, score: float) -> None:
    context = Context(words("電話"), words("注文"), 0.7)
    start = text.index("0")
    assert context.score(text, start, start + 11, 0.9) == score


def test_latin_cues_are_whole_words() -> None:
    cue = words("tel|call(?: me|ing)?|電話")
    assert [bool(cue.search(text)) for text in ("hotel", "TEL:", "calling", "recall", "でんわ電話")] == [
        False, True, True, False, True,
    ]  # fmt: skip


BAD = {
    "unpaired surrogates": "\ud800 a@b.co \udfff",
    "right-to-left marks": "\u202ea@b.co\u202c \u200f",
    "emoji joined": "👩\u200d👩\u200d👧 a@b.co 🇯🇵",
    "combining sequences": "e\u0301\u0323\u200b a@b.co",
    "mixed scripts": "اتصل a@b.co שלום Привет สวัสดี 안녕",
    "control characters": "a@b.co\x00\x01\x7f",
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_bad_input(text: str) -> None:
    assert surfaces(text, "EMAIL_ADDRESS") == ["a@b.co"]


@pytest.mark.slow
def test_ten_megabytes_of_digits() -> None:
    text = "0123456789" * 1_000_000 + " a@b.co"
    assert surfaces(text, "EMAIL_ADDRESS") == ["a@b.co"]


def test_an_amount_that_is_used_is_no_code() -> None:
    for text in ("at least 100MB, although I use 250MB", "try 1080P or use 500GIB", "put 2400MHZ"):
        assert surfaces(text, "SHARE_CODE") == []
    assert surfaces("use my code 250MBX9 or try GB500A", "SHARE_CODE") == ["250MBX9", "GB500A"]


def test_numbers_are_not_eaten_by_their_neighbours() -> None:
    text = "order 1234567, 3,980円, v1.2.3.4, 2024-01-15, 3f2504e04f8911d39a0c0305e82c3301, 12:34:56"
    assert {span.label for span in SCANNER.detect([text])[0]} <= {"ACCOUNT_ID", "DATE_TIME"}


UNITS = [
    "0", "9", "@", ".", "a-", "@a.", "a@", " ", "0-", "1.", "a", "A1-", "4111 ", "at ", "dot ",
    "http://", "www.", "::", "1:", "0 ", "〇", "市", "東京都市", "渋谷区市市", "1丁目", "二十",
    "password ", "カード番号", "会員番号", "-----BEGIN PRIVATE KEY-----", "eyJaaaaaaaaa.aaaaaaaaa",
    "data:", "1 Main St ", "ぜろいち", "x ", "I'm 34 ", "1歳", "誕生日", "abandon ", "[at]", "é",
    "\u0301", "\u200b", "99 99 ", "P<", "|", "=", "$",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_adversarial_texts_are_scanned_in_linear_time(unit: str) -> None:
    text = (unit * (100_000 // len(unit) + 1))[:100_000]
    took = least_seconds(lambda: SCANNER.detect([text]), times=1)
    assert took < 20.0  # a second at most; in quadratic time, minutes


@pytest.mark.slow
@pytest.mark.parametrize("pattern", ALL, ids=lambda pattern: pattern.name)
def test_no_pattern_is_superlinear(pattern: Pattern) -> None:
    """Asked directly, as a text with every cue would: 10,000 characters in a moment, anywhere in 3 s."""
    form = forms.form_of(ALL.index(pattern))
    for unit in UNITS:
        text = (unit * (10_000 // len(unit) + 1))[:10_000]
        start = time.process_time()
        first = form.regex.search(text)
        found = [] if first is None else list(form.find(text, first))
        assert time.process_time() - start < 3.0, unit
        assert len(found) <= len(text)
