"""Money: what people pay, earn, have and owe: ``paid:JPY:30000``, ``earns:USD:60000``, ``holds:…``, ``owes:…``.

The amount is written as ``deid.detect.stated.amounts`` says. The price of a thing is nobody's: «このゲームは3000円»
states nothing, «3000円で買いました» states what the speaker paid.
"""

import re
from collections.abc import Callable, Iterable

from deid.detect.stated.amounts import (
    BARE_ENGLISH,
    BARE_JAPANESE,
    ENGLISH,
    JAPANESE,
    TRIGGER_EN,
    TRIGGER_JA,
    find_amounts,
    parse_amount,
)
from deid.detect.stated.claims import fragment_en, own_en, own_ja, speaker_en
from deid.detect.stated.relations import MY_KIN
from deid.detect.stated.rules import Reading, Rule

_V_JA, _V_BARE_JA = f"(?P<v>{JAPANESE})", f"(?P<v>{JAPANESE}|{BARE_JAPANESE})"
_ABOUT_JA = r"(?:も|は|を|が|だけ|くらい|ぐらい|ほど|以上|近く|ちかく|弱|強|分|前後|程度|位|とか|ずつ|ちょっと|ちょい|[ 　])*"
# «ガチャに», «このゲーム買った»: what the money went to stands between the amount and the verb.
_TO_WHAT = r"(?!の|なので|だ)[^。！？!?\n、0-9０-９円]{0,12}?"
_DONE = r"(?:た(?!い|ら|く|がる|人|友|方|とき|時|って)|だ(?!ら|ろう)|て(?:い|し(?!ま(?:う|い?そう))|き|る|ま|ん)|で(?:い|る|ま|し)|ちゃ|じゃ|まし(?:た(?!ら|か))|ます(?!か))(?!こと|[たるす]?と(?:思|聞|い[うっ])|って(?:話|聞)|とか)"
_PAYING = r"(?:(?:課金|チャージ|入金|散財|スパチャ|寄付|購入|振り?込み?|送金|返済|投げ銭|出費|投資)(?:を)?(?:し|させられ)|(?:使|つか|払|支払|買)(?:っ|い)|貢[いぎ]|投げ|溶かし|(?:つぎ|注ぎ|突っ)込[んみ]|(?:吹っ)?飛ん|取られ|負け|損し)"
_PAID_JA = (
    rf"{_V_JA}{_ABOUT_JA}{_TO_WHAT}{_PAYING}{_DONE}",
    rf"(?P<v>{BARE_JAPANESE}){_ABOUT_JA}{_PAYING}{_DONE}",
    rf"{_V_BARE_JA}(?:も|ほど|くらい|ぐらい|以上|近く|の|を|、|\s)*(?:重?課金|スパチャ|投げ銭|チャージ|トップアップ)(?:です|だ(?!った|と)|済み?|勢|なう|しちゃ|。|！|!|w|笑|$)",
    rf"(?:課金額|(?<!無)課金|家賃|光熱費|電気代|ガス代|水道代|スマホ代|携帯代|通信費|保険料|学費|授業料|養育費|慰謝料|食費|生活費|推し活|推し活費|月謝|会費)(?:は|が|も|で|に|:|：|って)?(?:だいたい|約|大体|毎月|今月|月々?|年間?|合計|累計|総額|全部で|[ 　])*(?:は|で|に)?{_V_BARE_JA}",
)
_EARNING = r"(?:もら|貰|いただ|稼|儲|勝|当た|支給さ|振り?込まれ)[いきっぎけかれ]*"
_EARNS_JA = (
    rf"(?:月収|年収|手取り|月給|時給|日給|給料|給与|お給料|年俸|月商|ボーナス|賞与|退職金|年金|お?小遣い|バイト代|収入|所得|売上|仕送り|副業)(?:額)?(?:は|が|も|って|で|に|の手取り|:|：|、)?(?:だいたい|約|大体|毎月|月々?|年間?|手取り|手取りで|税込み?|額面|今|[ 　])*(?:は|で)?{_V_BARE_JA}",
    rf"{_V_BARE_JA}{_ABOUT_JA}(?:の)?(?:ボーナス|賞与|給料|お小遣い|仕送り|年金)?(?:を|が|も)?{_EARNING}{_DONE}",
)
_HOLDS_JA = (
    rf"(?:貯金|貯蓄|預金|へそくり|資産|全財産)(?:額)?(?:は|が|も|:|：|、)?(?:だいたい|約|大体|まだ|やっと|今|[ 　])*{_V_BARE_JA}",
    rf"{_V_BARE_JA}{_ABOUT_JA}(?:貯金(?:を)?し|貯め|貯まっ|たまっ){_DONE}",
    rf"{_V_BARE_JA}{_ABOUT_JA}(?:の)?貯金(?:が)?あ(?:る(?!人|の[?？か])|ります(?!か))",
)
_OWES_JA = (
    rf"(?:借金|ローン|負債|奨学金|残債|滞納)(?:額|の残り|残高|の返済)?(?:は|が|も|:|：|、)?(?:だいたい|約|大体|まだ|あと|残り|総額|[ 　])*{_V_BARE_JA}",
    rf"{_V_BARE_JA}{_ABOUT_JA}(?:の)?(?:借金(?:を)?(?:し|があ)|借り)(?:{_DONE}|る|り)",
)
# After a cue, the amount ends the statement: «年収500万円以上の人が» speaks of somebody else.
_SAID_JA = r"(?=(?:くらい|ぐらい|ほど|前後|程度|位|弱|強|ちょっと|ちょい|近く|以上)?(?:も|は|で|しか|だけ)?(?:です|だ(?!った|ろう|と(?!思)|よね|っけ|って)|なので|なん|しか|あ(?:る(?!人|の[?？か])|りま)|払|かか|溶|使|もら|貰|稼|いただ|残って|や(?:で|ねん|けど)|やわ|っす|の(?:会社員|サラリーマン|私|僕|俺|わたし|フリーター|派遣|パート)|で[、。すし働]|のバイト(?:を?し|で)|貯|いき|いっ|超え|を?(?:切|下回)|、|。|！|!|w|笑|（|\(|\s|$))"

