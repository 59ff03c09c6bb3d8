"""Sets of expressions: what they find, and that one which RE2 cannot hold in memory is refused."""

import pytest

from deid.detect.matching.candidates import search_set
from deid.errors import DetectorError

pytest.importorskip("re2")

WIDE = "[a-z].{0,60}[0-9].{0,60}x"


def test_the_numbers_of_what_a_text_holds() -> None:
    match = search_set(["kit|cat", "[0-9]{2}"])
    assert [sorted(match(text) or ()) for text in (b"kit 42", b"cat", b"7", b"42")] == [[0, 1], [0], [], [1]]
    assert not search_set([])(b"kit")


@pytest.mark.parametrize("memory_bytes", [1 << 12, 1 << 14, 1 << 16])
def test_what_does_not_fit_into_memory_is_refused(memory_bytes: int) -> None:
    with pytest.raises(DetectorError, match="memory"):
        search_set([WIDE] * 9, memory_bytes=memory_bytes)
    assert (search_set([WIDE] * 9)(b"a 1 x") or ()) != ()
