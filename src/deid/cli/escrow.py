"""``deid escrow``: making an escrow, checking it, cleaning it, and its backups."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from deid.cli import ui
from deid.cli.arguments import (
    add_passphrase,
    add_place,
    add_private_key,
    now,
    passphrase,
    private_key_path,
    sealed_in,
    tell,
)
from deid.errors import InputError

if TYPE_CHECKING:
    from deid.escrow import Checkpoint


def add_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verbs of this group."""
    escrow = verbs.add_parser("escrow", help="make, check and clean an escrow")
    actions = escrow.add_subparsers(dest="action", metavar="ACTION", required=True)
    init = actions.add_parser("init", help="make an escrow and its keys")
    init.add_argument(
        "--escrow", required=True, metavar="URL", help="sqlite:///PATH or postgresql://USER@HOST/DATABASE"
    )
    init.add_argument("--keys-dir", required=True, metavar="DIR", help="folder for the keys")
    init.add_argument(
        "--key",
        default="local:x25519",
        metavar="SPEC",
        help="escrow key: local:x25519, local:hybrid, awskms:ARN, vault:URL or pkcs11:URI",
    )
    add_passphrase(init)
    init.add_argument("--approvals", type=int, default=0, metavar="M", help="a reveal needs M (default: 0)")
    init.add_argument("--json", action="store_true")
    init.set_defaults(call=_init)
    for name, call, text in (
        ("status", _status, "counts, sizes, key ids, last checkpoint"),
        ("verify", _verify, "check everything the escrow holds against its signed log"),
        ("checkpoint", _checkpoint, "sign the state of the log, to be kept elsewhere"),
    ):
        action = actions.add_parser(name, help=text)
        add_place(action)
        if name == "verify":
            action.add_argument(
                "--checkpoint", metavar="FILE", help="kept elsewhere; a release's manifest.json holds one"
            )
        action.add_argument("--json", action="store_true")
        action.set_defaults(call=call)
    gc = actions.add_parser("gc", help="delete what a run sealed for shards that were never published")
    add_place(gc)
    gc.add_argument("--release", required=True, metavar="DIR", help="the run's release")
    gc.set_defaults(call=_gc)
    _add_backup(actions)


def _add_backup(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    backup = actions.add_parser("backup", help="write a copy that the custodian alone can bring back")
    add_place(backup)
    backup.add_argument("-o", "--out", required=True, metavar="FILE", help="new file")
    backup.add_argument("--json", action="store_true")
    backup.set_defaults(call=_backup)
    restore = actions.add_parser(
        "restore", help="make the database of a backup; later shreddings are done again"
    )
    restore.add_argument("backup", metavar="FILE", help="the backup")
    add_place(restore)
    add_private_key(restore)
    restore.add_argument(
        "--tombstones",
        metavar="FILE",
        help="what was destroyed (default: tombstones.jsonl beside the public key)",
    )
    restore.add_argument("--json", action="store_true")
    restore.set_defaults(call=_restore)


def _init(arguments: argparse.Namespace) -> int:
    from deid.escrow import init_escrow  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.pipeline.custody.credentials import key_access  # noqa: PLC0415

    made = init_escrow(
        arguments.escrow,
        arguments.keys_dir,
        passphrase=passphrase(arguments, twice=True),
        now=now(),
        key=arguments.key,
        access=key_access(),
        approvals=arguments.approvals,
    )
    if arguments.json:
        ui.emit_json({name: str(value) for name, value in asdict(made).items()})
        return 0
    ui.say(f"escrow {made.url}")
    ui.say(f"keys {made.keys}")
    ui.say(f"private key {made.private_key}: move it to the custodian; the pipeline never needs it")
    return 0


def _status(arguments: argparse.Namespace) -> int:
    from deid.escrow import status  # noqa: PLC0415 - keeps `deid --help` quick

    return tell(asdict(status(arguments.escrow, arguments.keys)), as_json=arguments.json)


def _verify(arguments: argparse.Namespace) -> int:
    from deid.escrow import verify  # noqa: PLC0415 - keeps `deid --help` quick

    outside = _outside_checkpoint(arguments.checkpoint) if arguments.checkpoint else None
    report = verify(arguments.escrow, arguments.keys, checkpoint=outside)
    return tell(asdict(report), as_json=arguments.json)


def _outside_checkpoint(path: str) -> "Checkpoint":
    """Read a checkpoint kept elsewhere: as `deid escrow checkpoint --json` printed it, or in a manifest."""
    from deid.escrow import Checkpoint  # noqa: PLC0415 - keeps `deid --help` quick

    try:
        value = orjson.loads(Path(path).read_bytes())
        found = value["escrow"]["checkpoint"] if "escrow" in value else value
        return Checkpoint(int(found["size"]), str(found["root"]), str(found["at"]), str(found["signature"]))
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(f"{path}: holds no checkpoint", hint="give a release's manifest.json") from None


def _checkpoint(arguments: argparse.Namespace) -> int:
    from deid.escrow import checkpoint  # noqa: PLC0415 - keeps `deid --help` quick

    return tell(asdict(checkpoint(arguments.escrow, arguments.keys, now=now())), as_json=arguments.json)


def _gc(arguments: argparse.Namespace) -> int:
    from deid.escrow import gc  # noqa: PLC0415 - keeps `deid --help` quick

    sealed = sealed_in(Path(arguments.release))
    report = gc(arguments.escrow, arguments.keys, sealed["batches"], run_id=sealed["run"], now=now())
    ui.say(f"deleted {report.n_records} sealed records of {len(report.attempts)} unpublished attempts")
    return 0


def _backup(arguments: argparse.Namespace) -> int:
    from deid.escrow import backup  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.pipeline.custody.credentials import key_access  # noqa: PLC0415

    report = backup(arguments.escrow, arguments.keys, arguments.out, now=now(), access=key_access())
    return tell(asdict(report), as_json=arguments.json)


def _restore(arguments: argparse.Namespace) -> int:
    from deid.escrow import open_private_key, restore  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.pipeline.custody.credentials import key_access  # noqa: PLC0415

    report = restore(
        arguments.backup,
        arguments.escrow,
        arguments.keys,
        private_key=open_private_key(private_key_path(arguments), passphrase(arguments), key_access()),
        listed=arguments.tombstones,
        now=now(),
    )
    return tell(asdict(report), as_json=arguments.json)
