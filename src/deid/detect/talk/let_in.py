"""Secrets of plain words that a conversation tells: behind a turn that asks for a way in, before one that is in.

«how do i get on the network here» «its fishfinger monday» «im in»: no shape tells «fishfinger monday» from talk,
and no word beside it either, so the turns round it have to. Seed phrases stand alone as well, where a wallet is spoken of.
"""

import re
from collections.abc import Iterator, Sequence

from deid.detect.matching.expressions import prefilter
from deid.detect.patterns.plain_words import GRAMMAR, is_phrase, is_said_of_secrets, is_sentence
from deid.detect.patterns.seeds import SIZES, WORDS, is_seed, listed
from deid.detect.talk.questions import NO_ANSWER, asks_again
from deid.types import Span, Turn

SOURCE = "let_in"
_BACK, _BACK_ASKED = 4, 3  # turns
_ON = 2  # turns to one that is in
_SCORE = 0.6  # a word is looked for nowhere else
_LONGEST, _LONGEST_TOPIC = 60, 120
_FEWEST = 5  # letters of a word that nobody says to be right

_SPOKEN_OF = r"pass ?words?|pass ?phrases?|passcode|pwd?|(?:log ?in|wi-?fi|server|guest|verbal|band|my|ur|your|the) pass|pass(?=[?\"”])|clave|(?:secret|safe|code|magic|security|memorable|family) (?:words?|phrase)|(?:which|the) (?:word|phrase)(?= (?:did )?(?:you|we|u) (?:set|agreed?|chose|choose|picked?)(?![a-z]))|^which (?:word|phrase)(?=[?]*$)|(?:key|long) (?:phrase|sentence)|secret handshake|(?:jwt|webhook|hmac|signing|session|client|shared) ?_?secret|^secret(?=[?])"
_WAY_IN = r"wi-?fi|hotspot|network|log ?in|logged|sign ?in|locked|unlock|safe|vault|veracrypt|keepass|bitlocker|encrypt(?:ed|ion)|netflix|hulu|disney|spotify|ipad|tablet|laptop|nas|usb|pc|screensaver|alarm|shared drive|backup|get (?:in|on|into|onto)"
_ASKS = r"[?]|\b(?:what(?:['’]?s)?|which|how do|wants|asks?|asking|asked|needs?|remind me|tell me|give me|locked|lockd|it['’]?ll ask|forgot(?:ten)?(?! my)|say|call|try|choose|set)\b"
_TOPIC = re.compile(
    rf"(?<![a-z])(?:{_SPOKEN_OF}|(?P<way>{_WAY_IN}))(?![a-z])(?! (?:manager|reset|policy|card|driver|cable|to|for|mode))",
    re.IGNORECASE,
)
_ASKING = re.compile(_ASKS, re.IGNORECASE)
_WORD_ALONE = re.compile(
    r"(?:(?:yes|and|but|ok|so|great|the|ur|your|wi-?fi|server)[ ,]+){0,4}(?:pass ?words?|pass ?phrases?|passcode|pw|pwd|pass|wi-?fi|log ?in)[ ?!.]*",
    re.IGNORECASE,
)
_IN = re.compile(
    r"(?<![a-z])(?:(?:(?:and |now |ok |so )?(?:i['’]?m|im|we['’]?re|were|she['’]?s|he['’]?s|ur|you['’]?re|u r|got|let me|lets me) (?:back )?(?:in|on)(?! (?:a|an|my|it|his|her|that|this|about)\b)|^(?:yep|yes|yeah|ok|yay|and)?[,! ]*(?:in|on|opened|unlocked|connected|works|worked|perfect|verified|accepted|joined|linked|set)(?=[.!,]|$| (?:now|ty|thx|thanks|lol|at last|finally))|it(?:['’]s)? (?:opened|worked|works|takes it|took it|connected|unlocked|open|accepted)|opened|connected|unlocked|logged in|logging in|signed ok|bars|got in"
    r"|u saved (?:us|me)|up and running|works now|joined|restored|you shall not|that['’]s it|nailed it|(?:laptop|disk|door|safe|nas|sheet|file|phone|wallet|signed|mailbox|server) (?:is|was)? ?(?:open(?:ed)?|unlocked|ok|now)))(?![a-z])"
    r"|^(?:ty|thx|thanks),? in(?=[.!]|$)|^(?:yes!+|yess+!*|yay+!*|in+!+)$|(?<![a-z])that['’]?s (?:the|what)\b.{0,24}\b(?:wi-?fi|pw|pass(?:word)?|log ?in|laptop|netflix)",
    re.IGNORECASE,
)
_THANKED = re.compile(r"^(?:ty|thx|thanks|thank you)\b|(?<![a-z])(?:ty|cheers)[.! ]*$", re.IGNORECASE)
"""Said of anything: a sign of having got in only for one who asked for the secret itself."""
_THANKS = re.compile(r"\s*(?:ty|thx|thanks|thank)(?![a-z])", re.IGNORECASE)
_AGAIN = re.compile(
    r"(?:(?:yes|ok|and|so|then|yeah|but)[ ,]+){0,3}(?:to|to what|what|which(?: (?:was|one|is|word))?|so|and|well|come on|tell(?: me)?|read(?: it)?|go on|what (?:is|was) it(?: again)?)[ ?.!]*",
    re.IGNORECASE,
)
_NOT_IN = re.compile(
    r"(?<![a-z])(?:not|no|nope|still|doesn['’]?t|didn['’]?t|won['’]?t|can['’]?t|isn['’]?t|never|if|when|where|why)(?![a-z])",
    re.IGNORECASE,
)
_LEAD = r"\s*(?:(?:it['’]?s|its|that['’]?s|that would be|it was|try|type|use|just|say|ok|oh|um+|uh+|err?|yeah?|yes|yep|and|so|hm+|ah|the word is|(?:s?he|they|the boss|it|mail|label) says|then|i said|he said|she said|read)[, :]+){0,3}[\"'“‘]?"
_TAIL = r"[\"'”’]?(?:[, ]+(?:lol|haha+|btw|please|pls|all (?:caps|lower|small|one word)|lowercase|one word|again|enjoy|love|mate|i think|though|obviously|with (?:a )?spaces?|no spaces?))*\s*[,.!?~]*\s*"
_TOLD = re.compile(
    rf"{_LEAD}([A-Za-z][A-Za-z'’-]*(?: [A-Za-z][A-Za-z'’-]*){{0,5}}?){_TAIL}(?:$|(?<=[.?!] ))", re.IGNORECASE
)
_SEEDS = re.compile(rf"(?<![A-Za-z'’-])(?:{WORDS})")
_KEPT_BY = r"seed|ledger|trezor|metamask|phantom|crypto"
_MAY_KEEP = r"wallet|miner|coins|(?:12|24|twelve|twenty[- ]four) words|the (?:paper|phrase|words)"  # and anything else
_WALLET = f"{_KEPT_BY}|{_MAY_KEEP}"
_OFF_LIST = 6  # one in so many, heard or typed wrong
# What one does, says or is instead of telling it.
_DEEDS = frozenset(
    "hang hold wait check read look reset restart reboot click open press contact call mail email text dm pm message send paste copy reinstall install update upgrade log sign reconnect"
    " plug unplug turn switch run find search ring scroll move come leave stay sit listen hear guess spell count repeat resend forward download"
    " router modem wifi network internet password passphrase pass word phrase login laptop phone tablet server system browser ubuntu windows linux sure true false right wrong good nice cool"
    " plural singular spam capital caps lower upper case lowercase uppercase letters space spaces dash hyphen underscore digits numbers dot shut busted broken empty alright perfect"
    " morning evening afternoon tonight monday tuesday wednesday thursday friday saturday sunday welcome passenger driver snacks reception brilliant exactly correct awesome amazing great"
    " months weeks years days hours minutes seconds ages bummer dude bro omg damn shit fuck crap weird whoever someone somebody mom mum dad granny".split()
)

