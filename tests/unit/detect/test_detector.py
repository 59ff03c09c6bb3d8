"""The composed detector: composition, batches, and every way to fail."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from detect_models import default, fast, surfaces

from deid.detect.detector import DefaultDetector
from deid.detect.morphology import Morphology, read_name
from deid.errors import ConfigError, DetectorError, InputError
from deid.types import Detector, KnownValue, Span, Turn


@dataclass
class Fake:
    """A detector that returns what it is told, whatever the texts."""

    result: list[list[Span]] | None = None
    error: Exception | None = None
    labels: frozenset[str] = frozenset({"PERSON"})
    name: str = "fake"
    seen: list[str] = field(default_factory=list)

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        self.seen += texts
        if self.error is not None:
            raise self.error
        return [[] for _ in texts] if self.result is None else self.result


def with_extra(*extra: Detector) -> DefaultDetector:
    return DefaultDetector.default(("en",), use="fast", extra=extra)


def test_all_layers_of_both_languages() -> None:
    texts = ["Jessica Marlow lives in Berlin, call 090-1234-5678", "田中さんは京都に住んでいる"]
    found = [surfaces(text, spans) for text, spans in zip(texts, default().detect(texts), strict=True)]
    assert {("Jessica Marlow", "PERSON"), ("Berlin", "LOCATION"), ("090-1234-5678", "PHONE_NUMBER")} <= set(
        found[0]
    )
    assert {("田中", "PERSON"), ("京都", "LOCATION")} <= set(found[1])


@pytest.mark.parametrize(
    ("use", "loaded"), [("fast", ["numpy"]), ("default", ["numpy", "onnxruntime"])], ids=["fast", "default"]
)
def test_english_alone_loads_what_it_needs(use: str, loaded: list[str]) -> None:
    code = (
        "import sys\nfrom deid.detect.detector import DefaultDetector\n"
        f"DefaultDetector.default(('en',), use={use!r})\n"
        "print([name for name in ('numpy', 'onnxruntime', 'sudachipy', 'tokenizers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(loaded)


def test_no_texts() -> None:
    assert fast().detect([]) == []
    assert fast().detect_conversations([]) == []
    assert fast().detect_conversation([]) == []


def test_texts_come_in_any_order_of_things_that_is_gone_through_once() -> None:
    texts = ["mail jo@example.com", "nothing here"]
    assert fast().detect(text for text in texts) == fast().detect(texts)
    assert fast().detect_conversation(text for text in texts) == fast().detect_conversation(texts)


@pytest.mark.parametrize("read", ["detect", "detect_conversation"])
@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("mail jo@example.com", "one text in place of several"),
        (b"mail jo@example.com", "one text in place of several"),
        (["a", None], "text 1: NoneType is no text"),
        ([b"jo@example.com"], "text 0: bytes is no text"),
    ],
)
def test_what_is_no_list_of_texts_is_refused_and_not_passed_over(read: str, given: Any, why: str) -> None:
    with pytest.raises(InputError, match=why) as caught:
        getattr(fast(), read)(given)
    assert "jo@" not in str(caught.value)


def test_a_value_that_is_not_known_is_left_out() -> None:
    known = {"PERSON": None, "USERNAME": ""}
    assert fast().detect_conversation(["hello"], known=known) == fast().detect_conversation(["hello"])


def test_texts_in_a_batch_are_as_alone() -> None:
    texts = ["Jessica Marlow", "", "田中さん", "Jessica Marlow", "a@b.example", "田中さん"]
    assert default().detect(texts) == [default().detect([text])[0] for text in texts]


def test_a_text_that_occurs_twice_is_read_once() -> None:
    fake = Fake()
    with_extra(fake).detect(["a", "b", "a"])
    assert fake.seen == ["a", "b"]


def test_results_of_equal_texts_are_not_one_list() -> None:
    first, second = fast().detect(["a@b.example", "a@b.example"])
    assert first == second
    assert first is not second


def test_a_conversation_takes_plain_texts_and_known_values() -> None:
    found = fast().detect_conversation(["your name?", "hanae"], known={"USERNAME": "moon_cat"})
    assert surfaces("hanae", found[1]) == [("hanae", "PERSON")]
    (spans,) = fast().detect_conversation(["I am Moon_Cat"], known=[KnownValue("USERNAME", "moon_cat")])
    assert surfaces("I am Moon_Cat", spans) == [("Moon_Cat", "USERNAME")]


def test_what_is_known_is_no_sample() -> None:
    (spans,) = fast().detect_conversation(["例えば 7777 とか"], [KnownValue("PASSWORD", "7777")])
    assert [(span.start, span.end, span.label) for span in spans] == [(4, 8, "PASSWORD")]
    assert fast().detect_conversation(["記入例「1234567」のまま"]) == [[]]


def test_conversations_do_not_know_each_other() -> None:
    known = [KnownValue("USERNAME", "quillcat")]
    first, second = fast().detect_conversations(
        [([Turn("a", "quillcat")], known), ([Turn("a", "quillcat")], [])]
    )
    assert first[0]
    assert not second[0]


def test_spans_are_disjoint_and_sorted() -> None:
    text = "https://user:pass@mail.example/x?q=a@b.example 090-1234-5678"
    (spans,) = fast().detect([text])
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))


@pytest.mark.parametrize(
    ("languages", "use"), [((), "fast"), (("xx",), "fast"), (("en",), "slow"), (("en", "fr"), "default")]
)
def test_unknown_languages_and_uses(languages: tuple[str, ...], use: str) -> None:
    with pytest.raises(ConfigError, match=r"no detectors for|no language"):
        DefaultDetector.default(languages, use=use)


def test_fast_has_nothing_that_reads_chinese_and_korean() -> None:
    with pytest.raises(ConfigError, match="no names in Chinese and Korean"):
        DefaultDetector.default(("en", "ko"), use="fast")


def test_an_extra_detector_with_foreign_labels() -> None:
    with pytest.raises(ConfigError, match="unknown labels: NOT_OURS"):
        with_extra(Fake(labels=frozenset({"NOT_OURS"})))


def test_known_values_with_an_unknown_label() -> None:
    with pytest.raises(ConfigError, match="unknown labels: NAME"):
        fast().detect_conversation(["x"], known={"NAME": "x"})


def test_a_detector_that_crashes_fails_the_whole_call_and_quotes_nothing() -> None:
    with pytest.raises(DetectorError, match=r"detector fake failed \(ValueError\)") as caught:
        with_extra(Fake(error=ValueError("secret text"))).detect(["secret text"])
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_our_own_errors_pass_as_they_are() -> None:
    with pytest.raises(InputError, match="as is"):
        with_extra(Fake(error=InputError("as is"))).detect(["x"])


def test_a_detector_that_returns_too_few_results() -> None:
    with pytest.raises(DetectorError, match="returned 0 results for 1 texts"):
        with_extra(Fake(result=[])).detect(["x"])


def test_a_detector_that_runs_past_the_text() -> None:
    with pytest.raises(DetectorError, match="past the end"):
        with_extra(Fake(result=[[Span(0, 9, "PERSON")]])).detect(["x"])


def test_labels_and_repr() -> None:
    assert {"PERSON", "EMAIL_ADDRESS", "LOCATION"} <= fast().labels
    assert fast().name == "deid"


@pytest.mark.parametrize(
    "text",
    [
        "\ud800",
        "Jessica Marlow \ud83d",
        "田中さん\udc00と\ud800",
        "\0Jessica\0",
        "\u202eJessica Marlow\u202c",
        "👨‍👩‍👧‍👦 Jessica 🇯🇵",
        "e\u0301" * 50,
        "か\u3099くさん",
        "\u200b" * 100,
        "ﷺ" * 50,
        "İ Jessica",
        "\ufeff田中さん",
        "𝕁𝕖𝕤𝕤𝕚𝕔𝕒",
    ],
)
def test_any_text_is_read(text: str) -> None:
    (spans,) = default().detect_conversation(
        [text], known={"PERSON": "Jessica", "PHONE_NUMBER": "0312345678"}
    )
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


@pytest.mark.parametrize(
    "text", ["1" * 200_000, "1 " * 100_000, "090-" * 50_000, "a" * 200_000, "あ" * 200_000]
)
def test_long_monotonous_texts(text: str) -> None:
    known = {"PERSON": "Jessica Marlow", "PHONE_NUMBER": "090-1234-5678", "DATE_OF_BIRTH": "2006-03-08"}
    (spans,) = fast().detect_conversation([text], known=known)
    assert all(span.end <= len(text) for span in spans)


def test_a_japanese_name_is_found_again_in_kana_and_latin() -> None:
    turns = ["田中美咲です", "hello Misaki", "光が差した", "ひかりの速度"]
    found = DefaultDetector.default(use="fast").detect_conversation(turns)
    assert [turn[s.start : s.end] for turn, spans in zip(turns, found, strict=True) for s in spans] == [
        "田中美咲",
        "Misaki",
    ]


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("田中美咲", "たなか みさき"),
        ("山田 太郎", "やまだ たろう"),
        ("美咲", "みさき"),
        ("光", ""),
        ("阿部寛", "ひろし"),
        ("東京", ""),
    ],
)
def test_names_are_read_where_that_is_sure(name: str, reading: str) -> None:
    assert read_name(Morphology.load(), name) == reading
