"""What people say they are, by the words around it: places they live at or come from, and ages."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from deid.detect.matching.asking import Asking, asking
from deid.detect.matching.candidates import Candidates, candidates_of
from deid.detect.matching.expressions import prefilter
from deid.detect.names.words import read_words
from deid.detect.stated.ages import age_triggers, stated_ages
from deid.ingest.language import language_of
from deid.types import Span

CITIZENS = {
    "new yorker": "new york", "londoner": "london", "parisian": "paris", "texan": "texas", "californian": "california",
    "floridian": "florida", "bostonian": "boston", "chicagoan": "chicago", "angeleno": "los angeles", "berliner": "berlin",
    "sydneysider": "sydney", "torontonian": "toronto", "hawaiian": "hawaii", "seattleite": "seattle", "oregonian": "oregon",
    "ohioan": "ohio", "georgian": "georgia", "michigander": "michigan", "minnesotan": "minnesota", "mancunian": "manchester",
    "glaswegian": "glasgow", "dubliner": "dublin", "melburnian": "melbourne", "tokyoite": "tokyo", "osakan": "osaka", "都内": "東京",
}  # fmt: skip
"""Words for people of a place, and for a place by its kind: the place, as the gazetteer has it."""
_BEYOND = r"\x{80}-\x{10ffff}"
_CAPITAL = r"(?-i:[^\W\d_a-z][^\W\d_]*(?:[.'’-]*[^\W\d_]+)*)"
_FIRST = r"(?:st\.?|saint|new|san|santa|los|las|el|hong|cape|kuala|tel|salt lake|fort|port|mount|north|south|west|east)"
_EN = re.compile(
    r"(?:\b(?:i|we|she|he|they|you)(?: ?['’]?m| am| ?['’]?re| are| ?['’]?s| is|['’]ve|['’]d| have)? (?:(?:currently|now|still|originally|just|all|actually|recently|both|was|were|been|used to) ){0,2}"
    r"(?:live|lives|lived|living|based|located(?! the )|residing|reside|resides|stay(?= (?:in|at|near|outside|around|over|here|up|down|out) )|staying|stationed|studying(?= (?:in|at|near|over|here|abroad|up|down|out) )|grew up|raised|born|moved|moving|relocated|from|come|came)"
    r"(?: (?:and raised|up|back|over|out|here|down|alone|right|just|with my [a-z]{2,12}))*(?: (?:in|at|to|near|from|outside|around|of))?|\bim (?:originally )?(?:from|in)|\b(?:live|lives|living|lived|born|raised|grew up|based|moved back) (?:in|near|outside|around)|\bborn and raised in|\bmov(?:ed|ing) to"
    r"|\b(?:lives|living|stationed|(?:i|we|they|you|who|people|folks|to|still|all|both) live|(?:i ?['’]?m|i am|we ?['’]?re|we are) based) on(?= (?-i:[A-Z]))|\bthe only [a-z ,-]{3,40}? (?:on|in|at)(?= (?-i:[A-Z]))|\b(?:commute|commuting)(?: (?:in|every day|daily))?(?: to| into)|\b(?:girl|guy|man|woman|dude|boy|lady|mom|dad|old|native|nurse|teacher|student) from|\boriginally from|(?:^|[.!,] )(?:hello|hi|hey|yo|howdy|greetings|love|cheers) from|\b(?:sending|much) love from|\bgreetings from|\b(?:home ?town|home town|home city|birthplace)(?: is|:|['’]s)|\blocation:)"
    r" (?:the |sunny |rainy |snowy |cold |hot |beautiful |good old |downtown |central |upstate |lovely )*"
    rf"(?P<v>(?:{_FIRST} )?(?:{_CAPITAL}(?:,? {_CAPITAL}){{0,3}}|[a-zà-ÿ]{{4,14}})|(?:la|nyc|sf|dc|uk|usa?|uae))(?![^\W\d_])",
    re.IGNORECASE,
)
_JA = re.compile(
    r"([一-龥ァ-ヴーヶA-Za-z]{2,12}?)"
    r"(?=(?:の(?:田舎|郊外|隣|近く|方))?(?:在住|出身|に住ん|に住み|に住む|に在住|で生まれ|生まれ(?:です|で|育ち|、|。|の)|で育|育ち|に引っ越|へ引っ越|に引越|に移住|に越して|住みです|住まい|で一人暮らし|で暮らし|に暮らし|から来まし|から上京))"
    r"|(?:(?<=地元は|実家は|出身は|故郷は|まれは|まいは|在住:|出身:)|(?<=んでるのは|でいるのは))([一-龥ァ-ヴーヶA-Za-z]{2,12}?)(?=です|だよ|だ。|で、|の|。|、|なん|っす|$)"
)
_JA_NEEDS = re.compile(
    "在住|出身|住|生まれ|育|越|暮らし|から来|上京|地元は|実家は|故郷は|まれは|まいは|でるのは|でいるのは"
)
_TOKYO = re.compile(
    "都内(?=在住|住み|住まい|勤務|に(?:住|通|勤)|で(?:働|一人暮らし|暮らし)|の(?:会社|大学|高校|病院|オフィス)(?:に|で)|まで通)"
)
_CITIZEN = re.compile(
    rf"(?:\b(?:i ?['’]?m|i am|im) (?:(?:also|still|a|an|proud|born|true|native|real|actual) )*|\bas an? )(?P<v>{'|'.join(word for word in CITIZENS if word.isascii())})(?![a-z])",
    re.IGNORECASE,
)
_JA_STOP = re.compile(
    r"^(?:今|私|僕|俺|実家|一緒|近く|地元|両親|家族|田舎|都会|海外|同じ|一人|そこ|ここ|どこ|マンション|アパート|寮|社宅|団地|隣|今日|昔|前|別|お互い|県外|国内|地方|郊外|賃貸|平成|昭和|令和|大正|明治|同居|"
    r"現在|最近|普段|本当|以前|数年|最初|去年|来年|今年|仕事|会社|学校|大学(?:$|時代)|学生|結婚|戸建|一軒家|持ち家|実際|自分|友達|友人|母|父|夫|妻|彼|駅|山奥|海沿い|都内|市内|県内|外国|田園|農村|早生|何年|[一二三四五六七八九十]月|[春夏秋冬]|遠方|遠く|.*家庭$|何[年月日時]|国際|放置|.*都市|都心|団地|山間|沿岸|北国|雪国|南国|港町|下町|田園|[A-Za-zァ-ヴー]*パーク|早|遅|先|後|元|新|人)"
)
_EN_STOP = read_words("place_stop_en")
_WITH_ARTICLE = frozenset(
    "uk us usa uae bronx netherlands philippines midwest south north east west coast states maldives bahamas cotswolds highlands"
    " caribbean gambia hague peninsula alps balkans hamptons dales fens borders lowlands outback prairies rockies riviera levant"
    " southwest southeast northwest northeast seychelles czech vatican congo crimea tropics barbican capital mission castro"
    " bay valley gold lake great far deep pacific southern northern eastern western middle greater central panhandle delta".split()
)
"""Small words that are a place, or begin one, behind «the»: all others there are things."""
_IN_ING = frozenset(
    "beijing nanjing reading woking worthing kettering dorking barking epping ealing wapping tring goring darjeeling flushing"
    " spalding patching havering wyoming kunming tooting notting lansing kuching penang sterling taiping"
    " chongqing shaoxing jiaxing anqing jining xining nanning maoming liaoning godalming steyning lancing pickering basing".split()
)


class StatedPlaces:
    """LOCATION after or before words of residence and origin, and AGE where no pattern finds it; score 0.75."""

    name = "stated-places"
    labels = frozenset({"LOCATION", "AGE"})

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the spans of each text, sorted by start."""
        held = _asking()(texts)
        return [
            sorted(set(self._detect(text))) if some else [] for text, some in zip(texts, held, strict=True)
        ]

    def _detect(self, text: str) -> Iterator[Span]:
        yield from stated_ages(text, self.name)
        japanese = language_of(text) == "ja"
        for number in _candidates()(text):
            if number == 0:
                yield from self._english(text)
            elif number == 1:
                for match in _CITIZEN.finditer(text):
                    yield Span(*match.span("v"), "LOCATION", 0.75, self.name)
            elif japanese:
                for match in _TOKYO.finditer(text):
                    yield Span(*match.span(), "LOCATION", 0.75, self.name)
        if japanese and _JA_NEEDS.search(text):
            for match in _JA.finditer(text):
                place = 1 if match[1] else 2
                if not _JA_STOP.match(match[place]):
                    yield Span(*match.span(place), "LOCATION", 0.75, self.name)

    def _english(self, text: str) -> Iterator[Span]:
        for match in _EN.finditer(text):
            surface = match["v"]
            if _is_place(surface.split()[0].strip(",."), text[: match.start("v")]):
                end = match.start("v") + len(surface.rstrip(".,'’-"))
                yield Span(match.start("v"), end, "LOCATION", 0.75, self.name)


def _is_place(word: str, before: str) -> bool:
    """Whether the first word of a place can be one: of small letters, no stop word, gerund or «the» device.

    before : the text up to it.
    """
    if word.lower() in _EN_STOP:
        return False
    if not word.islower():
        return True
    if before.endswith((" the ", "\nthe ")):
        return word in _WITH_ARTICLE
    return not word.endswith("ing") or word in _IN_ING


def _trigger(pattern: re.Pattern[str]) -> str:
    """Return an RE2 expression found wherever a pattern is: to RE2 a letter is of ASCII alone."""
    lettered = pattern.pattern.replace(r"[^\W\d_a-z]", rf"[A-Z{_BEYOND}]").replace(
        r"[^\W\d_]", f"[A-Za-z{_BEYOND}]"
    )
    return prefilter(lettered)


_TRIGGERS = tuple(map(_trigger, (_EN, _CITIZEN, _TOKYO)))


@cache
def _candidates() -> Candidates:
    """Return what says which of three expressions a text can hold; built at first use."""
    return candidates_of(_TRIGGERS)


@cache
def _asking() -> Asking:
    """Return what says which of many texts may state a place or an age; built at first use."""
    return asking((*_TRIGGERS, _JA_NEEDS.pattern, *age_triggers()))
