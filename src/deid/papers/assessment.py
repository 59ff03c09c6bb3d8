"""Risk report in the form of a data protection impact assessment (GDPR art. 35; WP216; REQUIREMENTS P-10).

Every figure is the manifest's or the report's. What only people can judge is left to them, by name.
"""

from collections.abc import Iterable, Sequence

from deid.papers.evidence import evidence, gates_named
from deid.papers.source import PaperSource
from deid.types import Json

ADVERSARIES: tuple[tuple[str, str, str], ...] = (
    ("insider", "holds the data set, and what colleagues know", "P1"),
    ("recipient", "holds the data set and data of their own", "L2"),
    ("store", "knows date, place, party and wishes of a guest", "I1"),
    ("household or friend", "knows facts and ways of writing of one person", "L2"),
    ("public", "holds what is published elsewhere", "R1"),
    ("user of a model trained on it", "asks the model for what it saw", "V1"),
)
"""Who might identify somebody, what they know, and the code of the attack that tries it."""

_HEAD = """\
# Risk report: {name}

- Manifest: {digest}
- Controller: {controller}; contact: {contact}
- Made on {created}; to be assessed again by {reassess}, or when a new attack is known
- Class under APPI: {appi}
- Class under GDPR: {gdpr}

## Processing

Conversations and profile data, {mode}d for: {purpose}. {records} records, {subjects} persons counted for k.

## Necessity

Only declared fields are read (`policy.lock.yaml` lists them, and which are left out); an undeclared one stops the \
run. Whether the purpose needs each of them is for the controller to say.
"""
_TESTS = (
    ("Singling out", ("k", "data subjects counted")),
    (
        "Linkability",
        ("residual linking", "L2 author linkage", "L4 cross-release ids", "P1 pseudonym reversal"),
    ),
    ("Inference", ("I1 attribute inference", "sensitive values in a class", "distance of a class")),
)
_TAIL = """\
## Residual risk

What the detectors cannot see they cannot see twice: the data card lists known misses. Free text always relates to \
its author; style and content can link where ids do not. k bounds what was counted, and nothing else.

## Decision

{decision}
Who decided, and that they read this: for the controller to sign.
"""


def render_assessment(source: PaperSource) -> dict[str, str]:
    """Return file name to text."""
    return {"risk.en.md": "\n".join(_sections(source))}


def _sections(source: PaperSource) -> Iterable[str]:
    manifest = source.manifest
    yield _HEAD.format_map({
        "name": source.name,
        "digest": source.digest,
        "controller": source.controller,
        "contact": source.contact,
        "created": source.created,
        "reassess": source.reassess,
        "appi": manifest["class"]["appi"],
        "gdpr": manifest["class"]["gdpr"],
        "mode": source.mode,
        "purpose": source.purpose.en,
        "records": manifest["counts"].get("records"),
        "subjects": (manifest["kanon"] or {}).get("subjects"),
    })  # fmt: skip
    yield _section("Items of information", [f"- {item.en}" for item in source.items])
    yield _section("Adversaries", _adversaries(source))
    yield _section("Three tests (WP216)", _tests(manifest["gates"]))
    yield _section("Attacks", _attacks(source.risk))
    yield _section("Rules", _rules(source))
    yield _section("Incidents", _incidents(source))
    yield _TAIL.format(decision=_decision(manifest["gates"]))


def _section(title: str, lines: Sequence[str]) -> str:
    return "\n".join([f"## {title}", "", *lines, ""])


def _adversaries(source: PaperSource) -> list[str]:
    tried = {str(result["attack"])[:2] for result in _results(source.risk)}
    rows = [
        (who, knows, f"tried ({code})" if code in tried else f"not tried ({code})")
        for who, knows, code in ADVERSARIES
    ]
    return _table(("adversary", "knows", "attack"), rows)


def _tests(gates: Sequence[Json]) -> list[str]:
    rows = []
    for name, measures in _TESTS:
        found = gates_named(gates, measures)
        rows += [
            (name, gate["name"], _value(gate["value"]), _value(gate["threshold"]), _held(gate))
            for gate in found
        ]
        rows += [(name, "nothing was measured", "", "", "not shown")] if not found else []
    return _table(("test", "measure", "value", "threshold", "result"), rows)


def _attacks(risk: Json) -> list[str]:
    results = _results(risk)
    if not results:
        return ["No attack was made on this release. Nothing here says that it resists one."]
    rows = [
        (
            result["attack"],
            _rate(result["released"]),
            _rate(result["control"]),
            _held({"passed": result["sound"]}),
        )
        for result in results
    ]
    return _table(("attack", "success, 95 % interval", "by chance", "sound"), rows)


def _rules(source: PaperSource) -> list[str]:
    rows = [(e.regime, e.article, e.says, e.status, e.by) for e in evidence(source)]
    return _table(("regime", "rule", "it says", "status", "by"), rows)


def _incidents(source: PaperSource) -> list[str]:
    if not source.incidents:
        return ["No card data and no credentials were found in the input."]
    return [f"- {label}: in {records} records, removed" for label, records in source.incidents.items()]


def _decision(gates: Sequence[Json]) -> str:
    failed = [gate["name"] for gate in gates if not gate["passed"]]
    if failed:
        return f"These gates do not hold: {', '.join(failed)}."
    return f"All {len(gates)} gates hold. That is a measure, not a judgement of law."


def _results(risk: Json) -> Sequence[Json]:
    return (risk.get("assessment") or {}).get("results") or ()


def _rate(rate: Json) -> str:
    return f"{rate['value']:.3f} [{rate['low']:.3f}, {rate['high']:.3f}]"


def _value(value: float | None) -> str:
    return "not computed" if value is None else f"{value:.4g}"


def _held(gate: Json) -> str:
    return "yes" if gate["passed"] else "no"


def _table(header: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> list[str]:
    cells = [header, ("---",) * len(header), *rows]
    return [f"| {' | '.join(str(cell).replace('|', '/') for cell in row)} |" for row in cells]
