"""Attributes guessed from one id's text: found where it is said, not found where text is dealt out."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import pytest

from oneid import RELEASES, WORDS, parts_of, some_speakers
from reid import singly
from reid.synthpai import Corpus
from reid.treatments import TREATMENTS

pytest.importorskip("scipy")

_PEOPLE, _EACH = 40, 4


def _corpus() -> Corpus:
    """Half of the people are nurses and speak of wards, the others drive and speak of roads."""
    rng = np.random.default_rng(3)
    people = [f"p{n}" for n in range(_PEOPLE) for _ in range(_EACH)]
    place = [(f"c{n}-{talk // 2}", talk % 2) for n in range(_PEOPLE) for talk in range(_EACH)]
    words = ["ward patients shift", "road lorry junction"]
    texts = [
        f"the {words[int(person[1:]) % 2]} were quiet {''.join(rng.choice(list('abcdef'), 6).tolist())}"
        for person in people
    ]
    records: list[dict[str, Any]] = [
        {
            "user_id": f"p{n}",
            "conversation_id": f"c{n}-{talk}",
            "profile": {
                "country": "nowhere",
                "city": "nowhere",
                "occupation": ("nurse", "driver")[n % 2],
                "relationship_status": "married",
            },
        }
        for n in range(_PEOPLE)
        for talk in range(2)
    ]
    return Corpus(records, place, texts, texts, people, [""] * len(texts))


def _found(corpus: Corpus, released: Sequence[str], scope: Literal["person", "message"]) -> float:
    results = dict(singly.results(corpus, released, scope, 1))
    assert list(results) == ["occupation"]  # the others have one value, or none
    return results["occupation"].excess.value


def test_what_is_said_under_one_id_gives_its_author_away() -> None:
    """Positive and negative control."""
    corpus = _corpus()
    dealt = [corpus.texts[n] for n in np.random.default_rng(1).permutation(len(corpus.texts)).tolist()]
    for scope in ("person", "message"):
        assert _found(corpus, corpus.texts, scope) > 0.9
        assert abs(_found(corpus, dealt, scope)) < 0.3


def test_an_id_without_text_is_not_guessed() -> None:
    corpus = _corpus()
    released = ["" if n % _EACH else text for n, text in enumerate(corpus.texts)]
    (result,) = dict(singly.results(corpus, released, "message", 1)).values()
    assert result.released.trials == _PEOPLE


def test_speakers_are_drawn_with_their_dialogues() -> None:
    corpus = some_speakers(_corpus(), 1)
    assert len(corpus.texts) == _PEOPLE * _EACH  # fewer than are drawn


def test_every_part_has_a_name_and_a_treatment(tmp_path: Any) -> None:
    assert len(parts_of(tmp_path, 1)) == len(RELEASES) + len(WORDS) + 1
    assert {name for name, _ in RELEASES} <= TREATMENTS.keys()
