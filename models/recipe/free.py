"""Chat without labels, for the teacher to label: IRC (irc-ubuntu, test part) and real-persona-chat.

Dialogues that benchmarks plant names in are left out, as ``reserved.py`` says.
"""

import json
import lzma
import random
import re
from collections.abc import Iterator
from pathlib import Path

from gold import Line
from reserved import held_out

_SAID = re.compile(r"\[\d\d:\d\d\] <[^>]+> (?P<text>.{8,300})$")


def free_lines(language: str, data: Path, count: int, seed: int) -> list[Line]:
    """Return distinct lines, nothing in them known to be a name or not."""
    texts = list(dict.fromkeys(_irc(data) if language == "en" else _persona_chat(data)))
    chosen = random.Random(seed).sample(texts, min(count, len(texts)))
    return [Line(text, (), language, ((0, len(text)),)) for text in chosen]


def _irc(data: Path) -> Iterator[str]:
    path = data / "irc-ubuntu" / "test.raw.txt.xz"
    with lzma.open(path, "rt", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            said = _SAID.match(line)
            if said:
                yield said["text"].strip()


def _persona_chat(data: Path) -> Iterator[str]:
    with lzma.open(data / "real-persona-chat" / "dialogues.jsonl.xz", "rt", encoding="utf-8") as lines:
        for dialogue in map(json.loads, lines):
            if not held_out(str(dialogue["dialogue_id"])):
                yield from (str(utterance[1]) for utterance in dialogue["utterances"])
