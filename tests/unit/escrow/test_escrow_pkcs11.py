"""Escrow keys in a PKCS #11 token: SoftHSM (Debian `softhsm2`) as a real one, of software."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from escrow_site import NOW, PASSPHRASE, Site, reveal, rows

from deid.errors import EscrowError
from deid.escrow import init_escrow, open_private_key, verify
from deid.escrow.keys import kinds, pkcs11
from deid.escrow.keys.access import NO_ACCESS, KeyAccess
from deid.escrow.keys.wrapper import EscrowKey

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")

MODULES = [Path(f"/usr/lib/{place}libsofthsm2.so") for place in ("softhsm/", "x86_64-linux-gnu/softhsm/", "")]
MODULE = next((str(path) for path in MODULES if path.exists()), "")
TOOL = shutil.which("softhsm2-util")
PIN = "135790"
ACCESS = KeyAccess(pkcs11_pin=lambda: PIN)
CONTEXT = b"somewhere"
ONE_ERROR = r"^escrow does not open$"

if not MODULE or not TOOL:
    pytest.skip("SoftHSM is not installed (apt-get install softhsm2)", allow_module_level=True)
library: Any = pytest.importorskip(
    "pkcs11", reason="python-pkcs11 is not installed (pip install '.[pkcs11]')"
)


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A token with two RSA pairs: ``escrow`` and ``other``. The library reads its configuration once."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    configuration = folder / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(configuration))
        subprocess.run(
            [str(TOOL), "--init-token", "--free", "--label", "custody", "--pin", PIN, "--so-pin", "24681012"],
            check=True, capture_output=True,
        )  # fmt: skip
        found = library.lib(MODULE).get_token(token_label="custody")
        with found.open(rw=True, user_pin=PIN) as session:
            for label, bits in (("escrow", 2048), ("other", 2048), ("weak", 1024)):
                session.generate_keypair(library.KeyType.RSA, bits, store=True, label=label)
        yield found


def address(label: str = "escrow") -> str:
    return f"pkcs11:token=custody;object={label}?module-path={MODULE}"


@pytest.fixture(scope="module")
def key(token: Any) -> EscrowKey:
    assert token is not None
    return pkcs11.choose(address(), ACCESS)


def test_the_public_half_seals_without_the_token_and_the_token_opens(key: EscrowKey) -> None:
    fresh, wrapped = pkcs11.TokenWrapper(key).new_epoch_key(CONTEXT)
    assert wrapped[:10] == b"\x01\x06" + key.key_id
    assert len(wrapped) == 10 + 256 + 38 + 32
    assert pkcs11.TokenUnwrapper(key, ACCESS).unwrap(wrapped, CONTEXT) == fresh
    with pytest.raises(EscrowError, match=ONE_ERROR):
        pkcs11.TokenUnwrapper(key, ACCESS).unwrap(wrapped, b"elsewhere")


def test_softhsm_knows_sha1_alone_and_the_kind_says_so(key: EscrowKey) -> None:
    assert key.kem == "RSA-OAEP-SHA1"
    assert kinds.address(key) == address()
    assert kinds.fits(key)


def test_any_other_blob_is_refused(key: EscrowKey) -> None:
    fresh, wrapped = pkcs11.TokenWrapper(key).new_epoch_key(CONTEXT)
    opener = pkcs11.TokenUnwrapper(key, ACCESS)
    for bit in (*range(80), *range(80, len(wrapped) * 8, 29)):
        flipped = bytearray(wrapped)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(EscrowError, match=ONE_ERROR):
            assert opener.unwrap(bytes(flipped), CONTEXT) == fresh
    for blob in (b"", wrapped[:-1], wrapped + b"x", wrapped[:10]):
        with pytest.raises(EscrowError, match=ONE_ERROR):
            opener.unwrap(blob, CONTEXT)


def test_a_key_of_another_size_inside_is_refused(key: EscrowKey) -> None:
    _, wrapped = pkcs11.TokenWrapper(key).new_epoch_key(CONTEXT)
    public = pkcs11._public(key)  # noqa: SLF001
    short = public.encrypt(b"k" * 31, pkcs11._padding(key.kem))  # noqa: SLF001
    with pytest.raises(EscrowError, match=ONE_ERROR):
        pkcs11.TokenUnwrapper(key, ACCESS).unwrap(wrapped[:10] + short + wrapped[266:], CONTEXT)


def test_the_private_half_stays_in_the_token(token: Any) -> None:
    with token.open(user_pin=PIN) as session:
        private = session.get_key(object_class=library.ObjectClass.PRIVATE_KEY, label="escrow")
        assert private[library.Attribute.SENSITIVE]
        assert not private[library.Attribute.EXTRACTABLE]


@pytest.mark.parametrize(
    ("place", "access", "message"),
    [
        (address(), NO_ACCESS, "no PIN of the PKCS #11 token was given"),
        (address(), KeyAccess(pkcs11_pin=lambda: "marzipan"), "the token refused: Pin"),
        (address("nothing"), ACCESS, "the token refused: NoSuchKey"),
        (address("weak"), ACCESS, "the key has 1024 bits"),
        (address().replace("custody", "elsewhere"), ACCESS, "the token refused: NoSuchToken"),
        ("pkcs11:token=custody;object=escrow", ACCESS, "not understood"),
        (f"{address()}&pin-value={PIN}", ACCESS, "not understood"),
        ("pkcs11:token=a;object=b?module-path=/nowhere/x.so", ACCESS, "the token refused: "),
    ],
    ids=[
        "no PIN",
        "wrong PIN",
        "no object",
        "weak key",
        "no token",
        "no module",
        "a PIN in it",
        "no such module",
    ],
)
def test_a_key_that_cannot_be_had(token: Any, place: str, access: KeyAccess, message: str) -> None:
    assert token is not None
    with pytest.raises(EscrowError, match=message) as caught:
        pkcs11.choose(place, access)
    assert "marzipan" not in f"{caught.value}{caught.value.hint}"
    assert PIN not in f"{caught.value}{caught.value.hint}"


def test_another_key_under_the_same_label_is_found_out(key: EscrowKey, token: Any) -> None:
    assert token is not None
    other = pkcs11.choose(address("other"), ACCESS)
    raw = under_another_label(address(), other)
    _, wrapped = pkcs11.TokenWrapper(EscrowKey(key.kem, raw)).new_epoch_key(CONTEXT)
    with pytest.raises(EscrowError, match="another key stands under this label now"):
        pkcs11.TokenUnwrapper(EscrowKey(key.kem, raw), ACCESS).unwrap(wrapped, CONTEXT)


def under_another_label(place: str, key: EscrowKey) -> bytes:
    """Return the raw form of another key's public half under a place."""
    from deid.escrow.envelope import decode, encode

    return encode(place.encode(), decode(key.raw, 2)[1])


