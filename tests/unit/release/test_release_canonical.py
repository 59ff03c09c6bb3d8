from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest

from deid.errors import InputError
from deid.release.canonical import canonical_json


def test_hand_written_bytes() -> None:
    value = {"b": [1, 2.5, True, None], "a": '名前\n"x"', "é": {}, "Z": (), "num": 1.0}
    expected = '{"Z":[],"a":"名前\\n\\"x\\"","b":[1,2.5,true,null],"num":1.0,"é":{}}'
    assert canonical_json(value) == expected.encode()


def test_order_of_keys_changes_nothing() -> None:
    assert canonical_json({"a": 1, "b": 2}) == canonical_json({"b": 2, "a": 1})


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ({"a": float("nan")}, "$.a: not a finite number"),
        ({"a": [1, float("inf")]}, "$.a[1]: not a finite number"),
        ({"a": {1: 2}}, "$.a: a key is not text"),
        ({"a": b"x"}, "$.a: a bytes"),
        ({"a": Decimal(1)}, "$.a: a Decimal"),
        ({"a": {1, 2}}, "$.a: a set"),
        ({"a": MappingProxyType({})}, "$.a: a mappingproxy"),
        ({"a": "\ud800"}, "$.a: text with a lone surrogate"),
        ({"\udfff": 1}, "$: text with a lone surrogate"),
    ],
)
def test_refused_by_place(value: Any, place: str) -> None:
    with pytest.raises(InputError) as caught:
        canonical_json(value)
    assert str(caught.value).startswith(place)
