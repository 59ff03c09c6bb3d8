"""Declared fields: the tree, the leaves read through it, and the record built again."""

import pytest

from deid.errors import ConfigError, InputError, RecordError
from deid.ingest.fields import Leaf, compile_fields, leaves, list_prefix, rebuild
from deid.treatments import FieldSpec

SPECS = {
    "id": FieldSpec.model_validate({"class": "linking"}),
    "profile.name": FieldSpec.model_validate({"class": "direct"}),
    "messages[].content": FieldSpec.model_validate({"class": "text"}),
    "messages[].role": FieldSpec.model_validate({"class": "keep"}),
    "memory[]": FieldSpec.model_validate({"class": "drop"}),
    "tags[]": FieldSpec.model_validate({"class": "keep"}),
    "grid[][].cell": FieldSpec.model_validate({"class": "keep"}),
}
TREE = compile_fields(SPECS)
RECORD = {
    "messages": [{"role": "user", "content": "hello"}, {"content": "there", "role": "assistant"}],
    "id": 7,
    "profile": {"name": "Quillaby"},
    "memory": ["anything", {"at": "all"}],
    "tags": ["a", None],
    "grid": [[{"cell": 1}], [], [{"cell": 2}, {"cell": 3}]],
}


def read(record: object) -> list[tuple[str, str, object]]:
    assert isinstance(record, dict)
    return [(leaf.path, leaf.declared, leaf.value) for leaf in leaves(record, TREE)]


def test_leaves_come_in_the_records_own_order() -> None:
    assert read(RECORD) == [
        ("messages[0].role", "messages[].role", "user"),
        ("messages[0].content", "messages[].content", "hello"),
        ("messages[1].content", "messages[].content", "there"),
        ("messages[1].role", "messages[].role", "assistant"),
        ("id", "id", 7),
        ("profile.name", "profile.name", "Quillaby"),
        ("tags[0]", "tags[]", "a"),
        ("tags[1]", "tags[]", None),
        ("grid[0][0].cell", "grid[][].cell", 1),
        ("grid[2][0].cell", "grid[][].cell", 2),
        ("grid[2][1].cell", "grid[][].cell", 3),
    ]


def test_a_dropped_field_may_hold_anything() -> None:
    assert read({"memory": [{"deep": [1, {"x": "y"}]}, 5, "text"]}) == []


@pytest.mark.parametrize("record", [{}, {"messages": None, "profile": None, "grid": [None]}])
def test_what_is_missing_or_null_has_no_leaves(record: dict[str, object]) -> None:
    assert read(record) == []


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"messages": "hello"}, "messages: expected a list"),
        ({"messages": {"content": "hello"}}, "messages: expected a list"),
        ({"messages": ["hello"]}, "messages[0]: expected an object"),
        ({"profile": [1]}, "profile: expected an object"),
        ({"id": {"a": 1}}, "id: expected a single value"),
        ({"id": [1]}, "id: expected a single value"),
        ({"messages": [{"content": 5}]}, "messages[0].content: expected text"),
        ({"messages": [{"content": True}]}, "messages[0].content: expected text"),
        ({"messages": [{"content": ["hello"]}]}, "messages[0].content: expected a single value"),
        ({"messages": [{"content": b"\xff"}]}, "messages[0].content: expected text"),
        ({"id": b"\xff"}, "id: expected text"),
    ],
)
def test_a_wrong_type_is_told_by_its_place(record: dict[str, object], message: str) -> None:
    with pytest.raises(RecordError) as caught:
        read(record)
    assert (str(caught.value), caught.value.reason) == (message, "wrong-type")


@pytest.mark.parametrize(
    ("record", "path"),
    [
        ({"nickname": 1}, "nickname"),
        ({"profile": {"e-mail": 1}}, "profile.e-mail"),
        ({"messages": [{"名前": 1}]}, "messages[].名前"),
        ({"profile": {"createdAt": 1}}, "profile.createdAt"),
        ({"user_ID_2": 1}, "user_ID_2"),
    ],
)
def test_an_undeclared_field_stops_the_run(record: dict[str, object], path: str) -> None:
    with pytest.raises(InputError) as caught:
        read(record)
    assert not isinstance(caught.value, RecordError)
    assert str(caught.value) == f"undeclared field `{path}`"
    assert "fields" in caught.value.hint


@pytest.mark.parametrize(
    "key",
    [
        "jo@example.com", "090-1234-5678", "two words", "", "x" * 41, "quillaby", "Quillaby", "name_quillaby",
        "quillaby-id", "美咲", "田中さん", "name1987", "_", "12", "user.name", "mark",
    ],
)  # fmt: skip
def test_a_key_that_may_be_somebody_s_is_told_by_its_place(key: str) -> None:
    for record, path, number in (
        ({key: 1}, "…", 1),
        ({"profile": {"name": "a", key: 1}}, "profile.…", 2),
        ({"grid": [[{key: 1}]]}, "grid[][].…", 1),
    ):
        with pytest.raises(InputError) as caught:
            read(record)
        assert str(caught.value) == f"undeclared field `{path}`, key {number} of its object"


@pytest.mark.parametrize("paths", [("a", "a.b"), ("a.b", "a"), ("a[]", "a[].b"), ("a", "a[]")])
def test_a_path_is_a_value_or_a_container(paths: tuple[str, ...]) -> None:
    with pytest.raises(ConfigError):
        compile_fields(dict.fromkeys(paths, SPECS["id"]))


def test_a_path_is_a_list_or_an_object() -> None:
    with pytest.raises(ConfigError, match="`a` is declared as a list and as an object"):
        compile_fields({"a[].b": SPECS["id"], "a.c": SPECS["id"]})


def test_rebuild_with_the_same_values_is_the_record() -> None:
    assert rebuild(RECORD, TREE, lambda leaf: leaf.value, lambda spec: spec.cls != "drop") == {
        key: value for key, value in RECORD.items() if key != "memory"
    }


def test_rebuild_replaces_leaves_and_leaves_out_what_is_not_kept() -> None:
    def shout(leaf: Leaf) -> str:
        return f"{leaf.path}!"

    assert rebuild(RECORD, TREE, shout, lambda spec: spec.cls in ("keep", "text")) == {
        "messages": [
            {"role": "messages[0].role!", "content": "messages[0].content!"},
            {"content": "messages[1].content!", "role": "messages[1].role!"},
        ],
        "tags": ["tags[0]!", "tags[1]!"],
        "grid": [
            [{"cell": "grid[0][0].cell!"}],
            [],
            [{"cell": "grid[2][0].cell!"}, {"cell": "grid[2][1].cell!"}],
        ],
    }


def test_rebuild_keeps_nothing_of_a_container_whose_fields_all_go() -> None:
    assert rebuild(RECORD, TREE, lambda leaf: leaf.value, lambda spec: spec.cls == "linking") == {"id": 7}


@pytest.mark.parametrize(
    ("path", "prefix"),
    [
        ("messages[3].content", "messages[3]"),
        ("participants[0].profile.age", "participants[0]"),
        ("grid[2][10].cell", "grid[2][10]"),
        ("profile.name", ""),
        ("messages[].content", "messages[]"),
    ],
)
def test_list_prefix(path: str, prefix: str) -> None:
    assert list_prefix(path) == prefix


def test_a_leaf_does_not_show_its_value() -> None:
    (leaf,) = leaves({"profile": {"name": "Quillaby"}}, TREE)
    assert "Quillaby" not in repr(leaf)
