"""Claims to be the only one: «I'm the only dentist on the island», «島で唯一の歯科医です».

A description that nobody else fits is what the Enforcement Rules of the Personal Information Protection Act,
art. 34(4), call idiosyncratic.
"""

import re

from deid.detect.stated.sentences import in_fiction

_SENTENCE_END = re.compile(r"[.!?。！？\n]")
_CLAIM = re.compile(
    r"\b(?:i['’]?m|i am|im|i was|i became|being|as) (?:probably |literally |currently |now |also |still )*(?:the|one of (?:the )?(?:two|three)|(?:the )?world['’]?s|japan['’]?s)"
    r" (?:(?:one and )?only|first(?: ever)?|sole|last(?: remaining)?|oldest|youngest|tallest) (?!child|one\b|son|daughter|time|thing|sibling|in my family|year)"
    r"|(?:唯一|ただ[一1１]人|たった[一1１]人|[一1１]人しか|(?:日本|世界|県|国|島|村|町|市)(?:内)?(?:で)?(?:初|最高齢|最年少|最年長|一背の高い))",
    re.IGNORECASE,
)


def claims_of(text: str) -> list[tuple[int, int]]:
    """Return the sentences, [start, end), in which somebody says to be the only one of a kind."""
    found = []
    for match in _CLAIM.finditer(text):
        before = [end.end() for end in _SENTENCE_END.finditer(text, 0, match.start())]
        after = _SENTENCE_END.search(text, match.end())
        sentence = (before[-1] if before else 0, after.start() if after else len(text))
        if not in_fiction(text[: match.start()], text[match.end() :]):
            found.append(sentence)
    return found
