"""What of the law a release shows: each rule with the gates and files that show it, or why nothing can."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from deid.papers.source import PaperSource
from deid.rulesets import Rule, load_rules
from deid.types import Json

Status = Literal["holds", "fails", "not shown"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One rule and what shows it."""

    regime: str
    rule: str
    article: str
    says: str
    status: Status
    by: str


def evidence(source: PaperSource) -> tuple[Evidence, ...]:
    """Return every rule, of the release's regimes and mode, in force on the day it was made."""
    return tuple(
        _shown(regime, name, rule, source)
        for regime in source.regimes
        for name, rule in load_rules(regime, on=source.created).rules.items()
        if source.mode in rule.modes
    )


def gates_named(gates: Sequence[Json], names: Sequence[str]) -> list[Json]:
    """Return the gates of these names; what stands behind a colon tells apart the limits of one attack."""
    return [gate for gate in gates if str(gate["name"]).partition(":")[0] in names]


def _shown(regime: str, name: str, rule: Rule, source: PaperSource) -> Evidence:
    status, by = _status(rule, source)
    return Evidence(regime, name, rule.article, rule.says, status, by)


def _status(rule: Rule, source: PaperSource) -> tuple[Status, str]:
    """Return whether a rule is shown: every gate it names was checked and held, every file is there."""
    if rule.otherwise:
        return "not shown", rule.otherwise
    gates = gates_named(source.manifest["gates"], rule.checks)
    files = {item["path"] for item in source.manifest["files"]}
    missing = [check for check in rule.checks if not gates_named(gates, (check,))]
    missing += [path for path in rule.files if path not in files]
    if failed := [gate["name"] for gate in gates if not gate["passed"]]:
        return "fails", ", ".join(failed)
    if missing:
        return "not shown", f"not in this release: {', '.join(missing)}"
    return "holds", ", ".join([*(gate["name"] for gate in gates), *rule.files])
