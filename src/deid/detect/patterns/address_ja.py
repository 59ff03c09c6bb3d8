"""Japanese addresses: prefecture, municipality, town, block, building; and Japanese addresses in Latin letters.

A grammar, not a gazetteer: municipalities are what ends in 市区町村郡. Without a prefecture the block
must look like one (丁目, 番地, or numbers joined by hyphens), so that a score such as 3-2 is none.
"""

import re

from deid.detect.context import Context, words
from deid.detect.patterns.parts import DASH, HIRAGANA, KANJI, KATAKANA
from deid.detect.patterns.pattern import Pattern

PREFECTURES = (
    "北海道|東京都|京都府|大阪府|(?:青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|神奈川|新潟|富山|石川|福井|山梨|長野|岐阜|静岡"
    "|愛知|三重|滋賀|兵庫|奈良|和歌山|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|鹿児島|沖縄)県"
)
# Municipalities written in kana; all others begin with a kanji.
_KANA_CITIES = (
    "さいたま|つくば|つくばみらい|いわき|むつ|つがる|うるま|ひたちなか|みどり|みよし|あきる野|あま|あわら|いなべ|いちき串木野|うきは|うきは"
    "|えびの|おいらせ|おおい|かすみがうら|かつらぎ|かほく|さくら|さぬき|せたな|たつの|にかほ|ふじみ野|まんのう|みなかみ|みなべ|みやき|みやこ"
    "|みやま|むかわ|ニセコ|南アルプス|せいろう|おおさき|なか|かみ"
)
_NUMBER = "(?:[0-9]{1,5}|[〇一二三四五六七八九十百千]{1,6})"
_TOWN = f"(?:[{KANJI}{KATAKANA}{HIRAGANA}・ ]|[0-9]{{1,2}}(?=条|線|番町|区))"
_SOLID_TOWN = f"(?:[{KANJI}{KATAKANA}ヶケのノ]|[0-9]{{1,2}}(?=条|線|番町))"
_JOIN = f"(?: ?[{DASH}] ?|の|ノ|之| )"
_UNIT = "(?: ?(?:丁目|番地|番|号|条|地割))"
# 3丁目4番5号, 3-4-5, 三丁目四番地の五, 1234番地5, 4の5の6
_BLOCK = f"(?<![国県府市都]道){_NUMBER}(?:{_UNIT}{{1,2}}|(?= ?[{DASH}の] ?{_NUMBER}))(?:{_JOIN}?{_NUMBER}{_UNIT}?){{0,4}}(?!{_UNIT}|[0-9])"
_LONG_BLOCK = (
    f"(?:{_NUMBER} ?丁目(?:{_JOIN}?{_NUMBER}{_UNIT}?){{0,4}}|[0-9]{{1,2}} ?丁 ?[0-9]{{1,3}}(?:{_UNIT}|{_JOIN}[0-9]{{1,4}}){{1,3}}|{_NUMBER} ?番地(?:{_JOIN}?{_NUMBER}{_UNIT}?){{0,3}}"
    f"|{_NUMBER} ?番 ?{_NUMBER} ?号|[0-9]{{1,4}} ?[{DASH}のノ] ?[0-9]{{1,4}}(?: ?[{DASH}のノ] ?[0-9]{{1,5}}){{1,3}})(?![0-9])"
)
_BUILDING_END = (
    "マンション|ハイツ|コーポ|ビル(?:ディング)?|アパート|タワー|レジデンス|ハウス|メゾン|パレス|荘|寮|団地|ヒルズ|プラザ|コート|ヴィラ|ハイム"
    "|ガーデン|テラス|スクエア|パーク|ホームズ|ドエル|館|棟|社宅|住宅|宿舎|会館|センター|倉庫|工場|営業所|事務所|店舗|本社|支社"
)
# There is no block without a number, and none further away: spares the search for one.
_BLOCK_AHEAD = "(?=[^0-9〇一二三四五六七八九十百千]{0,80}[0-9〇一二三四五六七八九十百千])"
_ROOM = f"(?:[A-Z]?[{DASH} ]?(?:[0-9]{{1,4}}|[〇一二三四五六七八九十百]{{1,5}})(?:号室|号|階(?:[A-Z0-9]{{1,4}}号?室)?|F(?![A-Za-z])|[{DASH}][A-Z0-9]{{1,4}})?|[A-Z](?:棟|号室))"
_BUILDING = (
    f"(?: {{1,2}}[{KANJI}{KATAKANA}][{KANJI}{KATAKANA}の・]{{1,14}}[0-9]{{2,4}}(?:号室?)?(?![0-9A-Z年月日時分秒円人個台軒名回歳才番丁条件枚点位万千階棟%:./{DASH}])"
    f"| ?[、,]? ?[{DASH}{KANJI}{KATAKANA}A-Za-z・'0-9]{{0,14}}(?:{_BUILDING_END})[{KANJI}〇{KATAKANA}A-Za-z・]{{0,10}}(?:[{HIRAGANA}]{{1,8}}(?= ?[0-9〇一二三四五六七八九]))? ?{_ROOM}{{0,2}}"
    f"| ?[、,]? ?[{KATAKANA}・]{{3,16}}[{KANJI}A-Z]{{0,6}} ?{_ROOM}| ?[、,]? ?[A-Z]?[0-9]{{1,4}}(?:号室|号棟)(?:[0-9]{{1,4}}号室)?)?"
)
# Kanji but the endings: the inside of a name holds none, which keeps the grammar unambiguous.
_INNER = "一-匹医-币布-材杒-甹画-郠郢-鿿々ヶケ"
_ODD_END = "(?:日市|々市|日町|大町|上町)?"  # 四日市市, 野々市市, 十日町市
_CITY = f"(?:[一-鿿々ヶケ][{_INNER}]{{0,4}}{_ODD_END}|{_KANA_CITIES})[市区町村郡]"
_PART = f"[一-鿿々ヶケ{HIRAGANA}{KATAKANA}][{_INNER}{HIRAGANA}{KATAKANA}]{{0,5}}{_ODD_END}"

