"""What people leave out, shorten or turn round in a declared address, school or employer.

Every way is a text like the declared one; how it is searched for is said in ``deid.detect.known.forms``.
Street abbreviations are those of USPS Publication 28, appendix C, that are common in chat.
"""

import re
from collections.abc import Callable, Iterator
from itertools import product

from deid.detect.patterns.address_ja import PREFECTURES

_STREETS = {
    "street": "st", "avenue": "ave", "road": "rd", "lane": "ln", "boulevard": "blvd", "drive": "dr", "court": "ct", "place": "pl",
    "parkway": "pkwy", "highway": "hwy", "terrace": "ter", "crescent": "cres", "circle": "cir", "square": "sq", "trail": "trl",
}  # fmt: skip
_WHOLE_STREETS = {short: whole for whole, short in _STREETS.items()}
_STREET = re.compile(rf"(?i)\b({'|'.join([*_STREETS, *_WHOLE_STREETS])})\b\.?(?=\s*$|\s*,)")
_NUMBERED = re.compile(r"(?i)^[0-9]+[a-z]?\s+\S.*[a-z]")
_UNIT = re.compile(r"(?i)^(?:apartment|apt|suite|ste|unit|flat|room|rm|no|#)\.?\s*#?\s*([0-9a-z-]{1,6})$")
_UNIT_BEHIND = re.compile(
    r"(?i)\s+((?:apartment|apt|suite|ste|unit|flat|room|rm|#)\.?\s*#?\s*[0-9a-z-]{1,6})$"
)
_PREFECTURE = re.compile(f"^(?:{PREFECTURES})")
_CITY = re.compile(
    r"^(?:[^0-9市区町村郡]{1,6}郡[^0-9市区町村郡]{1,6}[町村]|[^0-9市区町村]{1,7}市[^0-9市区町村丁]{1,4}区|[^0-9市区町村]{1,7}[市区町村])(?=[^0-9])"
)
_BLOCKS = re.compile(
    r"([0-9]+)(?:[-−‐–ー]|丁目|番地?|の)([0-9]+)(?:(?:[-−‐–ー]|番地?|の)([0-9]+))?号?(?![0-9]|[-−‐–ー][0-9])"
)
_KANJI = str.maketrans("0123456789", "〇一二三四五六七八九")
_LEGAL_JA = (
    "株式会社",
    "有限会社",
    "合同会社",
    "合資会社",
    "医療法人",
    "社会福祉法人",
    "学校法人",
    "一般社団法人",
    "(株)",
    "(有)",
)
_SHORT_LEGAL = {"株式会社": "(株)", "有限会社": "(有)"}
_LEGAL_EN = re.compile(
    r"(?i)[\s,]+(?:inc|incorporated|llc|llp|ltd|limited|plc|co|corp|corporation|company|gmbh|ag|s\.?a|b\.?v|pty|k\.?k)\.?$"
)
_FOUNDER = re.compile(r"^(?:[^立]{1,6}立|学校法人)(?=.{3})")
_SCHOOLS_JA = (
    ("高等学校", ("高校", "高")),
    ("高等専門学校", ("高専",)),
    ("中学校", ("中学", "中")),
    ("小学校", ("小",)),
    ("大学", ("大",)),
)
_SCHOOLS_EN = (
    ("high school", ("high",)), ("elementary school", ("elementary",)), ("middle school", ("middle",)),
    ("primary school", ("primary",)), ("community college", ("college", "cc")), ("university", ("uni",)),
)  # fmt: skip


def addresses(value: str, said: Callable[[str], bool]) -> Iterator[str]:
    """Yield the ways of writing an address, the declared one first.

    said : whether the ways that begin so are wanted, with a street, or all before the block.
    """
    yield value
    if value.isascii() or _NUMBERED.match(value):
        yield from _english(value, said)
    else:
        yield from _japanese(value, said)


def _english(value: str, said: Callable[[str], bool]) -> Iterator[str]:
    """Yield it without what follows the street, the town or the unit, streets short or long, units as #."""
    street, *rest = [part.strip() for part in re.split(r"[,\n]+", value) if part.strip()] or [""]
    behind = _UNIT_BEHIND.search(street)
    if behind:
        street, rest = street[: behind.start()], [behind[1], *rest]
    if _NUMBERED.match(street) is None:
        return
    streets = [written for written in _streets(street) if said(written)]
    if not streets:
        return
    unit = rest.pop(0) if rest and _UNIT.match(rest[0]) else ""
    tails = ["", *(" ".join(rest[:size]) for size in range(1, len(rest) + 1))]
    for written, flat, tail in product(streets, _units(unit), tails):
        yield " ".join(part for part in (written, flat, tail) if part)


