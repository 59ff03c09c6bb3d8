"""Numbers that could be anything, beside a word of the life they come from.

«library says i owe on 0038638694», «movers from 26611-1938», «HMU 503-555-010-6», «pls pay 02904572 natwest»: no
cue of ``records``, ``postal``, ``phone`` or ``bank`` stands right before them. Their length and their groups leave
few readings, and a word of offices, places, calls or banks in the same sentence leaves one.
"""

import re

from deid.detect.checksums import digits
from deid.detect.context import Context, words
from deid.detect.patterns.parts import NOT_COUNTED
from deid.detect.patterns.pattern import Pattern

_LEFT = "(?<![0-9A-Za-z_@#$£€¥+])(?<![0-9A-Za-z][.:/,=-])(?<![0-9] )"
_RIGHT = "(?![0-9A-Za-z_@%])(?![-.:/,=][0-9A-Za-z])(?! [0-9])"

# Desks, counters, wards, depots and what they keep on somebody.
_DESKS = words(
    "bump|chas(?:e|ing)|escalated?|cancel|still says|orders?|order nos?|parcel|shipment|waybill|tracking|stuff|refunds?|returns?|invoices?|receipt|warranty|lookup|repair|loan|lease|contract|quote|booking|bookings|reservation|ticket|tickets|case|claims?|claimant|adjuster|complaint|docket"
    "|files?|report|crime|court|clerk|application|visa|biometrics|permit|customs|containers?|trailer|bay|bol|manifest|pallets?|account|acct|accounts|holder|customer|client|member|members|membership|subscriber|patient|patients|pt|ward|mri|x-?ray|bloods|obs|chart"
    "|discharge[d]?|allergic|appointment|pupil|student|staff|employee|payroll|badge|driver|drivers|logged off|tenant|tenancy|library|card|gym|turnstile|locker|registry|loyalty|insurance|policy|vet|microchip|scheme|eori|utr|owe|owes|owed|direct debit"
    "|reading|tag|key ?fob|rental|hire|energy|broadband|bus pass|donor|volunteer|lodged|filed|ref|reference|its the order"
)
_RECORD = (
    rf"{_LEFT}(?=[#A-Za-z /-]{{0,9}}+[0-9])(?:[A-Z]{{1,4}}[-/]?[0-9]{{5,14}}(?:-[0-9]{{1,4}})?|[A-Z]{{1,4}}(?:[0-9]{{1,4}}|-[0-9]{{2,6}})(?:(?: - |[-/ ]\n?|\n)[0-9]{{2,6}}){{1,3}}|[A-Z]{{2}}(?: [0-9]{{3}}){{2}} [0-9]{{2}}|[a-z]{{1,3}}-?[0-9]{{7,12}}|[a-z]{{1,3}}[0-9]{{0,3}}(?:-[0-9]{{3,6}}){{1,2}}"
    rf"|[0-9]{{7,20}}|[0-9]{{4,5}}(?: - |[- \n/])[0-9]{{3,6}}(?:[- ] ?[0-9]{{1,2}})?|[0-9]{{2}}/[0-9 \n]{{6,9}}|(?:[A-Z] {{1,2}}){{0,3}}[0-9](?: {{1,2}}[0-9]){{6,11}}|#[0-9]{{3}}[- ][0-9]{{4}}[- ][0-9]){_RIGHT}{NOT_COUNTED}"
)
_NO_RECORD = re.compile(
    r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])|(?:19|20)[0-9]{2}[-/ ][01]?[0-9](?:[-/ ].*)?|(?:19|20)[0-9]{2} ?[-/–] ?(?:19|20)[0-9]{2}|1[0-9]{9}|[1-9][0-9]?0{5,}|0[xX].*|KB[- ]?[0-9]{5,7}|(?:CVE|RFC|ISO|BUG|LP|USN)[- ]?[0-9].*|(1048576|2097152|4194304|16777216|4294967296|12345678)"
)

