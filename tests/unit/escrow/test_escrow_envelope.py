import hashlib
import pickle

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from deid.errors import EscrowError
from deid.escrow import envelope
from deid.escrow.envelope import DataKey, EpochContext, decode, encode, record_context

KEY = bytes(range(32))


def test_encode_puts_a_length_before_each_field() -> None:
    assert encode(b"ab", b"") == b"\0\0\0\2ab\0\0\0\0"
    assert encode(b"a", b"b") != encode(b"ab", b"")


@pytest.mark.parametrize(
    "data", [b"", b"\0", b"\0\0\0\1", b"\0\0\0\1ab", encode(b"a"), encode(b"a", b"b", b"c")]
)
def test_decode_refuses_all_but_the_exact_number_of_fields(data: bytes) -> None:
    with pytest.raises(EscrowError, match=r"^escrow does not open$"):
        decode(data, 2)


def test_decode_is_the_inverse_of_encode() -> None:
    assert decode(encode(b"", b"xyz"), 2) == [b"", b"xyz"]


def test_a_blob_is_laid_out_as_specified() -> None:
    blob = DataKey.of(KEY).seal(b"hello", b"context")
    key_id = hashlib.sha256(b"deid/escrow/key-id/v1" + KEY).digest()[:8]
    assert blob[:10] == b"\x01\x01" + key_id
    assert len(blob) == 10 + 12 + 5 + 16
    associated = b"context" + b"\0\0\0\x0a" + blob[:10]
    assert AESGCM(KEY).decrypt(blob[10:22], blob[22:], associated) == b"hello"


def test_any_flipped_bit_is_refused() -> None:
    key = DataKey.of(KEY)
    blob = key.seal(b"hello", b"context")
    for bit in range(8 * len(blob)):
        flipped = bytearray(blob)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(EscrowError, match=r"^escrow does not open$"):
            key.unseal(bytes(flipped), b"context")


def test_any_other_length_is_refused() -> None:
    key = DataKey.of(KEY)
    blob = key.seal(b"hello", b"context")
    for wrong in [blob[:n] for n in range(len(blob))] + [blob + b"\0"]:
        with pytest.raises(EscrowError, match=r"^escrow does not open$"):
            key.unseal(wrong, b"context")


@pytest.mark.parametrize("context", [b"", b"contex", b"context\0", b"Context"])
def test_another_context_is_refused(context: bytes) -> None:
    key = DataKey.of(KEY)
    with pytest.raises(EscrowError):
        key.unseal(key.seal(b"hello", b"context"), context)


def test_another_key_is_refused_even_when_it_claims_the_key_id() -> None:
    blob = DataKey.of(KEY).seal(b"hello", b"context")
    other = DataKey.of(bytes(32))
    with pytest.raises(EscrowError):
        other.unseal(blob, b"context")
    with pytest.raises(EscrowError):
        other.unseal(b"\x01\x01" + other.key_id + blob[10:], b"context")


def test_a_blob_past_the_bound_is_refused_before_it_is_decrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    key = DataKey.of(KEY)
    blob = key.seal(b"x" * 65, b"")
    monkeypatch.setattr(envelope, "MAX_PLAINTEXT_BYTES", 64)
    with pytest.raises(EscrowError):
        key.unseal(blob, b"")


def test_nonces_do_not_repeat() -> None:
    key = DataKey.of(KEY)
    assert len({key.seal(b"", b"")[10:22] for _ in range(20_000)}) == 20_000


def test_a_key_is_neither_printed_nor_pickled() -> None:
    key = DataKey.of(KEY)
    assert repr(key) == f"DataKey(key_id={key.key_id!r})"
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(key)


def test_contexts_differ_in_every_part() -> None:
    base = EpochContext("e" * 32, "w" * 32, "run", "domain")
    others = [
        EpochContext("f" * 32, "w" * 32, "run", "domain"),
        EpochContext("e" * 32, "v" * 32, "run", "domain"),
        EpochContext("e" * 32, "w" * 32, "runs", "domain"),
        EpochContext("e" * 32, "w" * 32, "run", "domains"),
    ]
    assert len({context.wrapped_key() for context in [base, *others]}) == 5
    records = {
        record_context(base.batch("b", "a"), b"r", b"s"),
        record_context(base.batch("ba", ""), b"r", b"s"),
        record_context(base.batch("b", "a"), b"rs", b""),
        record_context(others[3].batch("b", "a"), b"r", b"s"),
        base.subject_key(b"r", b"s"),
    }
    assert len(records) == 5


def test_aes_256_gcm_is_the_standards() -> None:
    """McGrew and Viega, The Galois/Counter Mode of Operation, test case 16."""
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
    plaintext = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    sealed = AESGCM(key).encrypt(
        bytes.fromhex("cafebabefacedbaddecaf888"),
        plaintext,
        bytes.fromhex("feedfacedeadbeef" * 2 + "abaddad2"),
    )
    assert sealed.hex() == (
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b"
    )


def test_ed25519_is_the_standards() -> None:
    """RFC 8032 section 7.1, test 1."""
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    assert Ed25519PrivateKey.from_private_bytes(seed).sign(b"").hex() == (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b"
    )
