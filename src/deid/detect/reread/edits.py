"""What of a text is written plainly before it is read once more: odd forms of values, and the groups of numbers.

Each function reads a whole text, first asking what is cheap to ask: most texts hold nothing of its kind.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_JA = "ぁ-ゖァ-ヺー一-鿿々〆ヶ"
_DASHES = "‐‑‒–—−―ー─"
_GROUPING = ("・", *"‐‑‒–—−―ー")  # between capitals
_SYMBOLS = "·•☀-➿\U0001f300-\U0001faff"  # Unicode 15: Miscellaneous Symbols, Dingbats, pictographs
_DIGIT = re.compile("[0-9]")
_MAY = re.compile(
    r"[0-9@]|h(?:tt|xx)ps?:|www[.]|[a-z] dot [a-z]|[A-Z]-\n|[a-z][-./]\n[a-z@~]|[A-Z] {1,2}[A-Z] |[a-z] {1,2}[a-z] {1,2}[a-z] {1,2}[a-z] {1,2}[a-z]|[A-Z]{4}[・‐‑‒–—−―ー][A-Z]{4}|(?:★|at[)\]]|アット[^ .]{0,5}) ?[A-Za-z0-9-]+ ?[.] "
)
_ODD = re.compile(
    rf"\n|[0-9A-Za-z] [.@]|[.@] [0-9A-Za-z]|[0-9A-Za-z]  ?[0-9A-Za-z](?![0-9A-Za-z])|[0-9A-Za-z_]  [0-9A-Za-z]|[0-9A-Za-z_] [-{_DASHES}/] [0-9A-Za-z]|[0-9A-Za-z_][・･{_SYMBOLS}{_DASHES}][0-9A-Za-z]|[0-9A-Za-z] [{_SYMBOLS}] [0-9A-Za-z]"
    rf"|[{_JA}]{{2}}[{_JA}0-9]{{2}}(?: {{1,2}}|・)[{_JA}0-9]{{4}}(?: {{1,2}}|・)[{_JA}0-9]"
    rf"|[0-9][-./ ][0-9A-Za-z]|[A-Za-z][-][0-9]|(?<![A-Za-z])[A-Z]{{1,4}} [0-9]{{4}}|[0-9][A-Za-z]{{1,2}} (?=[A-Za-z]{{0,3}}[0-9])[0-9A-Za-z]|[0-9](?:\[[.]\]|[(][.][)])[0-9]|[A-Za-z0-9] dot [A-Za-z0-9]"
)
_BREAK = re.compile(r"(?<=[^\s])[ \t]*\r?\n[ \t]*(?=[^\s])")
_LEFT = re.compile(r"[^\s「」『』、。,]{1,40}$")
_RIGHT = re.compile(r"[^\s「」『』、。,]{1,40}")
# Codes of three or four small letters in a group, such as those of meetings.
_SMALL_LEFT, _SMALL_RIGHT = (
    re.compile("(?<![A-Za-z])(?:[a-z]{3,4}-){1,2}$"),
    re.compile("[a-z]{3,4}(?![A-Za-z])"),
)
_ASCII_END = re.compile("[!-9;-~]+$")
_OF_THE_NET = re.compile("www[.]|//|@")
# A host that a line ends in, or its path, and what goes on behind it.
_HOST_ENDS = re.compile(r"(?<![A-Za-z0-9])(?:[a-z0-9-]{1,40}[.]){1,4}$")
_TOP_LEVEL = re.compile(r"(?:[a-z0-9-]{1,40}[.]){0,2}(?:com|net|org|jp|uk|io|me|dev|app)(?::[0-9]{2,5})?[/?]")
_PATH_ENDS = re.compile(r"(?:[a-z0-9-]{1,40}[.]){1,3}[a-z]{2,6}(?::[0-9]{2,5})?/(?:[!-~]{0,60}/)?$")
_PATH = re.compile(r"[A-Za-z0-9@~][!-~]{2}")
# What goes on with an address on the next line, and is no word, bullet or nickname there.
_NET_GOES_ON = re.compile(
    r"(?![0-9A-Za-z_|`-]+[,:](?![0-9A-Za-z]))(?:(?:com|net|org|edu|gov|info|io|me|dev|app|jp|uk|co|ac|ne|or|go|html?|php)(?![0-9A-Za-z])"
    r"|[!-~]{0,40}[0-9A-Za-z][./=?&%#_@-][0-9A-Za-z/]|(?=[!-~]{0,8}[0-9])[0-9A-Za-z=?&%_-]{3}|[~@][a-z0-9_.-]{2,40}/?(?![!-~]))"
)
_NEAR = 24
_AREA = re.compile(r"\([0-9]{2,4}\)$")  # of a telephone number
_APART = re.compile(
    rf"(?:(?<![0-9A-Za-z'’])[0-9A-Za-z+]|(?<![0-9A-Za-z{_JA}])[{_JA}]|[{_JA}](?=(?: {{1,2}}[{_JA}]){{1,4}} {{1,2}}[0-9]))(?P<gap> {{1,2}}| ?[{_SYMBOLS}] ?)(?:[0-9A-Za-z]|[{_JA}](?=(?P=gap)))(?:(?P=gap)(?:[0-9A-Za-z]|[{_JA}](?=(?P=gap))))+(?![0-9A-Za-z])"
)
# An address in fours, as a narrow column parts it: «東京都世  田谷区風  見台77  7番地3».
_FOUR = f"[{_JA}0-9]{{4}}"
_FOURS = re.compile(
    rf"(?<![{_JA}0-9]){_FOUR}(?P<gap> {{1,2}}|・){_FOUR}(?:(?P=gap){_FOUR}){{0,8}}(?P=gap)[{_JA}0-9]{{1,4}}"
)
_FIRST_FOURS = re.compile(rf"(?:^|[^{_JA}0-9]|は|が|を|に|、){_FOUR}(?: {{1,2}}|・){_FOUR}(?: {{1,2}}|・)")
_PLACED = re.compile("[都道府県市区町村].*[0-9]")
_ALONE = re.compile(" [^ ] ")
_GAPS = re.compile(f" ?[{_SYMBOLS}] ?| {{1,2}}")
_FEW = 5
_BETWEEN = re.compile(
    rf"(?<=[0-9A-Za-z_{_JA}])(?: {{2,3}}| ?[{_DASHES}] ?| [-/] |[・･{_SYMBOLS}])(?=[0-9A-Za-z{_JA}])"
)
_ASCII_BETWEEN = ("  ", " - ", " / ")  # of what may part groups
_TOKEN_END = re.compile(rf"[0-9A-Za-z]+_?$|[{_JA}]$")
_KATAKANA = re.compile("[ァ-ヺ]")
_TOKEN = re.compile(rf"[0-9A-Za-z]+|[{_JA}]")
_BEFORE_HANDLES = "ig|insta(?:gram)?|snap(?:chat)?|twitter|x|tiktok|twitch|yt|youtube|threads|telegram|tg|discord|venmo|handle|user(?:name)?|acct?|account|follow(?:ing)?|add|dm|cc|hi|hey|hello|by|from|and|or|with|thanks|ty|thx|me|is|its|im"
# Dotted quads, mail addresses and hosts with a path, with blanks round their signs.
_GAPPED = re.compile(
    r"(?<![0-9.])[0-9]{1,3}(?: ?[.] ?[0-9]{1,3}){3}(?![0-9.])"
    r"|(?<![A-Za-z0-9])"
    rf"(?!(?i:{_BEFORE_HANDLES}) @[A-Za-z0-9])"
    r"[A-Za-z0-9_+-]{1,40}(?: ?[.] ?[A-Za-z0-9_+-]{1,40}){0,2} ?(?:@|★|[(\[](?:アット(?:マーク)?|at)[)\]]|アット(?:マーク)?) ?[A-Za-z0-9-]{1,40}(?: ?[.] ?[A-Za-z]{2,8}){1,3}(?![A-Za-z0-9])"
    r"|https?://(?:[a-z0-9-]{1,40} ?[.] ?){1,3}(?:com|net|org|jp|co ?[.] ?jp|co ?[.] ?uk|io|me|dev|app|in)(?:[:/](?:[!-~]{0,200}(?:@ | @ ?)(?=[a-z0-9_.-]{2,40}/))?[!-~]{1,400})"
    r"|(?:https?://)?(?<![A-Za-z0-9.])(?:[a-z0-9-]{1,40} ?[.] ?){0,3}[a-z0-9-]{2,40} ?[.] ?(?:com|net|org|jp|co ?[.] ?jp|co ?[.] ?uk|io|me|dev|app)(?:[:/](?:[!-~]{0,200}(?:@ | @ ?)(?=[a-z0-9_.-]{2,40}/))?[!-~]{1,400})"
)
_BESIDE = (" .", ". ", " @", "@ ")  # without these there is no blank to close
_NET = re.compile("[@★]|アット|[(\\[]at|[a-z] ?[:/]|[0-9](?: [.]|[.] )")
_BLANK = re.compile(" ")
_HIDDEN_DOT = re.compile(r"(?<=[0-9])(?:\[[.]\]|[(][.][)])(?=[0-9])")
_SAID_HOST = re.compile(
    r"(?:(?i:h(?:tt|xx)ps?)://[A-Za-z0-9-]{1,63}|(?<![A-Za-z0-9])(?:www|[a-z0-9-]{2,40}(?= dot (?:com|net|org|jp|io|me|co|in)(?:/| dot ))))(?: dot [A-Za-z0-9-]{1,63}){1,4}"
)
_SAID_DOT = re.compile(" dot ")
# Three letters in a row that no hexadecimal number has, or a word in Japanese.
_WORDY = re.compile(rf"[a-z]*[g-z][a-z]*(?<=[a-z]{{3}})|[{_JA}]{{2}}")

_GROUP = r"(?:(?=[A-Z]{0,11}[0-9])[0-9A-Z]{1,12}|(?=[a-z]{0,11}[0-9])[0-9a-z]{2,12}|[0-9]{1,2}[A-Za-z])(?![0-9A-Za-z])"
_LETTERS = r"[A-Z]{1,4}(?![A-Za-z0-9])"
_REST = rf"(?:(?! {{1,2}}(?:0[1-9]|1[0-2])/[2-4][0-9](?![0-9/]))(?: ?[-./_・] ?(?:{_GROUP}|{_LETTERS})| {{1,3}}{_GROUP}| {{1,3}}{_LETTERS}(?= [0-9A-Z]{{0,4}}[0-9]))){{1,12}}"
# What two groups look like, told at once.
_SECOND = "[-./_・ ]{1,3}(?:[A-Z]|[a-z]{0,11}[0-9])"
_GROUPED, _LETTERS_FIRST = (re.compile(first + _SECOND) for first in ("[0-9][A-Za-z]{0,11}", "[A-Z]"))
_RUN = re.compile(
    rf"(?<![0-9A-Za-z.@/-])(?<![0-9]:)(?:[A-Z]{{1,4}}[-./])?{_GROUP}{_REST}(?:[- ][A-Z]{{1,2}}(?![A-Za-z0-9]))?(?![0-9A-Za-z@:])"
)
_LETTERED = re.compile(
    rf"(?<![0-9A-Za-z.@/-]){_LETTERS}{_REST}(?:[- ][A-Z]{{1,4}}(?![A-Za-z0-9]))?(?![0-9A-Za-z@:])"
)
# Capitals before a value that are no part of it.
CALLED = frozenset(
    "A I IS MY ME IM NO ID TO AT ON IN OF WAS THE AND FOR SO IT ITS SSN NHS NHI DNI NIE NIF CPF NIR BSN TFN SIN PAN NRIC FIN RRN OTP CVV CVC"
    " PIN ZIP DOB TEL FAX MOB IBAN BIC ACC ACCT SORT BSB MAC IP DL REF NR NUM CARD VISA AMEX CODE CALL TEXT CELL PP PPT SC UID CAP PLZ CEP NINO PNR AWB RMA MRN VIN VRM UTR CRN EIN VAT SN PPT CDL PC".split()
)
_PARTS = re.compile("[ ./_・-]+")
_NO_VALUE = re.compile(
    r"(?:19|20)[0-9]{2}[-./ ]{1,3}[0-9]{1,2}(?:[-./ ]{1,3}[0-9]{1,2})?(?:[ -].*)?|[0-9]{1,2}[-./][0-9]{1,2}(?:[-./](?:19|20)?[0-9]{2})?(?: [0-9].*)?|[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9]{1,2}\.[0-9]+|[0-9]+\.[0-9]{1,2}|[0-9]{1,2}(?:\.[0-9]{1,3}){2}"
)

_SIGN = f"[0-9A-Za-z+{_JA}]"
_GAP = f"(?: {{1,2}}| ?[{_SYMBOLS}] ?)"
_SEPARATOR = f"(?: {{2,3}}| ?[{_DASHES}] ?| [-/] |[・･{_SYMBOLS}])"
ASKED = (
    r"[0-9](?:\[[.]\]|[(][.][)])[0-9]| dot ",
    (
        r"[0-9](?: [.] ?|[.] )[0-9]|(?:@|★|[(\[](?:アット(?:マーク)?|at)[)\]]|アット(?:マーク)?) ?[A-Za-z0-9-]{1,40} ?[.] ?[A-Za-z]"
        r"|[a-z0-9-] ?[.] ?(?:com|net|org|jp|uk|io|me|dev|app|in)[:/]"
    ),
    f"[{_JA}0-9]{{4}}(?: {{1,2}}|・)[{_JA}0-9]{{4}}(?: {{1,2}}|・)",
    f"(?:{_SIGN}{_GAP}){{4}}{_SIGN}|(?:[0-9]{_GAP}){{2}}[0-9]",
    f"[0-9][0-9A-Za-z]{{0,15}}_?{_SEPARATOR}[0-9A-Za-z{_JA}]|[0-9A-Za-z_{_JA}]{_SEPARATOR}[A-Za-z]*[0-9]|[A-Z]{{4}}[・‐‑‒–—−―ー][A-Z]{{4}}",
    _GROUPED.pattern,
    _LETTERS_FIRST.pattern,
)
"""For ``asked_at_once``: what a text holds in which ``dotted``, ``gapped`` and the others below find something, in their order."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A range of a text and what is written in its place."""

    start: int
    end: int
    text: str = field(repr=False)


