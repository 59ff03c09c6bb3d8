"""``deid policy``: what a policy promises, item by item; what a configuration will do, field by field."""

import argparse
from pathlib import Path

from deid.cli import ui
from deid.config import Config, load_config, load_operators
from deid.labels import LABELS
from deid.policies import PolicySpec, load_policy
from deid.treatments import PERTURBING, FieldSpec, Treatment
from deid.yamlfile import names, read_mapping


def add_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verbs of this group."""
    policy = verbs.add_parser("policy", help="check or explain a policy or a configuration")
    actions = policy.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, call, text in (
        ("check", _check, "say whether the policy is whole, or the configuration keeps it"),
        ("explain", _explain, "say what becomes of every item, or of every field and label"),
    ):
        action = actions.add_parser(name, help=text)
        action.add_argument("config", help="configuration or policy: a file, or a shipped one's name")
        action.add_argument("--mode", choices=("anonymize", "pseudonymize"))
        action.add_argument("--escrow", metavar="URL")
        action.add_argument("--keys", metavar="SPEC")
        action.add_argument("--json", action="store_true")
        action.set_defaults(call=call)


def _load(arguments: argparse.Namespace) -> Config:
    from deid.cli.run import overrides  # noqa: PLC0415 - the other group's rules for the same options
    from deid.pipeline.run import Pipeline  # noqa: PLC0415 - keeps `deid --help` quick

    return Pipeline(load_config(arguments.config, overrides(arguments))).config


def _policy(source: str) -> PolicySpec | None:
    """Return the policy that is meant, None for a configuration: one has items, the other fields."""
    path = Path(source)
    if path.is_file():
        return load_policy(source) if path.suffix == ".yaml" and "items" in read_mapping(path) else None
    return load_policy(source) if source in names("policies") else None


def _check(arguments: argparse.Namespace) -> int:
    policy = _policy(arguments.config)
    if policy is not None:
        said: dict[str, object] = {
            "ok": True,
            "policy": policy.name,
            "version": policy.version,
            "items": len(policy.items),
        }
        words = f"{len(policy.items)} items, version {policy.version}: it is whole"
    else:
        config = _load(arguments)
        unnamed = [path for path, spec in config.fields.items() if config.policy and spec.item is None]
        said = {"ok": True, "mode": config.mode, "fields": len(config.fields), "without_item": unnamed}
        words = f"{len(config.fields)} fields, mode {config.mode}: it can be carried out"
    if arguments.json:
        ui.emit_json(said)
    else:
        ui.say(f"{arguments.config}: {words}")
    return 0


def _explain(arguments: argparse.Namespace) -> int:
    policy = _policy(arguments.config)
    return _explain_config(arguments) if policy is None else _explain_policy(policy, as_json=arguments.json)


def _explain_policy(policy: PolicySpec, *, as_json: bool) -> int:
    rows = item_rows(policy)
    if as_json:
        names_ = [name.lower() for name in ITEM_HEADER]
        ui.emit_json({
            "policy": policy.name,
            "version": policy.version,
            "items": [dict(zip(names_, row, strict=True)) for row in rows],
        })  # fmt: skip
        return 0
    print(ui.table(rows, ITEM_HEADER))
    return 0


ITEM_HEADER = ("ITEM", "CLASS", "ANONYMIZE", "PSEUDONYMIZE", "CLAUSE", "PUBLISHED", "ROW")


def item_rows(policy: PolicySpec) -> list[tuple[str, ...]]:
    """Return what a policy asks of each item, in the order of ``ITEM_HEADER``."""
    headings = policy.published.en if policy.published else {}
    return [
        (
            name, item.cls, " or ".join(item.anonymize), " or ".join(item.pseudonymize), item.clause,
            headings.get(item.listed or "", "no") if policy.published else "no list", item.row,
        )
        for name, item in policy.items.items()
    ]  # fmt: skip


def _explain_config(arguments: argparse.Namespace) -> int:
    config = _load(arguments)
    policy = load_policy(config.policy) if config.policy else None
    table = load_operators(config.transform, config.mode)
    told = describe_field if arguments.json else _in_words
    fields = [(path, spec.cls, told(spec), *_promise(spec, policy)) for path, spec in config.fields.items()]
    labels = [
        (label, str(LABELS[label].cls), describe(treatment)) for label, treatment in sorted(table.items())
    ]
    if arguments.json:
        ui.emit_json(
            {
                "mode": config.mode,
                "policy": config.policy,
                "purpose": config.purpose,
                "fields": [
                    {"field": a, "class": b, "treatment": c, **({"item": d, "clause": e} if d else {})}
                    for a, b, c, d, e in fields
                ],
                "labels": [{"label": a, "class": b, "operator": c} for a, b, c in labels],
                "k": config.kanon.k,
            }
        )
        return 0
    width = 5 if policy else 3
    print(
        ui.table([row[:width] for row in fields], ("FIELD", "CLASS", "TREATMENT", "ITEM", "CLAUSE")[:width])
    )
    print()
    print(ui.table(labels, ("LABEL IN TEXT", "CLASS", "OPERATOR")))
    print(f"\nk-anonymity: k = {config.kanon.k}, by {config.kanon.method}, over fields of class quasi")
    return 0


def _promise(spec: FieldSpec, policy: PolicySpec | None) -> tuple[str, str]:
    """Return the item that a field holds, and the clause that names it; blanks where it names none."""
    if policy is None or spec.item is None:
        return "", ""
    return spec.item, policy.items[spec.item].clause


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
    for name in (*PERTURBING, "bands", "top", "coarsen", "shift", "scope"):
        value = getattr(treatment, name)
        if value is not None:
            parts = [part for part in parts if part != name] + [f"{name} {value}"]
    return ", ".join(parts)
