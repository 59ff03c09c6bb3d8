"""How people write somebody's name: case, width, order, spacing, titles, initials, parts, other scripts."""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import product

from people import katakana
from surfaces import fullwidth, halfwidth, zero_width
from written import Written

_HONORIFICS = ("さん", "ちゃん", "くん", "君", "様", "さま", "氏", "先生", "先輩", "殿")
_NEW = str.maketrans("髙邉﨑", "高辺崎")


def plain_latin(name: str) -> str:
    """Return a name as it stands in an address: small letters without accents, signs or spaces."""
    bare = unicodedata.normalize("NFD", name.lower().replace("ø", "o"))
    return "".join(char for char in bare if char.isascii() and char.isalpha())


def english(given: str, family: str, short: str, words: frozenset[str]) -> Iterator[Written]:
    """Yield the ways of writing «given family»; a part that is a word only beside a cue, with its capital."""
    for form, text in _latin_wholes(given, family):
        yield Written("PERSON", f"name/{form}", text)
    for form, part in (("given", given), ("family", family), ("short", short)):
        if part.lower() in words:
            yield Written("PERSON", f"name/{form} cue", part, cue="cue")
            continue
        yield Written("PERSON", f"name/{form}", part)
        yield Written("PERSON", f"name/{form} lower", part.lower())
        yield Written("PERSON", f"name/{form} upper", part.upper())
        yield Written("PERSON", f"name/{form} possessive", part, after="'s")
        if len(part) > 4 and part.isascii() and part.isalpha():
            yield Written("PERSON", f"name/{form} digits", part.lower(), after="1987")
    yield Written("PERSON", "name/given initial", f"{given} {family[0]}", after=".")
    yield Written("PERSON", "name/initials", f"{given[0]}.{family[0]}", after=".")
    yield Written("PERSON", "name/initials spaced", f"{given[0]}. {family[0]}", after=".")
    yield Written("PERSON", "name/title", family, before="Mr. ")
    yield Written("PERSON", "name/title lower", family.lower(), before="ms ")
    yield Written("PERSON", "name/san", given, after="-san")
    if unaccented := [(given, family)] * (plain_latin(given + family) != _letters(given + family)):
        first, last = unaccented[0]
        yield Written("PERSON", "name/no accents", f"{_no_accents(first)} {_no_accents(last)}")


def _letters(name: str) -> str:
    return "".join(char for char in name.lower() if char.isalpha())


def _no_accents(name: str) -> str:
    bare = unicodedata.normalize("NFD", name.replace("ø", "o"))
    return "".join(char for char in bare if not unicodedata.combining(char))


def _latin_wholes(given: str, family: str) -> Iterator[tuple[str, str]]:
    whole = f"{given} {family}"
    yield from {
        "exact": whole,
        "lower": whole.lower(),
        "upper": whole.upper(),
        "fullwidth": fullwidth(whole),
        "zero width": zero_width(whole),
        "two spaces": f"{given}  {family}",
        "over two lines": f"{given}\n{family}",
        "reversed": f"{family} {given}",
        "comma": f"{family}, {given}",
        "joined": (given + family).replace(" ", ""),
        "joined lower": plain_latin(given) + plain_latin(family),
        "joined reversed": plain_latin(family) + plain_latin(given),
        "dotted": f"{plain_latin(given)}.{plain_latin(family)}",
        "underscored": f"{plain_latin(given)}_{plain_latin(family)}",
        "hyphened": f"{plain_latin(given)}-{plain_latin(family)}",
        "letter by letter": " ".join(_letters(whole)),
        "with a middle initial": f"{given} J. {family}",
        "initial family": f"{given[0]}. {family}",
        "initial family no dot": f"{given[0]} {family}",
        "initial family lower": f"{given[0]}.{family}".lower(),
    }.items()


