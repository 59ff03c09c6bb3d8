"""Passwords, invitation codes and one-time codes whose cue is no name of them.

«i set it to sorrel395!», «whoever's first can hop in with BIO-094-MSC», «it texted me 751-176»: what is done
with the value says what it is. So the value must look like nothing else, and the deed must stand right before
or behind it.
"""

import re

from deid.detect.context import Context, right_before, right_behind
from deid.detect.patterns.codes import is_promotion
from deid.detect.patterns.parts import NOT_COUNTED, trigger_of
from deid.detect.patterns.pattern import Pattern
from deid.detect.patterns.sayable import unsayable

# Secrets: signs among letters and digits, or words in a row with a digit behind them, or a word and a number.
_SIGNS = (
    r"(?=[!-~]{0,24}[0-9])(?=[!-~]{0,24}[A-Za-z])[A-Za-z0-9][A-Za-z0-9!#$%&*+<>?@^~]{2,30}[0-9A-Za-z!#$%&*?]"
)
_IN_A_ROW = r"[a-z]{3,12}(?:[-.][a-z]{3,12}){1,4}[-.]?[0-9]{1,4}|[A-Za-z][a-z]{3,14}[0-9]{2,6}"
_STOPS = r"(?![!-~]{0,2}[0-9A-Za-z])"
_KEPT = (
    r"(?:set|chang(?:e|ed|ing)|reset|updat(?:e|ed)|switch(?:ed)?|defaults?)(?: (?:it|mine|that|ours?))?(?: back)? (?:to|at|as)|just type|typ(?:e|ed|ing) in|i typed|log(?:ged|ging)? ?in (?:with|w/)(?: [A-Za-z0-9_.-]{2,24} and)?|sign(?:ed|ing)? ?in (?:with|w/)"
    r"|sudo wants|(?:the |my |our )?(?:guest )?(?:wi-?fi|network|router|ssid|hotspot|modem)(?: (?:key|one|sticker|label|says|code))*(?:['’]?s| is|:)?(?: says)?|(?:mine|current one|the (?:old|new) one|same as always|same)(?: is|:|,)|password reset to"
    r"|keeps? (?:saying|rejecting|refusing)|sshpass -p|(?:no|nah|sorry|oops),? wait,? (?:it['’]?s|its)|i meant?:?|comb(?:o|ination)(?: (?:for|to|of|on)(?: [a-z]{2,12}){1,4})?(?: is|:)|(?:router|wi-?fi|ssid|network|modem|hotspot)[^\n]{0,20}[\n,;] ?key ?[:=]|creds?(?:entials)?(?: are| is)?:? [A-Za-z0-9_.-]{2,20} ?[/,:] ?|(?<![a-z])p(?:w|ass)? ?:|unlock(?:s|ed)? (?:it )?with|gets? (?:you|u|me) in (?:with|using)"
)
_KEPT_BEFORE = Context(right_before(rf"(?<![A-Za-z])(?:{_KEPT})[ \"'`:]{{0,3}}"), before=48, after=0)
_REFUSED = (
    r"[\"'`]?,? ?(?:all lower ?case|all caps|case sensitive|(?:that |which )?gets? (?:you|u|me) in|is (?:incorrect|invalid|wrong|rejected)|gives? (?:invalid|wrong|incorrect)|(?:and|but) (?:now )?(?:it['’]?s|its|im|i['’]m)? ?(?:locked|caps lock)"
    r"|for (?:everything|all of them|every (?:site|account))|but caps lock|doesn['’]?t (?:log|unlock|let) )"
)
_REFUSED_AFTER = Context(right_behind(_REFUSED), before=0, after=40)


def _is_secret(surface: str) -> bool:
    """Ask for a sign between letters and digits or at the end, or a capital, or words in a row; no address, no version."""
    if re.search(
        r"@[A-Za-z-]+\.|^(?:lib|linux|python|ubuntu|windows|win|kernel|php|mysql|java|gcc|usb|ipv|utf)|^(?:react|node|debian|ios|android|vue|sha|terminal|gate|level|default|factory|linkedin)[0-9_.-]|\.(?:[a-z]{2,4})$",
        surface,
        re.IGNORECASE,
    ):
        return False
    kinds = (
        re.search("[!#$%&*+<>?@^~]", surface),
        re.search("[A-Z]", surface),
        re.search("[a-z]-[a-z]", surface),
    )
    return len(surface) > 6 and any(kinds) and len(set(surface)) > 4


