"""Houses by a number and a name that says no kind of street, or one that seldom stands alone.

Real chat has next to none of these runs: a number, words that count nothing, and a word of streets or land.
"""

import re

from deid.detect.context import Context, words
from deid.detect.patterns.address_en import (
    AFTER_KIND,
    DIRECTION,
    HOME,
    LOWER,
    NUMBER,
    SAID_NUMBER,
    STOP_WORDS,
    TAIL,
    UNIT,
    street_words,
)
from deid.detect.patterns.address_words import INDIAN, KINDS, LANDMARK, NAMED, is_place_name
from deid.detect.patterns.parts import LEFT
from deid.detect.patterns.pattern import Pattern

_LOWER_KINDS = (
    "close|court|crt|ct|drive|grove|parade|pde|tce|esplanade|promenade|brae|wynd|vennel|brow|fold|croft|garth|dene|mount|meadows?|lea|chase|gate|hollow"
    "|rise|hill|walk|way|place|quay|wharf|mews|heights|green|gardens|gdns|row|square|view|bank|park|acres?|paddocks?|orchard|yard|vale"
)
# What a number counts before such a word: «4 wheel drive», «7 tennis court», «3 car park».
_COUNTED = frozenset(
    "wheel wheels hard flash usb thumb pen sata ide ssd nvme external internal zip disk tape backup test blood food charity toy left right floppy optical"
    " dvd cd rom tennis basketball squash supreme high county crown civil moot badminton volleyball car bus lorry truck coach hole lane storey story bedroom"
    " bathroom bed seater seat course speed door gear row rows step steps theme water national trailer caravan skate play ball safari amusement retail public"
    " green blue red black white yellow orange purple pink grey gray brown secret herb roof beautiful botanical community kitchen back front rear top bottom"
    " weekend week year school working deadline dead open front user book world bus tail high low dog cat iron gold silver bronze data cash food bank river"
    " tank sperm memory train town city village main market times red one two three four five six seven eight nine ten hundred thousand million billion half"
    " quarter double triple single whole full empty different similar separate additional extra possible available free former current previous following"
    " old-style business conference class team league match game games level levels stage final finals quick slow fast early late easy steep small large big"
    " huge wide narrow deep tall long short nice great good bad cheap hot cold warm cool dry wet bit bits byte bytes pixel pixels sided way ways wooden metal"
    " glass steel stone brick english scottish welsh irish american british french german indian chinese japanese mexican italian spanish russian people".split()
)
_MORE = rf"(?:[,/]? {{1,2}}(?i:ground|first|second|third|fourth|fifth|top|lower|upper|[1-9](?:st|nd|rd|th)) floor(?: flat)?)?{UNIT}"
_SECOND = rf"(?: (?i:{_LOWER_KINDS})(?![A-Za-z'’-]))?"
_PLAIN = r"(?!(?:19|20)[0-9]{2} )[0-9]{1,4}[A-Za-z]? "
_HOURS = 12
_AT = r"(?i:(?<![A-Za-z])(?:outside|opposite|behind|near|address|liv(?:e|es|ing)(?: (?:at|in|on))?|(?:knock(?:ing)?|home|moved|moving) (?:on|at|to|in)|number)[ :]{1,2})"
# What stands before hours and counts as well: «at 9 Sarah called», «back in 5 Tommy», «stay at 3 Michelin restaurants».
_AT_ANY = r"(?i:(?<![A-Za-z])(?:(?<!place )(?<!bed )(?:at|from|to|into|inside)|stay(?:s|ing)?(?: (?:at|in|on))?|(?:round|over|back|works?) (?:on|at|to|in))[ :]{1,2})"
_PROPER = (
    rf"(?P<v>{_PLAIN}(?:[A-Z][a-z'’]{{3,16}})(?: [A-Z][a-z'’]{{2,16}}){{0,2}}{_MORE}{TAIL})(?![A-Za-z0-9'’])"
)
_SHOWN = r"(?! (?:albums?|books?|cartoons?|cds?|covers?|discs?|episodes?|fans?|films?|games?|gigs?|hits?|lps?|movies?|novels?|posters?|records?|seasons?|series|shirts?|shows?|songs?|tickets?|tracks?|tunes?|vinyls?)(?![A-Za-z]))"
_BESIDE = words("at|from|to|outside|opposite|behind|near|into|inside|it['’]?s|it is|number|over|round")
_OF_A_HOME = Context(
    re.compile(f"{HOME.pattern}|{_BESIDE.pattern}", HOME.flags), None, 0.0, before=24, after=0
)
_NO_HOUSE = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec"
    " monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun am pm gb mb kb tb mhz ghz english american british"
    " french german indian chinese japanese americans germans indians brits christmas easter windows linux ubuntu debian mac macs iphone iphones"
    " ipad ipads xbox playstation android downing eleven chainz guys cent degrees dollars euros pounds years minutes hours days weeks months gmt utc est pst"
    " cet bst edt pdt ad bc bce ce uk us usa eu nhs tv dvd cd dvds cds pc pcs usb hd vip ios nba nfl premier world european olympic super tour"
    " ltd inc llc plc corp co mp mps tory labour republican democrat god jesus lord mr mrs ms dr sir".split()
)


