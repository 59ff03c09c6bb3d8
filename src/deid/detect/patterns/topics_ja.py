"""Values that Japanese text names by what it is about, not by a noun beside them.

«本垢凍結されたのでtofu_88にいます», «411-843をサイトに入れろってSMSきた», «424 3405、ハガキに書くやつね»: what tells
a handle, a code or a postcode stands before or behind it in the sentence, in no order that a grammar could
list. So the value must have a form that little else has, and its sentence a word of its world.
"""

import re

from deid.detect.checksums import digits
from deid.detect.context import Context, words
from deid.detect.patterns.parts import DASH, JAPANESE, NOT_COUNTED
from deid.detect.patterns.pattern import Pattern

LEFT = r"(?<![0-9A-Za-z_@#%&=+/-])(?<![0-9A-Za-z][.])"
RIGHT = r"(?![0-9A-Za-z_@/=]|[.:-][0-9A-Za-z])"
# What ``is_account`` and ``is_secret`` ask for is looked for first: a word of any text has none of it.
MARKED_NAME = (
    "@?(?=[A-Za-z_.-]{0,30}(?:[0-9]|[_.-][A-Za-z0-9])|[A-Za-z]{11})[A-Za-z_][A-Za-z0-9_.-]{3,28}[A-Za-z0-9_]"
)
MARKED_OPENER = "(?=[!-~]{0,30}(?:[0-9]|[!#$%&*+<?^@~][A-Za-z0-9]))[A-Za-z0-9][!-~]{4,29}[0-9A-Za-z!#$%&*?]"
_NEAR = 24

# Accounts: how people meet, play, follow and fall out.
_ACCOUNTS = (
    "垢|アカ(?:ウント|名|でき|つく|作|移|[をがはに])|フォロ[ーバワ]|フレンド|フレ(?:申|リ|登録|コ|になっ|から)|友達追加|申請し|検索(?:し|かけ)|凍結|対戦|配信|スパチャ|通報|ブロック|ミュート|リプ(?:ライ)?|リムった"
    "|登録名|とうろくめい|(?:の|る|お)名前|ユーザ|ハンネ|レビュー|出品者|落札者|購入者|コメ(?:ント|欄)|ツイ(?:ート|ッター)|投稿|実況|ギルド|クラン|ログイン|プロフ|鍵垢|オフ会|名乗|ニックネーム|なまえ|コテ"
    "|でやって|名前(?:を|、)?(?:変え|変更)|名義|改名|スレ主|イッチ|[裏表本サブ]アカ|インスタ|ディスコ|バンド|(?<![A-Za-z])DM(?![A-Za-z])"
)
_BRANDS = (
    "iphone|ipad|ipod|windows|win|galaxy|xperia|aquos|arrows|pixel|switch|radeon|geforce|ryzen|core|usb|hdmi|type|level|lv|ver|version|vol|part|season|episode|stage|day|top|web|html|area|room|track|page|step|line|news|zip"
    "|covid|fifa|office|excel|word|python|java|php|node|react|vue|ubuntu|debian|linux|mysql|sha|utf|base|python|chrome|safari|photoshop|creative|gpt|chatgpt|claude|gemini|llama|mixtral|qwen|model|test|sample|user|image|file|data|report"
)
_BRAND = re.compile(rf"(?:{_BRANDS})[-_.]?[0-9]{{1,3}}(?:[.][0-9.]+)?[a-z]{{0,4}}", re.IGNORECASE)
_OF_THE_NET = re.compile(
    r"\.(?:com|net|org|jp|io|dev|app|ai|me|tv|gg|ly|py|js|ts|md|txt|csv|json|ya?ml|html?|css|pdf|jpe?g|png|gif|mp[34]|docx?|xlsx?|zip|exe|sh|log|cfg|ini|xml|sql|java|cpp|go|rs)$",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"(?:ing|tion|ment|ness|able|less|ful|ous|ive|ity|er|ers|ed|al|ly|script|gram|book|tube|cord|ware|craft|phone|flow|soft|ology|graphy|ist|ship)s?$",
    re.IGNORECASE,
)


