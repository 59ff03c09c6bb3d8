"""Counting people a word over shards, and what is rare then."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_samples import config, record

from deid.config import Config
from deid.errors import ConfigError
from deid.pipeline import Pipeline
from deid.pipeline.words import rarewords
from deid.pipeline.words.rarewords import WordUse, common_words
from deid.pipeline.words.wordnumbers import WordFinder
from deid.transform.tokens import ReplacementKey
from deid.types import Span

KEY = ReplacementKey(bytes(range(32)))
SEALING = KEY.digest("sidecar")


def used(people: int) -> Config:
    return config(transform={"rare_words": people})


def said(number: int, user: str, *texts: str) -> Any:
    return record(
        {"id": f"c{number}", "user": user, "messages": [{"role": "user", "content": text} for text in texts]}
    )


def rare(folder: Path, shards: Sequence[Sequence[tuple[str, str]]], people: int, **options: Any) -> list[str]:
    """Return the rare words of all texts, in order; a shard is a list of (user, text)."""
    counter = WordUse(used(people), KEY)
    paths, records = [], []
    for index, shard in enumerate(shards):
        for number, (user, text) in enumerate(shard):
            read = said(number, user, text)
            records.append(read)
            counter.add(read, [[]], [user])
        paths.append(folder / f"shard-{index}.words")
        counter.save(paths[-1], SEALING)
    common = common_words(paths, SEALING, people=people, **options)
    assert common is not None
    finder = WordFinder.rare(used(people), KEY, common)
    return [
        text[span.start : span.end]
        for read in records
        for text, spans in zip([turn.text for turn in read.turns], finder.beside(read, [[]]), strict=True)
        for span in spans
    ]


def test_a_word_is_common_when_enough_people_use_it(tmp_path: Path) -> None:
    shard = [("ann", "moss moss fern"), ("bob", "Moss"), ("cid", "fern")]
    assert rare(tmp_path, [shard], 2) == []
    assert rare(tmp_path, [shard], 3) == ["moss", "moss", "fern", "Moss", "fern"]


def test_one_person_in_many_records_counts_once(tmp_path: Path) -> None:
    assert rare(tmp_path, [[("ann", "moss")] * 5], 2) == ["moss"] * 5


def test_people_are_counted_over_shards(tmp_path: Path) -> None:
    assert rare(tmp_path, [[("ann", "moss fern")], [("bob", "moss")], [("ann", "fern")]], 2) == [
        "fern",
        "fern",
    ]


def test_who_is_left_out_does_not_count(tmp_path: Path) -> None:
    shards = [[("ann", "moss"), ("bob", "moss")]]
    assert rare(tmp_path, shards, 2, left_out=["bob"]) == ["moss", "moss"]


def test_words_in_findings_are_neither_counted_nor_found(tmp_path: Path) -> None:
    counter = WordUse(used(2), KEY)
    read, spans = said(1, "ann", "ask Zanter now"), [[Span(4, 10, "PERSON")]]
    counter.add(read, spans, ["ann"])
    counter.save(tmp_path / "one.words", SEALING)
    common = common_words([tmp_path / "one.words"], SEALING, people=2)
    assert common is not None
    found = WordFinder.rare(used(2), KEY, common).beside(read, spans)[0]
    assert [(span.start, span.label) for span in found] == [
        (0, "RARE_WORD"),
        (4, "PERSON"),
        (11, "RARE_WORD"),
    ]


@settings(deadline=None)
@given(
    shards=st.lists(
        st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from(["moss", "fern", "reed", "kelp"]))),
        max_size=6,
    ),
    people=st.integers(2, 4),
    merged_at=st.integers(1, 5),
)
def test_merging_in_any_pieces_counts_as_one_table(
    shards: list[list[tuple[str, str]]],
    people: int,
    merged_at: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    users = defaultdict(set)
    for user, word in (pair for shard in shards for pair in shard):
        users[word].add(user)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rarewords, "_MERGED_AT", merged_at)
        found = rare(tmp_path_factory.mktemp("words"), shards, people)
    assert set(found) == {word for word, names in users.items() if len(names) < people}


def test_nothing_readable_is_written(tmp_path: Path) -> None:
    rare(tmp_path, [[("ann", "snufflepuss")]], 2)
    assert b"snufflepuss" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_without_the_option_there_is_nothing(tmp_path: Path) -> None:
    assert common_words([tmp_path / "none.words"], SEALING, people=None) is None


def test_a_session_cannot_know_how_many_people_use_a_word() -> None:
    with pytest.raises(ConfigError, match="rare_words"):
        Pipeline(used(2)).open()
