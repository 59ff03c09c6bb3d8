r"""Pieces of regular expressions that the families share.

All of them are written for normalised text: ``[0-9]`` instead of ``\d`` and ASCII look-arounds instead
of ``\b``, because a kana or kanji beside a number is a boundary for a reader.
"""

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

# What may stand between a cue and any value: "is", ":", は, a bracket, an arrow.
_LINK = (
    r"[ \t\r\n:=#>→・、,(「『\"'*`|-]|は|が|って|です|とか|確か|たしか|だよ|ね|[.](?= )|番号|コード"
    r"|(?i:is|was|are|my|the|just|no|number|num|id)(?![A-Za-z])"
)
LINK = f"(?:{_LINK}){{0,8}}"
# The same, with something that says "what follows is the value".
STRONG_LINK = (
    r"(?: {0,2}(?i:番号|コード|no|number|id)?)? {0,2}(?:[:=→>]|は|が|って|(?i:is|was|['’]s)(?![A-Za-z]))"
    f"(?:{_LINK}){{0,6}}"
)
# What may stand between a cue and a value that has a structure of its own: any Japanese, and words
# that carry nothing ("and i said", を送るね), to the end of the sentence.
_FILLER = (
    r"(?:[^0-9A-Za-z\n。]|(?i:is|was|are|be|and|i|m|s|said|say|it|its|that|this|these|my|the|your|his|her|our|their|a|an|just"
    r"|now|new|old|here|you|u|wanted|want|asked|for|sending|send|sent|to|no|number|num|nr|id|code|address|called|name|goes|as|at"
    r"|on|of|ok|so|like|please|same|still|card|changed|use|using|copied|from|in|with|by)(?![0-9A-Za-z_-]))"
)
GAP = rf"(?:[ \t:=]{{0,3}}\r?\n)?{_FILLER}{{0,28}}"
# What stands between a value and a cue that follows it: "is my", ←これ, "<- that's the".
TAIL = rf" {{0,2}}(?:is(?![A-Za-z])|was(?![A-Za-z])|が|は|←|<|\(|「|,|、|-|=|→|:|です|って){_FILLER}{{0,14}}"
# Not a count, a time or a price.
NOT_COUNTED = (
    r"(?! ?(?:年|円|時|分|秒|人|個|月|日|歳|才|回|%|枚|本|件|度|万|千|点|番目|代|(?:years?|days?|hours?|minutes?|mins?|km|kg|cm|am|pm|percent"
    r"|dollars?|people|times)(?![A-Za-z])))(?![:.,][0-9])"
)

# Numbers that people quote and that are not telephone, card or identity numbers.
SERIAL_CUE = words(
    "注文|伝票|追跡|問い?合わ?せ番号|受付番号|受注|予約番号|会員番号|お客様番号|管理番号|製造番号|シリアル|型番|品番"
    "|商品番号|製品番号|整理番号|当選番号|orders?(?: (?:no|number|id))?|tracking(?: (?:no|number|id))?|invoice|serial"
    "|sku|isbn|issn|doi|jan(?: ?code)?|upc|part (?:no|number)|model(?: (?:no|number))?|ticket|receipt|reference|ref"
    "|confirmation|parcel|shipment|build|revision|rev|commit|version|ver|バージョン|ロット|lot|batch|case (?:no|number|id)"
)
