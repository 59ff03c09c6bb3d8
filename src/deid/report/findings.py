"""The report's sections on findings: found, left after treatment, set aside, and what calls for action."""

from deid.labels import LABELS
from deid.report.figures import bars
from deid.report.markup import Html, code, element, number, paragraph, section, table, value_table
from deid.types import Json


def found(detection: Json) -> Html:
    """Return what the detectors found, by class and by label."""
    spans = _by_count(detection.get("spans"))
    classes = _by_count(detection.get("classes"))
    rows = [(code(label), _class(label), count) for label, count in spans.items()]
    plot = bars("classes", "Spans found, by class", classes)
    return section(
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
            value_table("By detector", "detector", detection.get("sources")),
            value_table("By language", "language", detection.get("languages")),
        ),
    )


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
    return section("rescan", "Residual rescan", paragraph(told, cls="soft"), body, *_kept(detection))


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
    return section(
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
    return section("incidents", "Incidents", paragraph(told, cls="soft"), body)


def _by_count(counts: Json | None) -> dict[str, int]:
    return dict(sorted((counts or {}).items(), key=lambda item: (-item[1], item[0])))


def _class(label: str) -> str:
    return LABELS[label].cls if label in LABELS else "unknown"