# Where a post code serves: a delivery, a quote, the weather.
_PLACES = words(
    "avs|billing|map|sat ?nav|quote|end of town|town|downtown|polling|catchment|ulez|flood|notary|movers?|moving|drivers?|miles of|mi of|tax in|sales tax|comcast|internet|broadband|fibre|ship|ships|shipping|deliver|delivers|delivery"
    "|couriers?|weather|stores?|nearest|rates|checkout|rides?|riders|come out|live|lives|living|work|cover|covers|covering|coverage|white van|near|parking|w3w|plumbers?|rent|rents|house|homes|pharmacy|vote|school|tow|pickup|drop ?off|bus stand|post ?code|zip|based|located|local"
)
_BY_PLACE = Context(_PLACES, None, 0.0, before=40, after=32)
_ZIP = r"(?<![A-Za-z])(?i:in|near|around|to|from|by|of|for|covering|cover|enter|just|we are|avs|is|so)[:,]? (?P<v>[0-9]{5}(?:[- ]?[0-9]{4})?|[0-9](?: [0-9]){4}(?:(?: [0-9]){4})?|[1-8][0-9]{2}[- ]?[0-9]{3})"
_ZIP_END = (
    r"(?![0-9A-Za-z%]|[-.,:/][0-9]| [0-9])(?! (?!(?:shows|is|was|says|this|plus|unless|as|across|does)(?![a-z]))[A-Za-z]{2,14}s(?![A-Za-z]))"
    + NOT_COUNTED
)
_UK_AREA = "[A-PR-UWYZ]"
_UK_SPACED = rf"(?<![0-9A-Za-z])(?<![^0-9A-Za-z][A-Za-z0-9] )(?<![^0-9A-Za-z][A-Za-z0-9]  )(?:{_UK_AREA}(?: {{1,2}}[A-HK-Y])?(?: {{1,2}}[0-9]){{2,3}}(?: {{1,2}}[ABD-HJLNP-UW-Z]){{2}})(?![0-9A-Za-z]| {{1,2}}[0-9A-Za-z](?![0-9A-Za-z]))"
_LOWER_CODES = r"(?<![0-9A-Za-z_/.-])(?i:[a-pr-uwyz][a-hk-y]?[0-9][0-9a-z]? ?[0-9][abd-hjlnp-uw-z]{2}|[abceghj-nprstvxy][0-9][abceghj-nprstv-z][ -]?[0-9][abceghj-nprstv-z][0-9])(?![0-9A-Za-z_/-]|[.][0-9A-Za-z])"
_CITY = (
    "(?i:new york|brooklyn|los angeles|chicago|houston|phoenix|philadelphia|san (?:antonio|diego|jose|francisco)|dallas|austin|seattle|denver|boston|detroit|nashville|memphis|portland|las vegas|baltimore|milwaukee|albuquerque|tucson|fresno"
    "|sacramento|atlanta|miami|omaha|oakland|minneapolis|tampa|cleveland|honolulu|orlando|st[.]? louis|pittsburgh|cincinnati|raleigh|mumbai|new delhi|delhi|bengaluru|bangalore|hyderabad|chennai|kolkata|pune|ahmedabad|jaipur|lucknow|noida|gurgaon|kochi)"
)
_UK_SOLID = r"(?<![0-9A-Za-z_/.-])(?:[A-PR-UWYZ][A-HK-Y][0-9]{2,3}[ABD-HJLNP-UW-Z]{2}|[BEGLMNSW][0-9]{2,3}[ABD-HJLNP-UW-Z]{2})(?![0-9A-Za-z_/-]|[.][0-9A-Za-z])"

# On the phone.
_CALLS = words(
    "phones?|voice ?mail|hmu|hit me up|no reply|saved you|country code|fax|ring|rings|rang|call|calls|called|calling|caller|text|texts|texted|sms|whats ?app|dial|landline|mobile|cell|reach|sim|im on|i['’]?m on|her|him|him:|bell|buzz|contact|out of hours|daytime"
    "|for nights|nights|urgent|emergency|crisis|helpline|answer(?:s|ing)?|ride|pick(?: me)? up|courier|undelivered|delivered|number|not the office|the office"
)
_DIALLED = (
    r"(?<![0-9A-Za-z_@#$£€¥+])(?<![0-9A-Za-z][.:/,=-])(?<![0-9] )(?:0[1-9][0-9]{8,9}|[2-9][0-9]{2}[2-9][0-9]{6}|0[1-9][0-9]{1,3}(?:(?: / |[./\n])[0-9]{3,4}){2}|[2-9][0-9]{2}[- ][2-9][0-9]{2}[- ][0-9]{3}[- ][0-9]"
    r"|[0-9]{2}(?: [0-9]{2}){4}(?: [0-9])?|[2-9](?: [0-9]){9}|0[0-9]{2}\n[0-9]{4} [0-9]{4}|0[0-9]{3} [0-9]{3}\n[0-9]{3})(?![0-9A-Za-z_@%])(?![-.:/,=][0-9])(?! [0-9])"
)

