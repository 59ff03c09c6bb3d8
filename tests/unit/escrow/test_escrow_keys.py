import errno
import hashlib
import hmac
import json
import os
import pickle
import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from escrow_site import NOW, PASSPHRASE, Site

from deid.errors import EscrowError
from deid.escrow import envelope, open_private_key
from deid.escrow.keys import files, passphrase
from deid.escrow.keys.hpke import HpkeUnwrapper
from deid.escrow.keys.index import IndexKey
from deid.escrow.keys.local import public_path, read_public, read_writer, signed_public
from deid.escrow.keys.secrets import Secrets
from deid.escrow.keys.wrapper import EscrowKey

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")

CONTEXT = envelope.encode(b"somewhere")


# HPKE, checked against another implementation of RFC 9180 written from its text


def _extract(salt: bytes, suite: bytes, label: bytes, material: bytes) -> bytes:
    return hmac.digest(salt, b"HPKE-v1" + suite + label + material, "sha256")


def _expand(key: bytes, suite: bytes, label: bytes, info: bytes, length: int) -> bytes:
    labeled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return HKDFExpand(hashes.SHA256(), length, labeled).derive(key)


def open_hpke(private: X25519PrivateKey, data: bytes, info: bytes, aad: bytes, *, key_bytes: int) -> bytes:
    """Open one message in base mode: RFC 9180 sections 4.1, 5.1 and 5.2, X25519 and HKDF-SHA256."""
    kem, aead = b"KEM\x00\x20", {16: 1, 32: 2}[key_bytes]
    suite = b"HPKE\x00\x20\x00\x01" + aead.to_bytes(2, "big")
    encapsulated, sealed = data[:32], data[32:]
    shared = private.exchange(X25519PublicKey.from_public_bytes(encapsulated))
    pair = encapsulated + private.public_key().public_bytes_raw()
    secret = _expand(_extract(b"", kem, b"eae_prk", shared), kem, b"shared_secret", pair, 32)
    context = b"\0" + _extract(b"", suite, b"psk_id_hash", b"") + _extract(b"", suite, b"info_hash", info)
    schedule = _extract(secret, suite, b"secret", b"")
    key = _expand(schedule, suite, b"key", context, key_bytes)
    return AESGCM(key).decrypt(_expand(schedule, suite, b"base_nonce", context, 12), sealed, aad)


def test_the_other_implementation_opens_the_vector_of_rfc_9180() -> None:
    """RFC 9180 appendix A.1.1.1, sequence number 0."""
    private = bytes.fromhex("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8")
    encapsulated = "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431"
    sealed = "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a"
    opened = open_hpke(
        X25519PrivateKey.from_private_bytes(private),
        bytes.fromhex(encapsulated + sealed),
        b"Ode on a Grecian Urn",
        b"Count-0",
        key_bytes=16,
    )
    assert opened == b"Beauty is truth, truth beauty"


def test_an_epoch_key_is_hpke_as_specified(template: Site) -> None:
    key, wrapped = read_public(template.keys).wrapper().new_epoch_key(CONTEXT)
    assert wrapped[:2] == b"\x01\x02"
    assert wrapped[2:10] == template.private_key.key_id
    unwrapper = template.private_key._unwrapper  # noqa: SLF001
    assert isinstance(unwrapper, HpkeUnwrapper)
    secret = unwrapper._secret  # noqa: SLF001
    assert isinstance(secret, X25519PrivateKey)
    info = CONTEXT + envelope.encode(wrapped[:10])
    assert open_hpke(secret, wrapped[10:], info, b"", key_bytes=32) == key


# wrapping


def test_an_epoch_key_comes_back_only_to_the_private_key(template: Site, stranger: Site) -> None:
    wrapper, unwrapper = read_public(template.keys).wrapper(), template.private_key
    key, wrapped = wrapper.new_epoch_key(CONTEXT)
    assert unwrapper.unwrap(wrapped, CONTEXT) == key
    assert not hasattr(wrapper, "unwrap")
    with pytest.raises(EscrowError, match=r"^escrow does not open$"):
        stranger.private_key.unwrap(wrapped, CONTEXT)
    with pytest.raises(EscrowError, match=r"^escrow does not open$"):
        unwrapper.unwrap(wrapped, envelope.encode(b"elsewhere"))


def test_two_epoch_keys_differ(template: Site) -> None:
    public = read_public(template.keys)
    assert public.wrapper().new_epoch_key(CONTEXT)[0] != public.wrapper().new_epoch_key(CONTEXT)[0]


