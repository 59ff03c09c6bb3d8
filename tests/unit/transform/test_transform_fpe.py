"""Numbers for numbers: FF1 through the functions that write and open them, and the operator."""

import re
import sys
from typing import Any

import pytest

from deid.errors import ConfigError, InputError
from deid.labels import LABELS
from deid.transform import fpe
from deid.transform.apply import Transformer
from deid.transform.fpe import DIGIT_LABELS, open_digits, seal_digits
from deid.transform.keyed import keyed_value
from deid.transform.keys import Keys, domain_key
from deid.transform.policy import build_operators
from deid.transform.tokens import ReplacementKey
from deid.treatments import Treatment
from deid.types import Span, Turn

RUN = ReplacementKey(bytes(range(32)))
DOMAIN = domain_key(b"d" * 32, "training")
KEYS = Keys(RUN, DOMAIN, "chats")
TAGS = {label: Treatment(operator="tag") for label in LABELS}
FF1 = Treatment(operator="ff1")

# NIST, examples for SP 800-38G, FF1 samples 1 to 9: the key of 256 bits begins with the other two.
_KEY = bytes.fromhex("2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94")
_TWEAK = bytes.fromhex("39383736353433323130")
DECIMAL = [
    (16, b"", "2433477484"), (24, b"", "2830668132"), (32, b"", "6657667009"),
    (16, _TWEAK, "6124200773"), (24, _TWEAK, "2496655549"), (32, _TWEAK, "1001623463"),
]  # fmt: skip
LETTERS = [(16, "a9tv40mll9kdu509eum"), (24, "xbj3kv35jrawxv32ysr"), (32, "xs8a0azh2avyalyzuwd")]


@pytest.mark.parametrize(("size", "tweak", "expected"), DECIMAL)
def test_the_samples_of_nist(size: int, tweak: bytes, expected: str) -> None:
    key = _KEY[:size]
    assert fpe._crypt(key, tweak, "0123456789", opening=False) == expected  # noqa: SLF001
    assert fpe._crypt(key, tweak, expected, opening=True) == "0123456789"  # noqa: SLF001


@pytest.mark.parametrize(("size", "expected"), LETTERS)
def test_the_samples_of_nist_in_letters(size: int, expected: str) -> None:
    """Of the cipher alone: nothing here writes letters."""
    cipher = fpe._cipher_class()(_KEY[:size], radix=36)  # noqa: SLF001
    tweak = bytes.fromhex("3737373770717273373737")
    assert cipher.encrypt("0123456789abcdefghi", tweak=tweak) == expected


@pytest.mark.parametrize(
    "value", ["090-1234-5678", "+1 (212) 555-0100", "123456", "000000", "(03) 5555.0100", "9" * 40]
)
def test_a_number_keeps_its_shape_and_opens(value: str) -> None:
    written = seal_digits(DOMAIN, "PHONE_NUMBER", value)
    assert written != value
    assert re.sub(r"[0-9]", "0", written) == re.sub(r"[0-9]", "0", value)
    assert open_digits(DOMAIN, "PHONE_NUMBER", written) == value


@pytest.mark.parametrize(
    "value",
    ["", "12345", "9" * 41, "AC-1234567", "０９０１２３４５６７８", "١٢٣٤٥٦٧", "123456 ", " 123456",
     "-123456", "123456\n", "123+4567", "1234567x"],
)  # fmt: skip
def test_what_is_no_number_is_refused_without_its_text(value: str) -> None:
    for function in (seal_digits, open_digits):
        with pytest.raises(InputError) as refused:
            function(DOMAIN, "ACCOUNT_ID", value)
        assert str(refused.value) == "ACCOUNT_ID: no number of 6 to 40 digits"


def test_a_domain_and_a_label_have_numbers_of_their_own() -> None:
    value = "09012345678"
    other = domain_key(b"d" * 32, "support")
    written = {
        seal_digits(DOMAIN, "PHONE_NUMBER", value),
        seal_digits(DOMAIN, "ACCOUNT_ID", value),
        seal_digits(other, "PHONE_NUMBER", value),
    }
    assert len(written) == 3
    assert open_digits(other, "PHONE_NUMBER", seal_digits(DOMAIN, "PHONE_NUMBER", value)) != value


def test_what_is_written_stays_so() -> None:
    """A change of the key's purpose or the tweak would leave released numbers that no key opens."""
    assert seal_digits(DOMAIN, "PHONE_NUMBER", "090-1234-5678") == "325-4757-2706"


def test_different_numbers_stay_different() -> None:
    values = [f"{n:06d}" for n in range(300)]
    assert len({seal_digits(DOMAIN, "ACCOUNT_ID", value) for value in values}) == len(values)


def transformed(*surfaces: str, keys: Keys = KEYS, label: str = "PHONE_NUMBER") -> tuple[str, ...]:
    transformer = Transformer(build_operators({**TAGS, label: FF1}, keys.run, keys=keys), keys.run)
    turns = [Turn(f"m[{n}]", text) for n, text in enumerate(surfaces)]
    return transformer.transform("r1", turns, [[Span(0, len(text), label)] for text in surfaces]).texts


def test_ff1_in_text() -> None:
    one, same, short = transformed("090-1234-5678", "09012345678", "12-345")
    assert open_digits(DOMAIN, "PHONE_NUMBER", one) == "090-1234-5678"
    assert one.replace("-", "") == same
    assert short == "[PHONE_NUMBER_2]"


def test_ff1_in_fields() -> None:
    def made(value: str | int | None) -> str | None:
        return keyed_value(FF1, value, kind="profile.account", keys=KEYS, conversation="r", subject="u")

    assert open_digits(DOMAIN, "profile.account", made(1234567) or "") == "1234567"
    assert [made(value) for value in (None, "", "12345", "ann")] == [None] * 4


@pytest.mark.parametrize("label", sorted({"PERSON", "JP_MY_NUMBER", "AGE", "POSTAL_CODE"}))
def test_ff1_suits_few_labels(label: str) -> None:
    with pytest.raises(ConfigError, match="operator `ff1` does not suit it"):
        build_operators({**TAGS, label: FF1}, RUN, keys=KEYS)


def test_ff1_suits_labels_of_numbers() -> None:
    for label in DIGIT_LABELS:
        assert transformed("1234-567", label=label) != ("1234-567",)


def test_without_a_domain_key_no_number_is_made() -> None:
    with pytest.raises(ConfigError, match="no key of the domain"):
        transformed("090-1234-5678", keys=Keys(RUN))


def test_a_missing_package_is_said_once_and_early(monkeypatch: pytest.MonkeyPatch) -> None:
    missing: Any = None
    monkeypatch.setitem(sys.modules, "ffx", missing)
    with pytest.raises(ConfigError, match="operator `ff1` needs the package `libffx`") as refused:
        build_operators({**TAGS, "PHONE_NUMBER": FF1}, RUN, keys=KEYS)
    assert refused.value.hint == "pip install '.[fpe]', from a checkout"
    build_operators(TAGS, RUN, keys=KEYS)
    with pytest.raises(ConfigError):
        keyed_value(FF1, "123456", kind="account", keys=KEYS, conversation="r", subject="u")
