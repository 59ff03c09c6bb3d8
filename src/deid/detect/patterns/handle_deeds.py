"""Handles whose cue is no name of them: what is done to one says what it is («pls unban Snork_Maiden»).

The deed must stand right before or behind it, so the handle must look like nothing else.
"""

import re

from deid.detect.context import Context, right_before, right_behind, words
from deid.detect.patterns.handle import is_value
from deid.detect.patterns.parts import trigger_of
from deid.detect.patterns.pattern import Pattern

# Handles: marks within, and what is done to people.
HANDLE = r"(?<![0-9A-Za-z_@/\\$%#=&:-])(?<![0-9A-Za-z][.])(?P<v>(?:_{0,2}[A-Za-z][A-Za-z0-9]{1,20}(?:__?[A-Za-z0-9]{1,20}){1,3}_?|[A-Za-z][A-Za-z0-9]{2,24}_|[A-Za-z]{4,20}[0-9]{2,4}|[xX]{0,2}(?:[A-Z][a-z]{2,12}){2,4}[xX]{0,2}(?:_?[0-9]{1,4})?|[a-z]{3,12}-[a-z]{2,12}-[0-9]{1,4}|[A-Z]{3,12}-[A-Z]{2,12}-[0-9]{1,4}|[a-z]{4,12}[.][a-z]{3,12}|[A-Z]{4,12}[.][A-Z]{3,12}))(?![0-9A-Za-z_@/\\(=$%]|[.:-][0-9A-Za-z])"

_DONE_TO = (
    r"(?:seller|buyer) was|raid|gg|credits? to|shout ?outs? to|(?:account|user|channel) called|plays as|(?:un)?ban(?:ned)?|(?:un)?block(?:ed)?|report(?:ed)?|mut(?:e|ed)|kick(?:ed)?|rename|follow(?:ed)?|unfollow(?:ed)?|whisper(?: me)?(?: ingame| in game)?:?|add me[,:]?|invite|dm|pm|friend|(?:posted|written|uploaded|sent|made|sold|drawn) by"
    r"|seller(?: is|:)?|buyer(?: is|:)?|my (?:old |new |other |main |second )?(?:alt|account|acc|acct|main|profile|smurf)(?: is|:|['’]s)?|alt(?: is|:)?,?|logg?(?:ed|ing)? in (?:as|with)|log ?in(?:ing)? (?:as|with)|signed in (?:as|with)|usuario(?: es)?|pseudo(?: est|:)?"
    r"|nick(?:name)?(?: is|:)?|name(?:['’]s| is)? on there(?: is)?|go by|goes by|known as|show(?:s)? up as|handle(?: is|:|['’]s)?|gt:?|ign:?|unblock my id|my id(?: is)?|gamer ?tag(?: is|:)?|git blame says|author(?:ed by|:)|carried by|(?:no|nah|sorry|oops),? wait,? (?:it['’]?s|its)|post(?:ing|ed) as|(?:venmo|cash ?app|paypal|zelle|tip|ping|tag) me (?:at|@|on)|/(?:msg|w|tell|query|whisper|invite|ignore)|accepted (?:publickey|password) for|session opened for user|which account(?: [a-z]{2,10}){0,4}:|(?:for|as|by|new|invalid|unknown|banned|kicked) user|username|summoner(?: name)?(?: is|:)?|skype(?: is|:)?|psn:?|(?:chess|roblox|steam|epic|xbox|riot|minecraft)[a-z .]{0,8} (?:user|name|nick|id)(?: is|:)?"
)

_DONE_BEFORE = Context(right_before(rf"(?<![A-Za-z])(?:{_DONE_TO})[ \"'*]{{1,3}}"), before=40, after=0)

_DONE_AFTER = Context(
    right_behind(
        r"[\"'*]? (?:is me(?![a-z])|that['’]?s (?:me|my (?:main|alt|acc))|is my (?:main|alt|handle|acc|name|user|gamertag|ign)|invited (?:you|u|me)|added (?:you|u|me)|followed (?:you|u|me)|(?:has |just )?(?:joined|quit|left) (?:the |#)|has (?:joined|quit|left)|\[[~a-z]|on there(?![a-z])|on here is me|for (?:carrying|the carry|healing))"
    ),
    before=0,
    after=32,
)

# Names of classes, and brands that are written so: «block ImportError», «follow CamelCase», «invite TeamViewer».
_CAMEL = re.compile(
    r".*(?:Error|Exception|Warning|Case|Handler|Service|Controller|Factory|Interface|Component|Provider)"
    "|(?:Play|Work)Station|(?:Tik|Whats|Snap|Link|Pay|Mac|Chat|Word|Sound|Drop|Team|Quick|Photo|Share|One|Power|Grub|Door|Buzz|Tech|Star|War|Mine|Face|Car|Bit|Tensor|Stack|Survey|Mail|Sales|Ad|Red|Pin|Four|Out|Live|Market|Hub|Base)"
    "(?:Tok|App|Chat|Pal|Book|Press|Cloud|Box|Viewer|Time|Shop|Point|Drive|Dash|Hub|Feed|Crunch|Craft|Play|Torrent|Bucket|Flow|Overflow|Monkey|Chimp|Force|Sense|Words|Block|Hat|Board|Square|Look|Stream|Journal|Place|Spot|Camp)s?"
)


