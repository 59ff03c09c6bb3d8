"""Where in a text of Latin script a name is likely, whatever the word: «WORD: try this», «thanks WORD», «my brother WORD».

A tagger is unsure of a word that it has never met; what stands around the word tells more than its letters do.
"""

import re
from collections.abc import Iterator

_WORD = r"((?!aa?h+\b|\w*(\w)\2\2)[^\W\d_]{2,20})(?![\w@/\\]|\.\w)"
KIN = (
    "friend buddy pal mate bestie bff bf gf boyfriend girlfriend husband hubby wife fiance fiancee fiancé fiancée partner ex son daughter kid "
    "brother bro sister sis cousin nephew niece uncle aunt auntie aunty grandma grandpa nana granny roommate flatmate housemate "
    "neighbor neighbour coworker colleague boss manager teacher tutor coach therapist classmate supervisor landlord landlady"
).split()
"""Words for what somebody is to somebody."""
# Called at the start of a line; not what a headline or a program opens with: «NEWS: …».
_CALLED = re.compile(rf"^\W{{0,3}}(?!\w+[A-Z]){_WORD}(?=[:,]\s*\S|\ [-–—>]\ \S)", re.MULTILINE)
# In small letters.
_FRAMES = (
    # Greeted, thanked, asked, told.
    re.compile(
        r"\b(?:hi+|hey+|hello|yo|sup|thanks|thank\ you|thx|ty|tysm|sorry|bye|welcome|congrats|ask|asked|asking|tell|told|"
        rf"telling|cc|xx|xoxo|dear|regards|cheers),?\ {_WORD}",
    ),
    # Met, kissed, called; doing what people alone do.
    re.compile(
        r"\b(?:kissed|hugged|dated|dating|married|marrying|dumped|texted|texting|met|invited|picked\ up|met\ up\ with|"
        rf"(?:talk(?:ed|ing)?|spoke|speak|speaking|listen|lied)\ to|h[au]ng(?:ing)?\ out\ with)\ {_WORD}",
    ),
    re.compile(
        rf"^\W{{0,3}}{_WORD}(?=\ (?:said|says|told|texted|texts|asked|thinks|cooked|baked|kissed|hugged|dumped|cried|cries|laughed|"
        r"slept|snores|hates|loves|replied|called|moved|quit|dropped|wont|won't|cant|can't|doesnt|didnt|isnt\ (?:here|coming)|is\ my|"
        r"was\ my|lied|cheated|drove|scored)\b)",
        re.MULTILINE,
    ),
    # Said good night to, missed, cheered, at the end of a clause.
    re.compile(
        r"(?:^|[.!?,]\s*)(?:gn|gm|night|nite|wbu|brb|ikr|ttyl|ily|rip|aw+|no\ way|(?:luv|love|miss)\ (?:u|you|ya)|"
        rf"good\ luck|happy\ (?:bday|birthday)),?\ {_WORD}(?=\s*(?:$|[.,!?…]))",
        re.MULTILINE,
    ),
    # Named by rank of family, held dear, or named with the speaker.
    re.compile(
        r"\b(?:nana|nan|gran|granny|grandma|grandpa|grandad|granddad|gramps|uncle|aunt|auntie|aunty|lil|baby|poor|rip|"
        rf"(?:me|i|him|her|both)(?:\ (?:and|n|&))?)\ {_WORD}"
    ),
    # Called at the start of a line without a sign: «WORD u up», «WORD and i are done».
    re.compile(
        rf"^\W{{0,3}}{_WORD}(?=\W{{1,3}}(?:u|ur|r\ u|pls|plz|please|wyd|(?:can|are|did|do|will)\ (?:u|you)|where\ (?:u|r|are)|(?:and|n)\ (?:i|me))\b)",
        re.MULTILINE,
    ),
    # Spoken of by what they are to somebody.
    re.compile(
        rf"\b(?:(?:my|his|her|our|ur|your|their)\ (?:{'|'.join(KIN)})|(?:guy|girl|dude|lady)(?:\ (?:named|called))?|named|called),?\ {_WORD}",
    ),
)


def framed(text: str) -> Iterator[int]:
    """Yield where the words begin that stand as names do; some are none."""
    small = text.lower()
    small = small if len(small) == len(text) else text  # «İ» has two
    for frame, read in ((_CALLED, text), *((frame, small) for frame in _FRAMES)):
        for match in frame.finditer(read):
            yield match.start(1)
