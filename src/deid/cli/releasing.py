"""``deid release``: what is done with a finished release."""

import argparse
import json
from pathlib import Path

from deid.cli import ending, holding, providing, ui
from deid.cli.registered import public_key
from deid.errors import InputError, ReleaseRefused


def add_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verbs of this group."""
    release = verbs.add_parser("release", help="check, publish and provide a finished release")
    actions = release.add_subparsers(dest="action", metavar="ACTION", required=True)
    verify = actions.add_parser("verify", help="recompute every digest and check the signature")
    verify.add_argument("folder", help="folder of a release or of a bundle")
    verify.add_argument(
        "--public-key", metavar="FILE", help="Ed25519 public key (PEM) the signer is known by"
    )
    verify.add_argument(
        "--kanon", action="store_true", help="count the classes of the data files again, in SQL (extra `sql`)"
    )
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(call=_verify)
    holding.add_actions(actions)
    providing.add_actions(actions)
    ending.add_actions(actions)


def _verify(arguments: argparse.Namespace) -> int:
    from deid.provision.bundle import is_bundle, verify_bundle  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.release.verify import verify  # noqa: PLC0415

    folder = Path(arguments.folder)
    bundled = is_bundle(folder)
    check = verify_bundle if bundled else verify
    result = check(folder, public_key=public_key(arguments))
    counted = count_again(folder / "release" if bundled else folder) if arguments.kanon else None
    if arguments.json:
        ui.emit_json({
            "ok": True, "files": result.files, "bytes": result.bytes, "rows": result.rows,
            "self_signed": result.self_signed, **({} if counted is None else {"kanon": counted}),
        })  # fmt: skip
        return 0
    ui.say(f"{arguments.folder}: {result.files} files, {result.rows} records: unaltered")
    if counted is not None:
        ui.say(f"k of the declared fields is {counted['k']}, counted again in SQL")
    if result.self_signed:
        ui.say("checked against the key it carries; --public-key shows who signed")
    return 0


def count_again(folder: Path) -> dict[str, object]:
    """Return the figures of the declared fields; raise ReleaseRefused unless they are those of the report."""
    from deid.kanon.sql import Roles, recompute  # noqa: PLC0415 - keeps `deid --help` quick

    said = json.loads((folder / "report" / "kanon.json").read_text(encoding="utf-8")).get("declared")
    if said is None:
        raise InputError(
            f"{folder}: its report has no figures of declared fields alone",
            hint="leave --kanon out: the fields that were counted have no column in the data files",
        )
    subject, *paths = (tuple(path.split(".")) for path in (said["subject"], *said["columns"]))
    sensitive = tuple(tuple(path.split(".")) for path in said["sensitive"])
    roles = Roles(tuple(paths), subject, sensitive, missing_is_value=False)
    found = recompute(sorted((folder / "data").iterdir()), roles)
    counts = ("subjects", "k", "classes", "uniques", "l_distinct")
    wrong = [name for name in counts if found[name] != said[name]]
    wrong += [path for path, t in found["t_equal"].items() if abs(t - said["t_equal"][path]) > 1e-6]
    if wrong:
        raise ReleaseRefused([f"report/kanon.json: the data files say otherwise of {name}" for name in wrong])
    return found
