"""What the verbs on a finished release and the register share."""

import argparse
import datetime
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from deid.cli import ui
from deid.cli.arguments import now
from deid.errors import InputError

if TYPE_CHECKING:
    from deid.papers import PaperSource
    from deid.provision import Event, Register


def public_key(arguments: argparse.Namespace) -> bytes | None:
    """Return the key a signer is known by; None takes the one that a release carries."""
    from deid.release.signing import read_public_key  # noqa: PLC0415 - keeps `deid --help` quick

    return read_public_key(Path(arguments.public_key)) if arguments.public_key else None


def release_action(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, text: str, call: Any
) -> argparse.ArgumentParser:
    """Add an action that takes a release."""
    action = actions.add_parser(name, help=text)
    action.add_argument("folder", help="release folder")
    action.add_argument("--public-key", metavar="FILE", help="Ed25519 public key (PEM) of the signer")
    action.add_argument("--json", action="store_true")
    action.set_defaults(call=call)
    return action


def add_register(action: argparse.ArgumentParser) -> None:
    """Add the option that says where the register is."""
    action.add_argument(
        "--register", required=True, metavar="FILE", help="register of releases; made at first use"
    )


def source_of(folder: str, arguments: argparse.Namespace) -> "PaperSource":
    """Return a release as its papers see it."""
    from deid.papers import read_source  # noqa: PLC0415 - keeps `deid --help` quick

    return read_source(Path(folder), public_key=public_key(arguments))


def register_of(arguments: argparse.Namespace) -> "Register":
    """Return the register, as it stands."""
    from deid.provision import Register  # noqa: PLC0415 - keeps `deid --help` quick

    return Register.open(Path(arguments.register))


def told(arguments: argparse.Namespace, event: "Event", words: str) -> int:
    """Say what was entered; return the exit code."""
    if arguments.json:
        ui.emit_json(asdict(event))
    else:
        ui.say(words)
    return 0


def read_json(path: str) -> dict[str, Any]:
    """Return the JSON object of a file, empty for another value; InputError when it is not JSON."""
    try:
        value = orjson.loads(Path(path).read_bytes())
    except (OSError, ValueError):
        raise InputError(f"{path}: not a result of `deid risk … --json`") from None
    return value if isinstance(value, dict) else {}


def day(value: str | None) -> datetime.date:
    """Return the day of ``--on``, today without one."""
    if value is None:
        return now().date()
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise InputError(f"--on: `{value}` is not a date", hint="write 2026-05-07") from None
