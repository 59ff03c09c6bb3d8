"""No more records of one person than the cap."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from deid.pipeline.planning.contribution import within_cap

RECORDS = [("c", ("ann",)), ("a", ("ann", "bob")), ("b", ("ann",)), ("d", ("bob",))]


def test_the_first_tokens_stay_in_their_order() -> None:
    assert [token for token, _ in within_cap(RECORDS, 2)] == ["a", "b", "d"]
    assert [token for token, _ in within_cap(RECORDS, 1)] == ["a"]


def test_without_a_cap_all_stay() -> None:
    assert within_cap(RECORDS, None) == RECORDS


def test_a_person_twice_in_a_record_counts_once() -> None:
    assert len(within_cap([("a", ("ann", "ann")), ("b", ("ann",))], 2)) == 2


@given(
    st.dictionaries(st.text("ab", min_size=1, max_size=6), st.lists(st.sampled_from("uvwx"), min_size=1)),
    st.integers(1, 3),
)
def test_nobody_is_in_more_records_than_the_cap(found: dict[str, list[str]], cap: int) -> None:
    records = [(token, tuple(subjects)) for token, subjects in found.items()]
    kept = within_cap(records, cap)
    each = Counter(subject for _, subjects in kept for subject in set(subjects))
    assert all(count <= cap for count in each.values())
    for token, subjects in records:
        if (token, subjects) not in kept:
            assert any(each[subject] == cap for subject in subjects)
