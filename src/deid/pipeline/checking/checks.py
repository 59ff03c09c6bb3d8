"""What a run found, and the checks of its gate: measured on what was written, or attacked there."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deid.config import Config
from deid.errors import ConfigError, InputError, Unwritable
from deid.pipeline.admitting.admission import ledger_head
from deid.pipeline.admitting.cleared import Clearing
from deid.pipeline.checking.copies import copies_in_splits
from deid.pipeline.checking.previous import between_releases
from deid.pipeline.planning.plan import Planned
from deid.pipeline.quasi.listed import fewest
from deid.pipeline.working.receipt import ShardReceipt
from deid.pipeline.working.state import RunState
from deid.pipeline.working.tools import Tools
from deid.release import GateInputs, attack_checks, check, gate_named
from deid.release.gate import Check
from deid.risk.assess import Assessment, assess
from deid.risk.corpus import Source
from deid.risk.gates import attacks_of
from deid.types import Json


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything a run found, before it is published.

    escrow : checkpoint of the escrow, None in anonymize mode.
    ledger : number of the ledger's last entry when the run began.
    tools  : what the run worked with.
    inputs : the files that were read; attacks compare the release with them.
    """

    config: Config
    planned: Planned
    receipts: Sequence[ShardReceipt] = field(repr=False)
    state: RunState
    escrow: Json | None
    ledger: int
    tools: Tools
    inputs: Sequence[Path] = field(default=(), repr=False)


def checks_of(outcome: Outcome, measured: Json) -> Sequence[Any]:
    """Return every check of the gate but the attacks'; what could not be computed counts as failed."""
    config = outcome.config
    splits: dict[str, set[str]] = {}
    for receipt in outcome.receipts:
        for subject, found in receipt.subject_splits.items():
            splits.setdefault(subject, set()).update(found)
    return check(
        gate_named(config.risk.gate),
        GateInputs(
            k=measured["k"],
            k_required=config.kanon.k,
            listed=fewest(receipt.listed for receipt in outcome.receipts),
            subjects=measured["subjects"],
            residual=total_of(receipt.residual for receipt in outcome.receipts),
            split_subjects=sum(len(found) > 1 for found in splits.values()),
            split_records=len(copies_in_splits(outcome.receipts, outcome.planned.plan.splits)),
            quarantined=len(quarantined(outcome)),
            total=outcome.planned.total,
            max_quarantined=config.input.max_quarantined,
            left_out=_left_out(outcome),
            max_left_out=config.kanon.suppression,
            ledger_entries=ledger_head(config) - outcome.ledger,
            l=_worst(measured, "l_distinct", min),
            l_required=config.kanon.l,
            t=_worst(measured, "t_equal", max),
            max_t=config.kanon.t,
            ncp=measured["ncp"],
            max_ncp=config.kanon.max_ncp,
        ),
    )


def attacked_by(outcome: Outcome, folder: Path) -> Assessment | None:
    """Attack what was written; None where nobody asked, or where it cannot be done and its checks fail.

    Raises ConfigError and Unwritable: what another configuration or more room mends says nothing of the data.
    """
    config = outcome.config
    names = attacks_of(config.risk.gate, config.risk.attacks)
    if not names:
        return None
    source = Source(outcome.inputs, Clearing.load(config).allowed)
    try:
        return assess(folder, source=source, attacks=names, config=config)
    except (ConfigError, Unwritable):
        raise
    except InputError:
        return None


def attack_checks_of(outcome: Outcome, attacked: Assessment | None) -> Sequence[Any]:
    """Return the checks of what the attacks achieved."""
    risk = outcome.config.risk
    found = () if attacked is None else attacked.results
    matched = None if attacked is None else attacked.matched
    return attack_checks(gate_named(risk.gate), found, risk.attacks, matched=matched)


def previous_checks_of(outcome: Outcome, folder: Path, document: Json) -> list[Check]:
    """Measure the release beside the earlier one, where one is named; the report's ``kanon`` says so too."""
    config = outcome.config
    if config.release.previous is None:
        return []
    previous = Path(config.release.previous)
    found = between_releases(previous, folder, config, outcome.state.started.date())
    document["previous"] = found.to_json()
    k = max(gate_named(config.risk.gate).k, config.kanon.k)
    return found.checks(k, anonymous=config.mode == "anonymize")


def quarantined(outcome: Outcome) -> list[Any]:
    """Return every record set aside in either pass."""
    later = [item for receipt in outcome.receipts for item in receipt.quarantined]
    return [*outcome.planned.quarantined, *later]


def total_of(counters: Iterable[Counter[str]]) -> Counter[str]:
    """Return counts added up."""
    total: Counter[str] = Counter()
    for counter in counters:
        total += counter
    return total


def _worst(measured: Json, name: str, worst: Callable[[Iterable[float]], float]) -> float | None:
    """Return the worst figure of the sensitive columns; None when none goes out with a value."""
    found = [measures[name] for measures in measured["sensitive"].values()]
    return worst(found) if found else None


def _left_out(outcome: Outcome) -> float:
    planned = outcome.planned
    kept_back = len(planned.plan.dropped) + planned.suppressed - planned.dropped_as_suppressed
    return kept_back / len(planned.vectors) if planned.vectors else 0.0
