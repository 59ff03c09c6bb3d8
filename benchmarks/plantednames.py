"""Names planted into real chat in the forms people write: which mentions are found, which persons whole.

Every name is kept from training (``templates/planted.txt``, ``heldout.py``); so are the Japanese dialogues.
A mention is found when every character lies under spans of any label (``coverage``), or of PERSON and
USERNAME (``typed``); a person, when every mention in the conversation is. An alarm is a PERSON in a message
that nothing was planted in and that names no speaker; a few of those name somebody, and count all the same.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from random import Random

from chatlines import Carrier, Language, Site
from deid.types import Span, Turn
from nameengines import Engine
from namescore import hidden
from people import katakana
from scorer import Rate
from slots import Gold

_FILE = Path(__file__).parent / "templates" / "planted.txt"
_OWN = frozenset({"PERSON", "USERNAME"})
_MOST_MENTIONS = 4

Person = Mapping[str, str]
"""A name a section of the inventory; together they name one invented person."""


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write a name; ``honoured`` is followed by 「さん」, 「くん」 or 「ちゃん」, no part of it."""

    write: Callable[[Person], str] = field(repr=False)
    honoured: bool = False


FORMS: Mapping[Language, Mapping[str, Form]] = {
    "en": {
        "title": Form(lambda person: person["given"]),
        "title-uncommon": Form(lambda person: person["uncommon"]),
        "title-world": Form(lambda person: person["world"]),
        "lower": Form(lambda person: person["given"].lower()),
        "lower-uncommon": Form(lambda person: person["uncommon"].lower()),
        "lower-world": Form(lambda person: person["world"].lower()),
        "full": Form(lambda person: f"{person['given']} {person['family']}"),
        "full-lower": Form(lambda person: f"{person['given']} {person['family']}".lower()),
        "nickname": Form(lambda person: person["nick"]),
        "nickname-lower": Form(lambda person: person["nick"].lower()),
    },
    "ja": {
        "kanji-full": Form(lambda person: person["姓"] + person["名"]),
        "kanji-family-honoured": Form(lambda person: person["姓"], honoured=True),
        "kanji-given": Form(lambda person: person["名"]),
        "kanji-given-honoured": Form(lambda person: person["名"], honoured=True),
        "katakana": Form(lambda person: katakana(person["かな"])),
        "katakana-honoured": Form(lambda person: katakana(person["かな"]), honoured=True),
        "hiragana": Form(lambda person: person["かな"]),
        "hiragana-honoured": Form(lambda person: person["かな"], honoured=True),
        "romaji": Form(lambda person: person["romaji given"]),
        "romaji-lower": Form(lambda person: person["romaji given"].lower()),
        "romaji-full": Form(lambda person: f"{person['romaji given']} {person['romaji family']}"),
        "nickname": Form(lambda person: person["かな"][:2] + person["end"]),
    },
}
STYLES: Mapping[Language, Sequence[tuple[str, str]]] = {
    "en": (("title", "title"), ("full", "title"), ("full", "lower"), ("lower", "lower"), ("title", "lower")),
    "ja": (
        ("kanji-full", "kanji-family-honoured"),
        ("kanji-full", "kanji-given-honoured"),
        ("katakana-honoured", "katakana"),
        ("hiragana-honoured", "hiragana"),
        ("nickname", "nickname"),
    ),
}
"""The form of a person's first mention in a conversation, and of the others."""
_HONORIFICS = ("さん", "くん", "ちゃん")
_ENDINGS = ("っち", "りん", "ぽん", "ちー", "たろ")


