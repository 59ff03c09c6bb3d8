"""Escrow keys in AWS KMS, against moto in this process; no real service was available."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from escrow_site import NOW, PASSPHRASE, Site, reveal, rows

from deid.errors import EscrowError
from deid.escrow import EscrowWriter, init_escrow, open_private_key, verify
from deid.escrow.keys import awskms, kinds
from deid.escrow.keys.access import NO_ACCESS, KeyAccess
from deid.escrow.keys.create import NewKey
from deid.escrow.keys.passphrase import open_secrets
from deid.escrow.keys.wrapper import EscrowKey
from deid.escrow.rotation import list_keys, rewrap, rotate

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")

boto3 = pytest.importorskip("boto3", reason="boto3 is not installed (pip install '.[kms]')")
moto = pytest.importorskip("moto", reason="moto is not installed")

CONTEXT = b"somewhere"
ONE_ERROR = r"^escrow does not open$"
REGION = "ap-northeast-1"


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Give the address of a fresh key; credentials are invented, and in the client's own chain."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, "invented")
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    with moto.mock_aws():
        client = boto3.client("kms", region_name=REGION)
        yield f"awskms:{client.create_key()['KeyMetadata']['Arn']}"


def key(address: str, access: KeyAccess = NO_ACCESS) -> awskms.AwsKmsKey:
    return awskms.AwsKmsKey(EscrowKey(awskms.KIND, awskms.parse(address)), access)


def test_an_epoch_key_comes_back_in_its_context_alone(address: str) -> None:
    fresh, wrapped = key(address).new_epoch_key(CONTEXT)
    assert len(fresh) == 32
    assert wrapped[:10] == b"\x01\x04" + key(address).key_id
    assert key(address).unwrap(wrapped, CONTEXT) == fresh
    with pytest.raises(EscrowError, match=ONE_ERROR):
        key(address).unwrap(wrapped, b"elsewhere")
    assert key(address).unwrap(key(address).wrap(b"k" * 32, CONTEXT), CONTEXT) == b"k" * 32


def test_flipped_bits_of_a_wrapped_key_are_refused(address: str) -> None:
    fresh, wrapped = key(address).new_epoch_key(CONTEXT)
    for bit in (*range(80), *range(80, len(wrapped) * 8, 13)):
        flipped = bytearray(wrapped)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(EscrowError) as caught:
            assert key(address).unwrap(bytes(flipped), CONTEXT) == fresh
        # The first 36 bytes of moto's ciphertext name its key; it says «access denied» for another.
        names_key = 80 <= bit < (10 + 36) * 8
        assert names_key or str(caught.value) == "escrow does not open"


def test_another_key_does_not_open_it(address: str) -> None:
    _, wrapped = key(address).new_epoch_key(CONTEXT)
    other = key(f"awskms:{boto3.client('kms', region_name=REGION).create_key()['KeyMetadata']['Arn']}")
    moved = wrapped[:2] + other.key_id + wrapped[10:]
    for blob in (wrapped, moved):
        with pytest.raises(EscrowError, match=ONE_ERROR):
            other.unwrap(blob, CONTEXT)


class Refusing:
    """A client whose every call ends as it is told."""

    def __init__(self, outcome: Callable[[], dict[str, Any]]) -> None:
        self._outcome = outcome

    def __getattr__(self, _name: str) -> Callable[..., dict[str, Any]]:
        return lambda **_: self._outcome()


def raising(error: Exception) -> Callable[[], dict[str, Any]]:
    def outcome() -> dict[str, Any]:
        raise error

    return outcome


def test_what_the_service_refuses_or_does_not_answer(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from botocore.exceptions import ClientError, ConnectTimeoutError, NoCredentialsError, ReadTimeoutError

    denied = ClientError({"Error": {"Code": "AccessDeniedException", "Message": "marzipan"}}, "Decrypt")
    outcomes: list[tuple[Callable[[], dict[str, Any]], str]] = [
        (raising(denied), "was refused: AccessDeniedException"),
        (raising(ConnectTimeoutError(endpoint_url="https://marzipan")), "failed: ConnectTimeoutError"),
        (raising(ReadTimeoutError(endpoint_url="https://marzipan")), "failed: ReadTimeoutError"),
        (raising(NoCredentialsError()), "failed: NoCredentialsError"),
        (lambda: {"KeyId": "arn:other", "Plaintext": b"k" * 32}, "the answer is from another key"),
        (lambda: {"KeyId": address[7:], "Plaintext": b"short", "CiphertextBlob": b"c"}, "no key of 32 bytes"),
    ]
    _, wrapped = key(address).new_epoch_key(CONTEXT)
    for outcome, message in outcomes:
        monkeypatch.setattr(awskms, "_client", lambda *_, outcome=outcome: Refusing(outcome))
        with pytest.raises(EscrowError, match=message) as caught:
            key(address).unwrap(wrapped, CONTEXT)
        assert "marzipan" not in f"{caught.value}{caught.value.hint}"
        with pytest.raises(EscrowError, match=message):
            key(address).new_epoch_key(CONTEXT)


def test_the_client_does_not_wait_longer_than_it_was_given(address: str) -> None:
    config = awskms._client(awskms.parse(address).decode(), 9.0).meta.config  # noqa: SLF001
    tries = config.retries["total_max_attempts"]
    assert (config.connect_timeout, config.read_timeout, tries) == (3.0, 3.0, 2)


def test_the_package_is_asked_for_by_name(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "botocore.exceptions", None)
    with pytest.raises(EscrowError, match="need the package `boto3`") as caught:
        key(address).new_epoch_key(CONTEXT)
    assert ".[kms]" in caught.value.hint


@pytest.mark.parametrize(
    "address",
    [
        "awskms:alias/escrow",
        "awskms:arn:aws:kms:ap-northeast-1:111122223333:alias/escrow",
        "awskms:arn:aws:s3:ap-northeast-1:111122223333:key/1234",
        "awskms:arn:aws:kms:ap-northeast-1:1111:key/1234",
        "awskms:",
    ],
)
def test_an_address_not_understood(address: str) -> None:
    with pytest.raises(EscrowError, match="not understood"):
        awskms.parse(address)


def test_an_escrow_whose_key_is_in_kms(address: str, tmp_path: Path) -> None:
    folder = tmp_path / "escrow"
    url = f"sqlite:///{folder / 'escrow.db'}"
    info = init_escrow(url, folder, passphrase=PASSPHRASE, now=NOW, key=address)
    site = Site(folder, open_private_key(info.private_key, PASSPHRASE))
    site.put("one", rows(2))
    assert reveal(site, "r0") == [b"secret of r0"]
    verify(site.url, site.keys)
    assert list_keys(site.url, site.keys)[0].place == address


def test_a_disabled_key_stops_a_writer_before_anything_is_written(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "escrow"
    url = f"sqlite:///{folder / 'escrow.db'}"
    info = init_escrow(url, folder, passphrase=PASSPHRASE, now=NOW, key=address)
    from botocore.exceptions import ClientError

    disabled = ClientError({"Error": {"Code": "DisabledException"}}, "GenerateDataKey")
    monkeypatch.setattr(awskms, "_client", lambda *_: Refusing(raising(disabled)))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(EscrowError, match="generate_data_key was refused: DisabledException"):
        EscrowWriter.open(url, info.keys, domain="d", run_id="r", now=NOW)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_old_epochs_move_to_kms(address: str, site: Site) -> None:
    site.put("one", rows(1, "a"))
    out = site.folder.parent / "next"
    secrets = open_secrets(site.folder / "escrow.key", PASSPHRASE)
    rotate(site.url, site.keys, secrets, NewKey(address, PASSPHRASE, NO_ACCESS), out=out, now=NOW)
    (out / "escrow.pub").replace(site.folder / "escrow.pub")
    assert rewrap(site.url, site.keys, site.private_key, now=NOW).epochs == 1
    assert reveal(Site(site.folder, open_private_key(out / "escrow.key", PASSPHRASE), site.url), "a0") == [
        b"secret of a0"
    ]
    verify(site.url, site.keys)


def test_a_service_that_does_not_open_what_it_wrapped_is_not_chosen(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(awskms.AwsKmsKey, "unwrap", lambda *_: bytes(32))
    with pytest.raises(EscrowError, match="does not open what it wrapped"):
        kinds.choose(address, NO_ACCESS)
