"""How people write somebody's address, numbers, dates, school and employer."""

from collections.abc import Iterator, Sequence
from datetime import date

from surfaces import fullwidth, joined, spaced, spelled, zero_width
from written import Written

_KANJI = str.maketrans("0123456789", "〇一二三四五六七八九")
_STREETS = {"Lane": "Ln", "Avenue": "Ave", "Street": "St", "Boulevard": "Blvd", "Road": "Rd", "Drive": "Dr"}
_LEGAL = ("株式会社", "有限会社", "合同会社", "医療法人")
_LEGAL_EN = (" Inc.", " LLC", " Co", " GmbH", " Ltd")
# Date, offset of the era's years, name, letter.
_ERAS = (
    (date(2019, 5, 1), 2018, "令和", "R"),
    (date(1989, 1, 8), 1988, "平成", "H"),
    (date(1926, 12, 25), 1925, "昭和", "S"),
)


def _all(label: str, group: str, forms: dict[str, str]) -> Iterator[Written]:
    for form, text in forms.items():
        yield Written(label, f"{group}/{form}", text)


def english_address(parts: Sequence[str]) -> str:
    """Return an address as a profile has it: number and street, unit, town, region and postcode."""
    number, street, unit, town, post = parts
    return ", ".join(part for part in (f"{number} {street}", unit, town, post) if part)


def english_addresses(parts: Sequence[str]) -> Iterator[Written]:
    """Yield the ways of writing an English address, whole and from the street alone."""
    number, street, unit, town, post = parts
    whole = english_address(parts)
    *name, kind = street.split()
    short = " ".join([*name, _STREETS[kind]])
    yield from _all("STREET_ADDRESS", "address", {
        "exact": whole,
        "lower": whole.lower(),
        "upper": whole.upper(),
        "no commas": whole.replace(",", ""),
        "lines": whole.replace(", ", "\n"),
        "fullwidth": fullwidth(whole),
        "abbreviated": whole.replace(street, short),
        "without post": whole.removesuffix(f", {post}"),
        "street and town": f"{number} {street}, {town}",
        "street": f"{number} {street}",
        "street lower": f"{number} {street}".lower(),
        "street abbreviated": f"{number} {short}",
        "street abbreviated dot": f"{number} {short}.",
    })  # fmt: skip
    if unit:
        numbered = unit.split()[-1]
        yield from _all("STREET_ADDRESS", "address", {
            "unit as #": whole.replace(unit, f"#{numbered}"),
            "street and unit": f"{number} {street} {unit}",
        })  # fmt: skip


def japanese_addresses(parts: Sequence[str]) -> Iterator[Written]:
    """Yield the ways of writing a Japanese address, whole and without its prefecture or building."""
    prefecture, city, town, blocks, building = parts
    plain = f"{prefecture}{city}{town}"
    said = _said(blocks)
    yield from _all("STREET_ADDRESS", "address", {
        "exact": f"{plain}{blocks}{building and ' ' + building}",
        "joined": f"{plain}{blocks}{building and '　' + building}",
        "without building": f"{plain}{blocks}",
        "fullwidth": fullwidth(f"{plain}{blocks}"),
        "spaces": f"{prefecture} {city} {town} {blocks}",
        "丁目": f"{plain}{said}",
        "丁目 kanji": f"{plain}{said.translate(_KANJI)}" if not _tens(blocks) else f"{plain}{said}",
        "の": f"{plain}{blocks.replace('-', 'の')}",
        "ー": f"{plain}{fullwidth(blocks).replace('－', 'ー')}",
        "without prefecture": f"{city}{town}{blocks}",
        "without prefecture 丁目": f"{city}{town}{said}",
        "town on": f"{town}{blocks}",
    })  # fmt: skip


def _tens(blocks: str) -> bool:
    return any(len(number) > 1 for number in blocks.split("-"))


def _said(blocks: str) -> str:
    numbers = blocks.split("-")
    units = ("丁目", "番", "号") if len(numbers) == 3 else ("番", "号")
    return "".join(number + unit for number, unit in zip(numbers, units, strict=True))


def emails(address: str) -> Iterator[Written]:
    """Yield the ways of writing an e-mail address, and its local part."""
    local, _, domain = address.partition("@")
    yield from _all("EMAIL_ADDRESS", "email", {
        "exact": address,
        "upper": address.upper(),
        "capital": address.capitalize(),
        "fullwidth": fullwidth(address),
        "zero width": zero_width(address),
        "spaces": f"{local} @ {domain}",
        "at dot": f"{local} at {domain.replace('.', ' dot ')}",
        "[at] [dot]": f"{local}[at]{domain.replace('.', '[dot]')}",
        "(at)": f"{local} (at) {domain}",
        "<at>": f"{local}<at>{domain.replace('.', '<dot>')}",
        "あっと": f"{local}あっと{domain}",
        "アット ドット": f"{local}アット{domain.replace('.', 'ドット')}",
        "＠": f"{local}＠{domain}",
    })  # fmt: skip
    yield from _all("USERNAME", "email", {
        "local part": local,
        "local part upper": local.upper(),
        "local part fullwidth": fullwidth(local),
    })  # fmt: skip
    yield Written("USERNAME", "email/local part @", local, before="@")


