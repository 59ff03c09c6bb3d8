"""An escrow of format 1, made once: it must open for ever, and its altered copy never."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from escrow_site import NOW, Site, reveal, rows

from deid.errors import EscrowError
from deid.escrow import Checkpoint, open_private_key, restore, shred, verify
from deid.escrow.envelope import DataKey, encode

GOLDEN = Path(__file__).parents[2] / "golden" / "escrow"
EXPECTED: dict[str, Any] = json.loads((GOLDEN / "expected.json").read_text(encoding="utf-8"))
VECTORS: dict[str, Any] = json.loads((GOLDEN / "vectors.json").read_text(encoding="utf-8"))


@pytest.fixture
def golden(tmp_path: Path) -> Site:
    folder = tmp_path / "escrow"
    folder.mkdir(mode=0o700)
    for path in GOLDEN.iterdir():
        shutil.copyfile(path, folder / path.name)
        (folder / path.name).chmod(0o600)
    private_key = open_private_key(folder / "escrow.key", EXPECTED["passphrase"].encode())
    return Site(folder, private_key, f"sqlite:///{folder / 'escrow.db'}")


def test_it_verifies_against_the_checkpoint_kept_beside_it(golden: Site) -> None:
    report = verify(golden.url, golden.keys, checkpoint=Checkpoint(**EXPECTED["checkpoint"]))
    assert (report.root, report.n_records) == (EXPECTED["log_root"], EXPECTED["n_records"])


def test_it_opens(golden: Site) -> None:
    published = EXPECTED["published"]
    for record, payloads in EXPECTED["payloads"].items():
        assert [each.decode() for each in reveal(golden, record, published)] == payloads
    for record in (*EXPECTED["shredded"], *EXPECTED["unknown"]):
        with pytest.raises(EscrowError, match=r"^escrow does not open$"):
            reveal(golden, record, published)


def test_its_index_ids_are_still_the_same(golden: Site) -> None:
    index = golden.private_key.index
    assert {name: index.record(name).hex() for name in ("a0",)} == EXPECTED["index"]["record"]
    assert {name: index.subject(name).hex() for name in ("user-2",)} == EXPECTED["index"]["subject"]


def test_it_can_be_written_and_shredded_on(golden: Site) -> None:
    golden.put("shard-2", rows(3))
    assert reveal(golden, "r2") == [b"secret of r2"]
    assert len(shred(golden.url, golden.keys, subject="user-0", why="request 2", now=NOW).key_ids) == 1
    verify(golden.url, golden.keys, checkpoint=Checkpoint(**EXPECTED["checkpoint"]))


def test_its_altered_copy_does_not_verify(golden: Site) -> None:
    (golden.folder / "altered.db").replace(golden.database)
    with pytest.raises(EscrowError, match=r"batch shard-1 .* is altered or missing"):
        verify(golden.url, golden.keys)


def test_its_backup_is_still_restored(golden: Site) -> None:
    golden.database.unlink()
    saved = golden.folder / "escrow.bak"
    report = restore(saved, golden.url, golden.keys, private_key=golden.private_key, now=NOW)
    assert (report.made_at, report.n_records) == ("2026-02-01T09:00:00Z", EXPECTED["n_records"])
    verify(golden.url, golden.keys, checkpoint=Checkpoint(**EXPECTED["checkpoint"]))
    test_it_opens(golden)


@pytest.mark.parametrize("vector", VECTORS["aes-256-gcm"], ids=lambda vector: vector["name"])
def test_blob_vectors(vector: dict[str, Any]) -> None:
    context = encode(*map(bytes.fromhex, vector["context"]))
    key, blob = DataKey.of(bytes.fromhex(vector["key"])), bytes.fromhex(vector["blob"])
    if vector["plaintext"] is not None:
        assert key.unseal(blob, context).hex() == vector["plaintext"]
        return
    with pytest.raises(EscrowError, match=r"^escrow does not open$"):
        key.unseal(blob, context)


@pytest.mark.parametrize("vector", VECTORS["hpke"], ids=lambda vector: vector["name"])
def test_wrapped_key_vectors(golden: Site, vector: dict[str, Any]) -> None:
    context, wrapped = encode(*map(bytes.fromhex, vector["context"])), bytes.fromhex(vector["wrapped"])
    if vector["key"] is not None:
        assert golden.private_key.unwrap(wrapped, context).hex() == vector["key"]
        return
    with pytest.raises(EscrowError, match=r"^escrow does not open$"):
        golden.private_key.unwrap(wrapped, context)


def test_the_vectors_name_their_private_key(golden: Site) -> None:
    secret = X25519PrivateKey.from_private_bytes(bytes.fromhex(VECTORS["hpke_private_key"]))
    public = json.loads((golden.folder / "escrow.pub").read_text())["public_key"]
    assert secret.public_key().public_bytes_raw().hex() == public
