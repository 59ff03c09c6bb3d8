import gzip
import json
import os
from pathlib import Path

import pytest

import gold
import namesets
from detok import blanks
from heldout import held_out
from namesets import OTHER, Example, nothing
from slots import Gold

ROOT = Path(__file__).parents[3]
DATA = Path(os.environ.get("DEID_DATA", ROOT / "../shared/data"))
LABELS = {"PER": "PERSON", "LOC": "LOCATION"}


def written(words: str) -> str:
    parts = words.split(" ")
    return "".join(gap + word for gap, word in zip(blanks(parts), parts, strict=True))


@pytest.mark.parametrize("table", ["_PLAIN", "_WNUT", "_ONTONOTES", "_STOCKMARK"])
def test_a_set_is_measured_by_the_labels_that_taggers_learn(table: str) -> None:
    assert getattr(namesets, table) == getattr(gold, table)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("I do n't , he 's here .", "I don't, he's here."),
        ("You ca n ' t know", "You can't know"),
        ("That ´ s insane ! ! !", "That´s insane!!!"),
        ("so sweet :) thanks", "so sweet :) thanks"),
        ('she said " go home " and left', 'she said "go home" and left'),
        ("the boys ' game", "the boys' game"),
        ("a ' b ' c", "a 'b' c"),
        ("see ( here ) # UN $ 5", "see (here) #UN $5"),
        ("@ jo hi ... ok", "@jo hi... ok"),
        ("", ""),
    ],
)
def test_english_is_put_together_as_people_write(words: str, text: str) -> None:
    assert written(words) == text


def test_what_is_kept_from_training() -> None:
    # `printf amy | sha256sum` begins 19: a rule that training can copy.
    assert held_out("Amy") == held_out("amy") == held_out("ＡＭＹ") is True
    assert held_out("ゆい") is True
    assert held_out("Sarah") is False
    assert held_out("Sarah Amy") == held_out("sarah-amy") is True
    assert held_out("A.") is False
    # That of 39 begins 0b, of 50 with 1a, which is 26.
    assert [number for number in range(60) if held_out(str(number))] == [9, 39, 49, 51, 55]
    assert 900 < sum(held_out(str(number)) for number in range(10_000)) < 1_130


def test_tagged_words_become_spans() -> None:
    tokens = [
        ("Ann", "B-PER"),
        ("Lee", "I-PER"),
        ("in", "O"),
        ("Rome", "I-LOC"),
        ("Bo", "B-PER"),
        ("X", "B-ART"),
    ]
    made = namesets.tagged(tokens, LABELS)
    assert made.text == "Ann Lee in Rome Bo X"
    assert made.gold == (
        Gold(0, 7, "PERSON"),
        Gold(11, 15, "LOCATION"),
        Gold(16, 18, "PERSON"),
        Gold(19, 20, OTHER),
    )
    assert [made.text[a:b] for a, b in made.words] == [word for word, _ in tokens]


def test_offsets_survive_detokenization() -> None:
    made = namesets.tagged([("it", "O"), ("'s", "O"), ("Ann", "B-PER"), ("'s", "O"), ("!", "O")], LABELS)
    assert made.text == "it's Ann's!"
    assert made.gold == (Gold(5, 8, "PERSON"),)


def test_the_text_as_stated_is_kept_where_the_words_stand_in_it() -> None:
    tokens = [("Ann", "B-PER"), ("can", "O"), ("not", "O"), (":)", "O")]
    assert namesets.tagged(tokens, LABELS, text="Ann  cannot:)").text == "Ann  cannot:)"
    assert namesets.tagged(tokens, LABELS, text="Ann could not :)").text == "Ann can not :)"
    assert namesets.tagged(tokens, LABELS, text="Ann really cannot:)").text == "Ann can not :)"


def test_a_contraction_that_the_stated_text_cuts_is_put_together() -> None:
    made = namesets.tagged(
        [("Ann", "B-PER"), ("do", "O"), ("n't", "O"), ("!", "O")], LABELS, text="Ann do n't!"
    )
    assert made.text == "Ann don't!"
    assert made.words == ((0, 3), (4, 6), (6, 9), (9, 10))


