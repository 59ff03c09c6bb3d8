"""Who a statement is about: whether a speaker says of themself, and of the present, an age or a place.

Statements about others, the past («when I was 16»), wishes, conditions, looks, questions, quotations and
role-play do not count.
"""

import re

from deid.detect.stated.ages import says_own_age
from deid.detect.stated.places import CITIZENS
from deid.detect.stated.sentences import (
    HEAD_JA,
    OTHER_NOUN,
    SELF_JA,
    around,
    asks,
    fiction,
    in_fiction,
    is_japanese,
    last_clause,
    last_sentence,
    of_others,
    opens_question,
)
from deid.types import Span

_NEAR = 60  # characters of context in which an age may be framed
_I = r"(?:\b(?:i|we)(?: ?['’]?m| am| ['’]?re|['’]re| are)|\bim|(?<![a-z])[ıi]['’]m)"
_FILLERS = (
    r"(?:\s*(?:now|only|already|just|almost|nearly|about|around|like|currently|actually|still|also|literally|turning|exactly|basically|a|an|"
    r"female|male|woman|man|guy|girl|single|early|mid|late|to|soon to be|going to be|gonna be|really|sitting at|in|approaching|pushing|aged?|in my|in our)[\s,-]+){0,4}"
)
_AGE_SELF = re.compile(
    rf"(?:{_I}|\bi(?:['’]ve| have)? (?:just |recently |finally |will |['’]ll )?turn(?:ed)?|\bi['’]ll be|\bi will be|\bmy age(?: is|:|['’]s)?|(?:^|[\s,/(])age(?: is|:)|\bme[:,]?|"
    rf"\bas an?|\bbeing(?: an?)?|(?:^|\bbut|,)\W*at|\b(?:we|both of us) are(?: both)? in our|^\W*(?:just|recently|finally) (?:turned|hit)|(?:^|\bme,? )\W*just an?(?: [a-z]+){{0,2}}|\byou['’]?re (?:asking|talking to|speaking to) an?|\bi just hit|\bi hit|\bi['’]m past)\s*{_FILLERS}$",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"\W*(?:(?:hi|hey|hello|yo|sup|hiya|asl|um+|uh|well|oh|so|lol|yeah|yes|yep|haha|just|only|me|mine is|about|almost|around|ok|okay|there|all|everyone|guys|now|it'?s|early|mid|late|about me|bio|a|an|been on this (?:planet|earth|rock) for|been alive|my age|at|pushing|nearing|approaching|watashi wa|boku wa)[\s,!.:?-]*){0,4}",
    re.IGNORECASE,
)
_ALONE_AFTER = re.compile(
    r"\s*(?:$|[.!,/)]|(?:yo|y/o|yrs?|years?(?: old)?)\b\s*(?:$|[.!,/]|male|female|[mf]\b|here|guy|woman|man|girl)|here\b|(?:[mf]|male|female)\b(?:\s*(?:$|[.!,/]|here|from|in\b))|(?-i:[MF])\b|and\b|i\b|lol\b|years and\b|from\b|now\b)",
    re.IGNORECASE,
)
_CHAT_AGE = re.compile(r"[0-9]{2}s? ?/? ?[mf]|[mf] ?/? ?[0-9]{2}", re.IGNORECASE)
_PRONOUN_INSIDE = re.compile(r"(?:i ?['’]?m|i am|im)\b", re.IGNORECASE)
_NOT_NOW = re.compile(
    r"\b(?:when|whenever|if|wish|wishing|until|till|by the time|before|after|suppose|since|as if|as though|almost like|(?:think|thinks|thought|believe|believes|assumed?|assumes|says?|said|telling|tell|told|swear|swore)"
    r" (?:that |me |him |her |them |people |everyone )?(?:i ?['’]?m|i am|im|i was|i)|act(?:ing)? like|feel(?:s|ing)? like|look(?:s|ing)? like|used to|back then|unless|even though)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|never|nowhere near)\b|n['’]t\b", re.IGNORECASE)
