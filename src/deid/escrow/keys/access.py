"""Credentials of key services: given by the caller as functions, asked for only when a service is used.

Nothing here reads the environment or a file; the edge (``deid.pipeline.custody.credentials``) does. AWS
has no field: its client brings a chain of its own (environment, profile, instance role).
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from deid.errors import EscrowError


def no_token() -> str:
    """Refuse: there is no token."""
    raise EscrowError("no Vault token was given", hint="set VAULT_TOKEN, or `vault login`")


def no_pin() -> str:
    """Refuse: there is no PIN."""
    raise EscrowError("no PIN of the PKCS #11 token was given", hint="set DEID_PKCS11_PIN")


@dataclass(frozen=True, slots=True)
class KeyAccess:
    """How to get at the credentials of key services.

    vault_token : returns a token whose policy gives what the caller may do, and no more.
    pkcs11_pin  : returns the user PIN; sealing needs none.
    timeout_s   : longest wait for one answer of a service, in seconds.
    """

    vault_token: Callable[[], str] = field(default=no_token, repr=False)
    pkcs11_pin: Callable[[], str] = field(default=no_pin, repr=False)
    timeout_s: float = 10.0


NO_ACCESS = KeyAccess()
