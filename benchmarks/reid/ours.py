"""What ``deid run`` writes with the shipped pipeline of a corpus, in either mode, at each strictness."""

import datetime
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from deid.config import Config, load_config
from deid.errors import InputError, ReleaseRefused
from deid.escrow.init import init_escrow
from deid.ingest.shards import read_files
from deid.pipeline import Pipeline
from deid.risk.align import align
from deid.risk.corpus import read_release, read_source
from inputs import write_lines
from reid import pieces
from reid.synthpai import Corpus

_ATTEMPTS = 3
ANONYMIZE, PSEUDONYMIZE = "deid anonymize", "deid pseudonymize"
RARE_WORDS = {people: f"deid anonymize + {people}-person words" for people in (3, 5, 10)}
"""Words that fewer people use are replaced too."""
PERSONAL_WORDS = {share: f"deid anonymize + personal words {share}" for share in (0.05, 0.1, 0.15)}
"""So much of all words, those whose use keeps to few people."""
STYLES = {
    (share, style): f"deid anonymize + {f'personal words {share} and ' if share else ''}{style} style"
    for share, style in ((None, "tidy"), (0.1, "tidy"), (0.1, "plain"), (0.15, "plain"))
}
"""One way of writing, alone and with a share of the words."""
WRITTEN_OVER = {
    (share, style): f"deid anonymize + personal words {share} written over and {style} style"
    for share, style in ((0.1, "tidy"), (0.15, "tidy"), (0.18, "plain"))
}
"""So much of all words replaced by other such words, in one style; the last as in ``synthpai-strictest``."""
STRICTNESS: Mapping[str, Mapping[str, object]] = {
    "": {"transform": {}},
    ", personal words 0.1, tidy": {"transform": {"personal_words": 0.1, "style": "tidy"}},
    ", personal words 0.15, plain": {"transform": {"personal_words": 0.15, "style": "plain"}},
    ", personal words 0.18 written over, plain": {
        "transform": {"personal_words": 0.18, "PERSONAL_WORD": "surrogate", "style": "plain"}
    },
}
"""What the name of a treatment ends in → what is configured beside ``mode: anonymize``."""
WORDS: Mapping[str, Mapping[str, object]] = {
    "": {"transform": {}},
    **{f", personal words {share}": {"transform": {"personal_words": share}} for share in (0.1, 0.15)},
}
"""The same beside ``mode: pseudonymize``, which evens out no style."""


def anonymize(corpus: Corpus) -> Sequence[str]:
    """Return the texts of a release in anonymize mode."""
    return released(corpus, {"mode": "anonymize", "transform": {}})


def without_rare_words(corpus: Corpus, people: int) -> Sequence[str]:
    """Return the texts of a release in anonymize mode, without the words that fewer people use."""
    return released(corpus, {"mode": "anonymize", "transform": {"rare_words": people}})


def without_personal_words(corpus: Corpus, share: float) -> Sequence[str]:
    """Return the texts of a release in anonymize mode, without a share of the words: the most telling."""
    return released(corpus, {"mode": "anonymize", "transform": {"personal_words": share}})


def evened_out(corpus: Corpus, share: float | None, style: str) -> Sequence[str]:
    """Return the texts of a release in one style, without a share of the words where one is given."""
    return released(corpus, {"mode": "anonymize", "transform": {"personal_words": share, "style": style}})


def written_over(corpus: Corpus, share: float, style: str) -> Sequence[str]:
    """Return the texts of a release in one style, a share of the words replaced by others of its authors."""
    transform = {"personal_words": share, "PERSONAL_WORD": "surrogate", "style": style}
    return released(corpus, {"mode": "anonymize", "transform": transform})


def pseudonymize(corpus: Corpus) -> Sequence[str]:
    """Return the texts of a release in pseudonymize mode."""
    return released(corpus, {"mode": "pseudonymize"})


def released(corpus: Corpus, changes: Mapping[str, object]) -> Sequence[str]:
    """Return the texts of a release in the corpus's order; those that the run left out are blank."""
    sides = release(corpus.records, "synthpai", changes)
    return [
        said[number] if (said := sides.get((person, record))) else ""
        for person, (record, number) in zip(corpus.people, corpus.place, strict=True)
    ]


def release(
    records: Sequence[Mapping[str, Any]], pipeline: str, changes: Mapping[str, object]
) -> Mapping[tuple[str, str], Sequence[str]]:
    """Run a shipped pipeline and match its release with the records: (person, record) → released texts.

    What the run left out, or what was not found again, is not there. Raises InputError where that is most.
    """
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        overrides = dict(changes)
        if overrides["mode"] == "pseudonymize":
            overrides["escrow"] = _escrow(here / "custody")
        config = load_config(pipeline, overrides)
        _run(config, here, records)
        source = read_source([here / "records.jsonl.gz"], config)
        aligned = align(read_release(here / "out" / "release", config), source)
    if len(aligned.pairs) < len(source) // 2:
        raise InputError(f"{overrides['mode']}: most of the release was not found in its source")
    return {(original.subject, original.record): talk.texts for talk, original in aligned.pairs}


def in_pieces(
    records: Sequence[Mapping[str, Any]], pipeline: str, changes: Mapping[str, object]
) -> tuple[Sequence[Mapping[str, Any]], Sequence[Mapping[str, Any]]]:
    """Run a shipped pipeline that cuts: the records with marked messages, and the released pieces.

    The marks are kept through the run: pieces of a few words cannot be matched by what they say.
    """
    plain = load_config(pipeline, changes)
    fields = {path: spec.model_dump(by_alias=True, exclude_none=True) for path, spec in plain.fields.items()}
    fields[f"messages[].{pieces.MARK}"] = {"class": "keep"}
    config = load_config(pipeline, {**changes, "fields": fields})
    given = pieces.marked(records)
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        _run(config, here, given)
        found = [raw.decoded() for raw in read_files([here / "out" / "release" / "data"])]
        return given, [one for one in found if isinstance(one, dict)]


def _run(config: Config, here: Path, records: Sequence[Mapping[str, Any]]) -> None:
    """Run until a release passes: now and then the rescan takes an invented value for a finding."""
    write_lines(here / "records.jsonl.gz", records)
    for left in reversed(range(_ATTEMPTS)):
        try:
            Pipeline(config).run([here / "records.jsonl.gz"], out=here / "out" / "release")
        except ReleaseRefused:
            if not left:
                raise
        else:
            return


def _escrow(folder: Path) -> dict[str, object]:
    now = datetime.datetime.now(datetime.UTC)
    made = init_escrow(f"sqlite:///{folder}/db/e.db", folder / "keys", passphrase=b"benchmark", now=now)
    return {"url": made.url, "keys": made.keys}
