"""RealPersonaChat, in aggregate only: which dialogues one of 199 speakers held, given eight others of each.

A document is one speaker's side of a dialogue. Terms: CC BY-SA 4.0; the authors of the data ask users not to
identify the speakers: rates over all of them are kept, nothing about one.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from convert_real_persona_chat import convert
from deid.detect.words import Words, folded
from deid.risk import authorship
from deid.risk.attack import AttackResult, strongest
from deid.risk.documents import Documents, numbered
from reid import dealt, ours, pieces, raw, redacted, regexmask
from reid.synthpai import Corpus
from reid.utility import spoken

_EACH = 16  # dialogues a speaker: eight known, eight released
Treat = Callable[[Corpus], Sequence[str]]


_WHOLE = {"release": {"name": "real-persona-chat", "format": "parquet"}}
"""The shipped pipeline but for its ``max_words``."""
_AS_SHIPPED: Mapping[str, object] = {}
PIECES: Mapping[str, str] = {
    f"{ours.ANONYMIZE}, personal words 0.1, tidy, 30 words an id": "real-persona-chat",
    f"{ours.ANONYMIZE}, personal words 0.18 written over, plain, 15 words an id": (
        "real-persona-chat-strictest"
    ),
}
"""Treatments that cut dialogues, and the shipped pipelines that carry them out."""


def released(corpus: Corpus, changes: Mapping[str, object]) -> Sequence[str]:
    """Return each side as a run of the shipped pipeline writes it; what the run left out is blank."""
    sides = ours.release(corpus.records, "real-persona-chat", changes)
    return [
        "\n".join(sides.get((person, record), ()))
        for person, (record, _) in zip(corpus.people, corpus.place, strict=True)
    ]


TREATMENTS: Mapping[str, Treat] = {
    raw.NAME: raw.treat,
    regexmask.NAME: regexmask.treat,
    **{
        f"{ours.ANONYMIZE}{ending}": partial(released, changes={"mode": "anonymize", **_WHOLE, **more})
        for ending, more in ours.STRICTNESS.items()
    },
    dealt.NAME: dealt.treat,
    redacted.NAME: redacted.treat,
}


def read(data: Path) -> Corpus:
    """Return sixteen sides of dialogues, at random, of everybody who has as many, and the whole dialogues."""
    sides: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    records = list(convert(data))
    for record in records:
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
    held_in = set(talks)
    whole = [record for record in records if record["conversation_id"] in held_in]
    return Corpus(whole, [(talk, 0) for talk in talks], texts, texts, people, [""] * len(texts))


def cut(
    corpus: Corpus, pipeline: str, changes: Mapping[str, object] = _AS_SHIPPED
) -> tuple[pieces.Pieces, Sequence[str]]:
    """Return the pieces that a shipped pipeline makes of the sides, and the sides put together again."""
    number = dict(zip(corpus.people, numbered(corpus.people).tolist(), strict=True))
    place = [(person, talk) for person, (talk, _) in zip(corpus.people, corpus.place, strict=True)]
    released = ours.in_pieces(corpus.records, pipeline, changes)
    found = pieces.read(*released, {side: number[side[0]] for side in place})
    texts = dict(zip(found.sides, found.whole(), strict=True))
    return found, [texts.get(side, "") for side in place]


def attacked(corpus: Corpus, treated: Sequence[str], splits: int, seed: int) -> AttackResult:
    """Return the strongest attacker's result where every dialogue that was released has an id of its own."""
    kept = np.flatnonzero([bool(text) for text in treated]).tolist() or list(range(len(treated)))
    texts = [treated[n] for n in kept]
    person = numbered([corpus.people[n] for n in kept])
    talk = np.arange(len(kept))
    documents = Documents([corpus.texts[n] for n in kept], texts, person, talk, talk)
    plan = authorship.Plan(splits=splits)
    return strongest(
        authorship.results_of(authorship.read(texts), documents, talk, plan, np.random.default_rng(seed))
    )


def left(corpus: Corpus, treated: Sequence[str], seed: int) -> Mapping[str, float]:
    """Return what there is to learn of raw dialogues of other speakers, counted in morphemes."""
    words = Words.load(("ja",))

    def read_as(text: str) -> list[str]:
        return [folded(text[start:end]) for start, end in words.of(text, grammar=True)]

    return spoken(corpus, treated, seed, words=read_as)
