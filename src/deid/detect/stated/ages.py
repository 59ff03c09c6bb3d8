"""Ages that no number with a unit states: school years («高2», «8th grader»), «三十路», «19 here», «27にもなって».

A Japanese school year begins in April with pupils who turn 7 in the first year of primary school (School
Education Act, art. 17); grade 1 in the United States is entered at 6, year 1 in England at 5. Of the two ages
its pupils have, a year is taken as the younger: one number bands well, and who may be a minor counts as one.
"""

import re
from collections.abc import Iterator
from functools import cache

from deid.detect.matching.candidates import Candidates, candidates_of
from deid.detect.matching.expressions import prefilter
from deid.types import Span

_JA_FIRST = {
    "小": 6, "小学": 6, "小学校": 6, "中": 12, "中学": 12, "中学校": 12, "高": 15, "高校": 15, "高等学校": 15, "高専": 15,
    "大学": 18, "大": 18, "短大": 18, "専門": 18, "専門学校": 18, "JK": 15, "DK": 15, "JC": 12, "DC": 12,
}  # fmt: skip
_YEARS = {"小": 6, "中": 3, "高": 3, "大": 4, "短": 2, "専": 2, "J": 3, "D": 3}
_JA = re.compile(
    r"(?<![一-龥0-9０-９])(?P<school>小学校?|中学校?|高校|高等学校|大学|短大|専門(?:学校)?|高専|(?<![A-Za-z])[JD][KC](?=[1-3])|[小中高](?=[0-9０-９一二三四五六](?!年(?:前|後|間|振|ぶり)|月|日|時|分|回|人|位|番|円|つ|次|階|枚|件|個|度|倍|割|点|号))|大(?=[1-4１-４一二三四](?:年生|です|だ|の(?:春|夏|秋|冬|時|頃)|$)))"
    r"(?P<year>[1-6１-６一二三四五六])(?:年生?(?!前|後|間|ぶり|振|目|連)|(?![0-9０-９年個月日時分回人位番病]))"
)
_ORDINAL = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
_GRADE = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?:in |an? )(?P<a>[1-9]|1[0-2])(?:st|nd|rd|th)[ -]grade(?:r)?|(?:in|an?) (?P<o>{_ORDINAL})[ -]grade(?:r)?|(?P<b>[1-9]|1[0-2])(?:st|nd|rd|th)[ -]grader|(?P<p>{_ORDINAL})[ -]grader"
    r"|in (?P<y>year (?:[7-9]|1[0-3]))(?= at\b| and\b|[,.!]|$)|(?P<early>hs|high school|college) (?P<d>freshman|soph?o?more|junior|senior)|(?P<c>freshman|soph?o?more|junior|senior)(?: year)? (?:in|at) (?P<school>high school|hs|college|uni(?:versity)?))(?![A-Za-z])",
    re.IGNORECASE,
)
_STARTS = ("a", "o", "b", "p", "y", "early", "c")

