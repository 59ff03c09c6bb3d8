"""The treatments of the leaderboard: a new one is a file with ``NAME`` and ``treat``, and a line here."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from reid import commercialmask, dealt, ours, presidiomask, raw, redacted, regexmask
from reid.synthpai import Corpus

Treat = Callable[[Corpus], Sequence[str]]
TREATMENTS: Mapping[str, Treat] = {
    raw.NAME: raw.treat,
    regexmask.NAME: regexmask.treat,
    presidiomask.NAME: presidiomask.treat,
    commercialmask.NAME: commercialmask.treat,
    **{
        f"{ours.PSEUDONYMIZE}{ending}": partial(ours.released, changes={"mode": "pseudonymize", **more})
        for ending, more in ours.WORDS.items()
    },
    **{
        f"{ours.ANONYMIZE}{ending}": partial(ours.released, changes={"mode": "anonymize", **more})
        for ending, more in ours.STRICTNESS.items()
    },
    dealt.NAME: dealt.treat,
    redacted.NAME: redacted.treat,
}
LOOKED_INTO = (
    raw.NAME,
    ours.ANONYMIZE,
    *(f"{ours.ANONYMIZE}{ending}" for ending in ours.STRICTNESS if ending),
)
"""Those that are also attacked with fewer candidates, more, and less knowledge."""
PEERS = (commercialmask.NAME, presidiomask.NAME, regexmask.NAME)