def test_sha256_where_a_token_knows_it() -> None:
    """What a token with SHA-256 would get: the same construction, opened here by a key in software."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    from deid.escrow.envelope import DataKey, encode

    private = rsa.generate_private_key(65537, 2048)
    spki = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    held = EscrowKey("RSA-OAEP-SHA256", encode(address().encode(), spki))
    fresh, wrapped = pkcs11.TokenWrapper(held).new_epoch_key(CONTEXT)
    first, sealed, blob = wrapped[:10], wrapped[10:266], wrapped[266:]
    oaep = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
    kek = private.decrypt(sealed, oaep)
    assert DataKey.of(kek).unseal(blob, CONTEXT + encode(first, sealed)) == fresh


def test_an_escrow_whose_key_is_in_a_token(token: Any, tmp_path: Path) -> None:
    assert token is not None
    folder = tmp_path / "escrow"
    url = f"sqlite:///{folder / 'escrow.db'}"
    info = init_escrow(url, folder, passphrase=PASSPHRASE, now=NOW, key=address(), access=ACCESS)
    site = Site(folder, open_private_key(info.private_key, PASSPHRASE, ACCESS))
    site.put("one", rows(2))  # without a PIN
    assert reveal(site, "r0") == [b"secret of r0"]
    verify(site.url, site.keys)
    with pytest.raises(EscrowError, match=ONE_ERROR):
        reveal(Site(folder, open_private_key(info.private_key, PASSPHRASE)), "r0")


@pytest.mark.parametrize("raw", [b"", b"junk", b"\0\0\0\x01a\0\0\0\x01b"])
def test_a_damaged_public_half_opens_nothing(raw: bytes) -> None:
    with pytest.raises(EscrowError, match=ONE_ERROR):
        pkcs11.TokenWrapper(EscrowKey("RSA-OAEP-SHA1", raw)).new_epoch_key(CONTEXT)
