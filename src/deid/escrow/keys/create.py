"""The three key files of a new escrow."""

import os
import uuid
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from deid.escrow.chain import timestamp
from deid.escrow.envelope import KEY_BYTES
from deid.escrow.keys.files import Fields
from deid.escrow.keys.local import (
    KEM_NAME,
    PRIVATE_NAME,
    PUBLIC_FORM,
    PUBLIC_NAME,
    WRITER_FORM,
    WRITER_NAME,
    signed_public,
)
from deid.escrow.keys.passphrase import private_fields


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A key file to be written."""

    name: str
    fields: Fields = field(repr=False)
    secret: bool = True


def new_key_files(*, passphrase: bytes, now: datetime) -> list[KeyFile]:
    """Draw the keys of a new escrow; ``escrow.pub`` is last, for without it nothing can be sealed."""
    escrow_id, secret, index = uuid.uuid4().hex, X25519PrivateKey.generate(), os.urandom(KEY_BYTES)
    writer, custodian = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    raw, created = secret.public_key().public_bytes_raw(), timestamp(now)
    writer_log, custodian_log = (key.public_key().public_bytes_raw() for key in (writer, custodian))
    secrets = (secret.private_bytes_raw(), custodian.private_bytes_raw(), index)
    writer_fields: Fields = {
        "format": WRITER_FORM,
        "escrow_id": escrow_id,
        "signing_key": writer.private_bytes_raw().hex(),
        "index_key": index.hex(),
        "custodian_log_key": custodian_log.hex(),
    }
    public_fields: Fields = {
        "format": PUBLIC_FORM,
        "escrow_id": escrow_id,
        "kem": KEM_NAME,
        "public_key": raw.hex(),
        "writer_log_key": writer_log.hex(),
        "custodian_log_key": custodian_log.hex(),
        "created": created,
        "signature": custodian.sign(signed_public(escrow_id, raw, writer_log, created)).hex(),
    }
    return [
        KeyFile(PRIVATE_NAME, private_fields(escrow_id, secrets, passphrase)),
        KeyFile(WRITER_NAME, writer_fields),
        KeyFile(PUBLIC_NAME, public_fields, secret=False),
    ]
