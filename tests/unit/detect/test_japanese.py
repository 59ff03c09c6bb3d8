import pytest
from detect_models import japanese, surfaces

from deid.detect import morphology
from deid.detect.names.japanese import JapaneseNames
from deid.errors import DetectorError


def found(text: str, label: str = "PERSON") -> list[str]:
    (spans,) = japanese().detect([text])
    return sorted({surface for surface, found_label in surfaces(text, spans) if found_label == label})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("田中さんに会った", "田中"),
        ("田中美咲です", "田中美咲"),
        ("田中 美咲です", "田中 美咲"),
        ("田中　美咲です", "田中　美咲"),
        ("佐藤が来た", "佐藤"),
        ("みさきちゃんと遊ぶ", "みさき"),
        ("Jessicaさんが来る", "Jessica"),
        ("名前はゆずりはです", "ゆずりは"),
        ("私はクィルビーと申します", "クィルビー"),
        ("俺はタケって呼ばれてる", "タケ"),
        ("翔って呼ばれてる", "翔"),
        ("うちの弟、蓮っていうんだけど", "蓮"),
        ("土屋さんです", "土屋"),
        ("森さんは優しい", "森"),
        ("よしこおばさん", "よしこ"),
        ("うちのゆきちゃんが熱出した", "ゆき"),
        ("となりのけんたくんと遊んだ", "けんた"),
        ("きよしじいちゃん", "きよし"),
        ("蓮が泣いた", "蓮"),
        ("楓から連絡きた", "楓"),
        ("誠に振られた", "誠"),
        ("蓮の入学式", "蓮"),
        ("桜が熱出した", "桜"),
        ("私の名前はのえるです", "のえる"),
        ("フリガナはヤマザキ ミキです", "ヤマザキ ミキ"),
        ("ふりがな:さとう はなこ", "さとう はなこ"),
        ("名前はちえるです", "ちえる"),
        ("はじめまして、みないと申します", "みない"),
        ("名前はやないです", "やない"),
        ("まいおばちゃん", "まい"),
        ("まさにいちゃん", "まさ"),
        ("蒼の運動会", "蒼"),
    ],
)
def test_persons(text: str, name: str) -> None:
    assert name in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "お母さんと話した",
        "うちのだんなさんがね",
        '{"name": "", "phone": "が要る"}',
        "phone が壊れた",
        "あかちゃんが泣いてる",
        "うちのいもうとちゃん",
        "電気屋さんで買った",
        "警備員さんがいた",
        "外国人作家さんです",
        "ナレーターさんの声",
        "うさぎさんが跳ねた",
        "ルンバ様が動かない",
        "森が深い",
        "そういう見方もある",
        "100均で買った",
        "ご先祖様に感謝",
        "花より団子と言いますし",
        "おかずがちゃんとある",
        "お疲れ様です",
        "うちでは犬って呼ばれてる",
        "名前は知ってます!",
        "名前は違うんです",
        "桜が咲いた",
        "桜の入学式",
        "愛が生まれた",
        "光に頼る",
        "名前は言えないです",
        "うちのおばあちゃん元気",
        "うちのおばちゃん",
        "やさしいおじいさん",
        "あやしいおじさん",
        "となりのおばちゃん",
        "へんなおじさん",
        "誠にありがとう",
        "光が眩しい",
        "女優さんに会った",
        "農家さんから買った",
        "アーティストさんの絵",
        "義姉さんと話した",
        "名前は忘れたんですが",
        "名前は知っているのです",
        "蒼の時代",
        "虫っていうんだよ",
        "",
        "12345",
        "no japanese here, Tanaka-san",
    ],
)
def test_no_persons(text: str) -> None:
    assert found(text) == []


def test_two_family_names_are_two_people() -> None:
    assert found("田中 佐藤") == ["佐藤", "田中"]


def test_a_middle_dot_joins_a_name() -> None:
    assert "マイケル・ジョーダン" in found("マイケル・ジョーダンが好き")


def test_a_line_break_does_not() -> None:
    assert found("田中\n美咲") == ["田中", "美咲"]


@pytest.mark.parametrize("text", ["生まれは長野です", "熱海に行った", "山口県です", "長野の温泉"])
def test_a_family_name_that_is_a_place_here(text: str) -> None:
    assert found(text) == []
    assert found(text, "LOCATION")


@pytest.mark.parametrize(
    ("text", "name"),
    [("桜丘高校に通う", "桜丘高校"), ("株式会社クィルビーで働く", "株式会社クィルビー")],
)
def test_organizations(text: str, name: str) -> None:
    assert name in found(text, "ORGANIZATION")


@pytest.mark.parametrize("text", ["この大学が好き", "高校に通う", "地元の病院"])
def test_no_organizations(text: str) -> None:
    assert found(text, "ORGANIZATION") == []


def test_scores() -> None:
    def score(text: str) -> float:
        return max(span.score for span in japanese().detect([text])[0])

    assert score("田中さん") == 0.95
    assert score("佐藤が来た") == 0.8
    assert score("名前はゆずりはです") == 0.9


def test_texts_longer_than_the_tokenizer_reads() -> None:
    filler = "今日は雨です。" * 4_000
    text = filler + "田中さん" + filler
    (spans,) = japanese().detect([text])
    assert {text[span.start : span.end] for span in spans if span.label == "PERSON"} == {"田中"}


def test_no_pause_to_cut_a_long_text_at() -> None:
    text = "あ" * 13_000 + "田中さん"
    assert (13_000, 13_002) in [(span.start, span.end) for span in japanese().detect([text])[0]]


def test_half_of_a_surrogate_pair_is_read_past() -> None:
    (spans,) = japanese().detect(["\ud800田中さん\udc00"])
    assert (1, 3) in [(span.start, span.end) for span in spans]


def test_astral_characters_keep_offsets() -> None:
    (spans,) = japanese().detect(["👨‍👩‍👧𠮷野家、田中さん"])
    assert (9, 11) in [(span.start, span.end) for span in spans]


def test_a_dictionary_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(**_: str) -> None:
        raise ValueError("no such dictionary: text")

    monkeypatch.setattr(morphology, "Dictionary", missing)
    with pytest.raises(DetectorError, match="no Sudachi dictionary") as caught:
        JapaneseNames.load()
    assert "text" not in str(caught.value)
    assert "sudachidict-core" in caught.value.hint
