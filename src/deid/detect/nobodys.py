"""Numbers and codes of nobody, told by the words beside them: of things, faults, draws, offers to all, notices, fiction.

The patterns and the scorers find by form and by near words, and a sentence can turn both: «アイテムID:83732», «エラー8950って出て».
Only what text was read for by its form is refused so, never what is known, asked for or carried over; and nothing in a
sentence of somebody's own («俺の部屋、合言葉は…»).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from deid.detect.asides import OWNED, in_its_sentence

_LEAD, _TAIL = 48, 32  # characters read before and behind
_PERSONAL = f"{OWNED.pattern}|会員|予約|お客|顧客|ギフト|アマギフ|認証|確認コード|SMS|セキュリティ|届|来た|シリアル|盗|修理|買い?取|登録|購入|さん|氏|様|アカ|垢|インスタ|ツイッター|[Tt]witter|PSN|DM|カード|クレカ|電話|口座|支払|気をつけ|けど"
"""What says that a sentence may be about somebody's own all the same."""
_NUMBERS = frozenset({"ACCOUNT_ID", "POSTAL_CODE", "ONE_TIME_CODE"})
_CALLED = "(?:の|用)?(?:番号|ナンバー|ばんごう|[Nn][Oo][.．]?|№|#|＃|ID|ＩＤ|Id|id|コード(?:番号)?)"
_JOINED = "[ 　はがの:：=＝、,「『(（]{0,3}\\Z"
# What has numbers and is nobody's: goods in games, finds and samples, papers for all to read, parts of programs.
_THINGS = (
    "サンプル|試料|標本|化石|遺物|出土品|文化財(?:の)?(?:指定)?|重文|アイテム|武器|防具|モンスター|クエスト|ステージ|楽曲|レシピ|型紙|コミット|リビジョン|ビルド|ブランチ|トレース|スパン|プルリク"
    "|問題(?!の)|設問|例題|過去問|ネジ|ねじ|ボルト|塗料|生地|毛糸|論文|文献|議案|条例|判例|消火器|消火栓|農薬|肥料|星図|小惑星|展示"
    "|(?<![A-Za-z])(?i:trace|span|commit|build|revision|sample|sensor)[ _-]?"
)
_THING_NUMBER = "[A-Z]{0,2}-?[0-9]{1,7}号?|[0-9a-f]{7,40}"
_FAULTS = "エラー|障害コード|(?<![A-Za-z])(?i:err(?:or)?|http|len|ttl|mtu|mss|pid|rc)(?![A-Za-z])"
_OFFERS = re.compile("クーポン|割引|プロモ|キャンペーン|セール|チラシ|優待")
_FOR_ALL = re.compile("(?:誰|だれ)でも|全員|全店|共通|広告|社外公開|先着|店内放送|店頭|ポスター")
_BETWEEN_TWO = "招待|紹介|友達|友だち|フレンド|フレコ|あなた|お前|君|専用|限り|ルーム|部屋|鯖|サーバー|参加|入室|内緒|秘密|ない"
_DRAWN = re.compile("[1-9１-９一二三末]等|賞(?![品金味与])|くじ|クジ|当せん|当選|ナンバーズ|ロト")
_TOLD_ELSEWHERE = re.compile(
    "脱出ゲーム|謎解き|宝箱|ネタバレ|時代劇|作中|劇中|ホグワーツ|スリザリン|グリフィンドール"
)
_HERE = "ログイン|[Ww][Ii]-?[Ff][Ii]|会場|鯖|サーバー|部屋|ルーム|集合|好き|から取っ"
_WEAK = (
    "(?i:passw[o0]rd[0-9]{0,4}|p[a@]ssw[o0]rd[0-9]{0,4}|qwerty[0-9]{0,4}|abc123|abcd1234|admin[0-9]{0,4}|letmein|iloveyou|asdf(?:gh)?[0-9]{0,4})"
    "|0?1234(?:5(?:6(?:7(?:89?)?)?)?)?|4321|([0-9])\\1{3,7}"
)
_FROWNED = re.compile(
    "[」』]?(?:(?:は|とか|なんて)(?:やめなさい|禁止|避けてください)|(?:とか|なんて|みたいな(?:の|やつ)?)まだ使って(?:い)?る(?:会社|ところ|サイト|企業))"
)
_IN_USE = f"{_PERSONAL}|今|変えて|そのまま|スマホ|おじい|おばあ|の暗証"
_ONE_SIGN = re.compile(r"([0-9A-Za-z])(?:[-: .]{0,2}\1){7,}")
_MADE = "[A-Z]{1,4}-?[0-9]{2,5}[A-Z]{0,3}[0-9]?"
_OF_A_KIND = (
    "[ 　]?(?:とかいう|って(?:いう)?|という|とか)(?:やつ|機種|型|モデル|製品|商品|レンズ|カメラ|家電)"
)
_APPLIANCES = re.compile(
    "炊飯器|冷蔵庫|洗濯機|掃除機|エアコン|電子レンジ|カメラ|レンズ|プリンタ|テレビ|イヤホン|ヘッドホン|スピーカー|ミシン|ドライヤー|加湿器|扇風機|ストーブ|内釜|家電"
)
_ACCOUNTS = "ID|ＩＤ|ユーザー|アカ|垢|インスタ|ツイッター|[Tt]witter|PSN|DM|名前|ゲーム"
# Approvals of medicines and devices, grants for research, tiles of a hand of mahjong, Munsell's colours.
_PUBLIC = "[0-9]{5}[AB][A-Z]{2}[0-9]{8}|JP[0-9]{2}[A-Z]?[0-9A-Z][0-9]{4,5}|(?:[1-9]{1,13}[mpsz]){2,4}|[0-9.]{1,4}(?:R|YR|Y|GY|G|BG|B|PB|P|RP) [0-9.]{1,3}/[0-9.]{1,4}"
_OF_PUBLIC = re.compile(
    "承認|届出|医療機器|湿布|助成|科研費|課題|牌|待ち|テンパイ|何切る|[東南西北白發中]|色|マンセル"
)


