import pytest

from deid.transform.canonical import canonical


@pytest.mark.parametrize(
    ("label", "value", "surfaces"),
    [
        (
            "EMAIL_ADDRESS",
            "taro@example.jp",
            [
                "taro@example.jp",
                "TARO@Example.JP",
                "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ",
                "taro at example dot jp",
                "taro [at] example [dot] jp",
                "taro(at)example(dot)jp",
                "taro アット example ドット jp",
                "taroあっとまーくexampleどっとjp",
                "mailto:taro@example.jp",
                "taro@\u200bexample.jp",
                "taro <at> example . jp",
                "taro (a) example.jp",
            ],
        ),
        (
            "PHONE_NUMBER",
            "09012345678",
            [
                "090-1234-5678",
                "０９０－１２３４－５６７８",
                "(090) 1234 5678",
                "+81 90 1234 5678",
                "+81(0)90-1234-5678",
                "+819012345678",
                "〇九〇一二三四五六七八",
            ],
        ),
        ("PHONE_NUMBER", "4155550123", ["415-555-0123", "+1 (415) 555-0123", "1-415-555-0123"]),
        ("PHONE_NUMBER", "02079460123", ["020 7946 0123", "+44 20 7946 0123"]),
        ("PHONE_NUMBER", "33612345678", ["+33 6 12 34 56 78"]),
        ("USERNAME", "taro_99", ["@taro_99", "TARO_99", "＠ｔａｒｏ＿９９"]),
        (
            "URL",
            "example.jp/a",
            ["https://example.jp/a", "http://www.example.jp/a/", "example.jp/a", "HTTPS://EXAMPLE.JP/A"],
        ),
        ("IP_ADDRESS", "192.0.2.1", ["192.0.2.1", "192[.]0[.]2[.]1", "１９２．０．２．１"]),
        ("CREDIT_CARD", "4111111111111111", ["4111 1111 1111 1111", "4111-1111-1111-1111"]),
        ("JP_MY_NUMBER", "123456789018", ["1234 5678 9018", "1234-5678-9018", "１２３４５６７８９０１８"]),
        ("POSTAL_CODE", "1500001", ["〒150-0001", "150-0001", "1500001"]),
        ("MAC_ADDRESS", "00005e005301", ["00:00:5E:00:53:01", "00-00-5e-00-53-01"]),
        ("STREET_ADDRESS", "神宮前1-2-3", ["神宮前1-2-3", "神宮前 １－２－３"]),
        ("ORGANIZATION", "acme corp", ["Acme  Corp", "ACME CORP"]),
        ("PERSON", "田中美咲", ["田中美咲", "田中 美咲さん"]),
        ("PERSON", "tanaka hiroshi", ["Tanaka Hiroshi", "Mr. Tanaka Hiroshi's"]),
    ],
)
def test_written_forms_of_one_value(label: str, value: str, surfaces: list[str]) -> None:
    assert {canonical(label, surface) for surface in surfaces} == {value}


def test_dots_of_addresses_count() -> None:
    assert canonical("IP_ADDRESS", "1.11.1.1") != canonical("IP_ADDRESS", "11.1.1.1")


@pytest.mark.parametrize(
    "label", ["PERSON", "PHONE_NUMBER", "POSTAL_CODE", "URL", "USERNAME", "CREDIT_CARD", "AGE"]
)
@pytest.mark.parametrize("surface", ["-", "…", "@", "https://"])
def test_never_empty(label: str, surface: str) -> None:
    assert canonical(label, surface)


@pytest.mark.parametrize(
    ("label", "surfaces"),
    [
        ("DATE_OF_BIRTH", ("1990-05-03", "1990年5月3日", "平成2年5月3日", "May 3, 1990", "３ May 1990")),
        ("AGE", ("34", "34歳", "３４才", "34 years old")),
        ("IP_ADDRESS", ("2001:db8::1", "2001:0DB8:0:0:0:0:0:1", "2001:db8::0001")),
        ("IP_ADDRESS", ("192.0.2.7", "192[.]0[.]2[.]7")),
        ("ACCOUNT_ID", ("AB-1234", "ab1234", "AB 1234")),
        ("AD_ID", ("3F2504E0-4F89-11D3-9A0C-0305E82C3301", "3f2504e04f8911d39a0c0305e82c3301")),
    ],
)
def test_other_ways_to_write_one_value(label: str, surfaces: tuple[str, ...]) -> None:
    assert len({canonical(label, surface) for surface in surfaces}) == 1


@pytest.mark.parametrize(
    ("label", "surfaces"),
    [
        ("DATE_OF_BIRTH", ("1990-05-03", "1990-05-04", "1990-05", "5月3日", "5月4日")),
        ("DATE_TIME", ("2024-01-02 15:10", "2024-01-02 15:50", "2024-01-02")),
        ("AGE", ("34", "3 months", "35", "30s")),
        ("IP_ADDRESS", ("192.0.2.7", "192.0.2.70", "192.0.2.0/24")),
    ],
)
def test_like_values_stay_apart(label: str, surfaces: tuple[str, ...]) -> None:
    assert len({canonical(label, surface) for surface in surfaces}) == len(surfaces)
