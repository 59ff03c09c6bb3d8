"""Sentences and clauses around a statement: fiction, questions, and whom a Japanese sentence speaks of."""

import re

from deid.detect.stated.relations import KIN_JA
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
_ASKING = re.compile(
    r"\W*(?:(?:so|and|wait|but|hey|ok|oh|well|then|um+)[\s,]+)*(?:am i|are you|are we|is|do|does|did|would|should|could|can|guess|what|who|where|how|why|have you|were you|was)\b",
    re.IGNORECASE,
)
SELF_JA = re.compile(
    r"私|わたし|あたし|アタシ|わたくし|僕|ぼく|ボク|俺|おれ|オレ|自分|(?<![一-龥])うち(?!の)|こちら|当方"
)
OTHER_NOUN = (
    r"(?<!児の)(?<!人の)(?:息子|娘|子供|子ども|こども|長男|長女|次男|次女|三男|末っ子|赤ちゃん|(?:うち|隣|近所|となり|上|下|一番下|真ん中)の子|母親?|父親?|両親|親|祖母|祖父|おばあ|おじい|ばあ|じい|妹|弟|姉|兄|きょうだい|兄弟|姉妹|彼女|彼氏?|カレ|元カレ|元カノ|夫|妻|旦那|嫁|奥さん|主人(?!公)|"
    r"友達|友人|友だち|親友|幼なじみ|犬|猫|ペット|愛犬|愛猫|ハムスター|孫|甥|姪|おば|おじ|叔母|叔父|いとこ|従兄弟?|従姉妹?|先輩|後輩|同期|上司|部下|同僚|店長|社長|先生|推し|俳優|女優|アイドル|選手|歌手|芸人|"
    r"(?:あの|その|この)(?:人|子|方|女|男)|相手|あなた|貴方|お前|君(?=[はがもの])|みんな|男性|女性|ママ友|[一-龥ァ-ヴーぁ-んA-Za-z]{1,8}(?:さん|くん|君|ちゃん|氏|様))"
)
_OTHER_TOPIC = re.compile(
    rf"{OTHER_NOUN}(?:たち|達)?(?:(?:は|も|って|の|、|が(?!いる|いて|い(?:ます|まし)|ほし|欲し|好き|[0-9一二三四五六七八九]+(?:人|匹))|[ 　(（]|(?=[0-9０-９])))"
)
_FAR = 24
HEAD_JA = re.compile(
    rf"(?:在住|出身|育ち|勤務|生まれ)?(?:の|にいる|に住む|に住んでる|に住んでいる|で働く|で働いてる)(?P<kin>{KIN_JA.pattern})(?!の(?:いる|とき)|です|だ(?!と)|、|で[、。]|歴|さん|[一-龥])"
)


def around(text: str, span: Span) -> tuple[str, str, str]:
    """Return what stands before a span, its surface and what follows; bounded, so that all spans cost O(text)."""
    return (
        text[max(0, span.start - _BEFORE) : span.start],
        text[span.start : span.end],
        text[span.end : span.end + _AFTER],
    )


def is_japanese(text: str) -> bool:
    """Whether a text has kana or kanji."""
    return not text.isascii() and any("\u3040" <= c <= "\u30ff" or "\u4e00" <= c <= "\u9fff" for c in text)


def in_fiction(before: str, after: str) -> bool:
    """Whether role-play is called for before or after a statement, or a quotation is open."""
    return fiction(before) or bool(_ROLE_PLAY.search(after))


def fiction(before: str) -> bool:
    """Whether role-play was called for, or a quotation is open."""
    if _ROLE_PLAY.search(before) or before.count('"') % 2:
        return True
    return any(before.count(opened) > before.count(closed) for opened, closed in _QUOTES)


def last_sentence(before: str) -> str:
    """Return the sentence that a text ends in the middle of."""
    return _last(_SENTENCE, before)


def last_clause(sentence: str) -> str:
    """Return the clause that an English sentence ends in the middle of."""
    return _last(_CLAUSE, sentence)


def _last(separator: re.Pattern[str], text: str) -> str:
    """Return what follows the last separator near the end of a text."""
    text = text[-_LONGEST_SENTENCE:]
    end = 0
    for match in separator.finditer(text):
        end = match.end()
    return text[end:]


def opens_question(sentence: str) -> bool:
    """Whether an English sentence begins like a question."""
    return bool(_ASKING.match(sentence))


def asks(sentence: str, after: str) -> bool:
    """Whether an English sentence with a value in it is a question."""
    return bool(_ASKING.match(sentence) and re.match(r"[^.!\n]*\?", after))


def other_topic(sentence: str) -> str:
    """Return the last person but the speaker whom a Japanese sentence names, empty for none."""
    found = _OTHER_TOPIC.findall(sentence)
    return found[-1] if found else ""


def of_others(sentence: str) -> bool:
    """Whether the last person a Japanese sentence names before the value is not the speaker."""
    others = [match.end() for match in _OTHER_TOPIC.finditer(sentence)]
    own = [match.end() for match in SELF_JA.finditer(sentence)]
    return bool(others) and len(sentence) - others[-1] <= _FAR and others[-1] > max(own, default=-1)
