"""``deid ledger``: consent, withdrawal, deletion, minors; and what is overdue."""

import argparse
import datetime
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from deid.cli import ui
from deid.errors import InputError, Overdue


def add_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verbs of this group."""
    ledger = verbs.add_parser("ledger", help="consent, withdrawal, deletion, minors; what is overdue")
    actions = ledger.add_subparsers(dest="action", metavar="ACTION", required=True)
    _add_init(actions)
    _add_add(actions)
    _add_list(actions)
    _add_due(actions)


def _add_init(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    init = actions.add_parser("init", help="make an empty ledger and its key")
    init.add_argument("ledger", metavar="LEDGER", help="file to make; its key is made beside it")
    init.set_defaults(call=_init)


def _add_add(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    add = actions.add_parser("add", help="record an event, for one person or for each of a file")
    add.add_argument("kind", metavar="KIND", help="consent, opt-out, withdrawal, deletion, minor, "
                     "history-cleared, complaint, done or void")  # fmt: skip
    add.add_argument("--ledger", required=True, metavar="LEDGER")
    whose = add.add_mutually_exclusive_group(required=True)
    whose.add_argument("--subject", metavar="ID", help="the person's id, as in the input")
    whose.add_argument("--subjects", metavar="FILE", help="ids, one a line")
    whose.add_argument("--entry", type=int, metavar="N", help="the entry that is done or void")
    add.add_argument("--received", metavar="DATE", help="day it came in (default: today)")
    add.add_argument("--verified", metavar="DATE", help="day the person's identity was verified")
    add.add_argument(
        "--before", metavar="TIME", help="moment up to which a history was cleared, with its offset"
    )
    add.add_argument("--version", default="", metavar="TEXT", help="version of the policy agreed to")
    add.add_argument("--purpose", action="append", default=[], metavar="NAME", help="what was agreed to")
    add.add_argument("--ticket", default="", metavar="TEXT", help="where the case is kept")
    add.add_argument("--json", action="store_true")
    add.set_defaults(call=_add)


def _add_list(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    show = actions.add_parser("list", help="entries in order; people are not named")
    show.add_argument("--ledger", required=True, metavar="LEDGER")
    show.add_argument("--subject", metavar="ID", help="only this person's")
    show.add_argument("--json", action="store_true")
    show.set_defaults(call=_list)


def _add_due(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    due = actions.add_parser("due", help="what is to be done by when; exit 3 when something is overdue")
    due.add_argument("--ledger", required=True, metavar="LEDGER")
    due.add_argument(
        "--policy", required=True, metavar="NAME", help="whose deadlines: omigo, gmo-air, omakase"
    )
    due.add_argument("--on", metavar="DATE", help="day to look from (default: today)")
    due.add_argument("--json", action="store_true")
    due.set_defaults(call=_due)


def _init(arguments: argparse.Namespace) -> int:
    from deid.subjects import Ledger  # noqa: PLC0415 - keeps start-up short

    Ledger.create(Path(arguments.ledger)).close()
    ui.say(f"ledger {arguments.ledger}: keep it and its key out of every release folder")
    return 0


def _add(arguments: argparse.Namespace) -> int:
    from deid.subjects import Draft, Ledger  # noqa: PLC0415

    given: dict[str, Any] = {
        "kind": arguments.kind,
        "received": _day("received", arguments.received) or _today(),
        "verified": _day("verified", arguments.verified),
        "version": arguments.version,
        "purposes": tuple(arguments.purpose),
        "ticket": arguments.ticket,
        "before": _moment(arguments.before),
    }
    if arguments.entry is not None:
        drafts = [Draft(**given, refers=arguments.entry)]
    else:
        drafts = [Draft(**given, subject=subject) for subject in _subjects(arguments)]
    with Ledger.open(Path(arguments.ledger)) as ledger:
        made = ledger.add(drafts, now=datetime.datetime.now(datetime.UTC))
    if arguments.json:
        ui.emit_json({"first": made.start, "last": made.stop - 1, "entries": len(made)})
    else:
        ui.say(f"entered {arguments.kind}: {_numbers(made)}")
    return 0


def _list(arguments: argparse.Namespace) -> int:
    from deid.subjects import Ledger  # noqa: PLC0415

    with Ledger.open(Path(arguments.ledger)) as ledger, ui.output(None) as out:
        for entry in ledger.entries(subject=arguments.subject):
            row = {name: value for name, value in asdict(entry).items() if name != "person"}
            line = json.dumps(row, default=str, ensure_ascii=False) if arguments.json else _line(row)
            out.write(f"{line}\n".encode())
    return 0


def _due(arguments: argparse.Namespace) -> int:
    from deid.policies import load_policy  # noqa: PLC0415
    from deid.subjects import Ledger, due_items, load_calendar, overdue  # noqa: PLC0415

    rule = load_policy(arguments.policy).requests
    today = _day("on", arguments.on) or _today()
    with Ledger.open(Path(arguments.ledger)) as ledger:
        items = due_items(ledger, rule, load_calendar(rule.calendar), today=today)
    rows = [{**asdict(item), "due": item.due} for item in items]
    with ui.output(None) as out:
        if arguments.json:
            out.write((json.dumps({"on": today, "due": rows}, default=str, indent=2) + "\n").encode())
        else:
            out.writelines(f"{_line(row)}\n".encode() for row in rows)
    if late := overdue(items):
        raise Overdue(
            f"{arguments.ledger}: {len(late)} of {len(items)} entries are overdue",
            hint="`deid ledger add done --entry N` once they are carried out",
        )
    return 0


def _subjects(arguments: argparse.Namespace) -> list[str]:
    if arguments.subject is not None:
        return [arguments.subject]
    path = Path(arguments.subjects)
    try:
        found = [name for line in path.read_text(encoding="utf-8-sig").splitlines() if (name := line.strip())]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot read: {type(error).__name__}") from None
    if not found:
        raise InputError(f"{path}: names nobody", hint="one id a line, as in the input")
    return found


def _moment(value: str | None) -> datetime.datetime | None:
    if value is None:
        return None
    try:
        return datetime.datetime.fromisoformat(value)
    except ValueError:
        raise InputError(
            f"--before: `{value}` is not a time", hint="write 2026-05-07T10:30:00+09:00"
        ) from None


def _day(what: str, value: str | None) -> datetime.date | None:
    if value is None:
        return None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise InputError(f"--{what}: `{value}` is not a date", hint="write 2026-05-07") from None


def _today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).astimezone().date()


def _numbers(made: range) -> str:
    return f"entry {made.start}" if len(made) == 1 else f"entries {made.start} to {made.stop - 1}"


def _line(row: dict[str, Any]) -> str:
    return "  ".join(str(value) for value in row.values() if value not in (None, "", ()))
