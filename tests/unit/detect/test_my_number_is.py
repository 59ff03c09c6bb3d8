"""«My number is»: in English nobody's Individual Number but for twelve digits."""

import pytest

from deid.detect.reread.loose import LooseValues
from deid.detect.scan import Scanner

READ = LooseValues(Scanner())


@pytest.mark.parametrize(
    "text",
    [
        "my number is +1 201-555-0123",
        "my number is 1 (201) 555-0123",
        "my number is +442071234567",
        "my number is +81 90-1234-5678",
        "my number is 090-1234-5678",
        "My number is 09012345678",
    ],
)
def test_a_telephone_number_stays_one(text: str) -> None:
    labels = {span.label for span in READ.detect([text])[0]}
    assert "JP_MY_NUMBER" not in labels
    assert "PHONE_NUMBER" in labels


@pytest.mark.parametrize(
    "text", ["my number is 1234 5678 9018", "マイナンバー 1234-5678-901", "my number card: 123456789018"]
)
def test_twelve_digits_are_an_individual_number(text: str) -> None:
    assert "JP_MY_NUMBER" in {span.label for span in READ.detect([text])[0]}
