import pytest
from detect_models import english, surfaces

from deid.detect.names.words import read_groups, read_words


def found(text: str) -> list[str]:
    (spans,) = english().detect([text])
    return sorted({surface for surface, _ in surfaces(text, spans)})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my name is jessica", "jessica"),
        ("Jessica Marlow called", "Jessica Marlow"),
        ("Jessica M. Marlow called", "Jessica M. Marlow"),
        ("thanks, jennifer!", "jennifer"),
        ("call me Quillby", "Quillby"),
        ("Dr. Quillby is in", "Quillby"),
        ("i go by zanter", "zanter"),
        ("his name is Zanter Quillby", "Zanter Quillby"),
        ("I met Grace yesterday", "Grace"),
        ("michael", "michael"),
    ],
)
def test_persons(text: str, name: str) -> None:
    assert name in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "my name is not important",
        "this is great",
        "this is hilarious",
        "call me later",
        "hi there",
        "will you come in may",
        "Grace under fire",
        "jessica@mail.example",
        "see /home/jessica/file",
        "田中さん",
        "",
        "12345",
    ],
)
def test_no_persons(text: str) -> None:
    assert found(text) == []


def test_scores() -> None:
    def score(text: str) -> float:
        return max(span.score for span in english().detect([text])[0])

    assert score("my name is zanter") == 0.9
    assert score("Jessica Marlow") == 0.75
    assert score("jessica") == 0.7
    assert score("I met Grace") == 0.5


def test_word_lists_are_read_without_comments() -> None:
    assert "will" in read_words("name_words_en")
    assert not any("#" in word for word in read_words("name_words_ja"))
    assert {"jessica", "jess", "jessie"} in read_groups("diminutives_en")


def test_a_list_that_is_not_there() -> None:
    with pytest.raises(FileNotFoundError):
        read_words("no_such_list")
