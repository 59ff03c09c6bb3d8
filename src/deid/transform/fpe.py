"""Numbers for numbers: FF1, which seals digits as as many other digits under the domain's key.

    written = FF1-AES-256(key, the value's digits, tweak), each in the place of a digit of the value
    key     = 32 bytes: the digest of the domain's key, purpose ``ff1``; a domain has its own
    tweak   = "deid/ff1/v1|" label

NIST SP 800-38G revision 1, second public draft (February 2025): FF1 alone, and no domain of fewer than
1,000,000 values, so six digits. Lower assurance than any other operator: the key alone opens a number, equal
values show, nothing tells an altered number from a right one, and what is written may be the real number of
somebody else. The cipher is that of the package ``libffx`` (extra ``fpe``), loaded at first use.
"""

import re
from typing import Any

from deid.errors import ConfigError, InputError, extra_hint
from deid.transform.tokens import ReplacementKey

DIGIT_LABELS = frozenset({"ACCOUNT_ID", "BANK_ACCOUNT", "PHONE_NUMBER"})
"""Labels whose values are numbers, and whose numbers no law forbids to look real."""

MIN_DIGITS = 6
MAX_DIGITS = 40

_NUMBER = re.compile(r"\+?\(?[0-9](?:[0-9 ().-]*[0-9])?")
_DIGIT = re.compile(r"[0-9]")


def seal_digits(key: ReplacementKey, label: str, value: str) -> str:
    """Return a number of the same shape; spaces, dots, hyphens, brackets and a leading plus stay in place.

    Raises InputError for what is no number of 6 to 40 ASCII digits.
    """
    return _in_shape(value, _crypt(_aes_key(key), _tweak(label), _digits(label, value), opening=False))


def open_digits(key: ReplacementKey, label: str, written: str) -> str:
    """Return the value of a number that ``seal_digits`` wrote; under another key or label, another number.

    Raises InputError for what is no number of 6 to 40 ASCII digits.
    """
    return _in_shape(written, _crypt(_aes_key(key), _tweak(label), _digits(label, written), opening=True))


def require_cipher() -> None:
    """Raise ConfigError where the package of the cipher is not installed."""
    _cipher_class()


def _digits(label: str, value: str) -> str:
    digits = "".join(_DIGIT.findall(value))
    if not _NUMBER.fullmatch(value) or not MIN_DIGITS <= len(digits) <= MAX_DIGITS:
        raise InputError(f"{label}: no number of {MIN_DIGITS} to {MAX_DIGITS} digits")
    return digits


def _in_shape(value: str, digits: str) -> str:
    following = iter(digits)
    return _DIGIT.sub(lambda _: next(following), value)


def _crypt(aes_key: bytes, tweak: bytes, digits: str, *, opening: bool) -> str:
    cipher = _cipher_class()(aes_key, radix=10)
    return str(cipher.decrypt(digits, tweak=tweak) if opening else cipher.encrypt(digits, tweak=tweak))


def _aes_key(key: ReplacementKey) -> bytes:
    return key.digest("ff1")


def _tweak(label: str) -> bytes:
    return b"deid/ff1/v1|" + label.encode()


def _cipher_class() -> Any:
    try:
        from ffx import FF1  # noqa: PLC0415 - an extra
    except ImportError:
        raise ConfigError("operator `ff1` needs the package `libffx`", hint=extra_hint("fpe")) from None
    return FF1
