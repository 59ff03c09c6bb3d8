"""Incident report: what an authority and the persons are told of a release (O-28; APPI 26; GDPR 33)."""

from deid.papers.provided import persons_band
from deid.papers.source import PaperSource
from deid.provision.reassess import holders
from deid.provision.register import Register
from deid.types import Json


def incident_report(source: PaperSource, register: Register, *, entries_since: int | None) -> Json:
    """Return the facts, without anything personal.

    entries_since : entries of the escrow's log after the release was made (openings, destructions, runs);
                    None when the log was not looked at.
    """
    manifest = source.manifest
    return {
        "release": source.name,
        "manifest": source.digest,
        "controller": source.controller,
        "contact": source.contact,
        "mode": source.mode,
        "class": manifest["class"],
        "items": [{"ja": item.ja, "en": item.en} for item in source.items],
        "persons": persons_band((manifest["kanon"] or {}).get("subjects")),
        "records": manifest["counts"].get("records"),
        "recipients": holders(source, register),
        "status_changes": [event.facts for event in register.of(source.digest, "status")],
        "absent_data_found": source.incidents,
        "escrow": _escrow(source, entries_since),
        "measures": _measures(source),
        "report_by": "PPC: 3 to 5 days for the first report, 30 or 60 for the last; GDPR: 72 hours",
    }


def _escrow(source: PaperSource, entries_since: int | None) -> Json:
    if source.mode == "anonymize":
        return {"entries_since_release": 0, "said_by": "no escrow was opened in anonymize mode"}
    if entries_since is None:
        return {"entries_since_release": None, "said_by": "its log was not looked at"}
    return {
        "entries_since_release": entries_since,
        "said_by": "the escrow's log; `deid escrow verify` checks it",
    }


def _measures(source: PaperSource) -> list[str]:
    gates = source.manifest["gates"]
    held = [f"{gate['name']}: {gate['value']}" for gate in gates if gate["passed"]]
    kept = (
        "replacement key and tables were destroyed"
        if source.mode == "anonymize"
        else "deleted information is sealed apart"
    )
    return [kept, *held]
