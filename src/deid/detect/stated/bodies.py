"""Employers and schools by name. A value is the name as written, NFKC, in lower case."""

import re
import unicodedata
from collections.abc import Iterable

from deid.detect.stated.claims import fragment_en, speaker_en, speaker_ja
from deid.detect.stated.rules import Reading, Rule, alternatives

_ADVERBS = r"(?:(?:also|actually|still|now|currently|just|basically|only|both|officially|recently|mostly) )*"
_I_BE = r"(?:\bi ?['’]?m|\bi am|(?<![a-z])im)"
_CAPITAL = r"(?-i:[A-Z][\w&’'.-]*[\w&])"
_KNOWN = (
    "google amazon walmart starbucks target costco mcdonald's mcdonalds microsoft apple netflix tesla ibm intel oracle nvidia samsung toyota honda sony nintendo fedex ups usps boeing deloitte kpmg pwc disney "
    "meta spotify uber ikea nike tesco sainsbury's asda lidl aldi kroger wendy's subway chipotle petsmart walgreens cvs safeway publix"
).split()
_COMPANY = (
    rf"(?P<v>{_CAPITAL}(?: (?:of |& |and )?{_CAPITAL}){{0,3}}|(?:{'|'.join(map(re.escape, _KNOWN))})\b)"
)
_NO_NAMES = frozenset(
    "bar home office school hospital bank church gym hotel restaurant night work monday tuesday wednesday thursday friday saturday sunday christmas it hr".split()
)
_OCCUPIED = r"(?:[a-z]+ ){0,3}[a-z]+"
_EMPLOYER_EN = (
    rf"\bi(?:['’]ve)? {_ADVERBS}(?:work|worked since|worked|been working)(?: (?:nights|days|part[- ]time|full[- ]time|remotely|downtown))? (?:at|for|with|over at) (?:the )?{_COMPANY}",
    rf"{_I_BE} {_ADVERBS}(?:working|employed|interning) (?:at|for|by|with) (?:the )?{_COMPANY}",
    rf"\b(?:i(?:['’]ve)? )?(?:just |finally )?(?:got|landed|have|took|accepted) (?:a|the|my|an)(?: [a-z]+)? (?:job|position|gig|role|offer) (?:at|with|from) (?:the )?{_COMPANY}",
    rf"{_I_BE} {_ADVERBS}(?:an?|the) {_OCCUPIED} (?:at|for) (?:the )?{_COMPANY}",
    rf"\bmy (?:employer|company|workplace|work)(?: is|['’]s|,|:) {_COMPANY}",
    rf"\bi (?:just |recently )?(?:joined|started (?:at|with|working (?:at|for))) {_COMPANY}",
    rf"\bi (?:do|pull|have) (?:[a-z]+ )?shifts? at {_COMPANY}",
)
_EMPLOYER_FRAGMENTS = (
    rf"\b(?:working|employed|started|work|got hired|hired|got a job|interning) (?:at|for|by|with) (?:the )?{_COMPANY}",
)
_FAMOUS = (
    "ucla nyu mit usc lsu byu ucl lse harvard yale stanford princeton oxford cambridge berkeley columbia cornell dartmouth duke caltech georgetown vanderbilt rutgers purdue ucsd uci ucsb asu fsu unc ubc mcgill "
    "brown juilliard risd virginia tech georgia tech texas a&m notre dame penn state ohio state michigan state arizona state florida state boise state kansas state oregon state iowa state"
)
_TWO_WORDS = re.findall(r"(?:virginia|georgia) tech|texas a&m|notre dame|[a-z]+ state", _FAMOUS)
_SCHOOLS = [*_TWO_WORDS, *(set(_FAMOUS.split()) - {word for name in _TWO_WORDS for word in name.split()})]
_SCHOOL = rf"(?P<v>(?-i:(?:University|College|Institute|School) of (?:the )?{_CAPITAL}(?: {_CAPITAL}){{0,2}}|{_CAPITAL}(?:['’]s)?(?: {_CAPITAL}){{0,3}} (?:University|Uni|College|High School|High|Academy|School|State|Tech|Institute|Polytechnic|Middle School|Elementary))|{alternatives(_SCHOOLS)})(?![\w-])"
_SCHOOL_EN = (
    rf"\bi(?:['’]ve| have|['’]m)? {_ADVERBS}(?:go to|attend(?:ed)?|study at|studied at|went to|graduated from|got into|transferred to|enrolled (?:at|in)|start(?:ed)? at|dropped out of) (?:the )?{_SCHOOL}",
    rf"{_I_BE} {_ADVERBS}(?:an? |the )?(?:[a-z]+ ){{0,3}}(?:at|from|in) (?:the )?{_SCHOOL}(?! (?:station|hospital|street|game|library))",
    rf"\bmy (?:alma mater|school|university|uni|college|high school)(?: is|['’]s|:|,) (?:the )?{_SCHOOL}",
    rf"\b(?:i )?(?:got|did|have|earned|finished) (?:my|a) (?:degree|masters?|master['’]s|bachelors?|phd|ba|bs|mba|doctorate|diploma)(?: in [a-z]+)? (?:at|from) (?:the )?{_SCHOOL}",
)
_SCHOOL_FRAGMENTS = (
    rf"\b(?:(?:currently |still )?(?:enrolled|studying|student|majoring)(?: [a-z]+){{0,3}} (?:at|in)|graduated from|attending|graduate of|alum(?:nus|na)? of|got my degree from|did my [a-z]+ at) (?:the )?{_SCHOOL}",
    rf"\b{_SCHOOL} (?:alum(?:nus|na)?|grad(?:uate)?|student|freshman|sophomore|junior|senior)(?: here|,|\.|$| and)",
)

