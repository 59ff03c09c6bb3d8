"""Parts of speech as one letter: what detection knows of a morpheme besides where it stands.

The letters stand for UniDic's parts of speech by their first four levels; those of names and places are
``S`` family name, ``G`` given name, ``P`` other name of a person, ``L`` place, ``N`` country, ``E`` other
proper noun.
"""

from collections.abc import Sequence

BLANK = " "
NAMES_OF_PEOPLE = frozenset("SGP")
_PROPER = {
    ("人名", "姓"): "S",
    ("人名", "名"): "G",
    ("人名", "一般"): "P",
    ("地名", "一般"): "L",
    ("地名", "国"): "N",
}
_COMMON = {"サ変可能": "v", "助数詞可能": "c", "形状詞可能": "a", "副詞可能": "d"}
_MARKS = {"句点": ".", "読点": ",", "括弧開": "(", "括弧閉": ")"}
_OTHERS = {
    "代名詞": "r",
    "形状詞": "A",
    "連体詞": "R",
    "副詞": "B",
    "接続詞": "C",
    "感動詞": "I",
    "動詞": "V",
    "形容詞": "J",
    "助動詞": "X",
    "助詞": "p",
    "接頭辞": "h",
    "記号": "k",
    "空白": BLANK,
}


def kind_of(pos: Sequence[str]) -> str:
    """Return the letter of a part of speech; ``?`` for one that UniDic does not have."""
    first, second, third, fourth = pos[:4]
    if first == "名詞" and second == "固有名詞":
        return _PROPER.get((third, fourth), "E")
    if first == "名詞":
        return "0" if second == "数詞" else _COMMON.get(third, "n")
    if first == "接尾辞":
        return "t" if second == "名詞的" else "T"
    if first == "補助記号":
        return _MARKS.get(second, "b")
    return _OTHERS.get(first, "?")
