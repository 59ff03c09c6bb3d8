"""Street addresses in the order of other countries: number after the street, postcode before the city.

The grammar is a run of address tokens: numbers, capitalised words of any Latin, Greek or Cyrillic
alphabet, and the small words of street names, joined by spaces, commas or line ends. A run alone is no
address; it needs a kind of street, a unit, a postcode with its city, or words that say "address".
"""

import re

from deid.detect.patterns.address_en import STOP_WORDS
from deid.detect.patterns.pattern import Pattern

_LETTER = "A-Za-zÀ-ɏΆ-Ͽἀ-῿Ѐ-ӿ∆"
_CAPITAL = "A-ZÀ-ɏΆ-Ͽἀ-῿Ѐ-ӿ∆"
_LABELS = (
    "Mobile|Desk|Phone|Tel|Fax|Email|E-mail|Mail|Office|Website|Web|Name|Company|Date|Please|Thanks|Thank|Regards|Best|The|This|That"
    "|It|Its|Is|Are|We|You|My|Your|Our|He|She|They|And|But|Or|So|If|When|What|Where|How|Can|Could|Do|Does|Ring|Call|Text|Hi|Hello|Hey|Yes"
    "|No|Ok|Okay|In|On|At|To|For|From|With|Not|Just|There|Then|Also"
)
_WORD = rf"(?!(?:I|{_LABELS})(?![{_LETTER}]))(?:[{_CAPITAL}][{_LETTER}'’-]{{1,24}}|[{_CAPITAL}][{_LETTER}]{{0,2}}\.|[A-Z](?![{_LETTER}])|\([{_CAPITAL}][{_LETTER}]{{1,24}}\))"
_HUNGARIAN = r"(?:u\.|utca|út|tér|kapu|krt\.|rkp\.) [0-9]{1,3}\.?"
_SMALL = (
    "(?:de la|de los|de las|des|de|da|do|dos|das|del|della|dei|di|du|la|le|les|van|von|den|der|ul\\.|al\\.|os\\.|str\\.?|gate|gata|gade|vej|vei"
    "|väg|vägen|tie|terrasse|na|nad|san|et|y)"
)
_NUMBER = "(?:No\\.? ?)?[0-9]{1,6}[A-Za-z]?(?:[/-][0-9]{1,5})?(?![0-9A-Za-z:%]|[.,][0-9]|-[0-9A-Za-z])"
_GAP = r"(?:,? {1,2}|,| ?,? ?(?:\r?\n){1,2}[ >|?]{0,6}(?:, )?)"
_TOKEN = f"(?:{_HUNGARIAN}|{_NUMBER}|{_WORD}|{_SMALL}|P\\.? ?O\\.? Box)"
_LEFT = rf"(?<![0-9{_LETTER}#$£€¥/-])(?<![0-9][.,:])"
_END = rf"(?![{_LETTER}0-9])"
_REGION_CODE = r"(?:(?: - |, |/)[A-Z]{2},? [0-9]{5}-[0-9]{3}|,? ?\n?[ >|?]{0,6},? ?[A-Za-z]{2,3},?(?: |\n[ >|?]{0,6})(?:[0-9]{2}-[0-9]{3}|[0-9]{3,6}))?"
_REST = f"(?:{_GAP}{_TOKEN}){{0,9}}{_REGION_CODE}{_END}"
_UNIT = r"(?i:apt|apartment|suite|ste|unit|flat|lgh|app?to?|interno|piso|apartado)\.? ?#?[0-9]{1,5}[A-Za-z]?"
_FLOOR = (
    r"(?:, ?[0-9]{1,2}[ºª°o]\.? ?[A-Z]?(?![A-Za-z])|, ?(?:apto?\.?|app\.|int\.|piso|esc\.) ?[0-9A-Z]{1,5})?"
)

# Endings of street names written in one word: German, Dutch, Nordic, Estonian, Greek in Latin letters.
_ENDINGS = (
    "straße|strasse|str\\.|gasse|allee|platz|damm|ufer|graben|markt|weg|straat|laan|plein|gracht|kade|dijk|singel|steeg|dreef"
    "|gatan|gata|vägen|gränd|torget|veien|vegen|vei|gade|vej|vænget|allé|toften|stræti|straeti|braut|vegur|katu|kuja|polku|intie"
)
_ENDING_WORDS = "Strasse|Straße|Allee|Weg|Platz|Gasse|utca|tér|út|kapu|körút|gate|gata|gade|vej|vei|väg|terrasse|allé|str|kuja|tie"
_STARTS = (
    "[Rr]ue|[Aa]venue|[Bb]oulevard|[Cc]hemin|[Ii]mpasse|[Qq]uai|[Aa]llée|[Cc]alle|[Aa]venida|[Aa]vda\\.?|[Aa]v\\.|[Pp]aseo|[Pp]laza|[Cc]arrer"
    "|[Cc]/|[Vv]ia|[Vv]iale|[Vv]icolo|[Pp]iazza|[Cc]orso|[Ll]argo|[Ss]trada|[Rr]ua|[Tt]ravessa|[Pp]raça|[Ee]strada|[Aa]lameda|ul\\.|[Uu]lica|al\\."
    "|[Ss]tr\\.|[Bb]d\\.|ulitsa|улица|ул\\.|Odos|Leoforos"
)
_NAME = rf"{_WORD}(?: (?:{_WORD}|{_SMALL})){{0,4}}"
_ANY_NAME = rf"(?:{_SMALL} )?(?:{_SMALL} )?{_NAME}"

