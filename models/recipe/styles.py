"""What a writer's habits do to a line: case, punctuation, slips, endings."""

import re
from random import Random

from grammar import Piece

_MARKS = re.compile(r"[.,!?'’]")
_WORDS = re.compile(r"[a-z]{4,}")


def lower(pieces: list[Piece]) -> list[Piece]:
    """Write all in small letters."""
    return [Piece(p.text.lower(), p.label) for p in pieces]


def upper(pieces: list[Piece]) -> list[Piece]:
    """Write all in capitals."""
    return [Piece(p.text.upper(), p.label) for p in pieces]


def names_only(pieces: list[Piece], *, shout: bool) -> list[Piece]:
    """Spans in one case and the rest as it was."""
    return [
        Piece((p.text.upper() if shout else p.text.lower()) if p.label else p.text, p.label) for p in pieces
    ]


def unpunctuated(pieces: list[Piece]) -> list[Piece]:
    """No marks, but between two spans, where they tell one name from the next."""
    out = []
    for i, piece in enumerate(pieces):
        between = 0 < i < len(pieces) - 1 and pieces[i - 1].label and pieces[i + 1].label
        keep = piece.label or between
        out.append(piece if keep else Piece(_MARKS.sub("", piece.text)))
    return out


def mistyped(pieces: list[Piece], rng: Random) -> list[Piece]:
    """Slip in about one word in twelve outside of spans."""
    return [piece if piece.label else Piece(_slips(piece.text, rng)) for piece in pieces]


def _slips(text: str, rng: Random) -> str:
    def slip(match: re.Match[str]) -> str:
        word = match[0]
        if rng.random() > 0.08:
            return word
        i = rng.randrange(1, len(word) - 1)
        return word[:i] + rng.choice(
            (word[i + 1] + word[i] + word[i + 2 :], word[i] * 2 + word[i + 1 :], word[i + 1 :])
        )

    return _WORDS.sub(slip, text)


def sentence(pieces: list[Piece]) -> list[Piece]:
    """Make the first letter large, and set a full stop where the line ends in a letter."""
    if not pieces or not pieces[0].text:
        return pieces
    first = pieces[0]
    out = [Piece(first.text[0].upper() + first.text[1:], first.label), *pieces[1:]]
    return [*out, Piece(".")] if out[-1].text[-1:].isalnum() else out


def latin(pieces: list[Piece], rng: Random) -> list[Piece]:
    """One of the ways people type: two in five all small, some shouted, some with care."""
    draw = rng.random()
    if draw < 0.40:
        pieces = lower(pieces)
        if rng.random() < 0.4:
            pieces = unpunctuated(pieces)
    elif draw < 0.43:
        pieces = upper(pieces)
    elif draw < 0.50:
        pieces = names_only(pieces, shout=rng.random() < 0.2)
    elif draw < 0.78:
        pieces = sentence(pieces)
    return mistyped(pieces, rng) if rng.random() < 0.12 else pieces


_JA_STOP = re.compile(r"。(?=$|[^」])")


def japanese(pieces: list[Piece], rng: Random, ending: str) -> list[Piece]:
    """Full stops kept, dropped or turned into blanks; an ending now and then."""
    draw = rng.random()
    if draw < 0.25:
        blank = rng.choice(("", " ", "！", "〜", "…"))
        pieces = [p if p.label else Piece(_JA_STOP.sub(blank, p.text)) for p in pieces]
    return [*pieces, Piece(ending)] if rng.random() < 0.18 else pieces
