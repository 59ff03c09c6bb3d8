"""Figures that the pages quote are those of the results."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
AT, LATER = "0123456789ab", "fedcba987654+"
RESULTS = [
    {"name": "raw", "scope": "person", "top1": {"value": 0.31655, "high": 0.4}},
    {"name": "raw", "scope": "message", "top1": {"value": 0.04681, "high": 0.1}},
    {"name": "raw", "what": "utility", "perplexity": 900.0},
    {"name": "mask 3", "scope": "person", "top1": {"value": 0.25, "high": 0.3}},
    {"name": "mask 3", "what": "utility", "perplexity": 1080.0},
    {"name": "later", "scope": "person", "top1": {"value": 0.2, "high": 0.3}, "commit": LATER},
]


def _figures() -> ModuleType:
    spec = importlib.util.spec_from_file_location("figures", ROOT / "docs" / "figures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


FIGURES = _figures()


@pytest.fixture
def _results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sample.json").write_text(json.dumps({"commit": AT, "results": RESULTS}), encoding="utf-8")
    monkeypatch.setattr(FIGURES, "RESULTS", tmp_path)


@pytest.mark.parametrize("page", FIGURES.PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_quotes_what_was_measured(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert FIGURES.put(text) == text, "run: python docs/figures.py"


def test_some_pages_name_the_results_of_their_figures() -> None:
    assert sum(page.read_text(encoding="utf-8").count("<!-- figures ") for page in FIGURES.PAGES) > 2


@pytest.mark.usefixtures("_results")
def test_a_figure_in_a_sentence_is_put_right() -> None:
    mark = (
        "<!-- figures sample.json name=raw; scope=person: links {top1.value:.3f} of them, {top1.high:.1f} -->"
    )
    assert FIGURES.put(f"{mark}\nIt links 0.9\nof them, 0.4.") == f"{mark}\nIt links 0.317\nof them, 0.4."


@pytest.mark.usefixtures("_results")
def test_each_row_of_a_table_has_the_figures_of_its_result() -> None:
    mark = (
        "<!-- figures sample.json scope=person\nrows raw; masked = mask 3\n"
        ": | {} | {top1.value:.2f} | {perplexity / perplexity name=raw:.2f} | -->"
    )
    table = "| a | b | c |\n| --- | --- | --- |\n| raw | 0.32 | {} |\n| masked | {} | 1.20 |\n"
    assert FIGURES.put(f"{mark}\n{table.format('7', '0')}") == f"{mark}\n{table.format('1.00', '0.25')}"


@pytest.mark.usefixtures("_results")
def test_a_figure_is_looked_for_in_the_block_behind_its_mark_alone() -> None:
    """The same words elsewhere on the page may say something else."""
    mark = "<!-- figures sample.json name=raw; scope=person: links {top1.value:.3f} -->"
    other = "<!-- figures sample.json name=raw; scope=message: or {top1.value:.2f} -->"
    page = f"{mark}\n{other}\n\nIt links 0.9, or 0.8.\n\nAnother links 0.5, or 0.5."
    assert FIGURES.put(page) == page.replace("0.9", "0.317").replace("0.8", "0.05")
    with pytest.raises(ValueError, match="the paragraph or table behind it stands elsewhere"):
        FIGURES.put(f"{mark}\nIt fails.\n\nIt links 0.317.")


@pytest.mark.usefixtures("_results")
@pytest.mark.parametrize(
    ("mark", "problem"),
    [
        ("<!-- figures sample.json name=raw; scope=person: or {top1.value:.3f} -->", "reads otherwise"),
        ("<!-- figures sample.json name=raw: links {top1.value:.3f} -->", "2 results"),
        ("<!-- figures sample.json name=raw: links {top2.value:.3f} -->", "0 results"),
        ("<!-- figures sample.json name=raw links {top1.value:.3f} -->", "a mark is not"),
    ],
)
def test_a_mark_that_names_no_figure_is_refused(mark: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        FIGURES.put(f"{mark}\nIt links 0.317.")


TABLE = "| a | b | commit |\n| --- | --- | --- |\n| raw | 7 | 0000000 |\n| later | 7 | 0000000 |\n"


@pytest.mark.usefixtures("_results")
def test_results_of_several_commits_stand_in_a_table_that_says_them() -> None:
    mark = (
        "<!-- figures sample.json scope=person\nrows raw; later\n: | {} | {top1.value:.2f} | {commit:s} | -->"
    )
    written = TABLE.replace("7 | 0000000", "0.32 | 0123456", 1).replace("7 | 0000000", "0.20 | fedcba9+")
    assert FIGURES.put(f"{mark}\n{TABLE}") == f"{mark}\n{written}"
    assert FIGURES.put(f"{mark}\n{written}") == f"{mark}\n{written}"


@pytest.mark.usefixtures("_results")
@pytest.mark.parametrize(
    "marks",
    [
        ["{}\nrows raw; later\n: | {{}} | {{top1.value:.2f}} | -->"],
        [
            "{}; name=raw: | raw | {{top1.value:.2f}} | -->",
            "{}; name=later: | later | {{top1.value:.2f}} | {{commit:s}} | -->",
        ],
        [
            "{}; name=raw: | raw | {{top1.value:.2f}} | {{commit:s}} | -->",
            "{}: | later | {{top1.value name=later:.2f}} | {{commit name=mask 3:s}} | -->",
        ],
        ["{}: | raw | {{top1.value name=raw / top1.value name=later:.2f}} | -->"],
    ],
    ids=["rows", "one line says none", "one says another", "a quotient"],
)
def test_a_table_that_mixes_commits_unsaid_is_refused(marks: list[str]) -> None:
    page = "\n".join(mark.format("<!-- figures sample.json scope=person") for mark in marks)
    with pytest.raises(ValueError, match="figures of several commits stand together"):
        FIGURES.put(f"{page}\n{TABLE}")


@pytest.mark.usefixtures("_results")
def test_tables_apart_may_be_of_commits_apart() -> None:
    page = (
        "<!-- figures sample.json name=raw; scope=person: raw {top1.value:.2f} -->\nraw 0.32\n\n"
        "<!-- figures sample.json name=later; scope=person: later {top1.value:.2f} -->\nlater 0.20\n"
    )
    assert FIGURES.put(page) == page
