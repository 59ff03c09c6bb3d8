import re

import pytest

from deid.transform.identity import Entity, link
from deid.types import Span, Turn

MARK = re.compile(r"<([A-Z_]+):([^>]*)>")


def linked(*texts: str) -> list[list[Entity]]:
    """Link texts in which ``<LABEL:surface>`` is a span."""
    turns, spans = [], []
    for index, text in enumerate(texts):
        plain, found = "", []
        cursor = 0
        for match in MARK.finditer(text):
            plain += text[cursor : match.start()]
            found.append(Span(len(plain), len(plain) + len(match[2]), match[1]))
            plain += match[2]
            cursor = match.end()
        turns.append(Turn(f"m[{index}]", plain + text[cursor:]))
        spans.append(found)
    return link(turns, spans)


def people(*surfaces: str) -> list[int]:
    """Numbers of persons mentioned one after another."""
    return [row[0].number for row in linked(*(f"<PERSON:{surface}>" for surface in surfaces))]


@pytest.mark.parametrize(
    "surfaces",
    [
        (
            "Tanaka Hiroshi",
            "Tanaka",
            "Hiroshi",
            "tanaka",
            "HIROSHI",
            "Mr. Tanaka",
            "Tanaka-san",
            "Tanaka's",
            "Hiroshi Tanaka",
        ),
        ("Tanaka", "Tanaka Hiroshi"),
        ("jess", "Jessica", "Jessica Moore", "Jess Moore"),
        ("Mary Jane Watson", "Mary Jane", "Jane Watson", "Watson", "Ms Watson’s"),
        (
            "田中美咲",
            "田中",
            "美咲",
            "田中さん",
            "美咲ちゃん",
            "田中 美咲",
            "田中　美咲様",
            "田中先生",
            "田中氏",
            "田中くん",
        ),
        ("美咲", "田中美咲"),
        ("佐藤葵", "葵"),
        ("林", "林健太"),
        ("みさき", "ミサキ", "ﾐｻｷ", "みさきさん", "ミサキちゃん"),
        ("ミカちゃん", "Mika-san", "mika", "ミカ"),
        ("佐藤ゆうき", "Yuki", "Yuuki", "ゆうき", "佐藤"),
        ("さとう", "Satō", "Satou", "Satoh", "sato"),
        ("ジョン・スミス", "ジョン", "スミスさん"),
        ("田中", "田\u200b中"),
        ("Ｔａｎａｋａ", "tanaka"),
    ],
)
def test_one_person(surfaces: tuple[str, ...]) -> None:
    assert set(people(*surfaces)) == {1}


@pytest.mark.parametrize(
    "surfaces",
    [
        ("Tanaka Hiroshi", "Tanaka Yui", "Tanaka"),
        ("田中美咲", "田中健", "田中"),
        ("Mary Smith", "Mary Jones", "Mary"),
        ("Ann", "Anna"),
        ("Ana", "Diana"),
        ("さき", "みき"),
        ("Jon", "Joon"),
        ("J", "J Smith"),
        ("か", "みか"),
        ("John Smith", "John Carter Smith"),
        ("山田太郎", "山本太郎", "太郎"),
    ],
)
def test_different_people(surfaces: tuple[str, ...]) -> None:
    assert people(*surfaces) == list(range(1, len(surfaces) + 1))


def test_part_that_fits_two_stays_apart_while_other_parts_do_not() -> None:
    assert people("田中美咲", "田中健", "田中", "美咲", "健") == [1, 2, 3, 1, 2]


def test_a_part_joins_the_longest_name_through_a_middle_one() -> None:
    assert people("Mary Jane Watson", "Mary Jane", "Mary") == [1, 1, 1]


def test_numbers_follow_first_mention_per_label() -> None:
    rows = linked(
        "<EMAIL_ADDRESS:b@x.jp> <PERSON:Ann>",
        "<PERSON:Bob> <EMAIL_ADDRESS:a@x.jp> <PERSON:ann> <EMAIL_ADDRESS:B@X.JP>",
    )
    assert [(e.label, e.number) for row in rows for e in row] == [
        ("EMAIL_ADDRESS", 1),
        ("PERSON", 1),
        ("PERSON", 2),
        ("EMAIL_ADDRESS", 2),
        ("PERSON", 1),
        ("EMAIL_ADDRESS", 1),
    ]


def test_adjacent_identities_are_not_merged() -> None:
    rows = linked("<EMAIL_ADDRESS:a@x.jp><EMAIL_ADDRESS:b@x.jp><EMAIL_ADDRESS:c@x.jp>")
    assert [e.number for e in rows[0]] == [1, 2, 3]


def test_canonical_is_the_longest_name_wherever_it_stands() -> None:
    rows = linked("<PERSON:田中さん>", "<PERSON:田中美咲>", "<PERSON:美咲>")
    assert {e.canonical for row in rows for e in row} == {"田中美咲"}


@pytest.mark.parametrize(
    ("surfaces", "parts"),
    [
        (("田中美咲",), ("田中美咲",)),
        (("田中美咲", "田中"), ("田中", "美咲")),
        (("田中美咲", "美咲"), ("田中", "美咲")),
        (("田中美咲", "田中 美咲"), ("田中", "美咲")),
        (("佐藤ゆうき",), ("佐藤", "ゆうき")),
        (("Tanaka Hiroshi",), ("tanaka", "hiroshi")),
    ],
)
def test_division_of_a_name(surfaces: tuple[str, ...], parts: tuple[str, ...]) -> None:
    rows = linked(*(f"<PERSON:{surface}>" for surface in surfaces))
    assert rows[0][0].parts == parts


def test_values_other_than_people_have_no_parts() -> None:
    assert linked("<EMAIL_ADDRESS:ann@x.jp>")[0][0].parts == ()


def test_repr_hides_values() -> None:
    shown = repr(linked("<PERSON:田中 美咲> <EMAIL_ADDRESS:misaki@x.jp>"))
    assert "田中" not in shown
    assert "misaki" not in shown


def test_odd_surfaces_are_identities_too() -> None:
    assert people("...", "?", "さん", "'s", "\u200b", "Mr. ") == [1, 2, 3, 4, 5, 6]


def test_ten_thousand_names_take_little_time() -> None:
    surfaces = [f"Given{n} Family{n % 97}" for n in range(10_000)]
    assert len(set(people(*surfaces))) == 10_000


def test_a_very_long_name_takes_little_time() -> None:
    assert people("あ" * 100_000, "a " * 50_000, "か") == [1, 2, 3]


@pytest.mark.parametrize(
    "surfaces",
    [
        ("Alexander", "Alexandra", "Alex"),  # short for both
        ("Andrew Smith", "Nancy Drew", "Drew"),  # somebody's last name
        ("Ann", "Anna"),  # names of their own
    ],
)
def test_a_short_form_that_fits_nobody_alone_stays_apart(surfaces: tuple[str, ...]) -> None:
    numbers = people(*surfaces)
    assert numbers[0] != numbers[-1]
    assert numbers[0] != numbers[1]
