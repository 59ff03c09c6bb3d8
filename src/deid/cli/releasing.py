"""``deid release``: what is done with a finished release."""

import argparse
from pathlib import Path

from deid.cli import ui


def add_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verbs of this group."""
    release = verbs.add_parser("release", help="check a finished release")
    actions = release.add_subparsers(dest="action", metavar="ACTION", required=True)
    verify = actions.add_parser("verify", help="recompute every digest and check the signature")
    verify.add_argument("folder", help="release folder")
    verify.add_argument(
        "--public-key", metavar="FILE", help="Ed25519 public key (PEM) the signer is known by"
    )
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(call=_verify)


def _verify(arguments: argparse.Namespace) -> int:
    from deid.release.signing import read_public_key  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.release.verify import verify  # noqa: PLC0415

    key = read_public_key(Path(arguments.public_key)) if arguments.public_key else None
    result = verify(Path(arguments.folder), public_key=key)
    if arguments.json:
        ui.emit_json({
            "ok": True, "files": result.files, "bytes": result.bytes, "rows": result.rows,
            "self_signed": result.self_signed,
        })  # fmt: skip
        return 0
    ui.say(f"{arguments.folder}: {result.files} files, {result.rows} records: unaltered")
    if result.self_signed:
        ui.say("checked against the key it carries; --public-key shows who signed")
    return 0
