"""The pipeline: a configuration carried out over input files, from ingest to a signed release."""

import datetime
import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from deid.config import Config, load_config, load_operators
from deid.engine import map_shards
from deid.errors import ConfigError, InputError, ReleaseRefused, Unwritable, expect
from deid.ingest.fields import compile_fields
from deid.ingest.shards import ShardSpec, find_inputs, plan_shards
from deid.pipeline.admitting.admission import ledger_head
from deid.pipeline.checking.checks import Outcome
from deid.pipeline.checking.copies import copies_in_splits
from deid.pipeline.checking.counted import short_of_k
from deid.pipeline.custody.keyfile import check_keys
from deid.pipeline.custody.sealing import Sealing
from deid.pipeline.passes.analyze import Analyzer
from deid.pipeline.passes.write import Writer
from deid.pipeline.planning.perturbing import check_perturbed
from deid.pipeline.planning.plan import make_plan
from deid.pipeline.planning.strictness import save_strictness, with_strictness
from deid.pipeline.publishing.output import check_output, refused_folder
from deid.pipeline.publishing.promises import check_policy, policy_document
from deid.pipeline.publishing.publish import Progress, check_kinds, publish
from deid.pipeline.quasi.listed import lone_values
from deid.pipeline.quasi.telling import load_telling
from deid.pipeline.result import RunResult, result_of, write_minors, write_quarantine
from deid.pipeline.rewriting.topics import check_topics
from deid.pipeline.words.personalwords import personal_words, stand_ins
from deid.pipeline.words.rarewords import common_words
from deid.pipeline.words.standins import StandIn, wants_stand_ins
from deid.pipeline.words.wordnumbers import Numbers, counts_path
from deid.pipeline.working.analysis import ShardAnalysis, analysis_from_json, merged
from deid.pipeline.working.reading import RunSpec
from deid.pipeline.working.receipt import ShardReceipt, receipt_path
from deid.pipeline.working.state import RunState, load_sealed, open_state
from deid.pipeline.working.tools import Tools, tools_of
from deid.risk.corpus import release_config
from deid.risk.gates import attacks_of
from deid.risk.ngrams import scipy_module
from deid.store import new_folder
from deid.transform.tokens import ReplacementKey
from deid.types import Json

if TYPE_CHECKING:
    from deid.pipeline.session import Session

Done = TypeVar("Done")

