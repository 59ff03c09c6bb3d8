"""Making the three key files of a new escrow."""

import os
import uuid
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from deid.escrow.chain import timestamp
from deid.escrow.envelope import KEY_BYTES
from deid.escrow.keys import files
from deid.escrow.keys.local import (
    KEM_NAME,
    PRIVATE_NAME,
    PUBLIC_FORM,
    PUBLIC_NAME,
    WRITER_FORM,
    WRITER_NAME,
    signed_public,
)
from deid.escrow.keys.passphrase import create_private_key


def create_keys(folder: Path, *, passphrase: bytes, now: datetime) -> str:
    """Make the key files in an existing folder; return the key specification ``local:PATH``.

    ``escrow.pub`` comes last: without it nothing can be written to the escrow.
    """
    escrow_id, secret, index = uuid.uuid4().hex, X25519PrivateKey.generate(), os.urandom(KEY_BYTES)
    writer, custodian = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    raw, created = secret.public_key().public_bytes_raw(), timestamp(now)
    writer_log, custodian_log = (key.public_key().public_bytes_raw() for key in (writer, custodian))
    secrets = (secret.private_bytes_raw(), custodian.private_bytes_raw(), index)
    create_private_key(folder / PRIVATE_NAME, escrow_id, secrets, passphrase)
    writer_fields = {
        "format": WRITER_FORM,
        "escrow_id": escrow_id,
        "signing_key": writer.private_bytes_raw().hex(),
        "index_key": index.hex(),
        "custodian_log_key": custodian_log.hex(),
    }
    files.create(folder / WRITER_NAME, writer_fields, secret=True)
    public_fields = {
        "format": PUBLIC_FORM,
        "escrow_id": escrow_id,
        "kem": KEM_NAME,
        "public_key": raw.hex(),
        "writer_log_key": writer_log.hex(),
        "custodian_log_key": custodian_log.hex(),
        "created": created,
        "signature": custodian.sign(signed_public(escrow_id, raw, writer_log, created)).hex(),
    }
    files.create(folder / PUBLIC_NAME, public_fields, secret=False)
    return f"local:{folder / PUBLIC_NAME}"