def usernames(declared: str) -> Iterator[Written]:
    """Yield the ways of writing a handle."""
    name = declared.removeprefix("@")
    yield from _all("USERNAME", "handle", {
        "exact": name,
        "upper": name.upper(),
        "capital": name.capitalize(),
        "fullwidth": fullwidth(name),
        "joined": "".join(char for char in name if char.isalnum()),
        "spaces": name.replace("_", " ").replace(".", " ").replace("-", " "),
    })  # fmt: skip
    yield Written("USERNAME", "handle/@", name, before="@")


def phones(declared: str) -> Iterator[Written]:
    """Yield the groupings of a telephone number, with and without its country code."""
    country = {"+": declared[1:3].strip()}.get(declared[0], "81" if declared.startswith("0") else "1")
    if declared.startswith("07700"):
        country = "44"
    digits = joined(declared).removeprefix("+")
    national = digits.removeprefix(country).lstrip("0") if declared.startswith("+") else digits.lstrip("0")
    trunk = "" if country == "1" else "0"
    whole = trunk + national
    third = len(whole) - 4
    groups = (whole[:3], whole[3:third], whole[third:])
    yield from _all("PHONE_NUMBER", "phone", {
        "exact": declared,
        "digits": whole,
        "hyphens": "-".join(groups),
        "spaces": " ".join(groups),
        "dots": ".".join(groups),
        "slashes": "/".join(groups),
        "en dashes": "–".join(groups),
        "brackets": f"({groups[0]}){groups[1]}-{groups[2]}",
        "odd groups": f"{whole[:4]} {whole[4:5]} {whole[5:]}",
        "pairs": " ".join(whole[at : at + 2] for at in range(0, len(whole), 2)),
        "one by one": spaced(whole),
        "one by one, commas": ", ".join(whole),
        "fullwidth": fullwidth("-".join(groups)),
        "ー": "ー".join(fullwidth(group) for group in groups),
        "の": "の".join(groups),
        "kanji": whole.translate(_KANJI),
        "kanji groups": "の".join(groups).translate(_KANJI),
        "over two lines": f"{groups[0]}-{groups[1]}\n{groups[2]}",
        "zero width": zero_width("-".join(groups)),
        "spelled": spelled(whole, "en"),
        "spelled oh": spelled(whole, "en").replace("zero", "oh"),
        "international": f"+{country} {national[:2]} {national[2:6]} {national[6:]}",
        "international joined": f"+{country}{national}",
        "international 00": f"00{country}{national}",
        "international (0)": f"+{country} (0){national}" if trunk else f"+{country}({whole[:3]}){whole[3:]}",
    })  # fmt: skip


