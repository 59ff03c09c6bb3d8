"""Handles, secrets and record numbers of a form of their own, in a sentence of the world that they belong to.

``topics_ja`` asks for a word that says what a value is. These sentences have none: «ギルマスが tofu_88 に権限渡した»,
«前のに戻した、kinoko482!», «灯油は MR-650012 の者です». They have people who act, doors that open or an office
that serves; so what is asked of the value is more: no word of a program, no brand, no model of a thing.
"""

import re

from deid.detect.asides import is_placeholder
from deid.detect.checksums import digits
from deid.detect.context import Context, words
from deid.detect.patterns.beside import THING
from deid.detect.patterns.handle import is_value
from deid.detect.patterns.parts import JAPANESE, NOT_COUNTED
from deid.detect.patterns.pattern import Pattern
from deid.detect.patterns.topics_ja import (
    LEFT,
    MARKED_OPENER,
    RIGHT,
    is_account,
    is_secret,
)

_BESIDE = f"[{JAPANESE}、。「」]"
_SHAPE = r"(?:[A-Za-z0-9]_+[A-Za-z0-9]|[A-Za-z]{4}[0-9][0-9]|[A-Za-z]{3}[.-][A-Za-z]{3}|[A-Za-z]{11})"
# What a handle looks like from afar, beside Japanese: few sentences hold it.
_HANDLE_SHAPE = rf"{_SHAPE}[A-Za-z0-9_.-]*[」』)]? ?{_BESIDE}|{_BESIDE}[ :→]?@?[A-Za-z0-9_.-]*{_SHAPE}"


def _handle(expression: str) -> str:
    """Return a handle of that shape right beside Japanese."""
    looks = rf"@?(?=[A-Za-z0-9_.-]{{0,32}}{_SHAPE})(?:{expression}){RIGHT}"
    return rf"{LEFT}(?:(?:(?<={_BESIDE})|(?<={_BESIDE}[ :→])){looks}|{looks}(?=[」』)]? ?{_BESIDE}))"


# People who meet, play, quarrel, trade or are let in and out.
_PEOPLE = (
    "(?<![A-Za-z])(?:BAN|ban|kick|RT|VC|PT|DM|sudo|gg|raid|AD)(?![A-Za-z])|荒ら|荒し|煽|晒|運営|出禁|キック|モデ(?:レ|さん)|視聴者|リスナー|常連|初見|相方|固定(?!費|資産|IP)|野良|レイド|パーティ|ギル(?:マス|メン)|クラメン|団(?:長|員)|鯖主|部屋主|主催"
    "|権限|付与|剥奪|招待|誘(?:っ|い|わ)|入室|退室|(?:が|から|で)抜け|落ちた|メンション|タグ付け|返信|返事|いいね(?:して|くれ)|フォロワ|作者|うp主|出品|落札|取引|交換|トレード|先渡し|サイン(?:イン|アップ|アウト)|ログアウト"
    "|無効化|有効化|退職者|異動者|新人|承認者|申請者|レビュ(?:アー|ワー)|アサイン|プルリク|コミッター|呼んで|呼ばれ|呼び名|ボイチャ|スキン|なりすまし|中の人|本人(?!確認)|偽(?:物|アカ|者)|乗っ取|凸|絡(?:ま|み|ん)|スパム|タイムアウト|味方|敵の?|対戦|勝てな|負け"
    "|試合|MVP|リクエスト|承認|管理人|相手(?!先)|入札|いいね|フォロ(?:ー|バ)|マッチ(?:し|ング)|同じ(?:人|やつ)|別人|同一人物|この人|あの人|その人|って人|(?:わい|ワイ|俺|おれ|私|僕|うち|拙者|自分)(?:は|が|の名前|です|だよ|や)|(?:は|が)(?:わい|ワイ|俺|おれ|私|僕|自分)"
)
_PROGRAM = frozenset(
    "user users name id ids get set list data file files type key keys value values item items index count date time test tests api url uri json csv xml html css table column row model"
    " train config conf env path dir log logs error code str num int max min is has to from by of on in at for with new old temp tmp my input output result response request message content text"
    " image img token secret password passwd hash session cache db sql query create update delete insert select add remove start end init main run exec load save read write send recv open close"
    " total status state flag mode size length width height color style class object func function method param params args arg return version build deploy docker git branch master commit node"
    " react vue python java php server client host port local remote debug info warn config module package import export default base sub super self this foo bar baz hoge fuga piyo sample example"
    " device driver kernel system window linux windows ubuntu android mac apple google amazon azure aws gpt llm bert prompt agent chat bot page site web app apps link button form field label header"
    " footer body title view layer event timer loop thread task job queue worker batch stream socket http https tcp udp dns ssl tls ssh ftp smtp utf ascii unicode float double bool boolean null none true false"
    " primary foreign unique auto increment first last next prev left right top bottom up down high low long short big small full half all any each every one two three zero per sum avg mean std var"
    " v ver final fix draft rev copy cpu gpu rtx gtx ryzen radeon geforce non pre post re un co e multi semi anti self pay wi fi wifi lan wan usb hdmi blu ray check in out sign log on off line offline online real hand made face book you tube drop down back front end hello world feature fixme todo permission denied".split()
)
_PARTS = re.compile("[^A-Za-z]+")


