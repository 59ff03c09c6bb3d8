"""Numbers of persons that a text calls by their name, in whatever groups people write them.

Offices print a number in one grouping; people copy it without, or with blanks, dots, hyphens and slashes of
their own. Beside its name the count of its characters is enough, with or without a right check digit.
"""

import re
from collections.abc import Callable, Iterator

from deid.detect.checksums import au_medicare, digits, nl_bsn
from deid.detect.patterns.names_ja import JAPANESE
from deid.detect.patterns.parts import DASH, GAP, NEAR, NOT_DIGIT_AFTER, TAIL
from deid.detect.patterns.pattern import Pattern

_APART = rf"[ .{DASH}/・·]{{0,3}}"
_NUMBER = r"(?: ?(?:number|no\.?|num|nr\.?|id|#|番号))?"
_DATED = re.compile(r"(?:19|20)[0-9]{2}[-./ ][0-9]{1,2}[-./ ][0-9]{1,2}")


def _count(low: int, high: int = 0, *, first: str = "[0-9]") -> str:
    """Return so many digits with anything between them."""
    most = (high or low) - 1
    return f"{first}(?:{_APART}[0-9]){{{low - 1},{most}}}"


def _no_date(surface: str) -> bool:
    return _DATED.match(surface) is None or len(digits(surface)) > 14