@dataclass(frozen=True, slots=True)
class _Rule:
    """What is nobody's: a label, a form, what stands right before and behind it, and what its sentence speaks of and does not."""

    labels: frozenset[str]
    value: re.Pattern[str] = field(default=re.compile(".+", re.DOTALL), repr=False)
    before: re.Pattern[str] | None = field(default=None, repr=False)
    behind: re.Pattern[str] | None = field(default=None, repr=False)
    near: Sequence[re.Pattern[str]] = field(default=(), repr=False)
    against: re.Pattern[str] = field(default=re.compile(_PERSONAL), repr=False)

    def holds(self, value: str, before: str, behind: str) -> bool:
        sentence = f"{before}|{behind}"
        return (
            self.value.fullmatch(value) is not None
            and (self.before is None or self.before.search(before) is not None)
            and (self.behind is None or self.behind.match(behind) is not None)
            and all(word.search(sentence) is not None for word in self.near)
            and self.against.search(sentence) is None
        )


_RULES = (
    _Rule(_NUMBERS, re.compile(_THING_NUMBER), re.compile(f"(?:{_THINGS}){_CALLED}{_JOINED}")),
    _Rule(
        frozenset({"ACCOUNT_ID"}),
        re.compile("[A-Z]?-?[0-9]{1,4}"),
        re.compile(f"(?:会議室|教室|講義室){_CALLED}{_JOINED}"),
    ),
    _Rule(frozenset({"ACCOUNT_ID", "NATIONAL_ID"}), re.compile(_PUBLIC), near=(_OF_PUBLIC,)),
    _Rule(frozenset({"ACCOUNT_ID", "DEVICE_ID"}), re.compile("doi:10[.].+")),
    _Rule(
        frozenset({"ONE_TIME_CODE"}),
        re.compile("[0-9]{1,5}"),
        re.compile(f"(?:{_FAULTS})(?:コード|番号)?[ 　:：=＝#のは]{{0,2}}\\Z"),
    ),
    _Rule(frozenset({"ONE_TIME_CODE"}), before=re.compile("(?<![A-Za-z])(?:seq|ack|win)=\\Z")),
    _Rule(
        frozenset({"ONE_TIME_CODE"}),
        before=re.compile("下[2-5２-５二三四五](?:桁|けた|ケタ)[がのは]?\\Z"),
        near=(_DRAWN,),
    ),
    _Rule(
        frozenset({"SHARE_CODE"}),
        re.compile("[A-Z]{2,10}-?[0-9]{0,6}"),
        near=(_OFFERS, _FOR_ALL),
        against=re.compile(f"{_PERSONAL}|{_BETWEEN_TWO}"),
    ),
    _Rule(
        frozenset({"PASSWORD", "SHARE_CODE"}),
        re.compile("[^0-9]{1,8}|[0-9]{1,4}"),
        near=(_TOLD_ELSEWHERE,),
        against=re.compile(f"{_PERSONAL}|{_HERE}"),
    ),
    _Rule(
        frozenset({"ONE_TIME_CODE", "PASSWORD"}),
        re.compile(_WEAK),
        behind=_FROWNED,
        against=re.compile(_IN_USE),
    ),
    _Rule(
        frozenset({"USERNAME", "DEVICE_ID"}),
        re.compile(_MADE),
        behind=re.compile(_OF_A_KIND),
        near=(_APPLIANCES,),
        against=re.compile(_ACCOUNTS),
    ),
    _Rule(
        frozenset({"ACCOUNT_ID"}),
        re.compile(".+号"),
        re.compile("(?:最[高大]?|[高地簡]裁?|[大小]法廷)(?:判決?|決定?)[、 　]?\\Z"),
    ),
)
_LABELS = frozenset[str]().union(*(rule.labels for rule in _RULES))
_ISSUED = frozenset({"US_SSN", "JP_MY_NUMBER", "CREDIT_CARD", "DEVICE_ID", "MAC_ADDRESS", "NATIONAL_ID"})
"""Labels of numbers that nobody is given with one sign alone."""
_OFTEN_PLAIN = frozenset({"PASSWORD", "ONE_TIME_CODE", "SHARE_CODE", "CARD_SECURITY_CODE", "USERNAME", "URL"})
"""Labels whose values may be noughts alone."""


def is_nobodys(text: str, start: int, end: int, label: str) -> bool:
    """Whether a range that looks like a value of a label is none of anybody's. Bounded, so that all spans cost O(text)."""
    one = _ONE_SIGN.fullmatch(text, start, end)
    if one is not None and (label in _ISSUED or (one[1] == "0" and label not in _OFTEN_PLAIN)):
        return True
    if label not in _LABELS or text.isascii():
        return False
    before, behind = in_its_sentence(text, start, end, _LEAD, _TAIL)
    return any(label in rule.labels and rule.holds(text[start:end], before, behind) for rule in _RULES)
