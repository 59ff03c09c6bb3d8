"""Numbers of records that somebody has: orders, bookings, claims, parcels, pupils, patients, accounts, members.

``accounts`` lists the full names of such numbers («customer number»). People leave the last word out, shorten the
first or say what is done with the record: «tenant T-20447 here», «rez R-20447», «please quote JH/20447/A». So a
thing that has records stands alone here, beside a value that is no count, no version and no word.
"""

import re

from deid.detect.checksums import digits
from deid.detect.context import Context, right_before
from deid.detect.patterns.parts import GAP, NOT_COUNTED, RIGHT, TAIL
from deid.detect.patterns.pattern import Pattern
from deid.detect.patterns.sayable import unsayable

_TRADE = (
    "orders?|purchase|po|delivery|parcel|shipment|shipping|consignment|con(?:signment)? note|way ?bill|air ?way ?bill|awb|hawb|tracking"
    "|dispatch|courier|invoice|inv|receipt|payment|transaction|txn|trans(?:fer)?|remittance|refund|rma|returns?"
    "|warranty|repair|job|work order|call-?out|quote|quotation|estimate|contract|agreement|loan|mortgage|finance|lease|subscription|utr|upi ref"
)
_TRAVEL = (
    "bookings?|reservation|reserv|resv?|rez|itinerary|confirmation|confirm|conf|cnf|pnr|locator|record locator|e-?ticket|boarding pass"
    "|tickets?|tkt|check-?in|hotel|hostel|airbnb|expedia|agoda|rail ?card|season ticket|photo ?card|oyster|suica|octopus|miles|avios|sky ?miles"
    "|frequent flyer|ffn|ff|krisflyer|bonvoy|hyatt|hilton honou?rs|world of hyatt|executive club|mileage ?plus|aadvantage|rapid rewards|voucher"
)
_OFFICE = (
    "case|cases|incident|claims?|complaints?|enquir(?:y|ies)|inquiry|quer(?:y|ies)|request|service request|sr|ticket|tkt|helpdesk|application|appln?"
    "|petition|docket|warrant|permit|visa|uscis|receipt notice|i-?94|sevis|alien|a-?number|uan|gwf|utr|unique tax(?:payer)? ref(?:erence)?|crn"
    "|council tax|tax ref(?:erence)?|vat|gst(?:in)?|abn|ein|paye|universal credit|student finance|reference|refs?|our ref|your ref|dossier|folio|planning"
)
_PERSONS = (
    "customer|cust|client|account|acct|acc|a/c|user|uid|player|guild|clan|alliance|summoner|member|membership|mem|subscriber|patient|pupil|student|stud"
    "|matric|roll|admission|adm(?:n)?|enrol?ment|exam(?: (?:reg|seat))?|candidate|cand|centre|seat|hall ticket|ucas|staff|employee|emp|payroll|personnel|worker"
    "|badge|tenant|tenancy|lessee|resident|donor|runner|bib|volunteer|borrower|library|gym|club|loyalty|rewards?|points[ _-](?:card|account|acct|number|no|id)|clubcard|nectar|flybuys|boots|tesco"
    "|payback|pass holder|policy|policies|pol|insurance|insured|bcbs|group|beneficiary|medicaid|hospital|hosp|mrn|chart|episode of care|prescription|rx"
    "|lab|specimen|accession|referral|asset(?: tag)?|bar(?= (?:number|no|id|reg))|(?:pet |micro)chip|[eg]hic|pcn|penalty charge(?: notice)?|registration(?: pin)?|nmc|gmc|npi|dbs|certificate|brokerage|folio|meter|mpan|mprn|mpr|nmi|vin|chassis|electric(?:ity)?|water board"
)
_COURIERS = (
    "royal mail|usps|ups|fed ?ex|dhl|dpd|hermes|evri|yodel|parcelforce|an post|auspost|australia post|canada post|singpost|yamato|sagawa|amazon|ebay|etsy"
    "|shein|temu|vinted|paypal|klarna|stripe|venmo"
)
_THING = (
    rf"(?<![A-Za-z0-9_/])(?:{_TRADE}|{_TRAVEL}|{_OFFICE}|{_PERSONS}|{_COURIERS})(?:['’]s)?(?![A-Za-z0-9])"
)
_ANY_THING = rf"(?i:(?:^|[^A-Za-z0-9_/])(?:{_TRADE}|{_TRAVEL}|{_OFFICE}|{_PERSONS}|{_COURIERS})(?:['’]s)?(?:[^A-Za-z0-9]|$))"
_CARD = "(?:[ _-](?:card|account|a/c|acct|pass))?"
_HEAD = r"(?:number|no\.?|num|nr\.?|id|i\.d\.|ref(?:erence)?\.?|code|#)"
_NO_NAME = "(?!(?:the|an?|this|that|any|which|what|one|my|your|his|her|our|their|every|each|of|is|and|or|in|no|to|by|from|with) )"
_NUMBERED_THING = (
    "(?!(?:phone|telephone|mobile|cell|tel|fax|contact|bug|process|thread|irc|channel|kernel|usb|pci|device|line|page|port|room|error|model|version|part"
    "|lego|house|exit|atomic|gate|platform|bus|train|table|figure|question|episode|issue|pull|p?id|release|commit|revision|item|serial|e|pubchem|street|block"
    "|article|catalog(?:ue)?|cat|stock|sku|isbn|issn|asin|upc|ean|gtin|barcode|bar|cas|ec|ncbi|gene|pdb|doi|arxiv|patent|drawing|lot|batch|asteroid|planet|star|mass|prime"
    "|lucky|magic|random|plate|pantone|colou?r|ral|hex|map|seed|game|edition|opus|hymn|recipe|pattern|winning|draw|raffle|lottery|jersey|shirt|squad|car|loco|engine|tail|hull"
    "|flight|service|route|paint|ink|toner|battery|bulb|fuse|cheat|dress|grid|coach|carriage|wagon|unit|stop|runway|frequency|station|class|section|form|regulation|act|bill|law|clause|un|iso|din|rule|node|object|message|msg"
    "|sic|naics|nominal|cpt|icd|commodity|call|tweet|video|song|track|product|type|row|column|hash|test|example|area|zip|post|postal|country|status|source|queue|total|max|min|big|small|first|last|next|same|wrong|right) )"
)
_ANY_HEAD = r"(?i:(?:^|[^A-Za-z])(?:no|number|num|nr|id|i\.d\.|ref|reference|re|code)[ .:=#]|#[ :=#])"
_DONE = (
    r"quot(?:e|ing)|pull(?:ed)? up|look(?:ed|ing)? (?:up|into)|check(?:ed|ing)? (?:on|in with|in under|job|case)|opened|rais(?:e|ed)|logged|under|filed"
    r"|chas(?:e|ing)|cancel(?:led)?|tracking|renew(?:ed)?|rebook(?:ed)?|regarding|w\.?r\.?t\.?|status of|update on|news on|full thing|gave (?:me|us|u|you) (?:is|was)"
    r"|(?:barcode|card|membership)[a-z ]{0,24} (?:reads?|says?)"
)


