"""Frames of Japanese sentences, prompts and notices in which somebody goes by a name of an account."""

import re

from deid.detect.patterns.frame_parts_ja import after, frame
from deid.detect.patterns.handle import is_value
from deid.detect.patterns.nouns_ja import NICK_AFTER, NICKS, SERVICES
from deid.detect.patterns.parts import HIRAGANA, KANJI, KATAKANA
from deid.detect.patterns.pattern import Pattern

_HANDLE = r"(?P<v>(?:live:\.?|@)?[A-Za-z0-9_](?:[A-Za-z0-9_.-]{2,30}[A-Za-z0-9_]))(?![A-Za-z0-9_@/]|[.-][A-Za-z0-9])"


_TAGS = frozenset(
    "html head body title meta link script style div span table tbody thead form input button select option label"
    " code pre strong small font center image video audio iframe main header footer section article nav aside br"
    " think thinking answer response user system assistant null none true false uuid guid integer string number"
    " boolean email google github twitter apple discord administrator admin root guest test username userid"
    " steam switch nintendo instagram insta youtube tiktok twitch zoom slack teams minecraft roblox fortnite valorant apex facebook threads bluesky wi-fi wifi bluetooth".split()
)


def _is_nick(surface: str) -> bool:
    """Refuse ordinary words, numbers and tags."""
    bare = surface.lower().strip("_.@-")
    size = re.fullmatch(r"[0-9.]+[a-z]{0,4}|[0-9]{3,4}x[0-9]{3,4}.*|v[0-9.]+|[a-z]{1,3}[0-9]", bare)
    size = size or re.fullmatch(r"(?:free|guest|public)[_.-]?wi-?fi(?:[_.-][a-z0-9]+)?", bare)
    return len(bare) > 3 and is_value(surface) and bare not in _TAGS and size is None


def _is_marked_or_long(surface: str) -> bool:
    """Accept what no brand or English word looks like: digits, signs within, or many letters."""
    marked = re.search("[0-9_]|[A-Za-z0-9][.-][A-Za-z0-9]", surface) is not None
    said = re.search(
        "(?:ing|tion|ment|ness|able|less|ful|ous|ive|ity|ers?|ed|gram|book|tube|cord)$", surface.lower()
    )
    return (
        _is_nick(surface)
        and SOFTWARE.match(surface) is None
        and _MODEL.fullmatch(surface) is None
        and (marked or (len(surface) > 9 and said is None) or len(surface) > 14)
    )


_MODEL = re.compile("[A-Z]{2,4}[0-9]{1,3}|[A-Z]{1,4}-[A-Z]{0,2}[0-9]{1,4}[A-Z]{0,3}[0-9]?")
SOFTWARE = re.compile(
    r"(?:python|ubuntu|react|node|java|php|ios|android|windows|debian|mysql|vue|ruby|angular|sha|utf|ver(?:sion)?[.]?|lot[.]?|build)[0-9.]+[a-z]?\Z",
    re.IGNORECASE,
)


PATTERNS = (
    frame("USERNAME", "frame.nick", NICKS, _HANDLE, accept=_is_nick),
    frame(
        "USERNAME",
        "frame.service",
        rf"(?:{SERVICES})(?:の)?(?:{NICKS})?",
        _HANDLE,
        accept=_is_marked_or_long,
    ),
    after(
        "USERNAME", "frame.nick_after", _HANDLE, rf"[」』\"')]? ?(?:{NICK_AFTER})", accept=_is_marked_or_long
    ),
    Pattern(
        "USERNAME",
        "frame.joined",
        r"(?:^|\n)(?:\*\*\*|-!-|-->|<--) {0,2}(?P<v>[A-Za-z_|^`][A-Za-z0-9_.|^`-]{2,30})(?=(?: ?さん)? ?(?:が|は|\[|\(|has |joined|left|quit))",
        accept=_is_nick,
        score=0.8,
        source="RFC 2812, notices of clients",
        trigger=r"\*\*\*|-!-|-->|<--",
    ),
    Pattern(
        "USERNAME",
        "frame.line_of",
        rf"(?:^|\n)(?:\[?[0-9:]{{4,8}}\]? )?<[@+%&~]?(?P<v>[A-Za-z_|^`][A-Za-z0-9_.|^`-]{{2,31}})> (?=[^\n]{{0,40}}[{HIRAGANA}{KATAKANA}{KANJI}])",
        accept=_is_nick,
        score=0.7,
        source="RFC 2812 2.3.1",
        trigger="<[@+%&~]?[A-Za-z_|^`][A-Za-z0-9_.|^`-]+> ",
    ),
    Pattern(
        "USERNAME",
        "frame.prompt",
        r"(?<![A-Za-z0-9_@-])(?<![A-Za-z0-9]\.)(?P<v>[A-Za-z_][A-Za-z0-9_.-]{1,31})@[A-Za-z0-9][A-Za-z0-9.-]{0,62}[: ][~/][^ \n]{0,80}[$#%](?: |$)",
        accept=lambda surface: surface not in {"root", "user", "ubuntu", "pi", "admin"},
        score=0.9,
        source="prompts of POSIX shells",
        trigger="@[A-Za-z0-9.-]+[: ][~/]",
    ),
    Pattern(
        "USERNAME",
        "frame.log_user",
        r"(?i:auth(?:entication|orization)?|log(?:in|on)|sign-?in|session|password)[^\n]{0,24}? (?i:user(?:name)?|account|login)[ =:]{1,2}[\"'](?P<v>[A-Za-z_][A-Za-z0-9_.@-]{2,40})[\"']",
        accept=_is_nick,
        score=0.8,
        source="logs of PAM, OpenVPN, PostgreSQL and their like",
        trigger="(?i:user|username|account|login)[ =:]{1,2}[\"'][A-Za-z_]",
    ),
)
