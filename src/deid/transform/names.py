"""A mention of a person taken apart: honorifics, the parts of the name, what stands between them."""

import re
from dataclasses import dataclass, field
from typing import Literal

from deid.transform.script import fold, is_japanese

_BEFORE = r"(?:(?:mr|mrs|ms|miss|mx|dr|prof|sir|madam)(?:[.．]\s*|\s+))*"
_AFTER_JA = r"さん|さま|様|くん|君|ちゃん|ちゃま|氏|殿|先生|先輩"
_AFTER = rf"(?:{_AFTER_JA}|[-‐‑–\s](?:san|kun|chan|sama|sensei|senpai|sempai))?"
_POSSESSIVE = r"(?:['’]s)?"
_MENTION = re.compile(f"({_BEFORE})(.+?)({_AFTER}{_POSSESSIVE})", re.IGNORECASE | re.DOTALL)
_MAN = re.compile(r"^(?:mr|sir)[.．\s]|(?:くん|君|[-‐‑–\s]kun)(?:['’]s)?$", re.IGNORECASE)
_WOMAN = re.compile(r"^(?:mrs|ms|miss|madam)[.．\s]", re.IGNORECASE)
_BETWEEN = re.compile(r"([\s・･＝=,，、.．]+)")

Gender = Literal["", "female", "male"]


@dataclass(frozen=True, slots=True)
class PersonMention:
    """``prefix + atoms[0] + separators[0] + atoms[1] + … + suffix`` is the mention as written.

    prefix, suffix : honorifics, English possessive; often empty.
    atoms          : the parts of the name as written, at least one.
    separators     : one fewer than atoms.
    """

    prefix: str
    atoms: tuple[str, ...] = field(repr=False)
    separators: tuple[str, ...]
    suffix: str

    @property
    def keys(self) -> tuple[str, ...]:
        """The atoms folded: case, width and kind of kana do not count."""
        return tuple(fold(atom) for atom in self.atoms)

    @property
    def gender(self) -> Gender:
        """What the title says: Mr., Sir and くん a man, Mrs., Ms., Miss and Madam a woman, others nothing."""
        if not (self.prefix or self.suffix):
            return ""
        if _WOMAN.search(self.prefix):
            return "female"
        return "male" if _MAN.search(self.prefix) or _MAN.search(self.suffix) else ""


def parse_person(surface: str) -> PersonMention:
    """Take a mention apart. Whatever the text, the pieces join to it again."""
    match = _MENTION.fullmatch(surface)
    prefix, core, suffix = match.groups() if match else ("", surface, "")
    pieces = _BETWEEN.split(core)
    if not any(pieces[::2]):
        return PersonMention(prefix, (core,), (), suffix)
    if not pieces[0]:
        prefix += pieces[1]
        pieces = pieces[2:]
    if not pieces[-1]:
        suffix = pieces[-2] + suffix
        pieces = pieces[:-2]
    return PersonMention(prefix, tuple(pieces[::2]), tuple(pieces[1::2]), suffix)


def join_key(keys: tuple[str, ...]) -> str:
    """Return the canonical name of folded parts: without spaces when all of them are Japanese."""
    if len(keys) == 1:
        return keys[0]
    return "".join(keys) if all(map(is_japanese, keys)) else " ".join(keys)
