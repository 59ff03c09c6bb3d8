"""Shamir's sharing against hand-worked numbers, and share files that open together or not at all."""

import itertools
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from escrow_site import PASSPHRASE, Site, reveal, rows

from deid.errors import EscrowError
from deid.escrow.envelope import encode, key_id
from deid.escrow.keys import files, shamir, shares
from deid.escrow.keys.passphrase import open_secrets
from deid.escrow.keys.secrets import Secrets

pytest_plugins = ("postgres_fixtures", "escrow_fixtures")

GOLDEN = Path(__file__).parents[2] / "golden" / "shares"
ONE_ERROR = r"^escrow does not open$"
SECRETS = Secrets("ab" * 16, "X25519", b"p" * 32, b"s" * 32, b"i" * 32)


# the field and the formula


def test_products_are_those_of_the_standard() -> None:
    # FIPS 197 section 4.2: {57} x {83} = {c1}, {57} x {13} = {fe}
    assert (shamir.multiply(0x57, 0x83), shamir.multiply(0x57, 0x13)) == (0xC1, 0xFE)


def test_every_element_but_zero_has_an_inverse() -> None:
    assert all(shamir.multiply(a, shamir.inverse(a)) == 1 for a in range(1, 256))
    assert shamir.inverse(0) == 0


def test_products_agree_with_tables_of_powers() -> None:
    logs, value = {}, 1
    for power in range(255):
        logs[value] = power
        value = value ^ (value << 1 & 0xFF) ^ (0x1B if value & 0x80 else 0)  # times 3, a generator
    powers = {power: element for element, power in logs.items()}
    for a, b in itertools.product(range(256), repeat=2):
        expected = powers[(logs[a] + logs[b]) % 255] if a and b else 0
        assert shamir.multiply(a, b) == expected


def test_shares_worked_by_hand() -> None:
    # f(x) = 5 + 2x: f(1) = 7, f(2) = 5 + 4 = 1, f(3) = 5 + 6 = 3 (addition is XOR)
    assert shamir.join({1: b"\x07", 2: b"\x01"}) == b"\x05"
    assert shamir.join({2: b"\x01", 3: b"\x03"}) == b"\x05"
    assert shamir.join({1: b"\x07", 2: b"\x01", 3: b"\x03"}) == b"\x05"


def test_shares_of_another_implementation_give_its_secret() -> None:
    vector: dict[str, Any] = json.loads((GOLDEN / "vectors.json").read_text(encoding="utf-8"))
    for case in vector["cases"]:
        given = {int(x): bytes.fromhex(share) for x, share in case["shares"].items()}
        for chosen in itertools.combinations(given, case["threshold"]):
            assert shamir.join({x: given[x] for x in chosen}).hex() == case["secret"]


@pytest.mark.parametrize(("threshold", "n_shares"), [(2, 2), (2, 3), (3, 5), (5, 5), (16, 16)])
def test_any_threshold_of_shares_give_the_secret_and_fewer_do_not(threshold: int, n_shares: int) -> None:
    secret = bytes(range(32))
    made = shamir.split(secret, threshold=threshold, n_shares=n_shares)
    for chosen in itertools.islice(itertools.combinations(made, threshold), 20):
        assert shamir.join({x: made[x] for x in chosen}) == secret
    for chosen in itertools.islice(itertools.combinations(made, threshold - 1), 20):
        assert shamir.join({x: made[x] for x in chosen}) != secret


def test_one_share_short_every_secret_is_as_likely() -> None:
    # With one share of two, each guess at the secret goes with exactly one value of the other share.
    share = shamir.split(b"\x2a", threshold=2, n_shares=2)[1][0]
    assert len({shamir.join({1: bytes([share]), 2: bytes([other])}) for other in range(256)}) == 256


