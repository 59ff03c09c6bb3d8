"""Check digits: published and hand-worked vectors, one wrong digit each, and every refusal by name."""

from collections.abc import Callable

import pytest

from deid.detect import checksums
from deid.detect.patterns.crypto import base58check, bech32

VALID: list[tuple[Callable[[str], bool], list[str]]] = [
    (checksums.luhn, ["4111111111111111", "79927398713", "046 454 286"]),
    (
        checksums.payment_card,
        [
            "4111 1111 1111 1111",
            "378282246310005",
            "3530111333300000",
            "6011-1111-1111-1117",
            "5555555555554444",
            "2223003122003222",
            "30569309025904",
            "180016070420458",
        ],
    ),
    (checksums.iban, ["GB82 WEST 1234 5698 7654 32", "DE89370400440532013000", "NO9386011117947"]),
    (checksums.aba_routing, ["021000021", "110000000"]),
    (
        checksums.my_number,
        ["1234 5678 9018", "548836529885", "983205673214", "100000000080", "100000000030"],
    ),
    (
        checksums.jp_driver_license,
        ["300512345680", "459900000110", "300500000410", "300500001300"],
    ),
    (checksums.jp_insurer, ["33120015"]),
    (checksums.us_ssn, ["123-45-6789", "899-99-9999"]),
    (checksums.us_itin, ["912-70-1234", "900-50-0000", "999-99-9999"]),
    (checksums.uk_nhs, ["943 476 5919"]),
    (checksums.uk_nino, ["AB123456C"]),
    (checksums.verhoeff, ["2363", "2341 2341 2346"]),
    (checksums.kr_rrn, ["900101-1234567"]),
    (checksums.kr_rrn_checked, ["9001011234568"]),
    (checksums.cn_resident_id, ["11010519491231002X", "11010519491231002x"]),
    (checksums.tw_id, ["A123456789"]),
    (checksums.sg_nric, ["S1234567D", "F1234567N", "M1234567K"]),
    (checksums.au_tfn, ["123 456 782"]),
    (checksums.au_medicare, ["2123 45670 1"]),
    (checksums.de_tax_id, ["86095742719", "47 036 892 816"]),
    (checksums.fr_nir, ["2 55 08 14 168 025 38"]),
    (checksums.es_nif, ["12345678Z", "X1234567L"]),
    (checksums.it_fiscal_code, ["RSSMRA85T10A562S", "rssmra85t10a562s"]),
    (checksums.nl_bsn, ["111222333"]),
    (checksums.br_cpf, ["529.982.247-25"]),
    (checksums.pl_pesel, ["44051401359"]),
    (checksums.se_personal, ["811228-9874", "19811228-9874"]),
    (checksums.hk_id, ["A123456(3)"]),
    (checksums.vehicle_id, ["1M8GDM9AXKP042788"]),
    (base58check, ["1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"]),
    (
        bech32,
        [
            "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
        ],
    ),
]
INVALID: list[tuple[Callable[[str], bool], list[str]]] = [
    (checksums.luhn, ["4111111111111112", "0000000000000000"]),
    (checksums.payment_card, ["4111111111111112", "1111111111111117", "41111111111111"]),
    (checksums.iban, ["GB82 WEST 1234 5698 7654 33", "GB82WEST123456987654", "ZZ82WEST12345698765432"]),
    (checksums.aba_routing, ["021000022", "000000000", "02100002"]),
    (checksums.my_number, ["123456789019", "12345678901", "1234567890180"]),
    (checksums.jp_driver_license, ["300512345670", "090512345680", "980512345680", "3005123456"]),
    (checksums.jp_insurer, ["33120016", "3312001"]),
    (checksums.us_ssn, ["000-45-6789", "666-45-6789", "912-45-6789", "123-00-6789", "123-45-0000"]),
    (checksums.us_itin, ["812-70-1234", "912-69-1234", "912-89-1234", "912-93-1234", "912-49-1234"]),
    (checksums.uk_nhs, ["943 476 5918", "94347659"]),
    (checksums.uk_nino, ["BG123456C", "ZZ123456C"]),
    (checksums.verhoeff, ["2364", "3263"]),
    (checksums.kr_rrn, ["901301-1234567", "900132-1234567"]),
    (checksums.kr_rrn_checked, ["9001011234567"]),
    (checksums.cn_resident_id, ["110105194912310021", "11010519491331002X"]),
    (checksums.tw_id, ["A123456788"]),
    (checksums.sg_nric, ["S1234567A", "F1234567D"]),
    (checksums.au_tfn, ["123456783", "12345678"]),
    (checksums.au_medicare, ["2123456711", "1123456701"]),
    (checksums.de_tax_id, ["86095742718", "06095742719"]),
    (checksums.fr_nir, ["255081416802539"]),
    (checksums.es_nif, ["12345678A", "X1234567M"]),
    (checksums.it_fiscal_code, ["RSSMRA85T10A562T"]),
    (checksums.nl_bsn, ["111222334", "000000000", "1112223"]),
    (checksums.br_cpf, ["529.982.247-24", "111.111.111-11", "529982247"]),
    (checksums.pl_pesel, ["44051401358", "4405140135"]),
    (checksums.se_personal, ["811228-9873", "811328-9874"]),
    (checksums.hk_id, ["A123456(4)"]),
    (checksums.vehicle_id, ["1M8GDM9A1KP042788"]),
    (base58check, ["1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3", "1111111111111111111111111"]),
    (bech32, ["bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdp"]),
]


def cases(
    table: list[tuple[Callable[[str], bool], list[str]]],
) -> list[tuple[Callable[[str], bool], str]]:
    return [(check, surface) for check, surfaces in table for surface in surfaces]


@pytest.mark.parametrize(("check", "surface"), cases(VALID))
def test_holds(check: Callable[[str], bool], surface: str) -> None:
    assert check(surface)


@pytest.mark.parametrize(("check", "surface"), cases(INVALID))
def test_fails(check: Callable[[str], bool], surface: str) -> None:
    assert not check(surface)


def test_my_number_by_hand() -> None:
    # 1*6+2*5+3*4+4*3+5*2+6*7+7*6+8*5+9*4+0*3+1*2 = 212 = 19*11 + 3; 11 - 3 = 8
    assert checksums.my_number("123456789018")


def test_driver_license_by_hand() -> None:
    # 3*5+0*4+0*3+5*2+1*7+2*6+3*5+4*4+5*3+6*2 = 102 = 9*11 + 3; 11 - 3 = 8, then the count of reissues
    assert checksums.jp_driver_license("300512345680")


def test_digits_drops_everything_else() -> None:
    assert checksums.digits("+81 (0)90-1234 x") == "810901234"
