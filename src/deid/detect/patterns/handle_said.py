"""Handles that nothing but their shape tells: beside a service, and in settings and data that somebody pastes.

«she blocked me on insta so i made velvet.otter», «the duolingo one is xtofucometx», ``db_user=neon-31``,
``{"login":"pixel_teapot"}``: the service or the key says that there is a name, and marks, digits or letters
that nobody could say show which word it is.
"""

import re

from deid.detect.context import Context, words
from deid.detect.patterns.handle import is_value
from deid.detect.patterns.handle_deeds import HANDLE, is_handle
from deid.detect.patterns.passwords import LISTED, LISTED_WORD, NOT_LISTED
from deid.detect.patterns.pattern import Pattern
from deid.detect.patterns.sayable import unsayable

_SERVICES = (
    "insta(?:gram)?|ig|twitter|tik ?tok|snap(?:chat)?|discord|telegram|kakao(?: ?talk)?|we ?chat|psn|xbox|github|gitlab|bluesky|bsky|reddit|twitch|pixiv"
    "|kik|venmo|cash ?app|roblox|fortnite|valorant|minecraft|duolingo|strava|letterboxd|soundcloud|tumblr|on threads|gamer ?tag|grindr|tinder|depop|vinted|etsy|onlyfans|ao3|wattpad"
)
_TRIGGER = f"(?i:(?:^|[^A-Za-z0-9])(?:{_SERVICES})(?:[^A-Za-z0-9]|\\z))"
_BESIDE = Context(words(_SERVICES), None, 0.0, before=32, after=16)
_LONG = 14
_ENDINGS = "(?:ment|ed|ness|ity|ly|ated?|ally|ures?|isms?|ers?|ors?|[st]ions?|ings?|ists?|ables?|ibles?|ical|ives?|ous|ments?|ships?|ware|phones?|books?|works?|graphy|graphs?|chats?|wards?|stood|sel(?:f|ves)|wheres?|body|things?|ances?|ences?|istic|an[ct]|ents?)$"

# Keys of settings, data and forms that hold a name to log in with, alone or behind what it is for: POSTGRES_USER.
_KEY = r"(?i:(?:[A-Za-z0-9]{1,20}[_.-]){0,2}(?:user(?:_?name)?|login(?:_?name)?|nick(?:_?name)?|screen_?name|handle|owner|assignee|reviewer|created_?by|author))"
_PLACEHOLDERS = frozenset(
    "postgres mysql redis app application web www-data nobody system service default example string varchar text int bool boolean required optional unknown anonymous"
    " self this request none null true false user1 test1 foo bar foobar baz someone somebody john doe jane alice bob myuser myname dbuser svc deploy backend frontend"
    " viewer editor member manager developer maintainer contributor team bot ci daemon backup monitor readonly current session unassigned automatic migration dbadmin".split()
)


def is_odd_name(surface: str) -> bool:
    """Accept letters that are no word: a run that nobody could say, or one longer than words without an ending."""
    bare = surface.lower()
    return (
        is_value(surface)
        and re.search(_ENDINGS, bare) is None
        and re.search(r"([a-wyz])\1\1", bare) is None  # a word drawn out
        and (
            len(bare) >= _LONG
            or re.match("its|iam|xx|x.*x$|the(?:real)?(?=[a-z]*[^aeiou]{3})", bare) is not None
            or (unsayable(bare) and re.search("tch|ght|[aeiou]w|ks|https?|www", bare) is None)
        )
    )


def _is_handle_beside(surface: str) -> bool:
    """Refuse what programs and games call their parts: «access_token», «diamond_sword»."""
    parts = "token|file|content|page|script|fields?|block|button|create|event|loop|state|sword|executor|gather|handler|index|object|request|response|type|data|list|name|id|key|url|path"
    return is_handle(surface) and re.search(f"[a-z]_(?:{parts})$|(?:Pass|Yarn|Executor)$", surface) is None


