import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

import pytest

from deid.labels import LABELS, LabelClass

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "benchmarks"))

identifiers: Any = import_module("identifiers")
national: Any = import_module("nationalids")

SEEDS = range(200)


def _digits(text: str) -> list[int]:
    return [int(char) for char in text if char.isdigit()]


def _my_number(text: str) -> bool:
    low = _digits(text)[::-1]
    rest = sum(p * (n + 1 if n <= 6 else n - 5) for n, p in enumerate(low[1:], 1)) % 11
    return low[0] == (0 if rest <= 1 else 11 - rest)


def _licence(text: str) -> bool:
    number = _digits(text)
    total = sum(d * w for d, w in zip(number[:10], (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True))
    return 10 <= number[0] * 10 + number[1] <= 97 and number[10] == (11 - total % 11) % 10


def _luhn(text: str) -> bool:
    low = _digits(text)[::-1]
    return (sum(low[::2]) + sum(sum(divmod(2 * d, 10)) for d in low[1::2])) % 10 == 0


def _mod97(text: str) -> bool:
    compact = text.replace(" ", "")
    return int("".join(str(int(char, 36)) for char in compact[4:] + compact[:4])) % 97 == 1


def _weights(weights: tuple[int, ...], modulus: int) -> Callable[[str], bool]:
    def valid(text: str) -> bool:
        return bool(sum(d * w for d, w in zip(_digits(text), weights, strict=True)) % modulus == 0)

    return valid


def _nif(text: str) -> bool:
    return text[-1] == "TRWAGMYFPDXBNJZSQVHLCKE"[int(text[:-1]) % 23]


def _nir(text: str) -> bool:
    compact = text.replace(" ", "")
    return (int(compact[:13]) + int(compact[13:])) % 97 == 0


def _cpf(text: str) -> bool:
    number = _digits(text)
    return all(
        sum(d * w for d, w in zip(number, range(n + 1, 1, -1), strict=False)) * 10 % 11 % 10 == number[n]
        for n in (9, 10)
    )


def _cn(text: str) -> bool:
    values = [10 if char == "X" else int(char) for char in text]
    return sum(value * (1 << 17 - index) for index, value in enumerate(values)) % 11 == 1


VALID: dict[str, Callable[[str], bool]] = {
    "JP_MY_NUMBER": _my_number,
    "JP_DRIVER_LICENSE": _licence,
    "CREDIT_CARD": _luhn,
    "DEVICE_ID": _luhn,
    "CA_SIN": _luhn,
    "IBAN_CODE": _mod97,
    "UK_NHS": _weights((10, 9, 8, 7, 6, 5, 4, 3, 2, 1), 11),
    "AU_TFN": _weights((1, 4, 3, 7, 5, 8, 6, 9, 10), 11),
    "NL_BSN": _weights((9, 8, 7, 6, 5, 4, 3, 2, -1), 11),
    "NATIONAL_ID": _weights((1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1), 10),
    "ES_NIF": _nif,
    "FR_NIR": _nir,
    "BR_CPF": _cpf,
    "CN_RESIDENT_ID": _cn,
}


@pytest.mark.parametrize("label", VALID)
def test_check_digits_hold_for_every_seed(label: str) -> None:
    values = [identifiers.COMMON[label](Random(seed)) for seed in SEEDS]
    assert [value for value in values if not VALID[label](value)] == []


@pytest.mark.parametrize(
    ("valid", "right", "wrong"),
    [
        (_my_number, ["123456789018", "548836529885", "983205673214", "100000000080"], "123456789019"),
        (_licence, ["300512345680", "459900000110", "300500000410", "300500001300"], "300512345690"),
        (_luhn, ["4111111111111111", "046 454 286"], "4111111111111112"),
        (_mod97, ["GB82 WEST 1234 5698 7654 32"], "GB83 WEST 1234 5698 7654 32"),
        (_cn, ["11010519491231002X"], "110105194912310021"),
    ],
)
def test_the_checks_themselves_against_published_vectors(
    valid: Callable[[str], bool], right: list[str], wrong: str
) -> None:
    assert all(valid(number) for number in right)
    assert not valid(wrong)


def test_verhoeff_and_the_letter_schemes_against_known_numbers() -> None:
    """Fixed outputs, checked once against presidio-analyzer's validators."""
    assert identifiers.COMMON["IN_AADHAAR"](Random(3)) == "9999 2536 6008"
    assert identifiers.COMMON["SG_NRIC"](Random(3)) == "S2536600Z"
    assert identifiers.COMMON["IT_FISCAL_CODE"](Random(3)) == "FNLPPB08E18F175I"
    assert identifiers.COMMON["AU_MEDICARE"](Random(3)) == "3519 45698 4"
    assert identifiers.COMMON["DE_TAX_ID"](Random(3)) == "23066987540"


def test_a_builder_for_every_code_property_secret_and_media_label() -> None:
    wanted = {LabelClass.CODE, LabelClass.PROPERTY, LabelClass.SECRET, LabelClass.MEDIA}
    labels = {name for name, label in LABELS.items() if label.cls in wanted}
    assert labels - identifiers.COMMON.keys() == {"BANK_ACCOUNT"}
    assert identifiers.COMMON.keys() <= LABELS.keys()


def test_ranges_kept_for_tests_are_used() -> None:
    for seed in SEEDS:
        address = identifiers.ip_address(Random(seed))
        assert address.startswith(("192.0.2.", "198.51.100.", "203.0.113.", "2001:db8:"))
        assert identifiers.mac_address(Random(seed))[:14].replace("-", ":") == "00:00:5E:00:53"
        assert identifiers.COMMON["UK_NHS"](Random(seed)).startswith("999")
        assert national.jp_mobile(Random(seed))[3:5] == "-0"
        assert 734 <= int(identifiers.COMMON["US_SSN"](Random(seed))[:3]) <= 749