_MONTHS = frozenset(
    "jan january feb february mar march apr april may june jun july jul aug august sep sept september oct october nov"
    " november dec december".split()
)
_NOT_STREETS = (
    frozenset(
        "room gate table building floor platform terminal level chapter page step exit track line booth hall class"
        " section act scene part version vol volume season episode windows iphone galaxy python java playstation xbox"
        " figure fig equation theorem lemma article lesson unit test question number top bus train flight seat row"
        " group team player round game day week month year monday tuesday wednesday thursday friday saturday sunday".split()
    )
    | _MONTHS
)


def _is_run(surface: str) -> bool:
    """Accept a run with a number and a word that is neither a month nor a kind of thing that has numbers."""
    words = [word.lower().strip(".'") for word in re.findall(rf"[{_LETTER}'’.-]{{3,}}", surface)]
    return (
        bool(words)
        and re.search("[0-9]", surface) is not None
        and not any(word in _NOT_STREETS for word in words[:2])
    )


def _is_long_run(surface: str) -> bool:
    return _is_run(surface) and len(surface.split()) > 2


def _is_lower_run(surface: str) -> bool:
    words = re.findall(rf"[{_LETTER}]{{2,}}", surface.partition(",")[0])
    return _is_run(surface) and not any(word.lower() in STOP_WORDS for word in words)


_SURE_CUE = (
    r"(?i:(?<![a-z])(?:(?:mailing|home|billing|postal|street|delivery|shipping|new|my|his|her|our|their|the|secondary) address(?:es)?(?: to the same| with| to)?"
    r"|address(?: of [a-z0-9&.,' -]{1,40}?)?(?= ?(?:is|:|=))|(?:lives?|living|resid(?:es|ing)) (?:at|on)|(?:now|used to|once) lived? (?:in|at)|moved (?:in)?to"
    r"|the (?:north |south |east |west )?side of|drops (?:you|me|us) off at|ship(?:ped)? (?:it |them )?to|deliver(?:ed)? (?:it |them )?to|j['’]habite(?: au| à)?|wohne in(?: der)?|vivo en|abito in|moro n[ao]))"
)
_WEAK_CUE = (
    r"(?i:(?<![a-z])(?:located (?:at|in)|meet (?:you|me|him|her|us) at|arrived at|(?:send|sent)(?: it| one| a new one| them)? to|return(?: it)? to|enter on"
    r"|(?:office|station|shop|store|restaurant|clinic|place|house|party|it)(?:s|['’]s)? (?:is |are )?(?:at|on|in)|add with|user|customer|address))"
)
_LINK = r"(?:[ :=\n]| is| are|\bto\b|here they are){1,6}?"
_FRENCH_KINDS = "rue|avenue|boulevard|bd|place|chemin|allée|impasse|quai|cours|route|square"


