import pytest

from deid.errors import ConfigError, ReleaseRefused
from deid.release.gate import GATES, attack_checks, enforce, gate_named
from deid.risk.assess import ATTACKS, Assessment, known_attacks
from deid.risk.attack import AttackResult
from deid.risk.gates import LIMITS, attacks_made, attacks_of, measured
from deid.risk.rates import Rate, exactly, of_counts
from deid.sections import RiskConfig


def _result(attack: str, released: Rate, tail: Rate | None = None, raw: Rate | None = None) -> AttackResult:
    tails = {} if tail is None else {0.1: tail}
    return AttackResult(
        attack, "a", "linkability", 300, released, exactly(0), exactly(0.003), raw=raw, tails=tails
    )


def _all(rate: Rate) -> list[AttackResult]:
    names = (
        "S1 singling out",
        "L1 prosecutor",
        "L3 profile to text",
        "L4 cross-pseudonym",
        "L5 activity rhythm",
        "L2 author linkage",
        "I1 attribute inference: sex",
        "R1 residual identifiers",
        "P1 pseudonym reversal",
    )
    return [_result(name, rate, tail=rate) for name in names]


_NONE = of_counts(0, 1000)


def test_every_gate_has_limits_and_every_limit_a_source() -> None:
    assert set(LIMITS) == set(GATES)
    assert all(limit.source for limits in LIMITS.values() for limit in limits)


@pytest.mark.parametrize("gate", sorted(GATES))
def test_attacks_that_find_nothing_pass(gate: str) -> None:
    reported = ("V1 verbatim search", "M1 membership")
    results = [*_all(_NONE), *(_result(name, of_counts(1000, 1000)) for name in reported)]
    enforce(attack_checks(gate_named(gate), results, tuple(ATTACKS), matched=1.0))


@pytest.mark.parametrize("gate", ["controlled", "public"])
def test_a_gate_for_others_fails_where_nothing_was_measured(gate: str) -> None:
    with pytest.raises(ReleaseRefused) as refused:
        enforce(attack_checks(gate_named(gate), [], (), matched=None))
    told = " ".join(refused.value.violations)
    assert "L2 author linkage: success could not be computed" in told
    assert "share of the release attacked could not be computed" in told


def test_the_internal_gate_demands_nothing() -> None:
    assert attack_checks(gate_named("internal"), [], (), matched=None) == ()
    assert attacks_of("internal", ()) == ()
    assert attacks_of("internal", ("verbatim",)) == ("verbatim",)


@pytest.mark.parametrize("gate", sorted(GATES))
def test_an_earlier_release_that_could_not_be_joined_fails(gate: str) -> None:
    """Fewer than two people in both: there is no result, which is no pass."""
    checks = attack_checks(gate_named(gate), _all(_NONE), (), matched=1.0, joined=True)
    others = ["D1 differencing of rows: excess over control", "D1 comings and goings: success"]
    assert [(check.name, check.value) for check in checks if not check.passed] == [
        (name, None)
        for name in ["L4 cross-release ids: above control", *(others if gate != "internal" else [])]
    ]


def test_the_smaller_share_of_two_releases_counts() -> None:
    assert Assessment((), 10, 10, 0.95, []).least_matched == 0.95
    assert Assessment((), 10, 10, 0.95, [], 0.4).least_matched == 0.4
    assert Assessment((), 10, 10, 0.5, [], 1.0).least_matched == 0.5


def test_an_attack_that_was_asked_for_and_not_made_fails() -> None:
    results = [_result("R1 residual identifiers", _NONE)]
    asked = ("linkage", "identifiers", "verbatim")
    assert [
        (check.name, check.passed)
        for check in attack_checks(gate_named("internal"), results, asked, matched=1.0)
    ] == [
        ("linkage attack", False),
        ("verbatim attack", False),
    ]
    with pytest.raises(ReleaseRefused, match="verbatim attack could not be computed"):
        enforce(attack_checks(gate_named("internal"), [], ("verbatim",), matched=None))
    assert set(attacks_made(_all(_NONE))) == set(ATTACKS) - {"verbatim", "membership"}
    assert attacks_made([_result("L4 cross-release ids", _NONE)]) == ()


