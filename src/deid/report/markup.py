"""HTML that is escaped by construction: text goes in as text, and only ``Html`` passes as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

MISSING = "not computed"


@dataclass(frozen=True, slots=True)
class Html:
    """Markup that is ready to stand in the page."""

    text: str


Child: TypeAlias = "Html | str | float | None"
"""What an element may hold; everything but ``Html`` is formatted and escaped."""


def element(name: str, attributes: Mapping[str, str], *children: Child) -> Html:
    """Return one element with its children in order."""
    inside = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return Html(f"<{name}{inside}>" + "".join(_text(child) for child in children) + f"</{name}>")


def joined(parts: Sequence[Html]) -> Html:
    """Return parts one after another."""
    return Html("".join(part.text for part in parts))


def number(value: float | str | None) -> str:
    """Return a value as a person reads it: 12,345; 0.083; yes; not computed."""
    if value is None:
        return MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def table(head: Sequence[str], rows: Sequence[Sequence[Child]], *, numeric: Sequence[int] = ()) -> Html:
    """Return a table that scrolls by itself on a narrow screen.

    numeric : columns that are aligned to the right.
    """
    top = element("tr", {}, *(_cell("th", title, i in numeric) for i, title in enumerate(head)))
    body = [element("tr", {}, *(_cell("td", c, i in numeric) for i, c in enumerate(row))) for row in rows]
    inner = element("table", {}, element("thead", {}, top), element("tbody", {}, joined(body)))
    return element("div", {"class": "scroll", "tabindex": "0", "role": "group"}, inner)


def paragraph(*children: Child, cls: str = "") -> Html:
    """Return a paragraph."""
    return element("p", {"class": cls} if cls else {}, *children)


def section(name: str, title: str, *children: Html) -> Html:
    """Return a section under its heading; ``name`` is what a link jumps to."""
    heading = element("h2", {"id": name}, title)
    return element("section", {"aria-labelledby": name}, heading, *children)


def value_table(title: str, what: str, counts: Mapping[str, Child] | None) -> Html:
    """Return values by name as a small table under a title; nothing where there are none."""
    if not counts:
        return Html("")
    rows = list(counts.items())
    return element("div", {}, element("h3", {}, title), table((what, "value"), rows, numeric=(1,)))


def code(text: str) -> Html:
    """Return text in the fixed-width face."""
    return element("code", {}, text)


def _cell(name: str, child: Child, right: bool) -> Html:  # noqa: FBT001
    attributes = {"scope": "col"} if name == "th" else {}
    return element(name, {**attributes, **({"class": "num"} if right else {})}, child)


def _text(child: Child) -> str:
    return child.text if isinstance(child, Html) else escape(number(child))
