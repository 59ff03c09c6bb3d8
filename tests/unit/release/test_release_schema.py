import pyarrow as pa
import pytest

from deid.errors import ConfigError
from deid.release.schema import schema_for


def test_nested_paths_in_the_order_given() -> None:
    schema = schema_for(
        {
            "conversation_id": "string",
            "messages[].content": "string",
            "profile.age": "int",
            "messages[].score": "float",
            "tags[]": "string",
            "grid[][].on": "bool",
        }
    )
    turn = pa.struct([("content", pa.string()), ("score", pa.float64())])
    assert schema.equals(
        pa.schema(
            [
                ("conversation_id", pa.string()),
                ("messages", pa.list_(turn)),
                ("profile", pa.struct([("age", pa.int64())])),
                ("tags", pa.list_(pa.string())),
                ("grid", pa.list_(pa.list_(pa.struct([("on", pa.bool_())])))),
            ]
        )
    )


@pytest.mark.parametrize(
    ("leaves", "words"),
    [
        ({"a": "date"}, "unknown leaf type `date`"),
        ({"a..b": "string"}, "not a path"),
        ({"[]": "string"}, "not a path"),
        ({"a": "string", "a.b": "string"}, "a value of its own"),
        ({"a.b": "string", "a": "string"}, "fields of its own"),
        ({"a[]": "string", "a": "string"}, "a list in one path"),
        ({"a.b": "string", "a[].b": "string"}, "a list in one path"),
    ],
)
def test_refused(leaves: dict[str, str], words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        schema_for(leaves)
    assert words in str(caught.value)