def _streets(street: str) -> list[str]:
    match = _STREET.search(street)
    if match is None:
        return [street]
    word = match[1].lower()
    other = _STREETS.get(word) or _WHOLE_STREETS[word]
    return [street[: match.start()] + form for form in (word, other)]


def _units(unit: str) -> list[str]:
    match = _UNIT.match(unit)
    return ["", unit, match[1]] if match else [""]


def _japanese(value: str, said: Callable[[str], bool]) -> Iterator[str]:
    """Yield it without prefecture, municipality or building, its block in numbers, 丁目 or kanji."""
    block = _BLOCKS.search(value)
    if block is None:
        return
    front, building = value[: block.start()].strip(), value[block.end() :].strip()
    local = _PREFECTURE.sub("", front).strip()
    town = _CITY.sub("", local).strip()
    fronts = [part for part in dict.fromkeys((front, local, town)) if len(part) > 1 and said(part)]
    if not fronts:
        return
    for part, numbers, tail in product(fronts, _blocks(block), dict.fromkeys(("", building))):
        yield f"{part} {numbers} {tail}".strip()


def _blocks(block: re.Match[str]) -> list[str]:
    numbers = [number for number in block.groups() if number]
    units = ("丁目", "番", "号") if len(numbers) == 3 else ("番", "号")
    written = [
        "-".join(numbers),
        "の".join(numbers),
        "".join(number + unit for number, unit in zip(numbers, units, strict=True)),
        numbers[0] + units[0] + "-".join(numbers[1:]),
    ]
    return [
        *written,
        "の".join(map(_in_kanji, numbers)),
        "".join(map(str.__add__, map(_in_kanji, numbers), units)),
    ]


def _in_kanji(number: str) -> str:
    """Return a number below 100 as 十二, a longer one digit by digit."""
    if not 9 < int(number) < 100:
        return number.translate(_KANJI)
    tens, ones = divmod(int(number), 10)
    return f"{'' if tens == 1 else str(tens)}十{ones or ''}".translate(_KANJI)


def organizations(value: str) -> Iterator[str]:
    """Yield the ways of writing a school or employer, the declared one first."""
    stem = _without_legal(value)
    yield value
    for written in dict.fromkeys((stem, *_schools(stem))):
        yield written
        if "&" in written:
            yield written.replace("&", " and ")
        elif " and " in written.lower():
            yield re.sub(r"(?i)\sand\s", " & ", written)
    for legal in (word for word in _LEGAL_JA if word in value):
        for written in dict.fromkeys((legal, _SHORT_LEGAL.get(legal, legal))):
            yield from (written + stem, stem + written)


def core_of(value: str) -> str:
    """Return what every way of writing a school or employer in Japanese holds; empty for others."""
    if value.isascii() or "&" in value or " and " in value.lower():
        return ""
    stem = _without_legal(value)
    local = _FOUNDER.sub("", stem)
    cores = [local.removesuffix(whole) for whole, _ in _SCHOOLS_JA if len(local) > len(whole) + 1]
    return min((local, *cores), key=len)


def _without_legal(value: str) -> str:
    stem = _LEGAL_EN.sub("", value)
    for legal in _LEGAL_JA:
        stem = stem.removeprefix(legal).removesuffix(legal).strip()
    return stem


def _schools(stem: str) -> Iterator[str]:
    local = _FOUNDER.sub("", stem)
    yield local
    for whole, shorts in _SCHOOLS_JA:
        if local.endswith(whole) and len(local) > len(whole) + 1:
            yield from (local.removesuffix(whole) + short for short in shorts)
    lower = stem.lower()
    if lower.startswith("university of ") and (name := stem[14:].strip()):
        yield from (f"{name} University", f"{name} Uni", f"Uni of {name}", f"U of {name}")
    for whole, shorts in _SCHOOLS_EN:
        if lower.endswith(f" {whole}"):
            yield from (stem[: -len(whole)] + short for short in shorts)
