"""Tables in messages: the header says what the cells are."""

import pytest

from deid.detect.scan import Scanner
from deid.detect.tables import Tables

TABLES = Tables(Scanner())


def found(text: str) -> list[tuple[str, str]]:
    return [(text[span.start : span.end], span.label) for span in TABLES.detect([text])[0]]


def test_is_a_detector() -> None:
    assert TABLES.name == "tables"
    assert {"PERSON", "PHONE_NUMBER"} <= TABLES.labels


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("会員番号,氏名\n44201,山田花子", [("44201", "ACCOUNT_ID"), ("山田花子", "PERSON")]),
        ("pin\tlogin\n4829\thana_k\r\n1177\tbo.marlow", [
            ("4829", "PASSWORD"), ("hana_k", "USERNAME"), ("1177", "PASSWORD"), ("bo.marlow", "USERNAME"),
        ]),
        ("| name | member no |\n|:---|---:|\n| Bo Marlow | 44-2014 |", [
            ("Bo Marlow", "PERSON"), ("44-2014", "ACCOUNT_ID"),
        ]),
        ("name | member no\n--- | ---\nBo | 44-2014", [("Bo", "PERSON"), ("44-2014", "ACCOUNT_ID")]),
        ('here:\nname;phone\n"Bo";"555 0134"\n', [("Bo", "PERSON"), ("555 0134", "PHONE_NUMBER")]),
        ("ok\n口座番号｜暗証番号\n１２３４５６７｜４８２９", [
            ("１２３４５６７", "BANK_ACCOUNT"), ("４８２９", "PASSWORD"),
        ]),
        ("pin,zip\n,94107", [("94107", "POSTAL_CODE")]),
        ("a b\nname,pin\nBo,4829\nyes\nname,zip\nCy,94107", [
            ("Bo", "PERSON"), ("4829", "PASSWORD"), ("Cy", "PERSON"), ("94107", "POSTAL_CODE"),
        ]),
    ],
)  # fmt: skip
def test_cells_are_read_under_their_header(text: str, cells: list[tuple[str, str]]) -> None:
    assert found(text) == cells


@pytest.mark.parametrize(
    "text",
    [
        "",
        "pin,login 4829,hana_k",
        "item,price,stock\nlamp,4829,12",
        "name,price\n12.50,3",
        "4829,1177\n3310,2044",
        "pin,login\n4829",
        "well, yes\nno, 4829",
        "name | role\n--- | ---\n----- | ----",
        "\n,\n,,\n|",
    ],
)
def test_nothing_is_made_up(text: str) -> None:
    assert found(text) == []


def test_a_text_alone_or_in_a_batch_gives_the_same() -> None:
    texts = ["pin,zip\n4829,94107", "hello", "zip,pin\n94107,4829"]
    assert TABLES.detect(texts) == [TABLES.detect([text])[0] for text in texts]


def test_nothing_is_read_twice() -> None:
    spans = TABLES.detect(["full name\temail\nBo Marlow\tbo@mail.example"])[0]
    assert len(spans) == len(set(spans))
    assert spans == sorted(spans)
