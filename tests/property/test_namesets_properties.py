from hypothesis import given
from hypothesis import strategies as st

import namescore
import namesets
from deid.types import Span

WORDS = st.lists(
    st.tuples(
        st.one_of(
            st.text(st.characters(exclude_categories=("Cs", "Z", "C")), min_size=1, max_size=6),
            st.sampled_from(['"', "'", "n't", "'s", "´", "(", ")", "@", "#", "!", ":)"]),
        ),
        st.sampled_from(["O", "B-PER", "I-PER", "B-LOC", "I-X"]),
    ),
    max_size=12,
)


@given(WORDS)
def test_every_word_stands_where_it_is_said_to(tokens: list[namesets.Token]) -> None:
    made = namesets.tagged(tokens, {"PER": "PERSON"})
    kept = [made.text[start:end] for start, end in made.words]
    words = iter(word for word, _ in tokens)
    assert all(word in words for word in kept)
    assert "".join(made.text.split()) == "".join("".join(word.split()) for word, _ in tokens)


@given(WORDS)
def test_an_oracle_covers_all_and_masks_nothing_in_vain(tokens: list[namesets.Token]) -> None:
    made = namesets.tagged(tokens, {"PER": "PERSON"})
    found = [Span(span.start, span.end, span.label) for span in made.gold if span.label == "PERSON"]
    predicted = namescore.comparable([made], [found])
    scored = namescore.score([made], predicted, "PERSON")
    assert scored.coverage.hits == scored.coverage.total == len(found)
    assert scored.exact.f == (1.0 if found else 0.0)
    assert namescore.vain([made], predicted).hits == 0


def test_a_name_behind_several_hashes_is_one_for_gold_and_prediction() -> None:
    made = namesets.tagged([("#", "B-PER"), ("#", "I-PER"), ("0", "I-PER")], {"PER": "PERSON"})
    assert [(span.start, span.end) for span in made.gold] == [(2, 3)]
