"""Rooms and corners without their street, where words say whose they are: «from apt 4C», «タワマンの2103号室», «on 5th & Main»."""

from deid.detect.patterns.pattern import Pattern

_ID = r"(?:[1-9][0-9]{0,3}[A-Za-z]?|[A-Z][0-9]{0,3}|[a-z][0-9]{1,3})(?![0-9A-Za-z%°$£€]|[.,:/-][0-9]| ?(?i:percent|dollars|bucks|pounds|euros|an hour|a month|per|rate|fee|tires|screens?)(?![A-Za-z]))"
_NUMBERED = r"\.?(?: ?#| ?no\.?| number)?"
_TO = "from|in|into|at|to|above|below|under|opposite|outside|next to|across from|i['’]?m|we['’]?re"
_STAYS = "(?:i|she|he|we|they)(?: am| is| are|['’]?m|['’]s|['’]re)|im|stay(?:s|ing)?|liv(?:e|es|ing)|sleep(?:s|ing)?|moved|checked"
_INNS = "hotel|motel|hostel|inn|lodge|dorms?|halls?|hilton|marriott|hyatt|sheraton|ibis|novotel|radisson|westin|premier inn|travelodge|holiday inn|best western|courtyard|ramada|hampton|nursing home|care home|hospital|ward"
_NTH = "(?<![0-9])[1-9][0-9]{0,2}(?:st|nd|rd|th)"
_STREETS = "main|broadway|park|oak|maple|elm|pine|cedar|market|mission|lincoln|washington|lexington|madison|vine|spring|central|grand|union|church|center|centre"
_HOMES = "うち|家|自宅|実家|部屋|マンション|タワマン|アパート|団地|寮|社宅|下宿|ハイツ|コーポ|シェアハウス|官舎|宿舎|ホテル|旅館|病院|病棟|隣|上の階|下の階|俺|私|僕|わたし"
_ROOM_JA = "[A-Z]?[0-9]{2,4}号室"
_NO_STREET = frozenset("goal long short inches all more so then but not".split())


def _is_corner(surface: str) -> bool:
    """Refuse what is said of games: «4th & goal»."""
    return _NO_STREET.isdisjoint(surface.lower().replace("&", " ").split())


PATTERNS = (
    Pattern(
        "STREET_ADDRESS",
        "home.flat",
        rf"(?i:(?<![A-Za-z])(?:{_TO}) (?:my |our |the )?)(?P<v>(?i:apt|apartment|flat){_NUMBERED} ?{_ID})",
        score=0.6,
        source="BS 7666",
        trigger=rf"(?i:(?:{_TO}) (?:my |our |the )?(?:apt|apartment|flat)[ .#])",
    ),
    Pattern(
        "STREET_ADDRESS",
        "home.room",
        rf"(?i:(?<![A-Za-z])(?:{_STAYS})(?: back| now)?(?: in| into| at)? )(?P<v>(?i:room|rm|dorm){_NUMBERED} ?{_ID})",
        score=0.6,
        source="BS 7666",
        trigger="(?i:(?:room|rm|dorm)[ .#]*[0-9A-Z])",
    ),
    Pattern(
        "STREET_ADDRESS",
        "home.room_at",
        rf"(?<![A-Za-z])(?P<v>(?i:room|rm|suite|bungalow|villa){_NUMBERED} ?{_ID}),? (?i:(?:at|in|of|@) (?:the )?(?:[a-z]{{2,14}} ){{0,2}}?(?:{_INNS})(?![a-z]))",
        score=0.6,
        source="BS 7666",
        trigger=rf"(?i:(?:at|in|of|@) (?:the )?(?:[a-z]+ )*(?:{_INNS}))",
    ),
    Pattern(
        "STREET_ADDRESS",
        "home.corner",
        rf"(?i:(?<![A-Za-z])(?:on|at|near|off|corner of|@) )(?P<v>{_NTH} ?(?:[&+/] ?(?:{_NTH}(?![A-Za-z])|[A-Za-z][a-z]{{2,15}}(?![a-z]))|and (?i:{_STREETS})(?![A-Za-z]))|(?:[A-Z][a-z]{{2,15}} ?[&+/] ?|(?i:{_STREETS}) and ){_NTH}(?![A-Za-z]))",
        accept=_is_corner,
        score=0.6,
        source="USPS Publication 28, intersections",
        digits=1,
        trigger=r"[0-9](?:st|nd|rd|th) ?(?:[&+/]|and )|(?:[&+/] ?|and )[0-9]+(?:st|nd|rd|th)",
    ),
    Pattern(
        "STREET_ADDRESS",
        "home.room_japanese",
        rf"(?:{_HOMES})[^。\n0-9]{{1,10}}(?P<v>{_ROOM_JA})",
        score=0.6,
        source="Act on Building Unit Ownership",
        digits=2,
        trigger="[0-9]号室",
    ),
    Pattern(
        "STREET_ADDRESS",
        "home.room_lived_in",
        rf"(?<![0-9A-Za-z])(?P<v>{_ROOM_JA})(?:に|で|へ)?(?:住|引っ?越|暮ら|越し|入居|同棲|泊ま|の(?:住人|人|隣|真?上|真?下))",
        score=0.6,
        source="Act on Building Unit Ownership",
        digits=2,
        trigger="[0-9]号室",
    ),
)
