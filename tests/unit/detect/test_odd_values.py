"""The learnt scorer of odd units: candidates, what it is told, when it is asked, what it gives way to."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal
from zlib import crc32

import numpy as np
import pytest

from deid.detect.detector import DefaultDetector
from deid.detect.models import model_digests, model_folder
from deid.detect.odd import gate
from deid.detect.odd.facts import Facts, facts_of, is_odd
from deid.detect.odd.features import HALF, ROWS, Before, Candidate, candidates
from deid.detect.odd.gate import near_of
from deid.detect.odd.lexicon import Lexicon, packed
from deid.detect.odd.scorer import FILES, WORDS, Scorer
from deid.detect.odd.shapes import shape, size_of
from deid.detect.odd.units import Unit, odd_ones, units_of
from deid.detect.odd.values import Mark, OddValues, joined, said_before
from deid.detect.odd.worded import lettered, worded_ones
from deid.errors import DetectorError
from deid.sections import DetectConfig
from deid.types import Span, Turn

WORDS_IN_USE = ["vault", "gate", "this", "word", "opens", "now", "his", "since", "mine", "with"]
LEXICON = Lexicon.read(
    "# a comment\n+unlock vault gate safe\ntime noon\n", packed(WORDS_IN_USE, WORDS_IN_USE)
)


def row(feature: str) -> int:
    """Return the row of a feature: in the upper half for words as they are."""
    words = feature.partition(":")[0] in {"l", "q", "e", "b1"}
    return HALF * words + crc32(feature.encode()) % HALF


def scorer(*features: str, threshold: float = 0.5) -> Scorer:
    """Return a scorer that calls what has one of some features a password, and all else nothing."""
    table = np.zeros((ROWS, 3), np.int8)
    table[row("bias")] = [20, 0, 0]
    for feature in features:
        table[row(feature)] = [0, 0, 100]
    return Scorer(("PASSWORD",), threshold, ("vault", "gate"), table, np.ones(3, np.float32), lexicon=LEXICON)


def facts(found: Sequence[Unit]) -> list[Facts]:
    return [facts_of(unit.text, LEXICON) for unit in found]


def units(text: str, before: Before | None = None, *spans: Span) -> list[Candidate]:
    return candidates(text, before or Before(), LEXICON, spans)


def found(text: str, *spans: Span, features: Sequence[str] = ("l:vault",)) -> list[str]:
    (result,) = OddValues(scorer(*features)).beside([text], [list(spans)])
    return [text[span.start : span.end] for span in result if span not in spans]


@pytest.mark.parametrize(
    "text", ["kx7", "night_owl", "fooBar", "hunter!two", "Xqzwtk", "to-be-or-not", "a1b2"]
)
def test_what_looks_like_no_word(text: str) -> None:
    assert is_odd(text)


@pytest.mark.parametrize(
    "text", ["", "k7", "word", "Word", "WORD", "well-known", "http://a1.example", "a1@b.example"]
)
def test_what_is_a_word_or_found_otherwise(text: str) -> None:
    assert not is_odd(text)


def test_a_long_run_is_no_unit_to_look_at() -> None:
    assert is_odd("7" * 40)
    assert not is_odd("7" * 41)


def test_units_lose_the_marks_round_them() -> None:
    text = "(«kx7»), ok."
    assert [text[unit.start : unit.end] for unit in units_of(text)] == ["kx7", "ok"]


def test_a_key_is_a_unit_of_its_own() -> None:
    text = "pin=4410 http://a.example:80"
    units = units_of(text)
    assert [(unit.text, unit.key) for unit in units] == [
        ("pin=", True),
        ("4410", False),
        ("http://a.example:80", False),
    ]


def test_short_groups_beside_digits_are_looked_at() -> None:
    for text, odd in (("so AB 12 345 there it is", [1, 2, 3]), ("so AB that were 12", [])):
        assert odd_ones(units_of(text), facts(units_of(text))) == odd


def test_a_shape_tells_runs() -> None:
    assert shape("ABC-1234x") == "X+-d+x"


def test_a_size_tells_kinds_and_how_many() -> None:
    assert [size_of(text) for text in ("4410", "1998", "AB 12 345", "kx7!")] == ["d4", "year", "dX7", "dx!3"]


def test_the_rows_of_a_unit_are_each_once_and_in_order() -> None:
    (one,) = units("the vault the vault kx7")
    assert list(one.rows) == sorted(set(one.rows))
    assert {row("l:vault"), row("bf1:unlock")} <= {*one.rows}


def test_a_word_of_the_same_field_is_told_alike() -> None:
    (one,), (other,) = units("the vault is kx7"), units("the safe is kx7")
    assert {row("nf:unlock dx3"), row("lf:unlock")} <= {*one.rows} & {*other.rows}
    assert row("l:vault") not in other.rows


def test_what_was_said_before_is_told() -> None:
    (plain,) = units("kx7")
    (asked,) = units("kx7", Before("Which vault?", "at noon"))
    told = {row("q:vault"), row("qf:unlock"), row("e:noon"), row("ef:time")}
    assert told <= {*asked.rows}
    assert told.isdisjoint(plain.rows)


def test_what_others_found_is_told_by_its_label_and_likeness() -> None:
    (one,) = units("mine kx7, his kx8", None, Span(5, 8, "PASSWORD", 0.9, "scan"))
    assert (one.start, one.end) == (14, 17)
    assert {row("lf:@PASSWORD"), row("like:True")} <= {*one.rows}


def worded(text: str, *, asked: bool = False) -> list[str]:
    found = units_of(text)
    return [found[at].text for at in worded_ones(found, facts(found), asked=asked, naming=lambda: True)]


def test_a_word_that_nobody_knows_may_be_a_value() -> None:
    assert worded("this mosslantern word") == ["mosslantern"]
    assert worded("this mossy word gate") == []


def test_a_known_word_may_be_a_value_where_one_stands() -> None:
    assert worded("word: vault") == ["vault"]
    assert worded("vault", asked=True) == ["vault"]
    assert worded("this word opens this vault gate", asked=True) == []


def test_groups_of_letters_may_be_a_value() -> None:
    assert worded("this zzq-vesu-avc or gate-word") == ["zzq-vesu-avc"]


def test_a_word_beside_a_number_is_no_group_of_it() -> None:
    found = units_of("SAFE 4410 IS AB 12")
    assert [found[at].text for at in lettered(found, odd_ones(found, facts(found)), facts(found))] == [
        "4410",
        "AB",
        "12",
    ]


def test_a_unit_beside_its_word_is_found() -> None:
    assert found("the vault opens with kx7 now") == ["kx7"]


def test_offsets_are_those_of_the_text_as_given() -> None:
    assert found("🙂 ｖａｕｌｔ vault： ｋｘ７") == ["ｋｘ７"]


def test_nothing_is_found_without_a_word_of_the_gate() -> None:
    assert found("the door opens with kx7 now", features=("l:opens",)) == []


def test_a_unit_of_letters_alone_has_a_threshold_of_its_own() -> None:
    told = replace(scorer("l:vault"), thresholds=(0.5,), worded=(1.1,))
    (result,) = OddValues(told).beside(["vault kx7 or mosslantern"], [[]])
    assert [(span.start, span.end) for span in result] == [(6, 9)]


def test_nothing_is_found_below_the_threshold() -> None:
    (result,) = OddValues(scorer("l:vault", threshold=1.1)).beside(["vault kx7"], [[]])
    assert result == []


def test_what_others_found_stands() -> None:
    assert found("vault kx7", Span(6, 9, "PERSON", 0.95, "names")) == []


def test_a_value_that_looks_like_one_found_is_another() -> None:
    assert found("vault kx7, his kx8", Span(6, 9, "PASSWORD", 0.9, "scan")) == ["kx8"]


def test_a_number_unlike_a_finding_of_its_kind_is_none() -> None:
    assert found("vault kx7, since 2019", Span(6, 9, "PASSWORD", 0.9, "scan")) == []


def test_a_value_of_another_kind_beside_a_finding_must_be_sure() -> None:
    assert found("vault 4410-22, kx7", Span(6, 13, "ACCOUNT_ID", 0.9, "scan")) == ["kx7"]
    weak = replace(scorer("l:vault"), scale=np.full(3, 0.01, np.float32))
    (result,) = OddValues(weak).beside(["vault 4410-22, kx7"], [[Span(6, 13, "ACCOUNT_ID", 0.9, "scan")]])
    assert len(result) == 1


def test_words_are_looked_at_where_something_speaks_of_handles_or_secrets() -> None:
    assert units("this mosslantern at noon") == []
    assert len(units("this mosslantern at the safe")) == 1
    assert len(units("mosslantern", Before("Which safe?"))) == 1


def test_a_word_is_a_handle_or_a_secret_and_nothing_else() -> None:
    assert found("vault mosslantern") == ["mosslantern"]
    other = replace(scorer("l:vault"), labels=("POSTAL_CODE",))
    texts = ["vault mosslantern", "vault kx7"]
    assert [len(spans) for spans in OddValues(other).beside(texts, [[], []])] == [0, 1]


def test_a_short_group_beside_what_others_found_is_no_value() -> None:
    assert found("vault kx7 5", Span(6, 9, "PERSON", 0.95, "names")) == []


def test_a_name_or_a_handle_stands_beside_a_value() -> None:
    assert found("vault of night_owl: kx7", Span(9, 18, "USERNAME", 0.9, "scan")) == ["kx7"]


def test_the_spans_of_others_are_kept() -> None:
    own = Span(0, 5, "PERSON", 0.95, "names")
    (result,) = OddValues(scorer("l:vault")).beside(["Maria vault kx7"], [[own]])
    assert result == [own, Span(12, 15, "PASSWORD", 0.35, "odd")]


def test_one_short_group_is_no_value() -> None:
    assert found("vault 4410 2 the") == ["4410 2"]
    assert found("vault of no 2 the 3") == []


def test_a_long_text_is_not_read() -> None:
    assert found("vault kx7" + " " * 1991) == ["kx7"]
    assert found("vault kx7" + " " * 1992) == []


def test_japanese_is_left_to_its_own_scorer() -> None:
    assert found("vault kx7") == ["kx7"]
    assert found("vault kx7 です") == []


def test_marks_close_together_are_one_value_of_the_surest_label() -> None:
    marks = [Mark(0, 2, "PASSWORD", 0.6), Mark(5, 7, "ACCOUNT_ID", 0.9), Mark(12, 14, "PASSWORD", 0.7)]
    assert joined(marks, "12 - 34 and  56") == [Mark(0, 7, "ACCOUNT_ID", 0.9), Mark(12, 14, "PASSWORD", 0.7)]
    assert joined(marks[:2], "12 a 34") == marks[:2]


def test_a_fainter_group_beside_a_sure_one_is_of_its_value() -> None:
    told = scorer("s:x+d")
    told.table[row("s:d+")] = [0, 0, 19]
    texts = ["vault kx7 44", "vault kx7, no 4410", "vault 4410"]
    spans = OddValues(told).beside(texts, [[], [], []])
    assert [[(span.start, span.end) for span in some] for some in spans] == [[(6, 12)], [(6, 9)], []]


def test_a_batch_reads_as_each_text_alone() -> None:
    texts = ["vault kx7", "nothing", "", "gate kx7\nvault", "a vault"] * 3
    odd = OddValues(scorer("l:vault"))
    assert odd.beside(texts, [[] for _ in texts]) == [odd.beside([text], [[]])[0] for text in texts]


WORDY = (
    "vault",
    "VAULT: x",
    "x-gate-y",
    "vaults",
    "a_vault",
    "vault2",
    "évault",
    "",
    "the\ngate",
    "gate\n",
    "Gate",
    "K vault",
)


def test_the_gate_is_the_same_without_hyperscan(monkeypatch: pytest.MonkeyPatch) -> None:
    native = near_of(("vault", "gate"))([*WORDY])
    monkeypatch.setattr(gate, "HAS_HYPERSCAN", False)
    assert [bool(held) for held in near_of(("vault", "gate"))([*WORDY])] == [bool(held) for held in native]
    assert [bool(held) for held in native] == [1, 1, 1, 0, 0, 0, 1, 0, 1, 1, 1, 1]


def turns(*said: tuple[int | None, str]) -> list[Turn]:
    return [Turn(f"[{at}]", text, speaker) for at, (speaker, text) in enumerate(said)]


def test_a_question_is_the_nearest_turn_of_another_within_four() -> None:
    talk = turns((0, "a"), (1, "b"), (1, "c"), (1, "d"), (1, "e"), (1, "f"))
    assert [said_before(talk, at) for at in (0, 1, 3, 5)] == [
        Before(),
        Before("a"),
        Before("a", "b\nc"),
        Before("", "b\nc\nd\ne"),
    ]


def test_the_word_may_stand_four_turns_back() -> None:
    talk = turns((0, "my vault"), *((1, "hm") for _ in range(3)), (0, "kx7"), (0, "kx8"))
    (result,) = OddValues(scorer("e:vault")).in_talks([talk], [[[] for _ in talk]])
    assert [len(spans) for spans in result] == [0, 0, 0, 0, 1, 0]


def test_an_answer_is_read_with_its_question() -> None:
    talk = turns((None, "what opens the vault?"), (0, "kx7"), (None, "thanks"), (0, "kx8"))
    (result,) = OddValues(scorer("q:vault")).in_talks([talk], [[[] for _ in talk]])
    assert result == [[], [Span(0, 3, "PASSWORD", 0.35, "odd")], [], []]


def test_conversations_are_read_apart() -> None:
    first, second = turns((None, "what opens the vault?")), turns((0, "kx7"))
    assert OddValues(scorer("q:vault")).in_talks([first, second], [[[]], [[]]]) == [[[]], [[]]]


@pytest.mark.parametrize("name", [*FILES, *WORDS])
def test_a_changed_file_is_refused(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "values-en"
    shutil.copytree(model_folder("values-en"), folder)
    content = bytearray((folder / name).read_bytes())
    content[-1] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(DetectorError, match=f"model values-en: {name} is not the file"):
        Scorer.load(folder)


def test_the_shipped_scorer_finds_what_no_pattern_knows() -> None:
    detector = DefaultDetector.default(("en",), use="fast")
    text = "the password for the shed router was changed, tnx: Wq8!kettle"
    (spans,) = detector.detect([text])
    assert [text[span.start : span.end] for span in spans] == ["Wq8!kettle"]


def test_the_shipped_scorer_leaves_chat_alone() -> None:
    odd = OddValues.load()
    chat = [
        "meet at 7:30, bus 42 leaves from bay 3",
        "upgraded to v2.6.8 and the password prompt is gone",
        "lol 1337",
    ]
    assert odd.beside(chat, [[], [], []]) == [[], [], []]


@pytest.mark.parametrize("use", ["fast", "default", "accurate"])
def test_a_release_names_the_scorer(use: Literal["fast", "default", "accurate"]) -> None:
    assert "values-en/manifest.json" in model_digests(("en",), DetectConfig(use=use))


def test_a_text_is_asked_without_those_beside_it() -> None:
    ask = near_of(("vault",), gate.SHAPES)
    texts = ["i wrote down 12345", "4471", "K 4", "9 2 1", "the vault", "", "kq_", "moss", "AB", "1234"]
    assert ask(texts) == [ask([text])[0] for text in texts]