OTHER_UNIT_AFTER = re.compile(
    r"[\s-]*(?:(?:years?|yrs?)[\s-]+(?:into|in\b|sober|clean|ago|older|younger|married|apart|deep|experience|away)|weeks?|months?|days?|minutes?|mins?|hours?|hrs?|seconds?|miles?|km|kg|lbs?|pounds|%|percent|"
    r"th\b|st\b|nd\b|rd\b|feet|inches|points?|episodes?|pages?|chapters?|levels?|of (?:them|these|those|us)|on the (?:list|waitlist)|in line|degrees|out of|games?|followers|people|k\b)",
    re.IGNORECASE,
)
_BIRTHDAY = re.compile(r"(?:st|nd|rd|th) b", re.IGNORECASE)
_PLACE_SELF = re.compile(
    rf"(?:(?:{_I}|\b(?:i|we)(?:['’]ve| have)?(?: both| all)?)\s+(?:(?:currently|now|still|originally|just|actually|recently|also|both|only|always|all|was|were|been|personally|usually|mostly|happily|proudly)\s+){{0,3}}"
    r"(?:(?:live|living|based|located|residing|reside|stay|staying|settled|stationed|work|working|study|studying)(?: (?:right|just|alone|downtown|here|outside|near|close|over|out|up|down|with my [a-z]+|with (?:him|her|them)))*(?: (?:in|on|at|near|outside|around|to|by|of))?"
    r"|(?<=ve )(?:lived|been living|been based)(?: here)?(?: in)|(?:grew up|(?:was |were )?(?:born|raised)(?: and (?:raised|bred))?)(?: (?:here|just outside|outside|near|up|over))*(?: (?:in|at|near|outside|around|of))?"
    r"|(?:just |recently |finally )?(?:bought|rent|own|have|got|found)(?: [a-z]+){0,3} (?:house|place|apartment|flat|condo|room|studio|home) in|(?:go to|in|at|attend) (?:school|college|uni|university|grad school) in|(?:emigrated|immigrated|moved here|came here|relocated) from|work(?: remotely| mostly)? (?:from|out of)|(?:commute|commuting)(?: (?:in|every day|daily))?(?: to| into| in)|been in|(?:moved|relocated)(?: (?:here|back|out|over|down|up|away|all the way))*(?: to)"
    r"|(?:from|come from|hail from)(?: (?:around|near|outside|just outside|originally))?|in|over in|out in|up in|down in|here in|back in)"
    r"|\b(?:born and (?:raised|bred)|grew up|just moved|moved here|living|based|originally from|(?:^|(?<=[.!,] ))(?:born|raised)|my family['’]?s? (?:has )?been|my home (?:state|country|city|town|province) is|(?:grew up|raised|raising)(?: [a-z]+){1,4} in|raised (?:me|us) in|living (?:the dream|it up|my best life) in|based (?:out of|in)|spent (?:my|our) (?:whole|entire) (?:life|childhood) in|where i live|(?:greetings|hello|hi|hey|yo|hiya|howdy|cheers|love|hugs|vibes|waving) (?:to you )?from|here in)(?: (?:in|to|near|outside|around))?|\b(?:my )?(?:hometown|home ?town|home city|birthplace|home)(?: is|:|['’]s)(?: in| near)?|\blocation:|"
    r"\b(?:my|our) (?:place|apartment|flat|house|condo|dorm|parents['’]? (?:house|place)|office|school|job|work) is (?:in|near|at)"
    rf"|{_I} (?!.*\b(?:away|far|home|back|fresh|different|straight|safe|free|coming|tired|recovering|hiding|messages?|texts?|emails?|orders?|running|suffering|texting|calling|ordering)\s+from)[^.!?;]{{1,40}}?\b(?<!different )from"
    r"|\b(?:girl|guy|man|woman|dude|boy|lady|mom|dad|yo|year old|[0-9]{2} ?[mf]) from)"
    r"\s+(?:(?:the|a|small|tiny|little|big|town|city|village|suburbs?|outskirts|heart|middle|north|south|east|west|northern|southern|eastern|western|downtown|central|side|part|area|state|countryside|in|of|outside|near|called|upstate|greater|sunny|rainy|good old|good ol['’])\s+){0,6}$",
    re.IGNORECASE,
)
_PLACE_UNREAL = re.compile(
    r"\b(?:if|wish|want|wanna|would|could|might|may|should|used to|never|not|going to|gonna|plan|planning|hope|hoping|dream|dreaming|think(?:ing)? (?:of|about)|considering|almost|when|until|till|unless|whether|before|on vacation|visiting|trip|vacation|flew|travel+ing|holiday|layover|stuck)\b|n['’]t\b|['’]d\b",
    re.IGNORECASE,
)
_STARTED_LIFE = re.compile(r"\b(?:born|raised|grew up|from)\b", re.IGNORECASE)
_VISIT_AFTER = re.compile(
    r"\s*(?:for (?:a |the |my |our )?(?:week(?:end)?s?|few days|days?|vacation|holiday|trip|conference|meeting|wedding|work trip|couple)|on (?:vacation|holiday|business|a trip)|airport|this weekend|until|till|next (?:week|month|year))",
    re.IGNORECASE,
)
_SAID_OF_SELF = re.compile(
    rf"^\W*(?:(?:hi|hey|hello)\W+)?{_I} [^,.]{{1,20}}, (?:and |originally |a [a-z]+ )?from\s+$", re.IGNORECASE
)
_PLACE_OWN_EN = (
    (re.compile(rf"{_I} (?:also |still |just )?an? (?:proud |born |true |small-town |big )*$", re.IGNORECASE), re.compile(r" (?:girl|boy|guy|kid|native|local|resident|gal|lad|lass|transplant)\b(?! band)", re.IGNORECASE)),
    (re.compile(rf"{_I} $", re.IGNORECASE), re.compile(r"[- ](?:based|born)\b", re.IGNORECASE)),
    (re.compile(r"\bi call $", re.IGNORECASE), re.compile(r" (?:my )?home\b", re.IGNORECASE)),
    (re.compile(r"\b(?:been|lived|live) (?:here )?in $", re.IGNORECASE), re.compile(r" (?:(?:for )?(?:my|our) (?:whole|entire) life|all (?:my|our) li(?:fe|ves)|ever since|forever)\b", re.IGNORECASE)),
    (re.compile(r"^\W*(?:up|down|over|out)(?: here)? in $|^\W*(?:just |recently )?(?:moved|relocated) (?:back )?to $", re.IGNORECASE), re.compile(r" (?:we|it|i|the|our|they|everyone|[0-9]|last|for|from|in|and)\b|[,.!]|$", re.IGNORECASE)),
    (re.compile(r"^\W*currently in $", re.IGNORECASE), re.compile(r"")),
)  # fmt: skip
_PLACE_HERE = re.compile(
    r"\s*(?:here\b(?! is)|native(?: here|[,.!]|$)|born and (?:raised|bred)|local here|is (?:where i (?:live|am|grew up|was born)|my (?:home|hometown)|home)\b)",
    re.IGNORECASE,
)
AGE_NOT_AFTER = re.compile(
    r"(?:く|ぐ)?(?:らい)?(?:児|ずつ|位|超え|くらい|ぐらい|頃|ころ|の(?:内|うち|前)|代?より|でも(?!う)|達|たち|の(?:時|とき|頃|ころ|当時|誕生日に)|(?:だった|でした)|で(?:死|亡|結婚|出産|上京|就職|デビュー|入|始|初|独立|離婚|引退|逝|他界|家を|渡|留学)|以上|以下|以降|未満|から|まで|前後の|差|上|下|違い|離れ|年上|年下|対象|向け|"
    r"なら|だったら|に(?:なったら|なるまで|なる前|なれば|なっても|見え|見られ|見間違|間違|思われ|しか見|戻)|っぽ|のふり|のフリ|の?設定|という設定|では?(?:ない|ありません|なく)|じゃ(?:ない|ありません|なく)|と(?:思われ|言われ|間違)|って(?:思われ|言われ|聞い|設定|言って)|を過ぎたら|過ぎたら|だとし|扱い|料金|未成年|じゃない|(?:と|って)(?:嘘|うそ))"
)
_AGE_OF_OTHERS_AFTER = re.compile(
    r"(?:の|になる|になった|くらいの|ぐらいの)(?:[一-龥ァ-ヴー]{0,3})(?:男|女|人|子|息子|娘|犬|猫|母|父|妹|弟|姉|兄|夫|妻|彼|友|先輩|後輩|上司|甥|姪|孫|歌手|俳優|選手|おじ|おば|方|客)"
)
_AGE_OWN_AFTER = re.compile(
    r"(?:の|・|、)?(?:普通の|ただの|独身の?|しがない|専業|兼業|社会人)*(?:男(?:性)?|おばちゃん|おじちゃん|じじい|ばばあ|ジジイ|ババア|バツイチ|OLさん|サラリーマン|オタク|保育士|教師|一人暮らし|[二三四]児の[父母]|女(?:性|子)?|主婦|会社員|OL|ＯＬ|学生|大学生|高校生|社会人|独身|一児の母|母|父|ママ|パパ|おじさん|おっさん|おばさん|フリーター|無職|看護師|既婚|人間|者)(?:です|だ(?!った|け)|で、|で$|。|！|!|$|、|・|なん|っす|やっ|や|になり|と申|w|笑)"
)
_AGE_ENDING = re.compile(r"(?:です|だよ|だ(?!け)|で[、。す]|、|。|$|の(?:主婦|会社員|男|女|学生))")
_AGE_SAID = re.compile(
    r"(?:です|だ(?:よ|から|けど|し|が|もん|な|ね|[。!！]|$)|や(?:で|ねん|から|けど|し)|っす|なん(?:です|だ|で)|なの(?:で|に|よ|$|。)|に(?:なり|なった|なっちゃ|突入)|(?:の誕生日)?を迎え|を過ぎて|(?:の|な)?(?:男|女|♀|♂)(?:性)?(?:です|。|、|$)|のお祝いを(?:[^。]{0,8})(?:もら|いただ)|の手習い|で[、。]|独身|"
    r"(?:手前|目前|間近|過ぎ(?:です|て|の)))"
)
_AGE_ALONE = re.compile(
    r"(?![、,・〜~と]\s*(?:[小中高大]|[0-9０-９]))(?:[、。！!]|$|か[、。]|[wｗ笑(（]|\s|で(?![^。、]{0,8}(?:た|まし)))"
)
_ONLY_WHEN = re.compile(
    r"\s*(?:(?:今年?|来年|来月|先週|先月|昨日|今日|明日|もう(?:すぐ)?|まだ|実は|一応|年齢|たった今|とうとう|ついに|早いもので|現在|いま|ちなみに|はじめまして|こんにちは|都内)[はでのもに、]?\s*)*"
)
ASKED_JA = re.compile(
    r"[^。！!\n、]{0,8}(?:[?？]|ですか(?!ら)|ますか(?!ら)|でしょうか|なの[?？]|かな|だっけ|かい)"
)
UNREAL_JA = re.compile(
    r"もし|仮に|たとえば|例えば|見た目(?:は|が)|精神年齢|中身は|肌年齢|血管年齢|心は|気持ちは|気分は|実年齢より|永遠の|妄想|夢の中|平均|人間でい|人間なら|人で言|設定は|あと[0-9０-９]+年で|来世"
)
_ENDING = r"(?:です|や(?:から|けど|し|けん)|じゃけ|じゃが|やけん|だから|だけど|なのに|なので|だよ|だ(?!った)|や(?:で|ねん)|っす|なん|で[、。す]|でし(?:て)|の(?:方|ほう|田舎|隣|近く|端|山|海|中心|郊外|[^一-龥]|$)|。|！|!|$|、|w|笑|になり|に(?:あり|な)|あたり|辺り|らへん|付近|あたりで)"
PLACE_SELF_AFTER = re.compile(
    r"(?:都|道|府|県|市|区|町|村)?(?:の(?:田舎|郊外|端っこ|端|中心部?|方|ほう|隣|近く|外れ|山奥|南|北|東|西|海沿い)+)?(?:あたり|らへん|近辺|周辺|付近|辺り|市内|県内|都内)?"
    rf"(?:在住|住み(?!たい|やす|心地)(?:です|だ|の|。|、|$|で)|の?出身(?:者)?{_ENDING}|に(?:[0-9０-９]+年(?:間|ほど|くらい)?)?(?:住ん(?:で(?!(?:い)?(?:た|まし|ない))|で(?:い)?(?:ます|る))|住み(?:始|つい)|暮らして(?!(?:い)?(?:た|まし)))|で生まれ|生まれ(?:です|で|の|、|育ち|$|。|も)|で育|育ち(?:です|だ|で|の|、|$|。|な)"
    r"|に引(?:っ)?越(?:し(?:て(?!みたい)|た|ま(?:した)?(?!す))|して)|へ引っ越し[たてま]|に越して|に移住し[たてま]|で(?:一人暮らし|ひとり暮らし|同棲|実家暮らし)|で暮らし(?:て(?!(?:い)?(?:た|まし))|ます)|に(?:い(?:ます|る(?!の|か|なら|と|気|らし|よう|はず|って))|おり)|から(?:来(?:まし|た)|参り|やって)|民(?:です|だ|なの|。|$|、|で)|っ子(?:です|だ|な)|(?:県|市|都|府|道)民|で(?:働い(?!て(?:い)?る(?:人|方|友))|勤|仕事をし)|勤務|(?:の(?:大学|高校|会社|学校|職場|専門学校))?に(?:通っ|通勤|通学)|が(?:地元|実家|故郷|出身地?)(?:です|だ|なの|で|の)|住まい|に住まわせて|に来て(?:から)?(?:もう)?[0-9一二三四五六七八九十]+(?:年|ヶ月|か月)|(?:から[^。、]{1,8})?まで(?:通勤|通学|通って)|から[^。、]{1,8}(?:に|へ)(?:通勤|通学|通って)|(?:の[一-龥ぁ-んァ-ヴー]{1,6})?で育(?:ち|った(?!人))"
    r"|で(?:生活|子育て|農業|就職|商売|介護)(?:を)?(?:し(?!た(?:い|ら)|よう)|中)|暮らし(?:です(?!ね)|[0-9一二三四五六七八九十]+年)|(?:に|へ)転勤(?:に|し|で)(?!なるかも|なったら)|から(?:こんばん|こんにち|おはよう|出て(?:き|来)|失礼し)|の出(?:です|で[、。]|や)|市?内(?:で|に)(?:勤|働|住)|の(?:会社|病院|工場|店|企業|支社|役所)(?:に|で)(?:勤|働)|(?:に|が)実家が|に嫁(?:い|ぎ)|に住(?:んど|みよ)|駐在|赴任(?:中|して)|に(?:[UJIＵ]ターン)|の(?:片田舎の|田舎の|普通の)?(?:主婦|会社員|サラリーマン|大学生|高校生|学生|OL|者|男|女|人間|住民)(?:です|だ(?!った|け)|や|なん)|で(?:[一-龥ァ-ヴー]{1,6})(?:を)?(?:して|やって)(?:い)?(?:ます|る(?!人|友)|[0-9]))"
)
PLACE_PAST_AFTER = re.compile(
    r"(?:都|道|府|県|市|区|町|村)?(?:に|で)(?:[^。、]{0,8})(?:住んで|暮らして|働いて|通って|住ん|いて)(?:い)?(?:た(?!い)|まし(?:た))|(?:都|道|府|県|市|区|町|村)?(?:に|で)(?:住み|暮らし)たい|(?:に|で)(?:住ん|暮らし)(?:だ|で(?:み|たら|れば)|たら)"
)
_PLACE_OTHERS_AFTER = re.compile(
    rf"(?:都|道|府|県|市|区|町|村)?(?:出身|在住|生まれ|育ち|に住んで(?:い)?る|住み)の(?:[^。、]{{0,4}})?{OTHER_NOUN}|(?:出身|在住|生まれ|に住んで(?:い)?る)の?(?:人|方|子|作家|バンド|歌手|芸能人|有名人|力士|偉人|友)"
)
_PLACE_SELF_BEFORE = re.compile(
    r"(?:地元|実家|出身(?:地)?|故郷|生まれ(?:も育ちも)?|住まい|住んで(?:い)?る(?:の|ところ|場所|所|街)|居住地|住所|家|自宅|職場|会社|学校|大学|勤務先|在住|拠点|田舎|最寄り(?:駅)?)(?:は|が|:|、|も)(?:ずっと|今|もともと|元々|一応|、|実は)?$|"
    r"(?:住んで(?:い)?る(?:の|ところ|場所|所)は)$"
)
_HERE_JA = re.compile(r"(?:^|[、 ])(?:うち|私|わたし|僕|俺|こっち|こちら|当方)(?:は|が|、)?(?:今(?:は)?)?$")
_HERE_AFTER_JA = re.compile(
    r"(?:都|府|県|市)?(?:は|だから|なので|なんで|やから|やけん|じゃけ|です(?!か|ね[?？])|だよ|なん(?:です|だ))"
)
_PLACE_ENDING = re.compile(rf"(?:都|道|府|県|市|区|町|村)?{_ENDING}")


