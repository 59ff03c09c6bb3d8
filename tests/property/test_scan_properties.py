"""Laws of normalisation and scan over arbitrary and over PII-like text."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from deid.detect import checksums
from deid.detect.scan import Scanner, engines
from deid.ingest.normalize import normalize

NATIVE, PURE = [Scanner(engine) for engine in engines() if engine != "re"], Scanner("re")
FASTEST = Scanner()

PIECES = [
    "a@b.co", "taro.y", "＠", "@", " at ", " dot ", "com", "gmail", "0", "90", "1234", "5678", "-",
    "ー", " ", ".", ",", ":", "/", "東京都", "渋谷区", "神南", "1丁目", "2番3号", "歳", "34", "生まれ",
    "平成", "年", "月", "日", "電話", "番号は", "です", "パスワード", "password", " is ", "hunter2!",
    "カード", "4111", "マイナンバー", "LINE", "ID", "insta", "_x9", "http://", "www.", "x=", "born ",
    "March ", "4th", "I'm ", "\n", "\u200b", "…", "ｶﾞ", "e\u0301", "🙂", "İ", "ſ", "K", "K", "é", "٣",
    "(", ")", "[", "]", "「", "」", "→", "#", "+81", "Apt ", "Main ", "Street", "CA ", "94105", "GB82",
    "WEST", "sk-", "eyJ",
]  # fmt: skip
piled = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
texts = st.one_of(st.text(max_size=60), piled)


@given(st.text(alphabet=st.characters(), max_size=40))
def test_map_covers_every_character_in_order(text: str) -> None:
    normalized = normalize(text)
    if normalized.offsets is None:
        assert len(normalized.text) == len(text)
        return
    starts, ends = normalized.offsets
    assert len(starts) == len(ends) == len(normalized.text)
    assert all(0 <= start < end <= len(text) for start, end in zip(starts, ends, strict=True))
    assert list(starts) == sorted(starts)
    assert list(ends) == sorted(ends)


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=40))
def test_every_mapped_piece_normalises_to_what_it_stands_for(text: str) -> None:
    normalized = normalize(text)
    for i, char in enumerate(normalized.text):
        start, end = normalized.original(i, i + 1)
        assert char in normalize(unicodedata.normalize("NFKC", text[start:end])).text or end - start == 1


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalize(text).text
    assert unicodedata.normalize("NFKC", once) == once


@settings(max_examples=300, deadline=None)
@given(texts)
def test_engines_give_the_same_spans(text: str) -> None:
    expected = PURE.detect([text])
    for scanner in NATIVE:
        assert scanner.detect([text]) == expected


@settings(max_examples=100, deadline=None)
@given(st.lists(texts, max_size=5))
def test_alone_or_in_a_batch(batch: list[str]) -> None:
    for scanner in NATIVE:
        assert scanner.detect(batch) == [scanner.detect([text])[0] for text in batch]


@settings(max_examples=200, deadline=None)
@given(texts)
def test_spans_are_sorted_distinct_and_inside(text: str) -> None:
    spans = FASTEST.detect([text])[0]
    assert spans == sorted(set(spans))
    assert all(span.end <= len(text) for span in spans)


@settings(deadline=None)
@given(st.text(max_size=20), st.text(max_size=20))
def test_an_address_is_found_between_any_two_texts(before: str, after: str) -> None:
    text = f"{before} ken.sato@example.co.jp {after}"
    start = len(before) + 1
    assert any(span.start <= start and start + 22 <= span.end for span in FASTEST.detect([text])[0])


@given(st.integers(0, 10**11 - 1), st.integers(1, 9))
def test_my_number_notices_any_wrong_check_digit(body: int, change: int) -> None:
    number = f"{body:011}"
    valid = [digit for digit in "0123456789" if checksums.my_number(number + digit)]
    assert len(valid) == 1
    wrong = str((int(valid[0]) + change) % 10)
    assert not checksums.my_number(number + wrong)


@given(st.text("0123456789", min_size=11, max_size=18), st.integers(0, 10), st.integers(1, 9))
def test_luhn_notices_any_changed_digit(body: str, place: int, change: int) -> None:
    number = next((body + digit for digit in "0123456789" if checksums.luhn(body + digit)), None)
    if number is None:
        assert len(set(body)) == 1
        return
    changed = number[:place] + str((int(number[place]) + change) % 10) + number[place + 1 :]
    assert not checksums.luhn(changed)


@given(st.text("0123456789", min_size=3, max_size=14), st.integers(0, 2), st.integers(1, 9))
def test_verhoeff_notices_any_changed_digit(body: str, place: int, change: int) -> None:
    (number,) = [body + digit for digit in "0123456789" if checksums.verhoeff(body + digit)]
    changed = number[:place] + str((int(number[place]) + change) % 10) + number[place + 1 :]
    assert not checksums.verhoeff(changed)
