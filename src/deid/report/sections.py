"""The report's other sections, one function each: summary, k-anonymity, how to read it, files."""

from collections.abc import Mapping

from deid.report.figures import class_bins, histogram
from deid.report.markup import Html, code, element, paragraph, section, table, value_table
from deid.report.terms import TERMS
from deid.types import Json

_MEASURES = (
    ("k: smallest class, in persons", "k"),
    ("persons alone in their class", "uniques"),
    ("classes", "classes"),
)


def summary(detection: Json, kanon: Json) -> Html:
    """Return cards with the numbers a reader looks for first."""
    cards = {
        "records": detection.get("records"),
        "messages": detection.get("messages"),
        "persons": kanon.get("subjects"),
        "k reached": kanon.get("k"),
        "spans found": sum((detection.get("spans") or {}).values()),
        "records set aside": sum((detection.get("quarantined") or {}).values()),
    }
    shown = [
        element("div", {"class": "card"}, element("b", {}, value), element("span", {}, name))
        for name, value in cards.items()
    ]
    return element("section", {"aria-label": "Summary", "class": "cards"}, *shown)


def k_anonymity(kanon: Json) -> Html:
    """Return classes before and after, as a table and as a histogram of class sizes."""
    before, after = kanon.get("before") or {}, kanon.get("after") or {}
    if not before and not after:
        return section("kanon", "k-anonymity", paragraph("k-anonymity was not computed."))
    required = int(kanon.get("k_required") or 2)
    rows = [(name, before.get(key), after.get(key)) for name, key in _MEASURES]
    rows.append(("highest prosecutor risk (1 / k)", _risk(before), _risk(after)))
    bins = class_bins(before.get("histogram") or [], after.get("histogram") or [], required)
    exact = [(b.label, f"{b.before:.1%}", f"{b.after:.1%}") for b in bins]
    return section(
        "kanon",
        "k-anonymity",
        _columns_sentence(kanon, required),
        table(("measure", "before", "after"), rows, numeric=(1, 2)),
        element("h3", {}, "Persons by size of their class"),
        element(
            "div", {"class": "panel"}, _LEGEND, histogram("sizes", "Share of persons by class size", bins)
        ),
        element(
            "details",
            {},
            element("summary", {}, "The same as numbers"),
            table(("class size", "before", "after"), exact, numeric=(1, 2)),
        ),
        value_table("What it cost, and other measures", "measure", _flat_measures(kanon)),
    )


_LEGEND = Html(
    '<p class="legend"><span><i class="before"></i>before</span><span><i class="after"></i>after</span></p>'
)


def _columns_sentence(kanon: Json, required: int) -> Html:
    names = ", ".join(kanon.get("columns") or []) or "none"
    method = kanon.get("method") or "none"
    told = f"Required: k ≥ {required}, counted in persons. Quasi-identifiers: {names}. Method: {method}."
    return paragraph(told, cls="soft")


def _risk(side: Json) -> float | None:
    return 1 / side["k"] if side.get("k") else None


def _flat_measures(kanon: Json) -> Json:
    named = {
        "persons suppressed": kanon.get("suppressed"),
        "persons dropped": kanon.get("dropped"),
        "information lost (NCP, 0 to 1)": kanon.get("ncp"),
    }
    for name, value in (kanon.get("measures") or {}).items():
        if isinstance(value, Mapping):
            named |= {f"{name}: {inner}": item for inner, item in value.items()}
        else:
            named[name] = value
    return named


def how_to_read() -> Html:
    """Return short explanations in the words of the Article 29 Working Party's Opinion 05/2014."""
    terms = [_term(entry) for entry in TERMS.strip().split("\n\n")]
    return section("reading", "How to read this", element("dl", {"class": "terms"}, *terms))


def _term(entry: str) -> Html:
    name, _, text = entry.partition(": ")
    return element("div", {}, element("dt", {}, name), element("dd", {}, text[0].upper() + text[1:]))


def files(manifest: Json) -> Html:
    """Return the files with their digests."""
    rows = [
        (code(item["path"]), item.get("rows", "–"), item["bytes"], code(item["sha256"]))
        for item in manifest.get("files") or []
    ]
    told = "manifest.json lists every file of the release and is signed; `deid release verify` checks it."
    return section(
        "files",
        "Files",
        paragraph(told, cls="soft"),
        table(("file", "records", "bytes", "SHA-256"), rows, numeric=(1, 2)),
    )