def is_odd(text: str) -> bool:
    """Whether a text may hold something that is edited."""
    return _MAY.search(text) is not None and _ODD.search(text) is not None


def breaks(text: str) -> Iterator[Edit]:
    """Yield the line breaks within a value."""
    if "\n" not in text:
        return
    for found in _BREAK.finditer(text):
        left, right = (
            _LEFT.search(text[max(0, found.start() - 40) : found.start()]),
            _RIGHT.match(text, found.end()),
        )
        if left is None or right is None:
            continue
        mark = _joint(left[0], right)
        near = text[max(0, found.start() - _NEAR) : found.start()]
        if mark is None and _DIGIT.search(near) and (near[-1] not in ":.!?：」)" or _AREA.search(near)):
            mark = " "
        if mark is not None:
            yield Edit(found.start(), found.end(), mark)


def _joint(left: str, line: re.Match[str]) -> str | None:
    """Return what joins the end of a line and the next one if they are parts of one value."""
    right = line[0]
    of_the_net = _OF_THE_NET.search(left) is not None
    tail = _ASCII_END.search(left)
    left = tail[0] if tail else left
    if left[-1] in ":：;!?！？)」|" or right[0] in "([|「-*#":
        return None
    if _in_japanese(left, right):
        return ""
    goes_on = _NET_GOES_ON.match(line.string, line.start()) is not None
    if _in_code(left, right) or _in_host(left, right) or (goes_on and _in_path(left, right)):
        return ""
    digital = _DIGIT.search(left[-12:] + right[:12]) is not None
    if of_the_net or not digital:
        return "" if goes_on and (left[-1] in "./" or (digital and _is_code(left[-12:]))) else None
    return "" if _is_code(left[-12:]) and _is_code(right) else None