def test_any_flipped_bit_of_a_wrapped_key_is_refused(template: Site) -> None:
    _, wrapped = read_public(template.keys).wrapper().new_epoch_key(CONTEXT)
    accepted = []
    for bit in range(8 * len(wrapped)):
        flipped = bytearray(wrapped)
        flipped[bit // 8] ^= 1 << bit % 8
        try:
            template.private_key.unwrap(bytes(flipped), CONTEXT)
            accepted.append(bit)
        except EscrowError:
            pass
    assert accepted == []


def test_any_other_length_of_a_wrapped_key_is_refused(template: Site) -> None:
    _, wrapped = read_public(template.keys).wrapper().new_epoch_key(CONTEXT)
    for wrong in [wrapped[:n] for n in range(len(wrapped))] + [wrapped + b"\0"]:
        with pytest.raises(EscrowError):
            template.private_key.unwrap(wrong, CONTEXT)


@pytest.mark.parametrize("n_bytes", [31, 33])
def test_a_wrapped_key_of_another_size_is_refused(
    template: Site, monkeypatch: pytest.MonkeyPatch, n_bytes: int
) -> None:
    monkeypatch.setattr(envelope, "new_key", lambda: bytes(n_bytes))
    _, wrapped = read_public(template.keys).wrapper().new_epoch_key(CONTEXT)
    with pytest.raises(EscrowError, match=r"^escrow does not open$"):
        template.private_key.unwrap(wrapped, CONTEXT)


# files


def test_secret_files_are_for_their_owner_alone(template: Site) -> None:
    modes = {path.name: path.stat().st_mode & 0o777 for path in template.folder.iterdir()}
    assert {modes["escrow.key"], modes["writer.key"], modes["escrow.db"]} == {0o600}
    assert template.folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o601])
def test_a_secret_file_open_to_others_is_refused(site: Site, mode: int) -> None:
    (site.folder / "writer.key").chmod(mode)
    (site.folder / "escrow.key").chmod(mode)
    with pytest.raises(EscrowError, match=r"writer\.key: open to others"):
        read_writer(site.keys, read_public(site.keys))
    with pytest.raises(EscrowError, match=r"escrow\.key: open to others"):
        open_private_key(site.folder / "escrow.key", PASSPHRASE)


def test_a_public_key_given_for_a_secret_one_may_be_open_to_others(site: Site) -> None:
    path = site.folder / "escrow.pub"
    path.chmod(0o644)
    with pytest.raises(EscrowError, match=r"escrow\.pub: not a key file of format deid-escrow-private"):
        open_private_key(path, PASSPHRASE)


@pytest.mark.parametrize("step", [9, pytest.param(1, marks=pytest.mark.slow)])
def test_any_flipped_bit_of_the_public_file_is_refused(site: Site, step: int) -> None:
    path = site.folder / "escrow.pub"
    data = path.read_bytes()
    accepted = []
    for bit in range(0, 8 * len(data), step):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        path.write_bytes(bytes(flipped))
        try:
            read_public(site.keys)
            accepted.append(bit)
        except EscrowError:
            pass
    assert accepted == []


def test_a_public_key_of_another_escrow_is_refused(site: Site, stranger: Site) -> None:
    shutil.copy(stranger.folder / "escrow.pub", site.folder / "escrow.pub")
    with pytest.raises(EscrowError, match=r"does not belong to the escrow\.pub beside it"):
        site.writer()


def test_a_swapped_pair_of_key_files_is_refused_by_the_database(site: Site, stranger: Site) -> None:
    for name in ("escrow.pub", "writer.key"):
        shutil.copy(stranger.folder / name, site.folder / name)
    with pytest.raises(EscrowError, match="belongs to another escrow"):
        site.writer()


def test_the_wrong_passphrase_is_refused(template: Site) -> None:
    with pytest.raises(EscrowError, match=r"^escrow does not open$"):
        open_private_key(template.folder / "escrow.key", PASSPHRASE + b"!")


def edit(path: Path, **changes: object) -> None:
    fields = json.loads(path.read_text())
    fields.update(changes)
    path.write_text(json.dumps(fields))


def test_a_public_file_altered_or_of_another_kind(site: Site) -> None:
    path = site.folder / "escrow.pub"
    for change in ({"kem": "P-256"}, {"kem": "X25519", "created": "yesterday"}):
        edit(path, **change)
        with pytest.raises(EscrowError, match="its signature does not hold"):
            read_public(site.keys)


@pytest.mark.parametrize(("kem", "n_bytes"), [("P-256", 32), ("X25519", 33), ("MLKEM768-X25519", 32)])
def test_a_public_file_of_a_kind_or_size_unknown_is_refused_though_signed(
    site: Site, kem: str, n_bytes: int
) -> None:
    key, public = EscrowKey(kem, bytes(n_bytes)), read_public(site.keys)
    signer = site.private_key.author().signer
    signed = signed_public(
        public.escrow_id, key, public.writer_log.public_bytes_raw(), public.created
    )  # fmt: skip
    signature = signer.sign(signed).hex()
    edit(site.folder / "escrow.pub", kem=kem, public_key=key.raw.hex(), signature=signature)
    with pytest.raises(EscrowError, match="unknown kind of key"):
        read_public(site.keys)


