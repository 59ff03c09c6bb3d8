"""``deid repseudonymize``: a pseudonymized release moved to another domain, by the custodian."""

import argparse
from pathlib import Path

from deid.cli import ui
from deid.cli.arguments import add_place, add_private_key, now, passphrase, private_key_path
from deid.errors import InputError


def add_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb of this group."""
    move = verbs.add_parser(
        "repseudonymize", help="give a pseudonymized release the ids and tokens of another domain"
    )
    move.add_argument("release", help="release folder")
    add_place(move)
    add_private_key(move)
    move.add_argument("--domain", required=True, metavar="NAME", help="the domain it goes to")
    move.add_argument("--tokens", metavar="FILE", help="that domain's token key, where tokens outlive a run")
    move.add_argument("--to-escrow", metavar="URL", help="seal into another escrow (default: the same)")
    move.add_argument("--to-keys", metavar="SPEC", help="public key of that escrow")
    move.add_argument(
        "--ledger", metavar="FILE", help="who may be released; needed where the release had one"
    )
    move.add_argument("--sign", metavar="FILE", help="Ed25519 private key (PEM) for the manifest")
    move.add_argument(
        "--purpose", required=True, metavar="TEXT", help="ticket or ground; kept in the log in clear"
    )
    move.add_argument(
        "--requester", required=True, metavar="WHO", help="office that asks; kept in the log in clear"
    )
    move.add_argument("-o", "--out", required=True, metavar="DIR", help="the new release")
    move.add_argument("--json", action="store_true")
    move.set_defaults(call=_move)


def _move(arguments: argparse.Namespace) -> int:
    from deid.escrow import open_private_key, settle_decisions  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.pipeline.custody.credentials import key_access  # noqa: PLC0415
    from deid.pipeline.repseudonymize import Custody, Domain, repseudonymize  # noqa: PLC0415

    if (arguments.to_escrow is None) != (arguments.to_keys is None):
        raise InputError("--to-escrow and --to-keys go together")
    key = open_private_key(private_key_path(arguments), passphrase(arguments), key_access())
    settle_decisions(arguments.escrow, arguments.keys, private_key=key, now=now())
    done = repseudonymize(
        Path(arguments.release),
        out=Path(arguments.out),
        custody=Custody(arguments.escrow, key, arguments.purpose, arguments.requester),
        domain=Domain(
            arguments.domain,
            arguments.to_escrow or arguments.escrow,
            arguments.to_keys or arguments.keys,
            tokens=Path(arguments.tokens) if arguments.tokens else None,
            sign=Path(arguments.sign) if arguments.sign else None,
            ledger=Path(arguments.ledger) if arguments.ledger else None,
        ),
        now=now(),
    )
    if arguments.json:
        ui.emit_json({"release": str(done.release), "records": done.records, "chained": done.chained})
        return 0
    ui.say(f"moved {done.records} records to domain {arguments.domain}: {done.release}")
    if done.chained:
        ui.say(f"{done.chained} of them hold tokens made of tokens: their originals were destroyed")
    return 0
