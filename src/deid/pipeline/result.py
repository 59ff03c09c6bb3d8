"""What a run made: its summary, and the lists beside the release."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deid.pipeline.checking.checks import Outcome, quarantined
from deid.pipeline.publishing.publish import found_incidents
from deid.store import write_bytes
from deid.types import Json


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run made.

    release     : the release folder.
    manifest    : its manifest.
    records     : records read and understood; ``messages`` in them.
    spans       : label → findings.
    k           : persons in the smallest class of the released data.
    quarantined : reason → records set aside; ``quarantine`` is the file that lists them, if any.
    sealed      : records with deleted information sealed, None in anonymize mode.
    incidents   : label → records with what a policy says is never there; the report has them too.
    barred      : reason → records kept out by the ledger, or for the age of somebody in them.
    minors      : file with the ids of people under age, where the policy asks for it.
    """

    release: Path
    manifest: Json = field(repr=False)
    records: int
    messages: int
    spans: Mapping[str, int]
    k: int | None
    quarantined: Mapping[str, int]
    quarantine: Path | None
    minors: Path | None
    sealed: int | None
    barred: Mapping[str, int]
    incidents: Mapping[str, int] = field(default_factory=dict)

    @property
    def status(self) -> str:
        """Return how it ended (REQUIREMENTS O-17)."""
        return "completed with incident" if self.incidents else "completed"

    def to_json(self) -> Json:
        """Return the summary for ``deid run --json``."""
        return {
            "release": str(self.release),
            "status": self.status,
            "mode": self.manifest["mode"],
            "records": self.records,
            "messages": self.messages,
            "spans": dict(self.spans),
            "k": self.k,
            "quarantined": dict(self.quarantined),
            "quarantine": str(self.quarantine) if self.quarantine else None,
            "sealed_records": self.sealed,
            "barred": dict(self.barred),
            "incidents": dict(self.incidents),
            "minors": str(self.minors) if self.minors else None,
            "files": len(self.manifest["files"]),
        }


def write_quarantine(outcome: Outcome, target: Path) -> Path | None:
    """List what was set aside beside the release: ids and reasons, no text."""
    rows = quarantined(outcome)
    path = target.with_name(f"{target.name}.quarantine.jsonl")
    path.unlink(missing_ok=True)
    if not rows:
        return None
    lines = [json.dumps({"where": q.where, "record": q.record, "reason": q.reason}) for q in rows]
    write_bytes(path, ("\n".join(lines) + "\n").encode(), mode=0o600)
    return path


def write_minors(outcome: Outcome, target: Path) -> Path | None:
    """List the ids of people under age beside the release, for the operator to end their accounts."""
    path = target.with_name(f"{target.name}.minors.txt")
    path.unlink(missing_ok=True)
    if not outcome.planned.minors:
        return None
    write_bytes(path, "".join(f"{subject}\n" for subject in outcome.planned.minors).encode(), mode=0o600)
    return path


def result_of(
    target: Path, manifest: Json, outcome: Outcome, quarantine: Path | None, minors: Path | None
) -> RunResult:
    """Return the summary of a run whose release stands at ``target``."""
    tally = outcome.planned.tally
    reasons: dict[str, int] = {}
    for row in quarantined(outcome):
        reasons[row.reason] = reasons.get(row.reason, 0) + 1
    sealed = sum(receipt.sealed for receipt in outcome.receipts)
    return RunResult(
        release=target,
        manifest=manifest,
        records=tally.records,
        messages=tally.messages,
        spans=dict(sorted(tally.labels.items())),
        k=manifest["kanon"]["k"],
        quarantined=reasons,
        quarantine=quarantine,
        minors=minors,
        sealed=sealed if outcome.config.mode == "pseudonymize" else None,
        barred=dict(tally.barred),
        incidents=found_incidents(outcome.receipts),
    )
