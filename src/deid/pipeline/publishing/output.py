"""The output folder of a run: free, writable, and apart from escrow and ledger."""

import os
from collections.abc import Iterator
from pathlib import Path

from deid.config import Config
from deid.errors import ConfigError, InputError, expect
from deid.sections import EscrowConfig
from deid.store import is_free, is_inside


def check_output(out: str | Path, config: Config) -> Path:
    """Return the absolute output folder.

    Raises InputError when it is taken or cannot be written, ConfigError when escrow and output are not apart.
    """
    expect("out", out, "a path", str, os.PathLike)
    target = Path(out).absolute()
    _check_name(target)
    if not is_free(target):
        raise InputError(f"{out}: the output exists already", hint="choose another folder, or remove it")
    if config.ledger is not None and is_inside(Path(config.ledger), target):
        raise ConfigError("ledger: it would lie in the release", hint="keep it in a folder apart")
    if config.escrow is not None and config.mode == "pseudonymize":
        for what, path in _escrow_folders(config.escrow):
            if is_inside(path, target) or is_inside(target, path):
                raise ConfigError(
                    f"{what}: escrow and output share a folder", hint="keep them in folders apart"
                )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{out}: cannot write here: {error.strerror}") from None
    return target


def refused_folder(target: Path) -> Path:
    """Return the folder with the report of a run that no gate lets out."""
    return target.with_name(f"{target.name}.refused")


def _escrow_folders(escrow: EscrowConfig) -> Iterator[tuple[str, Path]]:
    """Yield the folders that must be apart from the output; a database on a server has none here."""
    if escrow.url.startswith("sqlite:///"):
        yield "escrow.url", Path(escrow.url.removeprefix("sqlite:///")).absolute().parent
    yield "escrow.keys", Path(escrow.keys.removeprefix("local:")).absolute().parent
    if escrow.tokens is not None:
        yield "escrow.tokens", Path(escrow.tokens).absolute().parent


def _check_name(path: Path) -> None:
    """Refuse a path that is not UTF-8: what writes tables and manifests takes no other."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        raise InputError(
            f"{str(path)!a}: a name that is not UTF-8",
            hint="rename it; of a name that is, the locale says otherwise: set LC_ALL=C.UTF-8",
        ) from None
