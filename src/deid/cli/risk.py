"""``deid risk``: attack a release, and read the result against a gate."""

import argparse
import datetime
import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from deid.cli import ui
from deid.errors import InputError
from deid.types import Json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deid.config import Config
    from deid.release.gate import Check
    from deid.risk.assess import Assessment, Measure
    from deid.risk.corpus import Source

_MODELS = ("scorer", "scorer_command", "language_model")


def add_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb."""
    risk = verbs.add_parser("risk", help="attack a release and measure what the attacks achieve")
    risk.add_argument("release", help="release folder; with -c, a folder or file of records")
    risk.add_argument("--source", nargs="+", required=True, metavar="PATH", help="the input it was made from")
    risk.add_argument("-c", "--config", metavar="CONFIG", help="for records that carry no configuration")
    risk.add_argument(
        "--ledger", metavar="FILE", help="whose input may be read; needed where the release had one"
    )
    risk.add_argument("--earlier", metavar="RELEASE", help="an earlier release, to be joined with this one")
    risk.add_argument("--attacks", default="", metavar="A,B", help="names of attacks (default: all)")
    risk.add_argument(
        "--gate", choices=("internal", "controlled", "public"), help="exit 3 when its limits do not hold"
    )
    risk.add_argument(
        "--scorer",
        metavar="MODULE:FUNCTION",
        help="your model of the release: texts in, one score a text out",
    )
    risk.add_argument(
        "--scorer-command", metavar="COMMAND", help='the same: {"text": …} a line in, {"score": …} a line out'
    )
    risk.add_argument(
        "--canaries", metavar="FILE",
        help="sentences planted in the source, one a line, the secret in {braces}: does a model prefer them?",
    )  # fmt: skip
    risk.add_argument(
        "--language-model", metavar="URL",
        help="attack with a model behind an endpoint like OpenAI's; released text is sent there",
    )  # fmt: skip
    risk.add_argument("--language-model-name", default="default", metavar="NAME", help="its name there")
    risk.add_argument("--language-model-key", metavar="FILE", help="file that holds its bearer token")
    risk.add_argument(
        "--authorised-assessment", metavar="REASON",
        help="why these people's data may be attacked; required, and logged",
    )  # fmt: skip
    risk.add_argument(
        "--log", metavar="FILE", help="where assessments are logged (default: RELEASE.assessments.jsonl)"
    )
    risk.add_argument("-o", "--out", metavar="FILE", help="write the result as JSON")
    risk.add_argument("--json", action="store_true", help="print the result as JSON")
    risk.set_defaults(call=_risk)


def _risk(arguments: argparse.Namespace) -> int:
    from deid.config import load_config  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.release.gate import enforce  # noqa: PLC0415
    from deid.risk.assess import assess, check_tried, known_attacks  # noqa: PLC0415
    from deid.risk.gates import attacks_of  # noqa: PLC0415

    read = (
        arguments.release,
        arguments.config,
        arguments.canaries,
        arguments.language_model_key,
        arguments.ledger,
    )
    ui.clear(arguments.out, [*read, *arguments.source])
    reason = _authorisation(arguments)
    asked = known_attacks([name.strip() for name in arguments.attacks.split(",") if name.strip()])
    names = attacks_of(arguments.gate, asked) if arguments.gate else asked
    config = load_config(arguments.config) if arguments.config else None
    source = _source(arguments, config)
    beside = _beside(arguments, reason)
    _log(arguments, names, reason)
    found = assess(
        arguments.release,
        source=source,
        attacks=names,
        config=config,
        earlier=arguments.earlier,
        beside=beside,
    )
    if not arguments.gate:
        check_tried(asked if arguments.attacks else (), found.results)
    checks = _checks(arguments, found, names) if arguments.gate else ()
    document = {
        "manifest": _manifest_digest(Path(arguments.release)),
        "gate": arguments.gate,
        "checks": [asdict(item) for item in checks],
        **found.to_json(),
    }
    _show(arguments, found, document)
    if checks:
        enforce(checks, hint="the release stays where it is; docs/risk.md says what each attack is")
    if arguments.out:
        ui.emit_json(document, arguments.out)
    return 0


def _source(arguments: argparse.Namespace, config: "Config | None") -> "Source":
    """Return the input as a run would read it today: nothing of those whom the ledger keeps out."""
    from deid.pipeline.admitting.cleared import Clearing  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.risk.corpus import LOCK, Source, release_config  # noqa: PLC0415

    release = Path(arguments.release)
    made = config or release_config(release)
    ledger = arguments.ledger or (config.ledger if config else None)
    # A configuration given beside a release does not undo that the release had a ledger.
    for each in filter(None, (arguments.release, arguments.earlier)):
        if ledger is None and (Path(each) / LOCK).is_file() and release_config(Path(each)).ledger is not None:
            raise InputError(
                f"{each}: was made with a ledger", hint="give it with --ledger: it is asked again"
            )
    if ledger is None:
        return Source(arguments.source)
    return Source(arguments.source, Clearing.load(made.model_copy(update={"ledger": ledger})).allowed)


def _authorisation(arguments: argparse.Namespace) -> str:
    reason = str(arguments.authorised_assessment or "").strip()
    if not reason:
        raise InputError(
            "an attack on people's data needs --authorised-assessment REASON",
            hint="who allowed it and what for; it is written to the log, results are aggregates only",
        )
    return reason


def _checks(arguments: argparse.Namespace, found: "Assessment", names: "Sequence[str]") -> "Sequence[Check]":
    from deid.release.gate import attack_checks, gate_named  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.risk.gates import attacks_made  # noqa: PLC0415

    run = names if arguments.attacks else attacks_made(found.results)  # by name, or whatever could be tried
    return attack_checks(
        gate_named(arguments.gate),
        found.results,
        run,
        matched=found.least_matched,
        joined=found.earlier is not None,
    )


def _beside(arguments: argparse.Namespace, reason: str) -> "list[Measure]":
    """Return the attacks with models of the user's own."""
    from deid.risk import scorers  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.risk.attacks import canaries, language_model, own_model  # noqa: PLC0415
    from deid.risk.endpoint import Endpoint  # noqa: PLC0415

    models = [
        read(given)
        for read, given in (
            (scorers.imported, arguments.scorer),
            (scorers.commanded, arguments.scorer_command),
        )
        if given is not None
    ]
    found: list[Measure] = [own_model.attack(model) for model in models]
    if arguments.canaries is not None:
        planted = canaries.read(_lines(arguments.canaries))
        found += [canaries.attack(planted, model) for model in (None, *models)]
    if arguments.language_model is not None:
        key = _token(arguments.language_model_key) if arguments.language_model_key else None
        found.append(
            language_model.attack(
                Endpoint(arguments.language_model, arguments.language_model_name, reason, key)
            )
        )
    return found


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        raise InputError(f"{path}: no list of canaries could be read") from None


