"""Cryptocurrency addresses and keys, with their checksums."""

import hashlib

from deid.detect.context import Context, words
from deid.detect.patterns.parts import LEFT, LONG_RUN, PAYLOAD_RUN, RIGHT
from deid.detect.patterns.pattern import Pattern

_B58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_B58_CLASS = "1-9A-HJ-NP-Za-km-z"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def base58check(surface: str) -> bool:
    """Check the double SHA-256 tail of a Base58Check string (Bitcoin, Litecoin, Dogecoin, Tron, keys)."""
    number = 0
    for char in surface:
        number = number * 58 + _B58.index(char)
    zeros = len(surface) - len(surface.lstrip("1"))
    raw = bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")
    return len(raw) >= 25 and hashlib.sha256(hashlib.sha256(raw[:-4]).digest()).digest()[:4] == raw[-4:]


def bech32(surface: str) -> bool:
    """Check a Bech32 or Bech32m string (BIP 173, BIP 350)."""
    prefix, _, data = surface.lower().rpartition("1")
    values = [ord(char) >> 5 for char in prefix] + [0] + [ord(char) & 31 for char in prefix]
    check = 1
    for value in (*values, *(_BECH32.find(char) for char in data)):
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate(_GENERATORS):
            check ^= generator if top >> i & 1 else 0
    return check in {1, 0x2BC830A3}


_WALLET = Context(
    words("sol|solana|ソラナ|ファントム|wallet|ウォレット|address|アドレス|xrp|ripple|send|deposit|phantom"),
    None,
    0.0,
    before=40,
    after=20,
)

PATTERNS = (
    Pattern(
        "CRYPTO",
        "crypto.base58",
        rf"{LEFT}[13DLMT9A][{_B58_CLASS}]{{25,34}}{RIGHT}",
        accept=base58check,
        score=1.0,
        source="Base58Check",
        digits=1,
        trigger=LONG_RUN,
    ),
    Pattern(
        "CRYPTO",
        "crypto.bech32",
        rf"(?i:{LEFT}(?:bc|tb|ltc|addr|stake|cosmos|osmo|celestia)1[02-9ac-hj-np-z]{{11,103}}{RIGHT})",
        accept=bech32,
        score=1.0,
        source="BIP 173, BIP 350",
        digits=1,
        trigger=LONG_RUN,
    ),
    Pattern(
        "CRYPTO",
        "crypto.bech32_miscopied",
        rf"(?i:{LEFT}bc1[qp][02-9ac-hj-np-z]{{38,58}}{RIGHT})",
        score=0.7,
        source="BIP 173, BIP 350",
        digits=1,
        trigger=LONG_RUN,
    ),
    Pattern(
        "CRYPTO",
        "crypto.ethereum",
        rf"{LEFT}0x[0-9a-fA-F]{{40}}{RIGHT}",
        score=1.0,
        source="Ethereum yellow paper, EIP-55",
        digits=1,
        trigger=LONG_RUN,
    ),
    Pattern(
        "CRYPTO",
        "crypto.monero",
        rf"{LEFT}[48][0-9AB][{_B58_CLASS}]{{93}}(?:[{_B58_CLASS}]{{11}})?{RIGHT}",
        score=0.9,
        source="CryptoNote",
        digits=1,
        trigger=LONG_RUN,
    ),
    Pattern(
        "CRYPTO",
        "crypto.ripple",
        rf"{LEFT}r[{_B58_CLASS}]{{24,34}}{RIGHT}",
        accept=lambda s: any(c.isdigit() for c in s) and any(c.isupper() for c in s),
        context=_WALLET,
        score=0.8,
        source="XRP Ledger",
        digits=1,
        trigger=LONG_RUN,
    ),
    Pattern(
        "CRYPTO",
        "crypto.solana",
        rf"{LEFT}[{_B58_CLASS}]{{32,44}}{RIGHT}",
        accept=lambda s: any(c.isdigit() for c in s) and any(c.isupper() for c in s),
        context=_WALLET,
        score=0.8,
        source="Solana",
        digits=1,
        trigger=LONG_RUN,
    ),
    Pattern(
        "SECRET_KEY",
        "crypto.private_key",
        rf"{LEFT}[5KLc9][{_B58_CLASS}]{{50,51}}{RIGHT}",
        accept=base58check,
        score=1.0,
        source="Bitcoin wallet import format",
        digits=1,
        trigger=PAYLOAD_RUN,
    ),
    Pattern(
        "SECRET_KEY",
        "crypto.extended_key",
        rf"{LEFT}[xyzt]prv[{_B58_CLASS}]{{100,112}}{RIGHT}",
        score=1.0,
        source="BIP 32",
        trigger=PAYLOAD_RUN,
    ),
    Pattern(
        "CRYPTO",
        "crypto.bitcoin_cash",
        r"(?i:(?<![A-Za-z])bitcoincash:)[qp][02-9ac-hj-np-z]{41}(?![0-9A-Za-z])",
        score=1.0,
        source="CashAddr",
        trigger="(?i:bitcoincash:)",
    ),
)
