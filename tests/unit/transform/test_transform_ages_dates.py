import pytest

from deid.detect.facts import parse_age
from deid.transform.ages import Range, age_text, parse_range, range_text, read_age, widen
from deid.transform.dates import LEVELS, coarsen, coarsen_iso, parse_date
from deid.transform.script import Language


@pytest.mark.parametrize(
    ("surface", "numbers"),
    [
        ("34", (34, 34)),
        ("34歳", (34, 34)),
        ("３４才", (34, 34)),
        ("三十四歳", (34, 34)),
        ("34 years old", (34, 34)),
        ("34-year-old", (34, 34)),
        ("30代", (30, 39)),
        ("30s", (30, 39)),
        ("30-34", (30, 34)),
        ("90+", (90, None)),
        ("90歳以上", (90, None)),
        ("6ヶ月", None),
        ("6 months", None),
        ("18mo", None),
        ("2 weeks", None),
        ("10 days", None),
        ("young", None),
        ("1990", None),
        ("", None),
    ],
)
def test_read_age(surface: str, numbers: Range | None) -> None:
    assert read_age(surface) == numbers


@pytest.mark.parametrize(
    ("value", "numbers"),
    [
        ("34", (34, 34)),
        ("30-34", (30, 34)),
        ("90+", (90, None)),
        ("-5", (-5, -5)),
        ("34-30", None),
        ("3 4", None),
        ("x", None),
        ("", None),
    ],
)
def test_parse_range(value: str, numbers: Range | None) -> None:
    assert parse_range(value) == numbers


@pytest.mark.parametrize(
    ("numbers", "width", "top", "wide"),
    [
        ((34, 34), 5, 90, (30, 34)),
        ((34, 34), 10, 90, (30, 39)),
        ((30, 39), 5, 90, (30, 39)),
        ((35, 36), 10, None, (30, 39)),
        ((89, 89), 5, 90, (85, 89)),
        ((90, 90), 5, 90, (90, None)),
        ((116, 116), 10, 90, (90, None)),
        ((93, 93), 10, 95, (90, 94)),
        ((0, 0), 5, 90, (0, 4)),
        ((80, 99), 10, 90, (80, None)),
        ((90, None), 10, None, (90, None)),
        ((-1, -1), 5, None, (-5, -1)),
        ((34, 34), 20, None, (20, 39)),
    ],
)
def test_widen(numbers: Range, width: int, top: int | None, wide: Range) -> None:
    assert widen(numbers, width, top) == wide


@pytest.mark.parametrize(
    ("numbers", "ja", "en", "field"),
    [
        ((30, 39), "30代", "30s", "30-39"),
        ((30, 34), "30〜34歳", "30-34", "30-34"),
        ((90, None), "90歳以上", "90+", "90+"),
        ((0, 9), "0〜9歳", "0-9", "0-9"),
        ((20, 39), "20〜39歳", "20-39", "20-39"),
    ],
)
def test_texts_of_a_range(numbers: Range, ja: str, en: str, field: str) -> None:
    assert (age_text(numbers, "ja"), age_text(numbers, "en"), range_text(numbers)) == (ja, en, field)


@pytest.mark.parametrize("width", [5, 10, 20])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_is_written_is_read_back_as_the_same_range(width: int, language: Language) -> None:
    for years in range(1, 121):
        wide = widen((years, years), width, 90)
        assert parse_age(age_text(wide, language)) == range_text(wide)