def _is_nobodys(surface: str) -> bool:
    return any(part.lower() in _PROGRAM for part in _PARTS.split(surface) if part)


def _is_person(surface: str) -> bool:
    """Accept a handle none of whose parts is a word of programs."""
    return is_account(surface) and not _is_nobodys(surface)


_FILE = re.compile(
    r".*[.](?:md|txt|py|js|ts|rs|go|sh|json|ya?ml|toml|ini|cfg|conf|log|csv|html?|css|xml|app|exe)"
)
_SPEAKS = re.compile(r"[A-Za-z]{2,12}[_.][A-Za-z0-9]{1,12}|[a-z]{4,14}[0-9]{2,4}")


def _is_speaker(surface: str) -> bool:
    """Refuse names of files, and a placeholder: «[PERSON_1]»."""
    return (
        _SPEAKS.fullmatch(surface) is not None
        and not is_placeholder(surface)
        and not _is_nobodys(surface)
        and _FILE.fullmatch(surface) is None
    )


# What a secret does: it opens, is kept, forgotten, changed and given away.
_OPENS = (
    "金庫|管理者|ゲスト用|(?<![A-Za-z])(?i:zip|guest)(?![A-Za-z])|打って|入れた|入れて|で入れ[るま]|古い(?:の|やつ|ほう)|新しい(?:の|やつ|ほう)|使わないで|昔の|まだ使え|パス|ぱす|PW|合い?言葉|あいことば|暗号|暗証|鍵|開[けき]|あけ|あか(?:ない|ん)|入れな|入れん|はいれ|通ら|弾かれ|はじかれ|ログイン|サインイン|ロック|解除|解凍|認証|大文字|小文字|半角|使い回|戻した|戻しと|変え(?:た|て|ない)|変更(?:し|後|済)|漏れ|漏洩"
    "|末尾|足した|前と同じ|同じやつ|共有|みんなで使|教え(?:る|て|と)|忘れ(?:た|そう|な)|覚え|メモ|別送|初期|仮の|ネトフリ|(?<![A-Za-z])(?i:netflix|wi-?fi|ssid|root|admin|router|login|sudo|vpn|ftp|rdp|nas)(?![A-Za-z])|アカ(?:共有|借)|わいふぁい|ワイファイ|ルーター"
)
_OPENING_SHAPE = r"[A-Za-z0-9][!#$%&*+<?^@~][A-Za-z0-9]|[0-9][!#$%&*?]|[A-Z][a-z]{3,}[0-9]{3}|[a-z]{3}-[a-z]{3,12}(?:-[a-z]{3,12})*-?[0-9]"


def _is_opening(surface: str) -> bool:
    """Refuse a version that is shouted, «Python3.11!», a thing that is numbered and what a page is asked for."""
    other = re.fullmatch("[A-Za-z]+[0-9]+(?:[.][0-9]+)+(?:[!?]|&.*)?|[a-z]+=.*&[a-z]+=.*", surface)
    return is_secret(surface) and other is None and THING.fullmatch(surface) is None


