"""National numbers whose written form, with its check, needs no name beside it."""

import re

from deid.detect.checksums_world import (
    au_business,
    de_pension,
    fi_hetu,
    kr_driver,
    se_born,
    uk_plate,
)
from deid.detect.context import Context, words
from deid.detect.patterns.parts import DASH, LEFT, RIGHT, SERIAL_CUE
from deid.detect.patterns.pattern import Pattern
from deid.detect.patterns.sayable import unsayable

_OPEN = "(?<![0-9A-Z])"  # «my code is030594W903B»: a word may run into a number
_MEDICARE = "[AC-HJKMNP-RT-Y]"
_OF_PARTS = words(
    "parts?(?: (?:no|number))?|order|invoice|serial|tracking|ref|reference|batch|lot|ticket|build|version|model|sku|type|firmware|chip|socket|postcode|code|voucher|coupon|room|flight|isbn|route|resistor|relay|sensor|filter|board"
)
"""What else has a plate's form, beside what has a serial number's."""


def _is_small_plate(surface: str) -> bool:
    """Accept small letters where the last three are no word: «de56 clr», and not «by12 the»."""
    if surface[-3:] in {"usb", "mhz", "ghz", "rpm", "mph", "kph", "pcs", "gbp", "aud", "cad", "php"}:
        return False
    return uk_plate(surface) and (
        " " not in surface or unsayable(surface[-3:]) or re.search("[aeiou]", surface[-3:]) is None
    )


