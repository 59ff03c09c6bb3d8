"""Custody by several: who may approve, a request, and approvals of it; ``reveal`` carries a request out.

Everything is an entry in the log, signed by whoever says it: the custodian registers approvers and says how
many approvals a reveal needs; an approver asks; other approvers approve the hash of that entry.

An approver whose key is lost, or who leaves, is retired: their requests are void, and their approvals of
requests not yet carried out count no more.

The number of approvals only rises: one custodian alone cannot lower it for an afternoon. This is a rule this
program keeps and the log proves, not cryptography: who holds ``escrow.key`` and its passphrase can open the
database with another program. Against that, share the key (``docs/custody.md``).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from deid.errors import EscrowError, InputError
from deid.escrow import tombstones
from deid.escrow.chain import body, check_name, timestamp
from deid.escrow.decisions import CUSTODY, Decider, custodian, outstanding
from deid.escrow.derived import append
from deid.escrow.keys.approver import Approver, ApproverPublic
from deid.escrow.keys.local import PrivateKey, PublicKey, read_public, read_writer
from deid.escrow.register import MAX_RECORDS, OVER, Register, Standing
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


def require_approvals(url: str, keys: str, *, private_key: PrivateKey, approvals: int, now: datetime) -> None:
    """Say how many approvals every reveal needs from here on, 1 to 16; EscrowError unless it rises.

    This and every decision of the custodian's goes on the list of tombstones beside ``escrow.pub``, so that
    no backup put back undoes it.
    """
    if not 1 <= approvals <= MAX_APPROVALS:
        raise InputError(f"approvals must be 1 to {MAX_APPROVALS}")
    with _deciding(url, keys, private_key, now) as decider:
        held = decider.register.required()
        if approvals <= held:
            raise EscrowError(
                f"{held} approvals are needed already",
                hint="the number only rises; found another escrow for less",
            )
        decider.decide("quorum", {"approvals": approvals, "at": decider.at})


def register_approver(
    url: str, keys: str, *, private_key: PrivateKey, approver: ApproverPublic, now: datetime
) -> tuple[str, ...]:
    """Register an approver; return the names of all who may approve now.

    EscrowError when name or key was registered before; those of a retired approver are not used again.
    """
    said: dict[str, object] = {
        "approver": approver.author,
        "at": timestamp(now),
        "name": check_name("name", approver.name),
        "public": approver.public.hex(),
    }
    with _deciding(url, keys, private_key, now) as decider:
        held = decider.register.approvers()
        if approver.author in held or approver.name in held.values():
            raise EscrowError("an approver of this name or key was registered before")
        decider.decide("approver", said)
        return _may_approve(decider.register)


def retire_approver(
    url: str, keys: str, *, private_key: PrivateKey, name: str, now: datetime
) -> tuple[str, ...]:
    """Retire an approver for good; return the names of those left.

    EscrowError when nobody of the name may approve. Their requests that were not carried out are void, and
    their approvals of others' no longer count.
    """
    with _deciding(url, keys, private_key, now) as decider:
        register = decider.register
        if name not in _may_approve(register):
            raise EscrowError(
                "no approver of this name", hint="`deid reveal retire` takes the registered name"
            )
        chain = next(author for author, known in register.approvers().items() if known == name)
        decider.decide("dismiss", {"approver": chain, "at": decider.at})
        return _may_approve(register)


def settle_decisions(url: str, keys: str, *, private_key: PrivateKey, now: datetime) -> int:
    """Make decisions again that the list beside ``escrow.pub`` has and the database lost; return how many.

    To be called before a reveal on the custodian's word alone, which reads no list: a database put back to
    before approvals were needed would open without them. Changes nothing where nothing is lost.

    Raises EscrowError when escrow or list cannot be read.
    """
    public = read_public(keys)
    listed = tombstones.path_beside(keys)
    with open_store(url, public.escrow_id) as store, store.snapshot():
        n_owed = len(outstanding(store, listed, public, CUSTODY))
    if n_owed:
        with _deciding(url, keys, private_key, now):
            pass
    return n_owed


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

    Raises InputError for a request that asks for nothing, for too much or till no time, EscrowError for a
    requester who is not registered, or when the escrow cannot be opened.
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
        register.check_may(author.name)
        entry = append(store, author, "request", body(said))
        return register.standing(register.request(entry.hash.hex()), timestamp(now))


def approve(url: str, keys: str, *, approver: Approver, request: str, now: datetime) -> Standing:
    """Approve a request; EscrowError when it has expired, was run or is void, and to its requester.

    request : hash of the request, or its first 12 digits or more.
    """
    public, at = read_public(keys), timestamp(now)
    with open_store(url, public.escrow_id) as store, store.transaction():
        register, author = _register(store, public), approver.author(public.escrow_id)
        register.check_may(author.name)
        standing = register.standing(register.request(request), at)
        if standing.request.author == author.name:
            raise EscrowError("the requester cannot approve their own request", hint="ask another approver")
        if standing.state in ("expired", "run", "void"):
            raise EscrowError(_over(standing), hint="make a new request")
        if register.approvers()[author.name] in standing.approvers:
            raise EscrowError("you approved this request already")
        append(store, author, "approval", body({"at": at, "request": standing.request.request}))
        return register.standing(standing.request, at)


def requests(url: str, keys: str, *, now: datetime) -> list[Standing]:
    """Return every request and where it stands, oldest first.

    Raises EscrowError when the escrow cannot be opened.
    """
    public = read_public(keys)
    with open_store(url, public.escrow_id) as store, store.snapshot():
        return _register(store, public).standings(timestamp(now))


def _over(standing: Standing) -> str:
    return f"the request {OVER[standing.state]}"


def _check_asked(asked: Asked) -> None:
    if bool(asked.records) == bool(asked.subject):
        raise InputError("a request asks for records or for one subject")
    if not 1 <= asked.maximum <= MAX_RECORDS:
        raise InputError(f"a request is for 1 to {MAX_RECORDS:,} records")
    if len(set(asked.records)) > asked.maximum:
        raise InputError(f"{len(set(asked.records))} records asked for, at most {asked.maximum}")


def _register(store: Store, public: PublicKey) -> Register:
    return Register(store, public.escrow_id, public.custodian_log)


def _may_approve(register: Register) -> tuple[str, ...]:
    gone = register.dismissed()
    return tuple(name for author, name in register.approvers().items() if author not in gone)


@contextmanager
def _deciding(url: str, keys: str, private_key: PrivateKey, now: datetime) -> Iterator[Decider]:
    """Run the block as the custodian's transaction, after what the list says was lost is made again."""
    public = read_public(keys)
    author, listed = custodian(public, private_key.author()), tombstones.path_beside(keys)
    with open_store(url, public.escrow_id) as store:
        decider = Decider(store, public, author, listed, timestamp(now))
        with store.transaction():
            decider.settle(CUSTODY)
        with store.transaction():
            yield decider
