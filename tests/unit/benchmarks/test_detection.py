import argparse
import gzip
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import corpus
import detection
import namescore
import namesets
from deid.types import Span
from measure import Unavailable
from namesets import OTHER, Example
from resultfile import load as load_result
from slots import Gold

ROOT = Path(__file__).parents[3]
DATA = Path(os.environ.get("DEID_DATA", ROOT / "../shared/data"))
LABELS = {"PER": "PERSON", "LOC": "LOCATION"}


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


def test_an_inside_tag_of_another_kind_begins_an_entity() -> None:
    made = namesets.tagged([("A", "B-PER"), ("B", "I-LOC"), ("C", "O"), ("D", "I-LOC")], LABELS)
    assert [span.label for span in made.gold] == ["PERSON", "LOCATION", "LOCATION"]


def test_japanese_words_are_joined_by_nothing() -> None:
    made = namesets.tagged([("田中", "B-PER"), ("太郎", "I-PER"), ("です", "O")], LABELS, gap="")
    assert made == Example("田中太郎です", (Gold(0, 4, "PERSON"),), ((0, 2), (2, 4), (4, 6)))


def test_handles_are_put_together() -> None:
    tokens = [("@", "B-PER"), ("jo", "B-PER"), ("@", "O"), ("Rome", "B-LOC"), ("@", "B-PER")]
    assert namesets.with_handles(tokens) == [("@jo", "B-PER"), *tokens[2:]]


def test_sentences_of_tab_separated_lines() -> None:
    lines = [
        "# text = x\n",
        "1\tAnn\tB-PER\t-\n",
        "# a comment between\n",
        "2\tis\tO\t-\n",
        "\n",
        "\n",
        "1\tBo\tO\n",
    ]
    assert list(namesets.sentences(lines, word=1, tag=2)) == [[("Ann", "B-PER"), ("is", "O")], [("Bo", "O")]]


def test_conll_files_are_read_in_order(tmp_path: Path) -> None:
    for name, text in (("a.gz", "Ann\tB-PER\n"), ("b.gz", "Bo\tO\n\nCy\tO\n")):
        with gzip.open(tmp_path / name, "wt", encoding="utf-8") as handle:
            handle.write(text)
    found = list(namesets.Conll(("a.gz", "b.gz"), LABELS)(tmp_path))
    assert [example.text for example in found] == ["Ann", "Bo", "Cy"]


EXPECTED = {
    "wnut17 dev": (1009, 470),
    "broad-twitter h": (2001, 0),
    "uner-en-ewt dev": (2001, 0),
    "ud-japanese-gsd dev+test": (1050, 228),
    "stockmark": (1500, 0),
}


@pytest.mark.parametrize("name", namesets.NAME_SETS)
def test_public_data_sets_hold_what_their_files_say(name: str) -> None:
    if not DATA.is_dir():
        pytest.skip(f"no folder of data sets at {DATA}; set DEID_DATA")
    examples = list(namesets.NAME_SETS[name].read(DATA))
    n_examples, n_people = EXPECTED[name]
    assert len(examples) == n_examples
    people = sum(span.label == "PERSON" for example in examples for span in example.gold)
    assert people == n_people if n_people else people > 300
    for example in examples:
        ends = [0, *(span.end for span in example.gold)]
        assert all(end <= span.start for end, span in zip(ends, example.gold, strict=False))
        assert ends[-1] <= len(example.text)


# Gold: Ann Lee (person), Rome (place), Ford T (a product); words: Ann Lee saw Rome and Ford T today.
EXAMPLE = Example(
    "Ann Lee saw Rome and Ford T today",
    (Gold(0, 7, "PERSON"), Gold(12, 16, "LOCATION"), Gold(21, 27, OTHER)),
    ((0, 3), (4, 7), (8, 11), (12, 16), (17, 20), (21, 25), (26, 27), (28, 33)),
)


def scores(*spans: Span) -> tuple[float, float, float]:
    """Return coverage and exact F of PERSON, and words in vain."""
    predicted = namescore.masking([spans])
    person = namescore.score([EXAMPLE], predicted, "PERSON")
    return person.coverage.value, person.exact.f, namescore.vain([EXAMPLE], predicted).value


