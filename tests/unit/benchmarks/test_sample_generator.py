import gzip
import json
import sys
import unicodedata
from collections import Counter
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from deid.config import load_config
from deid.labels import LABELS

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "benchmarks"))

sample: Any = import_module("sample")
casting: Any = import_module("casting")
people_module: Any = import_module("people")

SAMPLES = ROOT / "configs" / "samples"
JA_ONLY = {
    "JP_DRIVER_LICENSE",
    "JP_RESIDENCE_CARD",
    "JP_PENSION_NUMBER",
    "JP_RESIDENT_CODE",
    "JP_HEALTH_INSURANCE",
}


@pytest.fixture(scope="module")
def made() -> Any:
    return list(sample.generate(1))


@pytest.fixture(scope="module")
def rows(made: Any) -> Any:
    return [row for item in made for row in sample.planted(item)]


def _leaf(record: Any, path: str) -> str:
    index = int(path[path.index("[") + 1 : path.index("]")])
    return str(
        record["messages"][index]["content"] if path.startswith("messages") else record["memory"][index]
    )


def test_the_committed_files_are_what_the_generator_makes(made: Any, rows: Any, tmp_path: Path) -> None:
    sample.write_lines(tmp_path / "chat.jsonl.gz", (item.record for item in made))
    sample.write_lines(tmp_path / "planted.jsonl.gz", rows)
    for name in ("chat.jsonl.gz", "planted.jsonl.gz"):
        ours, committed = (gzip.decompress((folder / name).read_bytes()) for folder in (tmp_path, SAMPLES))
        assert ours == committed
    assert sum(path.stat().st_size for path in SAMPLES.iterdir()) < 1_500_000


def test_another_seed_gives_other_people(made: Any) -> None:
    other = next(sample.generate(2))
    assert other.record["user_id"] not in {item.record["user_id"] for item in made}


def test_size_and_shape(made: Any) -> None:
    assert len(made) == 200
    assert len({item.record["user_id"] for item in made}) == 90
    assert len({item.record["conversation_id"] for item in made}) == 200
    assert all(6 <= len(item.record["messages"]) <= 16 for item in made)
    japanese = sum("kana" in item.record["profile"] for item in made)
    assert 90 <= japanese <= 110


def test_every_field_is_declared_by_the_demo_pipeline(made: Any) -> None:
    declared = set(load_config("demo").fields)
    seen = {path for item in made for path in _paths(item.record)}
    assert seen == declared


def _paths(value: Any, path: str = "") -> set[str]:
    if isinstance(value, dict):
        return {
            found for key, item in value.items() for found in _paths(item, f"{path}.{key}" if path else key)
        }
    if isinstance(value, list):
        return {found for item in value for found in _paths(item, f"{path}[]")}
    return {path}


def test_times_are_iso_and_rise(made: Any) -> None:
    for item in made:
        times = [datetime.fromisoformat(message["time"]) for message in item.record["messages"]]
        assert times == sorted(times)
        assert times[0].astimezone(UTC).year == people_module.REFERENCE_YEAR


def test_every_label_is_planted_in_both_languages(made: Any, rows: Any) -> None:
    japanese = {item.record["conversation_id"] for item in made if "kana" in item.record["profile"]}
    by_language: dict[bool, set[str]] = {True: set(), False: set()}
    for row in rows:
        by_language[row["record"] in japanese].add(row["label"])
    # No text holds a rare or personal word by itself: a whole corpus decides; style is no finding. Sums are a
    # person's by what is said around them: the facts have texts of their own.
    elsewhere = {"RARE_WORD", "PERSONAL_WORD", "STYLE", "MONEY"}
    assert by_language[True] | by_language[False] == set(LABELS) - elsewhere
    for labels in by_language.values():
        assert {LABELS[label].cls for label in labels} == {label.cls for label in LABELS.values()}
    assert by_language[True] >= JA_ONLY


