import copy
import hashlib
import hmac
import pickle
import string

import pytest

from deid.errors import InputError
from deid.transform.tokens import ReplacementKey

KEY = bytes(range(32))


def by_hand(purpose: str, *parts: str) -> bytes:
    """RFC 5869 expand (one block) and RFC 2104, from the standard library alone."""
    info = b"deid/replacement/v1|" + purpose.encode()
    sub_key = hmac.new(KEY, info + b"\x01", hashlib.sha256).digest()
    message = b"".join(len(p.encode()).to_bytes(8, "big") + p.encode() for p in parts)
    return hmac.new(sub_key, message, hashlib.sha256).digest()


def test_digest_is_hmac_under_an_expanded_sub_key() -> None:
    assert ReplacementKey(KEY).digest("surrogate", "r1", "田中") == by_hand("surrogate", "r1", "田中")


def test_digest_without_parts() -> None:
    assert ReplacementKey(KEY).digest("sidecar") == by_hand("sidecar")


def test_parts_are_not_joined() -> None:
    key = ReplacementKey(KEY)
    digests = [
        key.digest("p", "ab", "c"),
        key.digest("p", "a", "bc"),
        key.digest("p", "abc"),
        key.digest("p", "abc", ""),
    ]
    assert len(set(digests)) == 4


def test_purposes_have_keys_of_their_own() -> None:
    key = ReplacementKey(KEY)
    assert key.digest("a", "b", "c") != key.digest("b", "a", "c")
    assert key.digest("a", "x") != key.digest("b", "x")


def test_cached_sub_key_gives_the_same_again() -> None:
    key = ReplacementKey(KEY)
    assert key.digest("a", "x") == key.digest("a", "x")


def test_token_is_100_bits_of_lower_case_base32() -> None:
    token = ReplacementKey(KEY).token("subject", "user-1")
    assert len(token) == 20
    assert set(token) <= set(string.ascii_lowercase + "234567")
    number = 0
    for char in token:
        number = number * 32 + (string.ascii_lowercase + "234567").index(char)
    assert number == int.from_bytes(by_hand("token", "subject", "", "user-1")) >> 156


def test_token_depends_on_kind_value_scope_and_key() -> None:
    key, other = ReplacementKey(KEY), ReplacementKey(bytes(32))
    tokens = {
        key.token("a", "v"),
        key.token("b", "v"),
        key.token("a", "w"),
        key.token("a", "v", scope="s"),
        other.token("a", "v"),
    }
    assert len(tokens) == 5


def test_half_of_a_surrogate_pair_has_a_digest() -> None:
    assert len(ReplacementKey(KEY).digest("p", "\ud800")) == 32


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_key_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(InputError, match=f"{length} bytes"):
        ReplacementKey(bytes(length))


def test_random_keys_differ() -> None:
    assert ReplacementKey.random().export() != ReplacementKey.random().export()


def test_nothing_shows_the_key() -> None:
    key = ReplacementKey(b"0123456789abcdef0123456789abcdef")
    for shown in (repr(key), str(key), f"{key}", f"{[key]}"):
        assert "0123" not in shown


def test_a_worker_gets_the_key_by_export_or_pickle() -> None:
    key = ReplacementKey(KEY)
    key.digest("a", "x")
    for again in (ReplacementKey(key.export()), pickle.loads(pickle.dumps(key)), copy.deepcopy(key)):  # noqa: S301
        assert again.digest("a", "x") == key.digest("a", "x")
