"""A PostgreSQL server for the tests of a session; they are skipped, and say so, where none is installed."""

from collections.abc import Iterator

import pytest

import postgresserver
from postgresserver import PostgresServer


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    if postgresserver.binaries() is None:
        pytest.skip("no PostgreSQL server is installed")
    with postgresserver.running(postgresserver.memory()) as running:
        yield running
