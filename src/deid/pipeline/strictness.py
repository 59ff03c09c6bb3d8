"""What the passes learned after the plan: who turned out to say more than planned, and what is a copy.

It is sealed beside the analyses before anything is written under it, so that a killed run goes on as
strictly.
"""

from dataclasses import replace
from pathlib import Path

from deid.pipeline.plan import Plan
from deid.pipeline.state import load_sealed, save_sealed

_NAME = "strictness.analysis"
_LEARNED = ("silenced", "dropped", "copies")


def save_strictness(folder: Path, key: bytes, plan: Plan) -> None:
    """Seal whom a plan silences and leaves out, and which records."""
    save_sealed(folder / _NAME, key, {name: sorted(getattr(plan, name)) for name in _LEARNED})


def with_strictness(folder: Path, key: bytes, plan: Plan) -> Plan:
    """Return the plan as strict as it was when the run was killed; as it is when nothing was sealed."""
    saved = load_sealed(folder / _NAME, key)
    if saved is None:
        return plan
    return replace(plan, **{name: getattr(plan, name) | frozenset(saved[name]) for name in _LEARNED})