def is_account(surface: str) -> bool:
    """Ask for a sign among letters, two digits behind four letters, or more letters than words have."""
    bare = surface.lstrip("@")
    if _BRAND.fullmatch(bare) or _OF_THE_NET.search(bare) or re.fullmatch("[0-9_.-]+", bare):
        return False
    if re.search("[A-Za-z0-9]_+[A-Za-z0-9]", bare) is not None:
        return bare != bare.upper() or re.search("[0-9]|^_", bare) is not None or "__" in bare
    if re.fullmatch(
        r"[A-Za-z]{4,}[0-9]{2,6}|[A-Za-z]{3,}\.[A-Za-z]{3,}[0-9]{0,4}|[A-Za-z]{3,}-[A-Za-z]{3,}-?[0-9]{2,4}",
        bare,
    ):
        return True
    named = re.match("its|iam|the|xx|x.*x$", bare.lower()) is not None
    return len(bare) > 10 and bare.isalpha() and (named or len(bare) > 14 or _SAID.search(bare) is None)


# Secrets: what they open.
_LOCKS = "ログイン|解凍|開[けき]|あけかた|あける|入れな|暗号|ロック|管理画面|使い回|パス(?![ァ-ヺ])|ぱす|打つ|打って|合言葉|仮発行|ルーター|わいふぁい|鍵|(?<![A-Za-z])(?i:key|wi-?fi|admin|pw|login)(?![A-Za-z])"


def is_secret(surface: str) -> bool:
    """Ask for letters, digits and a sign or a capital among them, or for words in a row with a digit behind them."""
    if re.search(
        r"://|@[A-Za-z0-9-]+\.|^[0-9.,:/-]+$|^[A-Z0-9-]+$|^v?[0-9]+(?:\.[0-9]+)+", surface
    ) or _BRAND.fullmatch(surface):
        return False
    sign = re.search("[A-Za-z0-9][!#$%&*+<?^@~][A-Za-z0-9]|[0-9][!#$%&*?]$", surface) is not None
    word = re.fullmatch("[A-Z][a-z]{3,}[0-9]{3,}", surface) is not None
    row = re.fullmatch("[a-z]{3,12}(?:-[a-z]{3,12}){1,3}-?[0-9]{1,4}", surface) is not None
    return (sign or word or row) and len(surface) > 6


def _is_like_nothing(surface: str) -> bool:
    """Ask for a sign between letters and digits where neither a mail address, a formula nor a count has one."""
    letters, number = re.findall("[A-Za-z]", surface), digits(surface)
    sign = re.search("[A-Za-z0-9][!$%&<?^@~][A-Za-z0-9]", surface) is not None
    plain = re.search("[+].*[+]|^[0-9]+[^0-9]+$|@[A-Za-z-]+[0-9]?$|^[A-Z]&[A-Z]", surface) is not None
    return sign and len(letters) > 3 and len(number) > 0 and not plain


# One-time codes: how they come, and what they are for.
_SENT = "(?<![A-Za-z])(?:SMS|OTP|2FA)(?![A-Za-z])|ショートメール|ショートメッセージ|認証|にんしょう|ニンショウ|本人確認(?!の?ため|書類|に|を)|ワンタイム|[二2]段階|確認コード|再送|もう(?:一回|一度|1回|いっかい)送|サイトに入れ|分以内|二要素|多要素|オーセンティケーター|有効 ?[0-9]{1,2}分|期限 ?[0-9]{1,2}分|残り ?[0-9]{1,3}秒|[0-9]{1,2}(?:分|秒)で(?:切れ|無効|失効)|ログインを完了|自動音声|読み上げ|銀行からの|誰にも(?:言|教|見せ)|スタッフが(?:お尋ね|聞)|心当たりの?(?:が)?な|破棄して|数字(?:が|は)?(?:きた|来た|届)|きたやつ"
_NOT_SENT = "(?:に|が)?失敗|(?:アプリ)?の?(?:時刻|時計|時間)が(?:ずれ|狂)|RFC|ポート|エラー|ISO|JIS|法|円|年|型番|バージョン|規格|手数料|郵便|〒"


