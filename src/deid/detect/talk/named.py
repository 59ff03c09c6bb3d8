"""What a number or a word is called in a turn before it, some turns back: the noun alone, without what is said of it.

«学籍番号をどうぞ» «いま電車で» «着いてからで大丈夫です» «出せました、M42-88080»: the turn that answers is read behind the noun.
Nouns are Japanese; what a sentence says round them, asks or tells, does not matter. A speaker's own value in between
ends it, but where the other one refuses it or its speaker takes it back.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from deid.detect.talk.twins import TAKES_BACK
from deid.types import Turn

BEFORE = 6  # turns
_LONGEST = 240  # characters of a turn that names something
_OWN = 14  # characters before the end of a noun that may belong to it
_MOST = 2  # nouns of a turn
_JA = "ぁ-ゖァ-ヺー一-鿿々"
_LATIN = r"(?i:id|no\.?|pw|pass(?:word)?|pin|otp|url|imei|ssn|itin|nino|nhs|iban|cvv2?|cvc2?|wi-?fi|mac|ip|tel|aadhaar|nric|psn|steam|insta|discord|line|x|sms)"
_WORDS = (
    "番号|ナンバー|ばんごう|名前|なまえ|名義|コード|アドレス|合い?言葉|あいことば|暗証|暗号化?キー|口座|振込先|振り込み先|アカ(?:ウント)?(?:名)?|垢|ユーザー?(?:名|ネーム)|ログイン(?:名)?|ニックネーム|ハンネ|ハンドルネーム|キャラ名|プレイヤー名|表示名"
    "|パス(?:ワード|コード|フレーズ|キー|ポート|は|って|教|忘|なん|何|変え|かか)|ぱすわーど|シリアル|製番|免許証?|保険証|診察券|社員証|学生証|会員証|受験票|予約票|不在票|伝票|送り状|マイナ(?:ンバー|カード|保険証)|在留カード|旅券|年金手帳|追跡|車番|プレート|フレコ|ルムコ|クーポン|部屋|ルーム"
    "|郵便|〒|電話|携帯|ケータイ|連絡先|メアド|メルアド|メール|ロック|ロッカー|キーボックス|金庫|ダイヤル|鍵|わいふぁい|ワイファイ|ウォレット|リンク|配信|動画|インスタ|ツイッター|ディスコ(?:ード)?|ライン|クレカ|カード|[5-8五六七八](?:桁|けた|ケタ)|裏面|認証|ショートメール"
)
CUES = (f"{_WORDS}|[{_JA}、。「(] ?{_LATIN}(?:$|[^A-Za-z])|(?:^|[^A-Za-z]){_LATIN} ?[{_JA}]",)
"""For ``asked_at_once``: a turn that may name something."""
_NOUN = re.compile(rf"(?:{_WORDS})(?![ァ-ヺー])|(?<![A-Za-z]){_LATIN}(?![A-Za-z])")
_JAPANESE = re.compile(f"[{_JA}]")
_BY_NAME = frozenset({"名前", "なまえ", "名義"})  # what looks like a value and is a name is an account's
_BARE = re.compile("(?:その|この|あの|お|ご)?(?:番号|ナンバー|コード|アドレス|ID|カード|数字)")
_START = re.compile(r"[^、。!?！？\s「」『』(（)）をはがもでに]{0,14}$")
_AGAIN = re.compile(
    "もう(?:一度|いちど|一回|いっかい|1回|1度)|再度|再入力|やり直し|一致し(?:ません|ない)|違(?:い|う|っ)|ちが|エラー|無効|正しく(?:ない|ありません)|含め|使え(?:ません|ない)|使われて|通ら(?:ない|ん)|入れ(?:ない|ん|ません)|弾かれ|はじかれ|だめ|ダメ|駄目|存在しな|見つか(?:りません|らない)|短|長(?:い|す)|桁|足りな|別の|変え"
)


def nouns_before(
    turns: Sequence[Turn], named: Sequence[int], holds: Callable[[int], bool], index: int
) -> Iterator[str]:
    """Yield what a turn may be read behind: the nouns that the last turns named, the nearest first, to one that says which.

    named  : which turns hold an expression of ``CUES``.
    holds  : whether a turn holds something like a value.
    """
    again = _takes_back(turns[index].text)
    for before in range(index - 1, max(-1, index - 1 - BEFORE), -1):
        turn = turns[before]
        own = turn.speaker == turns[index].speaker
        readable = named[before] and len(turn.text) <= _LONGEST and not (own and holds(before) and not again)
        nouns = _nouns(turn.text) if readable else []
        yield from nouns
        if nouns and not all(map(_BARE.fullmatch, nouns)):
            return
        if own and holds(before) and not again:
            return
        again = again or (_takes_back(turn.text) if own else _AGAIN.search(turn.text) is not None)


def _takes_back(text: str) -> bool:
    return TAKES_BACK.search(text) is not None


def _nouns(text: str) -> list[str]:
    """Return the nouns that a Japanese text names, the last first, with what belongs to them."""
    if _JAPANESE.search(text) is None:
        return []
    found = [_called(text, noun) for noun in _NOUN.finditer(text)]
    return list(dict.fromkeys(reversed(found)))[:_MOST]


def _called(text: str, noun: re.Match[str]) -> str:
    if noun[0] in _BY_NAME:
        return "ユーザー名"
    before = _START.search(text[max(0, noun.start() - _OWN) : noun.start()])
    return (before[0] if before else "") + noun[0]