def _is_login(surface: str) -> bool:
    bare = surface.lower()
    return (
        len(bare) > 3
        and not bare.startswith(("self.", "this."))
        and bare not in _PLACEHOLDERS
        and is_value(surface)
        and not bare.endswith((".com", ".name", ".id", ".py", ".js"))
    )


PATTERNS = (
    Pattern(
        "USERNAME",
        "handle.beside_service",
        HANDLE,
        accept=_is_handle_beside,
        context=_BESIDE,
        score=0.7,
        trigger=_TRIGGER,
    ),
    Pattern(
        "USERNAME",
        "handle.odd_beside_service",
        r"(?<![0-9A-Za-z_@/\\$%#=&:.-])[A-Za-z]{9,24}(?![0-9A-Za-z_@/\\(=$%]|[.:-][0-9A-Za-z])",
        accept=is_odd_name,
        context=_BESIDE,
        score=0.7,
        trigger=_TRIGGER,
    ),
    Pattern(
        "USERNAME",
        "handle.odd_done_to",
        r"(?i:(?<![A-Za-z])(?:/(?:msg|w|tell|query|whisper|invite)|(?:un)?ban|accepted (?:publickey|password) for|user(?:name)?|handle|(?:my )?alt,?|gt|ign|posting as|me (?:at|on)|which account(?: [a-z]{2,10}){0,4}:|(?:no|nah|sorry),? wait,? (?:it['’]?s|its))) "
        r"(?P<v>[A-Za-z]{9,24})(?![0-9A-Za-z_@/\\(=$%]|[.:-][0-9A-Za-z])",
        accept=is_odd_name,
        score=0.7,
        trigger=r"(?i:(?:^|[^A-Za-z])(?:/(?:msg|w|tell|query|whisper|invite)|(?:un)?ban|for|user(?:name)?|handle|alt,?|gt|ign|posting as|me (?:at|on)|which account[a-z ]*:|wait,? it['’]?s)) [A-Za-z]{9}",
    ),
    Pattern(
        "USERNAME",
        "handle.numbered",
        r"(?<![A-Za-z])uid=[0-9]{1,7}\((?P<v>[a-z_][a-z0-9_.-]{2,30})\)",
        accept=_is_login,
        score=0.8,
        source="POSIX id",
        digits=1,
    ),
    Pattern(
        "USERNAME",
        "handle.listed",
        rf"(?<![!-,/-~-]){NOT_LISTED}(?P<v>[A-Za-z_][A-Za-z0-9_.-]{{2,38}})(?=:{LISTED_WORD})",
        accept=is_value,
        score=0.7,
        trigger=LISTED,
    ),
    Pattern(
        "USERNAME",
        "handle.quoted_field",
        rf"(?<![A-Za-z0-9_-])(?<![A-Za-z0-9][.])[\"']?{_KEY}[\"']? ?[:=] ?[\"'](?P<v>[A-Za-z_][A-Za-z0-9_.-]{{2,38}}[A-Za-z0-9_])[\"']",
        accept=_is_login,
        score=0.7,
        trigger="(?i:user|name|login|nick|handle|owner|assignee|reviewer|by|author)[\"']? ?[:=] ?[\"']",
    ),
    Pattern(
        "USERNAME",
        "handle.assigned",
        rf"(?<![A-Za-z0-9_-])(?<![A-Za-z0-9][.]){_KEY}[:=](?P<v>[A-Za-z_][A-Za-z0-9_.-]{{2,38}}[A-Za-z0-9_])(?![A-Za-z0-9_.(@/\\$-])",
        accept=_is_login,
        context=Context(
            re.compile("[A-Za-z0-9][_.-](?i:user|login|owner|name|username)[:=]\\Z"),
            None,
            0.5,
            before=24,
            after=0,
        ),
        score=0.7,
        trigger="(?i:user|name|login|nick|handle|owner|assignee|reviewer|by|author)[:=][a-z_]",
    ),
)
