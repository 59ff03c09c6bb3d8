"""The learnt scorer in Japanese: runs, what it is told of them, when it is asked, what it gives way to."""

from collections.abc import Sequence
from typing import Literal
from zlib import crc32

import numpy as np
import pytest

from deid.detect.detector import DefaultDetector
from deid.detect.matching import automata
from deid.detect.models import model_digests
from deid.detect.odd.features import ROWS
from deid.detect.odd.grams import candidates
from deid.detect.odd.japanese import JapaneseValues
from deid.detect.odd.runs import runs_of
from deid.detect.odd.scorer import Scorer
from deid.sections import DetectConfig
from deid.types import Span, Turn


def scorer(*features: str, threshold: float = 0.5) -> Scorer:
    """Return a scorer that calls what has one of some features a password, and all else nothing."""
    table = np.zeros((ROWS, 3), np.int8)
    table[crc32(b"bias") % ROWS] = [20, 0, 0]
    for feature in features:
        table[crc32(feature.encode()) % ROWS] = [0, 0, 100]
    return Scorer(("PASSWORD",), threshold, (), table, np.ones(3, np.float32))


def found(text: str, *spans: Span, features: Sequence[str] = ("l:金庫",)) -> list[str]:
    (result,) = JapaneseValues(scorer(*features)).beside([text], [list(spans)])
    return [text[span.start : span.end] for span in result if span not in spans]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("金庫は4410です", [("4410", "run")]),
        ("これkx7_q-1!ね", [("kx7_q-1", "run")]),
        ("「foo.bar」と、(baz)", [("foo.bar", "run"), ("baz", "run")]),
        ("12 34・56 / 78です", [("12 34・56 / 78", "groups")]),
        ("7375-\n875300", [("7375-\n875300", "groups")]),
        ("K J 4 I 9って", [("K J 4 I 9", "apart")]),
        ("四四一〇の二二", [("四四一〇の二二", "kanji")]),
        ("よんよんいちぜろ", [("よんよんいちぜろ", "said")]),
        ("裏はごななぜろ", [("ごななぜろ", "said")]),
        ("裏 五三七", [("五三七", "kanji")]),
        ("五三、ごなな", []),
        ("これtofu<3です", [("tofu<3", "run")]),
        ("tofu<br>です", [("tofu", "run")]),
        ("tofu93?は旧", [("tofu93?", "run")]),
        ("tofu93? はい", [("tofu93", "run")]),
        ("画面にU67 11いれて", [("U67 11", "codes")]),
        ("RJZ・735・CYKを打つ", [("RJZ・735・CYK", "codes")]),
        ("xonのltosのpybです", [("xonのltosのpyb", "codes")]),
        ("pcのcpuです", [("cpu", "run")]),
        ("Yの七二一〇五八って", [("Yの七二一〇五八", "kanji")]),
        ("来た!3 5 0 3 7!", [("3 5 0 3 7", "apart")]),
        ("10時にJR", []),
        ("https://a.example と a@b.example", []),
        ("二人で三つ", []),
        ("", []),
    ],
)
def test_what_a_run_is(text: str, runs: list[tuple[str, str]]) -> None:
    assert [(text[run.start : run.end], run.way) for run in runs_of(text)] == runs


def test_a_long_run_is_not_looked_at() -> None:
    assert [run.end for run in runs_of("7" * 60)] == [60]
    assert list(runs_of("7" * 61)) == []


def test_the_rows_of_a_run_are_each_once_and_in_order() -> None:
    (one,) = candidates("金庫の金庫は4410")
    assert list(one.rows) == sorted(set(one.rows))
    assert crc32("l:金庫".encode()) % ROWS in one.rows


def test_digits_of_a_value_tell_nothing_of_other_runs() -> None:
    first, second = (candidates(f"金庫は4410、次は{other}です")[0].rows for other in ("5820", "7136"))
    assert first == second


def test_what_was_said_before_is_told() -> None:
    (plain,), (asked,) = candidates("4410"), candidates("4410", ["金庫は?"])
    assert crc32("q:金庫".encode()) % ROWS in {*asked.rows} - {*plain.rows}


def test_what_others_found_is_told_by_its_label_alone() -> None:
    text = "山田太郎の金庫は4410"
    (one,), (other,) = (
        candidates(given, (), [Span(0, 4, "PERSON", 0.9, "names")])
        for given in (text, text.replace("山田太郎", "佐藤花子"))
    )
    assert one.rows == other.rows
    assert crc32(b"f:PERSON") % ROWS in one.rows


def test_a_run_beside_its_word_is_found() -> None:
    assert found("金庫は4410です") == ["4410"]


@pytest.mark.parametrize(
    ("text", "run"),
    [("🙂金庫は４４１０です", "４４１０"), ("ﾊﾟｽ 金庫 4️⃣4️⃣1️⃣0️⃣ で", "4️⃣4️⃣1️⃣0️⃣"), ("㍻の金庫 ｋｘ７", "ｋｘ７")],
)
def test_offsets_are_those_of_the_text_as_given(text: str, run: str) -> None:
    assert found(text) == [run]


def test_spans_of_others_are_placed_in_the_normal_form() -> None:
    text = "ﾊﾟﾊﾟの㍻金庫 4410 と kx7"
    start = text.index("4410")
    assert found(text, Span(start, start + 4, "PERSON", 0.9, "scan")) == ["kx7"]


def test_nothing_is_found_below_the_threshold() -> None:
    (result,) = JapaneseValues(scorer("l:金庫", threshold=1.1)).beside(["金庫は4410"], [[]])
    assert result == []


