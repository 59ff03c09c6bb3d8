"""Nationalities and languages."""

import re
from collections.abc import Iterable

from deid.detect.stated.claims import fragment_en, speaker_en, speaker_ja
from deid.detect.stated.rules import Reading, Rule, alternatives
from deid.detect.stated.vocabulary import LANGUAGES, NATIONALITIES

_I_BE = r"(?:\bi ?['’]?m|\bi am|(?<![a-z])im|\bwe['’]re|\bwe are|\bi['’]ve been)"
_ADVERBS = r"(?:(?:also|actually|still|now|currently|just|basically|technically|literally|originally|proudly|both|all|legally|born|a proud|proud|as) )*"
_NATION = rf"(?P<v>{alternatives(NATIONALITIES.en)})"
_SELF_AFTER = r"(?=\s*(?:$|[.!?,;:)~…]|\bbut\b|\bso\b|\band\b|\bbtw\b|\btho(?:ugh)?\b|\btoo\b|\bliving\b|\bby\b|\bborn\b|\bhere\b|\bin\b|\bon\b|\bwho\b|\bgirl\b|\bguy\b|\bman\b|\bwoman\b|\bdude\b|\bcitizen\b|\bnational\b|\bperson\b|\bexpat\b|\bstudent\b|\bmom\b|\bdad\b|\bi\b|\blol\b|\bthis\b|\bit\b|\bhaha\b|\bmyself\b|\bactually\b|\boriginally\b|\bbecause\b|\bif\b))"
_NATIONALITY_EN: tuple[str, ...] = (
    rf"{_I_BE} {_ADVERBS}(?:an? )?{_NATION}(?![\w-]){_SELF_AFTER}",
    rf"\bwe(?:['’]re| are) {_ADVERBS}(?P<v>{alternatives(NATIONALITIES.en)}s)(?![\w-]){_SELF_AFTER}",
    rf"\bi (?:hold|have|got|carry|travel on) (?:an? )?(?:dual )?{_NATION} (?:passport|citizenship|nationality)",
    rf"\b(?:i |just |finally )?(?:became|become) an? (?P<us>u\.?s\.?|us|uk)?{_NATION}? ?citizen",
    rf"\bmy (?:nationality|citizenship) is {_NATION}\b",
    rf"\bwe {_NATION}s\b",
    rf"\bsoy {_NATION}(?![\w-])",
)
_NATIONALITY_FRAGMENTS: tuple[str, ...] = (
    rf"\b(?:as an?|being(?: an?)?) {_NATION}(?![\w-]){_SELF_AFTER}",
    rf"\b{_NATION} (?:here|girl here|guy here|national here)\b(?! in| is| are)",
)
_SHORT = {"us": "United States", "uk": "United Kingdom"}

_LANGUAGE = alternatives(LANGUAGES.en)
_LIST = rf"(?P<v>{_LANGUAGE}(?:(?:,| and|, and| &|/| n| plus| or)?(?: an?)?(?: (?:little|bit of|lil|some|broken|basic|decent|bad|at home|at work))* (?:and )?(?:a (?:little|bit of|lil) (?:of )?)?{_LANGUAGE})*)(?![\w-])"
_LANGUAGE_EN: tuple[str, ...] = (
    rf"\bi(?: can| also| only| mostly| do| both| already| mainly| actually)* speak (?:(?:fluent|a bit of|a little(?: bit of)?|some|decent|native|pretty good|okay|conversational|both|broken|basic|only|mostly|(?:two|three|four|five|[2-9]) languages:?) )*{_LIST}",
    rf"\bmy (?:first|native|mother|main|second|home) (?:language|tongue)(?:['’]s| is|:| was) {_LIST}",
    rf"\bi['’]?m (?:[a-z]+ ){{0,2}}(?:fluent|bilingual|trilingual|native)(?: in|,|:)? {_LIST}",
    rf"\b{_LIST} is my (?:first|native|mother|second|home) (?:language|tongue)",
    rf"\b(?:isn['’]?t|is not) my (?:first|native|mother) (?:language|tongue),? {_LIST} is\b",
    rf"\b(?:i )?(?:grew up|raised|was raised) (?:speaking|with|on) {_LIST}",
    rf"\bi (?:know|understand) (?:(?:enough|some|a bit of|a little) )?{_LIST} (?:well|enough|fluently|a bit|pretty|from|too|and)\b",
)
_LANGUAGE_FRAGMENTS: tuple[str, ...] = (
    rf"\b(?:native|fluent) {_LIST} speaker\b(?! (?:wanted|needed))",
    rf"\b(?:mother tongue|native language|first language)(?: is|:) {_LIST}",
    rf"\bfluent in {_LIST}",
)

