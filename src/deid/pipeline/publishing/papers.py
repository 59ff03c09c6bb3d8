"""The papers beside a release's data: card, Croissant, provenance, notices, report."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from deid.config import Config
from deid.papers.notices import NoticeFacts, render_notices
from deid.pipeline.publishing.assurance import assurance_notes
from deid.pipeline.publishing.items import describe_items
from deid.policies import load_policy
from deid.release import (
    About,
    DataFile,
    Manifest,
    croissant,
    provenance,
    render_card,
)
from deid.report.html import ReportDocuments, render
from deid.store import write_bytes
from deid.types import Json

_MISSES = (
    "Names that no dictionary lists and no context marks, above all lower-case English ones.",
    "Sensitive content (health, beliefs and the like) that is said without the usual words.",
    "Pictures and sound are removed as payloads, never read.",
)


def about_release(config: Config, *, detectors: Sequence[str], notes: Sequence[str] = ()) -> About:
    """Return what a release says about itself.

    detectors : what looked for personal information, with versions.
    notes     : known misses of this release beyond those of every one.
    """
    policy = load_policy(config.policy) if config.policy else None
    return About(
        description="Conversations with personal information removed or replaced by deid.",
        contact=policy.contact if policy else "the publisher of this data set",
        languages=config.input.languages,
        issuer=policy.title if policy else "",
        detectors=tuple(detectors),
        misses=(*_MISSES, *notes, *assurance_notes(config)),
    )


def write_papers(
    folder: Path, config: Config, *, manifest: Manifest, data_files: Sequence[DataFile], about: About
) -> None:
    """Write card, Croissant, provenance and notices."""
    write_bytes(folder / "README.md", render_card(manifest, data_files, about).encode())
    write_json(folder / "croissant.json", croissant(manifest, data_files, about))
    write_json(folder / "provenance.json", provenance(manifest, data_files, about))
    (folder / "notices").mkdir()
    for path, text in render_notices(_notice_facts(config, manifest, about)).items():
        write_bytes(folder / path, text.encode())


def write_report(folder: Path, documents: Mapping[str, Json], manifest: Json) -> None:
    """Write the report's page, and the documents it shows."""
    (folder / "report").mkdir(parents=True, exist_ok=True)
    for name in ("risk", "kanon", "detection", "incidents"):
        write_json(folder / "report" / f"{name}.json", documents[name])
    page = render(
        ReportDocuments(
            manifest, documents["detection"], documents["kanon"], documents["risk"], documents["incidents"]
        )
    )
    write_bytes(folder / "report" / "index.html", page.encode())


def for_report(manifest: Manifest, data_files: Sequence[DataFile]) -> Json:
    """Return the manifest as the report's page reads it."""
    return {
        **asdict(manifest),
        "class": dict(manifest.classes),
        "files": [asdict(item) for item in data_files],
    }


def write_json(path: Path, value: Any) -> None:
    """Write one JSON document, indented."""
    write_bytes(path, (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode())


def _notice_facts(config: Config, manifest: Manifest, about: About) -> NoticeFacts:
    items, purpose = describe_items(config)
    return NoticeFacts(
        mode=config.mode,
        items=items,
        created=manifest.created[:10],
        contact=about.contact,
        purpose=purpose if config.mode == "pseudonymize" else None,
    )
