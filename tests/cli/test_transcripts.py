"""The command line, one behaviour a transcript: see ``cli_transcript`` for the form."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_materials import MATERIALS, SHARED, copy_into, first_record
from cli_transcript import Stage, play

TRANSCRIPTS = sorted(Path(__file__).parent.glob("*/*.txt"))


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the operator's key out of the home folder, and any terminal out of the test."""
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
    monkeypatch.setattr("sys.stdin", io.StringIO())


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    made: dict[str, Path] = {}

    def make(name: str) -> Path:
        if name not in made:
            made[name] = tmp_path_factory.mktemp(name)
            with pytest.MonkeyPatch.context() as patch:
                patch.chdir(made[name])
                MATERIALS[name](made[name])
        return made[name]

    return make


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_transcript(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shared: Callable[[str], Path]
) -> None:
    def materials(name: str, folder: Path) -> None:
        if name in SHARED:
            copy_into(shared(name), folder)
        else:
            MATERIALS[name](folder)

    monkeypatch.chdir(tmp_path)
    text = path.read_text(encoding="utf-8")
    if "$REQUEST" in text:
        folder = shared("asked")
        text = text.replace("$REQUEST", (folder / "request").read_text())
        text = text.replace("$RECORD", first_record(folder))
    if "$RECORD" in text:
        text = text.replace("$RECORD", first_record(shared("sealed")))
    play(text, Stage(tmp_path, materials))


def test_every_transcript_says_what_it_shows_and_runs_a_command() -> None:
    assert len(TRANSCRIPTS) > 60
    for path in TRANSCRIPTS:
        text = path.read_text(encoding="utf-8")
        assert text.startswith("# "), path
        commands = [line for line in text.splitlines() if line.removeprefix("$ ").split(" ")[0] == "deid"]
        codes = [line for line in text.splitlines() if line.startswith("exit ")]
        assert len(commands) == len(codes) > 0, path
