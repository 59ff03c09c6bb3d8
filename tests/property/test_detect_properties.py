"""Laws of detection, for any text: offsets, batches, resolution, and the forms of known values."""

import datetime
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deid.detect.conversation import widen
from deid.detect.detector import DefaultDetector
from deid.detect.known.fold import compact, fold
from deid.detect.known.forms import forms_of
from deid.detect.known_values import KnownValues
from deid.detect.names.english import EnglishNames
from deid.detect.names.japanese import JapaneseNames
from deid.detect.names.kana import to_hiragana, to_katakana, to_romaji
from deid.detect.resolve import resolve
from deid.detect.scan import Scanner
from deid.detect.spacy import SpacyNames
from deid.detect.stated.places import StatedPlaces
from deid.labels import LABELS
from deid.transform.apply import Transformer
from deid.transform.policy import build_operators
from deid.transform.tokens import ReplacementKey
from deid.treatments import Treatment
from deid.types import Detector, KnownValue, Span, Turn

LAW = settings(deadline=None, max_examples=60)
CHEAP_LAW = settings(deadline=None, max_examples=400)

# Pieces that meet: every script, things to find, invisible, combining, astral and broken characters.
PIECES = [
    "田中",
    "美咲",
    "さん",
    "みさき",
    "ミカ",
    "Jessica",
    " Marlow",
    "my name is ",
    "I live in ",
    "Berlin",
    "です",
    "に住んでいます",
    "a@b.example",
    "@handle_99",
    "090-1234-5678",
    "０９０ー１２３４ー５６７８",
    "〇九〇",
    "1994年3月8日",
    "http://x.example/?q=1",
    "高2",
    "34歳",
    "I'm 34",
    "your name?",
    "\u200b",
    "\u202e",
    "\u0301",
    "\u3099",
    "か",
    "👨‍👩‍👧",
    "🇯🇵",
    "\ud800",
    "\udc00",
    "\0",
    "\n",
    " ",
    "。",
    "ﷺ",
    "İ",
    "ẞ",
    "ｶﾞ",
    "½",
    "[PERSON_1]",
    "「",
    "」",
    '"',
    "1",
    "12",
    "-",
    "(",
    "ー",
    "、",
]
texts = st.one_of(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.text(max_size=40))
MEMBERS = ["scan", "places", "japanese", "english", "spacy", "known", "default"]


@cache
def member(name: str) -> Detector:
    known = [
        KnownValue("PERSON", "田中 美咲"),
        KnownValue("PERSON", "Jessica Marlow"),
        KnownValue("PHONE_NUMBER", "09012345678"),
    ]
    makers: dict[str, Callable[[], Detector]] = {
        "scan": Scanner,
        "scan without re2": lambda: Scanner("re"),
        "places": StatedPlaces,
        "japanese": JapaneseNames.load,
        "english": EnglishNames.load,
        "spacy": SpacyNames.load,
        "known": lambda: KnownValues([*known, KnownValue("DATE_OF_BIRTH", "1994-03-08")]),
        "default": DefaultDetector.default,
    }
    return makers[name]()


def inside(spans: Sequence[Span], text: str) -> bool:
    return all(0 <= span.start < span.end <= len(text) and span.label in LABELS for span in spans)


def disjoint(spans: Sequence[Span]) -> bool:
    return all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))


@pytest.mark.parametrize("name", MEMBERS)
@LAW
@given(batch=st.lists(texts, max_size=5))
def test_spans_are_sorted_and_inside_and_the_same_alone_and_in_a_batch(name: str, batch: list[str]) -> None:
    detector = member(name)
    found = detector.detect(batch)
    assert found == [detector.detect([text])[0] for text in batch]
    assert all(
        inside(spans, text) and spans == sorted(spans) for spans, text in zip(found, batch, strict=True)
    )


@LAW
@given(batch=st.lists(texts, max_size=4))
def test_with_and_without_re2_the_same_spans(batch: list[str]) -> None:
    assert member("scan").detect(batch) == member("scan without re2").detect(batch)


@LAW
@given(text=texts)
def test_the_whole_detector_returns_disjoint_spans(text: str) -> None:
    assert disjoint(member("default").detect([text])[0])


@LAW
@given(
    batch=st.lists(texts, min_size=1, max_size=6),
    speakers=st.lists(st.sampled_from([None, 0, 1]), min_size=6),
)
def test_conversations_too(batch: list[str], speakers: list[int | None]) -> None:
    turns = [
        Turn(f"[{n}]", text, speaker) for n, (text, speaker) in enumerate(zip(batch, speakers, strict=False))
    ]
    detector = member("default")
    assert isinstance(detector, DefaultDetector)
    found = detector.detect_conversation(turns)
    assert all(inside(spans, t.text) and disjoint(spans) for spans, t in zip(found, turns, strict=True))


