"""Every primitive of the escrow and of two-way tokens, against published vectors, through what we call.

``primitives/rfc.json`` holds the vectors of the standards, the other files those of Project Wycheproof, made
to catch what implementations get wrong. They guard the installed build of `cryptography`, not its authors.
"""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.bindings._rust import openssl
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import load_der_private_key

from deid.transform import twoway

FOLDER = Path(__file__).with_name("primitives")
Vector = dict[str, Any]


def vectors(name: str, kind: str = "") -> list[Vector]:
    tests: list[Vector] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["tests"]
    return [test for test in tests if not kind or test["kind"] == kind]


def h(text: str) -> bytes:
    return bytes.fromhex(text)


def disagreements(tests: list[Vector], agree: Any) -> list[str]:
    """Return the tests whose outcome is not the one published; «acceptable» binds nobody."""
    wrong = []
    for test in tests:
        try:
            valid = agree(test)
        except (InvalidTag, InvalidSignature, ValueError):
            valid = False
        if test["result"] != "acceptable" and valid != (test["result"] == "valid"):
            wrong.append(f"{test['tcId']}: {test['comment']}")
    return wrong


@pytest.mark.parametrize(
    "name", ["aes-256-gcm", "aes-siv", "hkdf-sha256", "x25519", "ed25519", "rsa-oaep", "ml-kem-768", "rfc"]
)
def test_every_file_says_where_it_is_from(name: str) -> None:
    about = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["about"]
    assert "Apache-2.0" in about
    assert vectors(name)


# Project Wycheproof


def test_aes_256_gcm() -> None:
    def agree(test: Vector) -> bool:
        cipher, (iv, aad, msg) = AESGCM(h(test["key"])), (h(test[name]) for name in ("iv", "aad", "msg"))
        sealed = h(test["ct"] + test["tag"])
        return cipher.decrypt(iv, sealed, aad) == msg and cipher.encrypt(iv, msg, aad) == sealed

    assert disagreements(vectors("aes-256-gcm"), agree) == []


def test_aes_siv_of_two_way_tokens() -> None:
    """Through the functions that write and open a token."""

    def agree(test: Vector) -> bool:
        key, label, data = (h(test[name]) for name in ("key", "aad", "msg"))
        token = base64.b32encode(h(test["ct"])).decode().rstrip("=").lower()
        opened = twoway._open(key, label, token)  # noqa: SLF001
        return opened == data and twoway._seal(key, label, data) == token  # noqa: SLF001

    assert disagreements(vectors("aes-siv"), agree) == []


def test_hkdf_sha256() -> None:
    def agree(test: Vector) -> bool:
        kdf = HKDF(hashes.SHA256(), test["size"], h(test["salt"]), h(test["info"]))
        return kdf.derive(h(test["ikm"])) == h(test["okm"])

    assert disagreements(vectors("hkdf-sha256"), agree) == []


def test_x25519() -> None:
    def agree(test: Vector) -> bool:
        private = X25519PrivateKey.from_private_bytes(h(test["private"]))
        return private.exchange(X25519PublicKey.from_public_bytes(h(test["public"]))) == h(test["shared"])

    assert disagreements(vectors("x25519"), agree) == []


def test_ed25519() -> None:
    def agree(test: Vector) -> bool:
        Ed25519PublicKey.from_public_bytes(h(test["pk"])).verify(h(test["sig"]), h(test["msg"]))
        return True

    assert disagreements(vectors("ed25519"), agree) == []


def test_ml_kem_768() -> None:
    """Of the hybrid key; an altered ciphertext of the right length gives another secret, and no error."""

    def agree(test: Vector) -> bool:
        private = MLKEM768PrivateKey.from_seed_bytes(h(test["seed"]))
        public = hashlib.sha256(private.public_key().public_bytes_raw()).hexdigest()
        shared = private.decapsulate(h(test["ct"]))
        return test["public_sha256"] in ("", public) and shared == h(test["shared"])

    assert disagreements(vectors("ml-kem-768"), agree) == []


