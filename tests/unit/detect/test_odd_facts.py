"""What a lexicon holds of the words that are met: their facts, the same each time, while they are read."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from deid.detect.odd import facts
from deid.detect.odd.facts import (
    DIGIT,
    JOINED,
    LEADS,
    ODD,
    PART,
    PLAIN,
    RARE,
    UNKNOWN,
    WORD,
    facts_of,
    word_of,
)
from deid.detect.odd.features import ROWS, Before, candidates
from deid.detect.odd.lexicon import Lexicon, packed
from deid.detect.odd.scorer import NOTHING, Scorer
from deid.detect.odd.values import OddValues
from deid.types import Turn

COMMON = ["the", "vault", "velvet", "kettle", "is", "gate", "don", "word"]


def lexicon() -> Lexicon:
    return Lexicon.read("+unlock vault gate\n", packed([*COMMON, "marmalade"], COMMON))


@pytest.mark.parametrize(
    ("text", "bits"),
    [
        ("is", LEADS | WORD | PART),
        ("vault", PLAIN | WORD),
        ("velvet", PLAIN),
        ("marmalade", PLAIN | RARE),
        ("mosslantern", PLAIN | RARE | UNKNOWN),
        ("velvetkettle", PLAIN | RARE | UNKNOWN | JOINED),
        ("KQJX", PLAIN | RARE | UNKNOWN | PART),
        ("kx7", ODD | DIGIT | PART),
        ("8.", DIGIT | PART),
        ("", 0),
    ],
)
def test_what_is_so_of_a_word(text: str, bits: int) -> None:
    known = lexicon()
    assert facts_of(text, known).bits == bits
    assert facts_of(text, known).bits == bits  # from the store too


def test_the_beginnings_of_a_word_that_are_in_common_use() -> None:
    assert {4, 6} >= {*lexicon().heads("gatevelvet", 4, 6)} >= {4}
    assert list(lexicon().heads("velvetkettle", 6, 6)) == [6]
    assert list(lexicon().heads("velvetkettle", 7, 5)) == []


def test_no_word_is_held_behind_the_texts_it_was_in() -> None:
    table = np.zeros((ROWS, NOTHING + 1), np.int8)
    known = lexicon()
    values = OddValues(
        Scorer(("PASSWORD",), 0.5, ("vault",), table, np.ones(NOTHING + 1, np.float32), lexicon=known)
    )
    text = "the vault word is mosslantern kx7 4410"
    candidates(text, Before(), known)
    assert "mosslantern" in known.held
    values.beside([text], [[]])
    assert not known.held
    values.in_talks([[Turn("a", text, 0)]], [[[]]])
    assert not known.held


def test_no_word_of_more_than_twenty_letters_is_a_value() -> None:
    assert facts_of("qz" * 10, lexicon()).bits & UNKNOWN
    assert not facts_of("qz" * 10 + "q", lexicon()).bits & (UNKNOWN | PLAIN)


def test_a_long_word_is_not_held() -> None:
    known = lexicon()
    facts_of("vault" * 100, known)
    assert not known.held


def test_a_full_store_is_emptied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "_HELD", 2)
    known = lexicon()
    told = [facts_of(word, known) for word in COMMON]
    assert len(known.held) <= 2
    assert [facts_of(word, known) for word in COMMON] == told


def test_facts_never_show_a_word() -> None:
    assert "vault" not in repr(facts_of("vault", lexicon()))
    assert "vault" not in repr(lexicon())


def test_a_word_of_a_question_loses_its_marks() -> None:
    assert word_of("«Vault»?", lexicon()) == facts_of("vault", lexicon()).word


def test_a_warm_store_changes_no_row() -> None:
    text, warm = "the vault word is mosslantern kx7 velvetkettle", lexicon()
    first = candidates(text, Before("the gate?"), warm)
    assert (
        first
        == candidates(text, Before("the gate?"), warm)
        == candidates(text, Before("the gate?"), lexicon())
    )
    assert first


def test_many_units_are_told_as_each_alone() -> None:
    rng = np.random.default_rng(5)
    table = rng.integers(-100, 100, (64, 3 + NOTHING), np.int8)
    scorer = Scorer(("A", "B", "C"), 0.5, (), table, np.full(5, 0.01, np.float32), (0.4, 0.5, 0.6))
    units = [
        SimpleNamespace(rows=sorted(rng.choice(64, size, replace=False).tolist()), worded=False)
        for size in range(1, 40)
    ]
    alone = [next(scorer.tell([unit])) for unit in units]
    assert list(scorer.tell(units)) == alone
    assert list(scorer.tell([])) == []
    sure = [scorer.label(unit.rows) for unit in units]
    assert sure == [(one.label, one.sure) if one.sure >= one.least else None for one in alone]


def test_letters_alone_have_bounds_of_their_own() -> None:
    scorer = Scorer(("A",), 0.5, (), np.zeros((4, 3), np.int8), np.ones(3, np.float32), (0.4,))
    unit, letters = SimpleNamespace(rows=[1], worded=False), SimpleNamespace(rows=[1], worded=True)
    assert [one.least for one in replace(scorer, worded=(0.7,)).tell([unit, letters])] == [0.4, 0.7]
    assert [one.least for one in replace(scorer, thresholds=()).tell([unit, letters])] == [0.5, 0.5]
