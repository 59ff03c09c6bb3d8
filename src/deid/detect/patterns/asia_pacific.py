"""National identifiers of Asian and Pacific countries other than Japan."""

from deid.detect.checksums import (
    au_medicare,
    au_tfn,
    cn_resident_id,
    digits,
    hk_id,
    kr_rrn,
    kr_rrn_checked,
    sg_nric,
    tw_id,
    verhoeff,
)
from deid.detect.context import Context, words
from deid.detect.patterns.parts import DASH, LEFT, RIGHT, SERIAL_CUE
from deid.detect.patterns.pattern import Pattern

_AADHAAR = words("aadhaar|aadhar|adhaar|adhar|uidai|uid|आधार")

PATTERNS = (
    Pattern(
        "IN_AADHAAR",
        "in.aadhaar_grouped",
        rf"(?<![0-9A-Za-z])(?<![0-9][{DASH} ])[2-9][0-9]{{3}}[ {DASH}][0-9]{{4}}[ {DASH}][0-9]{{4}}(?![0-9A-Za-z])(?![ {DASH}][0-9])",
        accept=verhoeff,
        context=Context(_AADHAAR, SERIAL_CUE, 0.5),
        score=1.0,
        source="UIDAI",
        digits=12,
    ),
    Pattern(
        "IN_AADHAAR",
        "in.aadhaar_solid",
        rf"{LEFT}[2-9][0-9]{{11}}{RIGHT}",
        accept=verhoeff,
        context=Context(_AADHAAR, None, 0.0),
        score=1.0,
        source="UIDAI",
        digits=12,
    ),
    Pattern(
        "IN_PAN",
        "in.pan",
        rf"{LEFT}[A-Z]{{3}}[ABCFGHJLPT][A-Z][0-9]{{4}}[A-Z]{RIGHT}",
        score=0.9,
        source="Income-tax Rules 114",
        digits=4,
    ),
    Pattern(
        "KR_RRN",
        "kr.rrn",
        rf"(?<![0-9A-Za-z])(?<![0-9][{DASH}])[0-9]{{2}}[01][0-9][0-3][0-9] ?[{DASH}] ?[1-8][0-9]{{6}}(?![0-9A-Za-z])(?![{DASH}][0-9])",
        accept=kr_rrn,
        score=0.9,
        source="Resident Registration Act of Korea",
        digits=13,
    ),
    Pattern(
        "KR_RRN",
        "kr.rrn_solid",
        rf"{LEFT}[0-9]{{2}}[01][0-9][0-3][0-9][1-8][0-9]{{6}}{RIGHT}",
        accept=kr_rrn_checked,
        context=Context(words("주민|rrn|korean?|resident registration"), None, 0.0),
        score=1.0,
        source="Resident Registration Act of Korea",
        digits=13,
    ),
    Pattern(
        "CN_RESIDENT_ID",
        "cn.resident_id",
        rf"{LEFT}[1-9][0-9]{{5}}(?:18|19|20)[0-9]{{2}}[01][0-9][0-3][0-9][0-9]{{3}}[0-9Xx]{RIGHT}",
        accept=cn_resident_id,
        score=1.0,
        source="GB 11643-1999",
        digits=17,
    ),
    Pattern(
        "TW_ID",
        "tw.id",
        rf"{LEFT}[A-Z][1289A-D][0-9]{{8}}{RIGHT}",
        accept=lambda surface: surface[1].isdigit() and tw_id(surface),
        context=Context(
            words("身分證|身份證|統一編號|taiwan(?:ese)?|台湾|台灣|national id|居留證|arc"), SERIAL_CUE, 0.8
        ),
        score=1.0,
        source="Household Registration Act of Taiwan",
        digits=8,
    ),
    Pattern(
        "SG_NRIC",
        "sg.nric",
        rf"{LEFT}[STFGM][0-9]{{7}}[A-Z]{RIGHT}",
        accept=sg_nric,
        score=1.0,
        source="National Registration Act of Singapore",
        digits=7,
    ),
    Pattern(
        "AU_TFN",
        "au.tfn",
        r"(?<![0-9A-Za-z])(?<![0-9][ -])[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{3}(?![0-9A-Za-z])(?![ -][0-9])",
        accept=au_tfn,
        context=Context(words("tfn|tax file|ato"), None, 0.0, before=40),
        score=1.0,
        source="Taxation Administration Act of Australia",
        digits=9,
    ),
    Pattern(
        "AU_MEDICARE",
        "au.medicare",
        r"(?<![0-9A-Za-z])(?<![0-9][ -])[2-6][0-9]{3}[ -]?[0-9]{5}[ -]?[0-9](?:[ /-]?[1-9])?(?![0-9A-Za-z])(?![ -][0-9])",
        accept=lambda surface: len(digits(surface)) > 9 and au_medicare(surface),
        context=Context(words("medicare"), None, 0.0, before=40),
        score=1.0,
        source="Services Australia",
        digits=10,
    ),
    Pattern(
        "NATIONAL_ID",
        "hk.id",
        rf"{LEFT}[A-Z]{{1,2}}[0-9]{{6}}\([0-9A]\)",
        accept=hk_id,
        score=1.0,
        source="Registration of Persons Ordinance of Hong Kong",
        digits=6,
    ),
)
