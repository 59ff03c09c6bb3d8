"""A-21: a profile that is k-anonymous, and a text that says «the only female dentist on Hachijo island»."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from acceptance_run import MODES, person, released, run, said

from deid import kanon
from deid.detect.detector import DefaultDetector
from deid.detect.facts import read_facts
from deid.pipeline.quasi.places import load_places
from deid.types import Turn

CLAIMS = (
    "I'm the only female dentist on Hachijo island",
    "八丈島で唯一の女性歯科医です",
    "八丈島に住んでいます。歯科医をしています",
)


def crowd() -> list[dict[str, Any]]:
    """Twelve people of one age and country: the columns alone are 12-anonymous."""
    return [person(f"plain-{n}", f"I cooked dish number {n} today") for n in range(11)]


def figures(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "out" / "report" / "kanon.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("claim", CLAIMS)
def test_the_facts_of_the_text_join_the_vector_and_are_taken_out(
    tmp_path: Path, mode: str, claim: str
) -> None:
    run(tmp_path, [*crowd(), person("rare", claim)], mode)
    found = figures(tmp_path)
    assert (found["before"]["k"], found["before"]["uniques"]) == (1, 1)
    assert found["k"] == found["after"]["k"] == 12
    assert found["subjects"] == 12  # the fact goes, the person stays
    text = said(tmp_path).lower()
    assert not any(word in text for word in ("dentist", "hachijo", "歯科医", "八丈島"))
    assert "cooked dish number 3" in text


def test_the_columns_alone_would_have_passed(tmp_path: Path) -> None:
    run(tmp_path, [*crowd(), person("rare", CLAIMS[0])], "anonymize")
    assert figures(tmp_path)["declared"]["k"] == 12


@pytest.mark.parametrize("mode", MODES)
def test_what_enough_people_share_is_generalized_and_not_tagged(tmp_path: Path, mode: str) -> None:
    jobs = ("dentist", "nurse", "pharmacist", "doctor", "midwife")
    islands = ("八丈島", "三宅島", "神津島", "新島", "母島")
    english = [person(f"e{n}", f"I'm a {job}") for n, job in enumerate(jobs)]
    japanese = [person(f"j{n}", f"{island}に住んでいます") for n, island in enumerate(islands)]
    run(tmp_path, [*crowd(), *english, *japanese], mode)
    text = said(tmp_path)
    assert text.count("I'm a health professional") == 2 * len(jobs)  # the assistant's echo too
    assert not any(job in text for job in jobs)
    assert figures(tmp_path)["k"] >= 5
    assert "東京都の島に住んでいます" in text
    assert not any(island in text for island in islands[:3])


def test_a_reader_of_the_release_counts_the_same_k(tmp_path: Path) -> None:
    """Read every released text again, with the library's own reading of facts and nothing of the run."""
    jobs = ["nurse"] * 6 + ["teacher"] * 5 + ["judge"]
    people = [person(f"p{n}", f"I'm a {job}") for n, job in enumerate(jobs)]
    run(tmp_path, [*crowd(), *people], "anonymize")
    detector = DefaultDetector.default(use="fast")
    vectors = [_facts(row, detector) for row in released(tmp_path)]
    assert min(Counter(vectors).values()) >= 5
    assert any("nurse" in str(vector) for vector in vectors)


def _facts(row: dict[str, Any], detector: DefaultDetector) -> tuple[tuple[str, str], ...]:
    turns = [
        Turn(f"[{n}]", message["content"], 0 if message["role"] == "user" else None)
        for n, message in enumerate(row["messages"])
    ]
    spans = detector.detect_conversation(turns)
    facts = read_facts(turns, spans, load_places().surfaces, today=date(2026, 11, 2))
    return tuple(sorted({(fact.kind, fact.value) for fact in facts}))


def test_contradictions_are_a_set(tmp_path: Path) -> None:
    """Two conversations of one person, who says two things: both count, as one value."""
    rows = [person("same", "I'm a nurse"), {**person("same", "I'm a teacher"), "id": "c-second"}]
    others = [person(f"n{n}", "I'm a nurse") for n in range(6)]
    run(tmp_path, [*crowd(), *others, *rows], "anonymize")
    text = said(tmp_path)
    assert "teacher" not in text
    assert text.count("I'm a nurse") == 2 * len(others)
    assert figures(tmp_path)["k"] >= 5


def test_a_combination_that_only_the_text_tells_is_flagged_and_broken(tmp_path: Path) -> None:
    """O-20: 34, Sapporo, nurse: each shared by six others, together nobody else's."""
    told = ("I'm 34", "I live in Sapporo", "I'm a nurse")
    others = [person(f"o{n}", told[n % 3]) for n in range(18)]
    run(tmp_path, [*crowd(), *others, person("rare", *told)], "anonymize")
    found = figures(tmp_path)
    assert (found["before"]["k"], found["before"]["uniques"]) == (1, 1)
    assert found["after"]["k"] >= 5
    assert found["subjects"] == 30
    assert found["dropped"] == 0
    text = said(tmp_path)
    assert text.count("I'm a nurse") >= 2 * 6  # theirs stays


def check(columns: dict[str, Sequence[str | None]]) -> int:
    import pyarrow as pa

    table = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    return kanon.check(table, quasi_identifiers=list(columns)).k


def test_the_check_fails_until_the_facts_are_generalized() -> None:
    band: list[str | None] = ["30-39"] * 6
    facts: list[str | None] = ["dentist", "nurse", "nurse", "nurse", "nurse", "nurse"]
    assert check({"age": band}) == 6
    assert check({"age": band, "text:OCCUPATION": facts}) == 1
    assert check({"age": band, "text:OCCUPATION": ["health professional"] * 6}) == 6


@pytest.mark.parametrize("mode", MODES)
def test_a_family_that_is_taken_out_is_not_told_by_the_assistants_answer(tmp_path: Path, mode: str) -> None:
    japanese = person("ja", "三児の母です", "娘がよく泣きます")
    english = person("en", "I'm married with two kids", "what do you think?")
    japanese["messages"].insert(1, {"role": "assistant", "content": "お嬢さんはもう中学生ですか"})
    english["messages"].insert(1, {"role": "assistant", "content": "How lovely, how is your wife?"})
    bystander = person("by", "a film about weddings")
    bystander["messages"].insert(1, {"role": "assistant", "content": "お嬢さんの話ですね"})
    run(tmp_path, [*crowd(), japanese, english, bystander], mode)
    text = said(tmp_path)
    assert text.count("お嬢さん") == 1  # who told nothing of a family keeps the word
    assert "はもう中学生ですか" in text
    assert "娘" not in text
    assert "wife" not in text
    assert "How lovely, how is your [FAMILY_" in text
