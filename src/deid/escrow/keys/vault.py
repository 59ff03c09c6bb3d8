"""Escrow keys in HashiCorp Vault's (or OpenBao's) Transit engine: ``vault:https://HOST[:PORT]/MOUNT/KEY``.

A writer's policy gives ``update`` on ``MOUNT/datakey/plaintext/KEY`` and nothing else; a custodian's on
``MOUNT/decrypt/KEY``, ``MOUNT/encrypt/KEY`` (to re-wrap) and ``read`` on ``MOUNT/keys/KEY``. The key must be
derived, so that Vault binds what it wraps to our context. Plain HTTP is for the loopback interface only;
redirects and proxies are not followed, for the token would go with them.
Source: HashiCorp, Transit secrets engine (API).
"""

import base64
import http.client
import json
import re
import ssl
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from deid.errors import EscrowError
from deid.escrow import envelope
from deid.escrow.envelope import does_not_open
from deid.escrow.keys.access import KeyAccess
from deid.escrow.keys.services import bound_context, ciphertext_in, key_from, refused, unavailable
from deid.escrow.keys.wrapper import EscrowKey

KIND = "VAULT-TRANSIT"
SCHEME = "vault"
_PATH = re.compile(r"(/[A-Za-z0-9_.-]+)+/[A-Za-z0-9_.-]+")
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_CIPHERTEXT = re.compile(rb"vault:v[0-9]{1,9}:[A-Za-z0-9+/]+={0,2}")
_MAX_ANSWER_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class VaultKey:
    """A key in Transit: both halves, for its rights are kept by Vault's policies."""

    key: EscrowKey
    _access: KeyAccess = field(repr=False)

    @property
    def key_id(self) -> bytes:
        """Name of the key."""
        return self.key.key_id

    def new_epoch_key(self, context: bytes) -> tuple[bytes, bytes]:
        """Return a fresh key of 32 bytes and its wrapped form."""
        answer = self._post("datakey/plaintext", context, bits=256)
        return _unbase64(answer.get("plaintext")), self._blob(answer)

    def wrap(self, key: bytes, context: bytes) -> bytes:
        """Return the wrapped form of a key of 32 bytes."""
        return self._blob(self._post("encrypt", context, plaintext=_base64(key)))

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Return an epoch key, or raise the one error; another when Vault says no to the caller."""
        blob = ciphertext_in(wrapped, self._header())
        if not _CIPHERTEXT.fullmatch(blob):
            raise does_not_open()
        return _unbase64(self._post("decrypt", context, ciphertext=blob.decode()).get("plaintext"))

    def check(self) -> None:
        """Refuse a key that would not bind what it wraps, or that could be taken out of Vault."""
        data = self._ask("GET", "keys", None)
        if data.get("derived") is not True or data.get("exportable") is not False:
            raise EscrowError(
                f"{KIND}: the key must be derived and not exportable",
                hint="vault write -f MOUNT/keys/KEY derived=true",
            )

    def _header(self) -> bytes:
        return envelope.header(envelope.VAULT_TRANSIT, self.key_id)

    def _blob(self, answer: dict[str, Any]) -> bytes:
        ciphertext = str(answer.get("ciphertext")).encode()
        if not _CIPHERTEXT.fullmatch(ciphertext):
            raise EscrowError(f"{KIND}: the answer holds no ciphertext")
        return self._header() + ciphertext

    def _post(self, action: str, context: bytes, **fields: str | int) -> dict[str, Any]:
        bound = bound_context(context, self._header())
        return self._ask("POST", action, json.dumps(fields | {"context": _base64(bound)}))

    def _ask(self, method: str, action: str, body: str | None) -> dict[str, Any]:
        """Return the ``data`` of one answer; EscrowError when Vault refuses or does not answer in time."""
        url = urlsplit(self.key.raw.decode())
        mount, _, name = url.path.rpartition("/")
        headers = {"X-Vault-Token": self._access.vault_token(), "X-Vault-Request": "true"}
        connection = _connect(url.scheme, url.hostname or "", url.port, self._access.timeout_s)
        try:
            connection.request(method, f"/v1{mount}/{action}/{name}", body, headers)
            response = connection.getresponse()
            status, data = response.status, response.read(_MAX_ANSWER_BYTES)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise unavailable(KIND, action, type(error).__name__) from None
        finally:
            connection.close()
        if status == HTTPStatus.BAD_REQUEST and action == "decrypt":
            raise does_not_open()
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS:
            raise unavailable(KIND, action, f"HTTP {status}")
        if status != HTTPStatus.OK:
            raise refused(KIND, action, f"HTTP {status}")
        return _data(data)


def parse(address: str) -> bytes:
    """Return the raw form of an address: the URL."""
    text = address.removeprefix(f"{SCHEME}:")
    try:
        url = urlsplit(text)
        port = url.port
    except ValueError:
        raise _not_understood(address) from None
    host = f"[{url.hostname}]" if ":" in (url.hostname or "") else url.hostname
    plain = f"{url.scheme}://{host}{f':{port}' if port else ''}{url.path}"
    safe = url.scheme == "https" or (url.scheme == "http" and url.hostname in _LOOPBACK)
    if text != plain or not safe or not _PATH.fullmatch(url.path) or ".." in url.path:
        raise _not_understood(address)
    return text.encode()


def _not_understood(address: str) -> EscrowError:
    """Return the error; of the address only the scheme is said, for it may hold a password."""
    scheme = address.partition(":")[0]
    return EscrowError(
        f"escrow key `{scheme}:…` not understood",
        hint="give vault:https://HOST[:PORT]/MOUNT/KEY; http:// for the loopback interface only",
    )


def _connect(scheme: str, host: str, port: int | None, timeout_s: float) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(
            host, port, timeout=timeout_s, context=ssl.create_default_context()
        )
    return http.client.HTTPConnection(host, port, timeout=timeout_s)


def _data(answer: bytes) -> dict[str, Any]:
    try:
        data = json.loads(answer)["data"]
    except (ValueError, KeyError, TypeError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise EscrowError(f"{KIND}: the answer was not understood")
    return data


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _unbase64(text: object) -> bytes:
    try:
        return key_from(KIND, base64.b64decode(str(text), validate=True))
    except ValueError:
        return key_from(KIND, None)
