"""Arguments and files of ``deid release`` that are refused before anything is entered or written."""

from pathlib import Path

import pytest

from deid.cli import main
from paper_samples import make_release


def publish(tmp_path: Path, *more: str) -> int:
    sample = tmp_path / "sample"
    release = sample if sample.exists() else make_release(sample)
    words = ["release", "publish", str(release), "--where", "https://example.org"]
    return main([*words, "--register", str(tmp_path / "r"), *more])


@pytest.mark.parametrize(
    "text", ["ja: a\nen: b", "ja:\nen:", "ja: [1]\nen: [1]", "ja: 3\nen: 4", "ja: [[a]]\nen: [[a]]"]
)
def test_a_statement_that_is_no_list_of_items(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "statement.yaml").write_text(text)
    assert (
        publish(tmp_path, "--statement", str(tmp_path / "statement.yaml"), "-o", str(tmp_path / "out")) == 2
    )
    assert "`ja` is not a list of items" in capsys.readouterr().err
    assert not (tmp_path / "r").exists()


def test_no_statement_is_written_into_the_release(tmp_path: Path) -> None:
    assert publish(tmp_path, "-o", str(tmp_path / "sample" / "statement")) == 2
    assert not (tmp_path / "r").exists()
    assert main(["release", "verify", str(tmp_path / "sample")]) == 0


def test_no_papers_are_written_into_the_release(tmp_path: Path) -> None:
    release = make_release(tmp_path / "sample")
    assert main(["release", "papers", str(release), "-o", str(release / "papers")]) == 2
    assert main(["release", "verify", str(release)]) == 0


def test_a_command_cut_short_is_run_again_and_enters_nothing_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, _data: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    with monkeypatch.context() as patched:
        patched.setattr("deid.cli.providing.write_bytes", full)
        assert publish(tmp_path, "-o", str(tmp_path / "out")) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r", "sample"]
    assert publish(tmp_path, "-o", str(tmp_path / "out")) == 0
    assert len((tmp_path / "r").read_bytes().splitlines()) == 1
    assert publish(tmp_path, "-o", str(tmp_path / "more"), "--where", "https://example.org/2") == 0
    assert len((tmp_path / "r").read_bytes().splitlines()) == 2
    assert publish(tmp_path, "-o", str(tmp_path / "third")) == 0
    assert len((tmp_path / "r").read_bytes().splitlines()) == 3
