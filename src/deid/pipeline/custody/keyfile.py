"""Key files: 32 random bytes that only their owner can read, made at first use."""

import os
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from deid.config import Config
from deid.errors import ConfigError
from deid.release.signing import read_private_key
from deid.sections import EscrowConfig
from deid.store import open_to_others, sync_folder
from deid.transform.fpe import require_cipher
from deid.transform.keys import domain_key
from deid.transform.tokens import ReplacementKey


def read_key_file(path: Path, what: str) -> bytes:
    """Return the 32 bytes of a key file, which is made when there is none.

    what : what it is called in messages, with its article.

    Raises ConfigError for a file of another length, or one that others can read.
    """
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):  # another run made it meanwhile: theirs is the key
            _create(path)
    key = path.read_bytes()
    _sweep(path)
    if len(key) != 32:
        raise ConfigError(f"{path}: not {what} of 32 bytes", hint="put the file back as it was made")
    if open_to_others(path):
        raise ConfigError(f"{path}: not {what} that only you can read", hint=f"chmod go= {path}")
    return key


def _create(path: Path) -> None:
    """Make a key file, durably; FileExistsError when there is one, which is never overwritten."""
    draft = path.with_name(f"{_draft(path)}{os.urandom(8).hex()}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as made:
            made.write(os.urandom(32))
            made.flush()
            os.fsync(made.fileno())
        os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)


def _sweep(path: Path) -> None:
    """Remove the other name of a key file that a kill left while it was made: a copy nobody knows of."""
    if path.stat().st_nlink == 1:
        return
    for draft in path.parent.iterdir():
        with suppress(FileNotFoundError):  # whoever makes it just removed it
            if draft.name.startswith(_draft(path)) and draft.samefile(path):
                draft.unlink()


def _draft(path: Path) -> str:
    """Return how the names begin under which a key file is made."""
    return f".{path.name}.tmp-"


def lasting_key(config: Config) -> ReplacementKey | None:
    """Return the key of the configuration's domain, None when it names no file or keeps nothing.

    Raises ConfigError for a bad file, and where a field's treatment needs a package that is missing.
    """
    if config.mode == "anonymize" or config.escrow is None or config.escrow.tokens is None:
        return None
    if any(spec.effective.operator == "ff1" for spec in config.fields.values()):
        require_cipher()
    return domain_key(read_key_file(Path(config.escrow.tokens), "a token key"), config.escrow.domain)


def check_keys(config: Config) -> None:
    """Read the keys of a run, making the domain's where there is none, before any data is.

    Raises ConfigError for one that cannot be read, and for a key of the release that is the escrow's
    (REQUIREMENTS A-07); EscrowError when the escrow cannot be written, so that no work is lost on it.
    """
    signer = None if config.release.key is None else read_private_key(Path(config.release.key)).public_key()
    if config.mode == "pseudonymize" and config.escrow is not None:
        _check_escrow(config.escrow, signer)
    lasting_key(config)


def _check_escrow(escrow: EscrowConfig, signer: Ed25519PublicKey | None) -> None:
    from deid.escrow.keys.local import read_public  # noqa: PLC0415 - anonymize mode never gets here
    from deid.escrow.writer import check_writable  # noqa: PLC0415

    check_writable(escrow.url, escrow.keys)
    if signer is None:
        return
    held = read_public(escrow.keys)
    if signer.public_bytes_raw() in (key.public_bytes_raw() for key in (held.writer_log, held.custodian_log)):
        raise ConfigError("release.key: a key of the escrow", hint="give the release a key of its own")
