"""One escrow made once (its passphrase takes half a second), copied for every test."""

import shutil
from pathlib import Path

import pytest
from escrow_site import NOW, PASSPHRASE, Site

from deid.escrow import init_escrow, open_private_key


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("template") / "escrow"
    info = init_escrow(f"sqlite:///{folder / 'escrow.db'}", folder, passphrase=PASSPHRASE, now=NOW)
    return Site(folder, open_private_key(info.private_key, PASSPHRASE))


@pytest.fixture
def site(template: Site, tmp_path: Path) -> Site:
    shutil.copytree(template.folder, tmp_path / "escrow")
    return Site(tmp_path / "escrow", template.private_key)


@pytest.fixture(scope="session")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Another escrow, with keys of its own."""
    folder = tmp_path_factory.mktemp("stranger") / "escrow"
    info = init_escrow(f"sqlite:///{folder / 'escrow.db'}", folder, passphrase=PASSPHRASE, now=NOW)
    return Site(folder, open_private_key(info.private_key, PASSPHRASE))
