"""Handles, secrets and addresses that their shape alone tells: «hitman1985», «jack_bt5», «Marmalade!42», «9fPq-tRw2-Lk».

In chat next to nothing else is written so: of the words of these shapes in 32,000 lines of ``irc-ubuntu`` and
``broad-twitter-corpus`` fewer than one in twenty is no nickname, and those are versions, events and machines,
which are listed here. So no cue is asked for.
"""

import re
from itertools import pairwise

from deid.detect.asides import is_placeholder
from deid.detect.context import Context, words
from deid.detect.patterns.beside import THING
from deid.detect.patterns.handle_deeds import is_handle
from deid.detect.patterns.pattern import Pattern

_LEFT = r"(?<![#$%&*+/:;<=>@\\^_`|~0-9A-Za-z-])(?<![0-9A-Za-z][.!])"
_STOP = r"(?![0-9A-Za-z_@/\\(=$%#*+-]|[.:][0-9A-Za-z])"
_NUMBERED = (
    r"[a-z]{5,20}[0-9]{4}|[a-z]{6,20}[0-9]{2,3}|[A-Z][a-z]{4,14}[0-9]{3,4}|(?:[A-Z][a-z]{2,12}){2,3}_?[0-9]{2,4}"
    r"|[a-z]{3,14}_[a-z]{2,14}_?[0-9]{2,4}|(?:[A-Z][a-z]{2,13}|[A-Z]{3,14})_(?:[A-Z]?[a-z]{2,14}|[A-Z]{2,14})_?[0-9]{1,4}|[a-z]{4,12}-[a-z]{4,12}-[0-9]{2}|[a-z]{4,12}[.][a-z]{4,12}[0-9]{1,3}"
)
_MARKED = r"[xX]{1,2}_?[A-Z][a-z]{2,12}[A-Za-z0-9]{0,12}_?[xX]{1,2}|[a-zA-Z]{3,12}_[xX]{2}|_[a-z]{3,12}_[a-z]{3,12}_?|[a-z]{3,12}__[a-z]{3,12}|[A-Z][a-z]{3,14}_[A-Z][a-z]{3,14}"
# What is numbered for other reasons: programs and their versions, machines, makes, places of a list, years of events.
_MADE = re.compile(
    "(?:abc|hello|super|chapter|part|page|step|test|my|new|old|final|draft|temp|level|team|group|class)_.*|.*_(?:world|test|mix|list|final|draft|copy|guide|menu|map|notes|part|page|version|mario|bros|wars|quest)_?[0-9]*|"
    "(?:lib|k?x?l?edu|sys|my|sub|auto|multi|micro|mini|super|ultra|hyper|nano|mega|tera|giga|kilo|pre|post|anti|non).*[0-9]{2}"
    "|(?:apache|computer|concept|system|machine|server|client|device|printer|monitor|scanner|camera|laptop|tablet|desktop|laserjet|hplaserjet|deskjet|officejet|photosmart|stylus|powershot|coolpix|inspiron|latitude|thinkpad|ideapad|pavilion|elitebook|aspire"
    "|travelmate|satellite|toughbook|geforce|radeon|quadro|intel|pentium|celeron|athlon|ryzen|threadripper|xeon|opteron|snapdragon|exynos|raspberry|arduino|photoshop|illustrator|indesign|autocad|solidworks|visual|studio|office|access|excel|outlook|exchange"
    "|sharepoint|publisher|project|dotnet|kernel|driver|module|package|plugin|shader|texture|sprite|frame|track|disc|volume|channel|radio|studio|flight|train|coach|platform|terminal|gate|exit|route|highway|motorway|interstate|boeing|airbus|concorde"
    "|peugeot|citroen|renault|mazda|toyota|nissan|honda|suzuki|yamaha|kawasaki|ferrari|porsche|mercedes|volvo|subaru|lenovo|samsung|huawei|xiaomi|motorola|nokia|garmin|canon|nikon|epson|brother|logitech|philips|panasonic|sony|casio|nintendo|playstation|xbox"
    "|galaxy|pixel|iphone|redmi|model|modell|mark|type|class|series|product|article|item|order|ticket|invoice|question|answer|exercise|example|sample|lesson|lecture|chapter|verse|psalm|page|paragraph|section|figure|table|appendix|annex|schedule|clause"
    "|number|group|team|player|agent|round|match|level|stage|zone|area|sector|block|district|combo|bundle|promo|error|status|code|port|line|error|errno|signal|build|release|revision|commit|branch|draft|version|update|patch|alpha|beta|gamma|delta|omega"
    "|test|testing|tester|demo|dummy|user|admin|password|passwort|passwd|qwerty|azerty|letmein|welcome|foobar|foo|bar|example|sample|temp|backup|copy|untitled|image|photo|video|audio|file|document|screenshot|scan|export|import|dsc|img|mov|report|budget|forecast"
    "|covid|sars|influenza|vitamin|omega|carbon|uranium|plutonium|strontium|cobalt|cesium|caesium|iodine|isotope|apollo|gemini|voyager|soyuz|sputnik|artemis|unit|room|suite|floor|building|house|studio|hotel|cinema|screen|bus|tram|tube)s?_?[0-9]+"
    "|.*(?:buntu|linux|unix|windows|script|jet|book|server|core|drive|press|works|mark|bench|cloud|chain|ware|soft|phone|pad|pod|watch|tech|tron|corp|gpt|llama|bert|claude|gemini|mistral|qwen)[0-9]+"
    "|(?:.*(?:cup|euro|olympics?|expo|fest|festival|con|conf|conference|summit|election|elections|referendum|brexit|census|tour|awards?|oscars|grammys|eurovision|championships?|games|marathon|season|spring|summer|autumn|winter|fall|year|class(?:of)?|graduation"
    "|january|february|march|april|june|july|august|september|october|november|december|agenda|vision|plan|budget|law|act|world|live|final|finals|trip|wedding|christmas|xmas|easter|halloween|ramadan|eid|diwali|carnival|pride|vs|for|in|of|since|until|before|after))(?:19|20)[0-9]{2}",
    re.IGNORECASE,
)
# Names in programs and settings have such shapes as well.
_CODE = re.compile(
    r"[(){};=/\\$<>`]|(?i:(?<![a-z])(?:sudo|apt|apt-get|dpkg|modprobe|kernel|modules?|packages?|functions?|variables?|columns?|tables?|branch|regex|config|script|class|method|param|flags?|settings?|keys?|files?|folder|directory|version|release|model|part)(?![a-z]))"
)
_OUTSIDE_CODE = Context(None, _CODE, 0.5, before=24, veto_after=24)

