"""Who may be in a run at all: the ledger, read when it starts and looked at again before it publishes."""

from pathlib import Path

from deid.config import Config
from deid.subjects.ledger import Ledger, PersonIndex
from deid.subjects.standing import Standing, standing

_NOBODY = Standing(0, {}, PersonIndex(b""))


def admitted(config: Config) -> Standing:
    """Return what the ledger says now; without one in the configuration, nobody is excluded.

    Raises EscrowError when the ledger cannot be read.
    """
    if config.ledger is None:
        return _NOBODY
    with Ledger.open(Path(config.ledger)) as ledger:
        return standing(ledger, purpose=config.purpose)


def ledger_head(config: Config) -> int:
    """Return the number of the ledger's last entry; 0 without a ledger."""
    if config.ledger is None:
        return 0
    with Ledger.open(Path(config.ledger)) as ledger:
        return ledger.head()
