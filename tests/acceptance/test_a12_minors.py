"""A-12: who says they are under age is out with every record, whatever the profile says; nothing is left."""

from pathlib import Path

import pyarrow as pa
import pytest
from acceptance_run import CONFIG, MODES, NOW, crowd, person, run, said

import deid
from deid.config import Config

STATEMENTS = ("I'm 16", "高2です", "i just turned 15", "16歳です", "im a 17 year old girl")
PROFILES: tuple[dict[str, object], ...] = (
    {"age": 17}, {"age": "15"}, {"born": "2009-01-31"}, {"born": "平成21年1月31日"},
)  # fmt: skip


@pytest.mark.parametrize("mode", MODES)
def test_out_with_every_record(tmp_path: Path, mode: str) -> None:
    stated = [person(f"u{n}", text, born="2004-03-02", age=22) for n, text in enumerate(STATEMENTS)]
    others = [
        {**person(f"u{n}", "I grow tamarillos", age=22), "id": f"before-{n}"} for n in range(len(STATEMENTS))
    ]
    result = run(tmp_path, [*others, *crowd(), *stated], mode)
    assert result.barred == {"suspected-minor": 2 * len(STATEMENTS)}
    assert "tamarillos" not in said(tmp_path)
    assert result.sealed in (None, len(crowd()))
    assert result.minors is not None
    assert result.minors.read_text().split() == [f"u{n}" for n in range(len(STATEMENTS))]
    assert result.minors.stat().st_mode & 0o777 == 0o600


def test_by_the_profile_alone(tmp_path: Path) -> None:
    people = [person(f"u{n}", **profile) for n, profile in enumerate(PROFILES)]
    assert run(tmp_path, [*crowd(), *people], "anonymize").barred == {"suspected-minor": len(PROFILES)}


def test_a_policy_without_the_promise_does_not_look(tmp_path: Path) -> None:
    result = run(tmp_path, [*crowd(), person("u1", "I'm 16")], "anonymize", policy="gmo-air")
    assert (result.barred, result.minors) == ({}, None)


def test_a_session_leaves_them_out() -> None:
    people = [person("u1", "I'm 13"), person("u2", "I cooked curry")]
    for one in people:
        one["profile"]["born"] = None
    config = Config.model_validate({**CONFIG, "mode": "anonymize"})
    with deid.Pipeline(config).open(now=NOW) as session:
        table = session.transform_batch(pa.Table.from_pylist(people))
    assert [row["messages"][0]["content"] for row in table.to_pylist()] == ["I cooked curry"]
