import ipaddress
import re

import pytest

from deid.detect.stated.vocabulary import LANGUAGES, NATIONALITIES, OCCUPATIONS, Vocabulary
from deid.transform.contacts import CONTACTS, write_contact
from deid.transform.identity import Entity, link
from deid.transform.pools import english, japanese
from deid.transform.script import fold, has_kanji, is_japanese
from deid.transform.surrogates import SURROGATE_LABELS, Scope, assign, real_values, write
from deid.transform.tokens import ReplacementKey
from deid.types import Span, Turn

KEY = ReplacementKey(bytes(range(32)))


def entities(*mentions: tuple[str, str]) -> list[Entity]:
    """Link (label, surface) pairs, one turn each."""
    turns = [Turn(f"m[{n}]", surface) for n, (_, surface) in enumerate(mentions)]
    spans = [[Span(0, len(surface), label)] for label, surface in mentions]
    return [row[0] for row in link(turns, spans)]


def written(*surfaces: str, label: str = "PERSON", name: str = "c1", key: ReplacementKey = KEY) -> list[str]:
    """What each surface of one conversation becomes."""
    found = entities(*((label, surface) for surface in surfaces))
    unique = list({entity.number: entity for entity in found}.values())
    scope = assign(unique, name=name, real=real_values(unique), key=key)
    result = []
    for entity, surface in zip(found, surfaces, strict=True):
        drawn = scope.drawn[entity.label, entity.number]
        assert drawn is not None
        result.append(write(drawn, entity, surface))
    return result


JA_FAMILY = {name.kanji: name for name in japanese().family}
JA_GIVEN = {name.kanji: name for name in japanese().given}
EN_FAMILY = {name.latin for name in english().family}
EN_GIVEN = {name.latin for name in english().given}


@pytest.mark.parametrize(
    "words", [OCCUPATIONS, NATIONALITIES, LANGUAGES], ids=["jobs", "nations", "languages"]
)
def test_no_surrogate_reads_as_a_fact_about_its_bearer(words: Vocabulary) -> None:
    """«I'm Cook»: read as an occupation, it moved a person to another class of the release, one run in 35."""
    assert not {name.lower() for name in EN_FAMILY | EN_GIVEN} & {word.lower() for word in words.en}
    assert {"Lisk", "Tamby"} <= EN_FAMILY
    assert english().knows("cook")
    assert "mason" in english().known_given


def test_pools_hold_what_faker_has() -> None:
    assert len(japanese().family) >= 50
    assert len(japanese().given) >= 50
    assert len(english().family) >= 900
    assert len(english().given) >= 600
    sato = JA_FAMILY["佐藤"]
    assert (sato.latin, sato.katakana, sato.hiragana) == ("Sato", "サトウ", "さとう")


def test_japanese_full_name_and_its_parts() -> None:
    full, family, given, spaced = written("田中美咲", "田中さん", "美咲ちゃん", "田中　美咲様")
    assert full[:-1] in {f + g[: len(full) - len(f) - 1] for f in JA_FAMILY for g in JA_GIVEN}
    kanji_family = family.removesuffix("さん")
    kanji_given = given.removesuffix("ちゃん")
    assert kanji_family in JA_FAMILY
    assert kanji_given in JA_GIVEN
    assert full == kanji_family + kanji_given
    assert spaced == f"{kanji_family}　{kanji_given}様"


def test_scripts_of_one_given_name() -> None:
    hiragana, katakana, latin, lower, upper = written(
        "みさき", "ミサキさん", "Misaki", "misaki-chan", "MISAKI"
    )
    name = next(n for n in japanese().given if n.hiragana == hiragana)
    assert katakana == name.katakana + "さん"
    assert latin == name.latin
    assert lower == name.latin.lower() + "-chan"
    assert upper == name.latin.upper()


def test_english_full_name_and_its_parts() -> None:
    full, given, family, title, lower = written("John Smith", "John", "Smith's", "Mr. Smith", "john smith")
    assert full == f"{given} {family.removesuffix(chr(39) + 's')}"
    assert given in EN_GIVEN
    assert family.removesuffix("'s") in EN_FAMILY
    assert title == "Mr. " + family.removesuffix("'s")
    assert lower == full.lower()


def test_romaji_name_gets_a_romaji_name_in_its_order() -> None:
    first, second = written("Tanaka Hiroshi", "Hiroshi Tanaka")
    family, given = first.split(" ")
    assert family in {name.latin for name in japanese().family}
    assert given in {name.latin for name in japanese().given}
    assert second == f"{given} {family}"


def test_family_name_alone_and_given_name_alone() -> None:
    assert written("田中")[0] in JA_FAMILY
    assert written("桃香")[0] in JA_GIVEN
    assert written("Smith")[0] in EN_FAMILY
    assert written("Jessica")[0] in EN_GIVEN


