"""``deid escrow``, ``deid reveal`` and ``deid shred``: the only verbs that touch deleted information."""

import argparse
import datetime
import getpass
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deid.cli import ui
from deid.errors import EscrowError, InputError
from deid.store import write_bytes

if TYPE_CHECKING:
    from deid.escrow import Checkpoint


def add_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verbs of this group."""
    _add_escrow(verbs)
    _add_reveal(verbs)
    shred = verbs.add_parser("shred", help="destroy the keys of one person; what was sealed stays unreadable")
    _add_place(shred)
    shred.add_argument("--subject", required=True, metavar="ID", help="the person's id, as in the input")
    shred.add_argument(
        "--why", required=True, metavar="TEXT", help="ticket or ground; kept in the log in clear"
    )
    shred.add_argument("-o", "--out", metavar="FILE", help="certificate (default: standard output)")
    shred.set_defaults(call=_shred)


def _add_escrow(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    escrow = verbs.add_parser("escrow", help="make, check and clean an escrow")
    actions = escrow.add_subparsers(dest="action", metavar="ACTION", required=True)
    init = actions.add_parser("init", help="make an escrow and its keys")
    init.add_argument("--escrow", required=True, metavar="URL", help="sqlite:///PATH")
    init.add_argument("--keys-dir", required=True, metavar="DIR", help="folder for the keys")
    init.add_argument(
        "--key",
        default="local:x25519",
        metavar="SPEC",
        help="escrow key: local:x25519, local:hybrid, awskms:ARN, vault:URL or pkcs11:URI",
    )
    _add_passphrase(init)
    init.add_argument("--json", action="store_true")
    init.set_defaults(call=_init)
    for name, call, text in (
        ("status", _status, "counts, sizes, key ids, last checkpoint"),
        ("verify", _verify, "check everything the escrow holds against its signed log"),
        ("checkpoint", _checkpoint, "sign the state of the log, to be kept elsewhere"),
    ):
        action = actions.add_parser(name, help=text)
        _add_place(action)
        if name == "verify":
            action.add_argument(
                "--checkpoint", metavar="FILE", help="kept elsewhere; a release's manifest.json holds one"
            )
        action.add_argument("--json", action="store_true")
        action.set_defaults(call=call)
    gc = actions.add_parser("gc", help="delete what a run sealed for shards that were never published")
    _add_place(gc)
    gc.add_argument("--release", required=True, metavar="DIR", help="the run's release")
    gc.set_defaults(call=_gc)


def _add_reveal(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    reveal = verbs.add_parser("reveal", help="open deleted information, on the record")
    actions = reveal.add_subparsers(dest="action", metavar="ACTION", required=True)
    run = actions.add_parser("run", help="restore one record; logged before anything is opened")
    _add_place(run)
    _add_passphrase(run)
    run.add_argument("--private-key", metavar="FILE", help="escrow.key (default: beside the public key)")
    run.add_argument("--release", required=True, metavar="DIR", help="release that holds the record")
    run.add_argument("--record", required=True, metavar="ID", help="the record's id in the release")
    run.add_argument(
        "--purpose", required=True, metavar="TEXT", help="ticket or ground; kept in the log in clear"
    )
    run.add_argument(
        "--requester", required=True, metavar="WHO", help="office that asks; kept in the log in clear"
    )
    run.add_argument("-o", "--out", metavar="FILE", help="restored record, made readable by you alone")
    run.add_argument("--to-terminal", action="store_true", help="print it instead")
    run.set_defaults(call=_reveal)


def _add_place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--escrow", required=True, metavar="URL", help="sqlite:///PATH")
    parser.add_argument("--keys", required=True, metavar="SPEC", help="local:PATH/escrow.pub")


def _add_passphrase(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--passphrase-file", metavar="FILE", help="otherwise it is asked for")


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def _passphrase(arguments: argparse.Namespace, *, twice: bool = False) -> bytes:
    if arguments.passphrase_file:
        value = Path(arguments.passphrase_file).read_bytes().strip()
    elif sys.stdin.isatty():
        value = getpass.getpass("deid: passphrase: ").encode()
        if twice and getpass.getpass("deid: again: ").encode() != value:
            raise InputError("the passphrases differ")
    else:
        raise InputError("no passphrase", hint="give --passphrase-file, or run it on a terminal")
    if not value:
        raise InputError("the passphrase is empty")
    return value


def _init(arguments: argparse.Namespace) -> int:
    from deid.escrow import init_escrow  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.pipeline.credentials import key_access  # noqa: PLC0415

    made = init_escrow(
        arguments.escrow,
        arguments.keys_dir,
        passphrase=_passphrase(arguments, twice=True),
        now=_now(),
        key=arguments.key,
        access=key_access(),
    )
    if arguments.json:
        ui.emit_json({name: str(value) for name, value in asdict(made).items()})
        return 0
    ui.say(f"escrow {made.database}")
    ui.say(f"keys {made.keys}")
    ui.say(f"private key {made.private_key}: move it to the custodian; the pipeline never needs it")
    return 0


def _status(arguments: argparse.Namespace) -> int:
    from deid.escrow import status  # noqa: PLC0415 - keeps `deid --help` quick

    return _tell(asdict(status(arguments.escrow, arguments.keys)), as_json=arguments.json)


def _verify(arguments: argparse.Namespace) -> int:
    from deid.escrow import verify  # noqa: PLC0415 - keeps `deid --help` quick

    outside = _outside_checkpoint(arguments.checkpoint) if arguments.checkpoint else None
    report = verify(arguments.escrow, arguments.keys, checkpoint=outside)
    return _tell(asdict(report), as_json=arguments.json)


def _outside_checkpoint(path: str) -> "Checkpoint":
    """Read a checkpoint kept elsewhere: as `deid escrow checkpoint --json` printed it, or in a manifest."""
    from deid.escrow import Checkpoint  # noqa: PLC0415 - keeps `deid --help` quick

    try:
        value = json.loads(Path(path).read_bytes())
        found = value["escrow"]["checkpoint"] if "escrow" in value else value
        return Checkpoint(int(found["size"]), str(found["root"]), str(found["at"]), str(found["signature"]))
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(f"{path}: holds no checkpoint", hint="give a release's manifest.json") from None


def _checkpoint(arguments: argparse.Namespace) -> int:
    from deid.escrow import checkpoint  # noqa: PLC0415 - keeps `deid --help` quick

    return _tell(asdict(checkpoint(arguments.escrow, arguments.keys, now=_now())), as_json=arguments.json)


def _gc(arguments: argparse.Namespace) -> int:
    from deid.escrow import gc  # noqa: PLC0415 - keeps `deid --help` quick

    sealed = _sealed_in(Path(arguments.release))
    report = gc(arguments.escrow, arguments.keys, sealed["batches"], run_id=sealed["run"], now=_now())
    ui.say(f"deleted {report.n_records} sealed records of {len(report.attempts)} unpublished attempts")
    return 0


def _shown(item: object) -> str:
    """Return a value for a table: of a checkpoint, its size and time."""
    if isinstance(item, dict):
        return ", ".join(f"{name} {item[name]}" for name in ("size", "at") if name in item)
    return ", ".join(map(str, item)) if isinstance(item, list | tuple) else str(item)


def _tell(value: dict[str, Any], *, as_json: bool) -> int:
    if as_json:
        ui.emit_json(json.loads(json.dumps(value, default=str)))
    else:
        rows = [(name.removeprefix("n_").replace("_", " "), _shown(item)) for name, item in value.items()]
        print(ui.table(rows, ("WHAT", "VALUE")))
    return 0


def _shred(arguments: argparse.Namespace) -> int:
    from deid.escrow import shred  # noqa: PLC0415 - keeps `deid --help` quick

    certificate = shred(
        arguments.escrow, arguments.keys, subject=arguments.subject, why=arguments.why, now=_now()
    )
    ui.emit_json(asdict(certificate), arguments.out)
    return 0


def _reveal(arguments: argparse.Namespace) -> int:
    from deid.escrow import open_private_key, reveal_record  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.pipeline.credentials import key_access  # noqa: PLC0415
    from deid.pipeline.restore import restore_record  # noqa: PLC0415

    if not arguments.out and not arguments.to_terminal:
        raise InputError("deleted information goes to a file", hint="name it with -o, or give --to-terminal")
    _check_new(arguments.out)
    release = Path(arguments.release)
    sealed = _sealed_in(release)
    beside = Path(arguments.keys.removeprefix("local:")).with_name("escrow.key")
    payloads = reveal_record(
        arguments.escrow,
        private_key=open_private_key(arguments.private_key or beside, _passphrase(arguments), key_access()),
        record=arguments.record,
        purpose=arguments.purpose,
        requester=arguments.requester,
        published=sealed["batches"],
        now=_now(),
    )
    record = _find_record(release, arguments.record)
    restored = json.dumps(restore_record(record, payloads), ensure_ascii=False, indent=2) + "\n"
    if arguments.out:
        write_bytes(Path(arguments.out), restored.encode(), mode=0o600)
        ui.say(f"restored record {arguments.record}: {arguments.out}")
    else:
        sys.stdout.write(restored)
    return 0


def _check_new(out: str | None) -> None:
    """Refuse a file that cannot be made, before the log says that something was revealed."""
    if out and Path(out).exists():
        raise InputError(f"{out}: exists already", hint="nothing is ever overwritten")
    if out and not Path(out).parent.is_dir():
        raise InputError(f"{out}: no such folder", hint="make the folder first")


def _sealed_in(release: Path) -> Mapping[str, Any]:
    """Return what a release's manifest says about its escrow."""
    try:
        manifest = json.loads((release / "manifest.json").read_bytes())
    except (OSError, ValueError):
        raise InputError(f"{release}: not a release") from None
    if not manifest.get("escrow"):
        raise EscrowError(f"{release}: made in anonymize mode: there is nothing to restore")
    found: Mapping[str, Any] = manifest["escrow"]
    return found


def _find_record(release: Path, record: str) -> dict[str, Any]:
    """Return the released record with an id."""
    import yaml  # noqa: PLC0415 - keeps `deid --help` quick

    lock = yaml.safe_load((release / "policy.lock.yaml").read_text(encoding="utf-8"))
    path = lock["input"]["record_id"]
    for row in _rows(release):
        if row.get(path) == record:
            return row
    raise InputError(f"{release}: no record has this id", hint="give the id as it stands in the release")


def _rows(release: Path) -> Iterator[dict[str, Any]]:
    from deid.ingest.messages import read_lines  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.ingest.table import read_parquet  # noqa: PLC0415

    for path in sorted((release / "data").iterdir()):
        if path.suffix == ".parquet":
            import pyarrow.parquet as pq  # noqa: PLC0415

            for _, row in read_parquet(path, 0, pq.ParquetFile(path).metadata.num_row_groups):
                yield row
        else:
            for _, line in read_lines(path, 0, path.stat().st_size):
                yield json.loads(line)
