"""``deid kanon sequences`` and ``deid kanon releases``: what one table does not show of a class."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from deid.cli import ui
from deid.cli.tables import read_table, split_names, write_table
from deid.errors import InputError, ReleaseRefused

if TYPE_CHECKING:
    import pyarrow as pa

    from deid.kanon import SequencePlan, SetPlan
    from deid.types import Json


def add_series(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verbs to those of ``deid kanon``."""
    sequences = actions.add_parser("sequences", help="who else bought, watched or visited the same")
    sequences.add_argument("table", help="CSV or Parquet file, a row a step of a person")
    sequences.add_argument("--item", required=True, metavar="A,B", help="columns that say what a step was")
    sequences.add_argument("--order", metavar="T", help="column of times: steps one after another count")
    sequences.add_argument("--known", type=int, metavar="N", help="steps the adversary knows (2; 3 in order)")
    sequences.add_argument("--hierarchies", metavar="DIR", help="one ARX hierarchy file an item column")
    sequences.add_argument(
        "--suppression",
        type=float,
        default=0.05,
        metavar="SHARE",
        help="of rows to cut (default: %(default)s)",
    )
    sequences.add_argument("-o", "--out", metavar="OUT", help="generalize and cut until --k holds, into OUT")
    releases = actions.add_parser("releases", help="what several releases say together")
    releases.add_argument("tables", nargs="+", metavar="TABLE", help="CSV or Parquet files, in their order")
    releases.add_argument("--qi", required=True, metavar="A,B", help="quasi-identifier columns")
    for verb, call in ((sequences, _sequences), (releases, _releases)):
        verb.add_argument(
            "--subject", required=True, metavar="ID", help="column that names the person of a row"
        )
        verb.add_argument("--k", type=int, metavar="K", help="refuse (exit 3) where fewer people are alike")
        verb.add_argument("--delimiter", default=",", help="of a CSV file (default: comma)")
        verb.add_argument("--json", action="store_true")
        verb.set_defaults(call=call)


def _sequences(arguments: argparse.Namespace) -> int:
    from deid import kanon  # noqa: PLC0415 - keeps `deid --help` quick

    ui.check_new(arguments.out)
    items = split_names(arguments.item)
    if arguments.order and len(items) > 1:
        raise InputError("--order goes with one --item column", hint="or leave --order out")
    known = arguments.known if arguments.known is not None else 3 if arguments.order else 2
    table = read_table(arguments.table, arguments.delimiter)
    if arguments.out:
        return _shortened(arguments, table, items, known)
    if arguments.order:
        found = kanon.check_sequences(
            table, subject=arguments.subject, order=arguments.order, item=arguments.item, known=known
        )
    else:
        found = kanon.check_sets(table, subject=arguments.subject, item=items, known=known)
    _tell(asdict(found), as_json=arguments.json)
    _refuse(_too_few(f"{arguments.table}: k of {known} known steps", found.k, arguments.k))
    return 0


def _shortened(arguments: argparse.Namespace, table: "pa.Table", items: list[str], known: int) -> int:
    """Generalize and cut, and write what is left."""
    from deid import kanon  # noqa: PLC0415 - keeps `deid --help` quick

    if arguments.k is None:
        raise InputError("--out needs --k", hint="how many people have to share what is known")
    folder = arguments.hierarchies
    hierarchies = kanon.find_hierarchies(folder, items) if folder else {}
    asked = {"k": arguments.k, "known": known, "suppression": arguments.suppression}
    output: pa.Table
    plan: SequencePlan | SetPlan
    if arguments.order:
        if not hierarchies:
            raise InputError("--order with --out needs --hierarchies", hint="a folder with one for the item")
        output, plan = kanon.enforce_sequences(
            table, subject=arguments.subject, order=arguments.order, item=items[0],
            hierarchy=hierarchies[items[0]], **asked,
        )  # fmt: skip
    else:
        output, plan = kanon.enforce_sets(
            table, subject=arguments.subject, item=items, hierarchies=hierarchies, **asked
        )
    write_table(output, Path(arguments.out))
    _tell(asdict(plan), as_json=arguments.json)
    return 0


def _releases(arguments: argparse.Namespace) -> int:
    from deid import kanon  # noqa: PLC0415 - keeps `deid --help` quick

    found = kanon.check_releases(
        [read_table(table, arguments.delimiter) for table in arguments.tables],
        quasi_identifiers=split_names(arguments.qi),
        subject=arguments.subject,
    )
    _tell(asdict(found), as_json=arguments.json)
    violations = _too_few("k over the releases", found.k, arguments.k)
    for number, (left, joined) in enumerate(zip(found.left, found.joined, strict=True), 1):
        between = f"between releases {number} and {number + 1}"
        violations += _too_few(f"people who left {between}", left or None, arguments.k)
        violations += _too_few(f"people who joined {between}", joined or None, arguments.k)
    _refuse(violations)
    return 0


def _too_few(what: str, found: int | None, wanted: int | None) -> list[str]:
    """Return the violation where fewer people are found than wanted; nobody at all is no violation."""
    if found is None or wanted is None or found >= wanted:
        return []
    return [f"{what}: {found}, below {wanted}"]


def _refuse(violations: list[str]) -> None:
    if violations:
        raise ReleaseRefused(violations)


def _tell(figures: "Json", *, as_json: bool) -> None:
    if as_json:
        ui.emit_json(figures)
    else:
        print(ui.table([(name, _plain(value)) for name, value in figures.items()], ("MEASURE", "VALUE")))


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {level}" for name, level in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(str(one) for one in value)
    return f"{value:.6g}" if isinstance(value, float) else str(value)
