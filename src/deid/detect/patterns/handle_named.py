"""Names of accounts behind a word that has them: «her burner is truthpigeon», «renamed from greyhound to greyhare», «last.fm → wetvinyl»."""

from deid.detect.patterns.handle_plain import is_account_name
from deid.detect.patterns.pattern import Pattern
from deid.detect.patterns.plain_words import END, STOP, WORD

_NAMES = rf"{WORD}(?: {WORD}){{0,2}}?"
_ONE = "[A-Za-z_][A-Za-z0-9_.-]{2,24}[A-Za-z0-9_]"
_HAD = "(?:toon|smurf|alt)(?!(?: is|['’]s| was) (?!called|named))|nick(?:name)?|burner|finsta|rsn|display name|stage name|dj name|callsign|pen name|second acc(?:ount)?|spam acc(?:ount)?|(?:old|new|last|other) (?:user(?:name)?|nick|tag|handle)"
_PLAYED = "char(?:acter)?|raider|healer|tank|hunter|toon|main|alt|team|bot|island rep|channel|shop|page|blog"
_NAME = "(?:user ?|nick|screen ?|display )?name|nick|handle|alias|gamer ?tag|tag"
_FREE = "last\\.?fm|inaturalist|ebird|geoguessr|vrchat|zwift|goodreads|quizlet|leetcode|deviantart|livejournal|neopets|letterboxd|okc(?:upid)?|bgmi|pubg|warframe|runescape|osrs|tetr\\.io|duelingbook|carousell|peloton|wordscapes|lichess|chess\\.com|bga|tumblr|ravelry|revtag|signal|kakao|strava|peloton leaderboard"
# Places, firms and files are renamed too: of one that only «was renamed», both names have to be one long word.
_RENAMED = r"renamed(?=(?-i:(?: from [a-z0-9_.]{8,24})? to [a-z0-9_.]{8,24}(?![A-Za-z0-9])))|chang(?:e|ed|ing) (?:my |his |her |your |their )?(?:name|nick(?:name)?|user ?name|tag|handle|@)|request to change"


def _is_word(surface: str) -> bool:
    """Accept one name: a word that is not said of names, or one with marks."""
    return (
        len(surface) > 3
        and len(set(surface)) > 2
        and is_account_name(surface.replace("_", " ").replace(".", " ").strip() or "the")
    )


def _is_joined(surface: str) -> bool:
    """Accept one long word in small letters: what was called otherwise before is mostly a place or a firm."""
    return surface.islower() and " " not in surface and len(surface) > 7 and is_account_name(surface)


