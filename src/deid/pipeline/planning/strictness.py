"""What the passes learned after the plan: who says more than planned, what is a copy, what few show then.

It is sealed beside the analyses before anything is written under it, so that a killed run goes on as
strictly.
"""

from dataclasses import replace
from pathlib import Path

from deid.pipeline.planning.plan import Plan
from deid.pipeline.working.state import load_sealed, save_sealed

_NAME = "strictness.analysis"
_LEARNED = ("silenced", "dropped", "copies")


def save_strictness(folder: Path, key: bytes, plan: Plan) -> None:
    """Seal whom a plan silences and leaves out, which records, and which values in lists."""
    learned = {name: sorted(getattr(plan, name)) for name in _LEARNED}
    save_sealed(folder / _NAME, key, {**learned, "lone": sorted(plan.lone)})


def with_strictness(folder: Path, key: bytes, plan: Plan) -> Plan:
    """Return the plan as strict as it was when the run was killed; as it is when nothing was sealed."""
    saved = load_sealed(folder / _NAME, key)
    if saved is None:
        return plan
    learned = {name: getattr(plan, name) | frozenset(saved[name]) for name in _LEARNED}
    return replace(plan, lone=plan.lone | {(path, value) for path, value in saved["lone"]}, **learned)
