"""Frames of Japanese sentences in which people give a number, a name or a code that has no form of its own.

«注文は N1-25807», «会員証の番号、8442-4273やねん», «402966って番号きた», «tofu_88って名前で»: a noun, what joins
it to the value, and the value; or the value, what follows it, and the noun. The nouns are lists of what is
held, asked or sent; what joins is any hiragana and any sign, since particles, dialects and politeness are
written in them. A frame asks of its value only that it looks like one, so the nouns must be telling.
"""

import re
from collections.abc import Callable

from deid.detect.checksums import digits
from deid.detect.context import Context, words
from deid.detect.patterns.handle import is_value
from deid.detect.patterns.nouns_ja import (
    ACCOUNTS,
    CODES,
    KEYPADS,
    LOCKS,
    NICK_AFTER,
    NICKS,
    ONCE_AFTER,
    ONCES,
    PAPERS,
    PHONES,
    SERVICES,
)
from deid.detect.patterns.parts import HIRAGANA, KANJI, KATAKANA, NOT_COUNTED
from deid.detect.patterns.pattern import Pattern

# Between a noun and its value: particles, endings of verbs, signs, a remark in brackets, and a few stems.
_STEMS = "確か|以下|下記|次|今|現在|新|前|番号|数字|自分|私|僕|俺|登録|入力|教|言|書|記載|送|貼|使|変|設定|聞|英数|全部|多分|半角|控え|祖父|祖母|母|父|妻|夫|兄|弟|姉|妹|娘|息子|実家|自宅|会社|職場"
_JOIN = rf"(?: ?\([^()\n]{{1,16}}\))?(?:[1-9](?=[:.)]))?(?:[{HIRAGANA}ー、。,:=…→「『\"'`(/|*<>\[#~〜・!?. -]|{_STEMS}){{0,14}}"
# Between a value and its noun.
_TAIL = rf"[」』\"')]{{0,2}} ?(?:[{HIRAGANA}ー、。:=…→←<(/|・ -]|{_STEMS}){{1,10}}"
_LEFT = r"(?<![0-9A-Za-z_@#%+-])(?<![0-9A-Za-z][./])(?<![/][/])"

_REFERENCE = r"(?P<v>(?=[A-Za-z/-]{0,6}[0-9])[A-Za-z0-9](?:[A-Za-z0-9/-]|(?<=[0-9]) (?=[0-9]{2,5}(?![0-9A-Za-z]))){3,30}(?<=[A-Za-z0-9]))(?![A-Za-z0-9@]|[.:][0-9])"
_HANDLE = r"(?P<v>(?:live:\.?|@)?[A-Za-z0-9_](?:[A-Za-z0-9_.-]{2,30}[A-Za-z0-9_]))(?![A-Za-z0-9_@/]|[.-][A-Za-z0-9])"
_PHONE = r"(?P<v>[0-9+(](?:[ ()/・.-]{0,2}[0-9]){8,13})(?![0-9A-Za-z]|[-.:/][0-9])"
_TYPED = r"(?P<v>(?=[!-~]{0,40}[0-9])(?=[!-~]{0,40}[A-Za-z])[!-~]{4,40}[0-9A-Za-z!#$%&*?])(?![!-~])"
_PIN = r"(?P<v>[0-9]{4,8}#?|[0-9]{1,2}(?:-[0-9]{1,2}){2,3})(?![0-9A-Za-z]|[-.:/][0-9])"
_ONCE = r"(?P<v>(?:[A-Z]-)?[0-9]{4,8}|[0-9]{3,4}[ -][0-9]{2,4})(?![0-9A-Za-z]| {0,2}[-.:/・]? {0,2}[0-9])"
_CODE = r"(?P<v>[A-Z0-9]{3,5}(?: {1,2}[A-Z0-9]{3,5}){1,3}|[A-Za-z0-9](?:[A-Za-z0-9_-]|(?<=[0-9]) (?=[0-9]{3,4})){3,23})(?![A-Za-z0-9@]|[.:][0-9])"


def _dated(surface: str) -> bool:
    return (
        re.fullmatch(
            r"(?:19|20)[0-9]{2}[-./ ]?[01][0-9][-./ ]?[0-3][0-9]|(?:19|20)[0-9]{2}|[0-9]{1,2}[-/][0-9]{1,2}(?:[-/][0-9]{2,4})?|0?[1-9]0+",
            surface,
        )
        is not None
    )