# Codes to come in by: capitals with a hyphen, capitals and digits, and small letters nobody could say.
_CODE = (
    r"[A-Z0-9]{3,6}(?:-[A-Z0-9]{3,6}){1,2}|(?=[A-Z]{0,9}[0-9])(?=[0-9]{0,9}[A-Z])[A-Z0-9]{5,12}|[A-Z]{8}|[A-Z]{4}(?: {1,2}| - )[A-Z]{4}|(?=[A-Z]{0,3}[0-9])[A-Z0-9]{4}(?: {1,2}| - )(?=[A-Z]{0,3}[0-9])[A-Z0-9]{4}|[a-z]{3}(?: {1,2}| - )[a-z]{4}(?: {1,2}| - )[a-z]{3}|[a-z]{3}-[a-z]{4}-\n?[a-z]{3}"
    r"|[a-z]{3,4}-[a-z0-9]{3,4}(?:-[a-z]{3})?|(?=[a-z]{0,9}[0-9])(?=[0-9]{0,9}[a-z])[a-z0-9]{6,10}|[a-z]{8,10}"
)
_CODE_EDGE = "(?<![0-9A-Za-z_@/-])(?<![0-9A-Za-z][.])"
_CODE_END = "(?![0-9A-Za-z_@/-]|[.][0-9A-Za-z])"
_ENTERED = (
    r"join(?: us| me| in)?(?: w/| with| by| using)|join (?:my|our|the|this) (?:lobby|room|party|server|squad|clan|world|match|team|meet(?:ing)?)|(?:room|lobby|party|world|realm)['’]?s|get in(?:to)? (?:your|ur|the) (?:game|room|lobby|server|party|world|meeting)|rsvp with|(?:kahoot|game|quiz|blooket|gimkit) pin(?: is|:)?|(?:game|chat|voice) room(?: is|:)?|passcode(?: is|:)?|(?:clan|guild|crew|squad|alliance) invite(?: is|:)?|(?:hop|get|come|jump|let you) in(?: with| w/| by| is| using)?|sign(?:ing)? ?up (?:with|w/|using)|register(?:ing)? with|invit(?:e|ation)(?:[a-z ]{0,20})(?: is|:)?"
    r"|referr?al(?:/promo)?(?: code)?(?: is|:)?|ref(?: code|:)(?: is|:)?|promo(?: code)?(?: is|:)?|use (?:my(?: code| referr?al)?|code|referr?al)|enter|redeem|pair with|(?:room|lobby|session|party|squad|realm|meet(?:ing)?|guild|clan|gift|dodo|island|webinar|class(?:room)?|team|game|group|voucher|coupon) ?(?:code|id|pin|link|key)(?: is|:|['’]s)?"
    r"|(?:my |the |ur |your )code(?: for (?:the|my|our) [a-z]{2,12}| to (?:get in|join|enter))?(?: is|:|['’]s)|teacher put|immigration share code,?|share code,?"
)
_CODE_BEFORE = Context(right_before(rf"(?<![A-Za-z])(?:{_ENTERED})[ :=→>-]{{1,4}}"), before=48, after=0)
_CODE_BEHIND = (
    r",? ?(?:(?:at|when|on|for|upon|during) (?:u |you |ya |the )?(?:sign ?-?up|signing up|register(?:ing)?|registration|check ?out|join(?:ing)?)|(?:(?:is|that['’]?s|thats) )?(?:(?:the|my|ur|your) (?:invite|invitation)(?![a-z])|(?:the |my |ur |your )?(?:room code|join code|referr?al|lobby code))"
    r"|to (?:join|get in|hop in|pair)|for (?:[$£€]?[0-9]{1,3}%? off|a free|free)|on the board|in the box|(?:you|u)(?:['’]?d|['’]?ll)? get )"
)
_CODE_AFTER = Context(right_behind(_CODE_BEHIND), before=0, after=40)