def test_undivided_full_name_becomes_a_full_name() -> None:
    full = written("渡部真由子")[0]
    assert any(full == f + g for f in JA_FAMILY for g in JA_GIVEN)


def test_three_part_name_keeps_three_parts() -> None:
    assert len(written("Mary Jane Watson")[0].split(" ")) == 3


def test_katakana_name_keeps_its_separator() -> None:
    assert re.fullmatch(r"[ァ-ヴー]+・[ァ-ヴー]+", written("ジョン・スミス")[0])


def test_surrogates_are_injective_and_never_real() -> None:
    real = [name.kanji for name in japanese().family[:25]]
    made = written(*real)
    assert len(set(made)) == 25
    assert not set(made) & set(real)
    for surrogate in made:
        assert not any(value in surrogate for value in real if len(value) > 1)


def test_whole_name_does_not_hold_a_real_value_across_its_parts() -> None:
    cross = {(f + g)[len(f) - 1 : len(f) + 1] for f in JA_FAMILY for g in JA_GIVEN}
    found = entities(("PERSON", "渡部真由子"))
    real = real_values(found) | cross
    scope = assign(found, name="c", real=real, key=KEY)
    assert scope.drawn["PERSON", 1] is None


def test_real_values_of_other_labels_are_avoided_too() -> None:
    found = entities(("PERSON", "Jessica"), ("USERNAME", "Smith"))
    real = real_values(found)
    assert {"jessica", "smith"} <= real
    everything = frozenset(fold(name.latin) for name in english().given)
    scope = assign(found[:1], name="c", real=real | everything, key=KEY)
    assert scope.drawn["PERSON", 1] is None


def test_short_latin_values_are_avoided_whole_only() -> None:
    found = entities(("PERSON", "Jessica"))
    letters = frozenset({"a", "e", "i", "o", "u", "an", "er"})
    assert assign(found, name="c", real=letters, key=KEY).drawn["PERSON", 1] is not None


def test_an_exhausted_pool_says_so() -> None:
    size = len(japanese().family)
    found = entities(*(("PERSON", chr(0x4E00 + n)) for n in range(size + 5)))
    drawn = assign(found, name="c", real=real_values(found), key=KEY).drawn
    made = [value for value in drawn.values() if value is not None]
    assert len(drawn) == size + 5
    assert 40 <= len(made) <= size
    assert len(set(made)) == len(made)


def test_same_conversation_and_key_same_surrogates() -> None:
    assert written("田中美咲", "John") == written("田中美咲", "John")


def test_other_conversation_or_key_other_surrogates() -> None:
    names = [f"Person{chr(97 + n)}" for n in range(20)]
    assert written(*names) != written(*names, name="c2")
    assert written(*names) != written(*names, key=ReplacementKey(bytes(32)))


def test_many_real_values_are_searched_by_substring() -> None:
    found = entities(("PERSON", "Jessica"))
    many = frozenset(f"value{n}" for n in range(500))
    held = frozenset(fold(name.latin)[:4] for name in english().given)
    assert assign(found, name="c", real=many, key=KEY).drawn["PERSON", 1] is not None
    assert (
        assign(found, name="c", real=many | held | {n.latin.lower() for n in english().given}, key=KEY).drawn[
            "PERSON", 1
        ]
        is None
    )


def test_repr_hides_surrogates() -> None:
    assert "Smith" not in repr(Scope("c", {("PERSON", 1): "Smith"}))


def contact(label: str, surface: str, number: int = 0) -> str:
    entity = entities((label, surface))[0]
    return write_contact(label, CONTACTS[label](entity.canonical, number), surface)


NUMBERS = [0, 1, 7, 12345, 2**64 - 1]


@pytest.mark.parametrize("number", NUMBERS)
def test_email_is_at_an_example_domain(number: int) -> None:
    for surface in ("a@b.jp", "a@b.com"):
        assert re.fullmatch(
            r"[a-z]+\.[a-z]+[0-9]{2}@example\.(com|net|org)", contact("EMAIL_ADDRESS", surface, number)
        )


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(
    "surface",
    [
        "090-1234-5678",
        "03-1234-5678",
        "0120-123-456",
        "+81 90 1234 5678",
        "０９０１２３４５６７８",
        "〇九〇一二三四五六七八",
    ],
)
def test_japanese_phone_cannot_be_in_service(surface: str, number: int) -> None:
    digits = re.sub(r"\D", "", contact("PHONE_NUMBER", surface, number))
    assert re.fullmatch(r"(0|81)900[0-9]{7}", digits)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(
    "surface", ["415-555-1234", "(415) 867-5309", "+1 415 867 5309", "1-415-867-5309", "+33 6 12 34 56 78"]
)
def test_american_phone_is_a_555_number(surface: str, number: int) -> None:
    digits = re.sub(r"\D", "", contact("PHONE_NUMBER", surface, number))
    assert re.fullmatch(r"1?[2-9][0-9]{2}55501[0-9]{2}", digits)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("surface", ["020 7123 4567", "07911 123456", "+44 7911 123456", "01234 567890"])
