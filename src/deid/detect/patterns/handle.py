"""Handles and account names: ``@name``, "my insta is …", LINE ids, Discord tags, UPI, Reddit, fediverse."""

import re

from deid.detect.context import Context, words
from deid.detect.patterns.parts import GAP, LINK, TAIL
from deid.detect.patterns.pattern import Pattern

_LATIN_SERVICE = (
    r"insta(?:gram)?|ig|twitter|tiktok|snap(?:chat)?|discord|telegram|tg|kakao(?: ?talk)?|line|we ?chat|weibo|skype|steam|psn"
    r"|ps id|xbox|switch|github|facebook|fb|threads|bluesky|bsky|mixi|reddit|twitch|youtube|signal|whatsapp|viber|zalo|mastodon"
    r"|misskey|pixiv|soundcloud|spotify|kik|onlyfans|battle\.?net|riot|epic|roblox|minecraft|venmo|cash ?app|paypal|paypay"
    r"|tumblr|linkedin|qq|note|ao3|nintendo|valorant|yt|twt|letterboxd|strava|duolingo|x"
)
_KANA_SERVICE = (
    "インスタ(?:グラム)?|らいん(?=[ :])|ツイッター|ツイ|ティックトック|スナチャ|ディスコ(?:ード)?|テレグラム|カカオ(?:トーク)?|ライン|ウィーチャット"
    "|微信|微博|スカイプ|スチーム|ブルスカ|ミクシィ|マイクラ|はてな"
)
# Services whose name is no word of its own: what follows their colon is a handle.
_NAMED_SERVICE = (
    "(?:(?<![A-Za-z0-9@/_-])(?<![A-Za-z0-9][.])(?:insta(?:gram)?|ig|twitter|tiktok|snap(?:chat)?|discord|telegram|tg|kakao(?: ?talk)?|we ?chat|weibo"
    "|skype|psn|xbox|github|bluesky|bsky|reddit|twitch|whatsapp|viber|misskey|mixi|pixiv|kik|venmo|(?-i:LINE))(?![A-Za-z0-9_])"
    f"|{_KANA_SERVICE})"
)
_SERVICE_TRIGGER = f"(?i:(?:^|[^A-Za-z0-9])(?:{_LATIN_SERVICE})(?:[^A-Za-z0-9]|\\z)|{_KANA_SERVICE})"
_SERVICE = f"(?:(?<![A-Za-z0-9@/_-])(?<![A-Za-z0-9][.])(?:{_LATIN_SERVICE})(?![A-Za-z0-9_]|[./-][A-Za-z0-9])|{_KANA_SERVICE})"
_ID_WORD = (
    r"id|user|ユーザー|アイディー|アカウント(?:名)?|アカ|垢|ユーザー(?:名|ネーム|id)|user ?name|user ?id|handle|account(?: name)?|acc|acct|@"
    r"|tag|タグ|name|ハンドル(?:ネーム|名)?|スクリーンネーム|gamertag|profile"
)
VALUE = r"(?P<v>(?:live:[.]?|@)?[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,38}[A-Za-z0-9_])?(?:#[0-9]{4,5})?)(?![A-Za-z0-9_@])(?!\.[A-Za-z0-9])"
MARKED = r"(?P<v>(?<![${])@?(?:[A-Za-z0-9_.-]{0,30}[0-9_][A-Za-z0-9_.-]{0,30}|[A-Za-z0-9_-]{2,30}\.[A-Za-z0-9_.-]{1,30}[A-Za-z0-9_])(?:#[0-9]{4,5})?)(?![A-Za-z0-9_@])"

