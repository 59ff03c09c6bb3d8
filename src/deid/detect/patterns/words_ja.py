"""Japanese words as handles, secrets and codes of rooms, by what is done with them.

«しらたき侍って名乗ってます», «合言葉きかれたらおでんって打つ», «モンハンの集会所、猫飯で鍵かけた»: no noun names the value, or none beside it,
so the deed must be of one kind only, and the word none that any sentence has.
"""

import re

from deid.detect.asides import is_clause
from deid.detect.patterns.parts import HIRAGANA, KANJI, KATAKANA, NOT_COUNTED
from deid.detect.patterns.pattern import Pattern

_WORD = f"[{KANJI}{KATAKANA}{HIRAGANA}A-Za-z0-9_☆★♪・]"
_FULL = f"[{KANJI}{KATAKANA}A-Za-z0-9]"
# Where a word begins in a row of letters: behind a topic or an object.
_TOPIC = "(?<=では)|(?<=には)|(?<=ほうは)|(?<=のは)|(?<=とき)|(?<=たら)|(?<=なら)"
_LEFT = f"(?:(?<!{_WORD})|(?<={_FULL}[はがをも])|{_TOPIC})"
_NAME = f"{_WORD}(?:(?!(?<={_FULL})[はがをも]|では|には|ほうは|のは|とき|たら|なら){_WORD})"
_LETTER = re.compile(f"[{KANJI}{KATAKANA}{HIRAGANA}]")
_COMMON = re.compile(
    "(?:本名|実名|匿名|偽名|別名|仮名|旧姓|名前|苗字|英語|漢字|ローマ字|ひらがな|カタカナ|数字|番号|コード|パス(?:ワード)?|暗証|合い?言葉|文字|住所|電話|メール|アドレス|リンク|URL|ID|日本|会社|本人|店長|社長|先生|医者|警察|銀行|弁護士|教授|専門家|博士|大家|業者|担当|代表|責任者"
    "|これ|それ|あれ|どれ|ここ|そこ|どこ|こう|そう|どう|なに|何|なん|だれ|誰|いつ|はい|いいえ|うん|ダメ|だめ|無理|別|全部|みんな|自分|私|僕|俺|あだ名|愛称|通称|通り名|芸名|ペンネーム|ハンドルネーム|ニックネーム|ハンネ|パソコン|スマホ|キーボード|アプリ|ブラウザ|グーグル|適当|全員|未設定|旦那|家族|法人|個人|他人|連名|共同|息子|娘|両親|刑事|役所|市役所|消防|息子さん|こんにちは|おはよう|こんばんは|ありがとう|よろしく|お疲れ(?:様|さま)?|ただいま|おやすみ|無視|拒否|却下|スルー|パス|ノー|祖[父母]|[父母]親?|親|夫|妻|兄|弟|姉|妹|[叔伯][父母]|嫁|主人|奥さん)"
    "(?:は|が|を|に|で|の|も|と|か|って|など|とか|だけ|まで)?"
)
_LOOSE = re.compile(
    f"^(?:[をはがにでもとのへ]|って|なん|何|誰|だれ|この|その|あの|どの|こう|そう|ああ|もし|また|まだ|もう|でも|けど)|[をがは](?=[{KANJI}{KATAKANA}])|(?:する|した|して|れる|られる|ない|たい|から|ので|けど|とか|など|です|ます|しく|い[のが]|の)$|を"
)


def _is_name(surface: str) -> bool:
    """Refuse words that any sentence has, clauses and parts of them."""
    return (
        _LETTER.search(surface) is not None
        and not is_clause(surface)
        and _COMMON.fullmatch(surface) is None
        and _LOOSE.search(surface) is None
    )


_NO_RENT = "(?! ?(?:くらい|ぐらい|ほど|ほし|欲し|以[上下内]|程度|前後|近く|[超弱強]|も(?:する|取)|で(?:泊|借|契約)|から|まで|払))"
_ROOM = "部屋|ルーム|集会所|ロビー|鯖|サーバー|サロン|ワールド|リアルム|会場|入口|受付"
_OURS = "(?:私|わたし|うち|俺|僕|自分)(?:ら|たち|達)?の?(?:部屋|ルーム|ロビー)"
_ENTERS = f"入れ(?:る|ます|た)|はいれ|通して|通れ|{_OURS}|だけの(?:部屋|ルーム)|参加でき|合流"
_MADE = "(?:描|書|配信|投稿|活動)"
_TYPED = "(?:って|と)(?:打(?:つ|って|てば|ったら|ち込)|言えば|言ったら|入力すれば|入力したら|入れれば|入れたら|書けば)"

