"""Street addresses in English: number, street, unit, town, state and postcode."""

import re

from deid.detect.context import Context, words
from deid.detect.patterns.pattern import Pattern
from deid.detect.patterns.postal_world import UK_POSTCODE, US_STATE_NAMES, US_STATES

SURE = (
    "street|st|avenue|ave|road|rd|lane|ln|boulevard|blvd|parkway|pkwy|highway|hwy|terrace|crescent|cres|mews|alley|turnpike|expressway"
    "|freeway|fwy"
)
LIKELY = (
    "drive|dr|court|ct|place|pl|way|circle|cir|square|sq|close|gardens?|gdns|grove|row|walk|hill|trail|trl|loop|pike|plaza|quay|rise|view"
    "|park|path|run|ridge|crossing|point|cove|green|wharf|commons?|heights|hts|bend|route|estate"
)
NUMBER = r"(?<![0-9A-Za-z#$£€¥/-])(?<![0-9A-Za-z]\.)(?<![0-9]:)(?<![$£€¥][0-9],)(?<![$£€¥][0-9]{2},)(?<![$£€¥] )(?!(?<=[Ii]n )(?:19|20)[0-9]{2} )(?:(?i:flat|apt\.?|apartment|unit|suite|room)(?: ?#?[0-9][0-9A-Za-z-]{0,5}| #?[A-Za-z](?:-?[0-9]{1,4})?)(?:,? {1,2}|/))?(?:No\.? ?)?(?:[0-9]{1,6} (?=[0-9]))?[0-9]{1,6}(?:[A-Za-z]|[-/][0-9]{1,4}[A-Za-z]?| 1/2)?(?:,? {1,2}|\n(?=[A-Z]))"
DIRECTION = r"(?:(?i:n|s|e|w|ne|nw|se|sw|north|south|east|west)\.? {1,2})?"
CAPITAL = r"(?:[A-ZÀ-Þ][A-Za-zÀ-ɏ'’.-]{0,24}|[0-9]{1,3}(?:st|nd|rd|th)|(?:of|the|de|la|del|los|las|and)(?= ))"
LOWER = r"(?:[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’.-]{1,24}|[0-9]{1,3}(?:st|nd|rd|th))"
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
SAID_NUMBER = (
    rf"(?:(?:{_UNITS}) (?:hundred(?: and)? )?)?(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:{_UNITS}))?"
    rf"|(?:{_UNITS})(?: (?:{_UNITS}|oh|zero)){{1,3}}|(?:thir|four|fif|six|seven|eigh|nine)teen|ten|eleven|twelve"
)
AFTER_KIND = r"(?![A-Za-z0-9])\.?(?: (?i:n|s|e|w|ne|nw|se|sw|north|south|east|west)\.?(?![A-Za-z]))?"
UNIT_ID = (
    r"(?:\.? {1,2}#?|\.?#|\.?(?=[0-9]))(?:[0-9][0-9A-Za-z-]{0,5}|[A-Za-z](?:-?[0-9]{1,4})?)(?![0-9A-Za-z])"
)
UNIT = (
    rf"(?:,? {{0,2}}(?i:apt|apartment|unit|suite|ste|flat|fl|floor|room|rm|no|bldg|building|lot){UNIT_ID}"
    r"|,? ?# ?[0-9A-Za-z-]{1,6}(?![0-9A-Za-z]))?"
)
_ZIP = r"[0-9]{5}(?:-[0-9]{4})?(?![0-9])"
_PLACE = r"[A-Z][a-z.'’-][A-Za-z.'’-]{0,20}(?: [A-Z][a-z.'’-][A-Za-z.'’-]{0,20}){0,3}"
_POSTCODE = rf"(?:{_ZIP}|{UK_POSTCODE}|[ABCEGHJ-NPRSTVXY][0-9][A-Z] ?[0-9][A-Z][0-9]|[AC-FHKNPRTV-Y][0-9][0-9W] ?[0-9AC-FHKNPRTV-Y]{{4}}|[0-9]{{4}}(?![0-9]))"
_STATE = rf"(?:{US_STATES}|{US_STATE_NAMES}|NSW|VIC|QLD|SA|TAS|ACT|NT|ON|QC|BC|AB|MB|SK|NS|NB)(?![A-Za-z])"
TAIL = (
    rf"(?:[ ,\n]{{1,3}}{_PLACE}[ ,\n]{{1,3}}{_STATE}(?:[ ,\n]{{1,3}}{_POSTCODE})?|,[ \n]{{0,2}}{_PLACE}(?: [0-9]{{1,2}}(?=,))?(?:[ ,\n]{{1,3}}{_POSTCODE})?(?:,[ \n]{{0,2}}{_PLACE})?(?:[ ,\n]{{1,3}}{_POSTCODE})?"
    rf"|[ ,\n]{{1,3}}(?:{_STATE} {{1,2}})?{_POSTCODE})?"
)
LOWER_TAIL = rf"(?:,? {{1,2}}[a-zA-Z][a-zA-Z.'-]{{2,20}}(?: [a-zA-Z.'-]{{2,20}}){{0,2}},? {{1,2}}(?i:{US_STATES})(?:,? {{1,2}}{_ZIP})?(?![A-Za-z0-9])|,? {{1,2}}(?i:{US_STATES}) {{1,2}}{_ZIP})?"