_NOT_CITIES = re.compile(
    "(?:都市|同市|当市|全市|地区|学区|町内|下町|市町|農村|漁村|特区|選挙区|鉱区|管区|市場|市民|区分|区間|村人|町人|予選|大会)"
)
_HOME = words(
    "住所|住ん|住まい|自宅|引っ?越|届け先|配送先|送り先|発送|家は|実家|うちは|転居|在住|所在地|本籍|勤務先|address|live|郵便|〒"
)


def _is_place(surface: str) -> bool:
    return _NOT_CITIES.match(surface) is None and re.search("[市区町村郡]", surface[1:]) is not None


def _is_kyoto(surface: str) -> bool:
    """Refuse a verb ("値段が上がる"): a crossing of two streets stands before the direction."""
    return re.search("(?:通|筋|小路|条|町|丸).{0,12}?(?:[上下][るルが]|[西東]?入)", surface) is not None


_ROOMS_FOR_AN_HOUR = ("ホテル", "ルーム", "カラオケ", "プラン", "スタジオ", "ブース")


def _is_town(surface: str) -> bool:
    """Refuse what calls a number, or a kind of account: 口座番号 is no town."""
    number = re.match(f"[{KANJI}{KATAKANA}]{{0,7}}(?:番号|ナンバー|コード|電話|携帯|口座)", surface)
    return number is None and re.match("(?:普通|当座|連単|連複|馬単|馬連|枠連)[0-9]", surface) is None


def _is_region(surface: str) -> bool:
    return surface[-1] in "市区町村郡"


