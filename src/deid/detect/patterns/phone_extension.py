"""Extensions of telephones, alone or behind a number: «内線4021», «ext. 4021»."""

import re

from deid.detect.context import Context, words
from deid.detect.patterns.pattern import Pattern

_CALLS = words(
    "call|dial|ring|reach|phone|desk|switchboard|reception|ask for|transfer|number|line|voicemail|tel|office|put me through|ext[.]|extn"
)
# A number that somebody can call stands right before it, or a word of calling near it.
_CUE = re.compile(
    rf"{_CALLS.pattern}|[0-9](?:[ ().-]{{0,3}}[0-9]){{6,14}}[,;]? ?\(?(?:x|ext(?:\.|n\.?|ension)?(?: ?(?:no\.?|number|#|is|:)){{0,2}}) ?$",
    _CALLS.flags,
)
# The extension of a file, a module or a deadline has no telephone near it.
_OTHERS = words(
    "file|files|chrome|browser|vs ?code|php|module|plug-?in|lens|hair|days?|filesystem|partition|mount"
)

PATTERNS = (
    Pattern(
        "PHONE_NUMBER",
        "phone.extension",
        r"(?i:(?<![A-Za-z])(?:ext\.|extn\.?|ext|extension)(?: ?(?:no\.?|number|#|is|:)){0,2} ?|(?<=[0-9]{4} )x)(?P<v>[0-9]{2,5})(?![0-9A-Za-z%]|[.,:/-][0-9])",
        context=Context(_CUE, _OTHERS, 0.0, before=40, after=30),
        score=0.7,
        source="ITU-T E.123",
        digits=2,
        trigger="(?i:(?:ext|extn|extension)[.]?(?: ?(?:no[.]?|number|#|is|:))* ?[0-9]|[0-9] x[0-9])",
    ),
    Pattern(
        "PHONE_NUMBER",
        "phone.extension_japanese",
        r"(?:内線|ないせん)(?:番号)?(?:[ はが:]|は、|です、)*(?P<v>[0-9]{2,5})(?![0-9]|[台本件個年月日分円])",
        score=0.8,
        source="ITU-T E.123",
        digits=2,
        trigger="内線|ないせん",
    ),
)