_FORMS = (
    # label, name, fewest digits, its names, its written form, source
    ("US_SSN", "us.ssn", 9,
     r"ssn|soc(?: ?(?:no\.?|number|#))?|ss ?#|ss ?(?:no\.?|number)|social(?: security)?(?: insurance)?|soc(?:ial)?\.? ?sec(?:urity)?\.?|socials?|社会保障番号|ソーシャルセキュリティー?(?:番号|ナンバー)?",
     _count(9), "20 CFR 422.103"),
    ("US_ITIN", "us.itin", 9, r"itin|w-?7|(?:individual )?tax ?payer(?: identification| id)?(?: number)?[a-z ]{0,12}|個人納税者番号",
     _count(9, first="9"), "IRS Publication 4757"),
    ("CA_SIN", "ca.sin", 9, r"social insurance|(?-i:SIN)|sin (?:card|number|no\.?|#|is)|(?:my|service canada)[a-z ]{0,12} sin|num[ée]ro d['’]assurance sociale|(?-i:NAS)", _count(9), "Service Canada"),
    ("UK_NHS", "uk.nhs", 10, r"nhs|health service number", _count(10), "NHS Data Dictionary"),
    ("UK_NINO", "uk.nino", 6, r"national insurance|nat(?:ional)?\.? ?ins(?:urance)?\.?|nino|ni (?:number|no\.?|num|#)",
     rf"(?i:[a-z]{_APART}[a-z]){_APART}{_count(6)}{_APART}(?i:[a-d])", "HMRC NIM39110"),
    ("DE_TAX_ID", "de.tax_id", 11, r"steuer-?id(?:nr\.?|entifikationsnummer)?|steuernummer|idnr\.?|german tax (?:id|number)|tax id",
     _count(11), "AO 139b"),
    ("FR_NIR", "fr.nir", 12,
     r"(?-i:NIR)|num[ée]ro de s[ée]cu(?:rit[ée] sociale)?|n° de s[ée]cu(?:rit[ée] sociale)?|carte vitale|s[ée]curit[ée] sociale|french social security",
     rf"[1-478](?:{_APART}[0-9]){{4}}{_APART}(?:[0-9]{_APART}[0-9]|2{_APART}[ABab])(?:{_APART}[0-9]){{6,8}}", "INSEE"),
    ("ES_NIF", "es.nif", 7, r"dni|nie|nif", rf"(?:{_count(8)}|(?i:[xyz]){_APART}{_count(7)}){_APART}(?i:[a-z])", "Real Decreto 1553/2005"),
    ("IT_FISCAL_CODE", "it.fiscal_code", 0, r"codice fiscale|tessera sanitaria|codice tributario|cod\.? ?fisc(?:ale)?\.?|(?-i:C\.?F\.?)|fiscal code|italian tax code",
     r"(?i:[a-z]{3}[ -]?[a-z]{3}[ -]?[0-9lmnp-v]{2}[a-z][0-9lmnp-v]{2}[ -]?[a-z][0-9lmnp-v]{3}[a-z])", "DM 23 December 1976"),
    ("NL_BSN", "nl.bsn", 9, r"bsn(?:-?nummer)?|burgerservice ?nummer|sofi-?nummer|citizen service", _count(9), "Wet algemene bepalingen burgerservicenummer"),
    ("BR_CPF", "br.cpf", 11, r"cpf|cadastro de pessoas? f[íi]sicas?", _count(11), "Receita Federal"),
    ("NATIONAL_ID", "pl.pesel", 11, r"pesel", _count(11), "PESEL Act"),
    ("NATIONAL_ID", "world.id", 7,
     r"(?:national|gov(?:ernment|t|'t)?|citizen(?:ship)?|civil|personal|resident|identity)(?: |_|-)?(?:id(?:entity|entification)?)?(?: |_|-)?(?:number|no\.?|code|id|card)|personnummer|henkil[öo]tunnus|hetu|ahv|avs|cnp|national identification|rijksregister(?:nummer)?|num[ée]ro national|oib|egn|jmbg|rodn[ée] [čc][íi]slo|国民ID|国民番号|国民識別番号|身分証明書?番号",
     rf"(?:[0-3][0-9][01][0-9]{{3}}[-+A][0-9]{{3}}[0-9A-Za-z]|{_count(7)}{_APART}[A-Za-z]{{1,2}}(?![A-Za-z])|{_count(10, 15)})", "national registers"),
    ("IN_AADHAAR", "in.aadhaar", 12, r"aadhaa?r|adhaa?r|uidai|आधार", _count(12), "UIDAI"),
    ("IN_PAN", "in.pan", 4, r"(?-i:PAN)|pan (?:card|number|no\.?)|permanent account", r"(?i:[a-z]{5} ?[0-9]{4} ?[a-z])", "Income-tax Rules 114"),
    ("KR_RRN", "kr.rrn", 13, r"rrn|resident registration|jumin(?: ?deungn?n?ok)?(?: ?b[eo]o?nho)?|kr(?:ean)? resident(?: no\.?| number)?|korean (?:id|rrn|resident)|住登|韓国の?(?:身分証|ID)|주민(?:등록)?(?:번호)?|住民登録|韓国の?住民番号|住民番号",
     _count(13), "Resident Registration Act of Korea"),
    ("CN_RESIDENT_ID", "cn.resident_id", 17, r"resident id(?:entity)?(?: card)?|公民身[份分][号號][码碼]|身[份分][证證証](?:明書)?|prc id|china id|mainland id|身份证号?码?|居民身[分份]証?证?|身分証|shenfenzheng|chinese id|id card|id ?(?:number|no\.?)",
     rf"[1-9](?:{_APART}[0-9]){{16}}{_APART}[0-9Xx]", "GB 11643-1999"),
    ("TW_ID", "tw.id", 9, r"身[分份][證証](?:字號|字号|號碼)?|(?:roc|taipei|taiwan)(?: id)?|統一(?:證號|編號|番号)|台[湾灣]の?(?:ID|身分証)|身分証統一番号|taiwan(?:ese)?(?: national)? id",
     rf"(?i:[a-z]){_APART}[1289]{_APART}{_count(8)}", "Household Registration Act of Taiwan"),
    ("SG_NRIC", "sg.nric", 7, r"nric|fin/nric|(?-i:IC)|(?:my|sg|pink|blue|red) ic|ic(?: no\.?| number)|singpass|(?-i:FIN)|fin (?:number|no\.?)", rf"(?i:[stfgm]){_APART}{_count(7)}{_APART}(?i:[a-z])", "National Registration Act of Singapore"),
    ("AU_TFN", "au.tfn", 8, r"tfn|tax file", _count(8, 9), "ATO"),
    ("AU_MEDICARE", "au.medicare", 10, r"medicare(?: card)?", _count(10, 11), "Services Australia"),
    ("JP_MY_NUMBER", "jp.my_number", 12, r"マイナ(?:ンバー)?(?:カード)?|まいなんばー|個人番号|kojin ?bango|maina(?:nba)?|my ?number(?: card)?|individual number", _count(12), "Individual Number Act"),
    ("JP_DRIVER_LICENSE", "jp.driver_license", 12, r"(?:運転)?免許証?(?:番号|No\.?)?|(?:japan(?:ese)?|jp)(?: driv(?:er|ing)['’]?s?)? licen[cs]e|driv(?:er|ing)['’]?s? licen[cs]e \(japan\)|menkyo(?:sho|shou)?|うんてんめんきょ|めんきょ", _count(12), "Road Traffic Act enforcement rules"),
    ("DRIVER_LICENSE", "ja.driver_license", 7,
     r"(?:運転|国際|外国|海外|普通|自動車|国外)?免許証?(?:等|種別|の)?(?:番号|ナンバー|No\.?)?|外免(?:切替)?|ドライバーズ? ?ライセンス(?:ナンバー|番号)?|ドラライ(?:の?番号)?",
     rf"(?i:[a-z]{{1,3}}){_APART}{_count(7, 15)}(?:{_APART}[A-Za-z]{{1,3}}(?![A-Za-z]))?", "AAMVA, Convention on Road Traffic annex 6"),
    ("JP_RESIDENCE_CARD", "jp.residence_card", 8, r"在留カード|ざいりゅうカード|特別永住者証明書|在留|residence card|zairyuu?(?: ?(?:card|kaado))?|gaijin card|alien card|resident card",
     rf"(?i:[a-z]{_APART}[a-z]){_APART}{_count(8)}{_APART}(?i:[a-z]{_APART}[a-z])", "Immigration Services Agency"),
    ("JP_PENSION_NUMBER", "jp.pension", 10, r"(?:基礎)?年金(?:手帳|番号)?|ねんきん(?:番号|手帳)?|pension|(?:kiso ?)?nenkin(?: ?(?:bango|techo))?", _count(10), "Japan Pension Service"),
    ("JP_RESIDENT_CODE", "jp.resident_code", 11, r"住民票の?コード|じゅうみんひょう(?:の)?コード|juminhyo(?: code)?|resident record code|住基ネットの?(?:番号|コード)|住基(?:の?住民票)?コード|住基(?:番号)?", _count(11), "Basic Resident Register Act"),
)  # fmt: skip