def _in_japanese(left: str, right: str) -> bool:
    """Whether Japanese goes on behind the end of a line, or behind a number that it ends with."""
    if re.fullmatch(f"[{_JA}]", left[-1]) and re.fullmatch(f"[0-9{_JA}]", right[0]):
        return True
    return bool(
        _DIGIT.search(left[-12:]) and re.fullmatch(f"[{_JA}]", right[0]) and re.search(f"[{_JA}]", left)
    )


def _in_code(left: str, right: str) -> bool:
    """Whether a code goes on behind the hyphen that a line ends with."""
    return left[-1] == "-" and (
        (left[:-1].isupper() and right[:3].isupper())
        or (_SMALL_LEFT.search(left) is not None and _SMALL_RIGHT.match(right) is not None)
    )


def _in_host(left: str, right: str) -> bool:
    """Whether the name of a host goes on behind the dot that a line ends with."""
    return _HOST_ENDS.search(left) is not None and _TOP_LEVEL.match(right) is not None


def _in_path(left: str, right: str) -> bool:
    """Whether the path of an address goes on behind the stroke that a line ends with."""
    return _PATH_ENDS.search(left) is not None and _PATH.match(right) is not None


def _is_code(part: str) -> bool:
    bare = part.strip("-./+_")
    return not bare or (_WORDY.search(bare) is None) or (bare.isalnum() and bool(_DIGIT.search(bare)))


