"""What only a conversation shows: answers, numbers in pieces, repetition."""

import sys

import pytest
from detect_models import surfaces

from deid.detect import conversation
from deid.detect.conversation import unread, widen, widen_all, with_readings
from deid.detect.matching import automata
from deid.detect.resolve import resolve
from deid.detect.scan import Scanner
from deid.detect.talk import cues
from deid.detect.talk.answers import answers
from deid.detect.talk.cues import cues_of
from deid.types import KnownValue, Span, Turn

SCANNER = Scanner()


def turns_of(*texts: str, speakers: tuple[int | None, ...] = ()) -> list[Turn]:
    who = speakers or tuple(number % 2 for number in range(len(texts)))
    return [Turn(f"[{n}]", text, speaker) for n, (text, speaker) in enumerate(zip(texts, who, strict=True))]


def read(turns: list[Turn], spans: list[list[Span]] | None = None) -> list[list[tuple[str, str]]]:
    given = spans or SCANNER.detect([turn.text for turn in turns])
    found = widen(turns, given, SCANNER.detect)
    return [surfaces(t.text, resolve(spans, t.text)) for t, spans in zip(turns, found, strict=True)]


def said(*texts: str) -> list[tuple[str, str]]:
    """What is found in the last of some turns by two speakers in turn."""
    return read(turns_of(*texts))[-1]


@pytest.mark.parametrize(
    ("asked", "answer", "found"),
    [
        ("your name?", "jessica", ("jessica", "PERSON")),
        ("What's your full name?", "it's Jessica Marlow!", ("Jessica Marlow", "PERSON")),
        ("what should i call you", "call me Bo", ("Bo", "PERSON")),
        ("what's your name?", "i'm jessica, you?", ("jessica", "PERSON")),
        ("お名前は？", "みかです", ("みか", "PERSON")),
        ("お名前を教えてください", "山田　花江と申します", ("山田　花江", "PERSON")),
        ("なんて呼べばいい？", "ハナって呼んで", ("ハナ", "PERSON")),
        ("how old r u", "34", ("34", "AGE")),
        ("何歳ですか？", "29だよ", ("29", "AGE")),
        ("when is your birthday?", "march 8th", ("march 8th", "DATE_OF_BIRTH")),
        ("誕生日はいつですか？", "3/8です", ("3/8", "DATE_OF_BIRTH")),
        ("what's your zip code?", "94107", ("94107", "POSTAL_CODE")),
        ("郵便番号を教えてください", "150 0001です", ("150 0001", "POSTAL_CODE")),
        ("what's your phone number?", "555 0134", ("555 0134", "PHONE_NUMBER")),
        ("電話番号を教えて", "〇九〇の一二三四の五六七八", ("〇九〇の一二三四の五六七八", "PHONE_NUMBER")),
        ("what is your email?", "hanae at mail dot example", ("hanae at mail dot example", "EMAIL_ADDRESS")),
        ("what's your address?", "12 elm", ("12 elm", "STREET_ADDRESS")),
        ("ご住所をお願いします", "港区芝1-2-3です", ("港区芝1-2-3", "STREET_ADDRESS")),
        ("what's your discord?", "moon_99", ("moon_99", "USERNAME")),
        ("LINEのIDは何ですか？", "moon.99だよ", ("moon.99", "USERNAME")),
        ("which school do you go to?", "harbor high", ("harbor high", "ORGANIZATION")),
        ("学校はどこ？", "桜丘です", ("桜丘", "ORGANIZATION")),
        ("what do you do for a living?", "i'm a dental nurse", ("dental nurse", "OCCUPATION")),
        ("お仕事は何ですか？", "看護師をしています", ("看護師", "OCCUPATION")),
        ("where do you live?", "lisbon", ("lisbon", "LOCATION")),
        ("どこに住んでますか？", "福岡です", ("福岡", "LOCATION")),
        ("パスワード何だっけ", "neko0815だよ", ("neko0815", "PASSWORD")),
        ("what's the wifi password?", "it's sunflower", ("sunflower", "PASSWORD")),
        ("what's your pin", "its 4829", ("4829", "PASSWORD")),
        ("what's the code it sent you?", "558 201", ("558 201", "ONE_TIME_CODE")),
        ("認証コードを教えてください", "５５８２０１です", ("５５８２０１", "ONE_TIME_CODE")),
        ("招待コードある？", "ZK8Q2P", ("ZK8Q2P", "SHARE_CODE")),
        ("passport number please", "sure, 533401372", ("533401372", "PASSPORT")),
        ("your card number?", "1234 5678 9012 3456", ("1234 5678 9012 3456", "CREDIT_CARD")),
        ("免許の番号を教えて", "305412345670です", ("305412345670", "JP_DRIVER_LICENSE")),
        ("セキュリティコードは？", "482", ("482", "CARD_SECURITY_CODE")),
        ("LINE教えて", "mochi22", ("mochi22", "USERNAME")),
    ],
)
def test_an_answer_gets_the_label_of_its_question(asked: str, answer: str, found: tuple[str, str]) -> None:
    assert said(asked, answer) == [found]


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("your name?", "why do you ask"),
        ("your name?", "not telling"),
        ("your name?", "it's raining here"),
        ("your name?", "what about the long story that I was telling you when the phone rang again"),
        ("お名前は？", "内緒です"),
        ("how old are you?", "100%"),
        ("何歳ですか？", "秘密"),
        ("お仕事は何ですか？", "今日は休みなので公園に行きました"),
        ("where do you live?", "nowhere?"),
        ("what's for dinner?", "jessica"),
        ("the name of the shop is new", "lovely"),
        ("did you reset your password?", "yesterday"),
        ("what's the wifi password?", "forgot"),
        ("パスワードを入力してください", "忘れました"),
        ("your bus pass?", "10:30"),
        ("what's the error code?", "1042"),
        ("エラーコードは？", "1042"),
        ("did you get the code review", "2024"),
        ("LINE教えて", "ok"),
    ],
)
def test_what_is_no_answer(asked: str, answer: str) -> None:
    assert said(asked, answer) == []


