"""Odd ways to write a value, read as an office would print it."""

from collections.abc import Sequence

import pytest

from deid.detect.reread.loose import LooseValues
from deid.detect.reread.said import said
from deid.detect.scan import Scanner
from deid.detect.talk.transcripts import Transcripts
from deid.types import Span

LOOSE = LooseValues(Scanner())
LINES = Transcripts(LOOSE)


def found(text: str) -> list[tuple[str, str]]:
    """What is read in no other way than loosely."""
    spans = [span for span in LOOSE.detect([text])[0] if span.source == "loose"]
    return [(text[span.start : span.end], span.label) for span in spans]


def answered(text: str) -> list[tuple[str, str]]:
    return [(text[span.start : span.end], span.label) for span in LINES.detect([text])[0]]


def test_are_detectors() -> None:
    assert LOOSE.name == Scanner().name
    assert LOOSE.labels == Scanner().labels
    assert LINES.name == "transcripts"
    assert {"PASSWORD", "PERSON"} <= LINES.labels


def test_hidden_dots_are_read_alone_and_in_any_order() -> None:
    host, server = "hxxps://shop dot sakura dot com", "203[.]0[.]113[.]7"
    assert found(f"see {host}") == [(host, "URL")]
    assert found(server) == [(server, "IP_ADDRESS")]
    assert found(f"see {host} and {server}") == [(host, "URL"), (server, "IP_ADDRESS")]
    assert found("hxxps://shop dot sakura dot coma @ b . com/x 203[.]0[.]113[.]7")


@pytest.mark.parametrize(
    ("text", "value", "label"),
    [
        ("my ssn is 740 424 \n850", "740 424 \n850", "US_SSN"),
        ("passport no TR25\n58477", "TR25\n58477", "PASSPORT"),
        ("パスポートNo：T R 0 2 9 1 5 5 3", "T R 0 2 9 1 5 5 3", "PASSPORT"),
        ("my IBAN: N L 9 1 A B N A 0 4 1 7 1 6 4 3 0 0", "N L 9 1 A B N A 0 4 1 7 1 6 4 3 0 0", "IBAN_CODE"),
        ("account number 047 / 760 / 750", "047 / 760 / 750", "BANK_ACCOUNT"),
        ("serial no F7NK - H80M - IR7Q", "F7NK - H80M - IR7Q", "DEVICE_ID"),
        ("imei 4901・5420・3237・518", "4901・5420・3237・518", "DEVICE_ID"),
        ("my ip is 198. 51.100.149", "198. 51.100.149", "IP_ADDRESS"),
        ("mail rei .kano@ mail.example.com", "rei .kano@ mail.example.com", "EMAIL_ADDRESS"),
        ("my zip is nine four one zero seven", "nine four one zero seven", "POSTAL_CODE"),
        ("郵便番号は二六三、八七九一です", "二六三、八七九一", "POSTAL_CODE"),
        ("暗証番号はよんはちいちきゅう", "よんはちいちきゅう", "PASSWORD"),
        ("cvv 7 4 1", "7 4 1", "CARD_SECURITY_CODE"),
        ("passport number T K 3 5 1 5 8 8 4", "T K 3 5 1 5 8 8 4", "PASSPORT"),
        ("my ssn is 7👏4👏0👏4👏2👏4👏8👏5👏0 ok", "7👏4👏0👏4👏2👏4👏8👏5👏0", "US_SSN"),
        ("pan card no QOSPI\n4470N", "QOSPI\n4470N", "IN_PAN"),
        ("www.example.\norg/u/moss80", "www.example.\norg/u/moss80", "URL"),
        ("招待コード RDXA・UWUU", "RDXA・UWUU", "SHARE_CODE"),
        ("cpf double five two dash nine eight two dash two four seven dash two five",
         "double five two dash nine eight two dash two four seven dash two five", "BR_CPF"),
    ],
)  # fmt: skip
def test_an_odd_form_is_found(text: str, value: str, label: str) -> None:
    assert (value, label) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "my pin",
        "see https://example.org/a1  and then line 12 - the last",
        "one two three go, i have 2 cats and 3 dogs",
        "version 1.2.3 - released 2024-05-06 12:30",
        "a b c d e f g",
        "いちにのさん！ごはん食べた",
        "一つ二つ三つ、二十三日",
        "order\n1\n2\n3",
        "n" + " 1" * 11_000,
        "Q3: 24-17, Q4: 31-28, final 109-102",
        "Vol. 12, No. 3, pp. 145-162",
        "shipping: 4.95 EU, 14.95 rest of world",
    ],
)
def test_nothing_is_made_up(text: str) -> None:
    assert found(text) == []