def states_age(text: str, span: Span, *, child: bool = False) -> bool:
    """Whether the speaker of ``text`` says that the age of ``span`` is theirs now.

    child : whether it is the age of a small child, who seldom is the speaker.
    """
    before, surface, after = around(text, span)
    if in_fiction(before, after):
        return False
    own = says_own_age(text[max(0, span.start - _NEAR) : span.end + _NEAR], min(span.start, _NEAR))
    if is_japanese(before + surface + after):
        if own and not child:
            return not (AGE_NOT_AFTER.match(after) or UNREAL_JA.search(before) or ASKED_JA.match(after))
        return _age_ja(last_sentence(before), surface, after, child=child)
    if own and (_BIRTHDAY.match(after) or not OTHER_UNIT_AFTER.match(after)):
        return not _NOT_NOW.search(last_clause(last_sentence(before)))
    return _age_en(before, surface, after)


def states_place(text: str, span: Span) -> bool:
    """Whether the speaker of ``text`` says that they live at, work at or come from the place of ``span``."""
    before, surface, after = around(text, span)
    if fiction(before):
        return False
    if surface.isascii() and surface.lower() in CITIZENS:
        return not _PLACE_UNREAL.search(last_clause(last_sentence(before)))
    if is_japanese(before + surface + after):
        return _place_ja(last_sentence(before), after)
    return _place_en(before, after)


