"""Whole runs of real pipelines: both modes over all of an input, in as many processes as asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from deid.config import load_config
from deid.escrow.init import init_escrow
from deid.ingest.shards import find_inputs, plan_shards
from deid.pipeline import Pipeline
from deid.release import verify
from loads import Load
from measure import Work

MODES = ("anonymize", "pseudonymize")


@dataclass(frozen=True, slots=True)
class Whole:
    """One run in one mode, as a measured case.

    folder : an empty folder of its own, for release, escrow and keys.
    """

    config: str
    source: Path
    mode: str
    workers: int
    folder: Path

    def __call__(self) -> Work:
        """Prepare the run; the input's messages are counted first, read as a stream."""
        changes: dict[str, object] = {"mode": self.mode}
        if self.mode == "pseudonymize":
            changes["escrow"] = found_escrow(self.folder, datetime.now(UTC))
        pipeline = Pipeline(load_config(self.config, changes))
        return Work(lambda: self._run(pipeline), *self._size(), finish=self._report)

    def _size(self) -> tuple[int, int]:
        messages = size = 0
        for record in Load("", self.config, self.config, self.source, 0).records():
            messages += len(record.turns)
            size += sum(len(turn.text.encode()) for turn in record.turns)
        return messages, size

    def _run(self, pipeline: Pipeline) -> None:
        pipeline.run([self.source], out=self._release, workers=self.workers)

    def _report(self) -> dict[str, object]:
        """Verify the release and say what it holds and how large everything is."""
        checked = verify(self._release, public_key=None)
        inputs = find_inputs([self.source])
        return {
            "mode": self.mode,
            "workers": self.workers,
            "shards": len(plan_shards(inputs)),
            "records": checked.rows,
            "verified": True,
            "input_mb": _mb(inputs),
            "release_mb": _mb(self._release.rglob("*")),
            "data_mb": _mb((self._release / "data").iterdir()),
            "escrow_mb": _mb((self.folder / "escrow").glob("*")),
        }

    @property
    def _release(self) -> Path:
        return self.folder / "release"


def found_escrow(folder: Path, now: datetime) -> dict[str, str]:
    """Make an escrow under ``folder`` and return what goes into a configuration."""
    made = init_escrow(
        f"sqlite:///{folder / 'escrow' / 'escrow.db'}",
        folder / "keys",
        passphrase=b"benchmark only",
        now=now,
    )
    return {"url": made.url, "keys": made.keys}


def _mb(paths: Iterable[Path]) -> float:
    return round(sum(path.stat().st_size for path in paths if path.is_file()) / 1e6, 3)
