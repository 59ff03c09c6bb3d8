"""Japanese words that answer a question for a name or a secret, and words that only talk about it."""

import pytest

from deid.detect.talk.answers import answers
from deid.detect.talk.cues import cues_of
from deid.types import Turn


def read(asked: str, answer: str) -> list[str]:
    """Return the surfaces that an answer gives."""
    turns = [Turn("1", asked, 0), Turn("2", answer, 1)]
    found = answers(turns, cues_of([turns])[0].asks)
    return [turns[at].text[span.start : span.end] for at, span in found]


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("秘密の質問の答えは?", "わかめ"),
        ("秘密の質問の答えは?", "もうふ"),
        ("合言葉は?", "まだら猫"),
        ("合言葉は?", "本当の空"),
        ("合言葉は?", "あとりえ猫"),
        ("合言葉は?", "うんどう会"),
        ("表示名は?", "かっこう便り"),
    ],
)
def test_words_that_begin_as_talk_does_are_answers(asked: str, answer: str) -> None:
    assert read(asked, answer) == [answer]


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("ユーザー名は?", "入れた"),
        ("表示名は?", "そのまま"),
        ("表示名は?", "今度"),
        ("表示名は?", "もう変えた"),
        ("表示名は?", "あとで"),
        ("キャラ名は?", "かっこいいのがいい"),
        ("合言葉は?", "いらない"),
        ("合言葉は?", "まだ決めてない"),
        ("合言葉は?", "まだだよ"),
        ("合言葉は?", "本当に?"),
        ("秘密の質問の答えは?", "わからん"),
    ],
)
def test_talk_about_a_name_or_a_secret_is_no_answer(asked: str, answer: str) -> None:
    assert read(asked, answer) == []
