from dataclasses import asdict
from typing import Any

import pytest

from deid.errors import ConfigError, InputError, ReleaseRefused
from deid.labels import LABELS, LabelClass, class_of
from deid.release.gate import GATES, RESIDUAL_SOURCES, Check, GateInputs, check, enforce, gate_named

GOOD: dict[str, Any] = {
    "k": 12,
    "k_required": 5,
    "subjects": 100,
    "residual": {"LOCATION": 3, "HEALTH": 1, "PERSON": 0},
    "split_subjects": 0,
    "split_records": 0,
    "quarantined": 1,
    "total": 1000,
    "max_quarantined": 0.001,
    "left_out": 0.05,
    "max_left_out": 0.05,
    "ledger_entries": 0,
}


def checks(gate: str = "controlled", **changes: Any) -> tuple[Check, ...]:
    return check(gate_named(gate), GateInputs(**{**GOOD, **changes}))


def failed(gate: str = "controlled", **changes: Any) -> list[str]:
    return [item.name for item in checks(gate, **changes) if not item.passed]


def test_everything_holds() -> None:
    assert failed() == []
    enforce(checks())


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"l": 1, "l_required": 2}, "sensitive values in a class"),
        ({"t": 0.31, "max_t": 0.3}, "distance of a class"),
        ({"ncp": 0.6, "max_ncp": 0.5}, "information lost"),
        ({"ncp": None, "max_ncp": 0.5}, "information lost"),
    ],
)
def test_thresholds_of_the_configuration_alone(change: dict[str, Any], name: str) -> None:
    assert failed(**change) == [name]
    asked = {key: value for key, value in change.items() if key in ("l_required", "max_t", "max_ncp")}
    good: dict[str, Any] = {"l_required": {"l": 2}, "max_t": {"t": 0.3}, "max_ncp": {"ncp": 0.5}}
    assert failed(**{**change, **asked, **good[next(iter(asked))]}) == []
    assert name not in [item.name for item in checks(**{**change, **dict.fromkeys(asked)})]


def test_thresholds_of_the_table() -> None:
    assert {name: gate.k for name, gate in GATES.items()} == {"internal": 5, "controlled": 12, "public": 12}


def test_each_check_has_a_source() -> None:
    assert all(item.source for item in checks())


@pytest.mark.parametrize(("gate", "k", "holds"), [("internal", 5, True), ("internal", 4, False)])
def test_k_is_inclusive(gate: str, k: int, *, holds: bool) -> None:
    assert ("k" not in failed(gate, k=k)) is holds


@pytest.mark.parametrize("gate", ["controlled", "public"])
def test_third_parties_need_twelve(gate: str) -> None:
    assert failed(gate, k=11) == ["k"]
    assert failed(gate, k=12) == []


def test_the_configuration_may_ask_for_more_but_not_for_less() -> None:
    (k, *_) = checks("internal", k=19, k_required=20)
    assert (k.threshold, k.passed, k.source) == (20, False, "configuration: kanon.k")
    (k, *_) = checks("internal", k=4, k_required=2)
    assert (k.threshold, k.passed) == (5, False)


def test_k_over_too_few_persons() -> None:
    assert failed(k=12, subjects=11) == ["data subjects counted"]


@pytest.mark.parametrize("label", sorted(LABELS))
def test_one_residual_finding(label: str) -> None:
    cls = class_of(label)
    reported_only = cls in (LabelClass.QUASI, LabelClass.SENSITIVE)
    assert failed(residual={label: 1}) == ([] if reported_only else [f"residual {cls}"])


def test_every_class_is_either_checked_or_report_only() -> None:
    assert set(RESIDUAL_SOURCES) == set(LabelClass) - {LabelClass.QUASI, LabelClass.SENSITIVE}


def test_unknown_label() -> None:
    with pytest.raises(InputError, match="not in the vocabulary"):
        checks(residual={"PRESON": 1})


def test_split_leakage() -> None:
    assert failed(split_subjects=1) == ["data subjects in two splits"]
    assert failed(split_records=1) == ["identical conversations in two splits"]


@pytest.mark.parametrize(("n", "total", "holds"), [(1, 1000, True), (2, 1000, False), (0, 0, False)])
def test_quarantined_share(n: int, total: int, *, holds: bool) -> None:
    assert ("quarantined share" not in failed(quarantined=n, total=total)) is holds


def test_too_many_left_out() -> None:
    assert failed(left_out=0.0501) == ["data subjects left out"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("k", ["k"]),
        ("subjects", ["data subjects counted"]),
        ("residual", [f"residual {cls}" for cls in RESIDUAL_SOURCES]),
        ("split_subjects", ["data subjects in two splits"]),
        ("split_records", ["identical conversations in two splits"]),
        ("quarantined", ["quarantined share"]),
        ("total", ["quarantined share"]),
        ("left_out", ["data subjects left out"]),
        ("ledger_entries", ["ledger entries since the run began"]),
    ],
)
def test_what_could_not_be_computed_fails(name: str, expected: Any) -> None:
    missing: dict[str, Any] = {name: None}
    assert failed(**missing) == expected


@pytest.mark.parametrize("value", [float("nan"), -1])
def test_nonsense_fails(value: float) -> None:
    assert failed(k=value) == ["k"]
    assert failed(split_subjects=value) == ["data subjects in two splits"]


def test_every_violation_at_once() -> None:
    with pytest.raises(ReleaseRefused) as caught:
        enforce(checks(k=3, residual={"EMAIL_ADDRESS": 2, "PERSON": 1}, split_records=None, quarantined=20))
    assert caught.value.violations == (
        "k is 3, not at least 12",
        "residual direct is 3, not at most 0",
        "identical conversations in two splits could not be computed (at most 0 is asked)",
        "quarantined share is 0.02, not at most 0.001",
    )
    assert caught.value.exit_code == 3


@pytest.mark.parametrize(("value", "taught"), [(0.5, True), (None, False)])
def test_a_refusal_for_author_linkage_says_what_lowers_it(value: float | None, *, taught: bool) -> None:
    linkage = Check("L2 author linkage: success", 0.09, value, passed=False, source="x", bound="max")
    with pytest.raises(ReleaseRefused) as refused:
        enforce([linkage])
    assert ("personal_words" in refused.value.hint) is taught
    with pytest.raises(ReleaseRefused) as other:
        enforce([Check("k", 12, 5, passed=False, source="x", bound="min")])
    assert "personal_words" not in other.value.hint


def test_no_check_is_a_refusal() -> None:
    with pytest.raises(ReleaseRefused, match="no gate was checked"):
        enforce([])


def test_large_counts_are_written_out() -> None:
    with pytest.raises(ReleaseRefused, match="is 1234567, not"):
        enforce(checks(split_records=1234567))


def test_unknown_gate() -> None:
    with pytest.raises(ConfigError, match="no gate `open`"):
        gate_named("open")


def test_a_check_is_plain_data() -> None:
    assert asdict(checks()[0]) == {
        "name": "k",
        "threshold": 12,
        "value": 12,
        "passed": True,
        "source": GATES["controlled"].source,
        "bound": "min",
    }
