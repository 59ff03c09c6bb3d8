"""Records: whose they are, who speaks, what is known, and what sets one aside."""

from typing import Any

import pytest

from deid.config import Config
from deid.errors import InputError, RecordError
from deid.ingest.fields import compile_fields
from deid.ingest.record import Record, read_record, subject_index
from deid.types import KnownValue

LINK = {"class": "linking", "treatment": "reissue"}


def config(fields: dict[str, Any], **given: Any) -> Config:
    return Config.model_validate({
        "version": 1,
        "mode": "anonymize",
        "input": {"record_id": "id", "subject_id": "user", **given},
        "fields": {"id": LINK, **fields},
    })  # fmt: skip


ALONE = config({
    "user": LINK,
    "profile.name": {"class": "direct", "known_value": "PERSON"},
    "profile.nick": {"class": "direct", "known_value": "PERSON"},
    "profile.age": {"class": "quasi"},
    "messages[].role": {"class": "keep"},
    "messages[].content": {"class": "text"},
    "note": {"class": "text"},
}, max_text=20)  # fmt: skip
PAIR = config({
    "people[].user": LINK,
    "people[].name": {"class": "direct", "known_value": "PERSON"},
    "turns[].by": LINK,
    "turns[].text": {"class": "text"},
    "title": {"class": "text"},
}, subject_id="people[].user", speaker_id="turns[].by")  # fmt: skip


def read(value: object, how: Config = ALONE) -> Record:
    return read_record(value, how, compile_fields(how.fields))


def test_one_person_and_an_assistant() -> None:
    record = read({
        "id": 12,
        "user": "u1",
        "note": "a note",
        "messages": [
            {"role": "user", "content": "hello"},
            {"role": "assistant", "content": "hi"},
            {"role": "user", "content": None},
            {"content": "whose?"},
        ],
    })  # fmt: skip
    assert (record.id, record.subjects, record.prefixes) == ("12", ("u1",), ("",))
    assert [(t.path, t.text, t.speaker) for t in record.turns] == [
        ("note", "a note", 0),
        ("messages[0].content", "hello", 0),
        ("messages[1].content", "hi", None),
        ("messages[3].content", "whose?", 0),
    ]


def test_known_values_are_the_declared_ones_that_are_there() -> None:
    record = read({"id": "a", "user": "u", "profile": {"name": "Quillaby", "nick": "", "age": 30}})
    assert record.known == (KnownValue("PERSON", "Quillaby", 0),)
    record = read({"id": "a", "user": "u", "profile": {"name": None, "nick": 5}})
    assert record.known == (KnownValue("PERSON", "5", 0),)


def test_two_people_who_speak_in_turn() -> None:
    record = read(
        {
            "id": "a",
            "title": "a talk",
            "people": [{"user": "u1", "name": "Quillaby"}, {"user": 2, "name": "Ossenfort"}],
            "turns": [
                {"by": "2", "text": "one"},
                {"by": "u1", "text": "two"},
                {"by": 2, "text": "three"},
                {"text": "five"},
            ],
        },
        PAIR,
    )
    assert record.subjects == ("u1", "2")
    assert record.prefixes == ("people[0]", "people[1]")
    assert [turn.speaker for turn in record.turns] == [0, 1, 0, 1, 0]
    assert record.known == (KnownValue("PERSON", "Quillaby", 0), KnownValue("PERSON", "Ossenfort", 1))


def test_who_speaks_and_is_no_subject_sets_the_record_aside() -> None:
    people, turn = [{"user": "u1", "name": "Quillaby"}], {"by": "u3", "text": "four"}
    with pytest.raises(RecordError, match=r"turns\[0\]\.text: its speaker is no subject") as caught:
        read({"id": "a", "title": "a talk", "people": people, "turns": [turn]}, PAIR)
    assert caught.value.reason == "unknown-speaker"


def test_a_role_that_is_not_known_sets_the_record_aside() -> None:
    said = [{"role": "Customer", "content": "hello"}]
    with pytest.raises(RecordError, match="its role is none that is known") as caught:
        read({"id": "a", "user": "u", "messages": said})
    assert caught.value.reason == "unknown-speaker"
    for role, speaker in (("human", 0), ("user", 0), ("gpt", None), ("assistant", None)):
        record = read({"id": "a", "user": "u", "messages": [{"role": role, "content": "hello"}]})
        assert [turn.speaker for turn in record.turns] == [speaker]


def test_subject_index_does_not_confuse_one_with_ten() -> None:
    prefixes = [f"people[{n}]" for n in range(11)]
    assert subject_index("people[1].name", prefixes) == 1
    assert subject_index("people[10].name", prefixes) == 10
    assert subject_index("title", prefixes) == 0


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ([], "not-an-object"),
        ("text", "not-an-object"),
        (None, "not-an-object"),
        ({}, "missing-id"),
        ({"id": "a"}, "missing-id"),
        ({"user": "u"}, "missing-id"),
        ({"id": "", "user": "u"}, "missing-id"),
        ({"id": None, "user": "u"}, "missing-id"),
        ({"id": "a", "user": ""}, "missing-id"),
        ({"id": "a", "user": "u", "messages": "x"}, "wrong-type"),
        ({"id": "a", "user": "u", "note": "x" * 21}, "text-too-long"),
        ({"id": "a", "user": "u", "profile": {"name": "x" * 21}}, "text-too-long"),
        ({"id": "a", "user": "u", "note": "a\0b"}, "nul-character"),
        ({"id": "a\0", "user": "u"}, "nul-character"),
        ({"id": "a", "user": "u", "note": "a\ud83d"}, "lone-surrogate"),
        ({"id": "a\udc00", "user": "u"}, "lone-surrogate"),
    ],
)
def test_a_record_is_set_aside_for_a_fixed_reason(value: object, reason: str) -> None:
    with pytest.raises(RecordError) as caught:
        read(value)
    assert caught.value.reason == reason


def test_a_record_without_any_of_its_people_is_set_aside() -> None:
    with pytest.raises(RecordError, match=r"no value for subject id `people\[\]\.user`"):
        read({"id": "a", "people": [], "turns": []}, PAIR)


def test_length_is_counted_in_characters() -> None:
    assert read({"id": "a", "user": "u", "note": "𝒳" * 20}).turns[0].text == "𝒳" * 20


def test_zero_is_an_id_and_null_is_none() -> None:
    assert read({"id": 0, "user": 0}).id == "0"


def test_an_undeclared_field_is_no_matter_of_one_record() -> None:
    with pytest.raises(InputError) as caught:
        read({"id": "a", "user": "u", "extra": 1})
    assert not isinstance(caught.value, RecordError)


def test_nothing_it_says_holds_text() -> None:
    record = read({"id": "a", "user": "u", "note": "Quillaby", "profile": {"name": "Quillaby"}})
    assert "Quillaby" not in repr(record)
    for value in ({"id": "a", "user": "u", "note": "Quillaby\0"}, {"id": {"Quillaby": 1}, "user": "u"}):
        with pytest.raises(RecordError) as caught:
            read(value)
        assert "Quillaby" not in str(caught.value) + caught.value.hint
