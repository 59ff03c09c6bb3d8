from reid import redacted, regexmask
from reid.synthpai import Corpus

_TEXTS = ["Call 212-555-0100 or write to zed@mail.example, Zed", "call me, zed", "Call nobody"]


def _corpus() -> Corpus:
    return Corpus([], [], _TEXTS, _TEXTS, ["ann", "bob", "cid"], ["", "", ""])


def test_the_usual_mask_hides_what_it_lists() -> None:
    masked = regexmask.treat(_corpus())
    assert "555" not in masked[0]
    assert "@" not in masked[0]
    assert "Zed" in masked[0]


def test_redaction_leaves_nothing() -> None:
    assert redacted.treat(_corpus()) == ["", "", ""]
