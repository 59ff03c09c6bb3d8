"""Passwords that are plain words, by the frame around them: «the wifi password is purple giraffe», «pass: mango lassi».

No shape tells such a value from the rest of its sentence, so the frame has to: a cue and what links it, a value to the end
of its clause, and no word in it that holds a sentence together or is said of passwords.
"""

import re

from deid.detect.context import Context, right_before, words
from deid.detect.patterns.passwords import CUE
from deid.detect.patterns.pattern import Pattern
from deid.detect.patterns.plain_words import END, PHRASE, SENTENCE, STOP, WORD, is_phrase, is_sentence

_WORDS_FOR = "(?:safe|code|magic|secret|security|memorable|family) ?(?:words?|phrase)|watchword|secret knock|(?:master|vault|recovery|backup|luks|pgp|gpg|ssh(?: key)?|disk|unlock|encryption) (?:phrase|sentence)"
_KEY = rf"(?:{CUE}|(?i:(?<![A-Za-z])(?:{_WORDS_FOR})(?![A-Za-z])))"
_WAY_IN = r"(?i:(?<![A-Za-z])(?:(?:my|our|his|her|their|ur|your|wi-?fi|server|room|lobby|router) pass|pass(?= ?[:=])|(?:la )?clave(?: del? wi-?fi)?|(?:my|our|his|her|their|ur|your|the) (?:netflix|disney|hulu|spotify|wi-?fi|router|steam|e-?mail|gmail|icloud|amazon|admin|shared|laptop|tablet) log ?in|(?:my|our|his|her|their|ur|your) (?:netflix|disney|hulu|spotify|wi-?fi|router|steam|e-?mail|gmail|icloud|amazon|admin|shared) one|the (?:netflix|disney|hulu|spotify|wi-?fi|router|steam|e-?mail|gmail|icloud|amazon|admin|shared|laptop|tablet) one(?= ?[:=])))(?![A-Za-z])"
_OF = r"(?: thing)?(?: (?i:for|to|of|on|at|by|with|here|there|do|del)(?: (?i:my|the|his|her|our|your|this|that|a))?(?: [A-Za-z0-9'-]{2,16}){0,2}){0,2}"
_IS = r"(?:(?: (?i:is|was|es|ist|est|he is|be|iz)|['’]s| ?=| ?[:→]| ?[-=]>)(?: (?i:just|still|now|simply|literally|currently|like|the words?|give me)){0,2},?) [\"'“‘`]?"
_SIGN = r" ?(?:[:=→]|[-=]>) {0,2}[\"'“‘`]?"

# What has a password of its own, right before the word for it.
_THING = (
    r"(?i:(?<![A-Za-z])(?:archive|zip|rar|7z|pdf|doc|file|folder|drive|wi-?fi|wlan|router|hotspot|guest(?: network)?|network|room|lobby|server|realm|zoom|meeting|call|netflix|hulu|spotify|disney|prime|steam|laptop|tablet|ipad|phone|pc|computer"
    r"|nas|till|vault|stream|party|vc|voice channel|minecraft|world|site|portal|page)(?: [A-Z0-9-]{3,10})?)"
)
_ID = r"(?i:(?<![A-Za-z])(?:room|lobby|meeting id|ssid|network|user(?:name)?|login|id))[ :=]{1,3}[!-+\--~]{2,24},? (?:and )?"
_COMPOUND = frozenset(
    "reset resets manager managers policy policies hint hints prompt prompts cracker cracking finder sniffer change changes question questions problem problems issue issues dialog dialogue field box file files page screen recovery generator checker"
    " protect protection protector entry entries attempt attempts authentication auth login logins rotation expiry expiration strength length requirement requirements rule rules hash hashes list lists database vault store storage form input request requests"
    " support option options setting settings bug fix error errors failure leak leaks breach dump help link email mail sms text notification update day sharing please crackdown ring window button keyring tool app apps utility program software script function feature encryption"
    " mate mates dude friend buddy dear man bro bruh sis fam folks pls plz guys debacle sheet por favor".split()
)
# Where somebody has to say or type a word to be let in.
_DOORS = words(
    "alarm|locks?|doors?|gate|unlock(?:s|ed)?|get (?:in|past)|let (?:u|you|him|her|them) in|opens?|security|siren|bank|pick ?up|vault|safe|club|server|channel|room|calls?|bouncer|knock|collect|speakeasy|skill|journal|diary"
)
_TOLD = r"(?:(?:u|you|we|they|he|she|i) (?:[a-z]+ ){1,3}?(?:to|at|for)(?: [a-z']+){1,3}?|(?:for|to|at)(?: [a-z']+){1,6}?)"