PATTERNS = (
    Pattern(
        "STREET_ADDRESS",
        "address.world_cued",
        rf"{_SURE_CUE}{_LINK}(?P<v>(?:the corner of )?{_TOKEN}(?:{_GAP}{_TOKEN}){{1,12}}{_REGION_CODE}{_END})",
        accept=_is_run,
        score=0.8,
        source="UPU S42",
        digits=1,
        trigger=_SURE_CUE,
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.world_near",
        rf"{_WEAK_CUE}{_LINK}(?P<v>(?:the corner of )?{_TOKEN}(?:{_GAP}{_TOKEN}){{1,12}}{_REGION_CODE}{_END})",
        accept=_is_long_run,
        score=0.7,
        source="UPU S42",
        digits=1,
        trigger=_WEAK_CUE,
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.world_lower",
        rf"{_SURE_CUE}{_LINK}(?P<v>(?:[0-9]{{1,6}} )?[{_LETTER}'’.-]{{3,24}}(?: [{_LETTER}'’.-]{{2,24}}){{0,3}} [0-9]{{1,5}}{_END}(?=$|[,.;!?\n]| (?i:apt|suite|unit|flat|st)(?![a-z]))(?:,? {_UNIT}| st\.?{_END})?(?:,[ \n][{_LETTER}]{{3,24}}(?: [{_LETTER}]{{1,20}}){{0,2}}(?: [0-9]{{4,6}})?{_END})?)",
        accept=_is_lower_run,
        score=0.7,
        source="UPU S42",
        digits=1,
        trigger=_SURE_CUE,
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.world_corner",
        rf"(?i:(?:the )?corner of )(?:[0-9{_LETTER}.'’-]{{1,24}} ){{1,5}}?(?:and|&) [0-9{_LETTER}.'’-]{{2,24}}(?: (?:(?i:streets?|avenue|road|courts?|pass|union|coves?|squares?|lane|drive|way|parks?|place)(?![a-z])|[{_CAPITAL}0-9][{_LETTER}0-9.'’-]{{1,24}})){{0,3}}{_END}",
        score=0.8,
        trigger="(?i:corner of )",
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.world_unit",
        rf"{_LEFT}{_TOKEN}(?:{_GAP}{_TOKEN}){{1,7}}?{_GAP}{_UNIT}{_REST}",
        accept=_is_run,
        score=0.9,
        source="UPU S42",
        digits=2,
        trigger=r"(?i:apt|apartment|suite|ste|unit|flat|lgh|app?to?|interno|piso)\.? ?#?[0-9]",
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.world_two_numbers",
        rf"{_LEFT}[0-9]{{1,6}} {_NAME} [0-9]{{1,5}}[A-Za-z]?(?:,[ \n]|\n[ >|?]{{0,6}}){_WORD}{_REST}",
        accept=_is_run,
        score=0.8,
        source="UPU S42",
        digits=2,
        trigger="[0-9][A-Za-z]?(?:, |,?\n)",
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.world_postcode_city",
        rf"{_LEFT}{_NAME} [0-9]{{1,4}}[A-Za-z]?(?: [A-Z] [0-9]{{1,3}})?(?:, ?|\n)(?:[A-Z]{{1,2}}-)?(?:[0-9]{{4}} ?[A-Z]{{2}}|[0-9]{{3}} [0-9]{{2}}|[0-9]{{2}}-[0-9]{{3}}|[0-9]{{4,5}}) {_WORD}(?: {_WORD})?{_END}",
        accept=_is_run,
        score=0.9,
        source="UPU S42",
        digits=5,
        trigger="[0-9][A-Za-z]?(?:, ?|\n)(?:[A-Z]+-)?[0-9]+",
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.world_ending",
        rf"{_LEFT}(?:[0-9]{{1,6}} )?(?:{_WORD} ){{0,3}}?(?:[{_CAPITAL}][{_LETTER}'’-]{{1,24}}(?<![A-Za-z]ing)(?:{_ENDINGS})|{_WORD}[ -](?:{_ENDING_WORDS})) {{1,2}}[0-9]{{1,4}} ?[a-z]?{_END}(?![.,][0-9])(?:{_GAP}{_UNIT})?(?:(?:, ?|\n[ >|?]{{0,6}}|(?= [0-9]{{4,5}} ) )(?:(?:[A-Z]{{1,2}}-)?[0-9]{{4,5}} ?)?{_WORD}{_REST})?",
        accept=_is_run,
        score=0.9,
        source="DIN 5008, NEN 5825, UPU S42",
        digits=1,
        trigger=rf"(?:{_ENDINGS}|{_ENDING_WORDS}) +[0-9]",
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.world_start",
        rf"{_LEFT}(?:[0-9]{{1,6}},? (?:bis |ter )?)?(?:[0-9]{{1,4}} )?(?:{_STARTS}) ?{_ANY_NAME},? {{1,2}}(?:n[.º°o]{{1,2}} ?)?[0-9]{{1,5}}(?![0-9])(?:[a-zA-Z]|/[0-9]{{1,4}})?{_FLOOR}(?:{_GAP}{_UNIT})?(?:(?:, ?|\n[ >|?]{{0,6}}|(?= [0-9]{{5}} ) )(?:[0-9]{{2}}-?[0-9]{{3}} )?{_WORD}{_REST})?",
        accept=_is_run,
        score=0.9,
        source="UPU S42",
        digits=1,
        trigger=rf"(?:{_STARTS})",
    ),
    Pattern(
        "STREET_ADDRESS",
        "address.world_french",
        rf"{_LEFT}[0-9]{{1,4}}(?: ?(?:bis|ter|quater))?,? {{1,2}}(?i:{_FRENCH_KINDS}) (?:l'|d')?{_ANY_NAME}(?:,[ \n]{{0,2}}(?:[0-9]{{5}} )?{_WORD}(?:[ -]{_WORD}){{0,2}}|(?= [0-9]{{5}}) [0-9]{{5}} {_WORD})?(?: {_UNIT}{_REST})?{_END}",
        accept=_is_run,
        score=0.9,
        source="AFNOR XP Z10-011",
        digits=1,
        trigger=rf" (?i:{_FRENCH_KINDS}) ",
    ),
)