# Who keeps records of people, and what they do with them.
_OFFICES = (
    "会員|組合員|加入|契約|予約|ご?注文|オーダー|発注|受注|申し?込|応募|受付|受け付け|問い?合わ?せ|お客(?:様|さま)|顧客|利用者|患者|診察|診療|通院|入院|カルテ|検査結果|処方|受診|接種|生徒|学生|児童|受験|受講|入学|社員|職員|従業員|出勤|勤怠|打刻|検針|請求(?:書|が|さ)|納付|払込|引き?落とし"
    "|返品|返金|キャンセル|取り?消|照会|再発行|紛失|失くし|なくし|忘れ物|荷物|宅配|配達|配送|発送|伝票|送り状|持ち戻り|不在|再配|積み残|集荷|引き?換|引き取|受け取り|受取|取りに|鑑札|登録証|許可証|証明書|会員証|券面|切符|チケット|乗車券|搭乗|座席指定|宿泊|連泊|チェックイン"
    "|案件|起票|クローズ|エスカ|再オープン|折り?返し|担当(?:者|は|:)|の件|の者(?:です|だ)|保険金|証券|事故|査定|見積|修理|点検|工事|口振|貸出|延滞|返却|ポイント|マイル|スタンプ|抽選|当選(?!番号)|寄付|年会費|更新手続|継続手続|解約|退会|休会"
)
# Not what the maker of a thing calls it.
_NO_MODEL = "".join(
    f"(?<!{noun})(?<!{noun} )(?<!{noun}は)" for noun in ("型番", "品番", "型式", "機種", "商品")
)
_RECORD = r"[A-Z]{1,4}(?:-?[0-9]{5,10}|[0-9]{2}-[0-9]{4,6}|-[0-9]{2,6}-[0-9]{3,8})|[0-9]{2,3}[A-Z]-[0-9]{3,5}|[0-9]{4}-[0-9]{4}-[0-9]{4}|[a-z]{1,3}-[0-9]{6,8}|[a-z]{2}[0-9]{8}|[A-Z]{2,4}_[0-9]{4,8}[A-Z]{0,3}|[0-9]{10,12}"
_LETTERED_RECORD = r"[A-Z]{1,4}-?[0-9]{2}-?[0-9]{3}|[A-Z]{1,4}-[0-9]{2,6}-[0-9]{3}|[0-9]{2,3}[A-Z]-[0-9]{3}|[0-9]{4}-[0-9]{4}-[0-9]{4}|[a-z]{1,3}-[0-9]{6}|[a-z]{2}[0-9]{8}|[A-Z]{2,4}_[0-9]{4}|[0-9]{10}"

_FILED = r"(?:[A-Z]{1,3}-?[0-9]{7,10}|[A-Za-z][0-9]{2}-[0-9]{5}|[a-z]-[0-9]{6,8}|[0-9]{4}-[0-9]{4}-[0-9]{4})(?![0-9A-Za-z_@/=%]|[.:,-][0-9A-Za-z]| [0-9])"
_FILED_SHAPE = "(?:[A-Z]-?[0-9]{7}|[A-Za-z][0-9]{2}-[0-9]{5}|[a-z]-[0-9]{6}|[0-9]{4}-[0-9]{4}-[0-9]{4})"


def _is_record(surface: str) -> bool:
    """Refuse dates, round numbers and marks of standards."""
    number = digits(surface)
    dated = re.fullmatch("(?:19|20)[0-9]{2}[01][0-9](?:[0-3][0-9](?:[0-9]{4})?)?", number) is not None
    rounded = re.fullmatch("[0-9]{1,4}0{3,}", number) is not None
    mark = (
        re.match(
            "(?:ID|UID|NO|TEL|FAX|PIN|RFC|ISO|JIS|KB|CVE|RTX|GTX|UTF|SHA|MD|CR|LR|SR|USB|DDR)-?[0-9]", surface
        )
        is not None
    )
    return not dated and not rounded and not mark


# What stands on a desk, is lent out, breaks and comes back.
_GEAR = "貸与|貸出(?:し|機|品)|回収|返却|故障|交換(?:品|機)|修理|キッティング|棚卸|資産|備品|(?<![A-Za-z])(?i:mdm|pc|ipad|iphone|macbook|s/?n)(?![A-Za-z])|ノート|タブレット|端末|機器|デバイス|プリンタ|スマホ|機種|筐体|本体|裏|底(?:に|面)|シール|レジ|初期化|廃棄|盗難|製番|製造"

_UNSAID = re.compile(
    "[bcdfghjklmnpqrstvwxz]{3}|[jqvxz][bcdfgkmnpqtvwxyz]|q(?!u)|(?<![a-z])(?!sky|fly|try|dry|why|cry|shy|spy|fry|gym|sync|myth)[^aeiou-]{3,4}(?![a-z])"
)

