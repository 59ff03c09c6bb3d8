"""Ways of writing evened out, by hand and by invented text."""

import re
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deid.transform.codelike import codelike
from deid.transform.style import Style, changes
from deid.types import Span


def written(text: str, style: Style, *spans: Span) -> str:
    """Return the text with its changes carried out."""
    pieces, cursor = [], 0
    for start, end, instead in changes(text, spans, style):
        pieces += [text[cursor:start], instead]
        cursor = end
    return "".join([*pieces, text[cursor:]])


@pytest.mark.parametrize(
    ("text", "tidy", "plain"),
    [
        ("i dont know...  sooo COOL!!! 😂😂", "I don't know. So cool.", "i don't know. so cool."),
        ("Well—that’s “odd” (really); ok?!", "Well, that's odd, really, ok?", "well that's odd really ok?"),
        (
            "it's 3.5% of well-known and/or",
            "It's 3.5% of well-known and/or.",
            "it's 3.5% of well-known and/or.",
        ),
        ("see www.foo.com, ok", "See www.foo.com, ok.", "see www.foo.com ok."),
        ("XVIII aaa hmmmm", "XVIII aaa hm.", "xviii aaa hm."),
        ("one\n\n- two,\n- three", "One\nTwo\nThree.", "one\ntwo\nthree."),
        ("the neighbors’ door", "The neighbors' door.", "the neighbors' door."),
        ("it is -5 or .5, not 10:30-11", "It is -5 or .5, not 10:30-11.", "it is -5 or .5 not 10:30-11."),
        ("-5 degrees", "-5 degrees.", "-5 degrees."),
        ("5 - three", "5, three.", "5 three."),
        ("行くかなー？www", "行くかな？", "行くかな？"),
        ("costs $5 @home", "Costs $5 @home", "costs $5 @home"),
        ("今日は、楽しかったですねー！！(^^)", "今日は、楽しかったですね。", "今日は楽しかったですね。"),
        ("すごいwww 行ってみたいなぁ〜", "すごい 行ってみたいな。", "すごい行ってみたいな。"),
        ("行きたいwww", "行きたい。", "行きたい。"),
        ("コーヒー飲みたい（笑）", "コーヒー飲みたい。", "コーヒー飲みたい。"),
        ("ＡＢＣ１２３です。え？ほんと？", "ABC123です。え？ほんと？", "abc123です。え？ほんと？"),
    ],
)
def test_hand_worked(text: str, tidy: str, plain: str) -> None:
    assert written(text, "tidy") == tidy
    assert written(text, "plain") == plain


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("I use .NET and C++ !", "I use .NET and C++ !"),
        ("ask @home, see .gitignore...", "Ask @home, see .gitignore."),
        ("see https://example.com/a-b_c?x=1 !!", "See https://example.com/a-b_c?x=1."),
        ("ねぇhttps://example.com/x_yを見て", "ねぇhttps://example.com/x_yを見て。"),
        ("run `ls -la  ./SRC` -- now", "Run `ls -la  ./SRC`, now."),
        (
            "so:\n```\ndef f(x):\n    return x[1:-1]\n```\nok",
            "So\n```\ndef f(x):\n    return x[1:-1]\n```\nOk.",
        ),
        ("SELECT * FROM t WHERE a < 3;", "SELECT * FROM t WHERE a < 3;"),
        ("$ cd ../x -r", "$ cd ../x -r"),
        ("use --force or -f , in /usr/local/bin", "Use --force or -f, in /usr/local/bin"),
        ("call obj.run().get() or snake_case", "Call obj.run().get() or snake_case"),
        ("[PERSON_1] met <NAME> and {user}!!", "[PERSON_1] met <NAME> and {user}."),
        ("e.g. this, from the U.S. to 3 - 2", "e.g. this, from the U.S. to 3 - 2."),
        ("彼は「はい！！」と言った", "彼は「はい。」と言った。"),
        ("「うん」と『本』、", "「うん」と『本』。"),
        ("「はい」\n「いいえ」", "「はい」\n「いいえ」。"),
    ],
)
def test_what_is_no_prose_and_japanese_quotes_stay(text: str, tidy: str) -> None:
    assert written(text, "tidy") == tidy
    assert written(tidy, "tidy") == tidy


def test_code_around_a_finding_stays() -> None:
    text = "x_y=JOHN_z!! ok"
    assert written(text, "tidy", Span(4, 8, "PERSON")) == "x_y=JOHN_z. Ok."


