"""``croissant.json``: the data files in the vocabulary of MLCommons Croissant 1.0, a schema.org Dataset.

Source: Croissant Format Specification 1.0 (2024-03-01), http://mlcommons.org/croissant/1.0. Files and digests
only; a reader gets the fields from the data files themselves.
"""

from collections.abc import Sequence

from deid.release.about import About
from deid.release.manifest import Manifest
from deid.release.writer import DataFile
from deid.types import Json

_CONTEXT: Json = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_FORMATS = {"parquet": "application/x-parquet", "jsonl.zst": "application/zstd"}


def croissant(manifest: Manifest, data_files: Sequence[DataFile], about: About) -> Json:
    """Return the document; file paths are relative to the release folder."""
    value: Json = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": manifest.name,
        "description": about.description,
        "datePublished": manifest.created,
        "inLanguage": list(about.languages),
        "isLiveDataset": False,
        "rai:personalSensitiveInformation": f"{manifest.mode}; APPI: {manifest.classes['appi']}; "
        f"GDPR: {manifest.classes['gdpr']}",
        "distribution": [_file_object(item) for item in data_files],
    }
    if about.license:
        value["license"] = about.license
    if about.issuer:
        value["creator"] = {"@type": "sc:Organization", "name": about.issuer}
    return value


def _file_object(item: DataFile) -> Json:
    return {
        "@type": "cr:FileObject",
        "@id": item.path,
        "name": item.path.rpartition("/")[2],
        "contentUrl": item.path,
        "contentSize": f"{item.bytes} B",
        "encodingFormat": _FORMATS[item.path.partition(".")[2]],
        "sha256": item.sha256,
    }
