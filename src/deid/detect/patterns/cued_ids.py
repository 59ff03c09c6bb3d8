"""Numbers of persons that a text calls by their name, in whatever groups people write them.

Offices print a number in one grouping; people copy it without, or with blanks, dots, hyphens and slashes of
their own. Beside its name the count of its characters is enough, with or without a right check digit.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from deid.detect.checksums import au_medicare, digits, luhn, nl_bsn
from deid.detect.matching.expressions import TOKEN, branches_of
from deid.detect.patterns.names_ja import JAPANESE
from deid.detect.patterns.parts import DASH, GAP, NEAR, NOT_DIGIT_AFTER, TAIL
from deid.detect.patterns.pattern import Pattern

APART = rf"[ .{DASH}/・·]{{0,3}}"
_NUMBER = r"(?: ?(?:number|no\.?|num|nr\.?|id|#|番号))?"
_DATED = re.compile(r"(?:19|20)[0-9]{2}[-./ ][0-9]{1,2}[-./ ][0-9]{1,2}")


Form = tuple[str, str, int, str, str, str]
"""Label, name, fewest digits, the names that people call it by, its written form, and the source."""


def count(low: int, high: int = 0, *, first: str = "[0-9]") -> str:
    """Return so many digits with anything between them."""
    most = (high or low) - 1
    return f"{first}(?:{APART}[0-9]){{{low - 1},{most}}}"


def _no_date(surface: str) -> bool:
    return _DATED.match(surface) is None or len(digits(surface)) > 14


_FORMS: tuple[Form, ...] = (
    ("US_SSN", "us.ssn", 9,
     r"ssn|ss card|soc(?: ?(?:no\.?|number|#))?|ss ?#|ss ?(?:no\.?|number)|social(?: security)?(?: insurance)?|soc(?:ial)?\.? ?sec(?:urity)?\.?|socials?|background check|w-?2(?: box a)?|社会保障番号|ソーシャルセキュリティー?(?:番号|ナンバー)?",
     count(9), "20 CFR 422.103"),
    ("US_ITIN", "us.itin", 9, r"itin|w-?7|irs(?: (?:letter|notice))?(?: cp ?[0-9]{3}[a-z]?)?|(?:individual )?tax ?payer(?: identification| id)?(?: number)?[a-z ]{0,12}|個人納税者番号",
     count(9, first="9"), "IRS Publication 4757"),
    ("CA_SIN", "ca.sin", 9, r"social insurance|(?-i:SIN)|s\.i\.n\.?|sin(?=[ :#=]{1,3}[0-9])|soc(?:ial)?\.? ins(?:urance)?\.?|sin (?:card|number|no\.?|#|is)|(?:my|service canada)[a-z ]{0,12} sin|num[ée]ro d['’]assurance sociale|(?-i:NAS)", count(9), "Service Canada"),
    ("UK_NHS", "uk.nhs", 10, r"nhs|health service number", count(10), "NHS Data Dictionary"),
    ("UK_NINO", "uk.nino", 6, r"national insurance|nat(?:ional)?\.? ?ins(?:urance)?\.?|nino|n\.i\.|(?-i:NI)|hmrc|n\.? ?i\.? ?(?:number|no\.?|num|#)",
     rf"(?i:[a-z]{APART}[a-z]){APART}{count(6)}{APART}(?i:[a-d])", "HMRC NIM39110"),
    ("DE_TAX_ID", "de.tax_id", 11, r"steuer-?id(?:nr\.?|entifikationsnummer)?|steuer-?(?:nummer|nr\.?)|(?:steuerliche )?identifikationsnummer|id-?nr\.?|german(?:y)? (?:tax|tin)|finanzamt|elster|tin|tax(?:payer)? (?:id|ident(?:ification)?|number|no\.?)(?: number)?",
     count(11), "AO 139b"),
    ("FR_NIR", "fr.nir", 12,
     r"(?-i:NIR)|num[ée]ro de s[ée]cu(?:rit[ée] sociale)?|n° de s[ée]cu(?:rit[ée] sociale)?|carte vitale|s[ée]curit[ée] sociale|french social security",
     rf"[1-478](?:{APART}[0-9]){{4}}{APART}(?:[0-9]{APART}[0-9]|2{APART}[ABab])(?:{APART}[0-9]){{6,8}}", "INSEE"),
    ("ES_NIF", "es.nif", 7, r"dni|nie|nif", rf"(?:{count(8)}|(?i:[xyz]){APART}{count(7)}){APART}(?i:[a-z])", "Real Decreto 1553/2005"),
    ("IT_FISCAL_CODE", "it.fiscal_code", 0, r"codice fiscale|tessera sanitaria|codice tributario|cod\.? ?fisc(?:ale)?\.?|(?-i:C\.?F\.?)|fiscal code|italian tax code",
     r"(?i:[a-z]{3}[ -]?[a-z]{3}[ -]?[0-9lmnp-v]{2}[a-z][0-9lmnp-v]{2}[ -]?[a-z][0-9lmnp-v]{3}[a-z])", "DM 23 December 1976"),
    ("NL_BSN", "nl.bsn", 9, r"bsn(?:-?nummer)?|burgerservice ?nummer|sofi-?nummer|citizen service", count(9), "Wet algemene bepalingen burgerservicenummer"),
    ("BR_CPF", "br.cpf", 11, r"cpf|pix(?: key)?|boleto|nota fiscal|brazil(?:ian)? (?:tax|id)[a-z ]{0,10}|receita federal|cadastro de pessoas? f[íi]sicas?", count(11), "Receita Federal"),
    ("NATIONAL_ID", "pl.pesel", 11, r"pesel", count(11), "PESEL Act"),
    ("NATIONAL_ID", "world.id", 7,
     r"(?:national|gov(?:ernment|t|'t)?|citizen(?:ship)?|civil|personal|resident|identity)(?: |_|-)?(?:id(?:entity|entification)?)?(?: |_|-)?(?:number|no\.?|code|id|card)|personn(?:umme)?r|henkil[öo]tunnus|hetu|id ?#|national identification|rijksregister(?:nummer)?|num[ée]ro national|oib|egn|jmbg|rodn[ée] [čc][íi]slo|国民ID|国民番号|国民識別番号|身分証明書?番号",
     rf"(?:[0-3][0-9][01][0-9]{{3}}[-+A-FU-Ya-fu-y][0-9]{{3}}[0-9A-Za-z]|{count(10, 15)}|{count(7, 9)}{APART}(?i:[a-z]{{1,2}}))", "national registers"),
    ("NATIONAL_ID", "world.own_name", 6,
     (r"my ?kad|(?:malaysian? |my )ic|cnic|emirates id|kimlik|thai(?:land)?(?: national)? id|hk ?id(?: card)?|isikukood|asmens kodas|personas kods|f[øo]dselsnummer|fnr|cpr|nik|ktp|ppsn?|(?:south african?|sa|rsa) id"
     r"|c[ée]dula|rut|curp|amka|cart[ãa]o de cidad[ãa]o|phil ?(?:sys|id)|umid|ahv(?:-?nr\.?)?|avs|cnp|kennitala|teudat zehut|dpi|svnr|oib|egn|jmbg|nid|id-?kaart"),
     rf"(?:(?i:[a-z]{{1,2}}){APART}{count(6, 8)}(?: ?\([0-9A]\))?|{count(6, 16)}(?:{APART}(?i:[a-z]{{1,2}})(?![A-Za-z]))?)", "national registers"),
    ("PASSPORT", "world.passport", 6,
     r"p(?:ass?|s)s?p(?:o?r?)?ts?|ppt|pp|travel doc(?:ument)?|doc(?:ument)?\.? (?:no\.?|number|num|#)|docno|document_?no|photo page|bio(?:data)? page|immigration",
     rf"(?:(?i:[a-z]){APART}(?i:[a-z])?{APART}{count(6, 8)}(?:{APART}(?i:[a-z])(?![A-Za-z]))?|{count(9)})", "ICAO Doc 9303"),
    ("DRIVER_LICENSE", "world.driver_license", 5,
     (r"(?:driv(?:er|ing|e)?['’]?s?['’]?|drvr|dr|learner['’]?s?|provisional|operator['’]?s?|commercial|full|uk|state|ontario|florida|texas|calif(?:ornia|\.)?|ny|nsw|qld|vic)[ .]{1,2}(?:uk )?(?:lic(?:en[cs]e|\.)?|li[cs]{1,2}en[cs]e|permit)"
     r"|cdl|oln|my drivers|d/?l|dvla|dmv|driver (?:number|no\.?)|lic(?:en[cs]e|\.)? ?(?:number|num|no\.?|#)|führerschein|permis de conduire|rijbewijs"),
     rf"(?:(?i:[a-z]){APART}(?i:[a-z]{{0,2}}){APART}{count(5, 14)}(?:{APART}(?i:[a-z])(?![A-Za-z]))?|{count(8, 12)}|[0-9]{{3}}[ -][0-9]{{3}}[ -][0-9]{{3}}|(?i:[a-z9]{{5}}){APART}[0-9]{{6}}{APART}(?i:[a-z9]{{2}}[0-9][a-z]{{2}})|[A-Z][0-9]{{3}}[A-Z]{{3}}[0-9][A-Z][0-9]{{2}})", "AAMVA, DVLA, Kraftfahrt-Bundesamt"),
    ("DRIVER_LICENSE", "world.licence", 7, r"li[cs]{1,2}en[cs]e|permit|lic|oln|my drivers",
     rf"(?i:[a-z]){APART}(?i:[a-z])?{APART}{count(7, 14)}(?:{APART}(?i:[a-z])(?![A-Za-z]))?", "AAMVA"),
    ("LICENSE_PLATE", "world.plate", 1,
     (r"mot(?: due)?|tags|sorn|keeper of|recall(?: [a-z0-9-]+)? covers|anpr|bumper|moped|motorbike|scooter|minivan|porsche|kangoo|garage card|toll (?:invoice|bill|charge)(?: for)?|permit_vehicle(?:_[0-9])?|truck|lorry|who[’']?s car|car is|number ?plates?|plates?|reg(?:istration)?d?|rego|vr[mn]|veh(?:icle)?|ulez|congestion charge|dart charge|parked|car ?park|parking|(?:resident )?bays?|courtesy car|towed|clamped|blocked my|cut me up|cut me off|tow company|ubers?|lyft|taxi|prius|civic|corolla|fiesta|camry|yaris|tesla|bmw|audi|toyota|honda|nissan|hyundai|mazda|vw|volkswagen|vauxhall|subaru"
     r"|(?:my|the|a|white|black|red|blue|green|silver|gr[ea]y) (?:car|van|bike|truck|lorry|transit)"),
     r"(?:(?i:[a-z]{2}[0-9]{2} ?[a-z]{3}|[0-9][a-z]{3}[0-9]{3}|[a-z]{3}-?[0-9]{4}|[a-z]{3}-[0-9]{3}|s[a-z]{2}[- ]?[0-9]{1,4}[- ]?[a-z](?![a-z])|(?:mh|ka|dl|tn|up|gj|hr|rj|kl|wb|ap|ts|pb)[ -]?[0-9]{1,2}[ -]?[a-z]{1,3}[ -]?[0-9]{4})|[A-Z]{3} [0-9]{3,4}|[A-Z][0-9]{1,3} [A-Z]{3})(?![0-9A-Za-z])", "DVLA, state and national registers"),
    ("DEVICE_ID", "world.imei", 15, r"imei[12]?|\*#06#|meid|handset|blacklist(?:ed)?|(?:stolen|lost|blocked) (?:phone|mobile)|gsma", count(15), "3GPP TS 23.003"),
    ("IN_AADHAAR", "in.aadhaar", 12, r"aadhaa?r|adhaa?r|uidai|आधार", count(12), "UIDAI"),
    ("IN_PAN", "in.pan", 4, r"pan|pan (?:card|number|no\.?)|tds|itr|demat|kyc|income tax|form 16|permanent acc(?:ount)?", r"(?i:[a-z]{3}[abcfghjlpt][a-z] ?[0-9]{4} ?[a-z])", "Income-tax Rules 114"),
    ("KR_RRN", "kr.rrn", 13, r"rrn|(?-i:FRN)|외국인 ?등록 ?번호|(?:resident|alien|foreigner) reg(?:istration)?\.?|arc(?= ?(?:number|no|#|card|:))|(?:south )?korean?|jumin(?: ?deungn?n?ok)?(?: ?b[eo]o?nho)?|kr(?:ean)? resident(?: no\.?| number)?|korean (?:id|rrn|resident)|住登|韓国の?(?:身分証|ID)|주민(?:등록)?(?:번호)?|住民登録|韓国の?住民番号|住民番号",
     count(13), "Resident Registration Act of Korea"),
    ("CN_RESIDENT_ID", "cn.resident_id", 17, r"resident id(?:entity)?(?: card)?|公民身[份分][号號][码碼]|身[份分][证證証](?:明書)?|prc id|china id|mainland id|身份证号?码?|居民身[分份]証?证?|身分証|shenfenzheng|chinese id|id card|id ?(?:number|no\.?)",
     rf"[1-9](?:{APART}[0-9]){{16}}{APART}[0-9Xx]", "GB 11643-1999"),
    ("TW_ID", "tw.id", 9, r"身[分份][證証](?:字號|字号|號碼)?|(?:roc|taipei|taiwan)(?: id)?|統一(?:證號|編號|番号)|台[湾灣]の?(?:ID|身分証)|身分証統一番号|taiwan(?:ese)?(?: national)? id",
     rf"(?i:[a-z]){APART}[1289]{APART}{count(8)}", "Household Registration Act of Taiwan"),
    ("SG_NRIC", "sg.nric", 7, r"nric|fin/nric|ic|(?:my|sg|pink|blue|red) ic|ic(?: no\.?| number)|singpass|(?-i:FIN)|fin (?:number|no\.?)", rf"(?i:[stfgm]){APART}{count(7)}{APART}(?i:[a-z])", "National Registration Act of Singapore"),
    ("ACCOUNT_ID", "de.telematik_id", 1, r"telematik-?id|ehba|gesundheits-?id|smc-?b", r"(?:1|10|5-2)-[A-Z0-9](?:[A-Z0-9.]{2,30}[A-Z0-9])", "SGB V section 340"),
    ("AU_TFN", "au.tfn", 8, r"tfn|tax file", count(8, 9), "ATO"),
    ("AU_MEDICARE", "au.medicare", 10, r"medicare(?: card)?|bulk[ -]bill(?:ed|ing)?", count(10, 11), "Services Australia"),
    ("JP_MY_NUMBER", "jp.my_number", 12, r"マイナ(?:ンバー)?(?:カード)?|まいなんばー|個人番号|kojin ?bango|maina(?:nba)?|my ?number(?: card)?|individual (?:number|no\.?)(?: \(japan\))?", count(12), "Individual Number Act"),
    ("JP_DRIVER_LICENSE", "jp.driver_license", 12, r"(?:運転)?免許証?(?:番号|No\.?)?|(?:japan(?:ese)?|jp)(?: driv(?:er|ing)['’]?s?)? licen[cs]e|driv(?:er|ing)['’]?s? licen[cs]e \(japan\)|jdl|gaimen(?: kirikae)?|menkyo(?:sho|shou)?|うんてんめんきょ|めんきょ", count(12), "Road Traffic Act enforcement rules"),
    ("DRIVER_LICENSE", "ja.driver_license", 7,
     r"(?:運転|国際|外国|海外|普通|自動車|国外)?免許証?(?:等|種別|の)?(?:番号|ナンバー|No\.?)?|外免(?:切替)?|ドライバーズ? ?ライセンス(?:ナンバー|番号)?|ドラライ(?:の?番号)?",
     rf"(?i:[a-z]{{1,3}}){APART}{count(7, 15)}(?:{APART}[A-Za-z]{{1,3}}(?![A-Za-z]))?", "AAMVA, Convention on Road Traffic annex 6"),
    ("JP_RESIDENCE_CARD", "jp.residence_card", 8, r"在留カード|ざいりゅうカード|特別永住者証明書|在留|residence card|zairyuu?(?: ?(?:card|kaado))?|gaijin card|alien card|resident card",
     rf"(?i:[a-z]{APART}[a-z]){APART}{count(8)}{APART}(?i:[a-z]{APART}[a-z])", "Immigration Services Agency"),
    ("JP_PENSION_NUMBER", "jp.pension", 10, r"(?:基礎)?年金(?:手帳|番号)?|ねんきん(?:番号|手帳)?|pension|(?:kiso ?)?nenkin(?: ?(?:bango|techo))?", count(10), "Japan Pension Service"),
    ("JP_RESIDENT_CODE", "jp.resident_code", 11, r"住民票の?コード|じゅうみんひょう(?:の)?コード|jumin(?:-?hyou?)?(?: ?(?:code|ko-?do))?|juki(?: ?net)?|(?:basic )?resident (?:record|registry|register)|resident record code|住基ネットの?(?:番号|コード)|住基(?:の?住民票)?コード|住基(?:番号)?", count(11), "Basic Resident Register Act"),
)  # fmt: skip


_NO_WORD = "(?!(?i:is|was|are|of|my|to|on|at|it|the|and|for) )"  # where a value may begin with letters
_LATIN = re.compile(r"(?:\((?:\?-?i:|\?:))*[A-Za-z]")

_CHECKED: dict[str, Callable[[str], bool]] = {
    "AU_MEDICARE": au_medicare,
    "NL_BSN": nl_bsn,
    "DEVICE_ID": lambda surface: luhn(digits(surface)),
}
"""Names that other things have as well: only a right check digit will do."""


def patterns_of(forms: Iterable[Form]) -> Iterator[Pattern]:
    """Yield two patterns for each form: the value after its name, and the name after its value."""
    for label, name, least, own_names, written, source in forms:
        names = f"{own_names}|{JAPANESE[name]}" if name in JAPANESE else own_names
        cue = rf"(?i:(?<![A-Za-z])(?:{names})(?:(?![A-Za-z])|(?<![ -~])){_NUMBER})"
        edge = rf"(?<![0-9A-Za-z+])(?<![0-9][{DASH}.])"
        trigger = _trigger(names)
        orders = {
            "called": rf"{cue}(?:{GAP}|{NEAR})(?<![+])(?P<v>{_NO_WORD}{written}){NOT_DIGIT_AFTER}",
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
                trigger=trigger,
            )


def _trigger(names: str) -> str:
    """Return what every text with one of the names holds: a Latin one where a word begins, «tin» but not «getting»."""
    written = [
        "".join(token.group() for token in branch) for branch in branches_of(list(TOKEN.finditer(names)))
    ]
    bounded = [f"(?:^|[^A-Za-z])(?:{name})" if _LATIN.match(name) else name for name in written]
    return f"(?i:{'|'.join(bounded)})"


PATTERNS = tuple(patterns_of(_FORMS))