PATTERNS = (
    Pattern(
        "USERNAME",
        "world.person",
        _handle("[A-Za-z_][A-Za-z0-9_.-]{3,28}[A-Za-z0-9_]"),
        accept=_is_person,
        context=Context(words(_PEOPLE), None, 0.0, before=32, after=32),
        score=0.7,
        trigger=_HANDLE_SHAPE,
    ),
    Pattern(
        "USERNAME",
        "world.speaker",
        r"(?:^|\n)\[(?P<v>[A-Za-z][A-Za-z0-9_.]{3,24})\] (?=[^\n])",
        accept=_is_speaker,
        score=0.7,
        trigger=r"\[[A-Za-z][A-Za-z0-9_.]+\] ",
    ),
    Pattern(
        "USERNAME",
        "world.pair",
        r"(?i:(?<![A-Za-z])(?:id|user(?:name)?|login|account|アカウント|ログイン))[ :=]{1,3}(?P<v>[A-Za-z_][A-Za-z0-9_.-]{2,30}[A-Za-z0-9_])(?= ?[/,|\n] ?(?i:pw|pwd|pass|パス)| (?i:pw|pwd)[ :=])",
        accept=is_value,
        score=0.8,
        trigger=r"[A-Za-z0-9_] ?[/,|\n] ?(?i:pw|pass|パス)|(?i:[A-Za-z0-9_] (?:pw|pwd)[ :=])",
    ),
    Pattern(
        "USERNAME",
        "world.command",
        r"(?:mysql|mysqldump|mariadb|psql|mongo(?:sh)?|curl|smbclient|ldapsearch|sqlcmd) (?:[!-~]{1,40} ){0,4}?-[uUl] ?(?P<v>[a-z_][a-z0-9_.-]{1,30})(?![A-Za-z0-9_@:/.-])",
        accept=lambda surface: (
            surface not in {"root", "postgres", "mysql", "admin", "user", "username", "sa"}
        ),
        score=0.7,
        source="MySQL, PostgreSQL and curl, options of their clients",
        trigger="(?:mysql|mysqldump|mariadb|psql|mongo|mongosh|curl|smbclient|ldapsearch|sqlcmd) [^\n]*-[uUl] ?[a-z_]",
    ),
    Pattern(
        "USERNAME",
        "world.whoami",
        r"whoami\n(?P<v>[a-z_][A-Za-z0-9_.-]{2,30})(?![A-Za-z0-9_@:/.-])",
        accept=lambda surface: surface not in {"root", "admin", "user", "username"},
        score=0.8,
        source="POSIX utilities",
    ),
    Pattern(
        "PASSWORD",
        "world.opens",
        rf"(?<![0-9A-Za-z@#/_=&?%+-])(?<![0-9A-Za-z][:.])(?P<v>(?=[A-Za-z]{{0,30}}+[!-@[-`{{-~])(?=[!-~]{{0,30}}?(?:{_OPENING_SHAPE})){MARKED_OPENER})(?![!-~])",
        accept=_is_opening,
        context=Context(words(_OPENS), None, 0.0, before=24, after=16),
        score=0.7,
        trigger=_OPENING_SHAPE,
    ),
    Pattern(
        "ACCOUNT_ID",
        "world.record",
        rf"{_NO_MODEL}(?<![0-9A-Za-z_@#%&=+/.,:¥$\\-])(?<![0-9][ -])(?P<v>{_RECORD})(?![0-9A-Za-z_@/=%]|[.:,-][0-9A-Za-z]| [0-9]|[A-Za-z{JAPANESE}]?円){NOT_COUNTED}",
        accept=_is_record,
        context=Context(words(_OFFICES), None, 0.0, before=18, after=14),
        score=0.7,
        digits=4,
        trigger=rf"(?:^|[^0-9A-Za-z])(?:{_LETTERED_RECORD})",
    ),
    Pattern(
        "ACCOUNT_ID",
        "world.filed",
        _NO_MODEL
        + r"(?<![0-9A-Za-z_@#%&=+/.,:¥$\\-])(?<![0-9][ -])"
        + rf"(?:(?:(?<={_BESIDE})|(?<={_BESIDE}[ :])){_FILED}|{_FILED}(?= ?{_BESIDE}))",
        accept=_is_record,
        context=Context(re.compile(f"[{JAPANESE}]"), None, 0.0, before=8, after=4),
        score=0.5,
        digits=6,
        trigger=rf"{_BESIDE}[ :]?[A-Z]{{0,2}}{_FILED_SHAPE}|{_FILED_SHAPE}[0-9]* ?{_BESIDE}",
    ),
    Pattern(
        "USERNAME",
        "world.like_no_word",
        _handle(
            r"[a-z]{3,14}_[a-z]{3,14}[0-9]{1,4}|[A-Z]{3,14}_[A-Z]{3,14}[0-9]{2,4}|_[A-Za-z]{3,14}__[A-Za-z]{3,14}|[A-Za-z]{3,12}-[A-Za-z]{3,12}-[0-9]{2,4}|(?i:its[a-z]{9,20}|x[a-z]{9,20}x)"
        ),
        accept=_is_person,
        context=Context(re.compile(f"[{JAPANESE}]"), None, 0.0, before=8, after=3),
        score=0.5,
        trigger=_HANDLE_SHAPE,
    ),
    Pattern(
        "PASSWORD",
        "world.like_no_slug",
        rf"{LEFT}(?P<v>[a-z]{{4,10}}[0-9]{{2,4}}[#$%&*]|[a-z]{{4,12}}-[a-z]{{4,12}}-[a-z]{{4,12}}[0-9]{{1,2}})(?![!-~])",
        accept=lambda surface: not _is_nobodys(surface),
        context=Context(re.compile(f"[{JAPANESE}]"), None, 0.0, before=8, after=3),
        score=0.5,
        trigger=r"[0-9][#$%&*]|[a-z]{4}-[a-z]{4,12}-[a-z]{4,12}[0-9]",
    ),
    Pattern(
        "SHARE_CODE",
        "world.meeting",
        r"(?<![0-9A-Za-z_@#%/-])(?<![0-9A-Za-z][.])[a-z]{3}-[a-z]{4}-[a-z]{3}(?![0-9A-Za-z_@/=-])",
        accept=lambda surface: _UNSAID.search(surface) is not None,
        context=Context(re.compile(f"[{JAPANESE}]"), None, 0.0, before=8, after=3),
        score=0.7,
        source="Google Meet, codes of meetings",
        trigger="[a-z]{3}-[a-z]{4}-[a-z]{3}",
    ),
    Pattern(
        "DEVICE_ID",
        "world.device",
        _NO_MODEL
        + r"(?<![0-9A-Za-z_@#%/-])(?<![0-9A-Za-z][.])(?:(?=[A-Z]{0,6}[0-9])(?=[A-Z0-9]{0,9}[0-9][A-Z0-9]{0,9}[0-9])(?=[0-9]{0,6}[A-Z])[A-Z0-9]{10,12}|[A-Z]{1,3}-?(?=[0-9]{0,5}[A-Z])[0-9A-Z]{6,8}|(?=[0-9]{0,12}[a-f])(?=[a-f]{0,8}[0-9])[0-9a-f]{16})(?![0-9A-Za-z_@/=]|[.:-][0-9A-Za-z])",
        accept=lambda surface: len(digits(surface)) > 2 and not surface.startswith(("IMEI", "MEID")),
        context=Context(words(_GEAR), None, 0.0, before=20, after=14),
        score=0.7,
        digits=3,
        trigger=_GEAR,
    ),
    Pattern(
        "BANK_ACCOUNT",
        "world.kouza",
        r"(?i:(?<![a-z])kou?za(?:[_ -]?(?:bangou?|no|num))?)[\"']?[ :=]{1,3}[\"']?(?P<v>[0-9]{3}[ -]{0,2}[0-9]{4})(?![0-9A-Za-z-])",
        score=0.8,
        source="Zengin system, account numbers of seven digits",
        digits=7,
    ),
    Pattern(
        "POSTAL_CODE",
        "world.yubin",
        r"(?i:(?<![a-z])yuu?bin(?:[_ -]?(?:bangou?|no|num))?)[\"']?[ :=]{1,3}[\"']?(?P<v>[0-9]{3}[ -]{0,2}[0-9]{4})(?![0-9A-Za-z-])",
        score=0.8,
        source="Japan Post",
        digits=7,
    ),
    Pattern(
        "ACCOUNT_ID",
        "world.case",
        r"(?:(?:令和|平成|昭和)[0-9元]{1,2}年 ?\([行少家人検]?[ァ-ヶ受]{1,2}\)|\((?:[行少家][ァ-ヶ]{1,2}|(?![ア-ソ]\) ?第? ?[0-9]{1,2} ?号)[ァ-ヶ]{1,2})\)) ?第? ?[0-9]{1,6} ?号(?![車室線機店棟館])",
        score=0.8,
        source="Supreme Court of Japan, rules on the marks of case records",
        digits=1,
        trigger=r"\) ?第? ?[0-9]+ ?号",
    ),
    Pattern(
        "ACCOUNT_ID",
        "world.ticket",
        rf"(?:^|[^A-Za-z0-9])\[#(?P<v>[0-9]{{5,9}})\](?=[^\n]{{0,40}}[{JAPANESE}])",
        score=0.7,
        source="OTRS and Zendesk, ticket marks in subjects",
        digits=5,
    ),
)
