"""Rule sets: dated, chosen by day, and each rule says how it is shown or why it cannot be."""

import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from deid.errors import ConfigError
from deid.rulesets import Rule, all_rules, load_rules


@pytest.mark.parametrize(
    ("regime", "first"), [("APPI", "2022-04-01"), ("GDPR", "2018-05-25"), ("CCPA", "2023-01-01")]
)
def test_rules_hold_from_their_first_day(regime: str, first: str) -> None:
    day = datetime.date.fromisoformat(first)
    assert load_rules(regime, on=day).in_force == day
    with pytest.raises(ConfigError, match=f"no rules of {regime} are known"):
        load_rules(regime, on=day - datetime.timedelta(days=1))


def test_rules_31_to_38_are_there() -> None:
    rules = load_rules("APPI", on=datetime.date(2026, 11, 2)).rules
    assert {"r31.1", "r31.2", "r31.3", "r32", "r34.1", "r34.5", "r35", "r36", "r37", "r38"} <= rules.keys()
    assert all(found.source and found.title for found in all_rules())


def test_data_from_the_eu_serve_statistics_alone() -> None:
    origins = load_rules("APPI", on=datetime.date(2026, 11, 2)).origins
    assert origins["EU"].pseudonymize == ("statistics",)


@pytest.mark.parametrize(
    "shown", [{}, {"checks": ["k"], "otherwise": "no"}, {"files": ["a"], "otherwise": "no"}]
)
def test_a_rule_is_shown_or_says_why_not(shown: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="name checks or files that show it"):
        Rule.model_validate({"article": "1", "modes": ["anonymize"], "says": "x", **shown})
