"""Addresses of stores, written as SQLAlchemy and libpq write them; no message ever shows a password."""

import ipaddress
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote

from deid.errors import EscrowError

SQLITE, POSTGRES = "sqlite:///", "postgresql://"

_SERVER = re.compile(
    r"postgresql://(?:(?P<user>[^:@/?#]+)(?::(?P<password>[^@/?#]*))?@)?"
    r"(?P<host>[^:@/?#,\[\]]*|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?"
    r"/(?P<dbname>[^/?#]+)(?:\?(?P<query>[^#]*))?"
)
_SETTINGS = frozenset({"host", "hostaddr", "passfile", "sslcert", "sslkey", "sslmode", "sslrootcert"})


@dataclass(frozen=True, slots=True)
class Server:
    """A database on a PostgreSQL server.

    place    : the address without user, password and settings.
    database : its name.
    settings : what libpq is given, the password perhaps among it.
    """

    place: str
    database: str
    settings: dict[str, str] = field(repr=False)


def database_path(url: str) -> Path:
    """Return the file of ``sqlite:///relative`` or ``sqlite:////absolute``.

    A relative path is relative to the working directory. EscrowError for any other address.
    """
    path = url.removeprefix(SQLITE)
    if path == url or not path or path.endswith("/") or any(mark in path for mark in "?#\0"):
        shown = f"{url.partition(':')[0]}:…" if "@" in url else url
        raise EscrowError(
            f"escrow address `{shown}` not understood",
            hint="give sqlite:///relative/file.db, sqlite:////absolute/file.db or postgresql://user@host/database",
        )
    return Path(path)


def server(url: str) -> Server:
    """Return the server of ``postgresql://user@host:port/database?setting=value``.

    The password may stand behind the user, or in a password file (libpq's ``~/.pgpass``). A socket's folder
    is given as ``?host=/folder``. Settings are libpq's, those of TLS above all. Away from this machine the
    connection is encrypted and the server's certificate checked: ``sslmode`` is ``verify-full``, and
    EscrowError for a lesser one, as for any address not understood.
    """
    found = _SERVER.fullmatch(url)
    if found is None:
        raise _not_understood()
    parts = {name: unquote(value) for name, value in found.groupdict().items() if value and name != "query"}
    given = parse_qsl(found["query"] or "", keep_blank_values=True)
    settings = parts | dict(given)
    hosts = [settings[name] for name in ("host", "hostaddr") if name in settings]
    doubled = len(given) != len(dict(given)) or bool(parts.keys() & dict(given).keys())
    if doubled or not dict(given).keys() <= _SETTINGS or not all(hosts) or not hosts or "," in "".join(hosts):
        raise _not_understood()
    place = POSTGRES + "".join(found[0][slice(*found.span(name))] for name in ("host",))
    place += (f":{parts['port']}" if "port" in parts else "") + f"/{parts['dbname']}"
    settings["host"] = settings.get("host", "").strip("[]") or settings["hostaddr"]
    if not all(map(_is_local, hosts)) and settings.setdefault("sslmode", "verify-full") != "verify-full":
        raise EscrowError(
            f"{place}: a server elsewhere must prove who it is",
            hint="give sslmode=verify-full and sslrootcert",
        )
    return Server(place, parts["dbname"], settings)


def without_password(url: str) -> str:
    """Return an address as it may be shown and kept."""
    found = _SERVER.fullmatch(url)
    if found is None or found["password"] is None:
        return url
    start, end = found.span("password")
    return url[: start - 1] + url[end:]


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost" or host.startswith("/")


def _not_understood() -> EscrowError:
    return EscrowError(
        "escrow address `postgresql:…` not understood",
        hint="give postgresql://user@host:port/database; settings may be " + ", ".join(sorted(_SETTINGS)),
    )
