"""Where a name in Latin script begins and ends: at signs that no name holds, without the words around it.

A tagger at an operating point of high recall takes neighbours along: «Ken's», «Penny of», «Oscar #Pistorius».
"""

import re
from collections.abc import Iterable, Iterator

from deid.detect.names.marks import MARKS
from deid.detect.names.words import read_words
from deid.types import Span

# What parts two names: a sign that none holds, and the end of a sentence behind a word of three letters.
_ABBREVIATED = "Mr Mrs Ms Dr St Jr Sr Sgt Prof Gen Rev Sen Rep Gov Pres Capt Col Lt Maj Adm Hon Fr".split()
_BETWEEN = re.compile(
    rf"(?<!\b\w)(?<!\w@)[^\w\s@.'’‘`´\-‐·・\"“”{MARKS}]+|(?<=\s)@|[\n\r]+|(?<=[^\W\d_]{{3}}\.)"
    + "".join(rf"(?<!\b{word}\.)" for word in _ABBREVIATED)
    + r"\s"
)
_ENDS = f".{MARKS}"
_POSSESSIVE = re.compile(r"['’`´]s?\Z", re.IGNORECASE)
_WORDS = (
    "a and are as at but by for from had has have is of on or says said that the to was were with without lol LOL RT via "
    "bhai didi bro sis sama senpai"
)
_WORD = "|".join(_WORDS.split())
# The second syllable of a Korean or Chinese given name, behind its hyphen.
_SYLLABLE = re.compile(
    r"[-‐](?:ah?|bin|cheol|chul|chun|eun|fen|gi|gyu|ha|hee|ho|hoon|hua|hwan?|hye|hyuk|hyun|ik|in|jae|jeong|jin?|jong|joo|joon|jun?|jung|"
    r"kyu|kyung|lan|li|lin|ling|mei|min?|na|nam|ran|ri|rim|seok?|seong?|seung|shik|sik|so|soo|sook|suk?|sung?|tae|ting|uk|wei|won|woo|"
    r"woong|yang|yeon|yeong|ying|yong|yoo|yoon|young|yul|yun?)\b",
    re.IGNORECASE,
)
_CHAT = "sm rn btw tho tbh lmao omg pls plz u ur r n w i im ya lend place car room mum mom dad bday birthday"
_LISTED = read_words("given_en") | read_words("given_en_ambiguous")
_SURNAMES = {"best", "house", "love", "nice", "small"}
_PLAIN = frozenset(_CHAT.split()) | {
    word for word in read_words("not_names_en") - _LISTED - _SURNAMES if len(word) > 2
}
_LAST = re.compile(rf"\s+(?:{_WORD})\Z|(?<=[^\W\d_]{{3}})\.\Z")
_LAST_WORD = re.compile(r"(?<=\w)\s+([a-z]+)\Z")
_FIRST = re.compile(
    r"(?:and|of|with|from|by|for|to|at|in|on|girl|dude|lady|woman|man|boy|kid|friend|named|called|president|lol|omg)\s+"
)
_PARTICLE = re.compile(
    r" (?:(?:de|van|von)(?: (?:la|las|los|der|den))?|del|della|da|das|dos|di|du|der|den|ter|ten|la|le|el|al|bin|binti|bint|ibn|thi) ",
    re.IGNORECASE,
)


def parted(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return sorted spans, those of people in parts where they hold several names, each without what is around it.

    A part without a letter is left out, and a Latin letter that is no initial beside a name. Two with a particle between them are one: «Nguyen Thi Lan».
    """
    found: list[Span] = []
    for span in spans:
        if span.label != "PERSON":
            found.append(span)
            continue
        for start, end in _parts(text, span.start, span.end):
            if end - start == 1 and not _is_initial(text, start, span):
                continue
            goes_on = (
                found and found[-1].label == "PERSON" and _PARTICLE.fullmatch(text, found[-1].end, start)
            )
            first = found.pop().start if goes_on else start
            found.append(Span(first, end, span.label, span.score, span.source))
    return found


def _is_initial(text: str, at: int, span: Span) -> bool:
    """Whether a part of one letter is a name in itself or goes with the rest of its span: «Smith, J»."""
    return not text[at].isascii() or (text[at].isupper() and span.end - span.start > len("'s"))


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _BETWEEN.finditer(text, start, end):
        yield from _bare(text, start, match.start())
        start = match.end()
    yield from _bare(text, start, end)


def _bare(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a range without words and signs at its ends that belong to no name, unless none is left."""
    before = None
    while before != (start, end):
        before = (start, end)
        while start < end and not text[start].isalnum():
            start += 1
        while start < end and not (text[end - 1].isalnum() or text[end - 1] in _ENDS):
            end -= 1
        for pattern in (_POSSESSIVE, _LAST):
            match = pattern.search(text, start, end)
            end = match.start() if match else end
        last = _LAST_WORD.search(text, start, end)
        end = last.start() if last and last[1] in _PLAIN else end
        first = _FIRST.match(text, start, end)
        start = first.end() if first else start
    if any(map(str.isalpha, text[start:end])):
        syllable = _SYLLABLE.match(text, end)
        yield start, syllable.end() if syllable else end
