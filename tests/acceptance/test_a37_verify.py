"""A-37: one altered byte, or a notice taken away, and the bundle does not verify; the file is named."""

from hashlib import sha256
from pathlib import Path

import pytest

from deid.cli import main
from deid.errors import InputError, ReleaseRefused
from deid.papers.notices import Bilingual
from deid.papers.source import read_source
from deid.provision.bundle import verify_bundle, write_bundle
from deid.provision.provide import Provision, provide
from deid.provision.recipients import Recipient
from deid.provision.register import Register
from deid.release.manifest import seal
from deid.release.signing import new_private_key
from paper_samples import KEY, NOW, TODAY, make_release, manifest, source

PUBLIC = KEY.public_key().public_bytes_raw()
PROCESSOR = Recipient(name="R", kind="processor", agreement="A-1", purposes=("statistics",), country="JP")


def bundle(tmp_path: Path) -> Path:
    provide(
        source(tmp_path, "pseudonymize"),
        tmp_path / "bundle",
        Provision(recipient="r", on=TODAY, method=Bilingual("サーバー", "server"), sign=KEY),
        recipients={"r": PROCESSOR},
        register=Register.open(tmp_path / "register.jsonl"),
        now=NOW,
    )
    return tmp_path / "bundle"


def refused(folder: Path) -> tuple[str, ...]:
    with pytest.raises(ReleaseRefused) as caught:
        verify_bundle(folder, public_key=PUBLIC)
    return caught.value.violations


def test_whole(tmp_path: Path) -> None:
    assert not verify_bundle(bundle(tmp_path), public_key=PUBLIC).self_signed


def test_one_byte_of_any_file_is_named(tmp_path: Path) -> None:
    folder = bundle(tmp_path)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 12
    for path in files:
        data = path.read_bytes()
        path.write_bytes(bytes([data[0] ^ 1]) + data[1:])
        named = path.relative_to(folder).as_posix().removeprefix("release/")
        assert any(named in violation for violation in refused(folder)), named
        path.write_bytes(data)
    verify_bundle(folder, public_key=PUBLIC)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("release/notices/recipient.ja.md", "notices/recipient.ja.md: missing"),
        ("papers/recipient.en.md", "papers/recipient.en.md: missing"),
        ("papers/terms.ja.md", "papers/terms.ja.md: missing"),
    ],
)
def test_a_notice_taken_away_is_named(tmp_path: Path, path: str, message: str) -> None:
    folder = bundle(tmp_path)
    (folder / path).unlink()
    assert refused(folder) == (message,)


def test_a_paper_put_in_is_named(tmp_path: Path) -> None:
    folder = bundle(tmp_path)
    (folder / "papers" / "permit.md").write_text("anything goes")
    assert refused(folder) == ("papers/permit.md: extra, not in the bundle",)


def test_another_release_in_the_bundle(tmp_path: Path) -> None:
    folder = bundle(tmp_path)
    other = source(tmp_path / "other", "pseudonymize", name="other").folder
    (folder / "release").rename(tmp_path / "gone")
    other.rename(folder / "release")
    assert refused(folder) == ("release/manifest.json: not the release that the bundle names",)


@pytest.mark.parametrize("name", ["bundle.json", "bundle.sig"])
@pytest.mark.parametrize("where", [0, 40, 70, -2])
def test_list_and_signature_are_told_apart(tmp_path: Path, name: str, where: int) -> None:
    folder = bundle(tmp_path)
    data = bytearray((folder / name).read_bytes())
    data[where] ^= 1
    (folder / name).write_bytes(data)
    assert refused(folder) == (f"{name}: altered",)


def test_signed_by_somebody_else(tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    write_bundle(source(tmp_path), folder, {}, "lab", new_private_key())
    assert refused(folder) == ("bundle.json: signed with another key than the one given",)
    verify_bundle(folder, public_key=None)


@pytest.mark.parametrize(
    "text", ["", "[]", '{"format":1,"papers":{}}', '{"format":1,"papers":[],"manifest":"a"}']
)
def test_a_list_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    folder = bundle(tmp_path)
    (folder / "bundle.json").write_text(text)
    assert refused(folder) == ("bundle.json: altered",)
    (folder / "bundle.sig").write_text(f"{sha256(text.encode()).hexdigest()}\n")
    with pytest.raises(InputError, match="not the list of a bundle of format 1"):
        verify_bundle(folder, public_key=PUBLIC)
    (folder / "bundle.sig").unlink()
    with pytest.raises(InputError, match=r"bundle\.sig: cannot read"):
        verify_bundle(folder, public_key=PUBLIC)


def test_classes_are_counted_in_the_release_of_the_bundle(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_release(tmp_path / "sample")
    for name in ("manifest.json", "manifest.sig", "SHA256SUMS"):
        (folder / name).unlink()
    (folder / "report" / "kanon.json").write_text("{}")
    seal(folder, manifest("anonymize"), KEY, ())
    write_bundle(read_source(folder), tmp_path / "bundle", {}, "lab", KEY)
    assert main(["release", "verify", str(tmp_path / "bundle"), "--kanon"]) == 2
    assert "its report has no figures of declared fields alone" in capsys.readouterr().err


def test_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = bundle(tmp_path)
    assert main(["release", "verify", str(folder)]) == 0
    (folder / "papers" / "record.ja.md").write_text("nothing")
    assert main(["release", "verify", str(folder)]) == 3
    assert "papers/record.ja.md: altered" in capsys.readouterr().err