_V_EN, _V_BARE_EN = f"(?P<v>{ENGLISH})", f"(?P<v>{ENGLISH}|{BARE_ENGLISH})"
_I = r"\b(?:i|we)(?:['’]ve|['’]m| am| are| have| had| do)?(?: (?:just|already|only|also|finally|probably|literally|usually|normally|currently|basically|even|easily|once|still|about|like|regularly|accidentally|[a-z]+ly))*"
_ABOUT_EN = r"(?: (?:about|around|roughly|over|like|almost|nearly|at least|more than|some|up to|an?|only|just|approximately|another|well over|close to))*"
_SPENT = r"(?:spent|spend|spending|paid|paying|pay|dropped|blew|wasted|topped up|top up|recharged|donated|tipped|sank|sunk|dumped|threw|lost|burned|burnt|shelled out|forked over|deposited|invested)"
_GOT_FOR = r"(?:bought|purchased|got|ordered|picked up|snagged|rent|rented) (?!paid)[^.!?\n$£€]{1,40}? for"
_WHAT_EN = r"(?: [a-z'’-]+){0,5}?"
_PER = r"(?:\s?(?:/|per|an?|every|each)\s?(?:year|yr|annum|month|mo|week|wk|hour|hr|day|shift)\b|\s(?:annually|hourly|monthly|weekly|yearly|in tips|before tax(?:es)?|after tax(?:es)?|salary|take[- ]home))"
_PAID_EN = (
    (rf"{_I} {_SPENT}{_WHAT_EN}{_ABOUT_EN} {_V_EN}", False),
    (rf"{_I} {_GOT_FOR}{_ABOUT_EN} {_V_EN}", False),
    (rf"\b(?:just |already |literally |accidentally )?(?:spent|paid|dropped|blew|topped up|wasted|donated|deposited){_WHAT_EN}{_ABOUT_EN} {_V_EN}", True),
    (rf"(?:{_I} (?:did|made|bought|got) |\b(?:my|did|made|bought|got|another) )?{_ABOUT_EN} ?{_V_EN}(?: [a-z]+)?(?: worth of)? ?(?:in )?(?:top[- ]?ups?|recharges?|in[- ]?app purchases?)\b(?! ?(?:card|bonus|option|pack|costs?|gives?|gets?|is|are|for|code|offer|deal|limit|promo|minimum))", False),
    (rf"\bmy (?:monthly |weekly |yearly )?(?:rent|mortgage|tuition|car payment|electric(?:ity)? bill|phone bill|bill|child support|top[- ]?up|subscription|spending)(?: [a-z]+){{0,2}}? ?(?:is|was|['’]s|:|of|at|comes to|went up to|costs?|costs me|runs me){_ABOUT_EN} ?{_V_EN}", False),
)  # fmt: skip
_EARNS_EN = (
    (rf"{_I} (?:make|earn|earned|earning|making|made|gross|net|bring home|take home|get paid|got paid|am paid|was paid|bring in|pull in|live on|get by on|['’]m on){_ABOUT_EN} {_V_BARE_EN}{_PER}", False),
    (rf"{_I} (?:earn|earned|made|won|get paid|got paid){_ABOUT_EN} {_V_EN}", False),
    (rf"{_I} (?:get|got|receive|draw){_ABOUT_EN} {_V_BARE_EN}{_PER}", False),
    (rf"\b(?:making|earning|make|earn){_ABOUT_EN} {_V_BARE_EN}{_PER}", True),
    (rf"\bmy (?:base |annual |yearly |monthly |weekly |hourly |take[- ]home |starting |current |total |household )*(?:salary|income|wages?|pay|paycheck|pension|allowance|bonus|rate|comp|compensation)(?: (?:right now|currently|here|alone|at work|after taxes?|before taxes?))? ?(?:is|was|['’]s|:|of|at){_ABOUT_EN} ?{_V_BARE_EN}", False),
    (rf"(?<!the )\bsalary(?: is|:) {_V_BARE_EN}", True),
)  # fmt: skip
_HOLDS_EN = (
    (rf"{_I} (?:have|has|got|saved(?: up)?|put away){_ABOUT_EN} {_V_BARE_EN} (?:saved|in (?:my )?(?:savings|the bank|checking|my account)|in cash|to my name|put away|for retirement)", False),
    (rf"{_I} saved(?: up)?{_ABOUT_EN} {_V_EN}", False),
    (rf"\bmy (?:life )?(?:savings|net worth|nest egg)(?: account)? (?:is|are|has|have|of|at){_ABOUT_EN} {_V_BARE_EN}", False),
)  # fmt: skip
_OWES_EN = (
    (rf"{_I} (?:still )?owe[ds]?(?: [a-z']+){{0,3}}?{_ABOUT_EN} {_V_BARE_EN}", False),
    (rf"{_I} (?:have|got|carry){_ABOUT_EN} {_V_BARE_EN} (?:in|of) (?:[a-z]+ ){{0,3}}(?:debt|loans?)", False),
    (rf"\bmy (?:student |credit card |car |home )*(?:debt|loans?|balance)(?: (?:is|are|of|at)){_ABOUT_EN} {_V_BARE_EN}", False),
)  # fmt: skip