def test_code_among_many_findings_is_cut_around_each() -> None:
    """Three findings before, within and after the second of three pieces of code."""
    text = "a_b AN c_BO_d CY e_f"
    spans = [Span(at, at + 2, "PERSON") for at in (4, 9, 14)]
    found = codelike(text, spans)
    assert [text[start:end] for start, end in found] == ["a_b", "c_", "_d", "e_f"]


@pytest.mark.parametrize("text", ["", "!!!", "😂", "  "])
def test_what_has_no_word_stays(text: str) -> None:
    assert changes(text, [], "plain") == []


def test_a_finding_is_not_touched() -> None:
    text = "ask JOHN!! now"
    assert written(text, "plain", Span(4, 8, "PERSON")) == "ask JOHN. now."


def test_after_a_finding_nothing_can_be_added() -> None:
    text = "ask JOHN"
    assert written(text, "tidy", Span(4, 8, "PERSON")) == "Ask JOHN"
    assert written("JOHN", "tidy", Span(0, 4, "PERSON")) == "JOHN"


def test_a_stem_before_a_finding_keeps_its_ending() -> None:
    """«っ» before a replaced ending belongs to its verb; at the end of a sentence it is a way of writing."""
    assert written("行った", "tidy", Span(2, 3, "PERSONAL_WORD")) == "行った"
    assert written("あっ", "tidy") == "あ。"


def test_long_runs_take_no_longer_than_their_length() -> None:
    text = "ぁ" * 200_000 + "x " + "w" * 200_000 + "か" + "w" * 200_000 + "(" * 200_000
    assert changes(text, [], "plain")
    for signs in ("=(", "`", "[a", "./", "a_", "-.", "「", "\n$ ", "x;"):
        changes(signs * 100_000, [], "tidy")


def test_many_faces_beside_many_findings_take_no_longer_than_their_number() -> None:
    """Thirty thousand of each: to compare all with all would take minutes."""
    text = "子(笑)" * 30_000
    spans = [Span(at, at + 1, "PERSON") for at in range(0, len(text), 4)]
    assert len(changes(text, spans, "tidy")) == 30_000


@pytest.mark.parametrize(("start", "end"), [(1, 2), (2, 3), (3, 4), (0, 2), (3, 5), (0, 5)])
def test_a_face_that_a_finding_touches_stays(start: int, end: int) -> None:
    assert "(笑)" in written("あ(笑)い", "tidy", Span(start, end, "PERSON"))


def test_words_in_a_face_that_a_finding_touches_are_words() -> None:
    text = "あ(sooo^^)い"
    assert "sooo" not in written(text, "tidy", Span(6, 7, "PERSON"))
    assert written(text, "tidy") == "あ い。"


@pytest.mark.parametrize(("start", "end"), [(0, 1), (4, 5)])
def test_a_face_beside_a_finding_goes(start: int, end: int) -> None:
    assert written("あ(笑)い", "tidy", Span(start, end, "PERSON")).startswith("あ い")


_LETTERS = st.sampled_from(
    [*"abIJ09 .,!?-'\n(😂$`_=;", "「", "」", "。", "、", "か", "漢", "ー", "w", "笑", "Ａ"]
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(_LETTERS, max_size=40), st.sampled_from(["tidy", "plain"]), st.integers(0, 39))
def test_changes_are_in_order_and_outside_of_findings(text: str, style: Style, at: int) -> None:
    spans = [Span(at, at + 1, "PERSON")] if at < len(text) else []
    cursor = 0
    for start, end, instead in changes(text, spans, style):
        assert cursor <= start < end <= len(text)
        assert text[start:end] != instead
        assert not any(start < span.end and span.start < end for span in spans)
        cursor = end


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.sampled_from([*"abcJ09 .,!?-\n;$", "“", "—", "😂"]), max_size=40))
def test_words_stay_and_none_are_joined(text: str) -> None:
    undrawn = re.sub(r"([^\W\d_])\1\1+", r"\1\1", text)
    assert _words(written(undrawn, "tidy")) == _words(undrawn)
    assert _words(written(undrawn, "plain")) == _words(undrawn)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(_LETTERS, max_size=40), st.sampled_from(["tidy", "plain"]))
def test_digits_stay_as_they_stand(text: str, style: Style) -> None:
    def numbers(of: str) -> list[str]:
        return re.findall(r"\d+", unicodedata.normalize("NFKC", of))

    assert numbers(written(text, style)) == numbers(text)
