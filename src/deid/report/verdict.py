"""The report's sections on the gates: whether the release passed, and every check."""

from deid.report.markup import Child, Html, element, number, paragraph, section, table
from deid.types import Json

_BOUND = {"min": "≥ ", "max": "≤ "}


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
    return section(
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