def quartered(text: str) -> Iterator[Edit]:
    """Yield the blanks and dots that part an address into fours."""
    if _FIRST_FOURS.search(text) is None:
        return
    for run in _FOURS.finditer(text):
        if _PLACED.search(run[0]):
            gap = len(run["gap"])
            for at in range(run.start() + 4, run.end(), 4 + gap):
                yield Edit(at, at + gap, "")


def squeezed(text: str) -> Iterator[Edit]:
    """Yield the blanks within values whose signs all stand apart."""
    if text.isascii() and _ALONE.search(text) is None:
        return
    for run in _APART.finditer(text):
        bare = _GAPS.sub("", run[0])
        digits = len(_DIGIT.findall(bare))
        if bare.isdigit() or (digits > 1 and len(bare) >= _FEW) or (len(bare) > _FEW and bare.isascii()):
            for gap in _GAPS.finditer(text, *run.span()):
                yield Edit(gap.start(), gap.end(), "")


def dashed(text: str) -> Iterator[Edit]:
    """Yield odd separators between the groups of a value, and a hyphen or stroke for them."""
    if text.isascii() and not any(sign in text for sign in _ASCII_BETWEEN):
        return
    for found in _BETWEEN.finditer(text):
        left, right = (
            _TOKEN_END.search(text[max(0, found.start() - 16) : found.start()]),
            _TOKEN.match(text, found.end()),
        )
        if left is None or right is None or (found[0] == "ー " and _KATAKANA.match(left[0])):
            continue
        if not _DIGIT.search(left[0] + right[0]) and not (
            found[0] in _GROUPING and _coded(left[0], right[0])
        ):
            continue
        wordy = _WORDY.search(left[0]) or _WORDY.search(right[0])
        if wordy is None or (found[0] in _DASHES and not _WORDY.search(right[0] + left[0][-2:])):
            mark = "/" if "/" in found[0] else "-"
            if found[0] != mark:
                yield Edit(found.start(), found.end(), mark)


