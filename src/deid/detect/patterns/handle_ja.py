"""Handles in Japanese: names and words said to be one's own somewhere."""

import re

from deid.detect.asides import is_clause
from deid.detect.context import Context
from deid.detect.patterns.handle import MARKED, is_marked, is_value
from deid.detect.patterns.parts import HIRAGANA, JAPANESE, KANJI, KATAKANA
from deid.detect.patterns.pattern import Pattern

_WORDS = f"[{KANJI}{KATAKANA}{HIRAGANA}A-Za-z0-9_☆★♪・]"
_CALLED = (
    "ハンドル(?:ネーム|名)|(?:ユーザー?|アカウント?|アカ|キャラ(?:クター)?|プレイヤー|リスナー|出品者|投稿者|配信者?|登録|表示|エントリー|スクリーン)(?:名|ネーム)"
    "|ニックネーム|ハンネ|垢名|コテハン|コテ(?=[をはが:])|ペンネーム|筆名|ラジオネーム|ゲーム内の名前"
)
_COMMON = frozenset(
    "未設定 未登録 未入力 不明 空白 該当なし 本名 実名 名前 苗字 旧姓 あだ名 漢字 英語 英字 日本語 ローマ字 ひらがな カタカナ 数字 記号 絵文字 自由 公開 非公開 匿名 適当 変更 入力 登録 必須 任意 空欄 別 別物 仮 今 前 後 あと"
    " 誰 何 これ それ ここ そこ なし 好き 下記 以下 そのまま メールアドレス アドレス 電話番号 番号 鍵アカ 裏アカ サブアカ 裏垢 公式 有名人 芸能人 会社 会社名 店 店名 家族 友達 友人 子供 息子 娘 夫 妻 旦那 嫁 彼氏 彼女 両親 ペット".split()
)
_ABOUT = re.compile(".[なたのいる](?:もの|こと|やつ)$|と(?:関係|別|違)")
_SAID_OF = re.compile(
    "^(?:どんな|どういう|そう|こう|ああ|なん|何|誰|だれ|変な|違う|別の|新しい|古い|この|その|あの|もう|まだ|ちゃん|偽物|偽者|なりすまし|大手|変え|変更|入力|設定|登録)|の名前$|(?:用|ばかり)$|(?:[しなた良]い|[高安多悪古]い|いい|[っしれてえ]た|[一-鿿きん的]な|する|れる|いう)$"
)
# What is done about somebody's account: «ってアカウント、知ってる?», not «っていうアカ作った».
_NAMED = "(?:(?:って)?[、 ]?知|って人|名で|で[、 ]?(?:描|書|配信|投稿|活動|出て|やって|登録|載せ|遊|参加)|(?:を|から|に|が)[、 ]?(?:フォロー|ブロック|検索|探|見つけ|通報|DM|リプ|メッセ|絡ま|荒らさ|入札|話しかけ))"
_JAPANESE_LETTER = re.compile("[ぁ-ゖァ-ヺ一-鿿]")


def _is_japanese_name(surface: str) -> bool:
    """Refuse a clause ("既に使われています"), a rule of names and a refusal."""
    return not is_clause(surface) and surface not in _COMMON and _ABOUT.search(surface) is None


def _is_called(surface: str) -> bool:
    """Refuse what else is said of a name, and what holds no Japanese letter."""
    lettered = _JAPANESE_LETTER.search(surface) is not None
    return lettered and _is_japanese_name(surface) and _SAID_OF.search(surface) is None