def _is_reference(surface: str) -> bool:
    """Ask for six digits, or four beside letters; no date."""
    number = digits(surface)
    return (len(number) > 5 or (len(number) > 3 and number != surface)) and not _dated(surface)


def _is_short_reference(surface: str) -> bool:
    """Ask for four digits, or for two beside capitals; no date."""
    number = digits(surface)
    coded = len(number) > 1 and re.search("[A-Z]", surface) is not None
    return (len(number) > 3 or coded) and not _dated(surface)


def _is_locator(surface: str) -> bool:
    return re.fullmatch("(?=.*[0-9])(?=.*[A-Z])[A-Z0-9]{6}", surface) is not None


def _is_phone(surface: str) -> bool:
    return 8 < len(digits(surface)) < 15 and not _dated(surface)


_TAGS = frozenset(
    "html head body title meta link script style div span table tbody thead form input button select option label"
    " code pre strong small font center image video audio iframe main header footer section article nav aside br"
    " think thinking answer response user system assistant null none true false uuid guid integer string number"
    " boolean email google github twitter apple discord administrator admin root guest test username userid".split()
)


def _is_nick(surface: str) -> bool:
    """Refuse ordinary words, numbers and tags."""
    bare = surface.lower().strip("_.@-")
    size = re.fullmatch(r"[0-9.]+[a-z]{0,4}|[0-9]{3,4}x[0-9]{3,4}.*|v[0-9.]+|[a-z]{1,3}[0-9]", bare)
    return len(bare) > 3 and is_value(surface) and bare not in _TAGS and size is None


def _is_marked_or_long(surface: str) -> bool:
    """Accept what no brand or English word looks like: digits, signs within, or many letters."""
    marked = re.search("[0-9_]|[A-Za-z0-9][.-][A-Za-z0-9]", surface) is not None
    said = re.search(
        "(?:ing|tion|ment|ness|able|less|ful|ous|ive|ity|ers?|ed|gram|book|tube|cord)$", surface.lower()
    )
    return (
        _is_nick(surface)
        and _SOFTWARE.match(surface) is None
        and (marked or (len(surface) > 9 and said is None) or len(surface) > 14)
    )


_SOFTWARE = re.compile(
    r"(?:python|ubuntu|react|node|java|php|ios|android|windows|debian|mysql|vue|ruby|angular|sha|utf)[0-9.]+\Z",
    re.IGNORECASE,
)


def _is_secret(surface: str) -> bool:
    """Accept letters with digits; no unit, size, address or placeholder."""
    inner = surface.rstrip(".,!?")
    unit = _SOFTWARE.match(inner) or re.fullmatch(
        r"[0-9.,]+[A-Za-z]{1,4}|[A-Za-z]{1,4}[0-9]{1,2}|v?[0-9]+(?:\.[0-9]+)+[a-z]?", inner
    )
    address = "://" in surface or re.search("[A-Za-z0-9]@[A-Za-z0-9-]+[.]", inner) is not None
    return len(inner) > 4 and unit is None and not address and surface[0] not in "<{[("


def _is_share_code(surface: str) -> bool:
    """Accept digits, capitals in a row, or small letters in groups or without a vowel to speak of."""
    number = digits(surface)
    if surface.lower() in {"https", "http"}:
        return False
    if number:
        return (
            len(surface) > 4
            and not _dated(surface)
            and re.fullmatch("[0-9]{1,4}[A-Za-z]{1,3}", surface) is None
        )
    if surface.isupper():
        return len(surface) > 5 or "-" in surface
    grouped = re.fullmatch("[a-z]{3,4}(?:-[a-z]{3,4}){1,2}", surface)
    return grouped is not None or re.search("[bcdfghjklmnpqrstvwxz]{4}|q(?!u)", surface) is not None


def _is_called_code(surface: str) -> bool:
    """Accept any word of six small letters as well, right behind its noun; no brand, host or remark."""
    word = re.fullmatch("[a-z]{6,16}", surface) is not None and surface not in _SAID_OF_CODES
    return word or _is_share_code(surface)


def _is_bare_code(surface: str) -> bool:
    """Ask a code that is called nothing else for its groups, or for capitals among digits."""
    grouped = "[A-Z0-9]{3,5}(?:[- ][A-Z0-9]{3,5}){1,3}|[a-z]{3}-[a-z]{4}-[a-z]{3}|(?=.*[0-9])(?=.*[A-Z])[A-Z0-9]{6,10}|[A-Z]{6,10}"
    return re.fullmatch(grouped, surface) is not None and not surface.replace(" ", "").isdigit()


