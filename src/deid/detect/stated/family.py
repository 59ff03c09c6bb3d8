"""Families: ``married``, ``single``, ``divorced``, ``widowed``, ``engaged``, ``children:2``, ``siblings:0``.

``children:some`` and ``siblings:some`` leave the number open.
"""

import re
from collections.abc import Callable, Iterable

from deid.detect.stated.claims import fragment_en, speaker_en, speaker_ja
from deid.detect.stated.numerals import ONES
from deid.detect.stated.rules import Reading, Rule, constant

_I_BE = r"(?:\bi ?['’]?m|\bi am|(?<![a-z])im|\bwe['’]re|\bwe are|\bi['’]ve been|\bwe['’]ve been)"
_ADVERBS = r"(?:(?:also|actually|still|now|currently|just|basically|technically|literally|happily|newly|recently|freshly|legally|proudly|proud|very|so|again|already|officially|finally|blissfully|unhappily|a|an|the|[0-9]{2}|[a-z]+ly) )*"
_N = r"(?P<n>[0-9]{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twins|triplets|no|zero)"
_ADJECTIVES = r"(?:(?:beautiful|lovely|older|younger|little|big|small|young|grown|adult|amazing|wonderful|teenage|half|full|step|twin|baby|annoying|crazy|grown-up|kid|more) )*"
_KIDS = r"(?:kids?|children|child|sons?|daughters?|little ones|babies|baby|toddlers?|teens|teenagers?|boys|girls|kiddos?|kiddies)"
_SIBLINGS = r"(?:brothers?|sisters?|siblings?)"
_NUMBERS = {word: number for number, word in enumerate(ONES[:11])} | {"no": 0}
_MULTIPLES = {"twins": 2, "triplets": 3}
_HAVE = r"\b(?:i|we)(?:['’]ve| have|['’]ve got| have got| got| also have| now have| do have)?"
_MARRIED_TO = r"(?! to (?:my (?:work|job|phone|game|couch|bed|career)|the (?:job|game|sea|grind)|an? (?:dragon|vampire))| couple| people| men| women| life in)"

