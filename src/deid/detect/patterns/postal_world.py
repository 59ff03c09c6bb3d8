"""Postal codes of other countries: those of a form of their own, and digits beside a region, a city or a delivery."""

import re

from deid.detect.context import Context, words
from deid.detect.patterns.parts import LEFT, RIGHT, SERIAL_CUE
from deid.detect.patterns.pattern import Pattern
from deid.detect.patterns.postal import PHONE

US_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|PR"
    "|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY"
)
US_STATE_NAMES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa"
    "|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada"
    "|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island"
    "|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming"
)
UK_POSTCODE = r"(?:GIR ?0AA|[A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-HJKMNPR-Y]?[ -]?[0-9][ABD-HJLNP-UW-Z]{2})"

_CODE = words(
    "deliver(?:s|y|ing)? to|sat ?nav|zip(?: ?codes?)?|post ?codes?|postal(?: ?codes?)?|plz|code postal|cap|address|addr|live|living|mail(?:ing)? to|ship|郵便|住所|番地"
    "|邮编|郵遞區號|우편번호"
)
# Where a code stands before or after its city; a code without one is any number.
_CITIES = (
    "Berlin|Hamburg|München|Muenchen|Munich|Köln|Koeln|Cologne|Frankfurt|Stuttgart|Düsseldorf|Dortmund|Essen|Leipzig|Bremen|Dresden"
    "|Hannover|Nürnberg|Bonn|Münster|Karlsruhe|Mannheim|Augsburg|Kiel|Mainz|Wien|Graz|Linz|Salzburg|Innsbruck|Zürich|Zurich|Genève"
    "|Geneva|Basel|Bern|Lausanne|Paris|Marseille|Lyon|Toulouse|Nice|Nantes|Montpellier|Strasbourg|Bordeaux|Lille|Rennes|Reims|Grenoble"
    "|Dijon|Madrid|Barcelona|Valencia|Sevilla|Zaragoza|Málaga|Bilbao|Alicante|Granada|Roma|Rome|Milano|Milan|Napoli|Naples|Torino|Turin"
    "|Palermo|Genova|Bologna|Firenze|Florence|Bari|Catania|Venezia|Verona|Lisboa|Lisbon|Porto|Bruxelles|Brussels|Antwerpen|Gent"
    "|København|Copenhagen|Aarhus|Odense|Aalborg|Oslo|Bergen|Trondheim|Stavanger|Helsinki|Espoo|Tampere|Turku|Oulu|Praha|Brno|Budapest"
)
_NORDIC_CITIES = "Stockholm|Göteborg|Gothenburg|Malmö|Uppsala|Västerås|Örebro|Linköping|Praha|Brno|Ostrava|Bratislava|Athina|Athens"
_NOT_CITY = (
    "(?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec|Windows|Office|Room|Fortune|Level|Version|Chapter|Page|Year|Season"
    "|Area|Class|Group|Table|Section|Unit|Suite|Building|Series|Model|Intel|Ryzen|Radeon|Form|Line|Route|Highway|Over|Around)"
)
_UK_AREAS = (
    "A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LU]?|H[ADGPRSUX]|I[GPV]|K[ATWY]|L[ADELNSU]?|M[EKL]?"
    "|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE"
)

# Idaho is an identifier more often.
_NUMBERED = re.compile(rf"{SERIAL_CUE.pattern}|(?<![a-z])id-\Z", SERIAL_CUE.flags)


def _is_no_round(surface: str) -> bool:
    return not surface.endswith("000")


