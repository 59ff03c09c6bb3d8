"""Gates over many texts: each is told from its neighbours, and none that holds something is passed over."""

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import pytest

from deid.detect import hidden, sensitive
from deid.detect.hidden import HiddenValues
from deid.detect.matching import asking as asking_module
from deid.detect.matching import candidates, phrases
from deid.detect.matching.asking import Asking, asking, asking_words
from deid.detect.names import english
from deid.detect.names.english import EnglishNames
from deid.detect.sensitive import SensitiveContent
from deid.detect.stated import places, reader, traits
from deid.detect.stated.places import StatedPlaces
from deid.detect.stated.reader import statements
from deid.detect.stated.rules import whole
from deid.detect.stated.traits import StatedTraits
from deid.types import Detector

GOLDEN = Path(__file__).parents[2] / "golden"
SIGNS = (" ", "\u3000", "\u00a0", "\x0b", "-", "'", "’", "\n", "。", ".", "é", "ſ", "İ", "\u212a", "4")


STATED = """
I'm a nurse on nights|i am a proud Canadian here|AS A FRENCH citizen i vote|I’m a café\u3000owner
we're Germans|看護師をしています|国籍は日本です|i live in Évora now|Just turned 30!|19 here lol|高2です
30♀です|三十路になった|born and raised in OSAKA|a true new yorker|my name is zorblax|Call me Zed
yo kev|NIGHT Grace!|Mr. Zorb left|hi\u3000mark
"""


def everything(texts: Sequence[str]) -> list[int]:
    """Let every text through."""
    return [-1] * len(texts)


def _lines() -> list[str]:
    found = [
        line[2:].split(" ⇒ ")[0]
        for part in ("names", "patterns", "sensitive", "conversation")
        for path in sorted((GOLDEN / part).rglob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line[:2] in {"+ ", "- "}
    ]
    stated = STATED.strip().replace("\n", "|").split("|")
    return [*found, *stated]


def _texts() -> list[str]:
    """Return lines, and what is left of them garbled: cut, joined, with odd signs, in other case."""
    rng = Random(11)
    lines = _lines()
    some = rng.sample(lines, 1_500)
    cut = [
        one[len(one) // 2 :] + rng.choice(SIGNS) + other for one, other in zip(some, some[1:], strict=False)
    ]
    odd = [one.replace(" ", rng.choice(SIGNS)).replace("s", rng.choice("sSſ")) for one in some]
    return [*lines[-21:], *some, *cut, *odd, *map(str.upper, some[:500]), *map(str.swapcase, some[500:900])]


TEXTS = _texts()


def _same_with_gate_open(
    monkeypatch: pytest.MonkeyPatch,
    member: Callable[[], Detector],
    texts: Sequence[str],
    *gates: tuple[object, str],
) -> None:
    gated = member().detect(texts)
    for module, name in gates:
        monkeypatch.setattr(module, name, lambda *_: everything)
    assert [set(spans) for spans in gated] == [set(spans) for spans in member().detect(texts)]
    assert any(gated)


def test_no_stated_place_or_age_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    _same_with_gate_open(monkeypatch, StatedPlaces, TEXTS, (places, "_asking"))


def test_no_stated_trait_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    _same_with_gate_open(monkeypatch, StatedTraits, TEXTS[:2_500], (traits, "_asking"))


def test_no_hidden_value_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    seed = "legal winner thank year wave sausage worth useful legal winner thank yellow"
    wrapped = "bXkgbmFtZSBpcyBqZXNzaWNhIGJyb3du"
    texts = [seed, seed.replace(" ", "\n"), f"x {wrapped}", wrapped, f"({wrapped})", *TEXTS[::4]]
    _same_with_gate_open(monkeypatch, lambda: HiddenValues(EnglishNames.load()), texts, (hidden, "_asking"))


def test_no_listed_name_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    _same_with_gate_open(monkeypatch, EnglishNames.load, TEXTS, (english, "_words"), (english, "_cues"))


@pytest.mark.slow
def test_no_phrase_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = TEXTS[::2]
    gated = SensitiveContent().detect(texts)
    monkeypatch.setattr(sensitive, "HAS_RE2", False)
    sensitive._ready.cache_clear()  # noqa: SLF001
    try:
        assert SensitiveContent().detect(texts) == gated
    finally:
        sensitive._ready.cache_clear()  # noqa: SLF001
    assert any(gated)


def test_phrases_are_asked_alike_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    triggers = [(0, "(?i:(?:^|[^a-z])coming out(?:[^a-z]|$))"), (1, "(?i:病気)")]
    texts = [text.encode() for text in ("Coming-Out!", "becoming out", "病気", "")]
    assert phrases.held_by(triggers)(texts) == [1, 0, 2, 0]
    monkeypatch.setattr(phrases, "HAS_HYPERSCAN", False)
    if candidates.HAS_RE2:
        assert phrases.held_by(triggers)(texts) == [1, 0, 2, 0]


@pytest.mark.skipif(not candidates.HAS_RE2, reason="google-re2 is not installed")
@pytest.mark.parametrize("kinds", [frozenset({"OCCUPATION", "NATIONALITY"}), frozenset[str]()])
def test_no_statement_is_passed_over(monkeypatch: pytest.MonkeyPatch, kinds: frozenset[str]) -> None:
    texts = TEXTS[:800]
    gated = [statements(text, kinds) for text in texts]
    monkeypatch.setattr(candidates, "HAS_RE2", False)
    reader._rules.cache_clear()  # noqa: SLF001
    try:
        assert [statements(text, kinds) for text in texts] == gated
    finally:
        reader._rules.cache_clear()  # noqa: SLF001
    assert any(gated)


def test_a_word_of_any_script_is_one_to_the_gate_of_a_rule() -> None:
    assert candidates.candidates_of([whole(r"\bcafé\b\s\w+")])("a CAFÉ\u3000né")
    with pytest.raises(ValueError, match="an expression with"):
        whole(r"[^\w]")


def _both(make: Callable[[], Asking], monkeypatch: pytest.MonkeyPatch) -> list[Asking]:
    first = make()
    monkeypatch.setattr(asking_module, "HAS_HYPERSCAN", False)
    return [first, make()]


def test_words_are_told_of_each_text(monkeypatch: pytest.MonkeyPatch) -> None:
    groups = (("mark", "ann"), ("ann", "call me"))
    texts = ["MARK", "marks", "call-me x", "", "an", "n", "ann、", "remark ann"]
    for ask in _both(lambda: asking_words(groups), monkeypatch):
        assert ask(texts) == [1, 0, 2, 0, 0, 0, 3, 3]
        assert ask([]) == []


def test_a_letter_that_case_hides_lets_its_text_through(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["plain", "mar\u212a", "x"]
    assert asking_words((("mark",),))(texts) == [0, 1, 0]
    assert [bool(bits) for bits in asking(["mark"])(texts)] == [False, True, False]
    monkeypatch.setattr(asking_module, "HAS_HYPERSCAN", False)
    assert asking_words((("mark",),))(texts) == [0, 1, 0]


def test_expressions_are_asked_of_each_text(monkeypatch: pytest.MonkeyPatch) -> None:
    for ask in _both(lambda: asking(["caf[eé]", "[0-9]{2} here"]), monkeypatch):
        assert ask(["CAFÉ", "café 19 here", "caf", "é", ""]) == [1, 3, 0, 0, 0]