_IS_JA = r"(?:です|だ(?!った|ろう|と)|だけど|なので|なのに|なん(?:です|だ|で|や)|だから|や(?:で|けど|ねん|から|し)|として|っす|で[、。]|ですが|ですけど|。|$|であ|の(?:私|わたし|僕|俺|自分))"
_NATION_JA = rf"(?P<v>{alternatives(NATIONALITIES.ja)})"
_NATIONALITY_JA = (
    rf"{_NATION_JA}人{_IS_JA}",
    rf"国籍(?:は|：|:){_NATION_JA}",
    rf"{_NATION_JA}国?籍(?:です|を(?:取得し|取り|持っ)|なん|の(?:私|僕)|で[、。]|に(?:帰化|なりま))",
    rf"{_NATION_JA}に帰化し(?:ました|た)",
)
_LANGUAGE_JA_NAME = alternatives(LANGUAGES.ja)
_LIST_JA = rf"(?P<v>{_LANGUAGE_JA_NAME}(?:(?:と|、|も|・|や){_LANGUAGE_JA_NAME})*)"
_SOME_JA = r"(?:が|を|も|は|なら|だけは)?(?:少し(?:だけ)?|ちょっと|普通に|そこそこ|一応|多少|日常会話(?:くらい|程度)?(?:は|なら)?|結構|けっこう|かなり|まあまあ|流暢に|問題なく|なんとか|片言(?:で|なら)?|ほぼ|全部|本当に|めっちゃ)*(?:は|なら)?"
_NOT_OTHERS = r"(?!よね|ね[。！!ー〜]?|んですね|んだ(?:ね|！)|んです[かね]|のは|のが|なんて|と(?:いい|便利|思|いう|楽)|けどね|のかな|人|方|彼|友|子|よう|かな|の[?？か]|でしょ|って|ようにな|先生|バイト|[?？])"
_LANGUAGE_JA = (
    rf"{_LIST_JA}{_SOME_JA}(?:話せ(?:ます|る)|喋れ(?:ます|る)|しゃべれ(?:ます|る)|でき(?:ます|る)|出来(?:ます|る)|わかる|わかります|分かります|分かる|ペラペラ(?:です|だ|なん|$)|堪能(?:です|だ)|話します|いける|いけます){_NOT_OTHERS}",
    rf"(?:家|うち|自宅|家族|職場|実家)(?:の中)?(?:で|と)は?{_LIST_JA}(?:で|を)?(?:話して|喋って|しゃべって|話し(?:ます)|です|を使)",
    rf"(?:母(?:国)?語|第一言語|ネイティブ|使用言語)(?:は|が|：|:){_LIST_JA}(?!の人|じゃ)",
    rf"{_LIST_JA}(?:が|は)(?:私の|僕の)?(?:母(?:国)?語|第一言語)(?:です|だ(?!った)|なん|で[、。])",
    rf"{_LIST_JA}の(?:バイリンガル|トリリンガル|ネイティブ)(?:です|だ(?!った)|なん|で[、。])",
)


def rules() -> Iterable[Rule]:
    """Return the rules of nationalities and languages."""
    nation, language = alternatives(NATIONALITIES.en), _LANGUAGE
    for regexes, claims in ((_NATIONALITY_EN, speaker_en), (_NATIONALITY_FRAGMENTS, fragment_en)):
        for regex in regexes:
            trigger = rf"citizen|(?:\bi['’ ]?a?m|\bwe|\bi (?:hold|have|got|carry)|\bas|being|soy|is|^) ?[a-z '’]*{nation}|^{nation}|[.!?,] {nation}"
            yield Rule("NATIONALITY", trigger, re.compile(regex, re.IGNORECASE), _nation, claims)
    for regexes, claims in ((_LANGUAGE_EN, speaker_en), (_LANGUAGE_FRAGMENTS, fragment_en)):
        for regex in regexes:
            trigger = rf"(?:speak|fluent|lingual|native|language|tongue|i know|i understand|raised|grew up).*{language}|{language}.*(?:language|tongue|speaker)"
            yield Rule("LANGUAGE", trigger, re.compile(regex, re.IGNORECASE), _languages, claims)
    for regex in _NATIONALITY_JA:
        yield Rule(
            "NATIONALITY",
            f"{alternatives(NATIONALITIES.ja)}(?:人|籍)|国籍|帰化",
            re.compile(regex),
            _nation,
            speaker_ja,
        )
    for regex in _LANGUAGE_JA:
        yield Rule("LANGUAGE", _LANGUAGE_JA_NAME, re.compile(regex), _languages, speaker_ja)


def _nation(match: re.Match[str]) -> Iterable[Reading]:
    if match.groupdict().get("us"):
        yield _SHORT[match["us"].lower().replace(".", "")], *match.span("us")
    elif match["v"]:
        said = match["v"].lower()
        value = (
            NATIONALITIES.en.get(said)
            or NATIONALITIES.en.get(said.removesuffix("s"))
            or NATIONALITIES.ja[match["v"]]
        )
        yield value, *match.span("v")


def _languages(match: re.Match[str]) -> Iterable[Reading]:
    for found in re.finditer(rf"{_LANGUAGE}(?![a-z])|{_LANGUAGE_JA_NAME}", match["v"], re.IGNORECASE):
        value = LANGUAGES.en.get(found[0].lower()) or LANGUAGES.ja[found[0]]
        yield value, match.start("v") + found.start(), match.start("v") + found.end()
