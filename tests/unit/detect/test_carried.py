"""What other turns name: a cue above a value, a question before its answer, addresses said in pieces."""

from collections.abc import Sequence

import pytest

from deid.detect.scan import Scanner
from deid.detect.talk.carried import Talk, carried
from deid.detect.talk.cues import cues_of
from deid.detect.talk.spoken import spoken_emails
from deid.types import Span, Turn

SCANNER = Scanner()
Said = tuple[str, ...]


def turns_of(lines: Said) -> list[Turn]:
    """Read lines such as «A how are you»: who speaks, and what."""
    return [Turn(f"[{n}]", line[2:], "AB".index(line[0])) for n, line in enumerate(lines)]


def talk_of(turns: list[Turn], spans: Sequence[Sequence[Span]]) -> Talk:
    held = cues_of([turns])[0]
    return turns, spans, held.marks, held.names


def read(lines: Said) -> list[tuple[int, str, str]]:
    turns = turns_of(lines)
    spans = SCANNER.detect([turn.text for turn in turns])
    found = sorted({told[1:] for told in carried([talk_of(turns, spans)], SCANNER.detect)})
    return [(index, turns[index].text[s.start : s.end], s.label) for index, s in found]


@pytest.mark.parametrize(
    ("lines", "value", "label"),
    [
        (("A the IMEI of the phone please", "B 49-015420-323751-8"), "49-015420-323751-8", "DEVICE_ID"),
        (("A 端末のIMEIを教えてください", "B 490154203237518です"), "490154203237518", "DEVICE_ID"),
        (("A what's your license plate?", "B it's 8ABC123"), "8ABC123", "LICENSE_PLATE"),
        (("A what's ur driver's license number?", "B D1234562!"), "D1234562", "DRIVER_LICENSE"),
        (("A order number please", "B hang on", "A sure", "B A1234-5678"), "A1234-5678", "ACCOUNT_ID"),
        (("A wifi pass?", "B sure lol", "B blue-otter-7"), "blue-otter-7", "PASSWORD"),
        (("A 口座番号を教えて", "B ちょっと待って", "B 1234567です"), "1234567", "BANK_ACCOUNT"),
        (("A what's your NHS number", "B 943 476 5919"), "943 476 5919", "UK_NHS"),
        (("B sort code 20-00-00", "B account 55779911"), "55779911", "BANK_ACCOUNT"),
        (("B my passport number", "B it's TK1234567"), "TK1234567", "PASSPORT"),
        (("A お客様番号を頂戴できますか。", "B K-0093119"), "K-0093119", "ACCOUNT_ID"),
        (("A TFNは取得済みでしょうか。", "B はい 327-807-462 です"), "327-807-462", "AU_TFN"),
        (("A 部屋番なに", "B UH8P-8BA1"), "UH8P-8BA1", "SHARE_CODE"),
        (("A インスタやってる？", "B やってる〜 itsumeboshiquokka だよ"), "itsumeboshiquokka", "USERNAME"),
        (("B 注文のことで", "A 番号をどうぞ。", "B 1672-8145-5308"), "1672-8145-5308", "ACCOUNT_ID"),
        (("B マイナンバーこれね", "B 1234-5678-9017"), "1234-5678-9017", "JP_MY_NUMBER"),
    ],
)  # fmt: skip
def test_a_value_is_named_by_the_turns_before_it(lines: Said, value: str, label: str) -> None:
    assert (len(lines) - 1, value, label) in read(lines)


@pytest.mark.parametrize(
    "lines",
    [
        ("A what's your pin?", "B no idea"),
        ("A pins fell over", "B 4829 of them"),
        ("A what's your user name?", "B bob_2: no, i mean the one of the router in the hall"),
        ("B こんにちは", "A 番号をどうぞ。", "B 8145 5308"),
        ("B 会員 4471902 のことで", "A 番号をどうぞ。", "B 8145 5308"),
        ("A 部屋番なに", "B 10:30"),
        ("A what's your pin?", "B 10:30", "B see https://example.org/a1"),
        ("B what's your pin?", "B it's 8 of us"),
        ("A what's your pin?", "B x1" + " and so on" * 12),
        ("A what's your pin?", "A why", "A so", "A well", "A ok", "B 4829 it is"),
    ],
)
def test_what_nothing_names_stays(lines: Said) -> None:
    assert read(lines) == []


def test_what_is_sure_stays_what_it_is() -> None:
    turns = turns_of(("A your pin?", "B 4829"))
    known = [Span(0, 4, "AGE", 0.9, "scan")]
    assert list(carried([talk_of(turns, [[], known])], SCANNER.detect)) == []
    assert list(carried([talk_of(turns, [[], []])], SCANNER.detect)) != []


@pytest.mark.parametrize(
    ("lines", "pieces"),
    [
        (("B mail me: rei dot kano", "B at gmail", "B dot com"), ["rei dot kano", "at gmail", "dot com"]),
        (("B rei.kano at", "A ok", "B mail dot com"), ["rei.kano at", "mail dot com"]),
        (("B rei.kano", "B アット mail.example"), ["rei.kano", "アット mail.example"]),
        (("B see you", "B at home"), []),
        (("B rei dot kano", "A at gmail dot com"), []),
        (("B rei dot kano at gmail dot com", "B at six"), []),
    ],
)
def test_an_address_may_be_said_over_turns(lines: Said, pieces: list[str]) -> None:
    turns = turns_of(lines)
    found = list(spoken_emails(turns, cues_of([turns])[0].signs, SCANNER.detect))
    assert list(dict.fromkeys(turns[index].text[s.start : s.end] for index, s in found)) == pieces


@pytest.mark.parametrize(
    ("said", "scanned"),
    [
        ("B jim_p: try that one first please", 0),
        ("B try apt-get install it", 0),
        ("B 3 seconds", 0),
        ("B x_1 is how they called the whole of that long line of machines", 0),
        ("B A1234-5678", 1),
        ("B seven", 0),
        ("B jim_p: A1234-5678", 1),
    ],
)
def test_only_turns_that_end_in_something_like_a_value_are_read(said: str, scanned: int) -> None:
    turns = turns_of(("A order number please", said))
    texts: list[str] = []

    def noted(some: Sequence[str]) -> list[list[Span]]:
        texts.extend(some)
        return [[] for _ in some]

    assert list(carried([talk_of(turns, [[], []])], noted)) == []
    assert bool(texts) == bool(scanned)


def test_a_word_that_says_nothing_is_no_name() -> None:
    assert read(("A u on insta?", "B yep jazzi.moonn")) == [(1, "jazzi.moonn", "USERNAME")]
