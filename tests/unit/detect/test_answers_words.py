"""Words that answer a question for a name or a secret, and words that only talk about it."""

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
        ("チャンネル名おしえて", "どらやきロケット"),
        ("ルーム名は?", "おしるこ劇場"),
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


@pytest.mark.parametrize(
    ("asked", "answer", "name"),
    [
        ("And your gamertag?", "Mildew", "Mildew"),
        ("what do they call you in the vc", "just tinroof", "tinroof"),
        ("Old username, please?", "footstool", "footstool"),
        ("whats the channel", "lateforsupper", "lateforsupper"),
        ("nick pls", "Zinc", "Zinc"),
        ("what are you called on there?", "well, Oxbow", "Oxbow"),
        ("artist name?", "Cellar Moss", "Cellar Moss"),
    ],
)
def test_plain_words_answer_a_question_for_a_handle(asked: str, answer: str, name: str) -> None:
    assert read(asked, answer) == [name]


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("For which account?", "electric"),
        ("ign?", "forgot"),
        ("what's your handle", "not telling"),
        ("Which username?", "checking"),
        ("nick pls", "banned again lol"),
        ("whats the channel", "why do you ask"),
        ("artist name?", "no idea"),
        ("what do they call you in the vc", "nothing much"),
    ],
)
def test_talk_about_a_handle_is_no_answer(asked: str, answer: str) -> None:
    assert read(asked, answer) == []


@pytest.mark.parametrize("answer", ["第3会議室", "ない", "まだ決めてない", "201号室"])
def test_rooms_of_a_house_have_no_names_to_come_in_by(answer: str) -> None:
    assert read("部屋名は?", answer) == []
