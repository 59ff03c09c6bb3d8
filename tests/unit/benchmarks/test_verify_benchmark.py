"""The benchmark of verification measures a release that verifies."""

from pathlib import Path

from verify import measure


def test_a_release_is_made_and_verified(tmp_path: Path) -> None:
    row = measure(tmp_path, 2)
    assert (row["name"], row["megabytes"]) == ("verify", 2)
    assert (tmp_path / "manifest.sig").is_file()
