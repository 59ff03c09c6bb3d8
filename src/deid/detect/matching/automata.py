"""Many expressions as one native automaton, which says in which of many texts each of them is found.

Hyperscan (Wang et al., NSDI 2019), in its portable fork Vectorscan. Nothing is built while it searches, so
the first text costs what the last does. Words are kept apart from expressions: thousands of them compile in
a tenth of a second as long as none bounds itself, which is asked of what stands beside them.
"""

import re
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain
from threading import local
from typing import Any

import numpy as np
import numpy.typing as npt

from deid.detect.matching.candidates import bits
from deid.detect.matching.compiled import forget, kept, kept_table
from deid.detect.matching.expressions import folded
from deid.detect.matching.literals import Literal, literals, needs_at_sign, once
from deid.detect.matching.spellings import spellings
from deid.detect.matching.wordsets import SMALL

try:
    import hyperscan
except ImportError:
    hyperscan = None  # type: ignore[assignment]


def runs_here(engine: Any) -> bool:
    """Say whether the module of Hyperscan is there, and takes this processor: it asks for SSSE3 on x86."""
    if engine is None:
        return False
    try:
        engine.Database(mode=engine.HS_MODE_BLOCK).compile(expressions=[b"a"], ids=[0], flags=[0])
    except engine.error:
        return False
    return True


HAS_HYPERSCAN = runs_here(hyperscan)

_MANY = 1 << 12  # findings of which most may say the same
_AT = Literal("@")
_AS_IT_IS = bytes(range(256))
_PENDING = 1 << 16  # findings held at once
_OF_WORDS = np.zeros(256, dtype=np.bool_)
_OF_WORDS[list(b"abcdefghijklmnopqrstuvwxyz0_")] = True  # in a text that ``small`` wrote

Numbers = npt.NDArray[np.int64]
Settle = Callable[[Numbers, Numbers], None]
"""Given numbers of expressions, and where each of them was found to end."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Texts in UTF-8 as one: a line break before, between and behind them.

    ends : one past the line break behind each.
    """

    data: bytes = field(repr=False)
    ends: Sequence[int] = field(repr=False)

    def counts(self, sign: bytes) -> list[int]:
        """Return how often each text holds a byte."""
        starts = np.array([1, *self.ends], np.int64)[:-1]
        found = np.frombuffer(self.data, np.uint8) == ord(sign)
        counts: list[int] = np.add.reduceat(found, starts, dtype=np.int64).tolist()
        return counts


def join(texts: Sequence[bytes], table: bytes) -> Joined:
    """Return texts joined, their bytes replaced as in ``bytes.translate``."""
    ends = list(accumulate((len(text) + 1 for text in texts), initial=1))[1:]
    return Joined(b"\n".join([b"", *texts, b""]).translate(table), ends)


class Held:
    """Says which numbered triggers, RE2 expressions, each of many texts may hold. Needs hyperscan."""

    __slots__ = ("_begins", "_ends", "_expressions", "_members", "_members_of_others", "_sizes", "_strings")

    def __init__(self, triggers: Iterable[tuple[int, str]]) -> None:
        given = list(triggers)
        strings, others = kept_table("words", given, lambda: _words_and_others(given))
        self._members = [bits(numbers) for *_, numbers in strings]
        self._members_of_others = [bits(numbers) for _, numbers in others]
        self._begins, self._ends = (np.array([row[at] for row in strings], np.bool_) for at in (1, 2))
        self._sizes = np.array([len(text.encode()) for text, *_ in strings], np.int64)
        self._strings = Automaton([text for text, *_ in strings], literal=True)
        self._expressions = Automaton([expression for expression, _ in others])

    def __call__(self, texts: Joined) -> list[int]:
        """Return one integer a text that ``small`` wrote: a bit for each trigger."""
        held = [0] * len(texts.ends)
        bytes_, ends = np.frombuffer(texts.data, np.uint8), np.array(texts.ends)

        def settle(members: Sequence[int], which: Numbers, where: Numbers) -> None:
            owners = np.searchsorted(ends, where)
            if len(which) > _MANY:
                owners, which = np.divmod(np.unique(owners * len(members) + which), len(members))
            for owner, number in zip(owners.tolist(), which.tolist(), strict=True):
                held[owner] |= members[number]

        def settle_strings(which: Numbers, where: Numbers) -> None:
            before, after = bytes_[where - self._sizes[which] - 1], bytes_[where]
            kept = ~(self._begins[which] & _OF_WORDS[before]) & ~(self._ends[which] & _OF_WORDS[after])
            settle(self._members, which[kept], where[kept])

        self._strings.scan(texts.data, settle_strings)
        self._expressions.scan(texts.data, lambda *found: settle(self._members_of_others, *found))
        return held