_NOT_HANDLES = frozenset(
    "everyone here channel all home work school the override overload property staticmethod classmethod dataclass media"
    " import param return returns author see since deprecated test before after component injectable app mentions mention"
    " interface keyframes font-face supports charset include extend mixin layer container nullable nonnull notnull if else for each while end todo at gmail"
    " yourhandle your_handle yourname your_name yourusername your_username username playername nickname handle someone nasa spotify netflix youtube instagram twitter tiktok discord reddit nintendo playstation applesupport amazonhelp"
    " gmail.com yahoo.com hotmail.com outlook.com icloud.com docomo.ne.jp ezweb.ne.jp example.com".split()
)
_WORDS = frozenset(
    "postgres auto_increment www-data is was are and or but not so it its that this the an my your his her our their you they we he she me him them in on"
    " at to of for from with by about down up out off over under again now then too also just like really very busy good"
    " bad great cool fine nice fun new old open closed deleted private public hacked banned gone broken dead lol haha"
    " yes no ok okay what when where who why how if because as than there here has have had do does did can could will"
    " would should may might please thanks thank let lets call chat message messages dm pm post posts story stories live"
    " feed app account name id user username handle number phone email password none same different always never today"
    " tomorrow tonight later soon better best worse worst free full boring toxic still hard easy slow fast only more"
    " most much many some any every all both friend friends group server channel video videos photo photos pic pics"
    " profile page link bio first last next required invalid incorrect wrong taken available unknown missing optional"
    " instagram twitter discord telegram line snapchat whatsapp facebook tiktok anything something everything root admin"
    " administrator guest nobody superuser sudo value word bhai yaar says said be being been rated rates rate stand stands read reads box ever leave left loose stuck yourname yourhandle yourusername playername username password pass passwd note notes cheers status title active created updated test myself yourself another normal usual regular string undefined"
    " im ive its thats integer nullable boolean varchar numeric bigint smallint unsigned readonly unique autoincrement".split()
)


# Files, and what is numbered by its versions: «auth.log», «html5», «ubuntu10.04».
_THING = re.compile(
    r".*\.(?:txt|bin|exe|zip|pdf|jpe?g|png|gif|svg|mp[34]|mkv|deb|rpm|csv|tsv|log|conf|cfg|ini|cpp|hpp|py|sh|js|css|html?|xml|json|ya?ml|toml|php|java|jar|dll|iso|img|gz|xz|bz2|tar|sql|db|lock|service)"
    r"|(?:html|css|utf|ipv|mp|php|python|perl|java|gtk|qt|usb|ubuntu|debian|fedora|windows|win|android|ios|sqlite|mysql|postgres|node|vue|es)-?[0-9][0-9.]*",
    re.IGNORECASE,
)


def _is_handle(surface: str) -> bool:
    bare = surface.rstrip("_").lower()
    return bare not in _NOT_HANDLES and re.fullmatch(r"[0-9.]+(?:am|pm|st|nd|rd|th|k|h)?", bare) is None


def is_value(surface: str) -> bool:
    """Refuse ordinary words and bare numbers after a service's name."""
    return (
        len(surface) > 1
        and surface.strip("_.-@") != ""
        and surface.lstrip("@").lower() not in _WORDS
        and re.fullmatch(r"[0-9]{1,2}|[0-9.,:/-]+|v[0-9.]+|[0-9]*(?:1st|2nd|3rd|[0-9]th)", surface) is None
    )


def is_marked(surface: str) -> bool:
    """Refuse what holds no word, files, versions and numbers with a unit."""
    letters = re.search("[A-Za-z]{2}", surface) is not None and _THING.fullmatch(surface) is None
    return (
        letters
        and is_value(surface)
        and re.fullmatch(r"[0-9]+[a-z]{1,7}|[A-Z0-9]{1,4}|0x[0-9a-fA-F]+", surface) is None
    )


def _is_plain_handle(surface: str) -> bool:
    """Refuse what is said of an account: that it is lagging, hacked, useless."""
    return (
        is_value(surface)
        and re.search(
            "(?:ing|ed|ful|less|able|ous|ant|ent|ive|ish|est)$|^un|^hack|^trash|^off|^on-|^pre-", surface
        )
        is None
    )


