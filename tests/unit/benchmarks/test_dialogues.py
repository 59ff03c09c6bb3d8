from collections import Counter, defaultdict
from typing import Any

import pytest

import corpus
import dialogues
import families
from deid.labels import LABELS
from dialogues import Dialogue

CASES: list[tuple[str, corpus.Language]] = [
    ("tuned", "en"), ("tuned", "ja"), ("unseen", "en"), ("unseen", "ja"),
]  # fmt: skip


@pytest.fixture(scope="module", params=CASES, ids="/".join)
def case(request: pytest.FixtureRequest) -> tuple[str, corpus.Language]:
    found: tuple[str, corpus.Language] = request.param
    return found


@pytest.fixture(scope="module")
def made(case: tuple[str, corpus.Language]) -> list[Dialogue]:
    return dialogues.generate(case[1], 200, 1, family=case[0])


def surfaces_of(dialogue: Dialogue) -> dict[str, list[str]]:
    found = defaultdict(list)
    for turn in dialogue.turns:
        for gold in turn.gold:
            found[gold.entity].append(turn.text[gold.start : gold.end])
    return found


def test_the_same_seed_gives_the_same_conversations_and_another_others(
    case: tuple[str, corpus.Language], made: list[Dialogue]
) -> None:
    family, language = case
    assert dialogues.generate(language, 200, 1, family=family) == made
    assert dialogues.generate(language, 200, 2, family=family) != made


def test_gold_is_inside_its_turn_labelled_and_belongs_to_an_entity(made: list[Dialogue]) -> None:
    for dialogue in made:
        for turn in dialogue.turns:
            edges = [edge for gold in turn.gold for edge in (gold.start, gold.end)]
            assert edges == sorted(edges)
            assert all(0 <= gold.start < gold.end <= len(turn.text) for gold in turn.gold)
            assert all(gold.label in LABELS and gold.entity for gold in turn.gold)
            assert turn.text


def test_every_scene_comes_up_about_equally_often(
    case: tuple[str, corpus.Language], made: list[Dialogue]
) -> None:
    counts = Counter(kind for dialogue in made for kind in dialogue.kinds)
    assert set(counts) == set(dialogues.kinds(case[1], family=case[0]))
    assert max(counts.values()) - min(counts.values()) <= 2


def test_an_entity_has_one_label_and_the_scene_is_in_its_id(made: list[Dialogue]) -> None:
    for dialogue in made:
        labels = defaultdict(set)
        for turn in dialogue.turns:
            for gold in turn.gold:
                labels[gold.entity].add(gold.label)
        assert all(len(found) == 1 for found in labels.values())
        assert {entity.partition("/")[0] for entity in labels} <= set(dialogue.kinds)


def test_people_are_named_again_and_by_the_assistant(made: list[Dialogue]) -> None:
    again = [
        surfaces_of(dialogue)
        for dialogue in made
        if "name_again" in dialogue.kinds or "third_party" in dialogue.kinds
    ]
    assert again
    assert all(max(map(len, found.values())) >= 3 for found in again)
    assert all(any(len(set(names)) > 1 for names in found.values()) for found in again)


def test_a_split_value_is_whole_when_its_parts_are_put_together(made: list[Dialogue]) -> None:
    cards = [
        "".join(parts)
        for dialogue in made
        for entity, parts in surfaces_of(dialogue).items()
        if entity.startswith("split_card/")
    ]
    assert cards
    for card in cards:
        digits = [int(char) for char in card if char.isdigit()][::-1]
        assert (sum(digits[::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])) % 10 == 0


def test_a_repeated_phone_has_the_same_digits_in_other_groups(made: list[Dialogue]) -> None:
    phones: list[Any] = [
        found
        for dialogue in made
        for entity, found in surfaces_of(dialogue).items()
        if entity.startswith("phone_again/")
    ]
    assert phones
    for found in phones:
        digits = {"".join(str(int(char)) for char in surface if char.isdigit()) for surface in found}
        assert len(digits) == 1
        assert len(set(found)) > 1


def test_both_people_and_the_assistant_speak(made: list[Dialogue]) -> None:
    assert {turn.speaker for dialogue in made for turn in dialogue.turns} == {0, 1, None}


def test_answers_stand_right_after_their_question(made: list[Dialogue]) -> None:
    for dialogue in made:
        for index, turn in enumerate(dialogue.turns):
            if any(gold.entity.startswith("answer_age/") for gold in turn.gold):
                assert dialogue.turns[index - 1].speaker != turn.speaker
                assert not dialogue.turns[index - 1].gold


def test_an_unknown_family_is_refused() -> None:
    with pytest.raises(KeyError):
        dialogues.generate("en", 1, 1, family="secret")
    assert set(families.FAMILIES) == {"tuned", "unseen", "voices", "kept"}