_NO_PROGRAM = Context(None, re.compile(r"[(){};=\\$<>`]"), 0.5, before=16, veto_after=12)

_SIGNED = (
    r"[A-Za-z]{4,16}[!@#$%&][0-9]{2,4}[!?]?|[A-Z][a-z]{3,14}[0-9]{2,4}[!@#$%&*](?=[,;\"')]| [a-z])|[A-Za-z]{3,12}[0-9]{1,4}(?:[!#$%&*][A-Za-z0-9]{2,12}|@[0-9]{2,12})"
    r"|(?=[A-Za-z0-9]{2,20}[!?*%&$#])(?=[!-~]{0,24}[0-9])(?=[!-~]{0,24}[a-z])(?=[!-~]{0,24}[A-Z])[A-Za-z0-9]{2,20}[!?*%&$#][A-Za-z0-9!?*%&$#]{2,20}"
    "|[a-z]{3,12}(?:-[a-z]{3,12}){2,4}-?[0-9]{1,3}"
)
# Small words between hyphens: of a title or an address of a page, not of a passphrase.
_PHRASE = re.compile("-(?:a|an|and|at|by|for|from|in|is|of|on|or|the|to|vs|with)-")
_SEASON = re.compile(
    "(?:Spring|Summer|Autumn|Winter|January|February|March|April|June|July|August|September|October|November|December)(?:19|20)[0-9]{2}[!@#$%&*]"
)
_MIXED = "(?=[A-Za-z-]{0,32}+[0-9])(?=[A-Za-z0-9-]{0,30}[a-z])(?=[A-Za-z0-9-]{0,30}[A-Z])(?=[A-Za-z0-9-]{0,30}[A-Za-z]-?[0-9]{1,4}-?[A-Za-z])[A-Za-z0-9](?:-?[A-Za-z0-9]){7,30}"
_TURNS = 5  # places where one kind of character follows another; words and models have fewer
_KEYS = re.compile(
    "(?i:ctrl|alt|shift|cmd)-.*|[0-9]{1,2}-[A-Z][a-z]{2}-(?:19|20)?[0-9]{2}.*"
    "|i?[0-9]*(?:[A-Z][a-z]+|[A-Z]{1,3})+[0-9]*(?:[A-Z][a-z]+|[A-Z]{1,3})*"
)
_HEX = (
    "[0-9A-F]{12}|[0-9a-f]{12}|[0-9A-Fa-f]{2}(?: [0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{2}(?:[.][0-9A-Fa-f]{2}){5}"
    "|[0-9A-Fa-f]{4}(?:(?: | - |-)[0-9A-Fa-f]{4}){2}"
)
_OTHER_HEX = words(
    "commit|commits|docker|container|containers|image|sha|sha256|hash|hashes|digest|checksum|git|blob|tree|rev|revision|build|bytes|hex|dump|colou?rs?|payload|register|pointer|segfault|trace|0x"
)