def test_rsa_oaep() -> None:
    for group in vectors("rsa-oaep"):
        private = load_der_private_key(h(group["pkcs8"]), None)
        assert isinstance(private, rsa.RSAPrivateKey)
        algorithm = {"sha1": hashes.SHA1(), "sha256": hashes.SHA256()}[group["hash"]]  # noqa: S303

        def agree(test: Vector, private: rsa.RSAPrivateKey = private, algorithm: Any = algorithm) -> bool:
            oaep = padding.OAEP(padding.MGF1(algorithm), algorithm, None)
            return private.decrypt(h(test["ct"]), oaep) == h(test["msg"])

        assert disagreements(group["tests"], agree) == []


# the standards


@pytest.mark.parametrize("test", vectors("rfc", "hmac"), ids=lambda test: test["of"])
def test_hmac_sha256(test: Vector) -> None:
    state = hmac.HMAC(h(test["Key"]), hashes.SHA256())
    state.update(h(test["Msg"]))
    assert state.copy().finalize()[: len(h(test["MD"]))] == h(test["MD"])


@pytest.mark.parametrize("test", vectors("rfc", "hkdf"), ids=lambda test: test["of"])
def test_hkdf_of_the_standard(test: Vector) -> None:
    kdf = HKDF(hashes.SHA256(), int(test["L"]), h(test["salt"]), h(test["info"]))
    assert kdf.derive(h(test["IKM"])) == h(test["OKM"])


@pytest.mark.parametrize("test", vectors("rfc", "argon2id"), ids=lambda test: test["of"])
def test_argon2id(test: Vector) -> None:
    kdf = Argon2id(
        salt=h(test["salt"]),
        length=len(h(test["output"])),
        iterations=int(test["iter"]),
        lanes=int(test["lanes"]),
        memory_cost=int(test["memcost"]),
        ad=h(test["ad"]) or None,
        secret=h(test["secret"]) or None,
    )
    assert kdf.derive(h(test["pass"])) == h(test["output"])


@pytest.mark.parametrize("test", vectors("rfc", "x25519"), ids=lambda test: test["of"])
def test_x25519_of_the_standard(test: Vector) -> None:
    private = X25519PrivateKey.from_private_bytes(h(test["INPUT_SCALAR"]))
    public = X25519PublicKey.from_public_bytes(h(test["INPUT_U"]))
    assert private.exchange(public) == h(test["OUTPUT_U"])


@pytest.mark.parametrize("test", vectors("rfc", "ed25519"), ids=lambda test: test["of"])
def test_ed25519_of_the_standard(test: Vector) -> None:
    private = Ed25519PrivateKey.from_private_bytes(h(test["seed"]))
    assert private.public_key().public_bytes_raw() == h(test["public"])
    assert private.sign(h(test["message"])) == h(test["signature"])


@pytest.mark.parametrize("test", vectors("rfc", "hpke"), ids=lambda test: test["kem"])
def test_hpke_of_the_standards(test: Vector) -> None:
    secret = h(test["skRm"])
    if test["kem"] == "X25519":
        private: Any = X25519PrivateKey.from_private_bytes(secret)
        raw = private.public_key().public_bytes_raw()
        kem = KEM.X25519
    else:
        # The draft's private key is a seed of both halves; ours keeps the halves themselves.
        halves = hashlib.shake_256(secret).digest(96)
        seed, curve = (
            MLKEM768PrivateKey.from_seed_bytes(halves[:64]),
            X25519PrivateKey.from_private_bytes(halves[64:]),
        )
        private = MLKEM768X25519PrivateKey(seed, curve)
        raw = seed.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
        kem = KEM.MLKEM768_X25519
    assert raw == h(test["pkRm"])
    # The vectors have associated data, which the public interface, and our format, leave empty.
    opened = openssl.hpke._decrypt_with_aad(  # noqa: SLF001
        Suite(kem, KDF.HKDF_SHA256, getattr(AEAD, test["aead"])),
        h(test["enc"] + test["ct"]), private, h(test["info"]), h(test["aad"]),
    )  # fmt: skip
    assert opened == h(test["pt"])
