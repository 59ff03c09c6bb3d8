"""Known values: what a profile declares about a subject, found again in text in every common written form.

Forms searched, on NFKC lower-case text: exact, spaced, name parts, kana and romaji of kana names, e-mail
and its local part, phone digits in any grouping with or without +81, dates in the usual orders and eras.
A name that is also a word needs a second cue: an honorific, or a capital inside a sentence.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from deid.detect.names.kana import is_kana, to_hiragana, to_katakana, to_romaji
from deid.ingest.normalize import normalize
from deid.types import KnownValue, Span

_GAP = r"[\s\-‐‑–—−ー.()/]{0,3}"
# What follows a name and seldom a thing: an honorific, an introduction, or what people do with people.
_PERSON_CUE = (
    r"(?=さん|さま|様|くん|君|ちゃん|氏|先生|先輩|です|と申し|といい|っていい|って呼|とは|と(?:話|会|喧嘩|一緒|仲)|"
    r"に(?:聞|会|言|電話|相談|話|怒)|が(?:言|来|教|いる|怒|好き)|から(?:聞|連絡|電話|LINE)|の(?:こと|家|誕生日|お母|お父))"
)
_COMMON_JA = frozenset(
    "光 森 林 泉 桜 空 海 花 星 月 雪 愛 希望 心 翼 葵 楓 蓮 翔 春 夏 秋 冬 原 谷 岡 橋 今 東 西 南 北 関 平 堀 城 島 浜 岸 辻 沢 "
    "さくら そら うみ はな ゆき あい こころ つばさ あおい かえで はる なつ ひかり のぞみ みらい ゆめ まこと みのる しずか".split()
)
_COMMON_EN = frozenset(
    """
    will grace may hope mark bill rose art jack faith joy dawn summer autumn april june august crystal amber ruby pearl iris ivy lily daisy
    heather holly jasmine violet olive ginger sandy frank grant chase chance guy dean drew duke miles pat rob bob nick peg gene ray jay ken
    don max rich chip buddy sunny penny patience charity mercy victor paris london austin dallas houston jordan israel chad georgia virginia
    carolina florence sydney brooklyn savannah dakota madison lincoln jackson mason hunter carter cooper parker taylor tyler turner baker
    porter tanner sky star destiny harmony melody young king noble long west love harry van gay brown black white green gray grey wood woods
    hill field fields stone rivers lake banks bush day bell ball bird cook cross field fox good hall hand hart hood house land law little
    marsh moon moss page park price reed rice rich rose short singer small snow sharp steel street strong summers swift waters wells wise
    """.split()
)
_ERAS = (("令和", 2018), ("平成", 1988), ("昭和", 1925), ("大正", 1911))
_MONTHS = "january february march april may june july august september october november december".split()
_ISO_DATE = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_MIN_LOCAL_PART = 5


@dataclass(frozen=True, slots=True)
class _Form:
    """One searchable form: a pattern on lower-case NFKC text, and whether a capital must stand at its start."""

    pattern: str = field(repr=False)
    label: str
    needs_capital: bool = False


class KnownValues:
    """Finds the values of one conversation's subjects; a Detector bound to them.

    Holds the values in memory only; its repr shows their number.
    """

    def __init__(
        self, known: Sequence[KnownValue], *, name: str = "known-values", score: float = 0.99
    ) -> None:
        self.name = name
        self._score = score
        forms = sorted(
            {f for value in known for f in _forms(value)}, key=lambda f: (-len(f.pattern), f.pattern)
        )
        self._forms = forms
        self._search = re.compile("|".join(f"({form.pattern})" for form in forms)) if forms else None

    def __repr__(self) -> str:
        return f"KnownValues({len(self._forms)} forms)"

    @property
    def labels(self) -> frozenset[str]:
        """Labels of the values given."""
        return frozenset(form.label for form in self._forms)

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the occurrences in each text, sorted by start."""
        if self._search is None:
            return [[] for _ in texts]
        return [self._detect(text, self._search) for text in texts]

    def _detect(self, text: str, search: re.Pattern[str]) -> list[Span]:
        normal = normalize(text)
        lowered = normal.text.lower()
        if len(lowered) != len(normal.text):
            # A few capitals lower to two characters; offsets matter more than their case.
            lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in normal.text)
        spans = []
        for match in search.finditer(lowered):
            form = self._forms[(match.lastindex or 1) - 1]
            if form.needs_capital and not _capital_inside(normal.text, match.start()):
                continue
            start, end = normal.original(match.start(), match.end())
            spans.append(Span(start, end, form.label, self._score, self.name))
        return spans


def _capital_inside(text: str, start: int) -> bool:
    before = text[:start].rstrip()
    return text[start].isupper() and bool(before) and before[-1] not in ".!?\n"


def _forms(known: KnownValue) -> Iterator[_Form]:
    value = normalize(known.value).text.strip()
    if known.label == "PERSON":
        yield from _person(value)
    elif known.label == "EMAIL_ADDRESS":
        yield from _email(value)
    elif known.label == "PHONE_NUMBER":
        yield from _phone(value)
    elif known.label == "DATE_OF_BIRTH":
        yield from _date(value)
    elif len(value) >= (4 if value.isdigit() else 2):
        yield _Form(_bounded(_spaced(value)), known.label)