_NAMED = Context(
    right_before(
        rf"{_THING}{_CARD}(?:[ _-]?{_HEAD})?{GAP}#?|(?<![A-Za-z])re[: ]{{1,2}}#?"
        rf"|(?<![A-Za-z0-9]){_NO_NAME}{_NUMBERED_THING}[A-Za-z][A-Za-z'’-]{{1,15}}[ _-]{_HEAD} #?"
        rf"|(?:\A|\n)[ \t|>*-]{{0,4}}{_HEAD} ?[:=] ?#?"
    ),
    before=48,
    after=0,
)
_NUMBERED = Context(
    right_before(
        rf"(?:{_THING}{_CARD}[ _-]?|(?<![A-Za-z0-9]){_NO_NAME}{_NUMBERED_THING}[A-Za-z][A-Za-z'’-]{{1,15}}[ _-]){_HEAD}(?: is| was)?[ :=#]{{1,3}}"
    ),
    before=40,
    after=0,
)
_HANDLED = Context(
    right_before(
        rf"(?<![A-Za-z])(?:{_DONE})(?: (?:it|this|that|as|my|the|is|on|for|in|with|under|me|us|case|number|ref|job|order)){{0,2}} ?[:#]? ?#?"
    ),
    before=40,
    after=0,
)
_NAMED_AFTER = Context(re.compile(rf"\A{TAIL}(?i:{_THING})", re.ASCII), before=0, after=48)

