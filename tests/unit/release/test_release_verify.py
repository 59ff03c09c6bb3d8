import base64
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from release_samples import Sample, make_release, manifest

from deid.errors import ConfigError, InputError, ReleaseRefused
from deid.release.canonical import canonical_json
from deid.release.manifest import seal, sums
from deid.release.signing import new_private_key, signature_line
from deid.release.verify import verify
from deid.types import Json


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return make_release(tmp_path_factory.mktemp("sealed") / "release")


@pytest.fixture
def folder(original: Sample, tmp_path: Path) -> Path:
    return shutil.copytree(original.folder, tmp_path / "release")


def every_file(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def refused(folder: Path, key: bytes | None) -> tuple[str, ...]:
    with pytest.raises(ReleaseRefused) as caught:
        verify(folder, public_key=key)
    return caught.value.violations


def resealed(folder: Path, key: Ed25519PrivateKey, change: Callable[[Json], object]) -> None:
    """Sign a changed manifest with the right key, sums included."""
    value = json.loads((folder / "manifest.json").read_bytes())
    change(value)
    data = canonical_json(value)
    (folder / "manifest.json").write_bytes(data)
    (folder / "manifest.sig").write_bytes(signature_line(key, data))
    (folder / "SHA256SUMS").write_bytes(sums(value["files"], data))


def test_a_whole_release(original: Sample, folder: Path) -> None:
    result = verify(folder, public_key=original.public_key)
    listed = json.loads((folder / "manifest.json").read_bytes())["files"]
    assert (result.files, result.rows, result.self_signed) == (len(listed), 10, False)
    assert result.bytes == sum((folder / item["path"]).stat().st_size for item in listed)


def test_without_a_key_it_is_self_signed(folder: Path) -> None:
    assert verify(folder, public_key=None).self_signed


@pytest.mark.parametrize("known", [True, False])
def test_one_altered_byte_names_the_file(original: Sample, tmp_path: Path, *, known: bool) -> None:
    key = original.public_key if known else None
    for number, path in enumerate(every_file(original.folder)):
        copy = shutil.copytree(original.folder, tmp_path / str(number))
        data = bytearray((copy / path).read_bytes())
        for place in {0, len(data) // 2, len(data) - 1}:
            altered = bytearray(data)
            altered[place] ^= 1
            (copy / path).write_bytes(altered)
            problems = refused(copy, key)
            assert len(problems) == 1, (path, problems)
            assert problems[0].startswith(f"{path}: "), (path, problems)


def test_every_byte_of_the_seals_counts(original: Sample, folder: Path) -> None:
    for path in ("manifest.json", "manifest.sig", "SHA256SUMS"):
        data = (folder / path).read_bytes()
        for place in range(0, len(data), 7):
            altered = bytearray(data)
            altered[place] ^= 4
            (folder / path).write_bytes(altered)
            assert refused(folder, original.public_key)
        (folder / path).write_bytes(data)


def test_a_manifest_nested_too_deep_is_altered(original: Sample, folder: Path) -> None:
    (folder / "manifest.json").write_bytes(b"[" * 100_000)
    assert any("manifest.json" in problem for problem in refused(folder, original.public_key))


def test_a_removed_file_is_named(original: Sample, tmp_path: Path) -> None:
    for number, path in enumerate(every_file(original.folder)):
        copy = shutil.copytree(original.folder, tmp_path / str(number))
        (copy / path).unlink()
        assert refused(copy, original.public_key) == (f"{path}: missing",)


@pytest.mark.parametrize("path", ["extra.json", "notices/more.md", ".hidden", "data/new\nline"])
def test_an_extra_file_is_named(original: Sample, folder: Path, path: str) -> None:
    (folder / path).write_bytes(b"x")
    (problem,) = refused(folder, original.public_key)
    assert problem.endswith(": extra, not in the manifest")
    assert "\n" not in problem


def test_an_emptied_and_a_longer_file(original: Sample, folder: Path) -> None:
    (folder / "README.md").write_bytes(b"")
    with (folder / "risk.json").open("ab") as handle:
        handle.write(b" ")
    assert refused(folder, original.public_key) == ("README.md: altered", "risk.json: altered")


def test_every_problem_at_once(original: Sample, folder: Path) -> None:
    (folder / "README.md").write_bytes(b"x")
    (folder / "croissant.json").unlink()
    (folder / "zzz").write_bytes(b"x")
    assert refused(folder, original.public_key) == (
        "README.md: altered",
        "croissant.json: missing",
        "zzz: extra, not in the manifest",
    )


@pytest.mark.parametrize("path", ["README.md", "manifest.json", "manifest.sig", "SHA256SUMS"])
def test_a_link_is_refused_even_to_the_same_bytes(original: Sample, folder: Path, path: str) -> None:
    (folder / path).unlink()
    (folder / path).symlink_to(original.folder / path)
    assert refused(folder, original.public_key) == (f"{path}: a link or special file",)


def test_a_linked_folder_is_refused(original: Sample, folder: Path) -> None:
    shutil.rmtree(folder / "data")
    (folder / "data").symlink_to(original.folder / "data")
    problems = refused(folder, original.public_key)
    assert "data: a link or special file" in problems
    assert sum(problem.endswith(": missing") for problem in problems) == 3


def test_a_pipe_is_refused(original: Sample, folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    assert refused(folder, original.public_key) == ("pipe: a link or special file",)


def test_a_signature_of_another_release(original: Sample, folder: Path, tmp_path: Path) -> None:
    other = make_release(tmp_path / "other")
    shutil.copy(other.folder / "manifest.sig", folder / "manifest.sig")
    assert refused(folder, original.public_key) == ("manifest.sig: altered; it does not sign manifest.json",)


def test_another_key_than_the_signers(folder: Path) -> None:
    other = new_private_key().public_key().public_bytes_raw()
    assert refused(folder, other) == ("manifest.sig: signed with another key than the one given",)


def test_signed_anew_by_someone_else(original: Sample, folder: Path) -> None:
    """Whoever alters the data can sign them again, but not with the known key."""
    (folder / "README.md").write_bytes(b"forged")
    thief = new_private_key()
    seal(folder, manifest(), thief, original.data_files)
    assert verify(folder, public_key=None).self_signed
    assert "another key" in refused(folder, original.public_key)[0]


def test_manifest_naming_another_key_than_its_signer(original: Sample, folder: Path) -> None:
    stranger = base64.b64encode(new_private_key().public_key().public_bytes_raw()).decode()
    resealed(folder, original.key, lambda value: value.update(public_key=stranger))
    assert "names another public key" in refused(folder, original.public_key)[0]


@pytest.mark.parametrize("path", ["../outside", "/etc/hostname", "data/../../outside", "a\\b", ""])
def test_a_manifest_may_not_point_outside(original: Sample, folder: Path, path: str) -> None:
    item = {"path": path, "sha256": "0" * 64, "bytes": 1}
    resealed(folder, original.key, lambda value: value["files"].append(item))
    assert refused(folder, original.public_key) == (f"{path}: outside the release folder",)


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value.update(format=2),
        lambda value: value.update(files="x"),
        lambda value: value["files"].append({"path": "x"}),
        lambda value: value["files"].append({"path": "x", "sha256": "0", "bytes": "1"}),
    ],
)
def test_a_signed_manifest_this_version_cannot_read(
    original: Sample, folder: Path, change: Callable[[Json], object]
) -> None:
    value = json.loads((folder / "manifest.json").read_bytes())
    change(value)
    data = canonical_json(value)
    (folder / "manifest.json").write_bytes(data)
    (folder / "manifest.sig").write_bytes(signature_line(original.key, data))
    with pytest.raises(InputError, match=r"manifest\.json"):
        verify(folder, public_key=original.public_key)


def test_a_file_listed_twice(original: Sample, folder: Path) -> None:
    resealed(folder, original.key, lambda value: value["files"].append(value["files"][0]))
    with pytest.raises(InputError, match="lists a file twice"):
        verify(folder, public_key=original.public_key)


@pytest.mark.parametrize("data", [b"", b"[]", b"not json", b"\xff"])
def test_a_signed_file_that_is_no_manifest(original: Sample, folder: Path, data: bytes) -> None:
    (folder / "manifest.json").write_bytes(data)
    (folder / "manifest.sig").write_bytes(signature_line(original.key, data))
    assert refused(folder, original.public_key) == (
        "manifest.json: names another public key than its signer's",
    )
    assert refused(folder, None)[0].startswith("manifest.json: altered")


def test_no_release_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such release folder"):
        verify(tmp_path / "absent", public_key=None)
    assert refused(tmp_path, None) == (
        "manifest.json: missing",
        "manifest.sig: missing",
        "SHA256SUMS: missing",
    )


def test_a_key_of_the_wrong_size(folder: Path) -> None:
    with pytest.raises(ConfigError, match="31 bytes"):
        verify(folder, public_key=b"x" * 31)