@pytest.mark.parametrize(("threshold", "n_shares"), [(1, 3), (4, 3), (2, 17), (0, 0)])
def test_numbers_out_of_range_are_refused(tmp_path: Path, threshold: int, n_shares: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        shamir.split(b"x", threshold=threshold, n_shares=n_shares)
    with pytest.raises(EscrowError, match="shares cannot be"):
        shares.split(SECRETS, tmp_path / "shares", threshold=threshold, n_shares=n_shares)


# files


@pytest.fixture
def made(tmp_path: Path) -> list[Path]:
    return shares.split(SECRETS, tmp_path / "shares", threshold=3, n_shares=5)


def test_any_three_of_five_open(made: list[Path]) -> None:
    for chosen in itertools.combinations(made, 3):
        assert shares.combine(chosen) == SECRETS
    assert shares.combine(reversed(made)) == SECRETS


def test_the_key_that_opens_is_the_one_that_was_shared(site: Site) -> None:
    site.put("one", rows(2))
    secrets = open_secrets(site.folder / "escrow.key", PASSPHRASE)
    paths = shares.split(secrets, site.folder.parent / "shares", threshold=2, n_shares=3)
    again = Site(site.folder, shares.combine(paths[1:]).private_key(), site.url)
    assert reveal(again, "r1") == [b"secret of r1"]
    assert again.private_key.author().signer.public_key() == site.private_key.author().signer.public_key()


def test_share_files_are_for_their_owner_alone(made: list[Path]) -> None:
    assert {path.stat().st_mode & 0o777 for path in made} == {0o600}
    made[0].chmod(0o640)
    with pytest.raises(EscrowError, match="open to others"):
        shares.combine(made[:3])


def test_too_few_twice_the_same_and_none(made: list[Path]) -> None:
    for chosen in (made[:2], [made[0], made[1], made[1]], []):
        with pytest.raises(EscrowError, match=ONE_ERROR):
            shares.combine(chosen)


def test_shares_of_two_splittings_do_not_mix(made: list[Path], tmp_path: Path) -> None:
    other = shares.split(SECRETS, tmp_path / "other", threshold=3, n_shares=5)
    with pytest.raises(EscrowError, match=ONE_ERROR):
        shares.combine([*made[:2], other[2]])


def edit(path: Path, **changes: object) -> None:
    fields = json.loads(path.read_text())
    path.write_text(json.dumps(fields | changes))


def forge(path: Path, **changes: object) -> None:
    """Change a share and make its digest fit again."""
    edit(path, **changes)
    fields = json.loads(path.read_text())
    share = shares._Share(  # noqa: SLF001
        set=(fields["escrow_id"], fields["set_id"], fields["threshold"], fields["shares"]),
        index=fields["index"],
        share=bytes.fromhex(fields["share"]),
        sealed=bytes.fromhex(fields["sealed"]),
    )
    edit(path, digest=share.digest.hex())


@pytest.mark.parametrize(
    "changes",
    [{"share": "00" * 32}, {"index": 4}, {"threshold": 2}, {"shares": 6}, {"escrow_id": "cd" * 16}],
    ids=lambda changes: str(*changes),
)
def test_a_false_share_is_refused_though_its_digest_fits(
    made: list[Path], changes: dict[str, object]
) -> None:
    for path in made if set(changes) & {"threshold", "shares", "escrow_id"} else made[:1]:
        forge(path, **changes)
    with pytest.raises(EscrowError, match=ONE_ERROR):
        shares.combine(made[:3])


@pytest.mark.parametrize(
    "changes", [{"index": 0}, {"index": 6}, {"threshold": 1}, {"shares": 300}, {"index": True}]
)
def test_numbers_in_a_share_out_of_range(made: list[Path], changes: dict[str, object]) -> None:
    edit(made[0], **changes)
    with pytest.raises(EscrowError):
        shares.combine(made[:3])


@pytest.mark.parametrize("step", [0, 1, 2])
def test_any_flipped_bit_of_a_share_file_is_refused(made: list[Path], step: int) -> None:
    data = made[0].read_bytes()
    for bit in range(step, len(data) * 8, 3):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        made[0].write_bytes(bytes(flipped))
        try:
            found = shares.combine(made[:3])
        except EscrowError:
            continue
        # Space between the fields says nothing, and may be another space.
        assert json.loads(flipped) == json.loads(data)
        assert found == SECRETS


def test_a_share_says_nothing_about_the_key(made: list[Path]) -> None:
    for path in made:
        text = path.read_text()
        assert SECRETS.private.hex() not in text
        assert SECRETS.seed.hex() not in text


def test_no_file_stays_when_one_cannot_be_made(tmp_path: Path) -> None:
    folder = tmp_path / "shares"
    folder.mkdir(mode=0o700)
    (folder / "escrow-share-2-of-3.key").touch(mode=0o600)
    with pytest.raises(EscrowError, match="exists already"):
        shares.split(SECRETS, folder, threshold=2, n_shares=3)
    assert [path.name for path in folder.iterdir()] == ["escrow-share-2-of-3.key"]


def test_a_file_that_is_no_share_is_named(made: list[Path]) -> None:
    made[0].write_text("{}")
    with pytest.raises(EscrowError, match="not a key file of format deid-escrow-share/v1"):
        shares.combine(made)


def test_golden_shares_open_for_ever(tmp_path: Path) -> None:
    folder = tmp_path / "shares"
    shutil.copytree(GOLDEN, folder)
    paths = sorted(folder.glob("*.key"))
    for path in paths:
        path.chmod(0o600)
    assert shares.combine(paths[:2]) == SECRETS
    assert shares.combine(paths[1:]) == SECRETS


def test_secrets_that_are_not_whole_do_not_open() -> None:
    for fields in (
        (b"P-256", b"p" * 32, b"s" * 32, b"i" * 32),
        (b"X25519", b"p" * 32, b"s" * 31, b"i" * 32),
        (b"X25519", b"p" * 32, b"s" * 32, b""),
    ):
        with pytest.raises(EscrowError, match=ONE_ERROR):
            Secrets.decode("0" * 32, encode(*fields))
    with pytest.raises(EscrowError, match=ONE_ERROR):
        Secrets("0" * 32, "MLKEM768-X25519", b"p" * 32, b"s" * 32, b"i" * 32).private_key()


def test_secrets_are_neither_printed_nor_pickled() -> None:
    import pickle

    assert repr(SECRETS) == f"Secrets(escrow_id='{'ab' * 16}', kem='X25519')"
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(SECRETS)


def test_the_parts_of_a_share_file_are_documented(made: list[Path]) -> None:
    page = (Path(__file__).parents[3] / "docs" / "escrow-format.md").read_text(encoding="utf-8")
    section = page.split("deid-escrow-share/v1")[1].split("\n\n")[0]
    names = files.read(made[0], "deid-escrow-share/v1", shares._NAMES, secret=True)  # noqa: SLF001
    assert all(f"`{name}`" in section for name in names if name != "format")


def test_the_sealed_blob_names_the_key_that_was_split(made: list[Path]) -> None:
    fields = [json.loads(path.read_text()) for path in made]
    key = shamir.join({each["index"]: bytes.fromhex(each["share"]) for each in fields[:3]})
    assert bytes.fromhex(fields[0]["sealed"])[2:10] == key_id(key)