def kanji(family: str, given: str, words: frozenset[str], *, divided: bool) -> Iterator[Written]:
    """Yield the ways of writing a name in kanji; ``divided`` says that the profile parts it."""
    for form, text in {
        "exact": f"{family}{given}",
        "space": f"{family} {given}",
        "wide space": f"{family}　{given}",
        "over two lines": f"{family}\n{given}",
        "spaced out": " ".join(family + given),
        "middle dot": f"{family}・{given}",
        "new characters": (family + given).translate(_NEW),
        "zero width": f"{family}\u200b{given}",
    }.items():
        yield Written("PERSON", f"kanji/{form}", text)
    if divided:
        yield Written("PERSON", "kanji/reversed", f"{given} {family}")
    for form, part in (("family", family), ("given", given)):
        for honorific in _HONORIFICS:
            yield Written("PERSON", f"kanji/{form}{honorific}", part, after=honorific)
        yield Written("PERSON", f"kanji/{form} space さん", part, after=" さん")
        if part in words or len(part) == 1:
            yield Written("PERSON", f"kanji/{form} cue", part, cue="cue")
        elif divided:
            yield Written("PERSON", f"kanji/{form}", part)


def kana(family: str, given: str, words: frozenset[str], *, declared: bool) -> Iterator[Written]:
    """Yield the ways of writing a name in kana, from its parts in hiragana.

    declared : the profile has it in kana; of romaji, three hiragana alone may be any words.
    """
    whole, kata = family + given, katakana(family + given)
    for form, text in {
        "hiragana": whole,
        "hiragana space": f"{family} {given}",
        "katakana": kata,
        "katakana space": f"{katakana(family)}　{katakana(given)}",
        "katakana dot": f"{katakana(family)}・{katakana(given)}",
        "half width": halfwidth(kata),
        "half width space": halfwidth(f"{katakana(family)} {katakana(given)}"),
        "reversed": f"{given} {family}",
        "spaced out": " ".join(whole),
    }.items():
        yield Written("PERSON", f"kana/{form}", text)
    for form, part in (("family", family), ("given", given)):
        yield Written("PERSON", f"kana/{form}さん", part, after="さん")
        yield Written("PERSON", f"kana/{form}ちゃん katakana", katakana(part), after="ちゃん")
        yield Written("PERSON", f"kana/{form}くん half width", halfwidth(katakana(part)), after="くん")
        cue = "cue" if part in words or len(part) < 3 else ""
        doubtful = "cue" if cue or (len(part) < 4 and not declared) else ""
        yield Written("PERSON", f"kana/{form} hiragana{doubtful and ' cue'}", part, cue=doubtful)
        yield Written("PERSON", f"kana/{form} katakana{cue and ' cue'}", katakana(part), cue=cue)


def romaji(families: Sequence[str], givens: Sequence[str]) -> Iterator[Written]:
    """Yield the ways of writing a name in Latin letters, in each of its spellings."""
    for family, given in product(families, givens):
        for form, text in {
            "given family": f"{given} {family}".title(),
            "family given": f"{family} {given}".title(),
            "lower": f"{given} {family}",
            "capitals": f"{family.upper()} {given.title()}",
            "comma": f"{family}, {given}".title(),
            "joined": given + family,
            "fullwidth": fullwidth(f"{given} {family}".title()),
            "initial": f"{given[0]}. {family}".title(),
        }.items():
            yield Written("PERSON", f"romaji/{form}", text)
    for form, spellings in (("family", families), ("given", givens)):
        for part in spellings:
            yield Written("PERSON", f"romaji/{form}-san", part, after="-san")
            yield Written("PERSON", f"romaji/{form}さん", part.title(), after="さん")
            if len(part) > 3:
                yield Written("PERSON", f"romaji/{form}", part.title())
    first, last = givens[0][0].upper(), families[0][0].upper()
    yield Written("PERSON", "romaji/initials", f"{first}.{last}", after=".")
    yield Written("PERSON", "romaji/initials reversed", f"{last}.{first}", after=".")