STOP_WORDS = frozenset(
    "the a an of in on at to for from by with my your his her our their this that these those is are was were be and or but not no"
    " minute minutes min mins hour hours hr hrs day days week weeks month months year years old mile miles km kilometers meters metres"
    " feet ft block blocks lane lanes people person guys girls boys kids men women cars car times time more most less other another"
    " new big small long short best worst different same way ways whole percent degrees dollars bucks pm am o'clock k x ppl steps step"
    " star stars point points player players side off down up out into onto over across along around near per each every about just"
    " only really very so too hard easy last next good bad great nice favorite favourite reason reasons things"
    " thing random such like mg ml kg lb lbs cups stores shops houses bedroom bedrooms bed seats gb tb mb ghz mhz inch inches hz core"
    " i you he she we they it me him us them going have had has do did am pm".split()
)
HOME = words(
    "live|living|lives|address|addr|stay(?:ing)?|house|home|moved?|moving|ship|send|mail|deliver(?:y|ed)?|located|office|place is|residence|resid(?:e|es|ing)|claimant|process|premises|property|airbnb|floor|lift|drop ?off|pick ?up|stops?|pallets|label|letter ?head|parcel|key safe|boiler|plumber|viewing|satnav|dispatch|courier|tenancy|ambulance|wifi at|come get me|next door"
)


def street_words(surface: str) -> bool:
    """Refuse "5 minutes down the road": the words between number and suffix must be a name."""
    head = re.split(r"[,#]", surface)[0].split()
    inner = [word.lower().strip(".'") for word in head[1:-1]]
    if len(inner) > 1 and inner[0] in {"old", "new", "long", "upper", "lower"}:
        inner = inner[1:]
    named = [word for word in inner if word not in STOP_WORDS]
    return bool(inner) and not any(word in STOP_WORDS for word in inner[:1]) and len(named) == len(inner)


def _named_street(surface: str) -> bool:
    """Refuse "live on the road": every word before the suffix is a name."""
    return not any(word.lower() in STOP_WORDS for word in surface.split()[:-1])


def _capital_street(surface: str) -> bool:
    return not re.match(r"(?:19|20)[0-9]{2} (?:World|Olympic|Super|Tour)", surface)


_KIND = "street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|parade|pde|place|pl|way|close|crescent|cres|terrace|tce|boulevard|blvd|grove|gardens?|mews|walk|hill|row|square|sq|view|rise|quay|loop|link|highway|hwy"
_TOWN = r"(?:,?[ \n]{1,2}(?!(?i:asap|please|pls|gate|come|near|by|and|or|the|is|at|in|for|if|so|but|when|now|then|thanks)(?![A-Za-z]))[A-Za-z][A-Za-z.'’-]{2,20}){1,2}"

