"""Values that are all a message says: their form and check digit are enough where no other word stands.

«401 023 2137» in a sentence may count anything; as a whole message it answers a question. One digit in ten
passes a check digit by chance, so these forms are read nowhere else without their name.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from deid.detect.checksums import (
    aba_routing,
    au_medicare,
    au_tfn,
    de_tax_id,
    digits,
    es_nif,
    kr_rrn,
    luhn,
    nl_bsn,
    pl_pesel,
    uk_nhs,
    uk_nino,
    us_itin,
    us_ssn,
    verhoeff,
)
from deid.detect.checksums_world import (
    au_business,
    au_company,
    de_health,
    it_business,
    kr_business,
    kr_driver,
    pl_born,
    se_born,
    sg_entity,
    th_citizen,
    tr_citizen,
    travel_document,
    uk_driver,
    uk_plate,
    us_provider,
    za_citizen,
)


@dataclass(frozen=True, slots=True)
class Alone:
    """A form that is a whole message.

    label  : one of ``deid.labels.LABELS``.
    regex  : for all of the normalised message, without the marks round it.
    accept : takes the same; None accepts.
    source : standard or office the form is taken from.
    """

    label: str
    regex: re.Pattern[str] = field(repr=False)
    accept: Callable[[str], bool] | None
    source: str


def _of(label: str, regex: str, accept: Callable[[str], bool] | None, source: str) -> Alone:
    return Alone(label, re.compile(regex, re.ASCII), accept, source)


_DAY = re.compile("[0-3]?[0-9]([./-])[0-3]?[0-9]\\1(?:[0-9]{2}){1,2}|0[.][0-9]+")


def _dialled(surface: str) -> bool:
    """Accept the digits of a telephone number with its trunk prefix, and no date or fraction."""
    return 7 <= len(digits(surface)) <= 12 and _DAY.fullmatch(surface) is None


def _pesel(surface: str) -> bool:
    return pl_pesel(surface) and pl_born(surface)


_TEN = "[0-9]{3}([ -]?)[0-9]{3}\\1[0-9]{4}"

# What chance makes least comes first: two check digits, or one and a day; then telephone numbers; then the rest.
FORMS = (
    _of("NATIONAL_ID", "[1-9][0-9]{10}", tr_citizen, "Act 5490 of Turkey"),
    _of("NATIONAL_ID", "[1-9][0-9]{10}", au_business, "Australian Business Register"),
    _of("NATIONAL_ID", "[0-9]{11}", _pesel, "PESEL Act"),
    _of("NATIONAL_ID", "[0-9]{6} ?[0-9]{4} ?[012][89][0-9]", za_citizen, "Identification Act 68 of 1997"),
    _of("NATIONAL_ID", "[0-9]{6}[-+]?[0-9]{4}", se_born, "Skatteverket"),
    _of("PHONE_NUMBER", "1?[2-9][0-9]{2}[2-9][0-9]{6}|0[1-9][0-9]{8,9}|1[3-9][0-9]{9}", None, "NANP, numbering plans of JP, UK and CN"),
    _of("PHONE_NUMBER", "[1-9][0-9]{0,2}[ -][2-9][0-9]{2}-[2-9][0-9]{2}-[0-9]{4}", None, "ITU-T E.164"),
    _of("KR_RRN", "[0-9]{2}[01][0-9][0-3][0-9][1-8][0-9]{6}", kr_rrn, "Resident Registration Act of Korea"),
    _of("NATIONAL_ID", "[1-8][0-9]{12}|[1-8]-[0-9]{4}-[0-9]{5}-[0-9]{2}-[0-9]", th_citizen, "Department of Provincial Administration"),
    _of("US_ITIN", "9[0-9]{8}", us_itin, "IRS Publication 4757"),
    _of("BANK_ACCOUNT", "[0-3][0-9]{8}|[0-3][0-9]{3}-[0-9]{4}-[0-9]", aba_routing, "ABA key to routing numbers"),
    _of("CA_SIN", "[1-79][0-9]{8}", luhn, "Service Canada"),
    _of("AU_TFN", "[0-9]{3} ?[0-9]{3} ?[0-9]{3}", au_tfn, "ATO"),
    _of("NATIONAL_ID", "[0-9]{3} [0-9]{3} [0-9]{3}|0[0-9]{8}", au_company, "ASIC"),
    _of("NL_BSN", "[0-9]{9}", nl_bsn, "BSN 11-proof"),
    _of("US_SSN", "[0-9]{3}([ .])[0-9]{2}\\1[0-9]{4}|(?!123456789|987654321)[0-9]{9}", us_ssn, "20 CFR 422.103"),
    _of("UK_NHS", _TEN, uk_nhs, "NHS Data Dictionary"),
    _of("NATIONAL_ID", "[12][0-9]{3}([ -]?)[0-9]{3}\\1[0-9]{3}", us_provider, "45 CFR 162.406"),
    _of("AU_MEDICARE", "[2-6][0-9]{3} ?[0-9]{5} ?[0-9]", au_medicare, "Services Australia"),
    _of("NATIONAL_ID", "[1-9][0-9]{2}(-?)[0-9]{2}\\1[0-9]{5}", kr_business, "National Tax Service of Korea"),
    _of("DE_TAX_ID", "[1-9][0-9]{10}", de_tax_id, "AO 139b"),
    _of("NATIONAL_ID", "[0-9]{11}", it_business, "DPR 633/1972"),
    _of("IN_AADHAAR", "[2-9][0-9]{3}([ :-]?)[0-9]{4}\\1[0-9]{4}", verhoeff, "UIDAI"),
    _of("DRIVER_LICENSE", "[12][0-9]([ -]?)[0-9]{2}\\1[0-9]{6}\\1[0-9]{2}", kr_driver, "Road Traffic Act of Korea"),
    _of("NATIONAL_ID", "[0-9]{3}-[0-9]{3}-[0-9]{3}(?:-[0-9]{3})?", None, "Bureau of Internal Revenue of the Philippines"),
    _of("PHONE_NUMBER", "0[0-9](?:[0-9]|[ ().,/-]{1,2}(?=[0-9])){5,15}(?: ?(?:x|ext[.]?) ?[0-9]{1,5})?", _dialled, "ITU-T E.123, national notation"),
    _of("PHONE_NUMBER", "[2-9][0-9]{3} [0-9]{4}|[5-9][0-9]{2} [0-9]{3} [0-9]{3}|[2-9][0-9] [0-9]{3} [0-9]{2} ?[0-9]{2}|[2-9][0-9](?: [0-9]{2}){3}", None, "ITU-T E.123, plans without a trunk prefix"),
    _of("CREDIT_CARD", "1[0-9]{14}", luhn, "UATP"),
    _of("NATIONAL_ID", "[0-9]{2,3}/[0-9]{3,4}/[0-9]{4,5}", None, "AO, tax offices' numbers"),
    _of("UK_NINO", "(?i:[a-ceghj-prtw-z][a-ceghj-nprtw-z]( ?)[0-9]{2}\\1[0-9]{2}\\1[0-9]{2}\\1[a-d])", uk_nino, "HMRC NIM39110"),
    _of("DRIVER_LICENSE", "(?i:[a-z9]{5}[0-9]{6}[a-z9]{2}[0-9][a-z]{2})", uk_driver, "DVLA"),
    _of("LICENSE_PLATE", "(?i:[a-hj-pr-y]{2}[0-9]{2}[ -]?[a-hj-pr-z]{3})", uk_plate, "DVLA INF104"),
    _of("LICENSE_PLATE", "(?!JIS |ISO |DIN )[A-ZÄÖÜ]{1,3}[ -][A-Z]{1,2}[ -]?[0-9]{2,4}[EH]?", None, "FZV section 8"),
    _of("POSTAL_CODE", "(?:[A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-Z]?|GIR ?0AA) ?[0-9][ABD-HJLNP-UW-Z]{2}", None, "Royal Mail PAF"),
    _of("NATIONAL_ID", "(?i:[1-9][ac-hjkmnp-rt-y][0-9ac-hjkmnp-rt-y][0-9][ac-hjkmnp-rt-y][0-9ac-hjkmnp-rt-y][0-9][ac-hjkmnp-rt-y]{2}[0-9]{2})", None, "CMS"),
    _of("NATIONAL_ID", "[A-Z]{3}[0-9]{7}", None, "Election Commission of India"),
    _of("PASSPORT", "[A-PR-WYZ][1-9][0-9]{6}|T[0-9]{8}|[A-Z]{3}[0-9]{6}|[DMS][0-9]{3}[A-Z][0-9]{4}", None, "passport offices of IN, ES and KR; German identity cards before 2010"),
    _of("NATIONAL_ID", "(?i:[a-z])[0-9]{9}", de_health, "SGB V section 290"),
    _of("NATIONAL_ID", "[CFGHJKLMNPRTVWXYZ][0-9CFGHJKLMNPRTVWXYZ]{7}[0-9]", travel_document, "PAuswG, PassG; ICAO Doc 9303"),
    _of("ES_NIF", "[0-9]{7}-?[A-HJ-NP-TV-Z]", lambda surface: es_nif("0" + surface), "Real Decreto 1553/2005"),
    _of("NATIONAL_ID", "[0-9]{8,9}[A-Z]|[RST][0-9]{2}[A-Z]{2}[0-9]{4}[A-Z]", sg_entity, "ACRA"),
    _of("DRIVER_LICENSE", "[A-Z]{2}[0-9]{7}[A-Z]|U1[0-9A-Z]{7}[A-Z]|[A-Z][0-9]{8}", None, "Ministero dei trasporti; AAMVA"),
)  # fmt: skip
