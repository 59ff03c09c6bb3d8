"""One-time codes, and codes that let somebody in or share something."""

import re

from deid.detect.asides import is_clause
from deid.detect.context import Context, words
from deid.detect.patterns.parts import GAP, JAPANESE, LEFT, LINK, NOT_COUNTED, RIGHT, SERIAL_CUE, TAIL
from deid.detect.patterns.pattern import Pattern
from deid.detect.patterns.sayable import unsayable

_SHOUTED = frozenset(
    "LINE ZOOM TEAM TEAMS HERE CODE PLZZ THIS THAT WITH FROM ONLY FREE NULL NONE TRUE FALSE JOIN ROOM HTTP HTTPS WHAT DISCORD".split()
)


def _is_code(surface: str) -> bool:
    return (
        surface.isdigit()
        or (re.search("[0-9]", surface) is not None)
        or (surface.isupper() and len(surface) > 3 and surface not in _SHOUTED)
    )


# «I use 250MB», «try 1080P»: how much of something, and no code.
_SIZE = re.compile("[0-9]{3,5}[KMGWV]|[0-9]{1,4}(?:[KMGTP]I?B(?:PS)?|[KMGT]?BPS|[KMG]?HZ|FPS|MAH|PX|P)")


# «use code SAVE10 says every podcast»: a shop's word for everybody, and how much is off.
_OF_A_SHOP = re.compile(
    "(?:SAVE|SALE|TAKE|GET|EXTRA|FLASH|DEAL|PROMO|OFF|WELCOME|HELLO|FIRST|NEW(?:YEAR|USER)?|FREE(?:SHIP(?:PING)?)?|SPRING|SUMMER|AUTUMN|FALL|WINTER|XMAS|EASTER|BLACK(?:FRIDAY)?|CYBER|STUDENT)[0-9]{1,2}"
)


def is_promotion(surface: str) -> bool:
    """Whether a code is a word of sales and a rebate, which a shop gives everybody."""
    return _OF_A_SHOP.fullmatch(surface) is not None


def _unlike_a_word(surface: str) -> bool:
    """Accept what nobody could say: four consonants in a row, or no vowel."""
    return unsayable(surface) and surface not in _NOT_CODES


_NOT_CODES = frozenset(
    "here below above expired invalid required used wrong valid working missing needed discord line zoom teams steam twitter"
    " instagram none null true false only this that what please free which where from with your http https string optional"
    " enabled disabled closed open full unknown https discount something anything nothing sent when length strength".split()
)

_OTP_WORD = (
    r"(?i:認証コード|認証番号|確認コード|確認番号|検証コード|ワンタイム(?:パスワード|コード|パス)?|SMSコード|2段階認証(?:の)?(?:コード|番号)?|二段階認証(?:の)?(?:コード|番号)?|認証コ(?![ァ-ヺー])|(?:SMS|ショートメール|メール|LINE)(?:の|に(?:来た|届いた)|で(?:来た|届いた))(?:番号|数字|コード)|セキュリティコード(?:番号)?|バックアップコード|復旧コード|本人確認コード|承認コード|ログインコード|认证码|验证码|인증번호"
    r"|(?<![A-Za-z])(?:verification|one[- ]time|2fa|two[- ]factor|auth(?:entication|entication|orization)?|login|log[- ]in|sign[- ]in|sms|mfa|access|security|confirmation|activation|reset|backup|recovery|authenticator|signin|login|google|whats ?app|apple|microsoft|amazon|paypal|telegram|steam guard|okta|duo|validation|unlock|temp(?:orary)?|one ?use|single[- ]use)[ -](?:pass)?(?:codes?|passcode|password|pin|token)|(?<![A-Za-z])(?:passcode|pin|code|number|digits) (?:that )?(?:they|you|u|he|she|it|google|whats ?app|the bank|my bank|the app) (?:just )?(?:sent|texted|e-?mailed|gave|messaged)(?: (?:to )?(?:me|u|you|us))?|(?<![A-Za-z])otp(?: code)?|(?<![A-Za-z])(?:authenticator|verification|2fa|passcode)(?! (?:email|link|process|badge|page|failed))|届いた[4-8四五六八]桁|[4-8四五六八]桁の?(?:認証)?(?:コード|番号|数字))"
)

