"""What stands where a value is asked for and is none: amounts that a noun of their own names or a unit follows, makes and models."""

import re

from deid.detect.patterns.parts import NOT_COUNTED

_COUNTED = re.compile(NOT_COUNTED)
_AMOUNT = re.compile("[0-9０-９][0-9０-９,，.]*")
# A noun of its own: «売上は», «人口が». What identifies is named by words with 番号, コード and the like.
_SUM = re.compile(
    "(?:売上高?|売り上げ|人口|総?額|金額|値段|価格|定価|家賃|年収|月収|給料|料金|予算|残高|合計|代|費用?|利益|点数|得点|スコア|面積|標高|距離|[人件個回台歩票数枚]数|再生数)(?:は|が|って|も|、)?[ 　約]?$"
)
# Makes whose numbers are known: a name with figures of somebody's own («pixel2207», «mei_7.22») is none.
_MADE = re.compile(
    r"(?:(?:rtx|gtx)[ _-]?[1-9]0[5-9]0(?:[ _-]?(?:ti|super))?|rx[ _-]?[5-9][0-9]00(?:[ _-]?xtx?)?|(?:core[ -]?)?i[3579][ -][0-9]{4,5}(?:k|kf|ks|f|h|hx|hq|u|t|g[0-9])?|ryzen[ _-]?[3579](?:[ _-][0-9]{4}[a-z0-9]{0,3})?"
    r"|gpt-[1-9](?:[.][0-9])?(?:o|o?-(?:mini|turbo|pro))?|llama-?[1-9](?:[.][0-9])?(?:-[0-9]{1,3}b)?|iphone[ -]?1[0-9](?:[ -]?(?:pro|max|plus|mini)){0,2}|ps[1-5]|usb[ -]?[1-4](?:[.][0-9])?|ddr[3-5](?:-[0-9]{4})?|wi-?fi[ -]?[4-7]e?)",
    re.IGNORECASE,
)
_MODEL = re.compile("[A-Z]{2,4}-?[0-9]{3,4}[A-Z]{0,2}[0-9]?")
# What one does with a thing, and says of it: «で聴いてる», «だと速い».
_OF_A_THING = re.compile(
    "(?:で|にて)[ 　]?(?:動画|音楽|映画|ゲーム|配信して|聴|聞い|撮|録|描|弾|編集|遊)|だと|を?(?:買|ほし|欲し)|が(?:届|ほし|欲し|安|高)|って(?:高|安|重|速|遅|いく)"
)


def is_made(value: str) -> bool:
    """Whether a value is the name of a make with its number."""
    return _MADE.fullmatch(value) is not None


def is_model(text: str, start: int, end: int) -> bool:
    """Whether a range looks like the number of a model, and the words behind it speak of a thing."""
    return _MODEL.fullmatch(text, start, end) is not None and _OF_A_THING.match(text, end) is not None


def is_amount(text: str, start: int, end: int) -> bool:
    """Whether a range is a number with a unit behind it, or behind a noun that counts."""
    if _AMOUNT.fullmatch(text, start, end) is None:
        return False
    return _COUNTED.match(text, end) is None or _SUM.search(text[max(0, start - 12) : start]) is not None