PATTERNS = (
    Pattern(
        "NATIONAL_ID",
        "fi.hetu",
        rf"{_OPEN}[0-3][0-9][01][0-9]{{3}}[-+A-FU-Y][0-9]{{3}}[0-9A-FHJ-NPR-Y]{RIGHT}",
        accept=fi_hetu,
        score=0.9,
        source="DVV, government decree 330/2022",
        digits=9,
    ),
    Pattern(
        "NATIONAL_ID",
        "se.personnummer_century",
        rf"{_OPEN}(?:18|19|20)[0-9]{{2}}[01][0-9][0-9]{{2}}-?[0-9]{{4}}{RIGHT}",
        accept=se_born,
        context=Context(None, SERIAL_CUE, 0.5),
        score=0.5,
        source="Skatteverket",
        digits=12,
    ),
    Pattern(
        "NATIONAL_ID",
        "de.pension",
        rf"{LEFT}[0-9]{{2}} ?[0-8][0-9][01][0-9]{{3}} ?[A-Z] ?[0-9]{{3}}{RIGHT}",
        accept=de_pension,
        score=0.9,
        source="SGB VI section 147, VKVV section 4",
        digits=11,
    ),
    Pattern(
        "NATIONAL_ID",
        "us.medicare_grouped",
        rf"(?i:{LEFT}[1-9]{_MEDICARE}(?:{_MEDICARE}|[0-9])[0-9]-{_MEDICARE}(?:{_MEDICARE}|[0-9])[0-9]-{_MEDICARE}{{2}}[0-9]{{2}}{RIGHT})",
        score=0.9,
        source="CMS, Medicare Beneficiary Identifier",
        digits=5,
    ),
    Pattern(
        "NATIONAL_ID",
        "in.business",
        rf"{LEFT}(?:0[1-9]|[12][0-9]|3[0-7])[A-Z]{{5}}[0-9]{{4}}[A-Z][1-9A-Z]Z[0-9A-Z]{RIGHT}",
        score=0.9,
        source="GST Act 2017; holds the owner's PAN",
        digits=6,
    ),
    Pattern(
        "NATIONAL_ID",
        "au.business_grouped",
        r"(?<![0-9A-Za-z])(?<![0-9][ -])[1-9][0-9] [0-9]{3} [0-9]{3} [0-9]{3}(?![0-9A-Za-z])(?![ -][0-9])",
        accept=au_business,
        score=0.8,
        source="Australian Business Register",
        digits=11,
    ),
    Pattern(
        "DRIVER_LICENSE",
        "kr.driver",
        rf"(?<![0-9A-Za-z])(?<![0-9][{DASH}])[12][0-9]-[0-9]{{2}}-[0-9]{{6}}-[0-9]{{2}}(?![0-9A-Za-z])(?![{DASH}][0-9])",
        accept=kr_driver,
        context=Context(None, SERIAL_CUE, 0.8),
        score=0.8,
        source="Road Traffic Act enforcement rules of Korea",
        digits=12,
    ),
    Pattern(
        "LICENSE_PLATE",
        "plate.uk_form",
        rf"{LEFT}[A-HJ-PR-Y]{{2}}[0-9]{{2}}[ -]?[A-HJ-PR-Z]{{3}}{RIGHT}",
        accept=lambda surface: uk_plate(surface) and surface[:4] != "AB12",  # as notices show one
        context=Context(None, _OF_PARTS, 0.7),
        score=0.7,
        source="DVLA INF104",
        digits=2,
    ),
    Pattern(
        "LICENSE_PLATE",
        "plate.uk_form_small",
        rf"{LEFT}[a-hj-pr-y]{{2}}[0-9]{{2}} ?[a-hj-pr-z]{{3}}{RIGHT}",
        accept=_is_small_plate,
        context=Context(None, _OF_PARTS, 0.7),
        score=0.7,
        source="DVLA INF104",
        digits=2,
    ),
    Pattern(
        "LICENSE_PLATE",
        "plate.fr_form",
        rf"{LEFT}[A-Z]{{2}}-[0-9]{{3}}-[A-Z]{{2}}{RIGHT}",
        context=Context(None, _OF_PARTS, 0.7),
        score=0.7,
        source="Arrêté du 9 février 2009",
        digits=3,
        trigger="[A-Z][A-Z]-[0-9][0-9][0-9]-[A-Z][A-Z]",
    ),
    Pattern(
        "LICENSE_PLATE",
        "plate.in_form",
        rf"{LEFT}(?:(?:MH|KA|DL|TN|GJ|HR|RJ|KL|WB|AP|TS|PB|MP|CH|OD|JH|UK|UP|HP|GA)[ -]?[0-9]{{1,2}}[ -]?[A-Z]{{1,3}}[ -]?[0-9]{{4}}|(?:mh|ka|dl|tn|gj|hr|rj|kl|wb)[ -]?[0-9]{{2}}[ -]?[a-z]{{1,2}}[ -]?[0-9]{{4}}){RIGHT}",
        accept=lambda surface: re.search("[0-9] ?(?:am|pm|th|AM|PM) ?[0-9]", surface) is None,
        context=Context(None, _OF_PARTS, 0.7),
        score=0.7,
        source="Central Motor Vehicles Rules of India, rule 50",
        digits=5,
    ),
    Pattern(
        "DRIVER_LICENSE",
        "driver_license.us_grouped",
        rf"{LEFT}[A-Za-z][0-9]{{3}}-(?:[0-9]{{3}}-[0-9]{{2}}-[0-9]{{3}}-[0-9]|[0-9]{{4}}-[0-9]{{4}}(?:-[0-9]{{2}})?){RIGHT}",
        context=Context(None, SERIAL_CUE, 0.7),
        score=0.7,
        source="AAMVA; Florida, Illinois, Wisconsin",
        digits=11,
    ),
    Pattern(
        "SG_NRIC",
        "sg.nric_form",
        rf"{LEFT}[STFGM][0-9]{{7}}[A-Z]{RIGHT}",
        context=Context(None, SERIAL_CUE, 0.7),
        score=0.7,
        source="National Registration Act of Singapore",
        digits=7,
    ),
    Pattern(
        "IT_FISCAL_CODE",
        "it.fiscal_code_form",
        rf"{LEFT}[A-Z]{{6}}[0-9]{{2}}[ABCDEHLMPRST][0-7][0-9][A-Z][0-9]{{3}}[A-Z]{RIGHT}",
        score=0.8,
        source="DM 23 December 1976",
        digits=7,
    ),
)
