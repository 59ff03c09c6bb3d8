"""Whose a statement is: the speaker's own and of the present, somebody else's, or nobody's."""

import re

from deid.detect.stated.relations import relation, relation_ja
from deid.detect.stated.sentences import asks, in_fiction, last_clause, last_sentence, of_others, other_topic

_NEAR = 200
_AFTER = 60
_UNREAL = re.compile(
    r"\b(?:if|wish(?:ed|ing)?|when|whenever|used to|want(?:s|ed|ing)?|wanna|would|could|might|should|dream(?:s|ed|ing)?|pretend(?:ing)?|imagin(?:e|ing)|almost|never|not|nor|until|"
    r"unless|feel(?:s|ing)? like|(?:going|gonna|about|trying|supposed|hope|hoping|plan|planning|need|like|love|have|had) (?:to )?be|hop(?:e|ing)|as though|act(?:ing)? like|think(?:s|ing)? (?:that )?i|thought i|says? i|said i|tells? me i|"
    r"suppose|lets say|let['’]s say|maybe|one day|someday|quit|looking for|apply(?:ing)? (?:to|for)|interview(?:ed|ing)?|someone|somebody|who)\b|n['’]t\b|['’]d\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\s*(?:(?:back )?in (?:college|high school|the (?:[0-9]0s|game|show|play|story|movie|book)|disguise|training|a past life)|back then|once\b|as a (?:kid|child|teen)|when (?:drunk|i was|i grow)|at heart|years? ago|for halloween|wannabe|someday|one day|in my (?:dreams|head))",
    re.IGNORECASE,
)
_OTHER_SUBJECT = re.compile(
    r"\b(?:he|she|they|you|his|her|their|your)(?:['’](?:s|re|ve|ll))?\s*(?:[a-z]+\s+){0,2}$", re.IGNORECASE
)
_UNREAL_JA = re.compile(
    r"もし|仮に|たとえば|例えば|夢の中|妄想|なりきり|という設定|来世|生まれ変わ|だったら|昔は?|以前|むかし|かつて|当時|学生時代|若い頃|(?<!の)前は|元々は|キャラ設定|ゲームの中|将来|いつか|小説|漫画|ドラマ"
)
_ASKED_JA = re.compile(
    r"[^。！!\n、]{0,10}(?:[?？]|ですか(?!ら)|ますか(?!ら)|でしょうか|(?<!し)かな(?:[^り]|$)|だっけ|かい(?:$|[。！]))"
)
_AFTER_JA = re.compile(
    r"(?:という|って)(?:設定|夢|役|人|友|の[はが])|みたい|っぽ|らしい|だったら|なら|だった|でした|じゃな|ではな|(?:の|な)(?:夢|役)|に憧れ"
)

_GOES_ON = re.compile(
    "[^。]{0,3}(?:けど|ので|から|のに|ですが|だが|やし|んで(?!す))"
)  # asks about something else
_OF_A_THIRD = re.compile(r"[^。！!\n]{0,24}って(?:いう)?(?:友|人|子が|先輩|同僚|知り合|話|噂)")


def own_en(match: re.Match[str]) -> str | None:
    """Return whose an English statement is; of others only where the match has a group ``kin``."""
    text = match.string
    before, after = (
        text[max(0, match.start() - _NEAR) : match.start()],
        text[match.end() : match.end() + _AFTER],
    )
    sentence = last_sentence(before)
    if in_fiction(before, after) or _LATER.match(after) or asks(sentence + match[0], after):
        return None
    kin = next((match[name] for name in match.groupdict() if name.startswith("kin") and match[name]), None)
    if _UNREAL.search(last_clause(sentence)) or (not kin and _OTHER_SUBJECT.search(sentence)):
        return None
    return relation(kin) if kin else "speaker"


def fragment_en(match: re.Match[str]) -> str | None:
    """Return whose a statement without a subject is: the speaker's, where a clause begins with it."""
    before = match.string[max(0, match.start() - _NEAR) : match.start()]
    return own_en(match) if not last_clause(last_sentence(before)).strip(" \"'-*(") else None


def own_ja(match: re.Match[str]) -> str | None:
    """Return whose a Japanese statement is."""
    text = match.string
    start = match.start("v") if "v" in match.re.groupindex and match["v"] else match.start()
    before, after = text[max(0, start - _NEAR) : start], text[match.end() : match.end() + _AFTER]
    sentence = last_sentence(before)
    if in_fiction(before, after) or _UNREAL_JA.search(sentence):
        return None
    asked = _ASKED_JA.match(after) and not _GOES_ON.match(match[0][-3:] + after[:3])
    if asked or _AFTER_JA.match(after) or _OF_A_THIRD.match(after):
        return None
    return relation_ja(other_topic(sentence)) if of_others(sentence) else "speaker"


def speaker_ja(match: re.Match[str]) -> str | None:
    """Return ``speaker`` for a Japanese statement of the speaker's own, None for others'."""
    return "speaker" if own_ja(match) == "speaker" else None


def speaker_en(match: re.Match[str]) -> str | None:
    """Return ``speaker`` for an English statement of the speaker's own, None for others'."""
    return "speaker" if own_en(match) == "speaker" else None
