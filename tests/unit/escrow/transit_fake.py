"""A stand-in for Vault's Transit engine on the loopback interface, after its API documentation.

It keeps one derived key and checks tokens and their policies. How it encrypts is its own affair: what
matters is that a ciphertext opens under its context alone, and that every refusal has Vault's status.
"""

import base64
import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

WRITER, CUSTODIAN = "s.writer-token", "s.custodian-token"
_RIGHTS = {
    WRITER: {"datakey/plaintext"},
    CUSTODIAN: {"datakey/plaintext", "decrypt", "encrypt", "keys"},
}


@dataclass
class Transit:
    """What the fake does, and what it was asked. ``answer`` replaces its next answers: status and body."""

    derived: bool = True
    exportable: bool = False
    held: threading.Event | None = field(default=None, repr=False)  # answers when it is set
    answer: tuple[int, bytes] | None = None
    asked: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    url: str = ""
    _key: bytes = field(default_factory=lambda: AESGCM.generate_key(256))

    def reply(self, method: str, path: str, token: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        self.asked.append((method, path, body))
        action = path.removeprefix("/v1/transit/").removesuffix("/escrow")
        if action not in _RIGHTS.get(token, set()):
            return 403, {"errors": ["permission denied"]}
        if action == "keys":
            return 200, {"data": {"derived": self.derived, "exportable": self.exportable}}
        context = base64.b64decode(body["context"])
        if action == "decrypt":
            return self._decrypt(body["ciphertext"], context)
        plain = base64.b64decode(body["plaintext"]) if action == "encrypt" else AESGCM.generate_key(256)
        data = {"ciphertext": self._encrypt(plain, context)}
        if action != "encrypt":
            data["plaintext"] = base64.b64encode(plain).decode()
        return 200, {"data": data}

    def _encrypt(self, plain: bytes, context: bytes) -> str:
        nonce = AESGCM.generate_key(128)[:12]
        sealed = nonce + AESGCM(self._key).encrypt(nonce, plain, context)
        return "vault:v1:" + base64.b64encode(sealed).decode()

    def _decrypt(self, text: str, context: bytes) -> tuple[int, dict[str, Any]]:
        _, version, data = text.split(":")
        if version != "v1":
            return 400, {"errors": ["invalid ciphertext: unable to find key version"]}
        try:
            sealed = base64.b64decode(data, validate=True)
            plain = AESGCM(self._key).decrypt(sealed[:12], sealed[12:], context)
        except (InvalidTag, ValueError):
            return 400, {"errors": ["cipher: message authentication failed"]}
        return 200, {"data": {"plaintext": base64.b64encode(plain).decode()}}


@contextlib.contextmanager
def serving() -> Iterator[Transit]:
    """Run a fake on a free port of the loopback interface."""
    transit = Transit()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers.get("Content-Length", 0))
            self._answer("POST", json.loads(self.rfile.read(size)))

        def do_GET(self) -> None:
            self._answer("GET", {})

        def _answer(self, method: str, body: dict[str, Any]) -> None:
            token = self.headers.get("X-Vault-Token", "")
            status, found = transit.reply(method, self.path, token, body)
            data = json.dumps(found).encode()
            if transit.answer is not None:
                status, data = transit.answer
            if transit.held is not None:
                transit.held.wait()
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
                self.end_headers()
                self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    transit.url = f"vault:http://127.0.0.1:{server.server_address[1]}/transit/escrow"
    try:
        yield transit
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
