"""Measure how fast a release verifies: digests of all its files and the signature.

    python benchmarks/verify.py [--megabytes 512] [--write]

The figure is per CPU second of one process; reading is from the page cache, so a slow disk is not in it.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deid.release.manifest import Manifest, seal
from deid.release.signing import new_private_key
from deid.release.verify import verify
from deid.release.writer import DataFile
from deid.store import sha256_file
from resultfile import Row, add_write, document, save, table

_REPEATS = 5
_PATH = "data/train-00000-of-00001.parquet"


def main() -> int:
    """Measure, print a table, and keep the figure if asked."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        row = measure(Path(folder), arguments.megabytes)
    print(table(("what", "megabytes", "MB/s"), [[str(value) for value in row.values()]]))
    if arguments.write:
        save(arguments.write, document("verify", {"megabytes": arguments.megabytes}, [row]))
    return 0


def measure(folder: Path, megabytes: int) -> Row:
    """Return the row of one release with a data file of so many megabytes (10^6 bytes)."""
    key = new_private_key()
    release(folder, megabytes, key)
    public, rates = key.public_key().public_bytes_raw(), []
    for _ in range(_REPEATS):
        began = time.process_time()
        size = verify(folder, public_key=public).bytes
        rates.append(size / (time.process_time() - began) / 1e6)
    rate = statistics.median(rates)
    return {"name": "verify", "megabytes": megabytes, "mb_per_cpu_s": round(rate)}


def release(folder: Path, megabytes: int, key: Ed25519PrivateKey) -> None:
    """Make a folder that verifies: one data file of random bytes, sealed as releases are."""
    (folder / "data").mkdir()
    with (folder / _PATH).open("wb") as data:
        for _ in range(megabytes):
            data.write(os.urandom(1_000_000))
    written = DataFile(_PATH, 0, sha256_file(folder / _PATH), megabytes * 1_000_000)
    manifest = Manifest(
        name="measured",
        created="2026-01-31T09:00:00Z",
        tool="deid",
        mode="anonymize",
        purpose=None,
        classes={"appi": "none", "gdpr": "none"},
        counts={},
        config_sha256="0" * 64,
        policy=None,
        models={},
        escrow=None,
        kanon=None,
        gates=(),
    )
    seal(folder, manifest, key, [written])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabytes", type=int, default=512)
    add_write(parser)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