def test_the_internal_gate_fails_ids_that_can_be_undone() -> None:
    reversed_ids = [_result("P1 pseudonym reversal", of_counts(1000, 1000))]
    (_, check) = attack_checks(gate_named("internal"), reversed_ids, ("pseudonyms",), matched=1.0)
    assert not check.passed


def test_the_bound_decides_not_the_point() -> None:
    """Nobody of ten was found: up to three in ten could be."""
    few = [item for item in measured("public", _all(of_counts(0, 10)), ()) if "linkage: success" in item.name]
    assert few[0].value == pytest.approx(0.27753, abs=1e-4)
    assert not attack_checks(gate_named("public"), _all(of_counts(0, 10)), (), matched=1.0)[1].passed


def test_the_worst_result_of_an_attack_decides() -> None:
    results = [*_all(_NONE), _result("L2 author linkage", of_counts(900, 1000), tail=_NONE)]
    values = {item.name: item.value for item in measured("public", results, ())}
    assert values["L2 author linkage: success"] == pytest.approx(0.917, abs=1e-3)


def test_an_unsound_attack_passes_nothing() -> None:
    results = [_result("L2 author linkage", _NONE, tail=_NONE, raw=of_counts(1, 1000))]
    assert {item.value for item in measured("public", results, ())} == {None}


def test_one_unsound_result_fails_its_limit_and_is_named() -> None:
    """A field that eight people carry shows nothing, however well the others hold."""
    few = _result("I1 attribute inference: town", of_counts(0, 8), raw=of_counts(0, 8))
    checks = attack_checks(gate_named("public"), [*_all(_NONE), few], (), matched=1.0)
    (failed,) = [check for check in checks if not check.passed]
    assert failed.value is None
    assert failed.name == "I1 attribute inference: excess over control (unsound: town with 8 people)"


@pytest.mark.parametrize("gate", ["controlled", "public"])
@pytest.mark.parametrize(
    "attack", ["S1 singling out", "L1 prosecutor", "L3 profile to text", "L5 activity rhythm"]
)
def test_an_attack_that_finds_everybody_fails_the_gates_for_others(gate: str, attack: str) -> None:
    results = [*_all(_NONE), _result(attack, of_counts(1000, 1000), tail=_NONE)]
    checks = attack_checks(gate_named(gate), results, (), matched=1.0)
    assert [check.name.split(":")[0] for check in checks if not check.passed] == [attack]


def test_whoever_joins_alone_is_found() -> None:
    """One of one that changed is certain, one of twelve is what k allows; everybody was tried."""
    joined = [_result("L4 cross-release ids", _NONE), _result("D1 differencing of rows", _NONE)]
    for share, passes in ((1.0, False), (1 / 12, True)):
        results = [*_all(_NONE), *joined, _result("D1 comings and goings", Rate(share, 0, 1, 1, 1))]
        checks = attack_checks(gate_named("public"), results, (), matched=1.0, joined=True)
        assert all(check.passed for check in checks) is passes


def test_a_missing_tail_passes_nothing() -> None:
    results = [_result("L2 author linkage", _NONE)]
    values = {item.name: item.value for item in measured("public", results, ())}
    assert values["L2 author linkage: surest tenth"] is None


def test_an_assessment_of_part_of_a_release_does_not_pass() -> None:
    with pytest.raises(ReleaseRefused, match=r"share of the release attacked is 0\.5"):
        enforce(attack_checks(gate_named("public"), _all(_NONE), (), matched=0.5))


def test_names_of_attacks_are_known_everywhere() -> None:
    assert RiskConfig(attacks=tuple(ATTACKS)).attacks == tuple(ATTACKS)  # type: ignore[arg-type]
    assert set(attacks_of("public", ())) < set(ATTACKS)
    assert known_attacks(()) == tuple(ATTACKS)
    with pytest.raises(ConfigError, match="no attack `magic`"):
        known_attacks(["magic"])
