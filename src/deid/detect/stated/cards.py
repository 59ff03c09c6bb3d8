"""What an assistant notes about «the user», read as if the user said it: every character keeps its place."""

import re

_CARD = re.compile(r"\s*(?:[-*•] ?)?(?:the )?user(?:['’]s)? ", re.IGNORECASE)
_SUBJECT = re.compile(r"\b(?P<lead>(?:the )?user )(?P<verb>is|has|was|[a-z]{3,12}s)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"(?P<lead>,? and |, )(?P<verb>lives|works|speaks|has|studies|teaches|comes)\b")
_IRREGULAR = {"is": "am", "has": "have", "was": "was", "studies": "study", "teaches": "teach"}


def is_note(text: str) -> bool:
    """Return whether a text begins as a note about the user does."""
    return _CARD.match(text) is not None


def in_first_person(text: str) -> str:
    """Return a note such as «User lives in Osaka» with ``I`` for the user, of the same length."""
    told = _SUBJECT.sub(lambda found: _said(found, ""), text)
    return _GOES_ON.sub(lambda found: _said(found, "& " if "and" in found["lead"] else ","), told)


def _said(match: re.Match[str], joined: str) -> str:
    """Write ``I`` and the verb, with spaces before them for what is shorter; what would be longer stays."""
    verb = match["verb"].lower()
    stem = _IRREGULAR.get(verb, verb.removesuffix("s"))
    written = f"{joined}I {stem}" if joined != "," else f",I {stem}"
    return written.rjust(len(match[0])) if len(written) <= len(match[0]) else match[0]