def test_an_inside_tag_of_another_kind_begins_an_entity() -> None:
    made = namesets.tagged([("A", "B-PER"), ("B", "I-LOC"), ("C", "O"), ("D", "I-LOC")], LABELS)
    assert [span.label for span in made.gold] == ["PERSON", "LOCATION", "LOCATION"]


def test_japanese_words_are_joined_by_nothing() -> None:
    made = namesets.tagged([("田中", "B-PER"), ("太郎", "I-PER"), ("です", "O")], LABELS, gaps=nothing)
    assert made == Example("田中太郎です", (Gold(0, 4, "PERSON"),), ((0, 2), (2, 4), (4, 6)))


def test_handles_are_put_together() -> None:
    tokens = [("@", "B-PER"), ("jo", "B-PER"), ("@", "O"), ("Rome", "B-LOC"), ("@", "B-PER")]
    assert namesets.with_handles(tokens) == [("@jo", "B-PER"), *tokens[2:]]


def test_handles_are_left_out_and_a_hash_is_no_name() -> None:
    example = Example(
        "@jo_x Ann a@b #Rome #",
        (Gold(0, 5, "PERSON"), Gold(6, 9, "PERSON"), Gold(14, 19, "LOCATION"), Gold(20, 21, OTHER)),
        ((0, 5), (6, 9), (10, 13), (14, 19), (20, 21)),
    )
    made = namesets.without_handles(example)
    assert made.gold == (Gold(6, 9, "PERSON"), Gold(15, 19, "LOCATION"))
    assert made.words == example.words[1:]


def test_sentences_of_tab_separated_lines() -> None:
    lines = [
        "# text = Ann is\n",
        "1\tAnn\tB-PER\t-\n",
        "# a comment between\n",
        "2\tis\tO\t-\n",
        "\n",
        "\n",
        "## a sentence\tof another corpus\n",
        "1\tBo\tO\n",
        "2\t \tO\n",
    ]
    assert list(namesets.sentences(lines, word=1, tag=2)) == [
        ("Ann is", [("Ann", "B-PER"), ("is", "O")]),
        ("", [("Bo", "O"), (" ", "O")]),
    ]


def test_conll_files_are_read_in_order(tmp_path: Path) -> None:
    for name, text in (("a.gz", "Ann\tB-PER\n"), ("b.gz", "Bo\tO\n\nCy\tO\n")):
        with gzip.open(tmp_path / name, "wt", encoding="utf-8") as handle:
            handle.write(text)
    found = list(namesets.Conll(("a.gz", "b.gz"), LABELS)(tmp_path))
    assert [example.text for example in found] == ["Ann", "Bo", "Cy"]


def test_articles_are_held_out_whole(tmp_path: Path) -> None:
    folder = tmp_path / "stockmark-ner-wikipedia"
    folder.mkdir()
    rows = [
        {"curid": curid, "text": f"{curid} 田中", "entities": [{"span": [3, 5], "type": "人名"}]}
        for curid in ("30", "39", "39", "49", "50")
    ]
    with gzip.open(folder / "ner.json.gz", "wt", encoding="utf-8") as handle:
        json.dump(rows, handle)
    found = list(namesets.NAME_SETS["stockmark held-out"].read(tmp_path))
    assert [example.text[:2] for example in found] == ["39", "39", "49"]
    assert found[0].gold == (Gold(3, 5, "PERSON"),)


EXPECTED = {
    "wnut17 dev": (1009, 470),
    "broad-twitter h": (2000, 422),
    "uner-en-ewt dev": (2001, 343),
    "ud-japanese-gsd dev+test": (1050, 228),
    "stockmark held-out": (439, 283),
    "uner-zh test": (500, 205),
    "klue": (2500, 2179),
}


@pytest.mark.parametrize("name", namesets.NAME_SETS)
def test_public_data_sets_hold_what_their_files_say(name: str) -> None:
    if not DATA.is_dir():
        pytest.skip(f"no folder of data sets at {DATA}; set DEID_DATA")
    examples = list(namesets.NAME_SETS[name].read(DATA))
    people = sum(span.label == "PERSON" for example in examples for span in example.gold)
    assert (len(examples), people) == EXPECTED[name]
    for example in examples:
        ends = [0, *(span.end for span in example.gold)]
        assert all(end <= span.start for end, span in zip(ends, example.gold, strict=False))
        assert ends[-1] <= len(example.text)
