"""``deid policy``: what a configuration will do, field by field and label by label."""

import argparse

from deid.cli import ui
from deid.config import Config, FieldSpec, Treatment, load_config, load_operators
from deid.labels import LABELS


def add_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verbs of this group."""
    policy = verbs.add_parser("policy", help="check or explain a configuration")
    actions = policy.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, call, text in (
        ("check", _check, "say whether the configuration can be carried out"),
        ("explain", _explain, "say what becomes of every field and label"),
    ):
        action = actions.add_parser(name, help=text)
        action.add_argument("config", help="configuration file, or the name of a shipped pipeline")
        action.add_argument("--mode", choices=("anonymize", "pseudonymize"))
        action.add_argument("--escrow", metavar="URL")
        action.add_argument("--keys", metavar="SPEC")
        action.add_argument("--json", action="store_true")
        action.set_defaults(call=call)


def _load(arguments: argparse.Namespace) -> Config:
    from deid.cli.run import overrides  # noqa: PLC0415 - the other group's rules for the same options
    from deid.ingest.fields import compile_fields  # noqa: PLC0415 - keeps `deid --help` quick
    from deid.pipeline.run import check_policy  # noqa: PLC0415

    config = load_config(arguments.config, overrides(arguments))
    load_operators(config.transform, config.mode)
    compile_fields(config.fields)
    check_policy(config)
    return config


def _check(arguments: argparse.Namespace) -> int:
    config = _load(arguments)
    if arguments.json:
        ui.emit_json({"ok": True, "mode": config.mode, "fields": len(config.fields)})
    else:
        ui.say(f"{arguments.config}: {len(config.fields)} fields, mode {config.mode}: it can be carried out")
    return 0


def _explain(arguments: argparse.Namespace) -> int:
    config = _load(arguments)
    table = load_operators(config.transform, config.mode)
    told = describe_field if arguments.json else _in_words
    fields = [(path, spec.cls, told(spec)) for path, spec in config.fields.items()]
    labels = [
        (label, str(LABELS[label].cls), describe(treatment)) for label, treatment in sorted(table.items())
    ]
    if arguments.json:
        ui.emit_json(
            {
                "mode": config.mode,
                "policy": config.policy,
                "purpose": config.purpose,
                "fields": [{"field": a, "class": b, "treatment": c} for a, b, c in fields],
                "labels": [{"label": a, "class": b, "operator": c} for a, b, c in labels],
                "k": config.kanon.k,
            }
        )
        return 0
    print(ui.table(fields, ("FIELD", "CLASS", "TREATMENT")))
    print()
    print(ui.table(labels, ("LABEL IN TEXT", "CLASS", "OPERATOR")))
    print(f"\nk-anonymity: k = {config.kanon.k}, by {config.kanon.method}, over fields of class quasi")
    return 0


def describe_field(spec: FieldSpec) -> str:
    """Return a field's treatment as the configuration would say it."""
    return "drop" if spec.cls == "drop" else describe(spec.effective)


def _in_words(spec: FieldSpec) -> str:
    if spec.cls in ("drop", "text"):
        return "left out" if spec.cls == "drop" else "rewritten label by label"
    told = describe(spec.effective)
    return f"{told}, generalized until k holds" if spec.cls == "quasi" else told


def describe(treatment: Treatment) -> str:
    """Return a treatment in words."""
    parts: list[str] = [treatment.operator]
    for name in ("bands", "top", "coarsen", "shift", "scope"):
        value = getattr(treatment, name)
        if value is not None:
            parts = [part for part in parts if part != name] + [f"{name} {value}"]
    return ", ".join(parts)
