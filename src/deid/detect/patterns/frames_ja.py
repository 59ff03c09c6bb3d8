"""Frames of Japanese sentences in which people give a number that has no form of its own.

Papers and orders, telephones, postcodes, plates, accounts, devices; ``frame_parts_ja`` says what a frame is.
"""

import re

from deid.detect.checksums import digits
from deid.detect.context import Context, words
from deid.detect.patterns.frame_parts_ja import JOIN, LEFT, TAIL, after, frame, is_dated
from deid.detect.patterns.nouns_ja import ACCOUNTS, PAPERS, PHONES
from deid.detect.patterns.parts import KANJI, KATAKANA, NOT_COUNTED
from deid.detect.patterns.pattern import Pattern

_REFERENCE = r"(?P<v>(?=[A-Za-z/-]{0,6}[0-9])[A-Za-z0-9](?:[A-Za-z0-9/-]|(?<=[0-9]) (?=[0-9]{2,5}(?![0-9A-Za-z]))){3,30}(?<=[A-Za-z0-9]))(?![A-Za-z0-9@]|[.:][0-9])"
_PHONE = r"(?P<v>[0-9+(](?:[ ()/・.-]{0,2}[0-9]){8,13})(?![0-9A-Za-z]|[-.:/][0-9])"


def _is_reference(surface: str) -> bool:
    """Ask for six digits, or four beside letters; no date."""
    number = digits(surface)
    return (len(number) > 5 or (len(number) > 3 and number != surface)) and not is_dated(surface)


def _is_short_reference(surface: str) -> bool:
    """Ask for four digits, or for two beside capitals; no date."""
    number = digits(surface)
    coded = len(number) > 1 and re.search("[A-Z]", surface) is not None
    return (len(number) > 3 or coded) and not is_dated(surface)


def _is_locator(surface: str) -> bool:
    return re.fullmatch("(?=.*[0-9])(?=.*[A-Z])[A-Z0-9]{6}", surface) is not None


def _is_phone(surface: str) -> bool:
    return 8 < len(digits(surface)) < 15 and not is_dated(surface)


_THINGS = words(
    "レシピ|学校(?:コード|番号)|会場|駅(?:の)?(?:番号|ナンバー)|(?:希望|特定|語呂合わせ)ナンバー|住所コード|(?:通知|お知らせ|告知)(?:ID|番号)|Gコード|型番|品番|商品|製品|型式|エラー|バージョン|ロット|郵便|部屋|市外|国番|証券コード|銘柄|バーコード|QR|ソース|カラー|業種|分類|市区町村|自治体|列車|号車|座席"
    "|背番|問題|プロセス|スレッド|パーツ|部品|図面|ポート|ページ|チャンネル|動画|楽曲|当選|路線|バス停|ISBN|ISSN|JAN|雑誌|書籍|図書コード|請求記号|CAS|イメージ|画像|ジョブ|タスク|バッチ|リクエスト|セッション|問い?番|法人|法令|条文|通達|国道|色|カタログ|型|棚|品|教科書|ビルド|コミット|パッチ|ニュース|資産番号|備品|科目|講義コード|論文番号|議案|告示|起案|記事ID|特願|銀行コード|金融機関コード|支店コード|フィルター|インボイス|楽譜|部門コード|演題"
)
_HELD = Context(None, _THINGS, 0.7, before=16, veto_after=0)


# Numbers with patterns of their own.
_OTHERS = "".join(f"(?<!{noun})" for noun in ("口座", "暗証", "郵便", "電話", "携帯"))
_HEAD = r"(?:の)?(?:番号|ナンバー?|ばんごう|アイディー|コード|№|#)"
_LATIN_HEAD = r"(?:の)?(?i:no\.|(?:no|id|number|code)(?![A-Za-z]))"
_NUMBERED = rf"(?:[{KANJI}{KATAKANA}A-Za-z]{{1,10}}?{_OTHERS}{_HEAD}|(?:かいいん|おきゃくさま|しゃいん|うけつけ|よやく|ちゅうもん|でんぴょう|けいやく|かんじゃ|しんさつ(?:けん)?|がくせき|おきゃく|といあわせ|せいり|とうろく|とりあつかい)ばんごう|[{KANJI}{KATAKANA}]{{1,10}}?{_OTHERS}{_LATIN_HEAD})"


