"""The documentation is current: keys, verbs, labels, links, layout; and what it shows as tried runs."""

import argparse
import json
import os
import re
import runpy
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from deid.cli.main import build_parser
from deid.config import Config
from deid.labels import LABELS
from deid.policies import PolicySpec
from deid.sections import Attack
from deid.treatments import Treatment

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("configs/**/*.md")])
RUNNING = [page for page in PAGES if re.search(r"^```(?:sh|python)$", page.read_text("utf-8"), re.MULTILINE)]
# Sketches of the contract, not whole programs.
RUNNING.remove(ROOT / "docs" / "architecture.md")


@cache
def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


# --- configuration -----------------------------------------------------------------------------------


def _keys(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Yield every key below a model, as the page writes it: ``fields.PATH.class``."""
    for name, info in model.model_fields.items():
        key = f"{prefix}{info.alias or name}"
        yield key, info
        inner = _model_in(info.annotation)
        if inner is not None:
            step = "" if get_origin(info.annotation) is not dict else ".PATH" if name == "fields" else ".NAME"
            yield from _keys(inner, f"{key}{step}.")


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model that a field holds; a treatment has a table of its own, whatever holds it."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return None if annotation is Treatment else annotation
    if get_origin(annotation) in (dict, Union, UnionType):
        return next(filter(None, map(_model_in, get_args(annotation))), None)
    return None


def _documented() -> dict[str, str]:
    """Return the first two cells of every row of the page: key and default."""
    rows = re.findall(r"^\| `([^`]+)` \| ([^|]+?) +\|", _read("docs/configuration.md"), re.MULTILINE)
    return dict(rows)


def _default(info: FieldInfo) -> set[str]:
    """Return the ways in which a default may be written."""
    if info.is_required():
        return {"required"}
    value = info.get_default(call_default_factory=True)
    if isinstance(value, BaseModel):
        return {"see below"}
    if value is None:
        return {"none"}
    if isinstance(value, dict):
        return {"empty"} if not value else {_flow(value)}
    return {_flow(list(value) if isinstance(value, tuple) else value)}


def _flow(value: object) -> str:
    return "`" + json.dumps(value).replace('"', "") + "`"


def _configuration_keys() -> list[tuple[str, FieldInfo]]:
    return [*_keys(Config), *_keys(Treatment, "treatment."), *_keys(PolicySpec)]


@pytest.mark.parametrize(("key", "info"), [pytest.param(*item, id=item[0]) for item in _configuration_keys()])
def test_every_configuration_key_is_documented_with_its_default(key: str, info: FieldInfo) -> None:
    documented = _documented()
    assert key in documented, f"docs/configuration.md has no row for `{key}`"
    if not key.startswith("treatment."):
        assert documented[key] in _default(info)


def test_no_documented_key_is_unknown() -> None:
    known = {key for key, _ in _configuration_keys()}
    dotted = {key for key in _documented() if re.fullmatch(r"[a-zA-Z_]+(?:\.[a-zA-Z_]+)+", key)}
    assert dotted <= known


# --- command line ------------------------------------------------------------------------------------


def _verbs(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    groups = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]  # noqa: SLF001
    if not groups:
        yield parser
    for group in groups:
        for child in group.choices.values():
            yield from _verbs(child)


VERBS = list(_verbs(build_parser()))


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.prog)
def test_every_verb_and_option_is_documented(verb: argparse.ArgumentParser) -> None:
    page = _read("docs/command-line.md")
    assert f"## {verb.prog}\n" in page
    section = page.split(f"## {verb.prog}\n")[1].split("\n## ")[0]
    for action in verb._actions:  # noqa: SLF001
        for option in action.option_strings:
            assert option in ("-h", "--help") or re.search(rf"`{option}[` ]", section), option


def test_the_results_are_those_that_the_page_of_benchmarks_names() -> None:
    named = re.findall(
        r"`([a-z-]+\.(?:json|svg))`", _read("benchmarks/README.md").split("| result |")[1].split("\n\n")[0]
    )
    assert set(named) == {path.name for path in (ROOT / "benchmarks" / "results").iterdir()}


def test_the_command_line_page_is_current() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "generate.py"))["page"]()
    assert made == _read("docs/command-line.md"), "run: python docs/generate.py"


def test_the_page_of_the_policies_is_current() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "generate.py"))["policies_page"]()
    assert made == _read("docs/policies.md"), "run: python docs/generate.py"


def test_architecture_says_which_verbs_exist() -> None:
    contract, planned = _read("docs/architecture.md").split("### 5.1")[1].split("Not built yet:")
    for verb in VERBS:
        assert f"`{verb.prog}" in contract, verb.prog
    for verb in re.findall(r"^\| `(deid [a-z]+(?: [a-z]+)?)", planned.split("Chat input")[0], re.MULTILINE):
        if verb not in ("deid run", "deid kanon enforce"):  # options of these, not the verbs
            assert verb not in [known.prog for known in VERBS], verb


# --- labels, layout, links ---------------------------------------------------------------------------


def test_every_label_has_a_definition_and_stands_in_the_architecture() -> None:
    vocabulary = _read("docs/architecture.md").split("## 4.")[1].split("## 5.")[0]
    for label in LABELS.values():
        assert label.definition.strip(), label.name
        assert label.source.strip(), label.name
        row = next(line for line in vocabulary.splitlines() if line.startswith(f"| {label.cls}"))
        assert re.search(rf"\b{label.name}\b", row), label.name


def test_labels_named_in_the_configuration_page_exist() -> None:
    named = set(re.findall(r"\b[A-Z]{2,}(?:_[A-Z]+)+\b", _read("docs/configuration.md")))
    assert named <= LABELS.keys()


def test_the_layout_of_the_architecture_is_the_layout() -> None:
    layout = _read("docs/architecture.md").split("```\nsrc/deid/\n")[1].split("```")[0]
    for package, text in re.findall(r"^  ([a-z]+)/(.*(?:\n {10,}.*)*)", layout, re.MULTILINE):
        folder = ROOT / "src" / "deid" / package
        assert folder.is_dir(), package
        modules = {path.name for path in folder.rglob("*.py")}
        assert set(re.findall(r"\b[a-z_]+\.py\b", text)) <= modules, package
    packages = {path.parent.name for path in (ROOT / "src" / "deid").glob("*/__init__.py")}
    assert packages == set(re.findall(r"^  ([a-z]+)/", layout, re.MULTILINE))


@pytest.mark.parametrize("name", get_args(Attack))
def test_every_attack_is_on_both_pages(name: str) -> None:
    assert f"| `{name}` | " in _read("docs/risk.md")
    (row,) = re.findall(r"^\| `risk\.attacks` .*", _read("docs/configuration.md"), re.MULTILINE)
    assert f"`{name}`" in row


@pytest.mark.parametrize("page", ["docs/architecture.md", "CONTRIBUTING.md"])
def test_the_layers_that_a_page_draws_are_the_contract(page: str) -> None:
    contracts = tomllib.loads(_read("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = [layer.replace("deid.", "") for layer in contracts[0]["layers"]]
    drawn = " > ".join(f"({layer})" if "|" in layer else layer for layer in layers)
    assert f"\n{drawn}\n" in _read(page)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_relative_links_resolve(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{page.name}: {target}"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", there.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {_anchor(heading) for heading in headings}, f"{page.name}: {target}"


def _anchor(heading: str) -> str:
    """Return a heading's anchor, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


# --- what the pages show as tried --------------------------------------------------------------------


def _blocks(page: Path, language: str) -> str:
    found = re.findall(
        rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    return "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("page", RUNNING, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_shows_runs(page: Path, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    script = "set -euo pipefail\n" + _blocks(page, "sh")
    said = []
    for command in (["bash", "-c", script], [sys.executable, "-c", _blocks(page, "python")]):
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:]
        said += done.stderr.splitlines()
    shown = [line for line in _blocks(page, "console").splitlines() if line.startswith("deid: ")]
    assert {_shape(line) for line in shown} <= {
        _shape(line.replace(f"{tmp_path}/", "/home/you/")) for line in said
    }


def _shape(line: str) -> str:
    """Return a line without the figures that differ from version to version."""
    return re.sub(r"[0-9]+", "0", line)


def test_pages_that_run_are_the_ones_meant() -> None:
    names = {str(page.relative_to(ROOT)) for page in RUNNING}
    assert {
        "README.md",
        "docs/getting-started.md",
        "docs/custody.md",
        "docs/papers.md",
        "docs/kanonymity.md",
        "docs/python.md",
        "docs/release.md",
        "docs/rights.md",
    } == names