def _token(path: str) -> str:
    try:
        return Path(path).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        raise InputError(f"{path}: no bearer token could be read") from None


def _manifest_digest(release: Path) -> str | None:
    """Return the SHA-256 that names a release; None for records without a manifest."""
    manifest = release / "manifest.json"
    return hashlib.sha256(manifest.read_bytes()).hexdigest() if manifest.is_file() else None


def _log(arguments: argparse.Namespace, names: tuple[str, ...], reason: str) -> None:
    """Append to the log before anything is attacked."""
    release = Path(arguments.release)
    line = {
        "when": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "release": release.name,
        "manifest_sha256": _manifest_digest(release),
        "attacks": list(names),
        "models": [name for name in _MODELS if getattr(arguments, name) is not None],
        "reason": reason,
    }
    path = Path(arguments.log or release.absolute().with_name(f"{release.absolute().name}.assessments.jsonl"))
    with path.open("a", encoding="utf-8") as handle:
        handle.write(json.dumps(line, ensure_ascii=False) + "\n")


def _show(arguments: argparse.Namespace, found: "Assessment", document: Json) -> None:
    if arguments.json:
        ui.emit_json(document)
        return
    rows = [
        (
            " · ".join(filter(None, (item.attack, item.notes.get("split")))),
            item.criterion,
            f"{item.released.value:.3f} [{item.released.low:.3f}, {item.released.high:.3f}]",
            f"{item.control.value:.3f}",
            "–" if item.raw is None else f"{item.raw.value:.3f}",
            f"{item.tails[0.1].value:.3f}" if 0.1 in item.tails else "–",
            "yes" if item.sound else "no",
        )
        for item in found.results
    ]
    header = ("ATTACK", "CRITERION", "RELEASED", "CONTROL", "RAW", "SUREST 10 %", "SOUND")
    print(ui.table(rows, header))
    ui.say(f"{found.people} people, {found.documents} messages, {found.matched:.1%} of the release found")
