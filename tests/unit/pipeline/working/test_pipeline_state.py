"""The working folder: sealing the run key, going on after a kill, and leaving nothing."""

import datetime
from pathlib import Path

import orjson
import pytest

from deid.errors import ConfigError, InputError
from deid.pipeline.working.state import RunState, goes_on, load_sealed, open_state, save_sealed

NOW = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)
KEY = bytes(range(32))


def opened(
    folder: Path, operator: Path | None = None, *, resume: bool = False, fingerprint: str = "f" * 64
) -> RunState:
    return open_state(folder, fingerprint=fingerprint, operator_key=operator, resume=resume, now=NOW)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / ".out.work"


@pytest.fixture
def operator(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "operator.key"


def change(folder: Path, **values: object) -> None:
    path = folder / "state.json"
    path.write_bytes(orjson.dumps({**orjson.loads(path.read_bytes()), **values}))


def test_a_new_run(folder: Path) -> None:
    state = opened(folder)
    assert len(state.key) == 32
    assert state.run.startswith("run-20261122T090000Z-")
    assert (state.started, state.resumed) == (NOW, False)
    assert [path.name for path in folder.iterdir()] == []
    assert folder.stat().st_mode & 0o077 == 0
    assert repr(state.key) not in repr(state)


def test_every_run_has_its_own_key_and_name(tmp_path: Path) -> None:
    first, second = opened(tmp_path / "a"), opened(tmp_path / "b")
    assert first.key != second.key
    assert first.run != second.run


def test_without_resume_leftovers_go(folder: Path, operator: Path) -> None:
    opened(folder, operator)
    (folder / "shard-00000.spans").write_bytes(b"x")
    opened(folder)
    assert [path.name for path in folder.iterdir()] == []


def test_going_on_gives_key_name_and_start_back(folder: Path, operator: Path) -> None:
    first = opened(folder, operator)
    (folder / "shard-00000.spans").write_bytes(b"x")
    second = open_state(
        folder, fingerprint="f" * 64, operator_key=operator, resume=True, now=NOW + datetime.timedelta(days=1)
    )
    assert (second.key, second.run, second.started, second.resumed) == (first.key, first.run, NOW, True)
    assert (folder / "shard-00000.spans").exists()


def test_the_key_is_nowhere_in_the_folder(folder: Path, operator: Path) -> None:
    state = opened(folder, operator)
    data = (folder / "state.json").read_bytes()
    assert state.key not in data
    assert state.key.hex().encode() not in data
    assert (folder / "state.json").stat().st_mode & 0o077 == 0


def test_the_operator_key_is_made_once_and_private(folder: Path, operator: Path) -> None:
    opened(folder, operator)
    made = operator.read_bytes()
    assert len(made) == 32
    assert operator.stat().st_mode & 0o077 == 0
    opened(folder, operator)
    assert operator.read_bytes() == made


def test_an_operator_key_of_another_length(folder: Path, operator: Path) -> None:
    operator.parent.mkdir()
    operator.write_bytes(b"short")
    operator.chmod(0o600)
    with pytest.raises(ConfigError, match="not an operator key"):
        opened(folder, operator)
    # The lock was let go of.
    opened(folder)


def test_an_operator_key_others_may_read(folder: Path, operator: Path) -> None:
    operator.parent.mkdir()
    operator.write_bytes(KEY)
    operator.chmod(0o644)
    with pytest.raises(ConfigError, match="only you can read"):
        opened(folder, operator)


def test_going_on_with_an_operator_key_that_is_not_there_makes_none(folder: Path, operator: Path) -> None:
    first = opened(folder, operator)
    other = operator.with_name("mistyped")
    with pytest.raises(ConfigError, match="mistyped: no such operator key"):
        opened(folder, other, resume=True)
    assert not other.exists()
    assert opened(folder, operator, resume=True).key == first.key


def test_nothing_to_go_on_with(folder: Path, operator: Path) -> None:
    with pytest.raises(InputError, match="nothing to resume"):
        opened(folder, operator, resume=True)
    opened(folder, operator)
    with pytest.raises(InputError, match="nothing to resume: the run's key was not kept"):
        opened(folder, None, resume=True)


def test_a_run_that_had_destroyed_its_key_says_so(folder: Path, operator: Path) -> None:
    opened(folder, operator)
    (folder / "shard-00000.receipt").write_bytes(b"x")
    assert goes_on(folder)
    sealed = folder / "state.json"
    sealed.write_bytes(bytes(sealed.stat().st_size))
    assert not goes_on(folder)
    with pytest.raises(InputError, match="killed after it destroyed its key") as caught:
        opened(folder, operator, resume=True)
    assert caught.value.hint == "run again without --resume"
    opened(folder, operator)
    assert goes_on(folder)


def test_nothing_goes_on_where_nothing_is(folder: Path) -> None:
    assert not goes_on(folder)
    opened(folder)
    assert not goes_on(folder)


def test_another_configuration_or_input(folder: Path, operator: Path) -> None:
    opened(folder, operator)
    with pytest.raises(InputError, match="differ from the run that was killed") as raised:
        opened(folder, operator, resume=True, fingerprint="0" * 64)
    assert "a file's time of change counts too" in (raised.value.hint or "")


@pytest.mark.parametrize(
    "values",
    [
        {"sealed": "AAAA"},
        {"sealed": "not base64!"},
        {"sealed": None},
        {"run": "run-another"},
        {"started": "yesterday"},
        {"fingerprint": None},
    ],
)
def test_a_state_that_was_changed(folder: Path, operator: Path, values: dict[str, object]) -> None:
    opened(folder, operator)
    change(folder, **values)
    with pytest.raises(InputError, match=r"does not open|differ from") as caught:
        opened(folder, operator, resume=True)
    assert (caught.value.hint or "").endswith("run again without --resume")


def test_a_state_that_is_no_json(folder: Path, operator: Path) -> None:
    opened(folder, operator)
    (folder / "state.json").write_bytes(b"{")
    with pytest.raises(InputError, match="does not open"):
        opened(folder, operator, resume=True)
    # A failed attempt holds no lock.
    opened(folder)


def test_a_state_sealed_to_another_operator(folder: Path, operator: Path) -> None:
    opened(folder, operator)
    operator.write_bytes(bytes(32))
    with pytest.raises(InputError, match="does not open"):
        opened(folder, operator, resume=True)


def test_removing_takes_everything(folder: Path, operator: Path) -> None:
    state = opened(folder, operator)
    (folder / "shard-00000.spans").write_bytes(b"x")
    state.remove()
    assert not folder.exists()
    state.remove()


def test_a_sealed_value_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "x.analysis"
    value = {"a": [1, None, "やあ"], "b": {"c": 1.5}}
    save_sealed(path, KEY, value)
    assert load_sealed(path, KEY) == value
    save_sealed(path, KEY, None)
    assert load_sealed(path, KEY) is None


def test_no_sealed_value(tmp_path: Path) -> None:
    assert load_sealed(tmp_path / "none", KEY) is None


def test_a_sealed_value_under_another_key(tmp_path: Path) -> None:
    path = tmp_path / "x.analysis"
    save_sealed(path, KEY, {"a": 1})
    with pytest.raises(InputError, match="damaged"):
        load_sealed(path, bytes(32))
