"""What papers are made of: a release that verifies, its manifest and its reports."""

import datetime
import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Literal

from deid.errors import InputError
from deid.papers.notices import Bilingual
from deid.release.tree import MANIFEST
from deid.release.verify import verify
from deid.types import Json


@dataclass(frozen=True, slots=True)
class PaperSource:
    """A verified release as its papers see it.

    folder      : where it is.
    manifest    : its manifest; ``digest`` is its SHA-256, by which papers name the release.
    risk        : ``report/risk.json``.
    destruction : ``report/destruction.json``; None in pseudonymize mode.
    incidents   : what a policy says is never there and was found, label to records.
    """

    folder: Path
    manifest: Json = field(repr=False)
    digest: str
    risk: Json = field(repr=False)
    destruction: Json | None = field(repr=False)
    incidents: dict[str, int]

    @property
    def name(self) -> str:
        """Name of the release."""
        return str(self.manifest["name"])

    @property
    def mode(self) -> Literal["anonymize", "pseudonymize"]:
        """Mode it was made in."""
        return "anonymize" if self.manifest["mode"] == "anonymize" else "pseudonymize"

    @property
    def created(self) -> datetime.date:
        """Day it was made, in UTC."""
        return datetime.date.fromisoformat(self.manifest["created"][:10])

    @property
    def items(self) -> tuple[Bilingual, ...]:
        """Items of information about individuals that it holds."""
        return tuple(Bilingual(item["ja"], item["en"]) for item in self.manifest["statement"]["items"])

    @property
    def purpose(self) -> Bilingual:
        """Purpose of the release."""
        said = self.manifest["statement"]["purpose"]
        return Bilingual(said["ja"], said["en"])

    @property
    def contact(self) -> str:
        """Where a person writes to."""
        return str(self.manifest["statement"]["contact"])

    @property
    def controller(self) -> str:
        """Who releases it, in the words of the policy."""
        return str(self.manifest["statement"]["controller"] or "the publisher of this data set")

    @property
    def reassess(self) -> datetime.date:
        """Day by which it is assessed again."""
        return datetime.date.fromisoformat(self.manifest["statement"]["reassess"])

    @property
    def regimes(self) -> tuple[str, ...]:
        """Laws its policy answers to; all three where no policy is named."""
        return tuple((self.manifest["policy"] or {}).get("regimes", ("APPI", "GDPR", "CCPA")))


def read_source(folder: Path, *, public_key: bytes | None = None) -> PaperSource:
    """Verify a release and return what its papers are made of.

    Raises ReleaseRefused when it does not verify, InputError when its manifest states nothing for papers.
    """
    verify(folder, public_key=public_key)
    data = (folder / MANIFEST).read_bytes()
    manifest = json.loads(data)
    if not manifest.get("statement"):
        raise InputError(f"{folder}: its manifest states nothing for papers", hint="release it again")
    incidents = _report(folder, "incidents") or {}
    return PaperSource(
        folder,
        manifest,
        sha256(data).hexdigest(),
        _report(folder, "risk") or {},
        _report(folder, "destruction"),
        {item["label"]: item["records"] for item in incidents.get("incidents", ())},
    )


def _report(folder: Path, name: str) -> Json | None:
    path = folder / "report" / f"{name}.json"
    if not path.is_file():
        return None
    value: Json = json.loads(path.read_bytes())
    return value
