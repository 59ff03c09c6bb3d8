import pytest

from deid.detect.names.hiragana import hiragana_names


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in hiragana_names(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ここなが泣いてる", "ここな"),
        ("はい、たくみと遊びました", "たくみ"),
        ("妹のここなが来た", "ここな"),
        ("弟のそら、寝てる", "そら"),
        ("昨日ひまりに会った", "ひまり"),
        ("おやすみれん", "れん"),
        ("おめでとうゆずは！", "ゆずは"),
        ("しょーた元気?", "しょーた"),
        ("けいすけー!", "けいすけ"),
        ("たくやんち行く", "たくや"),
        ("俺こうへい", "こうへい"),
        ("さとちんが来た", "さとちん"),
        ("ゆきっぺ、どこ", "ゆきっぺ"),
        ("こはっちん、どこ", "こはっちん"),
        ("ゆうま今どこ?", "ゆうま"),
        ("さっきゆりかいた", "ゆりか"),
        ("今日はいつきんち行く", "いつき"),
    ],
)
def test_listed_names_by_what_stands_beside_them(text: str, name: str) -> None:
    assert found(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "そらが青い",
        "ありがとうこころから",
        "試してみようかな。",
        "食べるとこうへいきです",
        "ビビりなので",
        "はるきんぐ",
        "妹のことが好き",
        "父のせいで",
        "母のごはん",
        "たくさんの人",
        "いつきたの",
        "さっきから待ってる",
        "今日はかなり寒い",
        "かえでの葉",
        "",
    ],
)
def test_words_are_no_names(text: str) -> None:
    assert found(text) == []


def test_a_name_behind_a_name() -> None:
    assert found("ゆうまとりおは休み") == ["ゆうま", "りお"]
    assert found("ゆうまと行く") == ["ゆうま"]


@pytest.mark.parametrize("name", ["ゆかっち", "えみりん", "まさたろ", "さちぽん", "もかちー"])
@pytest.mark.parametrize("behind", ["が来た", "、元気", "ありがとう", "今日ひま?", ""])
def test_nicknames_by_their_ending(name: str, behind: str) -> None:
    assert found(name + behind) == [name]


@pytest.mark.parametrize(
    "text", ["どっちが好き", "、でもこっちは", "みりんを買う", "えっちな話", "ちゃんぽんが好き", "きちんと"]
)
def test_words_with_such_endings_are_no_nicknames(text: str) -> None:
    assert found(text) == []
