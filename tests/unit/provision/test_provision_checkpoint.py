"""A register signed as it stands: what was changed or cut off its end, which lines alone do not show."""

from pathlib import Path

import pytest

from deid.cli import main
from deid.errors import EscrowError, InputError, ReleaseRefused
from deid.provision.checkpoint import check_register, sign_register
from deid.provision.publish import publish
from deid.provision.register import Register
from deid.release.signing import new_private_key
from paper_samples import KEY, NOW, TODAY, source

PUBLIC = KEY.public_key().public_bytes_raw()


def kept(folder: Path, entries: int = 3) -> tuple[Path, Path]:
    """A register, and its checkpoint."""
    path = folder / "register.jsonl"
    more(folder, entries)
    (folder / "checkpoint.json").write_bytes(sign_register(Register.open(path), KEY, now=NOW))
    return path, folder / "checkpoint.json"


def more(folder: Path, entries: int) -> None:
    path = folder / "register.jsonl"
    found = source(folder) if not (folder / "sample").exists() else source(folder / "again")
    for n in range(entries):
        where = f"https://example.org/{n}"
        publish(found, Register.open(path), on=TODAY, where=where, method=None, now=NOW)


def test_as_it_was_signed_and_added_to(tmp_path: Path) -> None:
    path, checkpoint = kept(tmp_path)
    assert check_register(Register.open(path), checkpoint, public_key=PUBLIC) == 0
    more(tmp_path, 2)
    assert check_register(Register.open(path), checkpoint, public_key=None) == 2


def test_a_last_line_that_was_changed(tmp_path: Path) -> None:
    path, checkpoint = kept(tmp_path)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[-1] = lines[-1].replace(b"example.org", b"example.net")
    path.write_bytes(b"".join(lines))
    with pytest.raises(ReleaseRefused, match=r"register\.jsonl: altered since"):
        check_register(Register.open(path), checkpoint, public_key=PUBLIC)


def test_lines_cut_off_the_end(tmp_path: Path) -> None:
    path, checkpoint = kept(tmp_path)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:1]))
    with pytest.raises(ReleaseRefused, match="2 entries were cut off its end"):
        check_register(Register.open(path), checkpoint, public_key=PUBLIC)


def test_every_byte_of_the_checkpoint_counts(tmp_path: Path) -> None:
    path, checkpoint = kept(tmp_path)
    data = checkpoint.read_bytes()
    register = Register.open(path)
    for where in range(len(data)):
        checkpoint.write_bytes(data[:where] + bytes([data[where] ^ 1]) + data[where + 1 :])
        with pytest.raises((ReleaseRefused, InputError), match=r"checkpoint\.json: "):
            check_register(register, checkpoint, public_key=PUBLIC)


def test_signed_by_somebody_else(tmp_path: Path) -> None:
    path, checkpoint = kept(tmp_path)
    other = new_private_key().public_key().public_bytes_raw()
    with pytest.raises(ReleaseRefused, match="another key"):
        check_register(Register.open(path), checkpoint, public_key=other)


def test_an_empty_register_is_not_signed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no entries"):
        sign_register(Register.open(tmp_path / "register.jsonl"), KEY, now=NOW)


def test_a_changed_line_in_the_middle_is_found_without_one(tmp_path: Path) -> None:
    path, _ = kept(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"example.org", b"example.net", 1))
    with pytest.raises(EscrowError, match="changed here"):
        Register.open(path)


def test_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str], pem: Path) -> None:
    path, _ = kept(tmp_path)
    made = str(tmp_path / "made.json")
    assert main(["release", "checkpoint", "--register", str(path), "--sign", str(pem), "-o", made]) == 0
    records = ["release", "records", "--register", str(path), "--checkpoint", made]
    assert main(records) == 0
    assert "0 entries since" in capsys.readouterr().err
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:2]))
    assert main(records) == 3


@pytest.fixture
def pem(tmp_path: Path) -> Path:
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    path = tmp_path / "sign.key"
    path.write_bytes(KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    path.chmod(0o600)
    return path
