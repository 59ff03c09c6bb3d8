from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.errors import EscrowError
from deid.escrow import (
    merkle,
)
from deid.escrow.envelope import DataKey, decode, encode

NOW = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)
PASSPHRASE = b"correct horse battery"


@given(st.lists(st.binary(max_size=40), max_size=5), st.lists(st.binary(max_size=40), max_size=5))
def test_encode_is_injective_and_decode_undoes_it(one: list[bytes], other: list[bytes]) -> None:
    assert (encode(*one) == encode(*other)) == (one == other)
    assert decode(encode(*one), len(one)) == one


@given(st.binary(max_size=200), st.integers(0, 5))
def test_decode_takes_only_what_encode_gives(data: bytes, n_fields: int) -> None:
    try:
        fields = decode(data, n_fields)
    except EscrowError:
        return
    assert encode(*fields) == data


@given(st.binary(max_size=300), st.binary(max_size=50), st.data())
def test_a_blob_opens_as_it_was_and_in_its_place_only(
    payload: bytes, context: bytes, data: st.DataObject
) -> None:
    key = DataKey.of(bytes(32))
    blob = key.seal(payload, context)
    assert key.unseal(blob, context) == payload
    bit = data.draw(st.integers(0, 8 * len(blob) - 1))
    flipped = bytearray(blob)
    flipped[bit // 8] ^= 1 << bit % 8
    other = data.draw(st.binary(max_size=50).filter(lambda each: each != context))
    for wrong, place in ((bytes(flipped), context), (blob, other)):
        with pytest.raises(EscrowError):
            key.unseal(wrong, place)


def recursive_root(leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, as it is written there."""
    if len(leaves) < 2:
        return leaves[0] if leaves else merkle.root([])
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return merkle.node(recursive_root(leaves[:split]), recursive_root(leaves[split:]))


@given(st.lists(st.binary(max_size=4), max_size=70))
def test_every_way_to_a_root_agrees_with_the_standard(data: list[bytes]) -> None:
    leaves, frontier = [merkle.leaf(each) for each in data], merkle.Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    assert merkle.root(leaves) == frontier.root() == recursive_root(leaves)