DATES = [
    ("1990-05-03", (1990, 5, 3, None), "iso"),
    ("1990/5/3", (1990, 5, 3, None), "iso"),
    ("1990.05.03", (1990, 5, 3, None), "iso"),
    ("19900503", (1990, 5, 3, None), "iso"),
    ("1990-05", (1990, 5, None, None), "iso"),
    ("１９９０／５／３", (1990, 5, 3, None), "iso"),
    ("2024-05-03T14:22:10+09:00", (2024, 5, 3, 14), "iso"),
    ("2024-05-03 14:22", (2024, 5, 3, 14), "iso"),
    ("2024-05-03T00:30:00Z", (2024, 5, 3, 0), "iso"),
    ("2024-05-03T14:22:10.123456+1000", (2024, 5, 3, 14), "iso"),
    ("20240503T142210", (2024, 5, 3, 14), "iso"),
    ("25/12/1990", (1990, 12, 25, None), "iso"),
    ("12/25/1990", (1990, 12, 25, None), "iso"),
    ("05/03/1990", (1990, None, None, None), "iso"),
    ("04/04/1990", (1990, 4, 4, None), "iso"),
    ("1990年5月3日", (1990, 5, 3, None), "ja"),
    ("1990年5月", (1990, 5, None, None), "ja"),
    ("1990年", (1990, None, None, None), "ja"),
    ("1990年5月3日生まれ", (1990, 5, 3, None), "ja"),
    ("２０２４年５月３日１４時２０分", (2024, 5, 3, 14), "ja"),
    ("2024年5月3日午後2時", (2024, 5, 3, 14), "ja"),
    ("2024年5月3日午前12時", (2024, 5, 3, 0), "ja"),
    ("二〇〇一年十二月二十三日", (2001, 12, 23, None), "ja"),
    ("平成2年5月3日", (1990, 5, 3, None), "ja"),
    ("平成元年", (1989, None, None, None), "ja"),
    ("昭和六十年四月一日", (1985, 4, 1, None), "ja"),
    ("令和６年", (2024, None, None, None), "ja"),
    ("大正15年12月25日", (1926, 12, 25, None), "ja"),
    ("明治45年", (1912, None, None, None), "ja"),
    ("S60.4.1", (1985, 4, 1, None), "ja"),
    ("H2/5/3", (1990, 5, 3, None), "ja"),
    ("March 4, 1990", (1990, 3, 4, None), "en"),
    ("mar 4th 1990", (1990, 3, 4, None), "en"),
    ("4th of March 1990", (1990, 3, 4, None), "en"),
    ("4 Mar. 1990", (1990, 3, 4, None), "en"),
    ("March 1990", (1990, 3, None, None), "en"),
    ("1990", (1990, None, None, None), "en"),
    ("born on March 4, 1990", (1990, 3, 4, None), "en"),
    ("May 3, 2024, 2:30 pm", (2024, 5, 3, 14), "en"),
    ("May 3, 2024 at 12am", (2024, 5, 3, 0), "en"),
    ("May 3, 2024 12:10 PM", (2024, 5, 3, 12), "en"),
]


@pytest.mark.parametrize(("surface", "stated", "style"), DATES)
def test_parse_date(surface: str, stated: tuple[int | None, ...], style: str) -> None:
    moment = parse_date(surface)
    assert moment is not None
    assert (moment.year, moment.month, moment.day, moment.hour) == stated
    assert moment.style == style


@pytest.mark.parametrize(
    "surface",
    [
        "",
        "yesterday",
        "昨日",
        "5月3日",
        "May 3",
        "90年",
        "14:22",
        "1990-13-01",
        "1990年5月40日",
        "1990-1991",
        "from 1990 to 1995",
        "123456",
        "abc1990",
        "1990年5月3日から1995年",
        "3/4/90",
    ],
)
def test_what_states_no_single_date_is_not_read(surface: str) -> None:
    assert parse_date(surface) is None


@pytest.mark.parametrize(
    ("surface", "texts"),
    [
        ("2024-05-03T14:22", ("2024", "2024-05", "2024-05-03", "2024-05-03T14")),
        ("2024年5月3日14時", ("2024年", "2024年5月", "2024年5月3日", "2024年5月3日14時")),
        ("平成2年5月3日", ("1990年", "1990年5月", "1990年5月3日", "1990年5月3日")),
        ("May 3, 2024, 2 pm", ("2024", "May 2024", "May 3, 2024", "May 3, 2024, 14:00")),
        ("March 1990", ("1990", "March 1990", "March 1990", "March 1990")),
        ("05/03/1990", ("1990", "1990", "1990", "1990")),
    ],
)
def test_coarsen(surface: str, texts: tuple[str, ...]) -> None:
    moment = parse_date(surface)
    assert moment is not None
    assert tuple(coarsen(moment, level) for level in LEVELS) == texts


def test_fields_are_iso() -> None:
    assert coarsen_iso("平成2年5月3日", "month") == "1990-05"
    assert coarsen_iso("March 4, 1990", "day") == "1990-03-04"
    assert coarsen_iso("soon", "day") is None
