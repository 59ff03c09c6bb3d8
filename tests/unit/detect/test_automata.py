"""Automata over many texts: what each holds, at its edges as well, and floods of findings."""

import threading
from types import SimpleNamespace

import pytest

from deid.detect.matching import automata
from deid.detect.matching.automata import Automaton, Held, join
from deid.detect.matching.wordsets import LOWER

pytestmark = pytest.mark.skipif(not automata.HAS_HYPERSCAN, reason="hyperscan is not installed")


def held(triggers: list[str], *texts: str) -> list[set[int]]:
    """Return the numbers of the triggers that each text holds."""
    found = Held(enumerate(triggers))(join([text.encode() for text in texts], LOWER))
    return [{number for number in range(len(triggers)) if bits >> number & 1} for bits in found]


def test_each_text_is_told_from_its_neighbours() -> None:
    assert held(["(?i:phone)", "電話"], "my PHONE", "", "電話だ", "pho", "ne") == [
        {0},
        set(),
        {1},
        set(),
        set(),
    ]


def test_a_word_that_must_stand_alone() -> None:
    bound = "(?:^|[^A-Za-z])(?:id)(?:[^A-Za-z]|\\z)"
    assert held([bound], "id", "my id.", "kid", "ids", "ID7", "イid") == [{0}, {0}, set(), set(), {0}, {0}]


def test_what_is_no_word_begins_and_ends_with_a_text() -> None:
    pattern = "(?:^|[^a-z])[a-z]+=(?:[a-z]+)(?:[^a-z=]|\\z)"
    assert held([pattern], "a=b", "-ab=cd-", "a=b=", "=b") == [{0}, {0}, set(), set()]


def test_accents_count_and_ascii_case_does_not() -> None:
    assert held(["(?i:número)"], "NúMERO", "numero", "NÚMERO") == [{0}, set(), set()]


def test_one_line_break_belongs_to_the_text_before_it() -> None:
    assert held(["a[^b]"], "xa", "c", "ab") == [{0}, set(), set()]


def test_a_run_is_found_once_however_long() -> None:
    ends: list[int] = []
    held_once = Held([(0, "0" * 8)])
    held_once._expressions.scan(b"\n" + b"0" * 5000, lambda _, where: ends.extend(where.tolist()))  # noqa: SLF001
    assert ends == [9]
    assert held(["[0-9a-f]{8}"], "f234567", "xf2345678", "x" + "9" * 5000) == [set(), {0}, {0}]
    assert held(["0" * 8], "1234567", "12345678", "x" + "9" * 5000) == [set(), {0}, {0}]


def test_more_findings_than_are_held_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(automata, "_PENDING", 10)
    texts = ["ab" * 33, "", "b" * 5, "a" * 5]
    assert held(["ab", "b"], *texts) == [{0, 1}, set(), {1}, set()]


def test_nothing_to_look_for() -> None:
    assert held([], "a", "") == [set(), set()]
    assert Held([])(join([], LOWER)) == []


def test_counts_of_a_byte() -> None:
    assert join([b"a1", b"", b"22", "é3".encode()], LOWER).counts(b"0") == [1, 0, 2, 1]


def test_threads_may_share_one() -> None:
    automaton = Automaton(["ab"], literal=True)
    found: list[int] = []

    def search() -> None:
        for _ in range(50):
            automaton.scan(b"\nab\n" * 100, lambda numbers, _: found.append(len(numbers)))

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [100] * 200


def test_repr_holds_no_text() -> None:
    assert "secret" not in repr(join([b"secret"], LOWER))


def test_a_dot_stays_in_its_text() -> None:
    assert held(["a.*b"], "xa", "bx", "a b") == [set(), set(), {0}]


def test_no_thread_waits_for_another_and_so_none_that_a_fork_left_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(automata, "_PENDING", 1)
    automaton = Automaton(["ab"], literal=True)
    inside, go_on = threading.Event(), threading.Event()

    def hold(_which: automata.Numbers, _where: automata.Numbers) -> None:
        inside.set()
        go_on.wait()

    first = threading.Thread(target=automaton.scan, args=(b"\nab\n", hold), daemon=True)
    second = threading.Thread(target=automaton.scan, args=(b"\nab\n", lambda *_: None), daemon=True)
    first.start()
    inside.wait()
    second.start()
    second.join(timeout=60)
    waits = second.is_alive()
    go_on.set()
    assert not waits


def test_a_processor_that_hyperscan_does_not_take_goes_without_it() -> None:
    class RefusedError(Exception):
        """What the compiler says of a processor without SSSE3."""

    def refuse(**_options: object) -> None:
        raise RefusedError

    old = SimpleNamespace(
        Database=lambda **_options: SimpleNamespace(compile=refuse), HS_MODE_BLOCK=1, error=RefusedError
    )
    assert not automata.runs_here(old)
    assert not automata.runs_here(None)
