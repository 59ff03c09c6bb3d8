"""The second cue that a known value needs where its form is also a word: what stands before and behind it.

A person's cue is an honorific, a verb of people, or in English a capital inside a sentence.
"""

import re
from collections.abc import Callable

from deid.detect.known.fold import Folded

Guard = Callable[[Folded, int, int], bool]
"""Whether a find at a range of the folded text has the cue it needs."""

HONORIFIC = r"さん|さま|様|くん|君|ちゃん|氏(?![一-龥])|殿(?![一-龥])|先生|先輩"
_CALLED_JA = re.compile(
    rf"\s?(?:{HONORIFIC})|です|だよ|と申し|といい|と言い|っていい|って言|って呼|って名前|という(?:名前|者)|とは(?:[知友昔古長幼]|付き合|仲|もう|ずっと|いつも|最近|中学|高校|大学)|と(?:話し|会う|会っ|喧嘩|一緒|仲)|"
    r"に(?:聞い|聞き|会|言わ|言っ|電話|相談|話し|怒ら)|が(?:言[っいう]|来[るた]|教え|怒っ|好きって)|から(?:聞い|聞き|連絡|電話|line)|の(?:家|誕生日|お母|お父|携帯)"
)
_HONORED = re.compile(rf"\s?(?:{HONORIFIC})|[-‐‑–\s]?(?:san|kun|chan|sama|sensei|senpai)(?![a-z])")
_NAMED_JA = re.compile(
    r"(?:名前は|氏名は|本名は|名前、|氏名:|名前:|あだ名は|私は|僕は|俺は|[ly]?っす、?)[、\s]?$"
)
_BEFORE_EN = re.compile(
    r"(?:\b(?:mr|mrs|ms|miss|dr|prof|sir|aunt|uncle|auntie|cousin|grandma|grandpa|hi|hello|hey|dear|thanks|thank you|bye|sorry|love|regards|cheers)[.,!]?"
    r"|\b(?:i'?m|i am|my name is|my name's|name's|name is|call me|this is|called|named|i go by|it'?s me|known as|my (?:friend|boss|brother|sister|son|daughter|husband|wife|cousin|roommate|partner|ex)))\s$"
)
_AFTER_EN = re.compile(
    r"[-\s](?:san|kun|chan|sama|sensei|senpai)\b|'s (?:mom|mum|dad|house|place|birthday|wife|husband|sister|brother|phone|number|email|car|room)\b|"
    r"\s(?:said|says|told|asked|called|texted|emailed|thinks|wants|loves|hates|lives|works|isn't|wasn't|didn't|doesn't|and i\b|and me\b)"
)
_NO_PERSON_BEFORE = re.compile(
    r"\b(?:in|near|visit(?:ing|ed)?|around|since|until|till|during|last|next|this|early|late|mid|every|the|a|an|of)\s$"
)
_DATE_AFTER = re.compile(r"\s(?:[0-9]|the [0-9])")
_INITIAL_AFTER = re.compile(r"\s[A-Z]\.\s[A-Z]")
_INITIAL_BEFORE = re.compile(r"[A-Za-z]\s[A-Z]\.\s$")
_SPOKEN_OF = re.compile(
    r"\b(?:at|for|with|from|join(?:ed)?|employer(?: is|:)?|company(?: is|:)?|school(?: is|:)?|work(?:place)? is)\s$"
)


def is_person_ja(text: Folded, start: int, end: int) -> bool:
    """Say whether Japanese calls it a person on either side."""
    return bool(_CALLED_JA.match(text.text, end) or _NAMED_JA.search(text.tail(start, 8)))


def is_introduced(text: Folded, start: int, end: int) -> bool:
    """Whether an honorific follows, or the name is just being given."""
    if _HONORED.match(text.text, end) or text.text.startswith("と申し", end):
        return True
    return bool(_NAMED_JA.search(text.tail(start, 8))) and text.text.startswith(("です", "だ", "。"), end)


def is_katakana_or_person(text: Folded, start: int, end: int) -> bool:
    """Say whether it is written in katakana, or called a person."""
    written = text.normal.text[start:end]
    return all("ァ" <= c <= "ヶ" or c in "ー・ " for c in written) or is_person_ja(text, start, end)


def is_person_en(text: Folded, start: int, end: int) -> bool:
    """Say whether a cue stands on either side, or a capital where only names have one."""
    before = text.tail(start, 24)
    if _BEFORE_EN.search(before) or _HONORED.match(text.text, end):
        return True
    if not text.normal.text[start].isupper() or _DATE_AFTER.match(text.text, end):
        return False
    if _AFTER_EN.match(text.text, end) or _beside_initial(text, start, end):
        return True
    shouted = text.normal.text[max(0, start - 12) : end].isupper()
    return _inside(before) and not shouted and not _NO_PERSON_BEFORE.search(before)


def _beside_initial(text: Folded, start: int, end: int) -> bool:
    """«Bo J. Stone»: a capital and a full stop between two words."""
    written = text.normal.text
    return bool(
        _INITIAL_AFTER.match(written, end) or _INITIAL_BEFORE.search(written[max(0, start - 5) : start])
    )


def _inside(before: str) -> bool:
    stripped = before.rstrip(" \t\"'“”‘’(*_")
    return bool(stripped) and stripped[-1] not in ".!?\n:;。！？…-–—•|"


def is_parted(text: Folded, start: int, end: int) -> bool:
    """«J. Smith»: something stands behind the initial."""
    del end
    return not text.text[start + 1].isalnum()


def is_abbreviated(text: Folded, start: int, end: int) -> bool:
    """«John S.»: a space before the initial, which ends there."""
    del start
    return text.text[end - 2].isspace() and text.normal.text[end - 1].isupper()


def is_dotted(text: Folded, start: int, end: int) -> bool:
    """«J.S.», «J. S.»: both initials are capitals with a full stop."""
    written = text.normal.text
    return (
        text.text[start + 1] == "."
        and text.text[end : end + 1] == "."
        and written[start].isupper()
        and written[end - 1].isupper()
    )


def is_named_thing(text: Folded, start: int, end: int) -> bool:
    """Say whether a word is meant as a name: a capital inside a sentence, or words such as «at» before it."""
    del end
    before = text.tail(start, 24)
    written = text.normal.text[start]
    return bool(_SPOKEN_OF.search(before)) or (written.isupper() and _inside(before)) or not written.isascii()
