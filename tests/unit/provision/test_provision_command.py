"""Arguments and files of ``deid release`` that are refused before anything is entered or written."""

from pathlib import Path

import pytest

from deid.cli import main
from paper_samples import make_release


def publish(tmp_path: Path, *more: str) -> int:
    words = ["release", "publish", str(make_release(tmp_path / "sample")), "--where", "https://example.org"]
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
