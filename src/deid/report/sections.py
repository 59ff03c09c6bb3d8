"""Sections of the report, one function each, from the plain documents of a run."""

from collections.abc import Mapping

from deid.labels import LABELS
from deid.report.figures import bars, class_bins, histogram
from deid.report.markup import Child, Html, code, element, number, paragraph, table
from deid.report.terms import TERMS
from deid.types import Json

_BOUND = {"min": "≥ ", "max": "≤ "}
_MEASURES = (
    ("k: smallest class, in persons", "k"),
    ("persons alone in their class", "uniques"),
    ("classes", "classes"),
)


def header(manifest: Json, risk: Json) -> Html:
    """Return title, verdict, and what the release is."""
    classes = manifest.get("class") or {}
    facts = {
        "Mode": manifest.get("mode"),
        "Class under APPI": classes.get("appi"),
        "Class under GDPR": classes.get("gdpr"),
        "Purpose": manifest.get("purpose") or "not stated",
        "Policy": (manifest.get("policy") or {}).get("name", "none named"),
        "Created": manifest.get("created"),
        "Tool": f"deid {manifest.get('tool', '')}",
    }
    pairs = [element("div", {}, element("dt", {}, k), element("dd", {}, v)) for k, v in facts.items()]
    return element(
        "header",
        {},
        paragraph("De-identification report", cls="eyebrow"),
        element("h1", {}, manifest.get("name")),
        _verdict(risk),
        element("dl", {"class": "facts"}, *pairs),
    )


