"""A-38: a statement with five items in Japanese and four in English is not published."""

from pathlib import Path

import pytest

from deid.cli import main
from paper_samples import STATEMENT, make_release

JA = ("会話の内容", "年代", "性別", "地域", "日時")
EN = ("content of conversations", "age band", "gender", "region", "date and time")
ITEMS = [{"ja": ja, "en": en} for ja, en in zip(JA, EN, strict=True)]


def publish(tmp_path: Path, ja: tuple[str, ...], en: tuple[str, ...]) -> int:
    release = make_release(tmp_path / "sample", statement={**STATEMENT, "items": ITEMS})
    path = tmp_path / "statement.yaml"
    path.write_text(f"ja: [{', '.join(ja)}]\nen: [{', '.join(en)}]\n", encoding="utf-8")
    return main([
        "release", "publish", str(release), "--register", str(tmp_path / "r"), "--where", "https://example.org",
        "--statement", str(path), "-o", str(tmp_path / "out"),
    ])  # fmt: skip


def test_five_and_four(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert publish(tmp_path, JA, EN[:4]) == 2
    assert "5 items in Japanese and 4 in English" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "r").exists()


def test_the_same_in_both_and_in_the_release(tmp_path: Path) -> None:
    assert publish(tmp_path, JA, EN) == 0
    text = (tmp_path / "out" / "publication.ja.md").read_text("utf-8")
    assert all(item in text for item in JA)


def test_the_same_in_both_but_not_the_releases(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert publish(tmp_path, JA[:4], EN[:4]) == 3
    assert "`date and time` is in the release and not in the statement" in capsys.readouterr().err
