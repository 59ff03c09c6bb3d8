"""A language model behind an endpoint that speaks OpenAI's chat completions, the user's own or another's.

Nothing is sent without a reason for the assessment, and nothing but HTTPS leaves the machine.
Source: OpenAI API reference, POST /v1/chat/completions.
"""

import http.client
import ipaddress
import json
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from deid.errors import InputError

_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model answers.

    url    : up to and without ``/chat/completions``, such as ``http://localhost:8000/v1``.
    model  : its name there.
    reason : why these people's data may be assessed; without one, InputError.
    key    : bearer token; None for none.
    """

    url: str
    model: str
    reason: str
    key: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise InputError(
                "nothing is sent to a language model without --authorised-assessment REASON",
                hint="who allowed it and what for",
            )
        if not self._is_address():
            raise InputError("the language model's URL is none", hint="such as http://localhost:8000/v1")
        if self._place.scheme == "http" and not self.is_local:
            raise InputError("the language model's URL is not HTTPS", hint="http is for this machine alone")
        if self.key is not None and not (self.key.isascii() and self.key.isprintable()):
            raise InputError("the language model's bearer token is not one line of ASCII")

    def _is_address(self) -> bool:
        try:
            place = self._place
            _ = place.port
        except ValueError:  # brackets that do not close, a port that is none
            return False
        plain = self.url.isascii() and self.url.isprintable() and " " not in self.url
        return plain and place.scheme in ("http", "https") and bool(place.hostname)

    @property
    def is_local(self) -> bool:
        """Whether the model answers on this machine, so that nothing leaves it."""
        host = self._place.hostname or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"

    def ask(self, prompt: str) -> str:
        """Return the model's answer, at temperature 0. Raises InputError where it gives none."""
        place = self._place
        made = http.client.HTTPSConnection if place.scheme == "https" else http.client.HTTPConnection
        connection = made(place.hostname or "", place.port, timeout=_SECONDS)
        try:
            path = place.path.rstrip("/") + "/chat/completions"
            connection.request("POST", path, self._body(prompt), self._headers())
            answer = connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise InputError(f"language model: {type(error).__name__}") from None
        finally:
            connection.close()
        if answer.status != http.HTTPStatus.OK:
            raise InputError(f"language model: HTTP {answer.status}")
        return _said(text)

    @property
    def _place(self) -> SplitResult:
        return urlsplit(self.url)

    def _body(self, prompt: str) -> bytes:
        message = {"role": "user", "content": prompt}
        return json.dumps({"model": self.model, "temperature": 0, "messages": [message]}).encode()

    def _headers(self) -> dict[str, str]:
        told = {"Content-Type": "application/json"}
        return told if self.key is None else {**told, "Authorization": f"Bearer {self.key}"}


def _said(body: bytes) -> str:
    try:
        return str(json.loads(body)["choices"][0]["message"]["content"])
    except (ValueError, LookupError, TypeError):
        raise InputError("language model: the answer is not a chat completion") from None
