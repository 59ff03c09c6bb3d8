"""Codes of rooms that are letters alone, or a word: «lobby FJQT starts w/o u», «spotify jam, code is TUNA».

Four capitals are a shout or an abbreviation anywhere else, so the word for the room stands right before them, in small
letters, as in a line that is not shouted.
"""

from deid.detect.patterns.pattern import Pattern
from deid.detect.patterns.plain_words import GRAMMAR

_CODE = "(?P<v>[A-Z]{4,8})(?![A-Za-z0-9'’]|[.:/_-][A-Za-z0-9])"
_ROOM = r"(?<![A-Za-z])(?:[Ll]obby|[Rr]oom|[Pp]arty|(?:spotify )?[Jj]am|[Dd]uo|[Ss]crim|[Cc]ustom game|[Pp]rivate (?:match|lobby|room|game)|(?:dungeon|game|board game) (?:group|table)|[Tt]abletop|[Ww]atch ?party|teleparty|jackbox|among us|kahoot|skribbl|codenames|gartic|sala|raum|the (?:second|new|other) one)(?: room| lobby| game)?"
# Of these more is said than a code: «squad GOALS», «session MANAGER».
_GROUP = r"(?<![A-Za-z])(?:[Ss]quad|[Cc]rew|[Ss]ession)(?= (?:id|code|key)(?![A-Za-z])| ?:|,? code )"
_KNOWN = frozenset(
    "LINE ZOOM TEAM TEAMS HERE CODE THIS THAT WITH FROM ONLY FREE NULL NONE TRUE FALSE JOIN ROOM LOBBY PARTY HTTP HTTPS WHAT DISCORD NEXT WIFI NASA HDMI UEFI BIOS SATA RAID EXIT HELP LIVE LMAO ROFL ASAP FULL OPEN WAIT PLEASE PLZZ STOP HOST DONE BACK BEST EVER"
    " LOVE LIKE MORE SOON TODAY NEWS VOTE WINS LOST GAME OVER TIME EVERYONE PEOPLE NEVER ALWAYS REALLY JUST MUCH MANY VERY GOOD NICE GREAT RULES HARD MODE RANKED AFAIK IIRC IMHO YOLO SNES NATO FIFA UEFA AIDS COVID LGBT LGBTQ GNOME XFCE LXDE KODI VLAN ENTER SHIFT CTRL PAUSE START MENU ESCAPE YESS YEAH WTAF STFU LMFAO OMFG MUSIC UNICEF UNESCO NOISE CHAT VOICE AUDIO VIDEO PUBLIC CLOSED SERVER EVENT PLAY PLUS PRIME SALE OFF CENTRAL ANIMAL ANIMALS POOPER GOALS LEADER MANAGER FREESHIP AMAZING INSANE CRAZY HUGE LOL".split()
)
_PLAY = "[Ll]obby|[Rr]oom|[Pp]arty|[Jj]am|[Vv]oice chat|[Hh]osting|[Hh]ost left|[Jj]ackbox|[Kk]ahoot|[Aa]mong us|[Cc]rossplay|[Ss]quad|[Ss]crim|[Gg]artic|[Ss]kribbl|[Mm]inecraft|[Ff]ortnite|[Rr]oblox"
_BY = r"(?:[Ee]nter|[Tt]ype|(?:re)?[Jj]oin(?: us)?(?: with| w| w/| at| on| in)?|[Pp]ut in|[Pp]ut|[Hh]osting(?: again)?|[Hh]op in(?:to)?|[Gg]et in|new one(?: is|['’]s)?|new code(?: is|['’]s|:)?|s(?:o?rr?y|ry),? it['’]?s|[456] letters,?|typo s(?:o?rr?y)|code(?: is|['’]s|:)|code)"
_PUBLIC = (
    "(?!,? (?:posted|public|is public|for|at checkout|to (?:win|get|save)|on your|key|button|and press))"
)


def _is_code(surface: str) -> bool:
    return surface not in _KNOWN and surface.lower() not in GRAMMAR and len(set(surface)) > 1


PATTERNS = (
    Pattern(
        "SHARE_CODE",
        "room.named",
        rf"(?:{_ROOM}|{_GROUP})(?:(?: is| id| code| key| ?:|,|['’]s| ?=|->|,? code is|,? code| (?:is )?called){{0,2}}) [\"'“‘]?{_CODE}",
        accept=_is_code,
        score=0.7,
        trigger="(?i:lobby|room|party|jam|squad|duo|crew|scrim|custom game|private (?:match|game)|(?:dungeon|game) (?:group|table)|tabletop|teleparty|session|jackbox|among us|kahoot|skribbl|codenames|gartic|sala|raum|(?:second|new|other) one)",
    ),
    Pattern(
        "SHARE_CODE",
        "room.entered",
        rf"(?<![A-Za-z])(?:(?:{_PLAY})(?![A-Za-z])[^\n]{{0,40}}? |(?=[Hh]osting)){_BY} [\"'“‘]?{_CODE}{_PUBLIC}",
        accept=_is_code,
        score=0.5,
        trigger=f"(?:{_PLAY})",
    ),
    Pattern(
        "SHARE_CODE",
        "room.entered_on",
        rf"(?<![A-Za-z]){_BY} [\"'“‘]?{_CODE} (?i:on (?:jackbox|kahoot|the tv|ur tv|your tv)|to (?:join|get in))(?![A-Za-z])",
        accept=_is_code,
        score=0.5,
        trigger="(?i: on (?:jackbox|kahoot|(?:the|ur|your) tv)| to (?:join|get in)(?:[^a-z]|\\z))",
    ),
)