_CHECKED: dict[str, Callable[[str], bool]] = {"AU_MEDICARE": au_medicare, "NL_BSN": nl_bsn}
"""Names that other things have as well: only a right check digit will do."""


def _patterns() -> Iterator[Pattern]:
    for label, name, least, own_names, written, source in _FORMS:
        names = f"{own_names}|{JAPANESE[name]}" if name in JAPANESE else own_names
        cue = rf"(?i:(?<![A-Za-z])(?:{names})(?:(?![A-Za-z])|(?<![ -~])){_NUMBER})"
        edge = rf"(?<![0-9A-Za-z])(?<![0-9][{DASH}.])"
        orders = {
            "called": rf"{cue}(?:{GAP}|{NEAR})(?P<v>{written}){NOT_DIGIT_AFTER}",
            "called_after": rf"{edge}(?P<v>{written})(?![0-9])(?:{TAIL}|[^0-9A-Za-z\n。]{{1,4}}(?:[A-Za-z'’]{{1,14}} ){{0,3}}|[^0-9A-Za-z\n。]{{1,12}}){cue}",
        }
        for order, regex in orders.items():
            yield Pattern(
                label,
                f"{name}_{order}",
                regex,
                accept=_CHECKED.get(label, _no_date),
                score=0.8,
                source=source,
                digits=least,
                trigger=f"(?i:{names})",
            )


PATTERNS = tuple(_patterns())
