from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

import pytest

import blindnames
import names
from blindnames import Line
from chatlines import Language
from deid.types import Span
from nameengines import Engine
from slots import Gold

LIST = r"""# how it was written
## plain
[PERSON:Ann Lee] is in [LOCATION:Rome]

## rough
#tagged [ORGANIZATION:oak ltd]\nlol [PERSON:bo]
## none
[system] may I?
so it goes
"""


@pytest.fixture
def made(tmp_path: Path) -> list[Line]:
    (tmp_path / "list.txt").write_text(LIST, encoding="utf-8")
    return list(blindnames.read(tmp_path / "list.txt", "en"))


def test_marks_become_spans_and_headers_sections(made: list[Line]) -> None:
    assert [(line.section, line.example.text) for line in made] == [
        ("plain", "Ann Lee is in Rome"),
        ("rough", "#tagged oak ltd\nlol bo"),
        ("none", "[system] may I?"),
        ("none", "so it goes"),
    ]
    assert made[0].example.gold == (Gold(0, 7, "PERSON"), Gold(14, 18, "LOCATION"))
    assert [made[1].example.text[a:b] for a, b in made[1].example.words] == [
        "#tagged",
        "oak",
        "ltd",
        "lol",
        "bo",
    ]
    assert [made[1].example.text[g.start : g.end] for g in made[1].example.gold] == ["oak ltd", "bo"]
    assert not made[2].example.gold


def test_words_of_japanese_are_characters(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("[PERSON:葵]さん 元気", encoding="utf-8")
    (line,) = blindnames.read(tmp_path / "list.txt", "ja")
    assert line.example.text == "葵さん 元気"
    assert line.example.words == ((0, 1), (1, 2), (2, 3), (4, 5), (5, 6))


@pytest.mark.parametrize("line", ["[PERSONS:Ann]", "[PERSON:Ann", "[DATE:May]"])
def test_a_broken_mark_is_refused_by_its_place(tmp_path: Path, line: str) -> None:
    (tmp_path / "list.txt").write_text(f"so\n{line}", encoding="utf-8")
    with pytest.raises(ValueError, match=r"^list\.txt:2: a mark that is none$"):
        list(blindnames.read(tmp_path / "list.txt", "en"))


def found(texts: Sequence[str]) -> list[list[Span]]:
    known = {
        "Ann Lee is in Rome": [Span(0, 7, "PERSON"), Span(8, 10, "LOCATION")],
        "[system] may I?": [Span(9, 12, "USERNAME")],
        "so it goes": [Span(0, 2, "AGE")],
    }
    return [known.get(text, []) for text in texts]


def test_rows_score_marked_lines_and_count_alarms_in_the_others(made: list[Line]) -> None:
    rows: dict[str, Any] = {
        str(row["name"]).removeprefix("blind/en/toy/"): row
        for row in blindnames.rows(Engine("toy", found), "en", made)
    }
    assert rows["PERSON"]["n"] == 2
    assert rows["PERSON"]["coverage"]["value"] == 0.5
    assert rows["PERSON"]["exact_f"]["value"] == 0.6667
    assert rows["plain/PERSON"]["coverage"]["value"] == 1.0
    assert rows["rough/PERSON"]["coverage"]["value"] == 0.0
    assert rows["words"]["vain"]["value"] == 0.1
    assert rows["clean"]["n"] == 2
    assert rows["clean"]["alarms"]["value"] == rows["clean/USERNAME"]["alarms"]["value"] == 0.5
    assert rows["clean/any"]["alarms"]["value"] == 1.0


def test_rows_and_table_of_the_engines(monkeypatch: pytest.MonkeyPatch, made: list[Line]) -> None:
    monkeypatch.setattr(names, "engines", lambda _: (Engine("toy", found), Engine("other", found)))
    monkeypatch.setattr(names, "NAME_SETS", {})
    monkeypatch.setattr(names, "LANGUAGES", ("en",))
    monkeypatch.setattr(blindnames, "lines", lambda _: made)
    rows = list(names.measured(Path(), "blind/en/toy"))
    assert rows
    assert all(str(row["name"]).startswith("blind/en/toy/") for row in rows)
    assert "blind en: coverage / exact_f / vain / alarms" in names.tables(rows)


@pytest.mark.parametrize("language", [one for one in get_args(Language) if blindnames.has(one)])
def test_a_list_has_names_and_lines_without(language: Language) -> None:
    lines = blindnames.lines(language)
    marked = [line.example for line in lines if line.example.gold]
    assert len(marked) >= 350
    assert len(lines) - len(marked) >= 350
    assert len({line.example.text for line in lines}) == len(lines)
    for example in marked:
        for gold in example.gold:
            assert example.text[gold.start : gold.end].strip() == example.text[gold.start : gold.end]
