"""Who a statement is about: whether a speaker says of themself, and of the present, an age or a place.

Statements about others, the past («when I was 16»), wishes, conditions, looks, questions, quotations and
role-play do not count.
"""

import re

from deid.types import Span

_SENTENCE = re.compile(r"[.!?。！？…\n;]+|(?<=\s)--?(?=\s)")
_CLAUSE = re.compile(r"[,、:—–(]|\b(?:but|so|and|because|cuz|bc|though)\b", re.IGNORECASE)
_ROLE_PLAY = re.compile(
    r"\brole[- ]?play|\brp\b|\bpretend|\bimagine\b|\bmy (?:oc|character|persona|avatar)\b|\bin (?:the|this|my) (?:story|scene|game|novel|book|fic)\b|"
    r"\bact as\b|\blet'?s say\b|\blyrics?\b|\bmy (?:main )?character|ロールプレイ|なりきり|という設定|って設定|役をやる|役を演じ|のつもりで|主人公|小説|物語|キャラ|漫画の|アニメの|ごっこ",
    re.IGNORECASE,
)
_BEFORE, _AFTER, _LONGEST_SENTENCE = 1_000, 60, 200
_QUOTES = (("“", "”"), ("「", "」"), ("『", "』"))

# --- English --------------------------------------------------------------------------------------------
_I = r"(?:\b(?:i|we)(?: ?['’]?m| am| ['’]?re|['’]re| are)|\bim|(?<![a-z])[ıi]['’]m)"
_FILLERS = (
    r"(?:\s*(?:now|only|already|just|almost|nearly|about|around|like|currently|actually|still|also|literally|turning|exactly|basically|a|an|"
    r"female|male|woman|man|guy|girl|single|early|mid|late|to|soon to be|going to be|gonna be|really|sitting at|approaching|pushing|aged?|in my|in our)[\s,-]+){0,4}"
)
_AGE_SELF = re.compile(
    rf"(?:{_I}|\bi(?:['’]ve| have)? (?:just |recently |finally |will |['’]ll )?turn(?:ed)?|\bi['’]ll be|\bi will be|\bmy age(?: is|:|['’]s)?|(?:^|[\s,/(])age(?: is|:)|\bme[:,]?|"
    rf"\bas an?|\bbeing(?: an?)?|^\W*at|\b(?:we|both of us) are(?: both)? in our|^\W*(?:just|recently|finally) turned|\bi just hit|\bi hit|\bi['’]m past)\s*{_FILLERS}$",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"\W*(?:(?:hi|hey|hello|yo|sup|hiya|asl|um+|uh|well|oh|so|lol|yeah|yes|yep|haha|just|only|me|mine is|about|almost|around|ok|okay|there|all|everyone|guys|now|it'?s)[\s,!.:]*){0,4}",
    re.IGNORECASE,
)
_ALONE_AFTER = re.compile(
    r"\s*(?:$|[.!,/)]|(?:yo|y/o|yrs?|years?(?: old)?)\b\s*(?:$|[.!,/]|male|female|[mf]\b|here|guy|woman|man|girl)|here\b|(?:[mf]|male|female)\b(?:\s*(?:$|[.!,/]|here|from|in\b))|and (?:i|my)\b|from\b|now\b)",
    re.IGNORECASE,
)
_CHAT_AGE = re.compile(r"[0-9]{2} ?/? ?[mf]|[mf] ?/? ?[0-9]{2}", re.IGNORECASE)
_PRONOUN_INSIDE = re.compile(r"(?:i ?['’]?m|i am|im)\b", re.IGNORECASE)
_NOT_NOW = re.compile(
    r"\b(?:when|whenever|if|wish|wishing|until|till|by the time|before|after|suppose|since|as if|as though|almost like|(?:think|thinks|thought|believe|believes|assumed?|assumes|says?|said|telling|tell|told|swear|swore)"
    r" (?:that |me |him |her |them |people |everyone )?(?:i ?['’]?m|i am|im|i was|i)|act(?:ing)? like|feel(?:s|ing)? like|look(?:s|ing)? like|used to|back then|unless|even though)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|never|nowhere near)\b|n['’]t\b", re.IGNORECASE)