@LAW
@given(batch=st.lists(texts, min_size=1, max_size=6))
def test_a_conversation_only_adds_spans(batch: list[str]) -> None:
    turns = [Turn(f"[{n}]", text, n % 2) for n, text in enumerate(batch)]
    scan = member("scan").detect
    given_spans = scan(batch)
    widened = widen(turns, given_spans, scan)
    assert all(set(before) <= set(after) for before, after in zip(given_spans, widened, strict=True))


labels = st.sampled_from(sorted(LABELS))


@st.composite
def spans_in_text(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(st.text(min_size=1, max_size=30))
    starts = st.integers(0, len(text) - 1)
    ranges = draw(st.lists(st.tuples(starts, st.integers(1, 12)), max_size=8))
    return text, [
        Span(start, min(len(text), start + size), draw(labels), draw(st.sampled_from([0.5, 0.8, 1.0])))
        for start, size in ranges
    ]


def covered(spans: Sequence[Span]) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end)}


@CHEAP_LAW
@given(case=spans_in_text())
def test_resolving_keeps_every_letter_and_digit_covered(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    found = resolve(spans, text)
    assert disjoint(found)
    assert found == sorted(found)
    lost = covered(spans) - covered(found)
    assert covered(found) <= covered(spans)
    assert not any(text[at].isalnum() or unicodedata.category(text[at])[0] == "M" for at in lost)


@CHEAP_LAW
@given(case=spans_in_text())
def test_resolving_twice_changes_nothing(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    once = resolve(spans, text)
    assert resolve(once, text) == once
    assert resolve(spans[::-1], text) == once


@LAW
@given(text=texts)
def test_keeping_everything_gives_the_text_back(text: str) -> None:
    # Only quasi-identifiers may be kept; tags written by the user are escaped, so none are in the text.
    text = text.replace("[PERSON_1]", "")
    quasi = [label for label, row in LABELS.items() if row.cls == "quasi"]
    table = {label: Treatment(operator="keep" if label in quasi else "tag") for label in LABELS}
    transformer = Transformer(build_operators(table, ReplacementKey(bytes(32))), ReplacementKey(bytes(32)))
    spans = [span for span in member("default").detect([text])[0] if span.label in quasi]
    assert transformer.transform("r", [Turn("t", text)], [spans]).texts == (text,)


# --- known values ----------------------------------------------------------------------------------------
SYLLABLES = list("かきくけこさしすせそたてとなにぬねのまみむめもやゆよらりるれろ")
kana_names = st.lists(st.sampled_from(SYLLABLES), min_size=4, max_size=6).map("".join)
latin_names = st.tuples(
    st.sampled_from(["Zanter", "Quorvin", "Brixley", "Vostrand", "Plimsey", "Krendall"]),
    st.sampled_from(["Quillby", "Marlowski", "Fennbrook", "Tashburn", "Ovelgrad"]),
)


def is_found(label: str, value: str, written: str, around: str = "{}") -> bool:
    text = around.format(written)
    start = text.index(written)
    (spans,) = KnownValues([KnownValue(label, value)]).detect([text])
    return set(range(start, start + len(written))) <= covered(spans)


FULL_WIDTH = str.maketrans({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
AROUND = st.sampled_from(["{}", "ask {} now", "「{}」", "🙂{}🙂", "\n{}\n", "えっと、{}だよ", "({})"])


@LAW
@given(name=latin_names, around=AROUND)
def test_a_latin_name_in_every_form(name: tuple[str, str], around: str) -> None:
    given_name, family = name
    value = f"{given_name} {family}"
    forms = [
        value,
        value.lower(),
        value.upper(),
        f"{family} {given_name}",
        f"{family}, {given_name}",
        f"{given_name}.{family}",
        f"{given_name}_{family}",
        (given_name + family).lower(),
        given_name,
        family.upper(),
        f"{given_name[0]}. {family}",
        value.translate(FULL_WIDTH),
        "\u200b".join(family),
    ]
    assert [form for form in forms if not is_found("PERSON", value, form, around)] == []


@LAW
@given(family=kana_names, given_name=kana_names, around=AROUND)
def test_a_kana_name_in_every_form(family: str, given_name: str, around: str) -> None:
    value = f"{to_katakana(family)} {to_katakana(given_name)}"
    roman = [to_romaji(part) for part in (family, given_name)]
    forms = [
        family + given_name,
        f"{family} {given_name}さん",
        to_katakana(family + given_name),
        f"{to_hiragana(given_name)}ちゃん",
        " ".join(roman),
        " ".join(roman[::-1]).title(),
        f"{roman[1]}-san",
    ]
    stems = [form.removesuffix("さん").removesuffix("ちゃん").removesuffix("-san") for form in forms]
    assert [
        form
        for form, stem in zip(forms, stems, strict=True)
        if not is_found("PERSON", value, stem, around.replace("{}", form.replace(stem, "{}")))
    ] == []


@LAW
@given(number=st.integers(10_000_000, 99_999_999), mobile=st.sampled_from(["090", "080", "070"]))
def test_a_telephone_number_in_every_form(number: int, mobile: str) -> None:
    digits = f"{mobile}{number}"
    parts = (digits[:3], digits[3:7], digits[7:])
    kanji = digits.translate(str.maketrans("0123456789", "〇一二三四五六七八九"))
    forms = [
        digits,
        "-".join(parts),
        " ".join(parts),
        ".".join(parts),
        f"({parts[0]}) {parts[1]}-{parts[2]}",
        kanji,
        "-".join(parts).translate(FULL_WIDTH),
        f"+81 {digits[1:3]} {parts[1]} {parts[2]}",
        f"+81{digits[1:]}",
        "の".join(parts),
    ]
    assert [form for form in forms if not is_found("PHONE_NUMBER", "-".join(parts), form, "tel {}!")] == []
    other = f"{mobile}{(number + 1) % 100_000_000:08d}"
    assert not is_found("PHONE_NUMBER", digits, other)


@LAW
@given(date=st.dates(datetime.date(1930, 1, 1), datetime.date(2018, 12, 31)))
def test_a_date_in_every_form(date: datetime.date) -> None:
    y, m, d = date.year, date.month, date.day
    era, offset = ("昭和", 1925) if date < datetime.date(1989, 1, 8) else ("平成", 1988)
    month = date.strftime("%B")
    forms = [
        date.isoformat(),
        f"{y}/{m}/{d}",
        f"{y}.{m:02d}.{d:02d}",
        f"{y}年{m}月{d}日",
        f"{m}月{d}日",
        f"{m}/{d}/{y}",
        f"{d}/{m}/{y}",
        f"{m}/{d}/{y % 100:02d}",
        f"{month} {d}, {y}",
        f"{d} {month} {y}",
        f"{month[:3]} {d}",
        date.strftime("%Y%m%d"),
        f"{era}{y - offset}年{m}月{d}日",
    ]
    assert [form for form in forms if not is_found("DATE_OF_BIRTH", date.isoformat(), form, "on {}.")] == []


@LAW
@given(values=st.lists(st.tuples(labels, st.text(max_size=20)), max_size=5), text=texts)
def test_any_values_in_any_text(values: list[tuple[str, str]], text: str) -> None:
    matcher = KnownValues([KnownValue(label, value) for label, value in values])
    (spans,) = matcher.detect([text])
    assert inside(spans, text)
    assert {span.label for span in spans} <= matcher.labels


VALUE_PIECES = [
    "Ann", "van der", "O'Brien", "12", "Elm St", "apt 3", "株式会社", "東京都", "港区", "芝", "1-2-3",
    "一丁目", "高校", "高等学校", "都立", "&", "and", "Inc.", "University of", "大学", "ー", "-", "@", "a.b",
    ",", "山田", "はなえ", "ヤマダ", "José", "H", "Yuko", "Ohno", "(株)", " ",
]  # fmt: skip
declared = st.builds(
    KnownValue,
    st.sampled_from(
        ["PERSON", "EMAIL_ADDRESS", "STREET_ADDRESS", "ORGANIZATION", "EDUCATION", "USERNAME", "POSTAL_CODE"]
    ),
    st.lists(st.sampled_from(VALUE_PIECES), min_size=1, max_size=6).map(" ".join),
)


@CHEAP_LAW
@given(known=declared, data=st.data())
def test_a_form_is_left_out_only_where_no_text_holds_it(known: KnownValue, data: st.DataObject) -> None:
    every = list(forms_of(known, lambda _: True))
    said = data.draw(st.lists(st.sampled_from([form.text for form in every]), max_size=2)) if every else []
    letters = "\0".join([*said, compact(fold(known.value))[data.draw(st.integers(0, 4)) :]])
    assert list(forms_of(known, letters.__contains__)) == [form for form in every if form.text in letters]


# Letters of every script, alone or with digits; digits alone may be part of a longer number.
LETTERS = st.characters(categories=["Ll", "Lu", "Lo"], exclude_characters="ー")


@LAW
@given(value=st.lists(LETTERS, min_size=4, max_size=20).map("".join), tail=st.sampled_from(["", "7", "2024"]))
def test_a_plain_value_finds_itself(value: str, tail: str) -> None:
    assert is_found("USERNAME", value + tail, value + tail, "- {} -")