def _is_entered(surface: str) -> bool:
    """Refuse sizes, sales and words: small letters must be unsayable."""
    if is_promotion(surface) or re.fullmatch(
        r"[0-9]{1,5}[A-Za-z]{1,4}|[A-Za-z]{1,3}[0-9]{1,2}|[0-9]+(?:-[0-9]+)?|[0-9]+-[a-z]+|[a-z]+-[0-9]{1,2}|[a-z]{4,7}[0-9]{1,3}",
        surface,
    ):
        return False
    if re.search("[ \n]", surface) is not None:
        odd = list(map(unsayable, re.findall("[a-z]+", surface.lower())))
        return any(map(str.isdigit, surface)) or sum(odd) > (len(odd) > 2)
    if surface.isupper():
        return not surface.isalpha() or "-" in surface or unsayable(surface.lower())
    return any(char.isdigit() for char in surface) or unsayable(surface)


# One-time codes: what came by message, and what is typed to go on.
_CAME = (
    r"(?:it|they|bank|google|app|whats ?app|u|you|he|she|somebody|someone|who) (?:just )?(?:texted|sent|messaged|e-?mailed)(?: (?:me|u|you|us))?|(?:the |an? )?(?:sms|text|message|msg|e-?mail|notification)(?: (?:i got|from [a-z]{2,12}))?(?: (?:said|says|saying|reads?|with|was|is|that says?))|got (?:a |this )?(?:text|sms|message|msg)(?: saying| with|:|,? (?:and )?(?:it )?says)?"
    r"|confirm(?:ation)? code|auth(?:entication)? code|was it|(?:please )?enter"
)
_CAME_BEFORE = Context(right_before(rf"(?<![A-Za-z])(?:{_CAME})[ :\"'#]{{1,3}}"), before=48, after=0)
_CAME_AFTER = Context(
    right_behind(
        r" ?(?:(?:just |has )?c[ao]me (?:thr(?:u|ough)|up|in|on|by|to)|to (?:continue|proceed|log ?in|sign ?in|verify|confirm|finish)|popped up|and some (?:man|guy|one)|is what (?:it|they) (?:sent|texted|said)|,? ?(?:please )?(?:enter|type) (?:it|that|this)(?![a-z])|on my (?:phone|screen) (?:just )?now)"
    ),
    before=0,
    after=36,
)
_ONE_TIME = (
    r"(?<![0-9A-Za-z,:/$£€¥#+-])(?<![0-9A-Za-z][.])(?:[0-9]{6}|[0-9]{3}[- ][0-9]{3}|[0-9]{4}[- ][0-9]{4}|[0-9]{8}|[0-9]{4}|[0-9]{2}(?:-[0-9]{2}){2,3})(?![0-9A-Za-z/%]|[-.,:][0-9])"
    + NOT_COUNTED
)


def _is_one_time(surface: str) -> bool:
    return re.fullmatch("(?:19|20)[0-9]{2}|[1-9]0+|[0-9]{4}[- ](?:19|20)[0-9]{2}", surface) is None


