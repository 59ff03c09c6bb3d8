"""The shipped pipelines of the three policies, carried out on their samples: once for all tests of them."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

import deid
import policysamples
from deid.config import Config, load_config
from deid.escrow import init_escrow
from deid.ingest.fields import Leaf, compile_fields, leaves
from deid.ingest.shards import read_files
from deid.yamlfile import config_folder

NOW = datetime.datetime(2026, 11, 2, 9, 0, tzinfo=datetime.UTC)
RUNS = [(policy, mode) for policy in policysamples.POLICIES for mode in ("anonymize", "pseudonymize")]
RUNS += [("omigo-training", "anonymize")]


@dataclass(frozen=True)
class Finished:
    """A finished run.

    source, released : declared path → every value, before and after.
    """

    config: Config
    release: Path
    source: Mapping[str, list[Any]] = field(repr=False)
    released: Mapping[str, list[Any]] = field(repr=False)
    plants: tuple[policysamples.Plant, ...] = field(repr=False)

    @property
    def policy(self) -> str:
        assert self.config.policy is not None
        return self.config.policy


Finish = Callable[[str, str], Finished]


def sample_of(policy: str) -> Path:
    """Return the bundled sample of a policy."""
    return dict(policysamples.files(config_folder("samples")))[policy]


def finisher(room: Path) -> Finish:
    """Return what carries a pipeline out in a mode, each once, below a folder."""

    @cache
    def finish(pipeline: str, mode: str) -> Finished:
        folder = room / f"{pipeline}-{mode}"
        folder.mkdir()
        config = load_config(pipeline, {"mode": mode, **_escrow(folder, mode)})
        policy = str(config.policy)
        release = folder / "out" / "release"
        deid.Pipeline(config).run([sample_of(policy)], out=release, now=NOW)
        source = [raw.decoded() for raw in read_files([sample_of(policy)])]
        rows = [
            row for path in sorted((release / "data").iterdir()) for row in pq.read_table(path).to_pylist()
        ]
        plants = policysamples.generate(policy, 1).plants
        return Finished(config, release, _by_path(config, source), _by_path(config, rows), plants)

    return finish


def _escrow(folder: Path, mode: str) -> dict[str, object]:
    if mode == "anonymize":
        return {}
    made = init_escrow(
        f"sqlite:///{folder / 'vault' / 'escrow.db'}",
        folder / "keys",
        passphrase=b"a kite over nine small hills",
        now=NOW,
    )
    return {"escrow": {"url": made.url, "keys": made.keys}}


def _by_path(config: Config, rows: list[Any]) -> dict[str, list[Any]]:
    tree = compile_fields(
        {path: spec.model_copy(update={"cls": "keep"}) for path, spec in config.fields.items()}
    )
    found: dict[str, list[Any]] = {path: [] for path in config.fields}
    for leaf in _leaves(rows, tree):
        found[leaf.declared].append(leaf.value)
    return found


def _leaves(rows: list[Any], tree: Any) -> Iterator[Leaf]:
    for row in rows:
        yield from leaves(row, tree)
