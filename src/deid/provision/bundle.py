"""What a recipient gets: the release as it is, the papers beside it, and a list of both.

    BUNDLE/  release/  papers/*.md  bundle.json

``bundle.json`` names the recipient, the release's manifest by its SHA-256, and each paper by its own.
"""

import json
import shutil
from hashlib import sha256
from pathlib import Path

from deid.errors import InputError, ReleaseRefused
from deid.papers.source import PaperSource
from deid.release.canonical import canonical_json
from deid.release.tree import MANIFEST, shown, walk
from deid.release.verify import VerifyResult, verify
from deid.store import sha256_file, write_bytes
from deid.types import Json

LIST = "bundle.json"


def write_bundle(source: PaperSource, folder: Path, papers: dict[str, str], recipient: str) -> str:
    """Write a bundle and return the SHA-256 of its list."""
    shutil.copytree(source.folder, folder / "release")
    (folder / "papers").mkdir()
    for name, text in papers.items():
        write_bytes(folder / "papers" / name, text.encode())
    listed = canonical_json({
        "format": 1,
        "recipient": recipient,
        "release": source.name,
        "manifest": source.digest,
        "papers": {name: sha256(text.encode()).hexdigest() for name, text in papers.items()},
    })  # fmt: skip
    write_bytes(folder / LIST, listed)
    return sha256(listed).hexdigest()


def is_bundle(folder: Path) -> bool:
    """Return whether a folder is a bundle, not a release."""
    return (folder / LIST).is_file()


def verify_bundle(folder: Path, *, public_key: bytes | None) -> VerifyResult:
    """Verify the release in a bundle, and that its papers are those it lists.

    Raises ReleaseRefused naming every file that is altered, missing or extra.
    """
    listed = _list(folder)
    result = verify(folder / "release", public_key=public_key)
    problems = []
    if sha256_file(folder / "release" / MANIFEST) != listed["manifest"]:
        problems.append(f"release/{MANIFEST}: not the release that the bundle names")
    found = {entry.path: entry for entry in walk(folder) if not entry.path.startswith("release/")}
    wanted = {f"papers/{name}": digest for name, digest in listed["papers"].items()}
    for path in sorted((found.keys() | wanted.keys()) - {LIST}):
        if path not in found:
            problems.append(f"{shown(path)}: missing")
        elif path not in wanted or not found[path].regular:
            problems.append(f"{shown(path)}: extra, not in the bundle")
        elif sha256_file(folder / path) != wanted[path]:
            problems.append(f"{shown(path)}: altered")
    if problems:
        raise ReleaseRefused(problems, hint="ask for the bundle again")
    return result


def _list(folder: Path) -> Json:
    try:
        value = json.loads((folder / LIST).read_bytes())
    except (OSError, ValueError):
        value = None
    whole = (
        isinstance(value, dict)
        and value.get("format") == 1
        and isinstance(value.get("papers"), dict)
        and isinstance(value.get("manifest"), str)
    )
    if not whole:
        raise InputError(f"{folder / LIST}: not the list of a bundle of format 1")
    listed: Json = value
    return listed
