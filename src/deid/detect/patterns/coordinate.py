"""Places as numbers: latitude and longitude, plus codes, three words, Exif."""

import re

from deid.detect.patterns.parts import LEFT, RIGHT
from deid.detect.patterns.pattern import Pattern


def _latlon(surface: str) -> bool:
    values = [float(value) for value in re.findall(r"[-+]?[0-9]{1,3}\.[0-9]+", surface)]
    return len(values) == 2 and abs(values[0]) <= 90 and abs(values[1]) <= 180


PATTERNS = (
    Pattern(
        "COORDINATE",
        "coordinate.decimal",
        r"(?<![0-9A-Za-z])(?<![0-9]\.)[-+]?[0-9]{1,2}\.[0-9]{3,15} ?°? ?[NSns]?(?: ?[,、/] ?| {1,2})[-+]?[0-9]{1,3}\.[0-9]{3,15}(?: ?°(?: ?[EWew](?![A-Za-z]))?| ?[EWew](?![A-Za-z]))?(?![0-9%])(?!\.[0-9])",
        accept=_latlon,
        score=0.9,
        source="ISO 6709",
        digits=8,
    ),
    Pattern(
        "COORDINATE",
        "coordinate.labelled",
        r"(?i:(?:lat(?:itude)?|緯度|北緯|南緯)(?:[ :=は]| is){0,4}[-+]?[0-9]{1,2}(?:\.[0-9]{1,15})?[°度]?[ ,、/;&と]{0,4}(?:and )?(?:lo?ng?(?:itude)?|経度|東経|西経)(?:[ :=は]| is){0,4}[-+]?[0-9]{1,3}(?:\.[0-9]{1,15})?[°度]?)",
        score=1.0,
        source="ISO 6709",
        digits=2,
    ),
    Pattern(
        "COORDINATE",
        "coordinate.sexagesimal",
        r"(?:(?:北緯|南緯) ?)?[0-9]{1,2} ?[°度] ?[0-9]{1,2} ?['′分] ?(?:[0-9]{1,2}(?:\.[0-9]{1,6})? ?(?:[\"″秒]|'')?)? ?[NSns]?[ ,、]{0,3}(?:東経|西経)? ?[0-9]{1,3} ?[°度] ?[0-9]{1,2} ?['′分] ?(?:[0-9]{1,2}(?:\.[0-9]{1,6})? ?(?:[\"″秒]|'')?)? ?(?:[EWew](?![A-Za-z]))?",
        score=1.0,
        source="ISO 6709",
        digits=4,
    ),
    Pattern(
        "COORDINATE",
        "coordinate.one_axis",
        r"(?<![0-9A-Za-z])(?<![0-9][.])[0-9]{1,3}(?:\.[0-9]{3,10} ?°|° ?[0-9]{1,2} ?['′] ?[0-9]{1,2}(?:\.[0-9]{1,4})? ?(?:[\"″]|'')) ?[NSEW](?![A-Za-z0-9])",
        score=0.5,
        source="ISO 6709",
        digits=3,
        trigger="[0-9] ?°",
    ),
    Pattern(
        "COORDINATE",
        "coordinate.plus_code",
        rf"{LEFT}[23456789CFGHJMPQRVWX]{{8}}\+[23456789CFGHJMPQRVWX]{{2,3}}{RIGHT}",
        score=0.9,
        source="Open Location Code",
    ),
    Pattern(
        "COORDINATE",
        "coordinate.compass",
        r"(?<![0-9A-Za-z])(?<![0-9][.])[0-9]{1,2}(?:\.[0-9]{1,10}| [0-9]{1,2}(?: [0-9]{1,2}(?:\.[0-9]{1,3})?)?)? ?°? ?[NS][ ,]{1,3}[0-9]{1,3}(?:\.[0-9]{1,10}| [0-9]{1,2}(?: [0-9]{1,2}(?:\.[0-9]{1,3})?)?)? ?°? ?[EW](?![A-Za-z0-9])",
        score=0.9,
        source="ISO 6709",
        digits=2,
        trigger="[0-9] ?°? ?[NS][ ,]+[0-9]",
    ),
    Pattern(
        "COORDINATE",
        "coordinate.plus_code_short",
        r"(?<![0-9A-Za-z])[23456789CFGHJMPQRVWX]{4}\+[23456789CFGHJMPQRVWX]{2,3},? [A-Z][a-z]{2,20}(?![A-Za-z])",
        score=0.8,
        source="Open Location Code",
        trigger=r"\+[23456789CFGHJMPQRVWX]+,? [A-Z]",
    ),
    Pattern(
        "COORDINATE",
        "coordinate.three_words",
        r"(?<![:/A-Za-z0-9])///[a-z]{3,18}\.[a-z]{3,18}\.[a-z]{3,18}(?![A-Za-z.])",
        score=0.9,
        source="what3words",
    ),
    Pattern(
        "COORDINATE",
        "coordinate.compass_first",
        r"(?<![0-9A-Za-z])[NS] ?[0-9]{1,2}\.[0-9]{2,10}°?[ ,]{1,3}[EW] ?[0-9]{1,3}\.[0-9]{2,10}(?![0-9])",
        score=0.9,
        source="ISO 6709",
        digits=6,
        trigger="[NS] ?[0-9]+[.][0-9]",
    ),
    Pattern(
        "COORDINATE",
        "coordinate.exif",
        r"(?i:(?<![a-z])(?:exif\.)?(?:gpsinfo\.)?gps[ ._]?(?:latitude|longitude|position|dest(?:latitude|longitude)|(?=[ :=]{1,3}[0-9]{1,3}/))(?: ?ref)?)[\"']?[ :=\[(]{1,6}(?P<v>[0-9]{1,3}/[0-9]{1,6}(?:[ ,]{1,2}[0-9]{1,9}/[0-9]{1,7}){1,2}|[0-9]{1,3} deg [0-9]{1,2}' [0-9.]{1,6}\"?(?: [NSEW])?(?:, ?[0-9]{1,3} deg [0-9]{1,2}' [0-9.]{1,6}\"?(?: [NSEW])?)?|[0-9]{1,3}(?:\.[0-9]{1,10})?(?:, ?[0-9]{1,3}(?:\.[0-9]{1,10})?){0,2})(?![0-9])",
        score=1.0,
        source="Exif 2.32, GPS attributes",
        digits=1,
    ),
)
