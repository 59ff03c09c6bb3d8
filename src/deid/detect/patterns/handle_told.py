"""Handles that programs tell of: notices of a service, lines of a log, headers of a game.

«sockpuppetry is now following you», «sudo: wrenfield : TTY=pts/0», ``[White "teapot_tofu72"]``: the words around it are
a program's own, so the name may be any word.
"""

import re

from deid.detect.patterns.handle import is_value
from deid.detect.patterns.pattern import Pattern
from deid.detect.patterns.plain_words import GRAMMAR, STOP

_NAME = "[A-Za-z_][A-Za-z0-9_.-]{2,30}"
_STARTS = r"(?:^|[^0-9A-Za-z ] ?)(?:\[[0-9:. -]{4,20}\] ?|[0-9]{1,2}:[0-9]{2} |[*•>-] )?"
_PEOPLE = frozenset(
    "mom mum dad mother father brother sister bro sis wife husband son daughter kid kids guy girl boy man woman boss teacher friend friends people team players player user users guest admin mods mod bot someone"
    " who he she they it nobody everybody anyone gravity alex steve root sshd daemon unknown new another person member members world server game none null white black computer stockfish cpu anonymous postgres mysql nginx www-data ubuntu debian git nobody system backup bin sys mail".split()
)
_NOTICES = (
    r"is now following you|started following you|requested to follow you|unfollowed (?:me|you)|accepted (?:your|the) (?:(?:friend|follow) )?request|mentioned you in|tagged you in|sent you a (?:friend request|gift|snap)"
    r"|liked your (?:clip|post|photo|video|reel|story|comment|tweet|track|pin|build|review)|reacted (?:to your|[^ -~])|started a live(?: video|stream)?|invited you to (?:a|the|their|join)|offered (?:you )?a (?:rematch|draw)"
    r"|(?:has )?changed (?:their|his|her) (?:nick(?:name)?|user ?name|handle) to|was (?:slain|shot) by (?:Zombie|Skeleton|Creeper|Spider|Enderman|Drowned|Husk|Stray|Pillager|Witch|Blaze|Ender Dragon)|fell from a high place|hit the ground too hard|has (?:quit|joined|left) [(#]|has made the advancement|is now known as"
)
# What begins or ends with x of its own.
_ENGLISH = re.compile(
    "^(?i:x(?:ylo|eno|ero|anth|ml|mas|box|ray|path|hosa|anax|avier))|(?i:(?:rela|clima|synta|anthra|thora|ta|wa|ma|bo|fo|mi|fi|si|fle|ple|inde|verte|corte|dupe|late|line|linu|uni|feni|phoeni|matri|netfli|suffi|prefi|appendi|crucifi|parado|orthodo|equino|deto)x)$"
)
_ROW = r"(?<![0-9A-Za-z-])[-dl](?:[r-][w-][xsS-]){2}[r-][w-][xtT-][+.]? {1,4}[0-9]{1,5} "


def _is_called(surface: str) -> bool:
    """Refuse words of grammar, and people that have no name there."""
    bare = surface.lower()
    return is_value(surface) and bare not in GRAMMAR and bare not in _PEOPLE


