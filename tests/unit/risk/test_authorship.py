"""Author linkage on invented authors: a giveaway is found, a blank release is not, chance is chance."""

import numpy as np
import pytest

from deid.errors import InputError
from deid.risk.attack import strongest
from deid.risk.authorship import NAME, Plan, link_authors, read, results_of, units_of
from deid.risk.documents import Documents, numbered, split_random, split_threads

pytest.importorskip("scipy")

_COMMON = [
    "well",
    "today",
    "the",
    "weather",
    "was",
    "fine",
    "and",
    "we",
    "went",
    "out",
    "for",
    "a",
    "walk",
    "near",
    "some",
    "old",
    "houses",
]
_PEOPLE, _EACH = 24, 8


def _documents(*, habit: bool, released: str | None = None) -> Documents:
    rng = np.random.default_rng(7)
    raw, person, thread = [], [], []
    for who in range(_PEOPLE):
        for n in range(_EACH):
            words = list(rng.choice(_COMMON, 9))
            if habit:
                words.insert(int(rng.integers(9)), f"zq{chr(97 + who)}{chr(97 + who)}")
            raw.append(" ".join(words))
            person.append(who)
            thread.append(n // 2)
    texts = raw if released is None else [released] * len(raw)
    people = np.array(person)
    return Documents(raw, texts, people, people, np.array(thread))


def _rng() -> np.random.Generator:
    return np.random.default_rng(1)


def test_a_release_that_keeps_a_giveaway_is_broken() -> None:
    """Positive control: everybody keeps a word of their own."""
    (found,) = link_authors(_documents(habit=True), [Plan()], _rng())
    assert found.attack == NAME
    assert found.released.low > 0.8
    assert found.tails[0.1].value == 1
    assert found.control.high < 0.2
    assert found.sound
    assert found.pool == _PEOPLE
    assert found.floor is not None
    assert found.floor.value < 0.35


def test_a_release_without_text_gives_nothing() -> None:
    """Negative control: the attack is sound, and the release does not stand out from chance."""
    (found,) = link_authors(_documents(habit=True, released="[removed]"), [Plan()], _rng())
    assert found.sound
    assert found.released.value <= 0.2
    assert found.excess.low == 0


def test_authors_without_habits_make_the_attack_unsound() -> None:
    (found,) = link_authors(_documents(habit=False), [Plan()], _rng())
    assert not found.sound


def test_pools_share_out_the_candidates() -> None:
    documents = _documents(habit=True)
    results = results_of(read(documents.raw), documents, documents.person, Plan(splits=1, pool=24), _rng())
    assert {result.pool for result in results} == {6}
    assert strongest(results).released.people == _PEOPLE


def test_what_is_known_can_be_a_single_document() -> None:
    documents = _documents(habit=True)
    texts = read(documents.raw)
    half = strongest(results_of(texts, documents, documents.person, Plan(splits=1), _rng()))
    one = strongest(results_of(texts, documents, documents.person, Plan(splits=1, amount=1), _rng()))
    assert one.released.trials == half.released.trials == _PEOPLE


def test_the_strongest_of_three_amounts_of_knowledge_counts() -> None:
    (found,) = link_authors(_documents(habit=True), [Plan()], _rng())
    assert set(found.notes["known"]) == {"half", "3", "1"}
    assert found.released.high == max(rate["high"] for rate in found.notes["known"].values())
    (one,) = link_authors(_documents(habit=True), [Plan(amount=1)], _rng())
    assert set(one.notes["known"]) == {"1"}


def test_pools_are_the_same_however_little_is_known() -> None:
    documents = _documents(habit=True)
    texts = read(documents.raw)
    for plan in (Plan(splits=1, pool=24), Plan(splits=1, pool=24, amount=1)):
        assert {r.pool for r in results_of(texts, documents, documents.person, plan, _rng())} == {6}


def test_a_pool_can_be_of_so_many_people() -> None:
    documents = _documents(habit=True)
    results = results_of(read(documents.raw), documents, documents.person, Plan(splits=1, people=4), _rng())
    assert {result.pool for result in results} == {4}
    assert strongest(results).guessing.value == pytest.approx(0.25)


def test_scopes_make_smaller_units() -> None:
    documents = _documents(habit=True)
    sizes = [len(np.unique(units_of(documents, s))) for s in ("person", "conversation", "message")]
    assert sizes == [_PEOPLE, _PEOPLE * 4, _PEOPLE * 8]


def test_splits_halve_everybody_and_keep_threads_whole() -> None:
    documents = _documents(habit=True)
    assert set(np.bincount(documents.person[split_random(documents, _rng())])) == {_EACH // 2}
    known = split_threads(documents, _rng())
    assert set(np.bincount(documents.person[known])) == {_EACH // 2}
    for who in range(_PEOPLE):
        mine = documents.person == who
        assert not set(documents.thread[mine & known]) & set(documents.thread[mine & ~known])


def test_one_document_a_person_cannot_be_attacked() -> None:
    alone = Documents(["a", "b"], ["a", "b"], np.arange(2), np.arange(2), np.arange(2))
    with pytest.raises(InputError, match="too few people"):
        link_authors(alone, [Plan()], _rng())


def test_documents_must_fit_together() -> None:
    with pytest.raises(InputError, match="differ in number"):
        Documents(["a"], [], np.zeros(1, int), np.zeros(1, int), np.zeros(1, int))
    with pytest.raises(InputError, match="share a pseudonym"):
        Documents(["a", "b"], ["a", "b"], np.arange(2), np.zeros(2, int), np.zeros(2, int))


def test_values_are_numbered_in_order() -> None:
    assert numbered(["b", "a", "b"]).tolist() == [0, 1, 0]


def test_texts_are_not_in_a_repr() -> None:
    assert "zqaa" not in repr(_documents(habit=True))
