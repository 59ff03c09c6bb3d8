"""Plain words as values: which of them hold a sentence together, and which are said of a password, a network or a name.

«the password is purple giraffe» tells one and «the password is way too short» none: a value of plain words holds no word
of grammar, does not begin with what people say of a secret, and does not end as such sayings do.
"""

import re

WORD = "[A-Za-z][A-Za-z'’-]{0,18}"
PHRASE = f"{WORD}(?: {WORD}){{0,5}}?"
"""One to six words, as few as a clause has."""
SENTENCE = f"{WORD}(?: {WORD}){{2,9}}?"

_AFTERTHOUGHT = (
    "btw|lol|lmao|lmfao|ha(?:ha)+h?|hehe|xd|ok|okay|dont|don['’]?t|do not|please|pls|plz|thx|thanks|ty|if|but|so|and|not|for|in case|just|all|with|capital|caps|cap|lower ?case|upper ?case|one word"
    "|two words|no|same|i think|i guess|right now|now|again|till|until|because|cause|cuz|when|or|then|to|on|at|like|spelled|spelt|written|both|either|too|tho|though|jaldi|hai|tonight|tonite|rn|today"
)
END = rf"(?<!['’])(?=[)\"'”’」]? ?(?:[.,!?;:](?![A-Za-z0-9])|[.…]{{2}}|[)\"”」\n/|]|$)|[\"'”’]? ?[^ -~]|['\"]? [-–(<]|[\"'”’]? (?i:{_AFTERTHOUGHT})(?![A-Za-z]))"
"""Where a clause ends, or a word begins that goes on about something else."""
STOP = r"(?=[\"'”’」)]{0,2} ?(?:[.,!?;:](?![A-Za-z0-9])|[.]{2}|[)\"”」\n|]|$|[^ -~])|['\"]? [-–(])"
"""Where a clause ends."""

GRAMMAR = frozenset(
    "a an the this that these those my your his her its our their ur u i me you he him she it we us they them myself yourself itself mine yours hers ours theirs who whom whose which what when where why how"
    " and or but nor so yet if because cause cuz as than though although while until till unless since whether of at by for with without about against between into onto through during before after above below to from"
    " up down in out on off over under again near via per is are was were be been being am isn't isnt aren't arent wasn't wasnt weren't im i'm i've ive i'll ill it's you're youre he's she's they're we're that's thats there's theres what's whats who's"
    " do does did done doing don't dont doesn't doesnt didn't didnt has have had having hasn't hasnt haven't havent hadn't will would shall should can could may might must won't wont wouldn't can't cant cannot couldn't shouldn't"
    " not no never always only just also too very really quite rather pretty still already yet now then here there ever even almost maybe perhaps probably actually basically literally kinda sorta anyway instead else either neither both"
    " every each any some all most more less few many much several such same other another own again once twice soon later today tomorrow tonight yesterday lately atm rn asap"
    " something anything nothing everything someone anyone everyone nobody somebody anybody everybody none anywhere somewhere everywhere nowhere whatever whoever wherever whichever"
    " yes yeah yep yup nope ok okay please pls plz thanks thx sorry hi hello hey lol lmao haha hmm um uh oh ah btw idk tbh imo fyi wtf omg etc gonna wanna gotta lets let's"
    " get gets got getting go goes went going make makes made take takes took give gives gave want wants wanted need needs needed say says said tell tells told ask asks asked know knows knew think thinks thought"
    " see sees saw seem seems seemed look looks looked come comes came put puts use uses used try tries tried keep keeps kept work works worked change changes changed start starts started stop stops stopped called named forget forgets forgot mean means meant".split()
)
"""Words of grammar, of talk, and verbs of any sentence."""

