"""Payment cards and bank accounts."""

from deid.detect.checksums import aba_routing, digits, iban, luhn, payment_card
from deid.detect.context import Context, words
from deid.detect.patterns.parts import DASH, GAP, LEFT, NOT_COUNTED, NOT_DIGIT_BEFORE, RIGHT, SERIAL_CUE, TAIL
from deid.detect.patterns.pattern import Pattern

_CARD_CUE = words(
    "カード|クレカ|クレジット|デビット|cards?|visa|master(?:card)?|amex|jcb|diners|discover|credit|debit|pan|cc|payment|支払|決済"
)
_CARD = Context(cue=_CARD_CUE, veto=SERIAL_CUE, alone=1.0, before=24, after=16)
_BANK_CUE = words(
    "銀行|口座|普通|当座|貯蓄|振込|振り込|支店|ゆうちょ|名義|bank|banking|account|acct|a/c|checking|savings?|routing|deposit|wire|iban"
)
_CARD_EDGE = r"(?<![0-9A-Za-z])(?<![0-9][.-])"

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
        rf"{_CARD_EDGE}(?:[0-9]{{4}}(?: ?[{DASH}./ ] ?[0-9]{{4}}){{3}}(?:[{DASH} ][0-9]{{1,3}})?|[0-9]{{4}}[{DASH} ][0-9]{{6}}[{DASH} ][0-9]{{4,5}}"
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
        rf"(?i:(?:クレジット|クレ|デビット)カード(?:の?番号)?|クレカ(?:の?番号)?|カード(?:の)?番号|(?:credit|debit|bank|visa|master|amex)? ?card(?: (?:number|no\.?|num|#))|visa|mastercard|amex|jcb)"
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
        r"(?i:(?<![A-Za-z])(?:cvv2?|cvc2?|cvn|csc|cid|card (?:security|verification) (?:code|value|number)|security code)|セキュリティ ?(?:ー)?(?:コード|番号)|裏(?:面)?の?(?:3桁|三桁|番号)|セキュコ)"
        rf"{GAP}(?P<v>[0-9]{{3,4}}){RIGHT}{NOT_COUNTED}",
        score=0.9,
        source="PCI DSS 3",
        digits=3,
    ),
    Pattern(
        "CARD_SECURITY_CODE",
        "card.security_code_before_cue",
        rf"(?<![0-9A-Za-z-])(?<![0-9A-Za-z][.,:])(?P<v>[0-9]{{3,4}}){TAIL}(?:(?i:cvv2?|cvc2?|cvn|csc|security code|card verification)|セキュリティ ?(?:ー)?(?:コード|番号)|裏(?:面)?の?(?:3桁|三桁))",
        score=0.9,
        source="PCI DSS 3",
        digits=3,
        trigger="(?i:cvv|cvc|cvn|csc|security code|card verification)|セキュリティ|裏",
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
    Pattern(
        "BANK_ACCOUNT",
        "bank.jp",
        rf"(?:口座(?:番号)?|普通(?:預金)?|当座(?:預金)?|貯蓄(?:預金)?|総合口座|支店|\(普\)|\(当\)){GAP}(?:普通|当座|[0-9]{{3}}[ -])?{GAP}(?P<v>[0-9]{{7,8}}|[0-9]{{3}}[ -][0-9]{{4}}){RIGHT}(?!-[0-9])",
        score=0.9,
        source="Zengin",
        digits=7,
    ),
    Pattern(
        "BANK_ACCOUNT",
        "bank.jp_branch",
        rf"(?<![0-9-])(?P<v>[0-9]{{4}}-[0-9]{{3}}[ 、,/-]{{0,3}}(?:普通|当座|普|当)[ :、-]{{0,3}}[0-9]{{7}}){RIGHT}",
        score=1.0,
        source="Zengin",
        digits=14,
    ),
    Pattern(
        "BANK_ACCOUNT",
        "bank.jp_post",
        rf"(?:ゆうちょ(?:銀行)?|郵便貯金|記号){GAP}(?:記号)?{GAP}(?P<v>1[0-9]{{4}}[ -]?(?:[0-9][ -])?(?:の)?(?: ?[、,]? ?番号[ :は]{{0,2}})?[0-9]{{6,8}}){RIGHT}",
        score=0.9,
        source="Japan Post Bank",
        digits=11,
    ),
    Pattern(
        "BANK_ACCOUNT",
        "bank.near_cue",
        r"(?<![0-9A-Za-z-])[0-9]{7}(?![0-9A-Za-z-])",
        context=Context(words("口座|普通|当座|振込先|振り込み先|名義"), SERIAL_CUE, 0.0, before=24, after=12),
        score=0.7,
        source="Zengin",
        digits=7,
    ),
    Pattern(
        "BANK_ACCOUNT",
        "bank.before_cue",
        rf"(?<![0-9A-Za-z-])(?P<v>[0-9](?:[ -]?[0-9]){{5,16}}){TAIL}(?:(?:普通|当座|貯蓄)?(?:預金)?の?口座|(?i:(?:bank |checking |savings? |current )?account(?: number| no)?|bank acc))",
        score=0.8,
        digits=6,
        trigger="口座|(?i:account|bank acc)",
    ),
    Pattern(
        "BANK_ACCOUNT",
        "bank.uk",
        rf"{NOT_DIGIT_BEFORE}(?<![0-9][-/])[0-9]{{2}}[- ][0-9]{{2}}[- ][0-9]{{2}}(?:[ ,]{{1,3}}(?:(?:acc|account|a/c)(?: (?:no|number))?[ :.]{{0,3}})?[0-9]{{8}})?(?![0-9A-Za-z])(?![-/][0-9])",
        context=Context(words("sort ?codes?|bank|account"), None, 0.0, before=24, after=16),
        score=0.9,
        source="Pay.UK",
        digits=6,
    ),
    Pattern(
        "BANK_ACCOUNT",
        "bank.routing",
        rf"(?i:(?<![A-Za-z])(?:routing|aba|rtn|transit)(?: (?:transit )?(?:number|no\.?|#))?){GAP}(?P<v>[0-9]{{9}}){RIGHT}",
        accept=aba_routing,
        score=1.0,
        source="ABA",
        digits=9,
    ),
    Pattern(
        "BANK_ACCOUNT",
        "bank.account",
        r"(?i:(?<![A-Za-z])(?:(?:bank|checking|savings?|current|deposit) (?:account|acct|a/c)|account (?:number|no\.?|num|#)|acct\.? ?(?:number|no\.?|#)?|a/c(?: no\.?)?))"
        rf"{GAP}(?P<v>[0-9](?:[ -]?[0-9]){{5,16}}){RIGHT}",
        context=Context(_BANK_CUE, None, 0.0, before=48, after=40),
        score=0.8,
        digits=6,
    ),
    Pattern(
        "BANK_ACCOUNT",
        "bank.bsb",
        rf"(?i:(?<![A-Za-z])bsb){GAP}(?P<v>[0-9]{{3}}[- ]?[0-9]{{3}}(?:[ ,]{{1,3}}(?:acc(?:ount)?(?: (?:no|number))?[ :.]{{0,3}})?[0-9]{{6,9}})?){RIGHT}",
        score=0.9,
        source="AusPayNet",
        digits=6,
    ),
    Pattern(
        "BANK_ACCOUNT",
        "bank.ifsc",
        rf"{LEFT}[A-Z]{{4}}0[A-Z0-9]{{6}}{RIGHT}",
        context=Context(words("ifsc|bank|account|branch"), None, 0.0),
        score=0.7,
        source="RBI",
        digits=1,
    ),
)
