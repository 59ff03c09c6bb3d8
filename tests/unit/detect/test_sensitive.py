"""The rules behind the word lists: cues, other meanings, edges, offsets, languages, speed."""

import pickle
import re
from importlib.resources import files

import pytest

from deid.detect.detector import DefaultDetector
from deid.detect.matching import candidates
from deid.detect.sensitive import SensitiveContent
from deid.errors import ConfigError
from deid.types import Span
from processor_time import least_seconds

CLASSES = frozenset(
    {
        "HEALTH",
        "SEXUALITY",
        "ETHNICITY",
        "BELIEF",
        "POLITICS",
        "UNION",
        "CRIMINAL",
        "VICTIM",
        "SOCIAL_STATUS",
    }
)
STATED = "うつで通院してます。I'm gay and I was diagnosed with bipolar. 父は日教組で、前科があります。"


@pytest.fixture(scope="module")
def detector() -> SensitiveContent:
    return SensitiveContent()


def surfaces(detector: SensitiveContent, text: str) -> list[tuple[str, str]]:
    return [(span.label, text[span.start : span.end]) for span in detector.detect([text])[0]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ゲイだと親に言えない", [("SEXUALITY", "ゲイ")]),
        ("HIV陽性", [("HEALTH", "HIV陽性")]),
        ("I had an abortion", [("HEALTH", "abortion")]),
        ("うつで通院", [("HEALTH", "うつ"), ("HEALTH", "通院")]),
        (
            "そばアレルギー、アナフィラキシー歴あり",
            [("HEALTH", "そばアレルギー"), ("HEALTH", "アナフィラキシー歴")],
        ),
    ],
)
def test_what_the_acceptance_scenarios_name_is_found(
    detector: SensitiveContent, text: str, found: list[tuple[str, str]]
) -> None:
    assert surfaces(detector, text) == found


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("bipolar disorder", "HEALTH"),
        ("transgender", "SEXUALITY"),
        ("被差別部落", "SOCIAL_STATUS"),
        ("アイヌ", "ETHNICITY"),
        ("レイプ被害", "VICTIM"),
        ("執行猶予", "CRIMINAL"),
        ("労働組合の役員", "UNION"),
        ("創価学会員", "BELIEF"),
        ("支持政党", "POLITICS"),
    ],
)
def test_a_strong_phrase_needs_no_cue(detector: SensitiveContent, text: str, label: str) -> None:
    assert detector.detect([text]) == [[Span(0, len(text), label, 0.85, "sensitive")]]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("I'm black", 1),
        ("as a black woman", 1),
        ("I like black", 0),
        ("I'm here. Black is a colour", 0),
        ("my mother is probably one hundred percent black", 1),
        ("black family", 1),  # the cue follows
        ("black " + " " * 20 + "family", 0),
        ("私はリベラルです", 1),
        ("リベラル", 0),
        ("僕はここ。リベラル", 0),
    ],
)
def test_a_weak_phrase_needs_a_cue_nearby(detector: SensitiveContent, text: str, hits: int) -> None:
    assert len(detector.detect([text])[0]) == hits


def test_a_cued_phrase_scores_less_than_a_strong_one(detector: SensitiveContent) -> None:
    scores = [detector.detect([text])[0][0].score for text in ("I'm Catholic", "I'm an atheist")]
    assert scores == [0.7, 0.85]


@pytest.mark.parametrize(
    "text",
    [
        "Catholic church architecture",
        "I'm a Cancer and she is a Leo",
        "depressed about the game",
        "union of sets",
        "ゲインを上げる",
        "うつす、うつくしい",
        "black coffee, white rice and Indian food, then straight ahead",
        "教会の建物がきれい",
    ],
)
def test_another_meaning_is_let_through(detector: SensitiveContent, text: str) -> None:
    assert detector.detect([text]) == [[]]


@pytest.mark.parametrize("text", ["gayness", "xHIV", "ＨＩＶ2x", "ゲイル", "ネゲイ", "XADHDX", "oCd7"])
def test_a_phrase_inside_a_longer_word_is_none(detector: SensitiveContent, text: str) -> None:
    assert detector.detect([text]) == [[]]


@pytest.mark.parametrize("text", ["I’M GAY", "im gay", "I'M Gay.", "  i'm\u200b gay"])
def test_case_apostrophe_and_zero_width_characters_do_not_matter(
    detector: SensitiveContent, text: str
) -> None:
    assert [text[span.start : span.end].lower() for span in detector.detect([text])[0]] == ["gay"]


