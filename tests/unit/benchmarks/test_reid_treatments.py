from reid import rarewords, redacted, regexmask
from reid.synthpai import Corpus

_TEXTS = ["Call 212-555-0100 or write to zed@mail.example, Zed", "call me, zed", "Call nobody"]


def _corpus() -> Corpus:
    return Corpus([], [], _TEXTS, _TEXTS, ["ann", "bob", "cid"], ["", "", ""])


def test_words_of_few_people_become_a_placeholder() -> None:
    assert rarewords.shared_words(_TEXTS, ["ann", "bob", "cid"], 3)[2] == "Call □"
    assert rarewords.shared_words(_TEXTS, ["ann", "bob", "cid"], 2)[1] == "call □, zed"


def test_a_word_one_person_repeats_is_still_theirs() -> None:
    assert rarewords.shared_words(["moss moss", "moss"], ["ann", "ann"], 2) == ["□ □", "□"]


def test_the_usual_mask_hides_what_it_lists() -> None:
    masked = regexmask.treat(_corpus())
    assert "555" not in masked[0]
    assert "@" not in masked[0]
    assert "Zed" in masked[0]


def test_redaction_leaves_nothing() -> None:
    assert redacted.treat(_corpus()) == ["", "", ""]