def test_answers_are_the_same_without_hyperscan(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = turns_of("your age　?", "34", "お誕生日はいつですか？", "3月8日です", "nice weather", "yes")
    with_automata = list(answers(turns, cues_of([turns])[0].asks))
    monkeypatch.setattr(automata, "HAS_HYPERSCAN", False)
    cues._asked.cache_clear()  # noqa: SLF001
    try:
        assert [span.label for _, span in with_automata] == ["AGE", "DATE_OF_BIRTH"]
        assert list(answers(turns, cues_of([turns])[0].asks)) == with_automata
    finally:
        cues._asked.cache_clear()  # noqa: SLF001


def test_the_answer_may_come_after_a_greeting() -> None:
    turns = turns_of("your name?", "hi!", "jessica", speakers=(None, 0, 0))
    assert read(turns)[2] == [("jessica", "PERSON")]


def test_nobody_answers_their_own_question() -> None:
    assert read(turns_of("your name?", "jessica", speakers=(0, 0)))[1] == []
    assert read(turns_of("your name?", "jessica", "marlow", speakers=(0, 0, 1)))[2] == []


def test_the_last_question_has_no_answer() -> None:
    assert said("hello", "your name?") == []


def test_a_number_in_pieces_is_joined() -> None:
    turns = turns_of("番号は090", "1234", "5678", speakers=(0, 0, 0))
    assert [surface for found in read(turns) for surface in found] == [
        ("090", "PHONE_NUMBER"), ("1234", "PHONE_NUMBER"), ("5678", "PHONE_NUMBER")
    ]  # fmt: skip


def test_the_pieces_may_be_four_turns_apart_and_no_more() -> None:
    near = turns_of("090", "ok", "ok", "ok", "12345678", speakers=(0, None, None, None, 0))
    far = turns_of("090", "ok", "ok", "ok", "ok", "12345678", speakers=(0, *[None] * 4, 0))
    assert conversation.SPLIT_TURNS == 4
    assert read(near)[0] == [("090", "PHONE_NUMBER")]
    assert read(far)[0] == []


def test_pieces_of_two_speakers_are_two_numbers() -> None:
    assert read(turns_of("090", "12345678", speakers=(0, 1))) == [[], []]


def test_pieces_that_make_no_number_stay() -> None:
    assert read(turns_of("I ate 3", "4", "5", speakers=(0, 0, 0))) == [[], [], []]


def test_a_value_found_once_is_found_in_every_turn() -> None:
    turns = turns_of("I'm Jessica Marlow", "ok JESSICA, noted", "Marlow it is", "no names here")
    found = read(turns, [[Span(4, 18, "PERSON", 0.9, "names")], [], [], []])
    assert found == [
        [("Jessica Marlow", "PERSON")], [("JESSICA", "PERSON")], [("Marlow", "PERSON")], []
    ]  # fmt: skip


def test_inflected_and_transliterated_echoes() -> None:
    turns = turns_of("ミカです", "Mika-san、ミカちゃん、みかさん")
    found = read(turns, [[Span(0, 2, "PERSON", 0.9, "names")], []])
    assert [surface for surface, _ in found[1]] == ["Mika", "ミカ", "みか"]


def test_a_phone_number_read_out_in_kanji_digits() -> None:
    turns = turns_of("090-1234-5678", "〇九〇一二三四五六七八ですね")
    assert read(turns)[1] == [("〇九〇一二三四五六七八", "PHONE_NUMBER")]


def test_an_honorific_is_no_part_of_what_is_repeated() -> None:
    turns = turns_of("山田さん来る？", "山田は来ない")
    assert read(turns, [[Span(0, 4, "PERSON", 0.9, "names")], []])[1] == [("山田", "PERSON")]


@pytest.mark.parametrize(("label", "score"), [("LOCATION", 0.9), ("AGE", 0.9), ("PERSON", 0.5)])
def test_quasi_identifiers_and_doubtful_finds_are_not_repeated(label: str, score: float) -> None:
    turns = turns_of("Harbor", "the Harbor view")
    assert read(turns, [[Span(0, 6, label, score, "names")], []])[1] == []


def test_a_single_turn_and_none() -> None:
    assert widen([], [], SCANNER.detect) == []
    assert read(turns_of("hello")) == [[]]


def test_many_conversations_are_read_as_each_alone() -> None:
    asked = [Turn("", "whats your passport number?", 0), Turn("", "it is 530182746", 1)]
    talks = [(turns, SCANNER.detect([t.text for t in turns])) for turns in (asked, [], asked[1:], asked)]
    alone = [widen(turns, spans, SCANNER.detect) for turns, spans in talks]
    assert widen_all(talks, SCANNER.detect) == alone
    assert "PASSPORT" in {span.label for span in alone[3][1]} - {span.label for span in alone[2][0]}


def test_the_spans_given_are_kept_and_not_changed() -> None:
    given = [[Span(0, 5, "PERSON", 0.9, "names")], []]
    widened = widen(turns_of("Hanae", "Hanae"), given, SCANNER.detect)
    assert given == [[Span(0, 5, "PERSON", 0.9, "names")], []]
    assert widened[0][0] == given[0][0]


def test_thousands_of_turns_take_moments() -> None:
    # Quadratic work would take minutes: every turn holds a value of its own.
    texts = [f"mail user{number:05d}@mail.example" for number in range(2_000)]
    found = read(turns_of(*texts))
    assert all(found)


@pytest.mark.parametrize(
    "pieces",
    [
        ["moss_ferro@", "example.org"],
        ["moss_ferro", "@example.org"],
        ["moss_ferro", "@", "example.org"],
        ["moss_ferro@example", ".org"],
    ],
)
def test_an_email_address_in_pieces_is_joined(pieces: list[str]) -> None:
    turns = [Turn(f"[{number}]", text) for number, text in enumerate(["my mail", *pieces, "ok thanks"])]
    found = widen(turns, [[] for _ in turns], Scanner().detect)
    labels = [[(s.start, s.end, s.label) for s in spans if s.source == "conversation"] for spans in found]
    assert [spans[:1] for spans in labels[1:-1]] == [[(0, len(text), "EMAIL_ADDRESS")] for text in pieces]
    assert not labels[0]
    assert not labels[-1]


@pytest.mark.parametrize(
    "texts", [["@moss", "hello"], ["a@b", "c@d"], ["see me@", "example.org"], ["me@", "ok"]]
)
def test_pieces_that_make_no_address_stay(texts: list[str]) -> None:
    turns = [Turn(f"[{number}]", text) for number, text in enumerate(texts)]
    assert widen(turns, [[] for _ in turns], Scanner().detect) == [[] for _ in turns]


def test_and_you_passes_the_question_back() -> None:
    turns = [
        Turn("[0]", "whats ur name", 1),
        Turn("[1]", "tobin u?", 0),
        Turn("[2]", "wrenna", 1),
        Turn("[3]", "lovely", 0),
    ]
    assert [
        (index, turns[index].text[s.start : s.end]) for index, s in answers(turns, cues_of([turns])[0].asks)
    ] == [
        (1, "tobin"),
        (2, "wrenna"),
    ]


def test_the_work_is_linear_in_the_turns() -> None:
    def calls(size: int) -> int:
        said = [
            "what's your name?",
            "tobin",
            "my number",
            "090",
            "1234",
            "5678",
            "me@",
            "x.example",
            "ok tobin",
        ]
        turns = [Turn(f"[{n}]", said[n % len(said)], n % 2) for n in range(size)]
        spans = scan(texts := [turn.text for turn in turns])
        assert len(texts) == size
        count = 0

        def counted(*_: object) -> None:
            nonlocal count
            count += 1

        sys.setprofile(counted)
        try:
            widen(turns, spans, scan)
        finally:
            sys.setprofile(None)
        return count

    scan = Scanner().detect
    small = calls(360)
    assert calls(1_440) < 4.2 * small


def test_the_work_is_linear_in_the_values_found() -> None:
    def calls(size: int) -> int:
        turns = turns_of(*(f"mail user{number:05d}@mail.example" for number in range(size)))
        spans = [[Span(5, len(turn.text), "EMAIL_ADDRESS", 1.0, "scan")] for turn in turns]
        asked = 0

        def counted(_frame: object, event: str, _argument: object) -> None:
            nonlocal asked
            asked += event == "call"

        sys.setprofile(counted)
        try:
            widen(turns, spans, lambda texts: [[] for _ in texts])
        finally:
            sys.setprofile(None)
        return asked

    calls(1)
    small = calls(512)
    assert calls(2_048) < 4.4 * small


@pytest.mark.parametrize(
    "said",
    [
        ("12 Elm Street", "phone?", "415", "555", "0133"),
        ("22 Harcourt Terrace, Leeds", "and", "07700", "900", "882"),
        ("港区芝公園4-2-8", "電話番号は？", "090", "1234", "5678"),
        ("芝1-2-3", "ok", "03", "1234", "5678"),
    ],
)
def test_the_number_of_an_address_is_no_piece_of_the_phone_number_behind_it(said: tuple[str, ...]) -> None:
    found = read(turns_of(*said, speakers=(0, 1, 0, 0, 0)))
    assert found[2:] == [[(piece, "PHONE_NUMBER")] for piece in said[2:]]


def test_a_name_in_kanji_is_found_as_it_is_read() -> None:
    turns = turns_of("田中美咲です", "Misaki-san, hello", "みさきでいいよ", "岬に行った", "tanaka misaki")
    given = [[Span(0, 4, "PERSON", 0.95, "names")], *([] for _ in turns[1:])]
    found = widen(turns, given, SCANNER.detect, {"田中美咲": "たなか みさき"}.get)  # type: ignore[arg-type]
    assert [
        surfaces(turn.text, resolve(spans, turn.text)) for turn, spans in zip(turns, found, strict=True)
    ] == [
        [("田中美咲", "PERSON")],
        [("Misaki", "PERSON")],
        [("みさき", "PERSON")],
        [],
        [("tanaka misaki", "PERSON")],
    ]


def test_readings_stand_behind_the_names_they_are_of() -> None:
    values = [
        KnownValue("PERSON", "田中美咲", 1),
        KnownValue("EMAIL_ADDRESS", "美@x.jp"),
        KnownValue("PERSON", "Ann"),
    ]
    found = list(with_readings(values, lambda _name: "たなか みさき"))
    assert found == [values[0], KnownValue("PERSON", "たなか みさき", 1), *values[1:]]
    assert list(with_readings(values, unread)) == values


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["my card is 4111 1111", "and then 1111 1111"], ["4111 1111", "1111 1111"]),
        (["番号は090", "続きは1234", "最後は5678です"], ["090", "1234", "5678"]),
        (["my number is 090-", "1234-", "5678"], ["090", "1234", "5678"]),
        (["email's jess.moore", "then it's @example.com"], ["jess.moore", "@example.com"]),
        (["my account number is 12345", "678 at the bank"], ["12345", "678"]),
        (["口座は渋谷支店 普通 123", "4567"], ["123", "4567"]),
        (["my account number is 12345", "678 people came"], []),
        (["i have 3", "then 4", "and 5"], []),
        (["room 12", "and 55"], []),
        (["what is", "@home"], []),
    ],
)
def test_pieces_may_stand_behind_words_that_go_on(texts: list[str], found: list[str]) -> None:
    turns = [Turn(f"[{number}]", text) for number, text in enumerate(texts)]
    widened = widen(turns, [[] for _ in turns], SCANNER.detect)
    pieces = [t.text[s.start : s.end] for t, spans in zip(turns, widened, strict=True) for s in spans[:1]]
    assert pieces == found


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (
            ("my birthday is March 9, 1986", "so 09/03/1986?", "yes 9 Mar 86"),
            {1: "09/03/1986", 2: "9 Mar 86"},
        ),
        (("my passport is X4410927", "x as in xray then 4410927"), {1: "4410927"}),
        (("call me on 206-555-0155", "the number ending in 0155?"), {1: "0155"}),
    ],
)
def test_a_value_told_otherwise_is_the_value(said: tuple[str, ...], found: dict[int, str]) -> None:
    turns = turns_of(*said)
    scan = Scanner().detect
    spans = widen(turns, scan(said), scan)
    assert {
        at: {turns[at].text[span.start : span.end] for span in spans[at] if span.source == "conversation"}
        for at in found
    } == {at: {text} for at, text in found.items()}