PATTERNS = (
    Pattern(
        "POSTAL_CODE",
        "postal.us_state",
        rf"(?<![A-Za-z])(?!(?<=[一-鿿ァ-ヺー])ID)(?:{US_STATES}|{US_STATE_NAMES}),? {{1,2}}(?P<v>[0-9]{{5}}(?:-?[0-9]{{4}})?){RIGHT}",
        score=0.9,
        source="USPS publication 28",
        digits=5,
    ),
    Pattern(
        "POSTAL_CODE",
        "postal.us_plus_four",
        r"(?<![0-9A-Za-z])(?<![0-9A-Za-z][-])(?<![0-9][. ])[0-9]{5}-[0-9]{4}(?![0-9A-Za-z])(?!-[0-9])",
        context=Context(_CODE, PHONE, 0.5),
        score=0.9,
        source="USPS publication 28",
        digits=9,
    ),
    Pattern(
        "POSTAL_CODE",
        "postal.us_state_hyphen",
        rf"(?<![0-9A-Za-z-])(?:{US_STATES})-(?P<v>[0-9]{{5}}-[0-9]{{4}})(?![0-9A-Za-z])(?!-[0-9])",
        context=Context(_CODE, _NUMBERED, 0.5),
        score=0.9,
        source="USPS publication 28",
        digits=9,
    ),
    Pattern(
        "POSTAL_CODE",
        "postal.uk_form_near_cue",
        rf"(?i:{LEFT}[a-z]{{1,2}}[0-9][0-9a-z]? ?[0-9][a-z]{{2}}{RIGHT})",
        context=Context(words("zip(?: ?code)?|post ?codes?|postal ?codes?|郵便番号"), None, 0.0, before=40),
        score=0.8,
        source="BS 7666",
        digits=2,
    ),
    Pattern(
        "POSTAL_CODE",
        "postal.uk",
        rf"{LEFT}(?<![0-9A-Za-z]-){UK_POSTCODE}{RIGHT}(?!-[0-9A-Za-z])",
        accept=lambda surface: (
            " " in surface or re.fullmatch("[A-Z]{1,2}[0-9]{1,2}[A-Z]?-[0-9][A-Z]{2}", surface) is not None
        ),
        score=0.9,
        source="BS 7666",
        digits=1,
    ),
    Pattern(
        "POSTAL_CODE",
        "postal.uk_cued",
        rf"(?i:{LEFT}{UK_POSTCODE}{RIGHT})",
        context=Context(_CODE, None, 0.0, before=40),
        score=0.8,
        source="BS 7666",
        digits=1,
    ),
    Pattern(
        "POSTAL_CODE",
        "postal.uk_solid",
        rf"{LEFT}(?<![0-9A-Za-z]-)(?:{_UK_AREAS})[0-9][0-9A-HJKMNPR-Y]?[0-9][ABD-HJLNP-UW-Z]{{2}}{RIGHT}(?!-[0-9A-Za-z])",
        context=Context(
            words(
                "in|to|near|from|around|post ?codes?|pc|area|address|live|living|based|deliver(?:y|ing|s)?|sat ?nav|zone|surgery|fibre|broadband|council|postal|bin (?:day|collection)|it['’]?s"
            ),
            SERIAL_CUE,
            0.0,
            before=40,
            after=24,
        ),
        score=0.7,
        source="Royal Mail postcode areas",
        digits=2,
    ),
    Pattern(
        "POSTAL_CODE",
        "postal.served",
        rf"(?i:(?<![A-Za-z])(?:deliver(?:y|ing|s|ed)?|ship(?:ping|s|ped)?|coverage|service(?:able)?|weather|stores?|branch(?:es)?|nearest [a-z]{{2,12}}|stockists?|available|rents?|rentals?|renting|roommates?|flatmates?|apartments?|housing|(?:house|home|gas) prices|school districts?|traffic|snow(?:ing)?|mov(?:e|ed|ing)|liv(?:e|es|ed|ing)|jobs?|hiring|doctors?|dentists?|plumbers?|daycare|movers|outages?|based|anyone|local|born|homes?|condos?|insurance|pick ?up|meet(?:ing)? up|drop[- ]?off) (?:like |out |over |up |down |back )?(?:to|in|for|near|around|at) (?:the )?)(?P<v>[0-9]{{5}}(?:[- ]?[0-9]{{4}})?|[1-8][0-9]{{2}} ?[0-9]{{3}}){RIGHT}(?! ?(?!(?:are|is|was|rn|pls|please|today|tonight|tomorrow|this|for|and|or|but|with|area|tbh|lol|so|if|since|till|until)(?![A-Za-z]))[A-Za-z%])",
        accept=_is_no_round,
        score=0.7,
        source="USPS publication 28, India Post",
        digits=5,
    ),
    Pattern(
        "POSTAL_CODE",
        "postal.refused",
        r"(?<![0-9A-Za-z])(?<![0-9][.,-])(?P<v>[0-9]{5}|[1-8][0-9]{2} ?[0-9]{3})(?![0-9A-Za-z])(?i:,? (?:and|but) (?:the site|it|they|the app) (?:says?|said|tells? me) (?:no|not|there|invalid|unknown|wrong)|,? not serviceable|,? is (?:not serviceable|out of (?:range|area)))",
        score=0.7,
        source="USPS publication 28, India Post",
        digits=5,
    ),
    Pattern(
        "POSTAL_CODE",
        "postal.canada",
        rf"{LEFT}[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z] [0-9][ABCEGHJ-NPRSTV-Z][0-9]{RIGHT}",
        score=0.9,
        source="Canada Post",
        digits=3,
    ),
    Pattern(
        "POSTAL_CODE",
        "postal.canada_cued",
        rf"(?i:{LEFT}[abceghj-nprstvxy][0-9][abceghj-nprstv-z][ -]?[0-9][abceghj-nprstv-z][0-9]{RIGHT})",
        context=Context(_CODE, None, 0.0, before=40),
        score=0.8,
        source="Canada Post",
        digits=3,
    ),
    Pattern(
        "POSTAL_CODE",
        "postal.before_city",
        rf"(?<![0-9A-Za-z])(?<![0-9$£€¥][.,-])(?P<v>(?:[A-Z]{{1,2}}-)?[0-9]{{4,5}}) (?:{_CITIES})(?![A-Za-zÀ-ɏ])",
        score=0.9,
        source="UPU S42",
        digits=4,
        trigger=rf"[0-9] (?:{_CITIES})",
    ),
    Pattern(
        "POSTAL_CODE",
        "postal.grouped_before_city",
        rf"{LEFT}(?P<v>[0-9]{{3}} [0-9]{{2}}) (?:{_NORDIC_CITIES})(?![A-Za-zÀ-ɏ])",
        score=0.9,
        source="UPU S42",
        digits=5,
        trigger=rf"[0-9] (?:{_NORDIC_CITIES})",
    ),
    Pattern(
        "POSTAL_CODE",
        "postal.netherlands",
        rf"{LEFT}[1-9][0-9]{{3}} ?[A-Z]{{2}}{RIGHT}",
        accept=lambda surface: (
            surface[-2:]
            not in {"SA", "SD", "SS", "AM", "PM", "AD", "BC", "CE", "KB", "MB", "GB", "TB", "HP", "XP", "EU"}
        ),
        context=Context(
            words(
                "Amsterdam|Rotterdam|Utrecht|Den Haag|Eindhoven|Groningen|Tilburg|Leiden|Delft|Haarlem|Nijmegen|Nederland|Netherlands|postcode"
            ),
            None,
            0.0,
            before=16,
            after=14,
        ),
        score=0.9,
        source="NEN 5825",
        digits=4,
    ),
    Pattern(
        "POSTAL_CODE",
        "postal.hyphenated",
        r"(?<![0-9A-Za-z])(?<![0-9][-.,/])(?:[0-9]{2}-[0-9]{3}|[0-9]{4}-[0-9]{3}|[0-9]{5}-[0-9]{3}|[0-9]{2}\.[0-9]{3}-[0-9]{3})(?![0-9A-Za-z])(?![-.,/][0-9])",
        context=Context(
            words(
                "cep|código postal|codigo postal|kod pocztowy|Warszawa|Kraków|Łódź|Wrocław|Poznań|Gdańsk|Szczecin|Lublin|Polska|Poland"
                "|Lisboa|Porto|Braga|Coimbra|Portugal|São|Rio|Brasil|Brazil|Belo Horizonte|Curitiba|Recife|Salvador"
            ),
            PHONE,
            0.0,
            before=24,
            after=16,
        ),
        score=0.9,
        source="UPU S42",
        digits=5,
    ),
    Pattern(
        "POSTAL_CODE",
        "postal.australia",
        r"(?<![A-Za-z])(?:NSW|VIC|QLD|TAS|ACT|(?<=, )(?:WA|SA|NT)|(?i:new south wales|victoria|queensland|tasmania)),? (?P<v>[0-9]{4})(?![0-9A-Za-z])",
        score=0.9,
        source="Australia Post",
        digits=4,
        trigger="(?:NSW|VIC|QLD|TAS|ACT|WA|SA|NT|(?i:wales|victoria|queensland|tasmania)),? +[0-9]",
    ),
    Pattern(
        "POSTAL_CODE",
        "postal.after_city",
        rf"(?<![A-Za-z])(?:in|near|from|to|at) (?!{_NOT_CITY})(?:[A-ZÀ-Þ][a-zà-ɏ'’-]{{3,24}}(?: [A-ZÀ-Þ]|(?: (?:de|do|da|am|an der|la))? [A-ZÀ-Þ][a-zà-ɏ'’-]{{2,24}}){{0,2}}) (?P<v>[0-9]{{4,5}}(?:-[0-9]{{3}})?)(?= in | and | or |[,.;!?]?$|[,;!?] |\. [A-Z])",
        accept=lambda surface: re.fullmatch("(?:1[89]|20)[0-9]{2}|[0-9]{1,2}000", surface) is None,
        score=0.5,
        source="UPU S42",
        digits=4,
        trigger="[a-zà-ɏ] [0-9][0-9][0-9][0-9]",
    ),
    Pattern(
        "POSTAL_CODE",
        "postal.before_region",
        r"(?<![0-9A-Za-z])(?<![0-9][.,])[0-9]{4}(?= (?:NSW|VIC|QLD|TAS|ACT)(?![A-Za-z]))",
        score=0.8,
        source="Australia Post",
        digits=4,
        trigger="[0-9] (?:NSW|VIC|QLD|TAS|ACT)",
    ),
    Pattern(
        "POSTAL_CODE",
        "postal.singapore",
        r"(?<![A-Za-z])(?i:singapore),? (?P<v>[0-9]{6})(?![0-9])",
        score=0.9,
        source="SingPost",
        digits=6,
        trigger="(?i:singapore)",
    ),
)
