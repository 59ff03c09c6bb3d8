"""The benchmark on texts of others."""

import gzip
import json
from pathlib import Path

import pytest

import outside
from deid.errors import InputError
from detection import Engine
from slots import Gold


def test_a_value_is_stated_where_the_same_words_stand() -> None:
    text = "31, in zurich. Not in Zurichberg, not 310; zurich"
    assert list(outside.stated(text, "Zurich", "city")) == [Gold(7, 13, "city"), Gold(43, 49, "city")]
    assert list(outside.stated(text, "31", "age")) == [Gold(0, 2, "age")]
    assert list(outside.stated(text, "", "age")) == []


def test_what_others_marked_is_gold(tmp_path: Path) -> None:
    folder = tmp_path / "presidio-synth"
    folder.mkdir()
    spans = [
        {"entity_type": "GPE", "start_position": 11, "end_position": 15},
        {"entity_type": "PERSON", "start_position": 0, "end_position": 3},
    ]
    rows = json.dumps([{"full_text": "Ivo saw it, Oslo", "spans": spans}]).encode()
    (folder / "synth_dataset_v2.json.gz").write_bytes(gzip.compress(rows))
    texts = outside.SETS["presidio-synth"](tmp_path, 0)
    assert texts.gold == ((Gold(0, 3, "PERSON"), Gold(11, 15, "GPE")),)
    assert texts.exhaustive


def test_a_missing_data_set_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="presidio-synth"):
        outside.SETS["presidio-synth"](tmp_path, 0)


def test_what_is_found_is_scored_and_counted() -> None:
    fast = Engine("deid fast", "en")
    marked = ((Gold(18, 33, "EMAIL"),),)
    gold = outside.Texts("en", ("I am 31, write to ann@example.com",), marked, exhaustive=True)
    scored = {row["name"]: row for row in outside.measure("own", gold, fast)}
    assert scored["own/deid fast/EMAIL"]["n"] == 1
    whole = scored["own/deid fast/all"]
    assert isinstance(whole["coverage"], dict)
    assert isinstance(whole["precision"], dict)
    assert (whole["coverage"]["value"], whole["precision"]["value"]) == (1.0, 0.5)
    chat = outside.Texts("en", ("write to ann@example.com", "no"))
    (counted,) = outside.measure("chat", chat, fast)
    assert (counted["name"], counted["per_1000"]) == ("chat/deid fast/EMAIL_ADDRESS", 500.0)
