import pytest
from detect_models import fast, surfaces

from deid.detect.stated.traits import StatedTraits


def found(text: str) -> list[tuple[str, str]]:
    (spans,) = StatedTraits().detect([text])
    return surfaces(text, spans)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I'm a nurse on nights", ("nurse", "OCCUPATION")),
        ("my sister is a lawyer", ("lawyer", "OCCUPATION")),
        ("私は看護師です", ("看護師", "OCCUPATION")),
        ("we are proud Canadians", ("Canadians", "NATIONALITY")),
        ("I am Bolivian but live abroad", ("Bolivian", "NATIONALITY")),
        ("私はラオス人です", ("ラオス", "NATIONALITY")),
        ("私はSEです", ("SE", "OCCUPATION")),
        ("I'm Norwegian, by the way", ("Norwegian", "NATIONALITY")),
        ("私はブラジル人です", ("ブラジル", "NATIONALITY")),
    ],
)
def test_stated(text: str, expected: tuple[str, str]) -> None:
    assert expected in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "the nurse was kind",
        "if i were a nurse i would quit",
        "Norwegian salmon is great",
        "I drive trucks for Siemens",
        "看護師さんが来た",
        "it is not tiny per se",
        "ol",
        "im a windows server user",
        "",
    ],
)
def test_not_stated(text: str) -> None:
    assert found(text) == []


def test_the_composed_detector_returns_them() -> None:
    text = "I'm a nurse"
    (spans,) = fast().detect([text])
    assert ("nurse", "OCCUPATION") in surfaces(text, spans)
    assert {"OCCUPATION", "NATIONALITY"} <= fast().labels
