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

LEFT = "(?<![0-9A-Za-z])"
RIGHT = "(?![0-9A-Za-z])"
NOT_DIGIT_BEFORE = "(?<![0-9])"
NOT_DIGIT_AFTER = "(?![0-9])"

# What may stand between a cue and its value: "is", ":", は, a bracket, an arrow.
_LINK = (
    r"[ \t\r\n:=#>→・、,(「『\"'*`|-]|は|が|って|です|とか|確か|たしか|だよ|ね|(?:is|was|are|my|the|just|no|number|num|id)(?![A-Za-z])"
    r"|[.](?= )|番号|コード"
)
LINK = f"(?:{_LINK}){{0,8}}"
# The same, with something that says "what follows is the value".
STRONG_LINK = f"(?: {{0,2}}(?:番号|コード|no|number|id)?)? {{0,2}}(?:[:=→>]|は|が|って|is(?![A-Za-z])|was(?![A-Za-z])|['’]s(?![A-Za-z]))(?:{_LINK}){{0,6}}"

# Numbers that people quote and that are not telephone, card or identity numbers.
SERIAL_CUE = words(
    "注文|伝票|追跡|問い?合わ?せ番号|受付番号|受注|予約番号|会員番号|お客様番号|管理番号|製造番号|シリアル|型番|品番"
    "|商品番号|製品番号|整理番号|当選番号|orders?(?: (?:no|number|id))?|tracking(?: (?:no|number|id))?|invoice|serial"
    "|sku|isbn|issn|doi|jan(?: ?code)?|upc|part (?:no|number)|model(?: (?:no|number))?|ticket|receipt|reference|ref"
    "|confirmation|parcel|shipment|build|revision|rev|commit|version|ver|バージョン|ロット|lot|batch|case (?:no|number|id)"
)