_KNOWN_JA = (
    "トヨタ 日産 ホンダ スズキ マツダ スバル ソニー パナソニック 日立 東芝 三菱 三菱商事 三菱電機 三井物産 伊藤忠 丸紅 住友商事 楽天 ソフトバンク 任天堂 カプコン コナミ セガ スクエニ 資生堂 花王 ユニクロ ニトリ イオン セブン セブンイレブン ローソン ファミマ "
    "ファミリーマート スタバ スターバックス マック マクドナルド ドトール サイゼ サイゼリヤ ガスト 吉野家 すき家 松屋 ヤマト運輸 ヤマト 佐川急便 佐川 日本郵便 日本航空 全日空 博報堂 電通 リクルート サイバーエージェント メルカリ アマゾン グーグル アップル ディズニー キーエンス ファナック 富士通 無印良品 無印 しまむら 東京電力 関西電力"
).split()
_COMPANY_JA = (
    rf"(?P<v>(?:株式会社|有限会社|合同会社)[一-龥ァ-ヴーぁ-んA-Za-z]{{2,10}}?(?=で|に|の|と|を|です|勤|、|。|$)|[一-龥ァ-ヴーA-Za-z]{{1,8}}(?:株式会社|銀行|商事|電機|製薬|自動車|証券|生命|不動産|建設|工業|製作所|物産|重工|通信|鉄道|航空|化学|食品|百貨店|急便|運輸|電力|ガス|信用金庫)"
    rf"|(?<![A-Za-zァ-ヴー]){alternatives(_KNOWN_JA)}(?![ァ-ヴー])|(?<![A-Za-z])(?:NTT(?:ドコモ|データ|東日本|西日本)?|JR(?:東日本|西日本|東海|九州|北海道|四国)?|ANA|JAL|KDDI|NEC|IBM|JCB|YKK|TBS|NHK|AWS|IHI|DeNA|LINE|GMO|SONY|Google|Amazon|Apple|Microsoft|IKEA|ZOZO|Yahoo|TOTO|JAXA)(?![A-Za-z]))"
)
_PAST_NOT = r"(?!(?:い)?(?:た|まし))"
_EMPLOYER_JA = (
    rf"{_COMPANY_JA}(?:の[一-龥ァ-ヴー]{{1,6}})?(?:で|に)(?:正社員(?:で|として)|派遣で|パートで|[0-9]+年)?(?:働いて|勤めて|勤務して|バイトして|バイトを?して|アルバイトして|パートして|お世話になって|入って[0-9]){_PAST_NOT}",
    rf"{_COMPANY_JA}(?:勤務|勤め)(?!地|先|時間|していた|してた|だった|でした)",
    rf"{_COMPANY_JA}の(?:社員|店員|従業員|正社員|派遣|バイト|人間)(?:です|だ(?!った)|を?(?:し|やっ)て{_PAST_NOT}|で[、。]|なん|やけど|、|。|$)",
    rf"{_COMPANY_JA}(?:に|へ)(?:就職|転職|入社|内定)(?:が決まり|をもらい|し)?(?:ました|た(?!い|かっ|ら)|て(?!い?た))",
    rf"(?:新卒で|中途で|今年|去年|春から){_COMPANY_JA}(?:に|へ)入(?:りました|った(?!ら)|社)",
    rf"(?:勤務先|勤め先|会社|職場|バイト先|就職先)(?:は|が|：|:){_COMPANY_JA}(?:です|だ(?!った)|と(?:いい|申|言い)|っていう|なん|、|。|$|で[、。す])",
    rf"{_COMPANY_JA}で[一-龥ァ-ヴー]{{1,8}}(?:を)?(?:して|やって){_PAST_NOT}(?:い|お)?(?:ます|る|り|て)",
)
_SHORT_JA = (
    "東大 京大 阪大 名大 東北大 九大 北大 一橋 東工大 早稲田 早大 慶應 慶応 上智 明治 青学 立教 中央 法政 同志社 立命館 立命 関学 関大 近大 日大 東洋 駒澤 専修 神戸大 筑波大 千葉大 理科大 東京理科大 早慶 お茶大 芸大 東京藝大 防衛大 獨協 成蹊 学習院"
).split()
_SCHOOL_JA = rf"(?P<v>(?:[一-龥々ヶァ-ヴーA-Za-z]{{1,10}})(?:大学|女子大|高校|高等学校|中学校?|学院|学園|高専|専門学校|短大|小学校)(?!院|生)|(?<![一-龥]){alternatives(_SHORT_JA)}(?!学|工))"
_SCHOOL_STATED_JA = (
    rf"{_SCHOOL_JA}(?:の[一-龥]{{1,6}}(?:学部|学科|科))?(?:に|へ)(?:電車で|自転車で)?(?:通って|在籍して|在学して|行って){_PAST_NOT}",
    rf"{_SCHOOL_JA}(?:の大学院)?(?:に|へ)(?:進み|進学し|入学し|合格し|受かり|編入し)(?:ました|た(?!い|ら|かっ|人|友))",
    rf"{_SCHOOL_JA}(?:の大学院)?に進んだ(?!ら|人|友)",
    rf"{_SCHOOL_JA}(?:[一-龥]{{1,4}}学部)?(?:の)?(?:[1-4１-４一二三四]年(?:生)?|学生|在学中|院生|大学院生|生徒|[1-4]回生)(?!の(?:時|頃|とき))(?:です|だ(?!った)|なん|で[、。す]|、|。|$|やけど|っす)",
    rf"{_SCHOOL_JA}(?:に)?在学中",
    rf"{_SCHOOL_JA}生(?:です|だ(?!った)|なん|、|。|$|の(?:私|俺|僕)|やけど|ですが)",
    rf"{_SCHOOL_JA}(?:の)?(?:出身|卒|OB|OG)(?:者)?(?:です|だ(?!った|から(?:って|と))|なの?で?|ですが|だけど|、|。|$|で[、。す]|なん)",
    rf"{_SCHOOL_JA}(?:の[一-龥]{{1,6}}学部)?を?(?:卒業|中退|出)(?:し(?:ました|た(?!い|ら|人|友|彼|ばっかの)|て)|ました|て(?!た|い))",
    rf"(?:母校|出身校|学校|大学|高校|在籍校)(?:は|が|：|:){_SCHOOL_JA}(?:です|だ(?!った)|なん|で[、。す]|、|。|$|でした)",
)


