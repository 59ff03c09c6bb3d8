"""RealPersonaChat, in aggregate only: which dialogues one of 199 speakers held, given eight others of each.

A document is one speaker's side of a dialogue. Terms: CC BY-SA 4.0; the authors of the data ask users not to
identify the speakers: rates over all of them are kept, nothing about one.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from convert_real_persona_chat import convert
from deid.risk import authorship
from deid.risk.attack import AttackResult, strongest
from deid.risk.documents import Documents, numbered
from reid import redacted, regexmask
from reid.synthpai import Corpus

_EACH = 16  # dialogues a speaker: eight known, eight released
Treat = Callable[[Corpus], Sequence[str]]
TREATMENTS: Mapping[str, Treat] = {
    "raw": lambda corpus: corpus.texts,
    regexmask.NAME: regexmask.treat,
    redacted.NAME: redacted.treat,
}


def read(data: Path) -> Corpus:
    """Return sixteen sides of dialogues, at random, of everybody who has as many."""
    sides: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for record in convert(data):
        said: defaultdict[str, list[str]] = defaultdict(list)
        for message in record["messages"]:  # type: ignore[attr-defined]
            said[message["speaker"]].append(message["content"])
        for speaker, side in said.items():
            sides[speaker].append((str(record["conversation_id"]), "\n".join(side)))
    rng = np.random.default_rng(3)
    chosen = [
        (speaker, *held[n])
        for speaker, held in sorted(sides.items())
        if len(held) >= _EACH
        for n in np.sort(rng.choice(len(held), _EACH, replace=False)).tolist()
    ]
    people, talks, texts = zip(*chosen, strict=True)
    return Corpus([], [(talk, 0) for talk in talks], texts, texts, people, [""] * len(texts))


def attacked(corpus: Corpus, released: Sequence[str], splits: int, seed: int) -> AttackResult:
    """Return the strongest attacker's result where every dialogue has an id of its own."""
    person = numbered(corpus.people)
    talk = np.arange(len(person))
    documents = Documents(corpus.texts, released, person, talk, talk)
    plan = authorship.Plan(splits=splits)
    return strongest(
        authorship.results_of(authorship.read(released), documents, talk, plan, np.random.default_rng(seed))
    )