def _verdict(risk: Json) -> Html:
    checks = risk.get("checks") or []
    failed = [item for item in checks if item.get("passed") is not True]
    gate = risk.get("gate") or "unnamed"
    if checks and not failed:
        told: tuple[Child, ...] = (
            element("strong", {}, f"Passed the {gate} gate"),
            paragraph(f"All {len(checks)} checks hold."),
        )
        return element("div", {"class": "verdict pass", "role": "status"}, *told)
    title = f"Refused by the {gate} gate" if checks else "Refused: no gate was checked"
    names = [
        element("li", {}, f"{item['name']}: {number(item['value'])}, required {_threshold(item)}")
        for item in failed
    ]
    return element(
        "div",
        {"class": "verdict fail", "role": "status"},
        element("strong", {}, title),
        element("ul", {}, *names),
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


def gates(risk: Json) -> Html:
    """Return every check with threshold, value and source."""
    rows: list[tuple[Child, ...]] = [
        (
            _pill(passed=item.get("passed") is True),
            _two_lines(item["name"], item["source"]),
            _two_lines(item["value"], f"limit {_threshold(item)}"),
        )
        for item in risk.get("checks") or []
    ]
    return _section(
        "gates",
        "Gates",
        paragraph(
            "A release leaves only when every check holds. What could not be computed fails.", cls="soft"
        ),
        table(("result", "check", "value"), rows, numeric=(2,)),
    )


def _two_lines(first: Child, second: str) -> Html:
    return element("div", {}, first, element("small", {}, second))


def _threshold(item: Json) -> str:
    sign = "" if item["threshold"] == 0 else _BOUND.get(item.get("bound", ""), "")
    return sign + number(item["threshold"])


def _pill(*, passed: bool) -> Html:
    cls, text = ("pass", "✓ pass") if passed else ("fail", "✕ fail")
    return element("span", {"class": f"pill {cls}"}, text)


def found(detection: Json) -> Html:
    """Return what the detectors found, by class and by label."""
    spans = _by_count(detection.get("spans"))
    classes = _by_count(detection.get("classes"))
    rows = [(code(label), _class(label), count) for label, count in spans.items()]
    plot = bars("classes", "Spans found, by class", classes)
    return _section(
        "found",
        "What was found",
        paragraph(
            "Spans of text that identify someone, or help to, before they were transformed.", cls="soft"
        ),
        element("div", {"class": "panel"}, plot) if classes else paragraph("No span was found."),
        table(("label", "class", "spans"), rows, numeric=(2,)) if rows else Html(""),
        element(
            "div",
            {"class": "two"},
            _counts("By detector", "detector", detection.get("sources")),
            _counts("By language", "language", detection.get("languages")),
        ),
    )


def k_anonymity(kanon: Json) -> Html:
    """Return classes before and after, as a table and as a histogram of class sizes."""
    before, after = kanon.get("before") or {}, kanon.get("after") or {}
    if not before and not after:
        return _section("kanon", "k-anonymity", paragraph("k-anonymity was not computed."))
    required = int(kanon.get("k_required") or 2)
    rows = [(name, before.get(key), after.get(key)) for name, key in _MEASURES]
    rows.append(("highest prosecutor risk (1 / k)", _risk(before), _risk(after)))
    bins = class_bins(before.get("histogram") or [], after.get("histogram") or [], required)
    exact = [(b.label, f"{b.before:.1%}", f"{b.after:.1%}") for b in bins]
    return _section(
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
        _counts("What it cost, and other measures", "measure", _flat_measures(kanon)),
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


def rescan(detection: Json) -> Html:
    """Return what the detectors still find in the output."""
    residual = {label: count for label, count in _by_count(detection.get("residual")).items() if count}
    rows = [(code(label), _class(label), count) for label, count in residual.items()]
    body = (
        table(("label", "class", "findings"), rows, numeric=(2,))
        if rows
        else paragraph("The rescan found nothing." if "residual" in detection else "No rescan was made.")
    )
    told = (
        "The released text, read again by the detectors. Classes other than quasi and sensitive must be at 0."
    )
    return _section("rescan", "Residual rescan", paragraph(told, cls="soft"), body, *_kept(detection))


def _kept(detection: Json) -> list[Html]:
    """Return the findings that were left in the text on purpose; nothing when there are none."""
    rows = [(code(label), _class(label), count) for label, count in _by_count(detection.get("kept")).items()]
    if not rows:
        return []
    told = "Left in the text, as configured, where nothing in the conversation leads to a person."
    return [paragraph(told, cls="soft"), table(("label", "class", "findings"), rows, numeric=(2,))]


def set_aside(detection: Json) -> Html:
    """Return quarantined records by reason, and tags that users had typed."""
    reasons = _by_count(detection.get("quarantined"))
    rows = list(reasons.items())
    body = table(("reason", "records"), rows, numeric=(1,)) if rows else paragraph("No record was set aside.")
    escaped = number(detection.get("escaped_tags"))
    return _section(
        "quarantine",
        "Set aside",
        paragraph("Records that could not be processed safely; none of them is in the release.", cls="soft"),
        body,
        paragraph(f"Texts that looked like our own tags and were escaped: {escaped}.", cls="soft"),
        *_counted(detection),
        *_barred(detection),
    )


_COUNTED = {
    "copies": "Records left out because the text of an earlier split is the same",
    "over_cap": "Records left out because somebody in them has as many as one person may",
    "rare_words": "Words that too few people use, replaced",
    "personal_words": "Words whose use keeps to few people, replaced",
}


def _counted(detection: Json) -> list[Html]:
    """Return a sentence on each count that is not 0."""
    return [
        paragraph(f"{words}: {number(detection[name])}.", cls="soft")
        for name, words in _COUNTED.items()
        if detection.get(name)
    ]


def _barred(detection: Json) -> list[Html]:
    """Return the records that the ledger keeps out, by reason; nothing when there are none."""
    rows = list(_by_count(detection.get("ledger")).items())
    if not rows:
        return []
    return [
        paragraph("Kept out because a person in them asked for it, or is under age.", cls="soft"),
        table(("reason", "records"), rows, numeric=(1,)),
    ]


def incidents(document: Json) -> Html:
    """Return findings that someone has to act on."""
    rows = [
        (code(item["label"]), item["count"], item["records"], item["meaning"])
        for item in document.get("incidents") or []
    ]
    body = (
        table(("label", "findings", "records", "what it means"), rows, numeric=(1, 2))
        if rows
        else paragraph("None.")
    )
    told = "Content in the source that calls for action beyond this release."
    return _section("incidents", "Incidents", paragraph(told, cls="soft"), body)


def how_to_read() -> Html:
    """Return short explanations in the words of the Article 29 Working Party's Opinion 05/2014."""
    terms = [_term(entry) for entry in TERMS.strip().split("\n\n")]
    return _section("reading", "How to read this", element("dl", {"class": "terms"}, *terms))


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
    return _section(
        "files",
        "Files",
        paragraph(told, cls="soft"),
        table(("file", "records", "bytes", "SHA-256"), rows, numeric=(1, 2)),
    )


def _section(name: str, title: str, *children: Html) -> Html:
    heading = element("h2", {"id": name}, title)
    return element("section", {"aria-labelledby": name}, heading, *children)


def _counts(title: str, what: str, counts: Json | None) -> Html:
    if not counts:
        return Html("")
    rows = list(counts.items())
    return element("div", {}, element("h3", {}, title), table((what, "value"), rows, numeric=(1,)))


def _by_count(counts: Json | None) -> dict[str, int]:
    return dict(sorted((counts or {}).items(), key=lambda item: (-item[1], item[0])))


def _class(label: str) -> str:
    return LABELS[label].cls if label in LABELS else "unknown"
