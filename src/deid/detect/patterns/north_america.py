"""National identifiers of the United States, Canada and Mexico."""

from deid.detect.checksums import digits, luhn, us_itin, us_ssn, vehicle_id
from deid.detect.context import Context, words
from deid.detect.patterns.parts import DASH, DIGITS, LEFT, LINK, NOT_DIGIT_AFTER, RIGHT, SERIAL_CUE
from deid.detect.patterns.pattern import Pattern

_SSN_CUE = words("ssn|ss ?#|social(?: security)?|ソーシャルセキュリティ|社会保障番号|socsec|taxpayer|tax ?id")
_NINE = rf"(?<![0-9A-Za-z])(?<![0-9][{DASH}.])[0-9]{{3}}[{DASH}][0-9]{{2}}[{DASH}][0-9]{{4}}(?![0-9A-Za-z])(?![{DASH}][0-9])"

PATTERNS = (
    Pattern("US_SSN", "us.ssn", _NINE, accept=us_ssn, context=Context(_SSN_CUE, SERIAL_CUE, 0.9), score=1.0, source="20 CFR 422.103", needs=DIGITS),
    Pattern("US_SSN", "us.ssn_loose", rf"{LEFT}(?<![0-9][ .])[0-9]{{3}}[ .]?[0-9]{{2}}[ .]?[0-9]{{4}}{RIGHT}(?![ .][0-9])",
            accept=us_ssn, context=Context(_SSN_CUE, None, 0.0), score=0.9, source="20 CFR 422.103", needs=DIGITS),
    Pattern("US_SSN", "us.ssn_cued",
            rf"(?i:(?<![A-Za-z])(?:ssn|social(?: security)?(?: (?:number|no\.?|num|#))?)|社会保障番号){LINK}(?P<v>[0-9]{{3}} ?[{DASH} .]? ?[0-9]{{2}} ?[{DASH} .]? ?[0-9]{{4}}){NOT_DIGIT_AFTER}",
            score=0.9, source="20 CFR 422.103", needs=DIGITS),
    Pattern("US_SSN", "us.ssn_last_four",
            rf"(?i:(?:last (?:4|four)(?: digits?)? (?:of|on) (?:my |the |your )?(?:ssn|social(?: security)?(?: number)?))){LINK}(?P<v>[0-9]{{4}}){RIGHT}",
            score=0.7, source="20 CFR 422.103", needs=DIGITS),
    Pattern("US_ITIN", "us.itin", rf"(?<![0-9A-Za-z])(?<![0-9][{DASH}.])9[0-9]{{2}}[{DASH} ]?[0-9]{{2}}[{DASH} ]?[0-9]{{4}}(?![0-9A-Za-z])(?![{DASH}][0-9])",
            accept=lambda surface: us_itin(surface) and not surface.isdigit(), context=Context(words("itin|taxpayer|tax ?id|irs|ssn|social"), SERIAL_CUE, 0.8), score=1.0, source="IRS Publication 4757", needs=DIGITS),
    Pattern("US_ITIN", "us.itin_cued", rf"(?i:(?<![A-Za-z])(?:itin|individual taxpayer[a-z ]{{0,24}})(?: (?:number|no\.?|#))?){LINK}(?P<v>9[0-9]{{2}}[{DASH} ]?[0-9]{{2}}[{DASH} ]?[0-9]{{4}}){RIGHT}",
            score=0.9, source="IRS Publication 4757", needs=DIGITS),
    Pattern("DRIVER_LICENSE", "driver_license.cued",
            rf"(?i:(?<![A-Za-z])(?:driver'?s?'? ?licen[cs]e|driving licen[cs]e|licen[cs]e|dl)(?: (?:number|no\.?|num|#|id)|#)?){LINK}(?P<v>[A-Za-z]{{0,3}}[- ]?[0-9](?:[- ]?[0-9A-Za-z]){{4,15}}){RIGHT}",
            accept=lambda surface: len(digits(surface)) > 4, context=Context(words("driver'?s?|driving|dl|dmv|licen[cs]e (?:number|no|num)"), words("plate|mit|apache|software|key|product"), 0.0, before=36, after=4), score=0.8, source="AAMVA", needs=DIGITS),
    Pattern("DRIVER_LICENSE", "driver_license.uk", rf"{LEFT}[A-Z9]{{5}}[0-9][0156][0-9][0-3][0-9][0-9][A-Z9]{{2}}[0-9][A-Z]{{2}}{RIGHT}",
            score=1.0, source="DVLA", needs=DIGITS),
    Pattern("LICENSE_PLATE", "plate.cued",
            rf"(?i:(?<![A-Za-z])(?:licen[cs]e plate|number plate|plate(?: (?:number|no\.?|#))?|(?:car|vehicle)(?:'s)? reg(?:istration)?|reg(?:istration)? (?:number|no\.?|plate))|ナンバープレート|車のナンバー|ナンバー){LINK}(?P<v>[A-Za-z0-9]{{1,4}}[ -]?[A-Za-z0-9]{{2,5}}(?:[ -][A-Za-z0-9]{{1,4}})?){RIGHT}",
            accept=lambda surface: any(c.isdigit() for c in surface) and any(c.isupper() for c in surface), score=0.8, needs=DIGITS),
    Pattern("LICENSE_PLATE", "plate.uk", rf"{LEFT}[A-HJ-PR-Y]{{2}}[0-9]{{2}} ?[A-HJ-PR-Z]{{3}}{RIGHT}",
            context=Context(words("plates?|reg|registration|car|van|vehicle|drives?|driving|parked|my|dvla"), SERIAL_CUE, 0.0, before=30, after=16), score=0.7, source="DVLA", needs=DIGITS),
    Pattern("LICENSE_PLATE", "vehicle.vin", rf"{LEFT}[A-HJ-NPR-Z0-9]{{17}}{RIGHT}",
            accept=lambda surface: not surface.isdigit() and len(digits(surface)) > 3 and vehicle_id(surface), score=0.9, source="49 CFR 565", needs=DIGITS),
    Pattern("CA_SIN", "ca.sin", rf"(?<![0-9A-Za-z])(?<![0-9][{DASH}. ])[0-9]{{3}}[{DASH} ][0-9]{{3}}[{DASH} ][0-9]{{3}}(?![0-9A-Za-z])(?![{DASH} .][0-9])",
            accept=luhn, context=Context(words("sin|social insurance|nas|canad(?:a|ian)"), SERIAL_CUE, 0.4), score=1.0, source="Service Canada", needs=DIGITS),
    Pattern("CA_SIN", "ca.sin_cued", rf"(?:(?i:social insurance(?: (?:number|no\.?|#))?)|(?<![A-Za-z])SIN(?: (?:number|no\.?|#))?|(?<![A-Za-z])sin (?:number|no\.?|#)){LINK}(?P<v>[0-9]{{3}}[{DASH} ]?[0-9]{{3}}[{DASH} ]?[0-9]{{3}}){RIGHT}",
            score=0.8, source="Service Canada", needs=DIGITS),
    Pattern("NATIONAL_ID", "mx.curp", rf"{LEFT}[A-Z][AEIOUX][A-Z]{{2}}[0-9]{{2}}[01][0-9][0-3][0-9][HMX][A-Z]{{2}}[B-DF-HJ-NP-TV-Z]{{3}}[A-Z0-9][0-9]{{1}}{RIGHT}", score=1.0, source="RENAPO", needs=DIGITS),
    Pattern("NATIONAL_ID", "national_id.cued",
            rf"(?i:(?<![A-Za-z])(?:national (?:id|identity|identification)(?: card)?|identity card|id card|personal (?:id|identity|identification))(?: (?:number|no\.?|num|#))?|身分証(?:明書)?(?:番号)?|身份证号?码?){LINK}(?P<v>[A-Za-z0-9](?:[-. ]?[A-Za-z0-9]){{5,19}}){RIGHT}",
            accept=lambda surface: len(digits(surface)) > 4, score=0.8, needs=DIGITS),
)
