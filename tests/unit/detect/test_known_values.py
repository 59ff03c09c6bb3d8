"""Every written form of a value that the module promises, and the guard against words that are names."""

import re

import pytest

from deid.detect.known.fold import fold_text, fold_together
from deid.detect.known.numbers import read_date, read_phones
from deid.detect.known_values import KnownValues
from deid.types import KnownValue


def found(label: str, value: str, text: str) -> list[str]:
    (spans,) = KnownValues([KnownValue(label, value)]).detect([text])
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("value", "text", "surface"),
    [
        ("Jessica Marlow", "JESSICA MARLOW was here", "JESSICA MARLOW"),
        ("Jessica Marlow", "ask jessica", "jessica"),
        ("Jessica Marlow", "Marlow, Jessica", "Marlow, Jessica"),
        ("Jessica Marlow", "jessicamarlow", "jessicamarlow"),
        ("Jessica Marlow", "jessica_marlow", "jessica_marlow"),
        ("Jessica Marlow", "jessica99", "jessica"),
        ("Jessica Marlow", "Ｊｅｓｓｉｃａ", "Ｊｅｓｓｉｃａ"),
        ("Jessica Marlow", "jess\u200bica", "jess\u200bica"),
        ("Jessica Marlow", "J. Marlow", "J. Marlow"),
        ("Jessica Marlow", "see Jessica M. there", "Jessica M"),
        ("Jessica Marlow", "signed J.M.", "J.M"),
        ("Jessica Marlow", "oh Jess!", "Jess"),
        ("Jessica Marlow", "Jessica's bag", "Jessica"),
        ("Ms. Jessica Marlow", "jessica", "jessica"),
        ("José Álvarez", "jose", "jose"),
        ("José Álvarez", "ALVAREZ", "ALVAREZ"),
        ("Jose Alvarez", "José", "José"),
        ("山田 花江", "山田花江です", "山田花江"),
        ("山田 花江", "花江 山田", "花江 山田"),
        ("山田 花江", "山田さん", "山田"),
        ("山田花江", "山田 花江", "山田 花江"),
        ("山田花江", "花江ちゃん", "花江"),
        ("山田花江さん", "山田花江", "山田花江"),
        ("高橋 美咲", "髙橋さん", "髙橋"),
        ("やまだ はなえ", "ヤマダ", "ヤマダ"),
        ("やまだ はなえ", "ﾊﾅｴ", "ﾊﾅｴ"),
        ("やまだ はなえ", "yamada hanae", "yamada hanae"),
        ("ヤマダ ハナエ", "Hanae Yamada", "Hanae Yamada"),
        ("おおの ようこ", "Yoko Ohno", "Yoko Ohno"),
        ("おおの ようこ", "oono youko", "oono youko"),
        ("Hanae Yamada", "ハナエさん", "ハナエ"),
        ("Hanae Yamada", "ヤマダ", "ヤマダ"),
        ("Yoko Ohno", "ようこさん", "ようこ"),
        ("Kenichi Mori", "ケンイチ", "ケンイチ"),
    ],
)
def test_names(value: str, text: str, surface: str) -> None:
    assert found("PERSON", value, text) == [surface]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Ann Lee", "plan a"),
        ("Ann Lee", "annual"),
        ("Jessica", "Jessicans"),
        ("Marlow", "mar low"),
        ("はなえ", "あのはな えらい"),
        ("カナエ", "カナエルの店"),
        ("ミサ", "ミサイルさん"),
        ("Hana Kubo", "はなとくぼみ"),
        ("Dane", "雨だね"),
        ("花", "花が咲いた"),
        ("光", "光がまぶしい"),
        ("山田花江", "山田町"),
        ("x", "x"),
        ("", "anything"),
        ("  ", "anything"),
        ("- -", "a - - b"),
        (". '", "a. 'b"),
    ],
)
def test_no_names(value: str, text: str) -> None:
    assert found("PERSON", value, text) == []


