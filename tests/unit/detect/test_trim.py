import pytest

from deid.detect.names.trim import trimmed
from deid.types import Span


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("\n田中", ["田中"]),
        ("(Sarah)", ["Sarah"]),
        ("J. R.", ["J. R."]),
        ("アリー", ["アリー"]),
        ("佐々", ["佐々"]),
        ("青森の", ["青森"]),
        ("あやの", ["あやの"]),
        ("\n", []),
        ("=", []),
        ("42", []),
        ("IBAN", []),
        ("マイナンバー:", []),
    ],
)
def test_what_is_left_of_a_span(text: str, kept: list[str]) -> None:
    spans = trimmed(text, [Span(0, len(text), "PERSON", 0.8, "names")])
    assert [text[span.start : span.end] for span in spans] == kept
    assert all(span.score == 0.8 and span.source == "names" for span in spans)


@pytest.mark.parametrize("text", ["sudo", "Thx", "ALSA", "ピーマン", "あはは"])
def test_a_common_word_is_no_name(text: str) -> None:
    assert trimmed(text, [Span(0, len(text), "PERSON", 0.99, "names")]) == []


@pytest.mark.parametrize("word", ["Pam", "Kate", "Hardy", "もも", "さくら"])
def test_a_common_word_that_is_also_a_name_is_kept(word: str) -> None:
    assert trimmed(word, [Span(0, len(word), "PERSON", 0.2, "names")])
