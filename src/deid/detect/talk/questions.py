"""Questions for a value in Japanese and English, and how each of them is answered."""

import re
from dataclasses import dataclass, field

from deid.detect.matching.expressions import prefilter
from deid.detect.patterns.address_words import ENDINGS, HOUSES, KINDS
from deid.detect.patterns.parts import NOT_COUNTED
from deid.detect.patterns.plain_words import GRAMMAR

_YOUR = r"(?:your|ur|yr)"
_MORE_JA = r"(?:は|を|って|が|、|も)?(?:.{0,6})?(?:[?？]|何|なん|いつ|いかが|だっけ|おしえ|教え|聞い|聞か|お願い|ください|入力|どこ|どちら|わかり|分かり|いただけ|頂け|どうぞ)"
_LEAD_EN = r"\s*(?:(?:it'?s|its|i'?m|i am|im|(?:s?he|they|that)(?:'?s|'?re)|that would be|would be|my [a-z -]{2,20} is|just|oh|um+|uh+|yeah?|yes|yep|(?:no|nope|nah|actually|sorry)(?=[,!]| (?:it|i['’]?m|my|that))|still(?= (?:at|with|in|an?) )|sure|of course|ok|okay|well|hi|so|maybe|currently|(?:ok )?found (?:it|the [a-z]+)|got it|here (?:it is|you go|goes)|(?:it|that|the [a-z]+) says|one sec|two secs|hang on|right|let me (?:see|check|look)|some (?:guy|girl|lady|woman|man|person)(?: called| named)?)[, !]+){0,3}"
_LEAD_JA = r"\s*(?:やってる(?:よ|ます)?|あるよ|あります|確か|たしか|たぶん|多分|おそらく|なるほど|そう(?=、)|えっと|えーと|ええと|はい|(?:うん|あ)(?![ぁ-ゖ])|んー|ありました|見つかりました|わかりました|私は|僕は|俺は|自分は|名前は|今は)?[、, ]?(?:私は|僕は|俺は|自分は|こっちは|名前は|今は)?"
_TAIL = r"(?:[, ]+(?:lol|lmao|haha+|hehe|xd|btw|please|pls|thanks|thx|party of [0-9]+|with (?:an?|the|no|two|one) [a-z0-9]{1,6}|all (?:caps|lower ?case|small|one word)|for now|though|now|i think|i guess|i believe|or something))*\s*[.!~:)☺😊]*\s*"
_TAIL_JA = (
    r" ?(?:です|だよ|だ|になります|になりました|でお願いします|で|だったと思います|だと思います|と(?:呼ばれて|いい)ます|って呼ばれてます|といいます|と言います|って(?:いい|言い)ます|って(?:いう|言う)(?:よ|の|んだ)?|と申します|って呼んで(?:ね|ください|下さい)?|かな|でした|っす|をしています|をしてます|してます|なのに|のはず(?:です|だけど)?|なんだけど|なんですけど|なんですが|で働いてます|に住んでます|に住んでいます|に通ってます|から来ました)?"
    r"(?:けど|(?<=[すだ])が|ね|よ|けどね)?[ねよー〜!！。.w笑]*\s*"
)
_PLACE_OF_WORK = "(?:school|college|university|uni|company|employer|workplace|firm)"
NO_ANSWER = frozenset(
    """
    no yes yeah yep yup u nope nah ok okay sure why what who me you secret idk dunno guess later nothing none maybe hello hi hey thanks sorry please
    i not nice good great well hmm um lol haha it the a an and how is are do don't can't cant won't wont never same nobody anyone here there checking loading looking thinking typing waiting deciding forgot
    she he they we private unemployed retired graduated still nowhere somewhere anywhere between fine cool hehe same too raining sunny late early tired busy on in at my your this that just home work
    ほんと 本当 まじ マジ わかった 秘密 内緒 ひみつ ないしょ なんで なぜ どうして はい いいえ うん ううん え ええ こんにちは こんばんは 何 なに 特に ない 言えない 言いたくない 教えない
    いや いえ 嫌 どうも よろしく 無職 上様 移動中 仕事中 勤務中 内緒です 秘密です すみません ごめん はじめまして そう 同じ 私も 僕も あなた それ これ わからない 忘れた
    """.split()
)
"""Words that answer a question with nothing."""


@dataclass(frozen=True, slots=True)
class Question:
    """What asks for a label, and how it is answered: the whole turn, whose group 1 is the value."""

    label: str
    asks: re.Pattern[str] = field(repr=False)
    answers: tuple[re.Pattern[str], ...] = field(repr=False)


def _question(label: str, asks: str, *answers: str) -> Question:
    return Question(
        label, re.compile(asks, re.IGNORECASE), tuple(re.compile(a, re.IGNORECASE) for a in answers)
    )


