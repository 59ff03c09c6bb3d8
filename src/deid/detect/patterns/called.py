"""Values by the head of their name: whatever number, code, ID or key a text says it is.

The families list the names people use; there are more names than any list. «gym number: 4471902» is a number of
somebody, whatever a gym is. What follows such a head by a colon, an "is" or a は counts if no other word says
that it is the number of a thing.
"""

import re

from deid.detect.checksums import digits
from deid.detect.context import Context, words
from deid.detect.patterns.parts import KANJI, KATAKANA, NOT_COUNTED, RIGHT
from deid.detect.patterns.pattern import Pattern

_LINK_EN = r"(?:['’]s| is| was| [:=→]|[:=→]| ?[-=]>| ?[-–](?= ))[ \"'`*]{0,4}(?:(?:it['’]?s|that['’]?s|just|still) )?"
_LINK_JA = r"(?:は|が|って|を|[:=→「『(]| ?[-=]>){1,2}[ 、「『\"]{0,3}"
_NAME = r"(?<![A-Za-z])[A-Za-z][A-Za-z'’-]{1,15}[ _-]"
_NAME_JA = f"[{KANJI}{KATAKANA}A-Za-z]{{2,10}}"
_VALUE = r"(?P<v>(?=[A-Za-z/-]{0,6}[0-9])[A-Za-z0-9](?:[A-Za-z0-9/-]|(?<=[0-9]) (?=[0-9]{2,4}(?![0-9A-Za-z]))){4,23}(?<=[A-Za-z0-9]))(?![A-Za-z0-9@]|[.:][0-9])"
_CODE = r"(?P<v>(?=[A-Za-z-]{0,12}[0-9])(?=[0-9-]{0,12}[A-Za-z])[A-Za-z0-9](?:[A-Za-z0-9-]{3,18}[A-Za-z0-9])|[A-Z]{2,6}(?:-[A-Z0-9]{2,6}){1,3})"

_OF_THINGS = words(
    "phone|telephone|mobile|cell|tel|fax|contact|model|part|version|build|product|item|stock|sku|isbn|error|bug|issue|pr|pull|line|page|port|room"
    "|flight|bus|train|channel|lot|batch|seat|question|episode|chapter|process|thread|task|job|commit|revision|kernel|package|vendor|usb|pci"
    "|irq|p?id|gid|release|random|total|max(?:imum)?|big|large|small|any|wrong|magic|lucky|atomic|house|street|ip|mac|message|msg|node|object"
    "|class|type|row|column|index|hash|test|sample|example|area|dialling|zip|postal|post|country|status|exit|source|bar|bug|branch|bank|color|colour"
    "|sort|dress|qr|hs|sic|block|game|video|song|track|tweet|post|winning|prime|serial|drive|disk|device|screen|partition|card|routing|invoice line"
    "|住民票|年金|免許|旅券|型番|品番|商品|製品|エラー|バージョン|ロット|郵便|電話|携帯|スマホ|自宅|連絡先|部屋|市外|国|銀行|支店|金融機関|銘柄|証券コード|バーコード|QR|ソース|カラー|業種|分類|市区町村|自治体"
    "|大学|学部|便名|列車|号車|座席|背番号|問題|プロセス|スレッド|パーツ|部品|図面|ポート|ページ|チャンネル|動画|楽曲|曲|当選|車両|路線|文字コード|楽譜|バス|カード|口座|ファックス|FAX|TEL"
)
_THINGS_DE = "artikel|bau|chargen|haus|kapitel|los|modell|raum|seiten|serien|teile|typen|version|zimmer"
_PERSONAL = Context(None, _OF_THINGS, 0.7, before=22, veto_after=0)


def _is_number(surface: str) -> bool:
    """Refuse dates, years and ranges; ask for five digits, or three beside capitals."""
    number = digits(surface)
    dated = re.fullmatch(
        r"(?:19|20)[0-9]{2}[-./ ][0-9]{1,2}[-./ ][0-9]{1,2}|[0-9]{1,2}[-/][0-9]{1,2}[-/][0-9]{2,4}", surface
    )
    rounded = re.fullmatch("[1-9][0-9]?0+", surface)
    capitals = len(number) > 2 and re.search("[A-Z]", surface) is not None and surface.upper() == surface
    return dated is None and rounded is None and (len(number) > 4 or capitals)


def _is_opaque(surface: str) -> bool:
    """Accept a mix of capitals and digits, or of letters and digits that is no word with a number behind it."""
    if re.fullmatch(r"[0-9]+[A-Za-z]{1,4}|[A-Za-z]{1,3}[0-9]{1,3}|v[0-9.]+|[0-9-]+[a-z]*", surface):
        return False
    mixed = re.search("[A-Z].*[0-9]|[0-9].*[A-Z]|[A-Z]-[A-Z]|[a-z][0-9]+[a-z]|[0-9][a-z]+[0-9]", surface)
    return mixed is not None


PATTERNS = (
    Pattern(
        "ACCOUNT_ID",
        "called.number",
        rf"(?i:{_NAME}(?:number|no\.?|num|nr\.?|id|ref|#)){_LINK_EN}#?{_VALUE}{NOT_COUNTED}",
        accept=_is_number,
        context=_PERSONAL,
        score=0.7,
        digits=3,
    ),
    Pattern(
        "ACCOUNT_ID",
        "called.number_german",
        rf"(?i:(?<![A-Za-zÄÖÜäöüß])(?!(?:{_THINGS_DE}))[a-zäöüß]{{3,30}}(?:nummer|nr\.|-id|police|lizenz|genehmigung|karte)(?: ist| lautet|:) ){_VALUE}{NOT_COUNTED}",
        accept=_is_number,
        score=0.7,
        trigger="(?i:(?:nummer|nr[.]|-id|police|lizenz|genehmigung|karte)(?: ist| lautet|:) )",
    ),
    Pattern(
        "ACCOUNT_ID",
        "called.number_japanese",
        rf"{_NAME_JA}(?:番号|ナンバー|(?i:id|no\.?)){_LINK_JA}{_VALUE}{NOT_COUNTED}",
        accept=_is_number,
        context=_PERSONAL,
        score=0.7,
        digits=3,
    ),
    Pattern(
        "SHARE_CODE",
        "called.code",
        rf"(?:(?i:{_NAME}codes?){_LINK_EN}|{_NAME_JA}コード{_LINK_JA}){_CODE}{RIGHT}",
        accept=_is_opaque,
        context=_PERSONAL,
        score=0.7,
    ),
    Pattern(
        "ONE_TIME_CODE",
        "called.code_digits",
        rf"(?:(?i:{_NAME}code){_LINK_EN}|{_NAME_JA}コード{_LINK_JA})(?P<v>[0-9]{{4,8}}|[0-9]{{3}}[ -][0-9]{{3}}){RIGHT}{NOT_COUNTED}",
        context=_PERSONAL,
        score=0.7,
        digits=4,
    ),
)
