"""Telephone numbers: Japan's numbering plan, and the usual foreign forms."""

import re
from collections.abc import Callable

from deid.detect.checksums import digits
from deid.detect.context import Context, words
from deid.detect.patterns.parts import DASH, GAP, SERIAL_CUE
from deid.detect.patterns.pattern import Pattern

_SEP = rf"(?: ?[{DASH}./・_(),] ?| {{1,2}}|[)] ?[{DASH}]|の)"
_JOINT = rf"(?:{_SEP}[(]?|[(])"
# Not inside a longer number, a dotted or hyphenated code, or a word such as ORD-.
# A comma parts columns: only three digits after it may be the rest of an amount.
_LEFT = r"(?<![0-9])(?<![0-9][-./:])(?<![A-Za-z]-)"
_RIGHT = r"(?![0-9])(?![-./:][0-9]|,[0-9]{3}(?![0-9]))"
_SOLID_LEFT = r"(?<![0-9A-Za-z])(?<![-./:_+#=][0-9])(?<![0-9A-Za-z][-./:_+#=])"
_SOLID_RIGHT = r"(?![0-9A-Za-z])(?![-./:_][0-9]|,[0-9]{3}(?![0-9]))"
_EXT = r"(?:[,.]? ?-? ?(?:内線|ext\.?|extension|x|#) ?[0-9]{1,5})?"

_PHONE_CUE = words(
    "電話|でんわ|tel|telephone|(?:ph|f)one?s?|digits|cell(?:phone)?|mobile|landline|call ?back|hotline|携帯|ケータイ|けいたい|スマホ|連絡先|ショートメール"
    "|fax|ファックス|ファクス|call(?:ing)?|text(?:ing)?|reach|ring|dial|sms|whatsapp|contact|hotline|line me"
    "|bell on|buzz|rang|new number|save (?:it|my)|missed call|連絡は|発信元|着信|折り?返し|かけて|掛けて|直通|代表|内線|フリーダイヤル|固定|自宅|職場|実家|handy|número|téléphone|telefon(?:o|e)?|手机|电话"
)
_NEAR_CUE = words(
    "電話|でんわ|携帯|tel|telephone|phones?|cell(?:phone)?|mobile|fax|call|text|dial|sms|whatsapp|messages? (?:to|on)|registered"
    "|office|contact|my number|phone number|landline|get hold|signal|ring|reach|buzz|call(?:er|ing)?|cut off|連絡先"
)
_SPACED_CUE = re.compile(
    rf"{_PHONE_CUE.pattern}|(?<![a-z])(?:old one|new one|wait,?) it['’]?s(?![a-z])|old one,? (?:it['’]?s )?",
    _PHONE_CUE.flags,
)
_SOLID = Context(cue=_PHONE_CUE, veto=SERIAL_CUE, alone=0.7, before=20)
_USUAL = Context(cue=_PHONE_CUE, veto=SERIAL_CUE, alone=0.8, before=20)
_WEAK = Context(cue=_PHONE_CUE, veto=SERIAL_CUE, alone=0.5, before=20)
_CUED = Context(cue=_PHONE_CUE, veto=SERIAL_CUE, alone=0.0, before=24)


def _count(low: int, high: int) -> Callable[[str], bool]:
    return lambda surface: low <= len(digits(surface.lower().split("ext")[0].split("内線")[0])) <= high


# Country calling codes (ITU-T E.164, annex to Operational Bulletin 1114), as prefixes.
_COUNTRY = re.compile(
    "1|20|21[1-3689]|22|23|24|25[0-8]|26|27|29[0-9]|3[0123469]|35|37|38|4[013-9]|42[013]|5[1-8]|50|59|6[0-6]|67|68"
    "|69|7|8[1246]|85[02356]|88|9[0-58]|96|97|99"
)


_EXTENSION = re.compile("(?i:内線|ext|x|#)")


def _international(surface: str) -> bool:
    dialled = digits(_EXTENSION.split(surface, maxsplit=1)[0])
    number = dialled.removeprefix("00") if surface.startswith("00") else dialled
    solid = not re.search("[^0-9+]", surface.strip())
    return _COUNTRY.match(number) is not None and (9 if solid else 8) <= len(number) < 16


