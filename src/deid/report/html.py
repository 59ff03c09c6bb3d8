"""The report: one static page without script or anything from outside, readable on a phone and on paper."""

from dataclasses import dataclass, field

from deid.report import findings, sections, verdict
from deid.report.attacks import attacks
from deid.report.markup import element, joined
from deid.report.style import CSS
from deid.types import Json

_HEAD = (
    '<meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    '<meta name="robots" content="noindex">'
)


@dataclass(frozen=True, slots=True)
class ReportDocuments:
    """The documents of a run, as they stand in the release folder: labels and counts, no text.

    manifest  : the manifest, or what is known of it before it is sealed.
    detection : ``detection.json``.
    kanon     : ``kanon.json``; empty when k-anonymity was not computed.
    risk      : ``risk.json``: gate and checks.
    incidents : ``incidents.json``.
    """

    manifest: Json = field(repr=False)
    detection: Json = field(repr=False)
    kanon: Json = field(repr=False)
    risk: Json = field(repr=False)
    incidents: Json = field(repr=False)


def render(documents: ReportDocuments) -> str:
    """Return the whole page; the same documents give the same bytes."""
    body = (
        sections.summary(documents.detection, documents.kanon),
        verdict.gates(documents.risk),
        attacks(documents.risk),
        findings.found(documents.detection),
        sections.k_anonymity(documents.kanon),
        findings.rescan(documents.detection),
        findings.set_aside(documents.detection),
        findings.incidents(documents.incidents),
        sections.how_to_read(),
        sections.files(documents.manifest),
        element("footer", {}, "Labels, counts and digests only: this page holds no text of any record."),
    )
    title = element("title", {}, f"{documents.manifest.get('name', 'release')}: de-identification report")
    top = verdict.header(documents.manifest, documents.risk)
    main = element("main", {}, joined(body))
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head>{_HEAD}{title.text}<style>{CSS}</style></head>'
        f"<body>{top.text}{main.text}</body></html>\n"
    )