_WORD = r"[A-Za-zÀ-ÿ][A-Za-z0-9À-ÿ'’&.-]{0,24}"
_WORDS_JA = rf"{_LEAD_JA}(?:普通の|ただの|しがない)?([一-龥々ヶァ-ヴーA-Za-z0-9・]{{2,14}}?(?:の[一-龥ァ-ヴー]{{2,8}})?){_TAIL_JA}"
_NAME_EN = rf"{_LEAD_EN}(?:call me |you can call me |my name'?s |everyone calls me |(?:my )?(?:first|last|given|family|middle)(?: ?name)?(?:['’]s| is|:)? )?((?:[A-Za-z]\.? ){{0,2}}[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’-]{{1,20}}(?: [A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’-]{{0,20}}){{0,2}}?){_TAIL}"
_NAME_JA = rf"{_LEAD_JA}([一-龥々ヶぁ-ゖァ-ヴー]{{1,8}}?(?:[ 　][一-龥々ぁ-ゖァ-ヴー]{{1,6}})?|[A-Za-z]{{2,15}}){_TAIL_JA}"
_AGE = "(?:[1-9１-９][0-9０-９]?|[二三四五六七八九]?十[一二三四五六七八九]?|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|(?:six|seven|eight|nine|four)(?:teen)?|one|two|three|five|ten|eleven|twelve|thirteen|fifteen|eighteen|はたち|ハタチ|(?:(?:に|さん|よん|ご|ろく|なな|はち)?じゅう)(?:いち|に|さん|よん|ご|ろく|なな|はち|きゅう)?)"
_NO_AGE = r"(?![0-9%.:,][0-9]|[0-9%]| ?(?:min(?:ute)?s?|hours?|days?|people|times|of|miles|blocks|km)\b|[分時日回人個つ枚件本])"
_ORDINAL = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth"
_DIGITS = r"[^0-9０-９〇一二三四五六七八九]{0,16}([(+＋（]{0,2}[0-9０-９〇一二三四五六七八九](?:[ \-‐－ー.()（）　]{0,2}[0-9０-９〇一二三四五六七八九]){%s})(?:[^0-9０-９]{0,12}| (?:after|before|between|until|from) .{1,16})"

_ROADS = "street|st|road|rd|lane|ln|avenue|ave|close|court|drive|crescent|terrace|way|place|row|hill|brow|grove|gardens|walk|rise|view|green|square|mews|parade|fold|croft|end|park|brae|wynd"
# A name of capitals alone is anybody's: «Harry Potter».
_LIKE_A_HOUSE = rf"(?=the |[^,]*,|.*\b(?:na|an|de|of|the)\b|.*(?:\b(?:{KINDS}|{HOUSES})|{ENDINGS})\b)"
_NO_STREET = rf"(?!(?:blocks?|min(?:ute)?s?|sec(?:ond)?s?|hours?|hrs?|weeks?|months?|miles?|km|feet|foot|ft|inch(?:es)?|people|ppl|seats?|tables?|beds?|pages?|items?|things?|options?|boxes|bags?|stops?|doors?|bucks|dollars|quid|days?|times|years?)\b(?! (?:{_ROADS})\b))"
_MAILERS = (
    "(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|proton(?:mail)?|aol|fastmail|docomo|ezweb|softbank)"
)
_OPAQUE = "(?=[A-Za-z-]{0,15}[0-9])[A-Za-z0-9](?:[A-Za-z0-9-]{2,14})[A-Za-z0-9]|(?-i:[A-Z]{4,8})"
_TYPED = r"(?![0-9]{1,2}:[0-9]{2}(?![!-~]))(?=[!-~]{0,39}[0-9@#$%^&*_])[!-~]{3,39}[0-9A-Za-z#$%&*_]"
_OF_WORDS = (
    "(?!(?:えっと|ちょっと|わか[りらん]|分か|判|忘|わすれ|覚え|おぼえ|知ら|しら(?:な|ん)|秘密|内緒|ひみつ|これ|それ|あれ|どれ|どの|はい|いいえ|うん(?![どめ])|いや|ない|なし|ありま|特に|了解|確認|本名|教え|変[えわ更]|登録|同じ|おなじ|(?:もう|まだ|あと)(?:$|[。、!…? ]|[一-龥]|だ|です|で|ね|よ|ちょ|すこ|い[いっら]|な[いしん]|あ[るり]|お[しわ]|やっ|し[てたま]|き[めてか]|つか|わす|わか|かえ)|そのまま|今度|こんど|いらな|要らな|いらん|入れ|かっこ(?:いい|よ|つ|わ)|もちろん|どこ|どう|なん|何|なに|だれ|誰|少々|すみ|すい|ごめ|お願い|ありがと|できま|出来ま|できない|大丈夫|設定|後で|あとで|決めて|考え|一応|たぶん|多分|英語|数字|漢字|ひらがな|カタカナ|やだ|嫌|無理|なんで|なぜ|(?:本当|ほんとう?)(?:$|[。、!…? ]|に|です|だ|か|は|や|ね|す|っ)|よろし|了承|待っ|お待ち|見せ|言え|言いた|言わ|思い出|さっき|先ほど|明日|あした|昨日|きのう|前に|ログイン|エラー|パスワード|ユーザー|メール|電話|ご自|ご本人|合図|ネット|文字|質問|答え))"
    "(?![^。、]{0,20}(?:こと|てい?る|する|決める|でき|られな|ません|ました|違う|違い|ません|ください|下さい|がいい(?:$|[。、!ねよなかで])))"
    "[一-龥々ヶぁ-ゖァ-ヴーA-Za-z0-9☆★♪_・]{2,16}?"
)
"""A name or secret of Japanese words; no refusal, no word of the talk itself."""
_NO_NICK = "[a-z]{3,14}ing|deleted|banned|hacked|forgot(?:ten)?|private|taken|wait|hold|checking|sec|done|sent|added|dude|bro|man|lemme|letme|cant|huh|ew|ugh|omw|afk|brb|xd|ikr|facts|cuz|who|hm+|ah+|oh+|idc|bruh|guess|wrong|right|sure"
_NICK = rf"(?!(?:{'|'.join(sorted(GRAMMAR))}|{_NO_NICK})(?![A-Za-z0-9_'’]))[A-Za-z_][A-Za-z0-9_.'’-]{{1,24}}"
_NICKED = "ign|gamer ?tag|gt|psn|rsn|riot id|user(?:name)?|nick(?:name)?|tag|handle|screen ?name|display name|artist name|player name|stream(?:er)? name|summoner name|trainer name|char(?:acter)?(?:['’]s)? name|toon(?:['’]s)? name"
_NUMBERS = (
    ("US_SSN", "ssn|social(?: security)?(?: number)?", "社会保障番号", "8"),
    ("JP_MY_NUMBER", "my ?number card", "マイナンバー|個人番号", "11"),
    ("JP_DRIVER_LICENSE", "japanese licen[cs]e number", "免許証?(?:の?番号)?", "11"),
    ("CREDIT_CARD", "card number", "カード番号|クレカ(?:の?番号)?", "11,18"),
    ("CARD_SECURITY_CODE", "cvv2?|cvc2?|security code|(?:three|3) digits on the back", "セキュリティコード|裏の[3３三]桁", "2,3"),
)  # fmt: skip
"""Label, its names in English and in Japanese, and how many digits follow the first."""

