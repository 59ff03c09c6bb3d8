from collections import Counter
from collections.abc import Sequence

import pytest

from deid.errors import ConfigError, InputError
from deid.release.split import assign_splits

Conversations = list[tuple[str, Sequence[str]]]

SHARES = {"train": 0.9, "validation": 0.05, "test": 0.05}
KEY = b"k" * 32


def alone(n: int) -> Conversations:
    return [(f"r{i}", [f"s{i}"]) for i in range(n)]


def counted(
    conversations: Conversations, shares: dict[str, float] | None = None, key: bytes = KEY
) -> Counter[str]:
    return Counter(assign_splits(conversations, shares or SHARES, key).assignment.values())


def test_shares_are_met_exactly_when_everyone_talks_alone() -> None:
    assert counted(alone(1000)) == {"train": 900, "validation": 50, "test": 50}


def test_each_split_gets_one_when_there_are_just_enough_components() -> None:
    assert counted(alone(3)) == {"train": 1, "validation": 1, "test": 1}


def test_twenty_conversations_fill_small_splits() -> None:
    assert counted(alone(20)) == {"train": 18, "validation": 1, "test": 1}


def test_subjects_joined_over_a_chain_stay_together() -> None:
    chain = [("a", ["p1", "p2"]), ("b", ["p2", "p3"]), ("c", ["p4", "p3"])]
    splits = assign_splits([*chain, *alone(50)], SHARES, KEY)
    assert len({splits.assignment[r] for r in "abc"}) == 1
    assert splits.n_components == 51


def test_later_conversation_joins_earlier_ones() -> None:
    found = assign_splits([("a", ["p"]), ("b", ["q"]), ("c", ["p", "q"])], SHARES, KEY)
    assert found.n_components == 1


def test_one_component_goes_to_train_and_says_so() -> None:
    splits = assign_splits([(f"r{i}", ["hub", f"s{i}"]) for i in range(10)], SHARES, KEY)
    assert set(splits.assignment.values()) == {"train"}
    assert splits.n_components == 1
    assert "cannot be split by subject" in splits.note


def test_one_component_without_a_split_named_train_goes_to_the_largest() -> None:
    splits = assign_splits([("r", ["s"])], {"a": 0.3, "b": 0.7}, KEY)
    assert splits.assignment == {"r": "b"}


def test_one_component_and_one_split_is_no_news() -> None:
    assert assign_splits([("r", ["s"])], {"train": 1.0}, KEY).note == ""


def test_large_component_lands_where_it_fits() -> None:
    hub = [(f"h{i}", ["hub"]) for i in range(60)]
    splits = assign_splits([*hub, *alone(40)], SHARES, KEY)
    assert {splits.assignment[f"h{i}"] for i in range(60)} == {"train"}
    assert Counter(splits.assignment.values()) == {"train": 90, "validation": 5, "test": 5}
    assert splits.note == ""


def test_shares_that_cannot_be_met_are_told() -> None:
    hub = [(f"h{i}", ["hub"]) for i in range(98)]
    splits = assign_splits([*hub, *alone(2)], SHARES, KEY)
    assert Counter(splits.assignment.values()) == {"train": 98, "validation": 1, "test": 1}
    assert "largest 0.980" in splits.note


def test_fewer_components_than_splits_is_told() -> None:
    assert "2 groups" in assign_splits(alone(2), SHARES, KEY).note


def test_a_conversation_without_subjects_stands_alone() -> None:
    splits = assign_splits([("r1", []), ("r2", []), ("s1", ["r1"])], SHARES, KEY)
    assert splits.n_components == 3


def test_nothing_to_split() -> None:
    splits = assign_splits([], SHARES, KEY)
    assert (dict(splits.assignment), splits.n_components, splits.note) == ({}, 0, "no conversations")


def test_order_of_input_changes_nothing() -> None:
    conversations = [(f"q{i}", [f"s{i % 37}", f"s{(i * 7) % 41}x"]) for i in range(80)] + alone(200)
    turned = [(record, subjects[::-1]) for record, subjects in reversed(conversations)]
    assert assign_splits(conversations, SHARES, KEY).assignment == dict(
        assign_splits(turned, SHARES, KEY).assignment
    )


def test_another_key_gives_other_splits() -> None:
    one = assign_splits(alone(200), SHARES, KEY).assignment
    other = assign_splits(alone(200), SHARES, b"other").assignment
    assert one != other


def test_growing_data_move_few_subjects() -> None:
    before = assign_splits(alone(2000), SHARES, KEY).assignment
    after = assign_splits(alone(2200), SHARES, KEY).assignment
    assert sum(before[r] != after[r] for r in before) < 0.05 * len(before)


def test_vector_of_the_keyed_order() -> None:
    """Pinned: a release rebuilt years later must put people where they were."""
    assignment = assign_splits(alone(40), SHARES, KEY).assignment
    held_out = {r: s for r, s in assignment.items() if s != "train"}
    assert held_out == {"r11": "test", "r15": "test", "r26": "validation", "r39": "validation"}


def test_record_given_twice() -> None:
    with pytest.raises(InputError, match="r0: record given twice"):
        assign_splits([("r0", ["a"]), ("r0", ["b"])], SHARES, KEY)


@pytest.mark.parametrize(
    "shares", [{}, {"train": 0.5}, {"train": 1.0, "test": 0.0}, {"train": 1.5, "test": -0.5}]
)
def test_bad_shares(shares: dict[str, float]) -> None:
    with pytest.raises(ConfigError, match="splits"):
        assign_splits(alone(3), shares, KEY)


def test_empty_key() -> None:
    with pytest.raises(ConfigError, match="key is empty"):
        assign_splits(alone(3), SHARES, b"")


def test_repr_names_no_record() -> None:
    assert "r0" not in repr(assign_splits(alone(3), SHARES, KEY))


def test_a_lone_surrogate_in_a_subject_raises_nothing() -> None:
    assert assign_splits([("r", ["\ud800"])], SHARES, KEY).n_components == 1