def test_offsets_are_those_of_the_original(detector: SensitiveContent) -> None:
    text = "😀 ＳＳ\u200bＲＩと抗\u200bうつ薬"
    assert surfaces(detector, text) == [("HEALTH", "ＳＳ\u200bＲＩ"), ("HEALTH", "抗\u200bうつ薬")]


def test_phrases_of_one_class_that_overlap_are_one_span(detector: SensitiveContent) -> None:
    assert surfaces(detector, "I was diagnosed with breast cancer last year") == [
        ("HEALTH", "diagnosed with breast cancer")
    ]


def test_both_languages_are_read_in_one_text(detector: SensitiveContent) -> None:
    assert [label for label, _ in surfaces(detector, STATED)] == [
        "HEALTH",
        "HEALTH",
        "SEXUALITY",
        "HEALTH",
        "UNION",
        "CRIMINAL",
    ]


def test_only_the_languages_asked_for_are_read() -> None:
    text = "I'm gay。うつ病です"
    assert surfaces(SensitiveContent(["en"]), text) == [("SEXUALITY", "gay")]
    assert surfaces(SensitiveContent(["ja"]), text) == [("HEALTH", "うつ病")]


def test_without_english_a_plain_text_is_read_by_the_japanese_lists() -> None:
    assert surfaces(SensitiveContent(["ja"]), "ADHD") == [("HEALTH", "ADHD")]


@pytest.mark.parametrize("languages", [[], ["fr"], ["en", "xx"]])
def test_an_unknown_language_is_refused(languages: list[str]) -> None:
    with pytest.raises(ConfigError, match="no word lists for") as caught:
        SensitiveContent(languages)
    assert caught.value.hint == "languages: en, ja"


def test_it_names_itself_and_its_classes(detector: SensitiveContent) -> None:
    assert detector.name == "sensitive"
    assert detector.labels == frozenset(CLASSES)


def test_alone_or_in_a_batch_gives_the_same(detector: SensitiveContent) -> None:
    texts = ["", "hello", STATED, "HIV陽性", "\ud800 うつ病", STATED]
    assert detector.detect(texts) == [detector.detect([text])[0] for text in texts]
    assert detector.detect([]) == []


def test_pickling_keeps_the_languages() -> None:
    copy = pickle.loads(pickle.dumps(SensitiveContent(["ja"])))  # noqa: S301 - our own bytes
    assert surfaces(copy, "I'm gay。うつ病です") == [("HEALTH", "うつ病")]


def test_without_re2_the_spans_are_the_same(
    detector: SensitiveContent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "HAS_RE2", False)
    texts = [
        STATED,
        STATED * 20,
        "what a nice day",
        "i was raised Catholic in a small town",
        "父が癌で亡くなった",
    ]
    assert SensitiveContent().detect(texts) == detector.detect(texts)


@pytest.mark.parametrize("use", ["fast", "default"])
def test_the_composed_detector_finds_sensitive_content(use: str) -> None:
    composed = DefaultDetector.default(("ja",), use=use)
    assert composed.labels >= CLASSES
    assert [span.label for span in composed.detect(["うつ病です"])[0]] == ["HEALTH"]


@pytest.mark.parametrize("name", sorted(label.lower() for label in CLASSES))
@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_list_says_how_it_was_made_and_knows_its_sections(name: str, language: str) -> None:
    text = (files("deid.detect") / "words" / f"{name}_{language}.txt").read_text(encoding="utf-8")
    sections = re.findall(r"^\[([A-Za-z_]+)\]$", text, re.MULTILINE)
    assert text.startswith("# ")
    assert "Written for this project from general knowledge" in text
    assert "alone" in sections
    assert {section for section in sections if section.islower()} <= {
        "alone",
        "cued",
        "before",
        "after",
        "never",
    }
    assert len(sections) == len(set(sections))


@pytest.mark.parametrize(
    "piece",
    ["a", "i'm ", "i have a ", "my mom's ", "病", "あ", "母が", "ア", "a1-", "父の彼の", "diagnosed with "],
)
def test_time_grows_with_the_text_only(detector: SensitiveContent, piece: str) -> None:
    text = piece * (60_000 // len(piece)) + " gay うつ病"
    detector.detect([text[-2000:]])
    took = least_seconds(lambda: detector.detect([text]), times=1)
    assert took < 15.0  # 0.2 s at most; in quadratic time, minutes