_OTHER_UNIT_AFTER = re.compile(
    r"[\s-]*(?:(?:years?|yrs?)[\s-]+(?:into|in\b|sober|clean|ago|older|younger|married|apart|deep|experience|away)|weeks?|months?|days?|minutes?|mins?|hours?|hrs?|seconds?|miles?|km|kg|lbs?|pounds|%|percent|"
    r"th\b|st\b|nd\b|rd\b|feet|inches|points?|episodes?|pages?|chapters?|levels?|of (?:them|these|those|us)|on the (?:list|waitlist)|in line|degrees|out of|games?|followers|people|k\b)",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"\W*(?:(?:so|and|wait|but|hey|ok|oh|well|then|um+)[\s,]+)*(?:am i|are you|are we|is|do|does|did|would|should|could|can|guess|what|who|where|how|why|have you|were you|was)\b",
    re.IGNORECASE,
)

_PLACE_SELF = re.compile(
    rf"(?:(?:{_I}|\b(?:i|we)(?:['’]ve| have)?(?: both| all)?)\s+(?:(?:currently|now|still|originally|just|actually|recently|also|both|only|always|all|was|were|been|personally|usually|mostly|happily|proudly)\s+){{0,3}}"
    r"(?:(?:live|living|based|located|residing|reside|stay|staying|settled|stationed|work|working|study|studying)(?: (?:right|just|alone|downtown|here|outside|near|close|over|out|up|down|with my [a-z]+|with (?:him|her|them)))*(?: (?:in|at|near|outside|around|to|by|of))?"
    r"|(?<=ve )(?:lived|been living|been based)(?: here)?(?: in)|(?:grew up|(?:was |were )?(?:born|raised)(?: and (?:raised|bred))?)(?: (?:here|just outside|outside|near|up|over))*(?: (?:in|at|near|outside|around|of))?"
    r"|(?:moved|relocated)(?: (?:here|back|out|over|down|up|away|all the way))*(?: to)"
    r"|(?:from|come from|hail from)(?: (?:around|near|outside|just outside|originally))?|in|over in|out in|up in|down in|here in|back in)"
    r"|\b(?:born and (?:raised|bred)|grew up|just moved|moved here|living|based|originally from|greetings from|hello from|hi from|here in)(?: (?:in|to|near|outside|around))?|\b(?:my )?(?:hometown|home ?town|home city|birthplace|home)(?: is|:|['’]s)(?: in| near)?|\blocation:|"
    r"\b(?:my|our) (?:place|apartment|flat|house|condo|dorm|parents['’]? (?:house|place)|office|school|job|work) is (?:in|near|at))"
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
_PLACE_HERE = re.compile(
    r"\s*(?:here\b(?! is)|native here|born and (?:raised|bred)|local here)", re.IGNORECASE
)

# --- Japanese -------------------------------------------------------------------------------------------
_SELF_JA = re.compile(
    r"私|わたし|あたし|アタシ|わたくし|僕|ぼく|ボク|俺|おれ|オレ|自分|(?<![一-龥])うち(?!の)|こちら|当方"
)
_OTHER_NOUN = (
    r"(?:息子|娘|子供|子ども|こども|長男|長女|次男|次女|三男|末っ子|赤ちゃん|(?:うち|隣|近所|となり|上|下|一番下|真ん中)の子|母親?|父親?|両親|親|祖母|祖父|おばあ|おじい|ばあ|じい|妹|弟|姉|兄|きょうだい|兄弟|姉妹|彼女|彼氏?|カレ|元カレ|元カノ|夫|妻|旦那|嫁|奥さん|主人(?!公)|"
    r"友達|友人|友だち|親友|幼なじみ|犬|猫|ペット|愛犬|愛猫|ハムスター|孫|甥|姪|おば|おじ|叔母|叔父|いとこ|従兄弟?|従姉妹?|先輩|後輩|同期|上司|部下|同僚|店長|社長|先生|推し|俳優|女優|アイドル|選手|歌手|芸人|"
    r"(?:あの|その|この)(?:人|子|方|女|男)|相手|あなた|貴方|お前|君(?=[はがもの])|みんな|男性|女性|ママ友|[一-龥ァ-ヴーぁ-んA-Za-z]{1,8}(?:さん|くん|君|ちゃん|氏|様))"
)
_OTHER_TOPIC = re.compile(
    rf"{_OTHER_NOUN}(?:たち|達)?(?:(?:は|も|って|の|、|が(?!いる|いて|い(?:ます|まし)|ほし|欲し|好き|[0-9一二三四五六七八九]+(?:人|匹))|[ 　(（]|(?=[0-9０-９])))"
)
_FAR = 24
_AGE_NOT_AFTER = re.compile(
    r"(?:く|ぐ)?(?:らい)?(?:児|ずつ|位|超え|くらい|ぐらい|頃|ころ|の(?:内|うち|前)|代?より|でも|達|たち|の(?:時|とき|頃|ころ|当時|誕生日に)|(?:だった|でした)|で(?:死|亡|結婚|出産|上京|就職|デビュー|入|始|初|独立|離婚|引退|逝|他界|家を|渡|留学)|以上|以下|以降|未満|から|まで|前後の|差|上|下|違い|離れ|年上|年下|対象|向け|"
    r"なら|だったら|に(?:なったら|なるまで|なる前|なれば|なっても|見え|見られ|見間違|間違|思われ|しか見|戻)|っぽ|のふり|のフリ|の?設定|という設定|では?(?:ない|ありません|なく)|じゃ(?:ない|ありません|なく)|と(?:思われ|言われ|間違)|って(?:思われ|言われ|聞い|設定|言って)|を過ぎたら|過ぎたら|だとし|扱い|料金|未成年|じゃない|(?:と|って)(?:嘘|うそ))"
)
_AGE_OF_OTHERS_AFTER = re.compile(
    r"(?:の|になる|になった|くらいの|ぐらいの)(?:[一-龥ァ-ヴー]{0,3})(?:男|女|人|子|息子|娘|犬|猫|母|父|妹|弟|姉|兄|夫|妻|彼|友|先輩|後輩|上司|甥|姪|孫|歌手|俳優|選手|おじ|おば|方|客)"
)
_AGE_OWN_AFTER = re.compile(
    r"(?:の)(?:普通の|ただの|独身の?|しがない)?(?:男(?:性)?|女(?:性|子)?|主婦|会社員|OL|ＯＬ|学生|大学生|高校生|社会人|独身|一児の母|母|父|ママ|パパ|おじさん|おっさん|おばさん|フリーター|無職|看護師|既婚|人間|者)(?:です|だ(?!った|け)|で、|で$|。|！|!|$|、|なん|っす|やっ|や|になり|と申|w|笑)"
)
_AGE_ENDING = re.compile(r"(?:です|だよ|だ(?!け)|で[、。す]|、|。|$|の(?:主婦|会社員|男|女|学生))")
_AGE_SAID = re.compile(
    r"(?:です|だ(?:よ|から|けど|し|が|もん|な|ね|[。!！]|$)|や(?:で|ねん|から|けど|し)|っす|なん(?:です|だ|で)|なの(?:で|に|よ|$|。)|に(?:なり|なった|なっちゃ)|を迎え|で[、。]|独身|"
    r"(?:手前|目前|間近|過ぎ(?:です|て|の)))"
)
_AGE_ALONE = re.compile(
    r"(?![、,・〜~と]\s*(?:[小中高大]|[0-9０-９]))(?:[、。！!]|$|か[、。]|[wｗ笑(（]|\s|で(?![^。、]{0,8}(?:た|まし)))"
)
_ONLY_WHEN = re.compile(
    r"\s*(?:(?:今年?|来年|来月|先週|先月|昨日|今日|明日|もう(?:すぐ)?|まだ|実は|一応|年齢|たった今|とうとう|ついに|早いもので|現在|いま|ちなみに|はじめまして|こんにちは|都内)[はでのもに、]?\s*)*"
)
_ASKED_JA = re.compile(r"[^。！!\n、]{0,8}(?:[?？]|ですか|ますか|でしょうか|なの[?？]|かな|だっけ|かい)")
_UNREAL_JA = re.compile(
    r"もし|仮に|たとえば|例えば|見た目(?:は|が)|精神年齢|中身は|肌年齢|血管年齢|心は|気持ちは|気分は|実年齢より|永遠の|平均|人間でい|人間なら|人で言|設定は|あと[0-9０-９]+年で|来世"
)
_ENDING = r"(?:です|だよ|だ(?!った)|や(?:で|ねん)|っす|なん|で[、。す]|でし(?:て)|の(?:方|ほう|田舎|隣|近く|端|山|海|中心|郊外|[^一-龥]|$)|。|！|!|$|、|w|笑|になり|に(?:あり|な)|あたり|辺り|らへん|付近|あたりで)"
_PLACE_SELF_AFTER = re.compile(
    r"(?:都|道|府|県|市|区|町|村)?(?:の(?:田舎|郊外|端っこ|端|中心部?|方|ほう|隣|近く|外れ|山奥|南|北|東|西|海沿い)+)?(?:あたり|らへん|近辺|周辺|付近|辺り|市内|県内|都内)?"
    rf"(?:在住|住み(?!たい|やす|心地)(?:です|だ|の|。|、|$|で)|の?出身(?:者)?{_ENDING}|に(?:[0-9０-９]+年(?:間|ほど|くらい)?)?(?:住ん(?:で(?!(?:い)?(?:た|まし|ない))|で(?:い)?(?:ます|る))|住み(?:始|つい)|暮らして(?!(?:い)?(?:た|まし)))|で生まれ|生まれ(?:です|で|の|、|育ち|$|。|も)|で育|育ち(?:です|だ|で|の|、|$|。|な)"
    r"|に引(?:っ)?越(?:し(?:て(?!みたい)|た|ま(?:した)?(?!す))|して)|へ引っ越し[たてま]|に越して|に移住し[たてま]|で(?:一人暮らし|ひとり暮らし|同棲|実家暮らし)|で暮らし(?:て(?!(?:い)?(?:た|まし))|ます)|に(?:い(?:ます|る(?!の|か|なら|と|気|らし|よう|はず|って))|おり)|から(?:来(?:まし|た)|参り|やって)|民(?:です|だ|なの|。|$|、|で)|っ子(?:です|だ|な)|(?:県|市|都|府|道)民|で(?:働い|勤|仕事をし)|勤務|(?:の(?:大学|高校|会社|学校|職場|専門学校))?に(?:通っ|通勤|通学)|が(?:地元|実家|故郷|出身地?)(?:です|だ|なの|で|の)|住まい)"
)
_PLACE_PAST_AFTER = re.compile(
    r"(?:都|道|府|県|市|区|町|村)?(?:に|で)(?:[^。、]{0,8})(?:住んで|暮らして|働いて|通って|住ん|いて)(?:い)?(?:た(?!い)|まし(?:た))|(?:都|道|府|県|市|区|町|村)?(?:に|で)(?:住み|暮らし)たい|(?:に|で)(?:住ん|暮らし)(?:だ|で(?:み|たら|れば)|たら)"
)
_PLACE_OTHERS_AFTER = re.compile(
    rf"(?:都|道|府|県|市|区|町|村)?(?:出身|在住|生まれ|育ち|に住んで(?:い)?る|住み)の(?:[^。、]{{0,4}})?{_OTHER_NOUN}|(?:出身|在住|生まれ|に住んで(?:い)?る)の?(?:人|方|子|作家|バンド|歌手|芸能人|有名人|力士|偉人|友)"
)
_PLACE_SELF_BEFORE = re.compile(
    r"(?:地元|実家|出身(?:地)?|故郷|生まれ(?:も育ちも)?|住まい|住んで(?:い)?る(?:の|ところ|場所|所|街)|居住地|住所|家|自宅|職場|会社|学校|大学|勤務先|在住|拠点)(?:は|が|:|、|も)(?:ずっと|今|もともと|元々|一応|、|実は)?$|"
    r"(?:住んで(?:い)?る(?:の|ところ|場所|所)は)$"
)
_PLACE_ENDING = re.compile(rf"(?:都|道|府|県|市|区|町|村)?{_ENDING}")


def states_age(text: str, span: Span, *, child: bool = False) -> bool:
    """Whether the speaker of ``text`` says that the age of ``span`` is theirs now.

    child : whether it is the age of a small child, who seldom is the speaker.
    """
    before, surface, after = _around(text, span)
    if _fiction(before) or _ROLE_PLAY.search(after):
        return False
    if _is_japanese(before + surface + after):
        return _age_ja(_last(_SENTENCE, before), surface, after, child=child)
    return _age_en(before, surface, after)


def states_place(text: str, span: Span) -> bool:
    """Whether the speaker of ``text`` says that they live at, work at or come from the place of ``span``."""
    before, surface, after = _around(text, span)
    if _fiction(before):
        return False
    if _is_japanese(before + surface + after):
        return _place_ja(_last(_SENTENCE, before), after)
    return _place_en(before, after)


def _around(text: str, span: Span) -> tuple[str, str, str]:
    """Return what stands before a span, its surface and what follows; bounded, so that all spans cost O(text)."""
    return (
        text[max(0, span.start - _BEFORE) : span.start],
        text[span.start : span.end],
        text[span.end : span.end + _AFTER],
    )


def _is_japanese(text: str) -> bool:
    return not text.isascii() and any("\u3040" <= c <= "\u30ff" or "\u4e00" <= c <= "\u9fff" for c in text)


def _fiction(before: str) -> bool:
    """Whether role-play was called for, or a quotation is open."""
    if _ROLE_PLAY.search(before) or before.count('"') % 2:
        return True
    return any(before.count(opened) > before.count(closed) for opened, closed in _QUOTES)


def _last(separator: re.Pattern[str], text: str) -> str:
    """Return what follows the last separator near the end of a text."""
    text = text[-_LONGEST_SENTENCE:]
    end = 0
    for match in separator.finditer(text):
        end = match.end()
    return text[end:]


def _age_en(before: str, surface: str, after: str) -> bool:
    sentence = _last(_SENTENCE, before)
    if _OTHER_UNIT_AFTER.match(after) or after.lstrip().startswith("?"):
        return False
    if (
        _ASKING.match(sentence)
        and "?" in _SENTENCE.split(after + " ?" if "?" in after else after)[0] + after[:40]
    ):
        return False
    clause = _last(_CLAUSE, sentence)
    if _PRONOUN_INSIDE.match(surface):
        return not _NOT_NOW.search(clause)
    if _AGE_SELF.search(sentence):
        stated = _last(_CLAUSE, _AGE_SELF.sub("", sentence)) + " " + clause
        return not (_NOT_NOW.search(stated) or _NEGATED.search(clause))
    if not _GREETING.fullmatch(before):
        return (
            bool(re.search(r"[,/(]\s*$", before)) and bool(_CHAT_AGE.fullmatch(surface)) and len(before) < 40
        )
    return bool(_CHAT_AGE.fullmatch(surface) or _ALONE_AFTER.match(after))


def _place_en(before: str, after: str) -> bool:
    sentence = _last(_SENTENCE, before)
    if _VISIT_AFTER.match(after) or after.lstrip().startswith("?"):
        return False
    if _asks(sentence, after):
        return False
    if _PLACE_HERE.match(after) and not sentence.strip(" ,'\"-"):
        return True
    if re.fullmatch(
        r"\W*(?:[0-9]{2}\W*[mf]?|[mf]\W*[0-9]{2})\W*(?:[a-z]{2,8}\W+)?(?:from |in )?", before, re.IGNORECASE
    ):
        return True
    found = _PLACE_SELF.search(sentence)
    if not found:
        return bool(_SAID_OF_SELF.match(sentence))
    clause = _last(_CLAUSE, sentence[: found.start()]) + found[0]
    return bool(
        _STARTED_LIFE.search(found[0]) and not _NEGATED.search(clause) and not re.search(r"\bif\b", clause)
    ) or not _PLACE_UNREAL.search(clause)


def _asks(sentence: str, after: str) -> bool:
    """Whether an English sentence with a value in it is a question."""
    return bool(_ASKING.match(sentence) and re.match(r"[^.!\n]*\?", after))


def _age_ja(sentence: str, surface: str, after: str, *, child: bool) -> bool:
    if _AGE_NOT_AFTER.match(after) or _UNREAL_JA.search(sentence) or _ASKED_JA.match(after):
        return False
    # «90歳以上です» is what this project writes for the oldest; «18歳以上の方» is a rule.
    if surface.endswith(("以下", "未満")) or (surface.endswith("以上") and not _AGE_ENDING.match(after)):
        return False
    if _of_others(sentence) or (_AGE_OF_OTHERS_AFTER.match(after) and not _AGE_OWN_AFTER.match(after)):
        return False
    if _SELF_JA.search(sentence):
        return True
    # Without a subject it is the speaker's when it ends the statement; a small child is spoken of, not to.
    return not child and bool(
        _AGE_OWN_AFTER.match(after)
        or _AGE_SAID.match(after)
        or (_ONLY_WHEN.fullmatch(sentence) and _AGE_ALONE.match(after))
    )


def _place_ja(sentence: str, after: str) -> bool:
    if _PLACE_PAST_AFTER.match(after) or _PLACE_OTHERS_AFTER.match(after):
        return False
    if _of_others(sentence) or _UNREAL_JA.search(sentence):
        return False
    found = _PLACE_SELF_AFTER.match(after)
    if not found and _PLACE_SELF_BEFORE.search(sentence):
        found = _PLACE_ENDING.match(after)
    return bool(found) and not re.match(
        r"[^。！!、\n]{0,16}(?:[?？]|ですか|ますか|でしょうか|かな|なの[?？]|だっけ)", after
    )


def _of_others(sentence: str) -> bool:
    """Whether the last person a Japanese sentence names before the value is not the speaker."""
    others = [match.end() for match in _OTHER_TOPIC.finditer(sentence)]
    own = [match.end() for match in _SELF_JA.finditer(sentence)]
    return bool(others) and len(sentence) - others[-1] <= _FAR and others[-1] > max(own, default=-1)