def _coded(left: str, right: str) -> bool:
    """Whether two groups of capitals are as long as each other and longer than most acronyms."""
    return left.isupper() and right.isupper() and 3 < len(left) == len(right)


def dotted(text: str) -> Iterator[Edit]:
    """Yield the dots of hosts and addresses that brackets or words hide."""
    hidden = [found.span() for found in _HIDDEN_DOT.finditer(text)]
    if "://" in text or (" dot " in text and "/" in text):
        hosts = _SAID_HOST.finditer(text)
        hidden += [found.span() for host in hosts for found in _SAID_DOT.finditer(text, *host.span())]
    for start, end in sorted(hidden):
        yield Edit(start, end, ".")


def gapped(text: str) -> Iterator[Edit]:
    """Yield the blanks round the signs of addresses of the net."""
    if not any(sign in text for sign in _BESIDE) or _NET.search(text) is None:
        return
    for address in _GAPPED.finditer(text):
        for gap in _BLANK.finditer(text, *address.span()):
            yield Edit(gap.start(), gap.end(), "")


def runs(text: str) -> Iterator[Edit]:
    """Yield the groups of numbers, written as one."""
    return _joined(_RUN, text) if _GROUPED.search(text) else iter(())


def lettered(text: str) -> Iterator[Edit]:
    """Yield the groups of codes that begin with letters, written as one."""
    return _joined(_LETTERED, text) if _LETTERS_FIRST.search(text) else iter(())


def _joined(form: re.Pattern[str], text: str) -> Iterator[Edit]:
    for run in form.finditer(text):
        solid = _PARTS.sub("", run[0])
        called = _PARTS.split(run[0])[0] in CALLED
        if solid != run[0] and 3 < len(solid) < 40 and not called and _NO_VALUE.fullmatch(run[0]) is None:
            yield Edit(run.start(), run.end(), solid)