_NUMBER_EN = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty)(?:[ -]?(?:one|two|three|four|five|six|seven|eight|nine))?|(?:thir|four|fif|six|seven|eigh|nine)teen"
_I_AM = r"(?<![a-z])(?:i ?['’]?m|i am|(?:ya|ur|your) (?:girl|boy) is)"
_FILLERS = r"(?:(?:literally|only|just|like|basically|already|still|almost|nearly|about|now|actually|turning|legit|fr|currently) )*"
_END = r"(?=\s*(?:$|[.!,:;)~…😀-🙏&]|(?:and|but|so|lol|haha|lmao|n|w/|with|how|why|now|today|btw|rn|this|already|still|idk|tbh|fr|tho|if|because|bc|years young|going on|tmrw|tomorrow|in)\b))"
_NOW = r"(?!was|wanted|had|got|could|went|did|met|left|moved|fell|lost|[a-z]+ed\b)"
_HERE = r"(?:^|(?<=[.!,] ))(?:(?:hi|hey|hello|yo),? )?(?P<v>[1-9][0-9])(?= here(?![A-Za-z]))"
_FRAMES_EN = (
    _HERE,
    r"\bbeen (?:on this (?:planet|earth|rock)|alive|around)(?: for)? (?P<v>[1-9][0-9]) years",
    r"(?<![0-9a-z])(?P<v>[1-9]0s) ?[mf](?![a-z])",
    rf"(?:^|[.!?;:(] ?|(?:\bi|['’]?ve|\bhave|finally|recently|also|lol|hey|hi|yo),? )just (?:hit|turned) (?P<v>[1-9][0-9])(?:{_END}|(?= [^\x00-\x7f]))",
    r"\bmy age[?:]* (?P<v>[1-9][0-9])(?![0-9])",
    rf"\bat (?P<v>[1-9][0-9]),? i(?= {_NOW}[a-z])",
    r"\bat the ripe old age of (?P<v>[1-9][0-9])(?:,| i\b)",
    rf"{_I_AM} {_FILLERS}(?P<v>[1-9][0-9]|{_NUMBER_EN}){_END}",
    r"\bi (?:may|might) be (?P<v>[1-9][0-9])(?=,? (?:but|and)\b)",
    r"(?:^|[.!,] )(?:pushing|nearing|approaching|nearly|almost) (?P<v>[1-9][0-9])(?= and\b| here\b|[,.!]|$)",
    r"(?:^|^about me:? |^me: |^bio: |^just an? [a-z]+, )(?P<v>[1-9][0-9])(?=, [a-z])",
    r"(?:^|[.!,] )age:? (?P<v>[1-9][0-9])(?=[,.!]|$)",
    r"\b(?:watashi|boku|ore) wa (?P<v>[1-9][0-9])(?![0-9])",
    r"\bas an? (?:woman|man|person|guy|girl|lady|dad|mom) of (?P<v>[1-9][0-9])(?![0-9%])",
    r"\b(?:just had|celebrat(?:ed|ing|e)|today is|today['’]s|tomorrow is|tomorrow['’]s|it['’]?s) my (?P<v>[1-9][0-9])(?=(?:st|nd|rd|th) (?:birthday|bday|b-day))",
    r"(?:^|[.!,] |\bi )(?:will be|turn|i['’]ll be) (?P<v>[1-9][0-9]) (?=(?:in (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|next|tomorrow|this|today))",
    rf"{_I_AM} (?:still )?a (?P<v>teen(?:ager)?)(?![a-z])",
)
_SOMETHING = r"(?<![a-z0-9])(?P<v>(?:[2-9]0|twenty|thirty|forty|fifty|sixty)[ -]?somethings?)\b"

_I_JA = r"(?:私|わたし|あたし|僕|ぼく|俺|おれ|自分|うち|ウチ|わし|ワシ|ワイ|わい|こちら|当方|年は|年齢は)"
_WHEN_JA = r"(?:(?:もう(?:すぐ|じき)?|まだ|今年で?|ことしで|来年で?|来月で?|今月で?|今日で|今|いま|現在|やっと|とうとう|ついに|実は|えっと|えーと|まもなく|え|こう見えて|気づけば|一応)[、 ]?)*"
_BEFORE_JA = rf"(?:^|[。！!？?♪☆、 　(（]|{_I_JA}(?:は|も|、|って|が|や)?){_WHEN_JA}"
_NUMBER_JA = r"(?P<v>[1-9１-９][0-9０-９]|[二三四五六七八]十[一二三四五六七八九]?|十[一二三四五六七八九])"
_NOT_UNIT = r"(?![0-9０-９年月日時分秒回個円本枚番度点%％㌔kK人階件キ位台万千cCmM-])"
_SAID_JA = (
    r"(?:にもな(?:って|る)|になる(?:ん|の|よ|わ|し|。|$|けど|から)|になり(?:ます|まして)|なん(?:です|だ|で|や|すよ)|なので|なのに|だけど|ですけど|ですが|です(?!か)|だ(?:し|よ|が|から|な|ね|わ|。|$)"
    r"|や(?:し|けど|で|ねん|けん)|っす|じゃ(?!な)|でして|過ぎ(?:てる|てます|まし)|。(?:独身|既婚|無職|会社員|学生|男|女|彼)|、(?:独身|既婚|無職|会社員|学生|男|女|一児|二児|主婦)|の(?:独身|男|女|主婦|会社員|おっさん|おばさん|おじさん|学生|しがない|普通の)|で(?:彼女|彼氏|独身|未婚|無職))"
)
_SIGNED = r"(?<![0-9０-９])(?P<v>[1-9][0-9])(?=[♀♂]|(?:男|女)(?:です|。|、|$))"
_FRAMES_JA = (
    rf"{_BEFORE_JA}{_NUMBER_JA}{_NOT_UNIT} ?(?={_SAID_JA})",
    rf"{_I_JA}(?:は|も|、)?{_WHEN_JA}{_NUMBER_JA}{_NOT_UNIT}(?=になった(?!ら|時|とき|頃)|になりました|、|。|$|に(?:突入))",
    rf"^{_WHEN_JA}{_NUMBER_JA}{_NOT_UNIT}(?=になった(?!ら|時|とき|頃)|になりました)",
    _SIGNED,
    rf"(?:してる|している|やってる|働く|通う){_NUMBER_JA}{_NOT_UNIT}(?=です|だ|歳)",
    r"(?:とうとう|ついに|もうすぐ|私も|俺も|僕も)(?P<v>[3-9]0)(?=の大台)",
)
_FRAMES = tuple(re.compile(regex, re.IGNORECASE) for regex in (*_FRAMES_EN, *_FRAMES_JA))
_WORDS = re.compile(rf"[三四五六七八九]十路|{_SOMETHING}", re.IGNORECASE)
_EVERY = (*_FRAMES, _WORDS, _GRADE, _JA)
_TRIGGERS = {_HERE: "[1-9][0-9] here", _SIGNED: "[1-9][0-9](?:♀|♂|男|女)"}
"""What a text must hold for the frames that say nearly all of it in a look-around, for RE2."""
_CLASSES = ("fres", "soph", "juni", "seni")
_KANJI = str.maketrans("一二三四五六１２３４５６", "123456123456")


