r"""Pieces of regular expressions that the families share.

All of them are written for normalised text: ``[0-9]`` instead of ``\d`` and ASCII look-arounds instead
of ``\b``, because a kana or kanji beside a number is a boundary for a reader.
"""

from collections.abc import Iterable

from deid.detect.context import words

HIRAGANA = "ぁ-ゖ"
KATAKANA = "ァ-ヺー"
KANJI = "一-鿿々〆ヶ"
JAPANESE = f"{HIRAGANA}{KATAKANA}{KANJI}"

# Everything people type for a hyphen, the katakana long mark included: for use inside a class.
DASH = r"\-‐‑‒–—―−ー─"

# Runs shorter than any key or address, and than any payload: few triggers keep the automata small.
LONG_RUN = "[0-9A-Za-z+/_-]{16}"
PAYLOAD_RUN = "[0-9A-Za-z+/_-]{50}"

LEFT = "(?<![0-9A-Za-z])"
RIGHT = "(?![0-9A-Za-z])"
NOT_DIGIT_BEFORE = "(?<![0-9])"
NOT_DIGIT_AFTER = "(?![0-9])"

# What may stand between a cue and any value: "is", ":", は, a bracket, an arrow, the next field's name.
_LINK = (
    r"[ \t\r\n:=#>→・、,(「『\"'*`|-]|は|が|って|です|とか|確か|たしか|だよ|ね|[.](?= )|番号|コード"
    r"|(?i:is|was|are|my|the|just|no|number|num|id)(?![A-Za-z])|(?i:value|val|answer|text)(?=[\"'])"
)
LINK = f"(?:{_LINK}){{0,8}}"
# The same, with something that says "what follows is the value".
STRONG_LINK = (
    r"(?: {0,2}(?i:番号|コード|no|number|id)?)? {0,2}(?:[:=→>]|は|が|って|(?i:is|was|['’]s)(?![A-Za-z]))"
    f"(?:{_LINK}){{0,6}}"
)
_EMPTY_WORDS = (
    "a about actually again also am an and answer are as asked at attached be been below but by called came card changed code"
    " content copied correct current currently data details down field file final first for found from gave given goes got has"
    " have he her here his hold holds i id in input is issued it its just kindly last like listed m me mentioned mine mines my"
    " name new no note now nr num number of ok okay old on our please pls printed provided read reads registered said same"
    " saved say says send sending sent set she should shows so still stored submitted text that thats the their there these"
    " they this to type typed u um umm uh under updated us use used using val value verified want wanted was we went were with"
    " would wrote yeah yes you your yours address s login wifi work home personal main"
    " actual always another anyway apparently asked asks asking backup basically became become becomes believe btw cause complete"
    " copy correctly could double ends entire exact exactly following forever full fyi giving guess guys haha handy hey hmm idk kinda latest"
    " lemme let like likely literally lmao lol looks man may maybe mean might must need needed needs next ngl nope obviously off"
    " one ones only other paste pasted per plz possibly pretty probably put puts quick read real really reckon remember right second"
    " seems should shown since sorry starting stays sure telling tbh tell thanks think third though thought thx told took true turns"
    " est ist lautet ty typing up wait well what whats which whole will write writing written yep yup"
).split()


def _any_of(written: Iterable[str]) -> str:
    """Return an expression of words in any case; a first letter that does not fit is refused at once."""
    by_letter: dict[str, list[str]] = {}
    for word in sorted(set(written)):
        by_letter.setdefault(word[0], []).append(word[1:])
    branches = (
        f"[{first.upper()}{first}](?i:{'|'.join(sorted(rests, key=len, reverse=True))})"
        for first, rests in by_letter.items()
    )
    return f"(?:{'|'.join(branches)})"


# What may stand between a cue and a value that has a structure of its own: any Japanese, a tag, and words
# that carry nothing ("and i said", を送るね), to the end of the sentence; a value may stand on a line below.
# Each stretch of text has one reading, or a cue before many tags would be tried in thousands of ways.
_TAG = "</?[A-Za-z][A-Za-z0-9]{0,9}/?>"
_OF = (
    r"(?: (?:for|to|of|on|from|with|at|in|by)(?: (?:my|the|his|her|our|your|their|this|that|an?))?(?: [A-Za-z][A-Za-z'’-]{1,15}){1,2}"
    r"(?= ?[:=,→-]| (?:is|was|would be|should be|will be) |['’]s ))?"
)
_FILLER = rf"(?:{_TAG}|[^0-9A-Za-z\n。<]|<(?!/?[A-Za-z][A-Za-z0-9]{{0,9}}/?>)|{_any_of(_EMPTY_WORDS)}(?![0-9A-Za-z_-]))"
GAP = rf"{_OF}(?: ?\([^()\n]{{1,16}}\))?(?:[^0-9A-Za-z\n。]{{0,4}}\r?\n){{0,2}}{_FILLER}{{0,28}}(?:。[ \r\n]{{0,2}})?"
_GAP_MOST = 500  # characters of a gap, and more


