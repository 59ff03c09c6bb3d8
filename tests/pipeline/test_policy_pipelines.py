"""The three policies as they ship: pipeline, sample with a value of every item, both modes, every gate.

Each value that is planted for an item is gone, and what stands in its field is what the policy lets become of
it.
"""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from policy_runs import RUNS, Finish, Finished, finisher

from deid.cli import main
from deid.config import hierarchy_file, load_config
from deid.kanon.hierarchies import load_hierarchy
from deid.pipeline.publishing.promises import treatment_word
from deid.policies import load_policy
from deid.release.verify import verify
from deid.treatments import FieldSpec

pytestmark = pytest.mark.slow

# What is shorter stands in digests, counts and other people's words by chance.
SHORTEST = 6
TOKEN = re.compile(r"[a-z2-7]{20}")
FORM = {
    "reissue": TOKEN,
    "token": TOKEN,
    "tag": re.compile(r"\[[A-Z_]+\]"),
    "bands": re.compile(r"[0-9]+-[0-9]+|[0-9]+\+"),
}
DATE = {"day": r"\d{4}-\d\d-\d\d", "month": r"\d{4}-\d\d"}


@pytest.fixture(scope="module")
def finish(tmp_path_factory: pytest.TempPathFactory) -> Finish:
    return finisher(tmp_path_factory.mktemp("policies"))


@pytest.fixture(params=RUNS, ids="-".join)
def finished(request: pytest.FixtureRequest, finish: Finish) -> Finished:
    return finish(*request.param)


def written(release: Path) -> str:
    """All that a release holds, as text."""
    tables = [str(pq.read_table(path).to_pylist()) for path in (release / "data").iterdir()]
    texts = [
        path.read_text("utf-8", "replace")
        for path in release.rglob("*")
        if path.is_file() and path.suffix != ".parquet"
    ]
    return "\n".join([*tables, *texts])


def test_no_planted_value_of_any_item_is_left(finished: Finished) -> None:
    whole = written(finished.release)
    wanted = [plant for plant in finished.plants if len(plant.value) >= SHORTEST]
    assert {(plant.item, plant.value) for plant in wanted if plant.value in whole} == set()
    items = load_policy(finished.policy).items
    shared_by_all = {"gender", "commands", "ai-output", "age", "location", "area", "mail-opened"}
    assert {plant.item for plant in wanted} >= items.keys() - shared_by_all


def test_every_item_of_the_policy_has_a_field(finished: Finished) -> None:
    named = {spec.item for spec in finished.config.fields.values()}
    in_chat = {"ai-output"} if finished.policy == "omigo" else set()  # the assistant's messages
    assert load_policy(finished.policy).items.keys() - named == in_chat


def test_each_field_is_treated_as_the_policy_explains(finished: Finished) -> None:
    items = load_policy(finished.policy).items
    for path, spec in finished.config.fields.items():
        word = treatment_word(spec)
        if spec.item is not None:
            assert items[spec.item].allows(finished.config.mode, word), path
        values = [value for value in finished.released[path] if value is not None]
        assert finished.source[path], path
        assert (not values) == (word in ("drop", "delete")), path
        for value in values:
            assert is_treated(word, value, spec, finished.source[path]), (path, word)


def is_treated(word: str, value: Any, spec: FieldSpec, before: list[Any]) -> bool:
    """Whether a released value is what a treatment makes of some value of the field."""
    if word == "generalize":
        return value in before if spec.hierarchy is None else value in nodes(spec, before)
    if word == "coarsen":
        return re.fullmatch(DATE[str(spec.effective.coarsen)], value) is not None
    if word in FORM:
        return FORM[word].fullmatch(value) is not None
    return word == "text" or (value in before) == (word == "keep")


def nodes(spec: FieldSpec, before: list[Any]) -> set[str]:
    """What a hierarchy makes of some values, at any level."""
    assert spec.hierarchy is not None
    chains = load_hierarchy(hierarchy_file(spec.hierarchy)).chains
    return {node for chain in chains if chain[0] in set(before) for node in chain[:-1]}


def test_it_verifies_and_holds_every_gate(finished: Finished, capsys: pytest.CaptureFixture[str]) -> None:
    rows = len(next(iter(finished.source.values())))
    assert verify(finished.release, public_key=None).rows >= 0.95 * rows
    assert main(["release", "verify", str(finished.release)]) == 0
    capsys.readouterr()


def test_the_child_is_nowhere(finish: Finish) -> None:
    finished = finish("omigo", "anonymize")
    listed = finished.release.with_name("release.minors.txt").read_text("utf-8").split()
    assert len(listed) == 1
    assert finished.source["user_id"][-1] == listed[0]
    assert "0-4" not in finished.released["profile.age"]
    assert "10-14" not in finished.released["profile.age"]


def test_the_demo_of_a_policy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--policy", "gmo-air", "-o", str(tmp_path / "demo")]) == 0
    capsys.readouterr()
    for mode in ("anonymize", "pseudonymize"):
        assert main(["release", "verify", str(tmp_path / "demo" / mode)]) == 0


def test_places_and_times_of_a_live_table_are_nobodys_alone(finish: Finish) -> None:
    """A-24: no moment is the live table's, and every place of the anonymized set is that of five or more."""
    finished = finish("omakase", "anonymize")
    for path in ("visits[].time", "places[].time"):
        assert not set(finished.released[path]) & set(finished.source[path])
    places = Counter(place for place in finished.released["places[].place"] if place is not None)
    assert min(places.values()) >= finished.config.kanon.k
    alone = {place for place, people in Counter(finished.source["places[].place"]).items() if people < 5}
    assert alone
    assert not alone & places.keys()


def test_training_takes_neither_security_data_nor_memory() -> None:
    fields = load_config("omigo-training").fields
    for path in ("device.model", "device.crash", "device.ip", "memory[]"):
        assert fields[path].cls == "drop"
