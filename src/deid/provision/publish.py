"""Publication of a release's items and of its provision, entered in the register (APPI art. 43(3), 43(4))."""

import datetime
from collections.abc import Mapping, Sequence

from deid.errors import ConfigError, ReleaseRefused
from deid.papers.notices import Bilingual, pair_items
from deid.papers.publication import render_publication
from deid.papers.source import PaperSource
from deid.provision.register import Event, Register


def publish(
    source: PaperSource,
    register: Register,
    *,
    on: datetime.date,
    where: str,
    method: Bilingual | None,
    now: datetime.datetime,
) -> tuple[Event, dict[str, str]]:
    """Enter a publication; return it, and the statements to publish.

    The one entered last is not entered again: a command cut short after it is run once more.

    on     : day it is published; not before today, for a register is not backdated.
    where  : where everybody can read it.
    method : how the release will be provided to third parties; None when it will not.

    Raises ReleaseRefused for a day that has passed, ConfigError for a method in pseudonymize mode.
    """
    papers = render_publication(source, method=method)
    statements = {name: text for name, text in papers.items() if name.startswith("publication.")}
    if on < now.date():
        raise ReleaseRefused([f"{on} has passed: a publication is entered by its day (APPI article 43(3))"])
    facts = {
        "on": on.isoformat(),
        "where": where,
        "items": [item.en for item in source.items],
        "method": method.en if method else None,
        "method_ja": method.ja if method else None,
        "reassess": source.reassess.isoformat(),
    }
    last = register.of(source.digest, "publication")[-1:]
    if last and last[0].facts == facts:
        return last[0], statements
    return register.append("publication", source, facts, now=now), statements


def check_statement(source: PaperSource, stated: Mapping[str, Sequence[str]]) -> None:
    """Refuse a statement of somebody's own unless it lists the manifest's items in both languages.

    stated : ``ja`` and ``en`` to items.

    Raises ConfigError where they are no lists of texts or differ, ReleaseRefused with what is missing or too
    much.
    """
    for language in ("ja", "en"):
        items = stated.get(language, ())
        if not isinstance(items, list | tuple) or not all(isinstance(item, str) for item in items):
            raise ConfigError(f"statement: `{language}` is not a list of items")
    listed = pair_items(stated.get("ja", ()), stated.get("en", ()))
    odd = [
        f"`{item.en}` is in the release and not in the statement"
        for item in source.items
        if item not in listed
    ]
    odd += [
        f"`{item.en}` is in the statement and not in the release"
        for item in listed
        if item not in source.items
    ]
    if odd:
        raise ReleaseRefused(odd, hint="the items published are those of the manifest (APPI article 43(3))")