def test_british_phone_is_a_drama_number(surface: str, number: int) -> None:
    digits = re.sub(r"\D", "", contact("PHONE_NUMBER", surface, number))
    assert re.fullmatch(r"(0|44)(2079460[0-9]{3}|7700900[0-9]{3}|1632960[0-9]{3})", digits)


@pytest.mark.parametrize(
    ("surface", "shape"),
    [
        ("090-1234-5678", r"[0-9]{3}-[0-9]{4}-[0-9]{4}"),
        ("(415) 867-5309", r"\([0-9]{3}\) 555-01[0-9]{2}"),
        ("+81 90 1234 5678", r"\+81 90 0[0-9]{3} [0-9]{4}"),
        ("+1.415.867.5309", r"\+1\.[0-9]{3}\.555\.01[0-9]{2}"),
        ("03-1234-5678", r"090-0[0-9]{3}-[0-9]{4}"),
        ("call Tanaka 090-1234-5678", r"090-0[0-9]{3}-[0-9]{4}"),
    ],
)
def test_phone_keeps_its_grouping_and_nothing_else(surface: str, shape: str) -> None:
    assert re.fullmatch(shape, contact("PHONE_NUMBER", surface, 4321))


@pytest.mark.parametrize("number", NUMBERS)
def test_addresses_of_documentation(number: int) -> None:
    v4 = ipaddress.ip_address(contact("IP_ADDRESS", "8.8.8.8", number))
    nets = ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")
    assert any(v4 in ipaddress.ip_network(net) for net in nets)
    v6 = ipaddress.ip_address(contact("IP_ADDRESS", "2a00:1450::1", number))
    assert v6 in ipaddress.ip_network("2001:db8::/32")
    assert contact("MAC_ADDRESS", "aa:bb:cc:dd:ee:ff", number).startswith("00:00:5E:00:53:")


@pytest.mark.parametrize("number", NUMBERS)
def test_postal_codes_that_no_place_has(number: int) -> None:
    assert re.fullmatch(r"000-[0-9]{4}", contact("POSTAL_CODE", "〒150-0001", number))
    assert re.fullmatch(r"000[0-9]{2}", contact("POSTAL_CODE", "94103", number))
    assert re.fullmatch(r"ZZ99 [0-9][A-Z]{2}", contact("POSTAL_CODE", "SW1A 1AA", number))


@pytest.mark.parametrize("number", NUMBERS)
def test_addresses_handles_and_pages(number: int) -> None:
    assert "架空" in contact("STREET_ADDRESS", "神宮前1-2-3", number)
    assert "Example Street" in contact("STREET_ADDRESS", "1 Market Street", number)
    assert re.fullmatch(r"@user_[a-z0-9]{6}", contact("USERNAME", "@misaki", number))
    assert re.fullmatch(r"user_[a-z0-9]{6}", contact("USERNAME", "misaki", number))
    assert re.fullmatch(
        r"https://example\.(com|net|org)/[a-z0-9]{8}", contact("URL", "https://x.jp/u/1", number)
    )


def test_the_next_number_gives_another_value() -> None:
    for label, draw in CONTACTS.items():
        assert draw("x", 41) != draw("x", 42), label


def test_contacts_are_injective() -> None:
    made = written(*(f"1.2.3.{n}" for n in range(200)), label="IP_ADDRESS")
    assert len(set(made)) == 200


def test_a_contact_never_holds_a_real_value() -> None:
    found = entities(("EMAIL_ADDRESS", "a@b.jp"), ("USERNAME", "example"))
    drawn = assign(found[:1], name="c", real=real_values(found), key=KEY).drawn
    assert drawn["EMAIL_ADDRESS", 1] is None


def test_labels_with_a_pool() -> None:
    assert {
        "EMAIL_ADDRESS",
        "IP_ADDRESS",
        "MAC_ADDRESS",
        "PERSON",
        "PHONE_NUMBER",
        "POSTAL_CODE",
        "STREET_ADDRESS",
        "URL",
        "USERNAME",
    } == SURROGATE_LABELS


def test_names_of_the_pools_are_written_in_their_scripts() -> None:
    for name in (*japanese().family, *japanese().given):
        assert is_japanese(name.kanji)
        assert name.latin.isascii()
        assert not has_kanji(name.katakana + name.hiragana)