def _age_en(before: str, surface: str, after: str) -> bool:
    sentence = last_sentence(before)
    if OTHER_UNIT_AFTER.match(after) or after.lstrip().startswith("?"):
        return False
    if opens_question(sentence) and "?" in after[:40]:
        return False
    clause = last_clause(sentence)
    if _PRONOUN_INSIDE.match(surface):
        return not _NOT_NOW.search(clause)
    if _AGE_SELF.search(sentence):
        stated = last_clause(_AGE_SELF.sub("", sentence)) + " " + clause
        return not (_NOT_NOW.search(stated) or _NEGATED.search(clause))
    if not _GREETING.fullmatch(before):
        return (
            bool(re.search(r"[,/(]\s*$", before)) and bool(_CHAT_AGE.fullmatch(surface)) and len(before) < 40
        )
    return bool(_CHAT_AGE.fullmatch(surface) or _ALONE_AFTER.match(after))


def _place_en(before: str, after: str) -> bool:
    sentence = last_sentence(before)
    if _VISIT_AFTER.match(after) or after.lstrip().startswith("?") or asks(sentence, after):
        return False
    if _PLACE_HERE.match(after) and not sentence.strip(" ,'\"-"):
        return True
    if re.fullmatch(
        r"\W*(?:[0-9]{2}\W*[mf]?|[mf]\W*[0-9]{2})\W*(?:[a-z]{2,8}\W+)?(?:from |in )?", before, re.IGNORECASE
    ):
        return True
    found = _PLACE_SELF.search(sentence)
    if not found and any(lead.search(sentence) and rest.match(after) for lead, rest in _PLACE_OWN_EN):
        return not _PLACE_UNREAL.search(last_clause(sentence))
    if not found:
        return bool(_SAID_OF_SELF.match(sentence))
    clause = last_clause(sentence[: found.start()]) + found[0]
    return bool(
        _STARTED_LIFE.search(found[0]) and not _NEGATED.search(clause) and not re.search(r"\bif\b", clause)
    ) or not _PLACE_UNREAL.search(clause)


