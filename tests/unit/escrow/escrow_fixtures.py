"""One escrow of each kind made once (its passphrase takes half a second), copied for every test."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import escrow_admin
import pytest
from escrow_site import Site, found

import postgresserver
from postgresserver import PostgresServer, memory

BACKENDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("template") / "escrow"
    return found(folder, f"sqlite:///{folder / 'escrow.db'}")


@pytest.fixture(scope="session")
def postgres_template(server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Site:
    url = server.url("template_escrow")
    escrow_admin.create(url)
    escrow_admin.teach(url)
    return found(tmp_path_factory.mktemp("template") / "escrow", url)


@pytest.fixture
def sqlite_site(template: Site, tmp_path: Path) -> Site:
    folder = tmp_path / "escrow"
    shutil.copytree(template.folder, folder)
    return Site(folder, template.private_key, f"sqlite:///{folder / 'escrow.db'}")


@pytest.fixture
def postgres_site(postgres_template: Site, server: PostgresServer, tmp_path: Path) -> Iterator[Site]:
    folder, url = tmp_path / "escrow", server.url(f"escrow_{uuid4().hex[:12]}")
    shutil.copytree(postgres_template.folder, folder)
    escrow_admin.create(url, template="template_escrow")
    yield Site(folder, postgres_template.private_key, url)
    escrow_admin.drop(url)


@pytest.fixture(params=BACKENDS)
def site(request: pytest.FixtureRequest) -> Site:
    """Each test that asks for it runs once on every backend."""
    name = "sqlite_site" if request.param == "sqlite" else "postgres_site"
    made: Site = request.getfixturevalue(name)
    return made


@pytest.fixture
def mortal(tmp_path: Path, server: PostgresServer) -> Iterator[tuple[PostgresServer, Site]]:
    """A server that may be killed, with an escrow."""
    del server  # skips where none is installed
    with postgresserver.running(memory()) as own:
        url = own.url("mortal")
        escrow_admin.create(url)
        yield own, found(tmp_path / "keys", url)


@pytest.fixture
def as_role(postgres_site: Site, server: PostgresServer) -> Callable[[str], Site]:
    """Give the escrow as a login with one role sees it."""
    (name,) = [part.partition("?")[0] for part in postgres_site.url.split("/")[3:4]]

    def see(role: str) -> Site:
        with postgres_site.sql() as db:
            if not db.execute("SELECT 1 FROM pg_roles WHERE rolname = ?", (f"a_{role}",)).fetchone():
                db.execute(f"CREATE ROLE a_{role} LOGIN IN ROLE template_escrow_{role}")
        return replace(postgres_site, url=server.url(name, f"a_{role}"))

    return see


@pytest.fixture(scope="session")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Another escrow, with keys of its own."""
    folder = tmp_path_factory.mktemp("stranger") / "escrow"
    return found(folder, f"sqlite:///{folder / 'escrow.db'}")
