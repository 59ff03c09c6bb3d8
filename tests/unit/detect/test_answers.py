"""Questions as people and services put them, and their answers; written before the rules were looked at."""

import pytest

from deid.detect.talk.answers import answers
from deid.detect.talk.cues import cues_of
from deid.types import Turn


def read(*said: str) -> list[tuple[int, str, str]]:
    """Return the turn, the surface and the label of each answer; a line begins with who says it."""
    turns = [Turn(f"[{at}]", line[1:], ord(line[0])) for at, line in enumerate(said)]
    return [
        (at, turns[at].text[span.start : span.end], span.label)
        for at, span in answers(turns, cues_of([turns])[0].asks)
    ]


@pytest.mark.parametrize(
    ("asked", "answer", "value", "label"),
    [
        ("whose name goes on the booking?", "delphine achterberg please", "delphine achterberg", "PERSON"),
        ("who did you speak to on the phone", "some guy, rutger i think", "rutger", "PERSON"),
        ("Got it. First and last name?", "mo farringdon", "mo farringdon", "PERSON"),
        ("Name on the account?", "j p abernathy", "j p abernathy", "PERSON"),
        ("Who should we list as your emergency contact?", "torsten vik", "torsten vik", "PERSON"),
        ("how old's your little one now", "nearly 6!", "6", "AGE"),
        ("What age bracket or exact age should I put down?", "37 exact", "37", "AGE"),
        ("Could you confirm the age of the primary driver?", "64", "64", "AGE"),
        ("When were you born?", "the ninth of may 88", "ninth of may 88", "DATE_OF_BIRTH"),
        ("What day do you celebrate your birthday?", "halloween haha so 31 oct", "31 oct", "DATE_OF_BIRTH"),
        ("Which year were you born in?", "'94", "'94", "DATE_OF_BIRTH"),
        ("the date you were born, please", "03 11 1979", "03 11 1979", "DATE_OF_BIRTH"),
        ("生年月日は？", "62年の3月9日", "62年の3月9日", "DATE_OF_BIRTH"),
        ("city?", "ditton", "ditton", "LOCATION"),
        ("delivery address?", "1180 w fullerton unit 2R", "1180 w fullerton unit 2R", "STREET_ADDRESS"),
        ("Your address?", "Rose Cottage, Mill Lane, Usk", "Rose Cottage, Mill Lane, Usk", "STREET_ADDRESS"),
        ("Where would you like to be picked up?", "9 elm", "9 elm", "STREET_ADDRESS"),
        ("which house?", "Rose Cottage", "Rose Cottage", "STREET_ADDRESS"),
        ("which flat?", "flat b", "flat b", "STREET_ADDRESS"),
        ("address?", "12 page street", "12 page street", "STREET_ADDRESS"),
        ("billing address is the same?", "no its 77 Obere Str, Bern", "77 Obere Str, Bern", "STREET_ADDRESS"),
        ("send me ur digits", "5550142", "5550142", "PHONE_NUMBER"),
        ("What's your email?", "ferrox88 gmail com", "ferrox88 gmail com", "EMAIL_ADDRESS"),
        ("whats ur email", "bex99 (gmail)", "bex99 (gmail)", "EMAIL_ADDRESS"),
        ("What username did you sign up with?", "grumblebee", "grumblebee", "USERNAME"),
        ("do you have insta", "yeah kasi.mir.k", "kasi.mir.k", "USERNAME"),
        ("what school u go to", "st aldhelms", "st aldhelms", "ORGANIZATION"),
        ("where'd you study", "uvm", "uvm", "ORGANIZATION"),
        ("the name of your daughter's school?", "oakridge primary", "oakridge primary", "ORGANIZATION"),
        ("where do you work these days", "still at kettleby's", "kettleby's", "ORGANIZATION"),
        ("彼氏なんて名前？", "りょうが", "りょうが", "PERSON"),
        ("宛名はいかがなさいますか？", "真鍋で", "真鍋", "PERSON"),
        ("いまいくつなの", "にじゅうさん", "にじゅうさん", "AGE"),
        ("お子さんいくつになった？", "もう六つだよ", "六つ", "AGE"),
        ("年は？", "ハタチ", "ハタチ", "AGE"),
        ("年齢きいていい？", "アラフォーの38w", "38", "AGE"),
        ("たんじょうびいつ？", "6/4", "6/4", "DATE_OF_BIRTH"),
        ("何年生まれですか？", "平成6", "平成6", "DATE_OF_BIRTH"),
        ("誕プレあげたいんだけどいつ？", "10月31!", "10月31", "DATE_OF_BIRTH"),
        ("お子様の生年月日は？", "2019年の2月28日です", "2019年の2月28日", "DATE_OF_BIRTH"),
        ("住所おしえて送るから", "西新5の3の1", "西新5の3の1", "STREET_ADDRESS"),
        ("番地と建物名を教えてください", "14-2 コーポ桜101", "14-2 コーポ桜101", "STREET_ADDRESS"),
        ("家どこらへん？", "荻窪4丁目", "荻窪4丁目", "STREET_ADDRESS"),
        ("ワン切りするから番号", "55550142", "55550142", "PHONE_NUMBER"),
        ("送り先のアドレスはいかが？", "kamoshida_eri gmail", "kamoshida_eri gmail", "EMAIL_ADDRESS"),
        ("メールの＠より前を教えてください", "nishina1204", "nishina1204", "EMAIL_ADDRESS"),
        ("大学どこ？", "明学", "明学", "ORGANIZATION"),
        ("どこ中？", "緑ヶ丘", "緑ヶ丘", "ORGANIZATION"),
        ("仕事なにしてるの？", "溶接工", "溶接工", "OCCUPATION"),
    ],
)  # fmt: skip
def test_what_is_asked_otherwise_is_answered(asked: str, answer: str, value: str, label: str) -> None:
    assert read("a" + asked, "b" + answer)[0] == (1, value, label)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("where do you work", "still thinking about it"),
        ("where do you work", "no clue"),
        ("nice city?", "ditton"),
        ("what's your name", "sorry mate what"),
        ("how old is he", "5 minutes older than me"),
        ("age of the empire, how old", "12 hours"),
        ("what's the age of the house", "about 40"),
        ("what's your address", "3 blocks from the park"),
        ("delivery address?", "10 minutes away from you"),
        ("what's your email address?", "1 sec please"),
        ("email address?", "2 secs i'm finding it"),
        ("whats your ip address?", "Old Macbook Pro"),
        ("where?", "3 seats at the back"),
        ("where?", "half way"),
        ("which house?", "Harry Potter"),
        ("which flat?", "flat earth"),
        ("address?", "404 page not found"),
        ("where do you live", "nowhere fun"),
        ("what school u go to", "graduated already"),
        ("do you have insta", "no sorry"),
        ("いくつになった？", "3つ買った"),
        ("何歳？", "20分待って"),
        ("家どこ？", "駅から10分"),
        ("どこ中？", "移動中"),
        ("宛名は？", "上様で"),
        ("番号", "3"),
    ],
)
def test_what_says_nothing_of_the_kind_is_no_answer(asked: str, answer: str) -> None:
    assert read("a" + asked, "b" + answer) == []