@pytest.mark.parametrize(
    ("value", "text", "surfaces"),
    [
        ("Will", "will you come", []),
        ("Will", "Will you come", []),
        ("Will", "I met Will there", ["Will"]),
        ("Will", "hi will!", ["will"]),
        ("Will", "im will btw", ["will"]),
        ("Will", "Will said no", ["Will"]),
        ("Will", "it's will's birthday... Will's birthday", ["Will"]),
        ("Will", "THIS WILL BE LOUD", []),
        ("May", "we met in May", []),
        ("May", "on May 5", []),
        ("May", "ask May about it", ["May"]),
        ("Paris", "we stayed in Paris", []),
        ("Bo", "then Bo left", ["Bo"]),
        ("Bo", "bo", []),
        ("William Hart", "so Billy came", ["Billy"]),
        ("William Hart", "send the bill", []),
        ("さくら", "さくらが咲いた", []),
        ("さくら", "さくらちゃん", ["さくら"]),
        ("さくら", "サクラさん", ["サクラ"]),
        ("さくら", "名前はさくら", ["さくら"]),
        ("光", "私は光です", ["光"]),
        ("光", "光さんと光の中", ["光"]),
    ],
)
def test_a_name_that_is_a_word_needs_a_cue(value: str, text: str, surfaces: list[str]) -> None:
    assert found("PERSON", value, text) == surfaces


PHONES = [
    "090-1234-5678",
    "09012345678",
    "090 1234 5678",
    "(090)1234-5678",
    "090.1234.5678",
    "０９０－１２３４－５６７８",
    "０９０ー１２３４ー５６７８",
    "〇九〇一二三四五六七八",
    "090の1234の5678",
    "+81 90 1234 5678",
    "+81(0)90-1234-5678",
    "+819012345678",
    "010819012345678",
]


@pytest.mark.parametrize("text", PHONES)
@pytest.mark.parametrize("value", ["090-1234-5678", "+81 90-1234-5678", "０９０１２３４５６７８"])
def test_telephone_numbers_in_any_grouping(value: str, text: str) -> None:
    assert found("PHONE_NUMBER", value, f"tel: {text}!") == [text]


@pytest.mark.parametrize(
    "text", ["4155550134", "(415) 555-0134", "+1 415 555 0134", "1-415-555-0134", "+14155550134"]
)
def test_a_north_american_number(text: str) -> None:
    assert found("PHONE_NUMBER", "+1 (415) 555-0134", text) == [text]


@pytest.mark.parametrize(
    "text", ["1090123456789", "0901234567", "190-1234-5678", "090-1234-56789", "3 090-1234-5679"]
)
def test_other_numbers(text: str) -> None:
    assert found("PHONE_NUMBER", "090-1234-5678", text) == []


def test_a_number_said_twice_is_found_twice() -> None:
    assert found("PHONE_NUMBER", "090-1234-5678", "090-1234-5678 090-1234-5678") == ["090-1234-5678"] * 2


def test_numbers_of_unlike_length_are_looked_up_together() -> None:
    known = [KnownValue("PHONE_NUMBER", "090-1234-5678"), KnownValue("PHONE_NUMBER", "03-1234-5678")]
    text = "03-1234-5678 or 090-1234-5678"
    (spans,) = KnownValues(known).detect([text])
    assert [text[span.start : span.end] for span in spans] == ["03-1234-5678", "090-1234-5678"]


@pytest.mark.parametrize("value", ["12345", "", "ext. 12", "0000000"])
def test_too_short_to_be_a_number(value: str) -> None:
    assert read_phones([value]) is None
    assert found("PHONE_NUMBER", value, "12345 ext. 12") == []


DATES = [
    "2006-03-08",
    "2006/3/8",
    "2006.3.8",
    "2006年3月8日",
    "2006年03月08日",
    "二〇〇六年三月八日",
    "平成18年3月8日",
    "平成十八年三月八日",
    "H18.3.8",
    "h18/03/08",
    "3/8/2006",
    "08.03.2006",
    "3/8/06",
    "06/3/8",
    "March 8, 2006",
    "Mar 8th 2006",
    "8 March 2006",
    "8th of march",
    "3月8日",
    "三月八日",
    "20060308",
    "060308",
    "２００６／３／８",
]


@pytest.mark.parametrize("text", DATES)
@pytest.mark.parametrize(
    "value", ["2006-03-08", "平成18年3月8日", "March 8, 2006", "20060308", "2006-03-08T00:00:00Z"]
)
def test_dates_in_any_order_and_era(value: str, text: str) -> None:
    assert found("DATE_OF_BIRTH", value, f"on {text} .") == [text]


@pytest.mark.parametrize(
    "text",
    [
        "2007-03-08",
        "平成19年3月8日",
        "昭和18年3月8日",
        "3月18日",
        "13月8日",
        "March 18",
        "12006-03-08",
        "1/2/3",
        "mark 8",
    ],
)
def test_other_dates(text: str) -> None:
    assert found("DATE_OF_BIRTH", "2006-03-08", text) == []


@pytest.mark.parametrize("value", ["soon", "", "2006", "2006-13-45", "31/31/2006", "060308"])
def test_not_a_date(value: str) -> None:
    assert read_date(value) is None