def test_gold_covers_exactly_what_its_label_says(made: Any, rows: Any) -> None:
    records = {item.record["conversation_id"]: item.record for item in made}
    for row in rows:
        record = records[row["record"]]
        text = _leaf(record, row["path"])
        assert 0 <= row["start"] < row["end"] <= len(text)
        surface = text[row["start"] : row["end"]]
        assert surface.strip() == surface
        plain = unicodedata.normalize("NFKC", surface).replace("\u200b", "")
        if row["label"] == "EMAIL_ADDRESS" and row["form"] in ("plain", "fullwidth", "zero_width"):
            assert plain == record["profile"]["email"]
        if row["label"] == "AGE":
            assert plain == str(record["profile"]["age"])


def test_every_occurrence_of_a_profile_value_is_gold(made: Any) -> None:
    """What stands in the text and not in the gold would be counted against a detector that finds it."""
    for item in made:
        profile = item.record["profile"]
        values = [profile["email"], profile["phone"], profile["name"].replace(" ", "")]
        paths = [f"messages[{n}].content" for n in range(len(item.record["messages"]))]
        for path in [*paths, *(f"memory[{n}]" for n in range(len(item.record["memory"])))]:
            text = _leaf(item.record, path)
            for value in values:
                start = text.find(value)
                if start >= 0:
                    spans = item.gold.get(path, ())
                    assert any(gold.start <= start and start + len(value) <= gold.end for gold in spans)


def test_the_forms_of_chat_are_there(rows: Any) -> None:
    forms = Counter(row["form"] for row in rows)
    for form in (
        "fullwidth",
        "halfwidth",
        "obfuscated",
        "spelled",
        "split",
        "lower",
        "upper",
        "zero_width",
        "era",
    ):
        assert forms[form] >= 1, form


def test_users_type_placeholders_and_injections(made: Any) -> None:
    texts = [
        message["content"]
        for item in made
        for message in item.record["messages"]
        if message["role"] == "user"
    ]
    assert any("[PERSON_1]" in text for text in texts)
    assert any("ignore all previous instructions" in text for text in texts)
    assert any("指示を無視" in text for text in texts)


def test_carriers_are_many_and_messages_seldom_repeat(made: Any) -> None:
    exchanges: Any = import_module("exchanges")
    for language in ("ja", "en"):
        book = exchanges.read_book(sample._TEMPLATES / f"sample-{language}.txt", language)  # noqa: SLF001
        carriers = {line for part in book.exchanges for _, line in part.lines if "{" in line}
        assert len(carriers) >= 60
    texts = Counter(message["content"] for item in made for message in item.record["messages"])
    assert max(texts.values()) <= 10
    assert all(
        len({message["content"] for message in item.record["messages"]}) >= len(item.record["messages"]) - 1
        for item in made
    )


def test_five_people_share_age_band_gender_and_country_but_for_the_rare(made: Any) -> None:
    table = (ROOT / "configs" / "hierarchies" / "location.csv").read_text(encoding="utf-8").splitlines()
    country = {line.split(";")[0]: line.split(";")[3] for line in table}
    profiles = {item.record["user_id"]: item.record["profile"] for item in made}
    classes = Counter((p["age"] // 5, p["gender"], country[p["region"]]) for p in profiles.values())
    small = sum(count for count in classes.values() if count < 5)
    assert len(profiles) == 90
    assert small <= 16


def test_people_do_not_print_themselves() -> None:
    person = people_module.people(sample.Random(1))[0]
    assert person.family not in repr(person)
    assert person.email not in repr(person)


@pytest.mark.parametrize(
    ("form", "language", "expected"),
    [
        ("plain", "ja", "1989年2月3日"),
        ("era", "ja", "平成元年2月3日"),
        ("plain", "en", "February 3, 1989"),
        ("slash", "en", "02/03/1989"),
        ("day", "ja", "2月3日"),
        ("day", "en", "February 3"),
    ],
)
def test_dates_as_people_write_them(form: str, language: str, expected: str) -> None:
    assert casting.write_date(date(1989, 2, 3), form, language) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1989, 1, 8), "平成元年1月8日"),
        (date(2019, 5, 1), "令和元年5月1日"),
    ],
)
def test_eras_change_on_the_day(day: date, expected: str) -> None:
    assert casting.write_date(day, "era", "ja") == expected


def test_planted_rows_are_json_without_surfaces(rows: Any) -> None:
    assert set(json.loads(json.dumps(rows[0]))) == {"record", "path", "start", "end", "label", "form"}