def _loose(surface: str) -> bool:
    """Refuse dates, prices and years among the loose forms that only a cue makes a number."""
    number = digits(surface)
    dated = re.fullmatch(
        r"(?:19|20)[0-9]{2}[-./ ]?[01]?[0-9][-./ ]?[0-3]?[0-9]|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4}",
        surface,
    )
    return 7 <= len(number) < 16 and dated is None


PATTERNS = (
    Pattern(
        "PHONE_NUMBER",
        "phone.jp_mobile",
        rf"{_LEFT}[(]?0[5-9]0(?:{_JOINT}?[0-9]){{8}}{_RIGHT}",
        accept=lambda s: not s.isdigit(),
        context=Context(_PHONE_CUE, SERIAL_CUE, 0.9, before=10),
        score=0.9,
        source="MIC numbering plan (060 from 2026)",
        digits=11,
    ),
    Pattern(
        "PHONE_NUMBER",
        "phone.jp_mobile_solid",
        rf"{_SOLID_LEFT}0[5-9]0[0-9]{{8}}(?![0-9])(?![-./:_][0-9]|,[0-9]{3}(?![0-9]))",
        context=_USUAL,
        score=0.9,
        source="MIC numbering plan",
        digits=11,
    ),
    Pattern(
        "PHONE_NUMBER",
        "phone.jp_landline",
        rf"{_LEFT}(?:[(]0[1-9][0-9]{{0,3}}[)] ?|0[1-9][0-9]{{0,3}}{_JOINT})[0-9]{{1,4}}{_SEP}[0-9]{{4}}{_RIGHT}{_EXT}",
        accept=_count(10, 10),
        context=_USUAL,
        score=0.9,
        source="MIC numbering plan",
        digits=7,
    ),
    Pattern(
        "PHONE_NUMBER",
        "phone.jp_dots",
        rf"{_LEFT}0[5-9]0[.]{{2,6}}[0-9]{{4}}[.]{{2,6}}[0-9]{{4}}{_RIGHT}",
        score=0.9,
        source="MIC numbering plan",
        digits=11,
    ),
    Pattern(
        "PHONE_NUMBER",
        "phone.jp_toll_free",
        rf"{_LEFT}0(?:120|570|990|180|170|800){_SEP}?[0-9]{{2,4}}{_SEP}?[0-9]{{2,4}}{_RIGHT}",
        accept=_count(10, 11),
        context=_USUAL,
        score=0.9,
        source="MIC numbering plan",
        digits=8,
    ),
    Pattern(
        "PHONE_NUMBER",
        "phone.jp_international",
        rf"{_LEFT}(?:\+ ?|00|010[- ]?|[(]\+)?81[)]?{_SEP}?(?:[(]0[)] ?|0)?[1-9](?:{_JOINT}?[0-9]){{8,9}}{_RIGHT}",
        accept=lambda s: not s[0].isdigit() or re.search("[^0-9]", s) is not None,
        context=Context(_PHONE_CUE, SERIAL_CUE, 0.9, before=10),
        score=0.9,
        source="ITU-T E.164",
        digits=11,
    ),
    Pattern(
        "PHONE_NUMBER",
        "phone.spaced_digits",
        r"(?<![0-9])(?<![0-9] )0(?:[ ・,、.-]{1,2}[0-9]){9,10}(?! ?[0-9])",
        score=0.9,
        digits=10,
    ),
    Pattern(
        "PHONE_NUMBER",
        "phone.north_america",
        rf"{_LEFT}(?:(?:\+|00)? ?1[ .-]{{0,2}})?(?:[(] ?[0-9]{{3}} ?[)] {{0,2}}[-.]?|[0-9]{{3}}[{DASH}./ ]{{1,2}})"
        rf"[0-9]{{3}} ?[{DASH}./ ] ?[0-9]{{4}}{_RIGHT}{_EXT}",
        accept=lambda surface: len(set(digits(surface))) > 1,
        context=_USUAL,
        score=0.9,
        source="NANP",
        digits=10,
    ),
    Pattern(
        "PHONE_NUMBER",
        "phone.ten_solid",
        rf"{_SOLID_LEFT}(?:1?[2-9][0-9]{{9}}|0[1-9][0-9]{{8,9}}){_SOLID_RIGHT}",
        context=_CUED,
        score=0.8,
        source="NANP, MIC numbering plan",
        digits=10,
    ),
    Pattern(
        "PHONE_NUMBER",
        "phone.vanity",
        rf"{_LEFT}(?:1[ .-])?8(?:00|88|77|66|55|44|33)[ .-][0-9A-Z]{{3,4}}-?[0-9A-Z]{{3,4}}(?![0-9A-Za-z])",
        context=_CUED,
        score=0.8,
        source="NANP",
        digits=3,
    ),
    Pattern(
        "PHONE_NUMBER",
        "phone.international",
        rf"(?<![0-9A-Za-z+])\+ ?[1-9](?:[ {DASH}.()/]{{0,3}}[0-9]){{6,14}}{_RIGHT}{_EXT}",
        accept=_international,
        context=Context(None, words("xp|points?|円|ドル|ポイント|%"), 0.9, before=0, after=6),
        score=0.9,
        source="ITU-T E.164",
        digits=7,
    ),
    Pattern(
        "PHONE_NUMBER",
        "phone.international_00",
        rf"{_LEFT}00[1-9][0-9]{{1,2}}(?:[ {DASH}./()]{{1,2}}[0-9]{{1,5}}){{2,6}}{_RIGHT}(?![A-Za-z])",
        accept=_international,
        context=_WEAK,
        score=0.9,
        source="ITU-T E.164",
        digits=6,
    ),
    Pattern(
        "PHONE_NUMBER",
        "phone.uk",
        rf"{_LEFT}(?:[(]0[1-9][0-9]{{1,4}}[)] ?|0(?:7[0-9]{{3}}|[1238][0-9]{{1,4}})[ -])[0-9]{{3,4}}(?:[ -]?[0-9]{{3,4}}){{1,2}}{_RIGHT}",
        accept=_count(10, 11),
        context=_USUAL,
        score=0.9,
        source="Ofcom numbering plan",
        digits=9,
    ),
    Pattern(
        "PHONE_NUMBER",
        "phone.uk_solid",
        rf"{_SOLID_LEFT}07[1-9][0-9]{{8}}{_SOLID_RIGHT}",
        context=_SOLID,
        score=0.9,
        source="Ofcom numbering plan",
        digits=11,
    ),
    Pattern(
        "PHONE_NUMBER",
        "phone.pairs",
        rf"{_LEFT}(?<![0-9] )0[1-9](?:[ .-][0-9]{{2}}){{4}}{_RIGHT}(?! [0-9]{{2}}(?![0-9]))",
        accept=lambda surface: surface[3:5] != "02",  # 01 02 03 04 05 is counting
        context=_WEAK,
        score=0.9,
        source="ARCEP numbering plan",
        digits=10,
    ),
    Pattern(
        "PHONE_NUMBER",
        "phone.east_asia",
        rf"{_LEFT}(?:1[3-9][0-9][ -][0-9]{{4}}[ -][0-9]{{4}}|01[016789][ -][0-9]{{3,4}}[ -][0-9]{{4}}|0[49][0-9]{{2}}[ -][0-9]{{3}}[ -][0-9]{{3}}){_RIGHT}",
        context=_USUAL,
        score=0.9,
        source="numbering plans of CN KR TW AU",
        digits=10,
    ),
    Pattern(
        "PHONE_NUMBER",
        "phone.east_asia_solid",
        rf"{_SOLID_LEFT}(?:1[3-9][0-9]{{9}}|01[016789][0-9]{{7,8}}|0[49][0-9]{{8}}){_SOLID_RIGHT}",
        context=_CUED,
        score=0.8,
        source="numbering plans of CN KR TW AU",
        digits=10,
    ),
    Pattern(
        "PHONE_NUMBER",
        "phone.area_in_brackets",
        rf"{_LEFT}[(]0?[1-9][0-9]{{0,3}}[)] ?[0-9]{{3,5}}[ {DASH}]?[0-9]{{3,4}}{_RIGHT}",
        accept=_count(9, 11),
        context=_USUAL,
        score=0.9,
        digits=7,
    ),
    Pattern(
        "PHONE_NUMBER",
        "phone.cued",
        r"(?i:電話番号?|でんわ|tel(?:ephone)?|携帯(?:番号|電話)?|ケータイ|連絡先|fax|(?:my|her|his|their|mobile|cell|phone|home|work|contact|whatsapp|office) (?:phone |cell |mobile )?(?:number|phone|cell|no\.?|#)|(?<![A-Za-z])(?:cell(?:phone)?|landline|call ?back|hotline|mob)(?![A-Za-z])|固定(?:電話)?|緊急連絡先"
        r"|(?<![A-Za-z])(?:handy(?:nummer)?|telefon(?:nummer|nr\.?|o|e)?|mobil(?:e|nummer)?|portable|(?:mijn|min|mein|meine|mi|mio|il mio|meu|mon) (?:[a-zà-ÿ]{2,8} )?(?:nummer|número|numero|numéro|tel|zap|cell?|cellulare|móvil|whats(?:app)?))(?![A-Za-z])|전화(?:번호)?|휴대폰|핸드폰|手机(?:号码?)?|手機(?:號碼?)?|电话(?:号码)?|電話號碼"
        rf"|連絡は|連絡先|発信元|発信者|折り?返し|着信|(?:call|text|reach|ring|dial|bell|buzz|rang|whatsapp|txt|msg|ph(?=[ :.]))(?: me| us| her| him)?(?: back)?(?: at| on)?|phone|mobile)(?: es el| es| ist| est le| est| è il| è| é o| é| is het)?{GAP}(?:の?番号)?{GAP}"
        rf"(?P<v>[+(]?[0-9](?:[ {DASH}.()/]{{0,3}}[0-9]){{6,14}}){_RIGHT}",
        accept=_loose,
        score=0.8,
        digits=7,
    ),
    Pattern(
        "PHONE_NUMBER",
        "phone.grouped_near_cue",
        rf"{_LEFT}[(]?[0-9]{{2,5}}[)]?(?:[ {DASH}./][0-9]{{1,4}}){{1,4}}{_RIGHT}",
        accept=lambda surface: _loose(surface) and len(digits(surface)) < 13,
        context=Context(_NEAR_CUE, SERIAL_CUE, 0.0, before=40, after=10),
        score=0.8,
        digits=7,
    ),
    Pattern(
        "PHONE_NUMBER",
        "phone.local_part",
        r"(?i:(?<![A-Za-z])(?:call|text|reach|ring|rang|dial|phone|tel)(?:ed|ing)?(?: me| us| her| him)?(?: back)?(?: at| on| from)?|電話番号?|内線|tel)"
        rf"{GAP}(?P<v>[0-9]{{3,4}}[{DASH}. ][0-9]{{4}}){_RIGHT}",
        score=0.7,
        digits=7,
    ),
    Pattern(
        "PHONE_NUMBER",
        "phone.spaced_near_cue",
        rf"(?<![0-9])(?<![0-9] )[+]?[0-9](?:[ ・,、.{DASH}]{{1,3}}[0-9]){{6,13}}(?! ?[0-9])",
        accept=lambda surface: digits(surface) not in "0123456789012",
        context=Context(_SPACED_CUE, None, 0.0, before=40),
        score=0.8,
        digits=7,
    ),
    Pattern(
        "PHONE_NUMBER",
        "phone.call_record",
        r"(?i:(?<![A-Za-z])(?:caller|callee|calling|called|msisdn|dialled|ani|dnis)(?:[_-]?(?:id|no|num|number|party))?)[\"']?[=:] ?[\"']?(?P<v>[+]?[0-9][0-9-]{7,17}[0-9])(?![0-9A-Za-z]|[-.][0-9])",
        accept=lambda surface: len(digits(surface)) > 8,
        score=0.9,
        source="ITU-T E.164, call detail records",
        digits=2,
        trigger="(?i:caller|callee|calling|called|msisdn|dialled|ani|dnis)",
    ),
)
