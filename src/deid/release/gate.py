"""Gates: what must hold before a release may leave.

Every check is made, every violation is told at once, and what could not be computed counts as failed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from deid.errors import ConfigError, InputError, ReleaseRefused
from deid.labels import LABELS, LabelClass, class_of
from deid.risk.attack import AttackResult
from deid.risk.gates import attacks_made, measured

_D7 = "Requirements D-7"
_LEAST_MATCHED = 0.9
_REPORTED = "the report beside the output, in *.refused, says what to change"
_LINKED = "L2 author linkage"
_UNLINKED = (
    "for author linkage: ids of people with scope conversation, `transform: {personal_words: 0.1, "
    "style: tidy}`, and `release.max_words` where conversations are long"
)

RESIDUAL_SOURCES: dict[LabelClass, str] = {
    LabelClass.DIRECT: "APPI Enforcement Rules 31(1), 34(1)",
    LabelClass.CODE: "APPI Enforcement Rules 31(2), 34(2)",
    LabelClass.PROPERTY: "APPI Enforcement Rules 31(3)",
    LabelClass.SECRET: "Requirements section 7",
    LabelClass.LINKING: "APPI Enforcement Rules 34(3)",
    LabelClass.MEDIA: "Architecture section 4",
}
"""Classes that a rescan of the output must not find at all, and why. Others are reported only."""


@dataclass(frozen=True, slots=True)
class Gate:
    """One row of the gate table.

    k       : smallest equivalence class allowed, in data subjects; the highest prosecutor risk is 1 / k.
    source  : where k comes from.
    """

    name: str
    k: int
    source: str


GATES: dict[str, Gate] = {
    gate.name: gate
    for gate in (
        Gate("internal", 5, f"{_D7}: k ≥ 5 inside the organisation"),
        Gate("controlled", 12, f"{_D7}: k ≥ 12 for third parties, risk ≤ 0.09"),
        Gate("public", 12, f"{_D7}: k ≥ 12 for third parties, risk ≤ 0.09"),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GateInputs:
    """What was measured; None where it could not be (``listed``, ``l``, ``t``: where there is none).

    A check of what could not be measured fails.

    k            : smallest class of the released profiles, in data subjects.
    k_required   : k the configuration asks for; the stricter of it and the gate's holds.
    subjects     : data subjects counted.
    residual     : label to findings of a rescan of the output.
    split_subjects, split_records : data subjects, and identical conversations, in two splits.
    quarantined, total            : records set aside, and records read.
    max_quarantined               : share of records that may be set aside, in [0, 1].
    left_out, max_left_out        : share of data subjects suppressed or left out for k, and its limit.
    ledger_entries                : entries of the ledger made since the run read it.
    listed        : fewest people who show one value of a list; None where no list goes out.
    l, t          : fewest sensitive values of a class, and its greatest distance from everybody's, over the
                    sensitive fields that go out; None where none does, and then nothing is given away.
    ncp           : mean loss of the plan, in [0, 1].
    l_required, max_t, max_ncp : thresholds the configuration asks for; None for no such check.
    """

    k: int | None
    k_required: int
    subjects: int | None
    residual: Mapping[str, int] | None
    split_subjects: int | None
    split_records: int | None
    quarantined: int | None
    total: int | None
    max_quarantined: float
    left_out: float | None
    max_left_out: float
    ledger_entries: int | None
    listed: int | None = None
    l: float | None = None  # noqa: E741  (the literature's letter)
    l_required: int | None = None
    t: float | None = None
    max_t: float | None = None
    ncp: float | None = None
    max_ncp: float | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One threshold and what was measured against it.

    bound : ``min`` when the value must be at least the threshold, ``max`` when at most.
    value : None when it could not be computed.
    """

    name: str
    threshold: float
    value: float | None
    passed: bool
    source: str
    bound: Literal["min", "max"]


def gate_named(name: str) -> Gate:
    """Return a row of the table; ConfigError for a name that is not in it."""
    if name not in GATES:
        raise ConfigError(f"risk.gate: no gate `{name}`", hint="one of: " + ", ".join(GATES))
    return GATES[name]


