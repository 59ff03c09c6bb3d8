"""Japanese codes: the individual identification codes of the Cabinet Order, and licence plates.

Forms and check digits: REQUIREMENTS 3.3. One random 12-digit number in ten passes a check digit, so a
number without grouping or cue stays at a low score.
"""

import re

from deid.detect.checksums import digits, jp_driver_license, jp_insurer, my_number
from deid.detect.context import Context, words
from deid.detect.patterns.parts import (
    DASH,
    GAP,
    LEFT,
    NEAR,
    NOT_COUNTED,
    NOT_DIGIT_AFTER,
    RIGHT,
    SERIAL_CUE,
    TAIL,
)
from deid.detect.patterns.pattern import Pattern

_TWELVE_LEFT = (
    rf"(?<![+])(?<![0-9A-Za-z])(?<![0-9][.{DASH}])(?<![0-9]{{4}} )(?<![0-9]{{2}}  )(?<![0-9]{{2}}・)"
)
_TWELVE_RIGHT = rf"(?![0-9A-Za-z])(?![{DASH}. ][0-9]{{4}}(?![0-9]))(?![.{DASH}][0-9])"
_FOURS = rf"[0-9]{{4}} ?[ .{DASH}・] ?[0-9]{{4}} ?[ .{DASH}・] ?[0-9]{{4}}"
_MY_NUMBER_CUE = words(
    "マイナンバー|マイナ|個人番号|my ?number|individual number|通知カード|social security and tax"
)
_LICENSE_CUE = words("免許|運転|licen[cs]e|driver'?s?|dl")
_OTHER_TWELVE = words(
    "注文|伝票|追跡|問い?合わ?せ|受付|受注|予約|会員|お客様|管理|製造|シリアル|フレンドコード|フレコ|トレーナー|friend|trainer|fedex|ヤマト|クロネコ|佐川|配送|aadhaar|aadhar|orders?|tracking|invoice|serial|isbn"
    "|jan|account id|aws|ticket|reference|ref|法人番号|送り状|timestamp|免許|運転|licen[cs]e"
)


def _not_a_time(surface: str) -> bool:
    """Refuse 202401151230: year, month, day, hour and minute written together."""
    return (
        my_number(surface)
        and re.fullmatch(r"(?:19|20)[0-9]{2}[01][0-9][0-3][0-9][0-2][0-9][0-5][0-9]", surface) is None
    )


def _not_years(surface: str) -> bool:
    """Refuse "2020 2021 2022"."""
    years = re.fullmatch(r"(?:(?:19|20)[0-9]{2}[^0-9]{1,3}){2}(?:19|20)[0-9]{2}", surface)
    return my_number(surface) and years is None


_MY_NUMBER = Context(_MY_NUMBER_CUE, _OTHER_TWELVE, 0.9)
_INSURED = "健康保険証?|保険欄|けんこうほけん|けんぽ|資格確認書|マイナ保険|共済組合員証|医療証|保険証|ほけんしょう|国保|健保|被保険者証?|後期高齢者医療|後期高齢(?=の|者?証)|任意継続|介護保険|記号[・、]?番号"
_INSURED_EN = (
    r"(?i:(?<![A-Za-z])(?:(?:kenko |shakai |kokumin )?hoken(?:sho|shou)?(?: card)?|kokuho|kenpo|hi ?hokensha|(?:company |japanese |national |employee |social )?health insurance"
    r"(?: card)?|nhi(?: card)?|insurance card|insured person|symbol(?: and |[ /&-]{1,3})number|kigo(?:u)? ?bango(?:u)?)(?![A-Za-z]))"
)
_PLATES = (
    "札幌|函館|旭川|室蘭|釧路|帯広|北見|苫小牧|知床|青森|八戸|弘前|岩手|盛岡|平泉|宮城|仙台|秋田|山形|庄内|福島|会津|いわき|郡山|白河"
    "|水戸|土浦|つくば|宇都宮|那須|とちぎ|栃木|日光|群馬|高崎|前橋|大宮|川口|所沢|川越|熊谷|春日部|越谷|さいたま|千葉|成田|習志野|袖ヶ浦"
    "|市川|船橋|市原|野田|柏|松戸|品川|世田谷|練馬|杉並|板橋|足立|江東|葛飾|江戸川|八王子|多摩|横浜|川崎|湘南|相模|新潟|長岡|上越|富山"
    "|石川|金沢|福井|山梨|富士山|長野|松本|諏訪|南信州|安曇野|岐阜|飛騨|静岡|浜松|沼津|伊豆|富士|名古屋|豊橋|三河|岡崎|豊田|尾張小牧"
    "|一宮|春日井|三重|鈴鹿|四日市|伊勢志摩|滋賀|京都|大阪|なにわ|和泉|堺|神戸|姫路|奈良|飛鳥|和歌山|鳥取|島根|出雲|岡山|倉敷|広島|福山"
    "|山口|下関|徳島|香川|高松|愛媛|高知|福岡|北九州|久留米|筑豊|佐賀|長崎|佐世保|熊本|大分|宮崎|鹿児島|奄美|沖縄"
)