# A field, not who speaks: «User: Certainly», «user: thanks for that».
_USER = r"(?:user(?=[\"']? ?[:=] ?[\"']?[A-Za-z0-9_.-]{4,40}[\"']?(?:$|[,;|}\n]| (?i:p)))|(?i:user)(?=[\"']? ?[:=] ?[\"']?[A-Za-z._-]{0,24}[0-9_]))"

PATTERNS = (
    Pattern(
        "USERNAME",
        "handle.at",
        r"(?<![A-Za-z0-9_%+@/=&-])(?<![A-Za-z0-9_-]\.)@[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,38}[A-Za-z0-9_])(?![A-Za-z0-9_@]|-?/[a-z]|-[a-z-]{1,24}/[a-z])(?! (?:syntax|decorator|annotation|import|rule))",
        accept=lambda surface: _is_handle(surface[1:]),
        score=0.8,
    ),
    Pattern(
        "USERNAME",
        "handle.service_id",
        rf"(?i:{_SERVICE}(?:の| |'s )?(?:公式|個人|サブ|裏|本)?(?:{_ID_WORD})(?:['’]s)?(?![A-Za-z])){LINK}{VALUE}",
        accept=is_value,
        score=0.9,
        trigger=_SERVICE_TRIGGER,
    ),
    Pattern(
        "USERNAME",
        "handle.service_colon",
        rf"(?i:{_NAMED_SERVICE}) ?(?::|=|→|->|=>|>){LINK}{VALUE}",
        accept=is_value,
        score=0.8,
    ),
    Pattern(
        "USERNAME",
        "handle.service_marked",
        rf"(?i:{_SERVICE}(?:(?: is| as| at| @| same| under| id| it's| its| me| handle| name|は|が|で|:|の|、|,)){{0,2}}) {{0,2}}"
        rf"[\"'「(]?{MARKED}",
        accept=is_marked,
        score=0.7,
        trigger=_SERVICE_TRIGGER,
    ),
    Pattern(
        "USERNAME",
        "handle.cued_near",
        rf"(?i:{_SERVICE}(?:(?:の| |['’]s )?(?:{_ID_WORD})(?![A-Za-z]))?|(?<![A-Za-z])(?:user ?name|user ?id|handle|screen[ _]?name|gamer ?tag|log ?in (?:name|id))|(?:ゲーム(?:内)?|プレイヤー|ユーザー|フレンド|ログイン)の?(?:ID|名|ネーム)|ハンドルネーム|アカウント(?:名|ID)){GAP}{MARKED}",
        accept=is_marked,
        score=0.7,
        digits=1,
        trigger=rf"{_SERVICE_TRIGGER}|(?i:user ?name|user ?id|handle|screen[ _]?name|gamer ?tag|log ?in )|ゲーム|プレイヤー|ユーザー|フレンド|ログイン|ハンドルネーム|アカウント",
    ),
    Pattern(
        "USERNAME",
        "handle.before_cue",
        rf"(?<![A-Za-z0-9_@/-])(?<![0-9A-Za-z][.])(?P<v>@?(?=[A-Za-z_.-]{{0,30}}[0-9])[A-Za-z0-9_.-]{{3,38}}(?:#[0-9]{{4,5}})?){TAIL}(?i:(?!x [a-z]|line [0-9]){_SERVICE}|user ?name|user ?id|handle|gamer ?tag|(?:ゲーム(?:内)?|プレイヤー|ユーザー|フレンド|ログイン)の?(?:ID|名|ネーム)|ハンドルネーム|アカウント)",
        accept=is_marked,
        score=0.7,
        digits=1,
        trigger=rf"{_SERVICE_TRIGGER}|(?i:user ?name|user ?id|handle|gamer ?tag)|ゲーム|プレイヤー|ユーザー|フレンド|ログイン|ハンドルネーム|アカウント",
    ),
    Pattern(
        "USERNAME",
        "handle.service_near",
        rf"(?i:{_SERVICE})[^A-Za-z0-9\n]{{1,16}}{MARKED}",
        accept=is_marked,
        score=0.5,
        trigger=_SERVICE_TRIGGER,
    ),
    Pattern(
        "USERNAME",
        "handle.before_service",
        rf"(?i:(?<![A-Za-z])(?:follow|add|dm|find|im|i['’]m|i am|it['’]?s|me|me as|go by|@) {MARKED} (?:on|at|over on) (?:my )?{_SERVICE})",
        accept=is_marked,
        score=0.7,
    ),
    Pattern(
        "USERNAME",
        "handle.mail_local",
        rf"(?i:(?<![A-Za-z])(?:gmail|g mail|yahoo mail|icloud|hotmail|outlook)(?: (?:address|id|user ?name|name))?(?:の(?:アドレス|ID))? ?(?:is|:|=|は|で)) ?{MARKED}(?! ?(?:@|at ))",
        accept=is_marked,
        score=0.7,
    ),
    Pattern(
        "USERNAME",
        "handle.add_me",
        r"(?i:(?<![A-Za-z])(?:add|follow|dm|message|hit|find|hmu|text|pm)(?: me| him| her| us)?(?: up)?(?: on| at| over| via)(?: my)? "
        rf"{_SERVICE}(?: at| as| under| by|:|,| -| @|\?)){LINK}{VALUE}",
        accept=is_value,
        score=0.8,
    ),
    Pattern(
        "USERNAME",
        "handle.add_me_plain",
        rf"(?i:(?<![A-Za-z])(?:add|follow|hmu|find)(?: me| us)? on(?: my)? {_SERVICE}),? {VALUE}(?=$|[^A-Za-z0-9 ]| [^A-Za-z0-9])",
        accept=is_value,
        score=0.7,
    ),
    Pattern(
        "USERNAME",
        "handle.cued",
        r"(?i:(?<![A-Za-z])(?:user ?name|user name|screen[ _]?name|gamer ?tag|handle|account name|login(?: id| name)?|nick(?:name)? on [a-z]{2,12})"
        r"|ユーザー名|ユーザーネーム|ハンドルネーム|ハンドル名|ログインID|アカウント名|アカウントID|(?<![A-Za-z])HN"
        r"|(?:my|his|her|their) (?:id|handle|user ?name|@)) {0,2}(?:is(?![A-Za-z])|['’]s(?![A-Za-z])|:|=|は|が|→|->)"
        rf"{LINK}{VALUE}",
        accept=is_value,
        score=0.8,
    ),
    Pattern(
        "USERNAME",
        "handle.id_marked",
        rf"(?i:(?<![A-Za-z?&])(?<!session_)(?<!tracking_)(?<!visitor_)(?<!device_)(?<!client_)(?<!request_)(?<!trace_)(?<!<div )(?<!<span )(?<!<li )(?<!<ul )(?<!<tr )(?<!<td )(?<!<input )(?<!<button )(?<!<form )(?<!<section )(?<!<img )(?<!<a )id) ?(?:は|が|:|=|→| is ){LINK}{MARKED}",
        accept=is_marked,
        score=0.7,
    ),
    Pattern(
        "USERNAME",
        "handle.short_service",
        rf"(?<![A-Za-z0-9@/_-])(?<![A-Za-z0-9][.])(?:(?i:sc|(?<!,)dc|twt|yt|ttv|disc)|{_USER})[\"']? ?[:=] ?[\"']?{VALUE}",
        accept=lambda surface: len(surface) > 4 and is_value(surface),
        score=0.5,
        trigger="(?i:sc|dc|twt|yt|ttv|disc|user)[\"']? ?[:=]",
    ),
    Pattern(
        "USERNAME",
        "handle.mine",
        rf"(?i:(?<![A-Za-z])(?:my|his|her|their) (?:[a-z]{{2,10}} )?{_SERVICE}(?: (?:user|channel|account|acc))?(?:['’]s| is|:| =)) ?{MARKED}",
        accept=is_marked,
        score=0.7,
        trigger=rf"(?i:(?:my|his|her|their) (?:[a-z]+ )?(?:{_LATIN_SERVICE})(?:[^A-Za-z0-9]|\z))",
    ),
    Pattern(
        "USERNAME",
        "handle.mine_plain",
        r"(?i:(?<![A-Za-z])my (?:insta(?:gram)?|ig|snap(?:chat)?|twitter|tiktok|discord|telegram|skype|kik|wechat|threads|bluesky|twitch|gamertag|psn|steam)(?: is|['’]s|:)) (?P<v>[a-z]{6,24}|[a-z]{3,12}-[a-z]{3,12})(?=[.!,]?(?:$|\n| ?[^ -~])|,|(?<=[a-z]{10}) (?:dont|don't|add|hmu|if|lol|pls|and|or)(?![a-z]))",
        accept=_is_plain_handle,
        score=0.5,
    ),
    Pattern(
        "USERNAME",
        "handle.camel",
        r"(?i:(?<![A-Za-z])(?:my|his|her|their) (?:[a-z]{2,10} )?(?:youtube|yt|twitch|tiktok|tumblr|soundcloud|spotify|steam|xbox|psn|github|reddit|twitter|insta(?:gram)?)(?: (?:user|channel|account|acc|name))?(?:['’]s| is|:| =)) ?(?P<v>[A-Z][a-z]{1,14}[A-Z][A-Za-z0-9]{1,24})(?![A-Za-z0-9_@])",
        score=0.7,
        trigger="(?i:(?:my|his|her|their) (?:[a-z]+ )?(?:youtube|yt|twitch|tiktok|tumblr|soundcloud|spotify|steam|xbox|psn|github|reddit|twitter|insta))",
    ),
    Pattern(
        "USERNAME",
        "handle.long_word",
        rf"(?i:{_SERVICE}(?: (?:{_ID_WORD})(?![A-Za-z]))?|(?<![A-Za-z])(?:user ?name|user ?id|handle|screen[ _]?name|gamer ?tag|log ?in name|ign))(?i:['’]s| is| was|[ ]?[:=→,]|[ ]?[-–]| ?[-=]>)[ \"'*]{{0,3}}(?P<v>[A-Za-z]{{9,24}})(?=$|[\n\"'.,!?;)]| (?:lol|btw|hmu|add|dont|pls|and|or|if|not|haha|thx)(?![A-Za-z])| ?[^ -~])",
        accept=lambda surface: (
            _is_plain_handle(surface.lower())
            and re.search("(?:tion|ment|ness|ity|ly|ated?|ally|ure|ism|ers?|ons?)$", surface.lower()) is None
        ),
        score=0.7,
    ),
    Pattern(
        "USERNAME",
        "handle.log_line",
        r"(?:^|\n|[^\x00-\x7f] ?|[.]{3})(?:\[?[0-9:]{4,8}\]? )?<[@+%&~]?(?P<v>(?=[A-Za-z]{0,30}[0-9_|^`-])[A-Za-z_|^`][A-Za-z0-9_|^`-]{2,31})> ",
        score=0.8,
        source="RFC 2812 2.3.1",
        trigger="<[@+%&~]?[A-Za-z_|^`][A-Za-z0-9_|^`-]+> ",
    ),
    Pattern(
        "USERNAME",
        "handle.added",
        r"(?i:(?<![A-Za-z])(?:add|invite|friend|find|whisper|pst) )(?P<v>[A-Za-z][A-Za-z0-9_.-]{2,24}[0-9]{2,5})(?![A-Za-z0-9])",
        context=Context(
            words(
                "play|game|discord|valorant|minecraft|roblox|fortnite|lol|duo|squad|lobby|party|friend|steam|psn|xbox|ig|insta|snap|server"
            ),
            None,
            0.0,
            before=60,
            after=30,
        ),
        accept=is_marked,
        score=0.7,
        digits=2,
    ),
)