PATTERNS = (
    Pattern(
        "STREET_ADDRESS",
        "address.ja_prefecture",
        rf"(?:{PREFECTURES}) ?{_BLOCK_AHEAD}(?:{_PART}[市区町村郡] ?){{1,3}}(?:大字|字)?{_TOWN}{{0,16}}?{_BLOCK}{_BUILDING}",
        score=1.0,
        source="Act on Indication of Residential Address",
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.ja_city_block",
        rf"{_BLOCK_AHEAD}(?:{_CITY} ?){{1,3}}(?:大字|字)?{_TOWN}{{0,14}}?{_LONG_BLOCK}{_BUILDING}",
        accept=_is_place,
        score=0.9,
        source="Act on Indication of Residential Address",
        trigger=f"丁目|番地|番 ?{_NUMBER}|[0-9] ?[{DASH}のノ] ?[0-9]|[0-9] ?丁 ?[0-9]",
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.ja_city_short",
        rf"(?:{_CITY} ?){{1,3}}(?:大字|字)?{_SOLID_TOWN}{{1,10}}?[0-9]{{1,5}}[{DASH}][0-9]{{1,4}}(?!{_UNIT}|[0-9]|[{DASH}]|で[勝敗負]|の(?:勝|敗|スコア))(?:番地|号)?{_BUILDING}",
        accept=_is_place,
        score=0.8,
        source="Act on Indication of Residential Address",
        digits=2,
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.ja_city_blanks",
        rf"(?:{_CITY} ?){{1,3}}(?:大字|字)?{_SOLID_TOWN}{{1,10}}?[0-9]{{1,4}}(?: {{1,2}}[0-9]{{1,4}}){{1,3}}(?![0-9年月日時分秒円人個台軒名万千%:./{DASH}]){_BUILDING}",
        accept=_is_place,
        score=0.7,
        source="Act on Indication of Residential Address",
        digits=2,
        trigger="[0-9] {1,2}[0-9]",
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.ja_town_number",
        rf"(?:{_CITY} ?){{1,2}}(?:大字|字)?{_SOLID_TOWN}{{1,8}}?[町丘台通字原田野]{{1,2}}[0-9]{{1,5}}(?![0-9.,:{DASH}の])(?! ?[A-Za-z一-鿿ァ-ヺ%])(?!さい|さん|まい|ごう)",
        accept=_is_place,
        score=0.7,
        source="Act on Indication of Residential Address",
        digits=1,
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.ja_town",
        rf"[一-鿿々ヶケ][{KANJI}{KATAKANA}]{{0,7}}?(?:{_NUMBER} ?丁目 ?{_NUMBER}(?:{_JOIN}?{_NUMBER}{_UNIT}?|{_UNIT}){{0,4}}|[0-9]{{1,3}}[{DASH}][0-9]{{1,3}}[{DASH}][0-9]{{1,4}}(?:[{DASH}][0-9]{{1,4}})?)(?![0-9{DASH}]){_BUILDING}",
        accept=_is_town,
        context=Context(
            _HOME,
            words("電話|携帯|番号|tel|スコア|結果|対|試合|型番|品番|日付|期間"),
            0.5,
            before=20,
            after=12,
        ),
        score=0.9,
        source="Act on Indication of Residential Address",
        trigger=f"丁目|[0-9][{DASH}][0-9]{{1,3}}[{DASH}][0-9]",
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.ja_town_cued",
        r"(?:住所|自宅|家|実家|うち|お届け先|届け先|配送先|送り先|引っ?越し先)(?:の住所)?(?:は|が|:|、|→|って|も){1,2} ?"
        rf"(?P<v>[一-鿿々ヶケ][{KANJI}{KATAKANA}{HIRAGANA}]{{0,12}}?(?:[0-9]{{1,4}}[{DASH}][0-9]{{1,4}}(?:[{DASH}][0-9]{{1,4}}){{0,2}}|{_NUMBER} ?(?:丁目|番地)(?:{_JOIN}?{_NUMBER}{_UNIT}?){{0,3}})(?![0-9]){_BUILDING})",
        score=0.8,
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.ja_building",
        rf"(?<![{KATAKANA}])[{KATAKANA}・]{{2,16}}(?:{_BUILDING_END})[{KANJI}{KATAKANA}]{{0,6}} ?[A-Z]?[0-9]{{2,4}}号室",
        score=0.8,
        digits=2,
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.ja_latin",
        rf"(?<![0-9A-Za-z])(?<![0-9][{DASH}])(?:(?:[A-Z][A-Za-z]{{1,20}} ){{1,3}}#?[0-9]{{2,4}},? )?(?:[0-9]{{1,5}}(?:-[0-9]{{1,4}}){{1,3}}|[0-9]{{1,2}}-chome,? [0-9]{{1,4}}(?:-[0-9]{{1,4}}){{0,2}}),? {{1,2}}"
        r"(?:[A-Z][A-Za-zō'-]{1,24},? {1,2}){1,4}?(?:[A-Z][A-Za-z]{1,20}-(?:ku|shi|cho|machi|gun|mura|to|fu|ken)|Tokyo|Osaka|Kyoto|Japan)"
        rf"(?:,? (?:[A-Z][A-Za-z]{{1,20}}(?:-(?:ku|shi|to|fu|ken))?)){{0,3}}(?:,? [0-9]{{3}}[{DASH}][0-9]{{4}}(?![0-9]))?",
        score=0.9,
        source="Japan Post, addresses in Latin letters",
        digits=2,
        trigger="-(?:ku|shi|cho|machi|gun|mura|to|fu|ken)|Tokyo|Osaka|Kyoto|Japan",
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.zh",
        r"(?:[一-鿿]{2,8}(?:省|自治区))?[一-鿿]{2,8}(?:市|县|縣)(?:[一-鿿]{1,8}(?:区|區|县|鎮|镇|乡))?[一-鿿0-9]{1,14}(?:路|街|道|巷|弄|胡同|段){1,2}[0-9]{1,5}(?:号|號|弄)(?:[0-9A-Za-z一-鿿-]{0,10}(?:室|楼|樓|单元))?",
        score=0.9,
        source="GB/T 23705",
        digits=1,
    ),
    Pattern(
        "LOCATION",
        "location.ja_region",
        rf"(?:{PREFECTURES}) ?(?:{_PART}郡{_PART}[町村]|{_PART}市(?!場|民|内|立|役|街)(?:{_PART}区(?!間|分|域))?|{_PART}(?:区(?!間|分|域)|町(?!内|民)|村(?!人|民)))",
        accept=_is_region,
        score=0.8,
        source="Local Autonomy Act",
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.ja_kyoto",
        rf"(?:{_CITY} ?){{0,3}}[{KANJI}{KATAKANA}]{{2,12}}(?:通り?|小路|筋|町|条|丸|町)?(?:[{KANJI}{KATAKANA}]{{0,8}})(?:上る|下る|上ル|下ル|上がる|下がる|西入る?|東入る?|入ル)(?:[{KANJI}{KATAKANA}]{{0,12}}(?:{_NUMBER}(?:{_UNIT}|[{DASH}の][0-9]{{1,4}})?{_BUILDING})?)?",
        score=0.9,
        source="Kyoto City, written addresses",
        trigger="上る|下る|上ル|下ル|上がる|下がる|西入|東入|入ル",
        accept=_is_kyoto,
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.ja_building_room",
        rf"(?<![{KATAKANA}])[{KATAKANA}・]{{0,12}}(?:(?:マンション|ハイツ|コーポ|アパート|レジデンス|メゾン|パレス|ハイム|ヴィラ|コート|ヒルズ)[{KANJI}{KATAKANA}]{{1,8}}|(?<=[{KATAKANA}]{{2}})(?:マンション|ハイツ|コーポ|レジデンス|ハイム))[ -]?[A-Z]?[0-9]{{3,4}}(?:号室?)?(?![0-9円年{DASH}]|万|人|台|個|回|%)",
        accept=lambda surface: "カード" not in surface,
        score=0.7,
        digits=3,
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.ja_room",
        rf"(?<![{KATAKANA}])[{KATAKANA}]{{2,12}}(?:・[{KATAKANA}]{{1,10}}){{0,3}} ?[A-Z]?[0-9]{{2,4}}号室",
        accept=lambda surface: not surface.startswith(_ROOMS_FOR_AN_HOUR),
        score=0.7,
        digits=2,
        trigger="[0-9]号室",
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.ja_section",
        rf"(?:(?:{PREFECTURES}) ?)?(?:{_CITY} ?){{0,3}}(?:大字|(?<=[市区町村])字)[{KANJI}{KATAKANA}{HIRAGANA}]{{1,12}}[0-9]{{1,5}}(?:[{DASH}の][0-9]{{1,4}}){{0,2}}(?:番地?)?(?![0-9]|年|月|回)",
        score=0.9,
        source="Act on Indication of Residential Address",
        digits=1,
        trigger="字",
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.ja_latin_reversed",
        r"(?<![A-Za-z])[A-Z][a-z]{2,16}-(?:ku|shi|cho|machi|gun|mura)(?:,? [A-Z][A-Za-z-]{2,20}){0,2},? [0-9]{1,4}(?:-[0-9]{1,4}){1,3}(?![0-9-])",
        score=0.9,
        source="Japan Post, addresses in Latin letters",
        digits=2,
        trigger="-(?:ku|shi|cho|machi|gun|mura)",
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.ko",
        r"(?:[가-힣]{2,4}(?:특별시|광역시|특별자치시|특별자치도|도) ?)?(?:[가-힣]{1,6}(?:시|군|구) ){1,2}(?:[가-힣]{1,6}(?:읍|면|동) )?[가-힣0-9]{1,10}(?:로|길|동|가|리) ?[0-9]{1,5}(?:-[0-9]{1,4})?(?:번지|번길)?(?![0-9])(?: [0-9]{1,4}동)?(?: [0-9]{1,4}호)?",
        score=0.9,
        source="Road Name Address Act of Korea",
        digits=1,
        trigger="[시군구] [가-힣]",
    ),
)