CUES = tuple(f"(?i:{prefilter(words)})" for words in (f"{_SPOKEN_OF}|{_WAY_IN}", _WALLET))
"""For ``asked_at_once``: a turn that may speak of a way in, or of a wallet."""
_OF_WALLETS = 1 << 1
_SPEAKS_OF_A_WALLET = re.compile(rf"(?<![a-z])(?:(?P<sure>{_KEPT_BY})|{_MAY_KEEP})(?![a-z])", re.IGNORECASE)


def let_in(turns: Sequence[Turn], held: Sequence[int]) -> Iterator[tuple[int, Span]]:
    """Yield the index of each turn that tells a secret of plain words, and its span.

    held : which of ``CUES`` each turn holds, a bit for each.
    """
    near: dict[int, int] = {}
    wallets: dict[int, int] = {}
    for index, bits in enumerate(held):
        if bits:
            near |= dict.fromkeys(range(max(0, index - _ON), min(len(turns), index + 1 + _BACK)), index)
    for index in near:
        yield from _seeds(turns, held, index, wallets)
        told = _told(turns, held, index)
        if told is not None:
            yield index, Span(*told, "PASSWORD", _SCORE, SOURCE)


def _seeds(
    turns: Sequence[Turn], held: Sequence[int], index: int, wallets: dict[int, int]
) -> Iterator[tuple[int, Span]]:
    """Yield the seed phrases of a turn, where it or one near it speaks of a wallet.

    wallets : what ``_wallet`` said of the turns asked so far.
    """
    if not any(held[at] & _OF_WALLETS for at in _around(turns, index)):
        return
    spoken = None
    for run in _SEEDS.finditer(turns[index].text):
        if not is_seed(run[0]):
            continue
        if spoken is None:
            spoken = max(_wallet(turns, held, at, wallets) for at in _around(turns, index))
        if not spoken:
            return
        if spoken > 1 or _is_listed(run[0]):
            yield index, Span(*run.span(), "SECRET_KEY", _SCORE, SOURCE)


