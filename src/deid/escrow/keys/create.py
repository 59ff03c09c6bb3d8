"""The key files of a new escrow, and those of a successor to its escrow key."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deid.escrow.chain import timestamp
from deid.escrow.envelope import KEY_BYTES
from deid.escrow.keys import kinds
from deid.escrow.keys.access import KeyAccess
from deid.escrow.keys.files import Fields, create, private_folder
from deid.escrow.keys.local import (
    PRIVATE_NAME,
    PUBLIC_FORM,
    PUBLIC_NAME,
    WRITER_FORM,
    WRITER_NAME,
    PublicKey,
    signed_public,
)
from deid.escrow.keys.passphrase import private_fields
from deid.escrow.keys.secrets import Secrets
from deid.escrow.keys.wrapper import EscrowKey


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A key file to be written."""

    name: str
    fields: Fields = field(repr=False)
    secret: bool = True


@dataclass(frozen=True, slots=True)
class NewKey:
    """What is asked of a new escrow key.

    spec       : which kind, and where (``kinds``).
    passphrase : opens its ``escrow.key``; at least 8 bytes.
    access     : credentials, for a key in a service.
    """

    spec: str
    passphrase: bytes = field(repr=False)
    access: KeyAccess


def new_key_files(new: NewKey, *, now: datetime) -> tuple[Secrets, list[KeyFile]]:
    """Draw the keys of a new escrow; ``escrow.pub`` is last, for without it nothing can be sealed."""
    escrow_id, index = uuid.uuid4().hex, os.urandom(KEY_BYTES)
    key, private = kinds.choose(new.spec, new.access)
    writer, custodian = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    secrets = Secrets(escrow_id, key.kem, private, custodian.private_bytes_raw(), index)
    writer_fields: Fields = {
        "format": WRITER_FORM,
        "escrow_id": escrow_id,
        "signing_key": writer.private_bytes_raw().hex(),
        "index_key": index.hex(),
        "custodian_log_key": custodian.public_key().public_bytes_raw().hex(),
    }
    log_key = writer.public_key().public_bytes_raw()
    return secrets, [
        KeyFile(PRIVATE_NAME, private_fields(secrets, new.passphrase)),
        KeyFile(WRITER_NAME, writer_fields),
        KeyFile(PUBLIC_NAME, _public_fields(secrets, key, log_key, timestamp(now)), secret=False),
    ]


def successor_files(
    public: PublicKey, secrets: Secrets, new: NewKey, *, now: datetime
) -> tuple[EscrowKey, list[KeyFile]]:
    """Return a new escrow key of an old escrow, with its ``escrow.key`` and ``escrow.pub``."""
    key, private = kinds.choose(new.spec, new.access)
    later = Secrets(secrets.escrow_id, key.kem, private, secrets.seed, secrets.index)
    fields = _public_fields(later, key, public.writer_log.public_bytes_raw(), timestamp(now))
    return key, [
        KeyFile(PRIVATE_NAME, private_fields(later, new.passphrase)),
        KeyFile(PUBLIC_NAME, fields, secret=False),
    ]


@contextmanager
def written(key_files: list[KeyFile], folder: Path) -> Iterator[list[Path]]:
    """Write key files and yield their paths; those still in the list are gone again when the block fails."""
    made: list[Path] = []
    with private_folder(folder):
        try:
            for key_file in key_files:
                create(folder / key_file.name, key_file.fields, secret=key_file.secret)
                made.append(folder / key_file.name)
            yield made
        except BaseException:
            for path in made:
                path.unlink(missing_ok=True)
            raise


def _public_fields(secrets: Secrets, key: EscrowKey, writer_log: bytes, created: str) -> Fields:
    signed = signed_public(secrets.escrow_id, key, writer_log, created)
    return {
        "format": PUBLIC_FORM,
        "escrow_id": secrets.escrow_id,
        "kem": key.kem,
        "public_key": key.raw.hex(),
        "writer_log_key": writer_log.hex(),
        "custodian_log_key": secrets.signer.public_key().public_bytes_raw().hex(),
        "created": created,
        "signature": secrets.signer.sign(signed).hex(),
    }
