"""Receipt of a bundle and, apart from it, of its deleted information (APPI art. 41(2); G 7.2)."""

import datetime
import shutil
from dataclasses import dataclass
from pathlib import Path

from deid.errors import InputError, ReleaseRefused
from deid.papers.source import PaperSource, read_source
from deid.policies import PolicySpec
from deid.provision.bundle import is_bundle, verify_bundle
from deid.provision.register import Event, Register
from deid.store import is_inside
from deid.subjects.calendar import load_calendar
from deid.types import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What came in, and where it is to be kept.

    bundle  : folder of the bundle, or of a release alone; ``data`` is made for it.
    deleted : file or folder with the deleted information, None when none came; ``vault`` is made for it.
    """

    bundle: Path
    data: Path
    deleted: Path | None = None
    vault: Path | None = None


def receive(
    arrival: Arrival,
    register: Register,
    *,
    policy: PolicySpec,
    purpose: str | None,
    public_key: bytes | None,
    now: datetime.datetime,
) -> Event:
    """Bring a bundle in, its deleted information into another store, and enter the receipt.

    purpose : what the policy publishes for it; None sets the day by which one has to be published.

    Raises ReleaseRefused when the two would lie together, when deleted information comes with an anonymized
    release (APPI art. 45), or for a purpose that the policy does not name.
    """
    folder = arrival.bundle / "release" if is_bundle(arrival.bundle) else arrival.bundle
    if is_bundle(arrival.bundle):
        verify_bundle(arrival.bundle, public_key=public_key)
    source = read_source(folder, public_key=public_key)
    if problems := [*_together(arrival), *_unlawful(arrival, source, policy, purpose)]:
        raise ReleaseRefused(problems)
    for path in filter(None, (arrival.data, arrival.vault)):
        if path.exists():
            raise InputError(f"{path}: exists already", hint="nothing is ever overwritten")
        if is_inside(path, arrival.bundle) or is_inside(register.path, path):
            raise InputError(f"{path}: keep it apart from the bundle that came and from the register")
    facts = _facts(arrival, source, policy, purpose, now.date())
    try:
        _bring_in(arrival)
        return register.append("receipt", source, facts, now=now)
    except BaseException:
        for path in filter(None, (arrival.data, arrival.vault)):
            shutil.rmtree(path, ignore_errors=True)
        raise


def _facts(
    arrival: Arrival, source: PaperSource, policy: PolicySpec, purpose: str | None, today: datetime.date
) -> Json:
    """Return what the register keeps; without a purpose, by when one has to be published."""
    rule = policy.requests
    due = load_calendar(rule.calendar).after(today, rule.business_days)
    needed = purpose is None and source.mode == "pseudonymize"
    return {
        "on": today.isoformat(),
        "purpose": purpose,
        "purpose_due": due.isoformat() if needed else None,
        "deleted": arrival.deleted is not None,
        "policy": policy.name,
    }


def _bring_in(arrival: Arrival) -> None:
    shutil.copytree(arrival.bundle, arrival.data)
    if arrival.deleted is not None and arrival.vault is not None:
        _into_vault(arrival.deleted, arrival.vault)


def _together(arrival: Arrival) -> list[str]:
    """Return why deleted information and data would not be apart."""
    if (arrival.deleted is None) != (arrival.vault is None):
        return ["deleted information and the store for it are named together, or neither"]
    if arrival.deleted is None or arrival.vault is None:
        return []
    problems = []
    if is_inside(arrival.deleted, arrival.bundle) or is_inside(arrival.bundle, arrival.deleted):
        problems.append(
            "the deleted information came inside the bundle: ask for it apart (APPI article 41(2))"
        )
    if is_inside(arrival.vault, arrival.data) or is_inside(arrival.data, arrival.vault):
        problems.append("the bundle and its deleted information would lie in one store (APPI article 41(2))")
    return problems


def _unlawful(arrival: Arrival, source: PaperSource, policy: PolicySpec, purpose: str | None) -> list[str]:
    problems = []
    if arrival.deleted is not None and source.mode == "anonymize":
        problems.append("deleted information of an anonymized release must not be acquired (APPI article 45)")
    if purpose is not None and purpose not in policy.purposes:
        problems.append(f"policy `{policy.name}` names no purpose `{purpose}` ({policy.unnamed_purpose})")
    return problems


def _into_vault(deleted: Path, vault: Path) -> None:
    """Copy the deleted information into a folder for its owner alone."""
    vault.mkdir(mode=0o700, parents=True)
    if deleted.is_dir():
        shutil.copytree(deleted, vault / deleted.name)
    else:
        shutil.copy2(deleted, vault / deleted.name)
    for path in vault.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
