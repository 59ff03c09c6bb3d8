"""Amounts of money that people pay, earn, have and owe: hand-worked lines, and prices that are nobody's."""

import pytest

from deid.detect.facts import read_facts
from deid.detect.stated.amounts import find_amounts, parse_amount
from deid.detect.stated.reader import statements
from deid.types import Turn

MONEY = frozenset({"MONEY"})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3万円", "JPY:30000"),
        ("三万五千円", "JPY:35000"),
        ("３万５千円", "JPY:35000"),
        ("千円", "JPY:1000"),
        ("3.5万円", "JPY:35000"),
        ("1億2000万円", "JPY:120000000"),
        ("1〜2万円", "JPY:10000-20000"),
        ("3,4万円", "JPY:30000-40000"),
        ("¥9,800,000", "JPY:9800000"),
        ("100万円以上", "JPY:1000000+"),
        ("¥10,000-¥50,000", "JPY:10000-50000"),
        ("$1.5k", "USD:1500"),
        ("$4.99", "USD:4.99"),
        ("$20-30k", "USD:20000-30000"),
        ("$20 to $30", "USD:20-30"),
        ("fifty bucks", "USD:50"),
        ("a hundred and twenty dollars", "USD:120"),
        ("two grand", "USD:2000"),
        ("20 ドル", "USD:20"),
        ("€40", "EUR:40"),
        ("10 quid", "GBP:10"),
    ],
)
def test_an_amount_is_read_however_it_is_written(text: str, value: str) -> None:
    assert [found for found, _, _ in find_amounts(text)] == [value]
    assert parse_amount(text) == value


@pytest.mark.parametrize(
    "text",
    ["数万円", "何十万円", "0円", "100円ショップ", "3 won games", "99999999999999999999円", "円", "$", ""],
)
def test_no_number_is_no_amount(text: str) -> None:
    assert list(find_amounts(text)) == []


@pytest.mark.parametrize(
    ("text", "value", "surface"),
    [
        ("3万円課金した", "paid:JPY:30000", "3万円"),
        ("今月もう5万課金しちゃった", "paid:JPY:50000", "5万"),
        ("推しに5万円貢いだ", "paid:JPY:50000", "5万円"),
        ("このゲーム3000円で買っちゃった", "paid:JPY:3000", "3000円"),
        ("家賃は8万円です", "paid:JPY:80000", "8万円"),
        ("年収500万です", "earns:JPY:5000000", "500万"),
        ("手取り18万しかない", "earns:JPY:180000", "18万"),
        ("年収は400万から500万です", "earns:JPY:4000000-5000000", "400万から500万"),
        ("パチンコで2万勝った", "earns:JPY:20000", "2万"),
        ("毎月1万円くらい貯金しています", "holds:JPY:10000", "1万円"),
        ("借金が300万円あります", "owes:JPY:3000000", "300万円"),
        ("$500 top up yesterday", "paid:USD:500", "$500"),
        ("I just dropped $1.2k on a gacha", "paid:USD:1200", "$1.2k"),
        ("I bought it for $20", "paid:USD:20", "$20"),
        ("spent $300 on skins this week", "paid:USD:300", "$300"),
        ("my rent is $1,450 a month", "paid:USD:1450", "$1,450"),
        ("i make 60k a year", "earns:USD:60000", "60k"),
        ("my salary is $85,000", "earns:USD:85000", "$85,000"),
        ("I have about $20k in savings", "holds:USD:20000", "$20k"),
        ("I owe 15k in student loans", "owes:USD:15000", "15k"),
        ("1万〜5万円課金した", "paid:JPY:10000-50000", "1万〜5万円"),  # as this project writes it
    ],
)
def test_the_speakers_own_money_is_stated(text: str, value: str, surface: str) -> None:
    found = statements(text, MONEY)
    assert [(said.value, text[said.start : said.end], said.whose) for said in found] == [
        (value, surface, "speaker")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "このゲームは3000円です",
        "iPhoneは15万円もする",
        "ランチ1000円でおすすめある？",
        "The new iPhone costs $999",
        "tickets are $50 each",
        "it's on sale for $20",
        "if i spent $500 on it would i win?",
        "how much is $500 in yen?",
        "3万円課金したらSSR出ますか",
        "3万円課金したい",
        "年収500万円以上の人がいい",
        "1000万円あったらどうする？",
        "友達が10万円使ったらしい",
        "you should pay $20",
        "they make $60k a year",
        "did you pay $20?",
        "$500 top up gives 10% bonus",
        "100万人が使った",
        "1万回も買った",
        "1000円程度なので普通の人が使っていると思います",
        "100円ショップで買いました",
        "キャベツの千切り用だけはよく使ってるんですよ。",
        "万が一のため食料買いだめしました。",
        "周りには1000万円当たったことにするんですよ",
        "50万くらいは貯めたいです",
        "140円の炭酸を買いました",
        "i paid $2 for a coffee",
    ],
)
def test_prices_wishes_and_what_is_paid_every_day_are_nobodys(text: str) -> None:
    assert statements(text, MONEY) == []


@pytest.mark.parametrize(
    ("text", "whose"), [("弟が980万円課金した", "sibling"), ("my brother spent $98,000 on it", "sibling")]
)
def test_what_others_pay_is_theirs(text: str, whose: str) -> None:
    assert [said.whose for said in statements(text, MONEY)] == [whose]


@pytest.mark.parametrize(
    ("question", "answer", "values"),
    [
        ("いくら課金したんですか？", "3万円です", ["paid:JPY:30000"]),
        ("年収はいくらですか？", "だいたい500万円かな", ["earns:JPY:5000000"]),
        ("how much did you spend?", "$500 lol", ["paid:USD:500"]),
        ("how much do you make?", "$60k", ["earns:USD:60000"]),
        ("how much did you spend?", "I spent $500", ["paid:USD:500"]),  # once
        ("how much did you spend?", "$2", []),
        ("いくら課金したんですか？", "内緒", []),
        ("what is the price?", "3万円です", []),
        ("I know how much you spend", "the phone is " + "really " * 10 + "$500", []),
    ],
)
def test_an_amount_answers_a_question(question: str, answer: str, values: list[str]) -> None:
    turns = [Turn("a", question, None), Turn("b", answer)]
    found = read_facts(turns, [[], []], {}, kinds=MONEY)
    assert [fact.value for fact in found] == values
