"""``deid reveal`` before anything is opened: who may approve, who asks, who approves."""

import argparse
import datetime
from dataclasses import asdict
from typing import TYPE_CHECKING

from deid.cli import ui
from deid.cli.arguments import (
    add_passphrase,
    add_place,
    add_private_key,
    now,
    passphrase,
    private_key_path,
)
from deid.errors import InputError

if TYPE_CHECKING:
    from deid.escrow import Approver, PrivateKey, Standing

_DIGITS = 12


def add_actions(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the actions of this group."""
    _add_roles(actions)
    _add_request(actions)


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


def _open(arguments: argparse.Namespace) -> "PrivateKey":
    from deid.escrow import open_private_key  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.pipeline.custody.credentials import key_access  # noqa: PLC0415

    return open_private_key(private_key_path(arguments), passphrase(arguments), key_access())


def _approver(arguments: argparse.Namespace) -> "Approver":
    from deid.escrow import open_approver  # noqa: PLC0415 - keeps `deid --help` quick

    return open_approver(arguments.key, passphrase(arguments))
