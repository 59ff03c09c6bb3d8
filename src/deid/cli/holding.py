"""``deid release subjects``: who is in a release, or in which of several somebody is."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from deid.cli import ui
from deid.cli.registered import public_key
from deid.errors import InputError

if TYPE_CHECKING:
    from deid.pipeline.remaking.holding import Holding, Place


def add_actions(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the action of this file."""
    subjects = actions.add_parser(
        "subjects", help="say how many people are in releases, and in which of them somebody is"
    )
    subjects.add_argument("folders", nargs="+", metavar="FOLDER", help="release folders")
    subjects.add_argument(
        "--who", action="append", default=[], metavar="ID", help="a person, by their id in the input; repeat"
    )
    subjects.add_argument("--escrow", metavar="URL", help="the escrow that the releases were sealed in")
    subjects.add_argument("--keys", metavar="SPEC", help="its public key, as local:PATH/escrow.pub")
    subjects.add_argument("--public-key", metavar="FILE", help="Ed25519 public key (PEM) of the signer")
    subjects.add_argument("--json", action="store_true")
    subjects.set_defaults(call=_subjects)


def _subjects(arguments: argparse.Namespace) -> int:
    from deid.pipeline.remaking.holding import who_is_in  # noqa: PLC0415 - keeps `deid --help` quick

    if "" in arguments.who:  # a shell's unset variable: nobody would be found
        raise InputError("--who takes no empty value")
    place, signer = _place(arguments), public_key(arguments)
    asked = list(dict.fromkeys(arguments.who))
    found = [
        who_is_in(Path(folder), place=place, asked=asked, public_key=signer) for folder in arguments.folders
    ]
    if arguments.json:
        ui.emit_json([_document(one) for one in found])
        return 0
    for one in found:
        if one.people is None:
            ui.say(f"{one.release}: anonymized: nobody can say who is in it")
    told = [one for one in found if one.people is not None]
    if asked and told:
        rows = [(str(one.release), who, str(one.theirs[who])) for one in told for who in asked]
        print(ui.table(rows, ("RELEASE", "WHO", "RECORDS")))
    elif told:
        counts = [(str(one.release), *map(str, (one.people, one.records, one.shredded))) for one in told]
        print(ui.table(counts, ("RELEASE", "PEOPLE", "RECORDS", "SHREDDED")))
    return 0


def _place(arguments: argparse.Namespace) -> "Place | None":
    from deid.pipeline.remaking.holding import Place  # noqa: PLC0415 - keeps `deid --help` quick

    if bool(arguments.escrow) != bool(arguments.keys):
        raise InputError("--escrow and --keys go together")
    return Place(arguments.escrow, arguments.keys) if arguments.escrow else None


def _document(found: "Holding") -> dict[str, object]:
    """Return what is known of one release; null is what nobody can say."""
    return {
        "release": str(found.release),
        "mode": found.mode,
        "records": found.records,
        "people": found.people,
        "shredded": found.shredded,
        "who": None if found.people is None else found.theirs,
    }
