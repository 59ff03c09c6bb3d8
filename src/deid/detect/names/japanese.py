"""Japanese names, places and organizations from morphology, honorifics and self-introductions.

SudachiPy's dictionary tells family names, given names and places apart (part of speech
名詞,固有名詞,人名 / 地名); honorifics and phrases such as 「名前は…です」 find what it does not know.
Measured beside a neural model in the docs: more names at several hundred times the speed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from deid.detect.kinds import BLANK
from deid.detect.morphology import Morphemes, Morphology, chunks, read_name
from deid.detect.names.hiragana import hiragana_names
from deid.detect.names.trim import trimmed
from deid.detect.names.words import read_words
from deid.detect.tagger.units import UnitTagger, joined
from deid.ingest.language import english_passages, is_chinese, language_of
from deid.types import Span


class _Cue(NamedTuple):
    """A pattern of names, and what it cannot do without: that is asked first, for it is found at a fifth of the cost."""

    needs: re.Pattern[str]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, needs: str, pattern: str) -> "_Cue":
        return cls(re.compile(needs), re.compile(pattern))

    def matches(self, text: str) -> Iterable[re.Match[str]]:
        return self.pattern.finditer(text) if self.needs.search(text) else ()


_HONORIFIC = re.compile(
    r"さーん|さん|さま|様|くん|君|ちゃーん|ちゃん|氏(?![一-龥])|殿|先輩|先生|たん(?![ぁ-ん])"
)
# Lazy: a name goes no further than the words that follow it.
_NAME = r"(?:[一-龥々ヶ]{1,4}?[ 　]?[一-龥々ぁ-ゖァ-ヴー]{1,5}?|[ァ-ヴー・]{2,12}?|[ぁ-ゖー]{2,6}?|[A-Za-zＡ-Ｚａ-ｚ]{2,15}?)"
_KIN = "弟|妹|兄|姉|息子|娘|彼氏|彼女|旦那|夫|妻|嫁|長男|次男|三男|長女|次女|三女|孫|甥|姪"
_INTRODUCTIONS = (
    _Cue.of(
        "名|苗字は|ニックネームは",
        rf"(?:名前は|名前、|本名は|氏名は|氏名[:：]|名前[:：]|名字は|苗字は|ニックネームは|あだ名は)[ 　]?"
        rf"({_NAME})(?=です|だよ|だけど|っす|といい|と言い|って|と申し|と呼|で、|。|、|！|!|\n|$)",
    ),
    _Cue.of(
        "名前|と(?:申し|いい|言い|呼)|って(?:いい|言い|呼)",
        rf"(?:(?:^|[、。！!\s])(?:(?:私|僕|俺|わたし|あたし|ぼく)[はも、]?)?|(?<=は))({_NAME})"
        r"(?=と申します|(?:と|って)(?:いい|言い)ます(?!し|と|か|よ?ね|が|けど)|って呼んで|と呼んで|って呼ばれて|と呼ばれて|という名前|っていう名前)",
    ),
    _Cue.of(
        "フリガナ|ふりがな|読み仮名|よみがな",
        r"(?:フリガナ|ふりがな|読み仮名|よみがな)(?:は|[:：])[ 　]?(?!カタカナ|ひらがな|ローマ)([ァ-ヴー]{2,8}(?:[ 　][ァ-ヴー]{2,8})?|[ぁ-ゖー]{2,8}[ 　][ぁ-ゖー]{2,8})"
        r"(?=です|で、|。|、|！|!|\n|$|[ 　])",
    ),
)
# A name of one character is told by its frame; what people are called besides is no name.
_RELATED = re.compile("(?:お子|(?<![一-龥])元?奥|お坊|お巡り|お向かい|お隣)\\Z")
_OF_RELATIONS = frozenset({"さん", "さま", "様", "さーん"})
_ONE_CHARACTER = _Cue.of(
    "呼んで|呼ばれて|申します|いう|言う",
    rf"(?:^|[、。！!\s]|(?:{_KIN})[はがも]?)([一-龥](?<![人者子方物事何皆犬猫豚猿鳥魚虫牛馬神鬼姫王神悪敵壁雑草花空海山川雨雪嘘罠癖愛恋夢運縁罪母父兄姉弟妹娘嫁妻夫親私僕俺君彼]))"
    r"(?=(?:って|と)(?:呼んで|呼ばれて|申します|(?:いう|言う)(?:んだ|んです|名前|子(?![どは]))))",
)
_HONORED = _Cue.of(
    "さん|ちゃん|くん|君|さま|様|氏",
    r"(?<![A-Za-zＡ-Ｚａ-ｚ一-龥々ァ-ヴー])([A-Za-zＡ-Ｚａ-ｚ]{2,15}|[ァ-ヴー]{2,10}|[一-龥々]{2,4}(?<![同多模仕異有各諸]))"
    r"(?=さん|ちゃん(?!と)|くん|君(?![一-龥])|さま|様(?![子々式相態])|氏(?![一-龥]))",
)
# An aunt's name ends before what she is: 「よしこおばさん」; whose she is and what she is like is no name: 「うちの」, 「やさしい」.
_HIRAGANA_NAME = _Cue.of(
    "くん|ちゃん|さん",
    r"(?:^|[、。！!？?\s「（(])(?:(?:うち|わたし|あたし|ぼく|おれ|となり|きんじょ)の)?([ぁ-ゖー]{2,5}?)"
    r"(?=(?:(?<!の)(?<!お)(?<![しさわつ]い)(?<!んな)(?:お?(?:じい|ばあ)|お[じば]|ねえ|にい)|(?<!お[じば])(?<!お(?:じい|ばあ|ねえ|にい))(?<!の(?:ねえ|にい)))(?:くん|ちゃん(?!と)|さん))",
)
# Given names of one character that are words besides, where they do what people do: 「蓮が泣いた」, not 「桜の入学式」.
_PEOPLE_DO = re.compile(
    r"([蓮紬碧楓翼優誠桜梅菫凪律湊葵光歩望薫忍杏椿蒼樹哲玄陸陽颯悠匠仁隼徹剛猛勝茂昇清茜梓栞渚遥雫鈴蘭藍瞳舞愛恵幸])(?<![^、。！!？?\s「日き].)"
    r"(?!(?<=[愛光桜])(?:の入学|の卒業|が生まれ|に頼))"
    r"(?=[がはも](?:泣|笑|怒|言[いっ]|話し|歩い|転ん|寝[たて]|起き[たて]|遅刻|休み|辞め|結婚|帰っ|入院|生まれ|熱出|風邪|喋|しゃべ|サッカー|ピアノ|まだ(?:来|寝))"
    r"|と(?:話|会|喧嘩|付き合|別れ|飲)|に(?:振られ|言[いっ]|聞い|頼|会|伝え|怒られ|渡し|借り|貸し)|から(?:LINE|ライン|連絡|電話|返信|聞)"
    r"|の(?:誕生日|ママ|パパ|お母|お父|お弁当|宿題|入学|入園|卒業|卒園|運動会|発表会|保育園|幼稚園|お迎え|送り迎え)|って(?:ほんと|まじ|マジ)(?:優し|うざ|かわい|馬鹿|バカ))"
)
# Ends of what is said of a name and is none: 「名前は言えない」; のえる, ちえる, みない and やない are names.
_NO_INTRODUCTION = re.compile(
    r"(?:ます|ません|(?<!ー)[しきいれえけせねべめげっ]たん|(?<=.)[てい]るの|った|って|てる|(?<!や)(?<!み)ない|たい|うん|(?<!の)(?<!ち)える|いた|けど|いい)\Z"
)
_STUDIED_AT = _Cue.of(
    "大学|学校|高校|病院|銀行|株式会社",
    r"(?:(?<![一-龥ァ-ヴーA-Za-z])|(?<=株式会社))[一-龥ァ-ヴーA-Za-z]{2,12}(?:大学院|大学|高等学校|高校|中学校|小学校|病院|銀行|株式会社)(?!生)|株式会社[一-龥ァ-ヴーA-Za-z]{2,12}",
)
_GENERIC_ORGANIZATION = re.compile(
    r"^(?:この|その|あの|私立|公立|国立|県立|市立|地元の?|総合|有名|女子|男子|近所の?|同じ|別の?|通信制?|元|母校)*(?:大学院|大学|高等学校|高校|中学校|小学校|病院|銀行|株式会社)$"
)
# Endings of trades and roles; a family name with one of them (土屋) is in the dictionary.
_TRADE = re.compile(
    r"(?:屋|(?:作|画|専門|音楽|建築|政治|起業|投資|農|大|愛好)家|員|者|師|士|役|係|医|民|生|客|主|連|族|長|官|婦|作家|歌手|選手|監督|俳優|声優|[ァ-ヴー]{2}(?:ター|イスト|ティスト|ニスト|マン|ダー))$"
)
# What follows or precedes a place, when the dictionary knows the word as a family name first.
_PLACE_AFTER = re.compile(
    r"[県市区町村駅港湾]|通り(?![がすま])|(?:に|へ)(?:住|引|行|旅行|遊び|帰省|泊|出張|着|到着)|出身|在住|生まれ|育ち|から来|方面|行き|温泉|旅行|空港|(?:の|で)(?:近く|ほう|方|温泉|旅館|ホテル|海|街|山|お土産|名物|観光|祭り|花火|泊|食べ)|あたり|辺り|らへん"
)
_PLACE_BEFORE = re.compile(r"(?:生まれ|地元|出身|実家|住まい|住んで(?:い)?るの|旅行先|行き先)は$")
_PERSON_AFTER = re.compile(
    r"です|だよ|だっ|と申|とい[うい]|と言|って(?:い[うい]|言|呼|人|名前|子)|(?:が|に|と|から)(?:言|聞|会|来|教え|話|電話|連絡|結婚|付き合|別れ)|の(?:家|誕生日|お母|お父|こと|奥|旦那|息子|娘)|という"
)
_NOT_NAMES = read_words("not_names_ja")
_NOT_ALONE = read_words("not_alone_ja")


_LABEL = {"S": "PERSON", "G": "PERSON", "P": "PERSON", "L": "LOCATION", "N": "LOCATION"}
_NAMED = frozenset(_LABEL)
_SURE, _FAINT = 0.9, 0.4


@dataclass(frozen=True, slots=True)
class JapaneseNames:
    """PERSON, LOCATION and ORGANIZATION in texts with kana or Han characters; other texts give nothing.

    Scores: 0.95 a full name or a name with an honorific, 0.9 an introduction, 0.8 a family name,
    0.7 a given name or place by itself; the tagger's own where there is one.
    """

    _morphology: Morphology = field(repr=False)
    _tagger: UnitTagger | None = field(default=None, repr=False)
    _with_chinese: bool = True
    name: str = "japanese-names"
    labels: frozenset[str] = frozenset({"PERSON", "LOCATION", "ORGANIZATION"})

    @classmethod
    def load(cls, tagger: UnitTagger | None = None, *, with_chinese: bool = True) -> "JapaneseNames":
        """Read the dictionary, about 0.2 s.

        tagger       : takes the place of the dictionary's word on what is a name.
        with_chinese : whether Chinese is read as if it were Japanese, for want of a better reader.

        Raises DetectorError when it is not installed.
        """
        return cls(Morphology.load(), tagger, with_chinese)

    def reading(self, name: str) -> str:
        """Return how a name in kanji is read, in hiragana; empty where that is unsure."""
        return read_name(self._morphology, name)

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the spans of each text, sorted by start; they may overlap."""
        pieces = [
            _Piece(number, offset, chunk, self._morphology.morphemes(chunk))
            for number, text in enumerate(texts)
            if language_of(text) == "ja" and (self._with_chinese or not is_chinese(text))
            for offset, chunk in chunks(text)
        ]
        spans: list[list[Span]] = [[] for _ in texts]
        for piece, found in zip(pieces, self._named_in(pieces), strict=True):
            every = [*found, *self._from_cues(piece.text)]
            spans[piece.number] += [span.moved(piece.offset) for span in every] if piece.offset else every
        return [sorted(set(found)) for found in spans]

    def _named_in(self, pieces: Sequence["_Piece"]) -> list[list[Span]]:
        if self._tagger is None:
            return [list(self._from_tokens(piece.text, piece.morphemes)) for piece in pieces]
        tagged = self._tagger.detect([joined(piece.text, *piece.morphemes) for piece in pieces])
        return [
            _outside_english(
                piece.text, [span for span in trimmed(piece.text, spans) if not _is_faint(piece.text, span)]
            )
            for piece, spans in zip(pieces, tagged, strict=True)
        ]

    def _from_tokens(self, text: str, morphemes: Morphemes) -> Iterator[Span]:
        if _NAMED.isdisjoint(morphemes.kinds):
            return
        ends = [*morphemes.begins[1:], len(text)]
        tokens = list(map(_Token, morphemes.begins, ends, morphemes.kinds))
        index = 0
        while index < len(tokens):
            last = index
            if tokens[index].label:
                while last + 1 < len(tokens) and self._joined(text, tokens, last):
                    last = _next_named(text, tokens, last)
                span = self._named(text, tokens[index], tokens[last])
                if span is not None:
                    yield span
            index = last + 1

    def _joined(self, text: str, tokens: Sequence["_Token"], last: int) -> bool:
        """Whether the token after ``last`` (one blank or 「・」 may stand between) goes on with the same name."""
        following = _next_named(text, tokens, last)
        before, after = tokens[last], tokens[following] if following < len(tokens) else None
        if after is None or after.label != before.label:
            return False
        if before.label != "PERSON":
            return following == last + 1
        gap = text[before.end : after.start]
        if len(gap) > 1 or gap == "\n":
            return False
        # A family name ends one person and starts the next: 「田中 佐藤」 are two.
        if after.kind != "S" or before.kind not in "SG":
            return True
        return bool(gap) and before.kind == "S" and self._is_full_name(text, before, after)

    def _is_full_name(self, text: str, family: "_Token", given: "_Token") -> bool:
        """Whether two words apart are family and given name together: 「田中 美咲」, where 美咲 alone may be either."""
        whole = text[family.start : family.end] + text[given.start : given.end]
        return self._morphology.morphemes(whole).kinds == "SG"

    def _named(self, text: str, first: "_Token", last: "_Token") -> Span | None:
        start, end = first.start, last.end
        if first.label != "PERSON":
            return Span(start, end, first.label, 0.7, self.name)
        if first is not last:
            return Span(start, end, "PERSON", 0.95, self.name)
        surface = text[start:end]
        if _HONORIFIC.match(text, end):
            return None if surface in _NOT_NAMES else Span(start, end, "PERSON", 0.95, self.name)
        if _PLACE_AFTER.match(text, end) or _PLACE_BEFORE.search(text, max(0, start - 8), start):
            return Span(start, end, "LOCATION", 0.7, self.name)
        latin = surface.isascii() and surface.islower()  # «phone» is a singer to the dictionary
        if surface in _NOT_NAMES or (
            (end - start == 1 or latin or surface in _NOT_ALONE) and not _PERSON_AFTER.match(text, end)
        ):
            return None
        return Span(start, end, "PERSON", 0.8 if first.kind == "S" else 0.7, self.name)

    def _from_cues(self, text: str) -> Iterator[Span]:
        yield from self._introduced(text)
        for start, end in hiragana_names(text):
            yield Span(start, end, "PERSON", 0.8, self.name)
        for match in _HONORED.matches(text):
            if match[1] not in _NOT_NAMES and not _TRADE.search(match[1]):
                yield Span(*match.span(1), "PERSON", 0.9, self.name)
        for match in _STUDIED_AT.matches(text):
            if not _GENERIC_ORGANIZATION.match(match[0]):
                yield Span(*match.span(), "ORGANIZATION", 0.7, self.name)

    def _introduced(self, text: str) -> Iterator[Span]:
        for cue in (*_INTRODUCTIONS, _HIRAGANA_NAME):
            for match in cue.matches(text):
                said = match[1]
                if len(said) > 1 and said not in _NOT_NAMES and not _NO_INTRODUCTION.search(said):
                    yield Span(*match.span(1), "PERSON", 0.9, self.name)
        for matches in (_ONE_CHARACTER.matches(text), _PEOPLE_DO.finditer(text)):
            for match in matches:
                if match[1] not in _NOT_NAMES:
                    yield Span(*match.span(1), "PERSON", 0.9, self.name)