ANY_NUMBER = _question(
    "ACCOUNT_ID",
    r"\b(?:numbers?|reference|ref|code|id|cards?|booking|order|ticket|claim|policy|case|account|parcel|slip|letter|sticker|label|bar ?code|receipt|invoice|document|form|badge|licen[cs]e|permit|says?|read|written|printed|shows?|digits)\b[^?\n]{0,60}[?]|(?:read|type|give|tell|send) (?:me |us )?(?:out |over )?(?:the|your|that|its?) [a-z ]{0,24}(?:number|reference|code|id|digits|label|slip)\b",
    rf"{_LEAD_EN}((?!(?:19|20)[0-9]{{2}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}(?![0-9]))(?=(?:[^0-9]*[0-9]){{5}})(?:(?-i:[A-Z]{{1,4}}|[a-z]{{1,2}})[-‐‑‒–−_ ]{{0,3}})?[0-9](?:[-‐‑‒–−_ ]{{0,3}}(?-i:[0-9A-Z])){{4,20}}(?![0-9A-Za-z.:/]){NOT_COUNTED})(?:[, ].{{0,24}}|[.!]?)",
)
"""What asks for a number of no named kind; what asks for one of a kind may ask so as well."""

QUESTIONS = (
    _question(
        "PERSON",
        rf"{_YOUR} (?:(?!user|account|company|school)[a-z]+ ){{0,2}}(?:sur|nick|last|first)?name(?! of)|(?:what'?s|what is|what was|what) (?:his|her|their|the|(?:[a-z]+ ){{1,3}}[a-z]+'s) (?:[a-z]+ )?name\b(?! of .{{0,24}}\b{_PLACE_OF_WORK})|[1-9①-⑨][.)]? ?お?(?:(?:full )?name\b|名前|氏名)|^(?:(?:full|first|last|sur|family|given) ?)?(?:and last )?name\b.{{0,24}}[?]|\bfirst and last name\b|(?:the|his|her|their) (?:(?:full|first|last) )?name of the person|(?:what|which) name\b|whose name (?:goes|should|shall|do|is (?:it|this|the|on))\b|who(?:m)? (?:did|do|should|can|shall|will) (?:you|u|we|i) (?:speak|talk|list(?= as (?:your |the |an? )?(?:emergency|next of kin|contact|beneficiary|reference))|put down|ask for|contact|notify)|"
        r"(?:who|what) (?:am i|is this) (?:talking|speaking|chatting)|(?:should|can|may|do) i call you|what(?:'s| is| are) .{2,24} called[ 　]*[?]|^and you are[ 　]*[?]|who'?s this|"
        rf"(?:宛名|名義|名前|氏名|フルネーム|ニックネーム|あだ名|呼び名|名字|苗字|ハンドルネーム)(?:の?(?:読み方?|ふりがな|フリガナ))?(?:なん|何|{_MORE_JA})|(?:何|なん)て(?:呼|お呼び)|(?:何|なん)とお呼び|どなた(?:ですか|様)",
        _NAME_JA,
        _NAME_EN,
    ),
    _question(
        "AGE",
        rf"how old(?:['’]?s)? (?:(?:are|r|is|was|were) )?(?:you|u|your|ur|he|she|they|his|her|their)\b|{_YOUR} (?:[a-z]+['’]s )?age\b|what age (?:are|is|bracket)\b|\bage of (?:the|your|ur|his|her) (?:[a-z]+ )?(?:driver|patient|child|baby|kid|son|daughter|applicant|guest|person|passenger|insured|policyholder|travell?er)\b|exact age\b|how many years (?:old|young)\b|^age[ 　]*[?]|何歳|なんさい|何才|いくつ(?:ですか|なの|になっ|になり|\?|？)|年齢(?:は|を|って|教え|聞|きい)|おいくつ|(?:^|と)お?(?:年|歳|とし)は[?？]|と(?:ご?年齢|歳)|\b(?:n|and|&) age[ 　]*[?]|[0-9①-⑨][.)]? ?(?:age|ご?年齢)|タメ[?？]",
        rf"{_LEAD_EN}(?:(?:only|turned|turning|nearly|almost|about|around|going to be|gonna be|exactly) )?({_AGE}(?:歳|才|つ(?=[です。よ!！ちにな]|だ[^け]|$)| years old| yrs?| yo)?){_NO_AGE}.*",
        rf"\s*(?:えっと|今年で?|今|もう|私は|まだ|いや|いえ|やっと|アラ(?:サー|フォー|フィフ)の)*[、 ]?({_AGE}(?:歳|才)?|[一二三四五六七八九]つ){_NO_AGE}.*",
    ),
    _question(
        "DATE_OF_BIRTH",
        rf"\b(?:date of birth|birth ?date|dob)\b|{_YOUR} (?:birth ?day|birth ?date|date of birth|dob|b-?day)|(?:when|(?:what|which) (?:day|date|year)) (?:were|was|is) (?:you|u|s?he)(?:r birthday)? ?(?:born)?\b|(?:when|(?:what|which) (?:day|date))\b.{{0,24}}\b(?:birth ?day|b-?day|born)\b|\bdate (?:you|u|s?he) (?:were|was) born|^(?:date of birth|dob|birthday)[ 　]*[?]|(?:お?誕生日|たんじょうび|生年月日|生まれた日|誕プレ|お生まれ){_MORE_JA}|何年生まれ|誕プレ.{{0,16}}いつ",
        r".{0,12}?((?:令和|平成|昭和|大正|[RHSTrhst])\s?(?:[0-9０-９]{1,2}|元)(?:年の?|[./-])\s?[0-9０-９]{1,2}(?:月|[./-])\s?[0-9０-９]{1,2}日?|(?:令和|平成|昭和|大正)(?:[0-9０-９]{1,2}|元)(?:年(?:生まれ)?)?(?![0-9０-９年])|(?:[0-9０-９]{2}){1,2}年の?[0-9０-９]{1,2}月[0-9０-９]{1,2}日|[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日).{0,12}",
        r"[^0-9'’]{0,16}([0-9]{1,4}(?:[/.\-][0-9]{1,2}){1,2}(?:[0-9]{2})?|[0-9]{1,2} [0-9]{1,2} (?:[0-9]{2}){1,2}|[0-9]{1,2}月[0-9]{1,2}日?|['’][0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{8})(?![0-9]).{0,16}",
        rf".{{0,24}}?((?:(?:[0-9]{{1,2}}(?:st|nd|rd|th)?|(?:twenty[- ]|thirty[- ])?(?:{_ORDINAL})|twentieth|thirtieth) (?:of )?)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?: [0-9]{{1,2}}(?:st|nd|rd|th)?(?![0-9]))?(?:,? ['’]?(?:[0-9]{{2}}){{1,2}})?)(?![a-z0-9]).{{0,16}}",
    ),
    _question(
        "POSTAL_CODE",
        rf"\b(?:zip|postal|post) ?code|{_YOUR} zip\b|what zip|郵便番号{_MORE_JA}",
        _DIGITS % "4,6",
        rf"{_LEAD_EN}([a-z]{{1,2}}[0-9][0-9a-z]? ?[0-9][a-z]{{2}}){_TAIL}",
    ),
    _question(
        "PHONE_NUMBER",
        rf"{_YOUR} #|{_YOUR} (?:phone|cell|mobile|contact|telephone)?(?: ?number|\b(?<=phone)|(?<=cell))(?! of)|{_YOUR} digits\b|\b(?:phone|cell|mobile|contact|telephone|callback) number|number .{{0,16}}\b(?:call|reach|text|contact)\b|(?:電話番号|携帯番号|携帯の番号|お?電話|連絡先|つながる番号|(?<![一-龥々ァ-ヺーのえげけ])(?<!わせ)番号)(?:番号)?{_MORE_JA}|(?<![一-龥々ァ-ヺーのえげけ])(?<!わせ)番号$",
        _DIGITS % "6,13",
    ),
    _question(
        "EMAIL_ADDRESS",
        rf"{_YOUR} (?:e-?mail|mail)|(?:what|which) e-?mail\b|\be-?mail (?:address)?[ 　]*[?]|(?:メール|メアド|メルアド)(?:アドレス)?{_MORE_JA}|(?<![一-龥ァ-ヴーA-Z])アドレス{_MORE_JA}",
        r".{0,16}?([\w.+-]{1,30}(?:@| ?\(?at\)? ?|あっと|アット)[\w-]{2,20}(?: ?\(?(?:\.|dot|どっと|ドット)\)? ?[\w-]{2,12}){0,3})(?![\w]).{0,10}",
        rf"{_LEAD_EN}([\w.+-]{{2,30}}(?: at| ?\(|[, ]) ?{_MAILERS}(?:[ .](?:com|net|org|jp|uk|me)|[ .](?:ne|co)[ .](?:jp|uk))?\)?){_TAIL}",
        rf"{_LEAD_JA}([\w.+-]{{2,30}}(?:の| ) ?{_MAILERS}){_TAIL_JA}",
    ),
    _question(
        "EMAIL_ADDRESS",
        r"[@＠](?:マーク)?(?:より|の)?前|before the (?:@|at\b)",
        rf"{_LEAD_EN}([a-z0-9][a-z0-9._+-]{{2,30}}){_TAIL}",
        rf"{_LEAD_JA}([a-z0-9][a-z0-9._+-]{{2,30}}){_TAIL_JA}",
    ),
    _question(
        "STREET_ADDRESS",
        rf"{_YOUR} (?:home |street |mailing |shipping |delivery |billing )?address|\b(?:home|street|mailing|shipping|delivery|billing|postal) address\b|(?:where|what address) (?:should|do|can|would|will|shall) (?:i|we|you|u)\b.{{0,16}}\b(?:send|ship|deliver|drop|picked up|pick you up|collect)|(?<!メール)(?:ご?住所|お届け先|送り先|送付先|配送先|番地|お迎えの場所){_MORE_JA}|(?:家|自宅|おうち)(?:は|って)?(?:どこ|どの)",
        rf"{_LEAD_EN}([0-9][0-9A-Za-z]{{0,5}} {_NO_STREET}[^\n?？]{{3,50}}?){_TAIL}",
        rf"{_LEAD_EN}((?-i:[A-Z][A-Za-z'’-]+(?: [A-Z][A-Za-z'’-]+)*(?:, [A-Z][A-Za-z'’-]+(?: [A-Z][A-Za-z'’-]+)*){{2,4}})){_TAIL}",
        rf"{_LEAD_EN}((?:on |at )?[A-Za-z][A-Za-z '’-]{{2,24}}, (?:number|no\.?|nr\.?|#) ?[0-9]{{1,5}}[a-z]?){_TAIL}",
        rf"{_LEAD_JA}(?!.*[0-9０-９一二三四五六七八九十]分)([一-龥ァ-ヴーぁ-んA-Za-z0-9０-９\-－ー 　]{{2,40}}[0-9０-９一二三四五六七八九十][一-龥ァ-ヴーA-Za-z0-9０-９\-－ー 　号室の]{{0,20}}?){_TAIL_JA}",
    ),
    _question(
        "ACCOUNT_ID",
        r"\b(?:customer|member(?:ship)?|account|policy|employee|student|staff|client|patient|loyalty|subscriber|contract|registration|badge|rewards?) ?(?:number|no\b|id\b|code|#)|"
        rf"(?:会員|顧客|お客様|社員|学籍|学生|受験|契約|口座|診察券|患者|職員|従業員|登録|証券|保険証|マイページ)の?(?:記号と)?の?(?:番号|ID|ＩＤ|コード){_MORE_JA}",
        rf"{_LEAD_EN}([A-Za-z]{{0,4}}-?[0-9][A-Za-z0-9-]{{2,24}}|[A-Za-z]+[A-Za-z0-9-]*[0-9][A-Za-z0-9-]{{2,20}}){_TAIL}",
        rf"{_LEAD_JA}([A-Za-z]{{0,4}}-?[0-9][A-Za-z0-9-]{{2,24}}|[0-9]{{2,8}}の[0-9]{{2,8}}){_TAIL_JA}",
    ),
    _question(
        "STREET_ADDRESS",
        r"\bhouse (?:number|no\b|#)|\b(?:and the|what) number(?: again|, please)?[ 　]*[?]?$",
        rf"{_LEAD_EN}(?:(?:number|no\.?|nr\.?|#) ?)?([0-9]{{1,4}}[a-z]?)(?:, [a-z ]{{2,24}})?{_TAIL}",
    ),
    _question(
        "STREET_ADDRESS",
        r"\b(?:which|what) (?:street|road|lane|block|property|house|flat|unit|building|gate)\b|\b(?:and )?(?:the |your |ur )?(?:street|road|lane|unit|flat|block|dorm|building and street|first line|pick-?up point|drop-?off(?: point)?)(?: is| it stands on| it['’]?s on)?[ 　]*[?]|\bwhereabouts\b|\bfirst line\b|\bname is on the gate\b|on the gate[ 　]*[?]?$|\bnumber or (?:house )?name\b|\bwhere(?:['’]s| is)? (?:the |it |that )?(?:to|2|sofa|pick-?up|drop-?off|viewing|party|van|property)\b|(?:property|house|home|new place)['’]s address|(?<!mail )(?<!mail-)(?<!\bip )(?<!\bweb )(?<!site )(?<!\burl )(?<!\bmac )(?<!wallet )(?<!crypto )(?<!coin )(?<!\bbtc )(?<!\beth )\baddress[ 　]*[?]|^(?:and )?where[ 　]*[?]?$|^which (?:gate|house)[ 　]*(?:now)?[?]?$|\bwhat(?:['’]?s| is) the (?:house |door )?number again|\bwhat number again",
        rf"{_LEAD_EN}((?:(?:flat|unit|apt|no|number)\.? ?)?[0-9][0-9A-Za-z/-]{{0,5}},? {_NO_STREET}(?!(?:of|and|or|to|more|is|am|pm|in|for)\b)[a-z'’][a-z '’,0-9#/-]{{3,40}}?){_TAIL}",
        rf"{_LEAD_EN}((?:unit|flat|apt|apartment|block|blk|room|villa|plot|lot)\.? ?#?(?=[a-z-]{{0,2}}[0-9]|[a-z](?![a-z]))[0-9A-Za-z][0-9A-Za-z-]{{0,5}}(?: ?#[0-9-]{{2,8}})?(?:, (?-i:[A-Z][A-Za-z'’]+)(?: (?-i:[A-Z][A-Za-z'’]+)){{0,3}})?){_TAIL}",
        rf"{_LEAD_EN}(?:a [a-z ]{{2,24}} saying |just a name, |{_LIKE_A_HOUSE})((?-i:(?:The )?[A-Z][a-z'’]+(?: (?:na|an|de|of|the|[A-Z][a-z'’]+)){{0,3}} [A-Z][a-z'’]+)(?:, (?:(?:villa|flat|house|unit|block) [0-9]{{1,4}}[a-z]?|(?-i:[A-Z][a-z'’]+)(?: (?-i:[A-Z][a-z'’]+))?))?)(?:,? (?:use|no|its|it['’]s|the|by) .{{0,30}})?{_TAIL}",
        rf"{_LEAD_EN}(?!(?:half|right|left|wrong|any|every|each|either|no|some|one|long|short|same|other|this|that|which|what|your|my|his|her|our|their|the (?:other|right|wrong|same|long))\b)([a-z'’]{{3,14}}(?: [a-z'’]{{3,14}})? (?:{_ROADS})(?:, [a-z'’ ]{{3,20}})?){_TAIL}",
    ),
    *(
        _question(label, rf"\b(?:{english})\b(?! error)|(?:{japanese}){_MORE_JA}", _DIGITS % digits)
        for label, english, japanese, digits in _NUMBERS
    ),
    _question(
        "PASSPORT",
        rf"\bpassport (?:number|no\b|num|id)|(?:パスポート|旅券)(?:の?番号)?{_MORE_JA}",
        rf"{_LEAD_EN}([A-Za-z]{{0,2}}[0-9]{{6,9}}){_TAIL}",
        rf"{_LEAD_JA}([A-Za-z]{{0,2}}[0-9]{{6,9}}){_TAIL_JA}",
    ),
    _question(
        "SHARE_CODE",
        rf"\b(?:invit(?:e|ation)|room|lobby|party|referral|friend|join|game|meeting|server|promo|gift) (?:code|id)\b|(?:招待|紹介|参加|部屋|ルーム|フレンド|シェア|ギフト)の?(?:コード|番号|ID)(?:{_MORE_JA}|ある)|合言葉{_MORE_JA}",
        rf"{_LEAD_EN}({_OPAQUE}){_TAIL}",
        rf"{_LEAD_JA}({_OPAQUE}){_TAIL_JA}",
    ),
    _question(
        "PASSWORD",
        rf"{_YOUR} (?:[a-z-]{{2,12}} ){{0,2}}(?:pass ?word|passcode|pin|pass)\b|\b(?:the|his|her|their) (?:[a-z-]{{2,12}} ){{0,2}}(?:pass ?word|passcode|pin)\b|^(?:[a-z-]{{2,12}} )?(?:password|passcode|pin)[ 　]*[?]|\b(?:which|what) (?:pass ?word|passcode|pin|passphrase)\b|(?:パスワード|パスコード|暗証番号|(?<![ァ-ヺー])パス|PIN){_MORE_JA}",
        rf"{_LEAD_EN}({_TYPED}){_TAIL}",
        rf"{_LEAD_JA}({_TYPED}){_TAIL_JA}",
    ),
    _question(
        "PASSWORD",
        rf"(?:which|what) (?:pass ?word|passphrase)\b|what(?:'?s| is| was) (?:the|{_YOUR}|his|her|their) (?:[a-z-]{{2,12}} ){{0,2}}(?:pass ?word|passphrase)\b|パスワード(?:は|って)?(?:何|なに|なん|[?？])",
        rf"(?:it['’]?s|that['’]?s)? ?((?!whatever|forgot|already|changed|nothing|anything|private|exactly|really|actually|excuse|pardon|unknown|seriously)[a-z]{{6,24}}){_TAIL}",
    ),
    _question(
        "ONE_TIME_CODE",
        rf"\b(?:what|which|tell|send|give|read|enter|type|got|get|share|provide|confirm|received?)\b.{{0,24}}\b(?<!error )(?<!status )(?<!exit )(?<!product )(?<!country )(?<!area )(?<!source )(?<!gate )(?<!door )(?<!alarm )(?<!lock )(?<!entry )(?<!safe )(?<!building )(?<!garage )(?<!box )(?<!dress )(?<!room )(?:code|otp|2fa)\b(?! (?:review|base|freeze|path|block|style))|^(?:the )?(?:code|otp)[ 　]*[?]|(?:認証(?:コード|番号)|確認(?:コード|番号)|ワンタイムパスワード|(?<!エラー)(?<!商品)(?<!バー)コード|届いた番号){_MORE_JA}",
        rf"{_LEAD_EN}([0-9０-９]{{4,8}}|[0-9]{{3}}[ -][0-9]{{3}}){_TAIL}",
        rf"{_LEAD_JA}([0-9０-９]{{4,8}}|[0-9]{{3}}[ -][0-9]{{3}}){_TAIL_JA}",
    ),
    _question(
        "USERNAME",
        rf"{_YOUR} (?:[a-z]{{2,12}} )?(?:user ?name|handle|id|gamertag|screen ?name|insta(?:gram)?|discord|snap(?:chat)?|twitter|account (?:name|id))(?: name| id)?\b|(?:what|which) (?:user ?name|handle|gamertag|screen ?name)\b|(?:do|are) (?:you|u) (?:have|got|use|on) (?:an? )?(?:insta(?:gram)?|discord|snap(?:chat)?|twitter|tiktok|telegram)\b|(?:ID|ＩＤ|アカウント(?:名)?|アカ|ユーザー名|ハンドルネーム|ニックネーム|表示名|キャラ名|プレイヤー名|ハンネ|インスタ|ライン|LINE|カカオ|スナチャ|ツイッター|twitter|tiktok|discord)(?:{_MORE_JA}|(?:って)?(?:やって|ある|持って))",
        rf"{_LEAD_EN}(@?[A-Za-z0-9_][A-Za-z0-9_.#-]{{2,30}}){_TAIL}",
        rf"{_LEAD_JA}(@?[A-Za-z0-9_][A-Za-z0-9_.#-]{{2,30}}){_TAIL_JA}",
    ),
    _question(
        "USERNAME",
        rf"(?:表示名|ニックネーム|ハンドル(?:ネーム)?|ハンネ|コテハン|(?:プレイヤー|キャラ(?:クター)?|アカウント|ユーザー?|出品者|投稿者|エントリー|作者|登録)(?:名|ネーム)|ペンネーム|筆名|ラジオネーム|活動名|配信の?名前?|(?:チャンネル|ギルド|クラン|コテ|[裏本サブ]?(?:垢|アカ))の?名前?|(?i:vtuber)の?名前|ボカロP名|(?:ゲーム|アプリ|ネット|スマブラ|画面|チャット|配信)(?:内|上)?(?:の|で(?:は|の)?)?(?:お)?名前)(?:{_MORE_JA}|は[ 　]*$|を.{{0,6}}(?:知らせ|決め|設定)|.{{0,4}}なさいますか|決めた)",
        rf"{_LEAD_JA}(?:では|じゃあ?|今は|カタカナで|ひらがなで|漢字で)?[「『☆]?({_OF_WORDS})[」』☆]?(?:ってやつ|って名前|って人|って出る(?:はず)?|さん)?(?:、.{{1,12}})?{_TAIL_JA}",
    ),
    _question(
        "SHARE_CODE",
        rf"(?:ルーム|部屋|ロビー|集会所)(?:の名前|名)(?:{_MORE_JA}|は[ 　]*$)",
        rf"{_LEAD_JA}(?![^。]*(?:会議室|号室|教室|ホール))[「『]?({_OF_WORDS})[」』]?{_TAIL_JA}",
    ),
    _question(
        "PASSWORD",
        rf"(?:合言葉|合い言葉|あいことば|秘密の(?:質問|答え|言葉)|パスフレーズ|復[旧元]の?(?:キーワード|言葉)|(?:開封|解除|ロック)の「?(?:言葉|キーワード)」?|(?:お?決めの|さっき言うた)(?:言葉|単語))(?:.{{0,14}}{_MORE_JA}|.{{0,20}}(?:お?答えは|は)[ 　]*$|.{{0,6}}(?:決め|設定|伺い|聞かれ)|.{{0,4}}(?:入れて|三つ))",
        rf"{_LEAD_JA}(?:たしか|確か)?[「『]?({_OF_WORDS}(?:[ 　]{_OF_WORDS}){{0,3}})[」』]?(?:だったはず|って答えたはず|やった(?:かな)?)?{_TAIL_JA}",
    ),
    _question(
        "USERNAME",
        rf"^(?:(?:and|so|ok|what|what['’]?s|your|ur|its?|his|her|their|the|old|new|current|which) )*(?:{_NICKED}|@)(?:,? (?:pls|plz|please|again|is))?[ 　]*[?]*$|\b(?:their|its|your|ur|his|her|old|new|current|which|what) (?:user ?name|handle|nick(?:name)?|gamer ?tag|char(?:acter)? name|artist name)\b"
        rf"|what (?:do|should|does|can) (?:they|people|everyone|(?:your|ur) friends|i|we) call (?:you|u|him|her) (?:in|on)\b|what (?:are|r) (?:you|u|they) (?:called|named) (?:on|in)\b|\bname (?:on|in) (?:there|here|the (?:app|game|server|site|forum|chat))\b"
        rf"|what (?:do|does|did|are) (?:you|u|he|she|they) (?:go(?:ing)?|play(?:ing)?|stream(?:ing)?|post(?:ing)?) (?:by|as|under)\b|what(?:['’]?s| is| was)? (?:the|ur|your|his|her|their|its) (?:new |old |main )?(?:channel|page|acc(?:t|ount)?|blog|twitch|yt|soundcloud|char(?:acter)?|toon|tumblr)(?: called| name)?[ 　]*[?]?$"
        rf"|which (?:nick|handle|profile|channel)\b.{{0,24}}[?]|\bmember name\b|\bonline persona\b|\bname (?:did|do) (?:you|u) join (?:with|as)\b|^(?:any )?socials?[ 　]*[?]|@ ?[?]$",
        rf"{_LEAD_EN}(?:just |called |either |(?:my|his|her) (?:char|name|tag|nick)(?:['’]s| is) )?@?({_NICK}(?: {_NICK}){{0,2}}?)(?:,? (?:on|from|in) [A-Za-z .]{{2,20}}|, .{{1,48}}| with (?:an?|one|two) .{{1,12}}| then| lah)?{_TAIL}",
    ),
    ANY_NUMBER,
    _question(
        "ORGANIZATION",
        r"(?:what|which) (?:school|college|university|uni|high school|company) (?:do|are|did|is|you|u)\b|where(?:['’]?d| do| did) (?:you|u) (?:go to (?:school|college|uni)|study)|name of .{0,24}\b(?:school|college|university|uni|company|employer|workplace|firm)\b|(?:what|which) .{0,12}\bmajor(?:ing|ed)? in\b|(?:who|where) do (?:you|u) work(?: for)?\b|\b(?:who|what|which)\b.{0,24}\b(?:employer|alma mater)|(?:your|ur) (?:current |present )?(?:employer|workplace)\b|(?:what|which) (?:school|college|university) (?:does|did)\b|(?:勤務先|お?勤め先|会社名|職場|バイト先)(?:を|、|と).{0,8}(?:教え|お?聞|お願い|頂|いただ|ください)|(?:どこ|どちら)(?:に|で)(?:お?勤|働|通)|(?:どこ|どちら)の(?:学校|大学|高校|中学|会社)|(?:出身校|母校)(?:は|って)|"
        r"(?:学校|大学|高校|中学|勤務先|会社名?|お勤め|職場|バイト先)(?:先)?(?:は|って|が)?(?:どこ|どちら|何|なん)|(?:学校|大学|高校|中学|学部|学科|勤務先|会社名?|お勤め|職場|バイト先)(?:先)?(?:は|って)[?？]|どこ[中高大][?？]",
        rf"{_LEAD_EN}(?:i (?:go|went) to |i study at |i work (?:at|for) |at )?((?:{_WORD} ){{0,4}}{_WORD}){_TAIL}",
        _WORDS_JA,
    ),
    _question(
        "OCCUPATION",
        rf"{_YOUR} (?:job|occupation|profession)|what do (?:you|u) do(?: for (?:a living|work)| ?[?]|$)|お?仕事(?:何|なに|なん)|(?:役職|肩書き?)(?:は|を|って)|\bjob title\b|と(?:お?仕事|ご?職業)は|(?:お?仕事|ご?職業)(?:は|って|を)(?:何|なに|なん|どんな|教え|聞い|され|[?？])",
        rf"{_LEAD_EN}(?:i work as |i'?m )?(?:an? )?((?:{_WORD} ){{0,2}}{_WORD}){_TAIL}",
        _WORDS_JA,
    ),
    _question(
        "LOCATION",
        r"where (?:do|r|are|did) (?:you|u) (?:live|from|based|located|stay|grow up|come from)|where (?:you|u) from|where (?:were|was) (?:you|u) born|(?:what|which) (?:city|town|country|state|village|area) (?:are|do) (?:you|u)|^(?:and |(?:what|which) )?(?:city|town|suburb|county|home ?town) ?[?]|"
        r"どこ(?:に|へ)?(?:住|お住)|お住まいは|(?:ご?出身|地元)(?:は|って)(?:どこ|どちら|[?？])|どちらに(?:お住|住)|どこ出身|どこの人|[1-9①-⑨][.)]? ?(?:city|town|お?住まい)",
        rf"{_LEAD_EN}(?:i live in |i'?m from |from |in )?((?:{_WORD},? ){{0,3}}{_WORD}){_TAIL}",
        rf"{_LEAD_JA}([一-龥々ヶァ-ヴーA-Za-z]{{2,12}}?)(?:の(?:ほう|方|あたり))?(?:あたり|らへん)?{_TAIL_JA}",
    ),
)


