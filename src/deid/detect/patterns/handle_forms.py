"""Handles with a form or a word of their own: games, messengers, payment services, the fediverse."""

from deid.detect.context import Context, words
from deid.detect.patterns.handle import VALUE, is_value
from deid.detect.patterns.parts import GAP, HIRAGANA, KATAKANA, LINK
from deid.detect.patterns.pattern import Pattern

_UPI = "ok[a-z]{3,12}|[a-z]{2,10}bank|ybl|ibl|axl|apl|paytm|upi|ptyes|ptsbi|pthdfc|ptaxis|jupiteraxis|fam|freecharge|sbi"
_UNDERSCORE = "(?:under ?score|アンダーバー|アンダースコア|アンスコ)"
_SERVICES = words(
    "insta(?:gram)?|ig|twitter|tiktok|snap(?:chat)?|discord|telegram|reddit|twitch|handle|user ?name|gamertag|psn|インスタ|ツイッター|ディスコード|アカウント|垢"
)

PATTERNS = (
    Pattern(
        "USERNAME",
        "handle.fediverse",
        r"(?<![A-Za-z0-9_%+@-])(?<![A-Za-z0-9_-]\.)@[A-Za-z0-9_.-]{1,40}@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}",
        score=1.0,
        source="WebFinger, RFC 7565",
        trigger="@[A-Za-z0-9_.-]+@",
    ),
    Pattern(
        "USERNAME",
        "handle.discord_tag",
        rf"(?<![A-Za-z0-9_#@])(?<![A-Za-z0-9_-]\.)[A-Za-z_][A-Za-z0-9_.{HIRAGANA}{KATAKANA}]{{1,31}}#[0-9]{{4,5}}(?![0-9A-Za-z])",
        accept=lambda surface: (
            surface.split("#")[0].rstrip("はがのもを").lower()
            not in {"order", "ticket", "case", "issue", "bug", "no", "invoice", "pr", "mr", "commit", "room"}
        ),
        score=0.8,
        source="Discord",
        digits=4,
    ),
    Pattern(
        "USERNAME",
        "handle.reddit",
        r"(?<![A-Za-z0-9_/-])(?<![A-Za-z0-9_-]\.)/?u/[A-Za-z0-9_-]{3,20}(?![A-Za-z0-9/_-])",
        score=0.9,
        source="Reddit",
        trigger="u/[A-Za-z0-9_-]",
    ),
    Pattern(
        "USERNAME",
        "handle.upi",
        rf"(?<![A-Za-z0-9_-])(?<![A-Za-z0-9_-]\.)[A-Za-z0-9][A-Za-z0-9._-]{{1,63}}@(?:{_UPI})(?![A-Za-z0-9.-])",
        score=0.9,
        source="NPCI UPI",
        trigger="@[a-z]",
    ),
    Pattern(
        "USERNAME",
        "handle.upi_cued",
        rf"(?i:(?<![A-Za-z])(?:upi|vpa|gpay|google pay|phonepe|bhim)(?: (?:id|handle|address))?){GAP}(?P<v>[A-Za-z0-9][A-Za-z0-9._-]{{1,63}}@[A-Za-z]{{2,20}})(?![A-Za-z0-9.-])",
        score=0.9,
        source="NPCI UPI",
        trigger="(?i:upi|vpa|gpay|google pay|phonepe|bhim)",
    ),
    Pattern(
        "USERNAME",
        "handle.game",
        rf"(?i:(?<![A-Za-z])(?:ign|gamer ?tag|battle ?tag|riot ?id|epic (?:id|user ?name)|(?:xbox|ps[45n]?|switch|minecraft|fortnite|valorant|apex|genshin|roblox|steam|lol|ff ?14|pokemon go)[ の](?:id|ign|gt|tag|uid|user ?name|name)|reddit (?:user|acc(?:ount)?)|log(?:ged)? ?in as|sign(?:ed)? ?in as)(?![A-Za-z])"
        rf"|(?:原神|フォートナイト|フォトナ|ポケGO|ポケモンGO|スプラ|モンスト|パズドラ|プロセカ|ウマ娘|荒野|ヴァロ|エペ|apex)[の ]?(?:id|トレーナーid|uid|ユーザー名|名前|フレコ|フレンドコード|トレーナーコード)|トレーナーコード|フレコ)(?:['’]s)?{LINK}{VALUE}",
        accept=is_value,
        score=0.8,
    ),
    Pattern(
        "USERNAME",
        "handle.friend_code",
        r"(?i:trainer code|friend code|トレーナーコード|フレンドコード|フレコ|(?<![A-Za-z])fc(?=[ :]))(?: is|は|が|:|→|の)?[ :]{0,2}(?P<v>(?:SW-)?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4})(?![0-9])",
        score=0.9,
        source="Nintendo, Niantic",
        digits=12,
        trigger="(?i:trainer code|friend code|fc)|トレーナーコード|フレンドコード|フレコ",
    ),
    Pattern(
        "USERNAME",
        "handle.cashtag",
        r"(?i:cash ?app|cash ?tag|venmo)[^$\n]{0,16}(?P<v>\$[A-Za-z][A-Za-z0-9_-]{1,19})(?![A-Za-z0-9])",
        score=0.9,
        source="Cash App",
    ),
    Pattern(
        "USERNAME",
        "handle.qq",
        r"(?i:(?<![A-Za-z])qq(?:号码?|號碼?|群)?)(?:是|:| |为|為){0,3}(?P<v>[1-9][0-9]{4,10})(?![0-9])",
        score=0.8,
        source="Tencent QQ",
        digits=5,
        trigger="(?i:qq)",
    ),
    Pattern(
        "USERNAME",
        "handle.wechat",
        r"(?:微信|(?<![A-Za-z0-9/._-])(?i:wechat|weixin|vx|wx))(?:号|號)?(?:是|:| |为|為){0,3}(?P<v>[A-Za-z][A-Za-z0-9_-]{5,19})(?![A-Za-z0-9_-])",
        accept=is_value,
        score=0.8,
        source="WeChat",
        trigger="微信|(?i:wechat|weixin|vx|wx)",
    ),
    Pattern(
        "USERNAME",
        "handle.underscore_said",
        rf"(?i:(?<![A-Za-z0-9_])(?P<v>[a-z0-9.]{{2,20}}(?: ?[(\[]?{_UNDERSCORE}[)\]]? ?[a-z0-9.]{{1,20}}){{1,3}})(?![A-Za-z0-9_]))",
        context=Context(_SERVICES, None, 0.0, before=24, after=24),
        score=0.8,
        trigger=f"(?i:{_UNDERSCORE})",
    ),
    Pattern(
        "USERNAME",
        "handle.steam",
        r"(?<![0-9])7656119[0-9]{10}(?![0-9])",
        score=0.9,
        source="Steam",
        digits=17,
    ),
)
