"""Runs of a Japanese text that may be a value: Latin letters, digits and signs between kana and kanji, digits said."""

import re
from collections.abc import Iterator
from typing import NamedTuple

DIGIT_READ = (
    "ゼロ|ぜろ|れい|レイ|まる|マル|いち|イチ|に|ニ|さん|サン|よん|ヨン|ご|ゴ|ろく|ロク|なな|ナナ|しち|シチ|はち|ハチ"
    "|きゅう|キュウ|きゅー|キュー"
)
"""The digits as they are read aloud."""
_SIGNS = r"!#$%&*+=@^_~?.|:/\\‐‑–—−ー-"
_RUN = re.compile(
    rf"(?P<said>(?:(?<![A-Za-z])[A-Za-z]{{1,3}}の?)?(?:{DIGIT_READ})(?:[の、・, ー-]?(?:{DIGIT_READ})){{2,30}})"
    rf"|(?P<kanji>(?:(?<![A-Za-z])[A-Za-z]{{1,3}}の?)?[〇零一二三四五六七八九]{{1,12}}(?:[の、・,ー-]?[〇零一二三四五六七八九]{{1,12}}){{2,20}})"
    r"|(?P<apart>[0-9A-Za-z](?: {1,2}[0-9A-Za-z]){4,30}(?![0-9A-Za-z]))"
    r"|(?P<codes>(?<![0-9A-Za-z_])(?:(?=[0-9 ・-]{0,20}[A-Z])[0-9A-Z]{2,6}(?:(?: {1,2}|・|-\n)[0-9A-Z]{2,6}){1,4}|(?=[0-9・の-]{0,20}[a-z])[0-9a-z]{2,5}(?:(?:・|の|-\n)[0-9a-z]{2,5}){2,4})(?![0-9A-Za-z_]|[-.:/,・][0-9A-Za-z]))"
    r"|(?P<groups>[0-9]{1,8}(?:(?: ?[-/・.,‐‑–—−ー] ?| {1,2}|の|-?\n)[0-9]{1,8}){1,7}(?![0-9A-Za-z_]))"
    rf"|(?P<run>[0-9A-Za-z#$*+@^_](?:[0-9A-Za-z{_SIGNS}]|(?<=[0-9A-Za-z])<(?=[0-9]))*)"
)
_SHORTEST, _LONGEST = 3, 60
_TRIMMED = r"!#$%&*+=~?.|:/\‐‑–—−ー-"
_LEADING = r"!%&=~?.|:/\‐‑–—−ー-"
_ENDING = r".|:/\‐‑–—−ー-"
# «Tofu93?は»: what is spoken on of holds the sign.
_SPOKEN_OF = re.compile("[はがをでにと]|って")
_TELLING = re.compile(r"[0-9A-Za-z]")
_ADDRESS = re.compile(r"://|.@.*\.")


class Run(NamedTuple):
    """A range of a text, and how it is written: ``run``, ``codes``, ``groups``, ``apart``, ``kanji`` or ``said``."""

    start: int
    end: int
    way: str


def runs_of(form: str) -> Iterator[Run]:
    """Yield the runs of a normalized text that are long enough, in order. Linear."""
    for match in _RUN.finditer(form):
        way = match.lastgroup or "run"
        start, end = match.span()
        if way == "run":
            bare = match.group().lstrip(_LEADING)
            start = end - len(bare)
            end = start + len(bare.rstrip(_TRIMMED if _SPOKEN_OF.match(form, end) is None else _ENDING))
        if _SHORTEST <= end - start <= _LONGEST and _is_value(form[start:end], way):
            yield Run(start, end, way)


def _is_value(text: str, way: str) -> bool:
    if way != "run":
        return True
    return _TELLING.search(text) is not None and _ADDRESS.search(text) is None
