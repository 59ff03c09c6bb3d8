"""Numbers of customers, members, orders and contracts, beside their full names."""

import re

from deid.detect.checksums import digits
from deid.detect.patterns.parts import GAP, LEFT, NOT_COUNTED, RIGHT, TAIL
from deid.detect.patterns.pattern import Pattern

_ACCOUNT_JA = (
    r"会員(?:番号|No\.?|ID|コード)|お?客様(?:番号|ID|コード|No\.?)|顧客(?:番号|ID|コード)|注文(?:番号|No\.?|ID)|オーダー(?:番号|ID|No\.?)|予約(?:番号|No\.?|ID)|受付番号|受注番号"
    r"|契約(?:者)?番号|証券番号|申し?込み?番号|(?:顧客|契約|会員)No\.?|ID番号|伝票番号|追跡番号|送り状番号|お?問い?合わ?せ(?:伝票)?番号|社員(?:番号|ID|コード)|職員番号|従業員番号|学籍番号|学生(?:証)?番号|受験番号|診察券(?:番号)?|患者(?:番号|ID)|カルテ番号"
    r"|ユーザー(?:ID|番号)|利用者(?:ID|番号)|アカウント番号|取引(?:番号|ID)|決済(?:番号|ID)|請求書?番号|ポイントカード(?:番号)?|マイレージ(?:番号)?|フレンドコード|プレイヤーID|配送番号|配達番号|予約コード|お客さま(?:番号|ID|コード|No\.?)|供給地点特定番号|社員No\.?|メンバーズカード(?:番号)?|(?:nanaco|WAON|Suica|PASMO|ICOCA)(?:カード)?(?:の)?(?:ID)?番号|車台番号|整理番号|管理番号|識別番号|登録番号|加入者番号|お届け番号|チケット番号|ご?注文ID|組合員番号|(?:会員|顧客|社員|学籍|職員|組合員)(?:no|ナンバー|NO)|整理券(?:番号)?|メンバー(?:ID|番号|No\.?)|領収書?番号|(?:請求|納品|見積|発注|仕入|領収)書?(?:番号|No\.?)|(?:検査|検体|処方箋?|病歴|入院|外来|予診票|接種券|健診|母子手帳)(?:番号|ID|No\.?)|(?:生徒|園児|教員|部員|団員|隊員|党員|株主|委員|作業員|ドライバー|乗務員|スタッフ|パート|派遣)(?:番号|ID|コード|No\.?)|(?:物件|部屋|契約書|借入|ローン|融資|保険|共済|年金証書|事故|事件|案件|問合せ|サポート|修理|保守|端末契約)(?:受付)?(?:番号|No\.?)(?!室)"
)
_ACCOUNT_EN = (
    r"(?:customer|client|member(?:ship)?|subscriber|account|acct|user|patient|employee|staff|student|order|purchase|booking|reservation|confirmation|tracking|invoice|policy|contract|claim|case|ticket|reference|transaction|payment|loyalty|frequent flyer|mileage|player|friend|shipment|parcel|registration|enrol?lment|application|medical record|record|file|merchant|vendor|serial|loan|mortgage|utility|meter|badge|payroll|hospital|prescription|rx|conf|matric(?:ulation)?|ucas|group|support|receipt|medicaid|beneficiary|insurance(?: member| policy)?|membership card|gym|alumni|voter(?: registration)?|crew|guest|donor|repair|rma|return|work order|quote|enquiry|inquiry|incident|complaint|appointment|visit|chart|lab|specimen|sample|passenger|e-?ticket|boarding|cabin|seat reservation|rental|lease|tenant(?:cy)?|tenancy|property|customer account|service|gas|electric(?:ity)?|water|internet|broadband|phone account|licen[cs]e holder|union|pension|payee|candidate|exam|enrolment|applicant|course|scholarship|grant|docket|warrant|arrest|inmate|prisoner|probation|visa|petition|alien|immigration|ticket booking|locker|library card|loyalty card|rewards? card|points card)"
    r"[ _-]?(?:id|i\.d\.|number|num|no\.?|nr|#|code|ref(?:erence)?)|mrn|uid|order ?#|ticket ?#|case ?#|invoice ?#|booking ref(?:erence)?|pnr|friend code"
)
SERIAL = (
    r"(?P<v>[A-Za-z0-9](?:[A-Za-z0-9_/-]|\.(?=[A-Za-z0-9])|(?<=[0-9]) (?=[0-9]{3,5}(?![0-9A-Za-z]))){3,39})"
    r"(?![A-Za-z0-9@])"
)
"""What such a number looks like, as ``v``."""


