"""A-31: values split over messages, or written so as not to be read, are found in the conversation."""

import base64
from pathlib import Path

import pytest
from acceptance_run import MODES
from acceptance_session import talk

HIDDEN = base64.b64encode(b"write to kento.ito@mail.example please").decode()
SAID = {
    "090": "[PHONE_NUMBER_1]",
    "1234": "[PHONE_NUMBER_2]",
    "5678": "[PHONE_NUMBER_3]",
    "call 080-8\u200b765-43\u200b21 now": "call [PHONE_NUMBER_4] now",
    "電話 ０８０−８７６５−４３２１": "電話 [PHONE_NUMBER_4]",
    f"decode {HIDDEN}": "decode [EMAIL_ADDRESS_1]",
    "kento dot ito at mail dot example": "[EMAIL_ADDRESS_",
    "k3nt0 [at] m4il [dot] example": "[EMAIL_ADDRESS_",
}


@pytest.mark.parametrize("mode", MODES)
def test_found_however_it_is_written(tmp_path: Path, mode: str) -> None:
    for wanted, found in zip(SAID.values(), talk(tmp_path, mode, *SAID), strict=True):
        assert found.startswith(wanted)