PATTERNS = (
    Pattern(
        "USERNAME",
        "words.goes_by",
        rf"{_LEFT}[「『]?(?P<v>{_NAME}{{1,11}}?)[」』]?(?:(?:って|と)(?:いう名前で)?名乗っ(?:て(?:い?ます|い?る|い?た|活動|配信|投稿|遊|参加)|てます|た名前)|名義で{_MADE}|(?:って|という)名前で[^\n、。0-9A-Za-z]{{1,6}}(?:投稿|配信|活動|応募|出演))",
        accept=_is_name,
        score=0.7,
        trigger="名乗っ|名義で|名前で",
    ),
    Pattern(
        "USERNAME",
        "words.known_as",
        rf"(?:ここ|こっち|あっち|ネット|ゲーム|配信|チャット|界隈|鯖|(?<![A-Za-z])SNS|ツイッター|ディスコ|ギルド|掲示板|絵|漫画|小説|曲|イラスト|同人|創作|動画)(?:(?:内|の(?:ほう|方))は|(?:内|の(?:ほう|方))?(?:では|じゃ|だと))[、 ]?[「『]?(?P<v>{_NAME}{{1,11}}?)[」』]?(?:で通って(?:い?ます|い?る)|名義(?:[、。]|$|だ|です))",
        accept=_is_name,
        score=0.7,
        trigger="で通って|名義",
    ),
    Pattern(
        "USERNAME",
        "words.notice",
        rf"(?:プレイヤー|ユーザー?|メンバー|リスナー|視聴者|フレンド|ゲスト|参加者)[「『](?P<v>{_WORD}{{2,16}})[」』](?:さん)?(?:が|を|から)(?:参加|入室|退[出室会場]|ログ|フォロー|ブロック|ミュート|追加|キック|招待|通報|申請|オンライン|オフライン)",
        accept=lambda surface: _COMMON.fullmatch(surface) is None,
        score=0.8,
        trigger="(?:プレイヤー|ユーザー?|メンバー|リスナー|視聴者|フレンド|ゲスト|参加者)[「『]",
    ),
    Pattern(
        "SHARE_CODE",
        "words.typed",
        rf"(?:{_LEFT}[「『]?(?P<v>{_NAME}{{1,13}}?)[」』]?{_TYPED}(?=[^\n。]{{0,14}}(?:{_ENTERS})))",
        accept=_is_name,
        score=0.7,
        trigger=_TYPED,
    ),
    Pattern(
        "SHARE_CODE",
        "words.locked",
        rf"(?:{_ROOM})[^0-9A-Za-z\n。]{{0,10}}?(?:[、は:「『 ])(?P<v>{_NAME}{{1,13}}?)[」』]?(?:で鍵(?:か[けか]|掛|つ[けき]|付|は[無な]し)|で検索|って(?:打|入れ))",
        accept=_is_name,
        score=0.7,
        trigger="で鍵|で検索|って(?:打|入れ)",
    ),
    Pattern(
        "SHARE_CODE",
        "words.searched",
        rf"{_LEFT}[「『]?(?P<v>{_NAME}{{1,13}}?)[」』]?で検索(?:したら|すれば|すると|して)[^\n。]{{0,8}}{_OURS}",
        accept=_is_name,
        score=0.7,
        trigger="で検索",
    ),
    Pattern(
        "SHARE_CODE",
        "words.room_number",
        rf"(?:(?:部屋|ルーム|ロビー|鯖|ワールド)[は:、 ]?(?P<v>[0-9]{{5,10}})(?![0-9A-Za-z]|[-.,:/][0-9]){NOT_COUNTED}{_NO_RENT})",
        accept=lambda surface: not surface.endswith("000"),
        score=0.7,
        digits=5,
        trigger="(?:部屋|ルーム|ロビー|鯖|ワールド)[は:、 ]?[0-9]",
    ),
    Pattern(
        "SHARE_CODE",
        "words.number_of_room",
        r"(?<![0-9A-Za-z,:/¥$-])(?<![0-9][.])(?P<v>[0-9]{5,10})の(?:部屋|ルーム|ロビー)(?:に(?:いる|来|入|は)|で(?:待|や|遊)|きて|来て|まで)",
        score=0.7,
        digits=5,
        trigger="[0-9]の(?:部屋|ルーム|ロビー)",
    ),
    Pattern(
        "PASSWORD",
        "words.asked",
        rf"(?:合い?言葉|あいことば|パスワード|パス)(?:を|は|が|って)?(?:き|聞|訊|求めら|要求さ)(?:か)?れたら[、 ]?[「『]?(?P<v>{_NAME}{{1,13}}?)[」』]?(?:って|と)(?:打|入|言|答|書)",
        accept=_is_name,
        score=0.7,
        trigger="れたら",
    ),
    Pattern(
        "PASSWORD",
        "words.spelled",
        rf"(?:鍵|キー|パス(?:ワード)?|合い?言葉|あいことば|(?i:wi-?fi|pw))[^0-9A-Za-z\n。]{{0,12}}?(?:は|が|って|:|、|で|り)[「『]?(?P<v>{_NAME}{{1,11}}?)[」』]?(?:だよ|です|だ|やで|ね)?[、 (]{{0,2}}(?:全部|ぜんぶ|すべて)?(?:ひらがな|平仮名|カタカナ|片仮名|ローマ字)(?:で(?:ね|す|打|入力|入れ|$|[。、! ])|ね|だよ|$)",
        accept=_is_name,
        score=0.7,
        trigger="(?:ひらがな|平仮名|カタカナ|片仮名|ローマ字)(?:で|ね|だよ|$)",
    ),
)