PATTERNS = (
    Pattern(
        "STREET_ADDRESS",
        "address.unit_first",
        rf"(?i:(?<![A-Za-z0-9])(?:flat|unit|apt\.?|apartment|suite|blk|block)[ \n]#?[0-9]{{1,4}}[a-z]?(?:/[0-9]{{1,4}})?(?:,?[ \n][0-9]{{1,5}}[a-z]?)?[ \n](?:[a-z'’.-]{{2,20}} ){{1,3}}(?:{_KIND})(?![a-z])(?:[ \n][0-9]{{1,2}}(?![0-9]))?(?:,? ?#[0-9]{{1,2}}[ -][0-9]{{1,4}})?)(?:,{_TOWN}(?: (?i:vic|nsw|qld|tas|act|wa|sa|nt)(?![A-Za-z]))?)?",
        score=0.9,
        source="BS 7666, AS 4590, SingPost",
        digits=1,
        trigger="(?i:(?:flat|unit|apt[.]?|apartment|suite|blk|block)[ \n]#?[0-9])",
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.india_cross",
        r"(?i:(?<![A-Za-z0-9/])(?:#|no\.? ?)?[0-9]{1,4}(?:/[0-9a-z]{1,4})?,[ \n]?[0-9]{1,2}(?:st|nd|rd|th) (?:cross|main|street|floor|block|phase|stage|lane)(?:(?:,| )[ \n]?[a-z'’. \n]{3,30}?(?:layout|nagar|colony|road|block|phase|stage|extension|enclave|vihar|puram))?(?:,[ \n]?[a-z]{4,20})?)",
        score=0.8,
        source="India Post",
        digits=2,
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.en_capital",
        rf"{NUMBER}{DIRECTION}(?:{CAPITAL} ){{1,4}}(?i:{SURE}|{LIKELY}){AFTER_KIND}{UNIT}{TAIL}",
        accept=_capital_street,
        score=0.9,
        source="USPS publication 28, BS 7666",
        digits=1,
        trigger=rf" (?i:{SURE}|{LIKELY})(?:[^A-Za-z]|\z)",
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.en_broadway",
        rf"{NUMBER}{DIRECTION}(?:Broadway|Avenue of the Americas|The Strand|Piccadilly|(?:Highway|Hwy|Route|County Road|State Road|Interstate|Avenue|Ave) [0-9A-Z]{{1,4}})(?![A-Za-z0-9]){UNIT}{TAIL}",
        score=0.9,
        source="USPS publication 28",
        digits=1,
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.en_lower",
        rf"{NUMBER}{DIRECTION}(?:{LOWER} ){{1,3}}?(?i:{SURE}){AFTER_KIND}{UNIT}{LOWER_TAIL}",
        accept=street_words,
        score=0.8,
        source="USPS publication 28",
        digits=1,
        trigger=rf" (?i:{SURE})(?:[^A-Za-z]|\z)",
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.en_lower_unit",
        rf"{NUMBER}{DIRECTION}(?:{LOWER} ){{1,3}}?(?i:{LIKELY}){AFTER_KIND}(?=,? {{0,2}}(?:# ?[0-9]|(?i:apt|apartment|unit|suite|ste|flat)[.]? ?#?[0-9])){UNIT}{LOWER_TAIL}",
        accept=street_words,
        score=0.8,
        source="USPS publication 28",
        digits=1,
        trigger=rf" (?i:{LIKELY})[., ]+(?:#|(?i:apt|apartment|unit|suite|ste|flat)[. #]*[0-9])",
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.en_lower_cued",
        rf"{NUMBER}{DIRECTION}(?:{LOWER} ){{1,3}}?(?i:{LIKELY}){AFTER_KIND}{UNIT}{LOWER_TAIL}",
        accept=street_words,
        context=Context(HOME, None, 0.0, before=40, after=20),
        score=0.8,
        source="USPS publication 28",
        digits=1,
        trigger=rf" (?i:{LIKELY})(?:[^A-Za-z]|\z)",
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.en_said",
        rf"(?i:(?<![A-Za-z-])(?:{SAID_NUMBER}) (?:{LOWER} ){{1,2}}?(?:{SURE})(?![A-Za-z]))",
        accept=street_words,
        score=0.7,
        source="USPS publication 28",
        trigger=rf"(?i:(?:ty|[a-z]een|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: [a-z']+)+ (?:{SURE}))",
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.po_box",
        rf"(?i:(?<![A-Za-z])p\.? ?o\.? ?box {{1,2}}#?[0-9]{{1,7}}(?:-[0-9]{{5}}(?![0-9]))?){TAIL}",
        score=0.9,
        source="USPS publication 28",
        digits=1,
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.unit",
        rf"{NUMBER}{DIRECTION}(?:[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’.-]{{1,24}} ){{1,4}}?(?:[0-9]{{1,4}}[A-Za-z]?[ ,\n]{{1,3}})?(?i:apt|apartment|suite|ste|flat){UNIT_ID}{TAIL}",
        accept=street_words,
        score=0.8,
        source="USPS publication 28",
        digits=1,
        trigger="(?i:apt|apartment|suite|ste|flat)[. #]*[0-9A-Za-z]",
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.military",
        r"(?<![A-Za-z])(?:(?i:psc|unit|cmr) [0-9]{1,5},? (?i:box) [0-9]{1,5}|US[NSC][A-Z]{0,2} [A-Z][a-z]{2,16})[ ,\n]{1,3}(?:APO|FPO|DPO|apo|fpo|dpo),? (?:A[AEP]|a[aep]) [0-9]{5}(?:-[0-9]{4})?",
        score=1.0,
        source="USPS publication 28",
        digits=5,
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.uk_house",
        rf"(?<![A-Za-z])[A-Z][A-Za-z'’.-]{{1,24}}(?: [A-Z0-9][A-Za-z0-9'’.-]{{0,24}}){{0,4}}(?:,[ \n][A-Z0-9][A-Za-z0-9'’.-]{{0,24}}(?: [A-Za-z0-9'’.-]{{1,24}}){{0,4}}){{1,5}}[ ,\n]{{1,3}}{UK_POSTCODE}(?![0-9A-Za-z])",
        score=0.9,
        source="BS 7666",
        digits=1,
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.india",
        r"(?<![0-9A-Za-z])(?:(?i:flat|house|plot|door|shop|villa|tower|block|h)\.?[ -]{0,2}(?i:no\.?)? ?[-#:]? ?[0-9A-Z/-]{1,8}|[A-Z]{1,2}[-/ ]?[0-9]{1,5}(?:/[0-9]{1,4})?|[0-9]{1,5}(?:/[0-9A-Z]{1,4}){0,2})"
        r"(?:,[ \n]?[A-Za-z0-9][A-Za-z0-9 .'()/-]{1,36}){1,6}(?:,| |-| - )[ \n]?[1-9][0-9]{2} ?[0-9]{3}(?![0-9A-Za-z])",
        score=0.9,
        source="India Post",
        digits=6,
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.en_no_number",
        rf"(?i:(?<![A-Za-z])(?:live|lives|living|lived) (?:on|off|at)) (?:the (?:corner|end) of )?(?P<v>(?:{LOWER} ){{1,3}}?(?i:{SURE}|drive|court|close|way|gardens))(?![A-Za-z])",
        accept=_named_street,
        score=0.7,
        trigger="(?i:live|lives|living|lived) (?i:on|off|at)",
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.en_crossing",
        r"(?<![0-9A-Za-z])(?:[NSEW]\.? )?(?:[0-9]{1,3}(?:st|nd|rd|th)|[A-Z][a-z]{2,20}) (?:St|Street|Ave|Avenue|Blvd|Rd|Road|Dr|Ln)\.? (?:&|and|at) (?:[NSEW]\.? )?(?:[0-9]{1,3}(?:st|nd|rd|th)|[A-Z][a-z]{2,20}) (?:St|Street|Ave|Avenue|Blvd|Rd|Road|Dr|Ln)(?![A-Za-z])",
        score=0.8,
        source="USPS publication 28",
        trigger="(?:St|Street|Ave|Avenue|Blvd|Rd|Road|Dr|Ln)[.]? (?:&|and|at) ",
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.singapore",
        r"(?<![A-Za-z])(?i:blk|block) [0-9]{1,4}[A-Z]?,? (?:[A-Z][A-Za-z.'’-]{1,20} ){1,5}(?:[0-9]{1,3} ?)?(?:,? ?#[0-9]{2}-[0-9]{1,4})?(?:,? ?(?:Singapore|S) ?\(?[0-9]{6}\)?)?(?<![ ,])",
        score=0.9,
        source="SingPost",
        digits=1,
    ),
)