def test_the_first_year_of_an_era() -> None:
    assert found("DATE_OF_BIRTH", "1989-02-01", "平成元年2月1日") == ["平成元年2月1日"]


@pytest.mark.parametrize(
    "text",
    [
        "m.sato@mail.example",
        "M.SATO@MAIL.EXAMPLE",
        "m.sato @ mail . example",
        "m.sato[at]mail[dot]example",
        "m.sato at mail dot example",
        "m.sato あっと mail どっと example",
        "ｍ．ｓａｔｏ＠ｍａｉｌ．ｅｘａｍｐｌｅ",
    ],
)
def test_an_email_address(text: str) -> None:
    assert found("EMAIL_ADDRESS", "m.sato@mail.example", f"to {text} ok") == [text]


def test_its_local_part_is_a_user_name() -> None:
    (spans,) = KnownValues([KnownValue("EMAIL_ADDRESS", "hanae.y@mail.example")]).detect(
        ["I am hanae.y there"]
    )
    assert [span.label for span in spans] == ["USERNAME"]
    assert found("EMAIL_ADDRESS", "abc@mail.example", "abc") == []


@pytest.mark.parametrize(
    ("label", "value", "text", "surface"),
    [
        ("USERNAME", "@moon_cat", "moon_cat", "moon_cat"),
        ("USERNAME", "mooncat", "@MoonCat!", "MoonCat"),
        ("STREET_ADDRESS", "東京都港区芝1-2-3", "東京都 港区 芝１－２－３", "東京都 港区 芝１－２－３"),
        ("STREET_ADDRESS", "東京都港区芝1-2-3", "東京都港区芝1丁目2番3号", "東京都港区芝1丁目2番3号"),
        ("STREET_ADDRESS", "12 Elm Street", "12  elm street", "12  elm street"),
        ("US_SSN", "536-22-8726", "536 22 8726", "536 22 8726"),
        ("POSTAL_CODE", "150-0001", "〒1500001", "1500001"),
        ("ORGANIZATION", "Blue Fern Bakery", "bluefern bakery", "bluefern bakery"),
    ],
)
def test_other_values(label: str, value: str, text: str, surface: str) -> None:
    assert found(label, value, text) == [surface]


@pytest.mark.parametrize(
    ("label", "value", "text"),
    [
        ("AGE", "34", "34"),
        ("ACCOUNT_ID", "123", "123"),
        ("US_SSN", "536-22-8726", "5362287261"),
        ("USERNAME", "@", "@"),
    ],
)
def test_values_too_short_or_inside_a_longer_one(label: str, value: str, text: str) -> None:
    assert found(label, value, text) == []


def test_the_longest_form_wins() -> None:
    known = [KnownValue("PERSON", "花江"), KnownValue("PERSON", "山田花江")]
    (spans,) = KnownValues(known).detect(["山田花江"])
    assert [(span.start, span.end) for span in spans] == [(0, 4)]


def test_offsets_are_of_the_original() -> None:
    text = "🙂ｶﾞ\u200b　ﾔﾏﾀﾞ さん"
    (spans,) = KnownValues([KnownValue("PERSON", "山田 ヤマダ")]).detect([text])
    assert [text[span.start : span.end] for span in spans] == ["ﾔﾏﾀﾞ"]


@pytest.mark.parametrize(
    ("value", "text", "surface"),
    [
        ("Robert O'Brien", "R. O'Brien", "R. O'Brien"),
        ("Robert O'Brien", "robert.obrien", "robert.obrien"),
        ("Robert O'Brien", "obrien", "obrien"),
        ("Anna van der Berg", "Van der Berg", "Van der Berg"),
        ("Anna van der Berg", "berg", "berg"),
        ("Tobin Marlowe", "Tobin J. Marlowe", "Tobin J. Marlowe"),
        ("Bo Stone", "Bo J. Stone", "Bo J. Stone"),
        ("Tobin Marlowe", "m a r l o w e", "m a r l o w e"),
        ("Tobin Marlowe", "T. M.", "T. M"),
        ("つちや りつ", "R. Tutiya", "R. Tutiya"),
        ("Tsuchiya Ritsu", "R. Tsuchiya", "R. Tsuchiya"),
        ("Kenichi Mori", "Ken'ichi", "Ken'ichi"),
        ("Sato Yuto", "Satou Yuuto", "Satou Yuuto"),
        ("Mori Shinichiro", "しんいちろう", "しんいちろう"),
        ("土屋律", "土屋です", "土屋"),
        ("土屋律", "律と申します", "律"),
        ("土屋律", "律殿", "律"),
        ("土屋律", "律 さん", "律"),
    ],
)
def test_parts_initials_and_spellings(value: str, text: str, surface: str) -> None:
    assert found("PERSON", value, f"- {text} -") == [surface]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Anna van der Berg", "der van"),
        ("Tobin Marlowe", "tm T M t.m. T.M"),
        ("Tobin Marlowe", "m arlow e"),
        ("土屋律", "律儀な人"),
        ("Wel Marlow", "we'll"),
        ("Mori Naoki", "なおきれい"),
    ],
)
def test_what_looks_like_a_part(value: str, text: str) -> None:
    assert found("PERSON", value, text) == []