_EN: tuple[tuple[str, str, bool], ...] = (
    ("married", rf"{_I_BE} {_ADVERBS}(?:[a-z]+ )?married\b{_MARRIED_TO}", False),
    ("married", r"\b(?:i|we) (?:just |finally |recently )?(?:got|get) married\b(?! (?:someday|one day|if))", False),
    ("married", rf"{_HAVE} a (?:wonderful |loving |great )?(?:husband|wife)\b", False),
    ("married", r"\b(?:just |happily |newly )?married(?: for| with| since| mom| dad| father| mother|,| \d+ years|, \d| [0-9]+ years)|\bnewlyweds?\b", True),
    ("single", rf"{_I_BE} {_ADVERBS}(?:single|unmarried|a bachelor(?:ette)?)\b(?![- ](?:handed|minded|most|player|use|digit|person))", False),
    ("single", rf"{_I_BE} not (?:even )?married\b|\bi never (?:got )?married\b|\bi['’]ve never been married\b", False),
    ("single", r"\b(?:single (?:mom|mum|mother|dad|father|parent|and |af\b)|never (?:been )?married\b)", True),
    ("single", rf"{_I_BE} {_ADVERBS}single (?:mom|mum|mother|dad|father|parent)", False),
    ("divorced", rf"{_I_BE} {_ADVERBS}(?:divorced|separated|a divorcee|getting (?:a )?divorced?|going through a (?:[a-z]+ )?divorce)\b", False),
    ("divorced", r"\bi (?:just |finally |recently )?(?:got (?:a )?divorced?|divorced (?:him|her|my)|left my (?:husband|wife))\b", False),
    ("divorced", r"\b(?:going through a (?:[a-z]+ )?divorce|(?:recently |newly |just )?(?:separated from my|divorced (?:from|since|for|with|dad|mom|mum|twice|and))|divorcee)\b", True),
    ("widowed", rf"(?:{_I_BE} {_ADVERBS}|as an? (?:[0-9a-z-]+ ){{0,3}})(?:widow(?:er|ed)?)\b", False),
    ("widowed", r"\bmy (?:late )?(?:husband|wife) (?:passed(?: away)?|died)\b|\bi lost my (?:husband|wife)\b|\bmy late (?:husband|wife)\b", False),
    ("engaged", rf"(?:{_I_BE} {_ADVERBS}|\b(?:we|i) (?:just |finally )?got |\bjust got )engaged\b(?! (?:in|with|by))", False),
    ("children:0", rf"(?:\b(?:i|we)|\bmy (?:wife|husband|partner) and i) (?:don['’]?t|do not|never) (?:have|had) (?:any )?(?:kids|children)\b|{_I_BE} (?:childless|child ?free)\b", False),
    ("children:0", r"\b(?:no kids|no children|childless|child ?free)\b(?! (?:allowed|menu|under|should))", True),
    ("children:some", rf"{_HAVE} (?:my |our )?{_ADJECTIVES}(?:kids|children)\b(?! (?:menu|meal|clothes|books))|\b(?:my|our|the) kids (?:have |all )?moved out\b|{_I_BE} {_ADVERBS}(?:single )?(?:mom|mum|mother|dad|father|parent)\b(?! (?:of|to)\b)", False),
    ("children:some", r"\b(?:kids moved out|single (?:mom|mum|mother|dad|father|parent)\b(?! of))", True),
    ("siblings:0", rf"(?:{_I_BE} {_ADVERBS}|as |being )(?:an )?only (?:child|kid)\b|\bi (?:don['’]?t have|have no|never had) (?:any )?siblings\b", False),
    ("siblings:0", r"\b(?:only (?:child|kid) here|no siblings)\b", True),
    ("siblings:some", rf"{_I_BE} {_ADVERBS}(?:an? )?(?:identical |fraternal )?(?:twin|triplet)\b(?!-| (?:flame|bed|peaks))|{_HAVE} (?:an? )?(?:identical |fraternal )?twin (?:sister|brother)?", False),
)  # fmt: skip
_LISTED = {
    "married": "married",
    "single": "single|unmarried",
    "divorced": "divorced|separated",
    "widowed": "widowed",
    "engaged": "engaged",
}
_COUNTS_EN: tuple[tuple[str, str, bool], ...] = (
    ("children", rf"\b(?:(?:proud|tired|busy|happy|single|exhausted|boy|girl|new) )?(?:mom|mum|mother|dad|father|parents?|mama|papa|daddy|mommy) (?:of|to) {_N}\b(?! (?:cats?|dogs?|goldens?|pets?|puppies))", True),
    ("children", rf"{_I_BE} {_ADVERBS}(?:[a-z-]+ ){{0,5}}?(?:mom|mum|mother|dad|father|parents?|mama|papa) (?:of|to) {_N}(?: (?:{_ADJECTIVES}{_KIDS}))?(?! (?:cats?|dogs?|pets?))\b", False),
    ("children", rf"{_HAVE} {_N} {_ADJECTIVES}{_KIDS}\b", False),
    ("children", rf"{_I_BE} [^.!?]{{0,40}}\bwith {_N} {_ADJECTIVES}{_KIDS}\b", False),
    ("children", rf"\b(?:have|got|raising) {_N} {_ADJECTIVES}{_KIDS}\b", True),
    ("siblings", rf"{_HAVE} {_N} {_ADJECTIVES}{_SIBLINGS}\b(?! in christ)", False),
    ("siblings-of", rf"{_I_BE} {_ADVERBS}(?:the )?(?:oldest|youngest|eldest|middle(?: child)?|baby|first|second|third|last) (?:child |kid |one )?(?:of|out of) {_N}\b(?! (?:us|them|the (?:team|group)))", False),
)  # fmt: skip