def test_spans_lie_in_the_text_and_a_batch_changes_nothing() -> None:
    texts = [
        "🙂 my ssn\u200b is 7 4 0 4 2 4 8 5 0 🙂",
        "hello",
        "ＳＳＮ 740\u3000424\u3000850",
        "ssn 740-42\n-4850\n",
    ]
    spans = LOOSE.detect(texts)
    assert spans == [LOOSE.detect([text])[0] for text in texts]
    for text, some in zip(texts, spans, strict=True):
        assert some == sorted(set(some))
        assert all(0 <= span.start < span.end <= len(text) for span in some)
    assert [text[s.start : s.end] for text, some in zip(texts, spans, strict=True) for s in some[:1]] == [
        "7 4 0 4 2 4 8 5 0",
        "740\u3000424\u3000850",
        "740-42\n-4850",
    ]


@pytest.mark.parametrize("before", [0, 7_990, 15_990, 16_000, 40_000])
def test_a_long_text_is_read_in_windows(before: int) -> None:
    value = "7 4 0 4 2 4 8 5 0"
    text = f"{'so it went on ' * (before // 14)}my ssn is {value}, ok{' and on it went' * 3_000}"
    assert found(text) == [(value, "US_SSN")]


def test_each_value_of_a_long_text_is_told_once() -> None:
    text = "my ssn is 7 4 0 4 2 4 8 5 0 and that is all there is to it\n" * 1_000
    assert found(text) == [("7 4 0 4 2 4 8 5 0", "US_SSN")] * 1_000


@pytest.mark.parametrize(
    "text",
    [
        "look at http://paste.example.org/m48a18dc5\noh, it does not show",
        "that is https://www.example.org/docs/imap/\nand then restart",
        "get it at http://www.example.com/\ni am off",
        "2. page https://www.example.net/u/2949453\n3. salad",
        "i said that.\nyup",
        "see http://www.example.org/5050/\nrobin1102, thanks",
    ],
)
def test_a_line_does_not_go_on_with_an_address(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "address",
    [
        "http://\nblog.example.jp/u/otter441",
        "http://www.example.org/\nprofile?id=838232144",
        "https://example.co.\nuk/profile?id=041439489",
    ],
)
def test_an_address_over_lines_is_one(address: str) -> None:
    assert found(f"see {address} ok") == [(address, "URL")]


def test_quasi_identifiers_are_left_to_others() -> None:
    class Ages:
        name = "ages"
        labels = frozenset({"AGE"})

        def detect(self, texts: Sequence[str]) -> list[list[Span]]:
            return [[Span(0, len(text), "AGE", 1.0, "ages")] if text else [] for text in texts]

    assert LooseValues(Ages()).detect(["1 2 3 4"]) == [[Span(0, 7, "AGE", 1.0, "ages")]]


@pytest.mark.parametrize(
    "text",
    [
        "see you 2024-01-15 2 pm",
        "it was 3 2 1 go",
        "scores 3-2, 1-0 and 4-4",
        "the draw was 17 12 23 31 38 42",
        "1 2 3 4 5 6 7 8 9 10",
        "one of the two for me, three for you",
        "三、四人で二、三日かかる",
        "12\n34\n56\n78",
        "my code NHK・BBC",
        "a👏b👏c, 1🎉2",
    ],
)
def test_two_things_stay_two(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("four seven six, four seven oh", "476-470"),
        ("plus one dash double five five zero one", "+1-55501"),
        ("S W four, seven R H", "SW4-7RH"),
        ("プラス一、四一五、五五五", "+1-415-555"),
        ("〇九〇の一二三四の五六七八", "090-1234-5678"),
        ("ゼロきゅうゼロのいちにさんよん", "090-1234"),
    ],
)
def test_digits_said(text: str, digits: str) -> None:
    assert said(f"it is {text}!") == [(6, 6 + len(text), digits)]


@pytest.mark.parametrize(
    "text",
    ["one two three four", "someone phoned nine", "no one", "二十三", "第一", "ごはん、さんま", "三人 四人"],
)
def test_no_digits_said(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Agent: last thing, your social?\nCaller: 740-42-4850", ("740-42-4850", "US_SSN")),
        ("<otter> whats the wifi pass\n<badger> neon-943-otter", ("neon-943-otter", "PASSWORD")),
        ("23:10\tりん\tWi-Fiのパスなに？\n23:11\tぼー\tneon943$", ("neon943$", "PASSWORD")),
        ("A「届いた番号は？」\nB「558201です」", ("558201", "ONE_TIME_CODE")),
        ("[19:02] Mum: what's your name?\n[19:03] Kai: it's Kai Marlow", ("Kai Marlow", "PERSON")),
    ],
)
def test_a_pasted_chat_is_read_as_one(text: str, answer: tuple[str, str]) -> None:
    assert answer in answered(text)


@pytest.mark.parametrize(
    "text",
    ["", "A: your pin?", "A: your pin?\nA: 4829", "a\nb\nc", "To: you\n\nAs said, 4829.", "A: 1\n\n\n"],
)
def test_what_is_no_chat_answers_nothing(text: str) -> None:
    assert answered(text) == []
