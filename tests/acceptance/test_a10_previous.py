"""A-10, A-19 through a run: changed data are measured beside the earlier release; what tells is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from acceptance_run import CONFIG, MODES, person, run

from deid.cli.main import main
from deid.config import Config
from deid.errors import InputError, ReleaseRefused
from deid.pipeline import Pipeline

_THINGS = [
    "tomato", "saddle", "lantern", "violin", "pebble", "curtain",
    "bicycle", "teapot", "ladder", "mirror", "pillow", "candle",
]  # fmt: skip
_DEEDS = ["polished", "painted", "misplaced"]


def people(**also: str) -> list[dict[str, Any]]:
    """Thirty-six people of one class who each say something of their own, and some who say more."""
    told = [
        f"yesterday i {deed} the {thing} of my {_THINGS[n - 5]}"
        for deed in _DEEDS
        for n, thing in enumerate(_THINGS)
    ]
    return [
        person(f"u{n}", text, *([also[f"u{n}"]] if f"u{n}" in also else ())) for n, text in enumerate(told)
    ]


def both(
    tmp_path: Path, first: list[dict[str, Any]], second: list[dict[str, Any]], mode: str
) -> dict[str, Any]:
    """Release twice, the second beside the first; return what the second says of both."""
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
    run(tmp_path / "first", first, mode)
    release = {**CONFIG["release"], "previous": str(tmp_path / "first" / "out")}
    run(tmp_path / "second", second, mode, release=release)
    found: dict[str, Any] = json.loads(
        (tmp_path / "second" / "out" / "report" / "kanon.json").read_text("utf-8")
    )
    return dict(found["previous"])


@pytest.mark.parametrize("mode", MODES)
def test_who_leaves_alone_is_told_by_the_difference(tmp_path: Path, mode: str) -> None:
    everybody = people()
    with pytest.raises(ReleaseRefused) as refused:
        both(tmp_path, everybody, everybody[1:], mode)
    assert "data subjects who left since the earlier release is 1, not at least 5" in str(refused.value)
    assert not (tmp_path / "second" / "out").exists()


@pytest.mark.parametrize("mode", MODES)
def test_those_who_leave_together_hide_each_other(tmp_path: Path, mode: str) -> None:
    everybody = people()
    found = both(tmp_path, everybody, everybody[6:], mode)
    assert found == {"people": 36, "k": 6, "uniques": 0, "left": 6, "joined": 0, "found": 30, "by_id": 0}
    lock = (tmp_path / "second" / "out" / "policy.lock.yaml").read_text("utf-8")
    assert str(tmp_path) not in lock


@pytest.mark.parametrize("mode", MODES)
def test_a_fact_in_text_tells_who_of_those_that_left(tmp_path: Path, mode: str) -> None:
    """Six people leave, one of them a nurse: who knows that the nurse left has them alone."""
    everybody = people(**{f"u{n}": "I'm a nurse" for n in (0, 20, 21, 22, 23, 24, 25)})
    with pytest.raises(ReleaseRefused) as refused:
        both(tmp_path, everybody, everybody[6:], mode)
    assert "data subjects alike in this and the earlier release is 1, not at least 5" in str(refused.value)
    assert "who left" not in str(refused.value)


def test_an_earlier_release_is_a_release(tmp_path: Path) -> None:
    raw = {**CONFIG, "release": {"previous": str(tmp_path)}}
    with pytest.raises(InputError, match=r"no manifest\.json"):
        Pipeline(Config.model_validate(raw))


def test_the_command_line_names_the_earlier_release(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "run.yaml"
    config.write_text(json.dumps(CONFIG), encoding="utf-8")
    source = tmp_path / "chats.jsonl"
    source.write_text("".join(f"{json.dumps(one)}\n" for one in people()), encoding="utf-8")
    options = ["run", str(config), "-i", str(source), "--operator-key", str(tmp_path / "operator.key")]
    assert main([*options, "-o", str(tmp_path / "one")]) == 0
    assert main([*options, "-o", str(tmp_path / "two"), "--previous", str(tmp_path / "one")]) == 0
    lines = source.read_text("utf-8").splitlines(keepends=True)
    source.write_text("".join(lines[1:]), encoding="utf-8")
    capsys.readouterr()
    assert main([*options, "-o", str(tmp_path / "three"), "--previous", str(tmp_path / "one")]) == 3
    assert "left since the earlier release" in capsys.readouterr().err
