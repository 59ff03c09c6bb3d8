"""Values that look like nothing else, with a word of their world somewhere near.

«the seller was kinoko_1237, never shipped», «encrypted zip, unlock w/ P@badger78», «the family group code
vdls-odtl, tap join»: neither the word nor its place is a name of the value. So the shape carries the weight here,
and a word of games, of locks, of joining or of an office's files only says which kind of value it is.
"""

import re

from deid.detect.checksums import digits
from deid.detect.context import Context, words
from deid.detect.patterns.handle_deeds import is_handle
from deid.detect.patterns.handle_said import is_odd_name
from deid.detect.patterns.parts import NOT_COUNTED
from deid.detect.patterns.pattern import Pattern
from deid.detect.patterns.sayable import unsayable

# Among people: games, sales, streams, forums and their moderators.
_PEOPLE = words(
    "(?:un)?banned|unban|(?:un)?muted|raids?|raided|raiding|carr(?:y|ied)|whitelist(?:ed)?|sellers?|buyers?|vendor|trad(?:e|es|ed|er|ing)|new skin|gifted|plays? (?:as|under)|ranked|duo|squad|the clip"
    "|streams?|streamers?|streaming|twitch|lichess|chess|last ?fm|fortnite|on fort|impersonat(?:es|ing|or)|scammed|scammer|mods|moderators?|shout ?outs?|shouts? to|credits? to|art by|gamer ?tags?|user ?names?|user ?ids?"
    "|handles?|accounts?|everywhere|same name|group add|profiles?|my alt|smurf|guild|clan|lobby|followers?|tiktok|discord|nickname|toxic|cheat(?:er|ers|ing)|griefed|feedback|on (?:kick|here|there)"
    "|wordle|strava|duolingo|friended|unfriended|reddit|instagram|posted|commented|left the (?:channel|chat|server|call)|joined the (?:channel|chat|server|call)|log(?:ged)? (?:in|on)|login|signed in|owner is|report(?:ed)? to|green name"
)
_NAME = (
    r"(?<![0-9A-Za-z_@/\\$%#=&:.~-])(?P<v>_{0,2}[A-Za-z]{3,16}(?:__?[A-Za-z]{3,16}){1,2}[0-9]{1,4}|[A-Za-z]{4,20}[0-9]{4}"
    r"|[a-z]{4,12}-[a-z]{4,12}-[0-9]{2}|[A-Z]{4,12}-[A-Z]{4,12}-[0-9]{2})(?![0-9A-Za-z_@/\\(=$%-]|[.:][0-9A-Za-z])"
)

# Behind a lock: networks, sites, screens, archives.
_LOCKED = words(
    "wi-?fi|networks?|hotspot|ssid|router|netflix|hulu|spotify|disney|icloud|apple id|log(?:s|ged|ging)?[ -]?(?:in|on)|sign(?:s|ed)? ?in|unlock(?:s|ed)?|lock(?:s|ed)?|encrypt(?:ed)?|passw?|p[a@]ss|pwd?|passphrase"
    "|for everything|reuse|reused|old one|new one|chang(?:e|ed) (?:it|mine|ours|that)|guest|zip|vault|users?|admin|root|creds?|credentials|same as|name with|but with|with a|hunter|keychain|bitwarden|hacked|leaked|pwned|caps"
)
_BEHIND = (
    r"(?<![!-~])(?P<v>[A-Za-z]{1,2}@[A-Za-z]{3,14}[0-9]{2,4}[!#$*]?|[a-z]<3[A-Za-z]{3,14}[0-9]{1,4}|[A-Za-z]{3,14}[0-9]{2,4}[!#$*?]|[A-Z][a-z]{3,14}[0-9]{1,4}|[a-z]{3,12}(?:-[a-z]{3,12}){1,3}[0-9]{1,2}"
    r"|(?=[A-Za-z0-9]{2,20}[!%*?^&$#~])(?=[!-~]{0,24}[0-9])(?=[!-~]{0,24}[a-z])(?=[!-~]{0,24}[A-Z])[A-Za-z0-9]{2,20}[!%*?^&$#~][A-Za-z0-9!%*?^&$#~]{3,20})(?![!-+/-~-]|[,.][0-9A-Za-z])"
)
THING = re.compile(
    "(?:ctrl|alt|shift|cmd)[+].*|(?:windows|win|office|ubuntu|debian|fedora|vista|python|perl|php|iphone|ipad|galaxy|android|firefox|chrome|photos?|level|stage|episode|season|room|building|floor|covid|version|chapter|section|page|figure|fig|table|part|step|issue|bug|exercise|june|july|march|april|summer|winter|spring|autumn|january|february|august|september|october|november|december)#?[0-9]+.?",
    re.IGNORECASE,
)