_DIGIT_JA = r"(?P<n>[0-9]{1,2}|[一二三四五六七八九])"
_BE_JA = r"(?:です|だ(?!った|ろう|と(?!思)|から(?:離婚|別れ)たい)|だけど|なので|なん(?:です|だ|で|や)|で[、。す]|や(?:で|ねん|けど)|っす|、|。|！|!|$|の(?!上司|男性|女性|人|友|姉|兄|先輩|叔|息子|娘)|ですが|ですけど|貴族(?:です|を|だ)|者(?:です|だ(?!よ)|なの)|って(?:言|感)|生活|さんです)"
_JA: tuple[tuple[str, str], ...] = (
    ("married", rf"(?:既婚(?:者)?|新婚(?:さん)?|妻帯者){_BE_JA}"),
    ("married", r"(?:結婚|入籍)(?:を)?し(?:ました|たばかり|て(?:い)?(?:ます|る(?!の|人|なら|か))|て[0-9一二三四五六七八九十]+年(?!後|目に)|て(?:から)?(?:もう)?[0-9]+|た(?!い|ら|ん(?:だって|でしょ)|人|の(?:は|が|って)|って|友|ばっかの|ほう|子|っけ))"),
    ("married", r"(?:妻|嫁|嫁さん|奥さん|夫|旦那|旦那さん|主人)(?:と(?:娘|息子|子供|子ども|子|犬|猫)(?:[0-9一二三]人)?)?(?:が|も)(?:いる(?!なら|のに|人|か)|います|おります|いて(?!も|ほし|くれ)|おって)"),
    ("married", r"(?:妻|嫁|夫|旦那)と(?:子供|子ども|娘|息子)(?:[0-9一二三]人)?(?:が|と)"),
    ("single", rf"(?:独身|未婚|独り身){_BE_JA}|独身(?:女|男|OL|リーマン|アラ|会社員|サラリーマン|、|$|(?=彼))"),
    ("single", r"(?:シングル(?:マザー|ファザー)|シンママ|母子家庭|父子家庭)(?:です|で(?!育)|だ(?!った)|なん|の(?:母|ママ|私)|を?やっ|歴|、|。|$|や)|結婚(?:は)?(?:して(?:い)?(?:ません|ない)|してへん)|結婚したことな(?:い|く)"),
    ("divorced", rf"(?:バツ(?:イチ|ニ|サン|[1-3一二三])|バツあり|離婚歴あり|×1){_BE_JA}|バツ(?:イチ|ニ)(?:子持ち|独身|の私)"),
    ("divorced", r"(?:離婚|別居)し(?:ました|て(?!も|ほし|くれ|いい|た友|る人)|たばかり|た(?!い|ら|ん|人|の(?:は|が)|って|友|ほう|両親|がっ))|離婚調停中"),
    ("widowed", r"(?:夫|妻|旦那|主人|嫁|家内)(?:に|を|が)(?:先立たれ|亡く(?:し|な(?:り|っ))|他界し|先に逝)|未亡人(?:です|に)|やもめ"),
    ("engaged", r"(?:婚約)し(?:ました|て(?:い)?(?:ます|る)|たばかり|た(?!い|ら|人|って))|婚約者が(?:い|お)|プロポーズされました|婚約中です"),
    ("children:0", r"(?:子供|子ども|こども|子)(?:は|が|も)?(?:いません|いない(?!人|か)|おらん(?!人)|おりません|なし(?!で)|ナシ)|子なし|小梨|DINKS"),
    ("children:some", r"子持ち(?:です|の(?!人|方|女性|男性|友)|で|だ(?!った)|主婦|、|なん)|(?:息子|娘|子供|子ども)(?:も|が)(?:いる(?!なら|人|か|の[?？]|お?家|お?うち|方|ところ|とき|時|と|世帯|ママ|夫婦)|います|おります|おる(?:ん|から|け)|いて(?!も|ほし))|(?:息子|娘)(?:を(?:一人で)?育てて|の子育て)|(?:妻|嫁|夫|旦那)と(?:子供|子ども|娘|息子)が(?:い|お)"),
    ("children:2", r"(?:双子|ふたご)の(?:母|父|ママ|パパ|親)"),
    ("siblings:0", r"(?:一人っ子|ひとりっ子|独りっ子)(?:です|だ(?!った|ろう|と)|なん|なので|だから|で(?!も)|の(?:私|僕|俺)|や(?:から|けど|で)|やから)|(?:兄弟|姉妹|きょうだい)(?:は|が|も)?(?:いません|いない|おらん|おりません)"),
    ("siblings:some", r"(?:私|僕|俺|自分|うち|わたし)(?:は|、|って|も|が)?(?:実は)?(?:双子|三つ子|ふたご)(?:です|なん|だ(?!った)|や|の(?:姉|妹|兄|弟|片))"),
)  # fmt: skip
_COUNTS_JA: tuple[tuple[str, str], ...] = (
    ("children", rf"{_DIGIT_JA}(?:児|人の子(?:供|ども)?|人の子供|男[0-9一二三]女)の(?:母|父|ママ|パパ|親|シングル)"),
    ("children", rf"(?:子供|子ども|こども|子|娘|息子|チビ)(?:が|は|も)?{_DIGIT_JA}人(?:いる(?!なら|人|と|か)|います|おります|いて|おって|おる|です|、|。|$|の(?:母|父|親)|育て|もいる)"),
    ("siblings", rf"(?:弟|妹|姉|兄|兄弟|姉妹|きょうだい)(?:が|は|も)?{_DIGIT_JA}人(?:いる(?!なら|人|と|か)|います|おります|いて|おって|おる|です|、|。|$)"),
    ("siblings-of", rf"{_DIGIT_JA}人(?:兄弟|姉妹|きょうだい|兄妹|姉弟)(?:の(?:末|長|真|次|三|一番|上|下|中|私|僕)|です|で[、。]|だ(?!った)|なん)"),
)  # fmt: skip


