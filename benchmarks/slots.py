"""Templates with slots, and the gold spans that come out of filling them.

A template is text with slots in braces:

    {email}            a value, plain
    {email:fullwidth}  the same value in another surface form
    {phone:2/3}        the second of three parts of the value, split over messages
    {HEALTH=うつ病}     these very characters, with this label
    {may_DATE_TIME=May 3}  characters that may be found: neither wanted nor wrong (form ``optional``)
    {_food}            filler: never gold; {_food:other} is another one
    {{ }}              braces themselves

``fill`` asks a ``Source`` for values. Offsets are Unicode code points, half-open.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

_SLOT = re.compile(r"\{(?P<name>[A-Za-z_]+)(?:=(?P<literal>[^{}]+)|:(?P<form>[a-z0-9_]+|[0-9]/[0-9]))?\}")


OPTIONAL = "optional"
"""Form of a span that may be found or not, as MUC-7's STATUS="OPT" (Named Entity Task Definition 3.5)."""
_MAY = "may_"


@dataclass(frozen=True, slots=True)
class Gold:
    """A half-open range of a text that must be found, its label, and the form it is written in.

    entity : the person or value it is a mention of, within one conversation; empty in single texts.
    """

    start: int
    end: int
    label: str
    form: str = "plain"
    entity: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """What fills a slot; ``label`` is None for filler. ``entity`` as in ``Gold``."""

    surface: str = field(repr=False)
    label: str | None = None
    form: str = "plain"
    entity: str = ""


Source = Callable[[str, str], Value]
"""Given a slot's name and form, its value in that form."""


def fill(template: str, source: Source) -> tuple[str, tuple[Gold, ...]]:
    """Return the text and its gold spans, in order.

    Raises ValueError for a brace that is not part of a slot.
    """
    parts: list[str] = []
    gold: list[Gold] = []
    length = position = 0
    for match in _SLOT.finditer(template):
        literal = _literal(template[position : match.start()])
        value = _value(match, source)
        start = length + len(literal)
        length = start + len(value.surface)
        parts += [literal, value.surface]
        position = match.end()
        if value.label is not None:
            gold.append(Gold(start, length, value.label, value.form, value.entity))
    parts.append(_literal(template[position:]))
    return "".join(parts), tuple(gold)


def _literal(text: str) -> str:
    bare = text.replace("{{", "").replace("}}", "")
    if "{" in bare or "}" in bare:
        raise ValueError("a brace outside a slot")
    return text.replace("{{", "{").replace("}}", "}")


def _value(match: re.Match[str], source: Source) -> Value:
    if match["literal"] is not None:
        optional = match["name"].startswith(_MAY)
        return Value(match["literal"], match["name"].removeprefix(_MAY), OPTIONAL if optional else "plain")
    form = match["form"] or "plain"
    if "/" not in form:
        return source(match["name"], form)
    part, parts = (int(number) for number in form.split("/"))
    whole = source(match["name"], "plain")
    return Value(split(whole.surface, parts)[part - 1], whole.label, "split", whole.entity)


def split(surface: str, parts: int) -> list[str]:
    """Return ``surface`` cut into ``parts``: at its last separators if it has enough, else evenly.

    An e-mail address in two is cut at its sign: a domain's last part alone is nobody's.
    """
    if parts == 2 and "@" in surface:
        return surface.split("@")
    groups = list(re.finditer(r"[^- .@]+", surface))
    if len(groups) >= parts:
        first = surface[: groups[len(groups) - parts].end()]
        return [first, *(group.group() for group in groups[len(groups) - parts + 1 :])]
    whole = "".join(group.group() for group in groups)
    size = -(-len(whole) // parts)
    return [whole[index : index + size] for index in range(0, len(whole), size)]
