"""A PostgreSQL server for the tests of a session; they are skipped, and say so, where none is installed."""

from collections.abc import Iterator

import pytest

import postgresserver
from postgresserver import PostgresServer


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    if postgresserver.binaries() is None:
        pytest.skip("no PostgreSQL server is installed, or none may be started")
    # Statistics gathered in the background would change a plan in the middle of a test.
    with postgresserver.running(postgresserver.memory(), {"autovacuum": "off"}) as running:
        yield running
