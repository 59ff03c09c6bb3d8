"""``provenance.json``: the 22 fields of the Data Provenance Standards 1.0.0.

Source: Data & Trust Alliance, Data Provenance Standards, 2024: three standards (Source, Provenance,
Use) with 6, 8 and 8 metadata elements. A field that nothing here knows is null, so that a person can see
what to fill in.
"""

from collections.abc import Sequence

from deid.release.about import About
from deid.release.manifest import Manifest
from deid.release.writer import DataFile
from deid.types import Json

STANDARDS_VERSION = "1.0.0"

_FORMATS = {"parquet": "application/vnd.apache.parquet", "jsonl.zst": "application/jsonl+zstd"}


def provenance(manifest: Manifest, data_files: Sequence[DataFile], about: About) -> Json:
    """Return the document; it holds values of the manifest and of ``about`` only."""
    return {
        "source": _source(manifest, about),
        "provenance": _provenance(manifest, data_files, about),
        "use": _use(manifest, about),
    }


def _source(manifest: Manifest, about: About) -> Json:
    return {
        "standards_version": STANDARDS_VERSION,
        "dataset_title": manifest.name,
        "unique_metadata_identifier": f"{manifest.name}@{manifest.created}",
        "metadata_location": None,
        "dataset_issuer": about.issuer or None,
        "dataset_description": about.description,
    }


def _provenance(manifest: Manifest, data_files: Sequence[DataFile], about: About) -> Json:
    previous = manifest.previous or {}
    formats = sorted({_FORMATS[item.path.partition(".")[2]] for item in data_files})
    return {
        "source_metadata": None,
        "source": about.issuer or None,
        "data_origin_geography": None,
        "dataset_issue_date": manifest.created,
        "previous_version_date": previous.get("created"),
        "data_generation_range": None,
        "method": f"{manifest.mode} with deid {manifest.tool}",
        "data_format": formats,
    }


def _use(manifest: Manifest, about: About) -> Json:
    return {
        "confidentiality_classification": dict(manifest.classes),
        "consent_documentation_location": None,
        "privacy_enhancing_technologies": _technologies(manifest, about),
        "data_processing_geography": None,
        "data_storage_geography": None,
        "license_to_use": about.license or None,
        "intended_data_use": manifest.purpose,
        "proprietary_data_presence": None,
    }


def _technologies(manifest: Manifest, about: About) -> list[Json]:
    k = (manifest.kanon or {}).get("k")
    return [
        {"tool": f"deid {manifest.tool}", "technique": manifest.mode, "detectors": list(about.detectors)},
        {"tool": f"deid {manifest.tool}", "technique": "k-anonymity", "k": k},
    ]
