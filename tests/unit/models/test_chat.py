"""The chat lines with marked names that the taggers learn from."""

from collections import Counter
from random import Random

import pytest

import chat
from gold import Line
from reserved import held_out
from swap import renamed, swapped

NAMES = {"PERSON": ["Zo"], "LOCATION": ["Ur"], "ORGANIZATION": ["Ob"]}


def test_a_message_and_its_names() -> None:
    line = chat.read(r"ask [PERSON:maya o]\nin [LOCATION:lyon]", "en")
    assert line == Line("ask maya o\nin lyon", ((4, 10, "PERSON"), (14, 18, "LOCATION")), "en")
    assert chat.read("nobody [here]", "en") == Line("nobody [here]", (), "en")


@pytest.mark.parametrize("text", ["[PERSON:maya", "[NAME:maya] o", "[PERSON:]"])
def test_a_broken_mark_is_refused_without_its_text(text: str) -> None:
    with pytest.raises(ValueError, match="a mark that is none") as error:
        chat.read(text, "en")
    assert "maya" not in str(error.value)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_half_of_the_lines_name_somebody_and_none_stands_twice(language: str) -> None:
    lines = chat.raw(language)
    named = sum(bool(chat.read(line, language).spans) for line in lines)
    assert len(lines) > 2_000
    assert 0.4 < named / len(lines) < 0.65
    assert Counter(lines).most_common(1)[0][1] == 1
    assert 0.1 < sum(map(chat.watched, lines)) / len(lines) < 0.2


@pytest.mark.parametrize("language", ["en", "ja"])
def test_no_person_of_a_held_out_name_is_learned_and_no_watched_line(language: str) -> None:
    learned = chat.learned(language, chat.LISTS, NAMES, 0)
    people = {
        line.text[start:end] for line in learned for start, end, label in line.spans if label == "PERSON"
    }
    assert people
    assert not any(map(held_out, people))
    watched = {chat.read(line, language).text for line in chat.raw(language) if chat.watched(line)}
    assert not watched & {line.text for line in learned}


def test_names_that_are_wanted_give_way_to_others_of_their_label() -> None:
    line = Line("ANN met Bo in Rome", ((0, 3, "PERSON"), (8, 10, "PERSON"), (14, 18, "LOCATION")), "en")
    other = renamed(line, NAMES, Random(0), lambda surface, _: surface != "Bo")
    assert other == Line("ZO met Bo in Ur", ((0, 2, "PERSON"), (7, 9, "PERSON"), (13, 15, "LOCATION")), "en")
    assert swapped([Line("nobody", (), "en")], NAMES, 0) == []
