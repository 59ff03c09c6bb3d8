"""deid's anonymize mode, and then words that fewer than k people use become one placeholder.

A mitigation measured before it is offered: what a word that nobody else uses costs to keep, and to lose.
"""

from collections import defaultdict
from collections.abc import Sequence

from deid.risk.features import TOKEN
from reid import ours
from reid.synthpai import Corpus

PLACEHOLDER = "□"
NAMES = {k: f"deid anonymize + {k}-person words" for k in (3, 5)}


def treat_three(corpus: Corpus) -> Sequence[str]:
    """Replace words that fewer than three people use."""
    return shared_words(ours.anonymize(corpus), corpus.people, 3)


def treat_five(corpus: Corpus) -> Sequence[str]:
    """Replace words that fewer than five people use."""
    return shared_words(ours.anonymize(corpus), corpus.people, 5)


def shared_words(texts: Sequence[str], people: Sequence[str], k: int) -> list[str]:
    """Return the texts with every word that fewer than ``k`` people use replaced."""
    users: defaultdict[str, set[str]] = defaultdict(set)
    for text, person in zip(texts, people, strict=True):
        for word in TOKEN.findall(text.lower()):
            users[word].add(person)
    return [
        TOKEN.sub(lambda found: found[0] if len(users[found[0].lower()]) >= k else PLACEHOLDER, text)
        for text in texts
    ]