def rules() -> Iterable[Rule]:
    """Return the rules of families."""
    en = r"married|marry|single|unmarried|bachelor|divorc|separated|widow|husband|wife|engaged|kids?|child|newlywed|(?:mom|mum|mother|dad|father|parents?|mama|papa) (?:of|to)|\b(?:son|daughter|baby|toddler)|brother|sister|sibling|\btwin|triplet|(?:of|out of) (?:two|three|four|five|six|seven|eight)|i['’]?m (?:[a-z0-9]+ )*(?:mom|mum|mother|dad|father|parent)"
    ja = "既婚|新婚|結婚|入籍|妻|嫁|奥さん|夫|旦那|主人|独身|未婚|独り身|シング|シンママ|家庭|バツ|×1|離婚|別居|未亡人|やもめ|婚約|プロポーズ|子供|子ども|こども|子なし|小梨|DINKS|子持ち|息子|娘|双子|ふたご|三つ子|一人っ子|ひとりっ子|独りっ子|兄弟|姉妹|きょうだい|兄妹|姉弟|弟|妹|姉|兄|児の|人の子|チビ|子(?:が|は)"
    for value, regex, fragment in _EN:
        claims = fragment_en if fragment else speaker_en
        yield Rule("FAMILY", en, re.compile(regex, re.IGNORECASE), constant(value), claims)
    for what, regex, fragment in _COUNTS_EN:
        claims = fragment_en if fragment else speaker_en
        yield Rule("FAMILY", en, re.compile(regex, re.IGNORECASE), _count(what), claims)
    for value, words in _LISTED.items():
        listed = (
            rf"(?:^|[:,] |\b)(?:[1-9][0-9](?: ?(?:[mf]|yo|years old))?,? (?:and )?)(?P<v>{words})(?=[,.]|$)"
        )
        yield Rule("FAMILY", en, re.compile(listed, re.IGNORECASE), constant(value), speaker_en)
    for value, regex in _JA:
        yield Rule("FAMILY", ja, re.compile(regex), constant(value), speaker_ja)
    for what, regex in _COUNTS_JA:
        yield Rule("FAMILY", ja, re.compile(regex), _count(what), speaker_ja)


def _count(what: str) -> Callable[[re.Match[str]], Iterable[Reading]]:
    def read(match: re.Match[str]) -> Iterable[Reading]:
        number = _number(match["n"].lower())
        if what == "siblings-of":
            return (_told("siblings", None if number is None else number - 1, match),)
        return (_told(what, number, match),)

    return read


def _told(what: str, number: int | None, match: re.Match[str]) -> Reading:
    return (f"{what}:{'some' if number is None else number}", *match.span())


def _number(word: str) -> int | None:
    """Return how many, None where it is left open: «a son» may have siblings."""
    if word in {"a", "an"}:
        return None
    if word in _MULTIPLES:
        return _MULTIPLES[word]
    if word.isascii():
        return int(word) if word.isdigit() else _NUMBERS[word]
    return "一二三四五六七八九".index(word) + 1
