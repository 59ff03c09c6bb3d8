"""One act by a process that kills itself at a named point: ``custody_child.py FOLDER ACT POINT COUNT``."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from escrow_child import die_at

from deid.escrow import Expired, backup, expire, open_private_key, restore, reveal_record, shred

NOW = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)
PASSPHRASE = b"correct horse battery"


def main(folder: Path, act: str) -> None:
    """Do it; what a reveal gives goes to standard output."""
    url, keys = f"sqlite:///{folder}/escrow.db", f"local:{folder}/escrow.pub"
    if act == "shred":
        shred(url, keys, subject="u1", why="request 7", now=NOW)
    elif act == "expire":
        expire(url, keys, Expired(run_id="run-1"), why="kept a year", now=NOW)
    elif act == "backup":
        backup(url, keys, folder / "saved", now=NOW)
    elif act == "restore":
        key = open_private_key(folder / "escrow.key", PASSPHRASE)
        restore(folder / "older", url, keys, private_key=key, now=NOW)
    else:
        key = open_private_key(folder / "escrow.key", PASSPHRASE)
        payloads = reveal_record(
            url, private_key=key, record="r1", purpose="p", requester="q", published=None, now=NOW
        )
        sys.stdout.buffer.write(b"".join(payloads))


if __name__ == "__main__":
    die_at(sys.argv[3], int(sys.argv[4]))
    main(Path(sys.argv[1]), sys.argv[2])
