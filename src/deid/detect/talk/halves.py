"""Codes, handles and secrets told in two turns, each half announced: «前半POFH» «ほい» «うしろ LQLN».

Numbers in pieces are ``conversation``'s; here one half has letters, so that what announces both must be there: the first of
a speaker's turns that it is one, the second that it goes on, and a word of what the whole is, or that both are put together.
"""

import re
from collections.abc import Iterator, Sequence

from deid.types import Span, Turn

SOURCE = "conversation"
_SCORE = 0.7
_WITHIN = 4  # turns
_LONGEST = 48  # characters of a turn
_WIDE = {code + 0xFEE0: code for code in range(0x21, 0x7F)} | {0x3000: 0x20}
_PART = "[0-9A-Za-z][0-9A-Za-z_.!@#$%&*-]{1,15}(?<![.])"
_BEHIND = r"(?![0-9A-Za-z_@])(?=[ \n]*(?:です|だよ|だ|で|ね|な|や|、|。|…|!|って|$))"
_ON = "後半|あと半分|うしろ|後ろ|あと|そのあと|その後|残り|のこり|続き|つづき|続けて|つづけて|続いて|つぎ|次|下|2つ目|二つ目|ふたつめ"
_FIRST = re.compile(
    rf"(?:前半|まえ半分|はじめ|始め|最初|さいしょ|頭|上(?=[はが:])|先頭|1つ目|一つ目|ひとつめ)(?:の?(?:[0-9]|半分|ほう|部分|文字))*(?:は|が|:|、)?[ \n]*(?P<v>{_PART}){_BEHIND}"
)
_THEN = re.compile(
    rf"(?:はい|うん|で|んで|おけ)?[、。 \n]*(?:{_ON})(?:の?(?:[0-9]|半分|ほう|部分|文字))*(?:は|が|に|:|、)?[ \n]*(?P<v>{_PART}){_BEHIND}"
)
_PLAIN = re.compile("[A-Z]?[a-z]{3,}|i[A-Z][a-z]+")
_HALF = re.compile("半分")
_LETTER = re.compile("[A-Za-z]")
_TOLD = (
    ("PASSWORD", re.compile("パス|鍵|合い?言葉|暗号|暗証|解凍|(?<![A-Za-z])(?i:pw|wi-?fi)")),
    ("JP_RESIDENCE_CARD", re.compile("在留")),
    ("SHARE_CODE", re.compile("招待|部屋|ルーム|参加|入室|引き?継ぎ|フレコ|フレンド|クーポン|ギフト")),
    (
        "USERNAME",
        re.compile("検索|フォロー|アカ|垢|ユーザー|ハンドル|(?<![A-Za-z])(?i:id)(?![A-Za-z])|つなげて"),
    ),
    (
        "ACCOUNT_ID",
        re.compile("番号|伝票|会員|予約|注文|つな(?:げ|ぎ)|繋(?:げ|ぎ)|スペース|ハイフン"),
    ),
)
"""What the turns say of the whole: its label, the surest first."""
_SECRET = re.compile(
    "パス|鍵(?:[なねで、:の]|$)|合い?言葉|暗号|暗証|解凍|コード|招待|引き?継ぎ|検索|ユーザー|ハンドル|つなげて|(?<![A-Za-z])(?i:pw|id)(?![A-Za-z])"
)
"""What says that a word of the language is half of something: «最初iPhoneだ» is told of anything."""

CUES = (_ON.replace("2", "[2２]"),)
"""For ``asked_at_once``: a turn that may go on with a value."""


def halves(turns: Sequence[Turn], held: Sequence[int]) -> Iterator[tuple[int, Span]]:
    """Yield the turns and spans of both halves of what a speaker tells so. Linear in the turns.

    held : not zero for the turns that hold ``CUES``.
    """
    for index, turn in enumerate(turns):
        then = _THEN.match(_narrow(turn.text)) if index and held[index] else None
        if then is None:
            continue
        for before in range(index - 1, max(-1, index - 1 - _WITHIN), -1):
            first = (
                _FIRST.search(_narrow(turns[before].text)) if turns[before].speaker == turn.speaker else None
            )
            if first is not None:
                label = _label(turns[before : index + 2], first, then)
                if label is not None:
                    yield before, Span(*first.span("v"), label, _SCORE, SOURCE)
                    yield index, Span(*then.span("v"), label, _SCORE, SOURCE)
                break


def _narrow(text: str) -> str:
    """Return a text in narrow characters; nothing for one too long, or without a Japanese word."""
    return text.translate(_WIDE) if len(text) <= _LONGEST and not text.isascii() else ""


def _label(turns: Sequence[Turn], first: re.Match[str], then: re.Match[str]) -> str | None:
    """Return what the turns round two halves call the whole; None for digits alone, and where nothing tells."""
    if _LETTER.search(first["v"] + then["v"]) is None:
        return None
    told = "\n".join(turn.text for turn in turns)
    plain = any(_PLAIN.fullmatch(half["v"]) and _HALF.search(half[0]) is None for half in (first, then))
    if plain and _SECRET.search(told) is None:
        return None
    return next((label for label, word in _TOLD if word.search(told)), None)