PATTERNS = (
    Pattern(
        "USERNAME",
        "handle.noticed",
        rf"{_STARTS}(?P<v>{_NAME}) (?:{_NOTICES})",
        accept=_is_called,
        score=0.7,
        trigger=rf"(?:{_NOTICES})",
    ),
    Pattern(
        "USERNAME",
        "handle.noticed_after",
        rf"(?:is now known as|changed (?:their|his|her) (?:nick(?:name)?|user ?name|handle) to|[Nn]ew message from|[Gg]ifted by|[Ff]riend request from|you and(?= [A-Za-z0-9_.-]+ are now friends)) (?P<v>{_NAME})(?:{STOP}| are now friends)",
        accept=_is_called,
        score=0.7,
        trigger="is now known as|changed (?:their|his|her) |ew message from|ifted by|riend request from|are now friends",
    ),
    Pattern(
        "USERNAME",
        "handle.logged",
        rf"(?:(?:Failed|Accepted) (?:password|publickey) for(?: invalid user)?|(?:Invalid|invalid) user|(?:^|\n|[^A-Za-z])sudo: {{1,3}}|session (?:opened|closed) for user|{_ROW}) ?(?P<v>{_NAME})(?= (?:from|port|by|:|[a-z_][a-z0-9_-]{{1,30}} {{1,8}}[0-9])|\(uid|$)",
        accept=_is_called,
        score=0.8,
        source="sshd, sudo, PAM; POSIX ls",
        trigger="(?:Failed|Accepted) (?:password|publickey) for|nvalid user|sudo: |session (?:opened|closed) for user|[r-][w-][xtT-][+.]? +[0-9]",
    ),
    Pattern(
        "USERNAME",
        "handle.signed_in",
        rf"(?:^|\n|[^A-Za-z])(?:[Uu]ser|[Aa]ccount|[Ll]ogin)(?: name)?:? [\"'“‘]?(?P<v>{_NAME})[\"'”’]?(?= (?:has |is |was |just )?(?:logged|signed|joined|connected|disconnected|authenticated|logs|signs)(?![a-z]))",
        accept=_is_called,
        score=0.7,
        trigger="(?i:user|account|login)[^\n]{3,40} (?:logged|signed|joined|connected|disconnected|authenticated|logs|signs)",
    ),
    Pattern(
        "USERNAME",
        "handle.of_a_game",
        r"\[(?:White|Black) \"(?P<v>[A-Za-z_][A-Za-z0-9_.-]{2,30})\"\]",
        accept=_is_called,
        score=0.8,
        source="Portable Game Notation",
    ),
    Pattern(
        "USERNAME",
        "handle.quoted_post",
        rf"(?:^|\n)(?:> {{0,2}})?(?P<v>{_NAME}) wrote:(?=$|\n)",
        accept=_is_called,
        score=0.7,
        trigger=" wrote:(?:\\n|\\z)",
    ),
    Pattern(
        "USERNAME",
        "handle.of_a_post",
        rf"(?:[Pp]ost|[Tt]hread|[Cc]omment) #[0-9]{{1,6}} by (?P<v>{_NAME})(?![A-Za-z0-9])",
        accept=_is_called,
        score=0.7,
        digits=1,
        trigger="(?:ost|hread|omment) #[0-9]+ by ",
    ),
    Pattern(
        "USERNAME",
        "handle.told_field",
        r"[\"'](?:player|member|reporter|uploader|gamer_?tag|summoner(?:_?name)?|ign)[\"'] ?: ?[\"'](?P<v>[A-Za-z_][A-Za-z0-9_ .-]{2,30}[A-Za-z0-9_])[\"']",
        accept=_is_called,
        score=0.7,
        trigger="(?:player|member|reporter|uploader|tag|name|ign)[\"'] ?: ?[\"']",
    ),
    Pattern(
        "USERNAME",
        "handle.told_row",
        rf"(?:^|[^0-9A-Za-z ] ?)(?:reporter|assignee|owner|author|user ?name|uploader|requested by) {{1,3}}[|] {{1,3}}(?P<v>{_NAME}) {{0,3}}(?:[|]|[^ -~]|$)",
        accept=_is_called,
        score=0.7,
        trigger="(?:reporter|assignee|owner|author|name|uploader|by) +[|] ",
    ),
    Pattern(
        "USERNAME",
        "handle.closed",
        r"(?<![0-9A-Za-z_@/\\$%#=&:.-])(?:x[a-z]{7,22}x|X[A-Z]{7,22}X|_[A-Za-z]{4,14}__[A-Za-z]{4,14})(?![0-9A-Za-z_@/\\(=$%]|[.:-][0-9A-Za-z])",
        accept=lambda surface: (
            len(set(surface.lower())) > 5
            and re.search("(?i:x{3}|init|main|class)", surface) is None
            and _ENGLISH.search(surface) is None
        ),
        score=0.7,
        trigger="(?:^|[^a-z])x[a-z]{7}|(?:^|[^A-Z])X[A-Z]{7}|_[A-Za-z]{4,14}__[A-Za-z]",
    ),
)
