"""Addresses that begin with a unit, and houses that have a name: «Lot 6 Block 12», «Gate Lodge, Ardmore Demesne»."""

import re

from deid.detect.context import Context
from deid.detect.patterns.address_en import HOME, STOP_WORDS
from deid.detect.patterns.address_words import HOUSES, INDIAN, KINDS, LANDMARK, is_place_name
from deid.detect.patterns.pattern import Pattern

_HOME_UNITS = "flat|apt|apartment|unit|villa|plot|lot|hostel|room|rm|house|h\\.? ?no|hno|qtrs?|quarters?|berth|mooring|pitch|caravan|cabin|trailer|studio|bedsit|maisonette|penthouse|suite|bungalow|door no|shop no|zimmer|wohnung|lp|condo|purok"
_OTHER_UNITS = "block|blk|tower|floor|phase|sector|street|zone|haus|wing|stage|gate|building|bldg|level|cluster|section|site|stair(?:case)?|galli|lane|road|main|cross"
_ID = r"\.?(?: ?(?:no\.?|number|#))?(?: {0,2}#?[0-9]{1,5}(?:[/-][0-9A-Z]{1,4}){0,3}[A-Za-z]?| #?[A-Z](?:[-/ ]?[0-9]{1,4}(?:[/-][0-9]{1,3})?)?)(?![0-9A-Za-z%:]|\.[0-9])"
_HOME_UNIT = rf"(?<![A-Za-z])(?i:{_HOME_UNITS}){_ID}"
_UNIT = rf"(?<![A-Za-z])(?i:{_HOME_UNITS}|{_OTHER_UNITS}){_ID}"
_WORD = r"(?:[A-Z][A-Za-z'’.-]{0,20}|[0-9]{1,3}(?:st|nd|rd|th)|(?:of|the|na|de|la|am|an|y)(?= ))"
_NAME = rf"{_WORD}(?: {_WORD}){{0,4}}"
_NUMBERED = rf"(?:No\.? ?)?[0-9]{{1,5}}[A-Za-z]?(?:[/-][0-9]{{1,4}})? {_NAME}(?: [0-9]{{1,3}}(?![0-9]))?"
_ORDINAL = r"(?i:ground|first|second|third|fourth|fifth|top|lower|upper|[1-9](?:st|nd|rd|th)) (?i:floor|main|cross|stage|phase)"
_PART = rf"(?:{_UNIT}|{_ORDINAL}|{_NUMBERED}|{_NAME})"
_GAP = r"(?:, ?\n?| - |\n)"
_LEFT = r"(?<![A-Za-z0-9'’])"
_HOUSE_WORDS = "Cottages?|Farm|Farmhouse|Lodge|Bungalow|Barn|Manor|Villas?|Grange|Rectory|Vicarage|Parsonage|Croft|Mansions|Dairy|Steading|Homestead|Ranch|Forge|Smithy|Stables|Granary|Maltings|Tannery|Chambers|House|Hall|Mill"
_ROADS = rf"(?:{KINDS}|demesne|{INDIAN})"
_COUNTIES = (
    "Antrim|Armagh|Carlow|Cavan|Clare|Cork|Derry|Donegal|Down|Dublin|Fermanagh|Galway|Kerry|Kildare|Kilkenny|Laois|Leitrim|Limerick|Longford|Louth"
    "|Mayo|Meath|Monaghan|Offaly|Roscommon|Sligo|Tipperary|Tyrone|Waterford|Westmeath|Wexford|Wicklow|Durham"
)
_LAST = re.compile(
    rf"(?i)(?<![a-z])(?:{KINDS}|{HOUSES}|{INDIAN}|line|track)(?: [0-9]{{1,2}})?\Z|^(?:sitio|barangay|brgy|village|vill|kampung|kg)\.? "
)
_IN_NAMES = frozenset({"the", "of", "new", "old", "long", "big", "low"})
# An office and a school have rooms and floors as well.
_LIVED = re.compile(
    rf"(?i)(?!room|rm|suite|studio|unit)(?:{_HOME_UNITS}|blk|purok)(?![a-z])|(?:room|rm|unit).*(?:house|hostel|hall|flat)"
)
_STARTS = re.compile(rf"(?i)(?:{_HOME_UNITS}|{_OTHER_UNITS}){_ID}")


def _is_unit_run(surface: str) -> bool:
    """Accept a unit with what else an address has: a further unit, a kind of street or house, a name of a place."""
    parts = [part.strip() for part in re.split(r"[,\n]| - ", surface) if part.strip()]
    units = sum(len(_STARTS.findall(part)) for part in parts)
    rest = [_STARTS.sub("", part).strip() for part in parts]
    rest = [part for part in rest if part]
    homes = sum(_LIVED.match(part) is not None for part in parts)
    return (units > 1 and homes > 0) or any(_is_named(part) for part in rest)


def _is_named(part: str) -> bool:
    words_ = part.split()
    if any(word.lower() in STOP_WORDS - _IN_NAMES for word in words_):
        return False
    return _LAST.search(part) is not None or any(is_place_name(word) for word in words_)


def _is_home(surface: str) -> bool:
    return not any(word.lower() in STOP_WORDS - {"the"} for word in surface.replace(",", " ").split())


_ESTATES = "Hall|House|Hostel|Halls|Residence|Residences|Tower|Towers|Court|Apartments|Mansions|Village|Park|Heights|Gardens|Quarters|Dorms?"
_NAMED_HOMES = (
    "Cottages?|Farm|Farmhouse|Lodge|Bungalow|Barn|Grange|Rectory|Vicarage|Croft|Dairy|Steading|Villas?"
)