# How often shards are written again because released text says more than was planned, or says it twice.
REWRITES = 4


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Report no progress."""


class Pipeline:
    """A validated configuration, ready to run."""

    def __init__(self, config: Config) -> None:
        """Check what can be checked before any data is read.

        Raises ConfigError, and ReleaseRefused for what the policy does not let out.
        """
        expect("configuration", config, "a Config; `Pipeline.load` reads one", Config)
        load_operators(config.transform, config.mode)
        compile_fields(config.fields)
        check_perturbed(config)
        check_topics(config)
        check_policy(config)
        check_attacks(config)
        self.config = config

    @classmethod
    def load(cls, source: str | Path, overrides: Mapping[str, object] | None = None) -> Self:
        """Read a configuration file, or a shipped pipeline by name."""
        return cls(load_config(source, overrides))

    def run(  # noqa: PLR0913 - the contract's arguments, all but the inputs by name
        self,
        inputs: Sequence[str | Path],
        *,
        out: str | Path,
        workers: int = 1,
        resume: bool = False,
        operator_key: Path | None = None,
        now: datetime.datetime | None = None,
        progress: Progress = _silent,
    ) -> RunResult:
        """Carry the configuration out and publish the release at ``out``.

        workers      : processes.
        resume       : go on with a killed run; needs the ``operator_key`` it was started with.
        operator_key : file, made at first use, that seals the run key until publication; None keeps the key
                       in memory only.
        now          : time of the run; None takes the present, the one place where the library asks.

        Raises ReleaseRefused when a gate does not hold, InputError, ConfigError or EscrowError otherwise;
        then nothing stands at ``out``.
        """
        _check_workers(workers)
        expect("now", now, "a datetime", datetime.datetime, type(None))
        files = find_inputs(inputs)
        target = check_output(out, self.config)
        check_keys(self.config)  # made here, so that no two workers make one
        ledger, tools = ledger_head(self.config), tools_of(self.config)
        with new_folder(target) as made:
            state = open_state(
                target.with_name(f".{target.name}.work"),
                fingerprint=_fingerprint(self.config, files, ledger, tools),
                operator_key=operator_key,
                resume=resume,
                now=now or datetime.datetime.now(datetime.UTC),
            )
            try:
                work = _Run(self.config, state, plan_shards(files), workers, progress, ledger, tools)
                outcome = work.carry_out()
                beside = write_quarantine(outcome, target), write_minors(outcome, target)
                manifest = publish(outcome, made, refused=refused_folder(target), progress=progress)
            except BaseException as error:
                # A refused run would be refused again; one cut short can go on if its key was kept.
                final = isinstance(error, ReleaseRefused | InputError) and not isinstance(error, Unwritable)
                if operator_key is None or final:
                    state.remove()
                raise
            state.remove()
        return result_of(target, manifest, outcome, *beside)

    def open(self, *, now: datetime.datetime | None = None) -> "Session":
        """Open a session for batches of an ETL job; see ``Session``."""
        from deid.pipeline.session import Session  # noqa: PLC0415 - it imports this module's neighbours

        return Session(self.config, now=now or datetime.datetime.now(datetime.UTC))


def _check_workers(workers: int) -> None:
    expect("workers", workers, "a whole number", int)
    if workers < 1:
        raise ConfigError(f"workers: {workers} is not at least 1")


def check_attacks(config: Config) -> None:
    """Refuse attacks that could not be carried out at the end, when all the work is done."""
    if attacks_of(config.risk.gate, config.risk.attacks) or config.release.previous is not None:
        scipy_module("sparse")
    if config.release.previous is not None:
        release_config(Path(config.release.previous))


@dataclass(frozen=True, slots=True)
class _Run:
    """One run under way."""

    config: Config
    state: RunState
    shards: Sequence[ShardSpec]
    workers: int
    progress: Progress
    ledger: int
    tools: Tools

    def carry_out(self) -> Outcome:
        spec = RunSpec(self.config, self.state.key, self.state.started.date(), str(self.state.folder))
        key = ReplacementKey(self.state.key)
        analyses = self._map("analyze", partial(Analyzer, spec), "analysis", analysis_from_json)
        self._check_read(analyses)
        telling = load_telling(self.config, spec.today)
        planned = make_plan(analyses, self.config, telling, split_key=key.digest("split"))
        check_kinds(self.config, planned.types)
        strict = with_strictness(self.state.folder, key.digest("sidecar"), planned.plan)
        gone = {token for analysis in analyses for token in analysis.minors} | planned.plan.dropped
        personal = self._personal(gone)
        worded = replace(
            strict, common=self._common(gone), personal=personal, stand_ins=self._stand_ins(personal, gone)
        )
        planned = replace(planned, plan=worded)
        sealing = self._sealing()
        receipts = self._map(
            "write", partial(Writer, spec, planned.plan, sealing), "receipt", ShardReceipt.from_json
        )
        for _ in range(REWRITES):
            short = short_of_k(receipts, planned.plan.columns, self.config)
            copies = copies_in_splits(receipts, planned.plan.splits)
            lone = lone_values((receipt.listed for receipt in receipts), self.config.kanon.k)
            if not short and not copies and not lone:
                break
            planned = replace(planned, plan=planned.plan.stricter(short, copies, lone))
            numbers = {r.shard for r in receipts if r.holds(short, copies, lone)}
            again = [shard for shard in self.shards if shard.index in numbers]
            # In this order a kill in between is made good: what has no receipt is written again.
            for shard in again:
                receipt_path(self.state.folder, shard).unlink()
            save_strictness(self.state.folder, key.digest("sidecar"), planned.plan)
            redone = map_shards(partial(Writer, spec, planned.plan, sealing), again, workers=self.workers)
            newer = {receipt.shard: receipt for receipt in redone}
            receipts = [newer.get(receipt.shard, receipt) for receipt in receipts]
        planned = replace(planned, tally=planned.tally.less(merged(receipt.repeated for receipt in receipts)))
        return Outcome(
            self.config,
            planned,
            receipts,
            self.state,
            _checkpoint(sealing, receipts),
            self.ledger,
            self.tools,
            sorted({Path(shard.path) for shard in self.shards}),
        )

    def _map(
        self, stage: str, build: Callable[[], Any], suffix: str, load: Callable[[Json], Done]
    ) -> list[Done]:
        """Run the shards that an earlier attempt did not finish; return every result in shard order."""
        sealing_key = ReplacementKey(self.state.key).digest("sidecar")
        done: dict[int, Done] = {}
        if self.state.resumed:
            for shard in self.shards:
                saved = load_sealed(self.state.folder / f"{shard.name}.{suffix}", sealing_key)
                if saved is not None:
                    done[shard.index] = load(saved)
        todo = [shard for shard in self.shards if shard.index not in done]
        self.progress(stage, len(done), len(self.shards))
        for result in map_shards(build, todo, workers=self.workers):
            done[result.shard] = result
            self.progress(stage, len(done), len(self.shards))
        return [done[shard.index] for shard in self.shards]

    def _common(self, gone: Collection[str]) -> Numbers | None:
        """Return the words that enough of the people who stay use, where rare ones are to be replaced."""
        return common_words(
            [counts_path(self.state.folder, shard, "RARE_WORD") for shard in self.shards],
            ReplacementKey(self.state.key).digest("sidecar"),
            people=self.config.transform.rare_words,
            left_out=gone,
        )

    def _personal(self, gone: Collection[str]) -> Numbers | None:
        """Return the words that keep to few of the people who stay, where these are to be replaced."""
        share = self.config.transform.personal_words
        return personal_words(
            self._personal_counts(), ReplacementKey(self.state.key), share=share, left_out=gone
        )

    def _stand_ins(self, personal: Numbers | None, gone: Collection[str]) -> tuple[StandIn, ...]:
        """Return the words that are written for these, where they do not become tags."""
        if personal is None or not wants_stand_ins(self.config):
            return ()
        key, people = ReplacementKey(self.state.key), self.config.kanon.k
        return stand_ins(self._personal_counts(), key, personal, people=people, left_out=gone)

    def _personal_counts(self) -> list[Path]:
        return [counts_path(self.state.folder, shard, "PERSONAL_WORD") for shard in self.shards]

    def _check_read(self, analyses: Sequence[ShardAnalysis]) -> None:
        kept = sum(len(analysis.records) for analysis in analyses)
        barred = sum(analysis.tally.barred.total() for analysis in analyses)
        if kept == 0 and barred:
            raise ReleaseRefused([f"the ledger keeps all {barred} records out of a release"])
        if kept == 0:
            reasons = sorted({q.reason for analysis in analyses for q in analysis.quarantined})
            raise InputError(
                "no record could be read",
                hint=f"reasons: {', '.join(reasons)}" if reasons else "the input is empty",
            )

    def _sealing(self) -> Sealing | None:
        escrow = self.config.escrow
        if self.config.mode == "anonymize" or escrow is None:
            return None
        return Sealing(escrow.url, escrow.keys, escrow.domain, self.state.run, self.state.started)


def _checkpoint(sealing: Sealing | None, receipts: Sequence[ShardReceipt]) -> Json | None:
    """Sign the escrow's log and name the attempts that this release publishes."""
    if sealing is None:
        return None
    from deid.escrow.audit import checkpoint  # noqa: PLC0415 - anonymize mode never gets here

    found = checkpoint(sealing.url, sealing.keys, now=sealing.started)
    batches = {batch: attempt for receipt in receipts for batch, attempt in receipt.attempts.items()}
    return {"domain": sealing.domain, "run": sealing.run, "checkpoint": asdict(found), "batches": batches}


def _fingerprint(config: Config, files: Sequence[Path], ledger: int, tools: Tools) -> str:
    """Return a digest of all that decides what a run writes; a killed run goes on only with the same."""
    operators = load_operators(config.transform, config.mode)
    policy = json.dumps(policy_document(config))
    parts = [config.model_dump_json(), str(ledger), tools.tool, policy]
    parts += [f"{name}={value}" for name, value in sorted({**tools.models, **tools.packages}.items())]
    parts += [f"{label}={treatment.model_dump_json()}" for label, treatment in sorted(operators.items())]
    parts += [f"{path.resolve()}:{path.stat().st_size}:{path.stat().st_mtime_ns}" for path in files]
    # A file's name may be any bytes.
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