def is_identifier(surface: str) -> bool:
    """Refuse dates, times, prices, versions and e-mail hosts beside an "id" cue."""
    number = digits(surface)
    dated = re.fullmatch(r"(?:19|20)[0-9]{2}[-./][0-9]{1,2}[-./][0-9]{1,2}|[0-9]{1,2}:[0-9]{2}", surface)
    return len(number) > 2 and dated is None


PATTERNS = (
    Pattern(
        "ACCOUNT_ID",
        "account.japanese",
        rf"(?:{_ACCOUNT_JA}){GAP}{SERIAL}{NOT_COUNTED}",
        accept=is_identifier,
        score=0.9,
        digits=3,
    ),
    Pattern(
        "ACCOUNT_ID",
        "account.english",
        rf"(?i:(?<![A-Za-z])(?:{_ACCOUNT_EN}))(?![A-Za-z]){GAP}#?{SERIAL}{NOT_COUNTED}",
        accept=is_identifier,
        score=0.9,
        digits=3,
    ),
    Pattern(
        "ACCOUNT_ID",
        "account.before_cue",
        rf"(?<![0-9A-Za-z/-])(?<![0-9A-Za-z][.])(?P<v>[A-Za-z0-9](?:[A-Za-z0-9_-]){{3,31}}){TAIL}(?:{_ACCOUNT_JA}|(?i:{_ACCOUNT_EN})(?![A-Za-z]))",
        accept=is_identifier,
        score=0.8,
        digits=3,
        trigger=rf"{_ACCOUNT_JA}|(?i:{_ACCOUNT_EN})",
    ),
    Pattern(
        "ACCOUNT_ID",
        "account.hash_mark",
        rf"(?i:(?<![A-Za-z])(?:order|ticket|case|invoice|booking|reservation|account|member|customer|policy|claim|transaction)) ?(?:#|no\.?) ?(?P<v>[A-Za-z0-9](?:[A-Za-z0-9-]){{3,31}}){RIGHT}",
        accept=is_identifier,
        score=0.9,
        digits=3,
    ),
    Pattern(
        "ACCOUNT_ID",
        "account.plain",
        rf"(?i:(?<![A-Za-z])(?:order|ticket|invoice|booking|reservation|policy|claim|tracking|frequent flyer|skymiles))(?: is|:)? (?P<v>[A-Z]{{0,4}}-?[0-9][0-9A-Z-]{{5,24}}){RIGHT}",
        accept=is_identifier,
        score=0.7,
        digits=3,
    ),
    Pattern(
        "ACCOUNT_ID",
        "account.frequent_flyer",
        rf"(?i:(?<![A-Za-z])(?:frequent flyer|mileage(?: ?plus)?|executive club|miles and more)(?: (?:number|no\.?|id|#))?|マイレージ(?:番号)?){GAP}(?P<v>[A-Z]{{2}} [0-9]{{6,12}}){RIGHT}",
        score=0.9,
        source="IATA airline designators",
        digits=6,
    ),
    Pattern(
        "ACCOUNT_ID",
        "account.grouped",
        rf"(?i:(?<![A-Za-z])(?:member(?:ship)?|customer|policy|patient|student|employee|loyalty|rewards?)(?: (?:id|number|no\.?|num|card))?(?: is|:|=)) ?(?P<v>[0-9]{{3,5}}(?:[ -][0-9]{{3,5}}){{1,3}}){RIGHT}{NOT_COUNTED}",
        score=0.8,
        digits=6,
    ),
    Pattern(
        "ACCOUNT_ID",
        "account.badge",
        rf"(?i:(?<![A-Za-z])(?:badge|(?:uni|college|school|work|company|campus) id)(?: (?:number|no\.?|#))?(?: is|:|=)) ?#?(?P<v>[A-Za-z]{{0,3}}[0-9]{{4,12}}){RIGHT}{NOT_COUNTED}",
        score=0.8,
        digits=4,
    ),
    Pattern(
        "ACCOUNT_ID",
        "account.friend_code",
        rf"{LEFT}SW-[0-9]{{4}}-[0-9]{{4}}-[0-9]{{4}}{RIGHT}",
        score=1.0,
        source="Nintendo",
        digits=12,
    ),
    Pattern(
        "ACCOUNT_ID",
        "account.parcel",
        rf"{LEFT}(?:1Z[0-9A-Z]{{16}}|[A-Z]{{2}}[0-9]{{9}}(?:JP|US|GB|CN|KR|DE|FR|HK|SG|TW)){RIGHT}",
        score=0.9,
        source="UPS, UPU S10",
        digits=1,
    ),
    Pattern(
        "ACCOUNT_ID",
        "account.record_locator",
        rf"(?:(?i:(?<![A-Za-z])pnr(?![A-Za-z]))|(?i:(?<![A-Za-z])(?:(?:booking|reservation|confirmation|flight) (?:ref(?:erence)?|code|locator|number|no\.?|num|#|id)|booking|reservation|itinerary|conf ?#)|record locator|予約コード|予約番号|確認番号)){GAP}(?P<v>(?=[A-Z]{{0,7}}[0-9])(?=[0-9]{{0,7}}[A-Z])[A-Z0-9]{{5,8}}){RIGHT}",
        score=0.9,
        source="IATA resolution 830",
        digits=1,
    ),
    Pattern(
        "ACCOUNT_ID",
        "account.reference",
        rf"(?i:(?<![A-Za-z])ref(?:erence)?(?: ?(?:no|number|num|id|code))?) ?[:#.]? ?(?P<v>(?=[A-Z-]{{0,8}}[0-9])(?=[0-9-]{{0,12}}[A-Z])[A-Z0-9][A-Z0-9-]{{4,24}}){RIGHT}",
        accept=is_identifier,
        score=0.7,
        digits=1,
    ),
    Pattern(
        "ACCOUNT_ID",
        "account.card",
        rf"(?:(?i:(?<![A-Za-z])(?:library|loyalty|rewards?|points|nectar|membership) card|clubcard|fedex|dhl|usps|(?:utility|mortgage|loan|electric(?:ity)?|gas|water) account)|ヤマト(?:運輸)?|クロネコ|佐川(?:急便)?|ゆうパック|(?:ポイント|会員|メンバーズ)カード(?:番号)?|[TdE](?:ポイント|TC)?カード(?:番号)?){GAP}(?P<v>[0-9]{{2,4}}(?:[ -][0-9]{{3,4}}){{2,3}}|[0-9]{{8,19}}){RIGHT}",
        score=0.8,
        digits=8,
    ),
    Pattern(
        "ACCOUNT_ID",
        "account.mine",
        rf"(?i:(?<![A-Za-z])(?:my|his|her|their|our|mum['’]?s|mom['’]?s|dad['’]?s) (?:[a-z][a-z'’-]{{1,14}} ){{1,3}}(?:number|no\.?|num|nr|id|#))(?: (?:is|was)|[:=])? {{0,2}}#?(?P<v>(?=[A-Za-z/-]{{0,6}}[0-9])[A-Za-z0-9][A-Za-z0-9/-]{{4,23}}[A-Za-z0-9])(?![A-Za-z0-9@]|[.:][0-9]){NOT_COUNTED}",
        accept=lambda surface: is_identifier(surface) and len(digits(surface)) > 4,
        score=0.7,
        digits=5,
    ),
    Pattern(
        "ACCOUNT_ID",
        "account.numbered",
        rf"(?:(?:(?<!法)[人者員得意様証券会録許可]|カード|マイル|マイレージ|ポイント|メンバー|エントリー|ネットワーク|端末|Suica|スイカ|ICOCA|PASMO|IC|JE|交通系IC)の?(?:番号|ナンバー|ID|No\.?)|許可証?(?=第))(?:は|が|:|=|→|「| ){{0,3}}第?(?P<v>[A-Z]{{0,4}}[0-9]{{2,17}}(?:[- ][0-9]{{2,12}}){{0,4}})(?![0-9A-Za-z]){NOT_COUNTED}",
        accept=lambda surface: is_identifier(surface) and len(digits(surface)) > 5,
        score=0.7,
        digits=6,
    ),
    Pattern(
        "ACCOUNT_ID",
        "account.game_number",
        r"(?:[ァ-ヺー]{2,10}|原神|荒野行動|雀魂|崩壊)(?<!エラー)(?<!プロセス)(?<!スレッド)(?<!ジョブ)(?<!タスク)の?(?i:u?id)[ :はがって→=]{0,3}(?P<v>[0-9]{3}(?:[0-9]{3,17}|(?:[ ,-][0-9]{3}){2,3}))(?![0-9]|[.][0-9])",
        score=0.7,
        digits=6,
    ),
)