_SAID_OF_CODES = frozenset(
    "discord google amazon apple youtube twitter instagram facebook zoomus teams classroom steam switch nintendo paypay"
    " expired invalid required unknown online server please number string object python javascript typescript android iphone".split()
)
_THINGS = words(
    "型番|品番|商品|製品|型式|エラー|バージョン|ロット|郵便|部屋|市外|国番|証券コード|銘柄|バーコード|QR|ソース|カラー|業種|分類|市区町村|自治体|列車|号車|座席"
    "|背番|問題|プロセス|スレッド|パーツ|部品|図面|ポート|ページ|チャンネル|動画|楽曲|当選|路線|バス停|ISBN|ISSN|JAN|雑誌|書籍|図書コード|請求記号|CAS|イメージ|画像|ジョブ|タスク|バッチ|リクエスト|セッション|問い?番|法人|法令|条文|通達|国道|色|カタログ|型|棚|品|教科書|ビルド|コミット|パッチ|ニュース"
)
_SPOKEN = Context(re.compile(f"[{HIRAGANA}{KATAKANA}{KANJI}]"), None, 0.0, before=24, after=12)
_HELD = Context(None, _THINGS, 0.7, before=16, veto_after=0)

# Numbers with patterns of their own.
_OTHERS = "".join(f"(?<!{noun})" for noun in ("口座", "暗証", "郵便", "電話", "携帯"))
_HEAD = r"(?:の)?(?:番号|ナンバー?|ばんごう|アイディー|コード|№|#)"
_LATIN_HEAD = r"(?:の)?(?i:no\.|(?:no|id|number|code)(?![A-Za-z]))"
_NUMBERED = rf"(?:[{KANJI}{KATAKANA}A-Za-z]{{1,10}}?{_OTHERS}{_HEAD}|(?:かいいん|おきゃくさま|しゃいん|うけつけ|よやく|ちゅうもん|でんぴょう|けいやく|かんじゃ|しんさつ(?:けん)?|がくせき|おきゃく|といあわせ|せいり|とうろく|とりあつかい)ばんごう|[{KANJI}{KATAKANA}]{{1,10}}?{_OTHERS}{_LATIN_HEAD})"


def _frame(
    label: str,
    name: str,
    nouns: str,
    value: str,
    *,
    accept: Callable[[str], bool] | None = None,
    least: int = 0,
) -> Pattern:
    regex = f"(?:{nouns}){_JOIN}{_LEFT}{value}{NOT_COUNTED}"
    return Pattern(label, name, regex, accept=accept, context=_SPOKEN, score=0.7, digits=least, trigger=nouns)


def _after(
    label: str,
    name: str,
    value: str,
    follows: str,
    *,
    accept: Callable[[str], bool] | None = None,
    least: int = 0,
) -> Pattern:
    """Return a frame whose value comes first."""
    regex = f"{_LEFT}{value}(?:{follows})"
    return Pattern(
        label, name, regex, accept=accept, context=_SPOKEN, score=0.7, digits=least, trigger=follows
    )


