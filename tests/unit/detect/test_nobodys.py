"""What looks like a value and is nobody's, by the words beside it; and what only looks so."""

import pytest

from deid.detect.nobodys import is_nobodys

NOBODYS = [
    ("アイテムID:83732 名称:錆びた鍵", "83732", "ACCOUNT_ID"),
    ("実験のサンプルID H475〜 は−80℃の2段目", "H475", "ACCOUNT_ID"),
    ("化石標本No.5442、地層は白亜紀", "5442", "ACCOUNT_ID"),
    ("会議室IDのA-69は8階", "A-69", "ACCOUNT_ID"),
    ("traceId=ef6a46000696b843 の区間", "ef6a46000696b843", "ACCOUNT_ID"),
    ("問題ID 69503 の解答が誤っています", "69503", "POSTAL_CODE"),
    ("承認番号 23000BZX00123000 って箱に", "23000BZX00123000", "ACCOUNT_ID"),
    ("助成番号JP22K51783の成果報告", "JP22K51783", "ACCOUNT_ID"),
    ("エラー8950って出て落ちた", "8950", "ONE_TIME_CODE"),
    ("seq=624386 ack=471302 の再送", "471302", "ONE_TIME_CODE"),
    ("下2桁89が末等、下4桁9335で商品券", "9335", "ONE_TIME_CODE"),
    ("チラシのコード「AKI500」は全店共通", "AKI500", "SHARE_CODE"),
    ("割引コード SPRING20 は社外公開です", "SPRING20", "SHARE_CODE"),
    ("脱出ゲームの金庫6024で開いた", "6024", "PASSWORD"),
    ("4けたで1234はやめなさい、とポスターに", "1234", "ONE_TIME_CODE"),
    ("「password123」とかまだ使ってる会社あるんだって", "password123", "PASSWORD"),
    ("うちの炊飯器、NP-9815とかいうやつだけど", "NP-9815", "USERNAME"),
    ("最判平成23年(オ)第3978号って引用の仕方", "平成23年(オ)第3978号", "ACCOUNT_ID"),
    ("imei=000000000000000", "000000000000000", "DEVICE_ID"),
    ("mac: ff:ff:ff:ff:ff:ff (broadcast)", "ff:ff:ff:ff:ff:ff", "MAC_ADDRESS"),
    ("123m456p789s東東で待ちは何", "123m456p789s", "NATIONAL_ID"),
]
SOMEBODYS = [
    ("会員ID:83732 名前は三浦", "83732", "ACCOUNT_ID"),
    ("検体番号H475は三浦さんの", "H475", "ACCOUNT_ID"),
    ("俺のアイテムID:83732を見て", "83732", "ACCOUNT_ID"),
    ("会議室IDは482 913 2045", "482 913 2045", "ACCOUNT_ID"),
    ("エラーが出たので8950を入れ直した", "8950", "ONE_TIME_CODE"),
    ("届いた確認コード8950", "8950", "ONE_TIME_CODE"),
    ("カードの下4桁9335で合ってる", "9335", "CREDIT_CARD"),
    ("誰でも入れる部屋、コードはAKI500", "AKI500", "SHARE_CODE"),
    ("友達招待のクーポンコードAKI500、誰でも使って", "AKI500", "SHARE_CODE"),
    ("全員のギフトコードは私のSPRING20", "SPRING20", "SHARE_CODE"),
    ("部屋の金庫6024で開いた", "6024", "PASSWORD"),
    ("脱出ゲームの予約、うちのPINは6024", "6024", "PASSWORD"),
    ("暗証番号は1234です", "1234", "ONE_TIME_CODE"),
    ("玄関は1234とかにしてる、危険かな", "1234", "PASSWORD"),
    ("サーバーのパスはpassword123のまま", "password123", "PASSWORD"),
    ("ディスコでNP-9815って名前のやつ", "NP-9815", "USERNAME"),
    ("事件番号は平成23年(ワ)第3978号です", "平成23年(ワ)第3978号", "ACCOUNT_ID"),
    ("パスは00000000", "00000000", "PASSWORD"),
    ("IMEIは490154203237518", "490154203237518", "DEVICE_ID"),
    ("777-777-7777 is my cell", "777-777-7777", "PHONE_NUMBER"),
    ("口座番号は11111111です", "11111111", "BANK_ACCOUNT"),
    ("学籍番号22222222です", "22222222", "ACCOUNT_ID"),
    ("脱出ゲームの予約のパスワードはhoney22mooだよ", "honey22moo", "PASSWORD"),
    ("作中のキャラから、パスワードはrem_8831", "rem_8831", "PASSWORD"),
    ("ハリポタのホグワーツから取ってパスワードは「luna7788」", "luna7788", "PASSWORD"),
    ("暗証番号7777はまだ使ってる", "7777", "PASSWORD"),
    ("スマホの暗証番号は1234はやめとくわ、今そうだから", "1234", "PASSWORD"),
    ("パスワード1234とかやめてって言われたけど変えてない", "1234", "PASSWORD"),
    ("製品番号 C02XK1YZJHD5のMacBookを盗まれた", "C02XK1YZJHD5", "DEVICE_ID"),
    ("商品のIDはmikan_neko_22さんのやつ", "mikan_neko_22", "USERNAME"),
    ("問題のIDは48213377です", "48213377", "ACCOUNT_ID"),
    ("product id: 48213377 で端末認証", "48213377", "ONE_TIME_CODE"),
    ("セールで店頭受け取り、予約番号48213377", "48213377", "ACCOUNT_ID"),
    ("PS5のギフトコードはAX7K-22PQ-99ZZ、誰でも使える", "AX7K-22PQ-99ZZ", "SHARE_CODE"),
    ("クーポンのコードQX7K2M9、全員に配ってないから使って", "QX7K2M9", "SHARE_CODE"),
    ("例外の482913が認証コード", "482913", "ONE_TIME_CODE"),
    ("認証コード来た port: 482913", "482913", "ONE_TIME_CODE"),
    ("カードのセキュリティコード エラー 482", "482", "CARD_SECURITY_CODE"),
    ("宝くじ買ったカードの下4桁は4821", "4821", "ONE_TIME_CODE"),
    ("賞品の発送用に届いた認証コードの下4桁は8842", "8842", "ONE_TIME_CODE"),
    ("TwitterのIDがKZ0821っていうやつ", "KZ0821", "USERNAME"),
    ("ユーザー名がMK22とかいうやつに荒らされた", "MK22", "USERNAME"),
    ("受付番号 34821AZX48213377", "34821AZX48213377", "ACCOUNT_ID"),
    ("IDは123m456p", "123m456p", "USERNAME"),
]


@pytest.mark.parametrize(("text", "value", "label"), NOBODYS)
def test_words_beside_a_value_say_that_it_is_nobodys(text: str, value: str, label: str) -> None:
    start = text.index(value)
    assert is_nobodys(text, start, start + len(value), label)


@pytest.mark.parametrize(("text", "value", "label"), SOMEBODYS)
def test_what_may_be_somebodys_stays(text: str, value: str, label: str) -> None:
    start = text.index(value)
    assert not is_nobodys(text, start, start + len(value), label)


def test_the_words_of_another_sentence_do_not_count() -> None:
    text = "エラー\n8950って届いた"
    assert not is_nobodys(text, 4, 8, "ONE_TIME_CODE")
