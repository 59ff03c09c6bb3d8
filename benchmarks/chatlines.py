"""Real chat that names are planted into: where it says ``he``, a nickname or 「友達」, a name fits as well.

English is ``irc-ubuntu`` (its ``dev`` part, about a thousand lines a day file), cut into conversations of 40
messages; Japanese is the dialogues of ``real-persona-chat`` that are kept from training. Japanese speakers
are masked as ``<AB>`` by its authors: no name of a speaker stands in it.
"""

import lzma
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from heldout import held_out
from inputs import read_lines

Language = Literal["en", "ja"]
Kind = Literal["called", "told", "honoured"]

_IRC_SIZE = 40
_IRC_LINE = re.compile(r"^\[\d\d:\d\d\] <([^>]+)> (.+)", re.MULTILINE)
_IRC_NOTICE = re.compile(r"^=== (\S+) +(?:\[|is now known as (\S+))", re.MULTILINE)
_CALLED = re.compile(r"([^\s:,]{2,20})(?=[:,] \S)")
_GREETED = re.compile(
    r"\b(?:thanks|thank you|thx|hi|hello|hey|sorry|bye|ask|tell|told|welcome),? "
    r"([^\s:,!?.]{3,20})(?=[\s:,!?.]|$)",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?<![\w'’/.-])(?:(?:[Hh]e|[Ss]he)(?=['’]s\b| [a-z])|[Hh]im(?![\w'’/-]))")
_MASKED = re.compile(r"<[A-Z]{2}>")
_RELATION = re.compile(
    r"(?<![一-龥々ァ-ヴーぁ-ん])(?:友達|友人|彼女|彼氏|知人|主人|旦那|夫|妻|妹|弟|姉|兄|娘|息子|上司|後輩)(?=[がとはもにの]|から)"
)
_TITLE = re.compile("さん|くん|君|ちゃん|様|さま")


@dataclass(frozen=True, slots=True)
class Site:
    """Characters of a message that a name may stand in place of.

    kind : ``called`` at the start of a message, ``told`` elsewhere, ``honoured`` with 「さん」 behind.
    """

    message: int
    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Carrier:
    """One conversation.

    speakers : a number a message, in order of appearance.
    clean    : whether a message names nobody that we can tell: neither a speaker nor a masked name.
    """

    texts: tuple[str, ...] = field(repr=False)
    speakers: tuple[int, ...]
    sites: tuple[Site, ...]
    clean: tuple[bool, ...]


def carriers(language: Language, data: Path) -> list[Carrier]:
    """Return the conversations of a language, those without a site too."""
    return list(_irc(data) if language == "en" else _persona(data))


def _irc(data: Path) -> Iterator[Carrier]:
    with lzma.open(data / "irc-ubuntu" / "dev.raw.txt.xz", "rt", encoding="utf-8", errors="replace") as lines:
        days = lines.read().split("\n### ")
    for day in days:
        said = [match.groups() for match in _IRC_LINE.finditer(day)]
        notices = [name for match in _IRC_NOTICE.finditer(day) for name in match.groups() if name]
        nicks = {name.casefold() for name in (*notices, *(speaker for speaker, _ in said))}
        for start in range(0, len(said), _IRC_SIZE):
            yield _irc_carrier(said[start : start + _IRC_SIZE], nicks)


def _irc_carrier(lines: Sequence[Sequence[str]], nicks: set[str]) -> Carrier:
    texts: list[str] = []
    sites: list[Site] = []
    for number, (_, said) in enumerate(lines):
        text, site = _irc_site(number, said, nicks)
        texts.append(text)
        sites += site
    clean = [not _names_one_of(text, nicks) for text in texts]
    return _carrier([speaker for speaker, _ in lines], texts, sites, clean)


def _irc_site(number: int, text: str, nicks: set[str]) -> tuple[str, list[Site]]:
    """Return a message and its site, if it names nobody elsewhere; one inside it replaces the call."""
    called = _CALLED.match(text)
    if called and called[1].casefold() not in nicks:
        called = None
    rest = text[called.end() + 2 :].lstrip() if called else text
    greeted = _GREETED.search(rest)
    if greeted and greeted[1].casefold() in nicks:
        others = rest[: greeted.start(1)] + rest[greeted.end(1) :]
        return rest, [] if _names_one_of(others, nicks) else [Site(number, *greeted.span(1), "told")]
    if _names_one_of(rest, nicks):
        return text, []
    pronoun = _PRONOUN.search(rest)
    if pronoun:
        return rest, [Site(number, *pronoun.span(), "told")]
    return text, [Site(number, *called.span(1), "called")] if called else []


def _names_one_of(text: str, nicks: set[str]) -> bool:
    words = re.findall(r"[^\s,:;!?()\"'<>]+", text.casefold())
    return any(word in nicks or word.rstrip(".") in nicks for word in words if len(word) > 1)


def _persona(data: Path) -> Iterator[Carrier]:
    for dialogue in read_lines(data / "real-persona-chat" / "dialogues.jsonl.xz"):
        if held_out(str(dialogue["dialogue_id"])):
            speakers, texts = zip(
                *((speaker, text) for speaker, text, _ in dialogue["utterances"]), strict=True
            )
            sites = [site for number, text in enumerate(texts) for site in _persona_sites(number, text)]
            clean = ["<" not in text and "＊" not in text for text in texts]
            yield _carrier(speakers, texts, sites, clean)


def _persona_sites(number: int, text: str) -> list[Site]:
    """Return the site of a message; none where more than one name is masked."""
    masked = list(_MASKED.finditer(text))
    if len(masked) == 1:
        kind: Kind = "honoured" if _TITLE.match(text, masked[0].end()) else "told"
        return [Site(number, *masked[0].span(), kind)]
    relation = None if masked else _RELATION.search(text)
    return [Site(number, *relation.span(), "told")] if relation else []


def _carrier(
    speakers: Sequence[str], texts: Sequence[str], sites: Sequence[Site], clean: Sequence[bool]
) -> Carrier:
    numbers = {speaker: number for number, speaker in enumerate(dict.fromkeys(speakers))}
    return Carrier(tuple(texts), tuple(numbers[speaker] for speaker in speakers), tuple(sites), tuple(clean))
