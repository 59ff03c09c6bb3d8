"""A released record made whole again from its deleted information."""

from typing import Any

import pytest

from deid.errors import EscrowError, SpanError
from deid.pipeline.custody.restore import restore_record
from deid.transform.deleted import DeletedItem, encode_deleted


def item(path: str, start: int, end: int, original: str) -> DeletedItem:
    return DeletedItem(path, start, end, "PERSON", original)


RELEASED: dict[str, Any] = {
    "id": "t1",
    "messages": [{"role": "user", "content": "[PERSON_1] here"}, {"role": "assistant", "content": "hi"}],
}


def test_a_surface_goes_back_where_it_stood() -> None:
    restored = restore_record(RELEASED, [encode_deleted([item("messages[0].content", 0, 10, "Hanae")])])
    assert restored["messages"][0]["content"] == "Hanae here"
    assert restored["messages"][1] == RELEASED["messages"][1]


def test_the_released_record_is_not_changed() -> None:
    restore_record(RELEASED, [encode_deleted([item("messages[0].content", 0, 10, "Hanae")])])
    assert RELEASED["messages"][0]["content"] == "[PERSON_1] here"


def test_nothing_deleted() -> None:
    assert restore_record(RELEASED, []) == RELEASED
    assert restore_record(RELEASED, [encode_deleted([])]) == RELEASED


def test_whole_fields_and_the_objects_above_them() -> None:
    payload = encode_deleted(
        [], [("id", "c1"), ("profile.name", "Hanae"), ("profile.age", 34), ("flags[1]", True)]
    )
    restored = restore_record({"id": "t1"}, [payload])
    assert restored == {"id": "c1", "profile": {"name": "Hanae", "age": 34}, "flags": [None, True]}


def test_fields_of_list_elements() -> None:
    payload = encode_deleted([], [("people[1].name", "Bo"), ("people[0].name", "Ann")])
    assert restore_record({}, [payload]) == {"people": [{"name": "Ann"}, {"name": "Bo"}]}


def test_fields_of_lists_in_lists() -> None:
    payload = encode_deleted([], [("grid[0][1]", 2), ("grid[0][0]", 1), ("grid[2][0].x", 3)])
    assert restore_record({}, [payload]) == {"grid": [[1, 2], [], [{"x": 3}]]}


def test_an_object_that_was_released_as_null() -> None:
    assert restore_record({"profile": None}, [encode_deleted([], [("profile.name", "Bo")])]) == {
        "profile": {"name": "Bo"}
    }


def test_a_null_that_was_a_value() -> None:
    assert restore_record({"age": "30-34"}, [encode_deleted([], [("age", 34)])]) == {"age": 34}


def test_several_subjects_payloads_are_put_together() -> None:
    released = {"messages": [{"content": "[PERSON_1] and [PERSON_2]"}]}
    payloads = [
        encode_deleted([item("messages[0].content", 0, 10, "Ann")]),
        encode_deleted([item("messages[0].content", 15, 25, "Bo")]),
    ]
    assert restore_record(released, payloads)["messages"][0]["content"] == "Ann and Bo"
    assert restore_record(released, payloads[::-1])["messages"][0]["content"] == "Ann and Bo"


def test_a_shredded_subject_stays_replaced() -> None:
    released = {"messages": [{"content": "[PERSON_1] and [PERSON_2]"}]}
    restored = restore_record(released, [encode_deleted([item("messages[0].content", 15, 25, "Bo")])])
    assert restored["messages"][0]["content"] == "[PERSON_1] and Bo"


def test_texts_of_nested_lists() -> None:
    released = {"threads": [{"posts": ["[X]", "b"]}]}
    restored = restore_record(released, [encode_deleted([item("threads[0].posts[0]", 0, 3, "a")])])
    assert restored == {"threads": [{"posts": ["a", "b"]}]}


@pytest.mark.parametrize("payload", [b"", b"{}", b"not json", b"[9,[],[]]", b"[1,[[1,2,3,4,5]],[]]"])
def test_a_payload_that_cannot_be_read(payload: bytes) -> None:
    with pytest.raises(EscrowError):
        restore_record(RELEASED, [payload])


def test_an_item_that_does_not_fit() -> None:
    with pytest.raises(SpanError, match="does not fit"):
        restore_record(RELEASED, [encode_deleted([item("messages[1].content", 0, 9, "x")])])


@pytest.mark.parametrize("path", ["messages[7].content", "messages[0].body", "gone"])
def test_a_text_that_is_not_in_the_release(path: str) -> None:
    with pytest.raises((KeyError, IndexError)):
        restore_record(RELEASED, [encode_deleted([item(path, 0, 1, "x")])])
