"""Whether letters could be said in English: codes and handles are often no more than letters that nobody could say.

What English words may begin with is a short list (P. Roach, English Phonetics and Phonology, chapter 8), and
many pairs of letters stand in no word of it.
"""

import re

_VOWELS = "aeiouy"
_ONSETS = (
    "bl|br|ch|chl|chr|cl|cr|cz|dr|dw|fl|fr|gh|gl|gn|gr|gw|kh|kl|kn|kr|ll|mc|mn|ph|phl|phr|pl|pr|ps|pt|qu|rh|sc|sch|scr|sh|shr|sk|sl|sm|sn|sp|sph|spl|spr"
    "|squ|st|str|sv|sw|th|thr|thw|tr|ts|tw|vl|wh|wr"
)
_BEGINS = re.compile(f"(?:[bcdfghjklmnpqrstvwxz]?|{_ONSETS})[{_VOWELS}]")
_PAIRS = re.compile(
    "bq|c[bfgjmpvx]|d[qx]|f[djkqvxz]|g[jqvx]|h[gjkqvxz]|j[^aeiou]|k[qvxz]|l[qx]|m[jqxz]|n[q](?!u)|p[jqvxz]|q[^u]|r[x]|s[vxz]|t[qx]|v[^aeiouy]|w[gjqvx]"
    "|x[bdgjkmnrvxz]|z[bcdfgjknpqrstvwx]|[aeiou]{4}"
)
# Letters that are one sound, and those beside each other where two words meet.
_ONE = re.compile("ght|tch|ck|ng|[cgpstw]h|([b-df-hj-np-tv-xz])\\1")
_CLUSTER = re.compile("[bcdfghjklmnpqrtvwxz]{4}|[bcdfghjklmnpqrstvwxz]{5}")
# Two words in one, with more consonants in a row than a word has.
_JOINED = frozenset(
    "girlfriend girlfriends earthquake earthquakes soundtrack soundcloud soundproof downstream birthplace heartbreak workplaces windscreen postscript"
    " campground landscape townspeople paintbrush shortbread postgresql workflow coldplay promptly wordplay".split()
)


def unsayable(word: str) -> bool:
    """Whether small letters, perhaps with hyphens, are no English word."""
    return any(_odd(part) for part in word.split("-") if part.isalpha() and part not in _JOINED)


def _odd(part: str) -> bool:
    paired = _BEGINS.match(part) is None or _PAIRS.search(part) is not None
    return paired or _CLUSTER.search(_ONE.sub("t", part)) is not None
