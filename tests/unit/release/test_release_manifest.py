import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from release_samples import make_release, manifest, write_data

from deid.errors import ConfigError, InputError, ReleaseRefused
from deid.release.canonical import canonical_json
from deid.release.manifest import check_no_secrets, document, seal
from deid.release.signing import new_private_key, public_key_text


def test_sealed_folder(tmp_path: Path) -> None:
    sample = make_release(tmp_path / "release")
    data = (sample.folder / "manifest.json").read_bytes()
    value = json.loads(data)
    assert canonical_json(value) == data
    assert value["public_key"] == public_key_text(sample.key)
    assert (value["format"], value["previous"], value["escrow"]) == (1, None, None)
    assert set(value) == set(document(manifest(), [], ""))
    on_disk = {p.relative_to(sample.folder).as_posix() for p in sample.folder.rglob("*") if p.is_file()}
    assert {item["path"] for item in value["files"]} == on_disk - {
        "manifest.json",
        "manifest.sig",
        "SHA256SUMS",
    }
    assert {item["path"]: item["rows"] for item in value["files"] if "rows" in item} == {
        "data/train-00000-of-00001.parquet": 6,
        "data/validation-00000-of-00001.parquet": 2,
        "data/test-00000-of-00001.parquet": 2,
    }


def test_coreutils_agree(tmp_path: Path) -> None:
    sample = make_release(tmp_path / "release")
    done = subprocess.run(
        ["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=sample.folder, check=False, capture_output=True
    )
    assert done.returncode == 0
    assert done.stdout.count(b": OK") == 14
    assert b"manifest.json: OK" in done.stdout


def test_sealing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    sample = make_release(tmp_path / "release")
    before = {p: p.read_bytes() for p in sample.folder.rglob("*") if p.is_file()}
    seal(sample.folder, manifest(), sample.key, sample.data_files)
    assert {p: p.read_bytes() for p in sample.folder.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize(
    "path",
    ["escrow.db", "ledger.sqlite", ".README.md.1.tmp", "data/train.parquet", "quarantine.jsonl", "a/b.json"],
)
def test_a_file_that_has_no_place_in_a_release(tmp_path: Path, path: str) -> None:
    data_files = write_data(tmp_path / "release")
    stray = tmp_path / "release" / path
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"x")
    with pytest.raises(ReleaseRefused, match="has no place in a release") as caught:
        seal(tmp_path / "release", manifest(), new_private_key(), data_files)
    assert caught.value.violations[0] == f"{path}: has no place in a release"
    assert not (tmp_path / "release" / "manifest.json").exists()


def test_a_link_is_refused(tmp_path: Path) -> None:
    data_files = write_data(tmp_path / "release")
    (tmp_path / "elsewhere").write_bytes(b"x")
    (tmp_path / "release" / "README.md").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ReleaseRefused, match=r"README\.md"):
        seal(tmp_path / "release", manifest(), new_private_key(), data_files)


def test_data_files_are_those_that_were_written(tmp_path: Path) -> None:
    folder = tmp_path / "release"
    data_files = write_data(folder)
    (folder / data_files[0].path).rename(folder / "data/train-00001-of-00002.parquet")
    with pytest.raises(ReleaseRefused) as caught:
        seal(folder, manifest(), new_private_key(), data_files)
    assert caught.value.violations == (
        "data/train-00000-of-00001.parquet: missing",
        "data/train-00001-of-00002.parquet: not a data file of this run",
    )


def test_a_data_file_changed_since(tmp_path: Path) -> None:
    data_files = write_data(tmp_path / "release")
    (tmp_path / "release" / data_files[0].path).write_bytes(b"other")
    with pytest.raises(ReleaseRefused, match="changed since it was written"):
        seal(tmp_path / "release", manifest(), new_private_key(), data_files)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such release folder"):
        seal(tmp_path / "absent", manifest(), new_private_key(), ())


@pytest.mark.parametrize(
    "name", ["salt", "random_seed", "SECRET", "private_key", "passphrase", "hmac_key", "keys", "Seed"]
)
@pytest.mark.parametrize("value", ["x", 42, None, {"deep": 1}])
def test_names_of_key_material_are_refused(name: str, value: Any) -> None:
    with pytest.raises(
        InputError, match=rf"manifest\.escrow\.a\[0\]\.{name}: a manifest holds no key material"
    ):
        document(manifest(escrow={"a": [{name: value}]}), [], "p")


def test_pem_is_refused() -> None:
    with pytest.raises(InputError, match=r"manifest\.policy\.name"):
        document(manifest(policy={"name": "-----BEGIN PRIVATE KEY-----"}), [], "p")


def test_labels_and_classes_may_be_counted() -> None:
    check_no_secrets({"SECRET_KEY": 3, "secret": 0, "public_key": "p", "key_id": "e1", "keyed": True})
    for value in ("x", -1, 1 << 60, {"a": 1}):
        with pytest.raises(InputError):
            check_no_secrets({"secret": value})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"created": "2026-01-31"}, "created"),
        ({"created": "2026-01-31T09:00:00"}, "created"),
        ({"created": "2026-01-31T09:00:00+09:00"}, "created"),
        ({"created": "yesterday"}, "created"),
        ({"classes": {"appi": "x"}}, "appi and gdpr"),
        ({"classes": {"appi": "x", "gdpr": "y", "ccpa": "z"}}, "appi and gdpr"),
        ({"config_sha256": "abc"}, "64 hex digits"),
    ],
)
def test_bad_values(changes: Any, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        manifest(**changes)
    assert words in str(caught.value)
