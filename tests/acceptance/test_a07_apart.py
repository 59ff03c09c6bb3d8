"""A-07: an escrow, its keys or its domain's key where the data goes is refused."""

from pathlib import Path
from typing import Any

import pytest
from acceptance_run import crowd, make_escrow, run

from deid.errors import ConfigError


@pytest.mark.parametrize("what", ["url", "keys", "tokens"])
def test_escrow_and_data_are_in_folders_apart(tmp_path: Path, what: str) -> None:
    made: dict[str, Any] = make_escrow(tmp_path)
    inside = tmp_path / "out" / "held"
    made[what] = {
        "url": f"sqlite:///{inside / 'escrow.db'}",
        "keys": f"local:{inside / 'escrow.pub'}",
        "tokens": str(inside / "chat.key"),
    }[what]
    with pytest.raises(ConfigError, match="escrow and output share a folder"):
        run(tmp_path, crowd(), "pseudonymize", escrow={**made, "domain": "chat"})
    assert not (tmp_path / "out").exists()


def test_data_goes_into_no_folder_of_the_escrow(tmp_path: Path) -> None:
    made = make_escrow(tmp_path)
    with pytest.raises(ConfigError, match="escrow and output share a folder"):
        run(tmp_path / "vault", crowd(), "pseudonymize", escrow=made)
