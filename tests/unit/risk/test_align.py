import pytest

from deid.errors import InputError
from deid.risk.align import align
from deid.risk.corpus import Talk

pytest.importorskip("scipy")


def _talk(subject: str, record: str, *texts: str) -> Talk:
    return Talk(subject, record, texts)


_SOURCE = [
    _talk("ann", "1", "the ferry to the lighthouse leaves at dawn", "bring warm socks"),
    _talk("bob", "2", "my cactus flowered twice during the blackout", "what a spring"),
    _talk("cid", "3", "we baked forty pretzels for the choir", "nobody sang afterwards"),
    _talk("cid", "4", "an umbrella repair shop opened downstairs"),
]


def test_talks_are_found_again_in_any_order() -> None:
    released = [
        _talk("u9", "z", "an umbrella repair shop opened in [LOCATION]"),
        _talk("u7", "y", "my cactus flowered twice during the blackout", "what a spring"),
        _talk("u9", "x", "we baked [NUMBER] pretzels for the choir", "nobody sang afterwards"),
    ]
    found = align(released, _SOURCE)
    assert [(talk.record, source.record) for talk, source in found.pairs] == [
        ("y", "2"),
        ("x", "3"),
        ("z", "4"),
    ]
    assert found.place.tolist() == [1, 2, 0]
    assert found.share == 1
    documents = found.documents()
    assert len(documents) == 5
    assert len(set(documents.person.tolist())) == 2
    assert documents.raw[0] == documents.released[0]


def test_equal_talks_are_left_unmatched() -> None:
    """Two people who say the same cannot be told apart; none of them is guessed."""
    twice = [*_SOURCE, _talk("dan", "5", "an umbrella repair shop opened downstairs")]
    released = [_talk("u", "a", "an umbrella repair shop opened downstairs"), *_SOURCE[:2]]
    found = align(released, twice)
    assert [talk.record for talk, _ in found.pairs] == ["1", "2"]
    assert found.share == pytest.approx(2 / 3)


@pytest.mark.parametrize("together", [1, 2, 2000])
def test_talks_are_matched_alike_however_many_at_once(together: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks meet at the source's side: of two released talks that resemble one of it, the likest has it.

    The other one, and the source talk it resembles less, are matched in the second round.
    """
    monkeypatch.setattr("deid.risk.align._ROWS", together)
    source = [
        _talk("ann", "1", "grandfather mended the copper kettle on a wet afternoon"),
        _talk("bob", "2", "the copper kettle whistled"),
    ]
    for order in ((0, 1), (1, 0)):
        talks = (
            _talk("u", "a", "grandfather mended the copper kettle on a wet afternoon"),
            _talk("v", "b", "mended the copper kettle whistled"),
        )
        found = align([talks[n] for n in order], source)
        assert [(talk.record, original.record) for talk, original in found.pairs] == [("a", "1"), ("b", "2")]


@pytest.mark.parametrize("together", [1, 2000])
def test_two_alike_in_different_blocks_are_left_unmatched(
    together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deid.risk.align._ROWS", together)
    said = "an umbrella repair shop opened downstairs"
    released = [_talk("u", "a", said), _talk("v", "b", said), _SOURCE[0]]
    assert [talk.record for talk, _ in align(released, _SOURCE).pairs] == ["1"]


def test_talks_of_unequal_length_never_match() -> None:
    released = [_SOURCE[1], _talk("u", "a", "the ferry to the lighthouse leaves at dawn")]
    assert [source.record for _, source in align(released, _SOURCE).pairs] == ["2"]


def test_another_sources_release_is_refused() -> None:
    released = [_talk("u", str(n), f"entirely different words number {n}", "and more") for n in range(5)]
    with pytest.raises(InputError, match="0 of 5 released talks") as error:
        align(released, _SOURCE)
    assert "different words" not in str(error.value)
    assert error.value.exit_code == 2


def test_a_talk_does_not_show_its_text() -> None:
    assert "ferry" not in repr(_SOURCE[0])
    assert "ann" not in repr(_SOURCE[0])