PATTERNS = (
    Pattern(
        "PASSWORD",
        "password.kept",
        rf"(?<![!-~])(?<![@/.])(?:{_SIGNS}|{_IN_A_ROW}){_STOPS}|(?<=[\"'`:])(?:{_SIGNS}){_STOPS}",
        accept=_is_secret,
        context=_KEPT_BEFORE,
        score=0.7,
        digits=1,
        trigger=trigger_of(_KEPT),
    ),
    Pattern(
        "PASSWORD",
        "password.refused",
        rf"(?<![!-~])(?:{_SIGNS}|{_IN_A_ROW}){_STOPS}",
        accept=lambda surface: len(surface) > 6 and not surface[0].isdigit(),
        context=_REFUSED_AFTER,
        score=0.7,
        digits=1,
        trigger="(?i:lower ?case|all caps|case sensitive|gets? (?:you|u|me) in|is (?:incorrect|invalid|wrong|rejected)|gives? (?:invalid|wrong|incorrect)|locked|caps lock|for (?:everything|all of them|every)|doesn['’]?t (?:log|unlock|let))",
    ),
    Pattern(
        "SHARE_CODE",
        "share.entered",
        rf"{_CODE_EDGE}(?:{_CODE}){_CODE_END}",
        accept=_is_entered,
        context=_CODE_BEFORE,
        score=0.7,
        trigger=trigger_of(rf"(?:{_ENTERED})[ :=→>-]"),
    ),
    Pattern(
        "SHARE_CODE",
        "share.entered_after",
        rf"{_CODE_EDGE}(?:{_CODE}){_CODE_END}",
        accept=_is_entered,
        context=_CODE_AFTER,
        score=0.7,
        trigger=r"(?i:(?:at|when|on|for|upon|during) (?:u |you |ya |the )?(?:sign ?-?up|signing up|register|registration|check ?out|join)|(?:the|my|ur|your) invit(?:e|ation)|room code|join code|referr?al|lobby code|to (?:join|get in|hop in|pair)|for (?:[$£€]?[0-9]{1,3}%? off|a free|free)|on the board|in the box|(?:you|u)(?:['’]?d|['’]?ll) get )",
    ),
    Pattern(
        "SHARE_CODE",
        "share.grouped",
        r"(?i:(?<![A-Za-z])(?:webex|zoom|teams|(?:webex|zoom|teams|meet(?:ing)?|trade|raid|link|session|family|share|friend|trainer|join|invit(?:e|ation)|island|party|room|realm)(?: (?:link|meeting|right to work))? ?(?:code|id|pin|number)))(?:['’]?s| is|:|,)?(?: just)? {1,2}"
        r"(?P<v>[0-9]{3,5}(?:[ -][0-9]{3,5}){1,3}|[0-9]{2}(?: [0-9]{1,2}){3,6}|[A-Z][0-9A-Z]{2}(?: [0-9A-Z]{3}){2}|(?=[A-Za-z]{0,3}[0-9])[A-Za-z0-9]{4}(?: (?=[A-Za-z]{0,3}[0-9])[A-Za-z0-9]{4}){1,3}|(?=[A-Za-z]{0,8}[0-9])(?=[0-9]{0,8}[A-Za-z])[A-Za-z0-9]{7,14})(?![0-9A-Za-z]|[-.:][0-9])",
        score=0.8,
        source="Zoom, Webex, Niantic, GOV.UK right to work checks",
        digits=2,
    ),
    Pattern(
        "ONE_TIME_CODE",
        "otp.came",
        _ONE_TIME,
        accept=_is_one_time,
        context=_CAME_BEFORE,
        score=0.7,
        digits=4,
        trigger=trigger_of(rf"(?:{_CAME})[^A-Za-z]"),
    ),
    Pattern(
        "ONE_TIME_CODE",
        "otp.came_after",
        _ONE_TIME,
        accept=_is_one_time,
        context=_CAME_AFTER,
        score=0.7,
        digits=4,
        trigger=r"(?i:c[ao]me (?:thr|up|in|on|by|to)|to (?:continue|proceed|log ?in|sign ?in|verify|confirm|finish)|popped up|and some |is what |on my |(?:enter|type) (?:it|that|this)(?:[^a-z]|\z))",
    ),
    Pattern(
        "SECRET_KEY",
        "key.recovery_groups",
        r"(?<![0-9A-Za-z-])[0-9]{6}(?:-[0-9]{6}){7}(?![0-9A-Za-z-])",
        score=0.9,
        source="BitLocker recovery passwords",
        digits=48,
    ),
    Pattern(
        "DEVICE_ID",
        "device.udid",
        r"(?<![0-9A-Za-z-])0000[0-9]{4}(?:-| {1,2})?[0-9A-F]{16}(?![0-9A-Za-z-])",
        score=0.9,
        source="Apple, identifiers of devices since A12",
        digits=8,
    ),
)
