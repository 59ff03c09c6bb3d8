"""A-07: an escrow, its keys or its domain's key where the data goes is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from acceptance_run import CONFIG, MODES, NOW, crowd, make_escrow, run
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

import deid
from deid.config import Config
from deid.errors import ConfigError, InputError


@pytest.mark.parametrize("what", ["url", "keys", "tokens"])
def test_escrow_and_data_are_in_folders_apart(tmp_path: Path, what: str) -> None:
    made: dict[str, Any] = make_escrow(tmp_path)
    inside = tmp_path / "out" / "held"
    made[what] = {
        "url": f"sqlite:///{inside / 'escrow.db'}",
        "keys": f"local:{inside / 'escrow.pub'}",
        "tokens": str(inside / "chat.key"),
    }[what]
    with pytest.raises(ConfigError, match="escrow and output share a folder"):
        run(tmp_path, crowd(), "pseudonymize", escrow={**made, "domain": "chat"})
    assert not (tmp_path / "out").exists()


def test_data_goes_into_no_folder_of_the_escrow(tmp_path: Path) -> None:
    made = make_escrow(tmp_path)
    with pytest.raises(ConfigError, match="escrow and output share a folder"):
        run(tmp_path / "vault", crowd(), "pseudonymize", escrow=made)


def test_no_key_of_the_escrow_signs_the_release(tmp_path: Path) -> None:
    made = make_escrow(tmp_path)
    held = json.loads((tmp_path / "keys" / "writer.key").read_bytes())["signing_key"]
    signing = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(held))
    key = tmp_path / "sign.key"
    key.write_bytes(signing.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    key.chmod(0o600)
    release = {"name": "small", "splits": {"train": 1.0}, "key": str(key)}
    with pytest.raises(ConfigError, match=r"release\.key: a key of the escrow"):
        run(tmp_path, crowd(), "pseudonymize", escrow=made, release=release)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["escrow.key", "writer.key", "escrow.pub"])
def test_no_key_file_of_the_escrow_is_another_key(tmp_path: Path, name: str) -> None:
    made = make_escrow(tmp_path)
    held = str(tmp_path / "keys" / name)
    release = {"name": "small", "splits": {"train": 1.0}, "key": held}
    with pytest.raises(ConfigError, match="not an Ed25519 private key"):
        run(tmp_path, crowd(), "pseudonymize", escrow=made, release=release)
    with pytest.raises(ConfigError, match="not a token key"):
        run(tmp_path, crowd(), "pseudonymize", escrow={**made, "domain": "chat", "tokens": held})


@pytest.mark.parametrize("mode", MODES)
def test_a_key_that_cannot_be_read_is_found_before_anything_is_done(tmp_path: Path, mode: str) -> None:
    release = {"name": "small", "splits": {"train": 1.0}, "key": str(tmp_path / "nowhere.key")}
    done: list[str] = []
    config = {**CONFIG, "mode": mode, "release": release}
    if mode == "pseudonymize":
        config["escrow"] = make_escrow(tmp_path)
    source = tmp_path / "chats.jsonl"
    source.write_text("".join(f"{json.dumps(one)}\n" for one in crowd()), encoding="utf-8")
    with pytest.raises((ConfigError, InputError), match=r"nowhere\.key"):
        deid.Pipeline(Config.model_validate(config)).run(
            [source], out=tmp_path / "out", now=NOW, progress=lambda stage, *_: done.append(stage)
        )
    assert done == []
