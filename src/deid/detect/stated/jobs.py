"""Occupations: «I'm a nurse on nights», «i drive trucks for a living», «しがない営業マンです»."""

import re
from collections.abc import Iterable

from deid.detect.stated.claims import fragment_en, own_en, own_ja, speaker_en
from deid.detect.stated.relations import MY_KIN
from deid.detect.stated.rules import Reading, Rule, alternatives, constant, trigger_ja
from deid.detect.stated.vocabulary import OCCUPATIONS

_I_BE = r"(?:\bi ?['’]?m|\bi am|(?<![a-z])im|\bi['’]ve been|\bi have been|\bwe['’]re|\bwe are)"
_ADVERBS = r"(?:(?:also|actually|still|now|currently|just|basically|technically|literally|really|only|both|officially|recently|proudly|happily|working as|today|finally) )*"
_STOP = r"of|the|a|an|to|for|not|no|with|unpaid|fake|virtual|wannabe|aspiring|future|former|ex|fan|like|bit|and|or|but|at|in|on|by|my|your|his|her|their|good|terrible|great|huge|regular|amateur|armchair|honorary|robot|magical|space|is|was|i|from|that|this|these|using|am|are|banned|kinda|mad|running"
_GERUND = "(?!(?:nurs|engineer|practi[cs]|work|consult|market|danc|bank|bartend|wed|voice)[a-z]*)[a-z]+ing"
_QUALIFIERS = rf"(?:(?!(?:{_STOP}|{_GERUND})\b)[a-z0-9'’-]+ ){{0,4}}?"
# «rn» is «right now» more often than a registered nurse, and «an RN» never is.
_OCC = rf"(?P<v>{alternatives(OCCUPATIONS.en)}|(?<=\ban )(?:rn|lpn))(?![\w-])(?!['’]s? )"
_NOT_NEXT = r"(?! (?:at heart|in disguise|in training|wannabe|discount|users?|loans?|debt|union|shortage|appreciation|of (?:my|the|your|this) (?:group|house|family|friend))\b)"
_AS = (
    rf"(?:\bi(?:['’]ve| have)? {_ADVERBS}(?:work|worked since|working)|\bi['’]?(?:m|ve been| am| have been) {_ADVERBS}working|\bi(?:['’]ve)? (?:just |recently |finally )?(?:got|was|been) (?:hired|employed|promoted)|"
    rf"(?:\bi )?make (?:a|my) living|\bstart(?:ed|ing)? (?:my|a) new (?:job|gig|position)|{MY_KIN} {_ADVERBS}works) (?:as|to)"
)
_LEADS = rf"(?:(?:{_I_BE}|{MY_KIN.replace('<kin>', '<kin2>')}(?:['’]s| is| are)) {_ADVERBS}|{_AS} |\bi(?:['’]ve)? (?:just |finally )?bec(?:ame|ome) |\bthey(?:['’]ve)? (?:just )?made me |\bmy (?:day |current |new |main |side )?(?:job|profession|occupation|work) is (?:being |basically |mostly )?)"
_STATED_EN = rf"{_LEADS}(?:(?:an?|the|your|their|one of those) )?{_QUALIFIERS}{_OCC}{_NOT_NEXT}"
_FRAGMENTS_EN = (
    rf"\b(?:as an?|being an?) {_QUALIFIERS}{_OCC}{_NOT_NEXT}",
    rf"\b(?:working|got hired|hired|employed|promoted|started) (?:as|to) (?:(?:an?|the) )?{_QUALIFIERS}{_OCC}",
    rf"\b(?:(?!(?:{_STOP}|this|that|any|every|another|local|my|some)\b)[a-z0-9'’-]+ ){{0,2}}{_OCC}(?: (?:here|by (?:trade|day|profession)|life)\b)",
    rf"\b(?:(?:full|part)[- ]time|freelance|retired|licensed|registered|self[- ]taught|night shift|civil|mechanical|grad|broke|proud|tired|junior|senior) {_OCC}(?=[,.;]| and\b| with\b|$)",
    r"\b(?P<v>unemployed|retired|self[- ]employed|grad student|truck driver|software engineer|housewife)(?= since\b| now\b|[,.]| and\b)",
)
_ALSO_VERBS = frozenset({"営業", "販売", "受付", "通訳", "農業", "経理", "接客業"})
_LISTED_EN = (
    rf"{_I_BE} [1-9][0-9](?: years old| ?yo)?,? (?:and )?(?:an? )?{_QUALIFIERS}{_OCC}{_NOT_NEXT}",
    rf"\bi (?:[a-z]+ ){{1,3}}[^.!?;]{{1,40}} (?:and|but|,) (?:now |currently )?work as (?:an? )?{_QUALIFIERS}{_OCC}",
    rf"(?:\b[1-9][0-9](?: ?[mf])?|\bsingle|\bmarried|\bdivorced|\bwidowed|\b(?:fe)?male), (?:an? )?(?:[a-z-]+ ){{0,2}}{_OCC}(?=[,.]|$| (?:and|from|in|living)\b)",
)
_FIELDS = {
    "accounting": "accountant", "data entry": "office worker", "teaching": "teacher", "nursing": "nurse", "sales": "sales representative", "marketing": "marketing", "hr": "office worker",
    "retail": "shop assistant", "construction": "construction worker", "real estate": "real estate agent", "farming": "farmer", "plumbing": "plumber", "security": "security guard", "tech": "it support",
    "childcare": "childcare worker", "software": "software engineer", "web development": "software engineer", "landscaping": "construction worker", "a warehouse": "warehouse worker", "a factory": "factory worker",
    "an office": "office worker", "a call center": "office worker", "customer service": "office worker", "hospitality": "hotel worker", "law enforcement": "police officer", "finance": "financial adviser",
    "banking": "bank clerk", "journalism": "journalist", "graphic design": "graphic designer", "a kitchen": "cook", "a daycare": "childcare worker", "a library": "librarian", "a pharmacy": "pharmacist",
}  # fmt: skip
_FIELD = rf"(?P<v>{alternatives(_FIELDS)})(?![\w-])"
_WORK_IN = (
    rf"\bi(?:['’]ve| have)? {_ADVERBS}(?:work|worked since|been working) (?:in|at) {_FIELD}",
    rf"\b(?:i['’]?m|i am) {_ADVERBS}(?:working )?in {_FIELD}(?= (?:and|so|but)\b|[,.!;]|$)",
    rf"\bmy (?:day |current |new |main )?job is (?:basically |mostly |just |all )?{_FIELD}",
    rf"\bi do {_FIELD}(?= for\b|[,.!;]|$)",
)
_WORK_IN_FRAGMENT = rf"\bwork(?:ing)? in {_FIELD}(?=[,.!;]|$| and\b| so\b| is\b)"
_OWNED = r"(?:bakery|shop|store|business|company|restaurant|salon|cafe|café|food truck|studio|start-?up|boutique|brewery|agency|bar|pub|gym|b&b|hotel|clinic|barbershop|garage|bookstore|farm stand)"
_VERBS: tuple[tuple[str, str], ...] = (
    ("truck driver", r"drives? (?:a |an |the )?(?:big |semi |long haul )?(?:trucks?|lorry|lorries|semis?|18[- ]wheelers?|big rigs?)\b"),
    ("bus driver", r"drives? (?:a |the )?(?:school |city )?bus(?:es)?\b"),
    ("taxi driver", r"drives? (?:for )?(?:uber|lyft)|drives? a (?:taxi|cab)\b"),
    ("teacher", r"teach(?:es)?\b(?! (?:myself|me|you|him|her|them|us|my (?:dog|cat|kids?|son|daughter|mom|dad|parrot)))(?= [a-z0-9]| for a living)"),
    ("software engineer", r"(?:codes?|programs?|writes? (?:code|software)|builds? (?:websites|apps))(?: for a living| for work| all day| at work|, )"),
    ("plumber", r"(?:do|does) plumbing"),
    ("bartender", r"bartends?\b|tends? bar\b"),
    ("farmer", r"farms? [a-z]+|raises? (?:cattle|sheep|chickens|goats)"),
    ("hairdresser", r"(?:cuts?|styles?|does?) (?:people['’]s )?hair (?:for a living|all day)"),
    ("waiter", r"waits? tables"),
    ("welder", r"welds? (?:for|pipes|all)"),
    ("hotel worker", r"cleans? (?:houses|hotel rooms|offices|rooms)"),
    ("delivery driver", r"delivers? (?:food|packages|pizzas?|mail|for)|doordash\b"),
    ("shop assistant", r"stocks? shelves"),
    ("soldier", r"serves? in the (?:army|navy|marines|air force|military|national guard)"),
    ("business owner", rf"(?:owns?|runs?) (?:a|my own|our|an|my|the) (?:[a-z]+ ){{0,2}}{_OWNED}\b"),
)  # fmt: skip
_I_DO = rf"(?:\bi {_ADVERBS}|{MY_KIN} )"
_STATES: tuple[tuple[str, str, bool], ...] = (
    ("soldier", rf"{_I_BE} {_ADVERBS}in the (?:army|navy|marines|air force|military|national guard)", False),
    ("unemployed", rf"{_I_BE} {_ADVERBS}(?:between jobs|out of (?:a job|work)|jobless)|\bi (?:just |recently )?(?:lost my job|got laid off|was laid off)", False),
    ("unemployed", r"\bbetween jobs\b|\b(?:got )?laid off (?:since|last|in)", True),
    ("teacher", r"\b(?:been |i am |i['’]?m )?teaching (?:[a-z0-9]+ ){0,2}(?:grade|kids|school|kindergarten|preschool|math|english|piano|science|history|music|art|yoga|at)\b", True),
    ("unemployed", rf"{_I_BE} on the dole|\bi don['’]t have a job\b", False),
    ("student", rf"{_I_BE} (?:[a-z]+ ){{0,2}}(?:doing|getting|finishing) (?:a|my) (?:phd|masters|degree|bachelors)\b", False),
)  # fmt: skip

