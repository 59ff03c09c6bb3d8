"""``deid keys``: the escrow key, its successors, and its shares."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from deid.cli import ui
from deid.cli.arguments import add_passphrase, add_place, now, passphrase
from deid.errors import InputError

if TYPE_CHECKING:
    from deid.escrow.keys.secrets import Secrets

_STATES = ("KEY", "KIND", "STATE", "MADE", "EPOCHS", "PLACE")


def add_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verbs of this group."""
    keys = verbs.add_parser("keys", help="rotate, retire and share the escrow key")
    actions = keys.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="every escrow key, its kind, place and state")
    add_place(listing)
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(call=_list)
    rotate = actions.add_parser("rotate", help="put a new escrow key in force; old epochs keep theirs")
    _add_custodian(rotate)
    rotate.add_argument(
        "--to",
        default="local:x25519",
        metavar="SPEC",
        help="new key: local:x25519, local:hybrid, awskms:ARN, vault:URL or pkcs11:URI",
    )
    rotate.add_argument("--new-passphrase-file", metavar="FILE", help="otherwise the same passphrase")
    rotate.add_argument(
        "-o", "--out", required=True, metavar="DIR", help="folder for the new escrow.key and escrow.pub"
    )
    rotate.set_defaults(call=_rotate)
    rewrap = actions.add_parser("rewrap", help="open old epochs to the key in force; items are not touched")
    _add_custodian(rewrap)
    rewrap.set_defaults(call=_rewrap)
    retire = actions.add_parser("retire", help="delete what is wrapped under an old escrow key")
    _add_custodian(retire)
    retire.add_argument(
        "--key", required=True, metavar="ID", help="the old key, as `deid keys list` names it"
    )
    retire.set_defaults(call=_retire)
    _add_sharing(actions)


def _add_sharing(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    split = actions.add_parser("split", help="share escrow.key among people, so that M of N open it together")
    split.add_argument("--private-key", required=True, metavar="FILE", help="escrow.key")
    add_passphrase(split)
    split.add_argument(
        "--threshold", required=True, type=int, metavar="M", help="shares that will do; 2 or more"
    )
    split.add_argument("--shares", required=True, type=int, metavar="N", help="shares to make; 16 at most")
    split.add_argument("-o", "--out", required=True, metavar="DIR", help="folder for the share files")
    split.set_defaults(call=_split)
    combine = actions.add_parser("combine", help="make escrow.key again from enough shares")
    combine.add_argument("share", nargs="+", help="share files of one splitting")
    combine.add_argument("-o", "--out", required=True, metavar="FILE", help="new escrow.key")
    add_passphrase(combine)
    combine.set_defaults(call=_combine)


def _add_custodian(parser: argparse.ArgumentParser) -> None:
    add_place(parser)
    parser.add_argument("--private-key", required=True, metavar="FILE", help="the custodian's escrow.key")
    add_passphrase(parser)


def _list(arguments: argparse.Namespace) -> int:
    from deid.escrow.rotation import list_keys  # noqa: PLC0415 - keeps `deid --help` quick

    found = list_keys(arguments.escrow, arguments.keys)
    if arguments.json:
        ui.emit_json([asdict(key) for key in found])
        return 0
    rows = [(key.key_id, key.kem, key.state, key.created, f"{key.epochs:,}", key.place) for key in found]
    print(ui.table(rows, _STATES))
    return 0


def _rotate(arguments: argparse.Namespace) -> int:
    from deid.escrow.keys.create import NewKey  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.escrow.rotation import rotate  # noqa: PLC0415
    from deid.pipeline.custody.credentials import key_access  # noqa: PLC0415

    old = passphrase(arguments)
    secrets = _open(arguments.private_key, old)
    if arguments.new_passphrase_file:
        old = passphrase(argparse.Namespace(passphrase_file=arguments.new_passphrase_file))
    new = NewKey(arguments.to, old, key_access())
    made = rotate(arguments.escrow, arguments.keys, secrets, new, out=Path(arguments.out), now=now())
    ui.say(f"escrow key {made.key_id} is in force, {made.before} is old")
    for path in made.files:
        ui.say(f"made {path}")
    ui.say("put the new escrow.pub where the old one stands; then run `deid keys rewrap` with the old key")
    return 0


def _rewrap(arguments: argparse.Namespace) -> int:
    from deid.escrow import open_private_key  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.escrow.rotation import rewrap  # noqa: PLC0415
    from deid.pipeline.custody.credentials import key_access  # noqa: PLC0415

    access = key_access()
    private_key = open_private_key(arguments.private_key, passphrase(arguments), access)
    done = rewrap(arguments.escrow, arguments.keys, private_key, now=now(), access=access)
    ui.say(f"{done.epochs} epochs open with escrow key {done.key_id} now; {done.missing} still do not")
    return 0


def _retire(arguments: argparse.Namespace) -> int:
    from deid.escrow import open_private_key  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.escrow.rotation import retire  # noqa: PLC0415

    private_key = open_private_key(arguments.private_key, passphrase(arguments))
    n_wraps = retire(arguments.escrow, arguments.keys, private_key, key_id=arguments.key, now=now())
    ui.say(f"retired escrow key {arguments.key}: {n_wraps} wrapped epoch keys deleted")
    return 0


def _split(arguments: argparse.Namespace) -> int:
    from deid.escrow.keys import shares  # noqa: PLC0415 - keeps `deid --help` quick

    secrets = _open(arguments.private_key, passphrase(arguments))
    made = shares.split(
        secrets, Path(arguments.out), threshold=arguments.threshold, n_shares=arguments.shares
    )
    for path in made:
        ui.say(f"share {path}")
    ui.say(
        f"any {arguments.threshold} of {arguments.shares} open the escrow together; give each to one person"
    )
    return 0


def _combine(arguments: argparse.Namespace) -> int:
    from deid.escrow.keys import files, shares  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.escrow.keys.passphrase import private_fields  # noqa: PLC0415

    out = Path(arguments.out)
    if not out.absolute().parent.is_dir():
        raise InputError(f"{out}: no such folder", hint="make the folder first")
    secrets = shares.combine(arguments.share)
    files.create(out, private_fields(secrets, passphrase(arguments, twice=True)), secret=True)
    ui.say(f"private key {out}")
    return 0


def _open(path: str, passphrase: bytes) -> "Secrets":
    from deid.escrow.keys.passphrase import open_secrets  # noqa: PLC0415 - keeps `deid --help` quick

    return open_secrets(path, passphrase)