# On the way in: rooms, parties, referrals, classes.
_ENTRY = words(
    "join(?:s|ed|ing)?|lobby|lobbies|rooms?|party|parties|match(?:es)?|serv(?:er|ers)|referr?al|sign(?:s|ed|ing)? ?up|redeem(?:ed)?|invit(?:e|es|ed|ing|ation)|classroom|calendar|family plan|quiz|kahoot"
    "|jackbox|among us|watch ?party|promo|coupon|voucher|(?:the|my|group|server|join|invite|entry|new|class|sharing|share|friend) codes?|tabletop|sessions?|meeting|webinar|realm|family group|hop (?:in|on)|pairing|credit|gift|access code|maker|trainer"
)
_EDGE, _STOP = "(?<![0-9A-Za-z_@/.%+&-])", "(?![0-9A-Za-z_@/(-]|[.:][0-9A-Za-z])"
_CODE = (
    rf"{_EDGE}(?:[a-z]{{4}}-[a-z]{{4}}|[a-z]{{3}}-[0-9]{{3}}-[a-z]{{3}}|[a-z]{{3}}-[a-z]{{4}}-[a-z]{{3}}|[a-z]{{3}} - [a-z]{{4}} - [a-z]{{3}}|[A-Z]{{4}}(?:-| - )[A-Z]{{4}}"
    rf"|[A-Z0-9]{{3}}-[A-Z0-9]{{3}}-[A-Z0-9]{{3}}|[A-Z]{{3}}-[A-Z]{{4}}-[A-Z]{{3}}|[A-Z](?: {{1,2}}[A-Z0-9]){{7,9}}|[a-z](?: {{1,2}}[a-z]){{9}}|[A-Z]{{4}} [A-Z]{{4}}|[a-z]{{10}}|[A-Z]{{8}}){_STOP}"
)
_MIXED = rf"{_EDGE}(?:(?=[A-Z]{{0,7}}[0-9])(?=[0-9]{{0,7}}[A-Z])[A-Z0-9]{{8}}|(?=[A-Z]{{0,3}}[0-9])(?=[0-9]{{0,3}}[A-Z])[A-Z0-9]{{4}}[ \n](?=[A-Z]{{0,3}}[0-9])(?=[0-9]{{0,3}}[A-Z])[A-Z0-9]{{4}}){_STOP}"


_AMONG_PEOPLE = Context(_PEOPLE, None, 0.0, before=60, after=40)
_ON_THE_WAY = Context(_ENTRY, None, 0.0, before=48, after=32)


def _is_name(surface: str) -> bool:
    return is_handle(surface) and THING.fullmatch(surface) is None


def _is_secret(surface: str) -> bool:
    return len(surface) > 6 and len(set(surface)) > 4 and THING.fullmatch(surface) is None


def _is_code(surface: str) -> bool:
    """Accept letters that nobody could say, and letters among digits."""
    bare = re.sub("[ \n-]+", " ", surface.lower())
    single = re.fullmatch("[a-z0-9](?: [a-z0-9])+", bare) is not None
    parts = re.findall("[a-z]+", bare.replace(" ", "") if single else bare)
    odd = sum(map(unsayable, parts))
    if any(map(str.isdigit, surface)):
        return len(digits(surface)) > 1 or odd > 0 or "-" in surface
    return odd > 0 and (surface.isupper() or " " not in surface or " - " in surface or single)


_MEETINGS = "meeting|webinar|trainer|zoom|teams|quizlet live|kahoot|gimkit|blooket|menti|slido"