class _Piece(NamedTuple):
    """Part of a text, at an offset."""

    number: int
    offset: int
    text: str
    morphemes: Morphemes

    def __repr__(self) -> str:
        return "_Piece(…)"


class _Token(NamedTuple):
    start: int
    end: int
    kind: str

    @property
    def label(self) -> str:
        return _LABEL.get(self.kind, "")


def _is_faint(text: str, span: Span) -> bool:
    """Whether a span is one character that the tagger hardly takes for a person, and that nothing beside it does, or a relation: 「お子さん」."""
    if span.label != "PERSON":
        return False
    honored = _HONORIFIC.match(text, span.end)
    if honored and honored[0] in _OF_RELATIONS and _RELATED.search(text, span.start, span.end):
        return True
    if honored or span.end - span.start > 1 or span.score >= _FAINT:
        return False
    return _PERSON_AFTER.match(text, span.end) is None


def _outside_english(text: str, spans: list[Span]) -> list[Span]:
    """Return the spans but for unsure ones in a passage of English, which a tagger of Japanese reads badly."""
    passages = english_passages(text) if spans else []
    return [
        span
        for span in spans
        if span.score >= _SURE or not any(start < span.end and span.start < end for start, end in passages)
    ]


def _next_named(text: str, tokens: Sequence[_Token], index: int) -> int:
    following = tokens[index + 1]
    return index + 2 if following.kind == BLANK or text[following.start] == "・" else index + 1
