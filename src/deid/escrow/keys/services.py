"""What the key services have in common: context, blobs, and the words for refusals."""

import hashlib

from deid.errors import EscrowError, extra_hint
from deid.escrow import envelope
from deid.escrow.envelope import HEADER_BYTES, KEY_BYTES, does_not_open, encode

# Ciphertexts of AWS KMS end at 6,144 bytes, those of Vault and of RSA keys far below.
_MAX_CIPHERTEXT_BYTES = 8_192


def bound_context(context: bytes, header: bytes) -> bytes:
    """Return what a service binds a wrapped key to: 32 bytes, for services write contexts into their logs."""
    return hashlib.sha256(context + encode(header)).digest()


def ciphertext_in(wrapped: bytes, header: bytes) -> bytes:
    """Return what follows the header; the one error unless the header is the one expected."""
    if not 0 < len(wrapped) - HEADER_BYTES <= _MAX_CIPHERTEXT_BYTES:
        raise does_not_open()
    envelope.check_header(wrapped, header, at_least=HEADER_BYTES)
    return wrapped[HEADER_BYTES:]


def key_from(service: str, answer: object) -> bytes:
    """Return a key that a service sent, if it is one."""
    if not isinstance(answer, bytes) or len(answer) != KEY_BYTES:
        raise EscrowError(f"{service}: the answer holds no key of {KEY_BYTES} bytes")
    return answer


def refused(service: str, action: str, reason: str) -> EscrowError:
    """Return the error of a service that said no; ``reason`` is a code, never the service's own text."""
    return EscrowError(f"{service}: {action} was refused: {reason}", hint="check the rights and the key")


def unavailable(service: str, action: str, reason: str) -> EscrowError:
    """Return the error of a service that did not answer; nothing was written."""
    return EscrowError(
        f"{service}: {action} failed: {reason}", hint="nothing was written; try again when it answers"
    )


def missing(package: str, extra: str) -> EscrowError:
    """Return the error of a service whose package is not installed."""
    return EscrowError(f"escrow keys need the package `{package}`", hint=extra_hint(extra))
