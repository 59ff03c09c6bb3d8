"""Names in hiragana that morphology cuts apart: listed given names and nicknames, by what stands beside them.

「ここなが泣いてる」 is ここ, な and が to the dictionary. A listed name counts where a sentence begins or a sign or a
few words stand before it, and a particle, a copula or an end behind it; one that is also a word, behind a word of
kinship or, at an end, a greeting. Of 150,000 lines of real-persona-chat that are not held out, eleven hold one.
"""

import re
from collections.abc import Iterator

from deid.detect.names.words import read_words

_GIVEN, _AMBIGUOUS = read_words("given_hiragana"), read_words("given_hiragana_ambiguous")
_LONGEST = max(map(len, _GIVEN | _AMBIGUOUS))
_HEADS = frozenset(name[:2] for name in _GIVEN | _AMBIGUOUS)  # asked first: most words begin no name
_KIN = (
    "妹 弟 姉 兄 娘 息子 孫 甥 姪 甥っ子 姪っ子 嫁 妻 夫 旦那 母 父 祖母 祖父 いとこ 従兄弟 彼氏 彼女 元カレ 元カノ 友達 友人 親友 "
    "幼馴染 同僚 上司 部下 先輩 後輩 同期 同級生 隣人 店長 担任 担当 ママ友 バイト うち"
)
_GREETINGS = "おはよう おやすみ ごめん ありがとう おめでとう お疲れ おつかれ やっほー おーい ねえ 頑張れ"
_DAYS = "昨日は? 今日は? 明日は? 今朝 毎日 私 俺 僕 さっき あれ 今 いま たぶん 多分 絶対"


_SIGN = r"[^ぁ-ゖァ-ヴー一-龥々A-Za-z0-9]|\Z"
_BOUNDARY = r"^|(?<=[^ぁ-ゖァ-ヴー一-龥々])"
_BEHIND_SIGN = re.compile(r"[^ぁ-ゖァ-ヴー一-龥々](?=[ぁ-ゖ])")
_BEHIND_WORD = re.compile(
    rf"(?:{'|'.join(_DAYS.split())}|(?P<hail>{'|'.join(_GREETINGS.split())})|"
    rf"(?P<kin>(?:{'|'.join(_KIN.split())})の))(?=[ぁ-ゖ])"
)
_AFTER = re.compile(
    rf"[ーぁぃぅぇぉ]*(?:{_SIGN}|から|って|とか|より|です|でした|だよ|だけど|やで|やけど|っす|だって|じゃ|ごめん|ありがと|おめでと|"
    r"おはよ|おやすみ|おつかれ|んち|ん家|んとこ|(?:今|いま)(?:どこ|なに|何|家|いい)|(?:最近|なに|何)(?:見|し[てた]|やっ)|い[たる](?:$|[?？!！。、よ])|じゃな[いく]|別れ|元気|誕生日|大好き|好き|今日|明日|昨日|まだ|どこ|ひま|暇|[がはもとにをへのや])"
)
_END = re.compile(_SIGN)
_HOME = re.compile("んち|ん家|んとこ")
_ENDINGS = ("っち", "りん", "ぽん", "ちー", "たろ", "ぴょん", "みん", "っぺ", "ちん")
_NICKNAME = re.compile(
    rf"(?:{_BOUNDARY}|(?<=の))"
    r"(?!(?:[いえぼぽ]|ひとりぼ|たまご)っち|(?:き|み|か|ま|ぷ|こ|しゃ|にわ)りん|ちゃんぽん|[いろじ]?ゅ?っぽん|なんぽん|すっぽん|ほっぺ)"
    r"[ぁ-ゖ]{1,3}?(?:(?<![どこそあ])っち|りん|ぽん|ちー|たろ|ぴょん|みん|(?<=[きみえりけ])っぺ|(?<=[さりょうとしまけみっ])ちん)"
    rf"(?={_SIGN}|[一-龥ァ-ヴ]|から|って|とか|ありがと|おつかれ|[がはもとにをへのや])"
)
_OTHERS = re.compile("[をが]|そ[れんう]|あ[れん]|ど[れんう]|こ[れん]|と[かま]")


def hiragana_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of given names and nicknames in hiragana; they may overlap."""
    for first, behind in _starts(text):
        start, end = first, _end(text, first, behind)
        while end:
            yield start, end
            start = end + 1  # a name behind a name: 「こうきとるな」
            end = _end(text, start, "") if text[end:start] in ("と", "や") else 0
    nicknames = _NICKNAME.finditer(text) if any(ending in text for ending in _ENDINGS) else ()
    for match in nicknames:
        if not _OTHERS.match(match[0]):
            yield match.span()


def _end(text: str, start: int, behind: str) -> int:
    """Return where the longest name that begins there ends, 0 where none does."""
    head = text[start : start + 2]
    if head not in _HEADS and head.replace("ー", "う") not in _HEADS:
        return 0
    ends = range(min(start + _LONGEST, len(text)), start + 1, -1)
    return next((end for end in ends if _is_name(text, start, end, behind)), 0)


def _starts(text: str) -> Iterator[tuple[int, str]]:
    """Yield where a name may begin, and what stands before it: ``kin``, ``hail``, or nothing that tells."""
    if "ぁ" <= text[:1] <= "ゖ":
        yield 0, ""
    for match in _BEHIND_SIGN.finditer(text):
        yield match.end(), ""
    for match in _BEHIND_WORD.finditer(text):
        yield match.end(), match.lastgroup or ""


def _is_name(text: str, start: int, end: int, behind: str) -> bool:
    """Return whether the word there is a name, by what stands before and behind it; 「しょーた」 is しょうた."""
    word = text[start:end]
    written = word.replace("ー", "う")
    if word in _GIVEN or written in _GIVEN:
        after = _AFTER
    elif word in _AMBIGUOUS and _HOME.match(text, end):
        after = _HOME
    elif word in _AMBIGUOUS and behind:
        after = _AFTER if behind == "kin" else _END
    else:
        return False
    return after.match(text, end) is not None
