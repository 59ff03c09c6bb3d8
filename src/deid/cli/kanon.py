"""``deid kanon``: measure or enforce k-anonymity of any table."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from deid.cli import ui
from deid.cli.series import add_series
from deid.cli.tables import read_batches, read_table, split_names, write_table
from deid.errors import InputError, ReleaseRefused

if TYPE_CHECKING:
    from deid.types import Json


def add_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verbs of this group."""
    group = verbs.add_parser("kanon", help="k-anonymity of a table")
    actions = group.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = actions.add_parser("check", help="measure privacy models")
    enforce = actions.add_parser("enforce", help="generalize and suppress until k holds")
    of = {check: "sensitive column, for t-closeness", enforce: "quasi-identifier"}
    for action in (check, enforce):
        action.add_argument("table", help="CSV or Parquet file")
        action.add_argument("--qi", required=True, metavar="A,B", help="quasi-identifier columns")
        action.add_argument("--sensitive", default="", metavar="S", help="sensitive columns")
        action.add_argument("--subject", metavar="ID", help="column that names the person of a row")
        action.add_argument("--hierarchies", metavar="DIR", help=f"one ARX hierarchy file a {of[action]}")
        action.add_argument("--delimiter", default=",", help="of a CSV file (default: comma)")
        action.add_argument("--json", action="store_true")
    check.add_argument("--household", metavar="MARK", help="column that people of one household share")
    check.add_argument("--population", metavar="FILE", help="table of the population, for k-map")
    check.add_argument("--population-size", type=int, metavar="N", help="people in it, for estimates")
    check.add_argument("--weight", metavar="W", help="column: people of the population each one stands for")
    check.add_argument(
        "--null",
        choices=("value", "wildcard"),
        default="value",
        help="a missing value: one of its own, or any (default: %(default)s)",
    )
    enforce.add_argument("--learn", default="", metavar="A,B", help="columns whose hierarchy is learned")
    enforce.add_argument("--k", type=int, required=True, metavar="K", help="people in a class, at least")
    enforce.add_argument("--l", type=int, metavar="L", help="distinct sensitive values in a class, at least")
    enforce.add_argument("--t", type=float, metavar="T", help="distance of a class from everybody, at most")
    enforce.add_argument(
        "--suppression",
        type=float,
        default=0.02,
        metavar="SHARE",
        help="share of people (default: %(default)s)",
    )
    enforce.add_argument("--method", choices=("lattice", "local", "mondrian"), default="lattice")
    enforce.add_argument("-o", "--out", required=True, metavar="OUT", help="CSV or Parquet file")
    verify = actions.add_parser("verify", help="count a written table again, in SQL (extra `sql`)")
    verify.add_argument("table", help="CSV or Parquet file that `kanon enforce` wrote")
    verify.add_argument("plan", help="what `kanon enforce --json` printed")
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(call=_verify)
    add_series(actions)
    check.set_defaults(call=_check)
    enforce.set_defaults(call=_enforce)


def _check(arguments: argparse.Namespace) -> int:
    from deid import kanon  # noqa: PLC0415 - keeps `deid --help` quick

    folder, others = arguments.hierarchies, arguments.population
    names, sensitive = split_names(arguments.qi), split_names(arguments.sensitive)
    hierarchies = kanon.find_hierarchies(folder, sensitive) if folder else None
    in_pieces = arguments.null == "value" and not arguments.weight and not others
    roles = [name for name in (arguments.subject, arguments.household) if name]
    if in_pieces and (arguments.subject or not arguments.household):
        with read_batches(arguments.table, arguments.delimiter, [*names, *sensitive, *roles]) as batches:
            found = kanon.check_batches(
                batches,
                quasi_identifiers=names,
                subject=arguments.subject,
                sensitive=sensitive,
                household=arguments.household,
                population_size=arguments.population_size,
                hierarchies=hierarchies,
            )
    else:
        roles = [*names, *sensitive, *roles, arguments.weight]
        found = kanon.check(
            read_table(arguments.table, arguments.delimiter, roles),
            quasi_identifiers=names,
            subject=arguments.subject,
            sensitive=sensitive,
            household=arguments.household,
            population=read_table(others, arguments.delimiter) if others else None,
            population_size=arguments.population_size,
            hierarchies=hierarchies,
            weight=arguments.weight,
            null=arguments.null,
        )
    measures = found.to_json()
    if arguments.json:
        ui.emit_json(measures)
        return 0
    plain = [(name, _shown(value)) for name, value in measures.items() if not isinstance(value, dict)]
    print(ui.table(plain, ("MEASURE", "VALUE")))
    return 0


