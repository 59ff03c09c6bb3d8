"""Addresses of stores: what is understood, what is refused, and that no password is ever shown."""

from pathlib import Path

import pytest

from deid.errors import EscrowError
from deid.escrow import database_path
from deid.escrow.stores.url import server, without_password

PASSWORD = "hunter2"


@pytest.mark.parametrize(
    ("url", "path"),
    [("sqlite:///a/b.db", "a/b.db"), ("sqlite:////a/b.db", "/a/b.db"), ("sqlite:///../e.db", "../e.db")],
)
def test_files(url: str, path: str) -> None:
    assert database_path(url) == Path(path)


@pytest.mark.parametrize(
    "url",
    ["", "sqlite://", "sqlite:///", "a.db", "sqlite:///a.db?mode=ro", "sqlite:///a/", "mysql:///e"],
)
def test_files_not_understood(url: str) -> None:
    with pytest.raises(EscrowError, match="not understood"):
        database_path(url)


@pytest.mark.parametrize(
    ("url", "place", "settings"),
    [
        ("postgresql://u@localhost/chat", "postgresql://localhost/chat", {"user": "u", "host": "localhost"}),
        (
            "postgresql://u:p%40ss@127.0.0.1:5433/chat",
            "postgresql://127.0.0.1:5433/chat",
            {"user": "u", "password": "p@ss", "host": "127.0.0.1", "port": "5433"},
        ),
        ("postgresql://[::1]/chat", "postgresql://[::1]/chat", {"host": "::1"}),
        ("postgresql:///chat?host=/run/pg", "postgresql:///chat", {"host": "/run/pg"}),
        (
            "postgresql://u@db.example/chat",
            "postgresql://db.example/chat",
            {"user": "u", "host": "db.example", "sslmode": "verify-full"},
        ),
        (
            "postgresql://db.example/chat?hostaddr=127.0.0.1&sslrootcert=/ca.pem",
            "postgresql://db.example/chat",
            {
                "host": "db.example",
                "hostaddr": "127.0.0.1",
                "sslrootcert": "/ca.pem",
                "sslmode": "verify-full",
            },
        ),
        (
            "postgresql:///chat?hostaddr=10.0.0.7",
            "postgresql:///chat",
            {"host": "10.0.0.7", "hostaddr": "10.0.0.7", "sslmode": "verify-full"},
        ),
    ],
)
def test_servers(url: str, place: str, settings: dict[str, str]) -> None:
    found = server(url)
    assert (found.place, found.database) == (place, "chat")
    assert found.settings == {"dbname": "chat", **settings}
    assert "p@ss" not in repr(found)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://u:{PASSWORD}@localhost",
        f"postgresql://u:{PASSWORD}/x@localhost/chat",
        f"postgresql://u:{PASSWORD}@localhost/chat?options=-csynchronous_commit=off",
        f"postgresql://u:{PASSWORD}@localhost/chat?host=elsewhere",
        f"postgresql://localhost/chat?password={PASSWORD}",
        f"postgresql://localhost/chat?service={PASSWORD}",
        f"postgresql://u:{PASSWORD}@one,two/chat",
        f"postgresql://u:{PASSWORD}@/chat",
        f"postgresql://u:{PASSWORD}@/chat?host=",
        f"postgresql://u:{PASSWORD}@/chat?host=/a&host=/b",
        f"postgresql://u:{PASSWORD}@localhost:port/chat",
        f"postgresql://u:{PASSWORD}",
    ],
)
def test_servers_not_understood(url: str) -> None:
    with pytest.raises(EscrowError, match="not understood") as caught:
        server(url)
    assert PASSWORD not in str(caught.value) + caught.value.hint


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "require", "verify-ca", ""])
@pytest.mark.parametrize("host", ["db.example", "10.0.0.7", "192.0.2.1", "localhost.example"])
def test_a_server_elsewhere_must_prove_who_it_is(host: str, mode: str) -> None:
    with pytest.raises(EscrowError, match="must prove who it is"):
        server(f"postgresql://{host}/chat?sslmode={mode}")


@pytest.mark.parametrize("scheme", ["postgres", "mysql", "PostgreSQL", "postgresql+psycopg"])
def test_a_password_in_an_unknown_address_is_not_shown(scheme: str) -> None:
    with pytest.raises(EscrowError, match="not understood") as caught:
        database_path(f"{scheme}://u:{PASSWORD}@host/db")
    assert PASSWORD not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://u:p@localhost/chat", "postgresql://u@localhost/chat"),
        ("postgresql://u@localhost/chat?sslmode=disable", "postgresql://u@localhost/chat?sslmode=disable"),
        ("sqlite:///a.db", "sqlite:///a.db"),
    ],
)
def test_an_address_without_its_password(url: str, shown: str) -> None:
    assert without_password(url) == shown
