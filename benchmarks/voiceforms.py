"""Surface forms of the families ``voices`` and ``kept``: each takes every other way of writing a form."""

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import TypeVar

from surfaces import PLACES, fullwidth, in_kanji

Shape = Callable[[str, Random], str]

_Way = TypeVar("_Way")


def shape(half: int) -> Callable[[str, str, str, Random], str]:
    """Return what writes a surface in a form, in the ways of a half; KeyError for a form nobody knows."""

    def shaped(text: str, form: str, language: str, rng: Random) -> str:
        if form == "plain" or form in PLACES:
            return text
        form = (f"mail {language}" if _is_mail(text) else "defanged") if form == "obfuscated" else form
        ways = _FORMS.get(f"{form} {language}") or _FORMS[form]
        return rng.choice(half_of(ways, half))(text, rng)

    return shaped


def half_of(ways: Sequence[_Way], half: int) -> Sequence[_Way]:
    """Return every other way, from the first or the second on; all where there is but one."""
    return ways[half::2] or ways


def _is_mail(text: str) -> bool:
    return "@" in text and "/" not in text


_NAMES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_KANA = ("ぜろ", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう")
_KATA = ("レイ", "イチ", "ニ", "サン", "ヨン", "ゴ", "ロク", "ナナ", "ハチ", "キュー")


def _said(names: Sequence[str], between: str, groups: str) -> Shape:
    """Return what says digits one by one, with something between the digits and between their groups."""

    def shaped(text: str, _: Random) -> str:
        parts = "".join(char if char.isdigit() else " " for char in text).split()
        return groups.join(between.join(names[int(char)] for char in part) for part in parts)

    return shaped


def _between(*separators: str) -> Shape:
    return lambda text, rng: rng.choice(separators).join(
        "".join(c if c.isalnum() else " " for c in text).split()
    )


def _apart(*separators: str) -> Shape:
    def shaped(text: str, rng: Random) -> str:
        kept = [char for char in text if char.isdigit()] or [char for char in text if not char.isspace()]
        return ("+" if text.startswith("+") else "") + rng.choice(separators).join(kept)

    return shaped


def _mail(at: str, dot: str) -> Shape:
    def shaped(text: str, _: Random) -> str:
        user, _sign, domain = text.rpartition("@")
        return user + at + domain.replace(".", dot)

    return shaped


def _joined(text: str, _: Random) -> str:
    return ("+" if text.startswith("+") else "") + "".join(char for char in text if char.isalnum())


def _numbers_in_kanji(text: str, _: Random) -> str:
    parts = "".join(char if char.isdigit() else f" {char} " for char in text).split(" ")
    return "".join(in_kanji(int(part)) if part.isdigit() else part for part in parts)


_FORMS: Mapping[str, Sequence[Shape]] = {
    "fullwidth": (
        lambda text, _: fullwidth(text),
        lambda text, _: "".join(fullwidth(char) if char.isdigit() else char for char in text),
    ),
    "spaced": (_apart(" "), _apart("  ", "-")),
    "joined": (_joined,),
    "upper": (lambda text, _: text.upper(),),
    "lower": (lambda text, _: text.lower(),),
    "zero_width": (
        lambda text, _: f"{text[:2]}\u200b{text[2:]}",
        lambda text, _: f"{text[:1]}\u2060{text[1:-1]}\u200d{text[-1:]}",
    ),
    "kanji": (_numbers_in_kanji,),
    "separated": (_between(".", "–", " - "), _between("/", "―", "_", "  ")),
    "spelled en": (
        _said(_NAMES, " ", " "),
        _said(("o", *_NAMES[1:]), " ", ", "),
        _said(tuple(name.title() for name in _NAMES), "-", " "),
        _said(("oh", *_NAMES[1:]), " ", " "),
    ),
    "spelled ja": (
        _said(_KANA, "", "の"),
        _said("〇一二三四五六七八九", "", "-"),
        _said(_KATA, "・", "、"),
        _said(_KANA, " ", " "),
        _said("〇一二三四五六七八九", "", ""),
        _said("零壱弐参四五六七八九", "", "ー"),
    ),
    "mail en": (
        _mail(" [at] ", " [dot] "),
        _mail("(AT)", "(DOT)"),
        _mail(" at ", " dot "),
        _mail("{at}", "{dot}"),
    ),
    "mail ja": (
        _mail("(アット)", "."),
        _mail("あっとまーく", "どっと"),
        _mail("＠", "．"),
        _mail("[アット]", "[ドット]"),
    ),
    "defanged": (
        lambda text, _: text.replace("http", "hxxp").replace(".", "[.]"),
        lambda text, _: text.replace("http", "hXXp").replace(".", "(.)"),
        lambda text, _: text.replace(".", "[dot]"),
        lambda text, _: text.replace(".", "{.}").replace("://", "[:]//"),
    ),
}