def _is_sent(surface: str) -> bool:
    """Refuse years, dates of two digits each, and round numbers."""
    return (
        re.fullmatch(
            "(?:19|20)[0-9]{2}|[1-9]0+|(?:[0-9]{2}-)?[01][0-9]-[0-3][0-9]|[0-3][0-9]-[01][0-9](?:-[0-9]{2})?",
            surface,
        )
        is None
    )


# Codes to come in by.
_DOORS = "入室|人狼|やる人|先着|置き場|受け取れ|遠隔|(?:うちの|の)島|コイン|授業|ミート|招待|紹介|特典|ポイント|入れて|使って|集合|鯖|クラス|登録のとき|お互い|仲間|協力プレイ|マルチ|部屋|募集|入って|はいって|参加|はよ来て|フレンド|合流|ルーム|クーポン|ギフト|キャンペーン|合言葉|ロビー|待って|(?<![A-Za-z])(?i:meet|zoom|teams|discord|classroom)(?![A-Za-z])"
_PARTS = re.compile("0x|RTX|GTX|USB|HDMI|JIS|ISO|RFC|SHA|AES|WPA|HTTP|ASIN|ISBN|MODEL|TYPE", re.IGNORECASE)


def _is_door(surface: str) -> bool:
    """Ask for groups of one length, or for capitals and digits mixed twice; small letters must be unsayable."""
    if _PARTS.match(surface):
        return False
    if re.fullmatch("[A-Z]{7,10}", surface) is not None:
        return re.search("[BCDFGHJKLMNPQRSTVWXZ]{4}|Q(?!U)|[JQVXZ][BCDFGKMNPQTVWXZ]", surface) is not None
    groups = re.split("[- ]", surface)
    if len(groups) > 1 and surface.upper() == surface:
        return len(set(map(len, groups))) == 1 and not surface.replace("-", "").replace(" ", "").isdigit()
    mixed = re.search("[A-Za-z][0-9]+[A-Za-z]|[0-9][A-Za-z]+[0-9]", surface) is not None
    if len(groups) == 1:
        return mixed and (surface.upper() == surface or surface.lower() == surface)
    return mixed or any(
        re.search("[bcdfghjklmnpqrstvwxz]{3}|q(?!u)|[jqvxz][bcdfgkmnpqtvwxz]", part) for part in groups
    )


_POSTAL = "荷札|町名|エリア|(?:この|その)地区|配って|宛名|ラベル|離島|(?:うち|この|その)の?(?:辺り?|あたり)|遅配|仕分け|局留め?|ハガキ|はがき|葉書|年賀状|私書箱|住所|町名|宛先|転居|出荷元|発送元|届け先|配送先|送料|〠|〒|うちの(?:とこ|ところ)の番号"
_PAID = "割り?勘|ワリカン|養育費|仕送り|お祝い(?:金)?を|香典|謝礼|カンパ|立て?替え|お年玉|バイト代|給料|報酬|印税|入金|出金|部費|会費|サークル費|参加費|積立|二次会|過払い|戻し先|町会費|給食費|月謝|振り?込|送金|敷金|家賃|慶弔金|見舞金|払い?戻し先|引き?落とし"
_TWELVE = "源泉徴収|年末調整|確定申告|支払を受ける|扶養|役所|役場|税務署|(?i:e-?tax)|マイナ|個人番号|(?:12|十二)(?:桁|けた|ケタ)"

_DAYS = re.compile(
    "(?:19|20)[0-9]{2}[ ./-]{0,3}(?:0[1-9]|1[0-2])[ ./-]{0,3}(?:0[1-9]|[12][0-9]|3[01])|20[0-9]{2}(?:0[1-9]|1[0-2])20"
)


