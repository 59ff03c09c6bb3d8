"""The end of a run: data files, measures on what was written, gates, papers, the signed manifest.

Everything is made in a folder that gets the release's name in one rename, after the gates held and the
working files were destroyed. A refused release leaves only its report behind.
"""

import datetime
import hashlib
import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
import yaml
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deid.config import Config
from deid.errors import DeidError, InputError, ReleaseRefused
from deid.pipeline.checking.checks import (
    Outcome,
    attack_checks_of,
    attacked_by,
    checks_of,
    previous_checks_of,
    quarantined,
    total_of,
)
from deid.pipeline.checking.counted import kanon_document
from deid.pipeline.planning.plan import SUSPECTED_MINOR
from deid.pipeline.publishing.destruction import destroy
from deid.pipeline.publishing.items import statement
from deid.pipeline.publishing.papers import about_release, for_report, write_json, write_papers, write_report
from deid.pipeline.publishing.promises import policy_document
from deid.pipeline.working.receipt import ShardReceipt
from deid.release import (
    About,
    DataFile,
    Manifest,
    assemble,
    enforce,
    pieces_of,
    read_private_key,
    schema_for,
    seal,
)
from deid.store import new_folder, write_bytes
from deid.transform.tokens import ReplacementKey
from deid.types import Json

Progress = Callable[[str, int, int], None]

_LEAF_TYPES = {"str": "string", "int": "int", "float": "float", "bool": "bool"}


def publish(outcome: Outcome, out: Path, *, refused: Path, progress: Progress) -> Json:
    """Make the release in the empty folder ``out`` and return its manifest.

    Raises ReleaseRefused with every violation; then the report is at ``refused``.
    """
    if refused.exists():
        shutil.rmtree(refused)
    data_files = _assemble(outcome, out, progress)
    _check_counted(outcome, data_files)
    documents = _documents(outcome)
    attacked = attacked_by(outcome, out)
    checks = [*checks_of(outcome, documents["kanon"]), *attack_checks_of(outcome, attacked)]
    checks += previous_checks_of(outcome, out, documents["kanon"])
    documents["risk"] = {
        "gate": outcome.config.risk.gate,
        "checks": [asdict(item) for item in checks],
        **({} if attacked is None else {"assessment": attacked.to_json()}),
    }
    try:
        enforce(checks)
    except ReleaseRefused:
        with new_folder(refused) as told:
            write_report(told, documents, {"name": outcome.config.release.name, "mode": outcome.config.mode})
        raise
    return _seal(outcome, out, data_files, documents)


def _assemble(outcome: Outcome, folder: Path, progress: Progress) -> list[DataFile]:
    config, plan = outcome.config, outcome.planned.plan
    todo = [
        (split, index, plan.buckets[split])
        for split in config.release.splits
        if split in plan.buckets
        for index in range(plan.buckets[split])
    ]
    if not todo:
        raise ReleaseRefused(["no record is left to release"], hint="see the counts of excluded records")
    record_id = config.input.record_id
    sort_key = record_id if config.fields[record_id].effective.operator == "reissue" else None
    schema = _schema(outcome)
    files = []
    for done, (split, index, total) in enumerate(todo):
        progress("assemble", done, len(todo))
        pieces = pieces_of(outcome.state.folder, split, index)
        files.append(
            assemble(
                pieces, folder, split=split, index=index, total=total,
                file_format=config.release.format, schema=schema, sort_key=sort_key,
            )
        )  # fmt: skip
    progress("assemble", len(todo), len(todo))
    return files


def _check_counted(outcome: Outcome, data_files: Sequence[DataFile]) -> None:
    """Refuse data files that hold more or less than was counted for k."""
    written, counted = sum(file.rows for file in data_files), sum(r.records for r in outcome.receipts)
    if written != counted:
        raise DeidError(
            f"{written} records were written and {counted} counted", hint="run again without --resume"
        )


def check_kinds(config: Config, types: Mapping[str, set[str]]) -> None:
    """Raise InputError for a kept field whose values have no one type: a column could not hold them."""
    for path, spec in config.fields.items():
        kinds = types.get(path, set())
        if spec.cls == "keep" and kinds not in ({"int", "float"}, set()) and not _one_leaf_type(kinds):
            raise InputError(
                f"fields.{path}: holds {' and '.join(sorted(kinds))}; a kept field has values of one type",
                hint="write them as text in the input, or give the field another class",
            )


def _one_leaf_type(kinds: set[str]) -> bool:
    return len(kinds) == 1 and kinds <= _LEAF_TYPES.keys()


def _schema(outcome: Outcome) -> pa.Schema:
    leaves = {}
    for path, spec in outcome.config.fields.items():
        if spec.cls == "drop" or spec.effective.operator == "delete":
            continue
        kinds = outcome.planned.types.get(path, set())
        if spec.cls == "keep" and kinds == {"int", "float"}:
            leaves[path] = "float"
        elif spec.cls == "keep" and _one_leaf_type(kinds):
            leaves[path] = _LEAF_TYPES[next(iter(kinds))]
        else:
            leaves[path] = "string"
    return schema_for(leaves)