def _typed(surface: str) -> bool:
    """Refuse what counts or measures: each word before the kind is a name."""
    street = re.split(r"[,#]", re.sub(r"\A(\S+),", r"\1", surface))[0]
    inner = [word for word in street.split()[1:-1] if word.islower()]
    if re.match(r"[0-9]-[0-9] |(?:19|20)[0-9]{2},", surface):  # a score, a year
        return False
    return street_words(street) and _COUNTED.isdisjoint(inner) and all(len(word) > 2 for word in inner[:1])


def _named(surface: str) -> bool:
    """Accept a number, a word that is a name of a place, and what may stand before that word."""
    words = re.findall(
        r"[A-Za-z][A-Za-z'’-]+",
        re.sub(r"(?i)^(?:flat|apt\.?|apartment|unit|suite|room) ?#?[0-9A-Za-z-]{1,6}", "", surface),
    )
    place = next((at for at, word in enumerate(words) if is_place_name(word)), None)
    score = re.match("[0-9]-[0-9] ", surface)
    return (
        place is not None and score is None and STOP_WORDS.isdisjoint(word.lower() for word in words[:place])
    )


def _proper(surface: str) -> bool:
    """Accept a number and names that are no months, makes or peoples."""
    words = re.findall(r"[A-Za-z][A-Za-z'’-]+", surface)
    return not any(word.lower() in _NO_HOUSE or word.lower() in STOP_WORDS for word in words if word != "The")


def _proper_at(surface: str) -> bool:
    """Accept behind any preposition what no hour or count is: a number above twelve, a second name, a place's ending."""
    number, _, name = surface.partition(" ")
    hour = number.isdigit() and int(number) <= _HOURS
    return _proper(surface) and (not hour or not name.isalpha() or is_place_name(name))


_SAID_KINDS = "close|court|drive|gardens|grove|parade|crescent|esplanade|brae|wynd"


