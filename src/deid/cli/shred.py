"""``deid shred``: destroying keys, of a person, of what is due, or of everything."""

import argparse
import datetime
import json
import sys
from dataclasses import asdict
from typing import Any

from deid.cli import ui
from deid.cli.arguments import add_place, now
from deid.errors import InputError, Unwritable


def add_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb."""
    shred = verbs.add_parser(
        "shred", help="destroy keys; what was sealed under them stays unreadable for ever"
    )
    add_place(shred)
    which = shred.add_mutually_exclusive_group(required=True)
    which.add_argument("--subject", metavar="ID", help="one person, by their id in the input")
    which.add_argument("--run", metavar="RUN", help="all that a run sealed")
    which.add_argument("--before", metavar="DATE", help="all that runs begun before this day, UTC, sealed")
    which.add_argument(
        "--all", action="store_true", help="everything, and the private keys beside escrow.pub"
    )
    shred.add_argument(
        "--domain", default="", metavar="NAME", help="with --run or --before: of this domain only"
    )
    shred.add_argument("--confirm", metavar="ID", help="with --all: the escrow's id (default: asked for)")
    shred.add_argument(
        "--why", required=True, metavar="TEXT", help="ticket or ground; kept in the log in clear"
    )
    shred.add_argument("-o", "--out", metavar="FILE", help="certificate (default: standard output)")
    shred.set_defaults(call=_shred)


def _shred(arguments: argparse.Namespace) -> int:
    from deid.escrow import shred  # noqa: PLC0415 - keeps `deid --help` quick

    if arguments.domain and not (arguments.run or arguments.before):
        raise InputError("--domain goes with --run or --before")
    if arguments.confirm and not arguments.all:
        raise InputError("--confirm goes with --all")
    # A shell's unset variable: an empty run or day would take every epoch.
    if "" in (arguments.subject, arguments.run, arguments.before):
        raise InputError("--subject, --run and --before take no empty value", hint="nothing was destroyed")
    ui.check_new(arguments.out)
    if arguments.subject is None:
        return _expire(arguments)
    begun = now()
    certificate = shred(
        arguments.escrow, arguments.keys, subject=arguments.subject, why=arguments.why, now=begun, known=True
    )
    if datetime.datetime.fromisoformat(certificate.at) < begun.replace(microsecond=0):
        ui.say(f"shredded on {certificate.at} already: this is the certificate of then")
    return _given(asdict(certificate), arguments.out)


def _given(certificate: dict[str, Any], out: str | None) -> int:
    """Write a certificate; where that fails it is said instead, for it is made but once."""
    try:
        ui.emit_json(certificate, out)
    except (OSError, Unwritable) as error:
        ui.say(f"certificate: {json.dumps(certificate, ensure_ascii=False)}")
        raise Unwritable(
            f"{out or 'standard output'}: cannot write the certificate: {_why(error)}",
            hint="what it names is destroyed; keep the line above",
        ) from None
    return 0


def _why(error: OSError | Unwritable) -> str:
    return str(error.strerror if isinstance(error, OSError) else error)


def _expire(arguments: argparse.Namespace) -> int:
    from deid.escrow import Expired, expire, wipe  # noqa: PLC0415 - keeps `deid --help` quick

    place, why = (arguments.escrow, arguments.keys), arguments.why
    if arguments.all:
        certificate = wipe(*place, escrow_id=_confirmed(arguments.confirm), why=why, now=now())
        ui.say("everything is destroyed here; destroy copies of escrow.key and backups too")
    else:
        before = _day(arguments.before) if arguments.before else None
        which = Expired(run_id=arguments.run or "", domain=arguments.domain, before=before)
        certificate = expire(*place, which, why=why, now=now())
    return _given(asdict(certificate), arguments.out)


def _confirmed(given: str | None) -> str:
    if given:
        return given
    if not sys.stdin.isatty():
        raise InputError("not confirmed", hint="give --confirm with the escrow's id, or run it on a terminal")
    ui.say("this destroys everything the escrow holds, for everybody and for ever")
    return input("deid: type the id of the escrow: ").strip()


def _day(value: str) -> datetime.datetime:
    try:
        return datetime.datetime.combine(datetime.date.fromisoformat(value), datetime.time(), datetime.UTC)
    except ValueError:
        raise InputError("the date is not understood", hint="write it as 2026-01-31") from None
