"""Columns that are changed between the passes, by hand."""

from collections import Counter

import pytest
from plan_samples import config, with_field
from pydantic import ValidationError

from deid.config import Config
from deid.errors import ConfigError, InputError
from deid.pipeline import Pipeline
from deid.pipeline.planning.perturbing import perturbed, with_perturbed
from deid.treatments import Treatment

KEY = b"k" * 32
COLUMNS = ("profile.age", "profile.region")


def changed(treatment: dict[str, object], values: list[str | None], key: bytes = KEY) -> dict[str, str]:
    used = with_field("profile.age", **{"class": "quasi", "treatment": treatment})
    vectors = {f"p{n}": (value, "x") for n, value in enumerate(values)}
    return dict(perturbed(used, COLUMNS, vectors, key)["profile.age"])


def test_an_exchange_keeps_every_count_and_who_has_none() -> None:
    values: list[str | None] = [*(f"v{n % 7}" for n in range(40)), None]
    found = changed({"swap": 1.0}, values)
    assert Counter(found.values()) == Counter(value for value in values if value is not None)
    assert "p40" not in found
    assert [found[f"p{n}"] for n in range(40)] != values[:40]
    assert found == changed({"swap": 1.0}, values)  # of one key, as a run that goes on needs
    assert found != changed({"swap": 1.0}, values, b"j" * 32)


def test_numbers_are_noised_averaged_and_bounded() -> None:
    assert changed({"microaggregate": 2}, ["1", "3", "10", "12"]) == {
        "p0": "2",
        "p1": "2",
        "p2": "11",
        "p3": "11",
    }
    assert changed({"microaggregate": 2}, ["1.5", "2"]) == {"p0": "1.75", "p1": "1.75"}
    assert changed({"clamp": [18, 80]}, ["3", "30", "116"]) == {"p0": "18", "p1": "30", "p2": "80"}
    assert changed({"clamp": [18, 80], "bands": 10}, ["3", "116"]) == {"p0": "10-19", "p1": "80-89"}
    assert changed({"clamp": [18, 99], "bands": 10, "top": 90}, ["116"]) == {"p0": "90+"}
    assert changed({"clamp": [0, 9]}, ["1\x1f4"]) == {"p0": "2.50"}  # what somebody gave twice counts once
    noised = changed({"noise": 2.5}, ["30"] * 400)
    errors = [abs(int(value) - 30) for value in noised.values()]
    assert 1.5 < sum(errors) / 400 < 3.5


def test_what_few_people_have_goes() -> None:
    assert changed({"rare": 2}, ["a", "a", "b", None]) == {"p0": "a", "p1": "a"}


def test_nobody_has_a_value() -> None:
    assert changed({"noise": 1}, [None]) == {}


def test_a_vector_has_what_was_changed() -> None:
    vectors = {"p0": ("1", "x"), "p1": (None, "y")}
    assert with_perturbed(COLUMNS, vectors, {"profile.age": {"p0": "2"}}) == {
        "p0": ("2", "x"),
        "p1": (None, "y"),
    }
    assert with_perturbed(COLUMNS, vectors, {}) == vectors


@pytest.mark.parametrize("values", [["x"], ["nan"], ["inf"], ["1", ""]])
def test_what_is_no_number_stops_the_run_unnamed(values: list[str | None]) -> None:
    with pytest.raises(InputError, match=r"column `profile\.age`: a value is not a number") as caught:
        changed({"noise": 1}, values)
    assert "x" not in str(caught.value).replace("`profile", "")


def test_too_few_people_for_a_group() -> None:
    with pytest.raises(InputError, match="1 people have a value"):
        changed({"microaggregate": 2}, ["1"])


@pytest.mark.parametrize(
    "treatment",
    [
        {"swap": 0}, {"swap": 1.5}, {"noise": 0}, {"microaggregate": 1}, {"clamp": [3, 1]}, {"clamp": [1]},
        {"rare": 1},         {"swap": 0.5, "noise": 1}, {"swap": 0.5, "bands": 10}, {"operator": "noise"},
        {"operator": "keep", "noise": 1},
    ],
)  # fmt: skip
def test_a_parameter_out_of_range_is_refused(treatment: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Treatment.model_validate(treatment)


def test_only_a_persons_quasi_identifiers_are_changed() -> None:
    with pytest.raises(ConfigError, match=r"fields.messages\[\].time: `swap` is for quasi-identifiers"):
        Pipeline(with_field("messages[].time", **{"class": "quasi", "treatment": {"swap": 0.5}}))
    with pytest.raises(ConfigError, match=r"profile\.note"):
        Pipeline(with_field("profile.note", **{"class": "sensitive", "treatment": {"noise": 1}}))
    with pytest.raises(ValidationError, match="cannot have treatment `swap`"):
        with_field("profile.name", **{"class": "direct", "treatment": {"swap": 0.5}})
    with pytest.raises(ValidationError, match="`rare` is for fields, not for text"):
        Config.model_validate({**config().model_dump(by_alias=True), "transform": {"AGE": {"rare": 3}}})
