"""Ages, dates of birth and full calendar dates, in Japanese and English."""

import re

from deid.detect.context import Context
from deid.detect.patterns.parts import GAP
from deid.detect.patterns.pattern import Pattern

_KANJI_NUMBER = "[一二三四五六七八九十〇百]{1,4}"
_MONTH = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_DAY = "(?:[0-3]?[0-9](?:st|nd|rd|th)?)"
_YEAR = "(?:1[89][0-9]{2}|20[0-9]{2})"
_ERA = "(?:明治|大正|昭和|平成|令和|[MTSHR](?=[0-9元.]))[. ]?(?:[0-9]{1,2}|元|[一二三四五六七八九十]{1,3})"
_KN = "[一二三四五六七八九十]{1,3}"
_FULL_JA = (
    rf"(?:{_YEAR}(?: ?\({_ERA}年?\))? ?年|{_ERA}(?: ?\({_YEAR}年?\))? ?年)の? ?(?:[01]?[0-9]|{_KN}) ?月(?: ?(?:[0-3]?[0-9]|{_KN}) ?日)?|{_ERA}[./-][0-9]{{1,2}}[./-][0-9]{{1,2}}"
    r"|[一二〇]{1}[〇九八]{1}[〇一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?"
)
_FULL_NUMERIC = (
    rf"{_YEAR} ?[-./] ?[01]?[0-9] ?[-./] ?[0-3]?[0-9]|[0-3]?[0-9] ?[-./] ?[0-3]?[0-9] ?[-./] ?{_YEAR}"
)
_FULL_EN = (
    rf"(?i:{_MONTH}\.? {{0,2}}{_DAY}(?: ?, ?| {{1,2}}){_YEAR}|{_DAY}(?: of)? ?-?{_MONTH}\.?-? ?,? ?{_YEAR})"
)
_SHORT_YEAR = "[0-3]?[0-9]/[0-3]?[0-9]/[0-9]{2}"
_MONTH_HYPHEN = rf"(?i:[0-3]?[0-9]-{_MONTH}(?:-[0-9]{{2}})?|{_MONTH}-(?:{_YEAR}|[0-3]?[0-9]))(?![A-Za-z]|-)"
_CLOCK = r"(?:[T ] ?[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,9})?)?(?:Z|[+-][01][0-9]:?[0-5][0-9]| ?[AaPp][Mm])?)?"
_MONTH_WORLD = (
    "(?:jan(?:uar|vier|eiro)|f[ée](?:bruar|vrier)|febbraio|febrero|fevereiro|m(?:ärz|aerz|ars|arzo|arço|aart)|a(?:vril|bril|prile)|ma(?:i|yo|ggio|io|j)"
    "|ju(?:ni|in|nio|nho|li|illet|lio|lho)|giugno|luglio|enero|gennaio|august|ao[uû]t|agosto|septemb(?:er|re)|se[tp]tiembre|setembro|settembre|okt(?:ober)?"
    "|oct(?:obre|ubre)|outubro|ottobre|nov(?:embre|iembre|embro)|de(?:z|c)(?:ember|embre|embro)|déc(?:embre)?|dici?embre|dezember|augustus|januari|februari)"
)
_FULL_WORLD = rf"(?i:[0-3]?[0-9](?:er|º|°)?\.? (?:de )?{_MONTH_WORLD}\.?(?: de| del)? {_YEAR})|{_YEAR} ?[년年] ?[01]?[0-9] ?[월月] ?[0-3]?[0-9] ?[일日号號]"
_MONTH_DAY = rf"(?i:{_MONTH}\.? {{1,2}}(?:the )?{_DAY}|(?:the )?{_DAY} (?:of )?{_MONTH})(?![A-Za-z])(?:,? ['’]?[0-9]{{2}}(?![0-9:]))?|(?:[01]?[0-9]|{_KN}) ?月 ?(?:[0-3]?[0-9]|{_KN}) ?日"
_ORDINAL = "(?:(?:twenty|thirty)[- ]?)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
_YEAR_SAID = "(?:(?:nineteen|twenty)[ -](?:hundred|oh[ -][a-z]{3,5}|(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)|two thousand(?:(?: and)? (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))?)(?![a-z])"
_SPOKEN = rf"(?i:(?:the )?{_ORDINAL}(?: of)? {_MONTH}(?![a-z])(?:,? (?:{_YEAR}|{_YEAR_SAID}))?)|[平昭令大][0-9元]{{1,2}}[./年-][0-9]{{1,2}}[./月-][0-9]{{1,2}}日?"
_SHORT = r"[0-3]?[0-9] ?[/.-] ?[0-3]?[0-9](?: ?[/.-] ?(?:'?[0-9]{2}|[0-9]{4}))?"
_COMPACT = r"(?:19|20)[0-9]{2}[01][0-9][0-3][0-9]|[0-9]{2}[01][0-9][0-3][0-9]"
_END = r"(?![0-9]|['’]?s(?![A-Za-z])|年代)"
_ANY_DATE = f"(?P<v>(?:{_FULL_JA}|{_FULL_EN}|{_FULL_WORLD}|{_SPOKEN}|{_FULL_NUMERIC}|{_MONTH_DAY}|{_COMPACT}|{_SHORT}|[0-9]{{2}} ?年の? ?[01]?[0-9] ?月(?: ?[0-3]?[0-9] ?日)?|(?i:{_MONTH}) (?:of )?{_YEAR}|{_ERA} ?年|{_YEAR}年?)){_END}"
_DATE_FIRST = "(?=[0-9一二三四五六七八九十〇明大昭平令MTSHRjfmasondteJFAONDE])"
_GAP = r"(?:[ はがもって、:=→>\-\[()（）「『|/～~]|(?:mon|tues|wednes|thurs|fri|satur|sun)day,?|is|was|on|in|the|是|은|는|it's|its|my|just|['’]s|確か|たしか|たぶん|実は|西暦|毎年|来週の|今月の|来月の|です|だよ|day){0,6}"
_BIRTH_CUE = (
    r"(?:生年月日|誕生日(?!プレ|ケーキ|会|席|カード|パーティ|おめ)|誕プレ|バースデー|たんじょうび|たん生日|生まれ(?:た日|年|[はがを、:】」])|出生(?:日期?|年月日)?|生日|생년월일|생일"
    r"|(?i:(?<![A-Za-z])(?:d\.?o\.?b\.?|date of birth|birth ?date|birth ?day|b-?day|birth|born|née?(?= le| en)|geboren(?= am)?|geburtstag|geb\.|nacid[oa](?= el)?|nací(?= el)?|nat[oa](?= il)|nascid[oa](?= em)?|nasci(?= em)?|geboortedatum|fecha de nacimiento|data di nascita|data de nascimento|date de naissance|geburtsdatum)(?![A-Za-z])(?: (?:le|am|el|il|em|op))?))"
)