PATTERNS = (
    Pattern(
        "USERNAME",
        "handle.had",
        rf"(?i:(?<![A-Za-z])(?:my|his|her|their|ur|your) (?:[a-z]+ )?(?:{_HAD})(?: (?:on|in) [a-z.]{{2,12}})?(?:(?: is|['’]s| was)(?: obviously| just| now| still)?(?: called| named)?| called| named| ?[:=]) [\"'“‘]?)(?P<v>{_NAMES}){END}",
        accept=is_account_name,
        score=0.7,
        trigger=rf"(?i:(?:my|his|her|their|ur|your) (?:[a-z]+ )?(?:{_HAD})(?: (?:on|in) [a-z.]+)?(?: is|['’]s| was| called| named| ?[:=]))",
    ),
    Pattern(
        "USERNAME",
        "handle.played",
        rf"(?i:(?<![A-Za-z])(?:my|his|her|their) (?:[a-z]+ )?(?:{_PLAYED})(?: is|['’]s| was)? (?:called|named) [\"'“‘]?)(?P<v>{_NAMES}){END}",
        accept=is_account_name,
        score=0.7,
        trigger=rf"(?i:(?:{_PLAYED})(?: is|['’]s| was)? (?:called|named) )",
    ),
    Pattern(
        "USERNAME",
        "handle.toon",
        r"(?i:(?<![A-Za-z])(?:my|his|her|their) (?:[a-z]+ )?(?:toon|smurf|burner|rsn|ign),? )(?P<v>[A-Z][a-z]{3,15})(?![A-Za-z])",
        accept=is_account_name,
        score=0.5,
        trigger="(?i:(?:toon|smurf|burner|rsn|ign),? [A-Z])",
    ),
    Pattern(
        "USERNAME",
        "handle.renamed_from",
        rf"(?i:(?<![A-Za-z])(?:{_RENAMED})[a-z ]{{0,12}} from [\"'“‘]?)(?P<v>{_NAMES})[\"'”’]? to ",
        accept=is_account_name,
        score=0.7,
        trigger=rf"(?i:(?:{_RENAMED})[a-z ]* from )",
    ),
    Pattern(
        "USERNAME",
        "handle.renamed_to",
        rf"(?i:(?<![A-Za-z])(?:{_RENAMED})[a-z ]{{0,12}}?(?: from [A-Za-z0-9_.'-]{{2,24}})? to [\"'“‘]?)(?P<v>{_NAMES})(?:{END}| is (?:approved|done|rejected))",
        accept=is_account_name,
        score=0.7,
        trigger=rf"(?i:(?:{_RENAMED})[a-z ]*(?: from [A-Za-z0-9_.'-]+)? to )",
    ),
    Pattern(
        "USERNAME",
        "handle.under_name",
        rf"(?i:(?<![A-Za-z])(?:under|by|in|with|as|using|took|got|has|has got) the (?:old |new |same )?(?:name|(?!name)(?:{_NAME})(?: of)?) [\"'“‘]?)(?P<v>{_NAMES}){STOP}",
        accept=is_account_name,
        score=0.7,
        trigger=rf"(?i:(?:under|by|in|with|as|using|took|got|has) the (?:old |new |same )?(?:{_NAME})(?: of)? )",
    ),
    Pattern(
        "USERNAME",
        "handle.formerly",
        rf"(?i:(?<![A-Za-z])(?:fka|f\.k\.a\.?) [\"'“‘]?)(?P<v>{_NAMES}){END}",
        accept=_is_joined,
        score=0.7,
        trigger=r"(?i:(?:fka|f\.k\.a)\.? )",
    ),
    Pattern(
        "USERNAME",
        "handle.set_to",
        rf"(?i:(?<![A-Za-z])(?:set|make|change|switch) (?:my|his|her|their) (?:{_NAME})(?: to)? [\"'“‘]?)(?P<v>{_NAMES})(?:{END}| not [A-Za-z])",
        accept=is_account_name,
        score=0.7,
        trigger=rf"(?i:(?:set|make|change|switch) (?:my|his|her|their) (?:{_NAME}) )",
    ),
    Pattern(
        "USERNAME",
        "handle.login_for",
        rf"(?i:(?<![A-Za-z])log(?:in|on)(?: (?:for|at|on|to)(?: the| my)? [a-z]+(?: [a-z0-9]+)?)?(?: is| ?[:=]|\? (?:it['’]?s|its)) [\"'“‘]?)(?P<v>{_ONE}){STOP}",
        accept=_is_word,
        score=0.5,
        trigger="(?i:log(?:in|on)(?: (?:for|at|on|to) [a-z0-9 ]+)?(?: is| ?[:=]|[?] it['’]?s) )",
    ),
    Pattern(
        "USERNAME",
        "handle.free_service",
        rf"(?i:(?<![A-Za-z0-9@/_-])(?<![A-Za-z0-9][.])(?:{_FREE})(?: (?:user|name|nick|login|alt|display|trainer|handle|tag))?(?: me)?(?: is| ?[:=→]| ?[-=]>| [-–]) ?[\"'“‘]?)(?P<v>{_ONE}){STOP}",
        accept=_is_word,
        score=0.7,
        trigger=rf"(?i:(?:{_FREE})(?: (?:user|name|nick|login|alt|display|trainer|handle|tag))?(?: me)?(?: is| ?[:=→]| ?[-=]>| [-–]))",
    ),
    Pattern(
        "USERNAME",
        "handle.service_me",
        rf"(?i:(?<![A-Za-z])(?:{_FREE}|discord|insta|snap|steam|venmo|paypal|telegram) me(?:,| at|:| @)? )(?P<v>{_ONE}){STOP}",
        accept=_is_word,
        score=0.7,
        trigger=rf"(?i:(?:{_FREE}|discord|insta|snap|steam|venmo|paypal|telegram) me(?:,| at|:| @)? )",
    ),
)