PATTERNS = (
    Pattern(
        "STREET_ADDRESS",
        "house.typed",
        rf"{NUMBER}{DIRECTION}(?:{LOWER} ){{1,2}}?(?i:{_LOWER_KINDS}){_SECOND}{AFTER_KIND}(?!['’-]){UNIT}{LANDMARK}?",
        accept=_typed,
        score=0.7,
        source="BS 7666",
        digits=1,
        trigger=rf" (?i:{_LOWER_KINDS})(?:[^A-Za-z]|\z)",
    ),
    Pattern(
        "STREET_ADDRESS",
        "house.typed_capital",
        rf"{NUMBER}{DIRECTION}(?:[A-Z][A-Za-z'’.-]{{1,24}} ){{1,3}}(?i:{KINDS}){AFTER_KIND}(?!['’-]){UNIT}{TAIL}{LANDMARK}?",
        accept=_typed,
        score=0.8,
        source="BS 7666",
        digits=1,
        trigger=rf"[A-Z][A-Za-z'’.-]+ (?i:{KINDS})(?:[^A-Za-z]|\z)",
    ),
    Pattern(
        "STREET_ADDRESS",
        "house.place_name",
        rf"{NUMBER}{DIRECTION}(?:(?i:the|old|new|upper|lower|great|little|high|low|north|south|east|west) )?(?:[A-Z][a-z]{{2,16}} )?{NAMED}{_SECOND}{_MORE}{TAIL}",
        accept=_named,
        score=0.7,
        source="BS 7666",
        digits=1,
        trigger=rf"[0-9/][A-Za-z]?,?[ \n]+(?:[A-Za-z.]+ )*{NAMED.partition('(?!')[0]}",
    ),
    Pattern(
        "STREET_ADDRESS",
        "house.the",
        rf"{LEFT}(?<![:.,])(?<![0-9]-){_PLAIN}The (?:[A-Z][a-z'’]{{2,16}} )?[A-Z][a-z]{{2,16}}(?:s|(?i:{KINDS}))(?![A-Za-z'’]){_SHOWN}{UNIT}{TAIL}",
        accept=_proper,
        context=_OF_A_HOME,
        score=0.7,
        source="BS 7666",
        digits=1,
        trigger="[0-9][A-Za-z]? The [A-Z]",
    ),
    Pattern(
        "STREET_ADDRESS",
        "house.said",
        rf"(?i:(?<![A-Za-z-])(?:{SAID_NUMBER}) (?:{LOWER} ){{1,2}}?(?:{_SAID_KINDS})(?![A-Za-z'’-]))",
        accept=_typed,
        score=0.7,
        source="BS 7666",
        trigger=rf"(?i:(?:ty|[a-z]een|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: [a-z']+)+ (?:{_SAID_KINDS})(?:[^A-Za-z]|\z))",
    ),
    Pattern(
        "STREET_ADDRESS",
        "house.proper",
        rf"{_AT}{_PROPER}",
        accept=_proper,
        score=0.5,
        source="BS 7666",
        digits=1,
        trigger=r"(?i:(?:outside|opposite|behind|near|address|liv(?:e|es|ing)|at|to|in|on|number)[ :]{1,2}[0-9])",
    ),
    Pattern(
        "STREET_ADDRESS",
        "house.proper_at",
        rf"{_AT_ANY}{_PROPER}",
        accept=_proper_at,
        score=0.5,
        source="BS 7666",
        digits=1,
        trigger=r"(?i:(?:at|from|to|into|inside|stay(?:s|ing)?|in|on)[ :]{1,2}[0-9])",
    ),
    Pattern(
        "STREET_ADDRESS",
        "house.indian",
        rf"{NUMBER}(?:(?:[0-9]{{1,2}}(?:st|nd|rd|th) )?[A-Za-z'’.]{{2,20}}(?:, ?| )){{1,5}}?(?i:{INDIAN})(?![A-Za-z'’])(?: [0-9]{{1,2}}(?![0-9]))?",
        accept=_typed,
        score=0.7,
        source="India Post",
        digits=1,
        trigger=rf"[ ,](?i:{INDIAN})(?:[^A-Za-z]|\z)",
    ),
    Pattern(
        "STREET_ADDRESS",
        "house.malay",
        r"(?i:(?<![A-Za-z0-9])(?:(?:no|lot|blk)\.? ?)?[0-9]{1,4}[a-z]?,? (?:jln|jalan|lorong|lrg|lor|persiaran|lebuh|taman|kampung)\.? (?:[a-z'’]{3,16}|[0-9]{1,3}(?:/[0-9]{1,3}[a-z]?)?)(?: [a-z'’]{3,16}| [0-9]{1,3}(?:/[0-9]{1,3}[a-z]?)?){0,2}(?:, ?(?:taman|kampung|kg) [a-z]{3,16}(?: [a-z]{3,16})?)?)(?![A-Za-z0-9])",
        score=0.8,
        source="Pos Malaysia",
        digits=1,
        trigger="(?i:[0-9][a-z]?,? (?:jln|jalan|lorong|lrg|lor|persiaran|lebuh|taman|kampung))",
    ),
    Pattern(
        "STREET_ADDRESS",
        "house.number_on",
        rf"(?i:(?<![A-Za-z])(?:number|no\.?|nr\.?) ?[0-9]{{1,4}}[a-z]?,? (?:(?:at |the )?(?:top|end|bottom|foot|corner|start|back) of|on|in|off)? ?(?:the )?)(?:[A-Z][a-z'’]{{2,16}} ){{1,3}}(?i:{KINDS})(?![A-Za-z'’])",
        score=0.8,
        source="BS 7666",
        digits=1,
        trigger=r"(?i:number|no\.?|nr\.?) ?[0-9]+[A-Za-z]?,? [A-Za-z]",
    ),
    Pattern(
        "STREET_ADDRESS",
        "house.grid",
        rf"{NUMBER}(?i:(?:n|s|e|w|ne|nw|se|sw|north|south|east|west)\.? [0-9]{{1,3}}(?:st|nd|rd|th)|(?:fm|county (?:road|rd|route|hwy|highway)|state (?:route|road|rd|hwy|highway)|old highway|us (?:hwy|highway|route)|highway|hwy|route) [0-9]{{1,4}}[a-z]?)(?![A-Za-z0-9]){UNIT}",
        score=0.8,
        source="USPS publication 28",
        digits=2,
        trigger=r"[0-9][A-Za-z]? (?i:(?:n|s|e|w|ne|nw|se|sw|north|south|east|west)\.? [0-9]+(?:st|nd|rd|th)|(?:fm|road|rd|route|hwy|highway|county [a-z]+|state [a-z]+|old highway|us [a-z]+) [0-9])",
    ),
    Pattern(
        "STREET_ADDRESS",
        "house.rural",
        r"(?i:(?<![A-Za-z])(?:(?:site|comp|group|gp|stn|station|lot)\.? [0-9]{1,4},? ){0,3}(?:rr|r\.r\.|hc|hcr|hc-|rural route|star route)[ #]{0,2}[0-9]{1,4}(?:,? (?:box|site|comp|stn) #?[0-9]{1,5})*|(?:site|comp|gp) [0-9]{1,4} (?:comp|box|site) [0-9]{1,4}(?: (?:rr|comp|box|site) ?[0-9]{1,4}){0,3}|(?:pmb|gpo box|g\.p\.o\. box|locked bag|private (?:mail ?)?bag|pvt bag|po bag|cmr|postbox|post office box|box office box|p ?\.?box)[ #:]{1,2}[0-9]{1,6}(?:-[0-9]{5})?)(?![A-Za-z0-9])",
        accept=lambda surface: re.match(r"(?i)(?:rr|hc|hcr)[ #]*[0-9]+\Z", surface) is None,
        score=0.8,
        source="USPS publication 28, Canada Post, Australia Post",
        digits=1,
        trigger=r"(?i:(?:rr|r\.r\.|hc|hcr|hc-|route|site|comp|gp|pmb|box|bag|cmr|postbox)[ #:]*[0-9])",
    ),
    Pattern(
        "STREET_ADDRESS",
        "house.care_of",
        r"(?<![A-Za-z])[cC]/[oO]:? (?:[A-Z][A-Za-z'’.-]{1,20}(?: [A-Z0-9][A-Za-z0-9'’.-]{0,20}){0,4}(?:, ?[A-Z0-9][A-Za-z0-9'’.-]{1,20}(?: [A-Z0-9][A-Za-z0-9'’.-]{0,20}){0,3}){1,4})",
        score=0.7,
        source="USPS publication 28",
        trigger="[cC]/[oO]:? [A-Z]",
    ),
)
