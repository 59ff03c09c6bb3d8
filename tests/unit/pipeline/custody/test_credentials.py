"""Credentials of key services: the provider's own chain, in its order, and never in a message."""

from pathlib import Path

import pytest

from deid.errors import EscrowError
from deid.pipeline.custody.credentials import key_access


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("VAULT_TOKEN", "DEID_PKCS11_PIN", "DEID_PKCS11_PIN_FILE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_nothing_is_read_before_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    access = key_access()
    monkeypatch.setenv("VAULT_TOKEN", "later")
    assert access.vault_token() == "later"
    assert "later" not in repr(access)


def test_vault_takes_the_variable_then_the_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EscrowError, match="no Vault token"):
        key_access().vault_token()
    (home / ".vault-token").write_text("from-file\n")
    assert key_access().vault_token() == "from-file"
    monkeypatch.setenv("VAULT_TOKEN", "from-variable")
    assert key_access().vault_token() == "from-variable"


def test_the_pin_is_a_variable_or_in_a_file_it_names(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EscrowError, match="no PIN"):
        key_access().pkcs11_pin()
    monkeypatch.setenv("DEID_PKCS11_PIN_FILE", str(home / "pin"))
    with pytest.raises(EscrowError, match="no PIN"):
        key_access().pkcs11_pin()
    (home / "pin").write_text("1234\n")
    assert key_access().pkcs11_pin() == "1234"
    monkeypatch.setenv("DEID_PKCS11_PIN", "5678")
    assert key_access().pkcs11_pin() == "5678"


def test_a_file_that_cannot_be_read_is_named(home: Path) -> None:
    (home / ".vault-token").write_bytes(b"\xff marzipan")
    with pytest.raises(EscrowError, match=r"\.vault-token: cannot be read") as caught:
        key_access().vault_token()
    assert "marzipan" not in str(caught.value)
