"""Values that a text says how to spell: «purple giraffe, all lower», «its one word, no caps, cinderpatch».

Only what somebody will type is spelled so. Which kind of value it is, the words around it say: a way in, an invitation,
or neither, and then it is a name.
"""

from deid.detect.context import Context, words
from deid.detect.patterns.pattern import Pattern
from deid.detect.patterns.plain_words import GRAMMAR, STOP, WORD, is_plain_name, is_sentence

_CASE = "(?:lower|small|little|upper|big|capital)(?: ?case| letters)?|caps|capitals|lower ?case|upper ?case"
_HINT = (
    rf"(?:(?:its |it['’]s |it is |thats |that['’]s )?(?:all )?(?:as )?one (?:single )?word|(?:its |it['’]s )?(?:all |both |everything )(?:in )?(?:{_CASE}|together|joined(?: up)?)|no (?:spaces?|caps|capitals?|gaps?|blanks?|vowels|hyphens?|dashes|dots?)"
    r"|with(?:out)? (?:a |an |any |the |two |no )?(?:spaces?|gaps?|blanks?|caps|capitals)(?: in (?:it|between|the middle)| between(?: them| the words)?)?|(?:two|three|four|2|3|4) (?:separate )?words(?: with (?:blanks|spaces|gaps))?|(?:blanks|spaces|gaps) (?:included|and all|too)"
    r"|(?:with (?:a )?)?(?:capital|cap|big|upper ?case) [A-Z](?![A-Za-z])|(?:with (?:a )?)?(?:small|little|lower ?case) [a-z](?![A-Za-z])|(?:spelled|spelt) (?:the )?(?:normal(?:ly)?|usual|british|american|proper(?:ly)?|wrong|like (?:it sounds|the [a-z]+)|as (?:one|it sounds)|with (?:a|an|one|two) [a-z]+)(?: way)?|run together|squashed together)"
)
_LINK = r"(?:(?:^|[\n.!?,;:=] {0,2}|(?:is|was|['’]s|its|as|then|try|type|use|enter|say|called|put|with|search(?: for)?|add|now|to|under|i['’]?m|app) )[\"'“‘]?)(?!(?i:its?|it['’]s|i['’]?m|is|was|the|a|and|then|so|to|as|use|type|try|try|say|put|search|add|called|enter|she|he|they|we|you|u|i) )"
_BEFORE = (
    rf"(?i:(?<![A-Za-z]){_HINT}(?:,? (?:and )?{_HINT}){{0,2}}(?:,|:| -|, so| so|, it is|, its|, it['’]s) )"
)

_LOCKED = "wi-?fi|network|hotspot|router|pass|passwords?|pw|pwd|pass ?(?:codes?|phrases?)|log(?:ging|ged)? ?in|unlock(?:s|ed)?|locks?|locked|vault|netflix|alarm|protected|encrypted|archive|zip|key|a whole sentence|get(?:s)? online|online"
_JOINED = "room|lobby|party|join|invit(?:e|es|ation)|codes?|referral|promo|jam|session|album|squad|meeting|guild|crew|gift"
_A_LOCK = Context(words(_LOCKED), None, 0.0, before=60, after=40)
_NAME = Context(
    words(
        "user(?:name)?|nick(?:name)?|handle|account|profile|tag|gamertag|on there|in there|find me|look (?:me )?up|search|add|follow|dm|insta(?:gram)?|discord|twitch|tiktok|psn|xbox|steam|riot|channel|my (?:name|alt|main|acc)|called|stream|shop"
    ),
    words(f"{_LOCKED}|{_JOINED}"),
    0.5,
    before=60,
    after=40,
    veto_after=40,
)


def _is_typed(surface: str) -> bool:
    """Refuse what is said in general: «its the same, one word», and what hints are made of."""
    parts = surface.lower().split()
    of_hints = {
        "capital",
        "caps",
        "cap",
        "small",
        "lower",
        "upper",
        "case",
        "letters",
        "letter",
        "spelled",
        "spelt",
        "spaces",
        "blanks",
        "joined",
        "two",
        "three",
        "four",
        "one",
        "answer",
        "reply",
        "replies",
        "title",
        "titles",
        "regex",
        "regexp",
        "pattern",
        "postcode",
        "names",
        "text",
        "reading",
    }
    return (
        is_plain_name(surface)
        and not of_hints & set(parts)
        and len(surface) > 3
        and surface.lower() not in GRAMMAR
    )


_BEHIND_HINT = rf"{_BEFORE}[\"'“‘]?(?P<v>{WORD}(?: {WORD}){{0,3}}?){STOP}"
_HINTED = rf"(?:(?i:{_LINK}))(?P<v>{WORD}(?: {WORD}){{0,3}}?)[\"'”’]?,? (?i:\(?{_HINT})(?![A-Za-z])"
_TRIGGER = r"(?i:one (?:single )?word|all (?:in )?(?:lower|small|little|upper|big|caps|capital|together|joined)|(?:both|everything) (?:in )?(?:lower|small|little|upper|big|caps|capital|together|joined)|no (?:space|cap|gap|blank|vowel|hyphen|dash|dot)|with(?:out)? (?:an? |any |the |two |no )?(?:space|gap|blank|cap)|(?:two|three|four|[234]) (?:separate )?words|(?:blanks|spaces|gaps) (?:included|and all|too)|(?:capital|cap|big|small|little|upper ?case|lower ?case) [a-z](?:[^a-z]|\z)|spel(?:led|t) (?:the |normal|usual|british|american|proper|wrong|like|as |with )|(?:run|squashed) together)"

PATTERNS = (
    *(
        Pattern(
            label,
            f"hinted.{name}_{where}",
            regex,
            accept=_is_typed,
            context=context,
            score=0.7,
            trigger=_TRIGGER,
        )
        for where, regex in (("before", _HINTED), ("after", _BEHIND_HINT))
        for label, name, context in (("PASSWORD", "secret", _A_LOCK), ("USERNAME", "name", _NAME))
    ),
    Pattern(
        "PASSWORD",
        "hinted.sentence",
        rf"(?i:a (?:whole|full) (?:sentence|phrase)(?:,|:| -) )[\"'“‘]?(?P<v>{WORD}(?: {WORD}){{2,9}}?){STOP}",
        accept=is_sentence,
        context=_A_LOCK,
        score=0.7,
        trigger="(?i:a (?:whole|full) (?:sentence|phrase))",
    ),
)
