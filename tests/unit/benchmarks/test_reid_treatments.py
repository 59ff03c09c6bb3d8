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
    asked = [["red", "moss"]]
    across = utility.perplexity([["red", None, "moss"]], asked, 4)
    assert across > utility.perplexity([["red", "moss"]], asked, 4)


def test_dialogues_are_read_as_asked_and_learned_from_others() -> None:
    """Ten speakers, two held out; half of the words of the second treatment are gone."""
    texts = ["moss-fern"] * 10
    corpus = Corpus([], [], texts, texts, [f"s{n}" for n in range(10)], [""] * 10)
    whole, half = (
        utility.spoken(corpus, [text] * 10, 1, words=lambda text: text.split("-"))
        for text in ("moss-fern", "moss-[PERSONAL_WORD]")
    )
    assert (whole["words_changed"], half["words_changed"]) == (0, 0.5)
    assert half["perplexity"] > whole["perplexity"]
    assert utility.spoken(corpus, [""] * 10, 1, words=str.split) == {"words_changed": 1.0}
