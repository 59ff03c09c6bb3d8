"""What the verbs of escrow and custody share: where it is, passphrases, the time, a release's papers."""

import argparse
import datetime
import getpass
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from deid.cli import ui
from deid.errors import EscrowError, InputError


def add_place(parser: argparse.ArgumentParser) -> None:
    """Add the two options that say which escrow."""
    parser.add_argument(
        "--escrow", required=True, metavar="URL", help="sqlite:///PATH or postgresql://USER@HOST/DATABASE"
    )
    parser.add_argument("--keys", required=True, metavar="SPEC", help="local:PATH/escrow.pub")


def add_passphrase(parser: argparse.ArgumentParser) -> None:
    """Add the option of a verb that opens or makes a private key."""
    parser.add_argument("--passphrase-file", metavar="FILE", help="otherwise it is asked for")


def add_private_key(parser: argparse.ArgumentParser) -> None:
    """Add the options of a verb for the custodian alone."""
    parser.add_argument("--private-key", metavar="FILE", help="escrow.key (default: beside the public key)")
    add_passphrase(parser)


def now() -> datetime.datetime:
    """Return the time; the library is given it."""
    return datetime.datetime.now(datetime.UTC)


def passphrase(arguments: argparse.Namespace, *, twice: bool = False) -> bytes:
    """Return the passphrase, from its file or from the terminal; InputError when there is neither."""
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


def private_key_path(arguments: argparse.Namespace) -> Path:
    """Return where the custodian's key is: as given, or beside the public key."""
    beside = Path(arguments.keys.removeprefix("local:")).with_name("escrow.key")
    return Path(arguments.private_key or beside)


def sealed_in(release: Path) -> Mapping[str, Any]:
    """Return what a release's manifest says about its escrow."""
    try:
        manifest = orjson.loads((release / "manifest.json").read_bytes())
    except (OSError, ValueError):
        manifest = None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("escrow"), dict | None):
        raise InputError(f"{release}: not a release", hint="name the folder that `deid run` made")
    if not manifest.get("escrow"):
        raise EscrowError(f"{release}: made in anonymize mode: there is nothing to restore")
    found: Mapping[str, Any] = manifest["escrow"]
    return found


def tell(value: dict[str, Any], *, as_json: bool) -> int:
    """Print a report, as a table or as JSON; return the exit code of a verb that is done."""
    if as_json:
        ui.emit_json(json.loads(json.dumps(value, default=str)))
    else:
        rows = [(name.removeprefix("n_").replace("_", " "), _shown(item)) for name, item in value.items()]
        print(ui.table(rows, ("WHAT", "VALUE")))
    return 0


def _shown(item: object) -> str:
    """Return a value for a table: of a checkpoint, its size and time."""
    if isinstance(item, dict):
        return ", ".join(f"{name} {item[name]}" for name in ("size", "at") if name in item)
    return ", ".join(map(str, item)) if isinstance(item, list | tuple) else str(item)
