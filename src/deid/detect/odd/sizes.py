"""How many digits the values of a label have, and which questions ask for other numbers: scores, years, amounts, ports.

A scorer reads letters near; a bare number behind chat looks to it like any other.
"""

import re
from collections.abc import Sequence

_LEAST = {
    "CREDIT_CARD": 12,
    "PHONE_NUMBER": 9,
    "BANK_ACCOUNT": 6,
    "NATIONAL_ID": 8,
    "JP_HEALTH_INSURANCE": 6,
    "POSTAL_CODE": 5,
    "IP_ADDRESS": 4,
    "SHARE_CODE": 4,
    "LICENSE_PLATE": 4,
}
"""Digits of the shortest whole value."""
_PART = 4  # digits of a part of one that people say alone: the last ones of a card
_PARTS = {
    "CREDIT_CARD": re.compile(
        "カード|クレカ|クレジット|visa|jcb|amex|master|[下末][4四]|末尾|桁", re.IGNORECASE
    ),
    "PHONE_NUMBER": re.compile("電話|携帯|ケータイ|スマホ|内線|tel|[下末][4四]|末尾|桁|連絡", re.IGNORECASE),
    "BANK_ACCOUNT": re.compile("口座|銀行|支店|振込|振り込|店番"),
    "NATIONAL_ID": re.compile("マイナ|個人番号|身分|国民"),
    "JP_HEALTH_INSURANCE": re.compile("保険|記号|被保"),
    "POSTAL_CODE": re.compile("郵便|〒"),
}
"""What says of a shorter number that it is a part of such a value."""
_DIAL = re.compile(
    "[#＃][0-9０-９]{4}|[*＊][#＃][0-9０-９]{2,3}[#＃]"
)  # dialled by everybody: 小児救急, 救急相談
_SHORT = 4  # digits of which there are many: years, scores, pages
_NAMED = re.compile(
    "電話|携帯|内線|郵便|番号|ナンバー|ばんごう|コード|暗証|あんしょう|パス|ぱす|ピン|鍵|かぎ|カギ|キー|ロック|ダイヤル|金庫|部屋|ルーム|合言葉|合い言葉|裏面|認証|確認|カード|口座|保険|id|pin|pw|pass|code|otp|cv[vc]|wi-?fi|桁|数字|裏|うしろ|後ろ|クレカ|ログイン|車|プレート|スマホ|画面|トークン|承認|せきゅりてぃ|こーど|ないしょ|ワンタイム|ショートメール|sms|[2二]段階|ペアレンタル|しーぶい|シーブイ|アメックス|有効期限|[下末][4四三3]|ゲームピン|参加|対戦|入れて|打って|教えろ|誰(?:か|に)も?(?:教|見|言)|開(?:く|け|き|い)|解錠|解除|届",
    re.IGNORECASE,
)
_OTHER = re.compile(
    "呼び?出し?(?:の)?番号|番号[0-9０-９]{1,4}(?:番)?が?(?:呼ばれ|呼びだ)|(?:エラー|ポート|ページ|頁|ステータス|終了|行|国|色|カラー|文字|型式|背|路線|出口|系統|のりば|号車)(?:の)?(?:コード|番号|ナンバー)"
    "|限度額|金額|総額|残高|値段|価格|家賃|年収|月収|給料|料金|予算|売上|点数|得点|スコア|人口|面積|標高|距離|体重|歩数|再生数|視聴者?数|いくら|何(?:年|点|円|人|個|枚|回|時|分|秒|歩|メートル|キロ|ページ|位|階|度|西暦)"
)
_ASKS = re.compile("[?？]|は[。 　]*$|教え|お願い|ください|どうぞ|だっけ")
_MEASURE = r"(?i:[kmgt]?hz|(?:m|km|mi|ft|cm|mm)/(?:s|h|hr|sec|min)(?:2|²)?|mph|kph|kmh|mbps|gbps|kbps|[kmg]w(?:h)?|mah|rpm|psi|hpa|fps|dpi|kcal|lbs?|°[CF])(?![0-9A-Za-z])"
_FOLLOWED = re.compile(f" ?{_MEASURE}")
_MEASURED = re.compile(rf"[0-9][0-9.,]*(?:[-~–][0-9][0-9.,]*)?(?: ?{_MEASURE})?")
_DIGIT = re.compile("[0-9０-９〇零一二三四五六七八九]")
_SAID = re.compile("[ぁ-ゖァ-ヺー、・ ]+")
_AGAIN = re.compile("(.{1,2})[、・ ]?(?:\\1[、・ ]?)+")  # «ゴゴゴゴゴ», «マルマルマル»
_ONE_TWO = re.compile("(?:いち|イチ)[、・ ]?[にニ][、・ ]?(?:さん|サン)")
_READ = 12  # letters: no sentence has so many that read like digits
_KANA = re.compile("[ぁ-ゖァ-ヺー]")
_LETTER = re.compile("[A-Za-zＡ-Ｚａ-ｚぁ-ゖァ-ヺ]")


def is_measured(text: str, start: int, end: int) -> bool:
    """Whether a range is a number, or two, with a unit of measure behind it or at its end."""
    value = _MEASURED.fullmatch(text, start, end)
    return value is not None and (not text[end - 1].isdigit() or _FOLLOWED.match(text, end) is not None)


def barred(value: str, text: str, before: Sequence[str]) -> frozenset[str]:
    """Return the labels that a bare number is too short for; what holds a letter is for none.

    before : what was said before the text, the last first.
    """
    count = _digits(value)
    short = [label for label, least in _LEAST.items() if count < least] if count else []
    if not short:
        return frozenset()
    near = "\n".join((text, *before))
    part = count >= _PART and not _DIAL.fullmatch(value)
    return frozenset(
        label for label in short if not (part and label in _PARTS and _PARTS[label].search(near))
    )


def may_be(value: str, label: str, text: str, before: Sequence[str]) -> bool:
    """Whether a bare number can be a value of a label; all that holds a letter can but what is drawn out or counted off.

    before : what was said before the text, the last first.
    """
    count = _digits(value)
    if not count and not _is_chat(value, text):
        return True
    named = count > _SHORT or _NAMED.search("\n".join((text, *before))) is not None
    if not count:
        return named
    return label not in barred(value, text, before) and named and not _counts(text, before)


def _is_chat(value: str, text: str) -> bool:
    """Whether kana that reads like digits is drawn out, counted off, or a part of words: «ごはんにいちごさん»."""
    if _SAID.fullmatch(value) is None:
        return False
    start = text.find(value)
    words = (
        len(value) < _READ
        and start > 0
        and _KANA.match(text, start - 1) is not None
        and _KANA.match(value) is not None
    )
    return words or _AGAIN.fullmatch(value) is not None or _ONE_TWO.match(value) is not None


def _digits(value: str) -> int:
    """Return how many digits a bare number has, none of what holds a letter."""
    return 0 if _LETTER.search(value.replace("の", "")) else len(_DIGIT.findall(value))


def _counts(text: str, before: Sequence[str]) -> bool:
    """Whether the last question before a text asks for a number that is nobody's."""
    asked = next((one for one in before if _ASKS.search(one)), "")
    return _OTHER.search(text) is not None or _OTHER.search(asked) is not None
