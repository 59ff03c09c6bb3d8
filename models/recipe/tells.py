"""Make the network of words told in talks: ``python models/recipe/tells.py --data DIR [--leave LIST …] [--to DIR]``.

First a network and cues without some lists: what is found in them, and in chat, chooses what each label must exceed;
then those of all lists. Needs torch, onnx and scipy; about twenty minutes on one core.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np

import chatlines
from deid.detect.models import model_folder
from deid.detect.tagger.features import WORDS as WORD_FEATURES
from deid.detect.tagger.features import word_of
from deid.detect.tagger.vectors import UnitVectors
from deid.detect.tagger.weights import Weights, session
from deid.detect.tells.cues import Cues
from deid.detect.tells.network import CUES, FIRST, NETWORK, WORDS, Entering, Network
from deid.detect.tells.reading import is_mark
from deid.detect.tells.told import Run, ToldValues
from deid.store import sha256_file
from deid.types import Turn
from oddlines import LISTS
from oddvalues import arguments_of
from tellscues import learned
from tellslines import CLASSES, Example, Maker, Quiet, Said, talks
from tellsnet import SEED, exported, train

READINGS = 3
LABELS = CLASSES[1:-1]
JUDGES = ("handles", "words", "codes", "traps")
"""Lists that choose what labels must exceed, judged by a network that did not read them."""
ALARMS: Mapping[str, float] = {"USERNAME": 0.0012, "PASSWORD": 0.001, "SHARE_CODE": 0.001}
"""Shares of turns that hold nothing that may be marked: of those in these lists' talks, and of lines of chat."""
PRECISION = 0.9
"""The least share of what is marked in these lists that is of somebody."""
_GRID = np.arange(0.5, 0.995, 0.01)
_MET, _SHORT = 4, 2  # turns that hold a word with numbers of its own; characters of one that no list has


@dataclass(frozen=True, slots=True)
class Course:
    """What is learnt from, and what units are known by."""

    data: Path
    weights: Weights
    quiet: Quiet
    vectors: UnitVectors

    def taught(self, lists: Sequence[str]) -> "Taught":
        """Return what is learnt of some lists."""
        maker = Maker(self.weights, Random(SEED))
        first = [*filter(_is_read, maker.examples(lists, self.quiet, SEED))]
        words = _vocabulary(first, self.weights.words)
        entering = Entering(self.vectors, {word: row for row, word in enumerate(words, FIRST)})
        more = (
            [*filter(_is_read, maker.examples(lists, self.quiet, SEED + number))]
            for number in range(1, READINGS)
        )
        width = self.vectors.matrix.shape[1]
        net = train(entering, _chained(first, more), READINGS, width)
        cues = learned(lists, [said.text for said in self.quiet.irc], SEED)
        return Taught(exported(net, width), words, cues, entering)


@dataclass(frozen=True, slots=True)
class Taught:
    """A network, its words and its cues."""

    network: bytes
    words: Sequence[str]
    cues: Cues
    entering: Entering

    def runs(self, every: Sequence[Sequence[Turn]]) -> list[tuple[tuple[int, int], Run]]:
        """Return what it marks in some talks, however sure."""
        network = Network(self.entering, session(self.network))
        return [*ToldValues(network, self.cues, dict.fromkeys(LABELS, 0.0)).runs(every)]


def _is_read(example: Example) -> bool:
    return bool(example.tags)


def _chained(first: Sequence[Example], more: Iterator[Sequence[Example]]) -> Iterator[Sequence[Example]]:
    yield first
    yield from more


def _vocabulary(examples: Sequence[Example], known: Collection[str]) -> list[str]:
    """Return the words that enough turns hold, in order: known or short ones, and so no handle of anybody's."""
    own = ({word_of(key) for key in one.read.keys[one.read.first :] if not is_mark(key)} for one in examples)
    met = Counter(word for some in own for word in some)
    often = (word for word, count in met.items() if count >= _MET and word.strip())
    return sorted(word for word in often if word in known or len(word) <= _SHORT)


