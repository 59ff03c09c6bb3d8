"""What a text must hold before a pattern can match, read off its expression.

A piece is the part of a pattern with the most digits that lies inside one run of characters, a written
number or a code: whoever asks the runs of a text need not ask the text. The words of a pattern are the part
with the most written-out characters.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby, takewhile

from deid.detect.matching.expressions import TOKEN, characters, fold_token, keeps_kinds, prefilter
from deid.detect.matching.stretches import NO_RUN, Part, Piece, Reader, Run

_COMMON = frozenset(" .,-/:'\n")  # say nothing about a text
_FEW = 8  # characters of a class that is as good as written out
_BOUND_LEFT = re.compile(r"\A(?P<open>(?:\((?:\?-?i:|\?:))*)\(\?<!\[(?P<set>[^\]\\^]*)\]\)")
_DIGITS = frozenset("0123456789")


def piece(regex: str, run: Run) -> Piece | None:
    """Return the piece of a pattern with the most digits; None when none lies in such a run.

    Raises ValueError for an expression that is not whole, such as half a group.
    """
    return _read(regex, run).best


def words(regex: str) -> tuple[int, str]:
    """Return the fewest written-out characters of what a pattern says in so many words, and that as a prefilter.

    Raises ValueError for an expression that is not whole.
    """
    letters, said = _read(regex, NO_RUN).said
    said = _BOUND_LEFT.sub(r"\g<open>(?:^|[^\g<set>])", said, count=1)
    return letters, prefilter(said)


def forget() -> None:
    """Let go of the groups that were read: megabytes that nobody asks for once the gates are made."""
    _read.cache_clear()
    _atom.cache_clear()


@lru_cache(maxsize=1 << 14)
def _read(regex: str, run: Run) -> Part:
    """Read an expression, or what stands in a group: patterns share many."""
    reader = Reader(list(TOKEN.finditer(regex)), run)
    found = _choice(reader)
    if reader.peek():
        raise ValueError("an expression with unbalanced groups")
    return found


def _choice(reader: Reader) -> Part:
    """Read alternatives, up to the end."""
    branches = [_sequence(reader)]
    while reader.peek() == "|":
        reader.next()
        branches.append(_sequence(reader))
    return branches[0] if len(branches) == 1 else _either(branches)


def _either(branches: Sequence[Part]) -> Part:
    bests = [branch.best for branch in branches if branch.best is not None]
    best = None
    if len(bests) == len(branches):
        best = Piece(
            _any_of([best.regex for best in bests]),
            min(best.weight for best in bests),
            all(best.whole for best in bests),
        )
    return Part(
        _any_of([branch.regex for branch in branches]),
        all(branch.inside for branch in branches),
        all(branch.first for branch in branches),
        all(branch.last for branch in branches),
        any(branch.optional for branch in branches),
        min(branch.weight for branch in branches),
        best,
        min(branch.letters for branch in branches),
        any(branch.wide for branch in branches),
        (min(branch.said[0] for branch in branches), _any_of([branch.said[1] for branch in branches])),
    )


def _any_of(expressions: Sequence[str]) -> str:
    return f"(?:{'|'.join(dict.fromkeys(expressions))})"


def _sequence(reader: Reader) -> Part:
    """Read what follows one another, up to the end of the alternative."""
    parts: list[Part] = []
    while reader.peek() not in {"|", ")", ""}:
        parts.append(_one(reader))
    return Part(
        "".join(part.regex for part in parts),
        all(part.inside for part in parts),
        _holds([(part.first, part.optional) for part in parts]),
        _holds([(part.last, part.optional) for part in reversed(parts)]),
        all(part.optional for part in parts),
        sum(part.weight for part in parts),
        max(_pieces(parts), key=lambda found: found.weight, default=None),
        sum(part.letters for part in parts),
        any(part.wide for part in parts),
        max(_said(parts), key=lambda found: found[0], default=(0, "")),
    )


def _said(parts: Sequence[Part]) -> Iterator[tuple[int, str]]:
    """Yield the stretches that are not wide, each with one character of what stands around it."""
    start = 0
    for wide, stretch in groupby(parts, key=lambda part: part.wide):
        end = start + len(list(stretch))
        if not wide:
            before = parts[start - 1].edge if start else ""
            after = parts[end].edge if end < len(parts) else ""
            inside = parts[start:end]
            letters = sum(part.letters for part in inside)
            yield letters, "".join([before, *(part.regex for part in inside), after])
        start = end
    yield from (part.said for part in parts if part.wide)


def _holds(edges: Sequence[tuple[bool, bool]]) -> bool:
    """Say whether every part that can stand at the edge, (fits, optional) from there on, fits."""
    for fits, optional in edges:
        if not fits:
            return False
        if not optional:
            break
    return True


def _pieces(parts: Sequence[Part]) -> Iterator[Piece]:
    """Yield the stretches inside a run, and what lies within the parts that are not."""
    needed = sum(not part.optional for part in parts)
    for inside, stretch in groupby(parts, key=lambda part: part.inside):
        if inside:
            yield from _trimmed(list(stretch), needed)
    for part in parts:
        if part.best is not None:
            yield replace(part.best, whole=part.best.whole and needed == 1)


def _trimmed(stretch: Sequence[Part], needed: int) -> Iterator[Piece]:
    """Yield the stretch without what would begin or end it as no run does."""
    kept = _cut([(part, part.first) for part in stretch])
    kept = _cut([(part, part.last) for part in reversed(kept)])[::-1]
    if kept:
        whole = sum(not part.optional for part in kept) == needed
        yield Piece("".join(part.regex for part in kept), sum(part.weight for part in kept), whole)


def _cut(edges: Sequence[tuple[Part, bool]]) -> list[Part]:
    """Drop the parts up to the last one that must be there and does not fit the edge.

    What is optional stays: a run without it holds the piece as well.
    """
    core = next((i for i, (part, fits) in enumerate(edges) if fits and not part.optional), len(edges))
    lead = takewhile(lambda edge: edge[0].optional, reversed(edges[:core]))
    return [part for part, _ in [*list(lead)[::-1], *edges[core:]]]


def _one(reader: Reader) -> Part:
    """Read a character, a class, a group or a look-around, and how often it is repeated."""
    token = reader.next()
    if token["look"]:
        return _look_around(reader, token.group())
    if not token["open"]:
        return _repeated(reader, _atom(token.group(), reader.run))
    inner = _read(reader.inside(), reader.run)
    opening = token["open"] if "i:" in token["open"] else "(?:"
    best = inner.best and replace(inner.best, regex=f"{opening}{inner.best.regex})")
    said = (inner.said[0], f"{opening}{inner.said[1]})")
    return _repeated(reader, replace(inner, regex=f"{opening}{inner.regex})", best=best, said=said))


def _repeated(reader: Reader, part: Part) -> Part:
    """Return a part as often as the marks after it say; a second mark only says how eagerly."""
    marks = list(takewhile(lambda token: token["repeat"], reader.tokens[reader.at : reader.at + 2]))
    if not marks:
        return part
    reader.at += len(marks)
    regex = part.regex + "".join(mark.group() for mark in marks)
    low = 0 if marks[0].group() in {"?", "*"} else int(marks[0]["low"] or 1)
    wide = part.wide or (not part.letters and _many(marks[0]))
    if not low:
        return replace(
            part, regex=regex, optional=True, weight=0, best=None, letters=0, wide=wide, said=(0, ""), edge=""
        )
    best = part.best and replace(part.best, whole=False)
    weight, letters = part.weight * low, part.letters * low
    return replace(part, regex=regex, weight=weight, letters=letters, best=best, wide=wide)


def _many(mark: re.Match[str]) -> bool:
    """Say whether a mark allows more than two."""
    most = mark["high"] or ("" if mark["comma"] else mark["low"])
    return mark.group() != "?" and most not in {"1", "2"}


def _look_around(reader: Reader, opening: str) -> Part:
    """Read to its end, and keep it where a folded run decides it as the text does.

    What is refused around a piece is refused in its run as well; what is asked for may lie outside.
    """
    kept, depth, sound = [opening], 1, opening.endswith("!")
    while depth:
        token = reader.next()
        text = token.group()
        depth += text.startswith("(") - (text == ")")
        sound = sound and not token["look"] and _decided(token, reader.run.fold)
        kept.append(fold_token(token, reader.run.fold))
    regex = "".join(kept) if sound or not reader.run.fold else ""
    return Part(regex, inside=True, first=True, last=True, optional=True)


@lru_cache(maxsize=1 << 12)
def _atom(written: str, run: Run) -> Part:
    """Read a character or a class: patterns are made of few."""
    token = next(TOKEN.finditer(written))
    regex, chosen = fold_token(token, run.fold), characters(token)
    if not chosen:
        return Part(regex, inside=False, first=False, last=False, edge=regex)
    weight = int(chosen <= _DIGITS)
    inside, first, last = (chosen <= some for some in (run.inside, run.first, run.last))
    best = Piece(regex, weight) if first and last else None
    letters = int(len(chosen) <= _FEW and not weight and not chosen & _COMMON)
    return Part(
        regex,
        inside,
        first,
        last,
        weight=weight,
        best=best,
        letters=letters,
        said=(letters, regex),
        edge=regex,
    )


def _decided(token: re.Match[str], fold: Mapping[int, str]) -> bool:
    """Say whether a token, if it is an atom, matches all characters of a kind or none."""
    if token["open"] or token["repeat"] or token.group() in {"|", ")"}:
        return True
    return keeps_kinds(characters(token), fold)
