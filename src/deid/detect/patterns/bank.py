"""Bank accounts, branches and the codes of banks, by country."""

import re

from deid.detect.checksums import aba_routing, digits
from deid.detect.context import Context, words
from deid.detect.patterns.parts import GAP, LEFT, NOT_COUNTED, NOT_DIGIT_BEFORE, RIGHT, SERIAL_CUE, TAIL
from deid.detect.patterns.pattern import Pattern

_BANK_CUE = words(
    "銀行|口座|普通|当座|貯蓄|振込|振り込|支店|ゆうちょ|名義|bank|banking|account|acct|a/c|checking|savings?|routing|deposit|wire|iban|sort|barclays|hsbc|lloyds|natwest|santander|monzo|starling|halifax|chase|citi|wells fargo|beneficiary|deposit|payroll|posb|dbs|ocbc|uob|paynow|hdfc|icici|maybank|bpi|bdo"
)
_NO_ACCOUNT = words("電話|代表|tel|fax|残高|利息|問い?合わ?せ|受付番号|整理番号|コード")

PATTERNS = (
    Pattern(
        "BANK_ACCOUNT",
        "bank.jp",
        rf"(?:口座(?:番号)?|普通(?:預金)?|当座(?:預金)?|貯蓄(?:預金)?|総合口座|支店|振り?込み?先|振り?込み?口座|ゆうちょ|\(普\)|\(当\)){GAP}(?P<v>(?:[0-9]{{4}}[ -])?[0-9]{{3}}(?:[ -]| ?支店 ?)[0-9]{{7}}|1[0-9]{{3}}0[ -]?(?:[0-9][ -])?[0-9]{{6,8}}|[0-9]{{7,8}}|[0-9]{{3}}[ -][0-9]{{4}}){RIGHT}(?!-[0-9])",
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
        "bank.jp_named",
        rf"(?:銀行|信用金庫|信金|信用組合|労働金庫|労金|農協)[^0-9A-Za-z\n。]{{1,24}}?(?:[0-9]{{3}}[ -])?(?P<v>[0-9]{{7}}){RIGHT}{NOT_COUNTED}",
        context=Context(None, _NO_ACCOUNT, 0.8),
        score=0.8,
        source="Zengin, account numbers of seven digits",
        digits=7,
    ),
    Pattern(
        "BANK_ACCOUNT",
        "bank.near_cue",
        r"(?<![0-9A-Za-z-])(?<![A-Za-z][‐‑–−ー])[0-9]{7}(?![0-9A-Za-z-])",
        context=Context(words("口座|普通|当座|振込先|振り込み先|名義"), SERIAL_CUE, 0.0, before=24, after=12),
        score=0.7,
        source="Zengin",
        digits=7,
    ),
    Pattern(
        "BANK_ACCOUNT",
        "bank.before_cue",
        rf"(?<![0-9A-Za-z-])(?P<v>[0-9](?:[ -]?[0-9]){{5,16}}){TAIL}(?:(?:普通|当座|貯蓄)?(?:預金)?の?口座|普通預金|振り?込み?先|(?i:(?:bank |checking |savings? |current )?(?:account|acct)(?: number| no)?|bank acc))",
        score=0.8,
        digits=6,
        trigger="口座|普通預金|込先|込み先|(?i:account|acct|bank acc)",
    ),
    Pattern(
        "BANK_ACCOUNT",
        "bank.uk",
        rf"{NOT_DIGIT_BEFORE}(?<![0-9][-/])[0-9]{{2}}[- ][0-9]{{2}}[- ][0-9]{{2}}(?:[ ,]{{1,3}}(?:(?:acc|account|a/c)(?: (?:no|number))?[ :.]{{0,3}})?[0-9]{{8}})?(?![0-9A-Za-z])(?![-/][0-9])",
        context=Context(
            words(
                "sort(?: ?codes?)?|s/c|bank|account|acct|acc|a/c|barclays|hsbc|lloyds|natwest|santander|monzo|starling|halifax|nationwide"
            ),
            None,
            0.0,
            before=24,
            after=16,
        ),
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
        r"(?i:(?<![A-Za-z])(?:(?:bank|checking|chequing|savings?|current|deposit|payee|payroll|salary|refund|debit|joint|business|credit union|beneficiary|payout|transfer)[ _](?:account|acct|a/c|acc)(?:[ _](?:number|no|id))?|savings|chequing|(?:my|our|your|the) bank(?!s|ing)|full (?:account|acct)|on (?:the )?acc(?:oun)?t (?:matches|is)|posb|dbs|ocbc|uob|paynow|hdfc|icici|maybank|bpi|bdo|acc(?:ount)? (?:number|no\.?|num|#)|acct\.? ?(?:number|no\.?|#)?|a/c(?: no\.?)?))"
        rf"{GAP}(?P<v>[0-9](?:[ -]?[0-9]){{5,16}}){RIGHT}(?![.:/][0-9])",
        accept=lambda surface: re.fullmatch("[1-9][0-9]{0,2}0{3,}", surface) is None,
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
    Pattern(
        "BANK_ACCOUNT",
        "bank.jp_branch_code",
        rf"(?:店番(?:号)?|支店(?:番号|コード)){GAP}(?P<v>[0-9]{{3}}){RIGHT}{NOT_COUNTED}",
        score=0.7,
        source="Zengin",
        digits=3,
    ),
    Pattern(
        "BANK_ACCOUNT",
        "bank.sort_code_solid",
        rf"(?:(?i:sort(?: ?codes?)?)|(?<![A-Za-z])(?:SC|sc|s/c)(?![A-Za-z])){GAP}(?P<v>[0-9]{{2}}[ -]?[0-9]{{2}}[ -]?[0-9]{{2}}){RIGHT}",
        score=0.9,
        source="Pay.UK",
        digits=6,
    ),
    Pattern(
        "BANK_ACCOUNT",
        "bank.after_branch",
        r"(?i:(?<![A-Za-z])(?:routing|sort(?:[ -]?codes?)?|bsb|transit|institution|ifsc|aba|swift|bic|blz|s/?c)(?:[^\n]{1,48}?|[^\n]{1,24}\n[ \t]{0,4})(?<![A-Za-z])(?:account|acct|acc|a/c|an)(?: (?:no|number|num))?)[ .:#]{1,4}(?P<v>[0-9](?:[ -]?[0-9]){5,16})(?![0-9A-Za-z])",
        score=0.9,
        source="Pay.UK, ABA, AusPayNet, Payments Canada",
        digits=6,
        trigger="(?i:routing|sort|blz|s/c|bsb|transit|institution|ifsc|aba|swift|bic|sc[ :])",
    ),
    Pattern(
        "BANK_ACCOUNT",
        "bank.canada",
        r"(?i:transit)[ :#a-z]{1,12}(?P<v>[0-9]{5}[ ,-]{1,3}(?:(?i:institution|inst)[ :#a-z]{1,12})?[0-9]{3})(?![0-9A-Za-z])",
        score=0.9,
        source="Payments Canada",
        digits=8,
        trigger="(?i:transit)",
    ),
    Pattern(
        "BANK_ACCOUNT",
        "bank.swift",
        rf"(?i:(?<![A-Za-z])(?:swift|bic)(?: ?[/-] ?(?:bic|swift))?(?: code)?){GAP}(?P<v>[A-Z]{{6}}[A-Z0-9]{{2}}(?:[A-Z0-9]{{3}})?){RIGHT}",
        score=0.8,
        source="ISO 9362",
    ),
    Pattern(
        "BANK_ACCOUNT",
        "bank.clabe",
        rf"(?i:(?<![A-Za-z])clabe){GAP}(?P<v>[0-9]{{18}}|[0-9]{{3}}[ -][0-9]{{3}}[ -][0-9]{{11}}[ -][0-9]){RIGHT}",
        score=0.9,
        source="Banxico",
        digits=18,
    ),
    Pattern(
        "BANK_ACCOUNT",
        "bank.korea_china",
        r"(?:계좌(?:번호)?|입금|帳號|账号|帐号|銀行帳戶|银行账户)[^0-9\n]{0,12}(?P<v>[0-9]{2,6}(?:-[0-9]{2,8}){1,3}|[0-9]{10,19})(?![0-9A-Za-z])",
        score=0.8,
        source="account numbers of KR CN TW",
        digits=4,
        trigger="계좌|입금|帳號|账号|帐号|銀行帳戶|银行账户",
    ),
    Pattern(
        "BANK_ACCOUNT",
        "bank.before_branch",
        r"(?i:(?<![A-Za-z])(?:account|acct|acc|a/c)(?: (?:no|number|num))?)[ .:#]{1,4}(?P<v>[0-9](?:[ -]?[0-9]){5,16})(?=[ ,;/]{1,3}(?i:sort|ifsc|routing|bsb|swift|bic|aba|s/c))",
        score=0.9,
        source="Pay.UK, ABA, RBI",
        digits=6,
        trigger="(?i:account|acct|acc|a/c)",
    ),
    Pattern(
        "BANK_ACCOUNT",
        "bank.jp_short",
        rf"普 ?[:)]? ?(?P<v>[0-9]{{7}}){RIGHT}{NOT_COUNTED}",
        score=0.7,
        source="Zengin",
        digits=7,
    ),
    Pattern(
        "BANK_ACCOUNT",
        "bank.jp_branch_brackets",
        r"支店 ?\((?P<v>[0-9]{3})\)",
        score=0.8,
        source="Zengin",
        digits=3,
    ),
    Pattern(
        "BANK_ACCOUNT",
        "bank.germany",
        r"(?i:(?<![A-Za-z])(?:kontonummer|kontonr\.?|blz|bankleitzahl))[ :]{1,3}(?P<v>[0-9](?:[ ]?[0-9]){5,9})(?![0-9A-Za-z])",
        score=0.9,
        source="Deutsche Bundesbank",
        digits=6,
    ),
    Pattern(
        "BANK_ACCOUNT",
        "bank.paid",
        r"(?i:(?<![A-Za-z])(?:pay(?:s|ing|ees?)?|paid|transfer(?:red|ring)?|wired?|deposit(?:ed)?|giro|bacs|ach|chaps|zelle|interac|refund(?:ed)?|direct debit|standing order|salary|wages?|rent|dividends?)(?![A-Za-z])[^0-9\n]{0,40}?(?<![A-Za-z])"
        r"(?:into|to|from|account|acct?|a/c|ach)(?: (?:no\.?|number|num))?)[ :#-]{1,3}(?P<v>[0-9]{7,17}|[0-9]{2,6}(?:[ ./-][0-9]{2,6}){1,4})(?![0-9A-Za-z]|[-.:/][0-9])",
        accept=lambda surface: len(digits(surface)) > 6 and not surface.startswith(("07", "+")),
        score=0.7,
        source="Pay.UK, Nacha, Payments Canada",
        digits=7,
    ),
    Pattern(
        "BANK_ACCOUNT",
        "bank.kind_after",
        r"(?<![0-9A-Za-z-])(?P<v>[0-9]{8,14}) (?i:checking|savings)(?![A-Za-z])",
        score=0.8,
        source="ABA",
        digits=8,
    ),
)
