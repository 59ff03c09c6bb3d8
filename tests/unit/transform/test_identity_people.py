"""One person under many names, and people whose names are alike: worked by hand."""

import pytest

from deid.transform.identity import Entity, link
from deid.transform.surrogates import assign, real_values, write
from deid.transform.tokens import ReplacementKey
from deid.types import KnownValue, Span, Turn

KEY = ReplacementKey(bytes(range(32)))

MISAKI = (
    KnownValue("PERSON", "田中 美咲"),
    KnownValue("PERSON", "タナカ ミサキ"),
    KnownValue("PERSON", "みーちゃん"),
    KnownValue("USERNAME", "@mt_1990"),
    KnownValue("USERNAME", "tanamisa"),
)
HIROSHI = (
    KnownValue("PERSON", "Hiroshi Sato", 1),
    KnownValue("PERSON", "さとう ひろし", 1),
    KnownValue("PERSON", "Hiro", 1),
)


def entities(known: tuple[KnownValue, ...], *mentions: str | tuple[str, str]) -> list[Entity]:
    """Link mentions, one a turn; a text alone is a person's."""
    pairs = [("PERSON", item) if isinstance(item, str) else item for item in mentions]
    turns = [Turn(f"m[{n}]", surface) for n, (_, surface) in enumerate(pairs)]
    spans = [[Span(0, len(surface), label)] for label, surface in pairs]
    return [row[0] for row in link(turns, spans, known)]


def numbers(known: tuple[KnownValue, ...], *mentions: str | tuple[str, str]) -> list[int]:
    return [entity.number for entity in entities(known, *mentions)]


def written(known: tuple[KnownValue, ...], *mentions: str) -> list[str]:
    found = entities(known, *mentions)
    unique = list({entity.number: entity for entity in found}.values())
    drawn = assign(unique, name="c1", real=real_values(unique), key=KEY).drawn
    made = [drawn["PERSON", entity.number] for entity in found]
    return [
        write(value, e, surface)
        for value, e, surface in zip(made, found, mentions, strict=True)
        if value is not None
    ]


@pytest.mark.parametrize(
    "mention",
    [
        "田中",
        "美咲さん",
        "田中美咲",
        "みさき",
        "ミサキちゃん",
        "ﾀﾅｶ ﾐｻｷ",
        "Misaki",
        "Misaki Tanaka",
        "TANAKA",
        "みー",
        "みーちゃん",
    ],
)
def test_names_of_a_profile_are_one_person(mention: str) -> None:
    assert numbers(MISAKI, "田中美咲", mention) == [1, 1]
    assert numbers(MISAKI, mention, "田中美咲") == [1, 1]


@pytest.mark.parametrize("mention", ["佐藤美咲", "田中健", "みさこ", "Misako", "ミー・スミス", "Tanaka Yui"])
def test_a_name_like_the_profiles_is_somebody_else(mention: str) -> None:
    assert numbers(MISAKI, "田中美咲", mention) == [1, 2]


def test_without_a_profile_kanji_and_kana_are_two() -> None:
    assert numbers((), "田中美咲", "みさき") == [1, 2]


def test_two_subjects_stay_apart() -> None:
    both = (*MISAKI, *HIROSHI)
    assert numbers(both, "美咲", "Hiro", "ひろし", "みさき", "Sato-san", "さとう", "田中") == [
        1,
        2,
        2,
        1,
        2,
        2,
        1,
    ]


def test_a_family_name_of_two_subjects_is_neither_of_them() -> None:
    married = (KnownValue("PERSON", "佐藤 葵"), KnownValue("PERSON", "佐藤 健", 1))
    assert numbers(married, "葵", "健", "佐藤さん", "佐藤葵", "佐藤健") == [1, 2, 3, 1, 2]


def test_a_whole_name_of_two_subjects_joins_nothing() -> None:
    namesakes = (
        KnownValue("PERSON", "佐藤 健"),
        KnownValue("PERSON", "けんちゃん"),
        KnownValue("PERSON", "佐藤 健", 1),
        KnownValue("PERSON", "サトケン", 1),
    )
    assert numbers(namesakes, "佐藤健", "けん", "サトケン") == [1, 2, 3]


def test_a_nickname_in_kana_is_not_the_beginning_of_another_name() -> None:
    assert numbers((KnownValue("PERSON", "ゆう"),), "ゆう", "ゆうき") == [1, 2]