_TAG = re.compile(
    "[A-Za-z0-9_.]{2,32}#(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9]{4,6}"
)  # a handle of Discord or Battle.net, not a word and a year


def _is_nick(surface: str) -> bool:
    thing = (
        is_placeholder(surface)
        or THING.fullmatch(surface) is not None
        or _MADE.fullmatch(surface) is not None
    )
    return is_handle(surface) and not thing


def _is_secret(surface: str) -> bool:
    thing = THING.fullmatch(surface) is not None and _SEASON.fullmatch(surface) is None
    thing = thing or _PHRASE.search(surface) is not None
    return (
        len(surface) > 7
        and _TAG.fullmatch(surface) is None
        and len(set(surface)) > 5
        and not thing
        and not surface.startswith(("lib", "linux"))
    )


def _is_mixed(surface: str) -> bool:
    """Accept capitals, small letters and digits in turn: a word that begins with a capital has one turn less."""
    turns = sum(_kind(one) != _kind(other) for one, other in pairwise(surface.replace("-", "")))
    return turns - surface[:2].istitle() >= _TURNS and _KEYS.fullmatch(surface) is None


def _kind(char: str) -> int:
    return char.isdigit() + 2 * char.islower()


def _is_made_by(surface: str) -> bool:
    """Accept an address that a maker gives: neither of a group nor of one's own choice (IEEE 802c), no number, no word."""
    bare = re.sub("[^0-9A-Fa-f]", "", surface)
    figures = sum(map(str.isdigit, bare))
    return (
        int(bare[1], 16) % 4 == 0
        and 2 < figures < len(bare)
        and (bare == surface or bare.upper() != "00" * 6)
    )


PATTERNS = (
    Pattern(
        "USERNAME",
        "shaped.numbered",
        rf"{_LEFT}(?=[A-Za-z_.-]{{4,40}}+[0-9])(?:{_NUMBERED}){_STOP}",
        accept=_is_nick,
        context=_OUTSIDE_CODE,
        score=0.5,
        digits=1,
        trigger="[a-z]{4}_?[0-9]{2}|[a-z]_[a-z]{1,14}_?[0-9]|-[a-z]{4,12}-[0-9]{2}|[.][a-z]{4,12}[0-9]",
    ),
    Pattern(
        "USERNAME",
        "shaped.marked",
        rf"{_LEFT}(?:{_MARKED}){_STOP}",
        accept=_is_nick,
        context=_OUTSIDE_CODE,
        score=0.5,
        trigger=r"(?i:(?:^|[^a-z0-9])xx?_?[a-z]{3}[a-z0-9]{0,24}_?x(?:[^a-z]|\z)|[a-z]_xx|(?:^|[^a-z0-9])_[a-z]{3}|[a-z]__[a-z]|[a-z]{4}_[a-z]{4})",
    ),
    Pattern(
        "PASSWORD",
        "shaped.secret",
        rf"(?<![!-&*-~])(?:{_SIGNED})(?![!-~]{{0,2}}[0-9A-Za-z]|[/\\(=@])",
        accept=_is_secret,
        context=_NO_PROGRAM,
        score=0.5,
        digits=1,
        trigger=r"[A-Za-z][!@#$%&][0-9]|[0-9][!@#$%&*]|[A-Za-z0-9][!?*%&$#][A-Za-z0-9!?*%&$#]|-[a-z]{3,12}-[a-z]{3,12}-?[0-9]",
    ),
    Pattern(
        "PASSWORD",
        "shaped.mixed",
        rf"{_LEFT}(?:{_MIXED}){_STOP}",
        accept=_is_mixed,
        context=_NO_PROGRAM,
        score=0.5,
        digits=1,
        trigger="[A-Za-z]-?[0-9]{1,4}-?[A-Za-z]",
    ),
    Pattern(
        "MAC_ADDRESS",
        "shaped.mac",
        rf"(?<![0-9A-Za-z_@/#$%&=+:-])(?<![0-9A-Za-z][.])(?<![0-9A-Fa-f] )(?:{_HEX})(?![0-9A-Za-z_/]|[ .:-][0-9A-Fa-f]{{2}}(?![0-9A-Za-z]))",
        accept=_is_made_by,
        context=Context(None, _OTHER_HEX, 0.5, before=24, veto_after=16),
        score=0.5,
        source="IEEE 802",
        digits=3,
    ),
)
