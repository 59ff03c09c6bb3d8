"""What repeats a stated fact in other words, by hand."""

import pytest

from deid.pipeline.rewriting.echoes import Voice, echoes
from deid.types import Fact


def found(
    kind: str, value: str, text: str, *, voice: Voice = "other", surface: str = "as it was said"
) -> list[str]:
    fact = Fact(kind, value, 0, 0, len(surface))
    return [text[start:end] for start, end in echoes(fact, surface, text, [], voice=voice)]


@pytest.mark.parametrize(
    ("value", "text", "words"),
    [
        ("children:some", "お嬢さんはもう中学生ですか", ["お嬢さん"]),
        ("children:2", "お子さん2人だと大変ですね。息子さんは?", ["お子さん", "息子さん"]),
        ("children:2", "How old are your two kids? Is your daughter well?", ["kids", "daughter"]),
        ("children:0", "お子さんはいますか", []),
        ("children:0", "being childfree has its perks", ["childfree"]),
        ("married", "奥様によろしく。ご結婚は?", ["奥様", "ご結婚"]),
        ("married", "congrats on being married, tell your lovely wife", ["married", "wife"]),
        ("single", "独身だと自由ですね", ["独身"]),
        ("single", "your kids?", []),
        ("divorced", "離婚は大変でしたね", ["離婚"]),
        ("divorced", "after your divorce", ["divorce"]),
        ("widowed", "I'm sorry about your late husband", ["husband"]),
        ("engaged", "ご婚約おめでとう! your fiancé", ["ご婚約", "fiancé"]),
        ("siblings:2", "弟さんと仲がいいんですね, your older brother", ["弟さん", "brother"]),
        ("siblings:0", "as an only child 一人っ子", ["only child", "一人っ子"]),
        ("children:2", "kids these days", []),
    ],
)
def test_a_family_is_told_again_in_other_words(value: str, text: str, words: list[str]) -> None:
    assert sorted(found("FAMILY", value, text)) == sorted(words)


@pytest.mark.parametrize(
    ("value", "text", "words"),
    [
        ("children:2", "うちの娘が熱で、友達の娘も。my son is 3", ["娘", "son"]),
        ("married", "夫は大丈夫、工夫する農夫の主人公と稲妻", ["夫"]),
        ("married", "your wife", []),
        ("siblings:1", "私の弟です", ["弟"]),
    ],
)
def test_of_ones_own_family_one_speaks_otherwise(value: str, text: str, words: list[str]) -> None:
    assert sorted(found("FAMILY", value, text, voice="own")) == sorted(words)


@pytest.mark.parametrize(
    ("kind", "value", "surface", "text", "words"),
    [
        ("OCCUPATION", "dentist", "歯医者", "Being a dentist is hard, 歯科医さん", ["dentist", "歯科医"]),
        ("NATIONALITY", "Brazil", "ブラジル", "are Brazilian people loud?", ["Brazilian"]),
        ("LANGUAGE", "korean", "Korean", "韓国語ができるんですね", ["韓国語"]),
        ("ORGANIZATION", "acme", "Acme", "how is acme? acmeist", ["acme"]),
        ("EDUCATION", "x", "x", "x", []),  # too short to be told from others
        ("MONEY", "paid:JPY:30000", "3万円", "30,000円も！三万円ですか。3000円", ["30,000円", "三万円"]),
    ],
)
def test_a_fact_is_told_again_in_other_words(
    kind: str, value: str, surface: str, text: str, words: list[str]
) -> None:
    assert found(kind, value, text, surface=surface) == words