_EDGE_JA = "|".join(
    f"(?<={word})"
    for word in "現役 新人 新米 女性 男性 中堅 若手 専業 兼業 私 僕 俺 自分 当方 現在 今 実家 単身 独身 既婚 歳 才 代".split()
)
_OCC_JA = rf"(?:(?<![一-龥々ァ-ヴーA-Za-zＡ-Ｚ])|{_EDGE_JA})(?P<v>{alternatives(OCCUPATIONS.ja)})"
_PAST_NOT = r"(?!(?:い)?(?:た(?!いと思って)|まし))"
_DOING = rf"(?:の(?:仕事|バイト|アルバイト|パート|お仕事|見習い))?(?:を|は|も)?(?:して{_PAST_NOT}(?:い|お)?(?:ます|る|り|て|と|ん|$|[0-9、。])|しとる|してて|やって{_PAST_NOT}(?:い|お)?(?:ます|る|り|て|と|ん|$|[0-9、。])|やっとる|始め(?:ました|た(?!い|ら))|営んで|しながら|をしつつ|してまして|やらせて)"
_SERVING = rf"として(?:[^。、]{{0,6}})?(?:働いて|勤めて|勤務して|やって){_PAST_NOT}"
_BEING = r"(?:(?:です|っす)(?!か|って|ね[?？])|だ(?:よ|が|けど|から|し(?!た)|わ|もん|ね|って質問|。|！|!|$)|なので|なん(?:です(?!か(?!ら)|よね[?？])|だ(?!って|ろ|と)|で|や)|なのに(?!ね)|であり|でして|や(?:で|ねん|から|けど|し)|じゃけ|やけん|じゃが|なもの|でござい|ですよ)"
_YEARS = r"(?:歴|(?:を)?(?:始めて)?[0-9０-９一二三四五六七八九十]+年(?:目|に|やって))"
_ENUMERATED = r"(?:で[、。す](?!か)|で(?=[0-9二三四]+(?:児|人|歳))|、(?=[0-9]|(?:単|独|既|二|三|[^。]{0,8}(?:住|在住)))|、(?=[^。、]{1,6}$)|。$)"
_JA = (
    rf"{_OCC_JA}(?:{_DOING}|{_SERVING}|{_YEARS})",
    rf"{_OCC_JA}{_BEING}",
    rf"(?:^|[、。 　]|歳|代|は|も|在住の?|才|独身|新米|しがない|一介の|ただの|現役の?){_OCC_JA}(?:{_ENUMERATED}|$)",
    rf"(?:職業|仕事|本業|お仕事)(?:は|：|:|が){_OCC_JA}",
    rf"{_OCC_JA}(?:の(?:母|父|[0-9]{{2}}(?:歳|才)?(?:です|、|$)))",
    rf"{_OCC_JA}に出て(?:い)?(?:ます|る)",
)
_STATES_JA: tuple[tuple[str, str], ...] = (
    ("teacher", rf"(?:小学校|中学校?|高校|大学|塾|学校|予備校|スクール)で(?:[一-龥ァ-ヴー]{{1,6}}を)?教えて{_PAST_NOT}"),
    ("teacher", r"(?:英語|数学|国語|理科|社会|ピアノ|ダンス|ヨガ|書道|日本語|音楽|体育)を教えて(?:い|お)?(?:ます|る(?!人)|り)"),
    ("business owner", r"(?:[一-龥ァ-ヴー]{2,6}(?:屋|店)|カフェ|居酒屋|会社)(?:を)?(?:経営|して|やって|営んで)(?:い|お)?(?:ます|る(?!人|友)|り)"),
    ("retired", r"(?:定年)?退職して(?:から|[0-9]|、|、?今は)|定年退職し(?:ました|た(?!い|ら|人|父|上司))|(?:仕事|会社)を(?:引退|定年)して?(?:から|ました)"),
    ("unemployed", r"(?:仕事|会社)(?:を)?クビになりました|失業(?:中です|しました|保険をもらって)|(?:会社|仕事)を辞めて(?:今は)?(?:無職|求職中|休んで)"),
    ("factory worker", rf"工場で働いて{_PAST_NOT}(?:い|お)?(?:ます|る(?!人)|り)"),
    ("civil servant", rf"(?:市役所|県庁|区役所|役場|役所)(?:で|に)(?:働いて|勤めて|勤務して){_PAST_NOT}|(?:市役所|県庁|区役所|役場|役所)勤務"),
    ("care worker", rf"(?:介護施設|老人ホーム|デイサービス)(?:で|に)(?:働いて|勤めて|勤務して){_PAST_NOT}"),
    ("cook", r"給食(?:を)?作って(?:い|お)?(?:ます|る)"),
    ("part-time worker", rf"(?:で|に)(?:週[0-9一二三四五]で)?(?:バイト|アルバイト|パート)(?:を)?(?:して{_PAST_NOT}(?:い|お)?(?:ます|る|り|と)|しとる)"),
    ("office worker", rf"(?:一般企業|商社|会社|オフィス|メーカー|外資)(?:で|に)(?:働いて|勤めて|勤務して){_PAST_NOT}(?:い|お)?(?:ます|る(?!人)|り)"),
)  # fmt: skip


