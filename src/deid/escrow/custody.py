"""Custody by several: who may approve, a request, and approvals of it; ``reveal`` carries a request out.

Everything is an entry in the log, signed by whoever says it: the custodian registers approvers and says how
many approvals a reveal needs; an approver asks; other approvers approve the hash of that entry.

The number of approvals only rises: one custodian alone cannot lower it for an afternoon. This is a rule this
program keeps and the log proves, not cryptography: who holds ``escrow.key`` and its passphrase can open the
database with another program. Against that, share the key (``docs/custody.md``).
"""

from dataclasses import dataclass
from datetime import datetime

from deid.errors import EscrowError, InputError
from deid.escrow.chain import body, check_name, timestamp
from deid.escrow.derived import append
from deid.escrow.keys.approver import Approver, ApproverPublic
from deid.escrow.keys.local import PrivateKey, PublicKey, read_public, read_writer
from deid.escrow.register import MAX_RECORDS, Register, Standing
from deid.escrow.stores.open import open_store
from deid.escrow.stores.store import Store

MAX_APPROVALS = 16


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for: records by their ids in the release, or all that is sealed of one subject.

    maximum : most records that may be opened, 1 to 10,000.
    """

    records: tuple[str, ...] = ()
    subject: str = ""
    maximum: int = 1


def require_approvals(url: str, *, private_key: PrivateKey, approvals: int, now: datetime) -> None:
    """Say how many approvals every reveal needs from here on, 1 to 16; EscrowError unless it rises."""
    if not 1 <= approvals <= MAX_APPROVALS:
        raise InputError(f"approvals must be 1 to {MAX_APPROVALS}")
    with open_store(url, private_key.escrow_id) as store, store.transaction():
        held = _custodians(store, private_key).required()
        if approvals <= held:
            raise EscrowError(
                f"{held} approvals are needed already",
                hint="the number only rises; found another escrow for less",
            )
        said = {"approvals": approvals, "at": timestamp(now)}
        append(store, private_key.author(), "quorum", body(said))


def register_approver(
    url: str, *, private_key: PrivateKey, approver: ApproverPublic, now: datetime
) -> tuple[str, ...]:
    """Register an approver; return the names of all. EscrowError when name or key is registered already."""
    with open_store(url, private_key.escrow_id) as store, store.transaction():
        held = _custodians(store, private_key).approvers()
        if approver.author in held or approver.name in held.values():
            raise EscrowError("an approver of this name or key is registered already")
        said = {
            "approver": approver.author,
            "at": timestamp(now),
            "name": check_name("name", approver.name),
            "public": approver.public.hex(),
        }
        append(store, private_key.author(), "approver", body(said))
        return (*held.values(), approver.name)


def request_reveal(  # noqa: PLR0913 - a request without one of these is not accountable
    url: str,
    keys: str,
    *,
    requester: Approver,
    asked: Asked,
    purpose: str,
    ticket: str,
    expires: datetime,
    now: datetime,
) -> Standing:
    """Ask for a reveal; return the request, whose hash the others approve.

    requester : a registered approver; they cannot approve this request.
    purpose, ticket : go into the log in clear, so they name a ground and a case, never a person's text.

    Needs ``writer.key`` beside ``escrow.pub``, for the index ids. Whether anything is there is not told.
    """
    _check_asked(asked)
    public = read_public(keys)
    index = read_writer(keys, public).index
    said = {
        "at": timestamp(now),
        "expires": timestamp(expires),
        "maximum": asked.maximum,
        "purpose": check_name("purpose", purpose),
        "records": list(dict.fromkeys(index.record(record).hex() for record in asked.records)),
        "subject": index.subject(asked.subject).hex() if asked.subject else "",
        "ticket": check_name("ticket", ticket),
    }
    if timestamp(expires) <= timestamp(now):
        raise InputError("the request would expire before it is made")
    with open_store(url, public.escrow_id) as store, store.transaction():
        register = _register(store, public)
        author = requester.author(public.escrow_id)
        register.key_of(author.name)
        entry = append(store, author, "request", body(said))
        return register.standing(register.request(entry.hash.hex()), timestamp(now))


def approve(url: str, keys: str, *, approver: Approver, request: str, now: datetime) -> Standing:
    """Approve a request; EscrowError when it has expired or was run, and to its requester.

    request : hash of the request, or its first 12 digits or more.
    """
    public, at = read_public(keys), timestamp(now)
    with open_store(url, public.escrow_id) as store, store.transaction():
        register, author = _register(store, public), approver.author(public.escrow_id)
        register.key_of(author.name)
        standing = register.standing(register.request(request), at)
        if standing.request.author == author.name:
            raise EscrowError("the requester cannot approve their own request", hint="ask another approver")
        if standing.state in ("expired", "run"):
            raise EscrowError(_over(standing), hint="make a new request")
        if register.approvers()[author.name] in standing.approvers:
            raise EscrowError("you approved this request already")
        append(store, author, "approval", body({"at": at, "request": standing.request.request}))
        return register.standing(standing.request, at)


def requests(url: str, keys: str, *, now: datetime) -> list[Standing]:
    """Return every request and where it stands, oldest first."""
    public = read_public(keys)
    with open_store(url, public.escrow_id) as store, store.snapshot():
        return _register(store, public).standings(timestamp(now))


def _over(standing: Standing) -> str:
    said = "has expired" if standing.state == "expired" else "was carried out already"
    return f"the request {said}"


def _check_asked(asked: Asked) -> None:
    if bool(asked.records) == bool(asked.subject):
        raise InputError("a request asks for records or for one subject")
    if not 1 <= asked.maximum <= MAX_RECORDS:
        raise InputError(f"a request is for 1 to {MAX_RECORDS:,} records")
    if len(set(asked.records)) > asked.maximum:
        raise InputError(f"{len(set(asked.records))} records asked for, at most {asked.maximum}")


def _register(store: Store, public: PublicKey) -> Register:
    return Register(store, public.escrow_id, public.custodian_log)


def _custodians(store: Store, private_key: PrivateKey) -> Register:
    return Register(store, private_key.escrow_id, private_key.author().signer.public_key())