@dataclass(frozen=True, slots=True)
class Judged:
    """A run: its label, how sure it is, whether it touches a value, and whether it stands where there is none."""

    label: str
    sure: float
    right: bool
    alarm: bool
    chat: bool


def thresholds(taught: Taught, lists: Sequence[str], data: Path) -> dict[str, float]:
    """Return what each label must exceed: the least that keeps alarms and precision."""
    told = [talk for name in lists for talk in talks(name, SEED) if len(talk) > 1]
    clean = sum(not said.values for talk in told for said in talk)
    judged = [*_judged(taught.runs([*map(_turns, told)]), told)]
    carriers = chatlines.carriers("en", data)
    chats = [
        [Turn("", text, who) for who, text in zip(one.speakers, one.texts, strict=True)] for one in carriers
    ]
    quiet = sum(sum(one.clean) for one in carriers)
    judged += [
        Judged(run.label, run.sure, right=False, alarm=carriers[talk].clean[at], chat=True)
        for (talk, at), run in taught.runs(chats)
    ]
    return {label: _least(label, judged, (clean, quiet)) for label in LABELS}


def _turns(talk: Sequence[Said]) -> list[Turn]:
    return [Turn("", said.text, said.speaker) for said in talk]


def _judged(runs: Sequence[tuple[tuple[int, int], Run]], told: Sequence[Sequence[Said]]) -> Iterator[Judged]:
    for (talk, at), run in runs:
        values = told[talk][at].values
        met = [one for one in values if one.start < run.end and run.start < one.end]
        if not met or not all(one.optional for one in met):
            yield Judged(run.label, run.sure, right=bool(met), alarm=not values, chat=False)


def _least(label: str, judged: Sequence[Judged], quiet: tuple[int, int]) -> float:
    own = [one for one in judged if one.label == label]
    for least in _GRID:
        some = [one for one in own if one.sure > least]
        alarms = [sum(one.alarm for one in some if one.chat == chat) for chat in (False, True)]
        right, wrong = (sum(one.right == right for one in some if not one.chat) for right in (True, False))
        shares = [count / size for count, size in zip(alarms, quiet, strict=True)]
        if max(shares) <= ALARMS[label] and right >= PRECISION * (right + wrong):
            print(label, round(float(least), 2), f"right {right}, wrong {wrong}, alarms", *shares, flush=True)
            return round(float(least), 2)
    return 1.0


def save(folder: Path, taught: Taught, least: Mapping[str, float], reads: Mapping[str, str]) -> None:
    """Write the folder and its manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = (f"{word} {' '.join(map(str, some))}\n" for word, some in taught.cues.weights.items())
    (folder / NETWORK).write_bytes(taught.network)
    (folder / WORDS).write_text("\n".join(taught.words), encoding="utf-8")
    (folder / CUES).write_text("".join(rows), encoding="utf-8")
    manifest = {
        "name": folder.name,
        "language": "English",
        "licence": "CC-BY-SA-4.0",
        "thresholds": dict(least),
        "bound": taught.cues.bound,
        "reads": dict(reads),
        "files": {name: sha256_file(folder / name) for name in (NETWORK, WORDS, CUES)},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Read, train twice, choose, write."""
    arguments = arguments_of(__doc__, "tells-en")
    names = model_folder("names-en")
    weights = Weights.load(names)
    vectors = UnitVectors(weights, WORD_FEATURES)
    course = Course(arguments.data, weights, Quiet(arguments.data, SEED), vectors)
    lists = [name for name in LISTS if name not in arguments.leave]
    judge = course.taught([name for name in lists if name not in JUDGES])
    least = thresholds(judge, JUDGES, arguments.data)
    reads = json.loads((names / "manifest.json").read_text(encoding="utf-8"))["files"]
    save(arguments.to, course.taught(lists), least, reads)


if __name__ == "__main__":
    main()
