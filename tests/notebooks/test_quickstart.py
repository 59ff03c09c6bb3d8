"""The quickstart notebook runs from top to bottom, and is committed without outputs."""

import tempfile
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from traitlets.config import Config

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "quickstart.ipynb"


def _read() -> nbformat.NotebookNode:
    notebook: nbformat.NotebookNode = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


def test_the_notebook_is_valid_and_has_no_outputs() -> None:
    notebook = _read()
    nbformat.validate(notebook)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert cells
    assert [cell.outputs for cell in cells] == [[]] * len(cells)
    assert [cell.execution_count for cell in cells] == [None] * len(cells)


@pytest.mark.slow
def test_the_notebook_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TMPDIR", "IPYTHONDIR"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    notebook = _read()
    with tempfile.TemporaryDirectory(prefix="nb-", dir="/tmp") as short:  # a socket's path has 107 bytes
        # Sockets in a folder: of five free ports, chosen before the kernel starts, one may be taken by then.
        sockets = {"transport": "ipc", "ip": f"{short}/kernel"}
        monkeypatch.setenv("JUPYTER_RUNTIME_DIR", short)
        client = NotebookClient(
            notebook, timeout=1800, startup_timeout=600, kernel_name="python3",
            resources={"metadata": {"path": str(tmp_path)}}, config=Config({"KernelManager": sockets}),
        )  # fmt: skip
        client.execute()
    printed = {
        number: "".join(output.text for output in cell.outputs if output.output_type == "stream")
        for number, cell in enumerate(cell for cell in notebook.cells if cell.cell_type == "code")
    }
    assert "EMAIL_ADDRESS" in printed[1]
    assert "200 conversations" in printed[3]
    assert "manifest.sig" in printed[4]
    assert printed[5].count("\n+ ") >= 1
    assert "'k': 5" in printed[6]
    assert "('README.md: altered',)" in printed[7]
    assert "k is 2" in printed[8]