PATTERNS = (
    Pattern(
        "STREET_ADDRESS",
        "units.run",
        rf"(?:{_LEFT}{_WORD}(?: {_WORD}){{0,3}} (?i:{HOUSES}|{KINDS}){_GAP}|{_UNIT}{_GAP}|{_LEFT}(?:Village|Vill\.?|VPO|Post)(?: {_WORD}){{1,4}}, ?)?{_HOME_UNIT}(?:(?:{_GAP}| ){_UNIT}){{0,2}}(?:{_GAP}{_PART}| {_NAME}(?: [0-9]{{1,2}}(?![0-9]))?){{0,5}}{LANDMARK}?",
        accept=_is_unit_run,
        score=0.7,
        source="BS 7666, India Post, PHLPost",
        trigger=rf"(?:^|[^A-Za-z])(?i:{_HOME_UNITS})\.?(?: ?(?i:no\.?|number|#))?[ :]*#?(?:[0-9]|[A-Z](?:[^A-Za-z]|$))",
    ),
    Pattern(
        "STREET_ADDRESS",
        "units.lower",
        rf"(?i:{_LEFT}(?:flat|apt\.?|apartment|house|pitch|plot|unit|bungalow|cabin|caravan)(?: ?#?[0-9]{{1,4}}[a-z]?| [a-z][0-9]{{0,3}}),? (?:[0-9]{{1,5}} )?(?:[a-z'’]{{3,16}} ){{0,2}}?[a-z'’]{{3,18}}(?![a-z0-9'’]))",
        accept=lambda surface: _is_named(
            re.sub(r"(?i)^[a-z.]+(?: ?#?[0-9]{1,4}[a-z]?| [a-z][0-9]{0,3}),? (?:[0-9]{1,5} )?", "", surface)
        ),
        score=0.7,
        source="BS 7666",
        trigger="(?i:(?:flat|apt[.]?|apartment|house|pitch|plot|unit|bungalow|cabin|caravan)(?: ?#?[0-9]| [a-z][0-9]*,? ))",
    ),
    Pattern(
        "STREET_ADDRESS",
        "units.singapore",
        r"(?i:(?<![A-Za-z])(?:blk|block) ?[0-9]{1,4}[a-z]?,? ?#[0-9]{1,2}[ -]?-?[ ]?[0-9]{1,4})(?![0-9])",
        score=0.9,
        source="SingPost",
        digits=2,
        trigger="(?i:(?:blk|block) ?[0-9]+[a-z]?,? ?#)",
    ),
    Pattern(
        "STREET_ADDRESS",
        "units.estate",
        rf"{_LEFT}[A-Z][A-Za-z'’-]{{1,20}}(?: [A-Z][A-Za-z'’-]{{1,20}}){{0,3}} (?:{_ESTATES}),? (?:(?i:{_HOME_UNITS}){_ID}|(?:#|no\. ?)?[0-9]{{1,2}}-[0-9]{{2,4}}(?![0-9-]))",
        accept=_is_home,
        score=0.7,
        source="BS 7666",
        trigger=rf"(?:{_ESTATES}),? [A-Za-z0-9#]",
    ),
    Pattern(
        "STREET_ADDRESS",
        "units.named_house",
        rf"{_LEFT}(?:The |Old |Gate |(?:[A-Z][a-z'’]{{1,16}} ){{1,3}})(?:{_HOUSE_WORDS}),? ?\n?(?<=[, \n])(?:[A-Z][A-Za-z'’-]{{1,16}} ){{1,3}}(?i:{_ROADS})(?![A-Za-z'’])(?:,[ \n][A-Z][a-z'’-]{{2,20}}(?: [A-Z][a-z'’-]{{2,20}})?)?",
        accept=_is_home,
        score=0.7,
        source="BS 7666",
        trigger=rf"(?:{_HOUSE_WORDS}),? ?\n?[A-Z]",
    ),
    Pattern(
        "STREET_ADDRESS",
        "units.named_home",
        rf"{_LEFT}(?:The (?:[A-Z][a-z'’]{{1,16}} )?|(?:[A-Z][a-z'’]{{1,16}} ){{1,3}})(?:{_NAMED_HOMES})(?![A-Za-z'’])(?:,[ \n][A-Z][a-z'’-]{{2,20}}(?: [A-Z][a-z'’-]{{2,20}}){{0,2}})?",
        accept=_is_home,
        context=Context(HOME, None, 0.0, before=40, after=24),
        score=0.7,
        source="BS 7666",
        trigger=rf"(?:{_NAMED_HOMES})(?:[^A-Za-z]|\z)",
    ),
    Pattern(
        "STREET_ADDRESS",
        "units.townland",
        rf"{_LEFT}(?:{_NUMBERED}, )?{_NAME}(?:, {_NAME}){{1,3}}, (?:Co\.?|County) (?:{_COUNTIES})(?![A-Za-z])",
        score=0.8,
        source="An Post",
        trigger="(?:Co[.]?|County) (?:[A-Z])",
    ),
    Pattern(
        "STREET_ADDRESS",
        "units.indian_door",
        rf"(?<![A-Za-z0-9])[A-Z][-/ ]?[0-9]{{1,4}}(?:/[0-9]{{1,3}})?(?:, ?(?:{_ORDINAL}|{_NAME})){{1,4}}{LANDMARK}",
        score=0.8,
        source="India Post",
        digits=1,
        trigger="(?i:near|nr\\.?|behind|beside|opp\\.?|opposite|next to|off|above|facing|back of|top of) ",
    ),
)