# At the bank.
_BANKS = words(
    "natwest|barclays|hsbc|lloyds|santander|monzo|starling|halifax|nationwide|revolut|tsb|rbs|metro bank|co-?op bank|sort ?codes?|sc|s/c|bsb|chase|wells fargo|standing order|direct deposit|bacs|chaps|faster payments?|payee|wages|rent to|pay in(?:to)?|hdfc|icici|sbi|ocbc|dbs|commbank|westpac|anz"
)
_HELD = rf"(?<![0-9A-Za-z_@#$£€¥+])(?<![0-9A-Za-z][.:/,=-])(?:(?<![0-9] )|(?<=[0-9][0-9]-[0-9][0-9]-[0-9][0-9] ))(?:[0-9]{{8}}|[0-9]{{4}}(?: ?/ ?|[ .\n-])[0-9]{{4}}|[0-9]{{3}}[ -][0-9]{{3}}[ -][0-9]{{2,3}}|[0-9](?: {{1,2}}[0-9]){{7}}|[0-9]{{5}}(?: ?/ ?|[- ])[0-9]{{5}}|[0-9]{{12}}){_RIGHT}{NOT_COUNTED}"


def _is_record(surface: str) -> bool:
    return len(digits(surface)) > 5 and len(set(surface)) > 3 and _NO_RECORD.fullmatch(surface) is None


def _is_no_round(surface: str) -> bool:
    return not surface.endswith("000") and len(set(surface)) > 2


def _is_account(surface: str) -> bool:
    return re.fullmatch("(?:19|20)[0-9]{6}|[1-9]0+", surface) is None


PATTERNS = (
    Pattern(
        "ACCOUNT_ID",
        "beside.record",
        _RECORD,
        accept=_is_record,
        context=Context(_DESKS, None, 0.0, before=48, after=28),
        score=0.5,
        digits=6,
    ),
    Pattern(
        "POSTAL_CODE",
        "beside.zip",
        _ZIP + _ZIP_END,
        accept=_is_no_round,
        context=_BY_PLACE,
        score=0.5,
        source="USPS publication 28, India Post",
        digits=5,
    ),
    Pattern(
        "POSTAL_CODE",
        "beside.uk_spaced",
        _UK_SPACED,
        score=0.7,
        source="BS 7666",
        digits=2,
        trigger="[0-9] {1,2}[A-Z] {1,2}[A-Z]",
    ),
    Pattern(
        "POSTAL_CODE",
        "beside.uk_solid",
        _UK_SOLID,
        context=_BY_PLACE,
        score=0.5,
        source="BS 7666",
        digits=2,
    ),
    Pattern(
        "POSTAL_CODE",
        "beside.lower_code",
        _LOWER_CODES,
        context=_BY_PLACE,
        score=0.5,
        source="BS 7666, Canada Post",
        digits=2,
    ),
    Pattern(
        "POSTAL_CODE",
        "beside.city",
        rf"(?<![A-Za-z]){_CITY}(?:,| -)? {{1,2}}(?P<v>[0-9]{{5}}(?:-?[0-9]{{4}})?|[1-8][0-9]{{2}}[ -]?[0-9]{{3}})(?![0-9A-Za-z%]|[-.,:/][0-9])"
        + NOT_COUNTED,
        accept=_is_no_round,
        score=0.7,
        source="USPS publication 28, India Post",
        digits=5,
        trigger=rf"{_CITY}(?:,| -)? +[0-9]",
    ),
    Pattern(
        "PHONE_NUMBER",
        "beside.phone",
        _DIALLED,
        context=Context(_CALLS, None, 0.0, before=48, after=40),
        score=0.5,
        source="ITU-T E.123, NANP, Ofcom and ACMA numbering plans",
        digits=9,
    ),
    Pattern(
        "BANK_ACCOUNT",
        "beside.bank",
        _HELD,
        accept=_is_account,
        context=Context(_BANKS, None, 0.0, before=40, after=24),
        score=0.7,
        source="Pay.UK, APCA",
        digits=8,
    ),
)
