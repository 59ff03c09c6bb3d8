"""A run's working folder: what is needed to go on after a kill, sealed, and nothing that can be read.

    .NAME.work/  state.json  shard-*.spans  shard-*.analysis  shard-*.receipt  SPLIT-*.jsonl.zst

``state.json`` names the configuration and inputs by digest and holds the run key sealed to the operator's
key, which lies elsewhere; the run key goes when the release is published. ``.analysis`` and ``.receipt``
are sealed frames like the sidecar's; pieces hold released text only.
"""

import base64
import datetime
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from deid.errors import ConfigError, InputError
from deid.pipeline.custody.keyfile import read_key_file
from deid.pipeline.working.sidecar import SidecarWriter, read_sidecar
from deid.store import write_bytes

_NONCE = 12
_STATE = "state.json"
_AGAIN = "run again without --resume"


@dataclass(frozen=True, slots=True)
class RunState:
    """The working folder of the one run that makes its release (``store.new_folder``).

    key     : the run key, 32 bytes.
    run     : name of the run, also in the escrow.
    started : when it was first started.
    resumed : whether an earlier attempt left this folder.
    """

    folder: Path
    key: bytes = field(repr=False)
    run: str
    started: datetime.datetime
    resumed: bool

    def remove(self) -> None:
        """Delete the folder and all in it, after the sealed run key was overwritten.

        What was overwritten is deleted last: killed in between, it says why the run cannot be gone on with.
        """
        if not self.folder.exists():
            return
        sealed = self.folder / _STATE
        if sealed.exists():
            with sealed.open("r+b") as handle:
                handle.write(bytes(sealed.stat().st_size))
                handle.flush()
                os.fsync(handle.fileno())
        for path in self.folder.iterdir():
            if path != sealed:
                path.unlink()
        sealed.unlink(missing_ok=True)
        self.folder.rmdir()


def open_state(
    folder: Path, *, fingerprint: str, operator_key: Path | None, resume: bool, now: datetime.datetime
) -> RunState:
    """Make a working folder, or go on with one.

    fingerprint  : digest of configuration and inputs; a folder of another run is never gone on with.
    operator_key : file that seals the run key; None keeps it in memory only, and the run cannot be resumed.

    Raises InputError when there is nothing to resume, ConfigError for an operator key that is not there then.
    """
    made = not folder.exists()
    if resume and made:
        raise InputError(
            f"{folder}: nothing to resume: no run was killed, or its key is destroyed already", hint=_AGAIN
        )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        if resume:
            return _resume(folder, fingerprint, operator_key)
        for path in folder.iterdir():
            path.unlink()
        key = os.urandom(32)
        run = f"run-{now:%Y%m%dT%H%M%SZ}-{os.urandom(4).hex()}"
        if operator_key is not None:
            _save(folder, fingerprint, key, run, now, _operator(operator_key))
    except BaseException:
        if made:
            shutil.rmtree(folder)
        raise
    return RunState(folder, key, run, now, resumed=False)


def goes_on(folder: Path) -> bool:
    """Return whether a run that was cut short left what ``--resume`` needs."""
    path = folder / _STATE
    return path.is_file() and not _is_overwritten(path.read_bytes())


def save_sealed(path: Path, key: bytes, value: Any) -> None:
    """Write one JSON value as a sealed file."""
    with SidecarWriter(path, key) as sidecar:
        sidecar.write([value])


def load_sealed(path: Path, key: bytes) -> Any:
    """Read what ``save_sealed`` wrote; None when there is no such file."""
    if not path.exists():
        return None
    frames = list(read_sidecar(path, key))
    return frames[0][0] if frames else None


def _save(
    folder: Path, fingerprint: str, key: bytes, run: str, now: datetime.datetime, operator: bytes
) -> None:  # one state, one line each
    nonce = os.urandom(_NONCE)
    sealed = nonce + AESGCM(operator).encrypt(nonce, key, _context(fingerprint, run))
    state = {
        "version": 1,
        "fingerprint": fingerprint,
        "run": run,
        "started": now.isoformat(),
        "sealed": base64.b64encode(sealed).decode(),
    }
    write_bytes(folder / _STATE, orjson.dumps(state), mode=0o600)


def _resume(folder: Path, fingerprint: str, operator_key: Path | None) -> RunState:
    path = folder / _STATE
    if operator_key is None or not path.is_file():
        raise InputError(f"{folder}: nothing to resume: the run's key was not kept", hint=_AGAIN)
    saved = path.read_bytes()
    if _is_overwritten(saved):
        raise InputError(
            f"{folder}: nothing to resume: the run was killed after it destroyed its key", hint=_AGAIN
        )
    if not operator_key.exists():  # a new one opens nothing
        raise ConfigError(
            f"{operator_key}: no such operator key", hint="give the one that the run was started with"
        )
    try:
        state = orjson.loads(saved)
        if state["fingerprint"] != fingerprint:
            raise InputError(
                f"{folder}: configuration or input differ from the run that was killed",
                hint=f"a file's time of change counts too, and the versions used; {_AGAIN}",
            )
        sealed = base64.b64decode(state["sealed"], validate=True)
        key = AESGCM(_operator(operator_key)).decrypt(
            sealed[:_NONCE], sealed[_NONCE:], _context(fingerprint, state["run"])
        )
        started = datetime.datetime.fromisoformat(state["started"])
    except (InvalidTag, ValueError, KeyError, TypeError):
        raise InputError(f"{folder}: the killed run's state does not open", hint=_AGAIN) from None
    return RunState(folder, key, state["run"], started, resumed=True)


def _is_overwritten(saved: bytes) -> bool:
    return not any(saved)


def _operator(path: Path) -> bytes:
    """Read the operator's key, made at first use: 32 bytes, readable by the operator alone."""
    return read_key_file(path, "an operator key")


def _context(fingerprint: str, run: str) -> bytes:
    return f"deid/run-key/v1\0{fingerprint}\0{run}".encode()