_SERIALS = r"(?:シリアル|製造|機体|個体|本体|端末|機器|デバイス)(?:の)?(?:識別(?:子|番号|ID)|番号|ナンバー?|ID|(?i:id|no\.?))|シリアル|製番|製造№"
_THING_OF = "(?i:iPhone|iPad|Mac|PC|Android|Switch)|アンドロイド|スマホ|タブレット|端末|本体|機体"
# A serial number or a hexadecimal one as it is read out: two, three or four signs at a time.
_GROUPS = r"(?P<v>[0-9a-f]{2}(?: {1,2}[0-9a-f]{2}){5,15}|[0-9A-F]{2}(?: {1,2}[0-9A-F]{2}){5,15}|[0-9A-Z]{3,4}(?: {1,2}[0-9A-Z]{3,4}){2,9}(?: {1,2}[0-9A-Z]{1,3})?|[0-9a-f]{3,4}(?: {1,2}[0-9a-f]{3,4}){3,9}(?: {1,2}[0-9a-f]{1,3})?)(?![0-9A-Za-z])"


def _is_grouped(surface: str) -> bool:
    """Ask for digits and letters, eight together at least; a telephone or card number has no letters."""
    return len(digits(surface)) > 2 and any(map(str.isalpha, surface)) and len(surface.replace(" ", "")) > 7


