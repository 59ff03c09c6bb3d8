"""``deid reveal``: opening deleted information, on the record."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deid.cli import approvals, ui
from deid.cli.arguments import (
    add_place,
    add_private_key,
    now,
    passphrase,
    private_key_path,
    sealed_in,
)
from deid.errors import EscrowError, InputError
from deid.store import is_inside, write_bytes

if TYPE_CHECKING:
    from deid.escrow import PrivateKey


def add_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verbs of this group."""
    reveal = verbs.add_parser("reveal", help="open deleted information, on the record")
    actions = reveal.add_subparsers(dest="action", metavar="ACTION", required=True)
    approvals.add_actions(actions)
    _add_run(actions)


def _add_run(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    run = actions.add_parser(
        "run", help="restore records, as the custodian; logged before anything is opened"
    )
    add_place(run)
    add_private_key(run)
    run.add_argument("--release", required=True, metavar="DIR", help="release that holds the records")
    run.add_argument("--request", metavar="REQUEST", help="approved request: its hash or first 12 digits")
    run.add_argument("--record", metavar="ID", help="without approvals: the record's id in the release")
    run.add_argument("--purpose", metavar="TEXT", help="with --record: ground; kept in the log in clear")
    run.add_argument("--requester", metavar="WHO", help="with --record: office that asks; kept in the log")
    run.add_argument("-o", "--out", metavar="FILE", help="restored records, made readable by you alone")
    run.add_argument("--to-terminal", action="store_true", help="print them instead")
    run.set_defaults(call=_run)


def _run(arguments: argparse.Namespace) -> int:
    if not arguments.out and not arguments.to_terminal:
        raise InputError("deleted information goes to a file", hint="name it with -o, or give --to-terminal")
    release = Path(arguments.release)
    _check_asked(arguments)
    _check_out(arguments.out, release)
    sealed = sealed_in(release)
    restored = (
        _by_request(arguments, release, sealed) if arguments.request else _one(arguments, release, sealed)
    )
    if arguments.out:
        write_bytes(Path(arguments.out), restored.encode(), mode=0o600)
        ui.say(f"restored {_what(arguments)}: {arguments.out}")
    else:
        sys.stdout.write(restored)
    return 0


def _what(arguments: argparse.Namespace) -> str:
    return f"request {arguments.request}" if arguments.request else f"record {arguments.record}"


def _one(arguments: argparse.Namespace, release: Path, sealed: Mapping[str, Any]) -> str:
    """Restore one record on the custodian's own word, which is enough where no approvals are needed."""
    from deid.escrow import reveal_record, settle_decisions  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.pipeline.custody.restore import restore_record  # noqa: PLC0415

    key = _open_or_log(arguments)
    settle_decisions(arguments.escrow, arguments.keys, private_key=key, now=now())
    payloads = reveal_record(
        arguments.escrow,
        private_key=key,
        record=arguments.record,
        purpose=arguments.purpose,
        requester=arguments.requester,
        published=sealed["batches"],
        now=now(),
    )
    for record, row in _rows(release):
        if record == arguments.record:
            return json.dumps(restore_record(row, payloads), ensure_ascii=False, indent=2) + "\n"
    raise InputError(f"{release}: no record has this id", hint="give the id as it stands in the release")


def _by_request(arguments: argparse.Namespace, release: Path, sealed: Mapping[str, Any]) -> str:
    """Restore what an approved request asks for, one record a line, in the order of the release."""
    from deid.escrow import reveal_request  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.pipeline.custody.restore import restore_record  # noqa: PLC0415

    key = _open_or_log(arguments)
    opened = reveal_request(
        arguments.escrow,
        arguments.keys,
        private_key=key,
        request=arguments.request,
        published=sealed["batches"],
        now=now(),
    )
    lines = [
        json.dumps(restore_record(row, payloads), ensure_ascii=False) + "\n"
        for record, row in _rows(release)
        if (payloads := opened.get(key.index.record(record)))
    ]
    return "".join(lines)


def _open_or_log(arguments: argparse.Namespace) -> "PrivateKey":
    """Open the private key; where that fails, the log says that somebody tried."""
    from deid.escrow import log_denial, open_private_key  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.pipeline.custody.credentials import key_access  # noqa: PLC0415

    word = passphrase(arguments)
    try:
        return open_private_key(private_key_path(arguments), word, key_access())
    except EscrowError:
        purpose = arguments.purpose or f"request {arguments.request}"
        requester = arguments.requester or "custodian"
        log_denial(arguments.escrow, arguments.keys, purpose=purpose, requester=requester, now=now())
        raise


def _check_asked(arguments: argparse.Namespace) -> None:
    alone = (arguments.record, arguments.purpose, arguments.requester)
    if arguments.request and any(alone):
        raise InputError(
            "a request says its records, purpose and requester itself", hint="give --request alone"
        )
    if not arguments.request and not all(alone):
        raise InputError("nothing asked for", hint="give --request, or --record, --purpose and --requester")


def _check_out(out: str | None, release: Path) -> None:
    """Refuse a file that cannot be made, or must not, before the log says that something was revealed."""
    ui.check_new(out)
    if out and is_inside(Path(out), release):
        raise InputError(f"{out}: inside the release", hint="deleted information never goes there")


def _rows(release: Path) -> Iterator[tuple[str, Any]]:
    """Yield the records of a release, each after its id."""
    import yaml  # noqa: PLC0415 - keeps `deid --help` quick

    from deid.ingest.record import value_at  # noqa: PLC0415
    from deid.ingest.shards import read_files  # noqa: PLC0415

    lock = yaml.safe_load((release / "policy.lock.yaml").read_text(encoding="utf-8"))
    for raw in read_files([release / "data"]):
        row = raw.decoded()
        yield str(value_at(row, lock["input"]["record_id"])), row