def check(gate: Gate, inputs: GateInputs) -> tuple[Check, ...]:
    """Return every check of a gate, in a fixed order. Raises InputError for an unknown label."""
    k = max(gate.k, inputs.k_required)
    k_source = gate.source if k == gate.k else "configuration: kanon.k"
    leakage = "Architecture section 2: splits share no data subject"
    return (
        _at_least("k", k, inputs.k, k_source),
        _at_least("data subjects counted", k, inputs.subjects, k_source),
        *(
            []
            if inputs.listed is None
            else [_at_least("people per listed value", k, inputs.listed, k_source)]
        ),
        *_residual(inputs.residual),
        _at_most("data subjects in two splits", 0, inputs.split_subjects, leakage),
        _at_most("identical conversations in two splits", 0, inputs.split_records, leakage),
        _at_most(
            "quarantined share",
            inputs.max_quarantined,
            _share(inputs.quarantined, inputs.total),
            "configuration: input.max_quarantined",
        ),
        _at_most(
            "data subjects left out", inputs.max_left_out, inputs.left_out, "configuration: kanon.suppression"
        ),
        _at_most("ledger entries since the run began", 0, inputs.ledger_entries, "Requirements T9"),
        *_asked_for(inputs),
    )


def _asked_for(inputs: GateInputs) -> list[Check]:
    """Return the checks that stand in the configuration alone."""
    checks = []
    if inputs.l_required is not None and inputs.l is not None:
        checks.append(
            _at_least("sensitive values in a class", inputs.l_required, inputs.l, "configuration: kanon.l")
        )
    if inputs.max_t is not None and inputs.t is not None:
        checks.append(_at_most("distance of a class", inputs.max_t, inputs.t, "configuration: kanon.t"))
    if inputs.max_ncp is not None:
        checks.append(
            _at_most("information lost", inputs.max_ncp, inputs.ncp, "configuration: kanon.max_ncp")
        )
    return checks


def attack_checks(
    gate: Gate,
    results: Sequence[AttackResult],
    run: Sequence[str],
    *,
    matched: float | None,
    joined: bool = False,
) -> tuple[Check, ...]:
    """Return the checks on attacks: the limits of the gate, and one for each without a result.

    run     : attacks that were asked for, whatever the gate.
    matched : share of the released conversations that were found in the source; None when no attack was made.
              Of two releases the smaller share.
    joined  : whether an earlier release was given, to be joined with this one.
    """
    limits = measured(gate.name, results, run, joined=joined)
    missing = [
        _at_most(f"{name} attack", 0, None, "configuration: risk.attacks")
        for name in dict.fromkeys(run)
        if name not in attacks_made(results)
    ]
    if not limits:
        return tuple(missing)
    return (
        _at_least("share of the release attacked", _LEAST_MATCHED, matched, "Architecture section 8"),
        *(_at_most(item.name, item.threshold, item.value, item.source) for item in limits),
        *missing,
    )


def enforce(checks: Sequence[Check], *, hint: str = _REPORTED) -> None:
    """Return quietly when every check passed; raise ReleaseRefused with every violation otherwise."""
    if not checks:
        raise ReleaseRefused(["no gate was checked"])
    failed = [item for item in checks if not item.passed]
    if failed:
        linked = any(item.name.startswith(_LINKED) and item.value is not None for item in failed)
        raise ReleaseRefused(
            [_violation(item) for item in failed], hint=f"{hint}; {_UNLINKED}" if linked else hint
        )


def _residual(residual: Mapping[str, int] | None) -> list[Check]:
    counts = None if residual is None else _by_class(residual)
    return [
        _at_most(f"residual {cls}", 0, None if counts is None else counts.get(cls, 0), source)
        for cls, source in RESIDUAL_SOURCES.items()
    ]


def _by_class(residual: Mapping[str, int]) -> dict[LabelClass, int]:
    counts: dict[LabelClass, int] = {}
    for label, count in residual.items():
        if label not in LABELS:
            raise InputError("residual findings carry a label that is not in the vocabulary")
        counts[class_of(label)] = counts.get(class_of(label), 0) + count
    return counts


def _share(part: int | None, whole: int | None) -> float | None:
    return None if part is None or not whole else part / whole


def _at_least(name: str, threshold: float, value: float | None, source: str) -> Check:
    return Check(name, threshold, value, value is not None and value >= threshold, source, "min")


def _at_most(name: str, threshold: float, value: float | None, source: str) -> Check:
    return Check(name, threshold, value, value is not None and 0 <= value <= threshold, source, "max")


def _violation(item: Check) -> str:
    limit = f"{'at least' if item.bound == 'min' else 'at most'} {_number(item.threshold)}"
    if item.value is None:
        return f"{item.name} could not be computed ({limit} is asked)"
    return f"{item.name} is {_number(item.value)}, not {limit}"


def _number(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.4g}"
