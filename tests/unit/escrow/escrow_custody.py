"""Approvers, requests and reveals on a site, with keys made without their passphrases' cost."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from escrow_site import NOW, Site, rows

from deid.escrow import (
    Approver,
    ApproverPublic,
    Asked,
    Expired,
    Standing,
    approve,
    checkpoint,
    expire,
    gc,
    register_approver,
    request_reveal,
    require_approvals,
    reveal_request,
    shred,
)

LATER = datetime(2026, 2, 7, 9, 0, tzinfo=UTC)
_SIGNERS = {name: Ed25519PrivateKey.generate() for name in ("office", "legal", "audit", "stranger")}
PEOPLE = {name: Approver(name, signer) for name, signer in _SIGNERS.items()}


def public_of(name: str) -> ApproverPublic:
    return ApproverPublic(name, _SIGNERS[name].public_key().public_bytes_raw())


def register(site: Site, *names: str) -> None:
    for name in names or ("office", "legal", "audit"):
        register_approver(
            site.url, site.keys, private_key=site.private_key, approver=public_of(name), now=NOW
        )


def require(site: Site, approvals: int) -> None:
    require_approvals(site.url, site.keys, private_key=site.private_key, approvals=approvals, now=NOW)


def ask(
    site: Site, *records: str, by: str = "office", subject: str = "", maximum: int = 9, days: int = 7
) -> str:
    standing = request_reveal(
        site.url,
        site.keys,
        requester=PEOPLE[by],
        asked=Asked(records, subject, maximum),
        purpose="access request",
        ticket="T-2291",
        expires=NOW + timedelta(days=days),
        now=NOW,
    )
    return standing.request.request


def say_yes(site: Site, request: str, by: str, now: datetime = NOW) -> Standing:
    return approve(site.url, site.keys, approver=PEOPLE[by], request=request, now=now)


def run(
    site: Site, request: str, published: Mapping[str, str] | None = None, now: datetime = NOW
) -> dict[bytes, list[bytes]]:
    return reveal_request(
        site.url, site.keys, private_key=site.private_key, request=request, published=published, now=now
    )


def live(site: Site) -> None:
    """Let everything happen twice: every table but ``meta`` and ``escrow_key`` has two rows or more."""
    for batch in "ab":
        site.put(batch, rows(6, batch), run_id=f"run-{batch}")
    for batch in "cd":
        site.put(batch, rows(3, batch), run_id="run-c")
        site.put(batch, rows(3, batch), run_id=f"old-{batch}")
    gc(site.url, site.keys, {}, run_id="run-c", now=NOW)
    register(site)
    require(site, 1)
    requests = [ask(site, record) for record in ("a0", "b0")]
    for request in requests:
        say_yes(site, request, "legal")
        run(site, request)
    require(site, 2)
    for subject in ("u1", "u2"):
        shred(site.url, site.keys, subject=subject, why="request 7", now=NOW)
    for batch in "cd":
        expire(site.url, site.keys, Expired(run_id=f"old-{batch}"), why="kept a year", now=NOW)
    for _ in range(2):
        checkpoint(site.url, site.keys, now=NOW)