def rules() -> Iterable[Rule]:
    """Return the rules of employers and schools."""
    work = r"work|employ|job|position|gig|role|offer|company|join|start|shift|hired|intern| (?:at|for) "
    for kind, regexes, claims in (
        ("ORGANIZATION", _EMPLOYER_EN, speaker_en),
        ("ORGANIZATION", _EMPLOYER_FRAGMENTS, fragment_en),
        ("EDUCATION", _SCHOOL_EN, speaker_en),
        ("EDUCATION", _SCHOOL_FRAGMENTS, fragment_en),
    ):
        trigger = (
            work
            if kind == "ORGANIZATION"
            else rf"university|college|institute|school|uni\b|high\b|academy|state|tech\b|polytechnic|(?:^|[^a-z]){alternatives(_SCHOOLS)}"
        )
        for regex in regexes:
            yield Rule(kind, trigger, re.compile(regex, re.IGNORECASE), _named, claims)
    for regex in _EMPLOYER_JA:
        yield Rule(
            "ORGANIZATION",
            "働いて|勤め|勤務|バイト|お世話|社員|店員|従業員|派遣|就職|転職|入社|内定|会社|職場|に入|へ入|で.{1,8}(?:して|やって)|入って",
            re.compile(regex),
            _named,
            speaker_ja,
        )
    for regex in _SCHOOL_STATED_JA:
        yield Rule(
            "EDUCATION",
            f"大学|女子大|高校|高等学校|中学|学院|学園|高専|専門学校|短大|小学校|{alternatives(_SHORT_JA)}",
            re.compile(regex),
            _named,
            speaker_ja,
        )


def _named(match: re.Match[str]) -> Iterable[Reading]:
    surface = unicodedata.normalize("NFKC", match["v"]).lower().rstrip(".,'’")
    if surface not in _NO_NAMES:
        yield surface, *match.span("v")
