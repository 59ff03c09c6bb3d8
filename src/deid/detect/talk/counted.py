"""Numbers that count, price or date something, told from values of people by how they are written."""

import re

from deid.detect.patterns.parts import NOT_COUNTED

_YEAR_OR_ROUND = re.compile(
    r"(?:19|20)[0-9]{2}|[0-9]+00"
    r"|(?:19|20)[0-9]{2}[ -]?(?:0[1-9]|1[0-2])(?:[ -]?(?:0[1-9]|[12][0-9]|3[01]))?"
)
_MONEY_BEFORE = re.compile(r"[$€£¥￥₩] ?\Z")
# No counter, currency or noun of many follows; some words that end like one are none.
_UNCOUNTED = re.compile(
    NOT_COUNTED + r"(?! ?[$€£¥￥₩])"
    r"(?! (?!(?:this|does|goes|works|opens|means|needs|thanks|thats|whats|guys|folks|always|perhaps|seems|looks|gets|belongs|yours|ours|theirs)\b)"
    r"[A-Za-z]{2,}[^\WsS]s(?![A-Za-z]))"
)
_COUNTED = re.compile(NOT_COUNTED)
_AMOUNT = re.compile("[0-9０-９][0-9０-９,，.]*")
# A noun of its own: «売上は», «人口が». What identifies is named by words with 番号, コード and the like.
_SUM = re.compile(
    "(?:売上高?|売り上げ|人口|総?額|金額|値段|価格|定価|家賃|年収|月収|給料|料金|予算|残高|合計|代|費用?|利益|点数|得点|スコア|面積|標高|距離|[人件個回台歩票数枚]数|再生数)(?:は|が|って|も|、)?[ 　約]?$"
)


def is_year_or_round(number: str) -> bool:
    """Whether a number may be a year, a date written from the year on, or a rounded sum."""
    return _YEAR_OR_ROUND.fullmatch(number) is not None


def is_counted(text: str, start: int, end: int) -> bool:
    """Whether what stands around a number makes it one of things, of money or of time."""
    before = text[max(0, start - 2) : start]
    return _UNCOUNTED.match(text, end) is None or _MONEY_BEFORE.search(before) is not None


def is_amount(text: str, start: int, end: int) -> bool:
    """Whether a range is a number with a unit behind it, or behind a noun that counts."""
    if _AMOUNT.fullmatch(text, start, end) is None:
        return False
    return _COUNTED.match(text, end) is None or _SUM.search(text[max(0, start - 12) : start]) is not None