def _documents(outcome: Outcome) -> dict[str, Json]:
    return {
        "detection": _detection(outcome),
        "kanon": kanon_document(outcome.config, outcome.planned, outcome.receipts),
        "incidents": _incidents(outcome.receipts),
    }


def _detection(outcome: Outcome) -> Json:
    tally = outcome.planned.tally
    residual = total_of(receipt.residual for receipt in outcome.receipts)
    return {
        "records": tally.records,
        "messages": tally.messages,
        "characters": tally.characters,
        "spans": dict(sorted(tally.labels.items())),
        "classes": dict(sorted(tally.classes.items())),
        "sources": dict(sorted(tally.sources.items())),
        "languages": dict(sorted(tally.languages.items())),
        "quarantined": dict(sorted(Counter(q.reason for q in quarantined(outcome)).items())),
        "excluded": sum(receipt.excluded for receipt in outcome.receipts) - tally.barred[SUSPECTED_MINOR],
        "ledger": dict(sorted(tally.barred.items())),
        "escaped_tags": sum(receipt.escaped for receipt in outcome.receipts),
        "over_cap": outcome.planned.over_cap,
        "copies": len(outcome.planned.plan.copies),
        "rare_words": sum(receipt.rare_words for receipt in outcome.receipts),
        "personal_words": sum(receipt.personal_words for receipt in outcome.receipts),
        "kept": dict(sorted(total_of(receipt.kept for receipt in outcome.receipts).items())),
        "residual": dict(sorted(residual.items())),
    }


_MEANING = "card data or credentials in text: removed, and in no escrow; a policy may call it an incident"


def found_incidents(receipts: Sequence[ShardReceipt]) -> dict[str, int]:
    """Return what a policy says is never there and was found: label → records."""
    return dict(sorted(total_of(receipt.incidents for receipt in receipts).items()))


def _incidents(receipts: Sequence[ShardReceipt]) -> Json:
    return {
        "incidents": [
            {"label": label, "count": n, "records": n, "meaning": _MEANING}
            for label, n in found_incidents(receipts).items()
        ]
    }


def _seal(
    outcome: Outcome, folder: Path, data_files: Sequence[DataFile], documents: Mapping[str, Json]
) -> Json:
    config = outcome.config
    lock = lock_document(config)
    write_bytes(folder / "policy.lock.yaml", lock.encode())
    manifest = _manifest(outcome, documents, hashlib.sha256(lock.encode()).hexdigest())
    about = _about(outcome)
    write_papers(folder, config, manifest=manifest, data_files=data_files, about=about)
    write_report(folder, documents, for_report(manifest, data_files))
    key = _signing_key(outcome)
    if config.mode == "anonymize":
        write_json(folder / "report" / "destruction.json", destroy(outcome.state))
    return seal(folder, manifest, key, data_files)


def lock_document(config: Config) -> str:
    """Return the configuration as it was carried out, without the places of what is kept apart."""
    value = config.model_dump(mode="json", by_alias=True, exclude_none=True)
    if "escrow" in value:
        value["escrow"] = {"domain": value["escrow"]["domain"]}
    for name in ("ledger", "purpose_mapping"):
        if name in value:
            value[name] = "kept apart"
    for name in ("key", "previous"):
        value["release"].pop(name, None)
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=True))


def _manifest(outcome: Outcome, documents: Mapping[str, Json], config_sha256: str) -> Manifest:
    config, detection = outcome.config, documents["detection"]
    anonymous = config.mode == "anonymize"
    return Manifest(
        name=config.release.name,
        created=outcome.state.started.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        tool=outcome.tools.tool,
        mode=config.mode,
        purpose=config.purpose,
        classes={
            "appi": "anonymously processed (declared)" if anonymous else "pseudonymously processed",
            "gdpr": "personal data: not shown anonymous" if anonymous else "personal data: pseudonymised",
        },
        counts={
            name: detection[name]
            for name in ("records", "messages", "characters", "spans", "classes", "excluded")
        },
        config_sha256=config_sha256,
        policy=policy_document(config),
        models=outcome.tools.models,
        escrow=outcome.escrow,
        kanon={
            name: documents["kanon"][name]
            for name in ("k_required", "k", "subjects", "suppressed", "dropped")
        },
        gates=documents["risk"]["checks"],
        statement=statement(config, outcome.state.started.date()),
    )


def _about(outcome: Outcome) -> About:
    return about_release(
        outcome.config,
        detectors=[f"{name} {version}" for name, version in outcome.tools.packages.items()],
        notes=(outcome.planned.note,) if outcome.planned.note else (),
    )


def _signing_key(outcome: Outcome) -> Ed25519PrivateKey:
    """Return the configured key, or one of this run's own that nobody keeps."""
    if outcome.config.release.key is not None:
        return read_private_key(Path(outcome.config.release.key))
    return Ed25519PrivateKey.from_private_bytes(ReplacementKey(outcome.state.key).digest("signing"))