def is_handle(surface: str) -> bool:
    """Refuse what carries marks for other reasons: files, packages, versions, brands and constants."""
    said = re.match(
        "(?:Git|Linked|Data|Java|Type|Power|You|Post|Open|Face|Stack|Micro|Drop|Mongo)[A-Z][a-z]+$|(?:lib|linux|python|perl|ubuntu|debian|windows|win|kernel|php|mysql|java|gcc|usb|ipv|utf|mp|ext|room|level|lvl|top|day|week|year|grade|page|line|part|covid|iphone|galaxy|radeon|nvidia|intel|amd|core|vista|fedora|"
        "open|free|power|mac|you|face|word|doc|sub|sound|virtual|thunder|fire|x|dev|etc|var|usr|tty|eth|wlan|hd|sd|snd|mod|get|set|is|on|git|linked|data|type|post|web|cloud)[A-Z0-9_]|.*[.](?:com|net|org|txt|conf|deb|exe|sh|py|php|jpg|png|list|log|img|iso|d)$|[A-Z]+(?:_[A-Z]+)*$|[A-Z0-9]{1,7}$",
        surface,
    )
    return said is None and is_value(surface) and len(surface) > 4 and _CAMEL.fullmatch(surface) is None


def _is_name(surface: str) -> bool:
    """Refuse what is said of a name: that it is invalid, taken, important."""
    bare = surface.lower()
    said = "(?:ing|ed|ful|less|able|ible|ous|ant|ent|ive|ish|est|tion|ment|ness|ity|ly|ate|ally|ure|ism|ers?|ons?|ions?|ords?|field|please|thing|body)$|^un|^hack"
    return (
        is_value(surface)
        and re.search(said, bare) is None
        and re.search("[.](?:com|net|org|txt|conf|exe|jp)$", bare) is None
    )


PATTERNS = (
    Pattern(
        "USERNAME",
        "handle.done_to",
        HANDLE,
        accept=is_handle,
        context=_DONE_BEFORE,
        score=0.7,
        trigger=rf"{trigger_of(_DONE_TO)}[ \"'*]+_*[A-Za-z-]+(?:_|[0-9]|[a-z][A-Z]|[.][a-z])",
    ),
    Pattern(
        "USERNAME",
        "handle.does",
        HANDLE,
        accept=is_handle,
        context=_DONE_AFTER,
        score=0.7,
        trigger=r"(?i: (?:is me(?:[^a-z]|\z)|that['’]?s m[ey] ?|is my (?:main|alt|handle|acc|name|user|gamertag|ign)|(?:invited|added|followed) (?:you|u|me)|(?:joined|quit|left) (?:the )?#|has (?:joined|quit|left)|\[[~a-z]|on there(?:[^a-z]|\z)|on here is me|for (?:carrying|the carry|healing)))",
    ),
    Pattern(
        "USERNAME",
        "handle.named_plain",
        r"(?i:(?<![A-Za-z])(?:user ?name|screen ?name|gamer ?tag|ign|handle|whisper me(?: in ?game)?)) ?:? (?P<v>[A-Za-z][A-Za-z.]{6,22}[A-Za-z])(?=,|[.!]?$| (?:pls|please|add|btw|lol|got|on) )",
        accept=_is_name,
        score=0.7,
    ),
    Pattern(
        "USERNAME",
        "handle.added_plain",
        r"(?i:(?<![A-Za-z])(?:add|invite|friend|whisper|pst) )(?P<v>[A-Za-z]{3,14}[.][A-Za-z]{3,14}|_[A-Za-z0-9_]{4,24}|[A-Za-z]{10,24})(?=[!.,]?$)",
        accept=_is_name,
        context=Context(
            words(
                "plays?|playing|gam(?:e|ing)|duo|squad|lobby|party|ranked|valorant|minecraft|roblox|fortnite|lol|steam|psn|xbox|discord"
            ),
            before=60,
            after=10,
        ),
        score=0.7,
        trigger=r"(?i:(?:add|invite|friend|whisper|pst) [A-Za-z_.]{7,}[!.,]?\z)",
    ),
    Pattern(
        "USERNAME",
        "handle.speaker",
        r"(?:^|\n)(?:\[?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?\]? )?<(?P<v>[a-z]{3,12}[.][a-z]{3,12}|[a-z]{8,20})> (?=[a-z])",
        accept=lambda surface: (
            surface not in {"fieldset", "textarea", "noscript", "template", "blockquote", "figcaption"}
        ),
        score=0.7,
        source="RFC 2812, as clients write what is said",
        trigger="<[a-z.]+> ",
    ),
    Pattern(
        "USERNAME",
        "handle.shell",
        r"(?<![A-Za-z])(?:ssh|scp|rsync|sftp) (?P<v>[a-z_][a-z0-9_.-]{2,30})@(?=[A-Za-z0-9])",
        accept=lambda surface: (
            surface
            not in {
                "root",
                "admin",
                "user",
                "username",
                "git",
                "ubuntu",
                "ec2-user",
                "name",
                "you",
                "guest",
                "pi",
            }
        ),
        score=0.7,
        source="OpenSSH",
        trigger="(?:ssh|scp|rsync|sftp) [a-z_]",
    ),
)