# Capitals and digits, in parts or whole; digits alone, in groups or whole; small letters and digits.
_MIXED = r"(?=[A-Z_/-]{0,8}[0-9])(?=[0-9_/-]{0,18}[A-Z])[A-Z0-9]{1,20}(?:_?[-/]?[A-Z0-9]{1,12}){0,4}"
_NUMBER = r"[0-9]{6,24}|[0-9]{2,6}(?:[ ./-][0-9]{2,6}){1,4}"
_SMALL = (
    r"(?=[a-z/_-]{0,8}[0-9])(?=[0-9/_-]{0,18}[a-z])[a-z]{1,5}[-_/]?[0-9]{4,12}(?:[-_/]?[a-z0-9]{1,6}){0,2}"
)
# The same with a blank behind the letters, which may be a word as well.
_SPACED = (
    r"(?!(?:BE|AS|S|SO|DNI|SAY|IS|MY|ME|HI|IT|WAS|ARE|AND|OR|THE|I|NI|NHS|NINO|CPF|SSN|PAN|DL|SIN|TFN|BSN|DNI|NIE|NIF|IC|ID|NO|NR|UTR|UID|CVV|CVC|PIN|OTP|TEL|ZIP|ISBN|RFC|ISO|KB|USD|EUR|GBP|JPY|RS|INR|SW|LCD|PC|DDR) )[A-Z]{1,4} [0-9]{3,12}(?: [0-9]{2,5}){0,3}(?: ?[A-Z](?![a-z]))?"
    r"|(?!(?:be|as|s|d|i|so|it|say|are|now|is|to|in|at|no|nr|on|of|for|was|my|id|by|the|and|or|num|ni|nhs|cpf|ssn|pan|dl|sin|tfn|bsn|dni|nie|nif|ic|tel|zip|pin|otp|rs|cc|sc|ac|acc) )[a-z]{1,3}(?:[ -][0-9]{2,5}){2,4}"
)
_SHOUTED = frozenset(
    "NUMBER PLEASE STATUS CHANGE CANCEL ONLINE FLIGHT TICKET HOTELS TRAVEL SYSTEM OPTION OPTIONS POLICY FAILED UPDATE AGENTS PERIOD MONDAY FRIDAY SUNDAY WINDOW SCREEN DIALOG SERVER CONFIG".split()
)
_WORD_ENDS = re.compile("(?:ED|ER|ING|LY|ES|ON|AL|EN|ST|AY|LE)$")
_LEFT = r"(?<![0-9A-Za-z@_])(?<![0-9A-Za-z][/.:-])"
_END = r"(?![0-9A-Za-z@_]|[-/.:][0-9A-Za-z])"
_FILED = r"(?=[A-Z]{1,4}[-/]?[0-9]|[0-9A-Z]{1,8}/)[A-Z0-9]{1,12}(?:[-/][A-Z0-9]{1,12}){0,4}|[0-9]{3,5}(?:[.-][0-9]{3,5}){1,3}"

_NO_RECORD = re.compile(
    r"(?:CVE|RFC|ISO|KB|PEP|USN|ORA|LP|BUG|GPL|UTF|SHA|MD|DDR|PCI|USB|RTL|BCM|GF|GTX|RTX|CE|SEC|NGC|PC|TN|CPU|SQL)[- ]?[0-9].*"
    r"|[A-Z]{1,3}-?[0-9]{3,4}[A-Z]{1,2}[0-9]|(?:19|20)[0-9]{2} ?[-–/] ?(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}[-./ ][0-9]{1,2}(?:[-./ ][0-9]{1,4})?|[0-9]{1,2}[-./ ][0-9]{1,2}[-./ ](?:19|20)?[0-9]{2}|[0-9]{1,3}(?:\.[0-9]{1,3}){3}"
    r"|[0-9]{1,5}(?:EU|UK|US|USD|EUR|GBP|JPY|AUD|CAD|CHF|INR)|[0-9]+(?:[./][0-9]{1,3}){1,2}|[0-9]{1,3}[-/ ][0-9]{1,3}|[0-9]{3} [0-9]\..*|[0-9]+\.[0-9]+(?:\.[0-9]+)?[- ].*|[1-9][0-9]?0{4,}|0[xX].*|(?:[0-9]{1,3}[ .]){1,3}000|[A-Z]{1,2}[0-9]{1,2}|[0-9]{1,5}[A-Z]"
)


def _is_record(surface: str) -> bool:
    """Refuse dates, addresses of the net, versions, prices and standards; ask for three digits beside letters, else six."""
    number = digits(surface)
    letters = sum(char.isalpha() for char in surface)
    parted = re.search("[A-Z][0-9]+[A-Z]+[0-9]|[0-9][A-Z]+[0-9]+[A-Z]", surface) is not None
    few = (len(number) > 2 or (parted and letters > 3)) and letters > 0 and len(number) + letters > 4
    return (few or len(number) > 5) and _NO_RECORD.fullmatch(surface) is None


