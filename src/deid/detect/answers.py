"""Answers: a question gives the turn that answers it its label, in Japanese and English.

Asked for are names, ages, birthdays, addresses, postcodes, telephone numbers, e-mail addresses, account
names, schools, jobs and places. The answer is one of the next two turns, both of another speaker.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from deid.types import Span, Turn

SOURCE = "answers"
_WITHIN = 2
_LONGEST = 60
_YOUR = r"(?:your|ur|yr)"
_MORE_JA = r"(?:は|を|って|が|、|も)?(?:.{0,6})?(?:[?？]|何|なん|教え|聞い|聞か|お願い|ください|入力|どこ|どちら|わかり|分かり|いただけ|頂け)"
_LEAD_EN = r"\s*(?:(?:it'?s|its|i'?m|i am|im|that would be|would be|my [a-z -]{2,20} is|just|oh|um+|uh|yeah|sure|ok|okay|well|hi|so)[, !]+){0,3}"
_LEAD_JA = r"\s*(?:えっと|えーと|ええと|はい|うん|あ|んー|私は|僕は|俺は|自分は|名前は|今は)?[、,]?(?:私は|僕は|俺は|自分は|名前は|今は)?"
_TAIL = r"\s*[.!~:)☺😊]*\s*"
_TAIL_JA = (
    r"(?:です|だよ|だ|になります|といいます|と言います|って(?:いい|言い)ます|って(?:いう|言う)(?:よ|の|んだ)?|と申します|って呼んで(?:ね|ください|下さい)?|かな|っす|をしています|をしてます|してます|で働いてます|に住んでます|に住んでいます|に通ってます|から来ました)?"
    r"(?:けど|が|ね|よ|けどね)?[ねよー〜!！。.w笑]*\s*"
)
_AND_YOU = re.compile(
    r"[,.!、。 ]*(?:(?:and |what about |how about )?(?:you|u|yours|yourself)|wbu|hbu|あなたは|そちらは|君は)[ ]*[?？]+\s*$",
    re.IGNORECASE,
)
_NO_ANSWER = frozenset(
    """
    no yes yeah yep nope nah ok okay sure why what who me you secret idk dunno guess later nothing none maybe hello hi hey thanks sorry please
    i not nice good great well hmm um lol haha it the a an and how is are do don't can't cant won't wont never same nobody anyone here there
    private unemployed retired between fine cool hehe same too raining sunny late early tired busy on in at my your this that just home work
    秘密 内緒 ひみつ ないしょ なんで なぜ どうして はい いいえ うん ううん え ええ こんにちは こんばんは 何 なに 特に ない 言えない 言いたくない 教えない
    いや いえ 嫌 どうも よろしく 無職 内緒です 秘密です すみません ごめん はじめまして そう 同じ 私も 僕も あなた それ これ わからない 忘れた
    """.split()
)


@dataclass(frozen=True, slots=True)
class _Question:
    """What asks for a label, and how it is answered: the whole turn, whose group 1 is the value."""

    label: str
    asks: re.Pattern[str] = field(repr=False)
    answers: tuple[re.Pattern[str], ...] = field(repr=False)


def _question(label: str, asks: str, *answers: str) -> _Question:
    return _Question(
        label, re.compile(asks, re.IGNORECASE), tuple(re.compile(a, re.IGNORECASE) for a in answers)
    )


_WORD = r"[A-Za-zÀ-ÿ][A-Za-z0-9À-ÿ'’&.-]{0,24}"
_WORDS_JA = rf"{_LEAD_JA}(?:普通の|ただの|しがない)?([一-龥々ヶァ-ヴーA-Za-z0-9・]{{2,14}}?(?:の[一-龥ァ-ヴー]{{2,8}})?){_TAIL_JA}"
_NAME_EN = rf"{_LEAD_EN}(?:call me |you can call me |my name'?s |everyone calls me )?([A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’-]{{1,20}}(?: [A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’-]{{0,20}}){{0,2}}){_TAIL}"
_NAME_JA = rf"{_LEAD_JA}([一-龥々ヶぁ-ゖァ-ヴー]{{1,8}}?(?:[ 　][一-龥々ぁ-ゖァ-ヴー]{{1,6}})?|[A-Za-z]{{2,15}}){_TAIL_JA}"
_DIGITS = r"[^0-9０-９〇一二三四五六七八九]{0,16}([(+＋（]{0,2}[0-9０-９〇一二三四五六七八九](?:[ \-‐－ー.()（）　]{0,2}[0-9０-９〇一二三四五六七八九]){%s})[^0-9０-９]{0,12}"

_QUESTIONS = (
    _question(
        "PERSON",
        rf"{_YOUR} (?:full |first |last |real |given |family )?name(?! of)|who am i (?:talking|speaking|chatting)|(?:should|can|may|do) i call you|"
        r"お?名前(?:は|を|って|教え|聞)|(?:何|なん)て(?:呼|お呼び)|なんとお呼び|どなた(?:ですか|様)|氏名(?:は|を|教え)",
        _NAME_JA,
        _NAME_EN,
    ),
    _question(
        "AGE",
        rf"how old (?:(?:are|r) )?(?:you|u)\b|{_YOUR} age\b|what age are (?:you|u)|何歳|なんさい|いくつ(?:ですか|なの|\?|？)|お?年齢(?:は|を|って|教え|聞)|おいくつ",
        rf"{_LEAD_EN}(?:only |turned )?([1-9][0-9](?:歳|才| years old| yrs?| yo)?)(?![0-9%.:,][0-9]|[0-9%]).*",
        r"\s*(?:えっと|今年で?|今|もう|私は|まだ)*[、 ]?([1-9][0-9](?:歳|才)?)(?![0-9%.:,][0-9]|[0-9%]).*",
    ),
    _question(
        "DATE_OF_BIRTH",
        rf"{_YOUR} (?:birth ?day|birth ?date|date of birth|dob|b-?day)|when (?:were|was) (?:you|u) born|(?:お?誕生日|生年月日|生まれた日){_MORE_JA}",
        r"[^0-9]{0,16}([0-9]{1,4}(?:[/.\-][0-9]{1,2}){1,2}|[0-9]{1,2}月[0-9]{1,2}日|[0-9]{4}|[0-9]{6}|[0-9]{8})(?![0-9]).{0,16}",
        r".{0,16}?((?:[0-9]{1,2}(?:st|nd|rd|th)? (?:of )?)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?: [0-9]{1,2}(?:st|nd|rd|th)?)?(?:,? [0-9]{4})?)(?![a-z]).{0,16}",
    ),
    _question(
        "POSTAL_CODE",
        rf"{_YOUR} (?:zip|postal|post) ?code|{_YOUR} zip\b|what zip|郵便番号{_MORE_JA}",
        _DIGITS % "4,6",
        rf"{_LEAD_EN}([a-z]{{1,2}}[0-9][0-9a-z]? ?[0-9][a-z]{{2}}){_TAIL}",
    ),
    _question(
        "PHONE_NUMBER",
        rf"{_YOUR} (?:phone|cell|mobile|contact|telephone)?(?: ?number|\b(?<=phone)|(?<=cell))(?! of)|number (?:can|should) (?:i|we) (?:call|reach)|(?:電話番号|携帯番号|お?電話|連絡先)(?:番号)?{_MORE_JA}",
        _DIGITS % "6,13",
    ),
    _question(
        "EMAIL_ADDRESS",
        rf"{_YOUR} (?:e-?mail|mail)|(?:メール|メアド|メルアド)(?:アドレス)?{_MORE_JA}",
        r".{0,16}?([\w.+-]{1,30}(?:@| ?\(?at\)? ?|あっと|アット)[\w-]{2,20}(?: ?\(?(?:\.|dot|どっと|ドット)\)? ?[\w-]{2,12}){1,3})(?![\w]).{0,10}",
    ),
    _question(
        "STREET_ADDRESS",
        rf"{_YOUR} (?:home |street |mailing |shipping |delivery )?address|(?:where|what address) (?:should|do|can) (?:i|we) (?:send|ship|deliver)|(?<!メール)(?:ご?住所|お届け先|送り先|配送先){_MORE_JA}",
        rf"{_LEAD_EN}([0-9][0-9A-Za-z]{{0,5}} [^\n?？]{{3,50}}?){_TAIL}",
        rf"{_LEAD_JA}([一-龥ァ-ヴーぁ-んA-Za-z0-9０-９\-－ー 　]{{2,40}}[0-9０-９一二三四五六七八九十][一-龥ァ-ヴーA-Za-z0-9０-９\-－ー 　号室]{{0,20}}?){_TAIL_JA}",
    ),
    _question(
        "USERNAME",
        rf"{_YOUR} (?:[a-z]{{2,12}} )?(?:user ?name|handle|id|gamertag|screen ?name|insta(?:gram)?|discord|snap(?:chat)?|twitter|account (?:name|id))(?: name| id)?\b|(?:ID|ＩＤ|アカウント(?:名)?|アカ|ユーザー名|ハンドルネーム|インスタ|ライン){_MORE_JA}",
        rf"{_LEAD_EN}(@?[A-Za-z0-9_][A-Za-z0-9_.#-]{{2,30}}){_TAIL}",
        rf"{_LEAD_JA}(@?[A-Za-z0-9_][A-Za-z0-9_.#-]{{2,30}}){_TAIL_JA}",
    ),
    _question(
        "ORGANIZATION",
        r"(?:what|which) (?:school|college|university|uni|high school|company) (?:do|are|did)|where (?:do|did) (?:you|u) (?:go to (?:school|college|uni)|study)|(?:who|where) do (?:you|u) work(?: for)?\b|"
        r"(?:学校|大学|高校|中学|勤務先|会社名?|お勤め|職場)(?:先)?(?:は|って)(?:どこ|どちら|何|なん|[?？])",
        rf"{_LEAD_EN}(?:i (?:go|went) to |i study at |i work (?:at|for) |at )?((?:{_WORD} ){{0,4}}{_WORD}){_TAIL}",
        _WORDS_JA,
    ),
    _question(
        "OCCUPATION",
        rf"{_YOUR} (?:job|occupation|profession)|what do (?:you|u) do (?:for (?:a living|work)|[?]|$)|(?:お?仕事|ご?職業)(?:は|って|を)(?:何|なに|なん|どんな|教え|聞い|され|[?？])",
        rf"{_LEAD_EN}(?:i work as |i'?m )?(?:an? )?((?:{_WORD} ){{0,2}}{_WORD}){_TAIL}",
        _WORDS_JA,
    ),
    _question(
        "LOCATION",
        r"where (?:do|r|are|did) (?:you|u) (?:live|from|based|located|stay|grow up|come from)|where (?:you|u) from|where (?:were|was) (?:you|u) born|what (?:city|town|country|state) (?:are|do) (?:you|u)|"
        r"どこ(?:に|へ)?(?:住|お住)|お住まいは|(?:ご?出身|地元)(?:は|って)(?:どこ|どちら|[?？])|どちらに(?:お住|住)|どこ出身|どこの人",
        rf"{_LEAD_EN}(?:i live in |i'?m from |from |in )?((?:{_WORD},? ){{0,3}}{_WORD}){_TAIL}",
        rf"{_LEAD_JA}([一-龥々ヶァ-ヴーA-Za-z]{{2,12}}?)(?:の(?:ほう|方|あたり))?(?:あたり|らへん)?{_TAIL_JA}",
    ),
)
_ASKS = re.compile(
    r"[?？]|name|call you|you\b|\b(?:u|ur|yr)\b|age\b|birth|born|code|zip|number|phone|mail|address|handle|\bid\b|school|work|job|live|from|名前|呼|歳|さい|いくつ|年齢|誕生|生年|生ま|郵便|電話|携帯|連絡|メー|メア|住所|先|ID|ＩＤ|アカ|学校|大学|高校|仕事|職|住|出身|地元|どなた|氏名|どこ",
    re.IGNORECASE,
)


def answers(turns: Sequence[Turn]) -> Iterator[tuple[int, Span]]:
    """Yield the index of each turn that answers a question, and the span of the value, score 0.9."""
    for index, asked in enumerate(turns):
        if not _ASKS.search(asked.text):
            continue
        wanted = [question for question in _QUESTIONS if question.asks.search(asked.text)]
        if wanted:
            yield from _answered(wanted, turns, index)


def _answered(wanted: Sequence[_Question], turns: Sequence[Turn], asked: int) -> Iterator[tuple[int, Span]]:
    for index in range(asked + 1, min(len(turns), asked + 1 + _WITHIN)):
        if turns[index].speaker == turns[asked].speaker:
            return
        for question in wanted:
            found = _read(question, turns[index].text)
            if found is not None:
                yield index, Span(*found, question.label, 0.9, SOURCE)
                return


def _read(question: _Question, text: str) -> tuple[int, int] | None:
    """Return the range of the value in an answer; None when it answers something else."""
    text = _AND_YOU.sub("", text)
    if len(text) > _LONGEST or "?" in text or "？" in text:
        return None
    for pattern in question.answers:
        match = pattern.fullmatch(text)
        if match and not _refuses(match[1], question.label):
            return match.span(1)
    return None


def _refuses(value: str, label: str) -> bool:
    words = value.lower().split()
    # No word of a name is one of these; «on my way home» may start like a place.
    looked_at = words if label == "PERSON" else words[:1]
    return not _NO_ANSWER.isdisjoint(looked_at)