PATTERNS = (
    Pattern(
        "USERNAME",
        "beside.name",
        _NAME,
        accept=_is_name,
        context=_AMONG_PEOPLE,
        score=0.5,
        digits=1,
        trigger="_[a-z]{3,16}[0-9]|[a-z]{4}[0-9]{4}|-[a-z]{3,12}-[0-9]",
    ),
    Pattern(
        "USERNAME",
        "beside.odd_name",
        r"(?<![0-9A-Za-z_@/\\$%#=&:.~-])(?i:_[a-z]{3,16}__?[a-z]{3,16}_?|[a-z]{3,14}__[a-z]{3,14}|its[._]?[a-z]{6,20}|(?-i:xX)_?[a-z0-9]{3,16}(?:_?xx)?|[a-z._]{4,16}(?-i:IRL|_?Xx)|x[a-z]{7,20}x|[a-z]{14,24})(?![0-9A-Za-z_@/\\(=$%-]|[.:][0-9A-Za-z])",
        accept=lambda surface: re.search("[_.]|^xX|IRL$|Xx$", surface) is not None or is_odd_name(surface),
        context=_AMONG_PEOPLE,
        score=0.5,
    ),
    Pattern(
        "PASSWORD",
        "beside.secret",
        _BEHIND,
        accept=_is_secret,
        context=Context(_LOCKED, None, 0.0, before=60, after=32),
        score=0.5,
        digits=1,
    ),
    Pattern(
        "SHARE_CODE",
        "beside.code",
        _CODE,
        accept=_is_code,
        context=_ON_THE_WAY,
        score=0.5,
    ),
    Pattern(
        "SHARE_CODE",
        "beside.code_mixed",
        _MIXED,
        accept=_is_code,
        context=_ON_THE_WAY,
        score=0.5,
        digits=1,
    ),
    Pattern(
        "SHARE_CODE",
        "beside.meeting",
        rf"(?i:(?<![A-Za-z])(?:{_MEETINGS})(?: (?:id|code|pin|no|number))?(?: is|:)?) {{1,2}}(?P<v>[0-9]{{3,4}}(?: [0-9]{{4}}){{2}}|[0-9]{{6,8}}|[0-9]{{3}}(?: [0-9]{{3}}){{2}}(?: [0-9]{{2}})?)(?![0-9A-Za-z]|[-.:/][0-9]| [0-9])",
        score=0.7,
        source="Zoom, Teams, Niantic, Kahoot",
        digits=6,
        trigger=rf"(?i:{_MEETINGS})[a-z: ]{{0,12}} [0-9]",
    ),
    Pattern(
        "SHARE_CODE",
        "beside.assigned",
        r"(?i:(?<![A-Za-z])(?:invit(?:e|ation)|referral|ref|promo|join|coupon)(?:[_-]?code)?)[\"']?[=:][\"']?(?P<v>[A-Za-z0-9-]{6,16})(?![A-Za-z0-9_./-])",
        accept=lambda surface: any(map(str.isdigit, surface)) or unsayable(surface.lower()),
        score=0.7,
        trigger="(?i:invit(?:e|ation)|referral|ref|promo|join|coupon)(?i:[_-]?code)?[\"']?[=:]",
    ),
    Pattern(
        "PASSWORD",
        "beside.pin",
        r"(?i:(?<![A-Za-z])(?:(?:screen|luggage|suitcase|bike|pad|door|phone|bag) ?lock|padlock|alarm|gate|till|keypad|barrier|safe|key ?box|lock ?box|voicemail|shed|garage)(?: (?:off|opens?|code|pin|logs in|unlocks|is set|disarms))?(?: is| with| by|:)+ |(?<![A-Za-z])(?:gate|door|barrier) )(?P<v>(?<!gate )(?<!door )(?<!barrier )[0-9]{3,8}[#*]?|[0-9]{4,8}[#*])(?![0-9A-Za-z%#*]|[-.:/][0-9])"
        + NOT_COUNTED,
        score=0.7,
        digits=3,
        trigger="(?i:lock|alarm|gate|till|keypad|barrier|safe|key ?box|voicemail|shed|garage|door)[a-z: ]{1,16}[0-9][0-9][0-9]",
    ),
)