PATTERNS = (
    Pattern(
        "ACCOUNT_ID",
        "frame.numbered",
        f"{_NUMBERED}(?:{_JOIN}{_LEFT}|(?<=[Nn][Oo][.])){_REFERENCE}{NOT_COUNTED}",
        accept=_is_short_reference,
        context=_HELD,
        score=0.7,
        digits=2,
        trigger=rf"番号|ナンバ|ばんごう|アイディー|コード|№|[{KANJI}{KATAKANA}A-Za-zの]#|[{KANJI}{KATAKANA}の](?i:no|id|number|code)",
    ),
    _frame("ACCOUNT_ID", "frame.paper", PAPERS, _REFERENCE, accept=_is_reference, least=4),
    _after(
        "ACCOUNT_ID",
        "frame.paper_after",
        _REFERENCE,
        rf"{_TAIL}(?:{PAPERS})|の(?:件(?:で|です|に)|者です)|で(?:予約|申し?込|注文|契約|登録|参加|購入|チェックイン|問い?合わ?せ|照会|受付|エントリー|応募|発送)",
        accept=_is_reference,
        least=4,
    ),
    _frame(
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
    _frame("USERNAME", "frame.nick", NICKS, _HANDLE, accept=_is_nick),
    _frame(
        "USERNAME",
        "frame.service",
        rf"(?:{SERVICES})(?:の)?(?:{NICKS})?",
        _HANDLE,
        accept=_is_marked_or_long,
    ),
    _after(
        "USERNAME", "frame.nick_after", _HANDLE, rf"[」』\"')]? ?(?:{NICK_AFTER})", accept=_is_marked_or_long
    ),
    Pattern(
        "USERNAME",
        "frame.joined",
        r"(?:^|\n)(?:\*\*\*|-!-|-->|<--) {0,2}(?P<v>[A-Za-z_|^`][A-Za-z0-9_.|^`-]{2,30})(?=(?: ?さん)? ?(?:が|は|\[|\(|has |joined|left|quit))",
        accept=_is_nick,
        score=0.8,
        source="RFC 2812, notices of clients",
        trigger=r"\*\*\*|-!-|-->|<--",
    ),
    Pattern(
        "USERNAME",
        "frame.line_of",
        rf"(?:^|\n)(?:\[?[0-9:]{{4,8}}\]? )?<[@+%&~]?(?P<v>[A-Za-z_|^`][A-Za-z0-9_.|^`-]{{2,31}})> (?=[^\n]{{0,40}}[{HIRAGANA}{KATAKANA}{KANJI}])",
        accept=_is_nick,
        score=0.7,
        source="RFC 2812 2.3.1",
        trigger="<[@+%&~]?[A-Za-z_|^`][A-Za-z0-9_.|^`-]+> ",
    ),
    Pattern(
        "USERNAME",
        "frame.prompt",
        r"(?<![A-Za-z0-9_@-])(?<![A-Za-z0-9]\.)(?P<v>[A-Za-z_][A-Za-z0-9_.-]{1,31})@[A-Za-z0-9][A-Za-z0-9.-]{0,62}[: ][~/][^ \n]{0,80}[$#%](?: |$)",
        accept=lambda surface: surface not in {"root", "user", "ubuntu", "pi", "admin"},
        score=0.9,
        source="prompts of POSIX shells",
        trigger="@[A-Za-z0-9.-]+[: ][~/]",
    ),
    _frame("PASSWORD", "frame.lock", LOCKS, _TYPED, accept=_is_secret, least=1),
    _frame("PASSWORD", "frame.keypad", KEYPADS, _PIN, accept=lambda surface: not _dated(surface), least=3),
    _after(
        "PASSWORD",
        "frame.typed",
        _TYPED,
        r"[」』\"')]? ?(?:って|と|で|を)(?:入力|打|入れ|いれ)(?:る|た|て|っ|し|す)?[^\n。]{0,10}?(?:ログイン|開|入れ|通|接続|つなが)",
        accept=_is_secret,
        least=1,
    ),
    Pattern(
        "PASSWORD",
        "frame.login_call",
        r"(?:login|connect|auth(?:enticate)?|sign_?in)\([\"'][^\"'\n]{1,64}[\"'], ?[\"'](?P<v>[^\"'\n]{4,64})[\"']",
        score=0.9,
        source="calls of smtplib, imaplib and their like",
        trigger=r"(?:login|connect|auth|authenticate|sign_?in)\([\"']",
    ),
    Pattern(
        "PASSWORD",
        "frame.words_and_digits",
        rf"(?:パスワード|パスコード|合言葉|パス)(?:は|が|:|=|「| ){{1,3}}(?P<v>[{HIRAGANA}{KATAKANA}{KANJI}]{{2,12}}[0-9]{{2,8}})(?![0-9A-Za-z{KANJI}])",
        score=0.7,
        digits=2,
    ),
    _frame("ONE_TIME_CODE", "frame.once", ONCES, _ONCE, accept=lambda surface: not _dated(surface), least=4),
    _after(
        "ONE_TIME_CODE",
        "frame.once_after",
        rf"{_ONCE}",
        rf"[」』\"')]? ?(?:{ONCE_AFTER})",
        accept=lambda surface: re.fullmatch("(?:19|20)[0-9]{2}|[1-9]0+", surface) is None,
        least=4,
    ),
    _frame("SHARE_CODE", "frame.code", CODES, _CODE, accept=_is_called_code),
    _frame(
        "SHARE_CODE",
        "frame.bare_code",
        f"(?<![{KATAKANA}{KANJI}A-Za-z])コード(?![{KATAKANA}])",
        _CODE,
        accept=_is_bare_code,
    ),
    Pattern(
        "SHARE_CODE",
        "frame.field",
        rf"(?<![A-Za-z])(?i:(?:invit(?:e|ation)|room|friend|party|lobby|join|share|referral)(?:_?(?:code|id))?)[\"']?[:=] ?[\"']?{_CODE}{NOT_COUNTED}",
        accept=_is_share_code,
        score=0.7,
    ),
    Pattern(
        "CARD_SECURITY_CODE",
        "frame.security_code",
        r"(?i:security_?code)[\"']? ?[:=] ?[\"']?(?P<v>[0-9]{3,4})(?![0-9A-Za-z]|[-.:/][0-9])",
        score=0.9,
        source="PCI DSS 3",
        digits=3,
    ),
    _after("SHARE_CODE", "frame.code_after", _CODE, rf"{_TAIL}(?:{CODES})", accept=_is_share_code),
    _after(
        "SHARE_CODE",
        "frame.room_made",
        _CODE,
        "で(?:部屋|ルーム|鯖|マルチ|ロビー)(?:たて|立て|作|つく|募集)|で(?:入れ(?:た|る)|参加(?:して|でき))",
        accept=_is_share_code,
    ),
    _frame(
        "CARD_SECURITY_CODE",
        "frame.back",
        "カード(?:の)?(?:うしろ|後ろ|裏(?:面|側)?|背面|サイン欄|署名欄)(?:の)?(?:[34三四](?:桁|けた)|番号|数字|コード)?|(?:うしろ|後ろ|裏(?:面|側)?)の?[34三四](?:桁|けた)(?:の(?:番号|数字))?|(?:カード|クレカ|決済|支払い?)[^0-9A-Za-z\n。]{0,10}(?:聞かれ|訊かれ|求めら)|セキュリティー?(?=[0-9 :])|セキュコ|(?i:security_?code)|CVV|CVC",
        r"(?P<v>[0-9]{3,4})(?![0-9A-Za-z]|[-.:/][0-9])",
        least=3,
    ),
    _frame("PHONE_NUMBER", "frame.phone", PHONES, _PHONE, accept=_is_phone, least=9),
    _after(
        "PHONE_NUMBER",
        "frame.phone_after",
        _PHONE,
        "(?: ?(?:番|さん))?(?:に|へ|から|まで|で|を)?(?:着拒|着信拒否)|(?: ?(?:番|さん))?(?:に|へ|から|まで|で)(?:電話|TEL|かけ|掛け|連絡|着信|発信|折り?返|ショートメール|SMS|ワン切り)|って(?:誰|だれ|どこの)",
        accept=_is_phone,
        least=9,
    ),
    _frame(
        "POSTAL_CODE",
        "frame.postal",
        "郵便番号|郵便|〠|〒|ゆうびん(?:ばんごう|番号)?",
        r"(?P<v>[0-9]{3} {1,2}[0-9]{4}|[0-9]{7}|[0-9]{5})(?![0-9A-Za-z]|[-.:/][0-9])",
        least=5,
    ),
    Pattern(
        "LICENSE_PLATE",
        "frame.moped",
        rf"(?:ナンバー|原付|バイク|スクーター|カブ|プレート)[^0-9A-Za-z\n。]{{0,12}}?(?P<v>[{KANJI}]{{1,6}}[市区町村] ?[あ-とな-ろわ] ?[0-9]{{1,2}}[ -]?[0-9]{{2}})(?![0-9A-Za-z]|-[0-9])",
        score=0.8,
        source="municipal bylaws on the marks of mopeds",
        digits=3,
    ),
    _frame(
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
                r"いめい|アイメイ|イメイ|赤ロム|白ロム|ネットワーク利用制限|[*]#06#|端末|スマホ|携帯|SIMロック|個体|機種変"
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
    _frame(
        "DEVICE_ID",
        "frame.serial",
        r"(?:シリアル|製造|機体|個体|本体|端末|機器|デバイス)(?:識別)?(?:の)?(?:番号|ナンバー?|ID|(?i:id|no\.?))|シリアル|製番|製造№",
        r"(?P<v>(?=[A-Za-z-]{0,8}[0-9])[A-Za-z0-9][A-Za-z0-9-]{6,40}[A-Za-z0-9])(?![A-Za-z0-9@])",
        accept=_is_reference,
        least=2,
    ),
    _after(
        "DEVICE_ID",
        "frame.serial_after",
        r"(?P<v>(?=[A-Za-z-]{0,8}[0-9])[A-Za-z0-9][A-Za-z0-9-]{6,40}[A-Za-z0-9])",
        rf"{_TAIL}(?i:iPhone|iPad|Mac|PC|Android|Switch|スマホ|端末|本体|機体)?(?:の)?(?:シリアル|製造番号|IMEI|UDID)",
        accept=_is_reference,
        least=2,
    ),
)