@pytest.mark.parametrize(
    ("asked", "answer", "then", "value"),
    [
        ("what's your last name?", "achterburg", "*achterberg", "achterberg"),
        ("what's your phone number?", "5550142", "sorry meant 5550149", "5550149"),
        ("お名前の漢字は？", "惠理", "まちがえた 恵里です", "恵里"),
        ("お電話番号をお願いします", "55550142", "すみません55550149でした", "55550149"),
    ],
)
def test_a_correction_is_an_answer_too(asked: str, answer: str, then: str, value: str) -> None:
    assert [found[:2] for found in read("a" + asked, "b" + answer, "b" + then)] == [(1, answer), (2, value)]


def test_only_its_own_speaker_corrects_an_answer() -> None:
    assert [at for at, *_ in read("awhat's your last name?", "bvik", "a*vic")] == [1]
    assert [at for at, *_ in read("awhat's your last name?", "bvik", "bthanks for asking")] == [1]


def test_what_looks_like_no_other_word_may_come_third() -> None:
    assert read("aDOB?", "bone sec", "bhang on", "b7/7/01")[-1] == (3, "7/7/01", "DATE_OF_BIRTH")
    assert read("ayour name?", "bwhy?", "bi mean, really?", "btamsin") == []
    assert read("aDOB?", "bone sec", "bhang on", "bwait", "b7/7/01") == []