def stated_ages(text: str, source: str) -> Iterator[Span]:
    """Yield AGE spans, score 0.75, for what else in a text is an age."""
    for number in _candidates()(text):
        pattern = _EVERY[number]
        for match in pattern.finditer(text):
            if pattern is _WORDS:
                yield Span(*match.span(), "AGE", 0.75, source)
            elif number < len(_FRAMES):
                yield Span(*match.span("v"), "AGE", 0.75, source)
            elif _age_in(match) is not None:
                yield Span(_value_start(match), match.end(), "AGE", 0.75, source)


@cache
def _candidates() -> Candidates:
    """Return what says which expressions a text can hold; built at first use."""
    return candidates_of(age_triggers())


def age_triggers() -> list[str]:
    """Return RE2 expressions, one of which is found wherever an age is stated."""
    return [_TRIGGERS.get(pattern.pattern) or prefilter(pattern.pattern) for pattern in _EVERY]


def says_own_age(text: str, start: int) -> bool:
    """Whether the words around an age that begins at ``start`` can only be said of oneself."""
    return any(start == own for own, _ in _framed(text))


def age_of_grade(surface: str) -> str | None:
    """Return the younger age of a school year; None when the surface names none."""
    match = _JA.match(surface) or next(
        filter(None, (_GRADE.match(lead + surface) for lead in ("", "a ", "in "))), None
    )
    return None if match is None else _age_in(match)


def _framed(text: str) -> Iterator[tuple[int, int]]:
    for number in _candidates()(text):
        if number < len(_FRAMES):
            for match in _FRAMES[number].finditer(text):
                yield match.span("v")


def _value_start(match: re.Match[str]) -> int:
    """Return where the value begins, without «in» or an article."""
    return match.start() if match.re is _JA else min(match.start(g) for g in _STARTS if match[g])


def _age_in(match: re.Match[str]) -> str | None:
    if match.re is _JA:
        school, year = match["school"], int(match["year"].translate(_KANJI))
        return str(_JA_FIRST[school] + year - 1) if year <= _YEARS[school[0]] else None
    if name := match["c"] or match["d"]:
        start = 14 if (match["school"] or match["early"]).lower().startswith("h") else 18
        return str(start + _CLASSES.index(name.lower()[:4]))
    if match["y"]:
        return str(4 + int(match["y"].split()[1]))
    if name := match["o"] or match["p"]:
        return str(6 + _ORDINAL.split("|").index(name.lower()))
    return str(5 + int(match["a"] or match["b"]))