CUES = tuple(f"(?i:{prefilter(question.asks.pattern)})" for question in QUESTIONS)
"""For ``asked_at_once``: a turn that asks a question holds the expression of the same number."""
_AGAIN = re.compile(
    r"(?:(?:ok(?:ay)?|and|so|sorry|no|but|then|right|well|thanks|could|can|would|will|you|please|just|i['’]?(?:ll|d)?|need|to|have|still|do|me|try)[ ,.!]+){0,6}"
    r"(?:(?:type|enter|read|send|say|give|spell|repeat|copy|paste|tell|share|write|put|need|want|try|check|look|find|post|drop|have|show|see)\b(?: (?:me|us|up))? ?(?:it|that|them|one|this|again|out|here|below|the (?:exact|whole|full|other|rest)|please)\b.*"
    r"|(?:the )?exact(?:ly)? (?:one|it|please).*|(?:what|which) (?:is|was|one is|one was|one) ?(?:it|that|this)?(?: exactly| then| please)?|go (?:on|ahead)(?: then)?|well|which(?: one)?|and|once more.*|again.*|slowly.*)[ .!?…]*",
    re.IGNORECASE,
)
_AGAIN_MOST = 80


def asks_again(text: str) -> bool:
    """Whether a turn asks once more for what was asked before, without naming it: «please type it so I can compare»."""
    return len(text) <= _AGAIN_MOST and _AGAIN.fullmatch(text) is not None