@dataclass(frozen=True, slots=True)
class Planted:
    """A message with a name in it; ``place`` is the kind of its site."""

    text: str = field(repr=False)
    gold: Gold
    place: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A conversation that one planted person is spoken of in, and their mentions by turn."""

    turns: tuple[Turn, ...] = field(repr=False)
    mentions: Mapping[int, Gold]
    style: str


def inventory(path: Path = _FILE) -> dict[str, list[str]]:
    """Return the names by section."""
    sections: dict[str, list[str]] = {}
    names: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            names = sections.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            names += line.split()
    return sections


def people(rng: Random) -> Iterator[Person]:
    """Yield persons without end, every part drawn by itself."""
    sections = {**inventory(), "end": list(_ENDINGS)}
    while True:
        yield {name: rng.choice(names) for name, names in sections.items()}


def messages(
    carriers: Sequence[Carrier], language: Language, rng: Random, per_form: int
) -> Iterator[Planted]:
    """Yield messages for each form; inside a sentence first, where there are enough such sites."""
    crowd = people(rng)
    for name, form in FORMS[language].items():
        sites = [
            (carrier, site)
            for carrier in carriers
            for site in carrier.sites
            if form.honoured or site.kind != "honoured"
        ]
        rng.shuffle(sites)
        sites.sort(key=lambda found: found[1].kind == "called")
        for carrier, site in sites[:per_form]:
            yield _planted(carrier, site, (name, form, next(crowd)), rng)


def _planted(carrier: Carrier, site: Site, what: tuple[str, Form, Person], rng: Random) -> Planted:
    name, form, person = what
    text, surface = carrier.texts[site.message], form.write(person)
    title = rng.choice(_HONORIFICS) if form.honoured and site.kind != "honoured" else ""
    whole = text[: site.start] + surface + title + text[site.end :]
    return Planted(whole, Gold(site.start, site.start + len(surface), "PERSON", name), site.kind)


def meetings(carriers: Sequence[Carrier], language: Language, rng: Random, n: int) -> Iterator[Meeting]:
    """Yield conversations that speak of one person two to four times, the styles in turn."""
    fit = [carrier for carrier in carriers if len(carrier.sites) > 1]
    rng.shuffle(fit)
    for carrier, style, person in zip(islice(fit, n), cycle(STYLES[language]), people(rng), strict=False):
        sites = sorted(
            rng.sample(carrier.sites, min(_MOST_MENTIONS, len(carrier.sites))), key=lambda site: site.message
        )
        yield _meeting(carrier, sites, [(name, FORMS[language][name], person) for name in style], rng)


def _meeting(
    carrier: Carrier, sites: Sequence[Site], style: Sequence[tuple[str, Form, Person]], rng: Random
) -> Meeting:
    texts, mentions = list(carrier.texts), {}
    for number, site in enumerate(sites):
        planted = _planted(carrier, site, style[min(number, 1)], rng)
        texts[site.message], mentions[site.message] = planted.text, planted.gold
    turns = tuple(
        Turn(f"[{number}]", text, speaker)
        for number, (text, speaker) in enumerate(zip(texts, carrier.speakers, strict=True))
    )
    return Meeting(turns, mentions, "+".join(name for name, _, _ in style))


def found(engine: Engine, planted: Sequence[Planted]) -> dict[str, tuple[Rate, Rate]]:
    """Return coverage and typed recall by ``form/…`` and ``place/…``."""
    judged: dict[str, list[tuple[bool, bool]]] = {}
    for message, spans in zip(planted, engine.detect([message.text for message in planted]), strict=True):
        own = [span for span in spans if span.label in _OWN]
        hit = (hidden(message.text, message.gold, spans), hidden(message.text, message.gold, own))
        for key in (f"form/{message.gold.form}", f"place/{message.place}"):
            judged.setdefault(key, []).append(hit)
    return {
        key: (_rate(hit for hit, _ in hits), _rate(hit for _, hit in hits)) for key, hits in judged.items()
    }


def complete(engine: Engine, met: Sequence[Meeting]) -> dict[str, Rate]:
    """Return the share of persons of whom no mention was missed: ``all``, and by style.

    A peer knows no conversation and reads the messages that name the person.
    """
    read = [_read(engine, meeting) for meeting in met]
    judged: dict[str, list[bool]] = {"all": []}
    for meeting, turns, spans in zip(met, read, engine.converse(read), strict=True):
        by_path = {turn.path: (turn.text, found) for turn, found in zip(turns, spans, strict=True)}
        whole = all(_whole(by_path[f"[{number}]"], gold) for number, gold in meeting.mentions.items())
        judged["all"].append(whole)
        judged.setdefault(meeting.style, []).append(whole)
    return {key: _rate(hits) for key, hits in judged.items()}


def _read(engine: Engine, meeting: Meeting) -> Sequence[Turn]:
    return [meeting.turns[number] for number in sorted(meeting.mentions)] if engine.peer else meeting.turns


def _whole(read: tuple[str, Sequence[Span]], gold: Gold) -> bool:
    return hidden(read[0], gold, read[1])


def alarms(engine: Engine, carriers: Sequence[Carrier], rng: Random, n: int) -> Rate:
    """Return the share of clean messages in which a PERSON is found."""
    clean = [
        text for carrier in carriers for text, ok in zip(carrier.texts, carrier.clean, strict=True) if ok
    ]
    drawn = rng.sample(clean, min(n, len(clean)))
    return _rate(any(span.label == "PERSON" for span in spans) for spans in engine.detect(drawn))


def _rate(hits: Iterable[bool]) -> Rate:
    judged = list(hits)
    return Rate(sum(judged), len(judged))
