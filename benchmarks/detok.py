"""English words of a corpus put together as people write them: light detokenization.

No blank before closing punctuation and the second half of a contraction (``do n't`` is ``don't``), none
after an opening bracket, ``#``, ``@`` or a currency sign, none inside quotation marks. Emoticons keep their
blank. What a corpus cut at a hyphen or a slash stays apart: nothing says how it was written.
"""

from collections.abc import Sequence

_CLOSING = frozenset(".,!?;:%)]}…”")
_POINTS = frozenset(".,!?…")
_OPENING = frozenset(("(", "[", "{", "$", "#", "@", "£", "€", "“", "``"))
_APOSTROPHES = str.maketrans("’´`", "'''")
_TAILS = frozenset(("s", "m", "re", "ve", "ll", "d", "t"))
_QUOTES = frozenset(('"', "'"))


def blanks(words: Sequence[str]) -> list[str]:
    """Return what stands before each word: a blank or nothing; nothing before the first."""
    before: list[str] = []
    open_quotes: set[str] = set()
    paired = words.count("'") % 2 == 0
    glue = True
    for number, word in enumerate(words):
        following = words[number + 1] if number + 1 < len(words) else ""
        quote = word in _QUOTES and (word != "'" or paired) and not _apostrophe(word, following)
        split = _is_split_not(words[number : number + 3])
        closes = word in open_quotes if quote else split or _closes(word, following)
        before.append("" if glue or closes else " ")
        if quote:
            open_quotes ^= {word}
        glue = not closes if quote else word in _OPENING or _apostrophe(word, following)
    return before


def _closes(word: str, following: str) -> bool:
    plain = word.lower().translate(_APOSTROPHES)
    return (
        word in _CLOSING
        or set(word) <= _POINTS
        or plain in ("n't", "'", "''")
        or (plain[:1] == "'" and plain[1:] in _TAILS)
        or _apostrophe(word, following)
    )


def _is_split_not(words: Sequence[str]) -> bool:
    """Whether words are the second half of «don't», cut in three."""
    return [word.lower().translate(_APOSTROPHES) for word in words] == ["n", "'", "t"]


def _apostrophe(word: str, following: str) -> bool:
    """Whether a sign of its own stands for the apostrophe of a contraction: ``That ´ s``."""
    return len(word) == 1 and word.translate(_APOSTROPHES) == "'" and following.lower() in _TAILS
