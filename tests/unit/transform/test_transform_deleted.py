import orjson
import pytest

from deid.errors import EscrowError, InputError, SpanError
from deid.transform.deleted import (
    DeletedItem,
    decode_deleted,
    decode_items,
    encode_deleted,
    encode_items,
    restore,
)

ITEMS = (DeletedItem("m[0]", 3, 13, "PERSON", "田中"), DeletedItem("m[1]", 0, 0, "PHONE_NUMBER", "090 😀"))


def test_payload_layout() -> None:
    assert orjson.loads(encode_items(ITEMS)) == [
        1,
        [["m[0]", 3, 13, "PERSON", "田中"], ["m[1]", 0, 0, "PHONE_NUMBER", "090 😀"]],
        [],
    ]
    assert b" " not in encode_items(ITEMS[:1])


def test_items_come_back() -> None:
    assert decode_items(encode_items(ITEMS)) == ITEMS
    assert decode_items(encode_items(())) == ()


def test_fields_come_back() -> None:
    fields = (("profile.name", "田中"), ("profile.age", 34), ("x", 1.5), ("y", True), ("z", None))
    assert decode_deleted(encode_deleted(ITEMS, fields)) == (ITEMS, fields)
    assert decode_items(encode_deleted(ITEMS, fields)) == ITEMS


def test_repr_hides_the_original() -> None:
    assert "田中" not in repr(ITEMS)


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\xff",
        b"{",
        b"{}",
        b"[]",
        b"7",
        b"null",
        b"[1]",
        b"[1,[]]",
        b"[1,[],[],[]]",
        b"[1,7,[]]",
        b"[1,[],7]",
        b'[1,[["p",0,1,"L"]],[]]',
        b'[1,[["p",0,1,"L","o","x"]],[]]',
        b'[1,[["p",-1,1,"L","o"]],[]]',
        b'[1,[["p",2,1,"L","o"]],[]]',
        b'[1,[["p",0,1.0,"L","o"]],[]]',
        b'[1,[["p",true,true,"L","o"]],[]]',
        b'[1,[[7,0,1,"L","o"]],[]]',
        b'[1,[["p",0,1,"L",null]],[]]',
        b'[1,[["p",0,1,7,"o"]],[]]',
        b'[1,[],[["p"]]]',
        b'[1,[],[[7,"v"]]]',
        b'[1,[],[["p",[]]]]',
        b'[1,["abcde"],[]]',
    ],
)
def test_broken_payload_is_refused(payload: bytes) -> None:
    with pytest.raises(EscrowError, match="cannot be read"):
        decode_items(payload)


def test_other_version_is_refused() -> None:
    with pytest.raises(EscrowError, match="version"):
        decode_items(b"[2,[],[]]")


def test_text_that_is_not_unicode_is_refused_without_showing_it() -> None:
    with pytest.raises(InputError) as caught:
        encode_items([DeletedItem("p", 0, 1, "PERSON", "secret\ud800")])
    assert "secret" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_restore_by_offset() -> None:
    released = {"a": "hi [PERSON_1], [PERSON_1]!", "b": "untouched"}
    deleted = [DeletedItem("a", 15, 25, "PERSON", "misaki"), DeletedItem("a", 3, 13, "PERSON", "田中")]
    assert restore(released, deleted) == {"a": "hi 田中, misaki!", "b": "untouched"}


def test_restore_empty_replacements_in_their_order() -> None:
    deleted = [
        DeletedItem("a", 1, 1, "X", "one"),
        DeletedItem("a", 1, 1, "X", "two"),
        DeletedItem("a", 1, 2, "X", "three"),
    ]
    assert restore({"a": "<b>"}, deleted) == {"a": "<onetwothree>"}


def test_restore_takes_items_in_any_order() -> None:
    deleted = [DeletedItem("a", 1, 1, "X", "two"), DeletedItem("a", 0, 1, "X", "one")]
    assert restore({"a": "<b>"}, deleted) == {"a": "onetwob>"}


@pytest.mark.parametrize(
    ("deleted", "message"),
    [
        ([DeletedItem("b", 0, 1, "X", "o")], "no text for path b"),
        ([DeletedItem("a", 0, 9, "X", "o")], r"does not fit at \[0, 9\)"),
        ([DeletedItem("a", 0, 2, "X", "o"), DeletedItem("a", 1, 3, "X", "o")], r"does not fit at \[1, 3\)"),
    ],
)
def test_items_that_do_not_fit_are_refused(deleted: list[DeletedItem], message: str) -> None:
    with pytest.raises(SpanError, match=message):
        restore({"a": "abcd"}, deleted)
