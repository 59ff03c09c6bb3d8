"""Who may be in a run at all: the ledger, read when it starts and looked at again before it publishes."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from deid.config import Config
from deid.errors import EscrowError
from deid.policies import load_policy
from deid.subjects.ledger import Ledger, PersonIndex
from deid.subjects.standing import Standing, standing

_NOBODY = Standing(0, {}, PersonIndex(b""))


def admitted(config: Config) -> Standing:
    """Return what the ledger says now; without one in the configuration, nobody is excluded.

    Raises EscrowError when the ledger cannot be read.
    """
    if config.ledger is None:
        return _NOBODY
    with _opened(Path(config.ledger), config) as ledger:
        return standing(ledger, purpose=config.purpose, versions=_versions(config))


def _versions(config: Config) -> dict[str, Collection[str]] | None:
    """Return what each version of the policy allows, by whatever the purpose is mapped to (Omigo 8.1)."""
    if config.policy is None:
        return None
    policy = load_policy(config.policy)
    mapped = (config.purpose,) if config.purpose in policy.mappable else ()
    return {**policy.earlier, policy.version: (*policy.purposes, *mapped)}


def ledger_head(config: Config) -> int:
    """Return the number of the ledger's last entry; 0 without a ledger."""
    if config.ledger is None:
        return 0
    with _opened(Path(config.ledger), config) as ledger:
        return ledger.head()


@contextmanager
def _opened(path: Path, config: Config) -> Iterator[Ledger]:
    """Open the ledger; the error of one that cannot be read names the clause that it serves."""
    try:
        with Ledger.open(path) as ledger:
            yield ledger
    except EscrowError as error:
        if config.policy is None:
            raise
        clause = load_policy(config.policy).requests.clause
        raise EscrowError(f"{error}: so nobody may be released (clause {clause})", hint=error.hint) from None