def _words_and_others(triggers: Sequence[tuple[int, str]]) -> tuple[list[Any], list[Any]]:
    """Return what finds some numbered triggers: plain words with their edges, and expressions; with the numbers of each."""
    strings: dict[Literal, set[int]] = {}
    others: dict[str, set[int]] = {}
    for number, trigger in triggers:
        words, expressions = spellings(folded(trigger, SMALL))
        spelled = {word: literals(word) for word in words}
        for literal in chain.from_iterable(spelled.values()):
            strings.setdefault(literal, set()).add(number)
        for expression in (*expressions, *(word for word, found in spelled.items() if not found)):
            if needs_at_sign(expression):  # each of them would be found at every one
                strings.setdefault(_AT, set()).add(number)
            else:
                others.setdefault(once(expression).replace(r"\z", "$"), set()).add(number)
    return (
        [(word.text, word.begins, word.ends, sorted(numbers)) for word, numbers in strings.items()],
        [(expression, sorted(numbers)) for expression, numbers in others.items()],
    )


def asked_at_once(expressions: Sequence[str]) -> Callable[[Sequence[str]], list[int]]:
    """Return what says which of some expressions each of many texts may hold: an integer a text, a bit for each.

    expressions : read alike by ``re`` and Hyperscan, in which a text begins and ends where a line does. One
                  that is found at few places costs little.
    """
    if not HAS_HYPERSCAN:
        forms = [re.compile(expression, re.MULTILINE) for expression in expressions]
        return lambda texts: [
            sum(1 << bit for bit, form in enumerate(forms) if form.search(text)) for text in texts
        ]
    automaton = Automaton(expressions)

    def ask(texts: Sequence[str]) -> list[int]:
        held = [0] * len(texts)
        joined = join([text.encode(errors="replace") for text in texts], _AS_IT_IS)

        def settle(which: Numbers, where: Numbers) -> None:
            # What is found may end in the line break behind its text.
            owners = np.searchsorted(joined.ends, where)
            for owner, number in zip(owners.tolist(), which.tolist(), strict=True):
                held[owner] |= 1 << number

        automaton.scan(joined.data, settle)
        return held

    return ask


class Automaton:
    """Finds every place where some of many expressions end. Needs hyperscan; threads may share it.

    It is kept between runs as in ``deid.detect.matching.compiled``: its expressions are constants of this package.

    Each thread has its own working memory, and none waits for another: a process forked while one searches
    would wait for ever.

    literal : the expressions are plain strings; else a text begins and ends where a line does.
    """

    __slots__ = ("_database", "_threads")

    def __init__(self, expressions: Sequence[str], *, literal: bool = False) -> None:
        self._threads = local()
        self._database = _database(expressions, literal=literal) if expressions else None

    def scan(self, data: bytes, settle: Settle) -> None:
        """Call ``settle`` with what is found, some of it at a time."""
        which, ends = array("q"), array("q")
        keep, keep_end = which.append, ends.append  # asked for at each finding, that would take as long again

        def pass_on() -> None:
            if which:
                settle(np.array(which), np.array(ends))
                del which[:], ends[:]

        def note(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
            keep(number)
            keep_end(end)
            if len(ends) == _PENDING:
                pass_on()

        if self._database is not None:
            self._database.scan(data, match_event_handler=note, scratch=self._scratch())
            pass_on()

    def _scratch(self) -> Any:
        """Return the working memory of this thread."""
        if not hasattr(self._threads, "scratch"):
            self._threads.scratch = hyperscan.Scratch(self._database)
        return self._threads.scratch


def _database(expressions: Sequence[str], *, literal: bool) -> Any:
    """Return the automaton of some expressions, as one was compiled before where that is kept and fits this machine."""
    about = [literal, list(expressions)]

    def loaded() -> Any:
        data = kept("automaton", about, lambda: _compiled(expressions, literal=literal))
        return hyperscan.loadb(data, hyperscan.HS_MODE_BLOCK)

    try:
        return loaded()
    except hyperscan.error:
        forget("automaton", about)
        return loaded()


def _compiled(expressions: Sequence[str], *, literal: bool) -> bytes:
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    flags = 0 if literal else hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_MULTILINE
    database.compile(
        expressions=[expression.encode() for expression in expressions],
        ids=list(range(len(expressions))),
        flags=[flags] * len(expressions),
        literal=literal,
    )
    return bytes(hyperscan.dumpb(database))
