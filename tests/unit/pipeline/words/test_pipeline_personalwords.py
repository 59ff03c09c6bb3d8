"""Which words link the records of one person, counted over shards."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plan_samples import config, record

from deid.config import Config
from deid.errors import ConfigError
from deid.pipeline import Pipeline
from deid.pipeline.words.personalwords import PersonalUse, personal_words
from deid.pipeline.words.wordnumbers import WordFinder, WordNumbers
from deid.transform.tokens import ReplacementKey
from deid.types import Span

KEY = ReplacementKey(bytes(range(32)))
SEALING = KEY.digest("sidecar")


def options(share: float = 0.5) -> Config:
    return config(transform={"personal_words": share})


def said(number: int, user: str, *texts: str) -> Any:
    return record(
        {"id": f"c{number}", "user": user, "messages": [{"role": "user", "content": text} for text in texts]}
    )


def counted(folder: Path, shards: Sequence[Sequence[tuple[str, str]]]) -> list[Path]:
    """Count shards of (user, text), a record each; return the sealed files."""
    counter = PersonalUse(options(), KEY)
    paths = []
    for index, shard in enumerate(shards):
        for number, (user, text) in enumerate(shard):
            counter.add(said(number, user, text), [[]], [user])
        paths.append(folder / f"shard-{index}.words")
        counter.save(paths[-1], SEALING)
    return paths


def chosen(folder: Path, shards: Sequence[Sequence[tuple[str, str]]], share: float, **more: Any) -> set[str]:
    """Return which of the words said are replaced."""
    found = personal_words(counted(folder, shards), KEY, share=share, **more)
    assert found is not None
    assert found.tolist() == sorted(set(found.tolist()))
    numbers = WordNumbers(KEY)
    words = {word for shard in shards for _, text in shard for word in text.split()}
    return {word for word in words if numbers(word) in found.tolist()}


# Ann says «moss» in both of her records, everybody says «fern», «reed» is said once.
TALK = [("ann", "moss fern reed"), ("ann", "moss fern"), ("bob", "fern"), ("cid", "fern")]


def test_what_one_person_alone_says_again_is_replaced(tmp_path: Path) -> None:
    assert chosen(tmp_path, [TALK], 0.3) == {"moss"}


def test_what_is_said_once_links_nothing_and_what_all_say_tells_nothing(tmp_path: Path) -> None:
    assert chosen(tmp_path, [TALK], 0.99) == {"moss"}


def test_a_word_that_does_not_fit_into_the_share_stays(tmp_path: Path) -> None:
    # Two of seven words are «moss».
    assert chosen(tmp_path, [TALK], 0.28) == set()
    assert chosen(tmp_path, [TALK], 0.29) == {"moss"}


def test_a_word_that_fits_is_taken_after_one_that_does_not(tmp_path: Path) -> None:
    often = [("ann", "moss moss moss fern"), ("ann", "moss fern"), ("bob", "reed fern"), ("bob", "reed fern")]
    assert chosen(tmp_path, [often], 0.2) == {"reed"}


def test_the_more_telling_word_comes_first(tmp_path: Path) -> None:
    # q = 2/9. «moss» 2 / (2q + ½) = 2.1, «reed» 2 / (6q + ½) = 1.1; three of eight words fit.
    ann, others = [("ann", "moss reed")] * 2, [(name, "fern") for name in ("cid", "dan", "eve")]
    assert chosen(tmp_path, [[*ann, ("bob", "reed"), *others]], 0.4) == {"moss"}


def test_saying_it_again_in_one_record_counts_once(tmp_path: Path) -> None:
    assert chosen(tmp_path, [[("ann", "moss moss moss"), ("ann", "fern"), ("bob", "fern")]], 0.9) == set()


def test_people_are_counted_over_shards(tmp_path: Path) -> None:
    assert chosen(tmp_path, [[row] for row in TALK], 0.3) == {"moss"}


def test_who_is_left_out_does_not_count(tmp_path: Path) -> None:
    assert chosen(tmp_path, [TALK], 0.99, left_out=["ann"]) == set()


def test_hand_worked_order(tmp_path: Path) -> None:
    """Four records, two people of two: q = 1/2. «moss» 2 / (2·½ + ½) = 1.33, «reed» 2 / (6·½ + ½) = 0.57."""
    talk = [("ann", "moss reed"), ("ann", "moss reed"), ("bob", "reed"), ("bob", "fern")]
    assert chosen(tmp_path, [talk], 0.99) == {"moss"}


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    shards=st.lists(
        st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["moss fern", "fern", "reed kelp moss"]))),
        max_size=4,
    ),
    share=st.floats(0.01, 0.99),
)
def test_shards_do_not_matter_and_the_share_holds(
    shards: list[list[tuple[str, str]]], share: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("words")
    found = chosen(folder, shards, share)
    assert found == chosen(folder, [[row for shard in shards for row in shard]], share)
    said_words = [word for shard in shards for _, text in shard for word in text.split()]
    assert sum(word in found for word in said_words) <= share * len(said_words)


def test_the_finder_takes_chosen_words_outside_findings() -> None:
    chosen_words = np.array([WordNumbers(KEY)("moss")], np.uint64)
    finder = WordFinder.personal(options(), KEY, chosen_words)
    spans = [[Span(0, 4, "PERSON")]]
    found = finder.beside(said(1, "ann", "Moss likes MOSS and fern"), spans)[0]
    assert [(span.start, span.end, span.label) for span in found] == [
        (0, 4, "PERSON"),
        (11, 15, "PERSONAL_WORD"),
    ]


def test_nothing_readable_is_written(tmp_path: Path) -> None:
    paths = counted(tmp_path, [[("ann", "snufflepuss")]])
    assert b"snufflepuss" not in b"".join(path.read_bytes() for path in paths)


def test_without_the_option_there_is_nothing(tmp_path: Path) -> None:
    assert personal_words([tmp_path / "none"], KEY, share=None) is None


def test_a_session_cannot_know_whose_a_word_is() -> None:
    with pytest.raises(ConfigError, match="personal_words"):
        Pipeline(options()).open()


@pytest.mark.parametrize("share", [0, 1, -0.1, 1.5])
def test_shares_out_of_range_are_refused(share: float) -> None:
    with pytest.raises(ValueError, match="personal_words"):
        options(share)


def test_a_word_is_held_against_records_of_its_script(tmp_path: Path) -> None:
    """Half write Japanese: «reed» stands in every other record, «moss» in those of one person alone."""
    english = [(name, "reed") for name in ("ann", "ann", "bob", "bob", "cid", "cid")]
    japanese = [(name, "です") for name in ("aki", "aki", "ken", "ken", "mio", "mio", "rie", "rie")]
    assert chosen(tmp_path, [[*english, *japanese]], 0.9) == set()
    assert chosen(tmp_path, [[*english, *japanese, ("ann", "moss"), ("ann", "moss")]], 0.9) == {"moss"}