def _wallet(turns: Sequence[Turn], held: Sequence[int], at: int, wallets: dict[int, int]) -> int:
    """Return 2 where a turn names what only keeps coins, 1 where it names what may, else 0; asks a turn once."""
    if at not in wallets:
        named = _SPEAKS_OF_A_WALLET.finditer(turns[at].text) if held[at] & _OF_WALLETS else ()
        wallets[at] = max((1 + bool(one["sure"]) for one in named), default=0)
    return wallets[at]


def _is_listed(run: str) -> bool:
    """Whether a run has as many words as a seed, nearly all of them of the list of BIP 39."""
    words = run.replace(",", " ").split()
    while words and words[0] not in listed():  # «i typed winter blossom …»
        del words[0]
    return len(words) in SIZES and _OFF_LIST * len(set(words) - listed().keys()) <= len(words)


def _around(turns: Sequence[Turn], index: int) -> range:
    return range(max(0, index - _BACK), min(len(turns), index + _ON + 1))


def _told(turns: Sequence[Turn], held: Sequence[int], index: int) -> tuple[int, int] | None:
    """Return the range of what a turn tells, which is all of it; None where it speaks of something."""
    text = turns[index].text
    match = _TOLD.match(text) if len(text) <= _LONGEST else None
    if match is None or not _may_be_one(match[1]):
        return None
    rest = text[match.end() :]
    if _worked(turns, held, index, rest) and any(_speaks(turns, held, at) for at in _around(turns, index)):
        return match.span(1)
    return match.span(1) if not rest.strip() and "?" not in text and _is_asked(turns, held, index) else None


def _speaks(turns: Sequence[Turn], held: Sequence[int], at: int) -> bool:
    return (
        bool(held[at]) and len(turns[at].text) <= _LONGEST_TOPIC and _TOPIC.search(turns[at].text) is not None
    )


def _worked(turns: Sequence[Turn], held: Sequence[int], index: int, rest: str) -> bool:
    """Whether what follows in a turn, or one of the next, says that it worked; thanks only where it was asked for."""
    if rest.strip():
        return _is_in(rest) and _THANKS.match(rest) is None
    then = [turn.text for turn in turns[index + 1 : index + 1 + _ON]]
    return any(map(_is_in, then)) or (any(map(_thanks, then)) and bool(_asked(turns, held, index)))


def _asked(turns: Sequence[Turn], held: Sequence[int], index: int) -> list[int]:
    """Return the turns before one in which another speaker asks for a secret itself."""
    before = range(max(0, index - _BACK), index)
    return [
        at
        for at in before
        if turns[at].speaker != turns[index].speaker and held[at] and _asks(turns[at].text)
    ]


def _is_asked(turns: Sequence[Turn], held: Sequence[int], index: int) -> bool:
    """Whether another speaker asks for a secret in the last turns, or asks again right before."""
    asked = _asked(turns, held, index)
    again = (
        index > 0
        and turns[index - 1].speaker != turns[index].speaker
        and _AGAIN.fullmatch(turns[index - 1].text) is not None
    )
    soon = bool(asked) and (index - asked[-1] < _BACK_ASKED or asks_again(turns[index - 1].text))
    return soon or (again and any(_speaks(turns, held, at) for at in range(max(0, index - _BACK), index)))


def _asks(text: str) -> bool:
    """Whether a turn asks for a secret, or is only the word for one."""
    if len(text) > _LONGEST_TOPIC or (_ASKING.search(text) is None and _WORD_ALONE.fullmatch(text) is None):
        return False
    return any(not one["way"] for one in _TOPIC.finditer(text)) or _WORD_ALONE.fullmatch(text) is not None


def _is_in(text: str) -> bool:
    """Whether a text says that it worked."""
    return _IN.search(text) is not None and _NOT_IN.search(text) is None


def _thanks(text: str) -> bool:
    return _THANKED.search(text) is not None and _NOT_IN.search(text) is None


def _may_be_one(value: str) -> bool:
    parts = value.lower().replace("’", "'").split()
    if any(part in NO_ANSWER or part in _DEEDS for part in (parts[0], parts[-1])):
        return False
    if len(parts) == 1:
        return (
            len(value) >= _FEWEST and value.lower() not in GRAMMAR and not is_said_of_secrets(value.lower())
        )
    return is_phrase(value) or (len(parts) > 2 and is_sentence(value) and not _is_talk(parts))


def _is_talk(parts: Sequence[str]) -> bool:
    """Whether half of the words are those of any sentence."""
    return 2 * sum(part in GRAMMAR for part in parts) >= len(parts)
