from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from deid.detect.detector import DefaultDetector
from deid.detect.models import model_digests
from deid.detect.names.chinese_korean import ChineseKoreanNames, characters
from deid.detect.names.japanese import JapaneseNames
from deid.detect.tagger.units import Units
from deid.ingest.language import is_chinese, is_korean, language_of
from deid.sections import DetectConfig
from deid.types import Span


@dataclass
class Tagged:
    """A tagger that finds the first three characters, with a score."""

    score: float = 0.8
    seen: list[str] = field(default_factory=list)
    labels: frozenset[str] = frozenset({"PERSON"})

    def detect(self, units: Sequence[Units]) -> list[list[Span]]:
        self.seen += [found.text for found in units]
        return [[Span(0, 3, "PERSON", self.score, "names")] for _ in units]


@pytest.mark.parametrize("text", ["你好", "王小明说他来", "王小明在北京大学物理系任教授多年", "我们走吧"])
def test_chinese(text: str) -> None:
    assert is_chinese(text)
    assert language_of(text) == "ja"  # who has no better reader reads it as Japanese


@pytest.mark.parametrize(
    "text",
    ["了解", "田中太郎", "東京駅集合", "これは長い漢字東京都千代田区丸の内一丁目", "hello", "", "ラーメン"],
)
def test_not_chinese(text: str) -> None:
    assert not is_chinese(text)


def test_korean() -> None:
    assert is_korean("제 이름은 김민준이에요")
    assert is_korean("my name is 김민준")
    assert not is_korean("田中です")
    assert not is_korean("hello")


def test_only_chinese_and_korean_are_read() -> None:
    tagger = Tagged()
    texts = ["hello there", "김민준이 왔다", "田中さんです", "王小明说他来", ""]
    found = ChineseKoreanNames(tagger).detect(texts)
    assert tagger.seen == [texts[1], texts[3]]
    assert [[(span.start, span.end) for span in spans] for spans in found] == [[], [(0, 3)], [], [(0, 3)], []]


def test_unsure_names_are_left() -> None:
    assert ChineseKoreanNames(Tagged(0.2)).detect(["김민준이 왔다"]) == [[]]


def test_units_are_characters_and_latin_runs() -> None:
    units = characters("김민준 loves 서울 2024")
    assert [units.text[a:b] for a, b in zip(units.starts, units.ends, strict=True)] == [
        *"김민준", "loves", *"서울", "2024",
    ]  # fmt: skip


def test_japanese_leaves_chinese_where_somebody_else_reads_it() -> None:
    text = "王小明说他在东京"
    assert JapaneseNames.load(with_chinese=False).detect([text]) == [[]]
    assert JapaneseNames.load().detect([text]) != [[]]


def test_the_default_reads_chinese_and_korean_where_they_are_asked_for() -> None:
    texts = ["王小明说他来自上海", "제 이름은 김민준이에요", "田中さんと会った", "I met Jessica Marlow"]
    asked = DefaultDetector.default(("en", "ja", "zh", "ko")).detect(texts)
    found = [
        [text[span.start : span.end] for span in spans] for text, spans in zip(texts, asked, strict=True)
    ]
    assert "王小明" in found[0]
    assert "김민준" in found[1]
    assert found[2:] == [["田中"], ["Jessica Marlow"]]


def test_one_language_needs_no_lists_of_another() -> None:
    (spans,) = DefaultDetector.default(("ko",)).detect(["제 이름은 김민준이에요"])
    assert [span.label for span in spans] == ["PERSON"]


def test_the_model_of_chinese_and_korean_is_named_by_its_digest() -> None:
    assert "names-accurate/manifest.json" in model_digests(("en", "zh"), DetectConfig())
    assert "names-accurate/manifest.json" not in model_digests(("en", "ja"), DetectConfig())