_A_LOCK = Context(
    words(
        "pass ?phrase|passwords?|vault|app|locker|keychain|manager|archive|encrypted|disk|blanks|spaces|log ?in|wallet|account"
    ),
    None,
    0.0,
    before=60,
)

# «whats the wifi password mate»: who asks for one tells none.
_NOT_ASKED = Context(
    None,
    right_before(
        r"(?<![a-z])(?:what(?:['’]?s| is| was)?(?: the| ur| your| our)?|(?:need|have|get|got|forgot|know|want) (?:the|ur|your|our)) (?:[a-z0-9'-]+ ){1,4}[\"'“‘`]?"
    ),
    0.7,
    before=60,
)


def _is_alone(surface: str) -> bool:
    """Refuse what goes with the word for it: «password manager», «password reset page»."""
    parts = surface.lower().split()
    return is_phrase(surface) and not any(part in _COMPOUND for part in parts) and len(surface) > 3


def _is_long(surface: str) -> bool:
    """Accept several words: of a network more is said than its password."""
    return " " in surface and is_phrase(surface)


def _is_told(surface: str) -> bool:
    """Accept an order too: «open the pantry»."""
    return is_phrase(surface) or surface.startswith("open ") or (" " in surface and is_sentence(surface))


_PROGRAMS = re.compile(
    "(?i:(?:internet )?(?:explorer|firefox|chrome|safari|edge|opera|gedit|vim|vi|emacs|nano|notepad|winrar|winzip|7zip|word|excel|preview|acrobat|evince|okular|vlc|root|sudo|errors?|face ?id|touch ?id|fingerprint|face|thumb|keys?|a?pps?|credentials?|cards?|fob|enter|exit|yes|y|no|quit|ssh|google|facebook|apple|email|voice|chat|command|caps(?: lock)?|itself))"
)

_BODY = re.compile(
    r"(?i)\b(?:facial|biometrics?|fingerprints?|thumb ?prints?|(?:face|touch) ?id|(?:face|voice|retina|iris|finger|thumb) (?:recognition|unlock|scans?|scanner))\b"
)


def _is_spoken(surface: str) -> bool:
    return is_phrase(surface) and _PROGRAMS.fullmatch(surface) is None and _BODY.search(surface) is None