def _enforce(arguments: argparse.Namespace) -> int:
    from deid import kanon  # noqa: PLC0415 - keeps `deid --help` quick

    ui.check_new(arguments.out)
    names = split_names(arguments.qi)
    learned = split_names(arguments.learn)
    given = [name for name in names if name not in learned]
    if given and not arguments.hierarchies:
        raise InputError(
            "kanon enforce needs --hierarchies", hint="a folder with one ARX file a column, or --learn"
        )
    source = read_table(arguments.table, arguments.delimiter)
    hierarchies = kanon.load_hierarchies(arguments.hierarchies, given) if given else {}
    hierarchies |= kanon.learn_hierarchies(source, learned, k=arguments.k, subject=arguments.subject)
    table, plan = kanon.enforce(
        source,
        k=arguments.k,
        quasi_identifiers=names,
        hierarchies=hierarchies,
        subject=arguments.subject,
        sensitive=split_names(arguments.sensitive),
        l=arguments.l,
        t=arguments.t,
        suppression=arguments.suppression,
        method=arguments.method,
    )
    write_table(table, Path(arguments.out))
    found = plan.to_json()
    if arguments.json:
        ui.emit_json(found)
    else:
        loss = f"mean loss {found['ncp']:.6f}"
        ui.say(f"k is {found['k']}, suppressed {found['suppressed']}, {loss}: {arguments.out}")
    return 0


_CERTIFIED = ("rows", "subjects", "k", "classes", "uniques", "l_distinct", "t_equal")


def _verify(arguments: argparse.Namespace) -> int:
    from deid.kanon.sql import Roles, recompute  # noqa: PLC0415 - keeps `deid --help` quick

    said = _certificate(Path(arguments.plan))
    quasi, sensitive = ([(name,) for name in said[role]] for role in ("quasi_identifiers", "sensitive"))
    subject = None if said["subject"] is None else (said["subject"],)
    table = Path(arguments.table)
    if not table.is_file():
        raise InputError(f"{table}: no such file")
    found = recompute([table], Roles(tuple(quasi), subject, tuple(sensitive), missing_is_value=True))
    if wrong := [name for name in _CERTIFIED if found[name] != said[name]]:
        raise ReleaseRefused([f"{table}: the certificate says otherwise of {name}" for name in wrong])
    if arguments.json:
        ui.emit_json(found)
    else:
        ui.say(f"{table}: k is {found['k']}, as certified, for {found['subjects']} people")
    return 0


def _certificate(path: Path) -> "Json":
    try:
        certificate: Json = orjson.loads(path.read_bytes())["certificate"]
        if all(name in certificate for name in _CERTIFIED) and _names_columns(certificate):
            return certificate
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise InputError(f"{path}: holds no certificate", hint="give what `deid kanon enforce --json` printed")


def _names_columns(certificate: "Json") -> bool:
    """Return whether a certificate says, by name, which columns it is about."""
    quasi, sensitive, subject = (certificate[role] for role in ("quasi_identifiers", "sensitive", "subject"))
    named = isinstance(quasi, list) and isinstance(sensitive, list) and bool(quasi)
    return named and all(isinstance(name, str) for name in (*quasi, *sensitive, subject or ""))


def _shown(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