EN_ADDRESS = "77 Calloway Avenue, Apt 3B, Brooklyn, NY 11215"
JA_ADDRESS = "東京都世田谷区桜丘3-4-5 メゾン青葉201"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (EN_ADDRESS, "77 calloway ave"),
        (EN_ADDRESS, "77 Calloway Avenue, Brooklyn"),
        (EN_ADDRESS, "77 Calloway Ave #3B, Brooklyn, NY 11215"),
        ("77 Calloway Ave. Apt 3B", "77 Calloway Avenue"),
        (JA_ADDRESS, "世田谷区桜丘３ー４ー５"),
        (JA_ADDRESS, "桜丘3の4の5"),
        (JA_ADDRESS, "東京都世田谷区桜丘三丁目四番五号"),
        (JA_ADDRESS, "世田谷区桜丘3丁目4-5 メゾン青葉201"),
        ("大阪府豊中市緑丘12-8", "緑丘十二番八号"),
    ],
)
def test_addresses_in_part(value: str, text: str) -> None:
    assert found("STREET_ADDRESS", value, f"at {text} ok") == [text]


@pytest.mark.parametrize("text", ["Calloway Avenue", "Brooklyn", "7 Calloway Avenue", "177 Calloway Avenue"])
def test_less_than_a_street_and_number_is_no_address(text: str) -> None:
    assert found("STREET_ADDRESS", EN_ADDRESS, f"at {text} ok") == []


@pytest.mark.parametrize(
    ("label", "value", "text", "surfaces"),
    [
        ("ORGANIZATION", "Harbor & Pine LLC", "harbor and pine", ["harbor and pine"]),
        ("ORGANIZATION", "株式会社あおぞら製菓", "あおぞら製菓", ["あおぞら製菓"]),
        ("ORGANIZATION", "みなと物産株式会社", "㈱みなと物産", ["㈱みなと物産"]),
        ("EDUCATION", "東京都立青鷺高等学校", "青鷺高校", ["青鷺高校"]),
        ("EDUCATION", "若宮大学", "若宮大", ["若宮大"]),
        ("EDUCATION", "University of Vestermark", "Vestermark uni", ["Vestermark uni"]),
        ("EDUCATION", "Hartsmere High School", "hartsmere high", ["hartsmere high"]),
        ("ORGANIZATION", "Apple Inc.", "an apple a day", []),
        ("ORGANIZATION", "Apple Inc.", "i work at apple", ["apple"]),
        ("ORGANIZATION", "Apple Inc.", "so Apple it is", ["Apple"]),
    ],
)
def test_schools_and_employers(label: str, value: str, text: str, surfaces: list[str]) -> None:
    assert found(label, value, text) == surfaces


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("my birthday is 3/8", ["3/8"]),
        ("誕生日は0308です", ["0308"]),
        ("dob 08-03", ["08-03"]),
        ("3/8 of a cake", []),
        ("my birthday cake: 3/8/10 points", []),
        ("born in 2003, scored 3-8-2", []),
        ("8-Mar-2006", ["8-Mar-2006"]),
        ("2006, march 8", ["2006, march 8"]),
        ("平18.3.8", ["平18.3.8"]),
        ("at 6. 8.3.2006", ["8.3.2006"]),
    ],
)
def test_dates_beside_a_cue_and_in_odd_orders(text: str, surfaces: list[str]) -> None:
    assert found("DATE_OF_BIRTH", "2006-03-08", text) == surfaces


@pytest.mark.parametrize(
    "text",
    [
        "zero nine zero one two three four five six seven eight",
        "oh nine oh, one two three four, five six seven eight",
    ],
)
def test_a_telephone_number_in_words(text: str) -> None:
    assert found("PHONE_NUMBER", "090-1234-5678", f"call {text} ok") == [text]