def test_a_known_given_name_is_part_of_the_full_name_in_the_text() -> None:
    assert numbers((KnownValue("PERSON", "美咲"),), "田中美咲", "美咲", "田中") == [1, 1, 1]


def test_a_third_person_between_makes_the_family_name_ambiguous() -> None:
    assert numbers(MISAKI, "田中", "田中健") == [1, 2]
    assert entities(MISAKI, "田中", "田中健")[0].canonical == "田中"


def test_handles_of_one_profile_are_one() -> None:
    found = entities(MISAKI, ("USERNAME", "@mt_1990"), ("USERNAME", "Tanamisa"), ("USERNAME", "mt_1991"))
    assert [entity.number for entity in found] == [1, 1, 2]
    assert found[0].canonical == "田中美咲"


def test_a_handle_read_as_a_name_is_its_owner() -> None:
    assert numbers(MISAKI, "美咲", "tanamisa") == [1, 1]


def test_mr_and_mrs_are_two_and_the_bare_name_is_neither() -> None:
    assert numbers((), "Mr. Smith", "Mrs. Smith", "Smith", "mr. smith", "Ms. Smith's") == [1, 2, 3, 1, 2]


def test_a_title_of_one_gender_changes_nothing() -> None:
    assert numbers((), "Mr. Smith", "John Smith", "John", "Dr. Smith") == [1, 1, 1, 1]
    assert {e.gender for e in entities((), "Mr. Smith", "John Smith", "John")} == {"male"}


@pytest.mark.parametrize(
    ("mention", "gender"),
    [
        ("Mrs. Smith", "female"), ("Miss Smith", "female"), ("MS SMITH", "female"), ("Sir Smith", "male"),
        ("健くん", "male"), ("健君", "male"), ("Ken-kun", "male"), ("Dr. Smith", ""), ("健さん", ""),
        ("美咲ちゃん", ""), ("Smith", ""), ("Mrs", ""), ("Mister", ""),
    ],
)  # fmt: skip
def test_gender_is_what_a_title_says(mention: str, gender: str) -> None:
    assert entities((), mention)[0].gender == gender


def test_a_title_draws_a_name_of_its_gender() -> None:
    from deid.transform.pools import english

    women = {name.latin for name in english().given if "female" in name.genders}
    men = {name.latin for name in english().given if "male" in name.genders}
    for n in range(30):
        surname = "Zq" + chr(97 + n % 26) * (n // 26 + 2)
        female, male = written((), f"Mrs. Anna {surname}", f"Mr. Paul {surname}x")
        assert female.removeprefix("Mrs. ").split()[0] in women
        assert male.removeprefix("Mr. ").split()[0] in men


def test_length_class_and_script_stay() -> None:
    for n in range(20):
        short, long = written((), f"Xo{chr(97 + n)}", f"Maximiliana{chr(97 + n)}")
        assert len(short) <= 4
        assert len(long) >= 8
    assert [len(name) for name in written((), "林", "長谷川", "みき", "まさはる")][::2] == [1, 2]


def test_every_form_of_a_person_gets_the_form_of_one_surrogate() -> None:
    from deid.transform.pools import japanese

    full, kana, given, latin, nick, family = written(
        MISAKI, "田中美咲さん", "タナカ ミサキ", "みさき", "Misaki", "みーちゃん", "田中"
    )
    owner = next(n for n in japanese().given if n.hiragana == given)
    house = next(n for n in japanese().family if n.kanji == family)
    assert full == house.kanji + owner.kanji + "さん"
    assert kana == f"{house.katakana} {owner.katakana}"
    assert latin == owner.latin
    assert nick == owner.hiragana + "ちゃん"


def test_an_undivided_reading_is_divided_where_it_is_used() -> None:
    from deid.transform.pools import japanese

    known = (KnownValue("PERSON", "渡部真由子"), KnownValue("PERSON", "わたべまゆこ"))
    whole, given, family = written(known, "わたべまゆこ", "まゆこ", "わたべ")
    assert whole == family + given
    assert family in {n.hiragana for n in japanese().family}
    assert given in {n.hiragana for n in japanese().given}


def test_an_english_nickname_becomes_the_given_name() -> None:
    known = (KnownValue("PERSON", "Robert Quillby"), KnownValue("PERSON", "Bobby"))
    full, nick = written(known, "Robert Quillby", "bobby")
    assert nick == full.split()[0].lower()


def test_repr_hides_other_names() -> None:
    assert "みー" not in repr(entities(MISAKI, "田中美咲"))
