"""What others are to the speaker: «my mom», «旦那»."""

import re

_EN = {
    "mother": "mom mum mama mother stepmom stepmother mommy",
    "father": "dad daddy papa father stepdad stepfather pops",
    "parent": "parents folks",
    "child": "son daughter kid child baby boy girl kids children toddler stepson stepdaughter",
    "sibling": "brother bro sister sis sibling twin brothers sisters stepbrother stepsister",
    "spouse": "husband hubby wife spouse",
    "partner": "boyfriend bf girlfriend gf partner fiance fiancee fiancé fiancée",
    "grandparent": "grandma grandmother gran nan nana granny grandpa grandfather grandad granddad grandparents",
    "friend": "friend bestie bff mate buddy",
    "colleague": "boss coworker colleague manager supervisor",
    "other": "uncle aunt auntie nephew niece cousin roommate flatmate neighbor neighbour ex crush classmate teacher grandson granddaughter grandkid",
}
_JA = {
    "mother": "母 母親 お母さん ママ おかん 母さん 義母",
    "father": "父 父親 お父さん パパ おとん 父さん 親父 義父",
    "parent": "両親 親",
    "child": "息子 娘 子供 子ども こども 長男 長女 次男 次女 三男 末っ子 赤ちゃん うちの子 上の子 下の子 一番下の子 真ん中の子",
    "sibling": "妹 弟 姉 兄 きょうだい 兄弟 姉妹 お姉ちゃん お兄ちゃん お姉さん お兄さん 姉ちゃん 兄ちゃん",
    "spouse": "夫 妻 旦那 嫁 奥さん 主人 旦那さん",
    "partner": "彼女 彼 彼氏 カレ 恋人 婚約者",
    "grandparent": "祖母 祖父 おばあちゃん おじいちゃん ばあちゃん じいちゃん おばあ おじい ばあ じい 祖父母",
    "friend": "友達 友人 友だち 親友 幼なじみ ママ友",
    "colleague": "先輩 後輩 同期 上司 部下 同僚 店長 社長 部長 課長",
    "other": "孫 甥 姪 甥っ子 姪っ子 おば おじ 叔母 叔父 いとこ 従兄弟 従姉妹 元カレ 元カノ",
}


def _inverted(relations: dict[str, str]) -> dict[str, str]:
    return {word: relation for relation, words in relations.items() for word in words.split()}


_BY_WORD = _inverted(_EN) | _inverted(_JA)
KIN_EN = f"(?:{'|'.join(sorted(_inverted(_EN), key=len, reverse=True))})"
MY_KIN = rf"(?:(?:\b(?:my|our) |(?:^|(?<=[.,!?] ))(?=(?:mom|mum|dad|grandma|grandpa|hubby)\b))(?:(?:own|late|older|younger|little|big|elder|eldest|youngest|best|baby|step|kid|oldest|twin|sweet|dear|new|poor|old) )*(?P<kin>{KIN_EN}))"
KIN_JA = re.compile("|".join(sorted(_inverted(_JA), key=len, reverse=True)))


def relation(word: str) -> str:
    """Return what somebody called by a word is to the speaker."""
    return _BY_WORD.get(word.lower(), "other")


def relation_ja(topic: str) -> str:
    """Return the relation of a Japanese topic, such as «うちの妹は»."""
    found = KIN_JA.findall(topic)
    return relation(found[-1]) if found else "other"