def test_score_name_and_labels() -> None:
    known = [
        KnownValue("PERSON", "Hanae"),
        KnownValue("PHONE_NUMBER", "09012345678"),
        KnownValue("EMAIL_ADDRESS", "hanae@x.example"),
    ]
    matcher = KnownValues(known, name="profile", score=0.5)
    assert matcher.labels == {"PERSON", "PHONE_NUMBER", "EMAIL_ADDRESS", "USERNAME"}
    (spans,) = matcher.detect(["hanae"])
    assert {(span.score, span.source) for span in spans} == {(0.5, "profile")}


def test_nothing_known_finds_nothing() -> None:
    assert KnownValues([]).detect(["a", "b"]) == [[], []]
    assert KnownValues([]).labels == frozenset()


def test_repr_tells_a_number_only() -> None:
    matcher = KnownValues([KnownValue("PERSON", "Hanae"), KnownValue("PHONE_NUMBER", "09012345678")])
    assert re.fullmatch(r"KnownValues\([0-9]+ values\)", repr(matcher))
    assert "Hanae" not in repr(KnownValue("PERSON", "Hanae"))


def test_values_are_compiled_into_no_cache() -> None:
    re.purge()
    KnownValues([KnownValue("PERSON", "Hanae Quillby"), KnownValue("DATE_OF_BIRTH", "2006-03-08")])
    assert "quillby" not in str(getattr(re, "_cache", {})).lower()


def test_many_numbers_cost_no_more_than_few() -> None:
    known = [KnownValue("PHONE_NUMBER", f"090{number:08d}") for number in range(5_000)]
    found_in = KnownValues(known).detect([f"call 090-{number:08d} now" for number in range(2_000)])
    assert all(len(spans) == 1 for spans in found_in)


def test_many_values_cost_no_more_than_few() -> None:
    # 5,000 values and 2,000 texts: quadratic work would take minutes.
    known = [KnownValue("USERNAME", f"user{number:05d}") for number in range(5_000)]
    found_in = KnownValues(known).detect([f"ask user{number:05d} now" for number in range(2_000)])
    assert all(len(spans) == 1 for spans in found_in)


def test_many_values_are_found_as_each_alone() -> None:
    texts = ["order ab-1042 by ann17@mail.example", "ask Jessica, or jess_marlow", "メモ3は山田さん", "anna"]
    known = [
        KnownValue("ACCOUNT_ID", "AB-1042"),
        KnownValue("EMAIL_ADDRESS", "ann17@mail.example"),
        KnownValue("PERSON", "Jessica Marlow"),
        KnownValue("PERSON", "山田 花江"),
        KnownValue("USERNAME", "@jess_marlow"),
        KnownValue("USERNAME", "メモ3"),  # too short to be told by how it ends
    ]
    more = [KnownValue("ACCOUNT_ID", f"ZZ-{number:05}") for number in range(100)]
    alone = [{span for k in known for span in KnownValues([k]).detect([text])[0]} for text in texts]
    together = KnownValues([*more, *known]).detect(texts)
    assert all(set(spans) <= one for spans, one in zip(together, alone, strict=True))
    surfaces = [[t[s.start : s.end] for s in spans] for t, spans in zip(texts, together, strict=True)]
    assert surfaces == [
        ["ab-1042", "ann17@mail.example"],
        ["Jessica", "jess_marlow"],
        ["メモ3", "山田"],
        [],
    ]


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("the banner and the planner, annual", []),
        ("the banner, but ann", ["ann"]),
        ("ann-marie annoys", ["ann"]),
        ("ann4 is not her", []),
        ("4ann, xann", []),
    ],
)
def test_a_name_inside_other_words_is_none(text: str, surfaces: list[str]) -> None:
    assert found("PERSON", "Ann Vik", text) == surfaces


def test_a_name_spaced_out_is_found_where_others_are_parts_of_words() -> None:
    assert found("PERSON", "Rosa Marlow", "marlowish m a r l o w") == ["m a r l o w"]


@pytest.mark.parametrize(
    "texts",
    [
        ["カタカナ" * 40, "ＡＢＣ é İ", "", "\0nul", "𠮷野家のラーメン" * 20, "ÀÉ" * 100],
        ["髙﨑さん 👩‍👩‍👧 ヴァイオリン " * 10, "\ud800 lone"],
    ],
)
def test_texts_folded_together_are_folded_as_each_alone(texts: list[str]) -> None:
    assert fold_together(texts) == "\0".join(fold_text(text).text.replace("\0", " ") for text in texts)
