"""What is written for personal words: other personal words that enough people use, alike in kind and case."""

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from plan_samples import config, record

from deid.config import Config
from deid.detect.words import Words
from deid.pipeline.words.personalwords import PersonalUse, personal_words, stand_ins
from deid.pipeline.words.standins import StandIn, StandIns, _kind, wants_stand_ins
from deid.pipeline.words.wordnumbers import WordNumbers
from deid.transform.tokens import ReplacementKey
from deid.types import Span, Turn

KEY = ReplacementKey(bytes(range(32)))


def options(**more: Any) -> Config:
    return config(transform={"personal_words": 0.5, "PERSONAL_WORD": "surrogate", **more})


def drawn(surface: str, pools: StandIns, record: str = "token") -> str | None:
    spans = [[Span(0, len(surface), "PERSONAL_WORD")]]
    return pools.of(record, [Turn("a", surface)], spans)[0, 0, len(surface)]


def loaded(*found: StandIn) -> StandIns:
    return StandIns.load(options(), KEY, found)


def counted(path: Path, talk: list[tuple[str, str]], used: Config) -> Path:
    counter = PersonalUse(used, KEY)
    for number, (user, text) in enumerate(talk):
        value = {"id": f"c{number}", "user": user, "messages": [{"role": "user", "content": text}]}
        counter.add(record(value, used), [[]], [user])
    counter.save(path, KEY.digest("sidecar"))
    return path


def test_a_word_that_few_people_use_never_stands_in(tmp_path: Path) -> None:
    talk = [("ann", "moss fern"), ("ann", "moss fern"), ("bob", "Fern"), ("cid", "reed")]
    path = counted(tmp_path / "one", talk, options())
    chosen = np.array(sorted(map(WordNumbers(KEY), ("moss", "fern"))), np.uint64)
    assert stand_ins([path], KEY, chosen, people=1) == (("fern", 3), ("moss", 2))
    assert stand_ins([path], KEY, chosen, people=2) == (("fern", 3),)
    assert stand_ins([path], KEY, chosen, people=2, left_out=["bob"]) == ()
    assert stand_ins([path], KEY, chosen[:0], people=2) == ()


def test_words_are_kept_only_where_they_stand_in(tmp_path: Path) -> None:
    path = counted(
        tmp_path / "one", [("ann", "moss"), ("ann", "moss")], config(transform={"personal_words": 0.5})
    )
    chosen = personal_words([path], KEY, share=0.9)
    assert chosen is not None
    assert stand_ins([path], KEY, chosen, people=1) == ()


def test_what_stands_in_is_alike_in_kind_and_case() -> None:
    words = ("lamp", "fern", "pond", "bell", "running", "walking", "baking", "going", "7", "8", "9", "10")
    found = loaded(*((word, 1) for word in words))
    assert drawn("Hill", found) in {"Lamp", "Fern", "Pond", "Bell"}
    assert drawn("HILL", found) in {"LAMP", "FERN", "POND", "BELL"}
    assert drawn("jumping", found) in {"running", "walking", "baking", "going"}
    assert drawn("12", found) in {"7", "8", "9", "10"}
    assert drawn("quickly", found) is None


def test_no_word_stands_in_for_itself() -> None:
    found = loaded(("lamp", 1000), ("fern", 1), ("pond", 1), ("bell", 1))
    for own in ("lamp", "Lamp", "ｌａｍｐ"):
        assert all(drawn(own, found, f"token {n}").casefold() != "lamp" for n in range(50))  # type: ignore[union-attr]


def test_among_too_few_words_none_stands_in() -> None:
    assert drawn("hill", loaded(("lamp", 1), ("fern", 1), ("pond", 1))) is None


def test_without_japanese_a_run_of_it_is_one_kind() -> None:
    assert _kind(Words(None), "犬猫") == _kind(Words(None), "走る") == "ja"


def test_a_word_is_drawn_as_often_as_it_is_said_and_again_alike() -> None:
    found = loaded(("lamp", 3), ("fern", 1), ("bell", 1), ("hill", 1))
    seen = Counter(drawn("pond", found, f"token {n}") for n in range(400))
    assert seen.keys() == {"lamp", "fern", "bell", "hill"}
    assert 140 < seen["lamp"] < 260
    assert drawn("pond", found, "token 1") == drawn("pond", found, "token 1")


def test_a_word_in_half_width_has_the_number_of_the_whole() -> None:
    assert WordNumbers(KEY)("ｶﾒﾗ") == WordNumbers(KEY)("カメラ")
    assert WordNumbers(KEY)("ｶﾒﾗ") % 2 == 1


@pytest.mark.parametrize(
    ("transform", "wanted"),
    [
        ({"personal_words": 0.1}, False),
        ({"PERSONAL_WORD": "surrogate"}, False),
        ({"personal_words": 0.1, "PERSONAL_WORD": "surrogate"}, True),
    ],
)
def test_they_are_asked_for_by_the_operator(transform: dict[str, object], wanted: bool) -> None:  # noqa: FBT001
    assert wants_stand_ins(config(transform=transform)) is wanted
