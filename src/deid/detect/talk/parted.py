"""Japanese addresses told in two turns: «静岡市葵区柚ノ木町» «番地は» «12-8です».

The second turn answers what is left of an address: its block, building or room. Read behind the first it is an address.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from deid.types import Span, Turn

SOURCE = "conversation"
_SCORE = 0.8
_LONGEST = 48  # characters of a turn
_ASKS_REST = re.compile(
    "番地|丁目|建物|マンション|アパート|お?部屋|号室|以降|以下|続き|その(?:先|後|あと)|あとは|それから"
)
_TOWN = re.compile(
    r"(?:住所は|場所は|えっと|えーと|はい)?[、, ]?([一-鿿々ヶ][一-鿿々ヶぁ-ゖァ-ヺーノ0-9]{2,30}(?:[町村区市字台丘]|丁目|[一-鿿々]))(?:です|になります|だよ|まで)?[。.!、 ]*"
)
_REST = re.compile(
    r"(?:えっと|えーと|はい|番地は)?[、, ]?([0-9一二三四五六七八九十][^\n。、]{0,40}?)(?:です|になります|だよ|でお願いします)?[。.! ]*"
)
_WIDE = {code + 0xFEE0: code for code in range(0x21, 0x7F)}
_Piece = tuple[str, int, int]
"""A piece, and where it begins and ends in its turn."""
Scan = Callable[[Sequence[str]], list[list[Span]]]


def parted(turns: Sequence[Turn], with_digits: Sequence[int], scan: Scan) -> Iterator[tuple[int, Span]]:
    """Yield the pieces of addresses of which another speaker asked for the rest.

    with_digits : the turns that hold a digit. Linear in the turns.
    """
    for index in with_digits:
        pieces = _pieces(turns, index) if index > 1 else ()
        if pieces:
            (town, first, town_end), (rest, start, end) = pieces
            if any(_is_whole(span, len(town)) for span in scan([town + rest])[0]):
                yield index - 2, Span(first, town_end, "STREET_ADDRESS", _SCORE, SOURCE)
                yield index, Span(start, end, "STREET_ADDRESS", _SCORE, SOURCE)


def _pieces(turns: Sequence[Turn], index: int) -> tuple[()] | tuple[_Piece, _Piece]:
    """Return a town two turns above, and the numbers of a turn, where the turn between asks for them."""
    before, asked, turn = turns[index - 2 : index + 1]
    if (
        before.speaker != turn.speaker
        or asked.speaker == turn.speaker
        or _ASKS_REST.search(asked.text) is None
    ):
        return ()
    town, rest = (
        form.fullmatch(one.text.translate(_WIDE)) if len(one.text) <= _LONGEST else None
        for form, one in ((_TOWN, before), (_REST, turn))
    )
    return ((town[1], *town.span(1)), (rest[1], *rest.span(1))) if town and rest else ()


def _is_whole(span: Span, joint: int) -> bool:
    """Whether an address lies over where two pieces meet."""
    return span.label == "STREET_ADDRESS" and span.start < joint < span.end
