from reid import redacted, regexmask, utility
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


def test_what_stands_around_tags_is_read_and_nothing_across_them() -> None:
    found = utility.around_tags("We [RARE_WORD] moss, [PERSON_1] said to <PERSON> in ****.")
    assert found == ["we", None, "moss", None, "said", "to", None, "in", None]


def test_a_tag_teaches_no_pair() -> None:
    every = ["red moss", "grey fern"]
    across = utility.perplexity([["red", None, "moss"]], ["red moss"], every)
    assert across > utility.perplexity([["red", "moss"]], ["red moss"], every)