# Few enough words before each "code" to be looked for one by one.
_SHARE_WORD = (
    r"(?i:招待コード|招待番号|友達紹介|友だち紹介|フレンド紹介|フレコ|フレンドコード|引継ぎコード|引き継ぎコード|紹介コード|共有コード|シェアコード|友達コード|友だちコード|クーポンコード|プロモコード|ギフトコード|参加コード|入室コード|(?:割引|優待|特典|キャンペーン|プロモーション|シリアル|フレンド|ログインボーナス|お試し|抽選|入会|紹介者|招待者|加入)コード|(?:招待|紹介|フレンド招待)ID|アマギフの?番号|(?:ルーム|サーバー|チーム|ワールド|マッチ|ギルド)(?:コード|ID|番号)|部屋(?:コード|ID|番号)|ルムコ|部屋コ|部屋番|(?:アモアス|アマングアス)(?:の?(?:部屋|ルーム|コード))?|(?<![A-Za-z])(?:among ?us|jackbox|kahoot|gartic)(?: (?:room|game))?(?: (?:code|pin))?|(?:ギルド|クラン|パーティー?|ロビー)(?:コード|ID)|部屋番号コード|番号のコード|合言葉|合い言葉|あいことば|ミーティングID|ミーティング番号|会議ID|パーティーコード|(?:ギフト(?:券|カード)|プリペイド|商品券|ウェブマネー|アマギフ|WebMoney)(?:の?(?:番号|コード|ナンバー)|(?=[ :はが]{0,2}[0-9A-Z-]{14}))|口令|邀请码"
    r"|(?<![A-Za-z])(?:invite|invitation|referral|refer|share|sharing|promo(?:tion)?|coupon|gift(?: card)?|voucher|redeem|redemption|room|lobby|party|server|team|squad|clan|guild|game|match|world|session)[ -]?(?:codes?|passcode|key)|(?<![A-Za-z])(?:group|classroom|friend|album|discord|zoom|webinar|teams|join|join(?:ing)? (?:with|using|by)|class|meeting|access|entry|gate|door)[ -]?(?:codes?|passcode|key)|(?<![A-Za-z])(?:event|discount|beta|trial|bonus|creator|partner|affiliate|sign-?up|voucher|unlock|preview|early access|streamer|clan|alliance|raid|map|island|level|playlist|study|survey|course|enrol?ment)[ -]?(?:codes?|passcode|key)|(?<![A-Za-z])(?:steam|game|beta|epic|xbox|psn|switch|activation|redeem)[ -]keys?|(?<![A-Za-z])(?:zoom |meet(?:ing)? |room |lobby |server )(?:meeting )?id)"
)

_OTHER_CODES = words(
    "error|zip|postal|post|pin|country|area|dialling|product|item|status|exit|source|bar|sort|branch|bank|hs|sic|building|model|part"
    "|color|colour|dress|商品|製品|エラー|郵便|国|市外|銀行|支店|金融機関|証券|銘柄|バー|QR|ソース|カラー|会員|顧客|業種|分類|市区町村|自治体|大学|学校|住所|Gコード"
)

# «店のチラシに», «みんな使えるやつ»: a coupon that a shop gives everybody.
_FOR_ALL = r"(?![^\n]{0,14}(?:チラシ|みんな(?:が)?使|(?:誰|だれ)でも(?:可|使|OK)|全員(?:に|が|共通)))"

_USED = r"(?:(?:use|enter|type|apply|redeem|try|put in|put|sign ?up with|join with|join us(?: at| with)?)(?: (?:my|the|this|our))?(?: (?:code|ref|referral|coupon|promo|voucher))?|(?:my|our|the) (?:code|ref)(?: is|['’]s|:)?|codes?(?: is|:|=)|ref code)"