def _is_filed(surface: str) -> bool:
    return len(digits(surface)) > 4 and _is_record(surface)


def _is_locator(surface: str) -> bool:
    """Accept letters and digits, capitals but the words of forms, and small letters that nobody could say."""
    if not surface.isalpha() and "\n" not in surface:
        return not surface.isdigit()
    if surface.islower():
        return unsayable(surface)
    return unsayable(surface.lower()) or (surface not in _SHOUTED and _WORD_ENDS.search(surface) is None)


def _is_no_year(surface: str) -> bool:
    return re.fullmatch("(?:19|20)[0-9]{2}|[1-9]0+", surface) is None


PATTERNS = (
    Pattern(
        "ACCOUNT_ID",
        "record.named",
        rf"{_LEFT}(?=[A-Za-z_/-]{{0,8}}+[0-9])(?:{_MIXED}|{_NUMBER}|{_SMALL}){_END}{NOT_COUNTED}",
        accept=_is_record,
        context=_NAMED,
        score=0.7,
        digits=3,
        trigger=f"{_ANY_THING}|{_ANY_HEAD}",
    ),
    Pattern(
        "ACCOUNT_ID",
        "record.spaced",
        rf"{_LEFT}(?:{_SPACED}){_END}{NOT_COUNTED}",
        accept=_is_record,
        context=_NAMED,
        score=0.7,
        digits=5,
        trigger=f"{_ANY_THING}|{_ANY_HEAD}",
    ),
    Pattern(
        "ACCOUNT_ID",
        "record.numbered",
        rf"{_LEFT}[0-9]{{4,5}}{_END}{NOT_COUNTED}",
        accept=_is_no_year,
        context=_NUMBERED,
        score=0.7,
        digits=4,
        trigger=_ANY_HEAD,
    ),
    Pattern(
        "ACCOUNT_ID",
        "record.before_name",
        rf"{_LEFT}(?:{_MIXED}|{_NUMBER}){_END}",
        accept=_is_filed,
        context=_NAMED_AFTER,
        score=0.7,
        digits=5,
        trigger=_ANY_THING,
    ),
    Pattern(
        "ACCOUNT_ID",
        "record.handled",
        rf"{_LEFT}(?:{_FILED}){_END}",
        accept=_is_filed,
        context=_HANDLED,
        score=0.7,
        digits=5,
        trigger=rf"(?i:(?:^|[^A-Za-z])(?:{_DONE})[^A-Za-z])",
    ),
    Pattern(
        "ACCOUNT_ID",
        "record.locator",
        r"(?<![A-Za-z0-9_])(?:(?:[Mm]y |[Tt]he |[Oo]ur )?[Bb]ooking|[Rr]eservation|[Rr]ecord [Ll]ocator|[Ll]ocator|(?:[Ff]light |[Bb]ooking |[Hh]otel )?[Cc]onf(?:irmation)?|pnr|PNR|[Cc]heck(?:ed|ing)?[ -]?in(?: online)?(?: w/| with))"
        r"(?: (?:ref(?:erence)?|code|no\.?|number|num|is|was|locator|id)|['’]s|[:=#]){0,3} {1,2}(?P<v>(?:(?=[A-Z]{0,5}[0-9])[A-Z0-9]{6}|[A-Z]{6}|[a-z]{6}|[A-Z]{3}\n[A-Z]{3}|(?=[A-Za-z]{0,5}[0-9])[a-z0-9]{6})(?![0-9A-Za-z]|[-.'’][0-9A-Za-z]))",
        accept=_is_locator,
        score=0.7,
        source="IATA Resolution 830d, record locators of six signs",
        trigger="(?i:booking|reservation|locator|conf(?:irmation)?|pnr|check(?:ed|ing)?[ -]?in)[ '’:=#]",
    ),
    Pattern(
        "ACCOUNT_ID",
        "record.issued",
        rf"(?<![0-9A-Za-z])(?:JJ?D0[0-9]{{15,18}}|H0[0-9A-Z]{{14}}|9[2-5][0-9]{{20}}|GWF[0-9]{{9}}|(?:WAC|EAC|LIN|SRC|MSC|IOE)[0-9]{{10}}){RIGHT}",
        score=0.8,
        source="Royal Mail and DHL, Evri, USPS publication 97, UK Visas and Immigration, USCIS",
        digits=1,
    ),
)
