"""Places where somebody says they live, were born or come from, by the words around them, in any case."""

import re
from collections.abc import Iterator, Sequence

from deid.types import Span

_EN = re.compile(
    r"(?:\b(?:i|we|she|he|they)(?:'m| am|'re| are|'s| is)? (?:currently |now |still |originally |just |all )?"
    r"(?:live|lives|lived|living|based|located|residing|reside|grew up|raised|born|moved|moving|from|come|came)"
    r"(?: and raised| up| back| over)? ?(?:in|at|to|near|from|outside|around)?|\blive in|\bliving in|\bborn in|\bgrew up in|\bmoved to|\bhometown is|\bbased in)"
    r" (?:the )?((?:[A-Z][A-Za-z.'’-]+|[a-z]{4,14})(?:,? [A-Z][A-Za-z.'’-]+){0,3})"
)
_JA = re.compile(
    r"([一-龥ァ-ヴーヶA-Za-z]{2,12}?)"
    r"(?=在住|出身|に住ん|に住み|に在住|で生まれ|生まれ(?:です|で、|育ち)|で育|育ち|に引っ越|へ引っ越|に引越|住みです|住まい|で一人暮らし|で暮らし)"
)
_JA_STOP = re.compile(
    r"^(?:今|私|僕|俺|実家|一緒|近く|地元|両親|家族|田舎|都会|海外|同じ|一人|そこ|ここ|どこ|マンション|アパート|寮|社宅|団地|隣|今日|昔|前|別|お互い|県外|国内|地方|郊外|賃貸|平成|昭和|令和|同居)"
)
_EN_STOP = frozenset(
    """
    there here home house work school that this them they what where with back away town city country place area same time when just like
    very really about away some such another different small little nice good poor rich foreign next last first abroad scratch anywhere
    everywhere somewhere nowhere downtown uptown upstairs downstairs campus college university being having doing going your mine ours these
    those every both many other over under birth early late young middle hell heaven experience nothing something everything anything fear hope
    """.split()
)


class StatedPlaces:
    """LOCATION after or before words of residence and origin; score 0.75."""

    name = "stated-places"
    labels = frozenset({"LOCATION"})

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the spans of each text, sorted by start."""
        return [sorted(set(self._detect(text))) for text in texts]

    def _detect(self, text: str) -> Iterator[Span]:
        if text.isascii():
            yield from self._english(text)
        else:
            for match in _JA.finditer(text):
                if not _JA_STOP.match(match[1]):
                    yield Span(match.start(1), match.end(1), "LOCATION", 0.75, self.name)

    def _english(self, text: str) -> Iterator[Span]:
        for match in _EN.finditer(text):
            if match[1].split()[0].strip(",.").lower() not in _EN_STOP:
                end = match.start(1) + len(match[1].rstrip(".,'’-"))
                yield Span(match.start(1), end, "LOCATION", 0.75, self.name)
