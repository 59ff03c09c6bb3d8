"""What the passes learned after the plan: who turned out to say more than planned.

It is sealed beside the analyses before anything is written under it, so that a killed run goes on as
strictly.
"""

from dataclasses import replace
from pathlib import Path

from deid.pipeline.plan import Plan
from deid.pipeline.state import load_sealed, save_sealed

_NAME = "strictness.analysis"


def save_strictness(folder: Path, key: bytes, plan: Plan) -> None:
    """Seal whom a plan silences and leaves out."""
    save_sealed(folder / _NAME, key, {"silenced": sorted(plan.silenced), "dropped": sorted(plan.dropped)})


def with_strictness(folder: Path, key: bytes, plan: Plan) -> Plan:
    """Return the plan as strict as it was when the run was killed; as it is when nothing was sealed."""
    saved = load_sealed(folder / _NAME, key)
    if saved is None:
        return plan
    silenced, dropped = frozenset(saved["silenced"]), frozenset(saved["dropped"])
    return replace(plan, silenced=plan.silenced | silenced, dropped=plan.dropped | dropped)
