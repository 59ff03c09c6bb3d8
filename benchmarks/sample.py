"""Write the bundled synthetic sample: bilingual chats with a companion AI, and what is planted in them.

    python benchmarks/sample.py --out configs/samples --seed 1

``chat.jsonl.gz`` holds one conversation a line; ``planted.jsonl.gz`` one gold span a line:
``{"record", "path", "start", "end", "label", "form"}``, offsets in code points, no surface. The same
seed gives the same bytes. All people are invented.
"""

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from casting import Cast
from exchanges import Book, Deck, Exchange, read_book
from inputs import write_lines
from people import REFERENCE_YEAR, Person, people
from slots import Gold, fill

_TEMPLATES = Path(__file__).parent / "templates"
_CONVERSATIONS = 200
_LONGEST = 16
_MIXED_EVERY = 17
_LANGUAGES = ("ja", "en")
_OFFSET = {"ja": "+09:00", "en": "-05:00"}
_OTHER_KINDS = (
    "code", "property", "secret", "linking", "quasi", "sensitive", "media", "attack", "trap",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Conversation:
    """One record, and the gold spans of each of its paths that has any."""

    record: dict[str, object] = field(repr=False)
    gold: Mapping[str, tuple[Gold, ...]]


@dataclass(frozen=True, slots=True)
class Decks:
    """The exchanges of one language, sorted by where they go."""

    book: Book
    greet: Deck
    direct: Deck
    other: Deck
    chat: Deck
    end: Deck
    memory: Deck


def generate(seed: int, conversations: int = _CONVERSATIONS) -> Iterator[Conversation]:
    """Yield the sample in order; every exchange is used before any of its kind is used again."""
    rng = Random(seed)
    crowd = people(rng)
    decks = {language: _decks(language, rng) for language in _LANGUAGES}
    for index in range(conversations):
        person = crowd[index % len(crowd)]
        mixed = index % _MIXED_EVERY == _MIXED_EVERY - 1
        yield _conversation(rng, person, decks, name=f"conv-{index + 1:04}", mixed=mixed)


def _decks(language: str, rng: Random) -> Decks:
    book = read_book(_TEMPLATES / f"sample-{language}.txt", language)
    kinds = ("greet",), ("direct",), _OTHER_KINDS, ("chat",), ("end",), ("memory",)
    return Decks(book, *(Deck(book, kind, rng) for kind in kinds))


def _conversation(
    rng: Random, person: Person, decks: Mapping[str, Decks], *, name: str, mixed: bool
) -> Conversation:
    guest = next(language for language in _LANGUAGES if (language == person.language) != mixed)
    plan = _plan(rng, decks[person.language], decks[guest])
    lines = [line for exchange in plan for line in _said(rng, person, decks, exchange)]
    memory = [
        line
        for exchange in (decks[person.language].memory.deal() for _ in range(2))
        for line in _said(rng, person, decks, exchange)
    ]
    record: dict[str, object] = {
        "conversation_id": name,
        "user_id": person.user_id,
        "profile": _profile(person),
        "messages": _messages(rng, person.language, lines),
        "memory": [text for _, text, _ in memory],
    }
    return Conversation(record, _gold(lines, memory))


def _plan(rng: Random, own: Decks, guest: Decks) -> list[Exchange]:
    """Return the exchanges of one conversation: 6 to 16 messages, at least one thing planted."""
    first, last = own.greet.deal(), own.end.deal()
    middle = [own.direct.deal()]
    room = rng.randint(6, _LONGEST) - sum(len(part.lines) for part in (first, last, *middle))
    for deck in (guest.other, own.chat, own.other, guest.chat, own.chat):
        if room > 0:
            middle.append(deck.deal())
            room -= len(middle[-1].lines)
    while sum(len(part.lines) for part in middle) > _LONGEST - 4:
        middle.pop()
    rng.shuffle(middle)
    return [first, *middle, last]


_Line = tuple[str, str, tuple[Gold, ...]]


def _said(rng: Random, person: Person, decks: Mapping[str, Decks], exchange: Exchange) -> Iterator[_Line]:
    cast = Cast(person, exchange.language, decks[exchange.language].book.fillers, rng)
    for speaker, template in exchange.lines:
        yield (speaker, *fill(template, cast))


def _messages(rng: Random, language: str, lines: Sequence[_Line]) -> list[dict[str, str]]:
    clock = datetime(REFERENCE_YEAR, 10, 1, 6) + timedelta(minutes=rng.randrange(80 * 24 * 60))  # noqa: DTZ001
    messages = []
    for speaker, text, _ in lines:
        clock += timedelta(seconds=rng.randint(2, 9) if speaker == "A" else rng.randint(8, 240))
        role = "user" if speaker == "U" else "assistant"
        messages.append({"role": role, "content": text, "time": clock.isoformat() + _OFFSET[language]})
    return messages


def _gold(lines: Iterable[_Line], memory: Iterable[_Line]) -> dict[str, tuple[Gold, ...]]:
    paths = {f"messages[{index}].content": gold for index, (_, _, gold) in enumerate(lines)}
    paths |= {f"memory[{index}]": gold for index, (_, _, gold) in enumerate(memory)}
    return {path: gold for path, gold in paths.items() if gold}


def _profile(person: Person) -> dict[str, object]:
    kana = {"kana": person.katakana} if person.language == "ja" else {}
    separator = " " if person.language == "ja" else ""
    name = f"{person.family}{separator}{person.given}" if separator else person.name
    return {
        "name": name,
        **kana,
        "nickname": person.nick,
        "email": person.email,
        "phone": person.phone,
        "birthday": person.birthday.isoformat(),
        "age": person.age,
        "gender": person.gender,
        "region": person.region,
        "occupation": person.occupation,
    }


def planted(conversation: Conversation) -> Iterator[dict[str, Any]]:
    """Yield the gold spans of one conversation as they stand in ``planted.jsonl.gz``."""
    for path, spans in conversation.gold.items():
        for gold in spans:
            row = {key: value for key, value in asdict(gold).items() if key != "entity"}
            yield {"record": conversation.record["conversation_id"], "path": path, **row}


def main() -> None:
    parser = argparse.ArgumentParser(description="write the bundled synthetic sample")
    parser.add_argument("--out", type=Path, default=Path("configs/samples"))
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    made = list(generate(arguments.seed))
    conversations = write_lines(arguments.out / "chat.jsonl.gz", (item.record for item in made))
    spans = write_lines(arguments.out / "planted.jsonl.gz", (row for item in made for row in planted(item)))
    print(f"{conversations} conversations, {spans} planted spans in {arguments.out}")


if __name__ == "__main__":
    main()
