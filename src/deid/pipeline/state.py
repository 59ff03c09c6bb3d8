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

from deid.errors import InputError
from deid.pipeline.keyfile import read_key_file
from deid.pipeline.sidecar import SidecarWriter, read_sidecar
from deid.store import write_bytes

_NONCE = 12


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
        """Delete the folder and all in it, the sealed run key first: overwritten, then deleted."""
        sealed = self.folder / "state.json"
        if sealed.exists():
            with sealed.open("r+b") as handle:
                handle.write(bytes(sealed.stat().st_size))
                handle.flush()
                os.fsync(handle.fileno())
            sealed.unlink()
        if self.folder.exists():
            shutil.rmtree(self.folder)


def open_state(
    folder: Path, *, fingerprint: str, operator_key: Path | None, resume: bool, now: datetime.datetime
) -> RunState:
    """Make a working folder, or go on with one.

    fingerprint  : digest of configuration and inputs; a folder of another run is never gone on with.
    operator_key : file that seals the run key; None keeps it in memory only, and the run cannot be resumed.

    Raises InputError when there is nothing to resume.
    """
    made = not folder.exists()
    if resume and made:
        raise _nothing_to_resume(folder)
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
    write_bytes(folder / "state.json", orjson.dumps(state), mode=0o600)


def _resume(folder: Path, fingerprint: str, operator_key: Path | None) -> RunState:
    path = folder / "state.json"
    if operator_key is None or not path.is_file():
        raise _nothing_to_resume(folder)
    try:
        state = orjson.loads(path.read_bytes())
        if state["fingerprint"] != fingerprint:
            raise InputError(
                f"{folder}: configuration or input differ from the run that was killed",
                hint="run again without --resume",
            )
        sealed = base64.b64decode(state["sealed"], validate=True)
        key = AESGCM(_operator(operator_key)).decrypt(
            sealed[:_NONCE], sealed[_NONCE:], _context(fingerprint, state["run"])
        )
        started = datetime.datetime.fromisoformat(state["started"])
    except (InvalidTag, ValueError, KeyError, TypeError):
        raise InputError(
            f"{folder}: the killed run's state does not open", hint="run again without --resume"
        ) from None
    return RunState(folder, key, state["run"], started, resumed=True)


def _nothing_to_resume(folder: Path) -> InputError:
    return InputError(f"{folder}: nothing to resume", hint="run again without --resume")


def _operator(path: Path) -> bytes:
    """Read the operator's key, made at first use: 32 bytes, readable by the operator alone."""
    return read_key_file(path, "an operator key")


def _context(fingerprint: str, run: str) -> bytes:
    return f"deid/run-key/v1\0{fingerprint}\0{run}".encode()