def _is_age(surface: str) -> bool:
    number = re.search("[0-9]+", surface)
    return number is None or int(number.group()) < 121


def _valid_date(surface: str) -> bool:
    """Refuse impossible months and days among purely numeric forms, fractions and versions."""
    if re.fullmatch(r"[0-9 ]+[-./][0-9 ]+", surface):
        first, second = (int(part) for part in re.findall("[0-9]+", surface))
        return 1 <= min(first, second) <= 12 and max(first, second) <= 31
    parts = [int(part) for part in re.findall("[0-9]+", surface)]
    if re.fullmatch(r"[0-9]{6}|[0-9]{8}", surface):
        month, day = int(surface[-4:-2]), int(surface[-2:])
        return 1 <= month <= 12 and 1 <= day <= 31
    if len(parts) == 3 and re.fullmatch(r"[0-9 ./-]+", surface):
        small = sorted(part for part in parts if part < 32)
        return len(small) > 1 and 1 <= small[0] <= 12
    return True


_NOT_UNIT = (
    r"(?! ?(?:%|percent|minutes?|mins?|hours?|hrs?|seconds?|secs?|days?|weeks?|wks?|months?|miles?|mi|kms?|kilometers?|meters?|metres?|feet|foot|ft|cm|mm|inch(?:es)?|in(?:ches)?(?= tall)"
    r"|kgs?|kilos?|lbs?|pounds?|stone|st|nd|rd|th|dollars?|bucks|usd|yen|euros?|k|pages?|points?|pts|of|times|steps?|levels?|lvl|stops?|blocks?|floors?|episodes?|chapters?|people|guys"
    r"|or so (?:min|mile)|out of|games?|wins?|subs|followers|degrees|[0-9:/]|\.[0-9]|,[0-9])(?![A-Za-z]))(?![0-9A-Za-z%°$£€:/.'][0-9A-Za-z]|[0-9%°:])"
)
# Lengths, minutes, megabytes, roads and degrees are no age and sex: «20m/s», «swam 50m», «the M62», «fair and 64 F».
_MEASURED = re.compile(
    r"(?<![a-z])(?:in|swam|ran|run|walk|use|every|about|at least|under|takes|lasts?|the) \Z"
    r"|(?:cloudy|sunny|clear|fair|overcast|rain|snow|temp[a-z]*|degrees|highs?|lows?)(?: and| of|:|,)? \Z"
    r"|\A(?: (?:east|west|north|south)bound| at junction|/(?:s|h|min|sec)(?![a-z])| (?:of|ago|each|tall|long|deep|wide|away|high|per|left|free|used|total|ram|swap|memory|sprint|dash|race|pool|freestyle|for ex))",
    re.ASCII | re.IGNORECASE,
)
# Things have an age as well: «the computer is 2 years old».
_OF_THINGS = re.compile(
    r"(?<![a-z])(?<!in the )(?<!in my )(?<!in his )(?<!in her )(?<!on the )(?<!at )(?:car|van|house|home|building|church|bridge|computer|laptop|pc|mac|iphone|phone|box|machine|server|router|printer|tree|bike|tv|console|game|company|kernel|distro|release|version|code|file|bug|post|thread|battery|couch|fridge|sofa|mattress|song|movie|film|book|article|review|study|technology)s?"
    r"(?:['’]s| is| was| are| were)?(?: (?:about|over|only|at least|now|almost|nearly|already|like|just))? \Z",
    re.ASCII | re.IGNORECASE,
)
_NOT_OF_THINGS = Context(None, _OF_THINGS, 0.9, before=36, veto_after=0)
_RELATIVE = (
    r"(?:little |big |older |younger |elder |eldest |youngest |baby |twin |grand)?(?:son|daughter|kid|child|boy|girl|brother|sister|mom|mum|mother|dad|father|husband|wife|boyfriend|girlfriend|bf|gf|partner"
    r"|grandma|grandmother|grandpa|grandfather|aunt|uncle|cousin|niece|nephew|friend|boss|roommate|fiancee?|ex|husband|twins|kids)"
)
_SPEAKER = (
    r"(?:(?:i(?= am| was| will| just| turn|[ ]?['’]?m )|he|she|they|we|(?:my|his|her|our|their) "
    rf"{_RELATIVE}))"
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_WORD_AGE = rf"(?:(?:{_TENS})(?:[- ]?(?:{_ONES}))?|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|{_ONES})"
_DECADE = r"(?:[1-9]0['’]?s|teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)"

PATTERNS = (
    Pattern(
        "AGE",
        "age.ja",
        rf"(?:満|数え)?(?:(?<![0-9])(?<![0-9]\.)[0-9]{{1,3}}(?: ?[-~〜～–ー] ?[0-9]{{1,3}})?|(?<!{_KANJI_NUMBER[:-5]}){_KANJI_NUMBER})(?: ?歳| ?才| ?さい(?!ご|しょ|ころ|たま|きん)|歲|岁)(?:代|未満|以上|以下|半)?",
        accept=_is_age,
        score=0.9,
        trigger="歳|才|さい|歲|岁",
    ),
    Pattern(
        "AGE",
        "age.ja_decade",
        r"(?<![0-9])(?<![0-9][.,])(?:[1-9]0|[一二三四五六七八九]十)代(?!目|金|理|表|わ|替|用|官|々|謝|議|数)(?:の?(?:前半|後半|半ば|なかば|真ん中|中盤))?",
        score=0.8,
        trigger="[0十]代",
    ),
    Pattern(
        "AGE",
        "age.ja_idiom",
        r"二十歳|はたち|ハタチ|アラ(?:サー|フォー|フィフ|還)|還暦|古希|喜寿|傘寿|米寿",
        score=0.7,
    ),
    Pattern(
        "AGE",
        "age.ja_becoming",
        r"(?:今年(?:で|の誕生日で)?|もうすぐ|来年(?:で)?|来月(?:で)?|先月(?:で)?|今度|昨日(?:で)?|今日で|明日で|とうとう|ついに)、?(?P<v>[0-9]{1,3})(?=にな|です|だ(?!か)|を迎え|$|[。、!])",
        accept=_is_age,
        score=0.8,
        digits=1,
    ),
    Pattern(
        "AGE",
        "age.ja_cued",
        r"(?:年齢|歳は|(?<![今去来毎昨一本翌近年])年は|とし(?=は|:)|齢|トシ)(?:は|が|:|、|って|=|も| ){0,3}(?P<v>[0-9]{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?)(?![0-9年月日時分円%回個人/.:])",
        accept=_is_age,
        score=0.8,
    ),
    Pattern(
        "AGE",
        "age.ja_self",
        r"(?:私|わたし|あたし|僕|ぼく|俺|おれ|ウチ|自分|彼|彼女|今|いま)(?:は|、|も|って)?(?:今|いま|もう|まだ)?(?P<v>[1-9][0-9])(?=です|だよ|だけど|だし|なん(?:だ|で)|だ[。!]|$|[、。!]|の(?:女|男|社会人|大学生|主婦|会社員))",
        accept=_is_age,
        score=0.5,
        digits=2,
    ),
    Pattern(
        "AGE",
        "age.romaji",
        r"(?i:(?<![0-9A-Za-z])[1-9][0-9]? ?sai(?![a-z]))",
        score=0.7,
        digits=1,
    ),
    Pattern(
        "AGE",
        "age.en_years",
        r"(?i:(?<![0-9A-Za-z,$])(?<![0-9]\.)[0-9]{1,3}(?: ?(?:-|–|to) ?[0-9]{1,3})?[ -]{0,2}(?:(?:yrs?|years?)[ -]{0,2}(?:old|of age|young)|y/?\.?o\.?(?![a-z])|yrs? ?old|year ?olds?)(?! (?:laptop|phone|car|pc|computer|house|bug|code|file|thread|post|video|game|tv|server|build|whisky|whiskey|wine|repo|project|company|tree|machine|bike|building|version)))",
        accept=_is_age,
        context=_NOT_OF_THINGS,
        score=0.9,
        digits=1,
    ),
    Pattern(
        "AGE",
        "age.en_words",
        rf"(?i:(?<![A-Za-z]){_WORD_AGE}[- ](?:yrs?|years?)[- ](?:old|of age|young))",
        context=_NOT_OF_THINGS,
        score=0.9,
    ),
    Pattern(
        "AGE",
        "age.en_subject",
        rf"(?i:(?<![A-Za-z]){_SPEAKER}(?: ?['’]?m|['’]?s|['’]re| am| is| are| was| were|'ll be| will be| just turned| turned| turn| am turning)(?: only| just| already| now| about| like| turning| almost| nearly| currently| actually| a)? )(?P<v>[1-9][0-9]|10[0-9]){_NOT_UNIT}",
        score=0.8,
        digits=2,
    ),
    Pattern(
        "AGE",
        "age.en_child",
        rf"(?i:(?<![A-Za-z]){_SPEAKER}(?: ?['’]?m|['’]?s|['’]re| am| is| are| was| were| just turned| turned)(?: only| just| already| now| almost)? )(?P<v>[1-9])(?=$|[.!?,;)]|(?: and| but| now| yo| today| next| this| in (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))(?!\.[0-9]|,[0-9])",
        score=0.7,
        digits=1,
    ),
    Pattern(
        "AGE",
        "age.en_word_subject",
        rf"(?i:(?<![A-Za-z]){_SPEAKER}(?: ?['’]?m|['’]s| am| is| just turned| turned)(?: only| just| already| now)? (?P<v>(?:{_TENS})(?:[- ]?(?:{_ONES}))?|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen))(?![A-Za-z])(?! (?:percent|minutes|hours|days|weeks|months|miles|dollars|steps|pages|seconds|pounds|times|feet|blocks))",
        score=0.8,
    ),
    Pattern(
        "AGE",
        "age.en_cued",
        rf"(?i:(?<![A-Za-z])(?<![A-Za-z]-)(?:aged?|ages|my age|age is|age of|turn(?:ed|ing|s)?(?= [1-9][0-9](?:[^0-9%:]|$)))(?:[ :=is]{{1,5}}| ?- ?|(?<=aged))(?:only |just )?)(?P<v>0{{0,2}}[1-9][0-9]?(?: ?(?:-|–|to|and) ?[1-9][0-9]?)?|1[01][0-9]){_NOT_UNIT}",
        accept=_is_age,
        score=0.8,
        digits=1,
    ),
    Pattern(
        "AGE",
        "age.en_decade",
        rf"(?i:(?<![A-Za-z])(?:(?:my|his|her|their|your)(?: (?:early|mid|late|mid-to-late|early-to-mid))?[ -]|(?:early|mid|late)[ -])(?P<v>{_DECADE}))(?![A-Za-z0-9])",
        score=0.8,
    ),
    Pattern(
        "AGE",
        "age.en_between",
        r"(?i:(?<![A-Za-z])between (?P<v>[1-9][0-9] and [1-9][0-9])(?= (?:years|yrs)))",
        score=0.8,
        digits=4,
    ),
    Pattern(
        "AGE",
        "age.chat",
        r"(?<![0-9A-Za-z$£€¥#/'’=-])(?<![0-9]\.)(?<![0-9]h )(?:[1-9][0-9] ?/? ?[MFmf](?:tM|tF|tm|tf)?|[MFmf] ?/? ?[1-9][0-9])(?=[)\], /]|$| here|\.(?:$| ))(?<=[0-9A-Za-z])(?! ?[0-9])",
        accept=lambda s: 12 < int(re.sub("[^0-9]", "", s)) < 100,
        context=Context(None, _MEASURED, 0.5, before=20, veto_after=14),
        score=0.5,
        digits=2,
    ),
    Pattern(
        "AGE",
        "age.relative_in_brackets",
        rf"(?i:(?<![A-Za-z])(?:my|our|his|her|their) {_RELATIVE})(?:,? [A-Z][a-z]{{1,14}})?,? ?\((?P<v>[1-9][0-9]?)\)",
        score=0.8,
        digits=1,
        trigger=r"[A-Za-z],? ?\([0-9]{1,2}\)",
    ),
    Pattern(
        "DATE_OF_BIRTH",
        "birth.after_cue",
        rf"{_BIRTH_CUE}{_GAP}{_ANY_DATE}",
        accept=_valid_date,
        score=0.9,
        source="ISO 8601, Era Name Act",
        trigger=_BIRTH_CUE,
    ),
    Pattern(
        "DATE_OF_BIRTH",
        "birth.near_cue",
        rf"{_BIRTH_CUE}{GAP}(?<![0-9])(?P<v>{_FULL_JA}|{_FULL_EN}|{_FULL_NUMERIC}|(?:19|20)[0-9]{{2}}[01][0-9][0-3][0-9]){_END}",
        accept=_valid_date,
        score=0.8,
        source="ISO 8601, Era Name Act",
        trigger=_BIRTH_CUE,
    ),
    Pattern(
        "DATE_OF_BIRTH",
        "birth.before_cue",
        rf"{_DATE_FIRST}(?<![0-9])(?<![0-9][-./]){_ANY_DATE}(?: ?(?:に|が|の|は|で|産まれ|、|\(|-|is|was|['’]s)){{0,2}} ?(?:(?:娘|息子|長男|長女|次男|次女|三男|三女|子ども|子供|第[一二三1-3]子|孫|妹|弟|双子|赤ちゃん|甥|姪)(?:が|は)|my |his |her |the |私の|僕の|俺の|あたしの|うちの|彼の|彼女の|自分の)?(?:生まれ|うまれ|産まれ|生れ|生(?=[ 、。)」!?\n]|です|$)|誕生(?!日(?:プレ|会|ケーキ|パーティ|席))|バースデー|(?i:geboren|birth ?day(?! (?:party|cake|gift|present))|b-?day|d\.?o\.?b))",
        accept=_valid_date,
        score=0.9,
        source="ISO 8601, Era Name Act",
        trigger="生まれ|うまれ|産まれ|生れ|誕生|生[ 、。)」で!?\n]|生\\z|バースデー|(?i:geboren|birth ?day|b-?day|d[.]?o[.]?b)",
    ),
    Pattern(
        "DATE_OF_BIRTH",
        "birth.year",
        r"(?<![0-9])(?P<v>(?:(?:19|20)?[0-9]{2}|[SHRsh][0-9]{1,2})年?)(?:生まれ|うまれ|産まれ|生れ)",
        score=0.8,
        digits=1,
    ),
    Pattern(
        "DATE_OF_BIRTH",
        "birth.short_year",
        r"(?i:(?<![A-Za-z])born in ['’]?)(?P<v>[0-9]{2})(?![0-9A-Za-z%:/.-])",
        score=0.7,
        digits=2,
    ),
    *(
        Pattern(
            "DATE_TIME",
            name,
            rf"(?<![0-9A-Za-z])(?<![0-9][-./])(?:{form}){_CLOCK}(?![0-9])(?![-./][0-9])(?!-(?:preview|beta|alpha|rc|stable|release|lts)(?![a-z]))",
            accept=_valid_date,
            score=0.4,
            source="ISO 8601, Era Name Act",
            digits=digits,
            trigger=trigger,
        )
        for name, form, digits, trigger in (
            ("date.full_japanese", _FULL_JA, 0, f"年|[治正和成MTSHR][. ]?(?:[0-9]|元|{_KN})[0-9]?[./-]"),
            ("date.full_numeric", _FULL_NUMERIC, 6, ""),
            ("date.full_english", _FULL_EN, 5, f"(?i:{_MONTH})"),
            ("date.short_year", _SHORT_YEAR, 4, ""),
            ("date.month_hyphen", _MONTH_HYPHEN, 1, f"(?i:{_MONTH})"),
        )
    ),
    Pattern(
        "DATE_OF_BIRTH",
        "birth.month_day_digits",
        r"(?:誕生日|バースデー|たんじょうび|(?i:(?<![A-Za-z])(?:birthday|b-?day)))(?:は|が|:| is)? ?(?P<v>[01][0-9][0-3][0-9])(?![0-9年])",
        accept=lambda surface: 1 <= int(surface[:2]) <= 12 and 1 <= int(surface[2:]) <= 31,
        score=0.7,
        digits=4,
    ),
)