def _age_ja(sentence: str, surface: str, after: str, *, child: bool) -> bool:
    if AGE_NOT_AFTER.match(after) or UNREAL_JA.search(sentence) or ASKED_JA.match(after):
        return False
    # «90歳以上です» is what this project writes for the oldest; «18歳以上の方» is a rule.
    if surface.endswith(("以下", "未満")) or (surface.endswith("以上") and not _AGE_ENDING.match(after)):
        return False
    if of_others(sentence) or (_AGE_OF_OTHERS_AFTER.match(after) and not _AGE_OWN_AFTER.match(after)):
        return False
    if SELF_JA.search(sentence):
        return True
    # Without a subject it is the speaker's when it ends the statement; a small child is spoken of, not to.
    return not child and bool(
        _AGE_OWN_AFTER.match(after)
        or _AGE_SAID.match(after)
        or (_ONLY_WHEN.fullmatch(sentence) and _AGE_ALONE.match(after))
    )


def _place_ja(sentence: str, after: str) -> bool:
    if PLACE_PAST_AFTER.match(after) or _PLACE_OTHERS_AFTER.match(after):
        return False
    if of_others(sentence) or UNREAL_JA.search(sentence):
        return False
    if HEAD_JA.match(after):
        return False
    found = PLACE_SELF_AFTER.match(after)
    if not found and _PLACE_SELF_BEFORE.search(sentence):
        found = _PLACE_ENDING.match(after)
    found = found or (_HERE_JA.search(sentence) and _HERE_AFTER_JA.match(after))
    return bool(found) and not re.match(
        r"[^。！!、\n]{0,16}(?:[?？]|ですか(?!ら)|ますか(?!ら)|でしょうか|かな|なの[?？]|だっけ)", after
    )
