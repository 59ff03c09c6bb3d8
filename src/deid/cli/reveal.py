"""``deid reveal``: opening deleted information, on the record; who asks, who approves, who opens."""

import argparse
import datetime
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deid.cli import ui
from deid.cli.arguments import (
    add_passphrase,
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
    from deid.escrow import Approver, PrivateKey, Standing

_DIGITS = 12


def add_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verbs of this group."""
    reveal = verbs.add_parser("reveal", help="open deleted information, on the record")
    actions = reveal.add_subparsers(dest="action", metavar="ACTION", required=True)
    _add_roles(actions)
    _add_request(actions)
    _add_run(actions)


def _add_roles(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    enroll = actions.add_parser("enroll", help="make the key of an approver; the custodian registers it")
    enroll.add_argument("--name", required=True, help="office or person in office; kept in the log in clear")
    add_passphrase(enroll)
    enroll.add_argument("-o", "--out", required=True, metavar="FILE", help="X.key; X.pub is made beside it")
    enroll.set_defaults(call=_enroll)
    register = actions.add_parser("register", help="register an approver, as the custodian")
    add_place(register)
    add_private_key(register)
    register.add_argument("--approver", required=True, metavar="FILE", help="the approver's X.pub")
    register.set_defaults(call=_register)
    retire = actions.add_parser("retire", help="retire an approver for good, as the custodian")
    retire.add_argument("name", metavar="NAME", help="name as it was registered")
    add_place(retire)
    add_private_key(retire)
    retire.set_defaults(call=_retire)
    quorum = actions.add_parser("quorum", help="say how many approvals a reveal needs, as the custodian")
    add_place(quorum)
    add_private_key(quorum)
    quorum.add_argument("--approvals", required=True, type=int, metavar="M", help="1 to 16; it only rises")
    quorum.set_defaults(call=_quorum)


def _add_request(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    request = actions.add_parser("request", help="ask for a reveal, as a registered approver")
    _add_approver(request)
    which = request.add_mutually_exclusive_group(required=True)
    which.add_argument("--record", action="append", metavar="ID", help="id in the release; may be repeated")
    which.add_argument("--subject", metavar="ID", help="all of one person, by their id in the input")
    request.add_argument("--maximum", required=True, type=int, metavar="N", help="most records to be opened")
    request.add_argument("--purpose", required=True, metavar="TEXT", help="ground; kept in the log in clear")
    request.add_argument("--ticket", required=True, metavar="TEXT", help="case; kept in the log in clear")
    request.add_argument("--days", type=int, default=7, metavar="N", help="it expires then (default: 7)")
    request.set_defaults(call=_request)
    approve = actions.add_parser("approve", help="approve another's request, as a registered approver")
    approve.add_argument("request", metavar="REQUEST", help="its hash, or the first 12 digits or more")
    _add_approver(approve)
    approve.set_defaults(call=_approve)
    listing = actions.add_parser("list", help="requests and where they stand")
    add_place(listing)
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(call=_list)


def _add_approver(parser: argparse.ArgumentParser) -> None:
    add_place(parser)
    parser.add_argument("--key", required=True, metavar="FILE", help="your own X.key")
    add_passphrase(parser)


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


def _enroll(arguments: argparse.Namespace) -> int:
    from deid.escrow import new_approver  # noqa: PLC0415 - keeps `deid --help` quick

    word = passphrase(arguments, twice=True)
    public = new_approver(arguments.out, name=arguments.name, passphrase=word, now=now())
    ui.say(f"private key {arguments.out}: yours alone")
    ui.say(f"public key {public}: for the custodian to register")
    return 0


def _register(arguments: argparse.Namespace) -> int:
    from deid.escrow import read_approver, register_approver  # noqa: PLC0415 - keeps `deid --help` quick

    approver, key = read_approver(arguments.approver), _open(arguments)
    names = register_approver(arguments.escrow, arguments.keys, private_key=key, approver=approver, now=now())
    ui.say(f"registered `{approver.name}`; {len(names)} in all")
    return 0


def _retire(arguments: argparse.Namespace) -> int:
    from deid.escrow import retire_approver  # noqa: PLC0415 - keeps `deid --help` quick

    key = _open(arguments)
    left = retire_approver(arguments.escrow, arguments.keys, private_key=key, name=arguments.name, now=now())
    ui.say(f"retired `{arguments.name}`; {len(left)} are left")
    return 0


def _quorum(arguments: argparse.Namespace) -> int:
    from deid.escrow import require_approvals  # noqa: PLC0415 - keeps `deid --help` quick

    key = _open(arguments)
    require_approvals(
        arguments.escrow, arguments.keys, private_key=key, approvals=arguments.approvals, now=now()
    )
    ui.say(f"every reveal needs {arguments.approvals} approvals from here on")
    return 0


def _request(arguments: argparse.Namespace) -> int:
    from deid.escrow import Asked, request_reveal  # noqa: PLC0415 - keeps `deid --help` quick

    asked = Asked(tuple(arguments.record or ()), arguments.subject or "", arguments.maximum)
    standing = request_reveal(
        arguments.escrow,
        arguments.keys,
        requester=_approver(arguments),
        asked=asked,
        purpose=arguments.purpose,
        ticket=arguments.ticket,
        expires=_in_days(arguments.days),
        now=now(),
    )
    print(standing.request.request)
    ui.say(f"needs {standing.required} approvals before {standing.request.expires}")
    return 0


def _in_days(days: int) -> datetime.datetime:
    try:
        return now() + datetime.timedelta(days=days)
    except OverflowError:
        raise InputError(
            f"--days {days}: no calendar goes that far", hint="give some days or weeks"
        ) from None


def _approve(arguments: argparse.Namespace) -> int:
    from deid.escrow import approve  # noqa: PLC0415 - keeps `deid --help` quick

    standing = approve(
        arguments.escrow,
        arguments.keys,
        approver=_approver(arguments),
        request=arguments.request,
        now=now(),
    )
    request = standing.request
    ui.say(f"approved {request.request[:_DIGITS]}: {request.purpose}, {request.ticket}")
    ui.say(f"{len(standing.approvers)} of {standing.required} approvals; {standing.state}")
    return 0


def _list(arguments: argparse.Namespace) -> int:
    from deid.escrow import requests  # noqa: PLC0415 - keeps `deid --help` quick

    standings = requests(arguments.escrow, arguments.keys, now=now())
    if arguments.json:
        ui.emit_json([asdict(standing) for standing in standings])
        return 0
    print(
        ui.table(
            [_row(each) for each in standings], ("REQUEST", "BY", "FOR", "APPROVALS", "STATE", "EXPIRES")
        )
    )
    return 0


def _row(standing: "Standing") -> tuple[str, ...]:
    request = standing.request
    count = f"{len(standing.approvers)} of {standing.required}"
    asked = f"{request.purpose}, {request.ticket}"
    short = request.request[:_DIGITS]
    return short, request.requester, asked, count, standing.state, request.expires


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
    from deid.pipeline.restore import restore_record  # noqa: PLC0415

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
    from deid.pipeline.restore import restore_record  # noqa: PLC0415

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


def _open(arguments: argparse.Namespace) -> "PrivateKey":
    from deid.escrow import open_private_key  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.pipeline.credentials import key_access  # noqa: PLC0415

    return open_private_key(private_key_path(arguments), passphrase(arguments), key_access())


def _open_or_log(arguments: argparse.Namespace) -> "PrivateKey":
    """Open the private key; where that fails, the log says that somebody tried."""
    from deid.escrow import log_denial, open_private_key  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.pipeline.credentials import key_access  # noqa: PLC0415

    word = passphrase(arguments)
    try:
        return open_private_key(private_key_path(arguments), word, key_access())
    except EscrowError:
        purpose = arguments.purpose or f"request {arguments.request}"
        requester = arguments.requester or "custodian"
        log_denial(arguments.escrow, arguments.keys, purpose=purpose, requester=requester, now=now())
        raise


def _approver(arguments: argparse.Namespace) -> "Approver":
    from deid.escrow import open_approver  # noqa: PLC0415 - keeps `deid --help` quick

    return open_approver(arguments.key, passphrase(arguments))


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