PATTERNS = (
    Pattern(
        "ONE_TIME_CODE",
        "otp.after",
        rf"{_OTP_WORD}{GAP}(?!(?<= so )(?:19|20)[0-9]{{2}}(?![0-9]))(?P<v>[A-Z]{{1,3}}-[0-9]{{4,8}}|[0-9]{{3,4}}[ -][0-9]{{3,4}}|[0-9]{{2}}(?:[ -][0-9]{{2}}){{2,3}}|[0-9](?:[ -][0-9]){{3,7}}|[0-9]{{4,9}}){RIGHT}{NOT_COUNTED}",
        score=0.9,
        digits=4,
    ),
    Pattern(
        "ONE_TIME_CODE",
        "otp.before",
        rf"(?<![0-9A-Za-z])(?<![0-9][ .-])(?P<v>(?:G-)?[0-9]{{4,8}}|[0-9]{{3}}[ -][0-9]{{3}})(?: is (?:your|the|my)(?: [A-Za-z]{{2,16}}){{0,2}} |{TAIL}){_OTP_WORD}",
        score=0.9,
        digits=4,
    ),
    Pattern(
        "ONE_TIME_CODE",
        "otp.got",
        rf"(?i:(?:got|get|getting|received|sent|sends|texted|typed|entered|enter|type|here'?s|there'?s)(?: me| you)? (?:a|the|this|my|that) code|the code(?: (?:i|we) (?:got|received|have|see))?|code (?:just |finally )?(?:came|arrived|says|reads|popped)(?: up| in| through)?){LINK}(?P<v>[0-9]{{3}}[- ]?[0-9]{{3}}){RIGHT}",
        score=0.8,
        digits=6,
    ),
    Pattern(
        "ONE_TIME_CODE",
        "otp.service",
        rf"(?i:(?:your|the) (?!(?:error|zip|area|status|exit|country|dress|product|item|qr|source|bar|colou?r|promo|coupon|post(?:al)?|sort|return) )[a-z]{{2,16}} code(?: is|:)|(?:use|enter|type)(?: the| this)? code){LINK}(?P<v>(?:G-)?[0-9]{{3,4}}[ -]?[0-9]{{1,4}}){RIGHT}{NOT_COUNTED}",
        score=0.8,
        digits=4,
    ),
    Pattern(
        "SHARE_CODE",
        "share.cued",
        rf"{_SHARE_WORD}{GAP}(?P<v>[A-Za-z0-9](?:[A-Za-z0-9_-]|(?<=[0-9]) (?=[0-9])){{3,23}}){RIGHT}{NOT_COUNTED}",
        accept=_is_code,
        score=0.8,
    ),
    Pattern(
        "SHARE_CODE",
        "share.before_cue",
        rf"{LEFT}(?P<v>[A-Z0-9]{{2,8}}(?:-[A-Z0-9]{{2,8}}){{1,3}}|[A-Za-z0-9]{{5,16}}){TAIL}{_SHARE_WORD}",
        accept=_is_code,
        score=0.8,
        trigger=_SHARE_WORD,
    ),
    Pattern(
        "SHARE_CODE",
        "share.japanese",
        rf"(?:合言葉|合い言葉|あいことば)(?:は|:|が)?[ 「『]{{0,2}}(?P<v>[{JAPANESE}]{{1,16}}?[0-9]{{1,8}}|(?<=[は:が 「『])[{JAPANESE}]{{2,16}}?)(?:[」』。、!\n ]|です|だよ|[でね](?=$|[。、!\n ])|$)",
        accept=lambda surface: not is_clause(surface),
        score=0.7,
    ),
    Pattern(
        "SHARE_CODE",
        "share.japanese_quoted",
        rf"(?:合言葉|合い言葉|あいことば)(?:は|:|が)? ?[「『](?P<v>[{JAPANESE}A-Za-z0-9 、。!?]{{1,24}})[」』]",
        accept=lambda surface: surface not in {"山", "川"},
        score=0.7,
        trigger="(?:合言葉|合い言葉|あいことば)(?:は|:|が)? ?[「『]",
    ),
    Pattern(
        "SHARE_CODE",
        "share.clipboard",
        r"(?:￥|¥|\$|€|《|₴)(?P<v>[A-Za-z0-9]{8,14})(?:￥|¥|\$|€|》|₴)",
        accept=lambda s: not s.isdigit() and not s.isalpha(),
        score=0.8,
        source="Taobao share codes",
        trigger="[A-Za-z0-9]{2}[￥¥$€》₴]",
    ),
    Pattern(
        "SHARE_CODE",
        "share.meet",
        r"(?<![A-Za-z0-9-])[a-z]{3}-[a-z]{4}-[a-z]{3}(?![A-Za-z0-9-])",
        context=Context(
            words(
                "meet|meeting|zoom|code|passcode|call|join|room|invite|invitation|lobby|referral|refer|friend|shar(?:e|ing)|album|party|game|event|class|group|squad|team|beta|voucher|gift|coupon|promo|コード|招待|紹介|会議|ミーティング|ルーム|部屋|通話|参加|フレンド|フレコ|共有|アルバム|クーポン|ギフト"
            ),
            None,
            0.0,
            before=40,
        ),
        score=0.8,
        source="Google Meet",
    ),
    Pattern(
        "SHARE_CODE",
        "share.used",
        rf"(?i:(?<![A-Za-z]){_USED}) (?P<v>(?=[A-Z-]{{0,12}}[0-9])(?=[0-9-]{{0,12}}[A-Z])(?-i:[A-Z0-9]{{5,12}}|[A-Z0-9]{{2,6}}(?:-[A-Z0-9]{{2,6}}){{1,3}})|(?-i:[A-Z]{{3,6}}(?:-[A-Z]{{3,6}}){{1,2}}|[a-z]{{3}}-[a-z]{{4}}-[a-z]{{3}})){RIGHT}",
        accept=lambda surface: _SIZE.fullmatch(surface) is None and not is_promotion(surface),
        context=Context(None, _OTHER_CODES, 0.7, before=22, veto_after=0),
        score=0.7,
        trigger=rf"(?i:(?:^|[^A-Za-z]){_USED}) (?:[A-Za-z-]{{0,12}}[0-9]|[A-Za-z]{{3,6}}-)",
    ),
    Pattern(
        "SHARE_CODE",
        "share.near_cue",
        rf"(?<![A-Za-z0-9/-])(?:[A-Z0-9]{{3,5}}-[A-Z0-9]{{3,5}}(?:-[A-Z0-9]{{3,5}})?|(?=[A-Z]{{0,7}}[0-9])(?=[0-9]{{0,7}}[A-Z])[A-Z0-9]{{6,10}}){RIGHT}(?!-){_FOR_ALL}",
        accept=lambda surface: re.search("[A-Z]", surface) is not None and not is_promotion(surface),
        context=Context(
            words(
                "invit(?:e|ation)s?|referral|refer|promo|join(?:ing)?|party|class(?:room)?|kahoot|session|island|clan|guild|league|tournament|webinar|pair(?:ing)?|beta|discount|wait ?list|sign ?up|playlist|study group|(?:my|ur|your) code|coupon|voucher|gift ?cards?|lobby|room|squad|friend code|sharing|招待|紹介|参加コード|クーポン|ギフト|フレコ|フレンド|ルーム|部屋|合言葉|割引"
            ),
            SERIAL_CUE,
            0.0,
            before=36,
            after=20,
        ),
        score=0.7,
    ),
    Pattern(
        "SHARE_CODE",
        "share.field",
        rf"{_SHARE_WORD}(?:[\"'`*_)\]】」』]{{0,3}} {{0,2}}(?:[:=→「『]|->|は|が) {{0,2}}[\"'「『`*]{{0,3}})(?P<v>[A-Za-z][A-Za-z0-9_-]{{3,23}}){RIGHT}",
        accept=lambda surface: surface.lower() not in _NOT_CODES,
        score=0.7,
    ),
    Pattern(
        "SHARE_CODE",
        "share.unlike_words",
        rf"{_SHARE_WORD}{{GAP}}(?P<v>[a-z]{{4,16}}){RIGHT}".replace("{GAP}", GAP),
        accept=_unlike_a_word,
        score=0.7,
    ),
    Pattern(
        "SHARE_CODE",
        "share.meeting",
        rf"(?i:(?<![A-Za-z])(?:zoom|teams|webex)(?:の|['’]s)?(?: meeting)?(?:id| id|ID)?|ミーティングID){GAP}(?P<v>[0-9]{{3}}[ -]?[0-9]{{3,4}}[ -]?[0-9]{{3,4}}){RIGHT}",
        score=0.9,
        source="Zoom",
        digits=9,
    ),
    Pattern(
        "ONE_TIME_CODE",
        "otp.japanese_message",
        r"(?:SMS|ショートメール|メール|LINE|ライン|コード)(?:で|に|から)(?P<v>[0-9]{6}|[0-9]{3}[ -][0-9]{3})(?:って|と|が|という|きた|来た|届)",
        score=0.8,
        digits=6,
        trigger="[でにら][0-9][0-9][0-9]",
    ),
    Pattern(
        "ONE_TIME_CODE",
        "otp.backup",
        rf"(?i:(?<![A-Za-z])(?:backup|recovery)[ -]codes?|バックアップコード|復旧コード){GAP}(?P<v>(?=[a-z-]{{0,8}}[0-9])[0-9a-z]{{4,5}}[ -][0-9a-z]{{4,5}}){RIGHT}",
        score=0.9,
        digits=1,
    ),
    Pattern(
        "ONE_TIME_CODE",
        "otp.code",
        rf"(?:(?i:(?<![A-Za-z])code)|コード)(?:(?i: is| was|[:=]| ?->)|は|が|を|の|「|→| |】){{0,3}}(?P<v>[0-9]{{6}}|[0-9]{{8}}|[0-9]{{3}}[ -][0-9]{{3}}|[0-9]{{4}}[ -][0-9]{{4}}){RIGHT}(?![ -]{{1,2}}[0-9]){NOT_COUNTED}",
        context=Context(None, _OTHER_CODES, 0.7, before=22, veto_after=0),
        score=0.7,
        digits=6,
    ),
    Pattern(
        "ONE_TIME_CODE",
        "otp.digits_said",
        rf"(?:(?i:(?<![A-Za-z])(?:[4-8]|four|six|eight)[- ]digits?(?: code| pin)?|(?<![A-Za-z])code (?:from|in|by|via|on) (?:the |my |your |an? )?(?:text|sms|e-?mail|message|app|authenticator|phone)|(?<![A-Za-z])verification ?:|(?:pin|code|number) (?:they |you )?(?:sent|texted)(?: to)? me:?|(?:sent|texted) (?:you|u) (?:a|an|the) (?:text|sms|code|message|e-?mail))|[468]桁の(?:コード|番号|数字)|(?:届いた|来た|送られてきた|送られた)(?:コード|番号|数字)|認証 ?:){GAP}(?P<v>[0-9]{{4,8}}|[0-9]{{3}}[ -][0-9]{{3}}){RIGHT}{NOT_COUNTED}",
        score=0.8,
        digits=4,
    ),
    Pattern(
        "ONE_TIME_CODE",
        "otp.said_after",
        r"(?<![0-9A-Za-z])(?<![0-9][ .-])(?P<v>(?:G-)?[0-9]{4,8}|[0-9]{3}[ -][0-9]{3}|[0-9]{2}(?:-[0-9]{2}){1,3})(?i: (?:is|as) (?:your|my|the)(?: [a-z0-9'’.]{1,16}){0,4} (?:code|passcode|otp)(?![a-z])|,? (?:is |was )?(?:that|this|it)(?:['’]?s| is)? (?:the|my|your) code(?![a-z])|(?<=[0-9]{4}) to (?:verify|log ?in|sign ?in|confirm|complete|authenticate))",
        score=0.8,
        digits=4,
    ),
    Pattern(
        "ONE_TIME_CODE",
        "otp.google",
        r"(?<![0-9A-Za-z-])G-[0-9]{6}(?![0-9A-Za-z-])",
        score=0.9,
        source="Google",
        digits=6,
    ),
    Pattern(
        "SHARE_CODE",
        "share.gift_card",
        r"(?<![A-Za-z0-9-])(?=[A-Z-]{0,14}[0-9])(?=[0-9-]{0,14}[A-Z])[A-Z0-9]{4}-[A-Z0-9]{6}-[A-Z0-9]{4,5}(?![A-Za-z0-9-])",
        score=0.8,
        source="Amazon gift cards",
        digits=1,
        trigger="-[A-Z0-9]{6}-",
    ),
)
