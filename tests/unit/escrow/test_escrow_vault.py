"""Escrow keys in Vault's Transit engine, against a loopback stand-in: no real server was available."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from escrow_site import NOW, PASSPHRASE, Site, reveal, rows
from transit_fake import CUSTODIAN, WRITER, Transit, serving

from deid.errors import EscrowError
from deid.escrow import EscrowWriter, init_escrow, open_private_key, verify
from deid.escrow.keys import kinds, vault
from deid.escrow.keys.access import NO_ACCESS, KeyAccess
from deid.escrow.keys.create import NewKey
from deid.escrow.keys.local import read_public
from deid.escrow.keys.passphrase import open_secrets
from deid.escrow.keys.wrapper import EscrowKey
from deid.escrow.rotation import list_keys, retire, rewrap, rotate

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")

# A loaded machine may take its time to answer.
AS_WRITER = KeyAccess(vault_token=lambda: WRITER, timeout_s=120.0)
AS_CUSTODIAN = KeyAccess(vault_token=lambda: CUSTODIAN, timeout_s=120.0)
CONTEXT = b"somewhere"
ONE_ERROR = r"^escrow does not open$"


@pytest.fixture
def transit() -> Iterator[Transit]:
    with serving() as fake:
        yield fake


def key(transit: Transit, access: KeyAccess) -> vault.VaultKey:
    return vault.VaultKey(EscrowKey(vault.KIND, vault.parse(transit.url)), access)


def test_an_epoch_key_comes_back_to_the_custodian_and_not_to_the_writer(transit: Transit) -> None:
    fresh, wrapped = key(transit, AS_WRITER).new_epoch_key(CONTEXT)
    assert wrapped[:10] == b"\x01\x05" + key(transit, NO_ACCESS).key_id
    assert wrapped[10:].startswith(b"vault:v1:")
    assert key(transit, AS_CUSTODIAN).unwrap(wrapped, CONTEXT) == fresh
    with pytest.raises(EscrowError, match="VAULT-TRANSIT: decrypt was refused: HTTP 403"):
        key(transit, AS_WRITER).unwrap(wrapped, CONTEXT)
    with pytest.raises(EscrowError, match="VAULT-TRANSIT: encrypt was refused: HTTP 403"):
        key(transit, AS_WRITER).wrap(fresh, CONTEXT)


def test_what_was_wrapped_is_bound_to_its_context(transit: Transit) -> None:
    custodian = key(transit, AS_CUSTODIAN)
    _, wrapped = custodian.new_epoch_key(CONTEXT)
    with pytest.raises(EscrowError, match=ONE_ERROR):
        custodian.unwrap(wrapped, b"elsewhere")
    assert custodian.unwrap(custodian.wrap(b"k" * 32, CONTEXT), CONTEXT) == b"k" * 32


def test_any_flipped_bit_of_a_wrapped_key_is_refused(transit: Transit) -> None:
    custodian = key(transit, AS_CUSTODIAN)
    _, wrapped = custodian.new_epoch_key(CONTEXT)
    n_asked = len(transit.asked)
    for bit in range(len(wrapped) * 8):
        flipped = bytearray(wrapped)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(EscrowError, match=ONE_ERROR):
            custodian.unwrap(bytes(flipped), CONTEXT)
        if bit < 80:
            assert len(transit.asked) == n_asked, "the header is checked before anything is sent"


@pytest.mark.parametrize("wrapped", [b"", b"\x01\x05", b"x" * 10_000])
def test_what_is_no_wrapped_key_is_refused_unsent(transit: Transit, wrapped: bytes) -> None:
    with pytest.raises(EscrowError, match=ONE_ERROR):
        key(transit, AS_CUSTODIAN).unwrap(wrapped, CONTEXT)
    assert transit.asked == []


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ((200, b"no json"), "was not understood"),
        ((200, b'{"data": []}'), "was not understood"),
        ((200, b"[" * 60_000), "was not understood"),
        (
            (200, b'{"data": {"plaintext": "AAAA", "ciphertext": "vault:v1:AAAA"}}'),
            "holds no key of 32 bytes",
        ),
        (
            (200, b'{"data": {"plaintext": "%s", "ciphertext": "x"}}' % (b"A" * 43 + b"=")),
            "holds no ciphertext",
        ),
        ((307, b""), "was refused: HTTP 307"),
        ((404, b""), "was refused: HTTP 404"),
        ((429, b""), "failed: HTTP 429"),
        ((503, b""), "failed: HTTP 503"),
    ],
    ids=["no json", "no data", "deep", "short key", "no ciphertext", "redirect", "no key", "busy", "sealed"],
)
def test_an_answer_that_is_none_is_refused(transit: Transit, answer: tuple[int, bytes], message: str) -> None:
    transit.answer = answer
    with pytest.raises(EscrowError, match=message):
        key(transit, AS_WRITER).new_epoch_key(CONTEXT)


def test_a_slow_server_is_not_waited_for(transit: Transit) -> None:
    transit.held = threading.Event()
    try:
        with pytest.raises(EscrowError, match="datakey/plaintext failed: TimeoutError"):
            key(transit, replace(AS_WRITER, timeout_s=0.2)).new_epoch_key(CONTEXT)
    finally:
        transit.held.set()


def test_no_server_and_no_token() -> None:
    nowhere = vault.VaultKey(EscrowKey(vault.KIND, b"http://127.0.0.1:1/transit/escrow"), AS_WRITER)
    with pytest.raises(EscrowError, match="failed: ConnectionRefusedError"):
        nowhere.new_epoch_key(CONTEXT)
    with pytest.raises(EscrowError, match="no Vault token was given"):
        replace(nowhere, _access=NO_ACCESS).new_epoch_key(CONTEXT)


@pytest.mark.parametrize(("derived", "exportable"), [(False, False), (True, True)])
def test_a_key_that_binds_nothing_or_can_be_taken_out_is_not_chosen(
    transit: Transit,
    derived: bool,  # noqa: FBT001
    exportable: bool,  # noqa: FBT001
) -> None:
    transit.derived, transit.exportable = derived, exportable
    with pytest.raises(EscrowError, match="must be derived and not exportable"):
        kinds.choose(transit.url, AS_CUSTODIAN)


@pytest.mark.parametrize(
    "address",
    [
        "vault:http://vault.example/transit/key",
        "vault:https://user:marzipan@vault.example/transit/key",
        "vault:https://vault.example/key",
        "vault:https://vault.example/transit/../key",
        "vault:https://vault.example/transit/key?marzipan=1",
        "vault:https://vault.example:port/transit/key",
        "vault:ftp://vault.example/transit/key",
        "vault:",
    ],
)
def test_an_address_not_understood_is_not_repeated(address: str) -> None:
    with pytest.raises(EscrowError, match="not understood") as caught:
        vault.parse(address)
    assert "marzipan" not in str(caught.value)


@pytest.mark.parametrize(
    "address", ["https://vault.example:8200/team/transit/k", "http://[::1]:8200/transit/k"]
)
def test_an_address_understood(address: str) -> None:
    assert vault.parse(f"vault:{address}") == address.encode()


def test_an_escrow_whose_key_is_in_vault(transit: Transit, tmp_path: Path) -> None:
    folder = tmp_path / "escrow"
    url = f"sqlite:///{folder / 'escrow.db'}"
    info = init_escrow(url, folder, passphrase=PASSPHRASE, now=NOW, key=transit.url, access=AS_CUSTODIAN)
    site = Site(folder, open_private_key(info.private_key, PASSPHRASE, AS_CUSTODIAN))
    with EscrowWriter.open(site.url, site.keys, domain="d", run_id="r", now=NOW, access=AS_WRITER) as writer:
        writer.put("one", rows(2))
    n_asked = len(transit.asked)
    assert reveal(site, "r0") == [b"secret of r0"]
    assert [path for _, path, _ in transit.asked[n_asked:]] == ["/v1/transit/decrypt/escrow"]
    verify(site.url, site.keys)
    assert list_keys(site.url, site.keys)[0].place == transit.url
    with pytest.raises(EscrowError, match=ONE_ERROR):  # the writer's token opens nothing
        reveal(Site(folder, open_private_key(info.private_key, PASSPHRASE, AS_WRITER)), "r0")


def test_a_refusal_comes_before_anything_is_written(transit: Transit, tmp_path: Path) -> None:
    folder = tmp_path / "escrow"
    url = f"sqlite:///{folder / 'escrow.db'}"
    info = init_escrow(url, folder, passphrase=PASSPHRASE, now=NOW, key=transit.url, access=AS_CUSTODIAN)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    transit.answer = (503, b"")
    with pytest.raises(EscrowError, match="failed: HTTP 503"):
        EscrowWriter.open(url, info.keys, domain="d", run_id="r", now=NOW, access=AS_WRITER)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    with pytest.raises(EscrowError, match="failed: HTTP 503"):
        init_escrow(f"sqlite:///{tmp_path / 'b' / 'e.db'}", tmp_path / "b", passphrase=PASSPHRASE, now=NOW,
                    key=transit.url, access=AS_CUSTODIAN)  # fmt: skip
    assert not (tmp_path / "b").exists()


def test_from_files_to_vault_and_back(transit: Transit, site: Site) -> None:
    site.put("one", rows(1, "a"))
    secrets = open_secrets(site.folder / "escrow.key", PASSPHRASE)
    out = site.folder.parent / "next"
    new = NewKey(transit.url, PASSPHRASE, AS_CUSTODIAN)
    made = rotate(site.url, site.keys, secrets, new, out=out, now=NOW)
    (out / "escrow.pub").replace(site.folder / "escrow.pub")
    done = rewrap(site.url, site.keys, site.private_key, now=NOW, access=AS_CUSTODIAN)
    assert (done.epochs, done.missing) == (1, 0)
    in_vault = Site(site.folder, open_private_key(out / "escrow.key", PASSPHRASE, AS_CUSTODIAN), site.url)
    retire(site.url, site.keys, in_vault.private_key, key_id=made.before, now=NOW)
    assert reveal(in_vault, "a0") == [b"secret of a0"]
    verify(site.url, site.keys)
    back = site.folder.parent / "back"
    files = NewKey("local:hybrid", PASSPHRASE, NO_ACCESS)
    rotate(site.url, site.keys, open_secrets(out / "escrow.key", PASSPHRASE), files, out=back, now=NOW)
    (back / "escrow.pub").replace(site.folder / "escrow.pub")
    rewrap(site.url, site.keys, in_vault.private_key, now=NOW)
    assert reveal(Site(site.folder, open_private_key(back / "escrow.key", PASSPHRASE), site.url), "a0") == [
        b"secret of a0"
    ]
    verify(site.url, site.keys)


def test_nothing_it_says_holds_a_token(transit: Transit) -> None:
    access = KeyAccess(vault_token=lambda: "s.marzipan")
    holder = key(transit, access)
    with pytest.raises(EscrowError) as caught:
        holder.new_epoch_key(CONTEXT)
    assert "marzipan" not in f"{caught.value} {caught.value.hint} {holder!r} {access!r}"
    sent = b"".join(str(body).encode() for _, _, body in transit.asked)
    assert CONTEXT not in sent


def test_the_public_file_pins_the_address(transit: Transit, tmp_path: Path) -> None:
    folder = tmp_path / "escrow"
    url = f"sqlite:///{folder / 'escrow.db'}"
    info = init_escrow(url, folder, passphrase=PASSPHRASE, now=NOW, key=transit.url, access=AS_CUSTODIAN)
    path = folder / "escrow.pub"
    elsewhere = b"http://127.0.0.1:9/transit/escrow".hex()
    path.write_text(path.read_text().replace(read_public(info.keys).key.raw.hex(), elsewhere))
    with pytest.raises(EscrowError, match="its signature does not hold"):
        read_public(info.keys)
