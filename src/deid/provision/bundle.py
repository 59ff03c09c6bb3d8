"""What a recipient gets: the release as it is, the papers beside it, and a list of both.

    BUNDLE/  release/  papers/*.md  bundle.json  bundle.sig

``bundle.json`` names the recipient, the release's manifest by its SHA-256, and each paper by its own, and
holds the public key (Ed25519) that signs it. ``bundle.sig`` is its SHA-256 and its signature, a line each:
the first tells which of the two files was altered.
"""

import shutil
from hashlib import sha256
from pathlib import Path

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deid.errors import InputError, ReleaseRefused
from deid.papers.source import PaperSource
from deid.release.canonical import canonical_json
from deid.release.signing import public_key_from_text, public_key_text, signature_holds, signature_line
from deid.release.tree import MANIFEST, shown, walk
from deid.release.verify import VerifyResult, verify
from deid.store import sha256_file, write_bytes
from deid.types import Json

LIST = "bundle.json"
SIGNATURE = "bundle.sig"
_OWN = {LIST, SIGNATURE}


def write_bundle(
    source: PaperSource, folder: Path, papers: dict[str, str], recipient: str, key: Ed25519PrivateKey
) -> str:
    """Write a bundle, its list signed, and return the SHA-256 of the list."""
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
        "public_key": public_key_text(key),
    })  # fmt: skip
    digest = sha256(listed).hexdigest()
    write_bytes(folder / LIST, listed)
    write_bytes(folder / SIGNATURE, f"{digest}\n".encode() + signature_line(key, listed))
    return digest


def is_bundle(folder: Path) -> bool:
    """Return whether a folder is a bundle, not a release."""
    return (folder / LIST).is_file()


def verify_bundle(folder: Path, *, public_key: bytes | None) -> VerifyResult:
    """Verify the release in a bundle, and that its papers are those it lists.

    Raises ReleaseRefused naming every file that is altered, missing or extra.
    """
    listed = _list(folder, public_key)
    result = verify(folder / "release", public_key=public_key)
    problems = []
    if sha256_file(folder / "release" / MANIFEST) != listed["manifest"]:
        problems.append(f"release/{MANIFEST}: not the release that the bundle names")
    found = {entry.path: entry for entry in walk(folder) if not entry.path.startswith("release/")}
    wanted = {f"papers/{name}": digest for name, digest in listed["papers"].items()}
    for path in sorted((found.keys() | wanted.keys()) - _OWN):
        if path not in found:
            problems.append(f"{shown(path)}: missing")
        elif path not in wanted or not found[path].regular:
            problems.append(f"{shown(path)}: extra, not in the bundle")
        elif sha256_file(folder / path) != wanted[path]:
            problems.append(f"{shown(path)}: altered")
    if problems:
        raise ReleaseRefused(problems, hint="ask for the bundle again")
    return result


def _list(folder: Path, public_key: bytes | None) -> Json:
    """Return the list of a bundle whose signature holds."""
    try:
        data, seal = ((folder / name).read_bytes() for name in (LIST, SIGNATURE))
    except OSError as error:
        raise InputError(f"{error.filename}: cannot read: {error.strerror}") from None
    digest, _, signature = seal.partition(b"\n")
    intact = digest == sha256(data).hexdigest().encode()
    listed = _decoded(data)
    if listed is None and intact:
        raise InputError(f"{folder / LIST}: not the list of a bundle of format 1")
    carried = public_key_from_text(listed["public_key"]) if listed else None
    holds = carried is not None and signature_holds(carried, signature, data)
    if listed is None or not (intact and holds):
        altered = SIGNATURE if intact or holds else LIST
        raise ReleaseRefused([f"{altered}: altered"], hint="ask for the bundle again")
    if public_key not in (None, carried):
        raise ReleaseRefused([f"{LIST}: signed with another key than the one given"])
    return listed


def _decoded(data: bytes) -> Json | None:
    try:
        value = orjson.loads(data)
    except ValueError:
        return None
    whole = (
        isinstance(value, dict)
        and value.get("format") == 1
        and isinstance(value.get("papers"), dict)
        and isinstance(value.get("manifest"), str)
        and isinstance(value.get("public_key"), str)
    )
    return value if whole else None
