"""Provision of a release to a recipient: every condition checked, then bundle, papers and record.

Nothing is provided by default: anonymously processed information needs a publication that announces it and is
dated before (APPI art. 43(4)); pseudonymously processed information is never given to third parties (art.
41(6), 42).
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deid.errors import DeidError, InputError, ReleaseRefused
from deid.papers.notices import Bilingual
from deid.papers.provided import ProvisionFacts, persons_band, render_provided
from deid.papers.publication import render_publication
from deid.papers.source import PaperSource
from deid.provision.bundle import LIST, verify_bundle, write_bundle
from deid.provision.recipients import Recipient
from deid.provision.register import Event, Register
from deid.release.signing import new_private_key
from deid.store import is_inside, new_folder, sha256_file
from deid.types import Json

_BASIS = {
    ("anonymize", "third-party"): "anonymously processed information, announced: APPI article 43(4)",
    ("anonymize", "processor"): "anonymously processed information, announced: APPI article 43(4)",
    ("anonymize", "joint-user"): "anonymously processed information, announced: APPI article 43(4)",
    ("pseudonymize", "processor"): "entrustment: APPI articles 41(6), 42(2), 27(5)(i)",
    ("pseudonymize", "joint-user"): "joint use as announced: APPI articles 41(6), 42(2), 27(5)(iii)",
}
_GATES = ("controlled", "public")


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """What is asked for.

    recipient : id in the recipients' file.
    on        : day of the provision; not before today.
    method    : how it gets there.
    sign      : key that signs the bundle's list; None takes one that nobody keeps.
    """

    recipient: str
    on: datetime.date
    method: Bilingual
    sign: Ed25519PrivateKey | None = field(default=None, repr=False)


def provide(
    source: PaperSource,
    out: Path,
    asked: Provision,
    *,
    recipients: Mapping[str, Recipient],
    register: Register,
    now: datetime.datetime,
) -> Event:
    """Write the bundle at ``out`` and enter the provision; the record is there before the bundle is.

    Killed between the two, the same call gives the bundle its name and returns the record that was made.

    Raises ReleaseRefused with every condition that does not hold; then neither is there.
    """
    if out.exists() or out.is_symlink():
        raise InputError(f"{out}: exists already", hint="nothing is ever overwritten")
    if is_inside(out, source.folder) or is_inside(register.path, out):
        raise InputError(f"{out}: keep bundle, release and register in folders apart")
    recipient = recipients.get(asked.recipient)
    if recipient is None:
        raise ReleaseRefused([f"recipient `{asked.recipient}` is not in the file of recipients (O-22)"])
    announced = _announcement(source, register, asked)
    problems = [*_refusals(source, recipient, announced), *_untimely(source, register, asked, now.date())]
    if problems:
        raise ReleaseRefused(problems)
    facts = _facts(asked, source, recipient, announced)
    record = partial(_record, source, facts, asked.recipient)

    def entered(left: Path) -> Event | None:  # read anew: an entry of this call counts
        return _entered(Register.open(register.path).of(source.digest, "provision"), record, left)

    with new_folder(out, goes_on=lambda left: entered(left) is not None) as bundle:
        if (before := entered(bundle)) is not None:
            return before
        digest = write_bundle(
            source, bundle, _papers(source, facts), asked.recipient, asked.sign or new_private_key()
        )
        return register.append("provision", source, record(digest), now=now)


def _refusals(source: PaperSource, recipient: Recipient, announced: Event | None) -> Iterator[str]:
    """Yield what speaks against this recipient having this release at all."""
    yield from (f"recipient: {name} is missing" for name in recipient.missing(source.regimes))
    purpose = source.manifest["purpose"]
    if recipient.purposes and purpose not in recipient.purposes:
        yield f"purpose `{purpose}` is not in the agreement with the recipient (O-22)"
    if source.mode == "pseudonymize":
        if recipient.kind == "third-party":
            yield "pseudonymously processed information is not for third parties (APPI article 41(6), 42)"
        return
    if announced is None:
        yield "no earlier publication announces the items and the method of provision (APPI article 43(4))"
    if recipient.kind == "third-party" and source.risk.get("gate") not in _GATES:
        yield f"it passed gate `{source.risk.get('gate')}`; third parties need controlled or public (D-7)"


def _untimely(
    source: PaperSource, register: Register, asked: Provision, today: datetime.date
) -> Iterator[str]:
    if asked.on < today:
        yield f"{asked.on} has passed: a provision is entered by its day (APPI article 29)"
    if asked.on > _assessed_until(source, register):
        yield f"its assessment was due again on {_assessed_until(source, register)} (WP216)"
    if fallen := register.of(source.digest, "status"):
        yield f"it counts as {fallen[-1].facts['to']} since {fallen[-1].facts['on']} (O-26)"
    if register.of(source.digest, "rebuild"):
        yield "it was made again without somebody: provide that one (O-31)"


def _assessed_until(source: PaperSource, register: Register) -> datetime.date:
    again = register.of(source.digest, "reassessment")
    return datetime.date.fromisoformat(again[-1].facts["next"]) if again else source.reassess


def _announcement(source: PaperSource, register: Register, asked: Provision) -> Event | None:
    """Return the last publication that announces a provision by this method, on an earlier day."""
    found = [
        event
        for event in register.of(source.digest, "publication")
        if (event.facts["method"], event.facts.get("method_ja")) == (asked.method.en, asked.method.ja)
        and datetime.date.fromisoformat(event.facts["on"]) < asked.on
    ]
    return found[-1] if found else None


def _facts(
    asked: Provision, source: PaperSource, recipient: Recipient, announced: Event | None
) -> ProvisionFacts:
    return ProvisionFacts(
        recipient=recipient.name,
        country=recipient.country,
        system=recipient.system,
        measures=recipient.measures,
        agreement=recipient.agreement,
        purposes=recipient.purposes,
        method=asked.method,
        on=asked.on,
        basis=_BASIS[source.mode, recipient.kind],
        publication="" if announced is None else f"{announced.facts['where']}, {announced.facts['on']}",
    )


def _entered(events: Iterable[Event], record: Callable[[str], Json], bundle: Path) -> Event | None:
    """Return the entry of a whole bundle, where one is in the folder and was entered."""
    try:
        verify_bundle(bundle, public_key=None)
    except DeidError:
        return None
    wanted = record(sha256_file(bundle / LIST))
    return next((event for event in events if event.facts == wanted), None)


def _papers(source: PaperSource, facts: ProvisionFacts) -> dict[str, str]:
    notices = render_publication(source)
    papers = {name: text for name, text in notices.items() if name.startswith("recipient.")}
    return papers | render_provided(source, facts)


def _record(source: PaperSource, facts: ProvisionFacts, recipient: str, bundle: str) -> Json:
    """Return what the register keeps of a provision (APPI art. 29; REQUIREMENTS P-4)."""
    return {
        "recipient": recipient,
        "name": facts.recipient,
        "country": facts.country,
        "on": facts.on.isoformat(),
        "items": [item.en for item in source.items],
        "persons": persons_band((source.manifest["kanon"] or {}).get("subjects")),
        "method": facts.method.en,
        "basis": facts.basis,
        "purposes": list(facts.purposes),
        "publication": facts.publication,
        "agreement": facts.agreement,
        "bundle": bundle,
    }