def _about(topic: str, *, against: str = "", before: int = _NEAR, after: int = _NEAR) -> Context:
    """Return a context that drops a value without its topic, and beside what speaks against it."""
    cue = (
        words(topic)
        if not against
        else re.compile(f"(?:{words(topic).pattern})(?!{against})", re.ASCII | re.IGNORECASE)
    )
    return Context(cue, None, 0.0, before=before, after=after)


PATTERNS = (
    Pattern(
        "USERNAME",
        "topic.account",
        rf"{LEFT}{MARKED_NAME}{RIGHT}",
        accept=is_account,
        context=_about(_ACCOUNTS),
        score=0.7,
        trigger=_ACCOUNTS,
    ),
    Pattern(
        "USERNAME",
        "topic.addressed",
        rf"{LEFT}(?P<v>@?[A-Za-z_][A-Za-z0-9_.-]{{3,28}}[A-Za-z0-9_])[」』)]? ?(?:さん|さま|様|殿|くん|ちゃん|氏(?!名)|先生|先輩|たん(?![ぁ-ん])|ニキ|ネキ|って(?:やつ|人|奴|子))",
        accept=is_account,
        score=0.7,
        trigger="[A-Za-z0-9_][」』)]? ?(?:さん|さま|様|殿|くん|ちゃん|氏|先生|先輩|たん|ニキ|ネキ|って(?:やつ|人|奴|子))",
    ),
    Pattern(
        "USERNAME",
        "topic.daemon",
        r"(?:Failed|Accepted|Postponed) [a-z/-]{4,30} for (?:invalid user )?(?P<v>[A-Za-z_][A-Za-z0-9_.-]{1,31}) from ",
        accept=lambda surface: surface not in {"root", "admin", "user", "invalid"},
        score=0.9,
        source="OpenSSH, auth.c",
        trigger="(?:Failed|Accepted|Postponed) [a-z/-]+ for",
    ),
    Pattern(
        "PASSWORD",
        "topic.lock",
        rf"(?<![0-9A-Za-z@#/_=&?%+-])(?<![0-9A-Za-z][:.])(?:PW)?(?P<v>{MARKED_OPENER})(?![!-~])",
        accept=is_secret,
        context=_about(_LOCKS, before=20, after=16),
        score=0.7,
        trigger=_LOCKS,
    ),
    Pattern(
        "PASSWORD",
        "topic.unlike_words",
        r"(?<![0-9A-Za-z@#/_=&?%+-])(?<![0-9A-Za-z][:.])(?P<v>(?=[!-~]{0,29}[0-9])[A-Za-z0-9][0-9A-Za-z!#$%&*+<?^@~]{6,28}[0-9A-Za-z!#$%&*?])(?![!-~])",
        accept=_is_like_nothing,
        context=Context(re.compile(f"[{JAPANESE}]"), None, 0.0, before=8, after=4),
        score=0.5,
        trigger="[A-Za-z0-9][!#$%&*+<?^@~][A-Za-z0-9]",
    ),
    Pattern(
        "PASSWORD",
        "topic.opens",
        r"(?<![0-9A-Za-z.,:/-])(?P<v>[0-9]{4,8})(?:#|番)? ?で(?:開[きくけいか]|あ[きくけ]|解錠|解除|ロック解除|はい(?:れ|って)|入れ(?:ます|る))",
        accept=lambda surface: re.fullmatch("(?:19|20)[0-9]{2}|[1-9]0+", surface) is None,
        score=0.7,
        digits=4,
        trigger="で(?:開[きくけいか]|あ[きくけ]|解錠|解除|ロック解除|はい(?:れ|って)|入れ(?:ます|る))",
    ),
    Pattern(
        "ONE_TIME_CODE",
        "topic.sent",
        rf"(?<![0-9A-Za-z,:/$£€¥#+-])(?<![0-9A-Za-z][.])(?<![0-9][ \n{DASH}/・])(?<![0-9] [ {DASH}/・])(?<![0-9] [{DASH}/] )(?<![0-9][()])(?:[0-9]{{4,8}}|[0-9]{{3,4}}[- ][0-9]{{3,4}}|[0-9]{{2}}(?:-[0-9]{{2}}){{1,3}})(?![0-9A-Za-z/%]|[-.,:()][0-9]| ?[ \n{DASH}/・] ?[0-9]|桁|けた|ケタ){NOT_COUNTED}",
        accept=_is_sent,
        context=_about(_SENT, against=_NOT_SENT),
        score=0.7,
        digits=4,
        trigger=_SENT,
    ),
    Pattern(
        "SHARE_CODE",
        "topic.door",
        r"(?<![0-9A-Za-z_@#%/-])(?<![0-9A-Za-z][.])(?<![A-Z0-9] )(?:[A-Z0-9]{3,5}(?:[- ][A-Z0-9]{3,5}){1,2}|[a-z0-9]{3,4}(?:-[a-z0-9]{3,4}){1,2}|[A-Z0-9]{6,10}|(?=[a-z]{0,9}[0-9])[a-z0-9]{6,10})(?![0-9A-Za-z_@/=]|[.:-][0-9A-Za-z]| [A-Za-z0-9](?![0-9]{0,2}(?:時|分|秒|人|日)))"
        + NOT_COUNTED,
        accept=_is_door,
        context=_about(_DOORS, before=20, after=16),
        score=0.7,
        trigger=_DOORS,
    ),
    Pattern(
        "POSTAL_CODE",
        "topic.postal",
        rf"(?<![0-9A-Za-z.,:/+-])(?<![0-9][ -])(?:[0-9]{{3}}[ ・-]{{1,2}}[0-9]{{4}}|[0-9]{{7}})(?![0-9A-Za-z]|[ -][0-9]|[.,:][0-9]){NOT_COUNTED}",
        context=_about(_POSTAL),
        score=0.7,
        source="Japan Post",
        digits=7,
        trigger=_POSTAL,
    ),
    Pattern(
        "BANK_ACCOUNT",
        "topic.paid",
        rf"(?<![0-9A-Za-z.,:/+\\¥$-])(?<![0-9][ -])(?:[0-9]{{7}}|[0-9]{{3}}[ -]{{1,2}}[0-9]{{4}})(?![0-9A-Za-z]|[ -][0-9]|[.,:][0-9]|点|口(?!座)){NOT_COUNTED}",
        accept=lambda surface: not surface.endswith("00"),
        context=_about(_PAID, before=16, after=12),
        score=0.7,
        source="Zengin system, account numbers of seven digits",
        digits=7,
        trigger=_PAID,
    ),
    Pattern(
        "JP_MY_NUMBER",
        "topic.twelve",
        r"(?<![0-9A-Za-z.,:+-])(?<![0-9] )[0-9](?:[ ・./-]{0,3}[0-9]){11}(?![0-9A-Za-z]|[ -][0-9])",
        accept=lambda surface: _DAYS.match(surface) is None,
        context=_about(_TWELVE, before=32, after=16),
        score=0.7,
        source="Individual Number Act",
        digits=12,
        trigger=_TWELVE,
    ),
    Pattern(
        "ACCOUNT_ID",
        "topic.read_back",
        r"(?:番号|コード|ナンバー|(?<![A-Za-z])ID)を?(?:復唱|確認|読み上げ|繰り返)[^0-9A-Za-z\n]{0,14}(?P<v>(?=[A-Za-z/-]{0,6}[0-9])[A-Za-z0-9][A-Za-z0-9-]{4,30}[A-Za-z0-9])(?![A-Za-z0-9@]|[.:][0-9])",
        accept=lambda surface: len(digits(surface)) > 3,
        score=0.7,
        trigger="復唱|確認|読み上げ|繰り返",
    ),
)