PATTERNS = (
    Pattern(
        "ACCOUNT_ID",
        "frame.numbered",
        f"{_NUMBERED}(?:{JOIN}{LEFT}|(?<=[Nn][Oo][.])){_REFERENCE}{NOT_COUNTED}",
        accept=_is_short_reference,
        context=_HELD,
        score=0.7,
        digits=2,
        trigger=rf"番号|ナンバ|ばんごう|アイディー|コード|№|[{KANJI}{KATAKANA}A-Za-zの]#|[{KANJI}{KATAKANA}の](?i:no|id|number|code)",
    ),
    frame("ACCOUNT_ID", "frame.paper", PAPERS, _REFERENCE, accept=_is_reference, least=4),
    after(
        "ACCOUNT_ID",
        "frame.paper_after",
        _REFERENCE,
        rf"{TAIL}(?:{PAPERS})|の(?:件(?:で|です|に)|者です)|で(?:予約|申し?込|注文|契約|登録|参加|購入|チェックイン|問い?合わ?せ|照会|受付|エントリー|応募|発送)",
        accept=_is_reference,
        least=4,
    ),
    frame(
        "ACCOUNT_ID",
        "frame.locator",
        "(?:(?<![A-Za-z])(?:JAL|ANA|PNR)(?![A-Za-z])|全日空|日航|航空|ピーチ|ジェットスター|スカイマーク|搭乗|フライト|便)",
        r"(?P<v>[A-Z0-9]{6})(?![A-Za-z0-9-])",
        accept=_is_locator,
        least=1,
    ),
    Pattern(
        "ACCOUNT_ID",
        "frame.shop_order",
        r"(?<![0-9A-Za-z-])(?:[0-9]{3}|D[0-9]{2})-[0-9]{7}-[0-9]{7}(?![0-9A-Za-z-])",
        score=0.9,
        source="Amazon order numbers",
        digits=16,
    ),
    Pattern(
        "ACCOUNT_ID",
        "frame.transit_card",
        r"(?<![0-9A-Za-z])J[EHKWCBNR](?: ?[0-9]{2,4}){4,8}(?![0-9A-Za-z])",
        accept=lambda surface: 14 < len(digits(surface)) < 18,
        score=0.9,
        source="IC card numbers of Suica and its like",
        digits=15,
    ),
    frame("PHONE_NUMBER", "frame.phone", PHONES, _PHONE, accept=_is_phone, least=9),
    after(
        "PHONE_NUMBER",
        "frame.phone_after",
        _PHONE,
        "(?: ?(?:番|さん))?(?:に|へ|から|まで|で|を)?(?:着拒|着信拒否)|(?: ?(?:番|さん))?(?:に|へ|から|まで|で)(?:電話|TEL|かけ|掛け|連絡|着信|発信|折り?返|ショートメール|SMS|ワン切り)|って(?:誰|だれ|どこの)",
        accept=_is_phone,
        least=9,
    ),
    frame(
        "POSTAL_CODE",
        "frame.postal",
        "郵便番号|郵便|〠|〒|ゆうびん(?:ばんごう|番号)?",
        r"(?P<v>[0-9]{3} {1,2}[0-9]{4}|[0-9]{7}|[0-9]{5})(?![0-9A-Za-z]|[-.:/][0-9])",
        least=5,
    ),
    Pattern(
        "LICENSE_PLATE",
        "frame.moped",
        rf"(?:ナンバー|原付|バイク|スクーター|カブ|プレート)[^0-9A-Za-z\n。]{{0,12}}?(?P<v>[{KANJI}]{{1,6}}[市区町村] ?(?:[{KANJI}]{{1,2}} ?)?[あ-とな-ろわ] ?[0-9]{{1,2}}[ -]?[0-9]{{2}})(?![0-9A-Za-z]|-[0-9])",
        score=0.8,
        source="municipal bylaws on the marks of mopeds",
        digits=3,
    ),
    frame(
        "BANK_ACCOUNT",
        "frame.bank",
        ACCOUNTS,
        r"(?P<v>[0-9]{7}|[0-9]{3}[ -][0-9]{4})(?![0-9A-Za-z]|[-.:/][0-9])",
        least=7,
    ),
    Pattern(
        "MAC_ADDRESS",
        "frame.mac",
        r"(?<![0-9A-Za-z])(?=[0-9A-Fa-f. -]{0,16}[A-Fa-f])(?:[0-9A-Fa-f]{12}|[0-9A-Fa-f]{2}(?:[. -][0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{4}(?:[. -][0-9A-Fa-f]{4}){2})(?![0-9A-Za-z])",
        accept=lambda surface: len(digits(surface)) > 3,
        context=Context(
            words(
                "ネット(?:ワーク)?|LAN|Wi-?Fi|ルーター?|無線|フィルタ|ブルートゥース|Bluetooth|マック|まっく|物理|ether|hwaddr|接続|端末登録"
            ),
            None,
            0.0,
            before=20,
            after=14,
        ),
        score=0.8,
        source="IEEE 802",
        digits=4,
    ),
    Pattern(
        "DEVICE_ID",
        "frame.imei",
        r"(?<![0-9A-Za-z-])[0-9]{2}(?:[- /.]?[0-9]){13}(?![0-9A-Za-z])",
        context=Context(
            words(
                r"いめい|アイメイ|イメイ|赤ロム|白ロム|ネットワーク利用制限|[*]#06#|端末|スマホ|携帯|SIMロック|個体|機種変|機種|査定|買い?取|下取|15桁|十五桁|バーコード|箱の|落とし物|遺失"
            ),
            None,
            0.0,
            before=24,
            after=16,
        ),
        score=0.8,
        source="3GPP TS 23.003",
        digits=15,
    ),
    frame(
        "DEVICE_ID",
        "frame.serial",
        _SERIALS,
        r"(?P<v>(?=[A-Za-z-]{0,8}[0-9])[A-Za-z0-9][A-Za-z0-9-]{6,40}[A-Za-z0-9])(?![A-Za-z0-9@])",
        accept=_is_reference,
        least=2,
    ),
    after(
        "DEVICE_ID",
        "frame.serial_after",
        r"(?P<v>(?=[A-Za-z-]{0,8}[0-9])[A-Za-z0-9][A-Za-z0-9-]{6,40}[A-Za-z0-9])",
        rf"{TAIL}(?:{_THING_OF})?(?:の)?(?:シリアル|製造番号|IMEI|UDID)",
        accept=_is_reference,
        least=2,
    ),
    frame(
        "DEVICE_ID",
        "frame.serial_grouped",
        rf"{_SERIALS}|(?i:udid|android ?id)|(?:裏|底)(?:面)?(?:に|の)(?:ある|書いてある|貼ってある)?(?:番号|シール)",
        _GROUPS,
        accept=_is_grouped,
    ),
    after(
        "DEVICE_ID",
        "frame.serial_grouped_after",
        _GROUPS,
        rf"{TAIL}(?:{_THING_OF})?(?:の)?(?:{_SERIALS}|UDID|端末ID)",
        accept=_is_grouped,
    ),
    after(
        "AD_ID",
        "frame.ad_id_after",
        r"(?P<v>[0-9A-Fa-f]{8}(?:[ -]{0,2}[0-9A-Fa-f]{4}){3}[ -]{0,2}[0-9A-Fa-f]{12})",
        rf"{TAIL}(?:{_THING_OF}|アプリ)?(?:の)?(?:広告(?:用)?(?:の)?(?:ID|識別子|アイディー)|IDFA|GAID|AAID)",
    ),
)
