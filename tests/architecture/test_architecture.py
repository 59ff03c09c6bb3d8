"""What the code promises about itself, read from its source."""

import ast
import importlib
import os
import re
import subprocess
import sys
import tomllib
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import deid
from deid import errors
from deid.config import load_config, load_operators
from deid.errors import DeidError
from deid.kanon.hierarchies import load_hierarchy
from deid.labels import LABELS
from deid.policies import load_majority, load_policy
from deid.rulesets import all_rules
from deid.sections import TransformConfig
from deid.subjects.calendar import load_calendar

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "deid"
FILES = sorted(SOURCE.rglob("*.py"))
TREES = {path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in FILES}
OUTSIDE_CLI = {name: tree for name, tree in TREES.items() if not name.startswith("cli/")}

FILE_LINES, FILE_LIMIT = 300, 500
FUNCTION_LIMIT = 50
# The present is asked for where a run or a session begins, when the caller does not give it.
ASKS_THE_TIME = {"pipeline/run.py": 2}


def dotted(node: ast.AST) -> str:
    """Return ``a.b.c`` for such an expression, "" for any other."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        inner = dotted(node.value)
        return f"{inner}.{node.attr}" if inner else ""
    return ""


def calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield dotted(node.func)


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_imports_flow_one_way() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout
    kept = re.search(r"(\d+) kept", done.stdout)
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert kept is not None
    assert int(kept[1]) == len(contracts) >= 4


PACKAGES = sorted(
    ".".join(("deid", *path.parent.relative_to(SOURCE).parts)) for path in FILES if path.stem == "__init__"
)


def _rank(name: str) -> tuple[int, str]:
    """Order as ``ruff`` does: constants, classes, functions."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


@pytest.mark.parametrize("name", PACKAGES)
def test_public_names_are_sorted_and_there(name: str) -> None:
    package = importlib.import_module(name)
    names: list[str] = list(getattr(package, "__all__", []))
    assert names == sorted(set(names), key=_rank)
    assert all(hasattr(package, public) for public in names)
    assert (package.__doc__ or "").strip()


def test_what_the_root_lists_is_what_it_exports() -> None:
    bound = {
        alias.asname or alias.name
        for node in ast.walk(TREES["__init__.py"])
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "deid"
        for alias in node.names
    }
    assert set(deid.__all__) == bound
    assert set(deid._LAZY) <= bound  # noqa: SLF001 - the names that come when they are first used
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = deid.nothing


def test_importing_the_root_loads_no_models() -> None:
    heavy = ("spacy", "sudachipy", "pyarrow", "faker", "pydantic", "numpy")
    code = f"import sys, deid; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def drawn() -> dict[str, str | None]:
    """Return each exception of the drawn tree with the one above it."""
    found: dict[str, str | None] = {}
    above: list[str] = []
    for marks, name in re.findall(r"^( *[*x+]) ([A-Z]\w+)", errors.__doc__ or "", re.MULTILINE):
        depth = "*x+".index(marks.strip())
        found[name] = above[depth - 1] if depth else None
        above[depth:] = [name]
    return found


def test_every_exception_is_in_the_drawn_tree() -> None:
    defined = {
        name: value.__base__.__name__ if value is not DeidError and value.__base__ else None
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, Exception)
    }
    assert drawn() == defined


def test_no_other_module_defines_an_exception() -> None:
    known = {"Exception", "ValueError", "RuntimeError", *drawn()}
    found = [
        (name, node.name)
        for name, tree in TREES.items()
        if name != "errors.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and known.intersection(dotted(base) for base in node.bases)
    ]
    assert found == []


def test_exit_codes_are_the_contracts() -> None:
    codes = {name: getattr(errors, name).exit_code for name in drawn()}
    assert codes == {
        "DeidError": 1, "InputError": 2, "SpanError": 2, "ConfigError": 2, "RecordError": 2, "Unwritable": 2,
        "ReleaseRefused": 3, "Overdue": 3, "EscrowError": 4, "DetectorError": 1,
    }  # fmt: skip


def test_the_library_prints_nothing() -> None:
    printing = {"print", "sys.stdout.write", "sys.stderr.write", "pprint.pprint", "warnings.warn"}
    found = {name: printing.intersection(calls(tree)) for name, tree in OUTSIDE_CLI.items()}
    assert {name: what for name, what in found.items() if what} == {}


def test_the_library_configures_no_logging() -> None:
    found = [
        name for name, tree in TREES.items() if any(m.split(".")[0] == "logging" for m in imported(tree))
    ]
    assert found == []


def test_the_library_reads_the_environment_for_credentials_alone() -> None:
    environment = re.compile(r"\b(?:os\.environb?|os\.getenv|expanduser|Path\.home|getpass)\b")
    found = {
        name
        for name, tree in OUTSIDE_CLI.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute | ast.Name | ast.Import | ast.ImportFrom)
        if environment.search(ast.unparse(node))
    }
    assert found == {"pipeline/custody/credentials.py"}