def test_a_private_file_of_another_kind(site: Site) -> None:
    secrets = Secrets("0" * 32, "X25518", bytes(32), bytes(32), bytes(32))
    fields = passphrase.private_fields(secrets, PASSPHRASE)
    files.create(site.folder / "other.key", fields, secret=True)
    with pytest.raises(EscrowError, match=r"^escrow does not open$"):
        open_private_key(site.folder / "other.key", PASSPHRASE)


def test_a_key_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "new.key"
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail_for_space)
        with pytest.raises(EscrowError, match=r"new\.key: cannot write: No space left"):
            files.create(path, {"format": "x"}, secret=True)
    assert not path.exists()
    files.create(path, {"format": "x"}, secret=True)
    with pytest.raises(EscrowError, match="exists already"):
        files.create(path, {"format": "y"}, secret=True)
    assert json.loads(path.read_text()) == {"format": "x"}
    with pytest.raises(EscrowError, match="cannot be made"):
        files.create(path / "below", {}, secret=True)


def fail_for_space(_: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize(
    "changes",
    [
        {"argon2_memory_kib": 65_535},
        {"argon2_memory_kib": 1 << 30},
        {"argon2_passes": 1},
        {"argon2_passes": 1 << 40},
        {"argon2_lanes": 0},
        {"argon2_lanes": -4},
        {"argon2_lanes": "4"},
        {"argon2_lanes": True},
        {"salt": "00"},
        {"salt": "Z" * 32},
        {"sealed": ""},
        {"sealed": 7},
        {"escrow_id": "0" * 31},
        {"format": "deid-escrow-private/v2"},
        {"surplus": "1"},
    ],
)
def test_a_private_file_out_of_bounds_is_refused_before_any_work(
    site: Site, monkeypatch: pytest.MonkeyPatch, changes: dict[str, object]
) -> None:
    path = site.folder / "escrow.key"
    edit(path, **changes)
    monkeypatch.setattr("deid.escrow.keys.passphrase.Argon2id", None)
    with pytest.raises(EscrowError, match=r"escrow\.key: "):
        open_private_key(path, PASSPHRASE)


@pytest.mark.parametrize("name", ["sealed", "escrow_id", "salt"])
def test_an_altered_private_file_is_refused(site: Site, stranger: Site, name: str) -> None:
    path = site.folder / "escrow.key"
    edit(path, **{name: json.loads((stranger.folder / "escrow.key").read_text())[name]})
    with pytest.raises(EscrowError, match=r"^escrow does not open$"):
        open_private_key(path, PASSPHRASE)


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"7", b"\xff", b'{"format":1}', b'{"format":"a","format":"b"}']
)
def test_what_is_no_key_file_is_refused(site: Site, data: bytes) -> None:
    (site.folder / "escrow.pub").write_bytes(data)
    with pytest.raises(EscrowError, match="not a key file"):
        read_public(site.keys)


def test_a_missing_key_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(EscrowError, match="no such key file") as caught:
        read_public(f"local:{tmp_path}/escrow.pub")
    assert "deid escrow init" in caught.value.hint


def test_a_folder_is_no_key_file(tmp_path: Path) -> None:
    with pytest.raises(EscrowError, match="cannot read"):
        read_public(f"local:{tmp_path}")


@pytest.mark.parametrize("spec", ["", "local:", "escrow.pub", "awskms:alias/x"])
def test_a_specification_not_understood(spec: str) -> None:
    with pytest.raises(EscrowError, match="not understood"):
        public_path(spec)


def test_keys_are_neither_printed_nor_pickled(template: Site) -> None:
    public = read_public(template.keys)
    writer = read_writer(template.keys, public)
    secrets = json.loads((template.folder / "writer.key").read_text())
    for key in (template.private_key, writer, writer.index, writer.author()):
        assert secrets["signing_key"] not in repr(key)
        assert "object at" not in repr(key)
    for key in (template.private_key, writer, writer.index):
        with pytest.raises(TypeError, match="not pickled"):
            pickle.dumps(key)


def test_index_ids_are_hmacs_that_tell_records_from_subjects() -> None:
    key = bytes(range(32))
    index = IndexKey.of(key)
    expected = hmac.digest(key, b"deid/escrow/index/v1|record|" + "会話1".encode(), hashlib.sha256)[:16]
    assert index.record("会話1") == expected
    assert index.record("会話1") != index.subject("会話1")
    assert index.record("\ud800") != index.record("?")


def test_the_time_needs_a_zone(site: Site) -> None:
    from deid.errors import InputError
    from deid.escrow import checkpoint

    with pytest.raises(InputError, match="no time zone"):
        checkpoint(site.url, site.keys, now=NOW.replace(tzinfo=None))