def test_name_scores_by_hand() -> None:
    assert scores() == (0.0, 0.0, 0.0)
    assert scores(Span(0, 7, "PERSON")) == (1.0, 1.0, 0.0)
    assert scores(Span(0, 7, "ORGANIZATION")) == (1.0, 0.0, 0.0)
    assert scores(Span(0, 3, "PERSON"), Span(4, 7, "PERSON")) == (0.0, 0.0, 0.0)
    assert scores(Span(0, 11, "PERSON")) == (1.0, 0.0, 1 / 8)
    assert scores(Span(0, 7, "PERSON"), Span(28, 33, "PERSON")) == (1.0, 2 / 3, 1 / 8)
    assert scores(Span(21, 27, "ORGANIZATION")) == (0.0, 0.0, 0.0)
    assert scores(Span(0, 7, "DATE_TIME"), Span(28, 33, "DATE_TIME")) == (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Oracle:
    """Finds exactly the corpus's gold, all of it or only one label's."""

    label: str | None = None
    name: str = "oracle"
    labels: frozenset[str] = frozenset()

    def detect(self, texts: Sequence[str]) -> list[list[Span]]:
        gold = {message.text: message.gold for message in MESSAGES}
        return [
            [Span(g.start, g.end, g.label) for g in gold[text] if self.label in (None, g.label)]
            for text in texts
        ]


MESSAGES = corpus.generate("en", 700, 5)
ENGINE = detection.Engine("deid fast", "en")


def rows_of(oracle: Oracle, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setattr(detection, "_ours", lambda _: oracle)
    return {str(row["name"]): row for row in detection.on_corpus(ENGINE, MESSAGES)}


def test_an_oracle_scores_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = rows_of(Oracle(), monkeypatch)
    whole = rows["en/deid fast/all"]
    assert whole["coverage"]["value"] == whole["typed"]["value"] == whole["precision"]["value"] == 1.0
    assert whole["alarms"]["value"] == 0.0
    assert 0 < whole["alarms"]["high"] < 0.01
    assert whole["n"] == sum(len(message.gold) for message in MESSAGES)


def test_an_oracle_for_one_label_scores_there_only(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = rows_of(Oracle("EMAIL_ADDRESS"), monkeypatch)
    assert rows["en/deid fast/label/EMAIL_ADDRESS"]["typed"]["value"] == 1.0
    assert rows["en/deid fast/label/IBAN_CODE"]["coverage"]["value"] == 0.0
    assert "precision" not in rows["en/deid fast/label/IBAN_CODE"]
    assert rows["en/deid fast/label-form/EMAIL_ADDRESS/start"]["coverage"]["value"] == 1.0
    assert 0 < rows["en/deid fast/form/start"]["coverage"]["value"] < 0.2


def test_an_engine_that_is_not_there_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> Any:
        raise Unavailable("not installed")

    monkeypatch.setattr(detection, "_peer", missing)
    peer = detection.Engine("presidio", "en", peer=True)
    expected: dict[str, object] = {"name": "en/presidio", "skipped": "not installed"}
    assert list(detection.on_corpus(peer, MESSAGES)) == [expected]
    assert "en/presidio: skipped: not installed" in detection.tables([expected])


def test_names_of_an_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    @dataclass(frozen=True, slots=True)
    class Fixed:
        name: str = "fixed"
        labels: frozenset[str] = frozenset()

        def detect(self, texts: Sequence[str]) -> list[list[Span]]:
            return [[Span(0, 11, "PERSON")] for _ in texts]

    monkeypatch.setattr(detection, "_ours", lambda _: Fixed())
    rows: Any = list(detection.on_names(ENGINE, "toy", [EXAMPLE]))
    assert [row["name"].rpartition("/")[2] for row in rows] == ["PERSON", "LOCATION", "ORGANIZATION", "words"]
    assert rows[0]["coverage"]["value"] == 1.0
    assert rows[0]["exact_f"] == 0.0
    assert rows[3]["n"] == 8
    assert rows[3]["vain"]["value"] == 0.125


def test_only_leaves_the_other_engines_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detection, "_ours", lambda _: Oracle())
    monkeypatch.setattr(corpus, "generate", lambda *_: MESSAGES)
    arguments = argparse.Namespace(seed=5, n=9, data=None, only="en/deid fast")
    assert {str(row["name"]).split("/")[1] for row in detection.measured(arguments)} == {"deid fast"}


def test_tables_are_aligned_and_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = list(rows_of(Oracle(), monkeypatch).values())
    lines = detection.tables(rows).splitlines()
    head = next(number for number, line in enumerate(lines) if line.startswith("en: label"))
    assert "deid fast" in lines[head]
    assert lines[head + 1].split() == ["coverage", "typed", "precision"]
    body = next(line for line in lines if line.startswith("EMAIL_ADDRESS"))
    assert len(lines[head + 1]) == len(body)
    assert "label-form" not in "\n".join(lines)


def test_script_scores_and_writes(tmp_path: Path) -> None:
    target = tmp_path / "trial.json"
    script = ROOT / "benchmarks" / "detection.py"
    arguments = ["--n", "60", "--only", "ja/deid fast", "--write", str(target)]
    done = subprocess.run(
        [sys.executable, str(script), *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    result: Any = load_result(target)
    whole = result["results"][0]
    assert whole["name"] == "ja/deid fast/all"
    assert whole["coverage"]["value"] > 0.5
    assert 0 <= whole["alarms"]["low"] <= whole["alarms"]["value"] <= whole["alarms"]["high"] <= 1
    assert "left out without --data" in done.stderr
    assert "ja: form" in done.stdout
