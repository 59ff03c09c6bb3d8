"""Messages that are one value and nothing else."""

import pytest

from deid.detect.alone import WholeValues
from deid.detect.patterns.alone import FORMS
from deid.detect.scan import Scanner
from deid.labels import LABELS
from deid.types import Span

ALONE = WholeValues(Scanner())

FOUND = (
    ("0032698674", "UK_NHS"),
    ("5555555555", "PHONE_NUMBER"),
    ("13812345678", "PHONE_NUMBER"),
    ("02-3257118", "PHONE_NUMBER"),
    ("2123 4567", "PHONE_NUMBER"),
    ("078 05 1123", "US_SSN"),
    ("078.05.1123", "US_SSN"),
    ("911701234", "US_ITIN"),
    ("1234-567-893", "NATIONAL_ID"),
    ("1EG4TE5MK73", "NATIONAL_ID"),
    ("0711-0130-7", "BANK_ACCOUNT"),
    ("122000000000003", "CREDIT_CARD"),
    ("130692544", "CA_SIN"),
    ("tw987654a", "UK_NINO"),
    ("morga607054sm9ij", "DRIVER_LICENSE"),
    ("ab51 abc", "LICENSE_PLATE"),
    ("HH-AB-1234", "LICENSE_PLATE"),
    ("EC1A1BB", "POSTAL_CODE"),
    ("3123:4567:8909", "IN_AADHAAR"),
    ("A3456781", "PASSPORT"),
    ("876 543 210", "AU_TFN"),
    ("2123 45670 1", "AU_MEDICARE"),
    ("98765432106", "DE_TAX_ID"),
    ("1111111-G", "ES_NIF"),
    ("44051401458", "NATIONAL_ID"),
    ("9601211234567", "KR_RRN"),
    ("10000000146", "NATIONAL_ID"),
    ("8001015009087", "NATIONAL_ID"),
    ("53125226D", "NATIONAL_ID"),
)
OTHER = (
    "12345",
    "2024",
    "10:30",
    "3.14159265",
    "0.12345678",
    "01.02.2023",
    "01/02/2023",
    "v1.2.3",
    "123456789",
    "I'm 24",
    "call 0032698674 now",
    "room 101",
    "1000000",
    "AB35 ABC",
    "lol 2",
    "",
    "x" * 40 + "1" * 40,
    "401-023-2137",  # the scan knows it as a telephone number
)


@pytest.mark.parametrize(("text", "label"), FOUND)
def test_whole_value(text: str, label: str) -> None:
    assert ALONE.detect([text]) == [[Span(0, len(text), label, 0.4, "alone")]]


@pytest.mark.parametrize("text", OTHER)
def test_no_value(text: str) -> None:
    assert ALONE.detect([text]) == [[]]


@pytest.mark.parametrize("form", ["「{}」", " {}.\n", "{}です", "my {}"])
def test_only_marks_may_stand_beside_it(form: str) -> None:
    text = form.format("0032698674")
    spans = ALONE.detect([text])[0]
    assert [text[span.start : span.end] for span in spans] == (
        [] if form.endswith("です") or form.startswith("my") else ["0032698674"]
    )


def test_full_width_keeps_offsets_of_the_original() -> None:
    text = "『００３２６９８６７４』"
    assert ALONE.detect([text])[0] == [Span(1, 11, "UK_NHS", 0.4, "alone")]


def test_what_the_scan_tells_stands() -> None:
    assert ALONE.detect(["078-05-1123"]) == [[]]


def test_labels_are_known() -> None:
    assert ALONE.labels == {form.label for form in FORMS}
    assert ALONE.labels <= LABELS.keys()


def test_batch_is_the_same_as_alone() -> None:
    texts = [text for text, _ in FOUND] + list(OTHER)
    assert ALONE.detect(texts) == [ALONE.detect([text])[0] for text in texts]
