import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from deid.errors import ConfigError
from deid.release.signing import (
    new_private_key,
    public_key_from_text,
    public_key_text,
    read_private_key,
    read_public_key,
    signature_holds,
    signature_line,
)

PEM, PKCS8 = Encoding.PEM, PrivateFormat.PKCS8

# RFC 8032, section 7.1, TEST 1: the empty message.
RFC_PRIVATE = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
RFC_PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
RFC_SIGNATURE = (
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
    "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
)


def test_vector_of_rfc_8032() -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(RFC_PRIVATE))
    line = signature_line(key, b"")
    assert line == base64.b64encode(bytes.fromhex(RFC_SIGNATURE)) + b"\n"
    assert signature_holds(bytes.fromhex(RFC_PUBLIC), line, b"")
    assert public_key_from_text(public_key_text(key)) == bytes.fromhex(RFC_PUBLIC)


def test_every_flipped_bit_of_the_line_is_noticed() -> None:
    key = new_private_key()
    public, line = key.public_key().public_bytes_raw(), signature_line(key, b"data")
    for place in range(len(line) * 8):
        altered = bytearray(line)
        altered[place // 8] ^= 1 << place % 8
        assert not signature_holds(public, bytes(altered), b"data"), place


@pytest.mark.parametrize("line", [b"", b"\n", b"AAAA\n", b"\xff\n"])
def test_lines_that_are_no_signature(line: bytes) -> None:
    assert not signature_holds(new_private_key().public_key().public_bytes_raw(), line, b"")


def test_the_line_ends_with_one_line_break() -> None:
    key = new_private_key()
    line = signature_line(key, b"x")
    public = key.public_key().public_bytes_raw()
    assert not signature_holds(public, line[:-1], b"x")
    assert not signature_holds(public, line + b"\n", b"x")


def test_keys_are_read_back(tmp_path: Path) -> None:
    key = new_private_key()
    (tmp_path / "key").write_bytes(key.private_bytes(PEM, PKCS8, NoEncryption()))
    (tmp_path / "pub").write_bytes(key.public_key().public_bytes(PEM, PublicFormat.SubjectPublicKeyInfo))
    assert read_private_key(tmp_path / "key").private_bytes_raw() == key.private_bytes_raw()
    assert read_public_key(tmp_path / "pub") == key.public_key().public_bytes_raw()


def test_new_keys_differ() -> None:
    assert new_private_key().private_bytes_raw() != new_private_key().private_bytes_raw()


@pytest.mark.parametrize("reader", [read_private_key, read_public_key])
def test_files_that_are_no_key(tmp_path: Path, reader: Callable[[Path], object]) -> None:
    other = X25519PrivateKey.generate()
    contents = {
        "nonsense": b"nonsense",
        "x25519": other.private_bytes(PEM, PKCS8, NoEncryption()),
        "x25519.pub": other.public_key().public_bytes(PEM, PublicFormat.SubjectPublicKeyInfo),
        "locked": new_private_key().private_bytes(PEM, PKCS8, BestAvailableEncryption(b"word")),
    }
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(ConfigError, match="not an Ed25519"):
            reader(tmp_path / name)
    with pytest.raises(ConfigError, match="cannot read"):
        reader(tmp_path / "absent")


@pytest.mark.parametrize("text", [None, 5, "", "AAAA", "é" * 44, base64.b64encode(b"x" * 33).decode()])
def test_texts_that_are_no_public_key(text: object) -> None:
    assert public_key_from_text(text) is None
