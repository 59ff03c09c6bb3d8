import pytest

from deid.detect.stated.places import StatedPlaces
from deid.types import Detector

DETECTOR: Detector = StatedPlaces()


def found(text: str, label: str) -> list[str]:
    (spans,) = DETECTOR.detect([text])
    return [text[span.start : span.end] for span in spans if span.label == label]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("I live in Oslo", "Oslo"),
        ("I live in Oslo 🙂", "Oslo"),
        ("i'm from lisbon and it rains", "lisbon"),
        ("I’m from Lisbon.", "Lisbon"),
        ("im originally from kyoto", "kyoto"),
        ("She lives in Paris", "Paris"),
        ("we moved to new york last year", "new york"),
        ("born and raised in São Paulo, Brazil.", "São Paulo, Brazil"),
        ("I live in St. Louis", "St. Louis"),
        ("i live with my mom in ohio", "ohio"),
        ("my hometown is Ghent", "Ghent"),
        ("im from the bronx", "bronx"),
        ("i come from reading", "reading"),
        ("i live in chongqing", "chongqing"),
        ("i moved to shaoxing last year", "shaoxing"),
        ("i grew up in godalming", "godalming"),
        ("i'm based on Guam", "Guam"),
        ("we live on Kauai", "Kauai"),
        ("i'm staying in leeds", "leeds"),
        ("東京に住んでます", "東京"),
        ("地元は札幌です", "札幌"),
        ("横浜から来ました", "横浜"),
        ("神戸生まれです", "神戸"),
        ("神戸育ちです", "神戸"),
        ("ロンドン在住", "ロンドン"),
        ("住んでいるのは岡山です", "岡山"),
    ],
)
def test_places(text: str, place: str) -> None:
    assert found(text, "LOCATION") == [place]


@pytest.mark.parametrize(
    "text",
    [
        "I come here often",
        "I live with friends",
        "I live in a small town",
        "born in poverty",
        "im in the editor but lost",
        "i came to the biggest channel i know",
        "is it from the terminal or from the device",
        "i located the headers",
        "a client based on X-Chat",
        "you stay quiet for a minute",
        "i'm studying English",
        "it keeps you from connecting",
        "i came here to watch",
        "何月生まれですか",
        "watch live on CNN tonight",
        "he goes live on Friday",
        "Live in Concert",
        "you were born in July",
        "今実家に住んでいます",
        "平成生まれです",
        "走るのは得意なんです",
        "",
        "12345",
    ],
)
def test_no_places(text: str) -> None:
    assert found(text, "LOCATION") == []


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("高2です", "高2"),
        ("高校２年生です", "高校２年生"),
        ("中学三年だよ", "中学三年"),
        ("小6の夏", "小6"),
        ("大学4年です", "大学4年"),
        ("大1です", "大1"),
        ("8th grader here", "8th grader"),
        ("I'm in 10th grade", "10th grade"),
        ("a sophomore in high school", "sophomore in high school"),
        ("三十路です", "三十路"),
        ("hey, 19 here", "19"),
    ],
)
def test_ages_without_a_unit(text: str, age: str) -> None:
    assert found(text, "AGE") == [age]


@pytest.mark.parametrize(
    "text",
    [
        "高2年前",
        "最高1位",
        "中1日",
        "中2病",
        "高7",
        "中学4年",
        "大学2年間",
        "13th grade",
        "in 2nd gear",
        "3 here and 4 there",
    ],
)
def test_no_ages(text: str) -> None:
    assert found(text, "AGE") == []


def test_spans_are_sorted_and_scored() -> None:
    (spans,) = DETECTOR.detect(["高2です、横浜から来ました"])
    assert [(span.start, span.score, span.source) for span in spans] == [
        (0, 0.75, "stated-places"),
        (5, 0.75, "stated-places"),
    ]
    assert {span.label for span in spans} <= DETECTOR.labels