@pytest.mark.parametrize(
    ("asked", "answer", "values"),
    [
        ("What's your name and how old are you?", "Marisol, 27", {"PERSON": "Marisol", "AGE": "27"}),
        ("name n age?", "Bex 22", {"PERSON": "Bex", "AGE": "22"}),
        ("1. Name? 2. Age?", "1. Hollis Trent 2. 45", {"PERSON": "Hollis Trent", "AGE": "45"}),
        ("①お名前 ②ご年齢", "①槙野紗英 ②45", {"PERSON": "槙野紗英", "AGE": "45"}),
        ("名前と歳は？", "ゆず 19", {"PERSON": "ゆず", "AGE": "19"}),
        (
            "会社名とお役職を頂けますか。",
            "北斗物流、経理課長です",
            {"ORGANIZATION": "北斗物流", "OCCUPATION": "経理課長"},
        ),
        (
            "where do you live and what do you do?",
            "Tacoma. electrician",
            {"LOCATION": "Tacoma", "OCCUPATION": "electrician"},
        ),
    ],
)
def test_each_part_answers_its_own_question(asked: str, answer: str, values: dict[str, str]) -> None:
    assert {label: text for _, text, label in read("a" + asked, "b" + answer)} == values


def test_two_numbers_answer_one_question() -> None:
    found = read("awhich phone number can we call?", "b555 0142 or my landline 020 7946 0391")
    assert [text for _, text, _ in found] == ["555 0142", "020 7946 0391"]


@pytest.mark.parametrize(
    ("asked", "answer", "value"),
    [
        ("how old are you?", "does it matter? 61", "61"),
        ("what's your name?", "whats yours? im ludo", "ludo"),
        ("お勤め先を教えてください。", "今のですか？今は丸徳ハウジングです", "丸徳ハウジング"),
        ("名前なんていうの？", "凪だよ、そっちは？", "凪"),
        ("date of birth of the cardholder", "07-11-79", "07-11-79"),
        ("whats ur #", "3125550164 lol", "3125550164"),
        ("the house number?", "number 52", "52"),
        ("保険証の記号と番号を教えてください。", "1234の567", "1234の567"),
    ],
)
def test_answers_behind_a_question_and_other_questions(asked: str, answer: str, value: str) -> None:
    assert [text for _, text, _ in read("a" + asked, "b" + answer)] == [value]


def test_a_date_comes_in_pieces() -> None:
    found = read("awhen were you born?", "bnovember", "bthe 9th", "b1983")
    assert {(at, text) for at, text, _ in found} == {(1, "november"), (2, "9th"), (3, "1983")}


def test_the_asker_may_wait() -> None:
    asked, later, value = "a会員IDを教えてください。", "bメール探します", "bありました 66102249"
    assert read(asked, later, "aお願いします。", value) == [(3, "66102249", "ACCOUNT_ID")]
    assert read(asked, later, "a先に別の話です", value) == []


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("how can i kill it if i have it's id?", "finiras, yea"),
        ("what's your name?", "why? because reasons"),
        ("which school does your daughter go to?", "she just moved"),
    ],
)
def test_words_beside_a_question_are_no_answer(asked: str, answer: str) -> None:
    assert read("a" + asked, "b" + answer) == []


@pytest.mark.parametrize(
    ("lines", "value", "label"),
    [
        (
            ("Awhat's your username?", "Bsome old one", "AI need the exact one, please.", "Bits sorrel_19"),
            "sorrel_19",
            "USERNAME",
        ),
        (
            (
                "AWhich password did you try?",
                "Bthe old one",
                "APlease type it so I can compare.",
                "Bhnu8Un!mOIOV9",
            ),
            "hnu8Un!mOIOV9",
            "PASSWORD",
        ),
        (("Awhats your zip?", "Bumm hang on", "Awhich one?", "Bok found it 60614"), "60614", "POSTAL_CODE"),
    ],
)
def test_who_asks_once_more_without_a_name_asks_the_same(
    lines: tuple[str, ...], value: str, label: str
) -> None:
    assert (3, value, label) in read(*lines)


def test_another_question_ends_the_first_one() -> None:
    assert not read("Awhats your zip?", "Bumm", "Aplease type the order total", "B60614")


def test_an_answer_is_taken_back_after_the_asker_refuses_it() -> None:
    found = read(
        "AWhat's your member number?", "BKQ7-4410", "AI can't find that.", "Bmaybe its KO7-4410 with an o"
    )
    assert [value for _, value, _ in found] == ["KQ7-4410", "KO7-4410"]


def test_the_code_of_a_gate_came_by_no_message() -> None:
    assert not read("Awhat's the gate code?", "B4471")