def dates(day: date) -> Iterator[Written]:
    """Yield the orders and eras of a date; without a year it needs a birthday's cue."""
    y, m, d = day.year, day.month, day.day
    year, month, short = f"{y % 100:02}", day.strftime("%B"), day.strftime("%b")
    era_year, era, letter = next(
        (y - offset, name, initial) for first, offset, name, initial in _ERAS if day >= first
    )
    suffix = "th" if 11 <= d <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(d % 10, "th")
    said = "元" if era_year == 1 else str(era_year)
    yield from _all("DATE_OF_BIRTH", "date", {
        "iso": day.isoformat(),
        "y/m/d": f"{y}/{m}/{d}",
        "y.mm.dd": f"{y}.{m:02}.{d:02}",
        "y m d": f"{y} {m:02} {d:02}",
        "d/m/y": f"{d}/{m}/{y}",
        "m/d/y": f"{m}/{d}/{y}",
        "mm-dd-y": f"{m:02}-{d:02}-{y}",
        "d.m.y": f"{d}.{m}.{y}",
        "d/m/yy": f"{d}/{m}/{year}",
        "yy/m/d": f"{year}/{m}/{d}",
        "digits": day.strftime("%Y%m%d"),
        "month d, y": f"{month} {d}, {y}",
        "month dth y": f"{month} {d}{suffix} {y}",
        "month the dth": f"{month} the {d}{suffix}, {y}",
        "short d y": f"{short} {d} {y}",
        "short. d, 'yy": f"{short}. {d}, '{year}",
        "d month y": f"{d} {month} {y}",
        "d-short-y": f"{d:02}-{short}-{y}",
        "short-d-y": f"{short}-{d:02}-{y}",
        "dth of month y": f"the {d}{suffix} of {month} {y}"[4:],
        "lower": f"{month} {d}, {y}".lower(),
        "upper": f"{d} {short} {y}".upper(),
        "y, month d": f"{y}, {month} {d}",
        "年月日": f"{y}年{m}月{d}日",
        "年月日 padded": f"{y}年{m:02}月{d:02}日",
        "年月日 spaces": f"{y} 年 {m} 月 {d} 日",
        "年月日 fullwidth": fullwidth(f"{y}年{m}月{d}日"),
        "年月日 kanji": f"{str(y).translate(_KANJI)}年{_kanji(m)}月{_kanji(d)}日",
        "two-digit 年": f"{year}年{m}月{d}日",
        "era": f"{era}{said}年{m}月{d}日",
        "era fullwidth": fullwidth(f"{era}{said}年{m}月{d}日"),
        "era kanji": f"{era}{'元' if era_year == 1 else _kanji(era_year)}年{_kanji(m)}月{_kanji(d)}日",
        "era letter": f"{letter}{era_year}.{m}.{d}",
        "era letter slashes": f"{letter}{era_year:02}/{m:02}/{d:02}",
        "era letter 年": f"{letter}{era_year}年{m}月{d}日",
        "era first character": f"{era[0]}{era_year}.{m}.{d}",
        "era dots": f"{era}{era_year}.{m}.{d}",
    })  # fmt: skip
    for form, text in {
        "月日": f"{m}月{d}日",
        "月日 kanji": f"{_kanji(m)}月{_kanji(d)}日",
        "month d": f"{month} {d}",
        "short dth": f"{short} {d}{suffix}",
        "d month": f"{d} {month}",
        "dth of month": f"{d}{suffix} of {month}",
        "m/d": f"{m}/{d}",
        "mm-dd": f"{m:02}-{d:02}",
        "mmdd": f"{m:02}{d:02}",
    }.items():
        yield Written("DATE_OF_BIRTH", f"birthday/{form}", text, cue="birthday")


def _kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    said = ("" if tens == 1 else str(tens).translate(_KANJI)) + "十" if tens else ""
    return said + (str(ones).translate(_KANJI) if ones else "")


def schools(declared: str, language: str) -> Iterator[Written]:
    """Yield the ways of writing a school, with what people leave out or shorten."""
    forms = _plain(declared)
    if language == "ja":
        stem = declared.partition("立")[2] or declared
        forms["without founder"] = stem
        for whole, half in (("高等学校", "高校"), ("高等専門学校", "高専"), ("中学校", "中"), ("大学", "大")):
            if stem.endswith(whole):
                forms["short"] = stem.removesuffix(whole) + half
    else:
        forms["the"] = declared
        for whole, half in ((" High School", " High"), (" Community College", " College"), (" School", "")):
            if declared.endswith(whole):
                forms["short"] = declared.removesuffix(whole) + half
        if declared.startswith("University of "):
            forms["turned"] = declared.removeprefix("University of ") + " University"
        if declared.endswith(" University"):
            forms["short"] = declared.removesuffix("University") + "Uni"
    yield from _all("EDUCATION", "school", forms)


def employers(declared: str, language: str) -> Iterator[Written]:
    """Yield the ways of writing an employer, with and without its legal form."""
    forms = _plain(declared)
    if language == "ja":
        legal = next(word for word in _LEGAL if word in declared)
        stem = declared.replace(legal, "")
        forms |= {
            "without legal form": stem,
            "legal form behind": stem + legal,
            "legal form before": legal + stem,
        }
        if legal == "株式会社":
            forms |= {"㈱": f"{stem}㈱", "㈱ before": f"㈱{stem}"}
    else:
        stem = declared
        for legal in _LEGAL_EN:
            stem = stem.removesuffix(legal)
        forms |= {
            "without legal form": stem,
            "without legal form lower": stem.lower(),
            "joined": stem.replace(" ", ""),
        }
        if "&" in stem:
            forms["and"] = stem.replace("&", "and")
    yield from _all("ORGANIZATION", "employer", forms)


def _plain(declared: str) -> dict[str, str]:
    return {
        "exact": declared,
        "lower": declared.lower(),
        "upper": declared.upper(),
        "fullwidth": fullwidth(declared),
        "zero width": zero_width(declared),
    }


def postal_codes(declared: str) -> Iterator[Written]:
    """Yield the ways of writing a postal code."""
    yield from _all("POSTAL_CODE", "postal", {
        "exact": declared,
        "lower": declared.lower(),
        "joined": declared.replace("-", "").replace(" ", ""),
        "space": declared.replace("-", " "),
        "fullwidth": fullwidth(declared),
    })  # fmt: skip
    yield Written("POSTAL_CODE", "postal/〒", declared, before="〒")