_SAID = frozenset(
    "wrong incorrect invalid required correct right weak strong expired reset forgotten forgot secure insecure safe unsafe same different saved stored encrypted hashed protected missing empty blank manager protection policy field hint strength"
    " generator prompt login logins account accounts email username secret hidden visible easy easier easiest hard harder long longer short shorter simple simpler stronger weaker better worse best worst safer newer older good bad great fine nice okay cool perfect awful terrible horrible"
    " ridiculous stupid dumb silly crazy insane hilarious funny lame annoying boring obvious unknown optional case sensitive working locked unlocked leaked compromised stolen exposed unique random complicated complex written sent null true false"
    " yours garbage rubbish trash crap shit shite bollocks bs fucked borked busted hosed toast kaput lost gone dead alive down slow slower fast faster quick free open closed available unavailable busy full laggy spotty patchy flaky dodgy iffy rubbishy ass butt absolute complete utter total pure"
    " public private standard default generic common personal temporary permanent plain plaintext clear cleartext ready set due old new outdated wonky weird strange odd off back online offline connected disconnected disabled enabled broken fixed shared reused changed rotated expiring deprecated"
    " useless pointless unnecessary mandatory necessary important confidential sacred classified nonexistent identical similar equal alphanumeric numeric numbers letters characters chars digits words word longest strongest super extra way far half mostly currently usually always mega ultra hella bloody fucking freaking damn"
    " stuck bound tied linked unreadable illegible impossible possible likely unlikely bigger smaller sticky needed overrated underrated mine ours theirs root-only readonly case-sensitive out-of-date up-to-date auto-generated unchanged untouched intact valid readable"
    " md5 sha base asterisks stars dots bullets gibberish nonsense jibberish something ur vulnerable crackable guessable brute forced permanent sufficient consistent inconsistent recent urgent inconvenient quality frequent transparent redundant relevant irrelevant constant present golden typed entered pasted copied accepted rejected refused denied declined mismatched mismatch error failure fail fails failed failing prompted".split()
)
_ENDS = re.compile(
    "(?<=[a-z]{2})(?:ly|ful|less|ous|ive|ish)$|(?<=[a-z]{3})(?:able|ible|ed|ing)$|^un(?!cle|der|ion|icorn|til)|^hack"
)
_ENDS_ALONE = re.compile(
    "(?<=[a-z]{2})(?:ing|ed|ful|less|able|ible|ous|ive|ish|est|ly|tion|ment|ness|ity)$|^un(?!cle|der|ion|icorn)|^hack"
)
_THINGS = frozenset(
    "jelly lily holly belly family butterfly firefly dragonfly telly bully olive chive fish dish radish relish starfish jellyfish goldfish pudding dumpling duckling gosling wedding darling herring spring string wing ring king ceiling earring"
    " seaweed seed weed bed shed sled steed table cable vegetable marble stable pebble bread thread forest harvest chest nest quest vest guest west rest crest necklace pickled toasted frosted painted salted smoked roasted buttered boiled fried spotted striped".split()
)
"""What ends like a judgement and is none."""


def is_said_of_secrets(word: str) -> bool:
    """Whether a word is what people say of a password or a network: that it is slow, expired, terrible."""
    return word in _SAID or (word not in _THINGS and _ENDS.search(word) is not None)


def is_phrase(surface: str) -> bool:
    """Accept plain words that nobody says of a secret: none of grammar, none of them a judgement first or last."""
    parts = surface.lower().replace("’", "'").split()
    if not parts or any(part in GRAMMAR for part in parts) or max(map(len, parts)) < 3:
        return False
    first = parts[0]
    if len(parts) == 1:
        return (
            len(set(first)) > 1
            and first not in _SAID
            and (first in _THINGS or _ENDS_ALONE.search(first) is None)
        )
    if len(parts) > 2:  # «correct horse battery staple»
        return not any(map(is_said_of_secrets, parts[1:]))
    return not is_said_of_secrets(first) and not is_said_of_secrets(parts[-1])


def is_plain_name(surface: str) -> bool:
    """Accept plain words that are no saying about a name: an adjective may begin one, «Old Turnip», and not end it."""
    parts = surface.lower().replace("’", "'").split()
    if len(parts) == 1:
        return is_phrase(surface)
    return not any(part in GRAMMAR for part in parts) and not is_said_of_secrets(parts[-1])


_NO_SENTENCE = frozenset(
    "a an in on at not no never always only just too very really so still now here there as for from about what whatever which who whose why how if it that this these those they he she we you i'm being been going getting to up off out"
    " needed used also more less some something any your his her their our its i and or but is was".split()
)
_HINT = re.compile(
    "(?:my|the) (?:[a-z']+ )?(?:same|names?|ones?|problem|only|first|last|best|worst|longest|title|lyrics|answer|key|thing|birthday|birthdate|default|original|initial|current|login|root|user|username|email|account|password|passphrase|number)(?: |$)"
)


def is_sentence(surface: str) -> bool:
    """Accept whole sentences as passphrases, unless they begin like one that is said of a passphrase."""
    parts = surface.lower().replace("’", "'").split()
    return (
        parts[0] not in _NO_SENTENCE
        and not is_said_of_secrets(parts[0])
        and _HINT.match(" ".join(parts)) is None
        and (len(parts) > 3 or parts[0] not in {"the", "my"})
    )
