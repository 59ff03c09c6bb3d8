"""``deid release`` beyond ``verify``: papers, publication, provision, receipt, what the register holds."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from deid.cli import ui
from deid.cli.arguments import now
from deid.cli.registered import add_register, day, public_key, register_of, release_action, source_of, told
from deid.errors import ConfigError, EscrowError, InputError, Overdue
from deid.store import is_inside, new_folder, write_bytes

if TYPE_CHECKING:
    from deid.papers import Bilingual
    from deid.provision import Register


def add_actions(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the actions of this group."""
    papers = release_action(actions, "papers", "write every paper that a release has by itself", _papers)
    papers.add_argument("-o", "--out", required=True, metavar="DIR", help="new folder")
    _add_publish(actions)
    _add_provide(actions)
    _add_receive(actions)
    _add_lists(actions)


def _add_method(action: argparse.ArgumentParser, text: str) -> None:
    action.add_argument("--method-ja", metavar="TEXT", help=f"{text}, in Japanese")
    action.add_argument("--method-en", metavar="TEXT", help=f"{text}, in English")


def _add_publish(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    publish = release_action(actions, "publish", "enter a publication and write its statement", _publish)
    add_register(publish)
    publish.add_argument("--where", required=True, metavar="ADDRESS", help="where everybody can read it")
    publish.add_argument("--on", metavar="DATE", help="day of publication (default: today)")
    _add_method(publish, "how it will be provided to third parties")
    publish.add_argument(
        "--statement", metavar="FILE", help="a statement of your own: items in `ja` and `en`"
    )
    publish.add_argument("-o", "--out", required=True, metavar="DIR", help="new folder for the statement")


def _add_provide(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    provide = release_action(actions, "provide", "write a bundle for a recipient, and the record", _provide)
    add_register(provide)
    provide.add_argument("--recipients", required=True, metavar="FILE", help="file of the recipients")
    provide.add_argument("--recipient", required=True, metavar="ID", help="one of them")
    provide.add_argument("--on", metavar="DATE", help="day of provision (default: today)")
    _add_method(provide, "how it gets there, as published")
    provide.add_argument("--sign", metavar="FILE", help="Ed25519 private key (PEM) for the bundle's list")
    provide.add_argument("-o", "--out", required=True, metavar="DIR", help="new folder for the bundle")


def _add_receive(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    receive = release_action(
        actions, "receive", "bring in a bundle and, apart, its deleted information", _receive
    )
    add_register(receive)
    receive.add_argument("--policy", required=True, metavar="NAME", help="whose promises hold for it")
    receive.add_argument(
        "--purpose", metavar="NAME", help="published purpose (default: one has to be published)"
    )
    receive.add_argument("--data", required=True, metavar="DIR", help="new folder for the bundle")
    receive.add_argument("--deleted", metavar="PATH", help="its deleted information, as it came")
    receive.add_argument("--vault", metavar="DIR", help="new folder for that, apart from --data")


def _add_lists(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    records = actions.add_parser("records", help="what the register holds, of one release or of all")
    add_register(records)
    records.add_argument("--release", metavar="DIR", help="only of this release")
    records.add_argument(
        "--checkpoint", metavar="FILE", help="signed before; exit 3 when it is not so any more"
    )
    records.add_argument("--public-key", metavar="FILE", help="Ed25519 public key (PEM) of who signed it")
    records.set_defaults(call=_records)
    sign = actions.add_parser("checkpoint", help="sign the register as it stands, to be kept elsewhere")
    add_register(sign)
    sign.add_argument("--sign", required=True, metavar="FILE", help="Ed25519 private key (PEM)")
    sign.add_argument("-o", "--out", required=True, metavar="FILE", help="new file")
    sign.set_defaults(call=_checkpoint)
    due = actions.add_parser(
        "due", help="what has to be done about releases; exit 3 when something is overdue"
    )
    add_register(due)
    due.add_argument("--on", metavar="DATE", help="day to look from (default: today)")
    due.add_argument("--json", action="store_true")
    due.set_defaults(call=_due)


def _kept_register(arguments: argparse.Namespace) -> "Register":
    """Return a register that is there: of a misspelt one nothing would ever be due."""
    if not Path(arguments.register).exists():
        raise EscrowError(f"{arguments.register}: no such register", hint="`deid release publish` makes one")
    return register_of(arguments)


def _papers(arguments: argparse.Namespace) -> int:
    from deid.papers import render_papers  # noqa: PLC0415 - keeps `deid --help` quick

    return _write(arguments, render_papers(source_of(arguments.folder, arguments)))


def _publish(arguments: argparse.Namespace) -> int:
    from deid.provision import publish  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.provision.publish import check_statement  # noqa: PLC0415
    from deid.yamlfile import read_mapping  # noqa: PLC0415

    source = source_of(arguments.folder, arguments)
    if arguments.statement:
        check_statement(source, read_mapping(Path(arguments.statement)))
    _check_out(arguments)
    event, statements = publish(
        source, register_of(arguments), on=day(arguments.on), where=arguments.where,
        method=_method(arguments), now=now(),
    )  # fmt: skip
    ui.say(f"publication {event.n} of {source.name} is entered, on {event.facts['on']}")
    return _write(arguments, statements)


def _provide(arguments: argparse.Namespace) -> int:
    from deid.provision import Provision, load_recipients, provide  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.release.signing import read_private_key  # noqa: PLC0415

    method = _method(arguments)
    if method is None:
        raise ConfigError("--method-ja and --method-en say how it gets there")
    sign = read_private_key(Path(arguments.sign)) if arguments.sign else None
    event = provide(
        source_of(arguments.folder, arguments),
        Path(arguments.out),
        Provision(recipient=arguments.recipient, on=day(arguments.on), method=method, sign=sign),
        recipients=load_recipients(Path(arguments.recipients)),
        register=register_of(arguments),
        now=now(),
    )
    return told(arguments, event, f"entered provision {event.n}; bundle {arguments.out}")


def _receive(arguments: argparse.Namespace) -> int:
    from deid.policies import load_policy  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.provision import receive  # noqa: PLC0415
    from deid.provision.receive import Arrival  # noqa: PLC0415

    event = receive(
        Arrival(
            bundle=Path(arguments.folder),
            data=Path(arguments.data),
            deleted=Path(arguments.deleted) if arguments.deleted else None,
            vault=Path(arguments.vault) if arguments.vault else None,
        ),
        register_of(arguments),
        policy=load_policy(arguments.policy),
        purpose=arguments.purpose,
        public_key=public_key(arguments),
        now=now(),
    )
    due = event.facts["purpose_due"]
    more = f"; its purpose has to be published by {due}" if due else ""
    return told(arguments, event, f"entered receipt {event.n}{more}")


def _records(arguments: argparse.Namespace) -> int:
    register = _kept_register(arguments)
    wanted = None
    if arguments.release:
        wanted = source_of(arguments.release, argparse.Namespace(public_key=None)).digest
    if arguments.checkpoint:
        from deid.provision.checkpoint import check_register  # noqa: PLC0415 - keeps `deid --help` quick

        key = public_key(arguments)
        since = check_register(register, Path(arguments.checkpoint), public_key=key)
        ui.say(f"as it was signed; {since} entries since")
    with ui.output(None) as out:
        for event in register.events:
            if wanted in (None, event.manifest):
                out.write(f"{json.dumps(asdict(event), ensure_ascii=False)}\n".encode())
    return 0


def _checkpoint(arguments: argparse.Namespace) -> int:
    from deid.provision.checkpoint import sign_register  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.release.signing import read_private_key  # noqa: PLC0415

    ui.check_new(arguments.out)
    signed = sign_register(_kept_register(arguments), read_private_key(Path(arguments.sign)), now=now())
    write_bytes(Path(arguments.out), signed)
    ui.say(f"signed {arguments.register}: {arguments.out}")
    return 0


def _due(arguments: argparse.Namespace) -> int:
    from deid.provision import tasks  # noqa: PLC0415 - keeps `deid --help` quick

    found = tasks(_kept_register(arguments), today=day(arguments.on))
    rows = [{**asdict(task), "due": task.due.isoformat()} for task in found]
    if arguments.json:
        ui.emit_json(rows)
    else:
        print("\n".join(f"{task.due}  {task.release}  {task.what}" for task in found))
    if late := [task for task in found if task.overdue]:
        raise Overdue(f"{arguments.register}: {len(late)} of {len(found)} are overdue")
    return 0


def _write(arguments: argparse.Namespace, papers: dict[str, str]) -> int:
    """Write papers into a new folder, all of them or none; nothing is overwritten."""
    _check_out(arguments)
    folder = Path(arguments.out)
    with new_folder(folder) as partial:
        for name, text in papers.items():
            write_bytes(partial / name, text.encode())
    if arguments.json:
        ui.emit_json({"out": str(folder), "papers": sorted(papers)})
    else:
        ui.say(f"{folder}: {', '.join(sorted(papers))}")
    return 0


def _check_out(arguments: argparse.Namespace) -> None:
    """Refuse a folder that cannot be made, or would alter the release."""
    ui.check_new(arguments.out)
    if is_inside(Path(arguments.out), Path(arguments.folder)):
        raise InputError(f"{arguments.out}: inside the release", hint="nothing is added to a release")


def _method(arguments: argparse.Namespace) -> "Bilingual | None":
    from deid.papers import Bilingual  # noqa: PLC0415 - keeps `deid --help` quick

    if not arguments.method_ja and not arguments.method_en:
        return None
    if not (arguments.method_ja and arguments.method_en):
        raise ConfigError("--method-ja and --method-en go together")
    return Bilingual(arguments.method_ja, arguments.method_en)
