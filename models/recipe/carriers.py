"""Real chat lines in which nobody is named, to splice names into.

* English: the test part of irc-ubuntu (CC BY 4.0), without nicks and stamps.
* Japanese: real-persona-chat (CC BY-SA 4.0), without the dialogues kept for evaluation
  (``reserved.py``).

Lines that seem to name somebody or something are left out: in English by capital
letters, known nicks and given names; in Japanese by the proper nouns of SudachiDict.
"""

import json
import lzma
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from random import Random

from grammar import Generator, Piece
from reserved import held_out

_TALK = re.compile(r"\[\d\d:\d\d\] <([^>]+)> (.+)")
_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*")
_CAPITAL_OK = frozenset(
    "I I'm I'll I've I'd Ubuntu Linux Gnome Windows Debian Firefox Java Python Hoary Warty Breezy Nautilus GNOME "
    "KDE Kubuntu XP OK Ok Mac Xorg Totem Synaptic Apache Perl Evolution Gimp Konqueror Mozilla Opera".split()
)
_BODIES = re.compile(
    r"\b(google|microsoft|canonical|redhat|red hat|dell|ibm|nvidia|intel|sony|nokia|novell|yahoo|amazon|creative|"
    r"apple|hp|ati|amd|toshiba|logitech|suse|mandrake|gentoo|germany|france|uk|usa|us|london|europe|america|"
    r"canada|india|china|japan|sweden|mark|shuttleworth|linus|torvalds)\b",
    re.IGNORECASE,
)
# What in a line a name can stand for (group 1) and the kind of name that fits.
_SOMEBODY = "(you|he|she|anyone|anybody|somebody|someone|they|everyone)"
_OBJECT = "(you|me|him|them|us|someone|somebody|people)"
_ENGLISH = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (r"\bmy (friend|brother|wife|boss|dad|girlfriend|sister|mom|son|roommate)\b", "person"),
        (r"\b(he|she|someone|somebody)\b (?=is|was|has|can|said|says|told|wants|needs|will|did)", "person"),
        (rf"\b(?:did|does|can|could|would|will|should) {_SOMEBODY}\b(?! else)", "person"),
        (r"\b(you) (?:can|could|should|might|would|will|must|did|said)\b", "person"),
        (
            rf"\b(?:with|tell|from|give|show|help|ask|asks|told|thank|for|to|by|of) {_OBJECT}\b(?! else)",
            "person",
        ),
        (r"\b(?:in|at|from) (here|there|school|work|home|the office|the city|the country)\b", "place"),
        (r"\b(the company|the devs|the developers|the community|the team)\b", "body"),
    )
)
_JAPANESE = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (
            r"(?<![おごのー一-龥])((?:友達|友人|彼氏|彼女|先輩|上司|同僚|後輩|主人|旦那|夫|妻|息子|娘|弟|妹|姉|兄)(?:さん)?)[とがはにのもを、]",
            "person",
        ),
        (r"((?:あなた|貴方)(?:様|さま)?)[とがはにのもを、]", "person"),
        (r"(?<![一-龥])(私|僕|みんな|みなさん|皆さん)[とがはにのも、]", "person"),
        (r"(?<![一-龥のごお])(地元|田舎|実家|都内|都会|近所|海外|県内|市内)[にのはがでへをもか]", "place"),
        (r"(?<![一-龥あそこど])(ここ|そこ|こっち|こちら|そちら|あそこ)[にはでも](?!か)", "place"),
        (r"(?<![一-龥の])(会社|職場|バイト先|病院|大学|高校|学校)[にのはがでをも]", "body"),
    )
)
_JA_SKIP = re.compile(r"<|＊|\*|さん(?!.?(?:歳|時))|くん|ちゃん|[一-龥]様|氏|[A-Za-z]{3}")


def english(data: Path, given: Iterable[str]) -> tuple[str, ...]:
    """Lines of IRC talk that name nobody; ``given`` are names to look for, any case."""
    raw = lzma.decompress((data / "irc-ubuntu" / "test.raw.txt.xz").read_bytes()).decode("utf-8", "replace")
    talk = [m.groups() for m in map(_TALK.fullmatch, raw.splitlines()) if m]
    nicks = {nick.strip().lower() for nick, _ in talk}
    bodies = [_unaddressed(text, nicks) for _, text in talk]
    seen = Counter(w.lower() for b in bodies for w in _WORD.findall(b))
    common = {w for w, n in seen.items() if n > 25}
    unwanted = ({n.lower() for n in given} | nicks) - common
    return tuple(dict.fromkeys(b for b in bodies if 5 < len(b) < 160 and _anonymous(b, unwanted)))


def _unaddressed(text: str, nicks: set[str]) -> str:
    """Strip the nick that a line calls at its start."""
    head, mark, rest = text.partition(" ")
    if mark and (head.endswith(":") or head.rstrip(",>").lower() in nicks):
        return rest.strip()
    return text.strip()


def _anonymous(text: str, unwanted: set[str]) -> bool:
    words = _WORD.findall(text)
    capitals = [w for w in words[1:] if w[0].isupper() and w not in _CAPITAL_OK and not w.isupper()]
    return (
        bool(words)
        and not capitals
        and not _BODIES.search(text)
        and not unwanted & {w.lower() for w in words}
    )


def _dialogues(data: Path) -> Iterator[list[str]]:
    with lzma.open(data / "real-persona-chat" / "dialogues.jsonl.xz", "rt", encoding="utf-8") as file:
        for line in file:
            dialogue = json.loads(line)
            if not held_out(str(dialogue["dialogue_id"])):
                yield [utterance[1] for utterance in dialogue["utterances"]]


def japanese(data: Path, rng: Random, limit: int) -> tuple[str, ...]:
    """At most ``limit`` utterances that name nobody and nothing, in random order."""
    from sudachipy import dictionary  # noqa: PLC0415  only Japanese needs it

    tokenize = dictionary.Dictionary(dict="core").tokenizer().tokenize
    texts = list(dict.fromkeys(t for d in _dialogues(data) for t in d if 4 < len(t) < 90))
    rng.shuffle(texts)
    kept = []
    for text in texts:
        if not _JA_SKIP.search(text) and not any(m.part_of_speech()[1] == "固有名詞" for m in tokenize(text)):
            kept.append(text.replace("\n", " "))
            if len(kept) == limit:
                break
    return tuple(kept)


def splice(text: str, language: str, fills: Mapping[str, Generator], rng: Random) -> list[Piece] | None:
    """Put a name for a word of a line; None where no word can give way.

    ``fills`` makes the pieces of a "person", a "place" and a "body".
    """
    patterns = _ENGLISH if language == "en" else _JAPANESE
    found = [(m, kind) for pattern, kind in patterns for m in pattern.finditer(text)]
    if not found:
        return None
    match, kind = rng.choice(found)
    return [Piece(text[: match.start(1)]), *fills[kind](rng), Piece(text[match.end(1) :])]