PATTERNS = (
    Pattern(
        "JP_MY_NUMBER",
        "jp.my_number_grouped",
        rf"{_TWELVE_LEFT}{_FOURS}{_TWELVE_RIGHT}",
        accept=_not_years,
        context=_MY_NUMBER,
        score=1.0,
        source="ministerial ordinance 85 of 2014, art. 5",
        digits=12,
    ),
    Pattern(
        "JP_MY_NUMBER",
        "jp.my_number_solid",
        rf"{_TWELVE_LEFT}[0-9]{{12}}{_TWELVE_RIGHT}(?![.:/_-])",
        accept=_not_a_time,
        context=Context(_MY_NUMBER_CUE, _OTHER_TWELVE, 0.4),
        score=1.0,
        source="ministerial ordinance 85 of 2014, art. 5",
        digits=12,
    ),
    Pattern(
        "JP_MY_NUMBER",
        "jp.my_number_cued",
        rf"(?i:マイナ(?:ンバー)?(?:カード)?|個人番号){GAP}(?:の?番号)?{GAP}(?P<v>(?:[0-9](?:[ .{DASH}・]{{0,3}}[0-9]){{11}}|[0-9]{{4}}[ -]?[0-9]{{4}}[ -]?[0-9]{{3,4}})){NOT_DIGIT_AFTER}",
        score=0.9,
        source="Individual Number Act",
        digits=11,
    ),
    Pattern(
        "JP_MY_NUMBER",
        "jp.my_number_english",  # which is what anybody says of a telephone number
        rf"(?i:my ?number|individual number){GAP}(?:の?番号)?{GAP}(?<![+])(?P<v>[0-9](?:[ .{DASH}・]{{0,3}}[0-9]){{11}}){NOT_DIGIT_AFTER}",
        score=0.9,
        source="Individual Number Act",
        digits=12,
    ),
    Pattern(
        "JP_MY_NUMBER",
        "jp.my_number_spaced",
        rf"(?<![0-9])(?<![0-9] )[0-9](?:[ .{DASH}・][0-9]){{11}}(?![ {DASH}]?[0-9])",
        context=Context(_MY_NUMBER_CUE, None, 0.0, before=40),
        score=0.9,
        source="Individual Number Act",
        digits=12,
    ),
    Pattern(
        "JP_DRIVER_LICENSE",
        "jp.driver_license",
        rf"{_TWELVE_LEFT}(?:[0-9]{{12}}|{_FOURS}){_TWELVE_RIGHT}",
        accept=jp_driver_license,
        context=Context(_LICENSE_CUE, None, 0.0),
        score=1.0,
        source="REQUIREMENTS 3.3",
        digits=12,
    ),
    Pattern(
        "JP_RESIDENCE_CARD",
        "jp.residence_card",
        rf"(?i:{LEFT}[a-z]{{2}}[ -]?[0-9]{{8}}[ -]?[a-z]{{2}}{RIGHT})",
        accept=lambda surface: surface.isupper(),
        score=0.9,
        source="Immigration Services Agency",
        digits=8,
    ),
    Pattern(
        "JP_PENSION_NUMBER",
        "jp.pension",
        rf"(?<![0-9A-Za-z])(?<![0-9]-)[0-9]{{4}}[{DASH} ]?[0-9]{{6}}(?![0-9A-Za-z])(?!-[0-9])",
        context=Context(words("年金|pension|ねんきん"), None, 0.0),
        score=0.9,
        source="Japan Pension Service",
        digits=10,
    ),
    Pattern(
        "JP_RESIDENT_CODE",
        "jp.resident_code",
        rf"(?<![0-9A-Za-z])(?<![0-9]-)[0-9]{{4}}[{DASH} ]?[0-9]{{4}}[{DASH} ]?[0-9]{{3}}(?![0-9A-Za-z])(?!-[0-9])|{LEFT}[0-9](?:[ {DASH}]?[0-9]){{10}}{RIGHT}",
        context=Context(words("住民票の?コード|住基|resident (?:record )?code"), None, 0.0),
        score=0.9,
        source="Basic Resident Register Act",
        digits=11,
    ),
    Pattern(
        "JP_HEALTH_INSURANCE",
        "jp.insurance_symbol",
        rf"記号(?:は|が|:)? ?(?P<v>(?:[0-9A-Za-z]|[一-鿿](?<!番))[0-9A-Za-z一-鿿・{DASH}]{{0,11}}[ 、,・]{{0,3}}(?:の)?番号(?:は|が|:)? ?[0-9]{{1,10}}(?:[ 、,(]{{0,3}}枝番(?:は|:)? ?[0-9]{{2}}\)?)?){NOT_DIGIT_AFTER}",
        context=Context(words("保険|被保険者"), words("ゆうちょ|口座|貯金"), 0.7, before=40, after=24),
        score=0.9,
        source="Health Insurance Act enforcement rules",
        digits=1,
    ),
    Pattern(
        "JP_HEALTH_INSURANCE",
        "jp.insurance_number",
        rf"番号(?:は|が|:)? ?(?P<v>[0-9]{{1,10}}[ 、,・で]{{0,3}}記号(?:は|が|:)? ?[0-9A-Za-z][0-9A-Za-z{DASH}]{{0,11}}){NOT_DIGIT_AFTER}",
        context=Context(words("保険|被保険者"), words("ゆうちょ|口座|貯金"), 0.0, before=40, after=24),
        score=0.9,
        source="Health Insurance Act enforcement rules",
        digits=1,
    ),
    Pattern(
        "JP_HEALTH_INSURANCE",
        "jp.insurer",
        rf"保険者(?:の)?番号{GAP}(?P<v>[0-9]{{8}}|[0-9]{{6}}){RIGHT}",
        accept=jp_insurer,
        score=1.0,
        source="insurer number, REQUIREMENTS 3.3",
        digits=6,
    ),
    Pattern(
        "JP_HEALTH_INSURANCE",
        "jp.insured",
        rf"(?:{_INSURED})(?:の|者)?(?:記号)?[・、]?(?:番号|No\.?)?(?:{GAP}|{NEAR})(?P<v>(?:[一-鿿]{{1,3}}[{DASH}・ ])?[0-9]{{1,8}}[{DASH}・ ./][0-9]{{1,8}}(?:[{DASH}・ ./][0-9]{{1,8}}){{0,2}}|[0-9]{{6,12}}){RIGHT}",
        accept=lambda surface: len(digits(surface)) > 4,
        score=0.8,
        source="Health Insurance Act enforcement rules",
        digits=2,
    ),
    Pattern(
        "JP_HEALTH_INSURANCE",
        "jp.insured_english",
        rf"{_INSURED_EN}(?:{GAP}|{NEAR})(?P<v>[0-9]{{1,8}}(?:[{DASH}・ ./][0-9]{{1,8}}){{1,3}}|[0-9]{{7,12}}){RIGHT}{NOT_COUNTED}",
        accept=lambda surface: len(digits(surface)) > 6,
        score=0.8,
        source="Health Insurance Act enforcement rules",
        digits=2,
    ),
    Pattern(
        "JP_HEALTH_INSURANCE",
        "jp.insured_before_cue",
        rf"(?<![0-9A-Za-z-])(?P<v>[0-9]{{1,8}}[{DASH}・ ][0-9]{{1,8}}(?:[{DASH}・ ][0-9]{{1,8}}){{0,2}}|[0-9]{{6,12}}){TAIL}(?:{_INSURED})",
        accept=lambda surface: len(digits(surface)) > 4,
        score=0.8,
        source="Health Insurance Act enforcement rules",
        digits=5,
        trigger=_INSURED,
    ),
    Pattern(
        "NATIONAL_ID",
        "jp.employment_insurance",
        rf"(?:雇用保険)(?:の)?(?:被保険者)?(?:番号)?{GAP}(?P<v>[0-9]{{4}}[{DASH} ]?[0-9]{{6}}[{DASH} ]?[0-9]){RIGHT}",
        score=0.9,
        source="Employment Insurance Act enforcement rules",
        digits=11,
    ),
    Pattern(
        "PASSPORT",
        "jp.passport",
        rf"{LEFT}(?!KB|CV|RF)[A-Z]{{2}}[0-9]{{7}}{RIGHT}(?!-)",
        context=Context(words("パスポート|旅券|passports?|渡航|出国|入国|visa|ビザ"), SERIAL_CUE, 0.5),
        score=0.9,
        source="ICAO Doc 9303, MOFA",
        digits=7,
    ),
    Pattern(
        "PASSPORT",
        "passport.near_cue",
        rf"(?i:{LEFT}(?:[a-z]{{1,2}}[0-9]{{6,8}}|[0-9]{{9}}){RIGHT})",
        context=Context(words("パスポート|旅券|passports?(?: (?:no|number))?"), None, 0.0, before=40),
        score=0.8,
        source="ICAO Doc 9303",
        digits=6,
    ),
    Pattern(
        "PASSPORT",
        "passport.cued",
        rf"(?i:(?<![A-Za-z])(?:passports?|travel doc(?:ument)?|pp ?(?:no\.?|number|num|#)|ppt(?= ?n[o°]|:))(?: ?(?:number|no\.?|num|#|id))?|パスポ(?:ート)?(?:の)?(?:番号|No\.?)?|ぱすぽ(?:ーと)?|りょけん|旅券(?:の)?(?:番号)?|护照(?:号码?)?|護照(?:號碼?)?|여권(?:번호)?|(?<![A-Za-z])(?:passeport|reisepass(?:nummer)?|pasaporte|passaporto|passaporte|paspoort(?:nummer)?)(?: ?n[°ºo.r]{{1,2}})?)(?:{GAP}|{NEAR})(?P<v>[A-Za-z0-9]{{1,3}} ?[0-9]{{5,8}}[A-Za-z]?|(?=[A-Z]{{0,8}}[0-9])[A-Z0-9]{{8,9}}){RIGHT}",
        accept=lambda surface: len(digits(surface)) > 4,
        score=0.9,
        source="ICAO Doc 9303",
        digits=6,
    ),
    Pattern(
        "PASSPORT",
        "passport.before_cue",
        rf"(?<![0-9A-Za-z-])(?P<v>[A-Za-z]{{1,2}} ?[0-9]{{6,8}}[A-Za-z]?|[0-9]{{9}}){TAIL}(?:(?i:passport|ppt n[o°])|パスポート|旅券)",
        score=0.8,
        source="ICAO Doc 9303",
        digits=6,
        trigger="(?i:passport|ppt n)|パスポート|旅券",
    ),
    Pattern(
        "PASSPORT",
        "passport.mrz",
        r"(?<![A-Z0-9<])P[A-Z<][A-Z]{3}[A-Z<]{39}(?:[ \r\n]{1,2}[A-Z0-9<]{44})?(?![A-Z0-9<])|(?<![A-Z0-9<])[A-Z0-9<]{9}[0-9][A-Z]{3}[0-9]{7}[MFX<][0-9]{7}[A-Z0-9<]{16}(?![A-Z0-9<])",
        score=1.0,
        source="ICAO Doc 9303 part 4",
        trigger="<<|[A-Z<][0-9]{7}[MFX<][0-9]{7}",
    ),
    Pattern(
        "LICENSE_PLATE",
        "jp.plate",
        rf"(?:{_PLATES})[ {DASH}・]?[0-9]{{2,3}}[A-Z]?[ {DASH}・]?[あ-とな-ろわA-Z][ {DASH}・]?(?:[0-9・.]{{1,2}}[{DASH} ・][0-9]{{2}}|[・.]{{1,3}}[0-9]{{1,3}}|[0-9]{{4}}){NOT_DIGIT_AFTER}",
        score=1.0,
        source="Road Transport Vehicle Act enforcement rules",
        digits=3,
    ),
)