def soon(characters: str) -> str:
    """Return what refuses a place behind which no gap can reach one of some characters, without trying every gap.

    characters : the inside of a character class.
    """
    return f"(?![^{characters}]{{{_GAP_MOST}}})"


# Any words of the line that hold no digit: for values whose form is strict enough to be found so far from their cue.
NEAR = r"[^0-9\n]{0,40}?(?<![A-Za-z0-9])"
# What stands between a field's name and its value in data, markup and tables.
FIELD = (
    r"[\"'`*_)\]】」』~]{0,4}[ \t]?(?:</?[A-Za-z][A-Za-z0-9]{0,9}>|[:=|,;<>{\[(（【「『\"'`*\t-]|\r?\n|(?i:value|val|v|answer|text|content"
    r"|data|input|placeholder)(?=[\"'=: ])|[値答内容回]{1,2}|(?<=[:=|,;>\"'`*\n-]) {1,4}){1,24}"
)
# What stands between a value and a cue that follows it: "is my", ←これ, "<- that's the", を. Two words more may
# say whose or which it is: "is my router", "for the work".
_WHICH = r"(?:(?<=my )|(?<=the )|(?<=our )|(?<=your )|(?<=her )|(?<=his )|(?<=their )|(?<=as )|(?<=for )|(?<=[(-] )|(?<=\())(?:[A-Za-z][A-Za-z'’-]{1,14} ){1,2}"
TAIL = (
    r"[\"'`」』)*]{0,3} {0,2}(?:(?:is|was|as|would|should|will|must|might|goes|went|down|that['’]?s|it['’]?s|for|under|into|in|to|at|if)(?![A-Za-z])|;? {0,2}(?://|#|--|<!--|/[*])|[がはをも←<(「,、=→:^\n-]|–|—|です|って|これ|それ|だけど|(?<= )(?=[ぁ-ゖァ-ヺ一-鿿]))"
    f"{_FILLER}{{0,18}}(?:{_WHICH})?"
)
# Counters of Japanese, but where they begin a word of their own: 本日, 人事, 件名, 代引き.
_COUNTED_JA = (
    "年(?![会齢])|円(?!滑)|時(?!点)|分(?!割|類|かり)|秒|人(?![事物気名材])|個(?![人別室])|月(?![末初額曜])|日(?![本程付時曜])|歳|才|回(?![答線収])"
    "|枚(?!方)|本(?![日人件社籍名校部館店])|件(?!名)|度(?!々)|万(?!一|が一)|千(?!葉)|点(?!検)|名(?![前義称刺簿札])|番目|代(?![引金理表]|わり)"
)
# Not a count, a time or a price; a comma before other digits parts the columns of a table.
NOT_COUNTED = (
    rf"(?! ?(?:{_COUNTED_JA}|%|(?:years?|days?|hours?|minutes?|mins?|km|kg|cm|am|pm|percent"
    r"|dollars?|people|times|members?(?! ?[#:]? ?[A-Za-z]{0,3}[0-9])|users?|books?|units?|rows?|items?|words?|bytes?|blocks|inodes|sectors|files?|lines?|tokens?|messages?|recipients?|customers?"
    r"|followers?|views|likes|votes|steps|points|pages?|ms|[kmgt]i?b|kwh|yen|usd|eur|range)(?![A-Za-z])|ミリ|通り|いいね|ビット|バイト|ページ|文字|kWh))(?![:.][0-9]|,[0-9]{3}(?![0-9]))"
)

# Numbers that people quote and that are not telephone, card or identity numbers.
SERIAL_CUE = words(
    "注文|伝票|追跡|問い?合わ?せ番号|受付番号|受注|予約番号|会員番号|お客様番号|管理番号|製造番号|シリアル|型番|品番"
    "|商品番号|製品番号|整理番号|当選番号|orders?(?: (?:no|number|id))?|tracking(?: (?:no|number|id))?|invoice|serial"
    "|sku|isbn|issn|doi|jan(?: ?code)?|upc|part (?:no|number)|model(?: (?:no|number))?|ticket|receipt|reference|ref"
    "|confirmation|parcel|shipment|build|revision|rev|commit|version|ver|バージョン|ロット|lot|batch|case (?:no|number|id)|bar ?codes?|バーコード|ean|gtin"
)


def trigger_of(deeds: str) -> str:
    """Return a trigger for words that begin where a word does."""
    return f"(?i:(?:^|[^A-Za-z])(?:{deeds}))"