def _person(value: str) -> Iterator[_Form]:
    parts = [part for part in re.split(r"[\s・]+", value) if part]
    if len(parts) > 1:
        for order in (parts, parts[::-1]):
            for spelled in _spellings(order):
                yield _Form(_bounded(r"[\s・._-]?".join(map(re.escape, spelled))), "PERSON")
    for part in parts:
        for single in _spellings([part]):
            yield from _name_part(single[0])


def _spellings(parts: Sequence[str]) -> Iterator[list[str]]:
    """Yield the parts as written (lower case), and for kana names in the other kana and in romaji."""
    yield [part.lower() for part in parts]
    if all(is_kana(part) for part in parts):
        yield [to_hiragana(part) for part in parts]
        yield [to_katakana(part) for part in parts]
        romaji = [to_romaji(part) for part in parts]
        yield romaji
        yield [part.replace("ou", "o").replace("uu", "u").replace("oo", "o") for part in romaji]


def _name_part(part: str) -> Iterator[_Form]:
    if part.isascii():
        if len(part) >= 3 or (len(part) == 2 and not part.isdigit()):
            common = part in _COMMON_EN or len(part) == 2
            yield _Form(_bounded(re.escape(part)), "PERSON", needs_capital=common)
    elif len(part) == 1 or part in _COMMON_JA or (len(part) == 2 and is_kana(part)):
        yield _Form(re.escape(part) + _PERSON_CUE, "PERSON")
    else:
        yield _Form(_bounded(re.escape(part)), "PERSON")


def _email(value: str) -> Iterator[_Form]:
    lowered = value.lower()
    yield _Form(_bounded(re.escape(lowered)), "EMAIL_ADDRESS")
    local = lowered.split("@", 1)[0]
    if len(local) >= _MIN_LOCAL_PART:
        yield _Form(_bounded(re.escape(local)), "USERNAME")


def _phone(value: str) -> Iterator[_Form]:
    digits = "".join(c for c in value if c.isdigit())
    if len(digits) < 7:
        return
    if value.startswith("+81") and digits.startswith("81"):
        digits = "0" + digits[2:].lstrip("0")
    national = _GAP.join(digits[1:]) if digits.startswith("0") else _GAP.join(digits)
    prefix = (
        rf"(?:\+?81{_GAP}(?:\(?0\)?{_GAP})?|0{_GAP})"
        if digits.startswith("0")
        else r"(?:\+?[0-9]{1,3}[\s-])?"
    )
    yield _Form(rf"(?<![0-9])[(]?{prefix}{national}(?![0-9])", "PHONE_NUMBER")


def _date(value: str) -> Iterator[_Form]:
    found = _ISO_DATE.match(value)
    if not found:
        return
    try:
        date = datetime.date(*(int(part) for part in found.groups()))
    except ValueError:
        return
    for pattern in _date_patterns(date):
        yield _Form(rf"(?<![0-9]){pattern}(?![0-9])", "DATE_OF_BIRTH")


def _date_patterns(date: datetime.date) -> Iterator[str]:
    y, m, d = str(date.year), f"0?{date.month}", f"0?{date.day}"
    short = f"(?:{y}|'?{y[2:]})"
    name = f"(?:{_MONTHS[date.month - 1]}|{_MONTHS[date.month - 1][:3]}\\.?)"
    ordinal = f"{d}(?:st|nd|rd|th)?"
    yield rf"{y}\s?[-/.年]\s?{m}\s?[-/.月]\s?{d}日?"
    yield rf"{y}{date.month:02d}{date.day:02d}"
    yield rf"{m}[-/.]{d}[-/.]{short}"
    yield rf"{d}[-/.]{m}[-/.]{short}"
    yield rf"{m}月\s?{d}日"
    yield rf"{name}\s{ordinal}(?:,?\s{short})?"
    yield rf"{ordinal}\s(?:of\s)?{name}(?:,?\s{short})?"
    for era, offset in _ERAS:
        if date.year > offset:
            yield rf"{era}\s?{date.year - offset}年\s?{m}月\s?{d}日"
            break


def _spaced(value: str) -> str:
    return r"\s?".join(re.escape(part) for part in value.lower().split())


def _bounded(pattern: str) -> str:
    """Keep a form from starting or ending inside a longer word of its own script."""
    first, last = pattern[1] if pattern[0] == "\\" else pattern[0], pattern[-1]
    return _edge(first, ahead=False) + pattern + _edge(last, ahead=True)


def _edge(character: str, *, ahead: bool) -> str:
    script = (
        "a-z0-9"
        if character.isascii() and character.isalnum()
        else "ァ-ヴー"
        if "ァ" <= character <= "ヴ"
        else ""
    )
    return "" if not script else f"(?![{script}])" if ahead else f"(?<![{script}])"
