"""What opens a thing, said with no word for a secret: «sesame street opens the nas», «bike lock set to 917».

The thing is one that asks to be let in: a computer, a network, an account, a lock; what is told is words that no sentence
needs, or a few digits.
"""

import re

from deid.detect.context import Context, words
from deid.detect.patterns.parts import NOT_COUNTED
from deid.detect.patterns.passwords import CUE
from deid.detect.patterns.pattern import Pattern
from deid.detect.patterns.plain_words import END, STOP, WORD, is_phrase, is_sentence

_TYPED_AT = "(?:lap ?top|ipad|tablet|pc|computer|desktop|macbook|chromebook|nas|disk|drive|usb(?: stick)?|vault|archive|zip|wi-?fi|network|internet|router|hotspot|guest net(?:work)?|vpn|log ?in|portal|netflix|hulu|disney|spotify|insta(?:gram)?|e-?mail|hotmail|gmail|keepass|veracrypt|bitlocker|till|kiosk|projector|printer|server)"
_LOCKS = "(?:lock ?box|key ?(?:safe|box|pad)|pad ?lock|(?:bike|door|luggage|combo|combination|shed|gate) lock|suitcase|(?:side|back|front|main) gate|garage(?: door)?|alarm panel|locker|safe|gate|barn|shed|storage unit|burglar alarm)"
_MY = "(?:the|my|our|his|her|their|ur|your|this|that|[a-z]{2,12}['’]?s)"
_NO_PIN = frozenset("911 999 112 000 411 611 311 211 101 111 100 247 365 404 500 1000 2000 5000".split())
_SETTINGS = re.compile(
    r"(?i)\b(?:mode|channel|static|manual|dhcp|bridge|ghz|band|auto(?:matic)?|default|max(?:imum)?|min(?:imum)?|dark|light|english|silent|vibrate|sleep|hidden|airplane|factory|read[- ]?only|english|full|normal|plans?|tier|network|subscription|premium|account|profile|region|version|settings?|theme|private|public)\b"
)
_KIN = re.compile(
    r"(?i)\b(?:dad|mum|mom|uncle|aunt(?:ie)?|mr|mrs|ms|dr|guy|man|woman|lady|key|keys|card|button|remote|fob|app|icon|click|tap|cable|handle|script|shortcut|command|code|pin|password|it|factor|auth(?:entication|enticator)?|2fa|mfa|sso|verification|recognition|finger ?print|face id|touch id)\b"
)


def _is_way_in(surface: str) -> bool:
    """Accept two words and more that are neither somebody nor what opens things as a rule."""
    return " " in surface and is_phrase(surface) and _KIN.search(surface) is None


def _is_told(surface: str) -> bool:
    spoken = is_phrase(surface) or (surface.count(" ") > 1 and is_sentence(surface))
    return spoken and _SETTINGS.search(surface) is None and _KIN.search(surface) is None and len(surface) > 3


def _is_set(surface: str) -> bool:
    return " " in surface and _is_told(surface)


def _is_pin(surface: str) -> bool:
    digits = re.sub("[^0-9]", "", surface)
    return digits not in _NO_PIN and re.fullmatch("(?:19|20)[0-9]{2}", surface) is None


# A clause ends behind a code of digits, or goes on with one of few words: «300 lamp hours» counts something.
_AFTER_PIN = r"(?= ?(?:[.,!?;:)\"'”’\n(–-]|[^ -~]|$)| (?i:and|then|so|but|or|if|when|btw|lol|ok|still|now|again|for now|straight|in order|to (?:get|open|unlock|come|let)|at the (?:door|gate|front|back|side)|with|w|after|since|until|as|it|it['’]?s|i|we|you|u|he|she|they|which|is|was|works|opens|by|under|dont|don['’]?t|do not|not|push|press|hash|star|pls|please|thx|thanks|ty)(?![A-Za-z]))"

_PIN = (
    r"(?P<v>[0-9]{3,8}[#*]?|[0-9](?:-[0-9]){2,5}|[A-Z]?[0-9]{3,5}[A-Z]?[#*]?)(?![0-9A-Za-z.,:/%-][0-9A-Za-z]|[0-9A-Za-z%])"
    + NOT_COUNTED
    + _AFTER_PIN
)

_SIGNED = r"(?i:(?<![a-z])(?:(?:session|jwt|hmac|webhook|signing|client|cookie|shared|flask|django)[ _-]?secret(?:[ _-]key)?[\"']?(?: ?[:=]| is| was|['’]s|)(?: just| literally| still| set to)?|(?:jwt|token|cookie|webhook)s? (?:is|are|was) signed with|snmp (?:community|string)(?: is|:)?))"
_SET = "wi-?fi|hotspot|netflix|hulu|spotify|insta(?:gram)?|facebook|tablet|ipad|log ?in|pass|screen ?lock|e-?mail one|hotmail|till"

