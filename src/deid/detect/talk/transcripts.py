"""Pasted chats: a message that holds several lines of a conversation is read as one.

Lines begin with who speaks: «Agent: …», «<nick> …», «23:10	りん	…», «A「…」». What one line asks the next ones
answer, as in ``deid.detect.talk.carried``.
"""

import re
from collections.abc import Sequence

from deid.detect.talk.answers import answers
from deid.detect.talk.carried import carried
from deid.detect.talk.cues import cues_of
from deid.types import Detector, Span, Turn

_NAME = "transcripts"
_LINES = 200
_LINE = re.compile(
    r"^(?:\[?[0-9/. :-]{4,20}(?:[ap]m)?\]?[ \t]+)?(?:(?P<named>[^\W\d_][\w .'’-]{0,23}?)[ ]?[:：][ ]?|<(?P<nick>[^<>\s]{1,32})>[ ]|(?P<column>[^\t\n:]{1,24})\t|(?P<quoted>[^\W\d_][\w]{0,11})[「『])(?P<said>[^\n]{1,400})$",
    re.MULTILINE,
)


class Transcripts:
    """Reads the lines of pasted chats with another detector; a ``deid.types.Detector``.

    inner : finds values beside their cues, such as the scan.
    """

    __slots__ = ("_inner",)

    name = _NAME

    def __init__(self, inner: Detector) -> None:
        self._inner = inner

    @property
    def labels(self) -> frozenset[str]:
        return self._inner.labels | {"PERSON", "AGE", "LOCATION", "ORGANIZATION", "OCCUPATION"}

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the spans of the answers in each text, sorted."""
        return [self._read(text) if "\n" in text else [] for text in texts]

    def _read(self, text: str) -> list[Span]:
        lines = list(_LINE.finditer(text))[:_LINES]
        speakers = {line: number for number, line in enumerate(dict.fromkeys(map(_speaker, lines)))}
        if len(lines) < 2 or len(speakers) < 2:
            return []
        turns = [Turn("", _said(line), speakers[_speaker(line)]) for line in lines]
        alone = self._inner.detect([turn.text for turn in turns])
        cues = cues_of([turns])[0]
        talk = turns, alone, cues.marks, cues.names
        told = [(index, span) for _, index, span in carried([talk], self._inner.detect)]
        found = (*answers(turns, cues.asks), *told)
        return sorted({span.moved(lines[at].start("said"), _NAME) for at, span in found})


def _speaker(line: re.Match[str]) -> str:
    return line["named"] or line["nick"] or line["column"] or line["quoted"]


def _said(line: re.Match[str]) -> str:
    return line["said"].rstrip("」』\r ") if line["quoted"] else line["said"].rstrip("\r ")