PATTERNS = (
    Pattern(
        "PASSWORD",
        "passphrase.is",
        rf"(?:{_KEY}|{_WAY_IN}){_OF}{_IS}(?P<v>{PHRASE}){END}",
        accept=is_phrase,
        score=0.7,
        trigger=rf"(?:{_KEY}|{_WAY_IN})",
    ),
    Pattern(
        "PASSWORD",
        "passphrase.adjacent",
        rf"(?:(?:{_THING}|{_ID}) ?|(?i:(?<![A-Za-z])(?:senha|contraseña) (?=d[eo]l? )))(?i:d[eo]l? wi-?fi|(?:pass ?(?:word|code|phrase)|pwd?|paswrod))(?:,|\?)? [\"'“‘`]?(?P<v>{WORD}(?: {WORD}){{0,3}}?){STOP}",
        accept=_is_alone,
        context=_NOT_ASKED,
        score=0.7,
        trigger=r"(?i:d[eo]l? wi-?fi|(?:pass|pwd?) ?(?:word|code|phrase)?|paswrod)[,?]? ",
    ),
    Pattern(
        "PASSWORD",
        "passphrase.sentence",
        rf"(?i:(?<![A-Za-z])(?:pass ?-?phrase|{_WORDS_FOR})(?![A-Za-z]){_OF}{_IS}|(?<![A-Za-z])(?:master|vault|recovery|backup|luks|pgp|gpg|ssh(?: key)?|disk|encryption) (?:phrase|sentence) [\"'“‘]?)(?P<v>{SENTENCE}){STOP}",
        accept=is_sentence,
        score=0.7,
        trigger=r"(?i:phrase|sentence|words?)",
    ),
    Pattern(
        "PASSWORD",
        "passphrase.whole",
        rf"(?i:(?<![A-Za-z])(?:opens?|unlocks?|starts?|wakes?(?: up)?) (?:with|to|on) the (?:sentence|phrase|words?)|use a (?:whole|full) (?:sentence|phrase)|(?:sentence|phrase) i use)(?:,|:| is)? [\"'“‘]?(?P<v>{SENTENCE}){STOP}",
        accept=lambda surface: is_sentence(surface) or is_phrase(surface),
        score=0.7,
        trigger="(?i:sentence|phrase|the words?)",
    ),
    Pattern(
        "PASSWORD",
        "passphrase.the_word",
        rf"(?i:(?<![A-Za-z])the (?:secret )?(?:word|phrase|sentence) {_TOLD}(?: is|['’]s|:)) [\"'“‘]?(?P<v>{WORD}(?: {WORD}){{0,6}}?){STOP}",
        accept=_is_told,
        context=Context(_DOORS, None, 0.0, before=48, after=0),
        score=0.7,
        trigger=r"(?i:the (?:secret )?(?:word|phrase|sentence) (?:u|you|we|they|he|she|i|for|to|at) )",
    ),
    Pattern(
        "PASSWORD",
        "passphrase.opens",
        rf"(?i:(?<![A-Za-z])(?:vault|laptops?|phone|tablet|ipad|diary|journal|safe|door|lock|wi-?fi|archive|zip|account|everything|page|portal|desktop|computers?|pc)(?: [a-z']+){{0,4}} (?:(?:opens|unlocks) (?:up )?(?:with|to)|(?:opened|unlocked) (?:up )?with)) [\"'“‘]?(?P<v>{WORD}(?: {WORD}){{0,3}}?){STOP}",
        accept=_is_spoken,
        score=0.7,
        trigger=r"(?i:(?:opens|unlocks|opened|unlocked) (?:up )?(?:with|to) )",
    ),
    Pattern(
        "PASSWORD",
        "passphrase.wifi",
        rf"(?i:(?<![A-Za-z])(?:wi-?fi|hotspot|wlan)(?: (?:here|there|(?:at|in|for) (?:the |my |our )?[a-z]+))?(?: ?[:=→]| is| was|['’]s)(?: now| just| still)?) [\"'“‘`]?(?P<v>{PHRASE}){END}",
        accept=_is_long,
        score=0.5,
        trigger=r"(?i:wi-?fi|hotspot|wlan)",
    ),
    Pattern(
        "PASSWORD",
        "passphrase.wifi_there",
        rf"(?i:(?<![A-Za-z])(?:wi-?fi|hotspot|wlan) (?:(?:at|in|for) (?:the |my |our )?[a-z]+|key)(?: is|['’]s| ?:)) [\"'“‘`]?(?P<v>{PHRASE}){END}",
        accept=lambda surface: len(surface) > 5 and is_phrase(surface),
        score=0.5,
        trigger=r"(?i:(?:wi-?fi|hotspot|wlan) (?:at|in|for|key)(?:[^a-z]))",
    ),
    Pattern(
        "PASSWORD",
        "passphrase.protected",
        rf"(?i:(?:is|['’]s|its|it|are) (?:all )?(?:locked|(?:password[- ])?protected|encrypted|passworded|private|members only)(?:,| lol| so| btw|:|;| -| but){{1,2}} (?:just |u |you |we |people |viewers |have to |need to ){{0,3}}(?:use|say|type|try|enter|put|need|whisper|it['’]?s)) [\"'“‘`]?(?P<v>{WORD}(?: {WORD}){{0,3}}?){END}",
        accept=_is_spoken,
        score=0.7,
        trigger=r"(?i:locked|protected|encrypted|passworded|private|members only)(?:,| lol| so| btw|:|;| -| but)",
    ),
    Pattern(
        "PASSWORD",
        "passphrase.opens_it",
        rf"(?i:(?:locked|protected|encrypted|private)(?:,|;|:| but| and| so) )[\"'“‘`]?(?P<v>{WORD}(?: {WORD}){{0,3}}?) (?i:(?:opens|unlocks) (?:it|them|everything)|(?:gets|lets) (?:u|you|me|us|them) in)(?![A-Za-z])",
        accept=_is_spoken,
        score=0.7,
        trigger=r"(?i: (?:opens|unlocks) (?:it|them|everything)| (?:gets|lets) (?:u|you|me|us|them) in)",
    ),
    Pattern(
        "PASSWORD",
        "passphrase.for_a_lock",
        rf"(?i:(?<![A-Za-z])(?:for|on) (?:the |my |our |their )(?:[a-z]+ )?(?:zoom|wi-?fi|intranet|vpn|nas|router|portal|guest net(?:work)?|network|meeting|webinar|alarm|gate|door|keypad|login|till|server)(?: (?:u|you|just|we|simply|always)){{0,2}},? (?:type|say|enter|use(?! {WORD}{END}))) [\"'“‘`]?(?P<v>{WORD}(?: {WORD}){{0,3}}?){END}",
        accept=_is_spoken,
        score=0.5,
        trigger=r"(?i:(?:zoom|wi-?fi|intranet|vpn|nas|router|portal|net|network|meeting|webinar|alarm|gate|door|keypad|login|till|server)(?: (?:u|you|just|we|simply|always)){0,2},? (?:type|say|enter|use) )",
    ),
    Pattern(
        "PASSWORD",
        "passphrase.chosen",
        rf"(?i:(?<![A-Za-z])(?:a phrase|a sentence|(?:three|four|five|several|random) words|must have (?:blanks|spaces)|with (?:blanks|spaces))[^.!?\n]{{0,16}} i (?:used|made it|put|set|chose|picked|took|went (?:with|for)|set it to)) [\"'“‘`]?(?P<v>{WORD}(?: {WORD}){{1,8}}?){STOP}",
        accept=lambda surface: is_phrase(surface) or is_sentence(surface),
        context=_A_LOCK,
        score=0.7,
        trigger=r"(?i: i (?:used|made it|put|set|chose|picked|took|went) )",
    ),
    Pattern(
        "PASSWORD",
        "passphrase.answered",
        r"(?i:(?<![A-Za-z])security question[^.!?\n]{0,40}?,? (?:and )?(?:i|she|he|we) (?:answered|put|said|wrote|chose)) [\"'“‘`]?(?P<v>[A-Za-z][A-Za-z'’-]{2,18}(?: [A-Za-z][A-Za-z'’-]{1,18}){0,2}?)"
        + STOP,
        accept=_is_spoken,
        score=0.7,
        trigger="(?i:security question)",
    ),
    Pattern(
        "PASSWORD",
        "passphrase.whispered",
        rf"(?<![A-Za-z])(?:whisper(?:ed)?|(?:must|have to|should) say) [\"'“‘`]?(?P<v>{WORD}(?: {WORD}){{0,3}}?){END}",
        accept=_is_spoken,
        context=Context(_DOORS, None, 0.0, before=60, after=40),
        score=0.5,
        trigger="whisper|(?:must|have to|should) say",
    ),
    Pattern(
        "PASSWORD",
        "passphrase.when_typed",
        rf"(?i:(?<![A-Za-z])(?:opens|unlocks|disarms|lets (?:u|you|me|us|them) in) (?:when|if|once) (?:u|you|i|we|they) (?:type|say|enter|whisper|sing)) [\"'“‘`]?(?P<v>{WORD}(?: {WORD}){{0,3}}?){STOP}",
        accept=_is_spoken,
        score=0.7,
        trigger=r"(?i: (?:when|if|once) (?:u|you|i|we|they) (?:type|say|enter|whisper|sing) )",
    ),
    Pattern(
        "PASSWORD",
        "passphrase.to_unlock",
        rf"(?i:(?<![A-Za-z])(?:type|say|whisper|key in|punch in|shout)) [\"'“‘]?(?P<v>{WORD}(?: {WORD}){{0,3}}?)[\"'”’]? (?i:to (?:unlock|get (?:in|inside|past)|open (?:it|up|the)|disarm|be let in)|and (?:it|the door|the gate) (?:unlocks|opens)|at the (?:door|gate|bar))(?![A-Za-z])",
        accept=_is_spoken,
        score=0.7,
        trigger=r"(?i: to (?:unlock|get (?:in|past)|open|disarm|be let in)| (?:unlocks|opens)| at the (?:door|gate|bar))",
    ),
)
