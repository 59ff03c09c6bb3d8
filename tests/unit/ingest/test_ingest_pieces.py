"""Long conversations cut into pieces: where, what stays with which, and what is refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from deid.config import Config
from deid.ingest.fields import compile_fields
from deid.ingest.pieces import Piece, cut, words_in
from deid.ingest.record import read_record
from deid.types import Fact

ALONE: dict[str, Any] = {"class": "linking", "treatment": {"operator": "reissue", "scope": "conversation"}}
FIELDS: dict[str, Any] = {
    "id": {"class": "linking", "treatment": "reissue"},
    "user": ALONE,
    "profile.name": {"class": "direct", "known_value": "PERSON"},
    "profile.note": {"class": "text"},
    "buys[].goods": {"class": "quasi"},
    "begun": {"class": "keep"},
    "messages[].role": {"class": "keep"},
    "messages[].content": {"class": "text"},
}


def config(limit: int | None = 3, **changes: Any) -> Config:
    raw = {
        "version": 1,
        "mode": "anonymize",
        "input": {"record_id": "id", "subject_id": "user"},
        "fields": FIELDS,
        "release": {"max_words": limit},
        **changes,
    }
    return Config.model_validate(raw)


def pieces(value: dict[str, Any], used: Config) -> list[Piece]:
    tree = compile_fields(used.fields)
    return cut(read_record(value, used, tree), used, tree)


def talk(*said: str) -> dict[str, Any]:
    """A record of messages, `role: text`."""
    messages = [dict(zip(("role", "content"), one.split(": "), strict=True)) for one in said]
    return {
        "id": "c1",
        "user": "u1",
        "profile": {"name": "Ann", "note": "likes moss"},
        "buys": [{"goods": "tea"}],
        "begun": "09:14",
        "messages": messages,
    }


def said(piece: Piece) -> list[str]:
    return [turn.text for turn in piece.record.turns if turn.path.startswith("messages")]


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("!!", 0), ("it's 3 words", 4), ("今日は", 2), ("今日", 1), ("AIの話", 2), ("ＡＢ cd", 2)],
)
def test_two_japanese_characters_are_a_word(text: str, words: int) -> None:
    assert words_in(text) == words


def test_a_piece_holds_as_much_as_one_person_may_say_and_the_answers_to_it() -> None:
    found = pieces(
        talk("user: a b", "assistant: one two three four", "user: c", "user: d", "assistant: e"), config()
    )
    assert [said(piece) for piece in found] == [["a b", "one two three four", "c"], ["d", "e"]]
    assert [piece.turns for piece in found] == [(0, 1, 2, 3), (4, 5)]
    assert len({piece.record.id for piece in found}) == 2
    assert all(piece.record.subjects == ("u1",) for piece in found)


def test_a_message_is_never_cut_and_one_gives_each_its_own_id() -> None:
    value = talk("assistant: hello", "user: a b c d e", "assistant: yes", "user: f", "user: g h")
    assert [said(piece) for piece in pieces(value, config(1))] == [
        ["hello", "a b c d e", "yes"],
        ["f"],
        ["g h"],
    ]


def test_what_stands_outside_stays_with_the_first_but_for_what_is_known_of_the_person() -> None:
    first, second = pieces(talk("user: a b c", "user: d"), config())
    assert [turn.text for turn in first.record.turns] == ["likes moss", "a b c"]
    assert [turn.text for turn in second.record.turns] == ["d"]
    assert "buys" in first.record.value
    assert "buys" not in second.record.value
    assert first.record.value["begun"] == "09:14"
    assert "begun" not in second.record.value
    assert second.record.value["messages"][0]["role"] == "user"
    assert "note" not in second.record.value["profile"]
    assert second.record.value["profile"]["name"] == "Ann"
    assert first.record.known == second.record.known != ()


def test_facts_go_with_their_turns() -> None:
    first, second = pieces(talk("user: a b c", "user: d"), config())
    facts = [Fact("AGE", "3", 1, 0, 1), Fact("AGE", "4", 2, 0, 1)]
    assert [(fact.value, fact.turn) for fact in first.facts(facts)] == [("3", 1)]
    assert [(fact.value, fact.turn) for fact in second.facts(facts)] == [("4", 0)]


@pytest.mark.parametrize(
    ("limit", "said_"), [(None, ["user: a b c d", "user: e"]), (9, ["user: a", "user: b"]), (1, [])]
)
def test_what_is_short_enough_stays_whole(limit: int | None, said_: list[str]) -> None:
    (one,) = pieces(talk(*said_), config(limit))
    assert one.record.id == "c1"
    assert one.turns == tuple(range(len(said_) + 1))


def test_people_are_counted_apart() -> None:
    fields = {
        "id": FIELDS["id"],
        "people[].user": ALONE,
        "people[].age": {"class": "quasi"},
        "people[].buys[].goods": {"class": "quasi"},
        "people[].tags[]": {"class": "keep"},
        "messages[].by": ALONE,
        "messages[].content": {"class": "text"},
    }
    used = config(
        2,
        input={"record_id": "id", "subject_id": "people[].user", "speaker_id": "messages[].by"},
        fields=fields,
    )
    messages = [
        {"by": by, "content": text} for by, text in (("a", "x y"), ("b", "x y"), ("a", "z"), ("b", "z"))
    ]
    # An emptied list would join the pieces by its length.
    people = [
        {"user": "a", "age": "3", "buys": [{"goods": "tea"}, {"goods": "rice"}], "tags": ["x"]},
        {"user": "b", "age": "4", "buys": [{"goods": "tea"}]},
    ]
    found = pieces({"id": "c1", "people": people, "messages": messages}, used)
    assert [said(piece) for piece in found] == [["x y", "x y"], ["z", "z"]]
    assert all(piece.record.subjects == ("a", "b") for piece in found)
    assert [piece.record.value["people"] for piece in found] == [people, [{"user": "a"}, {"user": "b"}]]


def test_lists_that_hold_the_people_stay() -> None:
    fields = {
        "id": FIELDS["id"],
        "rooms[].people[].user": ALONE,
        "rooms[].people[].buys[].goods": {"class": "quasi"},
        "rooms[].name": {"class": "quasi"},
        "rooms[].hours[]": {"class": "keep"},
        "messages[].by": ALONE,
        "messages[].content": {"class": "text"},
    }
    ids = {"record_id": "id", "subject_id": "rooms[].people[].user", "speaker_id": "messages[].by"}
    people = [{"user": "a", "buys": [{"goods": "tea"}]}]
    value = {
        "id": "c1",
        "rooms": [{"name": "Moss", "hours": ["9"], "people": people}],
        "messages": [{"by": "a", "content": "x y"}, {"by": "a", "content": "z"}],
    }
    first, second = (piece.record for piece in pieces(value, config(2, input=ids, fields=fields)))
    assert first.value["rooms"] == value["rooms"]
    assert second.value["rooms"] == [{"people": [{"user": "a"}]}]
    assert second.subjects == ("a",)


def test_what_is_said_of_people_stays_with_the_first_piece() -> None:
    """The same age and place in two pieces would join them, whatever their ids."""
    fields = {
        **FIELDS,
        "profile.age": {"class": "quasi"},
        "profile.faith": {"class": "sensitive"},
        "country": {"class": "quasi", "known_value": "LOCATION"},
        "topic": {"class": "keep"},
    }
    value = {**talk("user: a b c", "user: d"), "country": "Peru", "topic": "moss"}
    value["profile"] |= {"age": "3", "faith": "none"}
    first, second = (piece.record for piece in pieces(value, config(fields=fields)))
    assert (first.value["country"], first.value["profile"]["age"]) == ("Peru", "3")
    assert second.value["profile"] == {"name": "Ann"}
    assert "country" not in second.value
    assert first.value["topic"] == "moss"
    assert "topic" not in second.value
    assert first.known == second.known


@given(
    st.lists(st.tuples(st.sampled_from(["user", "assistant"]), st.integers(0, 5)), max_size=12),
    st.integers(1, 6),
)
def test_every_message_is_in_one_piece_and_no_piece_is_too_long(
    said_: list[tuple[str, int]], limit: int
) -> None:
    found = pieces(talk(*(f"{role}: {'w ' * size}." for role, size in said_)), config(limit))
    assert sorted(n for piece in found for n in piece.turns) == list(range(len(said_) + 1))
    for piece in found:
        own = [
            words_in(turn.text) for turn in piece.record.turns if turn.speaker == 0 and "content" in turn.path
        ]
        assert sum(own) <= limit or sum(map(bool, own)) == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"fields": {**FIELDS, "user": {"class": "linking", "treatment": "reissue"}}}, "`user` would join"),
        (
            {"fields": {**FIELDS, "cookie": {"class": "linking", "treatment": "reissue"}}},
            "`cookie` would join",
        ),
        ({"mode": "pseudonymize"}, "only in mode anonymize"),
        ({"fields": {k: v for k, v in FIELDS.items() if "content" not in k}}, "needs one list"),
        (
            {"fields": {**FIELDS, "notes[].role": {"class": "keep"}, "notes[].says": {"class": "text"}}},
            "needs one list",
        ),
    ],
)
def test_what_would_join_the_pieces_again_is_refused(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        config(**changes)


def test_speakers_and_people_need_one_scope() -> None:
    fields = {**FIELDS, "messages[].by": {"class": "linking", "treatment": "reissue"}}
    with pytest.raises(ValidationError, match="need one scope"):
        config(input={"record_id": "id", "subject_id": "user", "speaker_id": "messages[].by"}, fields=fields)


def test_what_would_join_pieces_is_refused() -> None:
    inside = {**{p: s for p, s in FIELDS.items() if p != "user"}, "messages[].user": FIELDS["user"]}
    with pytest.raises(ValueError, match="outside the list of messages"):
        config(fields=inside, input={"record_id": "id", "subject_id": "messages[].user"})
    with pytest.raises(ValueError, match=r"transform.EMAIL_ADDRESS: `token` would join"):
        config(transform={"EMAIL_ADDRESS": {"operator": "token", "scope": "release"}})
    listed = {**{p: s for p, s in FIELDS.items() if p != "user"}, "people[].user": FIELDS["user"]}
    listed["people[].about"] = {"class": "text"}
    listed["messages[].speaker"] = FIELDS["user"]
    both = {"record_id": "id", "subject_id": "people[].user", "speaker_id": "messages[].speaker"}
    with pytest.raises(ValueError, match="text in the list of people"):
        config(fields=listed, input=both)
