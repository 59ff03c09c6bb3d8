"""Where records come from: limited in pseudonymize mode alone, by the rules of the day."""

import datetime
from typing import Any

import pytest

from deid.config import Config
from deid.errors import ConfigError, ReleaseRefused
from deid.ingest.fields import compile_fields
from deid.ingest.record import Record, read_record
from deid.pipeline.admitting.origins import origin_check

TODAY = datetime.date(2026, 11, 2)
ID = {"class": "linking", "treatment": "reissue"}


def config(mode: str = "pseudonymize", *, origin: str | None = "origin", **keys: Any) -> Config:
    roles = {"format": "table", "record_id": "row", "subject_id": "user", "origin": origin}
    escrow = (
        {"escrow": {"url": "sqlite:///v/e.db", "keys": "local:k/e.pub"}} if mode == "pseudonymize" else {}
    )
    fields = {"row": ID, "user": ID, "origin": {"class": "direct"}}
    return Config.model_validate(
        {"version": 1, "mode": mode, "input": roles, "fields": fields, **escrow, **keys}
    )


def record(made: Config, origin: str | None) -> Record:
    return read_record({"row": "r", "user": "u", "origin": origin}, made, compile_fields(made.fields))


@pytest.mark.parametrize("made", [config("anonymize"), config(origin=None)])
def test_nothing_to_check(made: Config) -> None:
    assert origin_check(made, TODAY) is None


@pytest.mark.parametrize("origin", ["EU", "eu"])
@pytest.mark.parametrize("purpose", ["model-training", None])
def test_limited(origin: str, purpose: str | None) -> None:
    made = config(purpose=purpose)
    check = origin_check(made, TODAY)
    assert check is not None
    with pytest.raises(ReleaseRefused, match="records from EU may serve statistics alone"):
        check.check(record(made, origin))


@pytest.mark.parametrize(
    ("origin", "purpose"),
    [("EU", "statistics"), ("JP", "model-training"), (None, "model-training"), ("", None)],
)
def test_not_limited(origin: str | None, purpose: str | None) -> None:
    made = config(purpose=purpose)
    check = origin_check(made, TODAY)
    assert check is not None
    check.check(record(made, origin))


def test_the_field_is_declared() -> None:
    with pytest.raises(ValueError, match=r"input\.origin: `elsewhere` is not a declared field"):
        config(origin="elsewhere")


def test_before_there_were_rules_nothing_is_known() -> None:
    with pytest.raises(ConfigError, match="no rules of APPI are known for 2020-01-01"):
        origin_check(config(), datetime.date(2020, 1, 1))