def rules() -> Iterable[Rule]:
    """Return the rules of occupations."""
    jobs = alternatives(OCCUPATIONS.en)
    near = rf"(?:^|[^a-z])(?:{jobs}|an rn|an lpn)(?:[^a-z]|$)"
    yield Rule("OCCUPATION", near, re.compile(_STATED_EN, re.IGNORECASE), _job, own_en)
    for regex in _LISTED_EN:
        yield Rule("OCCUPATION", near, re.compile(regex, re.IGNORECASE), _job, speaker_en)
    for regex in _FRAGMENTS_EN:
        yield Rule("OCCUPATION", near, re.compile(regex, re.IGNORECASE), _job, fragment_en)
    fields = r"\b(?:work|working|job|i do|im in|i['’]?m in|i am in)\b"
    for regex in _WORK_IN:
        yield Rule("OCCUPATION", fields, re.compile(regex, re.IGNORECASE), _field, speaker_en)
    yield Rule("OCCUPATION", fields, re.compile(_WORK_IN_FRAGMENT, re.IGNORECASE), _field, fragment_en)
    for value, regex in _VERBS:
        pattern = re.compile(_I_DO + f"(?:{regex})", re.IGNORECASE)
        yield Rule(
            "OCCUPATION",
            rf"\b(?:{regex.partition('(?!')[0].rstrip('(?=')})"
            if value != "teacher"
            else r"\bteach(?:es)?\b",
            pattern,
            constant(value),
            own_en,
        )
    for value, regex, fragment in _STATES:
        yield Rule(
            "OCCUPATION",
            r"army|navy|marines|air force|military|national guard|jobs?\b|work|laid off|teaching|dole|phd|masters|degree|bachelors",
            re.compile(regex, re.IGNORECASE),
            constant(value),
            fragment_en if fragment else speaker_en,
        )
    for regex in _JA:
        yield Rule("OCCUPATION", trigger_ja(OCCUPATIONS.ja), re.compile(regex, re.IGNORECASE), _job, own_ja)
    for value, regex in _STATES_JA:
        yield Rule(
            "OCCUPATION",
            "教えて|経営|営んで|屋(?:を)?(?:して|やって)|店(?:を)?(?:して|やって)|カフェ|居酒屋|退職|引退|定年|クビ|失業|辞めて|働いて|勤めて|勤務|給食|バイト|パート",
            re.compile(regex),
            constant(value),
            own_ja,
        )


def _job(match: re.Match[str]) -> Iterable[Reading]:
    surface = match["v"].lower()
    # «営業してるお店» is open and «チケットを販売してます» sells: no jobs.
    if surface in _ALSO_VERBS and match[0][match.end("v") - match.start() :].startswith("し"):
        return
    # «tiny per se» and «ol» are no system engineer and no office lady.
    if surface in {"se", "ol"} and match.string.isascii():
        return
    if surface in {"rn", "lpn"}:
        surface = "nurse"
    value = (
        OCCUPATIONS.en.get(surface.replace("-", " "))
        or OCCUPATIONS.en.get(surface)
        or OCCUPATIONS.ja.get(surface)
    )
    if re.search(r"\bretired\b", match[0], re.IGNORECASE):
        value = "retired"
    if value is not None:
        yield value, *match.span("v")


def _field(match: re.Match[str]) -> Iterable[Reading]:
    yield _FIELDS[match["v"].lower()], *match.span("v")