def test_the_library_reads_the_clock_in_two_places() -> None:
    clock = {"now", "utcnow", "today", "time.time", "time.time_ns", "time.localtime", "time.gmtime"}
    found = {
        name: sum(call in clock or call.rpartition(".")[2] in clock for call in calls(tree))
        for name, tree in OUTSIDE_CLI.items()
    }
    assert {name: count for name, count in found.items() if count} == ASKS_THE_TIME


def test_nothing_is_left_to_do() -> None:
    unfinished = re.compile(r"\b(?:TODO|FIXME|XXX|HACK|NotImplementedError|NotImplemented)\b")
    found = [path.name for path in FILES if unfinished.search(path.read_text(encoding="utf-8"))]
    assert found == []


OF_PEOPLE = {"text", "texts", "value", "released", "meant", "source", "surface"}
"""Fields of tuples that hold what people wrote."""


def test_no_bare_except() -> None:
    bare = [
        name
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and node.type is None
    ]
    assert bare == []


def test_no_assert_for_arguments() -> None:
    found = [name for name, tree in TREES.items() for node in ast.walk(tree) if isinstance(node, ast.Assert)]
    assert [Path(name).name for name in found] == ["fields.py"]  # for the type checker alone


def test_a_named_tuple_that_holds_text_does_not_show_it() -> None:
    showing = [
        f"{name}:{node.name}"
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "NamedTuple" for base in node.bases)
        if {ast.unparse(field.target) for field in node.body if isinstance(field, ast.AnnAssign)} & OF_PEOPLE
        if not any(isinstance(part, ast.FunctionDef) and part.name == "__repr__" for part in node.body)
    ]
    assert showing == []


def functions() -> Iterator[tuple[str, int]]:
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{name}:{node.name}", (node.end_lineno or 0) - node.lineno + 1


def test_functions_are_short() -> None:
    lengths = dict(functions())
    assert {name: length for name, length in lengths.items() if length > FUNCTION_LIMIT} == {}
    assert sorted(lengths.values())[len(lengths) // 2] <= 12


@pytest.mark.filterwarnings("default:files over:UserWarning")
def test_files_are_short() -> None:
    lengths = {path.relative_to(SOURCE).as_posix(): len(path.read_text().splitlines()) for path in FILES}
    long = {name: length for name, length in lengths.items() if length > FILE_LINES}
    if long:
        warnings.warn(f"files over {FILE_LINES} lines: {long}", stacklevel=1)
    assert {name: length for name, length in long.items() if length > FILE_LIMIT} == {}


def test_names_say_what_things_are() -> None:
    vague = re.compile(r"(?:Base|Manager|Engine|Helper|Utils?)$|^(?:Base|Abstract)[A-Z]")
    classes = [
        f"{name}:{node.name}"
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and vague.search(node.name)
    ]
    assert classes == []
    assert [name for name in TREES if re.search(r"(?:^|/)(?:utils?|helpers?|common|misc)\b", name)] == []


def test_types_are_shipped() -> None:
    assert (SOURCE / "py.typed").is_file()
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["packages"] == ["src/deid"]
    assert wheel["force-include"]["configs"] == "deid/configs"


def configs(kind: str, ending: str) -> list[Path]:
    found = sorted((ROOT / "configs" / kind).glob(f"*{ending}"))
    assert found
    return found


def test_every_shipped_configuration_is_of_a_known_kind() -> None:
    kinds = ("pipelines", "policies", "operators", "calendars", "rules")
    known = {path for kind in kinds for path in configs(kind, ".yaml")}
    assert set((ROOT / "configs").rglob("*.y*ml")) == known | {ROOT / "configs" / "majority.yaml"}


def test_tables_of_days_and_ages_can_be_read() -> None:
    assert all(load_calendar(path.stem).holidays for path in configs("calendars", ".yaml"))
    assert load_majority()


@pytest.mark.parametrize("path", configs("pipelines", ".yaml"), ids=lambda path: path.stem)
@pytest.mark.parametrize("mode", ["anonymize", "pseudonymize"])
def test_shipped_pipelines_can_be_carried_out(path: Path, mode: str) -> None:
    escrow = {"url": "sqlite:///vault/escrow.db", "keys": "local:keys/escrow.pub"}
    config = load_config(path, {"mode": mode, "escrow": escrow})
    assert load_operators(config.transform, config.mode).keys() == LABELS.keys()


@pytest.mark.parametrize("path", configs("policies", ".yaml"), ids=lambda path: path.stem)
def test_shipped_policies_hold(path: Path) -> None:
    policy = load_policy(path.stem)
    assert policy.name == path.stem
    assert policy.purposes


def test_shipped_rules_hold() -> None:
    assert {found.regime for found in all_rules()} == {"APPI", "GDPR", "CCPA"}


@pytest.mark.parametrize("path", configs("operators", ".yaml"), ids=lambda path: path.stem)
def test_shipped_operators_have_one_for_every_label(path: Path) -> None:
    assert yaml.safe_load(path.read_text(encoding="utf-8")).keys() == LABELS.keys()
    assert load_operators(TransformConfig(use=path.stem), "anonymize").keys() == LABELS.keys()


@pytest.mark.parametrize("path", configs("hierarchies", ".csv"), ids=lambda path: path.stem)
def test_shipped_hierarchies_hold(path: Path) -> None:
    assert load_hierarchy(path).height >= 1
