"""Payment cards and international account numbers."""

from deid.detect.checksums import digits, iban, luhn, payment_card
from deid.detect.context import Context, words
from deid.detect.patterns.parts import DASH, GAP, LEFT, NOT_COUNTED, RIGHT, SERIAL_CUE, TAIL
from deid.detect.patterns.pattern import Pattern

_CARD_CUE = words(
    "カード|クレカ|クレジット|デビット|cards?|visa|master(?:card)?|amex|jcb|diners|discover|credit|debit|pan|cc|payment|支払|決済"
)
_CARD = Context(cue=_CARD_CUE, veto=SERIAL_CUE, alone=1.0, before=24, after=16)
_EXPIRES_CUE = words(
    "cards?|visa|master(?:card)?|amex|jcb|debit|credit|cvv2?|cvc2?|cvn|security code|カード|クレカ|セキュリティ"
)
_CARD_EDGE = r"(?<![0-9A-Za-z+])(?<![0-9][.-])"  # behind a + stands a telephone's country

PATTERNS = (
    Pattern(
        "CREDIT_CARD",
        "card.solid",
        rf"{_CARD_EDGE}[0-9]{{12,19}}(?![0-9])(?![.-][0-9])",
        accept=payment_card,
        context=_CARD,
        score=1.0,
        source="ISO/IEC 7812-1",
        digits=12,
    ),
    Pattern(
        "CREDIT_CARD",
        "card.grouped",
        rf"{_CARD_EDGE}(?:[0-9]{{4}}(?:(?: ?[{DASH}./ ,、の_・] ?| {{2,3}})[0-9]{{4}}){{3}}(?:[{DASH} ][0-9]{{1,3}}(?![0-9/]))?|[0-9]{{4}}(?: ?[{DASH}./_・] ?| {{1,3}})[0-9]{{6}}(?: ?[{DASH}./_・] ?| {{1,3}})[0-9]{{4,5}}"
        rf"|[0-9]{{6}}[{DASH} ][0-9]{{10,13}}|[0-9]{{8}}[{DASH} ][0-9]{{8}}|[0-9]{{4}}[{DASH} ][0-9]{{12}})(?![0-9])",
        accept=payment_card,
        context=_CARD,
        score=1.0,
        source="ISO/IEC 7812-1",
        digits=14,
    ),
    Pattern(
        "CREDIT_CARD",
        "card.spaced",
        rf"(?<![0-9])(?<![0-9] )[0-9](?:[ {DASH}][0-9]){{11,18}}+(?![ {DASH}]?[0-9])",
        accept=payment_card,
        score=1.0,
        source="ISO/IEC 7812-1",
        digits=12,
    ),
    Pattern(
        "CREDIT_CARD",
        "card.irregular",
        rf"{_CARD_EDGE}[0-9]{{2,8}}(?: ?[{DASH} ] ?[0-9]{{2,8}}){{1,6}}(?![0-9])",
        accept=lambda surface: 12 < len(digits(surface)) < 20 and payment_card(surface),
        context=Context(_CARD_CUE, SERIAL_CUE, 0.5),
        score=1.0,
        source="ISO/IEC 7812-1",
        digits=13,
    ),
    Pattern(
        "CREDIT_CARD",
        "card.luhn_near_cue",
        rf"{_CARD_EDGE}[0-9]{{12,19}}(?![0-9])(?![.-][0-9])",
        accept=luhn,
        context=Context(_CARD_CUE, None, 0.0, before=24, after=12),
        score=0.9,
        source="ISO/IEC 7812-1",
        digits=12,
    ),
    Pattern(
        "CREDIT_CARD",
        "card.cued",
        rf"(?i:(?:クレジット|クレ|デビット)カード(?:の?番号)?|クレカ(?:の?番号)?|カード(?:の)?番号|银行卡号?|信用卡号?|cart[aã]o(?: de cr[eé]dito)?|tarjeta(?: de cr[eé]dito)?|carte (?:bancaire|bleue|de cr[eé]dit)|kreditkarte(?:nnummer)?|carta di credito|(?:credit|debit|bank|visa|master|amex)? ?card(?: (?:number|no\.?|num|#))|visa|mastercard|amex|jcb)"
        rf"{GAP}(?P<v>[0-9](?:[ {DASH}]?[0-9]){{12,18}})(?![0-9])",
        score=0.7,
        source="ISO/IEC 7812-1",
        digits=13,
    ),
    Pattern(
        "CREDIT_CARD",
        "card.last_four",
        r"(?i:(?:下|末尾|最後の|後ろ)4(?:桁|けた|文字)|last (?:4|four)(?: digits?)?|(?:card|visa|mastercard|amex|account)[a-z ]{0,16} ending (?:in|with)|[*xX•●]{4}[ -]?(?:[*xX•●]{4}[ -]?){0,3})"
        rf"{GAP}(?P<v>[0-9]{{4}}){RIGHT}{NOT_COUNTED}",
        score=0.7,
        source="PCI DSS 3",
        digits=4,
    ),
    Pattern(
        "CARD_SECURITY_CODE",
        "card.security_code",
        r"(?i:(?<![A-Za-z])(?:cvv2?|cvc2?|cvn|csc|(?<!pubchem )cid|sec(?:urity|\.)? code|card (?:security|verification)(?: (?:code|value|number))?|security code|(?:by|near|on|under) the signature(?: strip)?|signature strip|back of (?:the|my|your|his|her) card|security digits|(?<=[0-9]{2}/[0-9]{2} )sec|(?:three|3|four|4)[ -]digits(?= ?[?:]))|セキュリティ ?(?:ー)?(?:コード|番号)|裏(?:面)?の?(?:[34]桁|三桁|番号|数字)|署名欄|カードの(?:裏|うら)|裏面コード|表の4桁|セキュコ|(?:(?:three|3|four|4)(?:[ -]digits?)?(?: code| number)?|code|number|digits) on (?:the )?(?:back|reverse))"
        rf"(?:{GAP}|[^0-9\n]{{0,24}}?(?<![A-Za-z0-9]))(?P<v>[0-9]{{3,4}}){RIGHT}{NOT_COUNTED}",
        score=0.9,
        source="PCI DSS 3",
        digits=3,
    ),
    Pattern(
        "CARD_SECURITY_CODE",
        "card.security_code_before_cue",
        rf"(?<![0-9A-Za-z-])(?<![0-9A-Za-z][.:])(?<!(?i:exp)[ :=])(?<!(?i:exp): )(?<!(?i:exp)\":\")(?P<v>[0-9]{{3,4}}){TAIL}(?:(?i:cvv2?|cvc2?|cvn|csc|(?<![a-z])cid(?![a-z])|security code|card verification)|セキュリティ ?(?:ー)?(?:コード|番号)|裏(?:面)?の?(?:3桁|三桁))",
        score=0.9,
        source="PCI DSS 3",
        digits=3,
        trigger="(?i:cvv|cvc|cvn|csc|cid|security code|card verification)|セキュリティ|裏",
    ),
    Pattern(
        "CARD_SECURITY_CODE",
        "card.after_expiry",
        r"[0-9]{4}[ ,;|]{1,3}(?i:exp(?:iry|ires)?[ .:]{0,2})?(?:0[1-9]|1[0-2]) ?/ ?(?:20)?[2-4][0-9][ ,;|/]{1,3}(?P<v>[0-9]{3,4})(?![0-9A-Za-z]|[.:/-][0-9])"
        + NOT_COUNTED,
        score=0.8,
        source="PCI DSS 3",
        digits=11,
        trigger="[01][0-9] ?/ ?(?:20)?[2-4][0-9][ ,;|/]+[0-9]",
    ),
    Pattern(
        "CARD_SECURITY_CODE",
        "card.behind_number",
        r"[0-9](?:[ -]?[0-9]){12,18}[ ,/\n]{1,3}(?:0[1-9]|1[0-2]) ?/ ?(?:20)?[2-4][0-9][ ,/\n]{1,3}(?P<v>[0-9]{3,4})(?![0-9A-Za-z]|[-.:/][0-9])",
        score=0.8,
        source="PCI DSS 3",
        digits=20,
        trigger="[0-9] ?/ ?[0-9]",  # else every long number is tried
    ),
    Pattern(
        "DATE_TIME",
        "card.expiry",
        r"(?i:(?<![A-Za-z])(?:exp(?:\.|iry|ires|iration)?(?: date)?|(?:valid|good) (?:thru|through|till|until))|有効期限)"
        rf"{GAP}(?P<v>(?:0[1-9]|1[0-2])(?: ?[/{DASH}] ?)(?:20)?[2-4][0-9])(?![0-9]|[./-][0-9])",
        context=Context(_EXPIRES_CUE, None, 0.4, before=64, after=24),
        score=0.8,
        source="PCI DSS 3, ISO/IEC 7813",
        digits=4,
        trigger="(?i:exp|valid|good )|有効期限",
    ),
    Pattern(
        "IBAN_CODE",
        "iban",
        rf"{LEFT}(?i:[a-z]{{2}})[0-9]{{2}}[ -]?(?i:[a-z0-9]{{4}})(?:[ -]?(?:[A-Z0-9]{{4}}|(?=[a-z]{{0,3}}[0-9])[a-z0-9]{{4}})){{1,6}}"
        rf"(?:[ -](?=[A-Za-z]{{0,2}}[0-9])[A-Za-z0-9]{{1,3}}|[A-Za-z0-9]{{1,3}})?{RIGHT}",
        accept=iban,
        score=1.0,
        source="ISO 13616",
        digits=2,
    ),
    Pattern(
        "IBAN_CODE",
        "iban.cued",
        rf"(?i:iban){GAP}(?P<v>(?i:[a-z]{{2}}[0-9]{{2}}(?:[ -]?[a-z0-9]{{1,4}}){{3,8}})){RIGHT}",
        accept=lambda surface: len(digits(surface)) > 9,
        score=0.7,
        source="ISO 13616",
        digits=2,
    ),
)