def test_what_others_found_stands() -> None:
    own = Span(3, 7, "ONE_TIME_CODE", 0.9, "scan")
    (result,) = JapaneseValues(scorer("l:金庫")).beside(["金庫は4410 kx7"], [[own]])
    assert result == [own, Span(8, 11, "PASSWORD", 0.35, "odd")]


def test_a_label_that_others_found_is_what_the_words_speak_of() -> None:
    assert found("金庫は4410 kx7", Span(3, 7, "PASSWORD", 0.9, "scan")) == []


def test_a_name_within_a_handle_does_not_stand_in_the_way() -> None:
    assert found("金庫は_mia__y", Span(4, 7, "PERSON", 0.5, "names")) == ["_mia__y"]
    assert found("金庫はmia", Span(3, 6, "PERSON", 0.95, "names")) == []
    assert found("金庫は_mia__y", Span(4, 7, "PASSWORD", 0.5, "scan")) == []


def test_a_long_text_is_not_read() -> None:
    assert found("金庫は4410" + "。" * 1993) == ["4410"]
    assert found("金庫は4410" + "。" * 1994) == []


def test_a_text_without_japanese_is_not_read() -> None:
    assert found("vault 4410", features=("l:vault",)) == []
    assert found("鍵は 4410", features=("l:鍵",)) == ["4410"]


TEXTS = ("金庫は4410", "何も", "", "4\n4", "金庫\n12", "金", "庫は12金庫", "4️⃣4️⃣1️⃣金庫", "よんよんいちぜろ金庫")


def test_a_batch_reads_as_each_text_alone() -> None:
    texts = [*TEXTS] * 3
    odd = JapaneseValues(scorer("l:金庫"))
    assert odd.beside(texts, [[] for _ in texts]) == [odd.beside([text], [[]])[0] for text in texts]


def test_the_same_is_found_without_hyperscan(monkeypatch: pytest.MonkeyPatch) -> None:
    native = JapaneseValues(scorer("l:金庫")).beside(TEXTS, [[] for _ in TEXTS])
    monkeypatch.setattr(automata, "HAS_HYPERSCAN", False)
    assert JapaneseValues(scorer("l:金庫")).beside(TEXTS, [[] for _ in TEXTS]) == native


def turns(*said: tuple[int | None, str]) -> list[Turn]:
    return [Turn(f"[{at}]", text, speaker) for at, (speaker, text) in enumerate(said)]


def test_an_answer_is_read_with_what_was_said_before() -> None:
    talk = turns((None, "金庫の番号は?"), (0, "待って"), (None, "はい"), (0, "4410"), (0, "kx7"))
    (result,) = JapaneseValues(scorer("p:金庫")).in_talks([talk], [[[] for _ in talk]])
    assert result == [
        [],
        [],
        [],
        [Span(0, 4, "PASSWORD", 0.35, "odd")],
        [Span(0, 3, "PASSWORD", 0.35, "odd")],
    ]
    (result,) = JapaneseValues(scorer("p:金庫")).in_talks([[*talk[:1], *talk]], [[[] for _ in range(6)]])
    assert len(result[5]) == 1
    far = turns((None, "金庫の番号は?"), *[(0, "うん")] * 4, (0, "4410"))
    assert JapaneseValues(scorer("p:金庫")).in_talks([far], [[[] for _ in far]]) == [[[] for _ in far]]


def test_conversations_are_read_apart() -> None:
    first, second = turns((None, "金庫は?")), turns((0, "4410"))
    assert JapaneseValues(scorer("q:金庫")).in_talks([first, second], [[[]], [[]]]) == [[[]], [[]]]


def test_the_shipped_scorer_leaves_chat_alone() -> None:
    odd = JapaneseValues.load()
    chat = [
        "7:30に集合、42番のバスで3番のりばから",
        "v2.6.8にしたらパスワードを聞かれなくなった",
        "1337円で2019年のやつ買えた",
        "RTX4090とPS5とiPhone15",
        "パスワードは8文字以上16文字以下です",
    ]
    assert odd.beside(chat, [[] for _ in chat]) == [[] for _ in chat]


def test_the_shipped_scorer_finds_what_no_pattern_knows() -> None:
    detector = DefaultDetector.default(("ja",), use="fast")
    talk = turns(
        (None, "届いた確認コードを教えてください"), (0, "まだ"), (None, "どうですか"), (0, "きた 205886")
    )
    assert [span.label for span in detector.detect_conversation(talk)[3]] == ["ONE_TIME_CODE"]


@pytest.mark.parametrize("use", ["fast", "default", "accurate"])
def test_a_release_names_the_scorer(use: Literal["fast", "default", "accurate"]) -> None:
    assert "values-ja/manifest.json" in model_digests(("ja",), DetectConfig(use=use))


def test_a_label_that_a_number_is_too_short_for_gives_way_to_the_next() -> None:
    table = np.zeros((ROWS, 4), np.int8)
    table[crc32("l:金庫".encode()) % ROWS] = [0, 0, 100, 60]
    both = Scorer(("NATIONAL_ID", "PASSWORD"), 0.5, (), table, np.ones(4, np.float32))
    (short,), (long,) = JapaneseValues(both).beside(["金庫は441058", "金庫は441058132"], [[], []])
    assert (short.label, long.label) == ("PASSWORD", "NATIONAL_ID")


def test_a_sentence_of_another_language_answers_no_japanese_question() -> None:
    asked = Turn("a", "予約番号じゃなくて電話は090-1234-5678です", 0)
    said = Turn("a", "today I cooked curry number 113 and it went well", 0)
    code = Turn("a", "113 tabun", 0)
    values = JapaneseValues.load()
    found = values.in_talks([[asked, said, code]], [[[Span(13, 26, "PHONE_NUMBER", 1.0, "scan")], [], []]])
    assert found[0][1] == []