_ASKED = (
    ("earns", r"年収|月収|手取り|給料|時給|いくら(?:くらい|ぐらい)?(?:稼|もら|貰)|how much (?:do|did|are) you (?:make|earn|get paid|making|earning)|(?:what['’]?s|what is) your (?:salary|income)"),
    ("paid", r"(?:いくら|何円|なんぼ|どれ(?:くらい|ぐらい))[^。?？\n]{0,12}(?:課金|チャージ|使|払|つぎ|注ぎ|溶か|貢|買)|課金(?:額|は)[^。\n]{0,6}(?:いくら|どれ)|家賃[^。\n]{0,6}いくら|how much (?:did|do|have|does) (?:you|u|it)[^.!?\n]{0,20}(?:spend|spent|pay|paid|top|topped|cost you|donate|put|drop|set you back)|how much (?:was|is) (?:your|the) (?:top|rent)"),
)  # fmt: skip
_QUESTIONS = tuple((what, re.compile(regex, re.IGNORECASE)) for what, regex in _ASKED)
_LONGEST_ANSWER = 60
# What is paid every day says nothing of anybody: less than a thousand yen, or ten of another currency.
_EVERYDAY = {"JPY": 1_000.0, "KRW": 10_000.0}


def rules() -> Iterable[Rule]:
    """Return the rules of money."""
    for what, japanese in (
        ("paid", _PAID_JA),
        ("earns", _EARNS_JA),
        ("holds", _HOLDS_JA),
        ("owes", _OWES_JA),
    ):
        for regex in japanese:
            whole = regex + _SAID_JA if regex.endswith(_V_BARE_JA) else regex
            yield Rule("MONEY", TRIGGER_JA, re.compile(whole), _amount(what), own_ja)
    for what, english in (("paid", _PAID_EN), ("earns", _EARNS_EN), ("holds", _HOLDS_EN), ("owes", _OWES_EN)):
        for regex, fragment in english:
            claims = fragment_en if fragment else speaker_en
            yield Rule("MONEY", TRIGGER_EN, re.compile(regex, re.IGNORECASE), _amount(what), claims)
    theirs = rf"{MY_KIN} (?:just |once |already )?{_SPENT}{_WHAT_EN}{_ABOUT_EN} {_V_EN}"
    yield Rule("MONEY", TRIGGER_EN, re.compile(theirs, re.IGNORECASE), _amount("paid"), own_en)


def answered(question: str, text: str) -> Iterable[Reading]:
    """Yield the first amount of a short answer to «how much did you spend?» or «年収はいくら？»."""
    what = next((what for what, asked in _QUESTIONS if asked.search(question)), None)
    if (
        what is None
        or len(text) > _LONGEST_ANSWER
        or not re.search(r"[?？]|か(?:な)?[。\s]*$|how much|いくら", question)
    ):
        return
    for value, start, end in find_amounts(text):
        if _tells(what, value):
            yield f"{what}:{value}", start, end
        return


def _amount(what: str) -> Callable[[re.Match[str]], Iterable[Reading]]:
    def read(match: re.Match[str]) -> Iterable[Reading]:
        value = parse_amount(match["v"])
        if value is not None and _tells(what, value):
            yield f"{what}:{value}", *match.span("v")

    return read


def _tells(what: str, value: str) -> bool:
    currency, _, number = value.partition(":")
    most = float(number.rstrip("+").split("-")[-1])
    return what != "paid" or most >= _EVERYDAY.get(currency, 10.0)
