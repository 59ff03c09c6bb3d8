"""The hybrid escrow key, ML-KEM-768 + X25519, as the files and blobs have it."""

import json
import pickle
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import UnsupportedAlgorithm

from deid.errors import EscrowError
from deid.escrow.envelope import encode
from deid.escrow.keys import hpke, kinds
from deid.escrow.keys.access import NO_ACCESS
from deid.escrow.keys.wrapper import EscrowKey

CONTEXT = b"somewhere"
ONE_ERROR = r"^escrow does not open$"


@pytest.fixture(scope="module")
def pair() -> tuple[hpke.HpkeWrapper, hpke.HpkeUnwrapper]:
    key, private = kinds.choose("local:hybrid", NO_ACCESS)
    return hpke.HpkeWrapper(key), hpke.unwrapper(hpke.HYBRID, private)


def test_sizes_are_those_of_the_format(pair: tuple[hpke.HpkeWrapper, hpke.HpkeUnwrapper]) -> None:
    wrapper, unwrapper = pair
    fresh, wrapped = wrapper.new_epoch_key(CONTEXT)
    assert (len(wrapper.key.raw), len(wrapped)) == (1184 + 32, 10 + 1120 + 32 + 16)
    assert wrapped[:10] == b"\x01\x03" + unwrapper.key_id
    assert unwrapper.unwrap(wrapped, CONTEXT) == fresh
    assert wrapper.wrap(fresh, CONTEXT) != wrapped
    with pytest.raises(EscrowError, match=ONE_ERROR):
        unwrapper.unwrap(wrapped, b"elsewhere")


def test_any_flipped_bit_is_refused(pair: tuple[hpke.HpkeWrapper, hpke.HpkeUnwrapper]) -> None:
    wrapper, unwrapper = pair
    _, wrapped = wrapper.new_epoch_key(CONTEXT)
    for bit in range(len(wrapped) * 8):
        flipped = bytearray(wrapped)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(EscrowError, match=ONE_ERROR):
            unwrapper.unwrap(bytes(flipped), CONTEXT)


@pytest.mark.parametrize("n_bytes", [0, 9, 1177, 1179, 90])
def test_any_other_length_is_refused(pair: tuple[hpke.HpkeWrapper, hpke.HpkeUnwrapper], n_bytes: int) -> None:
    wrapper, unwrapper = pair
    _, wrapped = wrapper.new_epoch_key(CONTEXT)
    with pytest.raises(EscrowError, match=ONE_ERROR):
        unwrapper.unwrap((wrapped + b"x")[:n_bytes], CONTEXT)


@pytest.mark.parametrize("half", [slice(0, 64), slice(64, 96)], ids=["ML-KEM", "X25519"])
def test_both_halves_are_needed(half: slice) -> None:
    private, other = hpke.generate(hpke.HYBRID), hpke.generate(hpke.HYBRID)
    key = hpke.unwrapper(hpke.HYBRID, private).key
    fresh, wrapped = hpke.HpkeWrapper(key).new_epoch_key(CONTEXT)
    mixed = bytearray(private)
    mixed[half] = other[half]
    with pytest.raises(EscrowError, match=ONE_ERROR):
        assert hpke.unwrapper(hpke.HYBRID, bytes(mixed)).unwrap(wrapped, CONTEXT) == fresh


def test_a_private_key_of_another_size_is_refused() -> None:
    for kem, n_bytes in ((hpke.HYBRID, 95), (hpke.X25519, 31), (hpke.X25519, 96)):
        with pytest.raises(EscrowError, match=ONE_ERROR):
            hpke.unwrapper(kem, bytes(n_bytes))


def test_a_build_without_ml_kem_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class Without:
        @staticmethod
        def generate() -> None:
            raise UnsupportedAlgorithm("no ML-KEM")

    monkeypatch.setattr(hpke, "MLKEM768PrivateKey", Without)
    with pytest.raises(EscrowError, match="has no ML-KEM"):
        kinds.choose("local:hybrid", NO_ACCESS)


@pytest.mark.parametrize("spec", ["local:rsa", "gcpkms:projects/x", "", "x25519"])
def test_a_kind_not_understood(spec: str) -> None:
    with pytest.raises(EscrowError, match="not understood"):
        kinds.choose(spec, NO_ACCESS)


def test_an_unknown_kind_opens_nothing() -> None:
    assert not kinds.fits(EscrowKey("P-256", bytes(32)))
    with pytest.raises(EscrowError, match=ONE_ERROR):
        kinds.unwrapper("P-256", bytes(32), NO_ACCESS)


def test_it_is_neither_printed_nor_pickled(pair: tuple[hpke.HpkeWrapper, hpke.HpkeUnwrapper]) -> None:
    _, unwrapper = pair
    assert "object at" not in repr(unwrapper)
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(unwrapper)


VECTORS = json.loads((Path(__file__).parents[2] / "golden" / "escrow" / "vectors.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS["hybrid"], ids=lambda vector: vector["name"])
def test_wrapped_key_vectors(vector: dict[str, Any]) -> None:
    unwrapper = hpke.unwrapper(hpke.HYBRID, bytes.fromhex(VECTORS["hybrid_private_key"]))
    context, wrapped = encode(*map(bytes.fromhex, vector["context"])), bytes.fromhex(vector["wrapped"])
    if vector["key"] is not None:
        assert unwrapper.unwrap(wrapped, context).hex() == vector["key"]
        return
    with pytest.raises(EscrowError, match=ONE_ERROR):
        unwrapper.unwrap(wrapped, context)
