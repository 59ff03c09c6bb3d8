"""``deid release`` after its day: another assessment, another status, without somebody, an incident."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from deid.cli import ui
from deid.cli.arguments import add_place, now
from deid.cli.registered import add_register, read_json, register_of, release_action, source_of, told
from deid.errors import ReleaseRefused

if TYPE_CHECKING:
    from deid.papers import PaperSource


def add_actions(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the actions of this group."""
    again = release_action(
        actions, "reassess", "enter the result of a later attack run; exit 3 when it fails", _reassess
    )
    again.add_argument(
        "--risk", required=True, metavar="FILE", help="as `deid risk --gate GATE --json` prints it"
    )
    add_register(again)
    fall = release_action(
        actions,
        "declassify",
        "enter that an anonymous release counts as pseudonymous from now on",
        _declassify,
    )
    fall.add_argument("--why", required=True, metavar="TEXT", help="what was found; kept in clear")
    add_register(fall)
    _add_rebuild(actions)
    incident = release_action(
        actions, "incident", "the facts about a release for a report of an incident", _incident
    )
    add_register(incident)
    incident.add_argument("--escrow", metavar="URL", help="say what happened to it since the release")
    incident.add_argument("--keys", metavar="SPEC", help="its public key, as local:PATH/escrow.pub")


def _add_rebuild(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    rebuild = release_action(
        actions, "rebuild", "make a pseudonymized release again without somebody, all else equal", _rebuild
    )
    rebuild.add_argument(
        "--without", required=True, metavar="ID", help="the person, by their id in the input"
    )
    add_place(rebuild)
    add_register(rebuild)
    rebuild.add_argument("--why", required=True, metavar="TEXT", help="ticket or ground; kept in clear")
    rebuild.add_argument("--sign", metavar="FILE", help="Ed25519 private key (PEM) for the manifest")
    rebuild.add_argument("-o", "--out", required=True, metavar="DIR", help="the release that replaces it")


def _reassess(arguments: argparse.Namespace) -> int:
    from deid.provision import reassess  # noqa: PLC0415 - keeps `deid --help` quick

    event = reassess(
        source_of(arguments.folder, arguments), register_of(arguments), read_json(arguments.risk), now=now()
    )
    if event.kind == "reassessment":
        return told(arguments, event, f"it holds: assess again by {event.facts['next']}")
    told(arguments, event, f"status: {event.facts['to']}; delete by {event.facts['expires']}")
    raise ReleaseRefused(
        [f"{name} does not hold: the release counts as anonymous no more" for name in event.facts["failed"]],
        hint=f"tell: {', '.join(event.facts['holders']) or 'nobody has it'}",
    )


def _incident(arguments: argparse.Namespace) -> int:
    from deid.provision import incident_report  # noqa: PLC0415 - keeps `deid --help` quick

    source = source_of(arguments.folder, arguments)
    since = _entries_since(arguments, source)
    ui.emit_json(incident_report(source, register_of(arguments), entries_since=since))
    return 0


def _entries_since(arguments: argparse.Namespace, source: "PaperSource") -> int | None:
    """Return what was added to the escrow's log after the release's checkpoint; None without an escrow."""
    if not (arguments.escrow and arguments.keys) or source.mode == "anonymize":
        return None
    from deid.escrow import status  # noqa: PLC0415 - keeps `deid --help` quick

    signed = int(source.manifest["escrow"]["checkpoint"]["size"])
    return status(arguments.escrow, arguments.keys).log_entries - signed


def _declassify(arguments: argparse.Namespace) -> int:
    from deid.provision.reassess import declassify  # noqa: PLC0415 - keeps `deid --help` quick

    source, register = source_of(arguments.folder, arguments), register_of(arguments)
    event = declassify(source, register, why=arguments.why, now=now())
    holders = ", ".join(event.facts["holders"]) or "nobody has it"
    return told(
        arguments, event, f"status: {event.facts['to']}; delete by {event.facts['expires']}; tell: {holders}"
    )


def _rebuild(arguments: argparse.Namespace) -> int:
    from deid.pipeline.remaking.rebuild import Without, is_rebuilt, rebuild  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.provision.rebuilt import enter_rebuilt, is_entered  # noqa: PLC0415
    from deid.release.tree import MANIFEST  # noqa: PLC0415
    from deid.store import sha256_file  # noqa: PLC0415

    source, register = source_of(arguments.folder, arguments), register_of(arguments)
    sign = Path(arguments.sign) if arguments.sign else None
    without = Without(subject=arguments.without, url=arguments.escrow, keys=arguments.keys, sign=sign)
    release, out = Path(arguments.folder), Path(arguments.out)
    if is_rebuilt(release, out=out, without=without) and not is_entered(
        source, register, by=sha256_file(out / MANIFEST)
    ):
        ui.say(f"was made before, and not entered: {out}")  # a kill came between the two
    else:
        done = rebuild(release, out=out, without=without, now=now())
        more = f", and {done.others} of people with too few like them" if done.others else ""
        ui.say(f"left out {done.removed} records{more}: {done.release}")
    by = sha256_file(out / MANIFEST)
    event = enter_rebuilt(source, register, by=by, why=arguments.why, now=now())
    ui.say(f"tell: {', '.join(event.facts['holders']) or 'nobody has it'}; then `deid shred --subject`")
    return told(arguments, event, f"entered rebuild {event.n}")
