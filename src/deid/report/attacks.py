"""The report's section on attacks: what each achieved, against whom, and how sure that is."""

from deid.report.markup import Child, Html, element, number, paragraph, section, table
from deid.types import Json

_TOLD = (
    "Success of each attack on the release, with its 95 % interval; on other people by chance (control); and "
    "on the same text before it was treated (raw). An attack that fails on raw text shows nothing."
)


def attacks(risk: Json) -> Html:
    """Return what the attacks achieved, or that none was made."""
    assessment = risk.get("assessment") or {}
    results = assessment.get("results") or []
    if not results:
        told = "No attack was made on this release. Nothing here says that it resists one."
        return section("attacks", "Attacks", paragraph(told))
    counts = f"{number(assessment['people'])} people, {number(assessment['documents'])} messages."
    head = ("attack", "criterion", "released", "control", "raw", "surest tenth", "out of")
    return section(
        "attacks",
        "Attacks",
        paragraph(f"{_TOLD} {counts}", cls="soft"),
        table(head, [_row(item) for item in results], numeric=(2, 3, 4, 5, 6)),
    )


def _row(item: Json) -> tuple[Child, ...]:
    detail = ", ".join(filter(None, (item["attacker"], item.get("split"))))
    sound = "" if item["sound"] else " (unsound: it fails on raw text)"
    return (
        element("div", {}, item["attack"], element("small", {}, detail + sound)),
        item["criterion"],
        _rate(item["released"]),
        _rate(item["control"]),
        _rate(item["raw"]),
        _rate(item["tails"].get("0.1")),
        item["pool"],
    )


def _rate(rate: Json | None) -> str:
    return "–" if rate is None else f"{rate['value']:.3f} ({rate['low']:.3f} to {rate['high']:.3f})"