PATTERNS = (
    Pattern(
        "PASSWORD",
        "opener.words",
        rf"(?:^|[\n.!?,:;] {{0,2}}|[^ -~] ?)[\"'“‘]?(?P<v>{WORD}(?: {WORD}){{1,4}}?)[\"'”’]? (?i:(?:opens?|unlocks?)(?: up)? {_MY} (?:[a-z]+ ){{0,2}}?{_TYPED_AT}|(?:gets|lets) (?:you|u|me|us|them|him|her) (?:in|on|into|onto|past)(?: to)? {_MY} (?:[a-z]+ ){{0,2}}?(?:{_TYPED_AT}|{_LOCKS}))(?![a-z])",
        accept=_is_way_in,
        score=0.7,
        trigger=rf"(?i: (?:opens?|unlocks?)(?: up)? {_MY} | (?:gets|lets) (?:you|u|me|us|them|him|her) (?:in|on|into|onto|past))",
    ),
    Pattern(
        "PASSWORD",
        "opener.number",
        rf"(?<![0-9A-Za-z/#$£€-])(?<![0-9][.,:])(?P<v>[0-9]{{3,8}}[#*]?) (?i:(?:opens?|unlocks?)(?: up)? {_MY} (?:[a-z]+ ){{0,2}}?(?:{_TYPED_AT}|{_LOCKS}|phone|door|flat|house|office|cage)|(?:gets|lets) (?:you|u|me|us|them|him|her) (?:in(?:to)?|past|through)(?: (?:to )?{_MY} (?:[a-z]+ ){{0,2}}?(?:{_TYPED_AT}|{_LOCKS}|door|flat|house|office|cage|building)|(?= ?(?:[.,!?;:)\n]|[^ -~]|$))))(?![a-z])",
        accept=_is_pin,
        score=0.7,
        digits=3,
        trigger=r"[0-9][#*]? (?i:(?:opens?|unlocks?) |(?:opens?|unlocks?) up |(?:gets|lets) (?:you|u|me|us|them|him|her) )",
    ),
    Pattern(
        "PASSWORD",
        "opener.opens_on",
        rf"(?i:(?<![a-z])(?:{_TYPED_AT}|{_LOCKS}|phone|door|mobile|iphone|safe)(?: [a-z']+){{0,3}}? (?:(?:opens|unlocks|opened|unlocked)(?: up)?(?: with| w| on| to| at| using| by)?(?: code| pin)?|(?:wants|takes|needs)(?: the)? (?:pin|code)|,? ?try)|{_LOCKS}(?: [a-z']+){{0,3}}? (?:(?:is )?set to|wants|takes|needs)):? {_PIN}",
        accept=_is_pin,
        score=0.7,
        digits=3,
        trigger=r"(?i:(?:open(?:s|ed)|unlock(?:s|ed)|set|wants|takes|needs|try)(?: up)?(?: with| w| on| to| at| using| by| the)?(?: code| pin)?:? [A-Z]?[0-9])",
    ),
    Pattern(
        "PASSWORD",
        "opener.lock",
        rf"(?i:(?<![a-z])(?:lock ?box|key ?(?:safe|box|pad)|pad ?lock|(?:bike|luggage|combo|combination|shed|gate|suitcase) lock|(?:side|back|front|main) gate|alarm panel|burglar alarm)(?![a-z])(?:[ ,:='’-]|(?i:is|with|w|at|the|on|keys?|inside|for|code|front|back|side|door|clinic|it['’]?s|numbers?|combo|wheels?|then|and|by|shed|clinic|garden|house|left|right|our|my)(?![a-z])){{1,14}}#?){_PIN}",
        accept=_is_pin,
        score=0.7,
        digits=3,
        trigger=r"(?i:lock ?box|key ?(?:safe|box|pad)|pad ?lock|(?:bike|luggage|combo|combination|shed|gate|suitcase) lock|(?:side|back|front|main) gate|alarm panel|burglar alarm)",
    ),
    Pattern(
        "PASSWORD",
        "opener.punched",
        rf"(?i:(?<![a-z])(?:punch in|buzz (?:yourself|urself|us|them|me) in (?:with|w)|let (?:yourself|urself) in (?:with|w)|dial(?=[^\n]{{0,24}}(?:slide|lift|pull|turn|open|lock|safe|box|hatch)))) {_PIN}",
        accept=_is_pin,
        score=0.7,
        digits=3,
        trigger=r"(?i:punch in|in (?:with|w)|dial) [A-Z]?[0-9]",
    ),
    Pattern(
        "PASSWORD",
        "opener.set_to",
        rf"(?i:(?<![a-z])(?:set|changed?|switched|renamed) {_MY} (?:[a-z]+ )?(?:{_SET}) to) [\"'“‘]?(?P<v>{WORD}(?: {WORD}){{1,5}}?){END}",
        accept=_is_set,
        score=0.6,
        trigger=rf"(?i:(?:set|changed?|switched|renamed) {_MY} (?:[a-z]+ )?(?:{_SET}) to )",
    ),
    Pattern(
        "PASSWORD",
        "opener.type",
        rf"(?i:(?<![a-z])(?:to (?:get|log|sign) (?:in|on|into|onto|past)(?: to)? {_MY} (?:[a-z]+ ){{0,2}}?(?:{_TYPED_AT}|phone)|(?:if|when|once) {_MY} (?:[a-z]+ ){{0,2}}?(?:{_TYPED_AT}|{_LOCKS}|app|tv) (?:asks|wants (?:it|one|you to))|for {_MY} (?:[a-z]+ )?(?:{_TYPED_AT})(?: thing| app| volume)?)(?:,| (?:u|you|we|just|simply)){{0,3}} (?:type|say|enter|put|give it|use(?! {WORD}{END}))) [\"'“‘]?(?P<v>{WORD}(?: {WORD}){{0,6}}?){STOP}",
        accept=_is_told,
        score=0.6,
        trigger=rf"(?i:(?:{_TYPED_AT}|{_LOCKS}|app|tv|phone|thing|volume|asks|wants (?:it|one|you to))(?:,| (?:u|you|we|just|simply)){{0,3}} (?:type|say|enter|put|give it|use) )",
    ),
    Pattern(
        "PASSWORD",
        "opener.as_password",
        rf"(?i:(?<![a-z])(?:i|we|she|he|they)(?:['’]ve| have|['’]d)?(?: just)? (?:set|used|chose|picked|put|made|went with)) [\"'“‘]?(?P<v>{WORD}(?: {WORD}){{1,5}}?)[\"'”’]? (?i:as (?:the|my|our|a|her|his)) (?:[a-z]+ )?(?:{CUE})(?! (?i:manager|hint|reset|generator|store|safe))",
        accept=lambda surface: is_phrase(surface) or is_sentence(surface),
        score=0.7,
        trigger=rf"(?i: as (?:the|my|our|a|her|his) )(?:[a-z]+ )?(?:{CUE})",
    ),
    Pattern(
        "PASSWORD",
        "opener.word_is",
        rf"(?i:(?<![a-z])(?:(?:the|our|magic|todays?|tonights?|today['’]s|tonight['’]s|banking|pick ?up|collection) (?:pass ?)?(?:word|phrase)(?: for (?:the )?[a-z]+(?: [a-z]+)?)?(?: is| was|['’]s|:|[?]))(?: still| now| just)?) [\"'“‘]?(?P<v>{WORD}(?: {WORD}){{0,3}}?){STOP}",
        accept=_is_told,
        context=Context(
            words(
                "alarm|locks?|doors?|gate|unlock(?:s|ed)?|opens?|tablet|ipad|laptop|wi-?fi|network|log ?in|banking|pick ?up|nursery|school run|collect|club|bouncer|server|room|lobby|safe|vault|telephone banking"
            ),
            None,
            0.0,
            before=50,
            after=50,
        ),
        score=0.6,
        trigger=r"(?i:(?:the|our|magic|todays?|tonights?|['’]s|banking|pick ?up|collection) (?:pass ?)?(?:word|phrase)(?: for (?:the )?[a-z]+(?: [a-z]+)?)?(?: is| was|['’]s|:|[?]))",
    ),
    Pattern(
        "SECRET_KEY",
        "opener.secret_quoted",
        rf"{_SIGNED} ?[\"'](?P<v>[^\"'\n{{}}$<>]{{3,40}})[\"']",
        accept=lambda surface: len(surface) > 2,
        score=0.7,
        trigger=r"(?i:secret|signed with|snmp (?:community|string))",
    ),
    Pattern(
        "SECRET_KEY",
        "opener.secret_plain",
        rf"{_SIGNED} (?P<v>{WORD}(?: {WORD}){{0,2}}?){END}",
        accept=is_phrase,
        score=0.7,
        trigger=r"(?i:secret(?:[ _-]key)?(?: ?[:=]| is| was|['’]s)|signed with|snmp (?:community|string))",
    ),
    Pattern(
        "SHARE_CODE",
        "opener.invited",
        rf"(?i:(?<![a-z])(?:invit(?:e|ation)|lobby|referral|(?:room|join)(?= word(?: is|['’]s|:))) words?(?: is|['’]s|:|,)?|(?<![a-z])(?:tonight|today|friday|monday)['’]?s room(?: is|:)) [\"'“‘]?(?P<v>{WORD}(?: {WORD}){{0,2}}?){STOP}",
        accept=_is_told,
        score=0.6,
        trigger=r"(?i:(?:invit(?:e|ation)|lobby|room|join|referral) word|s room(?: is|:))",
    ),
)
