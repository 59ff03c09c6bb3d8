"""Escrow keys in AWS KMS: ``awskms:arn:aws:kms:REGION:ACCOUNT:key/ID``.

A writer may ``kms:GenerateDataKey`` and nothing else; a custodian ``kms:Decrypt``, and ``kms:Encrypt`` to
re-wrap. Every call carries the encryption context ``deid-escrow-context`` = 64 hex digits
(``services.bound_context``), which KMS authenticates and CloudTrail keeps. The key is named by its ARN: an
alias can be pointed at another key. Source: AWS KMS API Reference, GenerateDataKey, Encrypt, Decrypt.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from deid.errors import EscrowError
from deid.escrow import envelope
from deid.escrow.envelope import KEY_BYTES, does_not_open
from deid.escrow.keys.access import KeyAccess
from deid.escrow.keys.services import bound_context, ciphertext_in, key_from, missing, refused, unavailable
from deid.escrow.keys.wrapper import EscrowKey

KIND = "AWS-KMS"
SCHEME = "awskms"
_ARN = re.compile(r"arn:aws(?:-[a-z]+)*:kms:([a-z0-9-]+):[0-9]{12}:key/[A-Za-z0-9-]+")
# What KMS answers when the blob, not the caller, is at fault.
_NOT_OPENED = frozenset({"InvalidCiphertextException", "IncorrectKeyException"})


@dataclass(frozen=True, slots=True)
class AwsKmsKey:
    """A key in AWS KMS: both halves, for its rights are kept by KMS."""

    key: EscrowKey
    _access: KeyAccess = field(repr=False)

    @property
    def key_id(self) -> bytes:
        """Name of the key."""
        return self.key.key_id

    def new_epoch_key(self, context: bytes) -> tuple[bytes, bytes]:
        """Return a fresh key of 32 bytes and its wrapped form."""
        answer = self._call("generate_data_key", context, NumberOfBytes=KEY_BYTES)
        return key_from(KIND, answer["Plaintext"]), self._header() + bytes(answer["CiphertextBlob"])

    def wrap(self, key: bytes, context: bytes) -> bytes:
        """Return the wrapped form of a key of 32 bytes."""
        return self._header() + bytes(self._call("encrypt", context, Plaintext=key)["CiphertextBlob"])

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Return an epoch key, or raise the one error; another when KMS says no to the caller."""
        blob = ciphertext_in(wrapped, self._header())
        return key_from(KIND, self._call("decrypt", context, CiphertextBlob=blob)["Plaintext"])

    def _header(self) -> bytes:
        return envelope.header(envelope.AWS_KMS, self.key_id)

    def _call(self, action: str, context: bytes, **fields: Any) -> dict[str, Any]:
        """Ask KMS for one thing; EscrowError when it refuses, or does not answer in time."""
        try:
            from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - an extra
        except ImportError:
            raise missing("boto3", "kms") from None
        arn, bound = self.key.raw.decode(), bound_context(context, self._header())
        fields |= {"KeyId": arn, "EncryptionContext": {"deid-escrow-context": bound.hex()}}
        try:
            answer: dict[str, Any] = getattr(_client(arn, self._access.timeout_s), action)(**fields)
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", "unknown"))
            if action == "decrypt" and code in _NOT_OPENED:
                raise does_not_open() from None
            raise refused(KIND, action, code) from None
        except BotoCoreError as error:
            raise unavailable(KIND, action, type(error).__name__) from None
        if answer.get("KeyId") != arn:
            raise EscrowError(f"{KIND}: the answer is from another key", hint="name the key by its own ARN")
        return answer


def parse(address: str) -> bytes:
    """Return the raw form of an address: the ARN."""
    arn = address.removeprefix(f"{SCHEME}:")
    if not _ARN.fullmatch(arn):
        raise EscrowError(
            f"escrow key `{address}` not understood", hint="give awskms:arn:aws:kms:REGION:ACCOUNT:key/ID"
        )
    return arn.encode()


def _client(arn: str, timeout_s: float) -> Any:
    import boto3  # noqa: PLC0415 - an extra
    from botocore.config import Config  # noqa: PLC0415

    found = _ARN.fullmatch(arn)
    if found is None:
        raise does_not_open()
    # Two tries of a third each, with the pause between them, stay within the time given.
    part = timeout_s / 3
    config = Config(
        connect_timeout=part, read_timeout=part, retries={"mode": "standard", "total_max_attempts": 2}
    )
    return boto3.session.Session().client("kms", region_name=found[1], config=config)
