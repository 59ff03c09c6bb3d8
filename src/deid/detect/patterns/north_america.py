"""National identifiers of the United States, Canada and Mexico."""

import re

from deid.detect.checksums import digits, luhn, us_itin, us_ssn, vehicle_id
from deid.detect.checksums_world import uk_driver
from deid.detect.context import Context, words
from deid.detect.patterns.parts import DASH, GAP, LEFT, NEAR, RIGHT, SERIAL_CUE, TAIL
from deid.detect.patterns.pattern import Pattern

_SSN_CUE = words(
    "ssn|ss ?#|social(?: security)?(?! insurance)|ソーシャルセキュリティ|社会保障番号|socsec|taxpayer|tax ?id"
)
_NINE = rf"(?<![0-9A-Za-z])(?<![0-9][{DASH}.])[0-9]{{3}}[{DASH}][0-9]{{2}}[{DASH}][0-9]{{4}}(?![0-9A-Za-z])(?![{DASH}][0-9])"

PATTERNS = (
    Pattern(
        "US_SSN",
        "us.ssn",
        _NINE,
        accept=us_ssn,
        context=Context(_SSN_CUE, SERIAL_CUE, 0.9),
        score=1.0,
        source="20 CFR 422.103",
        digits=9,
    ),
    Pattern(
        "US_SSN",
        "us.ssn_loose",
        rf"{LEFT}(?<![0-9][ .])[0-9]{{3}}[ .]?[0-9]{{2}}[ .]?[0-9]{{4}}{RIGHT}(?![ .][0-9])",
        accept=us_ssn,
        context=Context(_SSN_CUE, None, 0.0),
        score=0.9,
        source="20 CFR 422.103",
        digits=9,
    ),
    Pattern(
        "US_SSN",
        "us.ssn_spaced",
        rf"(?<![0-9])(?<![0-9] )[0-9](?:[ {DASH}][0-9]){{8}}(?![ {DASH}]?[0-9])",
        context=Context(_SSN_CUE, None, 0.0, before=40),
        score=0.9,
        source="20 CFR 422.103",
        digits=9,
    ),
    Pattern(
        "US_SSN",
        "us.ssn_last_four",
        rf"(?i:(?:last (?:4|four)(?: digits?)? (?:of|on) (?:my |the |your )?(?:ssn|social(?: security)?(?: number)?))){GAP}(?P<v>[0-9]{{4}}){RIGHT}",
        score=0.7,
        source="20 CFR 422.103",
        digits=4,
    ),
    Pattern(
        "US_ITIN",
        "us.itin",
        rf"(?<![0-9A-Za-z])(?<![0-9][{DASH}. ])9[0-9]{{2}}(?:[{DASH}][0-9]{{2}}[{DASH}]?|[0-9]{{2}}[{DASH}]| [0-9]{{2}} )[0-9]{{4}}(?![0-9A-Za-z])(?![{DASH} ][0-9])",
        accept=us_itin,
        context=Context(words("itin|taxpayer|tax ?id|irs|ssn|social"), SERIAL_CUE, 0.8),
        score=1.0,
        source="IRS Publication 4757",
        digits=9,
    ),
    Pattern(
        "DRIVER_LICENSE",
        "driver_license.cued",
        rf"(?i:(?<![A-Za-z])(?:driver['’]?s?['’]? ?lic(?:en[cs]e)?|driving licen[cs]e|licen[cs]e|d\.?/?l\.?|dmv|führerschein(?: ?nr\.?)?|permis de conduire|rijbewijs(?:nummer)?|carnet de conducir)(?: (?:number|no\.?|num|#|id)|#)?)(?:{GAP}|{NEAR})(?P<v>[A-Z9]{{5}} [0-9]{{6}} [A-Z0-9]{{5}}|[A-Za-z]{{0,3}}[- ]?[0-9](?:(?:-| (?=[0-9]))?[0-9A-Za-z]){{4,17}}|[A-Za-z]{{5}}[0-9](?:-?[0-9A-Za-z]){{4,14}}){RIGHT}",
        accept=lambda surface: len(digits(surface)) > 4,
        context=Context(
            words(
                "driver['’]?s?|driving|dl|d/l|points|dmv|licen[cs]e (?:number|no|num|#)|führerschein|permis de conduire|rijbewijs|patente|carnet de conducir"
            ),
            words("plate|mit|apache|software|key|product"),
            0.0,
            before=48,
            after=4,
        ),
        score=0.8,
        source="AAMVA",
        digits=5,
    ),
    Pattern(
        "DRIVER_LICENSE",
        "driver_license.before_cue",
        rf"(?<![0-9A-Za-z-])(?P<v>[A-Za-z]{{0,5}}-?[0-9](?:-?[0-9A-Za-z]){{4,17}}){TAIL}(?i:driver['’]?s?['’]? ?licen[cs]e|driving licen[cs]e|licen[cs]e (?:number|no)|(?<![A-Za-z])dl(?![a-z]))",
        accept=lambda surface: len(digits(surface)) > 4,
        score=0.8,
        source="AAMVA",
        digits=5,
        trigger=r"(?i:driver['’]?s?['’]? ?licen[cs]e|driving licen[cs]e|licen[cs]e (?:number|no)|dl)",
    ),
    Pattern(
        "DRIVER_LICENSE",
        "driver_license.uk",
        rf"{LEFT}[A-Z9]{{5}} ?[0-9][0156][0-9][0-3][0-9][0-9] ?[A-Z9]{{2}}[0-9][A-Z]{{2}}{RIGHT}",
        accept=uk_driver,
        score=1.0,
        source="DVLA",
        digits=7,
    ),
    Pattern(
        "LICENSE_PLATE",
        "plate.cued",
        rf"(?i:(?<![A-Za-z])(?:licen[cs]e plate|number plate|registration plate|(?:licen[cs]e |car |vehicle )?tag (?:number|no\.?|#)|plate(?: (?:number|no\.?|#))?|(?:car|vehicle)(?:'s)? reg(?:istration)?|reg(?:istration)? (?:number|no\.?|plate))|(?<![A-Za-z])(?:rego|kennzeichen|plaque(?: d['’]immatriculation)?|immatriculation|matr[ií]cula|targa|kenteken|placa|plaka)(?![a-z])|차량 ?번호|车牌号?|車牌號?|ナンバープレート|車のナンバー|ナンバー){GAP}(?P<v>[0-9]{{2,3}}[가-힣] ?[0-9]{{4}}|[A-Za-z0-9]{{1,4}}[ -]?[A-Za-z0-9]{{1,5}}(?:[ -][A-Za-z0-9]{{1,4}})?){RIGHT}",
        accept=lambda surface: (
            len(surface) > 4
            and any(c.isdigit() for c in surface)
            and re.search("(?:^|[ -])[a-z]{2,}[ -]", surface) is None
            and (
                any(c.isupper() or c >= "가" for c in surface)
                or re.fullmatch("[0-9][a-z]{3}[0-9]{3}|[a-z]{2,3}[0-9]{2,4}[a-z]{0,3}", surface) is not None
            )
        ),
        score=0.8,
        digits=1,
    ),
    Pattern(
        "LICENSE_PLATE",
        "plate.before_cue",
        rf"(?<![0-9A-Za-z-])(?P<v>[A-Z0-9]{{1,4}}[ -]?[A-Z0-9]{{1,5}}(?:[ -][A-Z0-9]{{1,4}})?){TAIL}(?i:licen[cs]e plate|(?:number |registration )?plate|(?:car|vehicle) reg|tag number)",
        accept=lambda surface: (
            len(surface) > 4 and len(digits(surface)) > 1 and re.search("[A-Z]", surface) is not None
        ),
        score=0.8,
        trigger="(?i:plate|car reg|vehicle reg|tag number)",
    ),
    Pattern(
        "LICENSE_PLATE",
        "plate.near_cue",
        rf"{LEFT}(?:[A-Z]{{2}}[0-9]{{2}}[ -]?[A-Z]{{3}}|[A-Z][0-9]{{1,3}} ?[A-Z]{{3}}|[0-9][A-Z]{{3}}[0-9]{{3}}|[A-Z]{{3}}[- ]?[0-9]{{3,4}}|S[A-Z]{{2}}[- ]?[0-9]{{1,4}}[- ]?[A-Z]){RIGHT}",
        context=Context(
            words(
                "licen[cs]e plates?|number plates?|plates?(?: (?:no|number))?|reg(?: (?:no|number))?|registration|parking|parked|park|car|van|suv|hit and run|ナンバー"
            ),
            None,
            0.0,
            before=40,
        ),
        score=0.8,
        digits=1,
    ),
    Pattern(
        "LICENSE_PLATE",
        "plate.uk",
        rf"{LEFT}[A-HJ-PR-Y]{{2}}[0-9]{{2}}[ -]?[A-HJ-PR-Z]{{3}}{RIGHT}",
        context=Context(
            words("plates?|reg|registration|cars?|vans?|vehicles?|drives?|driving|parked|my|dvla"),
            SERIAL_CUE,
            0.0,
            before=30,
            after=16,
        ),
        score=0.7,
        source="DVLA",
        digits=2,
    ),
    Pattern(
        "LICENSE_PLATE",
        "vehicle.vin",
        rf"{LEFT}[A-HJ-NPR-Z0-9]{{17}}{RIGHT}",
        accept=lambda surface: not surface.isdigit() and len(digits(surface)) > 3 and vehicle_id(surface),
        score=0.9,
        source="49 CFR 565",
        digits=4,
    ),
    Pattern(
        "CA_SIN",
        "ca.sin",
        rf"(?<![0-9A-Za-z])(?<![0-9][{DASH}. ])[0-9]{{3}}[{DASH} ][0-9]{{3}}[{DASH} ][0-9]{{3}}(?![0-9A-Za-z])(?![{DASH} .][0-9])",
        accept=luhn,
        context=Context(words("sin|social insurance|nas|canad(?:a|ian)"), SERIAL_CUE, 0.4),
        score=1.0,
        source="Service Canada",
        digits=9,
    ),
    Pattern(
        "NATIONAL_ID",
        "mx.curp",
        rf"{LEFT}[A-Z][AEIOUX][A-Z]{{2}}[0-9]{{2}}[01][0-9][0-3][0-9][HMX][A-Z]{{2}}[B-DF-HJ-NP-TV-Z]{{3}}[A-Z0-9][0-9]{{1}}{RIGHT}",
        score=1.0,
        source="RENAPO",
        digits=7,
    ),
    Pattern(
        "NATIONAL_ID",
        "national_id.before_cue",
        rf"(?<![0-9A-Za-z-])(?P<v>[A-Za-z0-9](?:-?[A-Za-z0-9]){{5,19}}){TAIL}(?i:national (?:id|identity|identification)|identity card|id card|身分証|身份证)",
        accept=lambda surface: len(digits(surface)) > 4,
        score=0.8,
        digits=5,
        trigger="(?i:national (?:id|identity|identification)|identity card|id card|身分証|身份证)",
    ),
    Pattern(
        "NATIONAL_ID",
        "national_id.cued",
        rf"(?i:(?<![A-Za-z])(?:national (?:id|identity|identification)(?: card)?|identity card|id card|personal (?:identity|identification|id))(?![a-z])(?: (?:number|no\.?|num|#))?|身分証(?:明書)?(?:番号)?|身份证号?码?){GAP}(?P<v>(?=[A-Za-z]{{0,3}}[-. ]?[0-9])[A-Za-z0-9](?:[-. ]?[A-Za-z0-9]){{5,19}}){RIGHT}",
        accept=lambda surface: len(digits(surface)) > 4,
        score=0.8,
        digits=5,
    ),
    Pattern(
        "NATIONAL_ID",
        "us.ein",
        rf"(?:(?<![A-Za-z])EIN|(?i:employer identification(?: number)?|federal tax id)){GAP}(?P<v>[0-9]{{2}}-?[0-9]{{7}}){RIGHT}",
        score=0.8,
        source="IRS",
        digits=9,
    ),
    Pattern(
        "LICENSE_PLATE",
        "plate.india",
        rf"{LEFT}(?:AN|AP|AR|AS|BR|CG|CH|DD|DL|GA|GJ|HP|HR|JH|JK|KA|KL|LA|LD|MH|ML|MN|MP|MZ|NL|OD|PB|PY|RJ|SK|TN|TR|TS|UK|UP|WB)[ -]?[0-9]{{1,2}}[ -]?[A-Z]{{1,3}}[ -]?[0-9]{{4}}{RIGHT}",
        score=0.8,
        source="Central Motor Vehicles Rules 50",
        digits=5,
    ),
    Pattern(
        "LICENSE_PLATE",
        "plate.china",
        r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][ ·・-]?(?=[A-Z]{0,5}[0-9])[A-HJ-NP-Z0-9]{5,6}(?![0-9A-Za-z])",
        score=0.9,
        source="GA 36",
        digits=1,
        trigger="[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z]",
    ),
)
