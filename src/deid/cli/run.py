"""``deid run`` and ``deid demo``: the main job."""

import argparse
import datetime
import secrets
from pathlib import Path

from deid.cli import ui
from deid.config import load_config
from deid.errors import ConfigError, InputError
from deid.store import write_bytes
from deid.yamlfile import config_folder, names

_STATE = Path("~/.local/state/deid/operator.key")


def add_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verbs of this group."""
    run = verbs.add_parser("run", help="the main job: input files to a signed release")
    run.add_argument("config", help="configuration file, or the name of a shipped pipeline")
    run.add_argument("-i", "--input", nargs="+", required=True, metavar="PATH", help="input files or folders")
    run.add_argument("-o", "--out", metavar="DIR", help="release folder (default: release/NAME)")
    run.add_argument("--mode", choices=("anonymize", "pseudonymize"), help="instead of the configuration's")
    run.add_argument("--escrow", metavar="URL", help="sqlite:///PATH or postgresql://USER@HOST/DATABASE")
    run.add_argument("--keys", metavar="SPEC", help="its public key, as local:PATH/escrow.pub")
    run.add_argument(
        "--previous", metavar="RELEASE", help="an earlier release; the gate asks of both together"
    )
    run.add_argument("--workers", type=int, default=1, metavar="N", help="processes (default: 1)")
    run.add_argument("--engine", choices=("local",), default="local", help="how shards are mapped")
    run.add_argument("--resume", action="store_true", help="go on with a run that was killed")
    run.add_argument(
        "--operator-key", metavar="FILE", default=str(_STATE),
        help="seals the key of a run until it is published, for --resume (default: %(default)s)",
    )  # fmt: skip
    run.add_argument("--json", action="store_true", help="print the summary as JSON")
    run.set_defaults(call=_run)
    demo = verbs.add_parser("demo", help="both modes on a bundled synthetic sample")
    demo.add_argument(
        "--policy",
        choices=names("policies"),
        help="the sample and pipeline of a policy (default: chats alone)",
    )
    demo.add_argument(
        "-o", "--out", default="deid-demo", metavar="DIR", help="folder to make (default: %(default)s)"
    )
    demo.add_argument("--workers", type=int, default=1, metavar="N", help="processes (default: 1)")
    demo.set_defaults(call=_demo)


def overrides(arguments: argparse.Namespace) -> dict[str, object]:
    """Return the configuration keys that the command line replaces."""
    changed: dict[str, object] = {}
    if getattr(arguments, "mode", None):
        changed["mode"] = arguments.mode
    if arguments.escrow or arguments.keys:
        if not (arguments.escrow and arguments.keys):
            raise ConfigError("--escrow and --keys go together")
        changed["escrow"] = {"url": arguments.escrow, "keys": arguments.keys}
    return changed


def _run(arguments: argparse.Namespace) -> int:
    from deid.pipeline import Pipeline  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.pipeline.working.state import goes_on  # noqa: PLC0415

    config = load_config(arguments.config, overrides(arguments))
    if arguments.previous:
        release = config.release.model_copy(update={"previous": arguments.previous})
        config = config.model_copy(update={"release": release})
    pipeline = Pipeline(config)
    out = arguments.out or f"release/{pipeline.config.release.name}"
    try:
        with ui.progress() as progress:
            result = pipeline.run(
                arguments.input,
                out=out,
                workers=arguments.workers,
                resume=arguments.resume,
                operator_key=Path(arguments.operator_key).expanduser(),
                progress=progress,
            )
    except KeyboardInterrupt:
        whole = Path(out)
        if goes_on(whole.with_name(f".{whole.name}.work")):
            ui.say("the same command with --resume goes on from here")
        raise
    if arguments.json:
        ui.emit_json(result.to_json())
        return 0
    n_spans = sum(result.spans.values())
    ui.say(
        f"read {result.records} records, {result.messages} messages; "
        f"{n_spans} findings treated; k is {result.k}"
    )
    if result.quarantine is not None:
        ui.say(f"set aside {sum(result.quarantined.values())} records: {result.quarantine}")
    if result.barred:
        reasons = ", ".join(f"{reason} {count}" for reason, count in sorted(result.barred.items()))
        ui.say(f"kept out {sum(result.barred.values())} records: {reasons}")
    if result.minors:
        ui.say(f"people under age: {result.minors}: enter them with `deid ledger add minor --subjects`")
    if result.incidents:
        found = ", ".join(f"{label} in {count} records" for label, count in result.incidents.items())
        ui.say(f"{result.status}: {found}; removed, see report/incidents.json")
    if result.sealed is not None:
        ui.say(f"sealed deleted information of {result.sealed} records in the escrow")
    ui.say(f"release {result.release}")
    ui.say(f"report {result.release / 'report' / 'index.html'}")
    return 0


def _sample(policy: str | None) -> tuple[str, Path]:
    """Return the shipped pipeline of a policy and its sample; without a policy, those of chats."""
    if policy is None:
        return "demo", config_folder("samples", "chat.jsonl.gz")
    (sample,) = config_folder("samples").glob(f"{policy}.*.gz")
    return policy, sample


def _demo(arguments: argparse.Namespace) -> int:
    from deid.escrow import init_escrow  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.pipeline import Pipeline  # noqa: PLC0415

    folder = Path(arguments.out)
    if folder.exists() and any(folder.iterdir()):
        raise InputError(f"{folder}: not empty", hint="remove it, or choose another with -o")
    name, sample = _sample(arguments.policy)
    now = datetime.datetime.now(datetime.UTC)
    custody = folder / "custodian"
    custody.mkdir(parents=True, mode=0o700)
    passphrase = custody / "passphrase.txt"
    write_bytes(passphrase, secrets.token_urlsafe(24).encode(), mode=0o600)
    escrow = init_escrow(
        f"sqlite:///{folder / 'escrow' / 'escrow.db'}",
        folder / "keys",
        passphrase=passphrase.read_bytes(),
        now=now,
    )
    for mode in ("anonymize", "pseudonymize"):
        changed: dict[str, object] = {"mode": mode}
        if mode == "pseudonymize":
            changed["escrow"] = {"url": escrow.url, "keys": escrow.keys}
        with ui.progress() as progress:
            result = Pipeline(load_config(name, changed)).run(
                [sample], out=folder / mode, workers=arguments.workers, progress=progress
            )
        found = sum(result.spans.values())
        ui.say(f"{mode}: {result.records} records, {found} findings treated, k is {result.k}")
        ui.say(f"  release  {folder / mode}")
        ui.say(f"  report   {folder / mode / 'report' / 'index.html'}")
    ui.say(f"escrow   {folder / 'escrow' / 'escrow.db'}, keys in {folder / 'keys'}")
    ui.say(f"try: deid release verify {folder / 'anonymize'}")
    ui.say(
        f"try: deid reveal run --escrow {escrow.url} --keys {escrow.keys} --passphrase-file {passphrase} "
        f"--release {folder / 'pseudonymize'} --record ID --purpose 'a look at the demo' --requester me "
        "-o revealed.json"
    )
    return 0