PATTERNS = (
    Pattern(
        "USERNAME",
        "handle.japanese",
        rf"(?<![A-Za-z0-9{JAPANESE}])@(?P<v>[{KANJI}{KATAKANA}{HIRAGANA}]{{1,8}}?)(?:さん|ちゃん|くん|君|様|さま|氏)",
        score=0.7,
    ),
    Pattern(
        "USERNAME",
        "handle.japanese_cued",
        r"(?:ハンドルネーム|ハンドル名|ユーザー?名|ユーザーネーム|ニックネーム|表示名|キャラ(?:クター)?名|プレイヤー名|ゲーム内の名前|コテハン|ハンネ|垢名|アカウント名|(?<![A-Za-z])HN|スクリーンネーム)(?:(?:は|:|が|って) ?[「『\"]?|[「『\"])"
        rf"(?P<v>[{JAPANESE}A-Za-z0-9_☆★]{{1,16}}?)(?:[」』\"\n。、!]|です|だよ|で(?=[、。す])|っていう|という|と申|$)",
        accept=_is_japanese_name,
        score=0.7,
    ),
    Pattern(
        "USERNAME",
        "handle.japanese_put",
        # «表示名をゆきうさぎに変更», «リスナー名タコライス0で投稿», «ペンネームサバ缶エースさんから».
        rf"(?:{_CALLED})(?:欄に|[をはが:]|[ 　]|(?!変|入力|設定|登録|表示|画面|確認|検索|一覧|候補|欄|決|の[一-龥]|を|だけ|って|なし|無し))[「『]?(?P<v>{_WORDS}{{2,12}}?)[」』]?(?:さん(?=[がはのかへ])|の(?:まま|名で)|って(?:名前|やつ|人)|(?:に|で|と)(?=変|し(?:た|て|と|ま)|登録|投稿|やっ|活動|決)|で(?=参加|ログイン|検索|細々|書|描|$|\n)|(?=[)/,、]|だから|やから|じゃ|やって|やで))",
        accept=_is_called,
        score=0.7,
        trigger=_CALLED,
    ),
    Pattern(
        "USERNAME",
        "handle.japanese_before",
        rf"(?<!{_WORDS})(?P<v>{_WORDS}{{2,12}}?)[」』]?(?:って|という|っていう|ちゅう|いう)(?:{_CALLED}|(?:アカウント|アカ|垢|ユーザー?|プレイヤー)(?:さん|の人)?{_NAMED}|(?:ネットの|ゲームの)?(?:名前|名)で(?=描|書|配信|投稿|活動|出て|やって|登録|載せ|遊))",
        accept=_is_called,
        score=0.7,
        trigger=r"(?:って|という|っていう|ちゅう|いう)",
    ),
    Pattern(
        "USERNAME",
        "handle.japanese_figures",
        # «ねむねむ猫75さんが入札しました»: nobody's name ends in figures.
        rf"(?<!{_WORDS})(?P<v>(?!第|パート|バイト|レジ|スタッフ|フロア|チーム|グループ|クラス|メンバー|ゲスト|お客|参加者|サイボーグ|ウルトラマン|仮面ライダー)[{KANJI}{KATAKANA}{HIRAGANA}]{{3,10}}(?<![人名供])(?<!ども)(?<!ひとり)(?<!ます)[0-9]{{2,3}})[」』]?(?:さん|様|くん|ちゃん)(?=[がはのかでにも、。 強退入出]|$)",
        accept=_is_called,
        score=0.7,
        digits=2,
        trigger="[0-9][」』]?(?:さん|様|くん|ちゃん)",
    ),
    Pattern(
        "USERNAME",
        "handle.japanese_latin",
        r"(?:(?<![A-Za-z])(?i:id)|アイディー|垢名?|アカ名|アカウント(?:名)?|フレンド|フレ申請|ユーザー(?:名|ネーム)|プレイヤー名|キャラ名|ハンドルネーム|ゲーマータグ)(?:は|が|って|[:=→「]| (?=[A-Za-z])){1,2}[ 「]{0,2}(?P<v>[A-Za-z][A-Za-z0-9_.-]{4,30}[A-Za-z0-9_])(?! ?[A-Za-z0-9_@]|[.][A-Za-z])",
        accept=is_value,
        context=Context(re.compile("[ぁ-ゖァ-ヺ一-鿿]"), None, 0.0, before=24, after=12),
        score=0.7,
        trigger=r"(?:(?i:id)|アイディー|垢|アカ名|アカウント|フレンド|フレ申請|ユーザー|プレイヤー名|キャラ名|ハンドルネーム|ゲーマータグ)(?:名|ネーム)?(?:は|が|って|[:=→「]| [A-Za-z])",
    ),
    Pattern(
        "USERNAME",
        "handle.japanese_account",
        rf"(?:[裏本表副サブ趣味別鍵病]{{1,3}}(?:垢|アカ(?:ウント)?)|垢名?|アカ名|キャラ名|プレイヤー名|ユーザー(?:名|ネーム)|ログイン名|アカウント名|(?:マイページ|ログイン|エントリー|アカウント|ユーザー|プレイヤー|メンバー|[Pp]ay[Pp]ay|ペイペイ)[ の]?(?:ID|アイディー))(?:は|が|って|です|「|[ :、→=]){{0,4}}{MARKED}",
        accept=is_marked,
        score=0.7,
    ),
)
