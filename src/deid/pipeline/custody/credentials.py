"""Where the credentials of key services come from: the provider's own chain, read at the edge.

Vault   ``VAULT_TOKEN``, then the file ``~/.vault-token`` that ``vault login`` writes
PKCS 11 ``DEID_PKCS11_PIN``, then the file that ``DEID_PKCS11_PIN_FILE`` names
AWS     the chain of its own client (environment, profile, container or instance role)

Each is read when a service asks for it, handed to that service, and stands in no message.
"""

import os
from pathlib import Path

from deid.errors import EscrowError
from deid.escrow.keys.access import KeyAccess, no_pin, no_token


def key_access() -> KeyAccess:
    """Return access with the credentials of this process's user."""
    return KeyAccess(vault_token=_vault_token, pkcs11_pin=_pkcs11_pin)


def _vault_token() -> str:
    return os.environ.get("VAULT_TOKEN") or _line_of(Path.home() / ".vault-token") or no_token()


def _pkcs11_pin() -> str:
    file = os.environ.get("DEID_PKCS11_PIN_FILE")
    return os.environ.get("DEID_PKCS11_PIN") or (_line_of(Path(file)) if file else "") or no_pin()


def _line_of(path: Path) -> str:
    """Return what a file holds; empty when it is not there."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError):
        raise EscrowError(f"{path}: cannot be read", hint="it should hold one credential") from None
